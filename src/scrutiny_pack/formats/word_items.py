"""Evidence items as parts of a Word document."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scrutiny_pack.evidence.footnotes import (
    base_of,
    notes_of,
    symbols_of,
    unit_and_basis,
)
from scrutiny_pack.evidence.items import KIND_WORDS, Item
from scrutiny_pack.evidence.sources import source_sentence
from scrutiny_pack.formats import pictures
from scrutiny_pack.formats.content import Piece
from scrutiny_pack.formats.word_markup import (
    bold,
    bookmark,
    bookmark_name,
    field,
    link_within,
    paragraph,
    picture,
    run,
)
from scrutiny_pack.formats.word_tables import (
    PORTRAIT,
    Lines,
    Sheet,
    lines_of,
    sheet_of,
    table_xml,
)

_HIGHEST, _OVERLAP = 560.0, 50.0
"""Points: a picture no higher leaves room for its caption on the page; what stands on
two parts of a higher one, so that no label is cut on both."""

_SMALLEST = 0.7
"""A picture is not made smaller than this share of its size: its words must be read."""

_PARTS_APART = 10_000
"""More than a pack has items: the numbers of a picture's parts are this far apart."""

AddPicture = Callable[[bytes], str]
"""Takes a PNG's bytes into the document, and gives the id of the relation to it."""


@dataclass(frozen=True)
class Block:
    """A part of the document that stands on pages of one orientation.

    Attributes:
        xml: its markup, which ends with a paragraph.
        landscape: whether its pages lie on their side.
    """

    xml: str
    landscape: bool = False


def reference(item: Item) -> str:
    """A citation of an item in prose: it follows the item's number."""
    return field(rf"REF {bookmark_name(item.slug)} \h", run(item.number))


def linked_title(item: Item) -> str:
    """An item's number and title, as a link to it, for a list of items."""
    return link_within(bookmark_name(item.slug), run(f"{item.number}: {item.title}"))


def sequence(kind: str) -> str:
    """The name of the sequence that an item of a kind is counted in: ``Key_figure``."""
    return kind.replace(" ", "_")


def item_block(piece: Piece, number: int, add_picture: AddPicture) -> Block:
    """An item with all that stands under it.

    Args:
        piece: the item.
        number: its place in the document, from 1.
        add_picture: takes a chart's picture.
    """
    item = piece.item
    lines = lines_of(piece.grid)
    sheet = sheet_of(lines)
    parts = [_caption(item, number)]
    match item.kind:
        case "table":
            parts += [
                _subtitle(item),
                table_xml(lines, sheet, item.title, _shape(lines)),
            ]
        case "chart":
            parts += [
                _subtitle(item),
                _chart(piece, number, add_picture),
                paragraph("DataOf", run(f"The data of {item.number}")),
                table_xml(lines, sheet, f"Data of {item.number}", _shape(lines)),
            ]
        case "key_figure":
            parts += _key_figure(item)
    parts += _under(piece)
    return Block("".join(parts), landscape=_is_landscape(item, sheet))


def _is_landscape(item: Item, sheet: Sheet) -> bool:
    return item.kind != "key_figure" and sheet.landscape


def _caption(item: Item, number: int) -> str:
    """``Table 3: ...``, with the number as a field and a bookmark around both words."""
    word = KIND_WORDS[item.kind]
    count = item.number.removeprefix(word).strip()
    label = run(f"{word} ") + field(rf"SEQ {sequence(word)} \* ARABIC", run(count))
    marked = bookmark(bookmark_name(item.slug), number, label)
    return paragraph("Caption", marked, run(f": {item.title}"))


def _subtitle(item: Item) -> str:
    words = " ".join(
        part for part in (f"{item.subtitle}.", unit_and_basis(item)) if part
    )
    return paragraph("ItemSubtitle", run(words))


def _chart(piece: Piece, number: int, add_picture: AddPicture) -> str:
    """A chart's picture; one that is too high for a page, in parts that overlap."""
    item = piece.item
    width, height = pictures.size(piece.picture)
    scale = min(1.0, PORTRAIT / 20 / width, max(_SMALLEST, _HIGHEST / height))
    width, height = width * scale, height * scale
    relation = add_picture(pictures.png(piece.picture))
    drawn = []
    for part, (top, bottom) in enumerate(_parts(height)):
        name = item.number if part == 0 else f"{item.number}, continued"
        drawn.append(
            picture(
                relation,
                number + part * _PARTS_APART,
                name,
                item.alt if part == 0 else name,
                (width, bottom - top),
                (top / height, bottom / height),
            )
        )
    return "".join(paragraph("Picture", one) for one in drawn)


def _parts(height: float) -> list[tuple[float, float]]:
    """Where to cut a picture of a height, so that each part fits on a page."""
    if height <= _HIGHEST:
        return [(0.0, height)]
    step = _HIGHEST - _OVERLAP
    count = math.ceil((height - _OVERLAP) / step)
    return [(n * step, min(n * step + _HIGHEST, height)) for n in range(count)]


def _key_figure(item: Item) -> list[str]:
    counted = f"{item.base[:1].upper()}{item.base[1:]}." if item.base else ""
    return [
        paragraph("KeyFigure", run(item.headline)),
        *([paragraph("ItemSubtitle", run(counted))] if counted else ()),
        _subtitle(item),
    ]


def _under(piece: Piece) -> list[str]:
    """What stands under an item, the same as on its page; its full citation is at the end."""
    item = piece.item
    parts: list[tuple[str, str]] = [
        *_commentary(item),
        *(("Note: ", note) for note in notes_of(item)),
    ]
    if symbols := symbols_of(item):
        parts.append(("Symbols: ", f"{'; '.join(symbols)}."))
    if base := base_of(item):
        parts.append(("Base: ", base))
    if item.definitions:
        word = "Definition: " if len(item.definitions) == 1 else "Definitions: "
        parts.append((word, f"{'. '.join(item.definitions)}."))
    parts += [("Source: ", source_sentence(source)) for source in item.sources]
    parts.append(("Cite as: ", f"{piece.citation_short}."))
    return [paragraph("ItemNote", bold(label), run(words)) for label, words in parts]


def _commentary(item: Item) -> list[tuple[str, str]]:
    comments = [part for part in item.commentary.split("\n\n") if part.strip()]
    first = "The council's analyst says: "
    return [(first if n == 0 else "", words) for n, words in enumerate(comments)]


def _shape(lines: Lines) -> str:
    """A table's shape, for whoever hears it read."""
    rows, columns = len(lines.rows), len(lines.headings)
    return (
        f"{rows} {'row' if rows == 1 else 'rows'} below a row of headings, "
        f"{columns} {'column' if columns == 1 else 'columns'}; the first column names "
        "the rows."
    )


def by_slug(pieces: tuple[Piece, ...]) -> Mapping[str, Item]:
    """The items, by slug."""
    return {piece.item.slug: piece.item for piece in pieces}
