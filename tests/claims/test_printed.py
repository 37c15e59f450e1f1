"""A printed figure and the values that it may stand for."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.printed import ordinal_number, read_printed, word_number


def ends(text, **options):
    printed = read_printed(text, **options)
    as_float = [
        None if end is None else float(end) for end in (printed.low, printed.high)
    ]
    return *as_float, printed.unit


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("31.4%", 31.35, 31.45, "per cent"),
        ("31 per cent", 30.5, 31.5, "per cent"),
        ("2 percentage points", 1.5, 2.5, "points"),
        ("(8.50)", -8.505, -8.495, ""),
        ("\N{MINUS SIGN}8.5", -8.55, -8.45, ""),
        ("4,310", 4309.5, 4310.5, ""),
        ("£18k", 17500, 18500, "pounds"),
        ("£2.5m", 2450000, 2550000, "pounds"),
        ("£3 million", 2500000, 3500000, "pounds"),
        ("about 4,000", 3500, 4500, ""),
        ("around 1,250", 1245, 1255, ""),
        ("approximately a further 70", 65, 75, ""),
        ("up to 450", None, 450, ""),
        ("30 or less", None, 30, ""),
        ("at least seven", 7, None, ""),
        ("over 9 years", 9, None, ""),
        ("just under five weeks", 4.5, 5, ""),
        ("just over 60%", 60, 65, "per cent"),
        ("7 - 12%", 6.5, 12.5, "per cent"),
        ("11-13", 10.5, 13.5, ""),
        ("between £15k and £21k", 14500, 21500, "pounds"),
        ("£15k and £21k", 14500, 21500, "pounds"),
        ("£15-21k", 14500, 21500, "pounds"),
        ("around 7 - 12%", 6.5, 12.5, "per cent"),
        ("nine", 8.5, 9.5, ""),
        ("forty-two", 41.5, 42.5, ""),
        ("3 fte posts", 2.5, 3.5, ""),
        ("45-day", 44.5, 45.5, ""),
        ("half", 0.475, 0.525, ""),
        ("1 to 9.5", 0.5, 9.55, ""),
        ("an additional 12", 11.5, 12.5, ""),
    ],
)
def test_what_a_figure_stands_for(text, low, high, unit):
    assert ends(text) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("1 to 9.5", 9.45, 9.55), ("1:24", 23.5, 24.5), ("1 to 12-20", 11.5, 20.5)],
)
def test_so_many_to_one(text, low, high):
    assert ends(text, ratio=True)[:2] == (low, high)


def test_a_colon_is_always_so_many_to_one():
    assert ends("1:24")[:2] == (23.5, 24.5)


def test_a_fraction_in_words_is_about_that_share():
    third = read_printed("a third")
    assert third.value == Fraction(1, 3)
    assert third.low == Fraction(1, 3) - Fraction(1, 40)
    assert third.high == Fraction(1, 3) + Fraction(1, 40)


def test_a_round_figure_may_stand_for_hundreds_or_thousands():
    steps = [int(step) for step, _ in read_printed("7,000").as_round_figure]
    assert steps == [100, 1000]
    for text in ("700", "7,010", "7,000.0", "about 7,000", "70%"):
        assert not read_printed(text).as_round_figure


@pytest.mark.parametrize(
    "text", ["", "several", "12 apples and pears", "(", "20.5.3", "£", "ten of"]
)
def test_what_cannot_be_read_is_an_error_that_says_so(text):
    with pytest.raises(ClaimError, match="cannot be read as a figure"):
        read_printed(text)


@pytest.mark.parametrize(
    ("words", "number"),
    [("nineteen", 19), ("ninety-nine", 99), ("two hundred and five", 205),
     ("three thousand", 3000), ("a dozen", 12), ("none", 0), ("lots", None), ("and", None)],
)  # fmt: skip
def test_numbers_in_words(words, number):
    assert word_number(words) == number


@pytest.mark.parametrize(
    ("word", "number"), [("sixth", 6), ("22nd", 22), ("six", None), ("", None)]
)
def test_places_in_words(word, number):
    assert ordinal_number(word) == number


@given(
    st.decimals(-(10**5), 10**5, places=6, allow_nan=False),
    st.integers(0, 4),
    st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]),
    st.booleans(),
)
def test_a_correctly_rounded_figure_stands_for_what_was_rounded(
    value, places, way, brackets
):
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=way)
    text = f"({abs(rounded)})" if brackets and rounded < 0 else f"{rounded:,}"
    printed = read_printed(text)
    assert printed.low <= Fraction(value) <= printed.high
    assert printed.high - printed.low == printed.step == Fraction(1, 10**places)
