"""The pages of the five councils in a browser: accessible, whole, nothing loaded."""

import json

import pytest

from tests.publish.browser import (
    OF_LOOKS,
    axe_violations,
    cut_off,
    opened,
    out_of_reach,
    pages_of,
    width_of,
)
from tests.published import PERIODS

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.mark.parametrize("council", PERIODS)
def test_axe_finds_nothing_on_any_page_and_every_item_is_there(browser, packs, council):
    pack = packs[council]
    items = json.loads((pack / "evidence.json").read_text("utf-8"))["items"]
    shown = {"table": 0, "chart": 0, "key-figure": 0}
    for path in pages_of(pack):
        with opened(browser, path) as (page, problems):
            assert axe_violations(page) == [], path.name
            assert problems == [], path.name
            for kind in shown:
                figures = page.locator(f"figure.evidence-{kind}")
                slugs = figures.evaluate_all("all => all.map(e => e.id)")
                assert slugs == [
                    item["slug"]
                    for item in items
                    if item["notebook"] == path.stem
                    and item["kind"] == kind.replace("-", "_")
                ]
                shown[kind] += len(slugs)
    kinds = [item["kind"].replace("_", "-") for item in items]
    assert shown == {kind: kinds.count(kind) for kind in shown}


@pytest.mark.parametrize("council", PERIODS)
def test_axe_finds_nothing_on_a_phone_in_the_dark(browser, packs, council):
    for path in pages_of(packs[council]):
        with opened(browser, path, width=320, scheme="dark") as (page, _):
            assert axe_violations(page, OF_LOOKS) == [], path.name
            assert width_of(page) <= 320, path.name
            assert cut_off(page) == [], path.name


@pytest.mark.parametrize("council", PERIODS)
def test_text_twice_as_large_fits(browser, packs, council):
    for path in pages_of(packs[council]):
        with opened(browser, path, text=2) as (page, _):
            assert width_of(page) <= 1280, path.name
            assert cut_off(page) == [], path.name


@pytest.mark.parametrize("council", PERIODS)
def test_the_keyboard_reaches_everything(browser, packs, council):
    for path in pages_of(packs[council]):
        with opened(browser, path) as (page, _):
            assert out_of_reach(page) == [], path.name
