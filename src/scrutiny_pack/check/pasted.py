"""A table in a draft beside the item that its caption cites, cell by cell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scrutiny_pack.check.citations import plain
from scrutiny_pack.check.held import Holding, stems_of
from scrutiny_pack.check.matching import Match, Verdict, match
from scrutiny_pack.check.figures import Figure
from scrutiny_pack.check.report import Table
from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.findings import Verdict as Audited
from scrutiny_pack.claims.intervals import Interval, fraction
from scrutiny_pack.claims.precision import compare
from scrutiny_pack.claims.printed import Printed, read_printed
from scrutiny_pack.evidence.grid import Cell, Row

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
    places = _columns(table, header, holding, width)
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
            about = ", ".join(part for part in (_label(texts), _heading(table, header, column)) if part)
            cell = row.cells[places[column]] if row and column in places else None
            found = _beside(printed, cell, row, holding, about)
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
    return " ".join(re.sub(r"[^\w%/]+", " ", plain(_MARKS.sub("", text)).lower()).split())


def _row(texts: Sequence[str], known: dict[tuple[str, ...], Row], names: int) -> Row | None:
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
    return 1 if table.rows and not any(_figure(text) for text in table.rows[0][1:]) else 0


def _columns(table: Table, header: int, holding: Holding, width: int) -> dict[int, int]:
    """For each column of the table, that of the item which it shows."""
    columns = holding.piece.grid.columns
    if width == len(columns):
        return {at: at for at in range(width)}
    found: dict[int, int] = {}
    for at in range(width):
        heading = _plain(" ".join(row[at] for row in table.rows[:header] if at < len(row)))
        if not heading:
            continue
        alike = [
            place
            for place, column in enumerate(columns)
            if heading in {_plain(column.label), _plain(f"{column.group} {column.label}")}
        ]
        if not alike:
            said = stems_of(heading)
            alike = [
                place for place, c in enumerate(columns) if said and said == stems_of(f"{c.group} {c.label}")
            ]
        if len(alike) == 1:
            found[at] = alike[0]
    return found


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


def _beside(printed: Printed, cell: Cell | None, row: Row | None, holding: Holding, about: str) -> Match:
    if cell is not None:
        return _in_cell(printed, cell, holding, about)
    figure = Figure(0, len(printed.text), printed)
    # The name of the row narrows where it is looked for, if the item has such a row.
    found = match(figure, row.cells[0].text if row else "", [holding])
    if found.verdict == Verdict.DIFFERS and not printed.unit:
        in_per_cent = replace(printed, unit="per cent")  # its heading has the sign
        other = match(Figure(0, len(printed.text), in_per_cent), row.cells[0].text if row else "", [holding])
        if other.verdict != Verdict.DIFFERS:
            return other
    return found


def _in_cell(printed: Printed, cell: Cell, holding: Holding, about: str) -> Match:
    shown = _MARKS.sub("", cell.text).strip()
    there = _figure(shown) if shown else None
    if cell.value is not None:
        points = [fraction(cell.value)]
    elif there is not None and there.value is not None:
        points = [there.value]
    elif there is not None:  # a range, which must be the same
        same = (there.low, there.high) == (printed.low, printed.high)
        verdict = Verdict.HOLDS if same else Verdict.DIFFERS
        return Match(verdict, f"{holding.name} has {cell.text} for {about}.")
    else:
        said = f"{holding.name} has no figure for {about}, but {cell.text or 'an empty cell'}."
        return Match(Verdict.DIFFERS, said)
    compared = [compare(printed, Interval.exactly(point)).verdict for point in points]
    if Audited.AGREES in compared:
        return Match(Verdict.HOLDS, f"{holding.name} has {cell.text} for {about}.")
    if Audited.TRUNCATED in compared:
        said = f"{holding.name} has {cell.text} for {about}: digits were cut off, a slip of rounding."
        return Match(Verdict.CUT, said)
    return Match(Verdict.DIFFERS, f"{holding.name} has {cell.text} for {about}, not {printed.text}.")

