"""Lines over time, on a true time axis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from scrutiny_pack.evidence import alt
from scrutiny_pack.evidence.decimals import with_decimals
from scrutiny_pack.evidence.drawing import (
    COLOURS,
    INK,
    MOST_SERIES,
    QUIET,
    Drawing,
    chart_style,
)
from scrutiny_pack.evidence.formatting import number, with_unit
from scrutiny_pack.evidence.sheet import (
    LINE,
    WIDTH,
    Box,
    Scale,
    Sheet,
    box_of,
    text_width,
    widest,
    wrapped,
)
from scrutiny_pack.evidence.time_ticks import Ticks
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import long_form, records
from scrutiny_pack.periods import Period

_FEWEST_DATES = 3
_MARKERS = ("o", "s", "^", "D")
_PLOT_HEIGHT = 215.0
_NAMES_WIDTH = 128.0
_BREAK_WIDTH = WIDTH / 3
_GAP = 6.0
_BELOW = LINE / 2 + 1
"""Points from the axis to its dates: the lowest level's figure ends between."""

_CLEAR = 5.0
"""Points around a marker that no label may touch."""

_MANY_POINTS = 20
"""Points of a line: with more, their markers are small, so that they do not touch."""

_MARGIN = 0.03
"""The share of the time shown that is left free at either end."""


def lines(
    data: pd.DataFrame, *, series: str, breaks: str = "", gaps: str = ""
) -> Drawing | None:
    """Lines over time, one for each series, named at their ends.

    Points stand at their dates, so that unequal gaps in time look unequal.

    Args:
        data: the long form, one row for each series and date; ``as_at`` is the date.
        series: the text column that names the lines; up to four.
        breaks: a text column whose change along a series breaks its line, with a gap;
            its new value is written there, to say why. "" where no series breaks.
        gaps: a text column whose change along a series cuts its line and says nothing,
            where there is no figure between two. "" where lines go through.

    Returns:
        None where no series has three dates, or where there are more than four series.
    """
    data = long_form(data)
    drawn = with_decimals(data[data["value"].notna()], ("measure",))
    if drawn.empty or drawn.groupby(series)["as_at"].nunique().max() < _FEWEST_DATES:
        return None
    names = list(dict.fromkeys(drawn[series]))
    if len(names) > MOST_SERIES:
        return None
    drawn["when"] = [Period.parse(text).end.toordinal() for text in drawn["as_at"]]
    drawn = drawn.sort_values("when", kind="stable")
    runs = [_Series(name, drawn[drawn[series] == name], breaks, gaps) for name in names]
    with chart_style():
        sheet = _draw(runs, drawn)
    said = [text for _, text in _breaks_of(runs)]
    return Drawing(
        figure=sheet.figure,
        data=data,
        alt=alt.lines(drawn, series, names, said),
        rows=(series, "as_at"),
        spread=("measure",),
        headings={"as_at": "As at"},
        boxes=tuple(sheet.boxes),
    )


class _Series:
    """One line.

    Attributes:
        name: what it is called.
        points: its rows, in order of time.
        pieces: the same, cut where it breaks.
        breaks: when it breaks, half-way between two points, and what begins there.
    """

    def __init__(
        self, name: str, one: pd.DataFrame, breaks: str, gaps: str = ""
    ) -> None:
        self.name = name
        self.points = records(one)
        if cuts := [column for column in (breaks, gaps) if column]:
            run = (one[cuts] != one[cuts].shift()).any(axis=1).cumsum()
            self.pieces = [records(piece) for _, piece in one.groupby(run, sort=True)]
        else:
            self.pieces = [self.points]
        self.breaks = [
            ((before[-1]["when"] + after[0]["when"]) / 2, str(after[0][breaks]))
            for before, after in pairwise(self.pieces)
            if breaks and before[-1][breaks] != after[0][breaks]
        ]

    @property
    def end(self) -> dict[str, Any]:
        """Its last point."""
        return self.points[-1]


@dataclass(frozen=True)
class _Plot:
    """The area of the lines, with its scales."""

    sheet: Sheet
    axes: Axes
    area: Box
    x: Scale
    low: float
    high: float

    def y(self, value: float) -> float:
        """How far from the top of the sheet a value stands."""
        share = (self.high - value) / (self.high - self.low)
        return self.area.top + share * (self.area.bottom - self.area.top)

    def place(self, point: Mapping[str, Any]) -> tuple[float, float]:
        """Where a point stands on the sheet."""
        return self.x(point["when"]), self.y(point["value"])


