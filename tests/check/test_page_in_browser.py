"""The page of a check in a browser: accessible, and nothing to scroll sideways."""

import pytest

from tests.publish.browser import (
    axe_violations,
    cut_off,
    opened,
    out_of_reach,
    width_of,
)

from .packs import PACK, small_content, write_pack
from .test_command import FALSE, TRUE, run, write_draft

pytestmark = pytest.mark.browser

LONG = [
    ("body", "The rate was 21.6% of " + "an-establishment-without-an-end-" * 8 + " (Table 1)."),
    ("body", f"There were 61 posts and 13 vacancies ({PACK}/" + "a-very-long-slug-" * 6 + ")."),
]  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    workspace = tmp_path_factory.mktemp("workspace")
    write_pack(workspace / "output" / PACK, small_content())
    draft = write_draft(workspace / "draft.docx", [*TRUE, *FALSE, *LONG])
    run(workspace, draft)
    return workspace / "output" / "checks" / "draft.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(browser, page, scheme, width):
    with opened(browser, page, scheme=scheme, width=width) as (shown, problems):
        assert axe_violations(shown) == []
        assert problems == []


@pytest.mark.parametrize(("width", "text"), [(320, 1), (1280, 2)])
def test_nothing_scrolls_sideways_or_is_cut_off(browser, page, width, text):
    with opened(browser, page, width=width, text=text) as (shown, _):
        assert width_of(shown) <= width
        assert cut_off(shown) == []


def test_the_keyboard_reaches_everything(browser, page):
    with opened(browser, page) as (shown, _):
        assert out_of_reach(shown) == []
