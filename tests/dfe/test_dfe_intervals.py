"""A rounded number stands for an interval, and a true rate always reproduces."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scrutiny_pack.dfe.intervals import Interval, ratio, rounded, share
from scrutiny_pack.rounding import round_half_up

counts = st.floats(0, 5000, allow_nan=False)
wholes = st.floats(0.5, 5000, allow_nan=False)


def to_one_place(value: float) -> float:
    return float(round_half_up(value, 1))


def stands_for(value: float) -> Interval:
    return rounded(to_one_place(value), 0.05)


def holds(interval: Interval, value: float) -> bool:
    exact = Interval(np.float64(value), np.float64(value))  # type: ignore[arg-type]
    return bool(interval.meets(exact))


def test_a_published_24_9_stands_for_24_85_to_24_95() -> None:
    interval = rounded(24.9, 0.05)
    assert interval.low == pytest.approx(24.85)
    assert interval.high == pytest.approx(24.95)
    assert holds(interval, 24.85)
    assert holds(interval, 24.95)
    assert not holds(interval, 24.96)


def test_nothing_is_below_nought_and_a_whole_count_is_exact() -> None:
    assert rounded(0.0, 0.05).low == 0
    assert rounded(12, 0).low == rounded(12, 0).high == 12


def test_a_place_without_a_number_meets_nothing() -> None:
    nothing = rounded([np.nan, 1.0], 0.05)
    assert list(nothing.meets(rounded([1.0, 1.0], 0.05))) == [False, True]


def test_a_whole_that_may_be_nought_gives_no_upper_end() -> None:
    assert ratio(rounded(1.0, 0.05), rounded(0.0, 0.05)).high == np.inf


@given(counts)
def test_the_true_number_is_in_what_its_rounding_stands_for(value: float) -> None:
    assert holds(stands_for(value), value)


@given(counts, wholes)
def test_a_true_rate_reproduces_whatever_was_rounded(part: float, whole: float) -> None:
    true = 100 * part / whole
    assume(true < 1e6)
    worked_out = ratio(stands_for(part), stands_for(whole)).times(100)
    assert holds(worked_out, true)
    assert bool(worked_out.meets(stands_for(true)))


@given(counts, wholes)
def test_a_true_share_reproduces_whatever_was_rounded(part: float, rest: float) -> None:
    true = 100 * part / (part + rest)
    worked_out = share(stands_for(part), stands_for(rest)).times(100)
    assert holds(worked_out, true)
    assert bool(worked_out.meets(stands_for(true)))


@given(wholes, wholes)
def test_a_share_is_never_wider_than_the_ratio_to_the_sum(
    part: float, rest: float
) -> None:
    one, other = stands_for(part), stands_for(rest)
    assume(one.low + other.low > 0)
    narrow, wide = share(one, other), ratio(one, one + other)
    assert wide.low <= narrow.low + 1e-12
    assert narrow.high <= wide.high + 1e-12


@given(counts, counts)
def test_sums_and_differences_hold_the_true_ones(one: float, other: float) -> None:
    assert holds(stands_for(one) + stands_for(other), one + other)
    assert holds(stands_for(one) - stands_for(other), one - other)


@given(st.floats(1, 100), st.floats(0.2, 50))
def test_a_rate_that_is_wrong_by_more_than_rounding_does_not_reproduce(
    true: float, wrong_by: float
) -> None:
    worked_out = ratio(rounded(true * 1000, 0.05), rounded(1000.0, 0.05))
    assert not bool(worked_out.meets(rounded(true + wrong_by, 0.05)))


@given(counts, counts)
def test_meeting_is_mutual(one: float, other: float) -> None:
    a, b = stands_for(one), stands_for(other)
    assert bool(a.meets(b)) == bool(b.meets(a))
