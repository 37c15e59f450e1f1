"""The formats of a pack, held against each other."""

from pathlib import Path

from scrutiny_pack.formats.registry import ALWAYS_MADE, WRITERS
from tests.formats.readers import READERS, closed_up, evidence_of

WITHOUT_CELLS = ("json", "csvw")
"""What every pack has that shows no cells: it says where they are."""


def formats_with_cells() -> list[str]:
    """Every format that shows the items; each must have a reader."""
    return [name for name in (*ALWAYS_MADE, *WRITERS) if name not in WITHOUT_CELLS]


def differences(pack: Path) -> list[str]:
    """Every cell that a format shows otherwise than the data files do."""
    items = evidence_of(pack)["items"]
    expected = READERS["csv"](pack)
    assert list(expected) == [item["slug"] for item in items]
    found = []
    for name in formats_with_cells():
        shown = READERS[name](pack)
        close = closed_up if name == "pdf" else str
        if set(shown) != set(expected):
            found.append(f"{name}: {sorted(set(shown) ^ set(expected))}")
        for slug in expected.keys() & shown.keys():
            found += [
                f"{name}: {slug}, row {row}, column {column}: {is_!r}, not {should!r}"
                for row, column, is_, should in _unlike(
                    shown[slug],
                    [[close(cell) for cell in row] for row in expected[slug]],
                )
            ]
    return found


def _unlike(shown, expected):
    if [len(row) for row in shown] != [len(row) for row in expected]:
        yield 0, 0, f"{len(shown)} rows", f"{len(expected)} rows, or of other lengths"
        return
    for i, (row, other) in enumerate(zip(shown, expected, strict=True)):
        for j, (is_, should) in enumerate(zip(row, other, strict=True)):
            if is_ != should:
                yield i, j, is_, should
