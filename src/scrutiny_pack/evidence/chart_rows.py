"""What charts made of rows share: the names at the left, the scale, a marked value."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from scrutiny_pack.evidence.drawing import INK
from scrutiny_pack.evidence.sheet import LINE, WIDTH, Scale, Sheet, widest, wrapped

GAP = 6.0
"""Points between a bar and its label, and between one name and the next."""

_MARK_WIDTH = WIDTH * 0.7


class RowNames:
    """The names of the rows, in a column at the left, wrapped.

    Attributes:
        lines: each name's lines.
        width: of the widest line, in points.
        places: the middle of each row, in points from the first row's top.
        height: of all rows, in points.
    """

    def __init__(self, names: Sequence[str], width: float, row: float) -> None:
        """Measure the names.

        Args:
            names: from top to bottom.
            width: the most that the column may take, in points.
            row: the least height of a row, in points.
        """
        self.lines = [wrapped(str(name), width) for name in names]
        self.width = max(widest(lines) for lines in self.lines)
        heights = [LINE * len(lines) for lines in self.lines]
        self.places = [max(row, heights[0]) / 2]
        # Two neighbours need half the height of each, and air between them.
        for above, below in pairwise(heights):
            self.places.append(self.places[-1] + max(row, (above + below) / 2 + GAP))
        self.height = self.places[-1] + max(row, heights[-1]) / 2

    def write(self, sheet: Sheet, top: float) -> None:
        """Write the names, the first row's top at so many points from the sheet's."""
        for place, lines in zip(self.places, self.lines, strict=True):
            sheet.write(lines, self.width, top + place - LINE * len(lines) / 2, "right")


def prepare(axes: Axes, names: RowNames, limits: tuple[float, float]) -> None:
    """Count rows in points from the top; no ticks and no frame.

    Every bar and point carries its figure, so that no axis is needed.
    """
    axes.set(xlabel="", ylabel="", xticks=[], yticks=[])
    axes.set(xlim=limits, ylim=(names.height, 0))
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.patch.set_visible(False)


def limits_of(
    records: Sequence[Mapping[str, Any]], mark: float | None = None
) -> tuple[float, float]:
    """The lowest and the highest value to have room for; zero is always between."""
    values = [row[name] for row in records for name in ("value", "low", "high")]
    known = [0.0, *(v for v in values if pd.notna(v)), *([mark] if mark else [])]
    low, high = min(known), max(known)
    return (low, high) if low < high else (0.0, 1.0)


def height_of_mark(mark: float | None, label: str) -> float:
    """Points that the label of a marked value takes above the rows."""
    return 0.0 if mark is None else LINE * len(wrapped(label, _MARK_WIDTH)) + GAP


def draw_mark(sheet: Sheet, axes: Axes, scale: Scale, mark: float, label: str) -> None:
    """Draw a line through all rows at a value, and say above it what it is."""
    share = axes.get_position().height
    above = 1 + GAP / (share * sheet.height)  # so that the line meets its label
    axes.axvline(
        mark, ymax=above, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1,
        clip_on=False,
    )  # fmt: skip
    lines = wrapped(label, _MARK_WIDTH)
    half = widest(lines) / 2
    x = min(max(scale(mark), half), WIDTH - half)
    sheet.write(lines, x, 0, "center")