def _draw(runs: Sequence[_Series], drawn: pd.DataFrame) -> Sheet:
    levels = _levels(drawn["value"])
    level_texts = _level_texts(levels, str(drawn["measure"].iloc[0]))
    ticks = Ticks(list(dict.fromkeys(drawn["as_at"])))
    names = _end_texts(runs)
    right = max((widest(text) + 4 * _GAP for text in names.values()), default=0.0)
    area = Box(
        max(widest(level_texts) + _GAP, ticks.overhang_left),
        _head(runs),
        WIDTH - max(right, ticks.overhang_right),
        _head(runs) + _PLOT_HEIGHT,
    )
    first, last = drawn["when"].min(), drawn["when"].max()
    margin = (last - first) * _MARGIN
    limits = (first - margin, last + margin)
    scale = Scale(area, *limits)
    sheet = Sheet(area.bottom + _BELOW + ticks.height(scale) + 2)
    axes = sheet.axes(area)
    plot = _Plot(sheet, axes, area, scale, levels[0], levels[-1])
    _draw_lines(axes, runs)
    _draw_grid(axes, limits, levels, ticks)
    for level, text in zip(levels, level_texts, strict=True):
        sheet.write([text], area.left - _GAP, plot.y(level) - LINE / 2, "right")
    ticks.write(sheet, scale, area.left, area.bottom + _BELOW)
    _name_ends(plot, runs, names)
    _mark_breaks(plot, runs)
    _label_points(plot, runs, named=bool(names))
    return sheet


def _draw_lines(axes: Axes, runs: Sequence[_Series]) -> None:
    many = max(len(run.points) for run in runs) > _MANY_POINTS
    size, edge = (3.5, {"markeredgewidth": 0.3}) if many else (8, {})
    pieces = [(place, piece) for place, run in enumerate(runs) for piece in run.pieces]
    points = pd.DataFrame(
        [
            {"piece": number, "when": point["when"], "value": point["value"]}
            for number, (_, piece) in enumerate(pieces)
            for point in piece
        ]
    )
    places = dict(enumerate(place for place, _ in pieces))
    sns.lineplot(
        points, x="when", y="value", hue="piece", style="piece", ax=axes,
        palette={number: COLOURS[place] for number, place in places.items()},
        markers={number: _MARKERS[place] for number, place in places.items()},
        dashes=False, markersize=size, estimator=None, errorbar=None, legend=False,
        **edge,
    )  # fmt: skip
    for line, place in zip(axes.lines, places.values(), strict=True):
        line.set(clip_on=False, zorder=3 + place)


def _draw_grid(
    axes: Axes, limits: tuple[float, float], levels: Sequence[float], ticks: Ticks
) -> None:
    axes.set(xlim=limits, ylim=(levels[0], levels[-1]), xlabel="", ylabel="")
    axes.set_yticks(levels, [""] * len(levels))
    axes.set_xticks(ticks.days, [""] * len(ticks.days))
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", length=4, color=INK)
    axes.spines["bottom"].set_color(INK)
    axes.grid(axis="y", color=QUIET)


def _levels(values: "pd.Series[float]") -> list[float]:
    """The levels of the grid: round numbers, zero among them."""
    locator = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10], min_n_ticks=3)
    low, high = min(0.0, values.min()), max(0.0, values.max())
    levels = locator.tick_values(low, high if high > low else 1.0)
    return [round(float(level), 6) for level in levels]


def _level_texts(levels: Sequence[float], measure: str) -> list[str]:
    unit = measures()[measure].unit
    texts = [number(level) for level in levels]
    has_unit = unit in {"per cent", "pounds"}
    return [with_unit(text, unit) for text in texts] if has_unit else texts


def _head(runs: Sequence[_Series]) -> float:
    """Points above the plot: for the words at breaks, and the highest figure."""
    rows = [len(wrapped(text, _BREAK_WIDTH)) for _, text in _breaks_of(runs)]
    return LINE * max(rows, default=0) + LINE + 2 * _CLEAR


def _end_texts(runs: Sequence[_Series]) -> dict[str, list[str]]:
    """Each series' name and last figure; a single one needs no name."""
    if len(runs) == 1:
        return {}
    return {
        run.name: [*wrapped(run.name, _NAMES_WIDTH), alt.amount(run.end)]
        for run in runs
    }


def _name_ends(
    plot: _Plot, runs: Sequence[_Series], texts: Mapping[str, Sequence[str]]
) -> None:
    """The names at the ends of the lines, moved apart where they would touch."""
    if not texts:
        return
    order = sorted(runs, key=lambda run: (-run.end["value"], run.name))
    heights = [LINE * len(texts[run.name]) for run in order]
    wanted = [
        plot.y(run.end["value"]) - height / 2
        for run, height in zip(order, heights, strict=True)
    ]
    tops = _apart(wanted, [height + 2 for height in heights], plot.sheet.height)
    left = plot.area.right + 3 * _GAP
    width = plot.area.right - plot.area.left
    for run, top in zip(order, tops, strict=True):
        box = plot.sheet.write(texts[run.name], left, top)
        middle = (box.top + box.bottom) / 2
        up = (plot.area.bottom - middle) / (plot.area.bottom - plot.area.top)
        plot.axes.annotate(
            "", (run.end["when"], run.end["value"]), ((left - 2 - plot.area.left) / width, up),
            textcoords="axes fraction", annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 6},
        )  # fmt: skip


