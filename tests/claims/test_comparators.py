"""Claims that rest on the DfE's statistics, against the extract that the project holds."""

import pytest

from scrutiny_pack.claims.audit import audit, read_claims
from scrutiny_pack.claims.comparators import NAME, with_names
from scrutiny_pack.claims.evidence import Evidence
from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.dfe.comparators import read_extract
from scrutiny_pack.dfe.register import Area, read_register

from .reports import DATA, FOLDERS, claim, council_frames, frame

REFERENCE = DATA / "reference"
AREAS = {
    "north": Area("north", "North", "region", "", "", ""),
    "ayton": Area("ayton", "Ayton", "council", "north", "", ""),
    "beford": Area("beford", "Beford", "council", "north", "", ""),
}


def figures():
    rows = [("north", "1,204.5"), ("ayton", "310.2"), ("beford", "894.3")]
    return frame(
        [
            {"area": area, "printed": printed, "release": "2031"}
            for area, printed in rows
        ],
        measure="agency_workers",
        basis="fte",
    )


def test_rows_are_chosen_by_region_and_named():
    held = Evidence.of({}, {NAME: with_names(figures(), AREAS)})
    rests_on = "place(comparators[kind=council; region=north], area=beford, of=2)"
    (found,) = audit([claim("largest", "ranking", rests_on=rests_on)], held).findings
    assert found.verdict == Verdict.AGREES
    assert found.working == "Beford 894.3, Ayton 310.2"


def test_a_revised_figure_names_its_release():
    held = Evidence.of({}, {NAME: with_names(figures(), AREAS)})
    (found,) = audit(
        [claim("1,219", rests_on="comparators[area=north]")], held
    ).findings
    assert found.verdict == Verdict.QUESTION
    assert found.sentence == (
        "Agency workers (North, FTE) is 1,204.5 in the 2031 release, not 1,219. Statistics are "
        "revised from one release to the next, so the report may have had another figure."
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_what_the_claims_of_a_report_rest_on_is_found_or_said_to_be_missing(folder):
    extract = with_names(read_extract(REFERENCE), read_register(REFERENCE).areas)
    frames = council_frames(folder)
    claims = [
        each for each in read_claims(frames.pop("claims")) if NAME in each.rests_on
    ]
    found = audit(claims, Evidence.of(frames, {NAME: extract})).findings
    for finding in found:
        assert "not at hand" not in finding.sentence
        if finding.verdict == Verdict.UNCHECKED:
            assert "to be compared are at hand" in finding.sentence


def dfe(**own):
    """The DfE's figures of a report's own area and of England at one date."""
    rows = [
        {"area": "ayton", "measure": "vacancy_rate_dfe", "printed": "12.4%"},
        {"area": "england", "measure": "agency_workers_dfe", "printed": "5,977.2"},
        {"area": "ayton", "measure": "in_post_dfe", "printed": "310.2"},
        {"area": "ayton", "measure": "in_post_dfe", "printed": "334", "basis": "headcount"},
    ]  # fmt: skip
    made = frame([{**row, "release": "2031"} for row in rows], basis="fte")
    areas = {**AREAS, "england": Area("england", "England", "country", "", "", "")}
    return {NAME: with_names(made, areas, **own)}


def rates(printed, **others):
    row = {
        "scope": "All",
        "printed": printed,
        "measure": "vacancy_rate_published",
        "basis": "not stated",
    }
    return frame([row | others])  # fmt: skip


def held_to_the_dfe(
    published, printed, name="published-rates", cell="[scope=All]", kind="rate", **own
):
    held = Evidence.of({name: published}, dfe(**(own or {"own": "ayton"})))
    (found,) = audit([claim(printed, kind, cell=f"{name}{cell}")], held).findings
    return found


def test_a_figure_that_differs_from_the_dfes_is_a_question():
    found = held_to_the_dfe(rates("14.1%"), "14.1%")
    check = next(c for c in found.checks if c.name == "two figures for one thing")
    assert check.verdict == Verdict.QUESTION
    assert check.sentence == (
        "The DfE has another figure of Ayton at 31 March 2020: 12.4% (FTE), in the 2031 release. "
        "Either may be right: they may not count the same people in the same way, and statistics "
        "are revised, so the report may have had another release."
    )


@pytest.mark.parametrize("printed", ["12.4%", "12%"])
def test_a_figure_that_agrees_with_the_dfes_is_checked(printed):
    found = held_to_the_dfe(rates(printed), printed)
    check = next(c for c in found.checks if c.name == "two figures for one thing")
    assert check.verdict == Verdict.AGREES


@pytest.mark.parametrize(
    "others",
    [
        {"as_at": "2020-03-30"},
        {"as_at": "2020"},
        {"measure": "agency_rate_published"},
        {"within": "Everybody"},
        {"area": "Beford"},
        {"basis": "headcount"},
        {"nature": "target"},
        {"scope": "Front line teams"},
        {"scope": "The council"},
        {"scope": "Social workers in child protection"},
        {"service": "Fostering"},
    ],
)
def test_another_date_quantity_part_area_or_basis_is_not_one_thing(others):
    published = rates("14.1%", **others)
    where = f"[scope={published['scope'][0]}]"
    found = held_to_the_dfe(published, "14.1%", cell=where)
    assert "two figures for one thing" not in {check.name for check in found.checks}


@pytest.mark.parametrize(
    "scope",
    ["Overall", "Children's social workers", "All qualified child and family social workers"],
)  # fmt: skip
def test_a_scope_that_leaves_nothing_out_is_held_to_the_dfes(scope):
    found = held_to_the_dfe(
        rates("14.1%", scope=scope), "14.1%", cell=f"[scope={scope}]"
    )
    assert "two figures for one thing" in {check.name for check in found.checks}


def leavers_held_to_the_dfe(**others):
    row = {
        "unit": "All leavers",
        "printed": "41",
        "measure": "leavers",
        "basis": "not stated",
    }
    dfes = frame(
        [
            {
                "area": "ayton",
                "measure": "leavers_dfe",
                "printed": "52",
                "release": "2031",
            }
        ],
        basis="headcount",
    )
    held = Evidence.of(
        {"leavers": frame([row | others])},
        {NAME: with_names(dfes, AREAS, own="ayton")},
    )
    made = claim("41", cell="leavers[measure=leavers]")
    (found,) = audit([made], held).findings
    return {check.name for check in found.checks}


@pytest.mark.parametrize(
    ("others", "is_held"),
    [
        ({}, True),
        ({"span_from": "2019-04-01"}, True),
        ({"span_from": "2019-12-01"}, False),
        ({"span_from": "2018-04-01"}, False),
        ({"span": "part of a year"}, False),
        ({"reason": "Retirement"}, False),
        ({"role": "Social worker"}, True),
        ({"role": "Team manager"}, False),
    ],
)
def test_leavers_of_part_of_a_year_or_for_one_reason_are_not_the_dfes(others, is_held):
    assert ("two figures for one thing" in leavers_held_to_the_dfe(**others)) is is_held


@pytest.mark.parametrize(
    ("others", "is_held"),
    [
        ({"unit": "Everybody", "unit_kind": "whole"}, True),
        ({"unit": "Social workers", "unit_kind": "team"}, False),
        ({"unit": "Managers", "unit_kind": "role"}, False),
        ({"unit": "Managers"}, False),
    ],
)
def test_a_team_or_a_role_at_the_top_of_a_table_is_not_the_whole(others, is_held):
    row = {"printed": "200", "measure": "in_post", "basis": "headcount",
           "breakdown": "Staff", "part_of": "", "within": ""}  # fmt: skip
    found = held_to_the_dfe(
        frame([row | others]), "200", "posts", "[measure=in_post]", "count"
    )
    assert ("two figures for one thing" in {c.name for c in found.checks}) is is_held


def test_without_the_reports_own_area_nothing_is_the_same():
    found = held_to_the_dfe(rates("14.1%"), "14.1%", own="")
    assert "two figures for one thing" not in {check.name for check in found.checks}


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [("334", Verdict.AGREES), ("310", Verdict.AGREES), ("320", Verdict.QUESTION)],
)
def test_where_the_basis_is_not_stated_either_may_be_meant(printed, verdict):
    published = frame(
        [
            {
                "unit": "All",
                "printed": printed,
                "measure": "in_post",
                "basis": "not stated",
            }
        ]
    )
    found = held_to_the_dfe(published, printed, "posts", "[unit=All]", "count")
    assert verdict in {check.verdict for check in found.checks}


