"""The page that lists all local authorities, of a small register made up for it."""

import csv
import hashlib
import re

import numpy as np
import pandas as pd
import pytest

from scrutiny_pack.dfe.distribution import Distribution
from scrutiny_pack.dfe.national import National
from scrutiny_pack.dfe.register import Area
from scrutiny_pack.dfe.releases import Release
from scrutiny_pack.observations import long_form
from scrutiny_pack.periods import Period
from scrutiny_pack.publish import lint, national
from scrutiny_pack.publish.page_facts import page_facts
from tests.publish.browser import (
    axe_violations,
    cut_off,
    opened,
    out_of_reach,
    width_of,
)

AS_AT = "2025-09-30"
RELEASE = Release(
    name="2025",
    title="Children's social work workforce, reporting year 2025",
    published="2026-02",
    file="release.csv",
    page="https://example.org/release",
    urls=(),
    sha256="",
)
TURNOVER = {
    # rate, staff; Fenland's base is under ten, and Gorseshire sent nothing
    "Ashford": (15.4, 95.6),
    "Brackenbury & the Isles of Sampleton, formerly two councils": (7.0, 200.0),
    "Corrie": (12.5, 80.0),
    "Dale": (31.0, 60.0),
    "Elmet": (22.0, 120.5),
    "Fenland": (50.0, 8.0),
    "Gorseshire": (np.nan, np.nan),
}


def slug_of(name):
    return name.split()[0].lower()


def made_up():
    rows = []
    for name, (rate, staff) in TURNOVER.items():
        shared = {
            "area": slug_of(name),
            "basis": "fte",
            "status": "x" if np.isnan(rate) else "",
        }
        rows += [
            shared
            | {"measure": "turnover_rate_dfe", "value": rate, "denominator": staff},
            shared | {"measure": "in_post_dfe", "value": staff},
            shared | {"measure": "average_caseload_dfe", "value": staff / 8},
        ]
    usual = {
        "as_at": AS_AT,
        "nature": "actual",
        "dataset": "dfe-2025",
        "paragraph": "c",
    }
    figures = long_form(pd.DataFrame([usual | row for row in rows]))
    placed = {
        ("turnover_rate_dfe", "fte", AS_AT): np.array([7.0, 12.5, 15.4, 22.0, 31.0]),
        # two bands: a number says it better than a chart
        ("average_caseload_dfe", "fte", AS_AT): np.array([14.0, 14.5, 16.0, 17.0]),
    }
    return National(
        release=RELEASE,
        areas=tuple(Area(slug_of(n), n, "council", "north", "", "") for n in TURNOVER),
        regions=dict.fromkeys(map(slug_of, TURNOVER), "The North"),
        figures=figures,
        distribution=Distribution(placed),
        as_at=AS_AT,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("set")
    made = {slug_of(name) for name in TURNOVER} - {"dale"}
    listed = national.Listed(made_up(), "england", Period.parse(AS_AT), made)
    national.publish_national(listed, target)
    return target


def page_of(folder):
    return (folder / "index.html").read_text("utf-8")


def test_the_page_is_sound(folder):
    facts = page_facts("index.html", page_of(folder))
    checks = (lint._frame, lint._structure, lint._tables, lint._pictures, lint._loading)
    assert [problem for check in checks for problem in check(facts)] == []
    assert facts.standing.strip() == "Draft: not yet checked"
    assert facts.spans["unit"] == facts.tags["table"] == 6
    within = {link[1:] for link in facts.links if link.startswith("#")}
    assert within <= set(facts.ids)


def test_authorities_stand_in_the_order_of_a_measure(folder):
    section = page_of(folder).partition('id="by-turnover"')[2].partition("</table>")[0]
    names = re.findall(r'<th scope="row"[^>]*>(?:<a[^>]*>)?(\w+)', section)
    assert names == [
        "Brackenbury", "Corrie", "Ashford", "Elmet", "Dale",
        "Fenland", "Gorseshire",  # a base under ten, and no figure
    ]  # fmt: skip


def test_an_authority_without_a_pack_has_no_link(folder):
    page = page_of(folder)
    assert '<a href="elmet/index.html">Elmet</a>' in page
    assert "dale/index.html" not in page


def test_a_chart_is_made_only_where_it_says_more_than_a_number(folder):
    charts = sorted(path.name for path in (folder / "charts").iterdir())
    assert charts == ["turnover-spread.csv", "turnover-spread.svg"]
    page = page_of(folder)
    assert "Turnover: half of 5 authorities lie between 12.5% and 22.0%" in page
    assert "(england/2025-09-30/turnover-spread)</span>" in page
    with (folder / "charts" / "turnover-spread.csv").open(encoding="utf-8") as file:
        bands = {row["band"]: row["value"] for row in csv.DictReader(file)}
    assert bands == {
        "5 to under 10%": "1", "10 to under 15%": "1", "15 to under 20%": "1",
        "20 to under 25%": "1", "25 to under 30%": "0", "30 to under 35%": "1",
    }  # fmt: skip


def test_the_manifest_holds_and_the_bytes_are_the_same_again(folder, tmp_path):
    listed = {
        name: digest
        for digest, name in (
            line.split("  ", 1)
            for line in (folder / "manifest-sha256.txt").read_text("utf-8").splitlines()
        )
    }
    assert listed == {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest-sha256.txt"
    }
    made = {slug_of(name) for name in TURNOVER} - {"dale"}
    again = national.Listed(made_up(), "england", Period.parse(AS_AT), made)
    national.publish_national(again, tmp_path)
    assert (tmp_path / "index.html").read_bytes() == (
        folder / "index.html"
    ).read_bytes()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_and_the_page_fits(browser, folder, width, scheme):
    path = folder / "index.html"
    with opened(browser, path, width=width, scheme=scheme) as (page, problems):
        assert axe_violations(page) == []
        assert problems == []
        assert width_of(page) <= width
        assert cut_off(page) == []


@pytest.mark.browser
def test_one_order_is_shown_at_a_time_and_the_keyboard_reaches_it(browser, folder):
    with opened(browser, folder / "index.html") as (page, _):
        shown = page.locator(".orders:visible")
        assert shown.evaluate_all("all => all.map(e => e.id)") == ["by-name"]
        page.locator("nav a[href='#by-turnover']").click()
        assert shown.evaluate_all("all => all.map(e => e.id)") == ["by-turnover"]
        assert out_of_reach(page) == []
