"""An evidence item as HTML: the same in a notebook and on a published page."""

import base64
from functools import cache
from importlib.resources import files

import jinja2
import pandas as pd

from scrutiny_pack.evidence.footnotes import base_of, notes_of, symbols_of
from scrutiny_pack.evidence.formatting import singular
from scrutiny_pack.evidence.grid import (
    Grid,
    amount_and_marks,
    grid,
    is_turned,
    most_marks,
)
from scrutiny_pack.evidence.items import KIND_WORDS, Item
from scrutiny_pack.evidence.sources import source_sentence

_MANY = 7
"""Columns: a table with more is set smaller."""

_WORD = 40
"""Characters: a longer word, such as a checksum, may break anywhere."""

_LONG, _SHORT = 60, 20
"""Characters: a text column with longer cells asks for more width on a phone."""

_FEW_FIGURES = 2
"""Columns: a table of words has no more of figures, and more of words."""

_HEAD = 24
"""Characters: a longer heading of a column of figures asks for more width."""

_FOLDED = 5
"""Rows: a table with no more is not folded, whatever its notebook asks for."""

_NOTES, _SOME_NOTES = 6, 4
"""Where a table has more than the first, so many stand open and the others folded."""


def item_html(
    item: Item,
    data: pd.DataFrame,
    picture: str = "",
    *,
    style: bool = True,
    folded: bool = False,
    cited: str = "",
) -> str:
    """The item as an HTML fragment.

    Args:
        item: the item; its number, id, citation and the link to its data are shown
            where it has them, that is, once it is published.
        data: its data file, read back.
        picture: a chart's SVG text.
        style: whether the fragment brings its own style sheet, which it needs in
            JupyterLab; a published page has it already.
        folded: whether the rows of a table are for whoever asks for them; its title,
            notes and source always stand open.
        cited: the item's short citation, once it is published.
    """
    laid = grid(data, item.layout)
    turned = is_turned(laid)
    stacked = not turned and _is_stacked(laid)
    notes = notes_of(item)
    shown = len(notes) if len(notes) <= _NOTES else _SOME_NOTES
    word = KIND_WORDS[item.kind].lower()
    fragment = item_template().render(
        item=item,
        grid=laid,
        widths=_widths(laid),
        heads=_heads(laid),
        marks=most_marks(laid),
        split=amount_and_marks,
        grouped=_head(laid),
        wide=_is_dense(laid) and not turned,
        classes=" ".join(
            name
            for name, holds in (
                ("dense", _is_dense(laid) and not turned),
                ("stacked", stacked),
            )
            if holds
        ),
        turned=turned,
        stacked=stacked,
        folded=folded and len(laid.rows) > _FOLDED,
        has_parts=any(row.level == "part" for row in laid.rows),
        headline=headline_parts(item),
        word=word,
        name=item.number or f"this {word}",
        picture=base64.b64encode(picture.encode()).decode(),
        sources=[source_sentence(source) for source in item.sources],
        files={f: sha for source in item.sources for f, sha in source.files.items()},
        notes=(notes[:shown], notes[shown:]),
        symbols=symbols_of(item),
        base=base_of(item),
        cited=cited,
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
    number, _, unit = item.headline.partition(" ")
    if unit and unit in {item.unit, singular(item.unit)}:
        return number, unit
    amount, symbols = amount_and_marks(item.headline)
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


def _heads(laid: Grid) -> list[str]:
    """The class of each column's heading: a long one over figures needs room."""
    return [
        "figure wordy" if width == "figure" and len(column.label) > _HEAD else width
        for column, width in zip(laid.columns, _widths(laid), strict=True)
    ]


def _is_dense(laid: Grid) -> bool:
    return len(laid.columns) > _MANY


def _is_stacked(laid: Grid) -> bool:
    """Whether each row is a block of lines on a phone: words do not fit side by side.

    Figures stay in columns, where a reader compares them.
    """
    widths = _widths(laid)
    figures = widths.count("figure")
    words = len(widths) - figures
    if laid.groups or figures > _FEW_FIGURES:
        return False
    return words > _FEW_FIGURES or "long" in widths[1:] or "token" in widths[1:]


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
