"""A grid as a Word table: its columns' widths, its size, its page's orientation."""

from collections.abc import Sequence
from dataclasses import dataclass

from scrutiny_pack.evidence.grid import Grid, Row, amount_and_marks, is_turned, most_marks
from scrutiny_pack.formats.word_markup import bold, paragraph, run, value

PORTRAIT, LANDSCAPE = 9_638, 14_570
"""The width of the text in twentieths of a point: A4 with margins of 2 cm."""

WAYS = ((False, 10), (True, 10), (True, 9), (True, 8))
"""How a table may lie, the best first: on its side or not, and the size in points."""

_PADDING = 160
"""On both sides of a cell's text together."""

_COMFORT = 26
"""Characters: a column of long texts narrower than this is tiring to read."""

_UNBROKEN = 24
"""Characters: a longer word, such as a checksum, may break anywhere."""

_KEPT_TOGETHER = 8
"""Rows: a table with no more is not split between two pages."""

_NARROW, _WIDE = frozenset("iIjl.,:;'|![]()/tfr -"), frozenset("mwMW@%&")


@dataclass(frozen=True)
class Sheet:
    """How a table lies on the page.

    Attributes:
        landscape: whether it takes a page on its side.
        size: the size of its letters, in points.
        widths: of its columns, in twentieths of a point.
    """

    landscape: bool
    size: int
    widths: tuple[int, ...]


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
    """How a table lies best: as large and as upright as its columns allow."""
    for landscape, size in WAYS:
        room = LANDSCAPE if landscape else PORTRAIT
        least = _least(lines, size)
        comfortable = _comfortable(lines, size) if not landscape else least
        if sum(comfortable) <= room:
            break
    return Sheet(landscape, size, _shared_out(least, _natural(lines, size), room))


def table_xml(lines: Lines, sheet: Sheet, title: str, description: str) -> str:
    """A table's markup.

    Args:
        lines: its cells.
        sheet: how it lies on the page.
        title: its title for a screen reader.
        description: what it holds, for a screen reader.
    """
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in sheet.widths)
    together = len(lines.rows) <= _KEPT_TOGETHER
    rows = [_row(lines, sheet, lines.headings, is_heading=True, is_strong=True, keep=True)]
    for place, texts in enumerate(lines.rows):
        keep = together and place < len(lines.rows) - 1
        strong = lines.strong[place]
        rows.append(
            _row(lines, sheet, texts, is_heading=False, is_strong=strong, keep=keep)
        )
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="EvidenceTable"/>'
        f'<w:tblW w:w="{sum(sheet.widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{value('tblCaption', title)}{value('tblDescription', description)}"
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
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
        if is_figure and not is_heading:
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


def _least(lines: Lines, size: int) -> list[int]:
    """The width that each column cannot do without: that of its longest word."""
    return [
        max(
            _width(word[:_UNBROKEN], size, is_bold=is_bold)
            for text, is_bold in column
            for word in (text.split() or [""])
        )
        + _PADDING
        + lines.marks[place] * _width(" [e]", size)
        for place, column in enumerate(_columns(lines))
    ]


def _comfortable(lines: Lines, size: int) -> list[int]:
    """The width at which each column is read with ease."""
    enough = _width("n" * _COMFORT, size)
    return [
        max(least, min(natural, enough))
        for least, natural in zip(
            _least(lines, size), _natural(lines, size), strict=True
        )
    ]


def _natural(lines: Lines, size: int) -> list[int]:
    """The width at which no cell of a column takes a second line; headings may."""
    return [
        max(
            _width(text, size, is_bold=is_bold)
            for text, is_bold in (column if not lines.figures[place] else column[1:])
        )
        + _PADDING
        for place, column in enumerate(_columns(lines))
    ]


def _columns(lines: Lines) -> list[list[tuple[str, bool]]]:
    """The texts of each column, its heading first, each with whether it is bold."""
    bold_rows = (True, *lines.strong)
    return [
        list(zip(texts, bold_rows, strict=True))
        for texts in zip(lines.headings, *lines.rows, strict=True)
    ]


def _shared_out(least: list[int], natural: list[int], room: int) -> tuple[int, ...]:
    """Widths that fill no more than the room: who lacks more, gets more."""
    wanted = [max(low, high) for low, high in zip(least, natural, strict=True)]
    if sum(wanted) <= room:
        return tuple(wanted)
    if sum(least) > room:  # nothing is left out: words break
        return tuple(width * room // sum(least) for width in least)
    lacks = [
        min(high - low, room) ** 0.6 for low, high in zip(least, wanted, strict=True)
    ]
    left = room - sum(least)
    return tuple(
        low + int(left * lack / sum(lacks))
        for low, lack in zip(least, lacks, strict=True)
    )


def _width(text: str, size: int, *, is_bold: bool = False) -> int:
    """About how wide a text is in Arial, in twentieths of a point, rather too wide."""
    thousandths = sum(
        330 if c in _NARROW else 900 if c in _WIDE else 720 if c.isupper() else 570
        for c in text
    )
    return round(thousandths * size * 20 / 1000 * (1.08 if is_bold else 1.0))
