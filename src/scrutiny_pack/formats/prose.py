"""Prose with links, as evidence.json has it, cut into runs of one style each."""

import html
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import mistune

_STYLES = {"strong": "strong", "emphasis": "emphasis"}
_BREAKS = frozenset(("softbreak", "linebreak"))


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style.

    Attributes:
        text: the text, as a reader sees it.
        style: ``""``, ``strong``, ``emphasis`` or ``code``.
        item: the slug of the item that it leads to; "" for none.
    """

    text: str
    style: str = ""
    item: str = ""


def runs(markdown: str, slugs: Collection[str]) -> tuple[Run, ...]:
    """Cut one paragraph of prose into runs.

    It is read as the pages read it: raw HTML is text. Several paragraphs become one.

    Args:
        markdown: the prose; ``[Table 3](notebooks/02-posts.html#posts)`` is a link.
        slugs: the items that there are; a link to anything else is plain text.
    """
    blocks = _parser()(markdown.strip())
    assert isinstance(blocks, list)  # noqa: S101 - without a renderer, it is
    return tuple(_runs(blocks, "", "", slugs))


@cache
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None)


def _runs(
    nodes: Sequence[Mapping[str, Any]], style: str, item: str, slugs: Collection[str]
) -> Iterator[Run]:
    for place, node in enumerate(nodes):
        kind = node["type"]
        if kind == "paragraph" and place:
            yield Run(" ")
        if kind == "blank_line":
            continue
        if kind in _BREAKS:
            yield Run(" ", style, item)
        elif kind == "link":
            page, _, slug = node["attrs"]["url"].partition("#")
            to = slug if slug in slugs and "://" not in page else ""
            yield from _runs(node["children"], style, to, slugs)
        elif "children" in node:
            yield from _runs(node["children"], _STYLES.get(kind, style), item, slugs)
        elif kind == "codespan":
            yield Run(html.unescape(node["raw"]), "code", item)
        elif kind == "text":
            yield Run(html.unescape(node["raw"]), style, item)
        else:
            yield Run(str(node.get("raw", "")), style, item)
