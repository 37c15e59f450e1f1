"""A period is an interval; the latest is the one that ends last."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny_pack.errors import PeriodError
from scrutiny_pack.periods import Period


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        ("2005", date(2005, 1, 1), date(2005, 12, 31), "2005"),
        ("2013-03", date(2013, 3, 1), date(2013, 3, 31), "March 2013"),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "February 2012"),
        ("2005-12", date(2005, 12, 1), date(2005, 12, 31), "December 2005"),
        ("2016-07-31", date(2016, 7, 31), date(2016, 7, 31), "31 July 2016"),
        ("2022-W10", date(2022, 3, 7), date(2022, 3, 13), "week 10 of 2022"),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3), "week 53 of 2020"),
    ],
)
def test_a_period_is_the_interval_that_its_text_stands_for(text, start, end, words):
    period = Period.parse(text)
    assert (period.start, period.end, period.in_words) == (start, end, words)
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    ["", "16", "2016-7", "2016-13", "2016-00", "2016-02-30", "2016-07-31T00:00",
     "31/07/2016", "2021-W53", "2022-W00", "July 2016", " 2016", "2016-W1"],
)  # fmt: skip
def test_what_is_not_a_date_of_these_forms_is_refused_in_plain_words(text):
    with pytest.raises(PeriodError, match="is not a period: write a year"):
        Period.parse(text)


def test_the_latest_period_is_the_one_that_ends_last_not_the_one_that_sorts_last():
    texts = ["2016-07-31", "2016", "2016-W30", "2016-08"]
    assert max(map(Period.parse, texts)).text == "2016"
    assert max(texts) != "2016"


def test_of_two_that_end_on_one_day_the_shorter_is_the_later():
    assert max(Period.parse("2016"), Period.parse("2016-12-31")).text == "2016-12-31"
    assert max(Period.parse("2016-12"), Period.parse("2016")).text == "2016-12"


def test_a_period_contains_those_that_lie_wholly_within_it():
    assert Period.parse("2016-07-31") in Period.parse("2016-07")
    assert Period.parse("2016-07") not in Period.parse("2016-07-31")
    assert Period.parse("2020-W53") not in Period.parse("2020")


days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(days)
def test_every_day_reads_back(day):
    period = Period.parse(day.isoformat())
    assert period.start == period.end == day


@given(days)
def test_every_week_is_seven_days_from_a_monday(day):
    year, week, _ = day.isocalendar()
    period = Period.parse(f"{year}-W{week:02d}")
    assert period.start.isoweekday() == 1
    assert period.end - period.start == timedelta(days=6)
    assert period.start <= day <= period.end
