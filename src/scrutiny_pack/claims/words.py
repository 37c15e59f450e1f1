"""A rank, a direction or a multiple in words, checked against the figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.numerals import ORDINALS
from scrutiny_pack.claims.printed import ordinal_number, word_number

Way = Literal["up", "down", "same"]

SAME_POINTS = Fraction(1)
"""A rate that is said to be stable may move by this many percentage points."""

SAME_SHARE = Fraction(1, 20)
"""A count that is said to be stable may move by this share of itself: 5 per cent."""


@dataclass(frozen=True)
class Rank:
    """A place in an order: ``fourth lowest`` is place 4 from the lowest."""

    place: int
    from_lowest: bool


@dataclass(frozen=True)
class Direction:
    """A way in which a series goes.

    Attributes:
        way: up, down, the same, or "better", which needs to be told what is better.
        every_step: whether each step must go that way (``year on year``).
        is_trend: whether the words make a trend of it, which takes three figures.
    """

    way: Literal["up", "down", "same", "better", "worse"]
    every_step: bool
    is_trend: bool


@dataclass(frozen=True)
class Multiple:
    """How many times as much: ``doubled`` is 2, ``halved`` is one half."""

    times: Fraction


_LOW = r"lowest|smallest|fewest|least|shortest|cheapest"
_HIGH = r"highest|largest|biggest|greatest|most|longest|dearest"
_RANK = re.compile(
    rf"(?:(?P<place>\d+(?:st|nd|rd|th)|{'|'.join(o for o in ORDINALS if o)})[ -])?"
    rf"(?:(?P<low>{_LOW})|(?P<high>{_HIGH}))\b"
)
_MULTIPLES = {
    "doubled": 2, "double": 2, "twice": 2, "trebled": 3, "tripled": 3, "treble": 3,
    "triple": 3, "threefold": 3, "quadrupled": 4, "fourfold": 4, "twofold": 2,
}  # fmt: skip
_WAYS: tuple[tuple[Literal["up", "down", "same", "better", "worse"], str], ...] = (
    ("same", r"stable|stabilis\w*|steady|unchanged|no change|constant"),
    ("better", r"improv\w*|better"),
    ("worse", r"worse\w*|deteriorat\w*"),
    ("up", r"upwards?|up|increas\w*|ris\w*|rose|grow\w*|grew|higher|more"),
    (
        "down",
        r"downwards?|down|decreas\w*|reduc\w*|f[ae]ll\w*|declin\w*|lower\w*|fewer|less",
    ),
)
_EVERY = re.compile(r"year[ -]on[ -]year|every year|each year|consistent\w*|steadily")


def read_words(text: str) -> Rank | Direction | Multiple:
    """Read a rank, a direction or a multiple.

    Args:
        text: ``fourth lowest``, ``smallest``, ``upward trend``, ``year on year
            improvement``, ``stable``, ``doubled``, ``three times``.

    Raises:
        ClaimError: if it is none of them.
    """
    plain = re.sub(r"\s+", " ", text).strip().lower()
    for word, times in _MULTIPLES.items():
        if re.search(rf"\b{word}\b", plain):
            return Multiple(Fraction(times))
    if re.search(r"\bhalved\b", plain):
        return Multiple(Fraction(1, 2))
    if match := re.search(r"\b([\w-]+) times\b", plain):
        times_word = match[1]
        count = int(times_word) if times_word.isdigit() else word_number(times_word)
        if count:
            return Multiple(Fraction(count))
    if match := _RANK.search(plain):
        place = ordinal_number(match["place"] or "first") or 1
        return Rank(place, from_lowest=match["low"] is not None)
    for way, words in _WAYS:
        if re.search(rf"\b(?:{words})\b", plain):
            every = _EVERY.search(plain) is not None
            return Direction(way, every, "trend" in plain)
    msg = (
        f"'{text}' is no rank, direction or multiple that can be checked: write it as it is "
        "printed, such as fourth lowest, upward trend or doubled"
    )
    raise ClaimError(msg)


def place_range(
    values: Sequence[Interval], member: int, *, from_lowest: bool
) -> tuple[int, int]:
    """The best and the worst place that one of several figures may have.

    Figures that are equal as printed make a range of places.

    Args:
        values: what each figure may stand for.
        member: which of them is placed.
        from_lowest: whether place 1 is the lowest.

    Returns:
        The least and the greatest place, counted from 1.
    """
    own = values[member]
    others = [value for at, value in enumerate(values) if at != member]
    below = sum(_is_below(value, own) for value in others)
    above = sum(_is_below(own, value) for value in others)
    before, after = (below, above) if from_lowest else (above, below)
    return before + 1, len(values) - after


def _is_below(first: Interval, second: Interval) -> bool:
    """Whether the one stands below the other; that they touch makes them no equals."""
    return first.high <= second.low and first.middle < second.middle


def steps(series: Sequence[Interval]) -> tuple[Way, ...]:
    """Which way each step of a series goes; figures that may be equal are the same."""
    ways: list[Way] = []
    for before, after in pairwise(series):
        if before.meets(after):
            ways.append("same")
        else:
            ways.append("up" if after.low > before.high else "down")
    return tuple(ways)


def is_stable(first: Interval, last: Interval, *, is_rate: bool) -> bool:
    """Whether a figure moved little enough to be called stable.

    At most one percentage point for a rate, at most 5 per cent for anything else.
    """
    least = max(first.low - last.high, last.low - first.high, Fraction(0))
    allowed = SAME_POINTS if is_rate else SAME_SHARE * abs(first.middle)
    return least <= allowed


def multiple_interval(times: Fraction) -> Interval:
    """The multiples that a word may stand for: ``doubled`` is 1.75 to 2.25 times.

    A quarter either way; for ``halved`` the same of the earlier over the later.
    """
    quarter = Fraction(1, 4)
    if times >= 1:
        return Interval(times - quarter, times + quarter)
    return Interval(1 / (1 / times + quarter), 1 / (1 / times - quarter))
