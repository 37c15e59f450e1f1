"""The kinds of chart that a pack draws.

Each function takes the long form and returns a `Drawing`, or None where there is
too little to draw, or too much, and a table or a number says it better. Bars and
points carry their figures, in near-black; colour never carries meaning alone. Zero
is always on the axis. What a chart shows is also in its alt text and its data file.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence import alt
from scrutiny_pack.evidence.decimals import with_decimals
from scrutiny_pack.evidence.drawing import ACCENT, INK, MAIN, Drawing, chart_style
from scrutiny_pack.evidence.formatting import number
from scrutiny_pack.evidence.sheet import (
    LINE,
    WIDTH,
    Box,
    Scale,
    Sheet,
    text_width,
    widest,
    wrapped,
)
from scrutiny_pack.evidence.time_lines import lines
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import long_form

__all__ = ["bars", "lines", "panels", "ranges"]

_GAP = 6.0
"""Points between a bar and its label."""

_ROW = 24.0
"""Points from one bar to the next, where the labels take one line."""

_THICKEST = 17.0
"""Points: no bar is thicker, however many lines its label takes."""

_FEWEST_BARS = 3
_NARROWEST = 60.0
"""Points: bars with less room than this cannot be told apart by length."""


def bars(
    data: pd.DataFrame,
    *,
    category: str,
    mark: float | None = None,
    mark_label: str = "",
) -> Drawing | None:
    """Horizontal bars, one for each category, in the order of the data.

    A figure that is a range is an outlined bar from its low to its high end.

    Args:
        data: the long form, one row for each category, one measure and basis.
        category: the text column that names the bars.
        mark: a value to draw a line at, such as a target; None for none.
        mark_label: what the line is.

    Returns:
        None for fewer than three categories.
    """
    data = long_form(data)
    if len(data) < _FEWEST_BARS:
        return None
    spread = ("measure", "basis")
    drawn = with_decimals(data, spread)
    names = _Names(data[category], WIDTH * 0.42)
    head = _head_of_mark(mark, mark_label)
    with chart_style():
        sheet = Sheet(head + names.height)
        area = Box(names.width + _GAP, head, WIDTH, sheet.height)
        names.write(sheet, head)
        records = drawn.to_dict("records")
        limits = _limits(records, mark)
        _bar_panel(sheet, area, records, limits, _room(records), mark, mark_label)
    words = alt.bars(drawn, category, mark, mark_label)
    return _drawing(sheet, data, words, (category,), spread)


def panels(
    data: pd.DataFrame, *, category: str, series: str, titles: Sequence[str] = ()
) -> Drawing | None:
    """Bars side by side: a panel for each series, the same categories in each.

    Panels, and not stacked or grouped bars: each figure stands on its own zero and
    beside its own label, and no reader has to tell colours apart. Panels whose
    figures have the same unit share one scale. Where there is no room for all of
    them side by side, they go on below.

    Args:
        data: the long form, one row for each category and series.
        category: the text column that names the bars.
        series: the column that names the panels.
        titles: the panels' headings; by default the values of ``series``.

    Returns:
        None for fewer than three categories.
    """
    data = long_form(data)
    keys = list(dict.fromkeys(data[series]))
    if data[category].nunique() < _FEWEST_BARS:
        return None
    spread = ("measure", "basis") if series in {"measure", "basis"} else (series,)
    drawn = with_decimals(data, spread)
    headings = list(titles) or [_series_title(series, key) for key in keys]
    order = list(dict.fromkeys(data[category]))
    parts = [_in_order(drawn[drawn[series] == key], category, order) for key in keys]
    names = _Names(order, WIDTH * (0.34 if len(keys) < 3 else 0.3))
    across = _panels_across(parts, headings, WIDTH - names.width)
    width = (WIDTH - names.width) / across
    heads = [wrapped(heading, width - _GAP) for heading in headings]
    bands = [
        range(first, min(first + across, len(parts)))
        for first in range(0, len(parts), across)
    ]
    heights = [LINE * max(len(heads[i]) for i in band) + _GAP for band in bands]
    room = _room([row for part in parts for row in part])
    used = [measures()[name] for name in data["measure"].unique()]
    alike = len({m.unit for m in used}) == 1 or {m.kind for m in used} == {"count"}
    shared = _limits(data.to_dict("records")) if alike else None
    with chart_style():
        sheet = Sheet(
            sum(heights) + names.height * len(bands) + LINE * (len(bands) - 1)
        )
        top = 0.0
        for band, height in zip(bands, heights, strict=True):
            below = top + height
            names.write(sheet, below)
            for column, i in enumerate(band):
                left = names.width + column * width + _GAP
                area = Box(left, below, left + width - _GAP, below + names.height)
                sheet.write(heads[i], left, top)
                _bar_panel(sheet, area, parts[i], shared or _limits(parts[i]), room)
            top = below + names.height + LINE
    words = alt.panels(drawn, category, series, keys, headings)
    return _drawing(sheet, data, words, (category,), spread)


def ranges(
    data: pd.DataFrame,
    *,
    category: str,
    mark: float | None = None,
    mark_label: str = "",
) -> Drawing | None:
    """A line from the lowest to the highest for each category, with a mark for the value.

    Args:
        data: the long form, one row for each category, with ``low`` and ``high``, and
            ``value`` where there is one.
        category: the text column that names the rows.
        mark: a value to draw a line at, such as a target; None for none.
        mark_label: what the line is.

    Returns:
        None for no rows.
    """
    data = long_form(data)
    if data.empty:
        return None
    records = data.to_dict("records")
    names = _Names(data[category], WIDTH * 0.34, row=2.7 * LINE)
    head = _head_of_mark(mark, mark_label)
    lows = [_low_text(row) for row in records]
    highs = [_high_text(row) for row in records]
    with chart_style():
        sheet = Sheet(head + names.height)
        names.write(sheet, head)
        area = Box(
            names.width + 2 * _GAP + widest(lows),
            head,
            WIDTH - _GAP - widest(highs),
            sheet.height,
        )
        axes = sheet.axes(area)
        _bare(axes, len(records))
        low, high = _limits(records, mark)
        axes.set_xlim(low, high)
        scale = Scale(area, low, high)
        if mark is not None:
            _draw_mark(sheet, axes, scale, mark, mark_label)
        for place, row in enumerate(records):
            middle = area.top + names.pitch * (place + 0.5)
            ends = [v for v in (row["low"], row["high"]) if pd.notna(v)]
            axes.plot(ends, [place] * len(ends), color=MAIN, linewidth=5, marker="|",
                      markersize=13, markeredgewidth=2, solid_capstyle="butt")  # fmt: skip
            if lows[place]:
                x = scale(row["low"]) - _GAP
                sheet.write([lows[place]], x, middle - LINE / 2, "right", over=True)
            if highs[place]:
                x = scale(row["high"]) + _GAP
                sheet.write([highs[place]], x, middle - LINE / 2, "left", over=True)
            if pd.notna(row["value"]):
                axes.plot(row["value"], place, marker="D", markersize=9, color=ACCENT,
                          markeredgecolor="white", zorder=4)  # fmt: skip
                text = _value_words(row, first=place == 0)
                x = _within(scale(row["value"]), text, names.width + _GAP)
                sheet.write([text], x, middle - LINE - 7, "center", over=True)
            elif not ends:
                sheet.write(
                    [alt.amount(row)], area.left, middle - LINE / 2, "left", over=True
                )
    words = alt.ranges(data, category, mark, mark_label)
    return _drawing(sheet, data, words, (category,), ("measure",))


class _Names:
    """The names of the bars, in a column at the left, wrapped."""

    def __init__(self, names: Sequence[str], width: float, row: float = _ROW) -> None:
        self.lines = [wrapped(str(name), width) for name in names]
        self.width = max(widest(lines) for lines in self.lines)
        heights = [LINE * len(lines) for lines in self.lines]
        # Two neighbours need half the height of each, and air between them.
        pairs = zip(heights, heights[1:], strict=False)
        self.pitch = max([row, *((one + other) / 2 + _GAP for one, other in pairs)])
        self.height = self.pitch * len(self.lines)
        # The outermost names may stand higher than a row.
        self.height = max(self.height, max(heights[0], heights[-1]) * len(self.lines))
        self.pitch = self.height / len(self.lines)

    def write(self, sheet: Sheet, top: float) -> None:
        for place, lines in enumerate(self.lines):
            middle = top + self.pitch * (place + 0.5)
            sheet.write(lines, self.width, middle - LINE * len(lines) / 2, "right")


def _bar_panel(
    sheet: Sheet,
    area: Box,
    records: Sequence[Mapping[str, Any]],
    limits: tuple[float, float],
    room: tuple[float, float],
    mark: float | None = None,
    mark_label: str = "",
) -> None:
    """Bars in an area of the sheet, each with its figure at its end."""
    pitch = (area.bottom - area.top) / len(records)
    thick = min(0.7, _THICKEST / pitch)
    texts = [_bar_text(row) for row in records]
    tips = [_tip(row) for row in records]
    inner = Box(area.left + room[0], area.top, area.right - room[1], area.bottom)
    axes = sheet.axes(inner)
    drawn = pd.DataFrame(
        {
            "place": [str(i) for i in range(len(records))],
            "value": [_solid(row) for row in records],
        }
    )
    sns.barplot(
        drawn, x="value", y="place", orient="y", ax=axes, color=MAIN, saturation=1,
        errorbar=None, width=thick,
    )  # fmt: skip
    _bare(axes, len(records))
    axes.set_xlim(*limits)
    for place, row in enumerate(records):
        if pd.isna(row["value"]) and pd.notna(row["high"]):
            start = row["low"] if pd.notna(row["low"]) else 0.0
            axes.barh(place, row["high"] - start, left=start, height=thick, color="white",
                      edgecolor=MAIN, linewidth=1.5)  # fmt: skip
    axes.axvline(0, color=INK, linewidth=1)
    scale = Scale(inner, *limits)
    if mark is not None:
        _draw_mark(sheet, axes, scale, mark, mark_label)
    for place, (text, tip) in enumerate(zip(texts, tips, strict=True)):
        top = area.top + pitch * (place + 0.5) - LINE / 2
        side = -_GAP if tip < 0 else _GAP
        sheet.write(
            [text], scale(tip) + side, top, "right" if tip < 0 else "left", over=True
        )


def _bare(axes: Axes, rows: int) -> None:
    """No ticks, no frame: every bar and point carries its figure."""
    axes.set(xlabel="", ylabel="", xticks=[], yticks=[], ylim=(rows - 0.5, -0.5))
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.patch.set_visible(False)


def _head_of_mark(mark: float | None, label: str) -> float:
    if mark is None:
        return 0.0
    return LINE * len(wrapped(label, WIDTH * 0.7)) + _GAP


def _draw_mark(sheet: Sheet, axes: Axes, scale: Scale, mark: float, label: str) -> None:
    share = axes.get_position().height
    above = 1 + _GAP / (share * sheet.height)  # so that the line meets its label
    axes.axvline(
        mark, ymax=above, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1,
        clip_on=False,
    )  # fmt: skip
    lines = wrapped(label, WIDTH * 0.7)
    half = widest(lines) / 2
    x = min(max(scale(mark), half), WIDTH - half)
    sheet.write(lines, x, 0, "center")


def _limits(
    records: Sequence[Mapping[str, Any]], mark: float | None = None
) -> tuple[float, float]:
    """The lowest and the highest value to have room for; zero is always between."""
    values = [row[name] for row in records for name in ("value", "low", "high")]
    known = [0.0, *(v for v in values if pd.notna(v)), *([mark] if mark else [])]
    low, high = min(known), max(known)
    return (low, high) if low < high else (0.0, 1.0)


def _room(records: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Points for the figures to the left of the lowest bar, and right of the highest."""
    before = widest([_bar_text(row) for row in records if _tip(row) < 0])
    after = widest([_bar_text(row) for row in records if _tip(row) >= 0])
    return before + 2 * _GAP if before else 0.0, after + _GAP


