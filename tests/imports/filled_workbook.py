"""Workbooks for tests: filled in as an analyst would, or as Excel does to him."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from scrutiny_pack.imports.workbook_layout import (
    COVER,
    EVERY_SHEET,
    SOURCE_COLUMNS,
    SOURCES,
    heading,
    sheet_name,
)
from scrutiny_pack.inputs.schemas import dataset_schema

FIRST = 6
"""The first row below the headings, as in the template."""

SOURCE = {
    "sheet": EVERY_SHEET,
    "comes_from": "a document",
    "title": "Sufficiency of social workers",
    "body": "A council",
    "kind": "report to a scrutiny committee",
    "date": "2016-09-06",
    "how_read": "Typed by hand.",
    "held": "The council's scrutiny support unit",
    "licence": "not stated",
}

POST = {
    "breakdown": "Teams",
    "unit": "Team A",
    "unit_kind": "team",
    "measure": "in post",
    "basis": "headcount",
    "value": 12,
    "as_at": "2016-07-31",
    "nature": "actual",
    "paragraph": "22",
}
"""A row of the sheet Posts, as the drop-down lists have it."""


def moment(year: int, month: int, day: int) -> datetime:
    """A date as a workbook has it, which knows no time zone."""
    return datetime(year, month, day)  # noqa: DTZ001


class Filled:
    """A workbook that is being filled in.

    Rows and columns are counted as Excel shows them; what is asked for by a column's
    name stands where the template has that column.
    """

    def __init__(self, path: Path, **options: object) -> None:
        self.path = path
        self.book = Workbook(
            str(path),
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                **options,
            },
        )
        self.sheets: dict[str, Worksheet] = {}

    def cover(self, council: str = "leeds", period: str = "2016-07-31") -> Worksheet:
        sheet = self.sheet(COVER)
        sheet.write_string("A2", "Council")
        sheet.write_string("B2", council)
        sheet.write_string("A3", "Period")
        sheet.write_string("B3", period)
        return sheet

    def sheet(self, name: str) -> Worksheet:
        if name not in self.sheets:
            self.sheets[name] = self.book.add_worksheet(name)
        return self.sheets[name]

    def sources(self, *rows: Mapping[str, object]) -> Worksheet:
        columns = [column.name for column in SOURCE_COLUMNS]
        return self._table(self.sheet(SOURCES), columns, rows or (SOURCE,))

    def dataset(
        self,
        dataset: str,
        rows: Sequence[Mapping[str, object]],
        *,
        called: str = "",
        columns: Sequence[str] = (),
    ) -> Worksheet:
        names = columns or dataset_schema(dataset).column_names
        sheet = self.sheet(called or sheet_name(dataset))
        return self._table(sheet, names, rows)

    def posts(self, *changes: Mapping[str, object]) -> Worksheet:
        """The sheet Posts, one row for each mapping of what differs from `POST`."""
        letters = [chr(ord("A") + n) for n in range(26)]
        units = [f"Team {a}{b}" for a in ["", *letters] for b in letters]
        rows = [
            POST | {"unit": unit} | dict(change)
            for unit, change in zip(units, changes, strict=False)
        ]
        return self.dataset("posts", rows)

    def _table(
        self,
        sheet: Worksheet,
        columns: Sequence[str],
        rows: Sequence[Mapping[str, object]],
    ) -> Worksheet:
        for position, name in enumerate(columns):
            sheet.write_string(FIRST - 2, position, heading(name))
            for row, cells in enumerate(rows, FIRST - 1):
                self.put(sheet, row, position, cells.get(name, ""))
        return sheet

    def put(self, sheet: Worksheet, row: int, position: int, value: Any) -> None:
        """Write a value, or a value with its number format: ``(0.2673, "0.00%")``."""
        if isinstance(value, tuple):
            value, number_format = value
            style = self.book.add_format({"num_format": number_format})
            if hasattr(value, "year"):
                sheet.write_datetime(row, position, value, style)
            else:
                sheet.write_number(row, position, value, style)
        elif isinstance(value, str):
            if value:
                sheet.write_string(row, position, value)
        else:
            sheet.write(row, position, value)

    def close(self) -> Path:
        self.book.close()
        return self.path


def place(column: str, row: int = FIRST, dataset: str = "posts") -> str:
    """The cell of a column of a dataset's sheet: ``place("value")`` is H6."""
    position = dataset_schema(dataset).column_names.index(column)
    return f"{chr(ord('A') + position)}{row}"


SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def fill_in(path: Path, figures: Mapping[str, Mapping[str, object]]) -> None:
    """Write into the cells of a workbook that is there, as an analyst does in Excel.

    Args:
        path: the workbook.
        figures: the values by sheet and cell; None empties a cell.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(written, "w") as target:
        book = ET.fromstring(source.read("xl/workbook.xml"))  # noqa: S314 - our own
        names = [sheet.get("name") for sheet in book.iter(f"{{{SPREADSHEET}}}sheet")]
        for part in source.namelist():
            raw = source.read(part)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", part)
            if number and names[int(number[1]) - 1] in figures:
                raw = _filled_in(raw, figures[names[int(number[1]) - 1]])
            target.writestr(part, raw)
    path.write_bytes(written.getvalue())


def _filled_in(raw: bytes, figures: Mapping[str, object]) -> bytes:
    ET.register_namespace("", SPREADSHEET)
    sheet = ET.fromstring(raw)  # noqa: S314 - our own
    data = sheet.find(f"{{{SPREADSHEET}}}sheetData")
    assert data is not None
    for reference, value in figures.items():
        number = re.sub("[A-Z]", "", reference)
        row = next((row for row in data if row.get("r") == number), None)
        if row is None:
            row = ET.SubElement(data, f"{{{SPREADSHEET}}}row", {"r": number})
        cell = next((cell for cell in row if cell.get("r") == reference), None)
        if cell is None:
            cell = ET.SubElement(row, f"{{{SPREADSHEET}}}c", {"r": reference})
        style = cell.get("s", "0")
        cell.clear()
        cell.attrib.update({"r": reference, "s": style})
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            item = ET.SubElement(cell, f"{{{SPREADSHEET}}}is")
            ET.SubElement(item, f"{{{SPREADSHEET}}}t").text = value
        elif value is not None:
            ET.SubElement(cell, f"{{{SPREADSHEET}}}v").text = str(value)
    return ET.tostring(sheet, encoding="utf-8", xml_declaration=True)
