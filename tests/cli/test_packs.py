"""``packs`` and ``list``."""

import pytest


@pytest.fixture
def several(project):
    project.add_period("leeds", "2005")
    project.add_period("dorset", "2019-01")
    project.add_notebook(
        "01-first",
        "if council == 'dorset':\n    raise ValueError('no good')",
    )
    return project


def test_list_names_councils_and_periods(several):
    several.add_period("darlington", "2017")
    done = several.run("list")
    assert done.returncode == 0
    assert done.stdout == (
        "darlington  2016-07-31, 2017\ndorset      2019-01\nleeds       2005\n"
    )


def test_list_says_when_there_is_nothing(project, tmp_path):
    (tmp_path / "empty").mkdir()
    done = project.run("list", f"WORKSPACE={tmp_path / 'empty'}")
    assert done.returncode == 0
    assert done.stdout.startswith("There are no data")


def test_packs_goes_on_after_a_failure_and_says_at_the_end_what_failed(several):
    done = several.run("packs")
    assert done.returncode == 16
    for made in ("darlington/2016-07-31", "leeds/2005"):
        assert (several.folder / "output" / made / "index.html").is_file()
    assert not (several.folder / "output" / "dorset" / "2019-01").exists()
    assert done.stdout.splitlines()[-1] == "2 packs built, 1 failed"
    last = done.stderr.splitlines()[-1]
    assert last.startswith("  dorset 2019-01  notebooks/01-first.ipynb: the cell")
    assert last.endswith("ValueError: no good")


def test_packs_names_a_council_whose_periods_cannot_be_read(project):
    project.add_notebook("01-first")
    project.add_period("leeds", "last year")
    done = project.run("packs")
    assert done.returncode == 11
    assert "1 pack built, 1 failed" in done.stdout
    assert done.stderr.splitlines()[-1].startswith(
        "  leeds  'last year' is not a period"
    )
