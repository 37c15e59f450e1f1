"""The columns of the Department's files: what each holds, by its name.

The shapes of a release: ``indicators`` (2023 and later; 32 columns), ``headline``
(2022; other names, and no starters) and ``wide`` (2015 and 2016; a column for each
measure and year). A column is found by its name, never by its place.
"""

import re
from dataclasses import dataclass
from typing import Literal

Shape = Literal["indicators", "headline", "wide"]


@dataclass(frozen=True)
class Figure:
    """What a column of figures holds.

    Attributes:
        measure: a name in measures/definitions.yaml.
        basis: headcount, fte, or not applicable to figures that are not about staff.
    """

    measure: str
    basis: str


INDICATORS = {
    "inpost_fte": Figure("in_post_dfe", "fte"),
    "inpost_headcount": Figure("in_post_dfe", "headcount"),
    "starters_fte": Figure("starters_dfe", "fte"),
    "starters_headcount": Figure("starters_dfe", "headcount"),
    "leavers_fte": Figure("leavers_dfe", "fte"),
    "leavers_headcount": Figure("leavers_dfe", "headcount"),
    "turnover_rate_fte": Figure("turnover_rate_dfe", "fte"),
    "turnover_rate_headcount": Figure("turnover_rate_dfe", "headcount"),
    "agency_fte": Figure("agency_workers_dfe", "fte"),
    "agency_headcount": Figure("agency_workers_dfe", "headcount"),
    "agency_rate_fte": Figure("agency_rate_dfe", "fte"),
    "agency_rate_headcount": Figure("agency_rate_dfe", "headcount"),
    "agency_cover_fte": Figure("agency_covering_vacancies_dfe", "fte"),
    "agency_cover_rate_fte": Figure("agency_cover_rate_dfe", "fte"),
    "vacancy_fte": Figure("vacancies_dfe", "fte"),
    "vacancy_rate_fte": Figure("vacancy_rate_dfe", "fte"),
    "vacancy_agency_cover_rate_fte": Figure("vacancies_covered_rate_dfe", "fte"),
    "case_holders_fte": Figure("case_holders_dfe", "fte"),
    "cases": Figure("cases_dfe", "not applicable"),
    "caseload_fte": Figure("average_caseload_dfe", "fte"),
    "working_days_lost_fte": Figure("days_lost_dfe", "fte"),
    "absence_rate_fte": Figure("absence_rate_dfe", "fte"),
}
"""The columns of figures of the ``indicators`` shape, in the order of the file."""

_RENAMED_IN_2023 = {
    "social_worker_fte": "inpost_fte",
    "social_worker_headcount": "inpost_headcount",
    "leaver_fte": "leavers_fte",
    "leaver_headcount": "leavers_headcount",
    "turnover_rate_fte_%": "turnover_rate_fte",
    "turnover_rate_headcount_%": "turnover_rate_headcount",
    "agency_fte": "agency_fte",
    "agency_headcount": "agency_headcount",
    "agency_worker_rate_fte_%": "agency_rate_fte",
    "agency_worker_rate_headcount_%": "agency_rate_headcount",
    "agency_cover_fte": "agency_cover_fte",
    "agency_cover_rate_fte_%": "agency_cover_rate_fte",
    "vacancy_fte": "vacancy_fte",
    "vacancy_rate_fte_%": "vacancy_rate_fte",
    "vacancy_agency_cover_rate_fte_%": "vacancy_agency_cover_rate_fte",
    "case_holders_fte": "case_holders_fte",
    "cases": "cases",
    "caseload_fte": "caseload_fte",
    "working_days_lost_fte": "working_days_lost_fte",
    "absence_rate_fte_%": "absence_rate_fte",
}

HEADLINE = {old: INDICATORS[new] for old, new in _RENAMED_IN_2023.items()}
"""The columns of figures of the 2022 release."""

