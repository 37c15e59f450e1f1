"""The DfE's measures on small returns, worked out by hand."""

import math
from itertools import pairwise

import pandas as pd
import pytest

from scrutiny_pack.imports import census_measures as measures
from scrutiny_pack.imports.census_figures import protected
from scrutiny_pack.imports.census_workers import (
    AGES,
    COLUMNS,
    NOT_STATED,
    SERVICE,
    band_of,
    worker_frame,
)
from scrutiny_pack.imports.disclosure import Control
from tests.census.returns import a_return, agency, employed, leaver, starter


def frame(*workers) -> pd.DataFrame:
    return worker_frame(a_return(workers))


def headcounts(table) -> dict[str, int]:
    return {code: group.headcount for code, group in table.items() if group.headcount}


# --- A row for each record ------------------------------------------------------------------


def test_a_frame_has_no_number_and_no_birth_date():
    made = frame(employed(1), starter(2), leaver(3), agency(4))

    assert list(made.columns) == list(COLUMNS)
    assert not {"SWENo", "PersonBirthDate", "Ethnicity", "Sex"} & set(made.columns)
    told = made.to_csv()
    assert "EX00" not in told
    assert "1985" not in told


def test_who_is_in_post_started_and_left():
    made = frame(
        employed(1),
        starter(2),
        leaver(3),
        leaver(4, RoleEndDate="2025-09-30"),  # the last day: has left
        employed(5, RoleEndDate="2025-10-01"),  # leaves after it: still in post
        leaver(6, RoleEndDate="2024-09-30"),  # left before the year
        leaver(7, RoleStartDate="2024-10-01"),  # began and left in the year: neither
        starter(8, RoleStartDate="2024-10-01"),  # the first day
        starter(9, RoleStartDate="2024-09-30"),  # the day before it
        agency(10),
    )

    assert list(made.index[made["in_post"]] + 1) == [1, 2, 5, 8, 9]
    assert list(made.index[made["started"]] + 1) == [2, 8]
    assert list(made.index[made["left"]] + 1) == [3, 4]
    assert list(made.index[made["agency"]] + 1) == [10]


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("1995-10-01", "Under 30"),
        ("1995-09-30", "30 to 39"),
        ("1965-10-01", "50 to 59"),
        ("1965-09-30", "60 and over"),
        ("2020-01-01", NOT_STATED),
        ("1910-01-01", NOT_STATED),
        ("2030-01-01", NOT_STATED),
        ("", NOT_STATED),
    ],
)
def test_age_is_that_of_the_reference_date(born, age):
    assert frame(employed(1, PersonBirthDate=born))["age"][0] == age


def test_a_leaver_s_age_and_service_are_those_of_the_day_of_leaving():
    made = frame(
        leaver(1, PersonBirthDate="1995-09-30", RoleStartDate="2023-09-30"),
        employed(2, PersonBirthDate="1995-09-30", RoleStartDate="2023-09-30"),
    )

    assert list(made["age"]) == ["Under 30", "30 to 39"]
    assert list(made["service"]) == ["1 to 2 years", "2 to 5 years"]


def test_a_year_in_service_begins_with_the_census_year():
    dates = ["2024-10-01", "2024-09-30", "2005-10-01", "2005-09-30", "2025-10-01", ""]

    made = frame(*(employed(n, RoleStartDate=day) for n, day in enumerate(dates)))

    assert list(made["service"]) == [
        "Under 1 year", "1 to 2 years", "10 to 20 years", "20 years and over",
        NOT_STATED, NOT_STATED,
    ]  # fmt: skip


@pytest.mark.parametrize("bands", [AGES, SERVICE, measures.CASES])
def test_bands_have_neither_gap_nor_overlap(bands):
    for (_, _, after), (_, first, _) in pairwise(bands):
        assert after == first
    assert bands[0][1] == 0
    assert bands[-1][2] is None
    assert band_of(math.nan, bands) == band_of(None, bands) == NOT_STATED


# --- Persons ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "persons"),
    [
        ({}, 1),
        ({"SWENo": "ex0000000001"}, 1),
        ({"SWENo": "EX0000000002"}, 2),
        ({"PersonBirthDate": "1985-06-16"}, 2),
        ({"Sex": "M"}, 2),
        ({"Ethnicity": "WIRI"}, 2),
        ({"OrgRole": "4", "RoleStartDate": "2020-01-01"}, 1),
    ],
)
def test_a_person_is_number_birth_date_sex_and_ethnicity(changed, persons):
    made = frame(employed(1, FTE="0.5"), employed(1, **{"FTE": "0.5", **changed}))

    assert len(measures.in_post(made)) == persons
    assert measures.group(measures.in_post(made)).fte == 1.0


