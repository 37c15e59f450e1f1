"""Running only what is due, as real processes."""

import json
import os
import signal

import pytest

from tests.run.small_project import PERIOD

NEVER = """
import sys
class Never:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {
            "great_expectations", "seaborn", "matplotlib", "papermill", "nbconvert",
            "pandas", "numpy", "pydantic", "jupyter_client",
        } - ALLOWED:
            raise AssertionError(f"{name} is imported")
sys.meta_path.insert(0, Never())
"""
NOTHING_HEAVY = NEVER.replace("ALLOWED", "set()")
NO_LIBRARY_OF_NOTEBOOKS = NEVER.replace("ALLOWED", "{'pydantic', 'pandas', 'numpy'}")


def cells(project, name):
    path = project.pack / "notebooks" / f"{name}.ipynb"
    return json.loads(path.read_text("utf-8"))["cells"]


def printed(project, name):
    return "".join(cells(project, name)[-1]["outputs"][0]["text"])


@pytest.fixture
def two(project):
    project.add_notebook("01-first", "print('first')")
    project.add_notebook("02-second", "print('second')", order=2)
    return project


def run(project, *words, **variables):
    done = project.run(*words, "COUNCIL=darlington", **variables)
    assert done.returncode == 0, done.stderr
    return done


def test_only_what_changed_is_run_and_force_runs_all(two):
    assert "up to date" not in run(two, "pack").stdout
    before = two.everything()

    again = run(two, "pack", before=NOTHING_HEAVY)
    assert again.stderr == ""
    assert again.stdout == (
        f"output/darlington/{PERIOD}/index.html\n"
        "0 tables, 0 charts, 0 key figures, 0 warnings; up to date, nothing was run\n"
    )
    assert two.everything() == before
    assert run(two, "plan", before=NO_LIBRARY_OF_NOTEBOOKS).stdout == (
        f"output/darlington/{PERIOD}: up to date\n"
    )

    two.add_notebook("02-second", "print('changed')", order=2)
    plan = run(two, "plan", before=NO_LIBRARY_OF_NOTEBOOKS).stdout.splitlines()
    assert plan[1] == "  01-first: up to date"
    assert plan[2].startswith(
        "  02-second: to be run, because notebooks/02-second.ipynb"
    )
    one = run(two, "pack")
    assert "notebook 02-second (1 of 1)" in one.stderr
    assert "01-first" not in one.stderr
    assert "; 1 of 2 notebooks run; " in one.stdout
    assert printed(two, "02-second") == "changed\n"

    forced = run(two, "pack", "FORCE=1")
    assert "notebook 02-second (2 of 2)" in forced.stderr


def test_help_imports_nothing_heavy(project):
    assert project.run("help", before=NOTHING_HEAVY).returncode == 0
    assert project.run("list", before=NOTHING_HEAVY).returncode == 0


def test_a_pack_edited_by_hand_is_made_anew_from_what_is_kept(two):
    run(two, "pack")
    whole = two.everything()
    index = two.pack / "index.html"
    index.write_text("mine", "utf-8")
    done = run(two, "pack")
    assert "notebook" not in done.stderr
    assert "; 0 of 2 notebooks run; " in done.stdout
    times = f"darlington/{PERIOD}.run.json"
    assert {**two.everything(), times: b""} == {**whole, times: b""}


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
def test_a_run_that_was_killed_goes_on_from_what_is_finished(project):
    kill = "import os\nif 'TEST_KILL' in os.environ:\n"
    kill += "    os.kill(int(os.environ['TEST_KILL']), 9)"
    project.add_notebook("01-first", "print('first')")
    project.add_notebook("02-second", kill, "print('second')", order=2)
    before = "import os; os.environ['TEST_KILL'] = str(os.getpid())"
    killed = project.run("pack", "COUNCIL=darlington", "JOBS=1", before=before)
    assert killed.returncode == -signal.SIGKILL
    done = run(project, "pack")
    assert "01-first" not in done.stderr
    assert "notebook 02-second (1 of 1)" in done.stderr


def test_only_the_last_run_of_each_notebook_is_kept(two):
    run(two, "pack")
    two.add_notebook("01-first", "print('again')")
    (two.folder / "notebooks" / "02-second.yaml").unlink()
    (two.folder / "notebooks" / "02-second.ipynb").unlink()
    run(two, "pack")
    kept = two.folder / "output" / ".cache" / "notebooks" / "darlington" / PERIOD
    (only,) = kept.iterdir()
    assert only.name.startswith("01-first-")
    assert "again" in (only / "notebook.ipynb").read_text("utf-8")


def test_jobs_is_a_number(project):
    done = project.run("pack", "COUNCIL=darlington", "JOBS=many")
    assert done.returncode == 12
    assert done.stderr.startswith("JOBS=many is not a number of notebooks")


def test_packs_gives_the_same_whatever_jobs_is(two):
    two.add_period("leeds", "2005")
    two.add_period("dorset", "2019-01")
    one = two.run("packs", "JOBS=1")
    first = two.everything()
    many = two.run("packs", "JOBS=4", "FORCE=1")
    assert [one.returncode, many.returncode] == [0, 0], one.stderr + many.stderr
    assert one.stdout.splitlines()[-1] == "3 packs built, 0 failed"
    records = {name for name in first if name.endswith(".run.json")}
    second = two.everything()
    assert first.keys() == second.keys()
    assert [n for n in first if first[n] != second[n] and n not in records] == []


def test_another_choice_of_formats_publishes_anew_and_runs_no_notebook(two):
    run(two, "pack", FORMATS="pdf")
    assert (two.pack / "annex.pdf").read_bytes().startswith(b"%PDF")
    before = (two.pack / "notebooks" / "01-first.ipynb").read_bytes()
    again = run(two, "pack", FORMATS="pdf", before=NOTHING_HEAVY)
    assert "up to date, nothing was run" in again.stdout
    plan = run(two, "plan", FORMATS="html")
    assert plan.stdout.splitlines()[0].endswith("because the format pdf is gone")

    fewer = run(two, "pack", FORMATS="none")
    assert "; 0 of 2 notebooks run; " in fewer.stdout
    assert not (two.pack / "annex.pdf").exists()
    assert (two.pack / "notebooks" / "01-first.ipynb").read_bytes() == before


def test_without_a_choice_every_format_is_made(two):
    run(two, "pack", FORMATS="")
    assert (two.pack / "annex.pdf").is_file()


def test_a_format_that_nobody_knows_is_refused_before_anything_runs(two):
    done = two.run("pack", "COUNCIL=darlington", "FORMATS=pfd")
    assert done.returncode == 12
    assert "there is no format 'pfd'. Did you mean pdf? There are " in done.stderr
    assert not two.pack.exists()
