"""What a command line asks for: obtain a release, reconcile it, compare two of them.

Each function takes folders and names, and returns what to print.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from scrutiny_pack.dfe.obtain import FROM_A_FILE, load, obtain
from scrutiny_pack.dfe.reading import ReleaseData, read_release
from scrutiny_pack.dfe.reconcile import read_exceptions, reconcile
from scrutiny_pack.dfe.register import Register, read_register
from scrutiny_pack.dfe.releases import find_release, read_releases
from scrutiny_pack.dfe.revisions import Revisions, revisions
from scrutiny_pack.evidence.formatting import BASIS_WORDS, number, plural
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.periods import Period

NEWEST = "2025"
"""The release that is taken where none is named."""


def obtain_release(
    release: str, *, reference: Path, folder: Path, file: str = "", again: bool = False
) -> str:
    """`make dfe`: have a release, checked and pinned.

    Args:
        release: its name, such as ``2025``; "" for the newest that is known.
        reference: the folder of reference data.
        folder: the folder of obtained releases, ``data/dfe``.
        file: the path of a zip or CSV file that the analyst has; "" to download it.
        again: download it although it is there, to see whether it has changed.

    Returns:
        What to print.
    """
    which = find_release(read_releases(reference), release or NEWEST)
    path = Path(file).expanduser() if file else None
    pinned = obtain(which, folder, path, again=again)
    data = read_release(pinned.path.read_bytes(), which.name, which.file)
    how = "from your file" if pinned.how == FROM_A_FILE else pinned.how.lower()
    lines = [
        f"{which.title}: {which.file}, {how}.",
        f"Pinned in data/dfe/{which.name}/, SHA-256 {pinned.sha256}.",
        (
            f"It holds {plural(len(data.figures), 'figure', 'figures')} for "
            f"{_years(data)}, {_symbols(data)}."
        ),
    ]
    if data.not_read:
        count = plural(len(data.not_read), "column", "columns")
        lines.append(f"{count} of it are not used: {_some(list(data.not_read))}.")
    return "\n".join(lines)


def reconcile_release(
    release: str, *, reference: Path, folder: Path
) -> tuple[str, int]:
    """`make reconcile`: work every published rate of a release out again.

    Args:
        release: its name; "" for the newest that is known.
        reference: the folder of reference data.
        folder: the folder of obtained releases, ``data/dfe``.

    Returns:
        What to print, and how many rates do not agree without a reason that is known
        and, where it can be tried, borne out.
    """
    name = release or NEWEST
    register = read_register(reference)
    data = load(find_release(read_releases(reference), name), folder)
    cells = reconcile(data, register, read_exceptions(reference))
    local = cells[cells["level"] == "Local authority"]
    odd = cells[~cells["reproduces"]]
    unexplained = odd[(odd["reason"] == "") | (odd["borne_out"] == "no")]
    lines = [
        (
            f"Release {name}: {number(len(cells))} published rates were worked out again "
            "from their published components; "
            f"{number(int(cells['reproduces'].sum()))} agree, as far as rounding can tell."
        ),
        (
            f"Of local authorities' rates, {number(int(local['reproduces'].sum()))} of "
            f"{number(len(local))} agree."
        ),
    ]
    if len(odd):
        lines.append(f"{plural(len(odd), 'rate does', 'rates do')} not agree:")
    for reason, part in odd.groupby("reason", sort=False):
        lines += ["", str(reason or "No reason is known.")]
        lines += [f"  {_odd_line(row, register)}" for row in part.to_dict("records")]
    return "\n".join(lines), len(unexplained)


def compare_releases(older: str, newer: str, *, reference: Path, folder: Path) -> str:
    """`make revisions`: which figures changed between two releases.

    Args:
        older: the earlier release's name.
        newer: the later one's; "" for the newest that is known.
        reference: the folder of reference data.
        folder: the folder of obtained releases, ``data/dfe``.

    Returns:
        What to print.
    """
    releases = read_releases(reference)
    register = read_register(reference)
    before, after = (
        load(find_release(releases, name), folder) for name in (older, newer or NEWEST)
    )
    found = revisions(before, after, register)
    lines = [
        (
            f"Release {found.older} and release {found.newer}: "
            f"{plural(found.compared, 'figure is', 'figures are')} in both; "
            f"{plural(len(found.changed), 'has', 'have')} changed."
        )
    ]
    lines += [
        f"  {sentence_of(row, register)}" for row in found.changed.to_dict("records")
    ]
    lines += _only_in_one(found)
    return "\n".join(lines)


def sentence_of(row: Mapping[Any, Any], register: Register) -> str:
    """A changed figure in words, for a report or a pack.

    Args:
        row: of `Revisions.changed`.
        register: the areas.
    """
    before, after = row["published_before"], row["as_published"]
    return f"{_figure(row, register)}: {before} before, now {after}."


def _figure(row: Mapping[Any, Any], register: Register) -> str:
    title = measures()[row["measure"]].title
    basis = BASIS_WORDS.get(row["basis"], "")
    words = f"{title} ({basis})" if basis else title
    when = Period.parse(row["as_at"]).in_words
    return f"{register.area(str(row['area'])).name}, {when}, {words}"


def _odd_line(row: Mapping[Any, Any], register: Register) -> str:
    low, high = (number(row[end], 2) for end in ("low", "high"))
    interval = low if low == high else f"{low} to {high}"
    ending = {
        "yes": "; without the councils named it agrees",
        "no": "; without the councils named it does not agree either",
    }.get(row["borne_out"], "")
    published = number(row["published"])
    figures = f"published {published}, worked out {interval}"
    return f"{_figure(row, register)}: {figures}{ending}."


def _years(data: ReleaseData) -> str:
    first, last = data.years[0], data.years[-1]
    return f"{first}" if first == last else f"{first} to {last}"


def _symbols(data: ReleaseData) -> str:
    printed = data.figures.loc[data.figures["status"] != "", "as_published"]
    if printed.empty:
        return "all of them numbers"
    counts: pd.Series[int] = printed.value_counts()
    parts = [f"{symbol} {number(count)}" for symbol, count in sorted(counts.items())]
    return f"and symbols in place of {number(len(printed))}: {', '.join(parts)}"


def _some(names: list[str]) -> str:
    shown = 3
    more = len(names) - shown
    listed = ", ".join(names[:shown])
    return f"{listed} and {more} more" if more > 0 else listed


def _only_in_one(found: Revisions) -> list[str]:
    parts = (
        (found.older, found.areas_only_in_older, "area and date", "areas and dates"),
        (found.newer, found.areas_only_in_newer, "area and date", "areas and dates"),
        (found.older, found.figures_only_in_older, "measure", "measures"),
        (found.newer, found.figures_only_in_newer, "measure", "measures"),
    )
    return [
        f"Only in the release {release}: {plural(len(names), one, many)} "
        f"({_some(list(names))})."
        for release, names, one, many in parts
        if names
    ]
