"""Whose figures a row holds, and where a series breaks."""

import itertools
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from scrutiny_pack.dfe.reading import ReleaseData, read_release
from scrutiny_pack.dfe.register import Register, read_register
from scrutiny_pack.errors import CouncilError, ReferenceDataError, ReleaseError
from tests.dfe.dfe_examples import DARLINGTON, KINGSTON_AND_RICHMOND, indicators

LA = "Local authority"
CENSUS = {year: date(year, 9, 30) for year in range(2015, 2026)}


@pytest.mark.parametrize(
    ("code", "year", "slug"),
    [
        ("841", 2025, "darlington"),
        ("835", 2018, "dorset"),
        ("838", 2019, "dorset"),
        ("825", 2019, "buckinghamshire"),
        ("825", 2020, "buckinghamshire"),
        ("314", 2015, "kingston-upon-thames"),
        ("318", 2015, "richmond-upon-thames"),
        ("314", 2016, "kingston-and-richmond"),
        ("318", 2016, "richmond-upon-thames"),
        ("314 / 318", 2025, "kingston-and-richmond"),
        ("928", 2020, "northamptonshire"),
        ("940 / 941", 2021, "northamptonshire"),
        ("940", 2022, "northamptonshire"),
        ("941", 2022, "west-northamptonshire"),
        ("909", 2022, "cumbria"),
        ("942", 2023, "cumberland"),
        ("837", 2018, "bournemouth"),
        ("839", 2019, "bournemouth-christchurch-and-poole"),
        ("370", 2025, "barnsley"),
    ],
)
def test_which_area_a_code_stands_for_at_a_date(
    register: Register, code: str, year: int, slug: str
) -> None:
    assert register.area_of(LA, "", code, CENSUS[year]) == slug


def test_the_country_and_the_regions_are_found_by_their_ons_code(
    register: Register,
) -> None:
    when = CENSUS[2025]
    assert register.area_of("National", "E92000001", "", when) == "england"
    assert register.area_of("Regional", "E12000006", "", when) == "east-of-england"
    assert register.area_of("Regional", "E13000001", "", when) == "inner-london"


def test_an_unknown_code_says_what_to_do(register: Register) -> None:
    with pytest.raises(ReleaseError, match=r"'999'.*councils.csv"):
        register.area_of(LA, "E06009999", "999", CENSUS[2025])
    with pytest.raises(ReleaseError, match="'835'"):  # Dorset's old code, too late
        register.area_of(LA, "", "835", CENSUS[2019])
    with pytest.raises(CouncilError, match="'darlingtown' is not an area"):
        register.area("darlingtown")


def test_dorset_breaks_at_april_2019_and_buckinghamshire_not_at_april_2020(
    register: Register,
) -> None:
    rate = "turnover_rate_dfe"
    assert register.is_broken("dorset", rate, CENSUS[2018], CENSUS[2019])
    assert not register.is_broken("dorset", rate, CENSUS[2019], CENSUS[2025])
    assert not register.is_broken("buckinghamshire", rate, CENSUS[2019], CENSUS[2020])
    assert not register.is_broken("northamptonshire", rate, CENSUS[2020], CENSUS[2021])
    assert not register.is_broken("somerset", rate, CENSUS[2022], CENSUS[2023])
    [found] = register.breaks_between("dorset", rate, CENSUS[2018], CENSUS[2019])
    assert found.kind == "boundary"
    assert "Christchurch" in found.reason


def test_what_breaks_for_everybody(register: Register) -> None:
    for slug in ("england", "darlington"):
        rate, load = "turnover_rate_dfe", "average_caseload_dfe"
        assert register.is_broken(slug, rate, CENSUS[2016], CENSUS[2017])
        assert not register.is_broken(slug, rate, CENSUS[2017], CENSUS[2025])
        assert register.is_broken(slug, load, CENSUS[2023], CENSUS[2024])


