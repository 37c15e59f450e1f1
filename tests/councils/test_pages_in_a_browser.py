"""The pages of the five councils in a browser: accessible, whole, nothing loaded."""

import json

import pytest

from tests.publish.browser import axe_violations, chromium, opened, width_of
from tests.published import PERIODS

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("council", PERIODS)
def test_axe_finds_nothing_on_any_page_and_every_item_is_there(browser, packs, council):
    pack = packs[council]
    items = json.loads((pack / "evidence.json").read_text("utf-8"))["items"]
    shown = 0
    for path in [pack / "index.html", *sorted((pack / "notebooks").glob("*.html"))]:
        with opened(browser, path) as (page, problems):
            assert axe_violations(page) == [], path.name
            assert problems == [], path.name
            slugs = [i["slug"] for i in items if i["notebook"] == path.stem]
            shown += sum(page.locator(f"[id='{slug}']").count() for slug in slugs)
    assert shown == len(items)


@pytest.mark.parametrize("council", PERIODS)
def test_no_page_scrolls_sideways_on_a_phone(browser, packs, council):
    for path in [
        packs[council] / "index.html",
        *packs[council].glob("notebooks/*.html"),
    ]:
        with opened(browser, path, width=320) as (page, _):
            assert width_of(page) <= 320, path.name