def test_a_person_with_two_posts_counts_once_in_the_senior_one_and_with_both_ftes():
    made = frame(
        employed(1, FTE="0.6", OrgRole="5", Cases30="9"),
        employed(1, FTE="0.4", OrgRole="3", Cases30="2"),
        employed(2),
    )

    people = measures.in_post(made)

    assert headcounts(measures.by(people, "role")) == {"3": 1, "5": 1}
    assert measures.by(people, "role")["3"].fte == pytest.approx(1.0)
    assert headcounts(measures.by(measures.workers(made), "caseload")) == {
        "11 to 15 cases": 2
    }


def test_starters_and_leavers_are_also_told_apart_by_their_date():
    made = frame(
        starter(1, RoleStartDate="2025-02-03"),
        starter(1, RoleStartDate="2025-02-03"),
        starter(1, RoleStartDate="2025-03-03"),
        leaver(2, RoleEndDate="2025-02-03"),
        leaver(2, RoleEndDate="2025-04-03"),
    )

    assert len(measures.starters(made)) == 2
    assert len(measures.leavers(made)) == 2
    assert len(measures.in_post(made)) == 1


def test_each_agency_record_is_a_person():
    made = frame(agency(1), agency(1))

    assert measures.group(measures.agency(made)).headcount == 2


def test_the_key_that_tells_persons_apart_is_new_each_time_and_changes_nothing():
    census = a_return([employed(1), employed(1), employed(2), leaver(3)])

    frames = [worker_frame(census), worker_frame(census), worker_frame(census, b"key")]

    assert all(made.equals(frames[0]) for made in frames)


# --- Sums and rates ---------------------------------------------------------------------------


def test_leavers_count_with_the_fte_of_a_year_before():
    made = frame(leaver(1, FTE30="0.8"), leaver(2, FTE30="0.5"), leaver(3, FTE30=""))

    assert measures.group(measures.leavers(made)) == measures.Group(3, 1.3)


def test_sums_are_those_of_the_dfe():
    made = frame(
        employed(1, Cases30="10", FTE="0.5", WorkingDaysLost="3"),
        employed(2, Cases30="0", WorkingDaysLost="7.5"),
        employed(3, Cases30="8", FTE="0", WorkingDaysLost=""),
        agency(4, Cases30="20"),
        leaver(5, WorkingDaysLost="60"),
    )

    added = measures.sums(made, {"NumberOfVacancies": 4.0})

    assert added.cases == 38
    assert added.case_holders_fte == 1.5  # without the one who works no hours
    assert sorted(added.caseloads) == [8, 10, 20]
    assert added.days_lost == 10.5  # without the leaver's
    assert added.without_days == 1
    assert (added.vacancies_fte, added.cover_fte) == (4.0, None)


@pytest.mark.parametrize(("year", "days"), [(2020, 254), (2023, 253), (2024, 254)])
def test_a_year_with_29_february_has_a_working_day_more(year, days):
    assert measures.working_days(year) == days


def big_return():
    """40 in post (10 of them new), 8 who left, 10 from an agency."""
    return [
        *(employed(n) for n in range(1, 21)),
        *(employed(n, FTE="0.5", OrgRole="4", Cases30="0") for n in range(21, 31)),
        *(starter(n) for n in range(31, 41)),
        *(leaver(n, FTE30="0.5") for n in range(41, 49)),
        *(agency(n) for n in range(51, 61)),
    ]


def test_every_figure_of_the_whole_is_that_of_the_dfe_s_formulae():
    made, exact = protected(
        frame(*big_return()), {"NumberOfVacancies": 15.0, "NoAgencyFTE": 9.0,
                               "NoAgencyHeadcount": 10}, 2025, Control()
    )  # fmt: skip

    values = {(f.measure, f.basis): f.value for f in made.whole}
    assert values == {
        ("in_post_dfe", "headcount"): 40,
        ("in_post_dfe", "fte"): 35,
        ("starters_dfe", "headcount"): 10,
        ("starters_dfe", "fte"): 10,
        ("leavers_dfe", "headcount"): 8,
        ("leavers_dfe", "fte"): 4,
        ("turnover_rate_dfe", "headcount"): 20,
        ("turnover_rate_dfe", "fte"): 11.4,
        ("agency_workers_dfe", "headcount"): 10,
        ("agency_workers_dfe", "fte"): 10,
        ("agency_rate_dfe", "headcount"): 20,
        ("agency_rate_dfe", "fte"): 22.2,
        ("agency_covering_vacancies_dfe", "headcount"): 10,
        ("agency_covering_vacancies_dfe", "fte"): 9,
        ("agency_cover_rate_dfe", "fte"): 90,
        ("vacancies_dfe", "fte"): 15,
        ("vacancy_rate_dfe", "fte"): 30,
        ("vacancies_covered_rate_dfe", "fte"): 60,
        ("case_holders_dfe", "headcount"): 40,
        ("case_holders_dfe", "fte"): 40,
        ("cases_dfe", "not applicable"): 30 * 15 + 10 * 18,
        ("average_caseload_dfe", "fte"): 15.8,
        ("days_lost_dfe", "fte"): 160,
        ("absence_rate_dfe", "fte"): 1.8,
    }
    assert exact["turnover_rate_dfe", "fte"] == pytest.approx(100 * 4 / 35)
    assert exact["absence_rate_dfe", "fte"] == pytest.approx(100 * 160 / (35 * 253))


