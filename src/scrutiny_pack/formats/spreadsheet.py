"""evidence.xlsx: every item as a marked-up table, by gptables.

gptables keeps the Analysis Function's guidance on releasing statistics in spreadsheets:
one table a sheet from column A, marked up as one; no merged cells, filters or frozen
panes. What it has no word for (number formats, widths, printing, properties) is set on
the XlsxWriter workbook that it gives.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime, time
from math import ceil
from pathlib import Path
from textwrap import wrap
from typing import Any

import pandas as pd
from pandas.errors import Pandas4Warning

from scrutiny_pack.evidence.formatting import number
from scrutiny_pack.formats.content import Content
from scrutiny_pack.formats.front_sheets import (
    CONTENTS,
    COVER,
    COVER_HEADINGS,
    FRONT,
    contents_sheet,
    cover_lines,
    notes_sheet,
    numbered_notes,
    questions_sheet,
    references,
    sources_sheet,
)
from scrutiny_pack.formats.item_sheets import item_sheets
from scrutiny_pack.formats.sheet import Sheet
from scrutiny_pack.formats.sheet_cells import SheetColumn
from scrutiny_pack.periods import Period
from scrutiny_pack.rounding import decimals_of
from scrutiny_pack.steady_zip import steady

with warnings.catch_warnings():
    # It leaves a file of its own to be closed by Python.
    warnings.filterwarnings("ignore", "unclosed file", ResourceWarning)
    import gptables
    from gptables.core.gptable import FormatList

FILE = "evidence.xlsx"

AUTHOR = "Scrutiny support unit"
"""The author in the file's properties: a role, not a name."""

_NARROWEST, _NARROW, _WIDE = 9, 36, 56
"""Characters of a column: at least, and at most, where many columns are long or few."""

_FEW = 3
"""Columns of long text that may each be wide."""

_LONGEST_WORD = 66
"""Characters: a checksum stands in one line."""

_OF_ARIAL = 1.2
"""How much wider a character of Arial 12 is than Excel's unit of width."""

_MORE = 1.1
"""How many more characters of a sentence there are in a line than wide ones."""

_COVER_WIDTH = 90
"""Characters of the cover's only column."""

_TITLE, _SUBTITLE, _LINE, _GAP = 24, 22, 16, 2
"""Points: the height of a title, of a heading on the cover, of a line, and between rows."""

_INTRO, _ABOUT = "Introductory information", "About these data"
"""What gptables sets above the two parts of the cover."""

_PROPERTIES = "docProps/core.xml"

_A4 = 9

_THEME = {
    "subtitle": {"font_size": 12},
    "cover_text": {"valign": "top"},
    "data": {"valign": "top"},
    "description_order": ["instructions", "legend", "scope"],
}
"""What differs from gptables' own theme."""

