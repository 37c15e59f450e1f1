"""The pages in a browser: accessible, complete, and nothing loaded."""

import shutil
import subprocess

import pytest

from tests.publish.browser import (
    axe_violations,
    cut_off,
    opened,
    out_of_reach,
    width_of,
)
from tests.publish.pixels import colours, contrast

pytestmark = pytest.mark.browser

PAGES = ["index.html", "notebooks/02-posts.html", "notebooks/04-turnover.html"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_with_all_unfolded(browser, pack, name, scheme):
    with opened(browser, pack / name, scheme=scheme) as (page, _):
        assert axe_violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_loaded_and_the_policy_holds(browser, pack, name):
    with opened(browser, pack / name) as (page, problems):
        styled = page.evaluate("getComputedStyle(document.body).fontFamily")
        assert "system-ui" in styled
        assert problems == []


@pytest.mark.parametrize("name", PAGES)
def test_text_twice_as_large_fits_and_axe_finds_nothing(browser, pack, name):
    with opened(browser, pack / name, text=2) as (page, _):
        assert width_of(page) <= 1280
        assert cut_off(page) == []
        assert axe_violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_has_the_pages_own_colours(browser, pack, scheme):
    """Its ground is the page's; its words and its bars stand out from that."""
    with opened(browser, pack / PAGES[1], scheme=scheme) as (page, _):
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shown = colours(page.locator("img").first.screenshot())
    paper = tuple(int(part) for part in ground[4:-1].split(","))
    (most, _), *others = shown.most_common()
    assert most == paper
    assert contrast(others[0][0], paper) > 7, "the bars"
    ink = max(shown, key=lambda colour: contrast(colour, paper))
    assert contrast(ink, paper) > 15, "the words"


def test_one_click_selects_a_citation_and_nothing_else(browser, pack):
    with opened(browser, pack / PAGES[1]) as (page, _):
        citation = page.locator("span.copied").first
        citation.click()
        assert page.evaluate("getSelection().toString()") == citation.inner_text()


def test_rows_of_words_stand_as_blocks_on_a_phone_and_are_a_table_still(browser, pack):
    with opened(browser, pack / PAGES[2], width=320) as (page, _):
        table = page.locator("table.stacked").first
        row = table.locator("tbody tr").first
        assert row.evaluate("e => getComputedStyle(e).display") == "block"
        cell = row.locator("td").first
        assert cell.evaluate("e => getComputedStyle(e, '::before').content != 'none'")
        assert row.evaluate("e => e.scrollWidth") <= 320
        heads = page.get_by_role("columnheader")
        assert heads.count() >= table.locator("thead th").count() > 1


def test_a_printed_page_says_on_every_sheet_that_it_is_a_draft(browser, pack, tmp_path):
    pdftotext = shutil.which("pdftotext")
    if not pdftotext:
        pytest.skip("no pdftotext on this machine: apt-get install poppler-utils")
    with opened(browser, pack / PAGES[1]) as (page, _):
        page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        [pdftotext, "-layout", tmp_path / "page.pdf", "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    sheets = text.removesuffix("\f").split("\f")
    assert len(sheets) > 1
    assert all(s.lstrip().startswith("Draft: not yet checked") for s in sheets)
    # code stays folded away; what can be cited and where it comes from does not
    assert "def " not in text
    assert "Cite this:" in text
    assert "Definitions" in text


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_no_wider_than_the_window(browser, pack, name, width):
    with opened(browser, pack / name, width=width) as (page, _):
        assert width_of(page) <= width


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_everything(browser, pack, name):
    with opened(browser, pack / name) as (page, _):
        assert out_of_reach(page) == []


def test_the_skip_link_leads_to_the_evidence(browser, pack):
    with opened(browser, pack / PAGES[1]) as (page, _):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#evidence"


def test_every_picture_can_be_drawn(browser, pack):
    with opened(browser, pack / PAGES[2]) as (page, _):
        widths = page.locator("img").evaluate_all("all => all.map(i => i.naturalWidth)")
        assert widths == [576, 576]
