"""Checks of a published pack that need no browser.

They look for what an accessibility checker passes over: an empty or made-up text
alternative, a table that lost its headings, an item that is not on its page, a path
of the machine that made the pack.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from scrutiny_pack.publish.page_facts import PageFacts, page_facts

_FORBIDDEN = ("script", "iframe", "object", "embed", "link", "form", "video", "audio")
_ONCE = ("main", "header", "footer")
_EMPTY_WORDS = ("image", "chart", "figure", "picture", "graph")
_TEXT = frozenset((".html", ".ipynb", ".json", ".csv", ".svg", ".txt"))
_HOMES = ("home", "root", "tmp", "Users", "var", "work", "mnt")
_MACHINE = re.compile(rf"(?<![\w/.+])/(?:{'|'.join(_HOMES)})/|[A-Z]:\\\\?Users")
_MAYBE = (*(f"/{name}/" for name in _HOMES), "Users")
"""One of these is in every such path, and looked for faster than the whole of it."""

_KINDS = {
    "table": "evidence-table",
    "chart": "evidence-chart",
    "key_figure": "evidence-key-figure",
}


def lint_pack(pack: Path, above: str = "") -> list[str]:
    """Check the pages of a published pack.

    Args:
        pack: the pack's folder.
        above: the one page outside the pack that it may link to; "" for none.

    Returns:
        What is wrong, one sentence each; nothing for a sound pack.
    """
    paths = [pack / "index.html", *sorted((pack / "notebooks").glob("*.html"))]
    pages = {
        name: page_facts(name, path.read_text(encoding="utf-8"))
        for path in paths
        for name in [path.relative_to(pack).as_posix()]
    }
    evidence = json.loads((pack / "evidence.json").read_text(encoding="utf-8"))
    checks = (_frame, _structure, _tables, _pictures, _loading)
    return [
        *(
            f"{page.name}: {problem}"
            for page in pages.values()
            for check in checks
            for problem in check(page)
        ),
        *_links(pages, pack, above),
        *_standing(pages, evidence["pack"]["standing"]["words"]),
        *_items_on_pages(pages, evidence["items"]),
        *_items(evidence["items"]),
        *_machine_paths(pack),
    ]


def _frame(page: PageFacts) -> list[str]:
    """Language, title and landmarks."""
    problems = [
        f"it has {page.tags[tag]} elements '{tag}'"
        for tag in _ONCE
        if page.tags[tag] != 1
    ]
    if page.language != "en-GB":
        problems.append(f"its language is '{page.language}', not en-GB")
    if not page.title.strip():
        problems.append("it has no title")
    return problems


def _structure(page: PageFacts) -> list[str]:
    """Headings in order, and each id once."""
    problems = [
        f"the id '{name}' is there more than once"
        for name, count in sorted(Counter(page.ids).items())
        if count > 1
    ]
    if page.headings.count(1) != 1:
        problems.append(f"it has {page.headings.count(1)} headings of level 1")
    problems += [
        f"a heading of level {below} follows one of level {above}"
        for above, below in pairwise([0, *page.headings])
        if below > above + 1
    ]
    return problems


def _tables(page: PageFacts) -> list[str]:
    problems = []
    if page.unscoped:
        problems.append(f"{page.unscoped} table headings have no scope")
    if len(page.captions) != page.tags["table"]:
        problems.append("a table has no caption")
    if not all(caption.strip() for caption in page.captions):
        problems.append("a table's caption is empty")
    return problems


def _pictures(page: PageFacts) -> list[str]:
    return [
        f"a picture {problem}" for alt in page.alts for problem in _alt(alt or "", "")
    ]


def _loading(page: PageFacts) -> list[str]:
    """Nothing is loaded and nothing runs, and the policy says so."""
    problems = [f"it loads {what}" for what in page.loaded]
    problems += [f"there is {what}" for what in page.scripted]
    problems += [f"there is an element '{t}'" for t in _FORBIDDEN if page.tags[t]]
    if "default-src 'none'" not in page.policy or "unsafe-" in page.policy:
        problems.append("its Content-Security-Policy would let something be loaded")
    return problems


def _standing(pages: Mapping[str, PageFacts], words: str) -> list[str]:
    """Pages that do not say whether the pack is a draft or final."""
    return [
        f"{page.name}: it does not say '{words}'"
        for page in pages.values()
        if page.standing.strip() != words
    ]


def _links(pages: Mapping[str, PageFacts], pack: Path, above: str) -> list[str]:
    """Links that lead nowhere, within a page or across."""
    return [
        f"{page.name}: a link leads nowhere: {link}"
        for page in pages.values()
        for link in page.links
        if link != above
        if not _leads_somewhere(link, page, pages, pack.resolve())
    ]


def _leads_somewhere(
    link: str, page: PageFacts, pages: Mapping[str, PageFacts], pack: Path
) -> bool:
    parts = urlsplit(link)
    if parts.scheme in {"http", "https"}:
        return True  # a link that a reader follows loads nothing by itself
    name = page.name
    if parts.path:
        target = ((pack / name).parent / unquote(parts.path)).resolve()
        if not target.is_file() or not target.is_relative_to(pack):
            return False
        name = target.relative_to(pack).as_posix()
    return not parts.fragment or name not in pages or parts.fragment in pages[name].ids


def _items_on_pages(
    pages: Mapping[str, PageFacts], items: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Items that are missing from their pages: an empty page has no other fault."""
    problems = []
    for name, page in pages.items():
        mine = [item for item in items if f"notebooks/{item['notebook']}.html" == name]
        for kind, figure in _KINDS.items():
            due = sum(item["kind"] == kind for item in mine)
            if page.figures[figure] != due:
                shown = f"{page.figures[figure]} of {due}"
                problems.append(f"{name}: it shows {shown} items of the kind {kind}")
        said = {
            "units": (page.spans["unit"], sum(map(_has_unit_line, mine))),
            "citations": (page.spans["copied"], len(mine)),
        }
        problems += [
            f"{name}: it shows {there} of {due} {what}"
            for what, (there, due) in said.items()
            if there != due
        ]
        problems += [
            f"{name}: it has no anchor for '{item['slug']}'"
            for item in mine
            if item["slug"] not in page.ids
        ]
    return problems


