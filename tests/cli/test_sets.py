"""``packs SET=england``: a pack for every local authority, and the page that lists them."""

import csv
import json
import re
import signal

import pytest

from scrutiny_pack.dfe.columns import INDICATORS
from scrutiny_pack.publish import lint
from scrutiny_pack.publish.page_facts import page_facts
from tests.run.small_cluster import small_cluster, wait_until

_HEADING = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name"
)
_COUNCILS = {
    # rate, staff, leavers; Rutland's base is under ten
    ("841", "E06000005", "Darlington"): ("15", "100", "15"),
    ("383", "E08000035", "Leeds"): ("7", "200", "14"),
    ("857", "E06000017", "Rutland"): ("50", "8", "4"),
    ("213", "E09000033", "Westminster"): ("x", "x", "x"),
}


@pytest.fixture
def england(project):
    """A project with a release of four authorities, and a small comparison notebook."""
    releases = project.folder / "data" / "reference" / "dfe-releases.yaml"
    text = re.sub(
        r"^  sha256: .*$",
        "  sha256: not known",
        releases.read_text("utf-8"),
        flags=re.MULTILINE,
    )
    releases.write_text(text, "utf-8")
    defaults = project.folder / "params" / "defaults.yaml"
    defaults.write_text('dfe_release: "2025"\ncomparison_groups: null\n', "utf-8")
    path = project.folder / "release.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*_HEADING.split(","), *INDICATORS])
        for (code, ons, name), (rate, staff, leavers) in _COUNCILS.items():
            figures = dict.fromkeys(INDICATORS, "x") | {
                "inpost_fte": staff,
                "leavers_fte": leavers,
                "turnover_rate_fte": rate,
            }
            area = ["2025", "Reporting year", "Local authority", "E92000001", "England"]
            row = [*area, "", "", code, ons, name, *figures.values()]
            writer.writerow(row)
    done = project.run("dfe", "RELEASE=2025", f"FILE={path}")
    assert done.returncode == 0, done.stderr
    return project


def add_notebook(project, *cells):
    project.add_notebook("09-comparison", *cells, scope="reference data")


def make(project, *words):
    return project.run("packs", "SET=england", "PERIOD=2025-09-30", *words)


def test_each_authority_has_a_pack_one_click_from_the_page_that_lists_them(england):
    add_notebook(england, "print(council)")
    done = make(england)
    assert done.returncode == 0, done.stderr
    assert "4 packs built, 0 failed" in done.stdout
    folder = england.folder / "output" / "england" / "2025-09-30"
    page = (folder / "index.html").read_text("utf-8")
    for slug in ("darlington", "leeds", "rutland", "westminster"):
        assert f'href="{slug}/index.html"' in page
        own = (folder / slug / "index.html").read_text("utf-8")
        assert 'href="../index.html"' in own
        assert "make packs SET=england PERIOD=2025-09-30" in own
        evidence = json.loads((folder / slug / "evidence.json").read_text("utf-8"))
        assert evidence["pack"]["id"] == f"england/2025-09-30/{slug}"
    facts = page_facts("index.html", page)
    checks = (lint._frame, lint._structure, lint._tables, lint._pictures, lint._loading)
    assert [problem for check in checks for problem in check(facts)] == []
    assert not (england.folder / "output" / "darlington").exists()
    figures = (folder / "figures.csv").read_text("utf-8")
    assert "nan" not in figures
    assert ",turnover_rate_dfe,fte,15,,,15,100,15,,2025-09-30," in figures


def test_the_list_stands_in_the_order_of_each_measure(england):
    add_notebook(england)
    make(england)
    page = (england.folder / "output/england/2025-09-30/index.html").read_text("utf-8")
    assert order(page, "by-name") == ["Darlington", "Leeds", "Rutland", "Westminster"]
    # one person decides Rutland's figure, and Westminster has none
    by_turnover = ["Leeds", "Darlington", "Rutland", "Westminster"]
    assert order(page, "by-turnover") == by_turnover
    assert 'href="#by-turnover"' in page


def order(page, anchor):
    section = page.partition(f'id="{anchor}"')[2].partition("</table>")[0]
    return re.findall(r'index\.html">([^<]+)</a></th>', section)


def test_an_authority_whose_pack_fails_is_named_and_the_others_are_made(england):
    add_notebook(england, "assert council != 'leeds', 'no good'")
    done = make(england)
    assert done.returncode == 16
    assert "3 packs built, 1 failed" in done.stdout
    assert done.stderr.splitlines()[-1].startswith("  leeds  notebooks/09-comparison")
    page = (england.folder / "output/england/2025-09-30/index.html").read_text("utf-8")
    assert 'href="leeds/index.html"' not in page
    assert ">Leeds</th>" in page


