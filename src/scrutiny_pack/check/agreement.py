"""Whether a printed figure is one that an item holds."""

from fractions import Fraction

from scrutiny_pack.check.held import Held
from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.precision import compare
from scrutiny_pack.claims.printed import Printed

_BEST_FIRST = (Verdict.AGREES, Verdict.ROUND, Verdict.TRUNCATED, Verdict.DISAGREES)
_NEAR_ENOUGH = Fraction(1, 4)


def agreement(printed: Printed, held: Held) -> Verdict:
    """A printed figure beside one that is held: the best over all that it is known as.

    ``more than 20%`` agrees with what is above it by no more than a quarter of it: a
    count of 9,000 is not meant by "more than 20".

    Returns:
        Agrees, agrees as a round figure, agrees only if truncated, or disagrees.
    """
    if not same_unit(printed, held):
        return Verdict.DISAGREES
    found = [compared(printed, point) for point in held.points]
    return min(found, key=_BEST_FIRST.index)


def stands_for(printed: Printed, held: Held) -> bool:
    """Whether a printed figure agrees with one that is held."""
    return agreement(printed, held) == Verdict.AGREES


def compared(printed: Printed, point: Fraction) -> Verdict:
    """A printed figure beside a number, whether that is above or below nought."""
    if not printed.step:  # a fraction in words, of a rate
        point /= 100
    if printed.value is None or printed.value >= 0:
        point = abs(point)  # "13.20 under" and "(13.20)" are both below nought
    if printed.reading in {"at least", "at most"} and printed.value is not None:
        near = abs(point - printed.value) <= _NEAR_ENOUGH * abs(printed.value)
        if not near:
            return Verdict.DISAGREES
    return compare(printed, Interval.exactly(point)).verdict


def same_unit(printed: Printed, held: Held) -> bool:
    """Whether a printed figure may be of the unit of one that is held."""
    if not printed.step:
        return held.unit == "per cent"
    if printed.unit == held.unit:
        return True
    # "Rates of 26.73 and 20.21": a rate whose unit the sentence leaves out.
    return not printed.unit and held.unit in {"per cent", "points"} and printed.step < 1
