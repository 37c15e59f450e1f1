"""The evidence item: what a table, a chart or a key figure carries with it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

FILES = "_files"
"""The folder, beside a notebook's items, of the further files that it records."""

Kind = Literal["table", "chart", "key_figure"]

KIND_WORDS: dict[Kind, str] = {
    "table": "Table",
    "chart": "Chart",
    "key_figure": "Key figure",
}
"""How each kind is called in a number: Table 3."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Frozen):
    """One column as it is shown.

    Attributes:
        key: a text column's name in the data, or the values of the layout's
            ``spread`` columns that name a column of figures.
        label: its heading.
        group: the heading above it that it shares with its neighbours, or "".
        unit: what one of its figures is, or "" for text or mixed units.
        decimals: decimal places shown; None for as many as each figure has.
        is_text: whether it holds text and not figures.
    """

    key: tuple[str, ...]
    label: str
    group: str = ""
    unit: str = ""
    decimals: int | None = None
    is_text: bool = False


class Layout(_Frozen):
    """How the long form of an item's data is laid out as a table.

    Attributes:
        rows: the text columns whose values name a row; the first is the row's header.
        spread: the columns whose values name a column of figures, such as
            ``("measure", "basis")``; empty where all figures stand in one column.
        columns: the columns as shown, from left to right.
    """

    rows: tuple[str, ...]
    spread: tuple[str, ...]
    columns: tuple[Column, ...]


class SourceUsed(_Frozen):
    """A document that an item's figures were read from, and the files they are in.

    Attributes:
        title: the document's title.
        body: who issued it.
        date: its date, or "not stated".
        paragraphs: the paragraphs that the figures stand in.
        files: each input file, with the sha256 of its bytes.
    """

    title: str
    body: str
    date: str
    paragraphs: tuple[str, ...]
    files: dict[str, str]


class Item(_Frozen):
    """One evidence item. Its id, council/period/slug, never changes meaning.

    Attributes:
        slug: its name in this pack.
        kind: table, chart or key figure.
        notebook: the notebook that made it.
        position: its place among the items of its notebook, from 1.
        title: what it shows, in 15 words at most, computed from the data.
        subtitle: measure, place and as-at date.
        unit: what one of each figure is, joined with "; " where there are several.
        basis: headcount, FTE, posts or not stated, joined; "" where not about staff.
        definitions: for each measure that is not a plain count, its formula and
            whose definition it is.
        denominator: what each rate is counted against; "" if there is no rate.
        sources: the documents and files that it rests on.
        notes: what a reader must know to use it, status letters explained included.
        commentary: what the council's analyst has to say about it.
        layout: how its data is laid out; a chart has one for the table of its data.
        alt: a chart in words: its type, what it shows, and the figures that matter.
        headline: a key figure's number with its unit, as shown.
        base: what a key figure is counted against, as a sentence.
        number: Table 3; given when the pack is published.
        id: council/period/slug; given when the pack is published.
        data: the path of its data file in the pack; given when it is published.
        picture: the path of a chart's picture in the pack; given when it is published.
        sha256: of its data file's bytes; given when it is published.
        citation: how to cite it; given when it is published.
    """

    slug: str
    kind: Kind
    notebook: str
    position: int
    title: str
    subtitle: str
    unit: str
    basis: str
    definitions: tuple[str, ...]
    denominator: str
    sources: tuple[SourceUsed, ...]
    notes: tuple[str, ...]
    layout: Layout
    commentary: str = ""
    alt: str = ""
    headline: str = ""
    base: str = ""
    number: str = ""
    id: str = ""
    data: str = ""
    picture: str = ""
    sha256: str = ""
    citation: str = ""
