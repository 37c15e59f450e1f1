"""Lines over time, on a true time axis."""

from collections.abc import Sequence
from dataclasses import dataclass

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
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import long_form
from scrutiny_pack.periods import Period

_FEWEST_DATES = 3
_MARKERS = ("o", "s", "^", "D")
_PLOT_HEIGHT = 215.0
_NAMES_WIDTH = 128.0
_GAP = 6.0
_CLEAR = 5.0
"""Points around a marker that no label may touch."""


def lines(data: pd.DataFrame, *, series: str, breaks: str = "") -> Drawing | None:
    """Lines over time, one for each series, named at their ends.

    Points stand at their dates, so that unequal gaps in time look unequal.

    Args:
        data: the long form, one row for each series and date; ``as_at`` is the date.
        series: the text column that names the lines; up to four.
        breaks: a text column whose change along a series breaks its line, with a gap;
            its new value is written there, to say why. "" where no series breaks.

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
    with chart_style():
        sheet = _draw(drawn, series, names, breaks)
    words = alt.lines(drawn, series, names)
    return Drawing(
        sheet.figure, data, words, (series, "as_at"), ("measure",), {"as_at": "As at"},
        tuple(sheet.boxes),
    )  # fmt: skip


@dataclass(frozen=True)
class _Plot:
    """The area of the lines, with its scales."""

    sheet: Sheet
    area: Box
    x: Scale
    low: float
    high: float

    def y(self, value: float) -> float:
        """How far from the top of the sheet a value stands."""
        share = (self.high - value) / (self.high - self.low)
        return self.area.top + share * (self.area.bottom - self.area.top)


def _draw(drawn: pd.DataFrame, series: str, names: Sequence[str], breaks: str) -> Sheet:
    unit = measures()[drawn["measure"].iloc[0]].unit
    levels = _levels(drawn["value"])
    level_texts = [
        with_unit(number(level), unit)
        if unit in {"per cent", "pounds"}
        else number(level)
        for level in levels
    ]
    ends = {name: drawn[drawn[series] == name].iloc[-1] for name in names}
    end_texts = (
        {
            name: [*wrapped(name, _NAMES_WIDTH), alt.amount(end.to_dict())]
            for name, end in ends.items()
        }
        if len(names) > 1
        else {}
    )
    right = max((widest(t) for t in end_texts.values()), default=0.0)
    break_lines = [wrapped(t, WIDTH / 3) for t in _break_texts(drawn, series, breaks)]
    head = LINE * max((len(t) for t in break_lines), default=0) + LINE + 2 * _CLEAR
    ticks = list(dict.fromkeys(drawn["as_at"]))
    tick_texts, tick_note = _tick_words(ticks)
    overhang = text_width(max(tick_texts[-1], key=text_width)) / 2
    area = Box(
        max(
            widest(level_texts) + _GAP,
            text_width(max(tick_texts[0], key=text_width)) / 2,
        ),
        head,
        WIDTH - max(right + 4 * _GAP if right else 0.0, overhang),
        head + _PLOT_HEIGHT,
    )
    first, last = drawn["when"].iloc[0], drawn["when"].iloc[-1]
    margin = (last - first) * 0.03
    scale = Scale(area, first - margin, last + margin)
    rows = _tick_rows(
        tick_texts, [scale(Period.parse(t).end.toordinal()) for t in ticks]
    )
    lines_of_ticks = max(len(t) for t in tick_texts)
    depth = (1 + max(row for row in rows if row is not None)) * lines_of_ticks * LINE
    sheet = Sheet(area.bottom + _GAP + depth + (LINE if tick_note else 0) + 2)
    plot = _Plot(sheet, area, scale, levels[0], levels[-1])
    axes = sheet.axes(area)
    for place, (name, colour, marker) in enumerate(
        zip(names, COLOURS, _MARKERS, strict=False)
    ):
        for piece in _pieces(drawn[drawn[series] == name], breaks):
            sns.lineplot(
                piece, x="when", y="value", ax=axes, color=colour, marker=marker, markersize=8,
                errorbar=None, estimator=None, legend=False, zorder=3 + place,
            )  # fmt: skip
    axes.set(
        xlim=(first - margin, last + margin),
        ylim=(levels[0], levels[-1]),
        xlabel="",
        ylabel="",
    )
    axes.set_yticks(levels, [""] * len(levels))
    axes.set_xticks([Period.parse(t).end.toordinal() for t in ticks], [""] * len(ticks))
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", length=4, color=INK)
    axes.spines["bottom"].set_color(INK)
    axes.grid(axis="y", color=QUIET)
    for line in axes.lines:
        line.set_clip_on(False)
    for level, text in zip(levels, level_texts, strict=True):
        sheet.write([text], area.left - _GAP, plot.y(level) - LINE / 2, "right")
    for text, tick, row in zip(tick_texts, ticks, rows, strict=True):
        if row is not None:
            top = area.bottom + _GAP + row * lines_of_ticks * LINE
            sheet.write(text, scale(Period.parse(tick).end.toordinal()), top, "center")
    if tick_note:
        sheet.write([tick_note], area.left, area.bottom + _GAP + depth)
    _name_ends(plot, axes, ends, end_texts)
    _mark_breaks(plot, axes, drawn, series, breaks)
    _label_points(plot, drawn, series, breaks, ended=bool(end_texts))
    return sheet


def _levels(values: "pd.Series[float]") -> list[float]:
    """The levels of the grid: round numbers, zero among them."""
    locator = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10], min_n_ticks=3)
    low, high = min(0.0, values.min()), max(0.0, values.max())
    levels = [float(v) for v in locator.tick_values(low, high if high > low else 1.0)]
    return [round(v, 6) for v in levels]


def _tick_words(dates: Sequence[str]) -> tuple[list[list[str]], str]:
    """The dates as they stand under the axis, and what they have in common.

    Dates on one day of each year are written as years, with one note for all.
    """
    words = [Period.parse(text).in_words.rpartition(" ") for text in dates]
    days = {day for day, _, _ in words}
    day = days.pop() if len(days) == 1 else ""
    if day:
        note = f"{'At' if day[0].isdigit() else 'In'} {day} of each year"
        return [[year] for _, _, year in words], note
    return [[part for part in (day, year) if part] for day, _, year in words], ""


def _tick_rows(
    texts: Sequence[Sequence[str]], places: Sequence[float]
) -> list[int | None]:
    """Which row each date's words go in; None where there is no room.

    Years need one row, some of them left out; other dates may take a second row.
    """
    one_row = all(len(text) == 1 for text in texts)
    taken: list[list[Box]] = [[]] if one_row else [[], []]
    rows: list[int | None] = [None] * len(texts)
    # From the last to the first: the latest date is the one that readers look for.
    for i in reversed(range(len(texts))):
        box = box_of(texts[i], places[i], 0, "center")
        box = box.widened(3)
        for row, boxes in enumerate(taken):
            if not any(box.overlaps(other) for other in boxes):
                boxes.append(box)
                rows[i] = row
                break
    return rows


def _pieces(one: pd.DataFrame, breaks: str) -> list[pd.DataFrame]:
    """One series, cut where the text of ``breaks`` changes."""
    if not breaks:
        return [one]
    run = (one[breaks] != one[breaks].shift()).cumsum()
    return [piece for _, piece in one.groupby(run, sort=True)]


def _breaks_of(
    drawn: pd.DataFrame, series: str, breaks: str
) -> list[tuple[float, str]]:
    """Where the series break, half-way between two points, and what begins there."""
    found: dict[float, str] = {}
    for _, one in drawn.groupby(series, sort=False):
        pieces = _pieces(one, breaks)
        for before, after in zip(pieces, pieces[1:], strict=False):
            middle = (before["when"].iloc[-1] + after["when"].iloc[0]) / 2
            found[float(middle)] = str(after[breaks].iloc[0])
    return sorted(found.items())


def _break_texts(drawn: pd.DataFrame, series: str, breaks: str) -> list[str]:
    return [text for _, text in _breaks_of(drawn, series, breaks)] if breaks else []


def _mark_breaks(
    plot: _Plot, axes: Axes, drawn: pd.DataFrame, series: str, breaks: str
) -> None:
    if not breaks:
        return
    for when, text in _breaks_of(drawn, series, breaks):
        axes.axvline(when, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        lines = wrapped(text, WIDTH / 3)
        half = widest(lines) / 2
        plot.sheet.write(lines, min(max(plot.x(when), half), WIDTH - half), 0, "center")


def _name_ends(
    plot: _Plot, axes: Axes, ends: dict[str, "pd.Series"], texts: dict[str, list[str]]
) -> None:
    """Each series' name and last figure at its end, moved apart where they would touch."""
    if not texts:
        return
    order = sorted(texts, key=lambda name: (-float(ends[name]["value"]), name))
    tops = _apart(
        [plot.y(ends[n]["value"]) - LINE * len(texts[n]) / 2 for n in order],
        [LINE * len(texts[n]) + 2 for n in order],
        plot.sheet.height,
    )
    for name, top in zip(order, tops, strict=True):
        left = plot.area.right + 3 * _GAP
        box = plot.sheet.write(texts[name], left, top)
        point = (ends[name]["when"], ends[name]["value"])
        middle = (box.top + box.bottom) / 2
        share = (plot.area.bottom - middle) / (plot.area.bottom - plot.area.top)
        axes.annotate(
            "", point, ((left - 2 - plot.area.left) / (plot.area.right - plot.area.left), share),
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
            above = blocks.pop()
            count = above[2] + block[2]
            middle = (
                (above[0] + above[1] / 2) * above[2]
                + (block[0] + block[1] / 2) * block[2]
            ) / count
            height_of_both = above[1] + block[1]
            wanted = _inside(middle - height_of_both / 2, height_of_both, bottom)
            block = (wanted, height_of_both, count)
        blocks.append(block)
    placed: list[float] = []
    for top, _, count in blocks:
        for _ in range(count):
            placed.append(top)
            top += heights[len(placed) - 1]
    return placed


def _inside(top: float, height: float, bottom: float) -> float:
    return max(0.0, min(top, bottom - height))


def _label_points(
    plot: _Plot, drawn: pd.DataFrame, series: str, breaks: str, *, ended: bool
) -> None:
    """A figure beside each point, where there is room that no line runs through.

    The figure at the end of a named line stands with its name. A figure without
    room is left to the grid and the table.
    """
    marks = [
        Box(x - _CLEAR, y - _CLEAR, x + _CLEAR, y + _CLEAR)
        for x, y in (
            (plot.x(w), plot.y(v))
            for w, v in zip(drawn["when"], drawn["value"], strict=True)
        )
    ]
    inked = [
        point
        for _, one in drawn.groupby(series, sort=False)
        for piece in _pieces(one, breaks)
        for point in _along(plot, piece)
    ]
    placed: list[Box] = []
    texts: list[str] = []
    wanted = 0
    for _, one in drawn.groupby(series, sort=False):
        rows = one.to_dict("records")
        for row in rows[:-1] if ended else rows:
            wanted += 1
            text = alt.amount(row)
            spots = _spots(text, plot.x(row["when"]), plot.y(row["value"]))
            for box in spots:
                if (
                    plot.sheet.is_free(box)
                    and box.bottom < plot.area.bottom
                    and not any(box.overlaps(other) for other in (*marks, *placed))
                    and not any(box.widened(2).holds(*point) for point in inked)
                ):
                    placed.append(box)
                    texts.append(text)
                    break
    # Among several lines, a few figures here and there would only puzzle.
    if ended and len(placed) < wanted:
        return
    for text, box in zip(texts, placed, strict=True):
        plot.sheet.write([text], box.left, box.top, over=True)


def _spots(text: str, x: float, y: float) -> list[Box]:
    """Where a figure may stand beside its point, the best place first."""
    half = text_width(text) / 2
    sides = ((0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
    return [
        box_of(
            [text],
            x + across * (half + _CLEAR),
            y - LINE / 2 + down * (LINE / 2 + _CLEAR + 1),
            "center",
        )
        for across, down in sides
    ]


def _along(plot: _Plot, piece: pd.DataFrame) -> list[tuple[float, float]]:
    """Points along a drawn line, close enough that no label slips between."""
    corners = [
        (plot.x(w), plot.y(v))
        for w, v in zip(piece["when"], piece["value"], strict=True)
    ]
    points = []
    for (x, y), (to_x, to_y) in zip(corners, corners[1:], strict=False):
        steps = int(max(abs(to_x - x), abs(to_y - y)) / 2) + 1
        points += [
            (x + (to_x - x) * i / steps, y + (to_y - y) * i / steps)
            for i in range(steps + 1)
        ]
    return points
