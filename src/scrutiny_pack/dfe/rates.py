"""How the Department works out each rate that it publishes, from what it publishes."""

from calendar import isleap
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from scrutiny_pack.dfe.columns import Shape
from scrutiny_pack.dfe.reading import ReleaseData

Key = tuple[str, str]
"""A measure and its basis."""

WORKING_DAYS = 253
"""Working days in a year, by which the Department's absence rates reproduce."""

_LEAP_DAYS_COUNT_FROM = 2017  # the rates of 2016 reproduce with 253 days


@dataclass(frozen=True)
class Rate:
    """A published rate and its components.

    Attributes:
        key: the rate.
        part: what it counts.
        other: what it is counted against, or with.
        counted: ``against`` for part / other, ``with`` for part / (part + other).
        per_cent: whether it is per hundred; an average is not.
        of_days: whether the other is multiplied by the working days in the year.
    """

    key: Key
    part: Key
    other: Key
    counted: Literal["against", "with"] = "against"
    per_cent: bool = True
    of_days: bool = False


RATES = (
    Rate(("turnover_rate_dfe", "fte"), ("leavers_dfe", "fte"), ("in_post_dfe", "fte")),
    Rate(
        ("turnover_rate_dfe", "headcount"),
        ("leavers_dfe", "headcount"),
        ("in_post_dfe", "headcount"),
    ),
    Rate(
        ("agency_rate_dfe", "fte"),
        ("agency_workers_dfe", "fte"),
        ("in_post_dfe", "fte"),
        "with",
    ),
    Rate(
        ("agency_rate_dfe", "headcount"),
        ("agency_workers_dfe", "headcount"),
        ("in_post_dfe", "headcount"),
        "with",
    ),
    Rate(
        ("agency_cover_rate_dfe", "fte"),
        ("agency_covering_vacancies_dfe", "fte"),
        ("agency_workers_dfe", "fte"),
    ),
    Rate(
        ("vacancy_rate_dfe", "fte"),
        ("vacancies_dfe", "fte"),
        ("in_post_dfe", "fte"),
        "with",
    ),
    Rate(
        ("vacancies_covered_rate_dfe", "fte"),
        ("agency_covering_vacancies_dfe", "fte"),
        ("vacancies_dfe", "fte"),
    ),
    Rate(
        ("average_caseload_dfe", "fte"),
        ("cases_dfe", "not applicable"),
        ("case_holders_dfe", "fte"),
        per_cent=False,
    ),
    Rate(
        ("absence_rate_dfe", "fte"),
        ("days_lost_dfe", "fte"),
        ("in_post_dfe", "fte"),
        of_days=True,
    ),
)
"""The nine rates that can be worked out again from published components."""


def working_days(as_at: str) -> int:
    """The working days in the year to a date: one more where it has a 29 February."""
    year = int(as_at[:4])
    return WORKING_DAYS + (isleap(year) and year >= _LEAP_DAYS_COUNT_FROM)


def half_steps(data: ReleaseData) -> "pd.Series[float]":
    """Half of the step that each figure of a release was rounded to."""
    figures = data.figures
    is_rate = figures["measure"].str.contains("_rate_|average|_per_worker")
    is_whole = (figures["basis"] == "headcount") | figures["measure"].str.startswith(
        "cases_"
    )
    is_local = figures["level"] == "Local authority"
    half = pd.Series(0.05, index=figures.index).mask(is_whole, 0.0)
    if data.shape == "wide":
        half = half.mask(~is_local, 5.0)
    half = half.mask(is_rate, 0.05)
    if _whole_per_cent(data.shape, data.release):
        half = half.mask(is_rate, 0.5)
        half = half.mask(figures["measure"] == "days_lost_dfe", 5.0)
    return half


def _whole_per_cent(shape: Shape, release: str) -> bool:
    """Whether rates are whole numbers and days are rounded to ten: the 2015 file."""
    return shape == "wide" and release == "2015"
