"""A table in a draft beside the item that its caption cites, cell by cell."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scrutiny_pack.check.agreement import stands_for
from scrutiny_pack.check.citations import plain
from scrutiny_pack.check.held import Holding, stems_of
from scrutiny_pack.check.matching import Match, Verdict
from scrutiny_pack.check.report import Table
from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.findings import Verdict as Audited
from scrutiny_pack.claims.intervals import Interval, fraction
from scrutiny_pack.claims.precision import compare
from scrutiny_pack.claims.printed import Printed, read_printed
from scrutiny_pack.evidence.grid import Cell, Row

_BEST_FIRST = (Verdict.HOLDS, Verdict.CUT, Verdict.DIFFERS)
_MARKS = re.compile(r"\s*\[[a-z]\]")


@dataclass(frozen=True)
class CellFinding:
    """What is found of one cell.

    Attributes:
        row: its row, from nought.
        column: its column, from nought.
        text: the cell.
        about: its row and column in words.
        match: what is found.
    """

    row: int
    column: int
    text: str
    about: str
    match: Match


def check_table(table: Table, holding: Holding) -> tuple[CellFinding, ...]:
    """Hold the figures of a table's cells against those of an item.

    Rows are found by their names, columns by their headings or, where a table has as
    many columns as the item, by their order. A cell whose row or column cannot be
    found is looked for anywhere in the item.
    """
    return tuple(_findings(table, holding))


def _findings(table: Table, holding: Holding) -> Iterator[CellFinding]:
    grid = holding.piece.grid
    width = max((len(row) for row in table.rows), default=0)
    names = _row_keys(holding)
    known = {_name(row, names): row for row in grid.rows}
    header = _header_rows(table, known, names)
    places = _of_one_group(
        _columns(table, header, holding, width), table, known, holding, names
    )
    for at, texts in enumerate(table.rows):
        if at < header:
            continue
        row = _row(texts, known, names)
        for column, text in enumerate(texts):
            printed = _figure(text)
            if printed is None or (column < names and row is not None):
                continue
            if column == 0 and row is None and not _is_only_a_figure(text):
                continue  # a row's name with a number in it
            about = ", ".join(
                part
                for part in (_label(texts), _heading(table, header, column))
                if part
            )
            cells = (
                [row.cells[place] for place in places.get(column, ())] if row else []
            )
            found = _beside(printed, cells, row, holding, about)
            yield CellFinding(at, column, text, about, found)


def _row_keys(holding: Holding) -> int:
    """How many of the first columns name a row."""
    layout = holding.item.layout
    count = 0
    for column in layout.columns:
        if not column.is_text or column.key[0] not in layout.rows:
            break
        count += 1
    return max(count, 1)


def _name(row: Row, names: int) -> tuple[str, ...]:
    return tuple(_plain(cell.text) for cell in row.cells[:names])


def _plain(text: str) -> str:
    return " ".join(
        re.sub(r"[^\w%/]+", " ", plain(_MARKS.sub("", text)).lower()).split()
    )


def _row(
    texts: Sequence[str], known: dict[tuple[str, ...], Row], names: int
) -> Row | None:
    key = tuple(_plain(text) for text in texts[:names])
    if key in known:
        return known[key]
    alike = [row for name, row in known.items() if name[0] == key[0]] if key else []
    return alike[0] if len(alike) == 1 else None


def _header_rows(table: Table, known: dict[tuple[str, ...], Row], names: int) -> int:
    """How many rows stand above the first whose name is one of the item's."""
    for at, texts in enumerate(table.rows):
        if _row(texts, known, names) is not None:
            return at
    return (
        1 if table.rows and not any(_figure(text) for text in table.rows[0][1:]) else 0
    )


def _columns(
    table: Table, header: int, holding: Holding, width: int
) -> dict[int, list[int]]:
    """For each column of the table, those of the item which it may show."""
    columns = holding.piece.grid.columns
    if width == len(columns):
        return {at: [at] for at in range(width)}
    found: dict[int, list[int]] = {}
    for at in range(width):
        heading = _plain(
            " ".join(row[at] for row in table.rows[:header] if at < len(row))
        )
        if not heading:
            continue
        alike = [
            place
            for place, column in enumerate(columns)
            if heading
            in {_plain(column.label), _plain(f"{column.group} {column.label}")}
        ]
        if not alike:
            said = stems_of(heading)
            alike = [
                place
                for place, c in enumerate(columns)
                if said and said == stems_of(f"{c.group} {c.label}")
            ]
        if alike:
            found[at] = alike
    return found


