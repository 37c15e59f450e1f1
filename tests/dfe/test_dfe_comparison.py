"""A council beside others: worked values, and what a comparison must not do."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import mean, median

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.dfe.comparators import as_evidence, comparators, tidy
from scrutiny_pack.dfe.comparison import (
    changes,
    compare,
    group_averages,
    may_differ,
    pieces,
    place_among,
    reasons_for_breaks,
)
from scrutiny_pack.dfe.groups import (
    Group,
    listed_group,
    named_group,
    neighbour_group,
    region_group,
)
from scrutiny_pack.dfe.neighbours import MODELS, neighbours_of, read_neighbours
from scrutiny_pack.dfe.reading import ReleaseData
from scrutiny_pack.dfe.register import Register
from scrutiny_pack.dfe.releases import Release
from scrutiny_pack.errors import CouncilError, ParameterError
from scrutiny_pack.observations import long_form

NOW = date(2025, 9, 30)
TURNOVER = "turnover_rate_dfe"


@pytest.fixture(scope="session")
def neighbours(reference: Path) -> pd.DataFrame:
    return read_neighbours(reference)


@pytest.fixture(scope="session")
def evidence(
    reference: Path,
    register: Register,
    releases: dict[str, Release],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Sequence[str]], pd.DataFrame]:
    """Evidence from the embedded extract."""
    nothing = tmp_path_factory.mktemp("nothing")

    def get(areas: Sequence[str]) -> pd.DataFrame:
        rows = comparators(
            areas,
            "2025",
            reference=reference,
            folder=nothing,
            register=register,
            releases=releases,
        )
        return as_evidence(rows, register)

    return get


@pytest.fixture(scope="session")
def everybody(
    real_release: Callable[[str], ReleaseData], register: Register
) -> Callable[[], pd.DataFrame]:
    data: list[pd.DataFrame] = []

    def get() -> pd.DataFrame:
        if not data:
            data.append(as_evidence(tidy(real_release("2025"), register), register))
        return data[0]

    return get


def rates(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """Made-up turnover rates of 2025: the area, its leavers and its staff."""
    return long_form(
        pd.DataFrame(
            {
                "area": area,
                "name": area,
                "kind": "council",
                "release": "2025",
                "source": "aa",
                "measure": TURNOVER,
                "basis": "fte",
                "as_at": "2025-09-30",
                "value": round(100 * above / below, 1),
                "numerator": above,
                "denominator": below,
                "dataset": "dfe-2025",
                "paragraph": "column turnover_rate_fte",
            }
            for area, above, below in rows
        )
    )


@pytest.mark.parametrize(
    ("council", "in_common"),
    [
        ("darlington", 3),
        ("leeds", 2),
        ("herefordshire", 3),
        ("dorset", 5),
        ("buckinghamshire", 10),
    ],
)
def test_how_many_neighbours_the_two_models_have_in_common(
    council: str, in_common: int, neighbours: pd.DataFrame, register: Register
) -> None:
    old, new = (neighbours_of(neighbours, register, council, m, NOW) for m in MODELS)
    assert len(old) == len(new) == 10
    assert len(set(old) & set(new)) == in_common


def test_darlingtons_neighbours_in_the_models_order(
    neighbours: pd.DataFrame, register: Register
) -> None:
    assert neighbours_of(neighbours, register, "darlington", "2025", NOW) == (
        "gateshead", "stockton-on-tees", "dudley", "wakefield", "lancashire",
        "telford-and-wrekin", "rotherham", "tameside", "county-durham", "doncaster",
    )  # fmt: skip


def test_the_county_and_the_council_after_it_have_neighbours_of_their_own(
    neighbours: pd.DataFrame, register: Register
) -> None:
    county = neighbours_of(neighbours, register, "dorset", "2021", date(2018, 9, 30))
    council = neighbours_of(neighbours, register, "dorset", "2021", NOW)
    assert len(county) == len(council) == 10
    assert county != council


def test_a_joint_return_has_no_neighbours(
    neighbours: pd.DataFrame, register: Register
) -> None:
    for slug in ("kingston-and-richmond", "northamptonshire"):
        group = neighbour_group(neighbours, register, slug, "2025", NOW)
        assert group.members == ()


@pytest.mark.parametrize(
    ("council", "measure", "own", "mean_of_ten", "median_of_ten"),
    [
        ("darlington", TURNOVER, 15.4, 14.49, 13.10),
        ("darlington", "vacancy_rate_dfe", 4.0, 11.52, 10.25),
        ("darlington", "agency_rate_dfe", 12.3, 10.93, 9.00),
        ("darlington", "average_caseload_dfe", 16.0, 16.99, 17.20),
        ("darlington", "absence_rate_dfe", 6.1, 4.11, 3.90),
        ("leeds", TURNOVER, 7.0, 12.08, 11.35),
        ("leeds", "absence_rate_dfe", 3.8, 3.67, 3.85),
        ("herefordshire", "vacancy_rate_dfe", 32.4, 11.41, 12.40),
        ("buckinghamshire", "agency_rate_dfe", 23.2, 17.05, 16.85),
        ("dorset", "average_caseload_dfe", 13.4, 15.93, 16.00),
    ],
)
def test_beside_the_neighbours_of_2025(
    council: str,
    measure: str,
    own: float,
    mean_of_ten: float,
    median_of_ten: float,
    neighbours: pd.DataFrame,
    register: Register,
    evidence: Callable[[Sequence[str]], pd.DataFrame],
) -> None:
    group = neighbour_group(neighbours, register, council, "2025", NOW)
    region = register.area(council).region
    data = evidence([council, region, "england", *group.members])
    found = compare(data, council, [group], register)
    here = found[
        (found["measure"] == measure)
        & (found["basis"] == "fte")
        & (found["as_at"] == "2025-09-30")
    ]
    assert here["kind"].tolist() == ["council", "region", "country", "mean", "median"]
    values = here["value"].tolist()
    assert values[0] == own
    assert values[3:] == pytest.approx([mean_of_ten, median_of_ten])
    assert here["name"].tolist()[3:] == [
        "Mean of statistical neighbours, 2025 model",
        "Median of statistical neighbours, 2025 model",
    ]
    assert here["note"].tolist()[3] == "10 of 10 councils have a figure."


def test_averages_are_of_rates_and_not_of_counts(register: Register) -> None:
    data = rates(("darlington", 10, 100), ("gateshead", 30, 100))
    counts = data.assign(measure="in_post_dfe")
    group = Group("a group", ("darlington", "gateshead"))
    found = group_averages(pd.concat([data, counts]), group, register)
    assert found[["kind", "measure", "value"]].to_numpy().tolist() == [
        ["mean", TURNOVER, 20],
        ["median", TURNOVER, 20],
    ]


def test_a_member_without_a_figure_is_named_and_left_out(register: Register) -> None:
    data = rates(("darlington", 10, 100), ("gateshead", 30, 100), ("leeds", 8, 100))
    data.loc[1, ["value", "status"]] = [float("nan"), "u"]
    group = Group(
        "a group", ("darlington", "gateshead", "leeds", "richmond-upon-thames")
    )
    found = group_averages(data, group, register)
    assert found["value"].tolist() == [9, 9]
    assert found["note"].tolist()[0] == (
        "2 of 4 councils have a figure; none for Gateshead; Richmond upon Thames."
    )


def test_a_group_without_any_figure_has_none(register: Register) -> None:
    data = rates(("gateshead", 30, 100))
    data.loc[0, ["value", "status"]] = [float("nan"), "u"]
    found = group_averages(data, Group("a group", ("gateshead",)), register)
    assert found["value"].isna().all()
    assert set(found["status"]) == {"x"}
    assert group_averages(data, Group("a group", ()), register).empty


@given(leavers=st.lists(st.integers(0, 1000), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_mean_and_median_are_those_of_the_standard_library(
    leavers: list[int], register: Register
) -> None:
    members = ["darlington", "gateshead", "leeds", "dorset", "barnet", "camden"]
    data = rates(*((m, n, 1000) for m, n in zip(members, leavers, strict=False)))
    group = Group("a group", tuple(members))
    found = group_averages(data, group, register)
    values = data["value"].tolist()
    assert found["value"].tolist() == pytest.approx([mean(values), median(values)])


def test_groups_leave_out_the_council_itself(
    reference: Path, register: Register
) -> None:
    cities = named_group(reference, "core-cities", "leeds", register)
    assert len(cities.members) == 7
    assert cities.title == "core cities in England other than Leeds"
    assert len(named_group(reference, "core-cities", "dorset", register).members) == 8
    own = listed_group(
        "neighbouring councils", ["devon", "somerset"], "dorset", register
    )
    assert own == Group("neighbouring councils", ("devon", "somerset"))
    with pytest.raises(ParameterError, match="'core-city' is not a group"):
        named_group(reference, "core-city", "leeds", register)
    with pytest.raises(CouncilError, match="'devonn' is not an area"):
        listed_group("mine", ["devonn"], "dorset", register)


def test_the_councils_of_a_region_are_those_that_were_there(register: Register) -> None:
    now = region_group("darlington", register, NOW)
    assert len(now.members) == 11
    north_west = region_group("leeds", register, NOW)
    assert "sheffield" in north_west.members
    outer = region_group("barnet", register, NOW).members
    assert "kingston-and-richmond" in outer
    assert "richmond-upon-thames" not in outer
    then = region_group("bolton", register, date(2022, 9, 30)).members
    assert "cumbria" in then
    assert "cumberland" not in then


def test_a_place_says_how_far_one_worker_would_move_it(
    everybody: Callable[[], pd.DataFrame],
) -> None:
    found = place_among(everybody(), "darlington", TURNOVER, "fte", "2025-09-30")
    place, quarter = found.to_dict("records")
    assert place["measure"] == "place_from_lowest"
    assert (place["value"], place["denominator"]) == (112, 148)
    assert (place["low"], place["high"]) == (103, 119)
    assert "One worker more or fewer would make it place 103 to 119" in place["note"]
    assert (quarter["value"], quarter["low"], quarter["high"]) == (4, 3, 4)


def test_a_council_on_a_base_under_ten_is_not_placed(
    everybody: Callable[[], pd.DataFrame],
) -> None:
    found = place_among(
        everybody(), "isles-of-scilly", "vacancy_rate_dfe", "fte", "2025-09-30"
    )
    assert found.empty
    data = rates(("leeds", 1, 9), ("dorset", 30, 100), ("darlington", 20, 100))
    [place, _] = place_among(data, "darlington", TURNOVER, "fte", "2025-09-30").to_dict(
        "records"
    )
    assert (place["value"], place["denominator"]) == (1, 2)


def test_a_council_without_a_figure_has_no_place(
    everybody: Callable[[], pd.DataFrame],
) -> None:
    found = place_among(everybody(), "westminster", TURNOVER, "fte", "2025-09-30")
    assert found.empty


def test_equal_figures_share_the_lower_place() -> None:
    data = rates(("leeds", 10, 100), ("dorset", 20, 100), ("darlington", 20, 100))
    for council in ("dorset", "darlington"):
        place = place_among(data, council, TURNOVER, "fte", "2025-09-30").iloc[0]
        assert place["value"] == 2
        assert "shared with 1 other" in place["note"]


def test_regions_and_england_are_not_placed_among_councils(
    everybody: Callable[[], pd.DataFrame],
) -> None:
    data = everybody()
    assert place_among(data, "england", TURNOVER, "fte", "2025-09-30").empty
    places = [
        place_among(data, area, TURNOVER, "fte", "2025-09-30").iloc[0]
        for area in ("darlington", "kingston-and-richmond")
    ]
    assert {row["denominator"] for row in places} == {148}


def test_a_rate_changes_in_percentage_points_and_a_count_in_per_cent(
    evidence: Callable[[Sequence[str]], pd.DataFrame], register: Register
) -> None:
    found = changes(evidence(["darlington"]), "2024-09-30", "2025-09-30", register)
    by = found.set_index(["of", "basis"])
    turnover = by.loc[("Turnover rate, DfE definition", "fte")]
    assert turnover["measure"] == "change_in_percentage_points"
    assert turnover["value"] == pytest.approx(3.9)
    in_post = by.loc[("Social workers in post, DfE", "fte")]
    assert in_post["measure"] == "change_in_per_cent"
    assert (in_post["numerator"], in_post["denominator"]) == pytest.approx((3.1, 92.5))
    assert in_post["value"] == pytest.approx(100 * 3.1 / 92.5)
    heads = by.loc[("Social workers in post, DfE", "headcount")]
    assert heads["note"] == "It rests on a change of 2 in a count of workers."
    load = by.loc[("Average caseload, DfE definition", "fte")]
    assert load["measure"] == "change_in_average"
    assert load["value"] == pytest.approx(2.7)
    vacancies = by.loc[("Vacancies, DfE", "fte")]  # from 1 to 4
    assert (vacancies["status"], vacancies["note"]) == (
        "z",
        "No percentage is made of 1.",
    )
    assert pd.isna(vacancies["value"])
    assert set(found["as_at"]) == {"2025-09-30"}
    assert set(found["since"]) == {"2024-09-30"}


def test_no_change_is_stated_across_a_break(
    evidence: Callable[[Sequence[str]], pd.DataFrame], register: Register
) -> None:
    data = evidence(["dorset", "buckinghamshire"])
    found = changes(data, "2018-09-30", "2019-09-30", register)
    dorset = found[found["area"] == "dorset"]
    assert set(dorset["status"]) == {"z"}
    assert dorset["value"].isna().all()
    assert dorset["note"].str.contains("Christchurch").all()
    over = changes(data, "2019-09-30", "2020-09-30", register)
    bucks = over[(over["area"] == "buckinghamshire") & (over["basis"] == "fte")]
    assert bucks["value"].notna().all()


def test_a_series_is_drawn_in_pieces(
    evidence: Callable[[Sequence[str]], pd.DataFrame], register: Register
) -> None:
    data = evidence(["dorset", "buckinghamshire"])
    rows = pieces(
        data[(data["measure"] == TURNOVER) & (data["basis"] == "fte")], register
    )
    by = rows.set_index(["area", "as_at"])["piece"]
    dorset = [by["dorset", f"{year}-09-30"] for year in range(2015, 2026)]
    assert dorset == ["piece 1"] * 2 + ["piece 2"] * 2 + ["piece 3"] * 7
    bucks = [by["buckinghamshire", f"{year}-09-30"] for year in range(2015, 2026)]
    assert bucks == ["piece 1"] * 2 + ["piece 2"] * 9
    reasons = reasons_for_breaks(rows, register)
    assert len(reasons) == 2
    assert reasons[0].startswith("To 2016 councils sent totals")
    assert reasons[1].startswith("Christchurch")
    later = rows[rows["as_at"] >= "2019-09-30"]
    assert reasons_for_breaks(later, register) == []


def test_the_average_of_a_group_breaks_where_a_member_does(
    evidence: Callable[[Sequence[str]], pd.DataFrame], register: Register
) -> None:
    group = Group("a group", ("dorset", "devon"))
    found = group_averages(evidence(group.members), group, register)
    rows = pieces(
        found[(found["measure"] == TURNOVER) & (found["kind"] == "mean")], register
    )
    by = rows[rows["basis"] == "fte"].set_index("as_at")["piece"]
    assert by["2018-09-30"] != by["2019-09-30"]


def test_in_what_a_local_figure_and_the_departments_may_differ() -> None:
    local = {
        "measure": "turnover_rate_published",
        "basis": "not stated",
        "as_at": "2016-03-31",
    }
    dfe = {"measure": TURNOVER, "basis": "fte", "as_at": "2015-09-30"}
    date_of, basis, definition = may_differ(local, dfe)
    assert date_of == "date: 31 March 2016 and 30 September 2015"
    assert basis == "basis: not stated and FTE"
    assert definition.startswith(
        "definition: the council's, its base not stated; DfE's"
    )
    assert may_differ(dfe, dfe) == []