_WIDE = {
    "A1_FTE_ChildrensSocialWorkers": Figure("in_post_dfe", "fte"),
    "A1_Headcount_ChildrensSocialWorkers": Figure("in_post_dfe", "headcount"),
    "CiNperCSW_FTE": Figure("children_in_need_per_worker_dfe", "fte"),
    "CiNperCSW_Headcount": Figure("children_in_need_per_worker_dfe", "headcount"),
    "B1_FTE_Starters": Figure("starters_dfe", "fte"),
    "B1_Headcount_Starters": Figure("starters_dfe", "headcount"),
    "B2_FTE_Leavers": Figure("leavers_dfe", "fte"),
    "B2_Headcount_Leavers": Figure("leavers_dfe", "headcount"),
    "B3_FTE_TurnoverRate": Figure("turnover_rate_dfe", "fte"),
    "B3_Headcount_TurnoverRate": Figure("turnover_rate_dfe", "headcount"),
    "D1_FTE_AgencyWorkers": Figure("agency_workers_dfe", "fte"),
    "D1_Headcount_AgencyWorkers": Figure("agency_workers_dfe", "headcount"),
    # The file does not say what D1a is. It never exceeds D1, and England's 3,870 in
    # 2016 stands beside 3,864.7 agency workers covering vacancies in 2017.
    "D1a_FTE_AgencyWorkers": Figure("agency_covering_vacancies_dfe", "fte"),
    "D1a_Headcount_AgencyWorkers": Figure("agency_covering_vacancies_dfe", "headcount"),
    "D2_FTE_AgencyWorkerRate": Figure("agency_rate_dfe", "fte"),
    "D2_Headcount_AgencyWorkerRate": Figure("agency_rate_dfe", "headcount"),
    "A2_FTE_Vacancies": Figure("vacancies_dfe", "fte"),
    "A3_FTE_VacancyRate": Figure("vacancy_rate_dfe", "fte"),
    "C1_FTE_Absence": Figure("days_lost_dfe", "fte"),
    "C2_FTE_AbsenceRate": Figure("absence_rate_dfe", "fte"),
    "Number_of_cases": Figure("cases_dfe_2016", "not applicable"),
    "Number_of_cases_held_by_front_line_social_workers": Figure(
        "cases_of_front_line_workers_dfe_2016", "not applicable"
    ),
    "Average_caseload": Figure("average_caseload_dfe_2016", "not stated"),
}
_WITHOUT_YEAR = {name for name in _WIDE if name.startswith(("Number_", "Average_"))}
_FIRST_INDICATORS = 2017
_HEADLINE_YEAR = 2022
_OF_A_YEAR = re.compile(r"(.+)_(20[0-9][0-9])")

AREA_COLUMNS = (
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)
"""The columns that say which area a row is about."""

WIDE_AREA_COLUMNS = {
    "Country_code": "country_code",
    "Country_name": "country_name",
    "Region_code": "region_code",
    "Region_name": "region_name",
    "LA_code (3 digit)": "old_la_code",
    "LA_code (9 digit)": "new_la_code",
    "LA_name": "la_name",
}
"""How the wide files call them; the level follows from which of them are filled."""

SYMBOLS = {
    "c": "c",
    "x": "x",
    "z": "z",
    "u": "u",
    "low": "k",
    "k": "k",
    "~": "k",
    "-": "k",
    ":": "x",
    "..": "x",
    ".": "z",
}
"""The symbols that stand in a number's place, and the status letter of each.

The Department's guidance gives c, x, z, u and low; ``:`` was "not available" to 2021.
The files of 2015 and 2016 have no key: their ``-`` stands where a figure rounds to
nought (200 days lost by 223 workers), ``.`` fills the row of a council whose figures
are in another's return, and ``..`` and ``x`` stand for what is not published, ``x``
seemingly where a number is small.
"""


def shape_of(columns: list[str]) -> Shape | None:
    """Which shape of release has these columns; None if it is none of them."""
    if "inpost_fte" in columns:
        return "indicators"
    if "social_worker_fte" in columns:
        return "headline"
    if any(name.startswith("A1_FTE_ChildrensSocialWorkers_") for name in columns):
        return "wide"
    return None


def column_of(release: str, measure: str, basis: str) -> str:
    """Under which heading a release has a figure; "" if it does not have it."""
    figure = Figure(measure, basis)
    year = int(release)
    names = _WIDE if year < _FIRST_INDICATORS else INDICATORS
    if year == _HEADLINE_YEAR:
        names = HEADLINE
    found = next((name for name, held in names.items() if held == figure), "")
    has_year = names is _WIDE and found not in _WITHOUT_YEAR
    return f"{found}_{release}" if found and has_year else found


def wide_figures(columns: list[str]) -> tuple[dict[str, Figure], int]:
    """The columns of figures in a wide file that are read, and the file's year."""
    year = 0
    found = {}
    for column in columns:
        match = _OF_A_YEAR.fullmatch(column)
        name = match[1] if match else column
        if name in _WIDE:
            found[column] = _WIDE[name]
            year = int(match[2]) if match else year
    return found, year
