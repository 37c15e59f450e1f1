"""Charts in words, written from their numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import (
    BASIS_WORDS,
    figure_text,
    listed,
    number,
    with_unit,
)
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import STATUS_WORDS, records
from scrutiny_pack.periods import Period

_MOST_LISTED = 24
"""A chart with more figures than this is summed up; its table has them all."""


def amount(row: Mapping[str, Any]) -> str:
    """A figure as a chart prints it: ``28.5%``, ``£432,000``, ``26``, ``[x]``."""
    unit = measures()[str(row["measure"])].unit
    text = figure_text(row, row.get("decimals"))
    has_unit = unit in {"per cent", "pounds"} and not text.startswith("[")
    return with_unit(text, unit) if has_unit else text


def bars(data: pd.DataFrame, category: str, mark: float | None, mark_label: str) -> str:
    """Horizontal bars in words."""
    values = _values(data, category, many=len(data) > _MOST_LISTED)
    sentence = f"Bar chart of {_what(data)}. {values}"
    return sentence + _mark(mark, mark_label)


def panels(
    data: pd.DataFrame,
    category: str,
    series: str,
    keys: Sequence[str],
    headings: Sequence[str],
) -> str:
    """Panels of bars in words."""
    many = len(data) > _MOST_LISTED
    parts = [
        f"{heading}: {_values(data[data[series] == key], category, many=many)}"
        for key, heading in zip(keys, headings, strict=True)
    ]
    return f"Bar charts side by side of {_what(data)}. {' '.join(parts)}"


def lines(
    data: pd.DataFrame, series: str, names: Sequence[str], breaks: Sequence[str]
) -> str:
    """Lines over time in words; ``breaks`` says what begins where a line is broken."""
    many = len(data) > _MOST_LISTED
    parts = []
    for name in names:
        one = data[data[series] == name].sort_values("when", kind="stable")
        rows = records(one)
        points = [_when(row) for row in rows]
        said = _course(rows) if many and len(rows) > 2 else ", ".join(points)
        parts.append(f"{name}: {said}.")
    broken = f" The line is broken at: {'; '.join(breaks)}." if breaks else ""
    return f"Line chart of {_what(data)}. {' '.join(parts)}{broken}"


def ranges(
    data: pd.DataFrame, category: str, mark: float | None, mark_label: str
) -> str:
    """Ranges in words."""
    parts = [f"{row[category]}: {_range(row)}" for row in records(data)]
    sentence = f"Chart of ranges of {_what(data)}. {'; '.join(parts)}."
    return sentence + _mark(mark, mark_label)


def _range(row: Mapping[str, Any]) -> str:
    low, high, value = row["low"], row["high"], row["value"]
    parts = []
    if pd.notna(low) and pd.notna(high):
        parts.append(f"{number(low)} to {number(high)}")
    elif pd.notna(low):
        parts.append(f"at least {number(low)}")
    elif pd.notna(high):
        parts.append(f"up to {number(high)}")
    if pd.notna(value):
        label = measures()[row["measure"]].label
        parts.append(f"{label[:1].lower()}{label[1:]} {number(value)}")
    return ", ".join(parts) or _spoken(row)


def _what(data: pd.DataFrame) -> str:
    titles = [measures()[name].title for name in dict.fromkeys(data["measure"])]
    lowered = [title[:1].lower() + title[1:] for title in titles]
    bases = [BASIS_WORDS[b] for b in dict.fromkeys(data["basis"]) if BASIS_WORDS.get(b)]
    return listed(lowered) + (f" ({listed(bases)})" if bases else "")


def _values(data: pd.DataFrame, category: str, *, many: bool) -> str:
    rows = records(data)
    if not many:
        return ", ".join(f"{row[category]} {_spoken(row)}" for row in rows) + "."
    known = [row for row in rows if pd.notna(row["value"])]
    if not known:
        return f"{len(rows)} bars, none with a value."
    top = max(known, key=lambda row: float(row["value"]))
    low = min(known, key=lambda row: float(row["value"]))
    return (
        f"{len(rows)} bars, from {_spoken(low)} ({low[category]}) "
        f"to {_spoken(top)} ({top[category]})."
    )


def _course(rows: Sequence[Mapping[str, Any]]) -> str:
    """A line with many points: its ends, its lowest and its highest."""
    low = min(rows, key=lambda row: float(row["value"]))
    high = max(rows, key=lambda row: float(row["value"]))
    return (
        f"from {_when(rows[0])} to {_when(rows[-1])}, "
        f"lowest {_when(low)}, highest {_when(high)}"
    )


def _when(row: Mapping[str, Any]) -> str:
    words = Period.parse(row["as_at"]).in_words
    return f"{_spoken(row)} {'at' if words[0].isdigit() and ' ' in words else 'in'} {words}"


def _spoken(row: Mapping[str, Any]) -> str:
    """A figure in words: a status is read out, and not as a letter in brackets."""
    text = amount(row)
    for letter in str(row["status"]).split():
        words = STATUS_WORDS[letter].partition(":")[0]
        text = (
            words
            if text == f"[{letter}]"
            else text.replace(f" [{letter}]", f" ({words})")
        )
    return text


def _mark(mark: float | None, label: str) -> str:
    return "" if mark is None else f" A line marks {label or number(mark)}."
