import pytest

from scrutiny_pack.imports.census_rules import check_rules, rules
from tests.census.returns import COUNCIL, a_return, agency, employed, leaver, starter

SOUND = [employed(1), starter(2), leaver(3), agency(4), agency(5), agency(6), agency(7),
         agency(8), agency(9)]  # fmt: skip


def broken(workers, council=COUNCIL, year=2025):
    return {
        result.name: result for result in check_rules(a_return(workers, council, year))
    }


def test_a_sound_return_keeps_every_rule():
    assert broken(SOUND) == {}


@pytest.mark.parametrize(
    ("worker", "rule"),
    [
        (employed(11, PersonBirthDate=""), "PersonBirthDate-given"),
        (employed(11, Ethnicity=""), "Ethnicity-given"),
        (employed(11, QualLevel=""), "QualLevel-given"),
        (employed(11, OrgRole=""), "OrgRole-given"),
        (employed(11, FTE30=""), "FTE30-given"),
        (employed(11, WorkingDaysLost=""), "WorkingDaysLost-given"),
        (employed(11, BaseSalary=""), "BaseSalary-given"),
        (employed(11, Cases30=""), "Cases30-given"),
        (agency(11, Cases30=""), "Cases30-given"),
        (leaver(11, LeaverDestination=""), "LeaverDestination-given"),
        (leaver(11, ReasonLeave=""), "ReasonLeave-given"),
        (employed(11, ReasonLeave="1"), "RoleEndDate-given"),
        (employed(11, QualInst="University"), "QualInst-collected"),
        (leaver(11, FTE="0.5"), "leavers-not-working"),
        (leaver(11, RoleEndDate="2024-09-30"), "leaving-date-in-year"),
        (starter(11, FTE30="1"), "starters-last-year"),
        (leaver(11, Cases30="3"), "leavers-without-cases"),
        (employed(11, Cases30="41"), "cases-at-most"),
        (employed(11, ReasonAbsence="SIC"), "reason-for-absence"),
        (employed(11, ReasonAbsence="SIC", Absat30Sept="0"), "reason-for-absence"),
        (employed(11, Cases30="0"), "case-holders-with-cases"),
    ],
)
def test_a_record_that_breaks_a_rule_is_found_by_its_place(worker, rule):
    found = broken([*SOUND, worker])

    assert found[rule].positions == (10,)
    assert found[rule].count == 1
    assert found[rule].source
    assert "worker 10; " in found[rule].sentence


def test_a_starting_date_and_an_origin_go_together():
    found = broken(
        [*SOUND, employed(11, StartOrigin=""), employed(12, RoleStartDate="")]
    )

    assert found["start-date-and-origin"].positions == (10, 11)
    assert set(found) == {
        "start-date-and-origin", "StartOrigin-given", "RoleStartDate-given",
    }  # fmt: skip


def test_either_name_of_a_worker_s_sex_will_do():
    assert broken([*SOUND, employed(11, Sex="", GenderCurrent="2")]) == {}
    assert set(broken([*SOUND, employed(11, Sex="")])) == {
        "GenderCurrent-given", "Sex-given",
    }  # fmt: skip


def test_a_reason_for_absence_needs_one_absence():
    worker = employed(11, ReasonAbsence="SIC", Absat30Sept="1")

    assert broken([*SOUND, worker]) == {}


def test_a_person_works_full_time_at_most():
    twice = [employed(11, FTE="0.6", OrgRole="4"), employed(11, FTE="0.6")]

    assert broken([*SOUND, *twice])["at-most-full-time"].positions == (10, 11)
    assert broken([*SOUND, employed(11, FTE="0.6"), employed(11, FTE="0.4")]) == {}
    # An agency's numbers are not asked about: each record is taken for a person.
    assert broken([*SOUND, agency(11), agency(11)]) == {}


def test_cover_is_within_vacancies_and_agency_workers():
    council = {**COUNCIL, "NumberOfVacancies": "5.00"}

    assert set(broken(SOUND, council)) == {"cover-at-most-vacancies"}
    assert set(broken(SOUND[:-1])) == {"cover-at-most-agency"}
    result = broken(SOUND, council)["cover-at-most-vacancies"]
    assert (result.count, result.positions) == (1, ())
    assert "not so in this return" in result.sentence


def test_case_holders_without_cases_are_asked_about_from_2024():
    worker = employed(11, Cases30="0", BaseSalary="", QualInst="University")
    workers = [{k: v for k, v in w.items() if k != "BaseSalary"} for w in SOUND]
    workers = [{**w, "QualInst": "University"} for w in workers]
    workers = [{n: t.replace("2025-", "2023-") for n, t in w.items()} for w in workers]

    assert "case-holders-with-cases" not in broken([*workers, worker], year=2023)
    later = [{n: t.replace("2023-", "2024-") for n, t in w.items()} for w in workers]
    assert "case-holders-with-cases" in broken([*later, worker], year=2024)


def test_a_field_of_a_later_collection_is_asked_about():
    assert "BaseSalary-collected" in broken([employed(1)], year=2024)


def test_every_rule_says_what_and_where_it_is_stated():
    assert len({rule.name for rule in rules()}) == len(rules())
    for rule in rules():
        assert rule.words
        assert rule.source


def test_no_result_holds_a_value():
    worker = employed(11, Cases30="88", PersonBirthDate="", Ethnicity="")

    told = " ".join(result.sentence for result in broken([*SOUND, worker]).values())

    assert "88" not in told
    assert "EX00" not in told
