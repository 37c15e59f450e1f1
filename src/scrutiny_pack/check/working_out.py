"""A share or a change that an item does not hold, but its figures give."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from scrutiny_pack.check.agreement import stands_for
from scrutiny_pack.check.held import Held
from scrutiny_pack.claims.findings import Verdict as Audited
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.precision import compare
from scrutiny_pack.claims.printed import Printed
from scrutiny_pack.claims.wording import exact, marked

_CHANGE = re.compile(
    r"\b(?:rose|rise|risen|rising|increas\w*|grew|grow\w*|up|fell|fall\w*|drop\w*|decreas\w*|reduc\w*"
    r"|declin\w*|down|differ\w*|gap|chang\w*|more|fewer|less|higher|lower|above|below|mov\w*|between"
    r"|added|lost|gain\w*|short\w*|over|under|extra|additional|improv\w*|worse\w*)\b",
    re.IGNORECASE,
)
_MOST_PAIRS = 300  # of rates, for a difference in percentage points
_MOST_COUNT_PAIRS = 30  # of anything else: among many, one would fit by chance


@dataclass(frozen=True)
class Given:
    """A share or a change that two figures give.

    Attributes:
        held: the two.
        working: how, in words.
    """

    held: tuple[Held, Held]
    working: str


def worked_out(
    printed: Printed, sentence: str, held: Sequence[Held], others: Sequence[Printed]
) -> Given | None:
    """The first way in which two figures of an item give a printed one.

    A share of two figures that the sentence states; and, if it tells of a change, the
    difference or the change in per cent between two that it states, or between two of
    one measure, as long as they are few.

    Args:
        printed: the printed figure.
        sentence: its sentence.
        held: the item's figures, as far as the sentence does not name others.
        others: the other figures of the sentence.
    """
    if printed.value is None or printed.reading not in {"figure", "about"}:
        return None
    if not printed.step:  # a fraction in words
        return None
    data = [each for each in held if each.role != "words"]
    stated = [each for each in data if any(stands_for(o, each) for o in others)]
    tells_of_change = bool(_CHANGE.search(sentence))
    for pair in combinations(stated, 2):
        if tells_of_change:
            for given in _changes(printed, *pair):
                return given
        if printed.unit == "per cent":
            for given in _shares(printed, *pair):
                return given
    for pair in _few_pairs(printed, data) if tells_of_change else ():
        for given in _changes(printed, *pair):
            return given
    return None


def _few_pairs(printed: Printed, data: Sequence[Held]) -> list[tuple[Held, Held]]:
    """The pairs of values of one measure; none if they are many."""
    values = [held for held in data if held.role == "value"]
    most = _MOST_PAIRS if printed.unit == "points" else _MOST_COUNT_PAIRS
    pairs = [
        (one, other)
        for one, other in islice(combinations(values, 2), 20 * most)
        if one.unit == other.unit and one.measure == other.measure
    ]
    return pairs if len(pairs) <= most else []


def _changes(printed: Printed, one: Held, other: Held) -> Iterator[Given]:
    if one.unit != other.unit:
        return
    if one.unit == "per cent":
        as_difference = printed.unit == "points"
    else:
        as_difference = printed.unit == one.unit
    difference = _size(other.interval - one.interval)
    if as_difference and _fits(printed, difference):
        more, less = sorted((one, other), key=lambda held: -max(held.points))
        told = _told(difference, printed)
        yield Given((one, other), f"{_shown(more)} less {_shown(less)} is {told}")
    if printed.unit != "per cent" or one.unit == "per cent":
        return
    for before, after in ((one, other), (other, one)):
        if before.interval.low > 0:
            change = (after.interval - before.interval) / before.interval
            change = _size(change).times(100)
            if _fits(printed, change):
                told = _told(change, printed)
                words = f"from {_shown(before)} to {_shown(after)} is {told}"
                yield Given((one, other), words)


def _shares(printed: Printed, one: Held, other: Held) -> Iterator[Given]:
    if one.unit or other.unit:
        return
    for part, whole in ((one, other), (other, one)):
        if whole.interval.low > 0 and part.interval.low <= whole.interval.high:
            share = (part.interval / whole.interval).times(100)
            if _fits(printed, share):
                told = _told(share, printed)
                words = f"{_shown(part)} of {_shown(whole)} is {told}"
                yield Given((one, other), words)


def _fits(printed: Printed, computed: Interval) -> bool:
    return compare(printed, computed).verdict == Audited.AGREES


def _size(change: Interval) -> Interval:
    if change.middle < 0:
        return Interval(-change.high, -change.low)
    return change


def _shown(held: Held) -> str:
    return f"{held.shown} ({held.where})"


def _told(computed: Interval, printed: Printed) -> str:
    return marked(exact(computed.middle, 2), printed.unit)
