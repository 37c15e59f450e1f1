"""How a grid is set on paper: its page's orientation, its columns' widths, its parts.

Lengths are in points. Widths are worked out from the letters of the font, so that no
word is wider than its column.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from scrutiny_pack.evidence.grid import Grid, amount_and_marks

PORTRAIT, LANDSCAPE = 487.0, 733.0
"""How wide the text of a page is: A4 with margins of 19 mm."""

SIZE, SMALL = 8.5, 7.5
"""The sizes of a table's letters; the small one is for tables that else do not fit."""

_PADDING = 9.0
"""Beside a cell's text, left and right together."""

_COMFORT = 10
"""Letters: a column of longer texts that is narrower is tiring to read."""

_TALL = {SIZE: 7, SMALL: 4}
"""Lines, by the size of letters: a table with a taller row gets a page on its side."""

_MOST_OF_WIDTH = 0.5
"""Columns that name a row are repeated in each part if they take no more than this."""

_UNBROKEN = 22
"""Letters: a longer word, such as a checksum, may break anywhere."""

_CHUNK = 4
"""Letters of such a word that stay together."""

_BREAKS = re.compile(r"(?<=\s)|(?<=[/\-])(?=[^\W\d])")
"""Where a line may end: after a space, or before a letter after / or -."""

_CHUNKS = re.compile(rf".{{1,{_CHUNK}}}", re.DOTALL)

# The widths of the letters from space to ~ in DejaVu Sans, in thousandths of its size.
# fmt: off
_LETTERS = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
)
_BOLD_LETTERS = (
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365,
    696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580,
    1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850,
    733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500,
    500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687,
    716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
)
# fmt: on
_OTHER_LETTER = 1000
"""A letter beyond ASCII is taken to be as wide as any."""


