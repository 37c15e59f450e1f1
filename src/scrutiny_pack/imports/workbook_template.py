"""Write the empty workbook that an analyst fills in.

One sheet a dataset, all of it from the schemas. The workbook is made to be read
aloud and printed as well as seen: no merged cells, no frozen panes, nothing hidden,
every table marked up as one, the first cell of each sheet selected.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from scrutiny_pack.imports.workbook_layout import (
    COUNCIL_LABEL,
    COVER,
    EVERY_SHEET,
    HEADING_ROW,
    LISTS,
    MADE_UP,
    PERIOD_LABEL,
    PREFILLED,
    SOURCE_COLUMNS,
    SOURCES,
    example_row,
    guidance,
    heading,
    sheet_name,
    words_of,
)
from scrutiny_pack.inputs.councils import Council
from scrutiny_pack.inputs.schemas import ColumnSchema, DatasetSchema
from scrutiny_pack.periods import Period
from scrutiny_pack.steady_zip import steady

_ROWS_READY = 2_000  # rows that have their drop-down lists
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # a workbook must have a date: not today's
_TEXT = "@"  # Excel's format for text, which keeps 2016-07, 3.10 and 26.73% as typed
_NARROWEST, _WIDEST = 14, 42  # characters
_COVER_WIDTH = 110  # characters
_LINE, _TITLE = 15, 24  # points

_STYLES: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 16, "text_wrap": False},
    "line": {"text_wrap": False},
    "label": {"bold": True},
    "words": {},
    "text": {"num_format": _TEXT},
    "number": {},
    "guidance": {"font_size": 10, "font_color": "#404040"},
    "heading": {"bold": True, "bg_color": "#DCE6F0", "bottom": 1},
    "note": {"italic": True, "font_color": "#5A3E00", "text_wrap": False},
    "made-up text": {
        "italic": True,
        "font_color": "#5A3E00",
        "bg_color": "#FFF4D6",
        "num_format": _TEXT,
    },
    "made-up number": {"italic": True, "font_color": "#5A3E00", "bg_color": "#FFF4D6"},
    "link": {"underline": 1, "font_color": "#0B4F8A"},
}
_EVERY_STYLE = {"font_name": "Arial", "font_size": 11, "valign": "top"}


Row = Mapping[str, str | float]
"""What stands in a row of a sheet, by the names of the columns."""


@dataclass(frozen=True)
class FilledIn:
    """What is written into a workbook over its made-up rows.

    Attributes:
        rows: the rows of each dataset, in the words of its file (``in_post``).
        sources: the filled-in rows of the sheet of sources, by the sheet's name.
        finish: writes what no table of figures has, such as a hidden row; it is
            called last.
    """

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    sources: Mapping[str, Row] = field(default_factory=dict)
    finish: Callable[[Workbook], None] = lambda _workbook: None


def template(
    council: Council,
    period: Period,
    schemas: Sequence[DatasetSchema],
    filled_in: FilledIn | None = None,
) -> bytes:
    """The workbook for one council and period, as the bytes of an .xlsx file.

    The same arguments give the same bytes, whatever the day and the machine.

    Args:
        council: the council, named on the cover.
        period: the period, named on the cover.
        schemas: the datasets, in the order of their sheets.
        filled_in: what stands in the sheets; nothing for a workbook to fill in.
    """
    filled_in = filled_in or FilledIn()
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "default_format_properties": {"font_name": "Arial", "font_size": 11},
    }
    with Workbook(written, options) as workbook:
        title = f"Workforce figures of {council.name}, {period.in_words}"
        workbook.set_properties(
            {
                "title": title,
                "author": "The scrutiny evidence pack",
                "created": _CREATED,
            }
        )
        writer = _Writer(workbook, _lists(schemas))
        writer.cover(title, council, period, schemas)
        writer.sources(schemas, filled_in.sources)
        for schema in schemas:
            writer.dataset(schema, period, filled_in.rows.get(schema.name, ()))
        writer.list_sheet()
        filled_in.finish(workbook)
    return steady(written.getvalue())


class _Writer:
    """Writes the sheets of one workbook.

    Rows and columns are counted from 1, as Excel shows them.
    """

    def __init__(self, workbook: Workbook, lists: Mapping[str, Sequence[str]]) -> None:
        self._workbook = workbook
        self._lists = lists
        self._styles: dict[str, Format] = {
            name: workbook.add_format({**_EVERY_STYLE, "text_wrap": True, **style})
            for name, style in _STYLES.items()
        }

    def cover(
        self,
        title: str,
        council: Council,
        period: Period,
        schemas: Sequence[DatasetSchema],
    ) -> None:
        sheet = self._workbook.add_worksheet(COVER)
        _on_paper(sheet)
        sheet.fit_to_pages(1, 1)
        sheet.set_column("A:A", 30)
        sheet.set_column("B:B", _COVER_WIDTH)
        self._put(sheet, 1, 1, title, "title")
        self._put(sheet, 2, 1, COUNCIL_LABEL, "label")
        self._put(sheet, 2, 2, council.slug, "text")
        self._put(sheet, 3, 1, PERIOD_LABEL, "label")
        self._put(sheet, 3, 2, period.text, "text")
        self._put(sheet, 5, 1, "How to fill it in", "label")
        row = 6
        for number, step in enumerate(_steps(council, period), 1):
            self._put(sheet, row, 1, f"Step {number}", "words")
            self._put(sheet, row, 2, step, "words")
            sheet.set_row(row - 1, _height(step, _COVER_WIDTH))
            row += 1
        self._put(sheet, row + 1, 1, "The sheets", "label")
        row += 2
        about = [(SOURCES, "Where the figures of each sheet come from.")]
        about += [(sheet_name(schema.name), schema.title) for schema in schemas]
        about.append((LISTS, "The words that the drop-down lists offer."))
        for name, words in about:
            address = f"internal:'{name}'!A1"
            sheet.write_url(row - 1, 0, address, self._styles["link"], name)
            self._put(sheet, row, 2, words, "words")
            row += 1

    def sources(
        self, schemas: Sequence[DatasetSchema], given: Mapping[str, Row]
    ) -> None:
        sheet = self._workbook.add_worksheet(SOURCES)
        self._head(
            sheet,
            "Where the figures come from",
            f"Fill in the row '{EVERY_SHEET}'. A sheet whose figures come from elsewhere "
            "gets its own row filled in, the whole of it.",
            SOURCE_COLUMNS,
        )
        names = [EVERY_SHEET, *(sheet_name(schema.name) for schema in schemas)]
        for row, name in enumerate(names, HEADING_ROW + 1):
            texts = {"sheet": name} | (PREFILLED if name == EVERY_SHEET else {})
            texts |= {key: str(text) for key, text in given.get(name, {}).items()}
            for position, column in enumerate(SOURCE_COLUMNS, 1):
                self._put(sheet, row, position, texts.get(column.name, ""), "text")
            heights = [
                _height(texts.get(column.name, ""), _width(column))
                for column in SOURCE_COLUMNS
            ]
            sheet.set_row(row - 1, max(heights))
        self._table(sheet, "Sources_of_figures", SOURCE_COLUMNS, len(names))

    def dataset(
        self, schema: DatasetSchema, period: Period, rows: Sequence[Row]
    ) -> None:
        sheet = self._workbook.add_worksheet(sheet_name(schema.name))
        self._head(sheet, schema.title, schema.description, schema.columns)
        first = HEADING_ROW + 1
        self._put(sheet, 3, 1, MADE_UP, "note")
        example = example_row(schema, period.text)
        for number, cells in enumerate(rows or [example], first):
            for position, column in enumerate(schema.columns, 1):
                kind = "number" if _is_number(column) else "text"
                style = kind if rows else f"made-up {kind}"
                value = _in_cell(cells.get(column.name, ""), column)
                self._put(sheet, number, position, value, style)
        if not rows:
            heights = [_height(example[c.name], _width(c)) for c in schema.columns]
            sheet.set_row(first - 1, max(heights))
        name = f"Table_{schema.name.replace('-', '_')}"
        self._table(sheet, name, schema.columns, max(len(rows), 1))
        last = xl_col_to_name(len(schema.columns) - 1)
        digits_as_text = f"A{first}:{last}{HEADING_ROW + _ROWS_READY}"
        sheet.ignore_errors({"number_stored_as_text": digits_as_text})

    def list_sheet(self) -> None:
        sheet = self._workbook.add_worksheet(LISTS)
        _on_paper(sheet)
        self._put(sheet, 1, 1, "The words that the drop-down lists offer", "title")
        self._put(sheet, 2, 1, "Leave this sheet as it is: the lists use it.", "line")
        for position, (name, words) in enumerate(self._lists.items(), 1):
            sheet.set_column(position - 1, position - 1, 32)
            self._put(sheet, HEADING_ROW, position, name, "heading")
            for row, word in enumerate(words, HEADING_ROW + 1):
                self._put(sheet, row, position, word, "text")

    def _put(
        self, sheet: Worksheet, row: int, column: int, value: str | float, style: str
    ) -> None:
        place = row - 1, column - 1
        if value == "":
            sheet.write_blank(*place, None, self._styles[style])
        elif isinstance(value, float):
            sheet.write_number(*place, value, self._styles[style])
        else:
            sheet.write_string(*place, str(value), self._styles[style])

    def _head(
        self,
        sheet: Worksheet,
        title: str,
        description: str,
        columns: Sequence[ColumnSchema],
    ) -> None:
        """The title, the description, the guidance and the headings of a table."""
        _on_paper(sheet)
        self._put(sheet, 1, 1, title, "title")
        self._put(sheet, 2, 1, description, "line")
        tallest = 0
        for position, column in enumerate(columns, 1):
            words = guidance(column)
            width = _width(column)
            tallest = max(tallest, _height(words, width))
            style = self._styles["number" if _is_number(column) else "text"]
            sheet.set_column(position - 1, position - 1, width, style)
            self._put(sheet, HEADING_ROW - 1, position, words, "guidance")
            self._put(sheet, HEADING_ROW, position, heading(column.name), "heading")
        sheet.set_row(HEADING_ROW - 2, tallest)

    def _table(
        self, sheet: Worksheet, name: str, columns: Sequence[ColumnSchema], rows: int
    ) -> None:
        """Mark a table up as one, and give its columns their drop-down lists.

        Excel shows the headings of such a table while it is scrolled.
        """
        style = self._styles["heading"]
        headings = [
            {"header": heading(column.name), "header_format": style}
            for column in columns
        ]
        sheet.add_table(
            HEADING_ROW - 1,
            0,
            HEADING_ROW + rows - 1,
            len(columns) - 1,
            {
                "name": name,
                "columns": headings,
                "style": "Table Style Light 1",
                "autofilter": False,  # a filter hides rows, and those are not imported
            },
        )
        for position, column in enumerate(columns):
            words = list(words_of(column))
            if not words:
                continue
            place = list(self._lists.values()).index(words)
            source = xl_range_abs(
                HEADING_ROW, place, HEADING_ROW + len(words) - 1, place
            )
            sheet.data_validation(
                HEADING_ROW,
                position,
                HEADING_ROW + _ROWS_READY,
                position,
                {
                    "validate": "list",
                    "source": f"={LISTS}!{source}",
                    # A status can have several letters, which no list offers.
                    "show_error": column.type != "status",
                    "error_title": heading(column.name),
                    "error_message": "Choose one of the words in the list.",
                },
            )


def _on_paper(sheet: Worksheet) -> None:
    """A sheet is printed as wide as a page, under a title that has room."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, _TITLE)