def _items(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Items without a title, a source or a unit, and charts without words."""
    problems = [
        f"the item '{item['slug']}' has no {what}"
        for item in items
        for what, there in (
            ("title", item["title"].strip()),
            ("source", item["sources"]),
            ("unit", item["unit"] or not _has_figures(item)),
        )
        if not there
    ]
    problems += [
        f"the chart '{item['slug']}' {problem}"
        for item in items
        if item["kind"] == "chart"
        for problem in _alt(item["alt"], item["title"])
    ]
    return problems


def _has_figures(item: Mapping[str, Any]) -> bool:
    return any(not column["is_text"] for column in item["layout"]["columns"])


def _has_unit_line(item: Mapping[str, Any]) -> bool:
    """Whether an item says its unit or basis in a line; a key figure has it beside it."""
    return item["kind"] != "key_figure" and bool(item["unit"] or item["basis"])


def _alt(alt: str, title: str) -> list[str]:
    """What is wrong with a text alternative."""
    text = " ".join(alt.split()).lower()
    if not text:
        return ["has no text alternative"]
    if text == title.lower():
        return ["has its title as its text alternative"]
    if text in _EMPTY_WORDS or text.startswith("no description"):
        return [f"has a text alternative that says nothing: '{alt}'"]
    return []


def _machine_paths(pack: Path) -> list[str]:
    """Files that tell where on a machine they were made."""
    problems = []
    for path in sorted(path for path in pack.rglob("*") if path.suffix in _TEXT):
        text = path.read_text(encoding="utf-8")
        if any(word in text for word in _MAYBE) and (found := _MACHINE.search(text)):
            name = path.relative_to(pack).as_posix()
            near = text[found.start() : found.start() + 40].split("\n")[0]
            problems.append(f"{name}: it names a path of the machine: {near}")
    return problems
