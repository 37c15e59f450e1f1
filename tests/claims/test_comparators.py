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
