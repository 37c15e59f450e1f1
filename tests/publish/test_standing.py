"""Whether a pack is a draft, and what it says of the pack that it replaces."""

import json
from dataclasses import replace

import pytest

from scrutiny_pack.publish.pack_files import publish_pack
from scrutiny_pack.shelf.corrections import Correction, Reason
from tests.publish.small_run import SmallRun, evidence_of, figures

FINAL = {"checked_by": "Scrutiny Officer", "checked_on": "2016-10-01"}


def published(tmp_path, name, vacancies=8, **context):
    """A pack with one table and a question, published with a check or a correction."""

    def table(pack):
        pack.table(
            "posts",
            figures({"unit": "Team A", "value": vacancies}, {"unit": "B", "value": 4}),
            rows=["unit"],
            title="Vacancies by team",
            about="Vacancies",
        )
        pack.ask(f"Why are {vacancies} posts vacant?")

    run = SmallRun(tmp_path / f"{name}-run")
    run.notebook("01-posts", table, items=("posts",))
    target = tmp_path / name
    target.mkdir()
    publish_pack(run.folder, target, replace(run.context, **context))
    return target


def standing(pack):
    return evidence_of(pack)["pack"]["standing"]


def correction_of(pack, **said):
    files = ["evidence.json", *(i["data"] for i in evidence_of(pack)["items"])]
    usual = {
        "replaces": standing(pack)["evidence"],
        "corrected_on": "2016-11-02",
        "corrected_by": "Scrutiny Officer",
        "why": "A row was misread.",
        "replaced": {name: (pack / name).read_bytes() for name in files},
    }
    return Correction(**usual | said)


def test_a_pack_that_nobody_has_checked_is_a_draft(tmp_path):
    said = standing(published(tmp_path, "draft"))
    assert (said["is_draft"], said["words"]) == (True, "Draft: not yet checked")


def test_a_checked_pack_is_final_and_its_evidence_is_that_of_the_draft(tmp_path):
    draft = standing(published(tmp_path, "draft"))
    final = standing(published(tmp_path, "final", **FINAL))
    assert final == {
        "is_draft": False,
        "words": "Final: checked by the Scrutiny Officer, 1 October 2016",
        **FINAL,
        "evidence": draft["evidence"],
    }


@pytest.mark.parametrize("length", [8, 20, 64])
def test_a_check_may_name_the_evidence_that_was_checked(tmp_path, length):
    evidence = standing(published(tmp_path, "draft"))["evidence"]
    check = FINAL | {"checked_evidence": evidence[:length]}
    assert not standing(published(tmp_path, "same", **check))["is_draft"]
    other = standing(published(tmp_path, "other", vacancies=9, **check))
    assert other["is_draft"]
    assert other["words"] == (
        "Draft: the evidence has changed since it was checked, 1 October 2016"
    )


def test_the_contents_page_says_the_standing_and_the_checksum(tmp_path):
    pack = published(tmp_path, "final", **FINAL)
    page = (pack / "index.html").read_text("utf-8")
    assert "Final: checked by the Scrutiny Officer, 1 October 2016" in page
    assert standing(pack)["evidence"] in page
    assert "What this pack replaces" not in page
    assert evidence_of(pack)["pack"]["replaces"] is None


def test_a_pack_lists_every_value_that_changed_since_the_one_it_replaces(tmp_path):
    old = published(tmp_path, "old", **FINAL)
    correction = correction_of(old, reasons=(Reason("Row 12.", items=("posts",)),))
    check = FINAL | {"checked_on": "2016-11-03"}
    new = published(tmp_path, "new", vacancies=6, correction=correction, **check)
    replaces = evidence_of(new)["pack"]["replaces"]
    assert replaces["evidence"] == standing(old)["evidence"]
    assert replaces["why"] == "A row was misread."
    made = {(c["what"], c["old"], c["new"], c["reason"]) for c in replaces["changes"]}
    cell = "Table 1 (posts): Team A, vacancies, headcount; value"
    assert (cell, "8", "6", "Row 12.") in made
    asked = "the pack: what to ask the witnesses"
    before, after = (f"Why are {n} posts vacant?" for n in (8, 6))
    assert (asked, before, after, "A row was misread.") in made
    listed = (new / "changes.csv").read_text("utf-8")
    assert listed.count("\n") == len(replaces["changes"]) + 1
    page = (new / "index.html").read_text("utf-8")
    assert "What this pack replaces" in page
    assert '<a href="changes.csv">' in page
    assert all(c["new"] in page for c in replaces["changes"])
    assert not standing(new)["is_draft"]


def test_what_is_replaced_changes_no_checksum(tmp_path):
    old = published(tmp_path, "old", **FINAL)
    plain = published(tmp_path, "plain", vacancies=6)
    new = published(tmp_path, "new", vacancies=6, correction=correction_of(old))
    assert standing(new)["evidence"] == standing(plain)["evidence"]


def test_a_check_from_before_the_correction_makes_a_draft(tmp_path):
    old = published(tmp_path, "old", **FINAL)
    correction = correction_of(old)
    new = published(tmp_path, "new", vacancies=6, correction=correction, **FINAL)
    said = standing(new)
    assert said["words"] == "Draft: corrected since it was checked, 1 October 2016"


def test_a_correction_that_has_not_corrected_anything_yet_changes_nothing(tmp_path):
    old = published(tmp_path, "old", **FINAL)
    again = published(tmp_path, "again", correction=correction_of(old), **FINAL)
    assert {p.name: p.read_bytes() for p in again.iterdir() if p.is_file()} == {
        p.name: p.read_bytes() for p in old.iterdir() if p.is_file()
    }


def test_evidence_json_of_a_final_pack_that_replaces_another_keeps_its_contract(
    tmp_path,
):
    from jsonschema import Draft202012Validator

    from tests.run.small_project import CLONE

    old = published(tmp_path, "old", **FINAL)
    check = FINAL | {"checked_on": "2016-11-03"}
    new = published(
        tmp_path, "new", vacancies=6, correction=correction_of(old), **check
    )
    schema = json.loads((CLONE / "docs" / "evidence.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(evidence_of(new))
