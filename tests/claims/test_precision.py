"""Agrees, agrees only if truncated, disagrees by how much."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.precision import compare
from scrutiny_pack.claims.printed import read_printed

values = st.fractions(-(10**4), 10**4, max_denominator=999)
places = st.integers(0, 3)


def decimal(value, to, way):
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-to), rounding=way)


@pytest.mark.parametrize(
    ("printed", "computed", "verdict"),
    [
        ("61.5%", Fraction(800, 13), Verdict.AGREES),  # 61.538...
        ("61.53%", Fraction(800, 13), Verdict.TRUNCATED),
        ("61%", Fraction(800, 13), Verdict.TRUNCATED),
        ("61.7%", Fraction(800, 13), Verdict.DISAGREES),
        ("2.5", Fraction(9, 4) + Fraction(1, 5), Verdict.AGREES),  # 2.45, half up
        ("2.4", Fraction(9, 4) + Fraction(1, 5), Verdict.AGREES),  # 2.45, half even
        ("(3.1)", Fraction(-319, 100), Verdict.TRUNCATED),
        ("4,000", Fraction(8051, 2), Verdict.ROUND),
        ("about 4,000", Fraction(8051, 2), Verdict.AGREES),
        ("up to 60", Fraction(61), Verdict.DISAGREES),
        ("at least five", Fraction(6), Verdict.AGREES),
        ("10 - 15%", Fraction(12), Verdict.AGREES),
        ("10 - 15%", Fraction(16), Verdict.DISAGREES),
        ("10 - 15%", Fraction(9), Verdict.DISAGREES),
    ],
)
def test_the_verdict(printed, computed, verdict):
    assert compare(read_printed(printed), Interval.exactly(computed)).verdict == verdict


def test_by_how_much_it_disagrees():
    assert compare(read_printed("45.0%"), Interval.exactly(43)).difference == 2
    assert (
        compare(read_printed("41.0%"), Interval(Fraction(42), Fraction(43))).difference
        == -1
    )
    assert compare(read_printed("10 - 15"), Interval.exactly(18)).difference == -3
    assert compare(read_printed("10 - 15"), Interval.exactly(8)).difference == 2
    assert compare(read_printed("up to 60"), Interval.exactly(61)).difference < 0


@given(values, places, st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]))
def test_every_correctly_rounded_figure_is_accepted(value, to, way):
    printed = read_printed(str(decimal(value, to, way)))
    assert compare(printed, Interval.exactly(value)).verdict == Verdict.AGREES


@given(values, places, st.fractions(-500, 500, max_denominator=50))
def test_every_figure_more_than_half_a_unit_off_is_rejected(value, to, off):
    assume(abs(off) > Fraction(1, 2))
    base = decimal(value, to, ROUND_HALF_UP)
    printed = read_printed(str(base))
    computed = Interval.exactly(Fraction(base) + off * printed.step)
    verdict = compare(printed, computed).verdict
    assert verdict != Verdict.AGREES
    if verdict == Verdict.TRUNCATED:
        assert abs(off) < 1


@given(values, places)
def test_what_was_cut_off_is_called_that_or_agrees(value, to):
    printed = read_printed(str(decimal(value, to, ROUND_DOWN)))
    verdict = compare(printed, Interval.exactly(value)).verdict
    assert verdict in {Verdict.AGREES, Verdict.TRUNCATED}


@given(values, places, st.fractions(0, 3, max_denominator=20))
def test_a_wider_interval_never_rejects_what_a_narrower_one_accepts(value, to, width):
    printed = read_printed(str(decimal(value, to, ROUND_HALF_UP)))
    around = Interval(value - width, value + width)
    assert compare(printed, around).verdict == Verdict.AGREES
