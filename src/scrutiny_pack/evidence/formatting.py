"""Numbers and lists as a reader expects them in print."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from scrutiny_pack.periods import Period
from scrutiny_pack.rounding import decimals_of, round_half_up

BASIS_WORDS = {
    "headcount": "headcount",
    "fte": "FTE",
    "posts": "posts",
    "not stated": "basis not stated",
    "not applicable": "",
}
"""How each basis is written in headings and sentences."""


def number(value: float, decimals: int | None = None) -> str:
    """A number with thousands commas: ``11,223``, ``24.91``.

    Args:
        value: a finite number.
        decimals: how many decimal places; None for as many as the number has.
    """
    places = decimals_of(round(value, 6)) if decimals is None else decimals
    return f"{round_half_up(value, places):,}"


def figure_text(row: Mapping[str, Any], decimals: int | None = None) -> str:
    """What stands in a table's cell for one figure of the long form.

    A value with a status that does not replace it keeps both: ``22 [e]``. A range
    reads ``10 to 15 [e]``, ``at least 3 [e]`` or ``up to 800 [e]``, and beside a
    value ``22 (15 to 30)``. Where there is neither, the status stands alone: ``[x]``.
    """
    marks = symbols(str(row.get("status", "")))
    return " ".join(part for part in (_amount(row, decimals), marks) if part)


def symbols(status: str) -> str:
    """The letters of a status as they are printed: ``[p] [r]``."""
    return " ".join(f"[{letter}]" for letter in status.split())


def _amount(row: Mapping[str, Any], decimals: int | None) -> str:
    value, low, high = (row.get(name) for name in ("value", "low", "high"))
    span = _span(low, high, decimals)
    if pd.isna(value):
        return span
    figure = number(float(value), decimals)
    return f"{figure} ({span})" if span else figure


def _span(low: Any, high: Any, decimals: int | None) -> str:
    if pd.notna(low) and pd.notna(high):
        return f"{number(float(low), decimals)} to {number(float(high), decimals)}"
    if pd.notna(low):
        return f"at least {number(float(low), decimals)}"
    if pd.notna(high):
        return f"up to {number(float(high), decimals)}"
    return ""


def with_unit(text: str, unit: str) -> str:
    """A printed number with its unit: ``28.5%``, ``£432,000 to £540,000``, ``54 workers``."""
    amount, mark, rest = text.partition("[")
    if not amount or not unit:
        return text
    if text.startswith("["):
        return text  # a symbol in the place of a number has no unit
    if unit == "per cent":
        each = re.sub(r"(?<=\d)(?=$|\)| \()", "%", amount.rstrip())
        return f"{each}{' ' if mark else ''}{mark}{rest}"
    if unit == "pounds":
        return re.sub(r"(?<![\d.,])(?=\d)", "£", amount) + mark + rest
    return f"{text} {singular(unit) if amount.strip() == '1' else unit}"


def singular(unit: str) -> str:
    """The unit of a single one: ``figure`` of ``figures``, ``case a worker``."""
    head, each, rest = unit.partition(" a ")
    one = {"authorities": "authority", "vacancies": "vacancy", "children": "child"}
    whole = one.get(head, head.removesuffix("s"))
    return f"{whole}{each}{rest}"


def listed(parts: Sequence[str]) -> str:
    """A list in a sentence: ``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def dates_in_words(cell: str) -> str:
    """The dates of a cell as a reader expects them: ``31 March 2014; 2015``."""
    return "; ".join(Period.parse(text).in_words for text in cell.split("; ") if text)


def plural(count: float, one: str, many: str) -> str:
    """A count with its noun: ``1 post``, ``26 posts``, ``24.91 posts``."""
    return f"{number(count)} {one if count == 1 else many}"
