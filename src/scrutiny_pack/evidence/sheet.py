"""A figure laid out in points, with every text's box known.

Labels are measured before they are drawn, so that each has the room it needs, and
a test can see that none is cut and no two overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from scrutiny_pack.evidence.fonts import FONT, use_no_other_copy

use_no_other_copy()

WIDTH = 432.0
"""Points: six inches. On a phone the text is still as large as a footnote."""

FONT_SIZE = 12.0

LINE = 15.0
"""Points from one line of text to the next."""

_ASCENT = 11.6
_INCH = 72.0

Across = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Box:
    """A rectangle, in points from the top left of the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def widened(self, points: float) -> "Box":
        """The box with so many points more at either side, above and below."""
        return Box(
            self.left - points,
            self.top - points,
            self.right + points,
            self.bottom + points,
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within."""
        return self.left < x < self.right and self.top < y < self.bottom


@cache
def text_width(text: str) -> float:
    """The width of one line of text, in points."""
    font = FontProperties(family=FONT, size=FONT_SIZE)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def wrapped(text: str, width: float) -> list[str]:
    """Lines of text, none wider than ``width``; a longer word is cut into pieces."""
    lines: list[str] = []
    for whole in text.split():
        longer = f"{lines[-1]} {whole}" if lines else whole
        if lines and text_width(longer) <= width:
            lines[-1] = longer
            continue
        rest = whole
        while text_width(rest) > width and len(rest) > 1:
            fits = range(1, len(rest))
            most = max(n for n in fits if n == 1 or text_width(rest[:n]) <= width)
            lines.append(rest[:most])
            rest = rest[most:]
        lines.append(rest)
    return lines or [""]


def widest(texts: Sequence[str]) -> float:
    """The width of the widest of several lines; 0 for none."""
    return max(map(text_width, texts), default=0.0)


class Sheet:
    """A figure of a fixed width, on which things are placed in points from the top left.

    Attributes:
        figure: the picture.
        height: its height in points.
        boxes: the box of every text on it.
    """

    def __init__(self, height: float) -> None:
        """An empty sheet of that height, in points."""
        self.height = height
        self.figure = Figure(figsize=(WIDTH / _INCH, height / _INCH))
        self.boxes: list[Box] = []

    def axes(self, area: Box) -> Axes:
        """New axes that fill an area."""
        return self.figure.add_axes(
            (
                area.left / WIDTH,
                1 - area.bottom / self.height,
                (area.right - area.left) / WIDTH,
                (area.bottom - area.top) / self.height,
            )
        )

    def write(
        self,
        lines: Sequence[str],
        x: float,
        top: float,
        across: Across = "left",
        *,
        over: bool = False,
    ) -> Box:
        """Write lines of text.

        Args:
            lines: one string for each line.
            x: where they are anchored, in points from the left.
            top: where the first line begins, in points from the top.
            across: which side of the text the anchor is.
            over: whether it may stand over a line, which it then hides.
        """
        behind = (
            {"facecolor": "white", "edgecolor": "none", "pad": 1.5} if over else None
        )
        for place, line in enumerate(lines):
            baseline = top + place * LINE + _ASCENT
            self.figure.text(
                x / WIDTH, 1 - baseline / self.height, line,
                ha=across, va="baseline", bbox=behind,
            )  # fmt: skip
        box = box_of(lines, x, top, across)
        self.boxes.append(box)
        return box

    def is_free(self, box: Box) -> bool:
        """Whether a box lies on the sheet and touches no text."""
        inside = box.left >= 0 and box.right <= WIDTH and box.top >= 0
        return (
            inside
            and box.bottom <= self.height
            and not any(box.overlaps(other) for other in self.boxes)
        )


def box_of(lines: Sequence[str], x: float, top: float, across: Across = "left") -> Box:
    """The box that lines of text would fill."""
    width = widest(lines)
    left = x - {"left": 0.0, "center": width / 2, "right": width}[across]
    return Box(left, top, left + width, top + LINE * len(lines))


class Scale:
    """From a value to points from the left of the sheet."""

    def __init__(self, area: Box, low: float, high: float) -> None:
        """A scale on which low and high stand at the sides of an area."""
        self._left = area.left
        self._low = low
        self._points = (area.right - area.left) / (high - low)

    def __call__(self, value: float) -> float:
        """How far from the left of the sheet a value stands."""
        return self._left + (value - self._low) * self._points
