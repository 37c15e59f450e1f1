"""A headless Chromium, and what is asked of a page in it."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

AXE_TAGS = (
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
)  # fmt: skip

OF_LOOKS = (
    "color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size",
)  # fmt: skip
"""The rules whose answer another colour scheme, window or size of text can change."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium; the test is skipped where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser,
    path: Path,
    *,
    width: int = 1280,
    scheme: Any = "light",
    text: float = 1,
) -> Iterator[tuple[Page, list[str]]]:
    """A page with all that is folded unfolded, and what went wrong in loading it.

    Args:
        browser: the browser.
        path: the page.
        width: the window's, in CSS pixels.
        scheme: ``light`` or ``dark``, as the reader's system has it.
        text: how many times as large as usual the reader has set all text.
    """
    problems: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.on("console", lambda message: problems.append(message.text))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:"))
            else problems.append(f"loaded {request.url}")
        ),
    )
    page.goto(path.resolve().as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate(f"document.documentElement.style.fontSize = '{text * 100}%'")
    yield page, problems
    context.close()


def axe_violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe-core finds, one line for each rule.

    Args:
        page: the page.
        rules: the rules to check; without them, all of the tags.
    """
    kind, values = ("rule", rules) if rules else ("tag", AXE_TAGS)
    options = {
        "runOnly": {"type": kind, "values": list(values)},
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=options).response
    assert found["passes"], "axe-core checked nothing"
    return [
        f"{rule['id']} ({rule['impact']}): {rule['nodes'][0]['html'][:200]}"
        for rule in found["violations"]
    ]


def out_of_reach(page: Page) -> list[str]:
    """The links, summaries and scroll regions that the tab key does not reach.

    Also those that it reaches without showing where it is, and those behind which it
    is caught: the tab key is pressed once for each of them and no more.
    """
    controls = page.locator("a[href], summary, [tabindex='0']")
    page.evaluate(
        """() => {
          document.activeElement.blur();
          document.addEventListener('focusin', event => {
            const at = event.target, style = getComputedStyle(at);
            if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
              at.dataset.reached = 'yes';
          });
        }"""
    )
    for _ in range(controls.count()):
        page.keyboard.press("Tab")
    missed = page.locator(
        "a[href]:not([data-reached]), summary:not([data-reached]), "
        "[tabindex='0']:not([data-reached])"
    )
    return [
        str(html)
        for html in missed.evaluate_all(
            "all => all.filter(e => e.checkVisibility()).map(e => e.outerHTML)"
        )
    ]


def cut_off(page: Page) -> list[str]:
    """Texts that do not fit into their box, and are not in a region that scrolls."""
    return [
        str(text)
        for text in page.evaluate(
            """() => [...document.querySelectorAll('h1, h2, h3, p, li, summary, span, a')]
              .filter(e => !e.closest('.scroll, .unseen, .skip') && e.clientWidth
                           && e.scrollWidth > e.clientWidth + 1)
              .map(e => e.textContent.trim().slice(0, 60))"""
        )
    ]


def pages_of(pack: Path) -> list[Path]:
    """Every page of a pack."""
    return [pack / "index.html", *sorted((pack / "notebooks").glob("*.html"))]


def width_of(page: Page) -> int:
    """How wide the page is, in CSS pixels, where it is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
