import hashlib
import re

import pytest

from scrutiny_pack.exampleshire import LA_CODE, SLUG
from scrutiny_pack.exampleshire.census_return import (
    SLIPS,
    as_csv,
    as_xml,
    council_level,
    records,
    with_slips,
)
from scrutiny_pack.exampleshire.people import people
from scrutiny_pack.imports.census_fields import la_fields, worker_fields
from scrutiny_pack.imports.census_rules import check_rules
from tests.census.returns import a_return

YEARS = (2021, 2022, 2023, 2024, 2025)


def test_it_is_made_up_and_says_so():
    assert (SLUG, LA_CODE) == ("exampleshire", "999")
    raw = as_xml(records(2025), council_level(2025), 2025).decode()
    assert "Exampleshire does not exist, and nobody works there." in raw
    for person in people(2025):
        assert re.fullmatch(r"EX0{5}\d{5}", person.number)


def test_the_same_seed_makes_the_same_people_everywhere():
    raw = as_xml(records(2025), council_level(2025), 2025)
    again = as_xml(records(2025), council_level(2025), 2025)

    assert raw == again
    assert raw != as_xml(records(2025, seed=1), council_level(2025, seed=1), 2025)
    # The same on every machine and Python, so that the tutorial's pictures stay true.
    assert hashlib.sha256(raw).hexdigest().startswith("e252499cf3c5aaa9")


@pytest.mark.parametrize("year", YEARS)
def test_each_year_has_its_own_form(year):
    workers, council = records(year), council_level(year)
    names = {name for worker in workers for name in worker}

    for name in names:
        assert worker_fields()[name].is_in(year)
    for name in council:
        assert la_fields()[name].is_in(year)
    assert ("LALevelVacancies" in as_xml(workers, council, year).decode()) is (
        year < 2025
    )
    assert ("GenderCurrent" in names) is (year < 2024)
    assert ("Sex" in names) is (year >= 2024)
    assert check_rules(a_return(workers, council, year)) == ()


def test_those_who_left_were_there_the_year_before():
    for year in YEARS[1:]:
        before = {p.number for p in people(year - 1) if not p.is_agency and not p.left}
        left = {p.number for p in people(year) if p.left}
        began = {p.number for p in people(year) if p.started.year >= year - 1
                 and p.fte_before == 0 and not p.is_agency}  # fmt: skip
        now = {p.number for p in people(year) if not p.is_agency and not p.left}
        assert left <= before
        assert now == before - left | began


@pytest.mark.parametrize(
    ("size", "least", "most"), [(250, 250, 300), (1_500, 1_500, 1_700)]
)
def test_it_is_as_large_as_is_asked_for(size, least, most):
    made = people(2025, size)

    assert least <= sum(not p.is_agency and not p.left for p in made) <= most
    assert len({p.number for p in made}) == len(made)


def test_slips_are_planted_one_in_a_worker():
    workers = records(2025)

    made = with_slips(workers, SLIPS)

    changed = [new for old, new in zip(workers, made, strict=True) if old != new]
    assert len(changed) == len(SLIPS)
    assert with_slips(workers, SLIPS) == made
    assert with_slips(workers, ()) == workers


def test_a_table_has_a_row_for_each_worker():
    workers = records(2025)

    lines = as_csv(workers, council_level(2025), 2025).decode().splitlines()

    assert len(lines) == len(workers) + 1