def _steps(council: Council, period: Period) -> Sequence[str]:
    made_up = HEADING_ROW + 1
    file = f"workbooks/{council.slug}-{period.text}.xlsx"
    return (
        _joined(
            "Fill in the sheets for which you have figures, and leave the others as",
            "they are. None has to be filled in.",
        ),
        _joined(
            "Each sheet has guidance over its headings, and a made-up row in yellow",
            f"(row {made_up}). Write over the whole of the made-up row. If you leave",
            "it as it is, it is not imported.",
        ),
        _joined(
            "One row is one figure. Write a figure as a plain number in Value, and as",
            "it is printed in As published: 26.73 and 26.73%. Printed totals are rows",
            "too.",
        ),
        "Where there is no figure, leave Value empty and say why in Status.",
        _joined(
            f"In the sheet {SOURCES}, say where the figures come from. One row,",
            f"'{EVERY_SHEET}', is enough if they all come from one document.",
        ),
        _joined(
            "Give roles, never names of people. A list of workers does not belong in",
            "this workbook, hidden or not.",
        ),
        _joined(
            "Leave the headings as they are. Rows and columns that are hidden are not",
            "imported; you will be asked to show them or to delete them.",
        ),
        _joined(
            "Save and close the workbook, then type the command that 'make new' gave as",
            f"the next one: make import WORKBOOK={file} (with WORKSPACE= if that was",
            "given). Whatever is wrong is then listed with its sheet, its cell and what",
            "to do; nothing is imported until all is right.",
        ),
    )


