"""Columns that only checks see."""

import math

import pandas as pd
import pytest

from scrutiny_pack.inputs.check_columns import CHECK_COLUMNS, about, with_check_columns
from scrutiny_pack.inputs.schemas import dataset_names, dataset_schema
from scrutiny_pack.periods import Period

from .small_tables import table

SCOPE = "scope | span | measure | as_at | span_from | value | low | high\n"


def turnover(row: str, report: str | None = "2016-09-06") -> pd.Series:
    frame = table(
        "turnover", f"{SCOPE}all | not stated | turnover_rate_published | {row}"
    )
    date = Period.parse(report) if report else None
    checked = with_check_columns(frame, dataset_schema("turnover"), date)
    return checked.loc[2, [name for name in checked if name in CHECK_COLUMNS]]


@pytest.mark.parametrize(
    ("numbers", "lowest", "highest", "fraction"),
    [
        ("3 | | ", 3, 3, 0),
        ("2.5 | | ", 2.5, 2.5, 0.5),
        ("-2.5 | | ", -2.5, -2.5, 0.5),
        ("12 | 10 | 15", 10, 15, 0),
        (" | 10 | 15.5", 10, 15.5, 0.5),
    ],
)
def test_the_ends_of_a_figure_and_its_fraction(numbers, lowest, highest, fraction):
    checked = turnover(f"2016-07-31 | | {numbers}")
    assert checked["lowest"] == lowest
    assert checked["highest"] == highest
    assert checked["value_fraction"] == fraction


@pytest.mark.parametrize(
    ("as_at", "report", "days"),
    [
        ("2016-07-31", "2016-09-06", 0),
        ("2016-09-06", "2016-09-06", 0),
        ("2016-09-08", "2016-09-06", 2),
        ("2016-09-08", "2016-09", 0),  # the report may be of the last day of September
        ("2016", "2016-09-06", 0),  # the figure may be of the first day of the year
        ("2017", "2016-12", 1),
    ],
)
def test_days_after_the_report(as_at, report, days):
    assert turnover(f"{as_at} | | 3 | | ", report)["days_after_report"] == days


def test_no_days_after_a_report_whose_date_is_not_stated():
    assert math.isnan(turnover("2016 | | 3 | | ", None)["days_after_report"])


@pytest.mark.parametrize(
    ("as_at", "span_from", "days"),
    [
        ("2016-03-31", "2015-04-01", 366),
        ("2016-07-31", "2016-04-01", 122),
        ("2005", "2005", 365),
        ("2016-03-31", "2016-04-01", 0),
    ],
)
def test_days_of_a_stretch_of_time(as_at, span_from, days):
    assert turnover(f"{as_at} | {span_from} | 3 | | ")["span_days"] == days


def test_no_days_of_a_stretch_without_a_beginning():
    assert math.isnan(turnover("2016 | | 3 | | ")["span_days"])


def test_which_column_a_message_names():
    evidence, posts = dataset_schema("evidence-taken"), dataset_schema("posts")
    assert about("lowest", posts) == "value"
    assert about("days_after_report", posts) == "as_at"
    assert about("days_after_report", evidence) == "date"
    assert about("participants", evidence) == "participants"


def test_no_dataset_has_a_column_of_that_name_itself():
    for name in dataset_names():
        assert not set(CHECK_COLUMNS) & set(dataset_schema(name).column_names)
