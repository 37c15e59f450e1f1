"""``pack``: what it says and how it exits, when all is well and when it is not."""

import json
import re
import shutil

import pytest

from tests.run.small_project import CLONE, COUNCIL, PERIOD


def lines(text):
    return text.strip().splitlines()


def test_a_pack_is_made_and_shown_where_to_look(project):
    project.add_notebook("01-first", "print(council, period)")
    done = project.run("pack", "COUNCIL=darlington")
    assert done.returncode == 0, done.stderr
    *_, where, what = lines(done.stdout)
    assert where == "output/darlington/2016-07-31/index.html"
    assert re.fullmatch(
        r"0 tables, 0 charts, 0 key figures, 0 warnings; \d+ seconds?", what
    )
    assert (project.folder / where).is_file()
    assert "notebook 01-first (1 of 1)" in done.stderr


def test_how_long_it_took_stands_beside_the_pack_and_names_no_one(project):
    project.add_notebook("01-first")
    project.run("pack", "COUNCIL=darlington")
    record = json.loads(
        (project.pack.with_name(f"{PERIOD}.run.json")).read_text("utf-8")
    )
    assert set(record) == {
        *("council", "period", "seconds", "machine", "processors", "python"),
    }
    assert set(record["seconds"]) == {"inputs", "01-first", "publishing", "in all"}


def test_nothing_but_the_pack_and_its_record_is_left(project):
    project.add_notebook("01-first")
    project.run("pack", "COUNCIL=darlington")
    around = {path.name for path in project.pack.parent.iterdir()}
    beside = {f"{PERIOD}.run.json", f"{PERIOD}.status.json", f".{PERIOD}.lock"}
    assert around == {PERIOD, *beside}


def test_the_same_inputs_give_the_same_bytes(project):
    project.add_notebook("01-first", "print({'b', 'a', 'c'})")
    packs = []
    for _ in range(2):
        project.run("pack", "COUNCIL=darlington")
        packs.append(
            {k: v for k, v in project.everything().items() if "run.json" not in k}
        )
    assert packs[0] == packs[1]


def test_what_the_notebooks_warn_of_is_told_and_not_published(project):
    project.add_notebook("01-first", "import warnings; warnings.warn('take care')")
    done = project.run("pack", "COUNCIL=darlington")
    assert "take care" in done.stdout
    assert not any(
        b"take care\\n" in content for content in project.everything().values()
    )


def test_a_council_may_keep_its_material_elsewhere(project, tmp_path):
    project.add_notebook("01-first", "print(period)")
    ours = tmp_path / "our evidence"
    (ours / "data" / COUNCIL / "2017").mkdir(parents=True)
    done = project.run("pack", "COUNCIL=darlington", f"WORKSPACE={ours}")
    assert done.returncode == 0, done.stderr
    assert (ours / "output" / COUNCIL / "2017" / "index.html").is_file()
    assert not (project.folder / "output").exists()


BAD_CALLS = [
    ((), 10, "no council was given: say which, such as COUNCIL=darlington"),
    (("COUNCIL=darlingtn",), 10, "a council 'darlingtn'. Did you mean darlington?"),
    (("COUNCIL=darlington", "PERIOD=2015"), 11, "there are data for 2016-07-31"),
    (("COUNCIL=darlington", "PERIOD=July"), 11, "'July' is not a period"),
    (("COUNCIL=darlington", "WORKSPACE=/nowhere"), 13, "WORKSPACE=/nowhere is not a"),
]


@pytest.mark.parametrize(("words", "code", "message"), BAD_CALLS)
def test_a_call_that_is_wrong_is_one_line(project, words, code, message):
    project.add_notebook("01-first")
    done = project.run("pack", *words)
    assert done.returncode == code
    assert message in done.stderr
    assert len(lines(done.stderr)) == 1
    assert done.stdout == ""


