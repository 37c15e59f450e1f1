"""The evidence checksum: the same for the same evidence, whoever checked it."""

import hashlib
import json

import pytest

from scrutiny_pack.shelf.identity import evidence_checksum, identity, is_final
from tests.shelf.small_packs import CORRECTED, LEFT_OUT, final, pack, put


def checksum(files):
    return evidence_checksum(json.loads(files["evidence.json"]))


@pytest.mark.parametrize("name", ["standing", "replaces", "software", "format"])
def test_it_is_the_same_whatever_is_said_beside_the_evidence(name):
    assert checksum(pack(about={name: "other"})) == checksum(pack())


@pytest.mark.parametrize(
    "other",
    [
        pack(about={"title": "Other"}),
        pack(items={"posts": {"title": "Other"}}),
        pack({"posts": CORRECTED, "left-out": LEFT_OUT}),
    ],
)
def test_it_is_another_for_other_evidence(other):
    assert checksum(other) != checksum(pack())


def test_it_is_that_of_sorted_json_so_that_anybody_can_compute_it():
    evidence = {"pack": {"title": "Café", "format": "1"}, "items": []}
    text = '{"items":[],"pack":{"title":"Café"}}'
    assert evidence_checksum(evidence) == hashlib.sha256(text.encode()).hexdigest()


def test_a_draft_and_its_final_pack_are_told_apart_by_their_standing_alone(tmp_path):
    draft = identity(put(tmp_path / "draft", final(is_draft=True)))
    whole = identity(put(tmp_path / "final", final()))
    assert draft.evidence == whole.evidence
    assert (draft.is_final, whole.is_final) == (False, True)
    assert whole.short == whole.evidence[:8]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"evidence.json": b"{"},
        {"evidence.json": b"\xff", "manifest-sha256.txt": b"\xff"},
        {**final(), "manifest-sha256.txt": b""},
        {**final(), "evidence.json": pack()["evidence.json"]},
    ],
)
def test_what_is_no_pack_or_was_edited_has_no_identity(tmp_path, files):
    (tmp_path / "pack").mkdir()
    assert identity(put(tmp_path / "pack", files)) is None


def test_a_pack_made_before_packs_were_checked_is_a_draft():
    assert "standing" not in json.loads(pack()["evidence.json"])["pack"]
    assert not is_final(json.loads(pack()["evidence.json"]))