def _apart(
    tops: Sequence[float], heights: Sequence[float], bottom: float
) -> list[float]:
    """The tops of boxes, from the highest down, moved as little as keeps them apart."""
    blocks: list[tuple[float, float, int]] = []  # wanted top, height, how many boxes
    for top, height in zip(tops, heights, strict=True):
        block = (_inside(top, height, bottom), height, 1)
        while blocks and blocks[-1][0] + blocks[-1][1] > block[0]:
            block = _together(blocks.pop(), block, bottom)
        blocks.append(block)
    placed: list[float] = []
    for first, _, count in blocks:
        placed.append(first)
        for _ in range(count - 1):
            placed.append(placed[-1] + heights[len(placed) - 1])
    return placed


def _together(
    above: tuple[float, float, int], below: tuple[float, float, int], bottom: float
) -> tuple[float, float, int]:
    """Two blocks of boxes as one, around the middle of where they wanted to be."""
    count = above[2] + below[2]
    height = above[1] + below[1]
    middles = (block[2] * (block[0] + block[1] / 2) for block in (above, below))
    return _inside(sum(middles) / count - height / 2, height, bottom), height, count


def _inside(top: float, height: float, bottom: float) -> float:
    return max(0.0, min(top, bottom - height))


def _breaks_of(runs: Sequence[_Series]) -> list[tuple[float, str]]:
    """When series break, in order, and what begins there.

    Series that break for one reason, with a gap in their figures or without, share a
    mark.
    """
    found: dict[str, float] = {}
    for run in runs:
        for when, text in run.breaks:
            found[text] = max(when, found.get(text, when))
    return sorted((when, text) for text, when in found.items())


def _mark_breaks(plot: _Plot, runs: Sequence[_Series]) -> None:
    for when, text in _breaks_of(runs):
        plot.axes.axvline(when, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        words = wrapped(text, _BREAK_WIDTH)
        half = widest(words) / 2
        x = min(max(plot.x(when), half), WIDTH - half)
        plot.sheet.write(words, x, 0, "center")


def _label_points(plot: _Plot, runs: Sequence[_Series], *, named: bool) -> None:
    """A figure beside each point, where there is room that no line runs through.

    The figure at the end of a named line stands with its name. A figure without
    room is left to the grid and the table; among several lines, then all are: a few
    figures here and there would only puzzle.
    """
    points = [plot.place(point) for run in runs for point in run.points]
    taken = [Box(x, y, x, y).widened(_CLEAR) for x, y in points]
    inked = [
        place for run in runs for piece in run.pieces for place in _along(plot, piece)
    ]
    wanted = [p for run in runs for p in (run.points[:-1] if named else run.points)]
    found: list[tuple[str, Box]] = []
    for point in wanted:
        text = alt.amount(point)
        for box in _spots(text, *plot.place(point)):
            if (
                plot.sheet.is_free(box)
                and box.bottom < plot.area.bottom
                and not any(box.overlaps(other) for other in taken)
                and not _touches(box.widened(2), inked)
            ):
                taken.append(box)
                found.append((text, box))
                break
    if named and len(found) < len(wanted):
        return
    for text, box in found:
        plot.sheet.write([text], box.left, box.top, over=True)


def _touches(box: Box, places: Sequence[tuple[float, float]]) -> bool:
    return any(box.holds(x, y) for x, y in places)


def _spots(text: str, x: float, y: float) -> list[Box]:
    """Where a figure may stand beside its point, the best place first."""
    aside = text_width(text) / 2 + _CLEAR
    up = LINE / 2 + _CLEAR + 1
    sides = ((0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
    return [
        box_of([text], x + across * aside, y - LINE / 2 + down * up, "center")
        for across, down in sides
    ]


def _along(
    plot: _Plot, piece: Sequence[Mapping[str, Any]]
) -> list[tuple[float, float]]:
    """Points along a drawn line, close enough that no label slips between."""
    places = []
    for (x, y), (to_x, to_y) in pairwise(plot.place(point) for point in piece):
        steps = int(max(abs(to_x - x), abs(to_y - y)) / 2) + 1
        places += [
            (x + (to_x - x) * i / steps, y + (to_y - y) * i / steps)
            for i in range(steps + 1)
        ]
    return places