def _solid(row: Mapping[str, Any]) -> float:
    """The length of the filled bar: the value, or what a range is at least."""
    for name in ("value", "low"):
        if pd.notna(row[name]):
            return float(row[name])
    return 0.0


def _tip(row: Mapping[str, Any]) -> float:
    """Where the bar ends, outlined part included."""
    if pd.isna(row["value"]) and pd.notna(row["high"]):
        return float(row["high"])
    return _solid(row)


def _bar_text(row: Mapping[str, Any]) -> str:
    return alt.amount(row) if isinstance(row["measure"], str) else "[z]"


def _in_order(
    part: pd.DataFrame, category: str, order: Sequence[str]
) -> list[dict[str, Any]]:
    if part[category].duplicated().any():
        twice = part.loc[part[category].duplicated(), category].iloc[0]
        msg = f"two figures for one bar: '{twice}'; choose one measure, basis and date"
        raise EvidenceError(msg)
    return part.set_index(category).reindex(order).reset_index().to_dict("records")


def _panels_across(
    parts: Sequence[Sequence[Mapping[str, Any]]], headings: Sequence[str], width: float
) -> int:
    """How many panels stand side by side, with room for their bars and headings."""
    text = max(widest([_bar_text(row) for row in part]) for part in parts)
    word = widest([word for heading in headings for word in heading.split()])
    needed = max(text + 3 * _GAP + _NARROWEST, word + _GAP)
    fit = max(1, min(len(parts), int(width // needed)))
    below = -(-len(parts) // fit)
    return -(-len(parts) // below)  # as even as can be: four as two and two


def _low_text(row: Mapping[str, Any]) -> str:
    if pd.isna(row["low"]):
        return ""
    return (
        number(row["low"])
        if pd.notna(row["high"])
        else f"at least {number(row['low'])}"
    )


def _high_text(row: Mapping[str, Any]) -> str:
    if pd.isna(row["high"]):
        return ""
    return (
        number(row["high"]) if pd.notna(row["low"]) else f"up to {number(row['high'])}"
    )


def _value_words(row: Mapping[str, Any], *, first: bool) -> str:
    """The value; the first one says what it is, in place of a legend."""
    label = measures()[row["measure"]].label
    text = number(row["value"])
    return f"{label[:1].lower()}{label[1:]} {text}" if first else text


def _within(x: float, text: str, left: float) -> float:
    """The nearest place to x at which a centred text is not cut."""
    half = text_width(text) / 2
    return min(max(x, left + half), WIDTH - half)


def _series_title(series: str, key: str) -> str:
    return measures()[key].label if series == "measure" else key


def _drawing(
    sheet: Sheet,
    data: pd.DataFrame,
    words: str,
    rows: tuple[str, ...],
    spread: tuple[str, ...],
) -> Drawing:
    return Drawing(sheet.figure, data, words, rows, spread, boxes=tuple(sheet.boxes))
