"""Charts in words, written from their numbers."""

from collections.abc import Sequence

import pandas as pd

from scrutiny_pack.evidence.formatting import (
    BASIS_WORDS,
    figure_text,
    listed,
    number,
    with_unit,
)
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.periods import Period

_MOST_LISTED = 14
"""A chart with more figures than this is summed up; its data file has them all."""


def bars(data: pd.DataFrame, category: str, mark: float | None, mark_label: str) -> str:
    """Horizontal bars in words."""
    sentence = f"Bar chart of {_what(data)}. {_values(data, category)}"
    return sentence + _mark(mark, mark_label)


def panels(
    data: pd.DataFrame, category: str, series: str, names: Sequence[str], headings: Sequence[str]
) -> str:
    """Panels of bars in words."""
    parts = [
        f"{heading}: {_values(data[data[series] == name], category)}"
        for name, heading in zip(names, headings, strict=True)
    ]
    return f"Bar charts side by side, one for each of {listed(list(headings))}. {' '.join(parts)}"


def lines(data: pd.DataFrame, series: str, names: Sequence[str]) -> str:
    """Lines over time in words."""
    parts = []
    for name in names:
        one = data[data[series] == name].sort_values("when")
        points = [
            f"{_amount(row)} at {Period.parse(row['as_at']).in_words}"
            for row in one.to_dict("records")
        ]
        parts.append(f"{name}: {_summed(points)}.")
    return f"Line chart of {_what(data)}. {' '.join(parts)}"


def ranges(data: pd.DataFrame, category: str, mark: float | None, mark_label: str) -> str:
    """Ranges in words."""
    parts = []
    for row in data.to_dict("records"):
        text = f"{row[category]} {number(row['low'])} to {number(row['high'])}"
        parts.append(text + (f", {number(row['value'])} marked" if pd.notna(row["value"]) else ""))
    sentence = f"Chart of ranges of {_what(data)}. {'; '.join(parts)}."
    return sentence + _mark(mark, mark_label)


def _what(data: pd.DataFrame) -> str:
    titles = [measures()[name].title for name in dict.fromkeys(data["measure"])]
    lowered = [title[:1].lower() + title[1:] for title in titles]
    bases = [BASIS_WORDS[b] for b in dict.fromkeys(data["basis"]) if BASIS_WORDS.get(b)]
    return listed(lowered) + (f" ({listed(bases)})" if bases else "")


def _values(data: pd.DataFrame, category: str) -> str:
    points = [f"{row[category]} {_amount(row)}" for row in data.to_dict("records")]
    return f"{_summed(points)}."


def _summed(points: Sequence[str]) -> str:
    if len(points) <= _MOST_LISTED:
        return ", ".join(points)
    return f"{len(points)} figures, the first {points[0]}, the last {points[-1]}"


def _amount(row: dict[str, object]) -> str:
    unit = measures()[str(row["measure"])].unit
    text = figure_text(row)
    return with_unit(text, unit) if unit in {"per cent", "pounds"} else text


def _mark(mark: float | None, label: str) -> str:
    return "" if mark is None else f" A line marks {label or number(mark)}."
