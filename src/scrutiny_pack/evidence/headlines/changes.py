"""Sentences that say what changed, and when.

A change in a rate is in percentage points, a change in a count is in per cent, and
the words say which (rules of evidence, 3). A change of one or two people is said to
be one or two people, and no percentage is made on a base under 10 (rule 8).
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import number, plural
from scrutiny_pack.measures.rates import exact_sum, percentage
from scrutiny_pack.observations import SMALLEST_BASE
from scrutiny_pack.periods import Period
from scrutiny_pack.rounding import decimals_of, round_half_up

_MOST_PRINTED_DECIMALS = 2
"""Rates are printed with this many decimals at most; computed ones have many more."""


def when(as_at: str) -> str:
    """A date as it stands in a sentence: ``at 31 July 2016``, ``in October 2017``."""
    period = Period.parse(as_at)
    return f"{'at' if period.start == period.end else 'in'} {period.in_words}"


def rate_change(
    what: str, before: Mapping[str, Any], after: Mapping[str, Any], decimals: int = 1
) -> str:
    """How a rate changed, in percentage points.

    Args:
        what: whose rate it is and which, to begin the sentence.
        before: the earlier row of the long form.
        after: the later row; the caller sees to it that both are the same measure of
            the same thing, on the same basis.
        decimals: decimal places at least; a rate published with more keeps them.

    Returns:
        One sentence, or "" where one of the two is not known as one number.
    """
    if pd.isna(before["value"]) or pd.isna(after["value"]):
        return ""
    printed = (decimals_of(row["value"]) for row in (before, after))
    places = max([decimals, *(n for n in printed if n <= _MOST_PRINTED_DECIMALS)])
    first, last = (round_half_up(row["value"], places) for row in (before, after))
    dates = f"from {first}% {when(before['as_at'])} to {last}% {when(after['as_at'])}"
    moved = last - first
    if moved == 0:
        return f"{what} did not change: {last}% {_both(before, after)}."
    verb = "rose" if moved > 0 else "fell"
    return f"{what} {verb} by {abs(moved)} percentage points, {dates}."


def count_change(
    what: str, before: Mapping[str, Any], after: Mapping[str, Any], one: str, many: str
) -> str:
    """How a count changed, in numbers and in per cent.

    Args:
        what: what is counted, to begin the sentence; in the plural.
        before: the earlier row of the long form.
        after: the later row, of the same measure and basis.
        one: what one of them is called: ``worker``.
        many: what several are called: ``workers``.

    Returns:
        One sentence, or "" where one of the two is not known as one number. A change
        of one or two says so and gives no percentage; nor does one from a number
        under 10.
    """
    if pd.isna(before["value"]) or pd.isna(after["value"]):
        return ""
    first, last = float(before["value"]), float(after["value"])
    moved = exact_sum([last, first], [1, -1])
    if moved == 0:
        return f"{what} did not change: {number(last)} {_both(before, after)}."
    amount = {1.0: "one", 2.0: "two"}.get(abs(moved))
    by = (
        f"{amount} {one if abs(moved) == 1 else many}"
        if amount
        else plural(abs(moved), one, many)
    )
    if not amount and first >= SMALLEST_BASE:
        by += f" ({number(percentage(abs(moved), first), 1)} per cent)"
    verb = "rose" if moved > 0 else "fell"
    return (
        f"{what} {verb} by {by}, from {number(first)} {when(before['as_at'])} "
        f"to {number(last)} {when(after['as_at'])}."
    )


def _both(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return f"{when(before['as_at'])} and {when(after['as_at'])}"
