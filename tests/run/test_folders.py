"""Moving a pack into place: whole, whatever moment it is interrupted at."""

from pathlib import Path

import pytest

from scrutiny_pack.errors import OutputError
from scrutiny_pack.run.folders import Staging


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