_OPTIONS = {
    "in_memory": True,
    # Text is text: a team that is called =1+1 is no formula.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_spreadsheet(content: Content, pack: Path) -> None:
    """Write a pack's spreadsheet, ``evidence.xlsx``.

    Args:
        content: the pack.
        pack: its folder.
    """
    (pack / FILE).write_bytes(spreadsheet(content))


def spreadsheet(content: Content) -> bytes:
    """The bytes of a pack's spreadsheet; the same each time."""
    sheets = all_sheets(content)
    tables = {sheet.name: _table(sheet) for sheet in sheets}
    written = io.BytesIO()
    with _known_warnings():
        book = gptables.produce_workbook(
            written,
            tables,
            theme=_theme(),
            cover=_cover(content),
            contentsheet_label=None,  # ours lists the sheets in front too
            auto_width=False,
            workbook_options=_OPTIONS,
        )
    _set_out_cover(book.get_worksheet_by_name(COVER), content)
    for sheet in sheets:
        heading_row = tables[sheet.name].data_range[0]
        _set_out(book.get_worksheet_by_name(sheet.name), sheet, heading_row)
    book.set_properties(_properties(content))
    book.close()
    return _with_language(written.getvalue())


def all_sheets(content: Content) -> list[Sheet]:
    """Every sheet but the cover, in order; a sheet that would be empty is left out."""
    notes = numbered_notes(content)
    items = item_sheets(content, references(notes), FRONT)
    front = [
        sheet
        for sheet in (
            questions_sheet(content),
            notes_sheet(notes),
            sources_sheet(content),
        )
        if sheet.columns
    ]
    sheets = [*front, *items]
    return [contents_sheet(sheets), *sheets]


def _table(sheet: Sheet) -> gptables.GPTable:
    columns = {c.heading: [_cell(value) for value in c.cells] for c in sheet.columns}
    if sheet.links:
        first = sheet.columns[0].heading
        columns[first] = [{name: _to(name)} for name in sheet.links]
    back = [] if sheet.name == CONTENTS else [f"[Back to contents]({_to(CONTENTS)})"]
    return gptables.GPTable(
        table=pd.DataFrame(columns, dtype=object),
        table_name=sheet.table,
        title=_line(sheet.title, {"bold": True}),
        subtitles=[*map(_line, sheet.lines), *back],
        instructions=_line(sheet.instructions),
        legend=[_line(line) for line in (*sheet.legend, *sheet.sources)],
        scope=_line(sheet.notes) if sheet.notes else None,
        index_columns={},  # an index column would have its dollar signs read as notes
        additional_formatting=list(_formats(sheet)),
    )


def _to(name: str) -> str:
    return f"internal:'{name}'!A1"


def _cell(value: float | str) -> Any:
    """A cell, so that gptables writes it as it is.

    It would make a link of ``[a](b)``, and refuse a cell without a letter or digit; of
    rich text it does neither.
    """
    if isinstance(value, float) or not value:
        return value
    plain = "](" not in value and re.search(r"[a-zA-Z0-9]", value)
    return value if plain else FormatList([{}, value])


def _line(text: str, style: dict[str, Any] | None = None) -> Any:
    """A line above the table, likewise; two dollar signs would begin a note's name."""
    text = text.replace("$$", "$ $")
    return text if "](" not in text else [style or {"bold": False}, text]


def _formats(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """What differs from the theme: columns first, so that a cell's own style wins."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    before = ""
    for place, column in enumerate(sheet.columns):
        if style := _column_style(column, before):
            alike.setdefault(tuple(style.items()), []).append(place)
        before = column.holds
    for items, places in alike.items():
        about = {"columns": places, "format": dict(items), "include_names": True}
        yield {"column": about}
    for place, column in enumerate(sheet.columns):
        if column.holds == "numbers" and _shared_places(column) is None:
            yield from _cell_formats(place, column)
    if sheet.bold:
        rows = [place + 1 for place in sheet.bold]
        yield {"row": {"rows": rows, "format": {"bold": True}, "include_names": True}}


def _column_style(column: SheetColumn, before: str) -> dict[str, Any]:
    """The style of a column and its heading: numbers are set to the right.

    Words after a column of numbers would begin too close to it.
    """
    if column.holds != "numbers":
        return {"align": "left", "indent": 1} if before == "numbers" else {}
    places = _shared_places(column)
    number_format = {} if places is None else {"num_format": _number_format(places)}
    return {"align": "right"} | number_format


def _shared_places(column: SheetColumn) -> int | None:
    """The decimal places of all of a column's numbers; None if they differ."""
    return column.places[0] if len(set(column.places)) == 1 else None


def _cell_formats(place: int, column: SheetColumn) -> Iterator[dict[str, Any]]:
    for row, (value, places) in enumerate(
        zip(column.cells, column.places, strict=True), start=1
    ):
        if isinstance(value, float):
            shown = decimals_of(round(value, 6)) if places is None else places
            style = {"num_format": _number_format(shown)}
            yield {"cell": {"cells": (row, place), "format": style}}


def _number_format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _set_out(made: Any, sheet: Sheet, heading_row: int) -> None:
    """Columns wide enough, and rows high enough for text that wraps.

    Excel would find the heights for itself, but LibreOffice keeps to those of the file.
    """
    texts = [_texts(column) for column in sheet.columns]
    widths = _widths(sheet.columns, texts)
    for place, width in enumerate(widths):
        made.set_column(place, place, _units(width))
    made.set_default_row(_LINE + _GAP)
    made.set_row(0, _TITLE)
    headings = [column.heading for column in sheet.columns]
    for row, cells in enumerate([headings, *zip(*texts, strict=True)], heading_row):
        lines = [_lines(cell, width) for cell, width in zip(cells, widths, strict=True)]
        made.set_row(row, max(lines) * _LINE + _GAP)
    _for_print(made)
    made.repeat_rows(heading_row)


def _set_out_cover(made: Any, content: Content) -> None:
    intro, about = cover_lines(content)
    rows = [content.pack["title"], _INTRO, *intro, _ABOUT, *about]
    for row, text in enumerate(rows):
        if row == 0:
            made.set_row(row, _TITLE)
        elif text in {_INTRO, _ABOUT, *COVER_HEADINGS}:
            made.set_row(row, _SUBTITLE)
        else:
            made.set_row(row, _lines(text, _COVER_WIDTH) * _LINE + _GAP)
    made.set_column(0, 0, _units(_COVER_WIDTH))
    _for_print(made)


def _texts(column: SheetColumn) -> list[str]:
    """The cells of a column as they are seen."""
    return [
        number(cell, column.places[row]) if isinstance(cell, float) else cell
        for row, cell in enumerate(column.cells)
    ]


def _widths(
    columns: Sequence[SheetColumn], texts: Sequence[Sequence[str]]
) -> list[int]:
    """Characters of each column: long text wraps, and so does a heading."""
    longest = [max(map(len, cells), default=0) for cells in texts]
    many = sum(length > _NARROW for length in longest) > _FEW
    most = _NARROW if many else _WIDE
    widths = []
    for column, cells, length in zip(columns, texts, longest, strict=True):
        words = (word for text in (*cells, column.heading) for word in text.split())
        word = min(max(map(len, words), default=0), _LONGEST_WORD)
        widths.append(max(min(length, most), word, _NARROWEST))
    return widths


def _units(characters: int) -> int:
    """A width in Excel's unit."""
    return ceil(characters * _OF_ARIAL) + 2


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters."""
    return max(1, len(wrap(text, int(width * _MORE))))


def _for_print(made: Any) -> None:
    """A4 across, as wide as the page; a long table has its headings on each page."""
    made.set_paper(_A4)
    made.set_landscape()
    made.fit_to_pages(1, 0)


def _theme() -> gptables.Theme:
    theme = deepcopy(gptables.gptheme)
    theme.apply_config(deepcopy(_THEME))
    return theme


def _cover(content: Content) -> gptables.Cover:
    intro, about = cover_lines(content)
    bold = {"bold": True}
    return gptables.Cover(
        title=_line(content.pack["title"], bold),
        intro=[_line(text) for text in intro],
        about=[
            [bold, text] if text in COVER_HEADINGS else _line(text) for text in about
        ],
        cover_label=COVER,
    )


def _properties(content: Content) -> dict[str, Any]:
    pack = content.pack
    day = pack["standing"]["checked_on"] or str(Period.parse(pack["period"]).end)
    return {
        "title": pack["title"],
        "subject": "Evidence for council scrutiny of the children's social work workforce",
        "author": AUTHOR,
        "keywords": (
            "children's social work, workforce, scrutiny, evidence, "
            f"{pack['authority']}, {pack['period_in_words']}"
        ),
        "comments": f"Evidence pack {pack['id']}. {pack['standing']['words']}.",
        # Not when it was made: the same pack is the same bytes on every day.
        "created": datetime.combine(datetime.fromisoformat(day), time(), UTC),
    }


def _with_language(written: bytes) -> bytes:
    """The file with its language among its properties, for which XlsxWriter has no word."""
    with zipfile.ZipFile(io.BytesIO(written)) as members:
        core = members.read(_PROPERTIES)
    end = b"</cp:coreProperties>"
    language = b"<dc:language>en-GB</dc:language>"
    return steady(written, {_PROPERTIES: core.replace(end, language + end)})


@contextmanager
def _known_warnings() -> Iterator[None]:
    """Without the warnings that gptables is known to give; all others are seen.

    It calls pandas in ways that pandas 4 will refuse. It warns that there are no notes,
    which are on a sheet of ours, and of blank cells, which each sheet explains.
    """
    ours: Sequence[tuple[str, type[Warning]]] = (
        ("", Pandas4Warning),
        ("No note text provided", UserWarning),
        (r"\s*Empty or null cell found", UserWarning),
    )
    with warnings.catch_warnings():
        for message, category in ours:
            warnings.filterwarnings("ignore", message, category, r"gptables\.core\.")
        yield
