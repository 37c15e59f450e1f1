"""A pack that an earlier version of the project made still verifies and compares.

``earlier-pack.zip`` was made by the version before packs said whether they are drafts
(format 1, without ``standing`` and ``replaces``), from one notebook with one table.
"""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from scrutiny_pack.publish.pack_files import publish_pack
from scrutiny_pack.run.folders import Staging
from scrutiny_pack.shelf.differences import differences
from scrutiny_pack.shelf.identity import identity
from scrutiny_pack.shelf.pack_reading import MANIFEST, read_folder
from scrutiny_pack.shelf.statuses import read_statuses
from scrutiny_pack.shelf.zipped_packs import read_archive
from scrutiny_pack.workspace import Workspace
from tests.publish.small_run import SmallRun, figures
from tests.run.small_project import CLONE
from tests.shelf.small_packs import final, put

EARLIER = Path(__file__).with_name("earlier-pack.zip")


@pytest.fixture
def earlier():
    return read_archive(EARLIER)


def made_now(folder, vacancies=8.0):
    """The same pack, as this version makes it."""

    def table(pack):
        pack.table(
            "posts",
            figures(
                {
                    "unit": "Team A",
                    "value": vacancies,
                    "as_published": f"{vacancies:g}",
                },
                {"unit": "Team B", "value": 4.0, "as_published": "4"},
                {"unit": "Team C", "status": "x"},
            ),
            rows=["unit"],
            title=f"Team A has the most vacancies, {vacancies:g}",
            about="Vacancies",
        )
        pack.ask(f"Why are {vacancies:g} posts of Team A vacant?")

    run = SmallRun(folder / "run")
    run.notebook("01-posts", table, items=("posts",))
    (folder / "pack").mkdir()
    publish_pack(run.folder, folder / "pack", run.context)
    return read_folder(folder / "pack")


def test_its_manifest_holds(earlier):
    lines = earlier[MANIFEST].decode().splitlines()
    stated = {name: sha for sha, name in (line.split("  ", 1) for line in lines)}
    assert stated == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in earlier.items()
        if name != MANIFEST
    }
    assert json.loads(earlier["evidence.json"])["pack"]["format"] == "1"


def test_this_version_says_the_same_as_it(earlier, tmp_path):
    made = differences(earlier, made_now(tmp_path))
    assert [d for d in made if d.of_value] == []
    assert "the pack: standing, words" in {d.what for d in made}


def test_a_value_that_differs_from_it_is_named(earlier, tmp_path):
    made = differences(earlier, made_now(tmp_path, vacancies=6.0))
    values = {(d.what, d.old, d.new) for d in made if d.of_value}
    cell = "Table 1 (posts): Team A, vacancies, headcount; value"
    assert (cell, "8", "6") in values


def test_it_is_a_draft_with_a_checksum_and_a_place_on_the_shelf(earlier, tmp_path):
    place = tmp_path / "output" / "exampleshire" / "2016-07-31"
    put(place, earlier)
    assert not identity(place).is_final
    [status] = read_statuses(Workspace(CLONE, tmp_path))
    assert status.status == "draft"
    assert status.evidence == identity(place).evidence
    assert status.retention.review_on == "2021-09-12"


def test_one_that_was_final_is_kept_when_it_is_replaced(earlier, tmp_path):
    place = tmp_path / "output" / "exampleshire" / "2016-07-31"
    staging = Staging(place, "output/x", tmp_path / "output" / "superseded")
    old = final(earlier)
    put(place, old)
    staging.begin()
    put(staging.new, final(made_now(tmp_path, vacancies=6.0), is_draft=True))
    staging.move_into_place()
    staging.clear()
    [kept] = staging.superseded.iterdir()
    assert read_folder(kept) == old
    shutil.rmtree(kept)
