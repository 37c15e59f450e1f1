"""Running an archive again: what is compared, what is said, what reaches its code."""

import platform

import pytest

from tests.archive.archived import made
from tests.archive.tampering import (
    failed,
    read_members,
    seal_all,
    steps_of,
    write_members,
)

COPIES = """
import os, pathlib, shutil, sys
here = pathlib.Path(__file__).parent
target = here / "output" / "dorset" / "2019-01"
shutil.copytree(here.parent / "pack", target)
def change(name, old, new):
    file = target / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8", newline="\\n")
"""
"""A program that stands in for the archive's own: it copies the pack."""


def with_program(archive, target, program, info=None):
    """The archive with another program, and with every checksum made to fit."""
    members = read_members(archive)
    members["data/project/bootstrap.py"] = f"{COPIES}{program}".encode()
    if info:
        old, new = info
        assert old in members["bag-info.txt"].decode()
        text = members["bag-info.txt"].decode().replace(old, new)
        members["bag-info.txt"] = text.encode()
    seal_all(members)
    return write_members(target, members)


def rerun(archive, say=lambda _: None):
    """The step of running it again."""
    return steps_of(archive, rerun=True, say=say)[-1]


def test_the_same_pack_again_is_said_to_be_the_same(archive, tmp_path):
    said = []
    step = rerun(with_program(archive, tmp_path / "a.zip", ""), said.append)
    assert step.problems == ()
    assert step.note.endswith("files, byte for byte")
    assert said[0] == (
        "RERUN=1 executes the code that is in the archive, with your rights"
    )


def test_another_value_is_named_with_file_old_and_new(archive, tmp_path):
    """What a changed input leads to, where all that is shown was forged to fit."""
    program = "change('charts/caseload-ranges.csv', '18.7', '18.8')"
    step = rerun(with_program(archive, tmp_path / "a.zip", program))
    (problem,) = step.problems
    assert problem.startswith(
        "the pack that was made again differs: charts/caseload-ranges.csv: "
    )
    assert "old '18.7', new '18.8'" in problem
    assert step.error.exit_code == 37


def test_another_byte_that_is_no_value_is_named_too(archive, tmp_path):
    program = "change('index.html', '</main>', ' </main>')"
    (problem,) = rerun(with_program(archive, tmp_path / "a.zip", program)).problems
    assert problem.startswith("the pack that was made again differs: index.html: ")


@pytest.mark.parametrize("change", ["missing", "added"])
def test_a_file_that_is_missing_or_new_is_named(archive, tmp_path, change):
    program = {
        "missing": "(target / 'validation.json').unlink()",
        "added": "(target / 'more.txt').write_text('x')",
    }[change]
    (problem,) = rerun(with_program(archive, tmp_path / "a.zip", program)).problems
    assert ("validation.json" if change == "missing" else "more.txt") in problem


OTHER = ("Python: ", "Python: 9.")


def test_on_another_python_bytes_may_differ_and_values_may_not(archive, tmp_path):
    same = with_program(
        archive,
        tmp_path / "a.zip",
        "change('index.html', '</main>', ' </main>')",
        OTHER,
    )
    step = rerun(same)
    assert step.problems == ()
    assert step.note == (
        "every value is the same; the bytes of 1 files are not, which is not promised "
        "on another system or Python"
    )
    other = with_program(
        archive,
        tmp_path / "b.zip",
        "change('charts/caseload-ranges.csv', '18.7', '18.8')",
        OTHER,
    )
    assert "old '18.7', new '18.8'" in rerun(other).problems[0]


def test_a_program_that_fails_is_said_to_with_its_last_lines(archive, tmp_path):
    program = "print('one'); sys.exit('the disk is full')"
    (problem,) = rerun(with_program(archive, tmp_path / "a.zip", program)).problems
    assert problem == "its program ended with exit code 1: one / the disk is full"


def test_a_program_that_makes_no_pack_is_one_line(archive, tmp_path):
    program = "shutil.rmtree(target)"
    (problem,) = rerun(with_program(archive, tmp_path / "a.zip", program)).problems
    assert "\n" not in problem


def test_it_finds_nothing_of_this_run_around_it(archive, tmp_path, monkeypatch):
    for name in (
        "COUNCIL",
        "WORKSPACE",
        "FORMATS",
        "SCRUTINY_PACK_PROJECT",
        "PYTHONPATH",
    ):
        monkeypatch.setenv(name, "elsewhere")
    program = """
names = ("COUNCIL", "WORKSPACE", "FORMATS", "SCRUTINY_PACK_PROJECT", "PYTHONPATH")
assert not [name for name in names if name in os.environ]
assert sys.argv[1:] == ["pack", "COUNCIL=dorset", "PERIOD=2019-01", "FORMATS=all"]
assert sys.prefix == sys.base_prefix
"""
    assert rerun(with_program(archive, tmp_path / "a.zip", program)).problems == ()


def test_with_wheels_it_is_told_to_use_no_index(archive, tmp_path):
    program = """
assert os.environ["PIP_NO_INDEX"] == "1"
wheels = pathlib.Path(os.environ["PIP_FIND_LINKS"])
assert [path.name for path in wheels.iterdir()] == ["a_package-1-py3-none-any.whl"]
"""
    members = read_members(with_program(archive, tmp_path / "a.zip", program))
    members["data/wheels/a_package-1-py3-none-any.whl"] = b"PK"
    seal_all(members)
    made_with = write_members(tmp_path / "b.zip", members)
    found = failed(made_with)  # no list names the wheel, but its program can be run
    assert set(found) == {24}
    from scrutiny_pack.archive.opening import opened
    from scrutiny_pack.archive.rerun import MadeWith, run_again

    system = f"{platform.system()} {platform.machine()}"
    minor = ".".join(platform.python_version_tuple()[:2])
    facts = MadeWith(
        "dorset", "2019-01", "scrutiny-pack 0.1.0", minor, system, has_wheels=True
    )
    with opened(made_with, "b.zip") as archive_opened:
        _, note = run_again(archive_opened, facts, lambda _: None)
    assert note == ""


def test_nothing_is_left_of_it(archive, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    rerun(with_program(archive, tmp_path / "a.zip", ""))
    rerun(with_program(archive, tmp_path / "b.zip", "sys.exit(1)"))
    assert list(temporary.iterdir()) == []


def test_it_is_not_run_while_something_else_is_wrong(archive, tmp_path):
    sign = tmp_path / "sign"
    program = f"pathlib.Path({str(sign)!r}).touch()"
    members = read_members(with_program(archive, tmp_path / "a.zip", program))
    members["data/pack/index.html"] += b" "
    step = rerun(write_members(tmp_path / "b.zip", members))
    assert not step.is_done
    assert step.note == "not while something else is wrong"
    assert not sign.exists()


def test_without_rerun_it_says_what_that_would_take(archive):
    step = steps_of(archive)[-1]
    assert not step.is_done
    assert step.note.startswith("RERUN=1 does it; it was made by scrutiny-pack ")
    assert "a package index" in step.note


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_archives_own_program_makes_the_same_pack(project):
    """For real: the environment from the archived lock, in an empty folder."""
    archive = made(project)
    done = project.run("verify", f"ARCHIVE={archive}", "RERUN=1", minutes=20)
    if "there is no network" in done.stdout:
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stdout
    assert "ok        running it again gives the same pack: " in done.stdout
    assert "byte for byte" in done.stdout
    assert "executes the code that is in the archive" in done.stderr
