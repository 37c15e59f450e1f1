import pytest

from scrutiny_pack.imports.census_fields import (
    codes,
    la_elements,
    la_fields,
    worker_fields,
    years,
)


def test_the_collections_of_2021_to_2025_are_read():
    assert years() == (2021, 2022, 2023, 2024, 2025)


def test_names_that_the_specification_gives_twice_are_one_field():
    assert set(la_elements()) == {"LALevel", "LALevelVacancies"}
    assert la_fields()["PerformanceAward"] is la_fields()["PerformanceReward"]
    assert worker_fields()["Sex"].instead == "GenderCurrent"
    assert worker_fields()["GenderCurrent"].instead == "Sex"


def test_destinations_are_offset_by_one_from_origins():
    origin, destination = codes("origin"), codes("destination")

    assert origin["1"] == "Newly qualified social worker"
    for code in range(1, 6):
        assert destination[str(code)] == origin[str(code + 1)]
    assert destination["8"] == origin["9"] == "Not known"
    assert destination["9"] == origin["10"] == "Not yet collected"


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("QualInst", 2021, 2024),
        ("CFKSSstatus", 2021, 2024),
        ("BaseSalary", 2025, 2025),
        ("FTE30", 2021, 2025),
    ],
)
def test_a_field_is_in_the_collections_that_had_it(name, first, last):
    field = worker_fields()[name]

    assert (field.first, field.last) == (first, last)
    assert [field.is_in(year) for year in (first - 1, first, last, last + 1)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_the_specification_s_fields_are_all_there():
    assert len({field.name for field in worker_fields().values()}) == 27
    assert len({field.name for field in la_fields().values()}) == 12


def test_who_must_give_what_follows_the_specification():
    needed: dict[str, set[str]] = {}
    for field in worker_fields().values():
        needed.setdefault(field.needed, set()).add(field.name)

    assert needed["all"] == {"AgencyWorker", "SWENo", "FTE"}
    assert needed["leavers"] == {"RoleEndDate", "LeaverDestination", "ReasonLeave"}
    assert needed["in post"] == {"Cases30"}
    assert "ContractWeeks" in needed["nobody"]
    assert list(worker_fields()["QualLevel"].needed_in) == [2025]
    assert list(worker_fields()["QualInst"].needed_in) == [2021, 2022, 2023, 2024]
