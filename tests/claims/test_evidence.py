"""Cells and what is worked out from them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.evaluation import evaluate
from scrutiny_pack.claims.evidence import NotAtHand
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.references import parse

from .reports import evidence, frame, table

TEAMS = table(
    "Teams",
    {"establishment": ["12", "20", "32"], "vacancies": ["3", "", "7"], "vacancies fte": ["2.8", "4", "6.80"]},
    [("North", "All"), ("South", "All"), ("All", "")],
)  # fmt: skip
RATES = frame(
    [{"scope": "All", "printed": "21.9%"}],
    measure="vacancy_rate_published",
    basis="not stated",
)
EVIDENCE = evidence(posts=TEAMS, published_rates=RATES)


def worked_out(text):
    return evaluate(parse(text), EVIDENCE)


def cell(measure, unit="All", basis="headcount"):
    return f"posts[unit={unit}; measure={measure}; basis={basis}]"


def interval(low, high):
    return Interval(Fraction(str(low)), Fraction(str(high)))


def test_a_headcount_is_exact_and_an_fte_is_rounded():
    assert worked_out(cell("establishment")).interval == interval(32, 32)
    assert worked_out(cell("vacancies", basis="fte")).interval == interval(
        "6.795", "6.805"
    )
    assert worked_out(cell("vacancies", "South", "fte")).interval == interval(
        "3.5", "4.5"
    )


def test_in_a_search_noughts_at_the_end_are_taken_to_be_dropped():
    (south,) = EVIDENCE.find(parse(cell("vacancies", "South", "fte")))
    assert south.interval == interval("3.5", "4.5")
    assert south.sharp == interval("3.995", "4.005")


def test_a_quotient_and_its_working():
    result = worked_out(f"{cell('vacancies')} / {cell('establishment')}")
    assert result.working == "7 / 32"
    assert result.dimension == "quotient"
    assert result.in_per_cent() == interval("21.875", "21.875")


def test_brackets_stay_where_they_are_needed():
    text = f"({cell('establishment')} - {cell('vacancies')}) / {cell('establishment')}"
    assert worked_out(text).working == "(32 - 7) / 32"
    assert worked_out("10 - (3 - 2)").working == "10 - (3 - 2)"
    assert worked_out("10 - 3 - 2").working == "10 - 3 - 2"
    assert worked_out("2 * (3 + 4)").interval == interval(14, 14)


def test_sums_and_counts_of_rows():
    rows = "posts[part_of=All; measure=establishment]"
    assert worked_out(f"sum({rows})").working == "(12 + 20)"
    assert worked_out(f"count({rows})").interval == interval(2, 2)


def test_a_published_rate_is_in_per_cent_already():
    result = worked_out("published-rates[scope=All]")
    assert result.dimension == "per cent"
    assert result.working == "21.9%"
    assert result.in_per_cent() == interval("21.85", "21.95")


def test_a_date_may_be_bounded():
    series = frame(
        [
            {"scope": "All", "printed": "5", "as_at": f"20{n}-03-31"}
            for n in (18, 19, 20)
        ]
    )
    found = evidence(x=series).find(parse("x[scope=All; as_at>=2019; as_at<=2019-12]"))
    assert [each.as_at for each in found] == ["2019-03-31"]


def test_a_number_may_stand_in_a_column_of_a_list():
    listed = frame([{"topic": "Agencies", "number": "4"}]).drop(columns="value")
    found = evidence(terms=listed).one(parse("terms[topic=Agencies].number"))
    assert found.value == 4


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("elsewhere[unit=All]", "rests on the dataset elsewhere, which is not at hand"),
        (cell("vacancies", "South"), "no figure for vacancies .South, headcount."),
        (f"{cell('establishment')} / (7 - {cell('vacancies')})", "which may be nought"),
    ],
)
def test_what_is_not_at_hand_is_a_reason_and_not_an_error(text, reason):
    with pytest.raises(NotAtHand, match=reason):
        worked_out(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            cell("establishment", "Nort"),
            "no such row with unit=Nort; the nearest is 'North'",
        ),
        ("posts[unt=All]", "has no column 'unt'; the nearest is 'unit'"),
        (
            "posts[unit=All]",
            "matches 3 rows of posts: say which measure or basis is meant",
        ),
        ("posts[unit=All; measure=establishment].size", "has no column 'size'"),
        ("posts[unit=All; measure=establishment].nature", "'actual' is not a number"),
        ("series(posts[unit=All])", "does not come to one number"),
    ],
)
def test_what_names_no_figure_is_an_error(text, message):
    with pytest.raises(ClaimError, match=message):
        worked_out(text)


numbers = st.fractions(-50, 50, max_denominator=20)
intervals = st.tuples(numbers, numbers).map(lambda pair: Interval(min(pair), max(pair)))


@given(intervals, intervals, st.fractions(0, 1), st.fractions(0, 1))
def test_arithmetic_on_intervals_holds_every_result(first, second, a, b):
    x = first.low + a * (first.high - first.low)
    y = second.low + b * (second.high - second.low)
    assert x + y in first + second
    assert x - y in first - second
    assert x * y in first * second
    if second.low > 0 or second.high < 0:
        assert x / y in first / second
    else:
        with pytest.raises(ZeroDivisionError):
            first / second