def assert_fails(project, previous, code, message, prelude=""):
    done = project.run("pack", "COUNCIL=darlington", "FORCE=1", before=prelude)
    assert done.returncode == code, done.stderr
    *progress, line = lines(done.stderr)
    assert message in line
    assert "Traceback" not in done.stderr
    assert all(step.startswith("darlington 2016-07-31: ") for step in progress)
    assert project.everything() == previous


def test_an_unknown_parameter_leaves_the_previous_pack(with_previous):
    project, before = with_previous
    folder = project.folder / "params" / COUNCIL
    folder.mkdir()
    (folder / f"{PERIOD}.yaml").write_text("threshhold: 3", "utf-8")
    assert_fails(project, before, 12, "'threshhold' is not a parameter")


def test_an_input_that_cannot_be_read_leaves_the_previous_pack(with_previous):
    project, before = with_previous
    (project.folder / "data" / COUNCIL / PERIOD / "posts.csv").touch()
    assert_fails(project, before, 13, "posts.csv")


@pytest.mark.slow
def test_a_negative_headcount_stops_before_any_notebook_runs(with_previous):
    project, before = with_previous
    data = project.folder / "data" / COUNCIL / PERIOD
    shutil.rmtree(data)
    shutil.copytree(CLONE / "data" / COUNCIL / PERIOD, data)
    posts = data / "posts.csv"
    text = posts.read_text("utf-8")
    assert ",94," in text
    posts.write_text(text.replace(",94,", ",-94,", 1), "utf-8")
    project.add_notebook("01-first", "raise AssertionError('it ran')")
    assert_fails(project, before, 14, "-94")


def test_a_file_that_is_no_dataset_leaves_the_previous_pack(with_previous):
    project, before = with_previous
    (project.folder / "data" / COUNCIL / PERIOD / "post.csv").touch()
    assert_fails(project, before, 13, "Did you mean posts?")


def test_a_cell_that_fails_leaves_the_previous_pack(with_previous):
    project, before = with_previous
    project.add_notebook("02-second", "1/0", order=2)
    assert_fails(
        project, before, 16, "'1/0' failed: ZeroDivisionError: division by zero"
    )


def test_the_error_of_a_notebook_keeps_its_exit_code(with_previous):
    project, before = with_previous
    cell = "from scrutiny_pack.errors import EvidenceError\nraise EvidenceError('No base.')"
    project.add_notebook("01-first", cell)
    assert_fails(project, before, 17, "No base.")


def test_debug_shows_the_traceback_of_the_cell(with_previous):
    project, before = with_previous
    project.add_notebook("01-first", "def rate():\n    return 1/0\nrate()")
    done = project.run("pack", "COUNCIL=darlington", "DEBUG=1")
    assert done.returncode == 16
    assert "Traceback" in done.stderr
    assert "return 1/0" in done.stderr
    assert "failed: ZeroDivisionError" in lines(done.stderr)[-1]
    assert project.everything() == before


def test_what_nobody_expected_is_one_line_too(project):
    project.add_notebook("01-first")
    before = (
        "from scrutiny_pack.run import choose\n"
        "def broken(*_): raise ValueError('odd')\n"
        "choose.choose_council = broken"
    )
    done = project.run("pack", "COUNCIL=darlington", before=before)
    assert done.returncode == 1
    assert done.stderr == "unexpected error, ValueError: odd; DEBUG=1 shows where\n"


HELD_OPEN = """
from pathlib import Path
renames, real = [], Path.rename
def rename(self, target):
    renames.append(self)
    if len(renames) == {at}:
        raise PermissionError(13, "held open")
    return real(self, target)
Path.rename = rename
"""


@pytest.mark.parametrize("at", [1, 2])
def test_a_file_that_is_held_open_leaves_the_previous_pack(with_previous, at):
    project, before = with_previous
    message = "a file of it is open in another program; close it, and run again"
    assert_fails(project, before, 19, message, HELD_OPEN.format(at=at))
