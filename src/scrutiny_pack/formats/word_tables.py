"""A grid as a Word table: its columns' widths, its size, its page's orientation."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scrutiny_pack.evidence.grid import (
    Grid,
    Row,
    amount_and_marks,
    is_turned,
    most_marks,
)
from scrutiny_pack.formats.word_markup import bold, paragraph, run, value

PORTRAIT, LANDSCAPE = 9_638, 14_570
"""The width of the text in twentieths of a point: A4 with margins of 2 cm."""

WAYS = ((False, 10), (False, 9), (True, 10), (True, 9), (True, 8))
"""How a table may lie, the best first: on its side or not, and the size in points."""

TIGHT_WAYS = ((8, True), (7, True), (7, False))
"""How a table lies that is too wide: the size, and whether headings stay whole."""

_PADDING, _TIGHT_PADDING = 160, 60
"""On both sides of a cell's text together."""

_COMFORT = 20
"""Characters: in a column narrower than this, more than a few lines are tiring."""

_MOST_LINES, _MOST_LINES_IF_NARROW = 12, 5
"""A table with taller cells lies on a page on its side, where it can."""

_UNBROKEN, _TIGHT_UNBROKEN = 22, 12
"""Characters: a longer word, such as a checksum, may break anywhere."""

_KEPT_TOGETHER = 12
"""Lines: a table with no more is not split between two pages."""

_AT_AN_END = 2
"""Rows: of a table that is split, no fewer stand on either page."""

_LETTERS = {
    **dict.fromkeys("iIjl.,:;'|! ", 340),
    **dict.fromkeys('frt()[]/-J"', 430),
    **dict.fromkeys("mwMW@%&", 980),
}
"""How wide a letter is, in thousandths of its size, where that is unusual."""


@dataclass(frozen=True)
class Sheet:
    """How a table lies on the page.

    Attributes:
        landscape: whether it takes a page on its side.
        size: the size of its letters, in points.
        widths: of its columns, in twentieths of a point.
        is_tight: whether there is no room for symbols beside their figures.
    """

    landscape: bool
    size: int
    widths: tuple[int, ...]
    is_tight: bool = False