def test_who_was_there_and_where_its_figures_stand(register: Register) -> None:
    old = register.authority("dorset", CENSUS[2018])
    new = register.authority("dorset", CENSUS[2019])
    assert old is not None
    assert new is not None
    assert (old.name, new.name) == ("Dorset County Council", "Dorset Council")
    assert register.authority("cumbria", CENSUS[2023]) is None
    assert register.authority("cumberland", CENSUS[2022]) is None
    joint = "kingston-and-richmond"
    assert register.reporting_area("richmond-upon-thames", CENSUS[2025]) == joint
    assert register.reporting_area("richmond-upon-thames", CENSUS[2015]) == (
        "richmond-upon-thames"
    )
    assert register.members_of("northamptonshire", CENSUS[2025]) == (
        "north-northamptonshire",
        "west-northamptonshire",
    )
    assert register.members_of("northamptonshire", CENSUS[2020]) == ()


def test_every_upper_tier_authority_of_today_is_there_once(register: Register) -> None:
    today = date(2025, 12, 31)
    there = [
        a
        for a in register.authorities
        if a.start <= today <= a.end
        and "/" not in a.dfe_code
        and register.area(a.slug).kind != "made up"
    ]
    assert len(there) == 153
    assert len({a.dfe_code for a in there}) == 153
    assert len({a.ons_code for a in there}) == 153


def test_one_authority_of_a_lineage_at_a_time(register: Register) -> None:
    by_slug: dict[str, list[tuple[date, date]]] = {}
    for authority in register.authorities:
        by_slug.setdefault(authority.slug, []).append((authority.start, authority.end))
    for spans in by_slug.values():
        spans.sort()
        assert all(start <= end for start, end in spans)
        for (_, end), (start, _) in itertools.pairwise(spans):
            assert (start - end).days == 1


def test_every_area_of_the_register_has_a_region_that_is_there(
    register: Register,
) -> None:
    for area in register.areas.values():
        if area.kind in ("council", "joint return"):
            assert register.area(area.region).kind == "region"
            assert (area.part != "") == (area.region == "london")
    kinds = pd.Series([area.kind for area in register.areas.values()]).value_counts()
    assert kinds["region"] == 9
    assert kinds["part of a region"] == 2
    assert kinds["joint return"] == 2


def test_areas_are_added_to_a_release_in_its_order(register: Register) -> None:
    raw = indicators(KINGSTON_AND_RICHMOND, DARLINGTON)
    figures = read_release(raw, "2025", "a.csv").figures
    with_areas = register.with_areas(figures)
    assert list(with_areas["area"].unique()) == ["kingston-and-richmond", "darlington"]
    pd.testing.assert_frame_equal(with_areas.drop(columns="area"), figures)


@pytest.mark.parametrize("name", ["2025", "2024", "2016", "2015"])
def test_every_row_of_a_real_release_is_one_area_and_no_two_rows_the_same(
    name: str, real_release: Callable[[str], ReleaseData], register: Register
) -> None:
    data = real_release(name)
    figures = register.with_areas(data.figures)
    assert not figures.duplicated(["area", "as_at", "measure", "basis"]).any()
    local = figures[figures["level"] == LA]
    counts = local.groupby("as_at")["area"].nunique()
    rows = {2015: 152, 2016: 152, 2017: 151, 2018: 151, 2023: 151, 2024: 151, 2025: 151}
    assert counts.to_dict() == {
        f"{year}-09-30": rows.get(year, 150) for year in data.years
    }


def test_the_161_pairs_of_codes_of_the_real_release_are_the_registers(
    real_release: Callable[[str], ReleaseData], register: Register
) -> None:
    rows = real_release("2025").figures
    local = rows[rows["level"] == LA]
    pairs = local[["dfe_code", "ons_code"]].drop_duplicates()
    known = {(a.dfe_code, a.ons_code) for a in register.authorities}
    found = set(pairs.itertuples(index=False, name=None))
    assert len(found) == 161
    assert found <= known


def test_a_wrong_reference_file_is_named(reference: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(reference, folder)
    (folder / "breaks.csv").write_text("area,measure,from,kind,reason\n,,soon,a,b\n")
    with pytest.raises(ReferenceDataError, match=r"breaks.csv: 'soon' is not a day"):
        read_register(folder)
    (folder / "breaks.csv").write_text("area,measure\n")
    with pytest.raises(ReferenceDataError, match=r"breaks.csv lacks the column from"):
        read_register(folder)
    (folder / "breaks.csv").unlink()
    with pytest.raises(ReferenceDataError, match=r"breaks.csv cannot be read"):
        read_register(folder)
