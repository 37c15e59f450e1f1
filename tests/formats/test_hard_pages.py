"""The hard council's pages: sound, accessible, and whole at every size."""

import pytest

from scrutiny_pack.publish.lint import lint_pack
from tests.formats.hard_pack import NOT_RUN, TEAMS
from tests.publish.browser import (
    axe_violations,
    cut_off,
    opened,
    out_of_reach,
    pages_of,
    width_of,
)

PAGES = ("index.html", "notebooks/02-posts.html", "notebooks/04-turnover.html")


def test_the_pages_pass_the_lint(hard_pack):
    assert lint_pack(hard_pack) == []
    assert len(pages_of(hard_pack)) == len(PAGES)


def test_each_question_without_data_stands_on_the_contents_page(hard_pack):
    index = (hard_pack / "index.html").read_text("utf-8")
    for name in NOT_RUN:
        assert f"<strong>What of {name}?</strong> Not supplied" in index
        assert f"What would answer it: a list that answers {name}." in index


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser, hard_pack, name, width, scheme):
    with opened(browser, hard_pack / name, width=width, scheme=scheme) as (page, bad):
        assert axe_violations(page) == []
        assert bad == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "text"), [(320, 1), (390, 1), (1280, 1), (1280, 2)])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_and_no_page_scrolls_sideways(
    browser, hard_pack, name, width, text
):
    with opened(browser, hard_pack / name, width=width, text=text) as (page, _):
        assert width_of(page) <= width
        assert cut_off(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_everything(browser, hard_pack, name):
    with opened(browser, hard_pack / name) as (page, _):
        assert out_of_reach(page) == []


@pytest.mark.browser
def test_a_chart_of_sixty_teams_is_legible_on_a_phone(browser, hard_pack):
    """Its text is drawn at 12 points of a sheet that is 432 wide."""
    with opened(browser, hard_pack / PAGES[1], width=320) as (page, _):
        picture = page.locator("img").first
        box = picture.bounding_box()
        assert box["width"] * 12 / 432 >= 9.5, "CSS pixels of its text"
        assert box["height"] > TEAMS * 20