def figures(*workers, control=None, **council):
    level = {
        "NumberOfVacancies": 15.0, "NoAgencyFTE": 9.0, "NoAgencyHeadcount": 10, **council,
    }  # fmt: skip
    level = {name: value for name, value in level.items() if value is not None}
    made, _ = protected(frame(*workers), level, 2025, control or Control())
    return {(f.measure, f.basis): f for f in made.whole}, made


def test_a_few_leavers_hide_their_rate_and_the_starters_who_would_give_them_away():
    workers = [w for w in big_return() if w.get("RoleEndDate") is None]
    workers += [leaver(n) for n in range(41, 45)]

    whole, made = figures(*workers)

    for measure in ("leavers_dfe", "turnover_rate_dfe", "starters_dfe"):
        for basis in ("headcount", "fte"):
            assert whole[measure, basis].value is None
            assert whole[measure, basis].status == "c"
    assert whole["in_post_dfe", "headcount"].value == 40
    service = [
        r for r in made.rows if r.breakdown.title == "In post by time in service"
    ]
    assert {r.code for r in service if r.figures[0].status == "c"} >= {"Under 1 year"}


def test_a_few_agency_workers_hide_all_that_rests_on_them():
    workers = [w for w in big_return() if w["AgencyWorker"] == "0"]

    whole, made = figures(*workers, *(agency(n) for n in range(51, 54)), NoAgencyFTE=2.0,
                          NoAgencyHeadcount=2)  # fmt: skip

    hidden = {key for key, figure in whole.items() if figure.status == "c"}
    assert hidden >= {
        ("agency_workers_dfe", "headcount"),
        ("agency_workers_dfe", "fte"),
        ("agency_rate_dfe", "fte"),
        ("agency_covering_vacancies_dfe", "fte"),
        ("agency_cover_rate_dfe", "fte"),
        ("vacancies_covered_rate_dfe", "fte"),
    }
    assert whole["vacancy_rate_dfe", "fte"].value == 30
    bands = [row for row in made.rows if row.breakdown.title == "Workers by cases held"]
    assert bands[0].figures[0].status == "c"  # 40 of them are employed


def test_the_few_who_cover_no_vacancy_are_not_told_by_subtraction():
    whole, _ = figures(*big_return(), NoAgencyFTE=8.0, NoAgencyHeadcount=8)

    assert whole["agency_workers_dfe", "headcount"].value == 10
    assert whole["agency_covering_vacancies_dfe", "headcount"].status == "c"
    assert whole["agency_cover_rate_dfe", "fte"].status == "c"


