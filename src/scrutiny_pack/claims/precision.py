"""Whether a recomputed figure would print as the report has it."""

from dataclasses import dataclass
from fractions import Fraction

from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.printed import Printed


@dataclass(frozen=True)
class Comparison:
    """A printed figure beside a recomputed one.

    Attributes:
        verdict: agrees, agrees as a round figure, agrees only if truncated, or disagrees.
        difference: by how much the printed figure is above (or, if negative, below)
            the nearest value that the recomputed one may have; nought where it agrees.
        step: for a round figure, the hundreds or thousands to which it agrees.
    """

    verdict: Verdict
    difference: Fraction = Fraction(0)
    step: Fraction = Fraction(0)


def compare(printed: Printed, computed: Interval) -> Comparison:
    """Hold a printed figure against a recomputed one.

    They agree if some value that prints so, by half-up or half-even rounding, is one
    that the recomputed figure may have. A range agrees if the recomputed figure may
    lie in it; ``at least`` and ``up to`` if it may lie on that side.

    Args:
        printed: the figure as printed.
        computed: the values that the recomputed figure may have, in the same unit.
    """
    low_enough = printed.low is None or printed.low <= computed.high
    high_enough = printed.high is None or computed.low <= printed.high
    if low_enough and high_enough:
        return Comparison(Verdict.AGREES)
    difference = _gap(printed, computed)
    cut = printed.truncated
    if cut and cut.meets(computed) and _strictly(cut, computed):
        return Comparison(Verdict.TRUNCATED, difference)
    for step, wider in printed.as_round_figure:
        if wider.meets(computed):
            return Comparison(Verdict.ROUND, difference, step)
    return Comparison(Verdict.DISAGREES, difference)


def _strictly(cut: Interval, computed: Interval) -> bool:
    """Whether digits cut off would leave the printed ones: the far end is outside."""
    below = cut.high <= 0 or computed.low < cut.high
    return below and (cut.low >= 0 or computed.high > cut.low)


def _gap(printed: Printed, computed: Interval) -> Fraction:
    if printed.value is not None:
        return printed.value - min(max(printed.value, computed.low), computed.high)
    half = printed.step / 2
    if printed.high is not None and computed.low > printed.high:
        return printed.high - half - computed.low
    low = printed.low if printed.low is not None else computed.high
    return low + half - computed.high
