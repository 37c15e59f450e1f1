"""The kinds of chart that a pack draws.

Each function takes the long form and returns a `Drawing`, or None where there is
too little to draw and a table or a number says it better. Every bar and point is
labelled with its figure, in near-black; colour never carries meaning alone. Zero is
always on a bar chart's axis. What a chart shows is also in its alt text and in its
data file.
"""

import textwrap
from collections.abc import Sequence

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scrutiny_pack.evidence import alt
from scrutiny_pack.evidence.drawing import (
    ACCENT,
    COLOURS,
    INK,
    MAIN,
    MOST_SERIES,
    WIDTH,
    Drawing,
    chart_style,
)
from scrutiny_pack.evidence.formatting import figure_text, number, with_unit
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import long_form
from scrutiny_pack.periods import Period

_LABEL_WIDTH = 26
_ROW_HEIGHT = 0.34
_FEWEST_BARS = 3
_MARKERS = ("o", "s", "^", "D")


def bars(
    data: pd.DataFrame, *, category: str, mark: float | None = None, mark_label: str = ""
) -> Drawing | None:
    """Horizontal bars, one for each category, in the order of the data.

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
    with chart_style():
        figure = _figure(rows=data[category].map(_wrapped), head=0.5 if mark else 0.25)
        axes = figure.subplots()
        _bar_panel(axes, data, category)
        if mark is not None:
            axes.axvline(mark, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
            axes.annotate(
                mark_label, (mark, 1), (3, 3), xycoords=("data", "axes fraction"),
                textcoords="offset points", ha="center", va="bottom",
            )  # fmt: skip
    words = alt.bars(data, category, mark, mark_label)
    return Drawing(figure, data, words, (category,), ("measure", "basis"))


def panels(
    data: pd.DataFrame, *, category: str, series: str, titles: Sequence[str] = ()
) -> Drawing | None:
    """Bars side by side: a panel for each series, the same categories in each.

    Panels, and not stacked or grouped bars: each figure stands on its own zero and
    beside its own label, and no reader has to tell colours apart.

    Args:
        data: the long form, one row for each category and series.
        category: the text column that names the bars.
        series: the column that names the panels; up to four.
        titles: the panels' headings; by default the values of ``series``.

    Returns:
        None for fewer than three categories.
    """
    data = long_form(data)
    names = list(dict.fromkeys(data[series]))[:MOST_SERIES]
    if data[category].nunique() < _FEWEST_BARS:
        return None
    headings = list(titles) or [_series_title(series, name) for name in names]
    with chart_style():
        order = list(dict.fromkeys(data[category]))
        labels = pd.Series(order).map(_wrapped)
        figure = _figure(rows=labels, head=0.45)
        grid = figure.subplots(1, len(names), sharey=True, squeeze=False)[0]
        top = data.loc[data[series].isin(names), "value"].max()
        for axes, name, heading in zip(grid, names, headings, strict=True):
            part = data[data[series] == name].set_index(category).reindex(order)
            _bar_panel(axes, part.reset_index(), category, limit=top)
            axes.set_title(textwrap.fill(heading, 22), color=INK)
    words = alt.panels(data, category, series, names, headings)
    spread = ("measure", "basis") if series in {"measure", "basis"} else (series,)
    return Drawing(figure, data, words, (category,), spread)


def lines(data: pd.DataFrame, *, series: str, breaks: str = "") -> Drawing | None:
    """Lines over time, one for each series, labelled at their ends.

    Args:
        data: the long form, one row for each series and date; ``as_at`` is the date.
        series: the text column that names the lines; up to four.
        breaks: a text column whose change along a series breaks its line, with a gap;
            "" where no series breaks.

    Returns:
        None where no series has three dates.
    """
    data = long_form(data)
    data = data[data["value"].notna()]
    if data.empty or data.groupby(series)["as_at"].nunique().max() < _FEWEST_BARS:
        return None
    names = list(dict.fromkeys(data[series]))[:MOST_SERIES]
    drawn = data[data[series].isin(names)].copy()
    drawn["when"] = pd.to_datetime([Period.parse(text).end for text in drawn["as_at"]])
    with chart_style():
        figure = Figure(figsize=(WIDTH, 3.6), layout="constrained")
        axes = figure.subplots()
        for name, colour, marker in zip(names, COLOURS, _MARKERS, strict=False):
            one = drawn[drawn[series] == name].sort_values("when")
            pieces = one.groupby(breaks, sort=False) if breaks else [("", one)]
            for _, piece in pieces:
                sns.lineplot(
                    piece, x="when", y="value", ax=axes, color=colour, marker=marker,
                    markersize=7, errorbar=None, legend=False,
                )  # fmt: skip
            _label_points(axes, one)
        _label_ends(axes, drawn, series, names)
        axes.set_ylim(bottom=0)
        axes.set(xlabel="", ylabel="")
        ticks = drawn.drop_duplicates("when").sort_values("when")
        axes.set_xticks(
            ticks["when"], [textwrap.fill(Period.parse(t).in_words, 9) for t in ticks["as_at"]]
        )
        axes.margins(x=0.06, y=0.15)
    words = alt.lines(drawn, series, names)
    return Drawing(figure, data, words, (series, "as_at"), ("measure",), {"as_at": "As at"})


def ranges(
    data: pd.DataFrame, *, category: str, mark: float | None = None, mark_label: str = ""
) -> Drawing | None:
    """A line from the lowest to the highest for each category, with a dot for the value.

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
    with chart_style():
        figure = _figure(rows=data[category].map(_wrapped), head=0.6, row_height=0.62)
        axes = figure.subplots()
        for place, row in enumerate(data.to_dict("records")):
            axes.plot([row["low"], row["high"]], [place, place], color=MAIN, linewidth=5,
                      solid_capstyle="butt", zorder=2)  # fmt: skip
            for end, side in ((row["low"], "right"), (row["high"], "left")):
                _say(axes, number(end), (end, place), (-6 if side == "right" else 6, 0), side)
            if pd.notna(row["value"]):
                axes.plot(row["value"], place, marker="D", markersize=9, color=ACCENT,
                          markeredgecolor="white", zorder=3)  # fmt: skip
                _say(axes, number(row["value"]), (row["value"], place), (0, 8), "center")
        axes.set_yticks(range(len(data)), [_wrapped(name) for name in data[category]])
        axes.invert_yaxis()
        axes.set_ylim(len(data) - 0.5, -0.6)
        top = max(data["high"].max(), mark or 0)
        axes.set_xlim(0, top * 1.12)
        if mark is not None:
            axes.axvline(mark, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
            axes.annotate(
                mark_label, (mark, 1), (0, 3), xycoords=("data", "axes fraction"),
                textcoords="offset points", ha="center", va="bottom",
            )  # fmt: skip
        _quiet_value_axis(axes)
    words = alt.ranges(data, category, mark, mark_label)
    return Drawing(figure, data, words, (category,), ("measure",))


def _figure(rows: "pd.Series[str]", head: float, row_height: float = _ROW_HEIGHT) -> Figure:
    """A figure as high as its rows need: one line of a label or more for each."""
    lines_of_labels = sum(1 + 0.6 * label.count("\n") for label in rows)
    height = head + 0.2 + row_height * max(lines_of_labels, 2)
    return Figure(figsize=(WIDTH, height), layout="constrained")


def _bar_panel(
    axes: Axes, data: pd.DataFrame, category: str, limit: float | None = None
) -> None:
    labels = [_wrapped(name) for name in data[category]]
    drawn = pd.DataFrame({"label": range(len(data)), "value": data["value"].fillna(0)})
    sns.barplot(
        drawn, x="value", y="label", orient="y", ax=axes, color=MAIN, saturation=1,
        errorbar=None, width=0.72,
    )  # fmt: skip
    axes.set_yticks(range(len(data)), labels)
    top = limit if limit is not None else data["value"].max()
    axes.set_xlim(0, (top or 1) * 1.22)
    for place, row in enumerate(data.to_dict("records")):
        known = row["measure"] if isinstance(row["measure"], str) else ""
        text = figure_text(row) if known else "[z]"
        unit = measures()[known].unit if known else ""
        shown = with_unit(text, unit) if unit in {"per cent", "pounds"} else text
        end = row["value"] if pd.notna(row["value"]) else 0
        _say(axes, shown, (end, place), (4, 0), "left")
    _quiet_value_axis(axes)


def _quiet_value_axis(axes: Axes) -> None:
    """No value axis: each bar and point carries its figure."""
    axes.grid(visible=False)
    axes.set(xlabel="", ylabel="")
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(True)


def _say(
    axes: Axes, text: str, point: tuple[float, float], offset: tuple[float, float], side: str
) -> None:
    axes.annotate(
        text, point, offset, textcoords="offset points", ha=side,
        va="center" if offset[1] == 0 else "bottom", color=INK,
    )  # fmt: skip


def _label_points(axes: Axes, one: pd.DataFrame) -> None:
    for row in one.to_dict("records"):
        unit = measures()[row["measure"]].unit
        text = with_unit(figure_text(row), unit) if unit == "per cent" else figure_text(row)
        _say(axes, text, (row["when"], row["value"]), (0, 7), "center")


def _label_ends(axes: Axes, drawn: pd.DataFrame, series: str, names: Sequence[str]) -> None:
    """The series' names at the ends of their lines, moved apart where they would touch."""
    if len(names) < 2:
        return
    ends = drawn.sort_values("when").groupby(series, sort=False).tail(1).set_index(series)
    step = drawn["value"].max() * 0.11
    below = float("-inf")
    for name in ends.loc[list(names)].sort_values("value").index:
        row = ends.loc[name]
        height = max(row["value"], below + step)
        below = height
        axes.annotate(
            textwrap.fill(name, 20), (row["when"], height), (14, 0),
            textcoords="offset points", va="center", color=INK, annotation_clip=False,
        )  # fmt: skip


def _series_title(series: str, name: str) -> str:
    return measures()[name].label if series == "measure" else name


def _wrapped(name: str) -> str:
    return textwrap.fill(str(name), _LABEL_WIDTH)
