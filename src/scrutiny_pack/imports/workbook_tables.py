"""Read the rows of a dataset from its sheet.

A sheet has titles above its headings, totals and notes below its rows, rows that a
filter hides. What is certainly no row is left out and said; what may be one is an
error that says what to do.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

import pandas as pd

from scrutiny_pack.imports.workbook_cells import (
    NOTHING,
    SYMBOLS,
    CellRead,
    plain_number,
    read_cell,
)
from scrutiny_pack.imports.workbook_file import Cell, Sheet, column_letters
from scrutiny_pack.imports.workbook_grid import (
    Grid,
    find_grid,
    in_sheet,
    is_blank,
    seen_as,
)
from scrutiny_pack.imports.workbook_layout import (
    EXAMPLE,
    MADE_UP,
    alike,
    example_row,
    guidance,
    heading,
    in_sheet_words,
)
from scrutiny_pack.imports.workbook_report import Findings, Remark
from scrutiny_pack.inputs.cells import CellError, cell_value
from scrutiny_pack.inputs.row_rules import broken_row_rules
from scrutiny_pack.inputs.schemas import ColumnSchema, DatasetSchema
from scrutiny_pack.inputs.wording import nearest, shown

_MOST_PROBLEMS = 500  # of one sheet; it is not read further
_TOTAL = re.compile("(grand |sub-?|sub |overall )?(totals?|sum)[:.]?", re.IGNORECASE)
_NO_VALUE = frozenset("xzc")  # the statuses that say why there is no value
_FLOATS: Mapping[str, Any] = {"number": "float64", "whole": "Int64"}


@dataclass(frozen=True)
class TableRead:
    """The rows of a dataset, read from a sheet.

    Attributes:
        grid: where they were found.
        rows: the text of each cell by column, by the row of the sheet.
        sound: whether nothing is wrong with them.
    """

    grid: Grid
    rows: Mapping[int, Mapping[str, str]]
    sound: bool


def _check_columns(
    grid: Grid,
    rows: Sequence[int],
    columns: Sequence[ColumnSchema],
    findings: Findings,
) -> None:
    """Say which columns are missing, unknown or hidden, as far as it matters."""
    sheet = grid.sheet
    for column in columns:
        if column.name in grid.places:
            continue
        words = f"the heading {shown(heading(column.name))} is missing"
        place = f"row {grid.heading_row}"
        if column.required:
            words += "; write it over its column, as the template has it"
            findings.problems.append(Remark(sheet.name, place, words))
        else:
            words += "; the column was read as empty"
            findings.mended.append(Remark(sheet.name, place, words))
    known = {position: name for name, position in grid.places.items()}
    for position, row in _first_filled(sheet, rows).items():
        letters = column_letters(position)
        title = seen_as(sheet.rows[grid.heading_row].get(position))
        state = " (hidden)" if position in sheet.hidden_columns else ""
        if position in known and state:
            words = (
                f"{shown(heading(known[position]))} is hidden and holds something; "
                "show the column, or empty it"
            )
        elif position in known:
            continue
        elif title:
            missing = [heading(c.name) for c in columns if c.name not in grid.places]
            near = nearest(title, missing, at_most=1)
            advice = f"write {near[0]}, or delete" if near else "delete"
            words = f"the heading {shown(title)}{state} is unknown; {advice} the column"
        else:
            words = (
                f"the column{state} has no heading and holds something, the first in "
                f"{letters}{row}; delete it, or write its heading in "
                f"{letters}{grid.heading_row}"
            )
        findings.problems.append(Remark(sheet.name, f"column {letters}", words))


def _first_filled(sheet: Sheet, rows: Iterable[int]) -> dict[int, int]:
    """The first of some rows in which each column holds something."""
    first: dict[int, int] = {}
    for row in rows:
        for position, cell in sheet.rows[row].items():
            if not is_blank(cell):
                first.setdefault(position, row)
    return dict(sorted(first.items()))


# --- Rows -------------------------------------------------------------------------


def read_dataset(
    sheet: Sheet, schema: DatasetSchema, findings: Findings
) -> TableRead | None:
    """Read the rows of a dataset's sheet.

    Args:
        sheet: the sheet.
        schema: the dataset's schema.
        findings: gets what is wrong, was mended and was left out.

    Returns:
        The rows, or None if the sheet has none.
    """
    own = Findings()
    grid = find_grid(sheet, schema.columns, own)
    rows = [] if grid is None else _kept_rows(grid, schema, own)
    if grid is None or not rows:
        findings.problems += own.problems if grid is None else []
        return None
    _tell_titles(grid, schema, own)
    _check_columns(grid, rows, schema.columns, own)
    readable = _check_shown(grid, rows, own)
    texts = {}
    for row in readable:
        texts[row] = _read_row(grid, row, schema, own)
        if len(own.problems) > _MOST_PROBLEMS:
            words = "there is more wrong below; the sheet was not read further"
            own.problems.append(Remark(sheet.name, f"row {row}", words))
            break
    if not own.problems:
        own.problems += _row_problems(grid, texts, schema)
    findings.problems += own.problems
    findings.mended += own.mended
    findings.left_out += own.left_out
    return TableRead(grid, texts, sound=not own.problems)


def _kept_rows(grid: Grid, schema: DatasetSchema, findings: Findings) -> list[int]:
    """The rows that are figures: no example, no heading, no total."""
    example = example_row(schema, "")
    kept = []
    for row in grid.body:
        filled = {
            column.name: cell
            for column in schema.columns
            if (cell := grid.cell(row, column.name)) is not None
        }
        if _is_example(filled, example, schema) or _is_guidance(filled, schema):
            continue
        if filled and all(
            alike(seen_as(c)) == alike(heading(n)) for n, c in filled.items()
        ):
            words = "the headings again; the row was left out"
            findings.left_out.append(Remark(grid.sheet.name, f"row {row}", words))
        elif _is_total(filled, schema):
            told = ", ".join(seen_as(cell) or "a formula" for cell in filled.values())
            words = (
                f"a total of the workbook's own ({told}); the row was left out. If the "
                "source prints it, fill in the whole row"
            )
            findings.left_out.append(Remark(grid.sheet.name, f"row {row}", words))
        else:
            kept.append(row)
    return kept


def _is_example(
    filled: Mapping[str, Cell], example: Mapping[str, str], schema: DatasetSchema
) -> bool:
    """Whether a row is the made-up one, as the template has it."""
    return bool(filled) and all(
        seen_as(filled.get(column.name)) == example[column.name]
        for column in schema.columns
        if column.type != "period"  # it has the period of the workbook
    )


def _is_guidance(filled: Mapping[str, Cell], schema: DatasetSchema) -> bool:
    return bool(filled) and all(
        seen_as(cell) == guidance(schema.column(name)) for name, cell in filled.items()
    )


def _is_total(filled: Mapping[str, Cell], schema: DatasetSchema) -> bool:
    """Whether a row only adds up the rows above it: a word and numbers, no more."""
    words = {n: c for n, c in filled.items() if isinstance(c.value, str)}
    numbers = {n: c for n, c in filled.items() if n not in words}
    if not numbers or any(
        schema.column(name).type not in ("number", "whole") for name in numbers
    ):
        return False
    if words:
        return all(
            schema.column(name).type == "text" and _TOTAL.fullmatch(seen_as(cell))
            for name, cell in words.items()
        )
    return all(cell.formula for cell in numbers.values())


def _tell_titles(grid: Grid, schema: DatasetSchema, findings: Findings) -> None:
    """Say what stands above the headings that the template does not have there."""
    own = {schema.title, schema.description, MADE_UP}
    own |= {guidance(column) for column in schema.columns}
    own = {" ".join(text.split()) for text in own}
    for row, cells in grid.sheet.rows.items():
        texts = [seen_as(cell) for cell in cells.values()]
        strange = [text for text in texts if text and text not in own]
        if row >= grid.heading_row or not strange:
            continue
        words = f"{shown(strange[0])} stands above the headings; the row was left out"
        findings.left_out.append(Remark(grid.sheet.name, f"row {row}", words))


def _check_shown(grid: Grid, rows: Sequence[int], findings: Findings) -> list[int]:
    """Say which of the rows are hidden or merged, and give the others."""
    sheet = grid.sheet
    if sheet.hidden:
        words = "the sheet is hidden and holds rows; show it, or delete it"
        findings.problems.append(Remark(sheet.name, "", words))
    hidden = [row for row in rows if row in sheet.hidden_rows]
    for first, last in _runs(hidden):
        place = f"row {first}" if first == last else f"rows {first} to {last}"
        words = (
            "hidden, and not empty; show what is hidden (clear the filter, or mark the "
            "rows around it, right-click, Unhide), or delete it"
        )
        findings.problems.append(Remark(sheet.name, place, words))
    for area in sheet.merged:
        within = area.first_row <= rows[-1] and area.last_row > grid.heading_row
        if within and any(
            area.first_column <= position <= area.last_column
            for position in grid.places.values()
        ):
            words = (
                "the cells are merged; unmerge them, and write in each row what "
                "belongs there"
            )
            findings.problems.append(Remark(sheet.name, str(area), words))
    return [row for row in rows if row not in sheet.hidden_rows]


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each unbroken run of numbers."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def _read_row(
    grid: Grid, row: int, schema: DatasetSchema, findings: Findings
) -> dict[str, str]:
    """The texts of one row; what is wrong with them goes into the findings."""
    columns = [column for column in schema.columns if column.name in grid.places]
    filled = [c for c in columns if grid.cell(row, c.name) is not None]
    if len(filled) == 1 and filled[0].type == "text":
        place = grid.place(row, filled[0].name)
        words = (
            f"{shown(seen_as(grid.cell(row, filled[0].name)))} stands alone in its row; if "
            "it is a note, delete it, or move it to the column Note; if it is a row, "
            "fill in the rest"
        )
        findings.problems.append(Remark(grid.sheet.name, place, words))
        return {}
    read: dict[str, CellRead] = {}
    for column in columns:
        cell = grid.cell(row, column.name)
        place = grid.place(row, column.name)
        try:
            if schema.shape == "figures" and column.name == "value":
                read[column.name] = _read_value(cell, column, grid, row)
            else:
                read[column.name] = read_cell(cell, column)
        except CellError as error:
            findings.problems.append(Remark(grid.sheet.name, place, str(error)))
            continue
        if column.type == "text" and read[column.name].text.startswith(EXAMPLE):
            words = (
                f"{shown(read[column.name].text)} is of the made-up row; write what "
                "belongs there, or delete the whole row"
            )
            findings.problems.append(Remark(grid.sheet.name, place, words))
        if remark := read[column.name].remark:
            findings.mended.append(Remark(grid.sheet.name, place, remark))
    texts = {column.name: "" for column in schema.columns}
    texts |= {name: cell.text for name, cell in read.items()}
    _fill_in(texts, read, grid, row, schema, findings)
    return texts


def _read_value(
    cell: Cell | None, column: ColumnSchema, grid: Grid, row: int
) -> CellRead:
    """The figure of a row; where a word stands in its place, none."""
    word = seen_as(cell).casefold()
    if cell is None or not (word in NOTHING or word in SYMBOLS):
        return read_cell(cell, column)
    text = seen_as(cell)
    explained = _NO_VALUE & set(seen_as(grid.cell(row, "status")).casefold().split())
    explained |= {n for n in ("low", "high") if grid.cell(row, n) is not None}
    if explained or word in SYMBOLS:
        return CellRead("", f"{shown(text)} was read as an empty cell", text)
    msg = (
        f"{shown(text)} does not say why there is no figure; write 0 if it means none, "
        "or leave the cell empty and write in Status x (not available), z (not "
        "applicable) or c (confidential)"
    )
    raise CellError(msg)


def _fill_in(
    texts: dict[str, str],
    read: Mapping[str, CellRead],
    grid: Grid,
    row: int,
    schema: DatasetSchema,
    findings: Findings,
) -> None:
    """Write down how a figure is printed, and why there is none, where that shows."""
    figure = read.get(_printed_column(schema), CellRead(""))
    word = figure.printed.casefold()
    if word in SYMBOLS and not figure.text:
        letters = texts["status"].split()
        if not _NO_VALUE & set(letters):
            texts["status"] = " ".join([SYMBOLS[word], *letters])
            words = f"the status {SYMBOLS[word]} was added, for {shown(figure.printed)}"
            place = grid.place(row, "status")
            findings.mended.append(Remark(grid.sheet.name, place, words))
    if _a_hundred_times(figure.text, texts.get("as_published", "")):
        published = texts["as_published"]
        words = (
            f"{figure.text} is a hundredth of {published}, as Excel keeps a percentage; "
            f"write {plain_number(published)}, and format the cell as a number"
        )
        place = grid.place(row, _printed_column(schema))
        findings.problems.append(Remark(grid.sheet.name, place, words))
    if figure.printed and not texts["as_published"]:
        texts["as_published"] = figure.printed
        words = (
            f"the cell was empty; {shown(figure.printed)} was read, as the figure shows"
        )
        place = grid.place(row, "as_published")
        findings.mended.append(Remark(grid.sheet.name, place, words))


def _a_hundred_times(text: str, published: str) -> bool:
    """Whether a percentage is published, and the figure is a hundredth of it."""
    percent = plain_number(published) if published.endswith("%") else ""
    if not percent or not text or not Decimal(text):
        return False
    _, _, decimals = percent.partition(".")
    return round(Decimal(text) * 100, len(decimals)) == Decimal(percent)


def _printed_column(schema: DatasetSchema) -> str:
    """The column whose figure ``as_published`` repeats; "" if there is none."""
    if "as_published" not in schema.column_names:
        return ""
    if schema.shape == "figures":
        return "value"
    numbers = [column.name for column in schema.columns if column.type == "number"]
    return numbers[0] if len(numbers) == 1 else ""


# --- Rules between rows -----------------------------------------------------------


def _row_problems(
    grid: Grid, rows: Mapping[int, Mapping[str, str]], schema: DatasetSchema
) -> Iterator[Remark]:
    """Where the rows of a table break a rule, told by the cells of the sheet."""
    data = {
        column.name: pd.Series(
            [cell_value(texts[column.name], column) for texts in rows.values()],
            dtype=_FLOATS.get(column.type, "str"),
        ).array
        for column in schema.columns
    }
    frame = pd.DataFrame(data, index=pd.Index(list(rows), name="line", dtype="int64"))
    for problem in broken_row_rules(frame, schema):
        remark = in_sheet(problem, grid)
        yield replace(remark, words=in_sheet_words(remark.words, schema.columns))
