"""Archives of earlier versions: each format that there was still verifies.

``format-1.json`` holds the files of an archive as version 0.1.0 of this project wrote
it, shortened by what the checks do not read. It is never written anew: when the format
changes, an archive of the new one is kept beside it.
"""

import json
from pathlib import Path

import pytest

from tests.archive.tampering import failed, replaced, seal_all, steps_of, write_members

KEPT = sorted(Path(__file__).parent.glob("format-*.json"))


def members_of(kept):
    texts = json.loads(kept.read_text(encoding="utf-8"))
    return {path: text.encode() for path, text in texts.items()}


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_it_still_verifies_and_says_what_running_it_again_takes(kept, tmp_path):
    archive = write_members(tmp_path / "a.zip", members_of(kept))
    steps = steps_of(archive)
    assert [problem for step in steps for problem in step.problems] == []
    assert [step.is_done for step in steps] == [True, True, True, True, False, False]
    assert steps[-1].note == (
        "RERUN=1 does it; it was made by scrutiny-pack 0.1.0, which is in it, and it "
        "takes Python 3.11 on Linux x86_64, 2 GB of disk, and a package index, from "
        "which its requirements.lock is installed; with another Python or system the "
        "values are compared, not the bytes"
    )


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_what_was_altered_in_it_is_still_found(kept, tmp_path):
    members = members_of(kept)
    replaced(members, "data/pack/charts/caseload-ranges.csv", "16.7", "16.8")
    seal_all(members)
    found = failed(write_members(tmp_path / "a.zip", members))
    assert set(found) == {35}
    assert "Chart 1 (caseload-ranges)" in found[35][0]


def test_there_is_one_of_each_format():
    assert [path.stem for path in KEPT] == ["format-1"]
