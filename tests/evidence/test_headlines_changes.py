"""What changed is said in the right unit, and small numbers as what they are."""

import pytest

from scrutiny_pack.evidence.headlines.changes import count_change, rate_change, when
from scrutiny_pack.evidence.headlines.titles import first_that_fits


def at(as_at: str, value: float) -> dict[str, object]:
    return {"value": value, "as_at": as_at}


def test_a_rate_changes_in_percentage_points():
    sentence = rate_change("The rate", at("2016-03-31", 20.21), at("2016-07-31", 26.73))
    assert sentence == (
        "The rate rose by 6.52 percentage points, from 20.21% at 31 March 2016 to "
        "26.73% at 31 July 2016."
    )


def test_a_computed_rate_has_one_decimal():
    sentence = rate_change("The rate", at("2015", 200 / 7), at("2016", 20))
    assert sentence == (
        "The rate fell by 8.6 percentage points, from 28.6% in 2015 to 20.0% in 2016."
    )


def test_a_count_changes_in_per_cent():
    sentence = count_change(
        "Agency workers", at("2017-10", 38), at("2019-01-21", 18), "worker", "workers"
    )
    assert sentence == (
        "Agency workers fell by 20 workers (52.6 per cent), from 38 in October 2017 to "
        "18 at 21 January 2019."
    )


@pytest.mark.parametrize(
    ("after", "words"),
    [(31, "rose by one worker, from 30"), (28, "fell by two workers, from 30")],
)
def test_a_change_of_one_or_two_people_says_so(after, words):
    sentence = count_change(
        "Staff", at("2015", 30), at("2016", after), "worker", "workers"
    )
    assert words in sentence
    assert "per cent" not in sentence


def test_no_percentage_is_made_from_a_number_under_ten():
    sentence = count_change("Staff", at("2015", 4), at("2016", 9), "worker", "workers")
    assert sentence == "Staff rose by 5 workers, from 4 in 2015 to 9 in 2016."


def test_no_change_says_so():
    assert count_change("Staff", at("2015", 4), at("2016", 4), "worker", "workers") == (
        "Staff did not change: 4 in 2015 and in 2016."
    )
    assert rate_change("The rate", at("2015", 10.01), at("2016", 10.01)) == (
        "The rate did not change: 10.01% in 2015 and in 2016."
    )


def test_nothing_is_said_of_what_is_not_known():
    unknown = at("2015", float("nan"))
    assert rate_change("The rate", unknown, at("2016", 1)) == ""
    assert count_change("Staff", at("2016", 1), unknown, "worker", "workers") == ""


def test_dates_in_a_sentence():
    assert when("2016-07-31") == "at 31 July 2016"
    assert when("2013-03") == "in March 2013"


def test_a_title_falls_back_to_a_shorter_one():
    assert first_that_fits("one " * 16, "", "short enough") == "short enough"
    with pytest.raises(ValueError, match="no title"):
        first_that_fits("one " * 16)
