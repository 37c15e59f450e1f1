"""The sheets of a spreadsheet that hold evidence items."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scrutiny_pack.evidence.footnotes import unit_and_basis
from scrutiny_pack.evidence.items import KIND_WORDS
from scrutiny_pack.evidence.sources import document_words
from scrutiny_pack.formats.content import Content, Piece
from scrutiny_pack.formats.sheet import Sheet
from scrutiny_pack.formats.sheet_cells import (
    SheetColumn,
    distinct,
    figure_columns,
    sheet_columns,
)
from scrutiny_pack.formats.sheet_names import sheet_names, table_name

KEY_FIGURES = "Key figures"
"""The sheet of all key figures: one row each reads better than one sheet each."""


def item_sheets(
    content: Content, notes: Mapping[str, str], taken: Sequence[str]
) -> list[Sheet]:
    """A sheet for the key figures, then one for each table and chart, in reading order.

    Args:
        content: the pack.
        notes: where the notes of each item are, by slug.
        taken: the names of the sheets in front.
    """
    pieces = [p for p in content.pieces if p.item.kind != "key_figure"]
    names = sheet_names([p.item.slug for p in pieces], [*taken, KEY_FIGURES])
    questions = {q["notebook"]: q["question"] for q in content.pack["questions"]}
    sheets = [
        _of_an_item(content, piece, name, notes.get(piece.item.slug, ""))
        for piece, name in zip(pieces, names, strict=True)
    ]
    sheets = [
        replace(sheet, question=questions[piece.item.notebook])
        for sheet, piece in zip(sheets, pieces, strict=True)
    ]
    figures = [p for p in content.pieces if p.item.kind == "key_figure"]
    front = [_of_key_figures(content, figures, notes)] if figures else []
    return [*front, *sheets]


def pack_line(content: Content) -> str:
    """The pack that a sheet is from, and its standing: a sheet may be copied out."""
    return f"{content.pack['title']}. {content.pack['standing']['words']}."


def _of_an_item(content: Content, piece: Piece, name: str, notes: str) -> Sheet:
    item = piece.item
    is_chart = item.kind == "chart"
    holds = f"the data of {item.number}" if is_chart else item.number
    return Sheet(
        name=name,
        table=table_name(item.slug),
        title=f"{item.number}: {item.title}",
        columns=sheet_columns(piece.grid),
        lines=tuple(
            line
            for line in (item.subtitle, unit_and_basis(item), pack_line(content))
            if line
        ),
        instructions=(
            f"This worksheet contains one table: {holds}, evidence item {item.id}."
        ),
        sources=tuple(f"Source: {document_words(source)}." for source in item.sources),
        notes=notes,
        bold=_totals(piece),
        item=item.number,
    )


def _totals(piece: Piece) -> tuple[int, ...]:
    """The rows that are set in bold: totals, where there are parts as well."""
    levels = [row.level for row in piece.grid.rows]
    if "part" not in levels:
        return ()
    return tuple(place for place, level in enumerate(levels) if level != "part")


def _of_key_figures(
    content: Content, pieces: Sequence[Piece], notes: Mapping[str, str]
) -> Sheet:
    def text(heading: str, cells: Sequence[str]) -> SheetColumn:
        return SheetColumn(heading, tuple(cells))

    figures = figure_columns("Figure", [p.grid.rows[0].cells[-1] for p in pieces], None)
    places = tuple(p.grid.columns[-1].decimals for p in pieces)
    figures = [
        replace(column, places=places) if column.holds == "numbers" else column
        for column in figures
    ]
    items = [p.item for p in pieces]
    columns = [
        text("Number", [item.number for item in items]),
        text("Key figure", [item.title for item in items]),
        *figures,
        text("Unit", [item.unit for item in items]),
        text("Counted against", [_sentence(item.base) for item in items]),
        text("About", [item.subtitle for item in items]),
        text("Notes", [_references(notes.get(item.slug, "")) for item in items]),
        text("Evidence item", [item.id for item in items]),
    ]
    return Sheet(
        name=KEY_FIGURES,
        table="key_figures",
        title="Key figures",
        columns=distinct([c for c in columns if any(c.cells)]),
        lines=(pack_line(content),),
        instructions=(
            "This worksheet contains one table: a row for each key figure. "
            "Their units differ and stand in a column of their own."
        ),
        item=f"{KIND_WORDS['key_figure']}s",
        sources=("Sources and citations are on the worksheet Sources.",),
    )


def _references(notes: str) -> str:
    return notes.partition(": ")[2].removesuffix(".")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
