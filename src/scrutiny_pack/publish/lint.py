"""Checks of a published pack that need no browser.

They look for what an accessibility checker passes over: an empty or made-up text
alternative, a table that lost its headings, an item that is not on its page, a path
of the machine that made the pack.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VOID = frozenset("area base br col embed hr img input link meta source wbr".split())
_LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction"}
_FORBIDDEN = ("script", "iframe", "object", "embed", "link", "form", "video", "audio")
_PLACEHOLDERS = ("no description has been provided", "image", "chart", "figure", "png")
_MACHINE = re.compile(
    r"(?<![\w/.+])/(?:home|root|tmp|Users|var|work|mnt)/|[A-Z]:\\\\?Users"
)
_KINDS = {
    "table": "evidence-table",
    "chart": "evidence-chart",
    "key_figure": "evidence-key-figure",
}


@dataclass
class Page:
    """What the checks look at in one page.

    Attributes:
        name: its path in the pack.
        tags: how often each element occurs.
        ids: every id, in order.
        links: every link, as written.
        headings: the level of every heading, in order.
        figures: the classes of every item's element.
        captions: the text of every table's caption.
        problems: what is wrong with single elements.
        title: the text of its title.
        policy: its Content-Security-Policy.
        language: its language.
    """

    name: str
    tags: Counter[str] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)
    captions: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    title: str = ""
    policy: str = ""
    language: str = ""


def lint_pack(pack: Path) -> list[str]:
    """Check the pages of a published pack.

    Args:
        pack: the pack's folder.

    Returns:
        What is wrong, one sentence each; nothing for a sound pack.
    """
    paths = [pack / "index.html", *sorted((pack / "notebooks").glob("*.html"))]
    pages = {path.relative_to(pack).as_posix(): _read(path, pack) for path in paths}
    evidence = json.loads((pack / "evidence.json").read_text(encoding="utf-8"))
    problems = [
        f"{page.name}: {problem}"
        for page in pages.values()
        for problem in (*page.problems, *_of_page(page))
    ]
    problems += _of_links(pages, pack)
    problems += _of_items(pages, evidence["items"])
    problems += _of_paths(pack)
    return problems


def _of_page(page: Page) -> list[str]:
    """What is wrong with a page as a whole."""
    twice = sorted(name for name, count in Counter(page.ids).items() if count > 1)
    level = 0
    problems = [f"the id '{name}' is there more than once" for name in twice]
    for heading in page.headings:
        if heading > level + 1:
            problems.append(
                f"a heading of level {heading} follows one of level {level}"
            )
        level = heading
    if page.headings.count(1) != 1:
        problems.append(f"it has {page.headings.count(1)} headings of level 1")
    if page.language != "en-GB":
        problems.append(f"its language is '{page.language}', not en-GB")
    if not page.title.strip():
        problems.append("it has no title")
    if "default-src 'none'" not in page.policy or "unsafe-inline" in page.policy:
        problems.append("its Content-Security-Policy would let something be loaded")
    for tag in ("main", "header", "footer"):
        if page.tags[tag] != 1:
            problems.append(f"it has {page.tags[tag]} elements '{tag}'")
    problems += [f"there is an element '{t}'" for t in _FORBIDDEN if page.tags[t]]
    if len(page.captions) != page.tags["table"]:
        problems.append("a table has no caption")
    if not all(caption.strip() for caption in page.captions):
        problems.append("a table's caption is empty")
    return problems


def _of_links(pages: dict[str, Page], pack: Path) -> list[str]:
    """Links that lead nowhere, within a page or across."""
    problems = []
    for page in pages.values():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in {"http", "https"}:
                continue  # a link that a reader follows loads nothing by itself
            folder = (pack / page.name).parent
            target = (folder / unquote(parts.path)).resolve() if parts.path else None
            name = page.name
            if target is not None:
                if not target.is_file() or not target.is_relative_to(pack.resolve()):
                    problems.append(f"{page.name}: a link leads nowhere: {link}")
                    continue
                name = target.relative_to(pack.resolve()).as_posix()
            if (
                parts.fragment
                and name in pages
                and parts.fragment not in pages[name].ids
            ):
                problems.append(f"{page.name}: a link leads nowhere: {link}")
    return problems


def _of_items(pages: dict[str, Page], items: list[dict[str, Any]]) -> list[str]:
    """Items that are missing from their pages, or lack what they must have."""
    problems = []
    for name, page in pages.items():
        mine = [i for i in items if f"notebooks/{i['notebook']}.html" == name]
        for kind, figure in _KINDS.items():
            due = sum(i["kind"] == kind for i in mine)
            if page.figures[figure] != due:
                problems.append(
                    f"{name}: it shows {page.figures[figure]} of {due} items "
                    f"of the kind {kind}"
                )
        for item in mine:
            if item["slug"] not in page.ids:
                problems.append(f"{name}: it has no anchor for '{item['slug']}'")
    for item in items:
        slug = item["slug"]
        if not item["sources"]:
            problems.append(f"the item '{slug}' has no source")
        if item["kind"] == "chart":
            problems += [
                f"the chart '{slug}' {p}" for p in _of_alt(item["alt"], item["title"])
            ]
    return problems


def _of_alt(alt: str, title: str) -> list[str]:
    text = " ".join(alt.split()).lower()
    if not text:
        return ["has no text alternative"]
    if text == title.lower():
        return ["has its title as its text alternative"]
    if any(text == word or text.startswith("no description") for word in _PLACEHOLDERS):
        return [f"has a text alternative that says nothing: '{alt}'"]
    return []


def _of_paths(pack: Path) -> list[str]:
    """Files that tell where on a machine they were made."""
    problems = []
    for path in sorted(pack.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            if found := _MACHINE.search(text):
                near = text[found.start() : found.start() + 40].split("\n")[0]
                name = path.relative_to(pack).as_posix()
                problems.append(f"{name}: it names a path of the machine: {near}")
    return problems


def _read(path: Path, pack: Path) -> Page:
    reader = _Reader(Page(path.relative_to(pack).as_posix()))
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    """Reads a page element by element."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.page.tags[tag] += 1
        if tag not in _VOID:
            self.open.append(tag)
        self._note(tag, values)
        self._check(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "title" in self.open:
            self.page.title += data
        if "caption" in self.open:
            self.page.captions[-1] += data
        if "style" in self.open and ("@import" in data or "url(" in data):
            self.page.problems.append("its style sheet loads something")

    def _note(self, tag: str, values: dict[str, str]) -> None:
        page = self.page
        if "id" in values:
            page.ids.append(values["id"])
        if tag in _HEADINGS:
            page.headings.append(int(tag[1]))
        if tag == "html":
            page.language = values.get("lang", "")
        if tag == "a":
            page.links.append(values.get("href", ""))
        if tag == "figure":
            page.figures.update(values.get("class", "").split())
        if tag == "caption":
            page.captions.append("")
        if values.get("http-equiv", "").lower() == "content-security-policy":
            page.policy = values.get("content", "")

    def _check(self, tag: str, values: dict[str, str]) -> None:
        say = self.page.problems.append
        if tag == "th" and not values.get("scope"):
            say("a table heading has no scope")
        if tag == "img":
            for problem in _of_alt(values.get("alt", ""), ""):
                say(f"a picture {problem}")
        if "style" in values:
            say(f"an element '{tag}' has a style of its own, which the policy forbids")
        for name, value in values.items():
            if name in _LOADING and not value.startswith("data:"):
                say(f"an element '{tag}' loads {value}")
            if name.startswith("on"):
                say(f"an element '{tag}' has a script, {name}")
