"""What the sheets of a spreadsheet and the tables on them are called."""

from collections.abc import Sequence

_LONGEST = 31
"""Characters that Excel allows for the name of a sheet."""

_EXCELS_OWN = ("history",)
"""Names that Excel keeps for itself."""


def sheet_names(slugs: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """A name for the sheet of each item: its slug, or as much of it as Excel allows.

    Excel does not tell large from small letters in names, and takes 31 characters. A
    longer slug is cut after a whole word; names that would be alike are numbered.

    Args:
        slugs: the slugs, all different.
        taken: names of other sheets.
    """
    others = {name.lower() for name in (*taken, *_EXCELS_OWN)}
    # A slug that fits keeps its name, whatever longer one comes before it.
    fitting = {slug for slug in slugs if len(slug) <= _LONGEST} - others
    used = others | fitting
    names = []
    for slug in slugs:
        name = slug if slug in fitting else _shortened(slug, used)
        used.add(name)
        names.append(name)
    return names


def _shortened(slug: str, used: set[str]) -> str:
    short = _cut(slug, _LONGEST)
    number = 2
    while short in used:
        ending = f"-{number}"
        short = _cut(slug, _LONGEST - len(ending)) + ending
        number += 1
    return short


def _cut(slug: str, most: int) -> str:
    """The slug, or its first words that fit into so many characters."""
    if len(slug) <= most:
        return slug
    words = slug[: most + 1].rpartition("-")[0]
    return words or slug[:most]


def table_name(slug: str) -> str:
    """The name that a marked-up table has in Excel, derived from a slug.

    It begins with a word of its own, because ``fy-2016`` would be taken for a cell.
    """
    return f"data_{slug.replace('-', '_')}"
