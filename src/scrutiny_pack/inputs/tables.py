"""Read a dataset's CSV file strictly: every cell is what its schema says, or named.

The standard library's reader is used, for it knows on which line a row stands.
What Excel and Windows add (a byte order mark, CRLF, empty rows, stray spaces) is
put right and reported in a note. All else is an error.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.cells import CellError, cell_value, tidy
from scrutiny_pack.inputs.files import LONG_CELL, decode, read_bytes
from scrutiny_pack.inputs.row_rules import broken_row_rules
from scrutiny_pack.inputs.schemas import DatasetSchema
from scrutiny_pack.inputs.wording import counted, joined, nearest, shown

MOST_PROBLEMS = 10
"""How many problems of one file are told at once."""

_DTYPES: Mapping[str, Any] = {"number": "float64", "whole": "Int64"}


def read_table(
    path: Path, schema: DatasetSchema, shown_as: str
) -> tuple[pd.DataFrame, list[str]]:
    """Read a CSV file as the table that its schema describes.

    Args:
        path: the file.
        schema: its columns, their types, and its key.
        shown_as: how messages call the file.

    Returns:
        The table, and notes in plain words about what was put right.
        The table has the schema's columns in the schema's order. Its index,
        ``line``, is the line of the file on which the row begins. Text, choices,
        periods and statuses are ``str`` with "" for an empty cell, ``number`` is
        float64 with NaN, ``whole`` is Int64 with NA.

    Raises:
        InputFileError: if the file is missing, or is not such a table. The message
            has the first ten problems, each with its line, column and value.
    """
    return parse_table(read_bytes(path, shown_as), schema, shown_as)


def parse_table(
    raw: bytes, schema: DatasetSchema, shown_as: str
) -> tuple[pd.DataFrame, list[str]]:
    """Read the bytes of a CSV file, as [`read_table`][.] reads the file."""
    text, notes = decode(raw, shown_as)
    rows = _Rows(text, shown_as)
    header = _header(rows, schema, shown_as)
    if header != schema.column_names:
        notes.append(
            "The columns are not in the usual order; they were read by their headings."
        )
    frame = _frame(_read_cells(rows, header, schema, shown_as, notes), schema)
    if rows.empty:
        notes.append(
            f"{counted(len(rows.empty), 'empty line')} "
            f"{'was' if len(rows.empty) == 1 else 'were'} left out "
            f"(the first: line {rows.empty[0]})."
        )
    problems = _Problems(shown_as)
    for problem in broken_row_rules(frame, schema):
        problems.add(problem)
    problems.stop_if_any()
    return frame, notes


class _Problems:
    """The problems of one file: told together, but not more than ten of them."""

    def __init__(self, shown_as: str) -> None:
        self._shown_as = shown_as
        self._found: list[str] = []

    def add(self, problem: str) -> None:
        self._found.append(problem)
        if len(self._found) == MOST_PROBLEMS:
            self._stop("its first ten problems")

    def stop_if_any(self) -> None:
        if self._found:
            self._stop(counted(len(self._found), "problem"))

    def _stop(self, how_many: str) -> NoReturn:
        if len(self._found) == 1:
            msg = f"{self._shown_as}, {self._found[0]}"
        else:
            lines = "\n".join(f"  {problem}" for problem in self._found)
            msg = f"{self._shown_as} cannot be read as it stands; {how_many}:\n{lines}"
        raise InputFileError(msg)


class _Rows:
    """The rows of a CSV text, each with the line on which it begins.

    Attributes:
        empty: the lines that hold nothing but commas and spaces, so far.
    """

    def __init__(self, text: str, shown_as: str) -> None:
        self._text = text
        self._shown_as = shown_as
        self.empty: list[int] = []
        self._rows = self._read()

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        return self._rows

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(self._text, newline=""), strict=True)
        line = 1
        try:
            for row in reader:
                cells = [tidy(cell) for cell in row]
                if any(cells):
                    yield line, row
                else:
                    self.empty.append(line)
                line = reader.line_num + 1
        except csv.Error as error:
            msg = f"{self._shown_as}, line {line}: {_csv_problem(error)}"
            raise InputFileError(msg) from None


def _csv_problem(error: csv.Error) -> str:
    if "field larger" in str(error):
        return LONG_CELL
    return (
        "the quotation marks do not pair; a cell with a comma in it stands between "
        "quotation marks, and a quotation mark in such a cell is doubled"
    )


def _header(rows: _Rows, schema: DatasetSchema, shown_as: str) -> list[str]:
    """The headings, in the order of the file, if they are the schema's."""
    wanted = schema.column_names
    line, header = next(iter(rows), (0, []))
    header = [tidy(name) for name in header]
    if not header:
        msg = f"{shown_as} is empty: its first line must hold the headings "
        raise InputFileError(msg + ", ".join(wanted))
    if len(header) == 1 and (mark := re.search("[;\t]", header[0])):
        called = {";": "semicolons", "\t": "tabs"}[mark[0]]
        msg = (
            f"{shown_as}, line {line}: the columns are separated by {called}; "
            "in Excel, save the file as 'CSV UTF-8 (comma delimited)'"
        )
        raise InputFileError(msg)
    problems = _Problems(shown_as)
    missing = [name for name in wanted if name not in header]
    for position, name in enumerate(header, 1):
        first = header.index(name) + 1
        if not name:
            problem = f"column {position} has no heading; delete the column"
        elif first < position:
            problem = (
                f"the heading {shown(name)} stands over columns {first} and "
                f"{position}; delete one of the columns"
            )
        elif name not in wanted:
            near = nearest(name, missing, at_most=1)
            advice = f"write {near[0]}" if near else "delete the column"
            problem = f"the column {shown(name)} is unknown; {advice}"
        else:
            continue
        problems.add(f"line {line}: {problem}")
    if missing:
        what = f"the column {missing[0]} is missing; add it"
        if len(missing) > 1:
            what = f"the columns {joined(missing)} are missing; add them"
        problems.add(
            f"line {line}: {what}, with empty cells where there is nothing to say"
        )
    problems.stop_if_any()
    return header


