"""Ranges: a line from the lowest to the highest, with a mark for the value."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.evidence import alt
from scrutiny_pack.evidence.chart_rows import (
    GAP,
    RowNames,
    draw_mark,
    height_of_mark,
    limits_of,
    prepare,
)
from scrutiny_pack.evidence.drawing import ACCENT, MAIN, Drawing, chart_style
from scrutiny_pack.evidence.formatting import number
from scrutiny_pack.evidence.sheet import (
    LINE,
    WIDTH,
    Box,
    Scale,
    Sheet,
    text_width,
    widest,
)
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import long_form, records

_ROW = 3 * LINE
_ABOVE = LINE / 2
"""Points between a value's mark and its figure."""


def ranges(
    data: pd.DataFrame,
    *,
    category: str,
    mark: float | None = None,
    mark_label: str = "",
) -> Drawing | None:
    """A line from lowest to highest for each category, with a mark for the value.

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
    rows = records(data)
    names = RowNames(list(data[category]), WIDTH * 0.34, _ROW)
    head = height_of_mark(mark, mark_label)
    left = names.width + 2 * GAP + widest([_low(row) for row in rows])
    right = WIDTH - GAP - widest([_high(row) for row in rows])
    limits = limits_of(rows, mark)
    with chart_style():
        sheet = Sheet(head + names.height)
        names.write(sheet, head)
        area = Box(left, head, right, sheet.height)
        scale = Scale(area, *limits)
        axes = sheet.axes(area)
        prepare(axes, names, limits)
        if mark is not None:
            draw_mark(sheet, axes, scale, mark, mark_label)
        for i, (place, row) in enumerate(zip(names.places, rows, strict=True)):
            ends = [v for v in (row["low"], row["high"]) if pd.notna(v)]
            axes.plot(
                ends, [place] * len(ends), color=MAIN, linewidth=5, marker="|",
                markersize=13, markeredgewidth=2, solid_capstyle="butt",
            )  # fmt: skip
            if pd.notna(row["value"]):
                axes.plot(
                    row["value"], place, marker="D", markersize=9, color=ACCENT,
                    markeredgecolor="white", zorder=4,
                )  # fmt: skip
            _write_figures(sheet, scale, row, area, head + place, first=i == 0)
    words = alt.ranges(data, category, mark, mark_label)
    return Drawing(
        sheet.figure, data, words, (category,), ("measure",), boxes=tuple(sheet.boxes)
    )


def _write_figures(
    sheet: Sheet,
    scale: Scale,
    row: Mapping[str, Any],
    area: Box,
    middle: float,
    *,
    first: bool,
) -> None:
    """The figures of one row: low and high beside the ends, the value above its mark."""
    beside = middle - LINE / 2
    if _low(row):
        sheet.write([_low(row)], scale(row["low"]) - GAP, beside, "right", over=True)
    if _high(row):
        sheet.write([_high(row)], scale(row["high"]) + GAP, beside, over=True)
    if pd.notna(row["value"]):
        text = _value(row, first=first)
        half = text_width(text) / 2
        x = max(scale(row["value"]), area.left - 2 * GAP + half)
        top = middle - LINE - _ABOVE
        sheet.write([text], min(x, WIDTH - half), top, "center", over=True)
    elif not (_low(row) or _high(row)):
        sheet.write([alt.amount(row)], area.left, beside)


def _low(row: Mapping[str, Any]) -> str:
    if pd.isna(row["low"]):
        return ""
    known = pd.notna(row["high"])
    return number(row["low"]) if known else f"at least {number(row['low'])}"


def _high(row: Mapping[str, Any]) -> str:
    if pd.isna(row["high"]):
        return ""
    known = pd.notna(row["low"])
    return number(row["high"]) if known else f"up to {number(row['high'])}"


def _value(row: Mapping[str, Any], *, first: bool) -> str:
    """The value; the first one says what it is, in place of a legend."""
    label = measures()[row["measure"]].label
    text = number(row["value"])
    return f"{label[:1].lower()}{label[1:]} {text}" if first else text