@dataclass(frozen=True)
class Lines:
    """The cells of a table as text, from top to bottom, the headings apart.

    Attributes:
        headings: of the columns.
        rows: the texts of each row.
        strong: whether each row is a total.
        figures: whether each column holds figures.
        marks: how many symbols stand after an amount at most, column by column.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: tuple[bool, ...]
    figures: tuple[bool, ...]
    marks: tuple[int, ...]


def lines_of(laid: Grid) -> Lines:
    """A grid as the rows of a Word table with one row of headings and no merged cells.

    Word tells a screen reader of the first row's headings only, so a heading above
    several columns is said again in each of them. A turned table's headings are those
    of its first column.
    """
    headings = tuple(
        f"{column.group}: {column.label}" if column.group else column.label
        for column in laid.columns
    )
    if is_turned(laid):
        turned = [
            (heading, cell.text)
            for heading, cell in zip(headings, laid.rows[0].cells, strict=True)
        ]
        rest = tuple(turned[1:])
        plain = (False,) * len(rest)
        return Lines(turned[0], rest, plain, (False, False), (0, 0))
    has_parts = any(row.level == "part" for row in laid.rows)
    return Lines(
        headings=headings,
        rows=tuple(tuple(cell.text for cell in row.cells) for row in laid.rows),
        strong=tuple(has_parts and _is_total(row) for row in laid.rows),
        figures=tuple(not column.is_text for column in laid.columns),
        marks=tuple(most_marks(laid)),
    )


def sheet_of(lines: Lines) -> Sheet:
    """How a table lies best: as large and as upright as its texts allow."""
    fitting = []
    for landscape, size in WAYS:
        columns = _measured(lines, size)
        room = LANDSCAPE if landscape else PORTRAIT
        if sum(column.least for column in columns) > room:
            continue
        sheet = Sheet(landscape, size, _shared_out(columns, room))
        if _is_easy_to_read(columns, sheet):
            return sheet
        fitting.append(sheet)
    if fitting:
        return fitting[-1]
    return _tight_sheet(lines)


def _tight_sheet(lines: Lines) -> Sheet:
    """How a table lies that is too wide: no figure is broken while there is a way.

    Symbols stand below their figures, then the letters are smaller, then the words of
    headings break.
    """
    for size, with_headings in TIGHT_WAYS:
        columns = _measured_tightly(lines, size, with_headings=with_headings)
        if sum(column.least for column in columns) <= LANDSCAPE:
            break
    widths = _shared_out(columns, LANDSCAPE)
    return Sheet(landscape=True, size=size, widths=widths, is_tight=True)


def table_xml(lines: Lines, sheet: Sheet, title: str, description: str) -> str:
    """A table's markup.

    Args:
        lines: its cells.
        sheet: how it lies on the page.
        title: its title for a screen reader.
        description: what it holds, for a screen reader.
    """
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in sheet.widths)
    together = _is_short(lines, sheet)
    rows = [
        _row(lines, sheet, lines.headings, is_heading=True, is_strong=True, keep=True)
    ]
    for place, texts in enumerate(lines.rows):
        left = len(lines.rows) - 1 - place
        at_an_end = place < _AT_AN_END - 1 or left < _AT_AN_END
        keep = left > 0 and (together or at_an_end)
        strong = lines.strong[place]
        rows.append(
            _row(lines, sheet, texts, is_heading=False, is_strong=strong, keep=keep)
        )
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="EvidenceTable"/>'
        f'<w:tblW w:w="{sum(sheet.widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{_cell_margins(sheet)}'
        '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{value('tblCaption', title)}{value('tblDescription', description)}"
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell_margins(sheet: Sheet) -> str:
    if not sheet.is_tight:
        return ""
    side = _TIGHT_PADDING // 2
    return (
        f'<w:tblCellMar><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
    )


def _row(
    lines: Lines,
    sheet: Sheet,
    texts: Sequence[str],
    *,
    is_heading: bool,
    is_strong: bool,
    keep: bool,
) -> str:
    cells = []
    low = '<w:vAlign w:val="bottom"/>' if is_heading else ""
    for place, text in enumerate(texts):
        is_figure = lines.figures[place]
        properties = "<w:keepNext/>" if keep else ""
        if is_figure and not is_heading and not sheet.is_tight:
            properties += _room_for_marks(text, lines.marks[place], sheet.size)
        style = f"Table{'Figure' if is_figure else 'Text'}{sheet.size}"
        inside = bold(text) if is_strong else run(text)
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{sheet.widths[place]}" w:type="dxa"/>'
            f"{low}</w:tcPr>"
            f"{paragraph(style, inside, properties=properties)}</w:tc>"
        )
    head = "<w:tblHeader/>" if is_heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _room_for_marks(text: str, most: int, size: int) -> str:
    """Room at the right where others have symbols: the digits stand below each other."""
    lacking = most - amount_and_marks(text)[1].count("[")
    return f'<w:ind w:right="{lacking * _width(" [e]", size)}"/>' if lacking else ""


def _is_total(row: Row) -> bool:
    return row.level != "part"


@dataclass(frozen=True)
class _Column:
    """What a column asks for, in twentieths of a point.

    Attributes:
        least: what it cannot do without: its longest word.
        natural: with it, no cell takes a second line; a heading of figures takes two.
        heading: how long its heading is, in one line.
        cells: how long the text of each cell is, in one line.
    """

    least: int
    natural: int
    heading: int
    cells: tuple[int, ...]


def _measured(lines: Lines, size: int) -> list[_Column]:
    """What each column asks for."""
    columns = []
    for place, (heading, *texts) in enumerate(
        zip(lines.headings, *lines.rows, strict=True)
    ):
        is_figure = lines.figures[place]
        marks = lines.marks[place] * _width(" [e]", size)
        amounts = [amount_and_marks(text)[0] for text in texts]
        if is_figure:  # a figure stays in one line with its symbols
            shown = words = amounts
        else:
            shown = texts
            words = [word[:_UNBROKEN] for text in texts for word in text.split()]
        cells = tuple(
            _width(text, size, is_bold=is_bold) + marks
            for text, is_bold in zip(shown, lines.strong, strict=True)
        )
        head = _width(heading, size, is_bold=True)
        is_bold = any(lines.strong)
        least = max(
            0,
            *(_width(word[:_UNBROKEN], size, is_bold=True) for word in heading.split()),
            *(_width(word, size, is_bold=is_bold) + marks for word in words),
        )
        natural = max(least, head * 6 // 10 if is_figure else head, *cells)
        columns.append(_Column(least + _PADDING, natural + _PADDING, head, cells))
    return columns


def _measured_tightly(lines: Lines, size: int, *, with_headings: bool) -> list[_Column]:
    """What each column of a table that is too wide cannot do without."""
    columns = []
    is_bold = any(lines.strong)
    for place, (heading, *texts) in enumerate(
        zip(lines.headings, *lines.rows, strict=True)
    ):
        unbroken = None if lines.figures[place] else _TIGHT_UNBROKEN
        words = [word[:unbroken] for text in texts for word in text.split()]
        head_words = heading.split() if with_headings else []
        cells = tuple(_width(text, size, is_bold=is_bold) for text in texts)
        least = max(
            0,
            *(_width(word, size, is_bold=True) for word in head_words),
            *(_width(word, size, is_bold=is_bold) for word in words),
        )
        natural = max(least, *cells)
        head = _width(heading, size, is_bold=True)
        columns.append(
            _Column(least + _TIGHT_PADDING, natural + _TIGHT_PADDING, head, cells)
        )
    return columns


def _shared_out(columns: Sequence[_Column], room: int) -> tuple[int, ...]:
    """Widths that fill no more than the room, so that the rows take the fewest lines.

    Where text of the amount a stands in a column of the width w, it takes a / w
    lines; their sum is least if each width is as the square root of its amount. No
    column gets less than its longest word or more than its longest cell.
    """
    if sum(column.natural for column in columns) <= room:
        return tuple(column.natural for column in columns)
    least = [column.least for column in columns]
    if sum(least) > room:  # nothing is left out: words break
        return tuple(width * room // sum(least) for width in least)
    amounts = [math.sqrt(column.heading + sum(column.cells)) for column in columns]
    widths: dict[int, int] = {}
    while len(widths) < len(columns):
        free = [place for place in range(len(columns)) if place not in widths]
        left, amount = room - sum(widths.values()), sum(amounts[p] for p in free)
        share = {place: int(left * amounts[place] / amount) for place in free}
        narrow = {p: least[p] for p in free if share[p] < least[p]}
        wide = {p: columns[p].natural for p in free if share[p] > columns[p].natural}
        # One kind at a time: what the others may have depends on it.
        widths |= narrow or wide or share
    return tuple(widths[place] for place in range(len(columns)))


def _is_easy_to_read(columns: Sequence[_Column], sheet: Sheet) -> bool:
    """Whether no cell is very tall, and none in a narrow column is tall."""
    narrow = _width("n" * _COMFORT, sheet.size)
    return all(
        _lines(max(column.cells), width)
        <= (_MOST_LINES_IF_NARROW if width < narrow else _MOST_LINES)
        for column, width in zip(columns, sheet.widths, strict=True)
    )


def _is_short(lines: Lines, sheet: Sheet) -> bool:
    """Whether a table takes little of a page, and so need not be split between two."""
    columns = _measured(lines, sheet.size)
    heights = (
        max(
            _lines(cell, width) for cell, width in zip(cells, sheet.widths, strict=True)
        )
        for cells in zip(*(column.cells for column in columns), strict=True)
    )
    return sum(heights) <= _KEPT_TOGETHER


def _lines(length: int, width: int) -> int:
    """About how many lines a text takes in a column."""
    return max(1, math.ceil(length * 1.05 / (width - _PADDING)))


def _width(text: str, size: int, *, is_bold: bool = False) -> int:
    """About how wide a text is, in twentieths of a point.

    Where there is no Arial, a wider letter stands in for it (DejaVu Sans): words must
    not break then, so the widths are those of that.
    """
    thousandths = sum(_LETTERS.get(c, 740 if c.isupper() else 640) for c in text)
    return round(thousandths * size * 20 / 1000 * (1.12 if is_bold else 1.0))
