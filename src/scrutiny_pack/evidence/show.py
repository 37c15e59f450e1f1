"""An evidence item as HTML: the same in a notebook and on a published page."""

import base64
import re
from functools import cache
from importlib.resources import files

import jinja2
import pandas as pd

from scrutiny_pack.evidence.grid import Grid, grid
from scrutiny_pack.evidence.items import KIND_WORDS, Item
from scrutiny_pack.evidence.sources import source_sentence

_SYMBOL = re.compile(r"\[[a-z]\] ")
_MARKED = re.compile(r"(.*?\S)((?: \[[a-z]\])+)")
"""An amount and the status symbols after it, which do not stand in its place."""

_MANY = 7
"""Columns: a table with more is set smaller."""

_ONE_ROW = 4
"""Columns: a single row with more is turned, so that it reads downwards."""

_WORD = 40
"""Characters: a longer word, such as a checksum, may break anywhere."""

_LONG, _SHORT = 60, 20
"""Characters: a text column with longer cells asks for more width on a phone."""


def item_html(
    item: Item, data: pd.DataFrame, picture: str = "", *, style: bool = True
) -> str:
    """The item as an HTML fragment.

    Args:
        item: the item; its number, id, citation and the link to its data are shown
            where it has them, that is, once it is published.
        data: its data file, read back.
        picture: a chart's SVG text.
        style: whether the fragment brings its own style sheet, which it needs in
            JupyterLab; a published page has it already.
    """
    laid = grid(data, item.layout)
    word = KIND_WORDS[item.kind].lower()
    fragment = item_template().render(
        item=item,
        grid=laid,
        widths=_widths(laid),
        marks=_marks(laid),
        split=_split,
        grouped=_head(laid),
        dense=len(laid.columns) > _MANY,
        turned=len(laid.rows) == 1 and len(laid.columns) > _ONE_ROW and not laid.groups,
        has_parts=any(row.level == "part" for row in laid.rows),
        headline=headline_parts(item),
        word=word,
        name=item.number or f"this {word}",
        picture=base64.b64encode(picture.encode()).decode(),
        sources=[source_sentence(source) for source in item.sources],
        files={f: sha for source in item.sources for f, sha in source.files.items()},
        notes=[note for note in item.notes if not _SYMBOL.match(note)],
        symbols=[note for note in item.notes if _SYMBOL.match(note)],
        base=_base(item),
        comments=[part for part in item.commentary.split("\n\n") if part.strip()],
    )
    fragment = fragment.strip()
    return with_style(fragment) if style else fragment


def with_style(fragment: str) -> str:
    """A fragment with the style sheet that it needs in JupyterLab."""
    return f"<style>{item_style()}</style>\n{fragment}"


def headline_parts(item: Item) -> tuple[str, str]:
    """A key figure's number, and what stands smaller after it: ``("26", "posts")``.

    That is its unit, where it is a word, or its status symbols.
    """
    number, unit, rest = item.headline.partition(f" {item.unit}")
    if unit and not rest:
        return number, item.unit
    amount, symbols = _split(item.headline)
    return amount, symbols.strip()


@cache
def item_style() -> str:
    """The style sheet of an item; all its rules are for what is in an item."""
    return _read("item.css")


@cache
def item_template() -> jinja2.Template:
    """The template of an item, made ready once."""
    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.from_string(_read("item.html.j2"))


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _widths(laid: Grid) -> list[str]:
    """The class of each column: figures, or text of some length."""
    classes = []
    for place, column in enumerate(laid.columns):
        texts = [row.cells[place].text for row in laid.rows]
        longest = max(map(len, texts))
        word = max((len(word) for text in texts for word in text.split()), default=0)
        if not column.is_text:
            classes.append("figure")
        elif word > _WORD:
            classes.append("token")
        elif longest > _LONG:
            classes.append("long")
        else:
            classes.append("text" if longest > _SHORT else "short")
    return classes


def _marks(laid: Grid) -> list[int]:
    """How many symbols stand after an amount at most, column by column."""
    texts = [
        [row.cells[place].text for row in laid.rows]
        for place in range(len(laid.columns))
    ]
    return [
        0 if column.is_text else max(_split(text)[1].count("[") for text in cells)
        for column, cells in zip(laid.columns, texts, strict=True)
    ]


def _split(text: str) -> tuple[str, str]:
    """An amount, and the symbols after it: they get a place of their own.

    Without it, the digits of a column would not stand below each other.
    """
    match = _MARKED.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")


def _base(item: Item) -> str:
    """What the rates are counted against, as a sentence."""
    bases = [base for base in item.denominator.split("; ") if base]
    known = [base for base in bases if base != "not stated"]
    if not bases:
        return ""
    if not known:
        return "The source does not state what its rates are counted against."
    rest = "; for the others, the source does not say" if known != bases else ""
    return f"Rates are counted against: {'; '.join(known)}{rest}."


def _head(laid: Grid) -> list[tuple[str, int, int]]:
    """The first row of headings: text, columns spanned, and the first one's place.

    A column without a heading above it stands for itself and spans both rows.
    """
    head: list[tuple[str, int, int]] = []
    place = 0
    for label, span in laid.groups:
        spans = [(label, span)] if label else [("", 1)] * span
        for text, width in spans:
            head.append((text, width, place))
            place += width
    return head
