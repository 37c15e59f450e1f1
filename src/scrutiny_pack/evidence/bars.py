"""Bars, and bars side by side."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
import seaborn as sns

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence import alt
from scrutiny_pack.evidence.chart_rows import (
    GAP,
    RowNames,
    draw_mark,
    height_of_mark,
    limits_of,
    prepare,
)
from scrutiny_pack.evidence.decimals import with_decimals
from scrutiny_pack.evidence.drawing import INK, MAIN, Drawing, chart_style
from scrutiny_pack.evidence.sheet import (
    LINE,
    WIDTH,
    Across,
    Box,
    Scale,
    Sheet,
    widest,
    wrapped,
)
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import long_form, records

_ROW = 24.0
_THICK = 17.0
_NARROWEST = 60.0
"""Points: bars with less room than this cannot be told apart by length."""

_FEWEST = 3


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
    if len(data) < _FEWEST:
        return None
    spread = ("measure", "basis")
    drawn = with_decimals(data, spread)
    rows = records(drawn)
    names = RowNames(list(data[category]), WIDTH * 0.42, _ROW)
    head = height_of_mark(mark, mark_label)
    limits = limits_of(rows, mark)
    with chart_style():
        sheet = Sheet(head + names.height)
        names.write(sheet, head)
        area = Box(names.width + GAP, head, WIDTH, sheet.height)
        panel = _Panel(area, names, limits, _room(rows))
        panel.draw(sheet, rows)
        if mark is not None:
            draw_mark(sheet, panel.axes, panel.scale, mark, mark_label)
    words = alt.bars(drawn, category, mark, mark_label)
    return Drawing(
        sheet.figure, data, words, (category,), spread, boxes=tuple(sheet.boxes)
    )


def panels(
    data: pd.DataFrame, *, category: str, series: str, titles: Sequence[str] = ()
) -> Drawing | None:
    """Bars side by side: a panel for each series, the same categories in each.

    Panels, and not stacked or grouped bars: each figure stands on its own zero and
    beside its own label, and no reader has to tell colours apart. Panels of counts,
    or of one unit, share a scale. Where there is no room for all of them side by
    side, they go on below.

    Args:
        data: the long form, one row for each category and series.
        category: the text column that names the bars.
        series: the column that names the panels.
        titles: the panels' headings; by default the values of ``series``.

    Returns:
        None for fewer than three categories.

    Raises:
        EvidenceError: if two figures would share a bar.
    """
    data = long_form(data)
    if data[category].nunique() < _FEWEST:
        return None
    spread = ("measure", "basis") if series in {"measure", "basis"} else (series,)
    drawn = with_decimals(data, spread)
    keys = list(dict.fromkeys(drawn[series]))
    headings = list(titles) or [_heading(series, key) for key in keys]
    order = list(dict.fromkeys(drawn[category]))
    parts = [_in_order(drawn[drawn[series] == key], category, order) for key in keys]
    shared = limits_of(records(drawn)) if _alike(drawn) else None
    with chart_style():
        sheet = _panel_sheet(parts, headings, order, shared)
    words = alt.panels(drawn, category, series, keys, headings)
    return Drawing(
        sheet.figure, data, words, (category,), spread, boxes=tuple(sheet.boxes)
    )


def _panel_sheet(
    parts: Sequence[Sequence[Mapping[str, Any]]],
    headings: Sequence[str],
    order: Sequence[str],
    shared: tuple[float, float] | None,
) -> Sheet:
    few = len(parts) < _FEWEST
    names = RowNames(order, WIDTH * (0.34 if few else 0.3), _ROW)
    room = _room([row for part in parts for row in part])
    across = _panels_across(headings, len(parts), WIDTH - names.width, room)
    width = (WIDTH - names.width) / across
    heads = [wrapped(heading, width - GAP) for heading in headings]
    starts = range(0, len(parts), across)
    bands = [range(first, min(first + across, len(parts))) for first in starts]
    heights = [LINE * max(len(heads[i]) for i in band) + GAP for band in bands]
    sheet = Sheet(sum(heights) + names.height * len(bands) + LINE * (len(bands) - 1))
    top = 0.0
    for band, height in zip(bands, heights, strict=True):
        below = top + height
        names.write(sheet, below)
        for column, i in enumerate(band):
            left = names.width + column * width + GAP
            area = Box(left, below, left + width - GAP, below + names.height)
            sheet.write(heads[i], left, top)
            limits = shared or limits_of(parts[i])
            _Panel(area, names, limits, room).draw(sheet, parts[i])
        top = below + names.height + LINE
    return sheet


class _Panel:
    """Bars in an area of a sheet, each with its figure at its end."""

    def __init__(
        self,
        area: Box,
        names: RowNames,
        limits: tuple[float, float],
        room: tuple[float, float],
    ) -> None:
        self.area = Box(
            area.left + room[0], area.top, area.right - room[1], area.bottom
        )
        self.names = names
        self.limits = limits
        self.scale = Scale(self.area, *limits)

    def draw(self, sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> None:
        places = self.names.places
        self.axes = axes = sheet.axes(self.area)
        drawn = pd.DataFrame({"place": places, "value": map(_solid, rows)})
        closest = min(below - above for above, below in pairwise(places))
        sns.barplot(
            drawn, x="value", y="place", orient="y", native_scale=True, ax=axes,
            color=MAIN, saturation=1, errorbar=None, width=_THICK / closest,
        )  # fmt: skip
        prepare(axes, self.names, self.limits)
        axes.axvline(0, color=INK, linewidth=1)
        for place, row in zip(places, rows, strict=True):
            if pd.isna(row["value"]) and pd.notna(row["high"]):
                start = row["low"] if pd.notna(row["low"]) else 0.0
                axes.barh(
                    place, row["high"] - start, left=start, height=_THICK,
                    color="white", edgecolor=MAIN, linewidth=1.5,
                )  # fmt: skip
            tip = _tip(row)
            x = self.scale(tip) + (-GAP if tip < 0 else GAP)
            top = self.area.top + place - LINE / 2
            side: Across = "right" if tip < 0 else "left"
            sheet.write([_text(row)], x, top, side, over=True)


def _alike(data: pd.DataFrame) -> bool:
    """Whether figures can stand on one scale: they are counts, or of one unit."""
    used = [measures()[name] for name in data["measure"].unique()]
    return {m.kind for m in used} == {"count"} or len({m.unit for m in used}) == 1


def _panels_across(
    headings: Sequence[str], count: int, width: float, room: tuple[float, float]
) -> int:
    """How many panels stand side by side, with room for their bars and headings."""
    word = widest([word for heading in headings for word in heading.split()])
    needed = max(sum(room) + 2 * GAP + _NARROWEST, word + GAP)
    fit = max(1, min(count, int(width // needed)))
    below = -(-count // fit)
    return -(-count // below)  # as even as can be: four as two and two


def _room(rows: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Points for the figures left of the lowest bar, and right of the highest."""
    before = widest([_text(row) for row in rows if _tip(row) < 0])
    after = widest([_text(row) for row in rows if _tip(row) >= 0])
    return before + 2 * GAP if before else 0.0, after + GAP


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


def _text(row: Mapping[str, Any]) -> str:
    """The figure at the bar's end; where there is no row, it does not apply."""
    return alt.amount(row) if isinstance(row["measure"], str) else "[z]"


def _in_order(
    part: pd.DataFrame, category: str, order: Sequence[str]
) -> list[dict[str, Any]]:
    twice = part.loc[part[category].duplicated(), category]
    if len(twice):
        msg = f"two figures for one bar, '{twice.iloc[0]}'; choose one measure and date"
        raise EvidenceError(msg)
    return records(part.set_index(category).reindex(list(order)).reset_index())


def _heading(series: str, key: str) -> str:
    return measures()[key].label if series == "measure" else key