def test_a_figure_quoted_of_england_is_held_to_englands():
    quoted = frame(
        [
            {
                "area": "England",
                "printed": "5,877",
                "measure": "agency_workers",
                "basis": "not stated",
            }
        ]
    )
    found = held_to_the_dfe(
        quoted, "5,877", "quoted-figures", "[area=England]", "count"
    )
    assert found.verdict == Verdict.QUESTION
    assert "of England at 31 March 2020: 5,977.2 (FTE)" in found.sentence


def test_a_claim_that_rests_on_the_dfes_figures_is_held_to_them_once():
    quoted = frame(
        [
            {
                "area": "England",
                "printed": "5,877",
                "measure": "agency_workers",
                "basis": "not stated",
            }
        ]
    )
    held = Evidence.of({"quoted-figures": quoted}, dfe(own="ayton"))
    rests_on = "comparators[area=england]"
    made = claim("5,877", cell="quoted-figures[area=England]", rests_on=rests_on)
    (found,) = audit([made], held).findings
    assert [check.name for check in found.checks] == ["two figures for one thing"]


@pytest.mark.parametrize(
    ("council", "period", "there"),
    [("darlington", "2016-07-31", True), ("leeds", "2005", False)],
)
def test_the_figures_that_a_council_is_held_to(council, period, there):
    from scrutiny_pack.claims.opening import reference_datasets
    from scrutiny_pack.periods import Period
    from scrutiny_pack.workspace import Workspace

    made = reference_datasets(Workspace.find(), council, Period.parse(period), "2025")
    assert bool(made) == there
    if there:
        figures = made[NAME]
        assert set(figures[figures["own"] == "yes"]["area"]) == {council}
        assert max(figures["as_at"]) <= period
        assert {"england", "north-east"} <= set(figures["area"])
