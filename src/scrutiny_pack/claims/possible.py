"""Whether a printed percentage or average is possible at all, from whole counts.

The GRIM test (Brown and Heathers 2017) asks whether a mean of whole numbers can be
what was printed, given how many there were. The same question is asked here of
percentages, and of denominators that may be an average of two counts, so that halves
count as possible.
"""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from scrutiny_pack.claims.intervals import Interval


def numerators(share: Interval, denominator: Interval) -> range:
    """The whole numerators that give a share over a denominator.

    A numerator n fits if some denominator d has 100 n / d within the share. Thousands of
    denominators may be tried, so the ends are worked out in whole numbers.

    Args:
        share: the percentages that would print as the figure does, in per cent.
        denominator: the values that the denominator may have, above nought.

    Returns:
        Every whole number from 0 that fits, in order.
    """
    lowest, low = max(share.low, Fraction(0)), denominator.low
    highest, high = share.high, denominator.high
    first = _rounded_up(
        lowest.numerator * low.numerator, 100 * lowest.denominator * low.denominator
    )
    last = (highest.numerator * high.numerator) // (
        100 * highest.denominator * high.denominator
    )
    return range(first, last + 1)


def _rounded_up(number: int, by: int) -> int:
    """A whole number divided by another, rounded up."""
    return -(-number // by)


def denominators(
    share: Interval, numerator: Interval, *, halves: bool = True
) -> tuple[Fraction, ...]:
    """The denominators, whole or half, over which a known numerator gives a share.

    Args:
        share: the percentages that would print as the figure does, above nought.
        numerator: the values that the numerator may have, above nought.
        halves: whether an average of two counts is allowed.

    Returns:
        Every fitting denominator, in order; empty if there is none.
    """
    if share.low <= 0 or numerator.low <= 0:
        return ()
    step = 2 if halves else 1
    low = math.ceil(100 * numerator.low / share.high * step)
    high = math.floor(100 * numerator.high / share.low * step)
    return tuple(Fraction(n, step) for n in range(low, high + 1))


MOST_AVERAGED = 12
"""A base may be an average of up to so many counts, such as the month ends of a year."""


def of_an_average(share: Interval, numerator: Interval) -> tuple[int, Fraction] | None:
    """The fewest counts, three or more, whose average may be the base of a share.

    For a rate over an average of month ends; see [`denominators`][] for one count or two.

    Args:
        share: the percentages that would print as the figure does, above nought.
        numerator: the values that the numerator may have, above nought.

    Returns:
        How many counts, and their average; None if up to twelve cannot give it.
    """
    if share.low <= 0 or numerator.low <= 0:
        return None
    for count in range(3, MOST_AVERAGED + 1):
        low = math.ceil(100 * numerator.low / share.high * count)
        if low <= 100 * numerator.high / share.low * count:
            return count, Fraction(low, count)
    return None


def fitting(share: Interval, candidates: Iterable[Fraction]) -> tuple[Fraction, ...]:
    """Those denominators over which some whole numerator gives the share."""
    return tuple(d for d in candidates if numerators(share, Interval(d, d)))


def first_fitting(share: Interval, candidates: Iterable[Fraction]) -> Fraction | None:
    """The first denominator over which some whole numerator gives the share, if any does."""
    return next((d for d in candidates if numerators(share, Interval(d, d))), None)


def shared_denominators(
    shares: Sequence[Interval], up_to: int, *, halves: bool = False
) -> tuple[Fraction, ...]:
    """The denominators that fit every one of several percentages with one base.

    Args:
        shares: for each figure, the percentages that would print so.
        up_to: the largest denominator tried.
        halves: whether an average of two counts is allowed.
    """
    step = 2 if halves else 1
    found: Iterable[Fraction] = (
        Fraction(n, step) for n in range(step, up_to * step + 1)
    )
    for share in shares:
        found = fitting(share, found)
    return tuple(found)


def chance_possible(denominator: int, step: Fraction) -> Fraction:
    """The share of all percentages with such a last place that are possible at all.

    Of the percentages from 0 to 100 that can be printed, those that some whole
    numerator over the denominator gives. Near 1 the test says little.

    Args:
        denominator: the whole base.
        step: one unit of the last place printed, in percentage points.
    """
    printable = int(Fraction(100) / step) + 1
    # A numerator n gives the place k where 100 n / denominator is within half a step of
    # k steps: in whole numbers, where 2 k part is within part of 2 n whole.
    whole, part = 100 * step.denominator, denominator * step.numerator
    reached: set[int] = set()
    for numerator in range(denominator + 1):
        twice = 2 * numerator * whole
        first = _rounded_up(twice - part, 2 * part)
        reached.update(range(first, (twice + part) // (2 * part) + 1))
    return Fraction(len(reached), printable)
