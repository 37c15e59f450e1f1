"""``dfe``, ``reconcile`` and ``revisions``: what they exit with, and where they write."""

import csv

import pytest

from scrutiny_pack.dfe.columns import INDICATORS
from tests.dfe.dfe_examples import PROJECT

_HEADING = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name"
)


@pytest.fixture
def without_hashes(project):
    """A project that takes any bytes for a release, as it does one it has not seen."""
    path = project.folder / "data" / "reference" / "dfe-releases.yaml"
    lines = path.read_text("utf-8").splitlines()
    kept = [
        "  sha256: not known" if line.startswith("  sha256") else line for line in lines
    ]
    path.write_text("\n".join(kept) + "\n", "utf-8")
    return project


def _release(project, name, rate):
    """A release of England in 2024 and its own year, with ten leavers of a hundred."""
    figures = dict.fromkeys(INDICATORS, "x") | {
        "inpost_fte": "100",
        "leavers_fte": "10",
        "turnover_rate_fte": rate,
    }
    area = ["Reporting year", "National", "E92000001", "England"]
    path = project.folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*_HEADING.split(","), *figures])
        for year in sorted({name, "2024"}, reverse=True):
            writer.writerow([year, *area, "", "", "", "", "", *figures.values()])
    return path


def _obtain(project, name, rate):
    return project.run(
        "dfe", f"RELEASE={name}", f"FILE={_release(project, name, rate)}"
    )


def test_a_release_is_pinned_and_is_no_council(without_hashes):
    done = _obtain(without_hashes, "2025", "10")
    assert done.returncode == 0, done.stderr
    assert "Pinned in data/dfe/2025/, SHA-256 " in done.stdout
    assert (
        without_hashes.folder / "data/dfe/2025/csww_indicators_2017_to_2025.csv"
    ).is_file()
    assert without_hashes.run("list").stdout == "darlington  2016-07-31\n"


def test_a_release_goes_to_the_workspace(without_hashes, tmp_path):
    home = tmp_path / "ours"
    home.mkdir()
    file = _release(without_hashes, "2025", "10")
    done = without_hashes.run("dfe", f"FILE={file}", f"WORKSPACE={home}")
    assert done.returncode == 0, done.stderr
    assert (home / "data/dfe/2025").is_dir()
    assert not (without_hashes.folder / "data/dfe").exists()


def test_changed_bytes_are_refused(without_hashes):
    _obtain(without_hashes, "2025", "10")
    done = _obtain(without_hashes, "2025", "10.0")
    assert done.returncode == 32
    assert "other bytes than the release 2025 that is pinned" in done.stderr


def test_reconcile_fails_on_a_rate_that_nothing_explains(without_hashes):
    _obtain(without_hashes, "2025", "10")
    assert without_hashes.run("reconcile", "RELEASE=2025").returncode == 0
    _obtain(without_hashes, "2024", "11")
    done = without_hashes.run("reconcile", "RELEASE=2024")
    assert done.returncode == 3
    assert "published 11, worked out 9.9" in done.stdout


def test_revisions_lists_what_changed(without_hashes):
    _obtain(without_hashes, "2024", "10")
    _obtain(without_hashes, "2025", "10.1")
    done = without_hashes.run("revisions", "FROM=2024", "TO=2025")
    assert done.returncode == 0, done.stderr
    assert "1 has changed." in done.stdout
    assert "10 before, now 10.1." in done.stdout


def test_revisions_needs_a_release_to_start_from(project):
    done = project.run("revisions")
    assert done.returncode == 30
    assert "FROM=2024 TO=2025" in done.stderr


def test_a_release_that_is_not_there_says_how_to_get_it(project):
    done = project.run("reconcile", "RELEASE=2025")
    assert done.returncode == 30
    assert "make dfe RELEASE=2025" in done.stderr
    assert str(PROJECT) not in done.stderr