def test_where_all_fail_the_previous_set_stays(england):
    add_notebook(england)
    make(england)
    before = england.everything()
    add_notebook(england, "raise ValueError")
    assert make(england).returncode == 16
    assert england.everything() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("SET=wales",), 10, "SET=england"),
        (("SET=england", "PERIOD=2019-09-30"), 11, "no census of 2019-09-30"),
    ],
)
def test_what_is_not_there_is_said(england, words, code, said):
    add_notebook(england)
    done = england.run("packs", *words)
    assert done.returncode == code
    assert said in done.stderr


def test_without_the_release_it_says_how_to_obtain_it(project):
    defaults = project.folder / "params" / "defaults.yaml"
    defaults.write_text('dfe_release: "2025"\ncomparison_groups: null\n', "utf-8")
    add_notebook(project)
    done = make(project)
    assert done.returncode == 30
    assert "make dfe RELEASE=2025" in done.stderr


def test_only_what_has_changed_is_made_again(england):
    add_notebook(england, "print(council)")
    make(england)
    before = england.everything()
    again = make(england)
    assert "up to date, nothing was run" in again.stdout
    assert england.everything() == before

    own = england.folder / "params" / "leeds" / "2025-09-30.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("comparison_groups: null\n", "utf-8")
    changed = make(england)  # what a notebook takes has not
    assert "0 of 4 notebooks run" in changed.stdout, changed.stderr
    said = england.folder / "data" / "leeds" / "2025-09-30" / "commentary.yaml"
    said.parent.mkdir(parents=True)
    said.write_text("first: What we say.\n", "utf-8")
    england.add_notebook(
        "09-comparison", "print(council)", scope="reference data", items=["first"]
    )
    assert "4 packs built" in make(england).stdout
    said.write_text("first: What we say now.\n", "utf-8")
    assert "1 of 4 notebooks run" in make(england).stdout
    assert "nothing was run" in make(england).stdout
    assert "4 packs built" in make(england, "FORCE=1").stdout


def test_a_pack_of_a_set_that_was_edited_is_made_anew(england):
    add_notebook(england, "print(council)")
    make(england)
    page = england.folder / "output/england/2025-09-30/leeds/index.html"
    before = page.read_text("utf-8")
    page.write_text("edited", "utf-8")
    assert "0 of 4 notebooks run" in make(england).stdout
    assert page.read_text("utf-8") == before


def test_what_was_finished_before_a_failure_is_not_run_again(england):
    add_notebook(
        england,
        "import pathlib\nbusy = pathlib.Path('../busy').exists()",
        "assert council != 'leeds' or not busy",
    )
    busy = england.folder / "busy"
    busy.touch()
    assert "3 packs built, 1 failed" in make(england).stdout
    busy.unlink()
    done = make(england)
    assert done.returncode == 0
    assert "1 of 4 notebooks run" in done.stdout


def test_a_set_is_made_as_other_formats_if_they_are_asked_for(england):
    add_notebook(england)
    done = make(england, "FORMATS=pdf")
    assert done.returncode == 0, done.stderr
    folder = england.folder / "output" / "england" / "2025-09-30"
    assert (folder / "leeds" / "annex.pdf").is_file()
    page = (folder / "leeds" / "index.html").read_text("utf-8")
    assert "PERIOD=2025-09-30 FORMATS=pdf</code>" in page
    assert make(england, "FORMATS=").returncode == 0
    assert not (folder / "leeds" / "annex.pdf").exists()


@pytest.mark.slow
def test_a_cluster_makes_the_same_set_and_leaves_it_if_it_goes_away(england):
    add_notebook(england, "print(council)")
    assert make(england, "WARM=0").returncode == 0
    here = england.everything()
    with small_cluster(workers=1) as cluster:
        done = make(england, "FORCE=1", f"ENGINE={cluster.address}")
        assert done.returncode == 0, done.stderr
        assert "4 packs built, 0 failed" in done.stdout
        there = england.everything()
        facts = {name for name in here if name.endswith(".run.json")}
        assert {n: b for n, b in there.items() if n not in facts} == {
            n: b for n, b in here.items() if n not in facts
        }

        add_notebook(england, "import time\ntime.sleep(300 * (council == 'leeds'))")
        words = ("SET=england", "PERIOD=2025-09-30", f"ENGINE={cluster.address}")
        process = england.command("packs", *words)
        finished = england.folder / "output" / ".cache" / "notebooks" / "england"
        kept = "import time"
        wait_until(
            lambda: any(
                kept in path.read_text("utf-8")
                for path in finished.rglob("notebook.ipynb")
            ),
            120,
        )
        cluster.scheduler.send_signal(signal.SIGKILL)
        _, err = process.communicate(timeout=120)
        assert process.returncode == 28, err
        assert "is no longer there" in err.splitlines()[-1]
        assert england.everything() == there