@dataclass(frozen=True)
class Part:
    """Columns of a grid that stand side by side.

    Attributes:
        places: which columns, by their places in the grid.
        widths: how wide each of them is.
    """

    places: tuple[int, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Sheet:
    """How a grid lies on the page.

    Attributes:
        landscape: whether it takes a page on its side.
        size: the size of its letters.
        parts: one, or several below each other, each with the columns that name a row.
    """

    landscape: bool
    size: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class _Column:
    """The widths that one column asks for, at a size of one point.

    Attributes:
        word: its longest word that does not break.
        comfort: what lets its texts be read without effort.
        usual: how long its texts are, the long ones counting more.
        line: its longest text on one line, its heading on two.
        heading: its heading on one line.
    """

    word: float
    comfort: float
    usual: float
    line: float
    heading: float


def sheet(laid: Grid) -> Sheet:
    """Lay a grid on the page: upright if it fits, else on its side, else in parts."""
    columns = [_column(laid, place) for place in range(len(laid.columns))]
    places = tuple(range(len(columns)))
    comfort = [own.comfort for own in columns]
    word = [own.word for own in columns]
    tall: Sheet | None = None
    for landscape, size, least in (
        (False, SIZE, comfort),
        (False, SMALL, comfort),
        (True, SIZE, comfort),
        (True, SIZE, word),
        (True, SMALL, word),
    ):
        available = LANDSCAPE if landscape else PORTRAIT
        widths = _widths(columns, size, available, least)
        if widths:
            part = Part(places, widths)
            fits = Sheet(landscape, size, (part,))
            if landscape or most_lines(laid, part, size) <= _TALL[size]:
                return fits
            tall = tall or fits
    if tall:
        return tall
    return Sheet(True, SIZE, _parts(laid, columns))  # noqa: FBT003


def _widths(
    columns: Sequence[_Column], size: float, available: float, least: Sequence[float]
) -> tuple[float, ...]:
    """The columns' widths, with their headings on one line if there is room."""
    for line in (
        [max(own.line, own.heading) for own in columns],
        [own.line for own in columns],
    ):
        wanted = [_sized(width, size) for width in line]
        if sum(wanted) <= available:
            return tuple(wanted)
    return shared_out(
        [_sized(width, size) for width in least],
        [own.usual * size for own in columns],
        wanted,
        available,
    )


def turned_widths(laid: Grid) -> tuple[float, ...]:
    """The widths of a table of one row whose columns stand below each other."""
    labels = [width_of(column.label) for column in laid.columns]
    texts = [width_of(cell.text) for cell in laid.rows[0].cells]
    names = min(_sized(max(labels), SIZE), PORTRAIT / 3)
    return round(names, 1), round(min(_sized(max(texts), SIZE), PORTRAIT - names), 1)


def shared_out(
    least: Sequence[float],
    usual: Sequence[float],
    most: Sequence[float],
    available: float,
) -> tuple[float, ...]:
    """Share a width out among columns, by how long their texts are.

    Args:
        least: what each column needs; no more than the most.
        usual: how long its texts are.
        most: what it would take for its longest text to stand on one line.
        available: what there is.

    Returns:
        The width of each column; nothing if they do not fit.
    """
    if sum(least) > available:
        return ()
    low, high = 0.0, max(most) / max(min(usual), 1.0)
    for _ in range(50):
        share = (low + high) / 2
        widths = _shares(least, usual, most, share)
        low, high = (share, high) if sum(widths) <= available else (low, share)
    shared = _shares(least, usual, most, low)
    return tuple(math.floor(width * 10) / 10 for width in shared)


def _shares(
    least: Sequence[float], usual: Sequence[float], most: Sequence[float], share: float
) -> list[float]:
    return [
        min(need + own * share, limit)
        for need, own, limit in zip(least, usual, most, strict=True)
    ]


def pieces(text: str) -> list[str]:
    """A text cut where it may break: a long word into chunks, all else left whole."""
    found: list[str] = []
    whole = ""
    for word in _BREAKS.split(text):
        if len(word.strip()) <= _UNBROKEN:
            whole += word
        else:
            found += [whole, *_CHUNKS.findall(word)] if whole else _CHUNKS.findall(word)
            whole = ""
    return [*found, whole] if whole or not found else found


def width_of(text: str, letters: Sequence[int] = _LETTERS) -> float:
    """How wide a text is on one line, at a size of one point."""
    wide = (
        letters[ord(letter) - 32] if " " <= letter <= "~" else _OTHER_LETTER
        for letter in text
    )
    return sum(wide) / 1000


def _column(laid: Grid, place: int) -> _Column:
    column = laid.columns[place]
    strong = any(row.level != "part" for row in laid.rows)
    letters = _BOLD_LETTERS if strong else _LETTERS  # a total is set in bold
    texts = [row.cells[place].text for row in laid.rows]
    lengths = [width_of(text, letters) for text in texts]
    longest = max(lengths, default=0.0)
    if not column.is_text:  # symbols have a place of their own
        amounts = (width_of(amount_and_marks(text)[0], letters) for text in texts)
        longest = max(amounts, default=0.0) + mark_width(laid, place)
    usual = (sum(length**2 for length in lengths) / max(len(lengths), 1)) ** 0.5
    heading = width_of(column.label, _BOLD_LETTERS)
    word = _longest_word(column.label, _BOLD_LETTERS)
    if column.group:
        span = sum(other.group == column.group for other in laid.columns)
        word = max(word, _longest_word(column.group, _BOLD_LETTERS) / span)
    if not column.is_text:
        least = max(word, longest)
        return _Column(least, least, usual, max(least, heading / 2), heading)
    word = max(word, *(_longest_word(text, letters) for text in texts), 0.0)
    comfort = max(word, min(longest, _COMFORT * width_of("e")))
    line = max(longest, comfort, heading / 2)
    return _Column(word, comfort, usual, line, heading)


def _longest_word(text: str, letters: Sequence[int]) -> float:
    """How wide what must stay together is at most."""
    return max(
        width_of(word if len(word) <= _UNBROKEN else word[: _CHUNK * 3], letters)
        for word in map(str.strip, _BREAKS.split(text))
    )


def _sized(width: float, size: float) -> float:
    return math.ceil((width * size + _PADDING) * 10 + 1) / 10


def _parts(laid: Grid, columns: Sequence[_Column]) -> tuple[Part, ...]:
    """The columns in as few parts as they fit, with those that name a row in each."""
    widths = [_sized(own.word, SIZE) for own in columns]
    names = _naming(laid, widths)
    left = LANDSCAPE - sum(widths[place] for place in names)
    others = [place for place in range(len(columns)) if place not in names]
    groups: list[Sequence[int]] = []
    for count in range(1, len(others) + 1):
        groups = _in_groups(others, -(-len(others) // count))
        if all(sum(widths[place] for place in group) <= left for group in groups):
            break
    parts = []
    for group in groups:
        chosen = [*names, *group]
        own = [columns[place] for place in chosen]
        least = [widths[place] for place in chosen]
        room = max(LANDSCAPE, sum(least))
        shared = _widths(own, SIZE, room, [column.word for column in own])
        parts.append(Part(tuple(chosen), shared))
    return tuple(parts)


def _naming(laid: Grid, widths: Sequence[float]) -> list[int]:
    """The columns that name a row: the first, and its neighbours if there is room."""
    names: list[int] = []
    for place, column in enumerate(laid.columns):
        taken = sum(widths[other] for other in (*names, place))
        if place and (not column.is_text or taken > LANDSCAPE * _MOST_OF_WIDTH):
            break
        names.append(place)
    return names[: len(laid.columns) - 1] or names


def _in_groups(places: Sequence[int], count: int) -> list[Sequence[int]]:
    return [places[start : start + count] for start in range(0, len(places), count)]


def mark_width(laid: Grid, place: int) -> float:
    """How wide the symbols after the amounts of a column are, at a size of one point.

    They get a place of their own, so that digits stand below each other.
    """
    marks = (amount_and_marks(row.cells[place].text)[1] for row in laid.rows)
    return max((width_of(mark, _BOLD_LETTERS) for mark in marks), default=0.0)


def most_lines(laid: Grid, part: Part, size: float) -> float:
    """How many lines the tallest row takes, about; words that do not fit leave gaps."""
    return max(
        (
            width_of(row.cells[place].text) * size * 1.25 / (width - _PADDING)
            for row in laid.rows
            for place, width in zip(part.places, part.widths, strict=True)
        ),
        default=0.0,
    )