def _read_cells(
    rows: _Rows,
    header: list[str],
    schema: DatasetSchema,
    shown_as: str,
    notes: list[str],
) -> dict[int, dict[str, Any]]:
    """The value of every cell, by line and column; a note of what was put right."""
    columns = [schema.column(name) for name in header]
    problems = _Problems(shown_as)
    tidied: list[str] = []
    cells: dict[int, dict[str, Any]] = {}
    for line, row in rows:
        while len(row) > len(header) and not tidy(row[-1]):
            row.pop()  # Excel writes commas for columns that have been emptied
        if len(row) != len(header):
            problems.add(
                f"line {line}: the row has {counted(len(row), 'cell')} under "
                f"{counted(len(header), 'heading')}; look for a comma too many or too "
                "few (a cell with a comma in it stands between quotation marks)"
            )
            continue
        cells[line] = {}
        for column, cell in zip(columns, row, strict=True):
            where = f"line {line}, column {column.name}"
            text = tidy(cell)
            if text != cell:
                tidied.append(where)
            try:
                cells[line][column.name] = cell_value(text, column)
            except CellError as error:
                problems.add(f"{where}: {f'{shown(text)} ' if text else ''}{error}")
    problems.stop_if_any()
    if not cells:
        msg = f"{shown_as} has headings and no rows: add rows, or delete the file"
        raise InputFileError(msg)
    if tidied:
        notes.append(
            "Spaces around a cell, or line breaks in it, were left out of "
            f"{counted(len(tidied), 'cell')} (the first: {tidied[0]})."
        )
    return cells


def _frame(
    cells: Mapping[int, Mapping[str, Any]], schema: DatasetSchema
) -> pd.DataFrame:
    data = {
        column.name: pd.Series(
            [row[column.name] for row in cells.values()],
            dtype=_DTYPES.get(column.type, "str"),
        ).array
        for column in schema.columns
    }
    return pd.DataFrame(data, index=pd.Index(list(cells), name="line", dtype="int64"))
