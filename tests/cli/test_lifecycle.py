"""Draft, final, corrected, superseded, compared: as an analyst types it."""

import json
import os
import shutil
import signal

import pytest

from tests.cli.test_up_to_date import NOTHING_HEAVY
from tests.run.small_project import PERIOD, SmallProject

ASKS = """
from scrutiny_pack import open_pack
pack = open_pack("01-first", council, period)
pack.ask("Why are {} posts vacant?")
"""
CHECKED = "checked_by: Scrutiny Officer\nchecked_on: 2016-10-01\n"
DEFAULTS = "checked_by: null\nchecked_on: null\nchecked_evidence: null\n"
SAID = (
    ("corrected_on:", "corrected_on: 2016-11-02"),
    ("corrected_by:", "corrected_by: Scrutiny Officer"),
    ("why:", "why: Two posts were counted twice."),
)


def add_council(project):
    (project.folder / "params" / "defaults.yaml").write_text(DEFAULTS, "utf-8")
    project.add_notebook("01-first", ASKS.format(8))
    return project


@pytest.fixture
def council(project):
    return add_council(project)


def check(project, text=CHECKED):
    own = project.folder / "params" / "darlington" / f"{PERIOD}.yaml"
    own.parent.mkdir(exist_ok=True)
    own.write_text(text, "utf-8")


def make(project, *words, expect=0, **more):
    done = project.run(*(words or ("pack",)), "COUNCIL=darlington", **more)
    assert done.returncode == expect, done.stderr
    return done


def about(folder):
    return json.loads((folder / "evidence.json").read_text("utf-8"))["pack"]


def status(project, place=f"darlington/{PERIOD}"):
    file = project.folder / "output" / f"{place}.status.json"
    return json.loads(file.read_text("utf-8"))


def fill_in(project):
    folder = project.folder / "data" / "darlington" / PERIOD / "corrections"
    [file] = folder.glob("*/correction.yaml")
    text = file.read_text("utf-8")
    for name, said in SAID:
        text = "".join(
            f"{said}\n" if line.startswith(name) else line
            for line in text.splitlines(keepends=True)
        )
    file.write_text(text, "utf-8")


def superseded(project):
    folder = project.folder / "output" / "superseded" / "darlington" / PERIOD
    return [path for path in folder.iterdir() if path.is_dir()]


@pytest.fixture(scope="session")
def _corrected_once(tmp_path_factory):
    made = SmallProject(tmp_path_factory.mktemp("corrected-once") / "project")
    add_council(made)
    check(made)
    make(made)
    shutil.copytree(made.pack, made.folder / "before")
    make(made, "correct")
    fill_in(made)
    made.add_notebook("01-first", ASKS.format(6))
    return made


@pytest.fixture
def corrected(_corrected_once, tmp_path):
    """A final pack, a copy of it, and the data and reason of its successor."""
    shutil.copytree(_corrected_once.folder, tmp_path / "project")
    project = SmallProject(tmp_path / "project")
    return project, project.folder / "before"


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_check_makes_a_pack_final_and_runs_no_notebook(council):
    make(council)
    assert status(council)["status"] == "draft"
    check(council)
    assert make(council, "plan").stdout.splitlines()[1] == "  01-first: up to date"
    assert "0 of 1 notebook" in make(council).stdout
    assert about(council.pack)["standing"]["words"] == (
        "Final: checked by the Scrutiny Officer, 1 October 2016"
    )
    assert status(council)["status"] == "final"
    page = (council.folder / "output" / "index.html").read_text("utf-8")
    assert '<span class="status">Final</span>' in page


def test_half_a_check_is_refused_before_anything_is_run(council):
    check(council, "checked_by: Scrutiny Officer\n")
    done = make(council, expect=12)
    assert done.stderr.startswith(
        f"params/darlington/{PERIOD}.yaml: checked_on is missing"
    )
    assert not council.pack.exists()


def test_a_final_pack_is_not_changed_without_a_stated_reason(council):
    check(council)
    make(council)
    before = files_of(council.pack)
    council.add_notebook("01-first", ASKS.format(6))
    done = make(council, expect=26)
    said = done.stderr.splitlines()[-1]
    assert said == (
        f"output/darlington/{PERIOD} is final, and a value of it would change without a "
        "stated reason, such as the pack: what to ask the witnesses: 'Why are 8 posts "
        "vacant?' to 'Why are 6 posts vacant?'. It is as it was. To correct it, run 'make "
        f"correct COUNCIL=darlington PERIOD={PERIOD}' and say why"
    )
    assert files_of(council.pack) == before
    # Nor by taking the check away.
    check(council, "")
    make(council, expect=26)
    assert files_of(council.pack) == before


