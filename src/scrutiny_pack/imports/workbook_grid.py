"""Find the headings of a table in a sheet, wherever they stand, whatever is above."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scrutiny_pack.imports.workbook_cells import clean
from scrutiny_pack.imports.workbook_file import Cell, Sheet, column_letters
from scrutiny_pack.imports.workbook_formats import number_text
from scrutiny_pack.imports.workbook_layout import alike, heading, sheet_name
from scrutiny_pack.imports.workbook_report import Findings, Remark
from scrutiny_pack.inputs.cells import CellError
from scrutiny_pack.inputs.schemas import ColumnSchema, DatasetSchema
from scrutiny_pack.inputs.wording import joined, shown

MUCH_ALIKE = 0.8
"""How like two names must be for the one to be read as the other."""

_ROWS_ABOVE = 60  # the headings are looked for in so many rows


@dataclass(frozen=True)
class Grid:
    """A table that was found in a sheet.

    Attributes:
        sheet: the sheet.
        heading_row: the row of its headings.
        places: where each column stands, by its name in the dataset's file.
    """

    sheet: Sheet
    heading_row: int
    places: Mapping[str, int]

    def cell(self, row: int, name: str) -> Cell | None:
        """The cell of a row and column, None if nothing stands there."""
        cell = self.sheet.rows.get(row, {}).get(self.places.get(name, 0))
        return None if cell is None or is_blank(cell) else cell

    def place(self, row: int, name: str) -> str:
        """The cell of a row and column as Excel calls it; the row if it has no column."""
        if name not in self.places:
            return f"row {row}"
        return f"{column_letters(self.places[name])}{row}"

    @property
    def body(self) -> list[int]:
        """The rows below the headings that hold something."""
        return [
            row
            for row, cells in self.sheet.rows.items()
            if row > self.heading_row and not all(map(is_blank, cells.values()))
        ]


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing that can be seen."""
    if not isinstance(cell.value, str):
        return False
    try:
        return not clean(cell.value)
    except CellError:
        return False


def seen_as(cell: Cell | None) -> str:
    """A cell as text, to be compared with another; spaces in it count as one."""
    if cell is None or cell.value is None or isinstance(cell.value, bool):
        return ""
    if isinstance(cell.value, float):
        return number_text(cell.value)
    return " ".join(str(cell.value).split())


# --- Headings ---------------------------------------------------------------------


def find_grid(
    sheet: Sheet, columns: Sequence[ColumnSchema], findings: Findings
) -> Grid | None:
    """Find the headings of a table, wherever in the sheet they stand.

    Args:
        sheet: the sheet.
        columns: the columns to look for.
        findings: gets what was mended, and what is wrong.

    Returns:
        The table, or None if there are no headings or nothing below them. If there is
        something in the sheet and no headings, that is a problem.
    """
    names = {alike(heading(column.name)): column.name for column in columns}
    row, matches = heading_row(sheet, columns)
    if matches < 2:
        if any(not all(map(is_blank, cells.values())) for cells in sheet.rows.values()):
            known = joined([heading(column.name) for column in columns])
            words = f"there is no row of headings; they are: {known}"
            findings.problems.append(Remark(sheet.name, "", words))
        return None
    places: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for position, cell in sheet.rows[row].items():
        text = seen_as(cell)
        name = names.get(alike(text), "")
        if name in places:
            first = f"{column_letters(places[name])}{row}"
            words = f"the heading {shown(text)} is in {first} too; delete one column"
            place = f"{column_letters(position)}{row}"
            findings.problems.append(Remark(sheet.name, place, words))
        elif name:
            places[name] = position
        elif text:
            unknown[position] = text
    for position, text in list(unknown.items()):
        missing = {k: n for k, n in names.items() if n not in places}
        likely = [
            name
            for key, name in missing.items()
            if difflib.SequenceMatcher(None, key, alike(text)).ratio() > MUCH_ALIKE
        ]
        if len(likely) == 1:
            places[likely[0]] = position
            del unknown[position]
            place = f"{column_letters(position)}{row}"
            words = f"the heading {shown(text)} was read as {heading(likely[0])}"
            findings.mended.append(Remark(sheet.name, place, words))
    return Grid(sheet, row, places)


def heading_row(sheet: Sheet, columns: Iterable[ColumnSchema]) -> tuple[int, int]:
    """The row that has most of the headings, and how many it has."""
    names = {alike(heading(column.name)) for column in columns}
    rows = list(sheet.rows.items())[:_ROWS_ABOVE]
    counted = [
        (len({alike(seen_as(cell)) for cell in cells.values()} & names), -row)
        for row, cells in rows
    ]
    matches, row = max(counted, default=(0, 0))
    return -row, matches


def in_sheet(problem: str, grid: Grid) -> Remark:
    """A problem that names lines and columns of a file, by the cells of a sheet.

    The lines must be numbered as the rows of the sheet are.
    """
    place, _, words = problem.partition(": ")
    if match := re.fullmatch(r"line (\d+), columns? (\w+)( and \w+)?", place):
        place = grid.place(int(match[1]), match[2])
    else:
        place = re.sub(r"\blines?\b", lambda m: m[0].replace("line", "row"), place)
    return Remark(grid.sheet.name, place, words)


def looks_like(sheet: Sheet, schemas: Iterable[DatasetSchema]) -> list[str]:
    """The sheets whose headings a sheet of another name has, all that are needed."""
    found = []
    for schema in schemas:
        row, _ = heading_row(sheet, schema.columns)
        texts = {alike(seen_as(cell)) for cell in sheet.rows.get(row, {}).values()}
        needed = {alike(heading(c.name)) for c in schema.columns if c.required}
        if needed <= texts:
            found.append(sheet_name(schema.name))
    return found


def title_of(sheet: Sheet) -> str:
    """What stands in the first cell of a sheet that holds something."""
    for cells in sheet.rows.values():
        for cell in cells.values():
            return seen_as(cell)
    return ""
