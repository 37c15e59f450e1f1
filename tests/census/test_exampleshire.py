import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from scrutiny_pack.dfe.groups import region_group
from scrutiny_pack.dfe.register import LOCAL, read_register
from scrutiny_pack.errors import InputFileError
from scrutiny_pack.exampleshire import LA_CODE, SLUG
from scrutiny_pack.exampleshire.census_return import (
    SLIPS,
    as_csv,
    as_xml,
    council_level,
    records,
    with_slips,
)
from scrutiny_pack.exampleshire.folder import (
    CENSUS,
    CENSUS_WITH_SLIPS,
    LIST,
    LIST_WITH_SLIPS,
    week,
    write_folder,
)
from scrutiny_pack.exampleshire.people import people
from scrutiny_pack.imports.caseload_import import import_caseloads
from scrutiny_pack.imports.census_fields import la_fields, worker_fields
from scrutiny_pack.imports.census_import import import_census
from scrutiny_pack.imports.census_rules import check_rules
from scrutiny_pack.inputs.councils import read_councils
from scrutiny_pack.workspace import Workspace
from tests.census.returns import a_return

PROJECT = Path(__file__).resolve().parents[2]
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


# --- Its folder ----------------------------------------------------------------------------


def test_its_folder_is_imported_and_the_copies_with_slips_are_refused(tmp_path):
    first = write_folder(tmp_path / "one", "one")
    write_folder(tmp_path / "two", "two")
    for name in first:
        assert (tmp_path / "one" / name).read_bytes() == (
            tmp_path / "two" / name
        ).read_bytes()
    workspace = Workspace(PROJECT, (tmp_path / "one").resolve())
    returns = workspace.home / "returns"

    report = import_caseloads(workspace, returns / LIST, SLUG)
    assert report.folder == f"data/{SLUG}/{week()}"
    assert report.weeks == 59
    assert any("no return for 1 week" in note for note in report.notes)
    import_census(workspace, returns / CENSUS, SLUG, "2025-09-30")
    with pytest.raises(InputFileError, match="line 66, week") as caught:
        import_caseloads(workspace, returns / LIST_WITH_SLIPS, SLUG)
    assert str(caught.value).count("\n") == 3  # a row of totals is no error
    with pytest.raises(InputFileError, match="FTE: it is above 1"):
        import_census(workspace, returns / CENSUS_WITH_SLIPS, SLUG, "2025-09-30")


def test_it_is_said_to_be_made_up_and_is_in_no_comparison():
    (name,) = {
        council.name
        for council in read_councils(
            PROJECT / "data/reference/councils.csv", "councils.csv"
        )
        if council.slug == SLUG
    }
    assert name == "Exampleshire County Council (made up)"
    register = read_register(PROJECT / "data" / "reference")
    area = register.area(SLUG)
    assert area.kind not in LOCAL
    neighbour = next(
        a
        for a in register.areas.values()
        if a.region == area.region and a.kind == "council"
    )
    group = region_group(neighbour.slug, register, date(2025, 9, 30))
    assert SLUG not in group.members