def test_a_correction_supersedes_the_final_pack_and_lists_what_changed(corrected):
    project, before = corrected
    done = make(project)
    [old] = superseded(project)
    assert "that was there is kept on the shelf." in done.stdout
    assert files_of(old) == files_of(before)
    new = about(project.pack)
    assert new["replaces"]["evidence"] == about(old)["standing"]["evidence"]
    [change] = new["replaces"]["changes"]
    assert (change["old"], change["new"], change["reason"]) == (
        "Why are 8 posts vacant?",
        "Why are 6 posts vacant?",
        "Two posts were counted twice.",
    )
    assert new["standing"]["words"] == (
        "Draft: corrected since it was checked, 1 October 2016"
    )
    assert status(project)["status"] == "draft"
    was = status(project, f"superseded/darlington/{PERIOD}/{old.name}")
    assert was["status"] == "superseded"

    # Checked anew, it is final; it replaces the same pack, and supersedes no other.
    check(project, CHECKED.replace("10-01", "11-03"))
    make(project)
    assert status(project)["status"] == "final"
    assert about(project.pack)["replaces"] == new["replaces"]
    assert superseded(project) == [old]


def test_a_corrected_pack_is_the_same_bytes_without_the_old_one(corrected):
    project, _ = corrected
    make(project)
    made = files_of(project.pack)
    shutil.rmtree(project.folder / "output")
    make(project)
    assert files_of(project.pack) == made
    assert not (project.folder / "output" / "superseded").exists()


def test_a_reason_that_is_not_filled_in_stops_the_run(council):
    check(council)
    make(council)
    make(council, "correct")
    council.add_notebook("01-first", ASKS.format(6))
    done = make(council, expect=26)
    assert "correction.yaml: corrected_on is missing: write the date" in done.stderr


def test_a_draft_needs_no_correction(council):
    make(council)
    done = make(council, "correct", expect=34)
    assert "is a draft: correct the data and build it again" in done.stderr
    council.add_notebook("01-first", ASKS.format(6))
    make(council)
    assert not (council.folder / "output" / "superseded").exists()


def test_diff_says_what_differs_and_exits_accordingly(corrected):
    project, before = corrected
    make(project)
    done = project.run("diff", f"A={before}", f"B=darlington/{PERIOD}")
    assert done.returncode == 25
    assert done.stdout.splitlines()[:3] == [
        "evidence.json: the pack: what to ask the witnesses",
        "  A: Why are 8 posts vacant?",
        "  B: Why are 6 posts vacant?",
    ]
    assert done.stderr == "1 value of the two packs differs: it is above\n"
    same = project.run("diff", f"A={before}", f"B={superseded(project)[0]}")
    assert (same.returncode, same.stdout) == (
        0,
        "The two packs are the same, byte for byte.\n",
    )


def test_diff_says_where_bytes_differ_and_every_value_is_equal(council):
    make(council)
    draft = council.folder / "draft"
    shutil.copytree(council.pack, draft)
    check(council)
    make(council)
    done = council.run("diff", f"A={draft}", f"B=output/darlington/{PERIOD}")
    assert done.returncode == 0, done.stderr
    first, *rest = done.stdout.splitlines()
    assert first == "Every value is equal."
    assert (
        "Not a value: standing, words: Draft: not yet checked, Final: checked by the "
        "Scrutiny Officer, 1 October 2016"
    ) in rest
    assert " in bytes and in no value: " in rest[-1]
    assert {"evidence.json", "index.html"} <= set(rest[-1].replace(",", "").split())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "two packs are compared: write A= and B="),
        (("A=nowhere", "B=nowhere"), "A=nowhere is neither a folder nor a file"),
        (("A=params", "B=params"), "params is not a pack: it has no evidence.json"),
    ],
)
def test_diff_of_what_is_no_pack_is_one_line(council, words, message):
    if words == ("A=params", "B=params"):
        (council.folder / "other").mkdir()
        words = ("A=params", "B=other")
    done = council.run("diff", *words)
    assert done.returncode == 13
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_shelf_costs_an_unchanged_pack_no_import(council):
    make(council)
    done = make(
        council, before=NOTHING_HEAVY.replace('"jupyter_client",', '"jinja2", "yaml",')
    )
    assert "up to date" in done.stdout


KILLED = """
import os, signal
from pathlib import Path
def killing(real, at):
    calls = []
    def call(*arguments, **options):
        calls.append(arguments)
        if len(calls) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    return call
from scrutiny_pack.run.folders import Staging
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
@pytest.mark.parametrize(
    "moment",
    [
        *(f"Path.rename = killing(Path.rename, {at})" for at in (1, 2, 3)),
        "Staging.clear = killing(Staging.clear, 1)",
        "Path.replace = killing(Path.replace, 2)",
    ],
)
def test_a_run_that_is_killed_loses_no_final_pack(corrected, moment):
    project, before = corrected
    killed = project.run("pack", "COUNCIL=darlington", before=KILLED + moment)
    assert killed.returncode == -signal.SIGKILL
    make(project)
    [old] = superseded(project)
    assert files_of(old) == files_of(before)
    assert about(project.pack)["replaces"]["changes"]
    around = {path.name for path in project.pack.parent.iterdir()}
    assert around == {
        *(PERIOD, f"{PERIOD}.run.json", f"{PERIOD}.status.json", f".{PERIOD}.lock")
    }
