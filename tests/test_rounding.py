"""Half is rounded up, as a reader with a pencil does it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny_pack.rounding import decimals_of, round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(2.675, 2, "2.68"), (0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-2.5, 0, "-3"),
     (28.534, 1, "28.5"), (47.376, 1, "47.4"), (-0.01, 1, "0.0"), (5, 2, "5.00"),
     (1e-7, 2, "0.00"), (123456789.125, 2, "123456789.13")],
)  # fmt: skip
def test_half_goes_away_from_zero(value, decimals, text):
    assert str(round_half_up(value, decimals)) == text


@pytest.mark.parametrize(
    ("value", "decimals"),
    [(26.0, 0), (24.91, 2), (0.1, 1), (100, 0), (1200, 0), (4.6, 1)],
)
def test_the_decimals_of_a_number_are_those_it_is_written_with(value, decimals):
    assert decimals_of(value) == decimals


@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 4))
def test_a_rounded_number_is_within_half_a_unit(value, decimals):
    rounded = round_half_up(float(value), decimals)
    assert abs(rounded - value) <= Decimal(1).scaleb(-decimals) / 2
    assert round_half_up(float(rounded), decimals) == rounded
