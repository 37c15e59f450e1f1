"""What the checks need to know of a page, read from its HTML."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LOADING = frozenset(
    ("src", "srcset", "poster", "data", "background", "action", "formaction")
)


@dataclass
class PageFacts:
    """What is in one page.

    Attributes:
        name: its path in the pack.
        tags: how often each element occurs.
        ids: every id, in order.
        links: where every link leads, as written.
        headings: the level of every heading, in order.
        figures: how often each class of an item occurs.
        spans: how often each class of a span occurs, such as a table's unit.
        standing: whether the pack is a draft or final, as the page says it.
        captions: the text of every table's caption.
        alts: the text alternative of every picture; None where there is none.
        unscoped: how many table headings have no scope.
        loaded: what the page would load, apart from data that it holds itself.
        scripted: elements with a script or a style of their own.
        title: its title.
        policy: its Content-Security-Policy.
        language: its language.
    """

    name: str
    tags: Counter[str] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)
    spans: Counter[str] = field(default_factory=Counter)
    standing: str = ""
    captions: list[str] = field(default_factory=list)
    alts: list[str | None] = field(default_factory=list)
    unscoped: int = 0
    loaded: list[str] = field(default_factory=list)
    scripted: list[str] = field(default_factory=list)
    title: str = ""
    policy: str = ""
    language: str = ""


def page_facts(name: str, html: str) -> PageFacts:
    """Read a page."""
    reader = _Reader(PageFacts(name))
    reader.feed(html)
    reader.close()
    return reader.facts


class _Reader(HTMLParser):
    def __init__(self, facts: PageFacts) -> None:
        super().__init__()
        self.facts = facts
        self.inside = ""  # the element whose text is wanted

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its attributes."""
        values = {name: value or "" for name, value in attrs}
        facts = self.facts
        facts.tags[tag] += 1
        if "id" in values:
            facts.ids.append(values["id"])
        if tag in _HEADINGS:
            facts.headings.append(int(tag[1]))
        if "standing" in values.get("class", "").split():
            self.inside = tag
        self._note(tag, values)
        for name, value in values.items():
            if name in _LOADING and not value.startswith("data:"):
                facts.loaded.append(value)
            if name == "style" or name.startswith("on"):
                facts.scripted.append(f"an element '{tag}' with the attribute {name}")

    def _note(self, tag: str, values: dict[str, str]) -> None:
        facts = self.facts
        match tag:
            case "html":
                facts.language = values.get("lang", "")
            case "a":
                facts.links.append(values.get("href", ""))
            case "img":
                facts.alts.append(values.get("alt"))
            case "figure":
                facts.figures.update(values.get("class", "").split())
            case "span":
                facts.spans.update(values.get("class", "").split())
            case "th":
                facts.unscoped += not values.get("scope")
            case "caption":
                facts.captions.append("")
                self.inside = tag
            case "title" | "style":
                self.inside = tag
            case "meta" if values.get("http-equiv") == "Content-Security-Policy":
                facts.policy = values.get("content", "")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element whose text was wanted."""
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        """Note text where it is wanted."""
        if self.inside == "p":
            self.facts.standing += data
        elif self.inside == "title":
            self.facts.title += data
        elif self.inside == "caption":
            self.facts.captions[-1] += data
        elif self.inside == "style" and ("@import" in data or "url(" in data):
            self.facts.loaded.append("something from its style sheet")
