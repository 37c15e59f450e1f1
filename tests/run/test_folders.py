"""Moving a pack into place: whole, whatever moment it is interrupted at."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from scrutiny_pack.errors import OutputError
from scrutiny_pack.run.folders import Staging
from scrutiny_pack.shelf.identity import evidence_checksum
from tests.shelf.small_packs import pack
from tests.shelf.small_packs import put as put_pack


@pytest.fixture
def staging(tmp_path):
    return Staging(
        tmp_path / "darlington" / "2016-07-31", "output/darlington/2016-07-31"
    )


def put(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, "utf-8")


def what_is_there(staging: Staging) -> dict[str, str]:
    around = staging.pack.parent
    return {
        path.relative_to(around).as_posix(): path.read_text("utf-8")
        for path in sorted(around.rglob("*"))
        if path.is_file()
    }


def build(staging: Staging, text: str) -> None:
    staging.begin()
    (staging.run / "run.json").write_text("{}", "utf-8")
    (staging.new / "index.html").write_text(text, "utf-8")


def test_a_first_pack_is_put_in_place(staging):
    build(staging, "new")
    staging.move_into_place()
    staging.clear()
    assert what_is_there(staging) == {"2016-07-31/index.html": "new"}


def test_a_pack_replaces_the_previous_one_whole(staging):
    put(staging.pack, "old")
    (staging.pack / "gone.html").touch()
    build(staging, "new")
    staging.move_into_place()
    staging.clear()
    assert what_is_there(staging) == {"2016-07-31/index.html": "new"}


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, PermissionError, OSError])
@pytest.mark.parametrize("at", [1, 2])
def test_a_move_that_fails_leaves_the_previous_pack(
    staging, monkeypatch, interruption, at
):
    put(staging.pack, "old")
    build(staging, "new")
    real, calls = Path.rename, []

    def rename(self, target):
        calls.append(target)
        if len(calls) == at:
            raise interruption
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises((interruption, OutputError)):
        staging.move_into_place()
    staging.clear()
    assert what_is_there(staging) == {"2016-07-31/index.html": "old"}


def test_a_file_that_is_held_open_is_said_plainly(staging, monkeypatch):
    put(staging.pack, "old")
    build(staging, "new")

    def rename(self, target):
        raise PermissionError

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(
        OutputError, match=r"2016-07-31: a file of it is open .*; close it"
    ):
        staging.move_into_place()


def test_what_was_interrupted_while_building_is_removed(staging):
    put(staging.pack, "old")
    build(staging, "half")
    staging.recover()
    assert what_is_there(staging) == {"2016-07-31/index.html": "old"}


def test_what_was_interrupted_between_the_renames_is_put_back(staging):
    build(staging, "new")
    put(staging.replaced, "old")
    staging.recover()
    assert what_is_there(staging) == {"2016-07-31/index.html": "old"}


def test_what_was_interrupted_after_the_renames_is_finished(staging):
    put(staging.pack, "new")
    put(staging.replaced, "old")
    staging.begin()
    staging.recover()
    assert what_is_there(staging) == {"2016-07-31/index.html": "new"}


def test_the_only_whole_pack_is_never_cleared_away(staging):
    put(staging.replaced, "old")
    staging.clear()
    assert what_is_there(staging) == {".2016-07-31.replaced/index.html": "old"}


@pytest.fixture
def keeping(tmp_path):
    """Staging that keeps final packs when they are replaced."""
    return Staging(
        tmp_path / "output" / "darlington" / "2016-07-31",
        "output/darlington/2016-07-31",
        tmp_path / "output" / "superseded" / "darlington" / "2016-07-31",
    )


def pack_files(words: str, *, final: bool) -> dict[str, bytes]:
    standing = {"is_draft": not final, "words": "Final" if final else "Draft"}
    files = pack(about={"title": words, "standing": standing})
    digest = hashlib.sha256(files["evidence.json"]).hexdigest()
    line = f"{digest}  evidence.json\n"
    return {**files, "manifest-sha256.txt": line.encode()}


def whole_packs(staging: Staging) -> dict[str, str]:
    """The title of every pack that is there, each of them whole, by its place."""
    output = staging.pack.parents[1]
    found = {}
    for path in sorted(output.rglob("evidence.json")):
        place = path.parent.relative_to(output)
        if any(part.endswith(".building") for part in place.parts):
            continue
        files = {p.relative_to(path.parent).as_posix() for p in path.parent.rglob("*")}
        title = json.loads(path.read_text("utf-8"))["pack"]["title"]
        assert files >= set(pack_files(title, final=True)), place
        found[place.as_posix()] = title
    return found


def build_pack(staging: Staging, words: str, *, final: bool = False) -> None:
    staging.begin()
    put_pack(staging.new, pack_files(words, final=final))


def kept(words: str) -> str:
    evidence = json.loads(pack_files(words, final=True)["evidence.json"])
    short = evidence_checksum(evidence)[:8]
    return f"superseded/darlington/2016-07-31/{short}"


IN_PLACE = "darlington/2016-07-31"


def test_a_final_pack_that_is_replaced_is_kept(keeping):
    put_pack(keeping.pack, pack_files("old", final=True))
    build_pack(keeping, "new")
    keeping.move_into_place()
    keeping.clear()
    assert whole_packs(keeping) == {IN_PLACE: "new", kept("old"): "old"}


def test_a_draft_that_is_replaced_is_not_kept(keeping):
    put_pack(keeping.pack, pack_files("old", final=False))
    build_pack(keeping, "new", final=True)
    keeping.move_into_place()
    keeping.clear()
    assert whole_packs(keeping) == {IN_PLACE: "new"}


def test_a_final_pack_made_again_from_the_same_evidence_supersedes_nothing(keeping):
    put_pack(keeping.pack, pack_files("same", final=True))
    build_pack(keeping, "same", final=True)
    keeping.move_into_place()
    keeping.clear()
    assert whole_packs(keeping) == {IN_PLACE: "same"}


def test_a_pack_whose_evidence_was_edited_by_hand_is_not_the_one_that_was_checked(
    keeping,
):
    edited = {**pack_files("old", final=True), "manifest-sha256.txt": b"other\n"}
    put_pack(keeping.pack, edited)
    build_pack(keeping, "new")
    keeping.move_into_place()
    keeping.clear()
    assert whole_packs(keeping) == {IN_PLACE: "new"}


def test_what_was_superseded_before_stays_as_it_was(keeping):
    first = keeping.superseded / kept("old").rpartition("/")[2]
    put_pack(first, {**pack_files("old", final=True), "more.txt": b"first"})
    put_pack(keeping.pack, pack_files("old", final=True))
    build_pack(keeping, "new")
    keeping.move_into_place()
    keeping.clear()
    assert whole_packs(keeping) == {IN_PLACE: "new", kept("old"): "old"}
    assert (first / "more.txt").read_bytes() == b"first"


class KilledError(BaseException):
    """A run that is killed does nothing any more, not even put back what it moved."""


MOVES = ("rename", "mkdir")


@pytest.mark.parametrize("at", range(1, 8))
def test_no_moment_loses_a_final_pack(keeping, monkeypatch, at):
    """Kill the run at its nth step in the file system; the next puts it right."""
    put_pack(keeping.pack, pack_files("old", final=True))
    build_pack(keeping, "new")
    calls = []

    def killing(real):
        def call(self, *arguments, **options):
            calls.append(self)
            if len(calls) >= at:  # also in whatever would clean up
                raise KilledError
            return real(self, *arguments, **options)

        return call

    with monkeypatch.context() as patch:
        for name in MOVES:
            patch.setattr(Path, name, killing(getattr(Path, name)))
        patch.setattr(shutil, "rmtree", killing(shutil.rmtree))
        try:
            keeping.move_into_place()
            keeping.clear()
        except KilledError:
            pass
    between = whole_packs(keeping)
    assert "old" in between.values()
    keeping.recover()
    after = whole_packs(keeping)
    if after[IN_PLACE] == "new":
        assert after == {IN_PLACE: "new", kept("old"): "old"}
    else:
        assert after == {IN_PLACE: "old"}
    assert not keeping.replaced.exists()
    keeping.recover()
    assert whole_packs(keeping) == after


def test_a_final_pack_that_cannot_be_moved_away_is_left_for_the_next_run(
    keeping, monkeypatch
):
    put_pack(keeping.pack, pack_files("old", final=True))
    build_pack(keeping, "new")
    keeping.move_into_place()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", raising(PermissionError))
        keeping.clear()
    assert "old" in whole_packs(keeping).values()
    keeping.recover()
    assert whole_packs(keeping) == {IN_PLACE: "new", kept("old"): "old"}


def raising(error):
    def call(*arguments, **options):
        raise error

    return call
