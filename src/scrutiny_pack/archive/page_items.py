"""The evidence items that a page shows, read back from its HTML as a reader sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr", "col"))


@dataclass
class ShownItem:
    """One item as a page shows it.

    Attributes:
        title: its title, with its number.
        rows: the cells of its table, row by row, without the headings of columns.
        has_head: whether the table has headings of columns; one without has been
            turned, so that each row is a heading and a value.
        alt: the text alternative of its picture.
        headline: a key figure's number, with its unit.
        base: what it is counted against.
    """

    title: str = ""
    rows: list[list[str]] = field(default_factory=list)
    has_head: bool = False
    alt: str = ""
    headline: str = ""
    base: str = ""

    @property
    def cells(self) -> list[list[str]]:
        """The cells of the table as it was before it was turned."""
        if self.has_head or not self.rows:
            return self.rows
        return [[row[-1] for row in self.rows]]


def shown_items(html: str) -> dict[str, ShownItem]:
    """The items of a page, or of an output of a notebook, by slug."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return {
        slug: ShownItem(
            title=_plain(item.title),
            rows=[[_plain(cell) for cell in row] for row in item.rows],
            has_head=item.has_head,
            alt=_plain(item.alt),
            headline=_plain(item.headline),
            base=_plain(item.base),
        )
        for slug, item in reader.items.items()
    }


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.items: dict[str, ShownItem] = {}
        self.item: ShownItem | None = None
        self.open: list[tuple[str, str]] = []  # elements, each with its class

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an item, a row or a cell."""
        values = {name: value or "" for name, value in attrs}
        classes = values.get("class", "").split()
        if tag == "figure" and "evidence" in classes:
            self.item = self.items.setdefault(values.get("id", ""), ShownItem())
        if self.item is not None:
            self._begin(tag, values)
        if tag not in _VOID:
            self.open.append((tag, values.get("class", "")))

    def _begin(self, tag: str, values: Mapping[str, str]) -> None:
        item = self.item
        if item is None:
            return
        if tag == "thead":
            item.has_head = True
        elif tag == "tr" and self._is_in("tbody"):
            item.rows.append([])
        elif tag in {"th", "td"} and self._is_in("tbody") and item.rows:
            item.rows[-1].append("")
        elif tag == "img" and "picture" in values.get("class", "").split():
            item.alt = values.get("alt", "")

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those in it that were left open."""
        names = [name for name, _ in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]
        if tag == "figure":
            self.item = None

    def handle_data(self, data: str) -> None:
        """Note text where it is part of what is shown."""
        item = self.item
        if item is None:
            return
        if self._is_in("th", "td"):
            if self._is_in("tbody") and item.rows and item.rows[-1]:
                item.rows[-1][-1] += data
        elif self._has("title"):
            item.title += data
        elif self._has("headline"):
            item.headline += data
        elif self._has("counted"):
            item.base += data

    def _is_in(self, *tags: str) -> bool:
        return any(name in tags for name, _ in self.open)

    def _has(self, name: str) -> bool:
        return any(name in classes.split() for _, classes in self.open)


def _plain(text: str) -> str:
    return " ".join(text.split())