@pytest.mark.parametrize(
    ("council", "key", "status"),
    [
        ({"NumberOfVacancies": None}, ("vacancy_rate_dfe", "fte"), "x"),
        ({"NumberOfVacancies": None}, ("vacancies_dfe", "fte"), "x"),
        ({"NoAgencyFTE": None, "NoAgencyHeadcount": None},
         ("agency_cover_rate_dfe", "fte"), "x"),
        ({"NumberOfVacancies": 0.0}, ("vacancies_covered_rate_dfe", "fte"), "z"),
        ({"NumberOfVacancies": 8.0}, ("vacancies_covered_rate_dfe", "fte"), "x u"),
        ({"NoAgencyFTE": 10.5}, ("agency_cover_rate_dfe", "fte"), "x u"),
        ({"NumberOfVacancies": 9.5, "NoAgencyFTE": 9.0},
         ("vacancies_covered_rate_dfe", "fte"), "x u"),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_made_says_why(council, key, status):
    whole, _ = figures(*big_return(), **council)

    assert (whole[key].value, whole[key].status) == (None, status)
    assert whole[key].note.endswith(".")


def test_a_sum_that_is_mostly_one_person_s_is_hidden():
    days = [w | ({"WorkingDaysLost": "0"} if "WorkingDaysLost" in w else {})
            for w in big_return()]  # fmt: skip
    few = [w | {"WorkingDaysLost": "5"} for w in days[:5]] + days[5:]
    one = [w | {"WorkingDaysLost": "5"} for w in days[:9]] + days[9:]
    one[0] = one[0] | {"WorkingDaysLost": "200"}

    for workers in (few, one):
        whole, _ = figures(*workers)
        assert whole["days_lost_dfe", "fte"].status == "c"
        assert whole["absence_rate_dfe", "fte"].status == "c"
    whole, _ = figures(*days)
    assert whole["days_lost_dfe", "fte"].value == 0


def test_a_step_of_rounding_rounds_numbers_of_people_and_makes_rates_of_them():
    whole, made = figures(*big_return(), control=Control(step=5))

    left = whole["leavers_dfe", "headcount"]
    assert (left.value, left.status) == (10, "e")
    assert left.note == "Rounded to the nearest 5."
    rate = whole["turnover_rate_dfe", "headcount"]
    assert rate.value == 25  # 10 of 40, not 8
    assert rate.note == "Made of figures rounded to the nearest 5."
    assert whole["vacancies_dfe", "fte"].value == 15
    for row in made.rows:
        for figure in row.figures:
            assert figure.value is None or figure.value % 5 == 0


def test_missing_days_are_said_to_be_missing():
    workers = [*big_return()[:-1], employed(70, WorkingDaysLost="")]

    whole, _ = figures(*workers)

    assert "no figure of days lost" in whole["absence_rate_dfe", "fte"].note
    assert whole["in_post_dfe", "fte"].note == ""


def test_the_range_of_cases_leaves_out_persons_and_hidden_bands():
    workers = [
        *(employed(n, Cases30=str(12 + n % 4)) for n in range(1, 41)),
        *(employed(n, Cases30="17") for n in range(41, 61)),
        employed(61, Cases30="31"),
    ]

    _, made = figures(*workers)

    # 31 and over is hidden, and 16 to 20 with it: 12 to 15 are left, ten of each.
    assert made.range_of_cases == (12, 15)


def test_an_empty_group_gives_noughts():
    whole, made = figures(*(employed(n) for n in range(1, 31)), NoAgencyFTE=0.0,
                          NoAgencyHeadcount=0)  # fmt: skip

    assert whole["leavers_dfe", "headcount"].value == 0
    assert whole["turnover_rate_dfe", "headcount"].value == 0
    assert whole["agency_rate_dfe", "fte"].value == 0
    assert whole["agency_cover_rate_dfe", "fte"].status == "z"
    assert made.hidden > 0


def test_starters_and_those_in_post_for_under_a_year_are_hidden_together():
    """They differ by one who began twice; what hides the ones hides the others."""
    workers = [
        *(employed(n) for n in range(1, 31)),
        *(employed(n, RoleStartDate="2010-01-04") for n in range(31, 51)),
        *(starter(n) for n in range(51, 56)),
        starter(55, RoleStartDate="2025-06-02", FTE="0"),
    ]
    assert len(measures.starters(frame(*workers))) == 6
    assert headcounts(measures.by(measures.in_post(frame(*workers)), "service")) == {
        "Under 1 year": 5, "5 to 10 years": 30, "10 to 20 years": 20,
    }  # fmt: skip

    whole, made = figures(*workers)

    assert whole["starters_dfe", "headcount"].status == "c"
    service = {
        row.code: row.figures[0].value
        for row in made.rows
        if row.breakdown.title == "In post by time in service"
    }
    assert service["Under 1 year"] is None


def test_no_band_of_cases_is_given_where_the_sum_of_cases_would_tell_it():
    workers = [
        *(employed(n, Cases30="1") for n in range(1, 8)),
        employed(8, Cases30="26"),
        *(employed(n, Cases30="8") for n in range(9, 15)),
    ]

    whole, made = figures(*workers)

    bands = {
        row.unit: row.figures[0].status
        for row in made.rows
        if row.breakdown.title == "Workers by cases held" and row.code
    }
    assert bands.pop("No cases") == ""
    assert set(bands.values()) == {"c"}
    assert whole["cases_dfe", "not applicable"].value == 7 + 26 + 48
    assert made.range_of_cases is None


def test_a_base_that_is_rounded_to_nought_makes_no_rate():
    whole, _ = figures(*big_return(), control=Control(step=100))

    assert whole["in_post_dfe", "headcount"].value == 0
    assert whole["in_post_dfe", "headcount"].status == "k e"
    assert whole["turnover_rate_dfe", "headcount"].status == "x u"