def _of_one_group(
    places: dict[int, list[int]],
    table: Table,
    known: dict[tuple[str, ...], Row],
    holding: Holding,
    names: int,
) -> dict[int, list[int]]:
    """The columns under the heading that fits best, where several have one label.

    A table that was pasted without the heading "Headcount" above "In post" is not
    held against the FTE figures beside it.
    """
    columns = holding.piece.grid.columns
    fits: Counter[str] = Counter()
    for texts in table.rows:
        row = _row(texts, known, names)
        for at, text in enumerate(texts) if row else ():
            printed = _figure(text)
            for place in places.get(at, ()) if printed else ():
                value = row.cells[place].value if row else None
                if printed and value is not None and fraction(value) == printed.value:
                    fits[columns[place].group] += 1
    if not fits:
        return places
    best = fits.most_common(1)[0][0]
    return {
        at: [place for place in each if columns[place].group == best] or each
        for at, each in places.items()
    }


def _figure(text: str) -> Printed | None:
    try:
        return read_printed(_MARKS.sub("", plain(text)).strip())
    except ClaimError:
        return None


def _is_only_a_figure(text: str) -> bool:
    return bool(re.fullmatch(r"[(]?[-+\u00a3]?[\d,.]+\s*%?[)]?", text.strip()))


def _label(texts: Sequence[str]) -> str:
    return texts[0].strip() if texts and not _is_only_a_figure(texts[0]) else ""


def _heading(table: Table, header: int, column: int) -> str:
    parts = [row[column].strip() for row in table.rows[:header] if column < len(row)]
    return " ".join(part for part in parts if part)


def _beside(
    printed: Printed,
    cells: Sequence[Cell],
    row: Row | None,
    holding: Holding,
    about: str,
) -> Match:
    if cells:
        found = [_in_cell(printed, cell, holding, about) for cell in cells]
        return min(found, key=lambda each: _BEST_FIRST.index(each.verdict))
    among = [
        held
        for held in holding.figures
        if not row or not held.row or held.row[0] == row.cells[0].text
    ]
    if any(stands_for(each, held) for each in _readings(printed) for held in among):
        return Match(Verdict.HOLDS, f"{holding.name} has {printed.text} in that row.")
    if row is None and any(
        stands_for(each, h) for each in _readings(printed) for h in holding.figures
    ):
        return Match(Verdict.HOLDS, f"{holding.name} has {printed.text}.")
    where = f" for {row.cells[0].text}" if row else ""
    return Match(
        Verdict.DIFFERS, f"{holding.name} does not hold {printed.text}{where}."
    )


def _readings(printed: Printed) -> Iterator[Printed]:
    yield printed
    if not printed.unit:
        yield replace(printed, unit="per cent")  # its heading has the sign


def _in_cell(printed: Printed, cell: Cell, holding: Holding, about: str) -> Match:
    there = _figure(cell.text)
    point = there.value if there else None
    if cell.value is not None:
        point = fraction(cell.value)
    if point is not None:
        verdict = compare(printed, Interval.exactly(point)).verdict
    elif there is not None:  # a range, which must be the same
        same = (there.low, there.high) == (printed.low, printed.high)
        verdict = Audited.AGREES if same else Audited.DISAGREES
    else:
        said = f"{holding.name} has no figure for {about}, but {cell.text or 'an empty cell'}."
        return Match(Verdict.DIFFERS, said)
    if verdict == Audited.AGREES:
        return Match(Verdict.HOLDS, f"{holding.name} has {cell.text} for {about}.")
    if verdict == Audited.TRUNCATED:
        said = f"{holding.name} has {cell.text} for {about}: digits were cut off, a slip of rounding."
        return Match(Verdict.CUT, said)
    return Match(
        Verdict.DIFFERS,
        f"{holding.name} has {cell.text} for {about}, not {printed.text}.",
    )
