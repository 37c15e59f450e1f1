"""The DfE's measures of the workforce, worked out from a return's records.

Pure functions: a frame of workers goes in (see
[`census_workers`][scrutiny_pack.imports.census_workers]), numbers of people and sums
come out. Nothing of it is protected yet: that is for `disclosure`, before anything is
shown or written.

Definitions: DfE, "Children's social work workforce", methodology. Where it is silent,
the docstring says what this project takes.
"""

from calendar import isleap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from scrutiny_pack.imports.census_fields import codes
from scrutiny_pack.imports.census_workers import (
    AGES,
    NOT_STATED,
    SERVICE,
    Band,
    band_of,
)

CASES: tuple[Band, ...] = (
    ("No cases", 0, 1),
    ("1 to 5 cases", 1, 6),
    ("6 to 10 cases", 6, 11),
    ("11 to 15 cases", 11, 16),
    ("16 to 20 cases", 16, 21),
    ("21 to 25 cases", 21, 26),
    ("26 to 30 cases", 26, 31),
    ("31 cases and over", 31, None),
)
"""Bands of cases, each with its fewest and the number after its most."""

WORKING_DAYS = 253
"""Working days in a year by which the DfE's absence rates reproduce; 254 in a year with
29 February."""


@dataclass(frozen=True)
class Group:
    """Some people, and how much work they are.

    Attributes:
        headcount: how many persons.
        fte: their full-time equivalents.
    """

    headcount: int
    fte: float


@dataclass(frozen=True)
class Sums:
    """What adds up over people, or was given for the council as a whole.

    Attributes:
        cases: cases held on the reference date by those in post and agency workers.
        case_holders_fte: FTE of the records with a case and an FTE above nought.
        caseloads: the cases of each person who holds any, in no order that means
            anything; for protection only.
        days_lost: working days lost to sickness in the year by those in post.
        absences: the days of each person who lost any, likewise.
        without_days: how many of those in post have no such figure.
        vacancies_fte, cover_fte, cover_headcount: as the council gave them, or None.
    """

    cases: int
    case_holders_fte: float
    caseloads: tuple[float, ...]
    days_lost: float
    absences: tuple[float, ...]
    without_days: int
    vacancies_fte: float | None
    cover_fte: float | None
    cover_headcount: int | None

    def __repr__(self) -> str:
        """Nothing of what it holds."""
        return "<sums, not shown>"


def in_post(frame: pd.DataFrame) -> pd.DataFrame:
    """Those employed on the reference date, one row for each person.

    Of several records of a person the most senior role is kept (DfE); the FTE, cases
    and days of all of them stand beside it, for FTE is not de-duplicated (DfE).
    """
    return _one_row_each(frame[frame["in_post"]], "person")


def starters(frame: pd.DataFrame) -> pd.DataFrame:
    """Those in post who began in the census year, one row for a person and start."""
    return _one_row_each(frame[frame["started"]], "spell")


def leavers(frame: pd.DataFrame) -> pd.DataFrame:
    """Those who left in the census year, one row for a person and leaving date.

    ``fte`` is their FTE of a year before: on the reference date they have none.
    """
    left = frame[frame["left"]]
    return _one_row_each(left.assign(fte=left["fte_before"].fillna(0.0)), "spell")


def agency(frame: pd.DataFrame) -> pd.DataFrame:
    """Agency workers on the reference date, one row for a record: DfE."""
    return frame[frame["agency"]]


def workers(frame: pd.DataFrame) -> pd.DataFrame:
    """Those in post and agency workers together, with the band of their ``caseload``."""
    both = pd.concat([in_post(frame), agency(frame)], ignore_index=True)
    bands = [band_of(number, CASES) for number in both["cases"]]
    return both.assign(caseload=pd.Series(bands, both.index, dtype="str"))


def group(people: pd.DataFrame) -> Group:
    """How many people there are, and their FTE."""
    return Group(len(people), float(people["fte"].sum()))


def by(people: pd.DataFrame, column: str) -> dict[str, Group]:
    """People by one of their columns.

    Returns:
        For each group of the column, with people in it or not, how many and their
        FTE; "not stated" only where somebody is in it.
    """
    found = {name: group(rows) for name, rows in people.groupby(column, sort=False)}
    made = {name: found.get(name, Group(0, 0.0)) for name in groups_of(column)}
    if NOT_STATED in found:
        made[NOT_STATED] = found[NOT_STATED]
    return made


def groups_of(column: str) -> Sequence[str]:
    """The groups that a column of people takes, in the order in which they are shown."""
    bands = {"age": AGES, "service": SERVICE, "caseload": CASES}
    if column in bands:
        return [name for name, _, _ in bands[column]]
    return list(codes(column))


def sums(frame: pd.DataFrame, la_level: Mapping[str, Any]) -> Sums:
    """What adds up over people, and what was given for the council as a whole.

    The DfE does not say whose days are lost; those of leavers are left out here, as
    the rate is one of those in post.

    Args:
        frame: a frame of workers.
        la_level: the fields of the council as a whole.
    """
    records = frame[frame["in_post"] | frame["agency"]]
    holding = records[(records["cases"] >= 1) & (records["fte"] > 0)]
    employed = in_post(frame)
    caseloads = workers(frame)["cases"]
    absences = employed["days_lost"]
    return Sums(
        cases=int(records["cases"].sum()),
        case_holders_fte=float(holding["fte"].sum()),
        caseloads=tuple(caseloads[caseloads > 0]),
        days_lost=float(absences.sum()),
        absences=tuple(absences[absences > 0]),
        without_days=int(absences.isna().sum()),
        vacancies_fte=la_level.get("NumberOfVacancies"),
        cover_fte=la_level.get("NoAgencyFTE"),
        cover_headcount=la_level.get("NoAgencyHeadcount"),
    )


def working_days(year: int) -> int:
    """The working days in the census year that ends in a year."""
    return WORKING_DAYS + isleap(year)


def _one_row_each(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """One row for each value of a key: the most senior role, and the sums of all."""
    seniority = rows["role"].replace(NOT_STATED, "9")
    ordered = rows.assign(seniority=seniority).sort_values("seniority", kind="stable")
    grouped = ordered.groupby(key, sort=False)
    kept = grouped.first().drop(columns="seniority")
    for column in ("fte", "fte_before", "cases", "days_lost"):
        kept[column] = grouped[column].sum(min_count=1)
    return kept.reset_index()
