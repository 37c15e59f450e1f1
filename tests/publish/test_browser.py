"""The pages in a browser: accessible, complete, and nothing loaded."""

import pytest

from tests.publish.browser import (
    axe_violations,
    chromium,
    opened,
    out_of_reach,
    width_of,
)

pytestmark = pytest.mark.browser

PAGES = ["index.html", "notebooks/02-posts.html", "notebooks/04-turnover.html"]


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


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