def _joined(*lines: str) -> str:
    return " ".join(lines)


def _width(column: ColumnSchema) -> int:
    """How many characters wide a column is, so that its guidance is not too tall."""
    return min(max(_NARROWEST, len(guidance(column)) // 5), _WIDEST)


def _height(words: str, width: int) -> int:
    """How tall a row must be for words in a column, in points.

    Excel and LibreOffice do not always see to it when they open a workbook.
    """
    return _LINE * ceil(1.2 * len(words) / width)


def _is_number(column: ColumnSchema) -> bool:
    return column.type in ("number", "whole")


def _in_cell(value: str | float, column: ColumnSchema) -> str | float:
    """What is typed into a cell: a number, or the word that the list offers."""
    if value == "":
        return ""
    if _is_number(column):
        return float(value)
    words = {code: word for word, code in words_of(column).items()}
    return words.get(str(value), str(value))


def _lists(schemas: Sequence[DatasetSchema]) -> dict[str, list[str]]:
    """The words of every drop-down list, by the heading that it has in its sheet.

    Lists that are the same in several datasets are there once.
    """
    lists: dict[str, list[str]] = {}
    sheets: list[tuple[str, Sequence[ColumnSchema]]] = [(SOURCES, SOURCE_COLUMNS)]
    sheets += [(sheet_name(schema.name), schema.columns) for schema in schemas]
    for sheet, columns in sheets:
        for column in columns:
            words = list(words_of(column))
            if words and words not in lists.values():
                name = heading(column.name)
                taken = name in lists or column.name == "measure"
                lists[f"{name} ({sheet})" if taken else name] = words
    return lists
