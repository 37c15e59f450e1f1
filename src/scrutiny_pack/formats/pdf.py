"""annex.pdf: the pack as one fixed document, with its data files inside.

It is set by typst from a template that is part of this package. The content is handed
over as JSON, never as markup, so that no text from the data can be obeyed.
"""

import datetime as dt
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

from scrutiny_pack.evidence.footnotes import (
    base_of,
    notes_of,
    symbols_of,
    unit_and_basis,
)
from scrutiny_pack.evidence.grid import Grid, amount_and_marks, is_turned
from scrutiny_pack.evidence.show import headline_parts
from scrutiny_pack.evidence.sources import source_sentence
from scrutiny_pack.formats.content import Content, Piece
from scrutiny_pack.formats.pdf_tables import (
    SIZE,
    Part,
    Sheet,
    mark_width,
    most_lines,
    pieces,
    sheet,
    turned_widths,
)
from scrutiny_pack.formats.pdf_tags import with_row_headers
from scrutiny_pack.formats.pictures import size
from scrutiny_pack.formats.prose import runs
from scrutiny_pack.inputs.wording import counted
from scrutiny_pack.observations import STATUS_WORDS
from scrutiny_pack.periods import Period

PDF = "annex.pdf"
"""Its name in the pack."""

_TALL = 20
"""Lines: a table with a taller row may break within a row."""

_CHART_WIDTH, _CHART_HEIGHT = 400.0, 560.0
"""Points: a chart is drawn no wider, and a part of it no higher."""

_SMALLEST, _OVERLAP = 0.8, 50.0
"""The least share of that width that a high chart is made smaller to; what stands on
two parts of a higher one, in points, so that no label is cut on both."""

_TEMPLATE = "pdf_template.typ"


def write_pdf(content: Content, pack: Path) -> None:
    """Add annex.pdf to a pack.

    Args:
        content: what the pack says.
        pack: the pack's folder, whose charts and data files are taken up.
    """
    (pack / PDF).write_bytes(pdf_of(content, pack))


def pdf_of(content: Content, pack: Path) -> bytes:
    """The bytes of annex.pdf, the same for the same pack.

    It is made to PDF/A-3a, for the archive, and PDF/UA-1, for screen readers.
    Its fonts are those that come with matplotlib, whatever the machine has, and its
    date is the last day of the period.
    """
    template = files(__package__).joinpath(_TEMPLATE).read_bytes()
    end = Period.parse(content.pack["period"]).end
    told = json.dumps(as_told(content), ensure_ascii=False)
    made = typst.compile(  # type: ignore[call-overload]  # it takes bytes beside a root
        template,
        root=str(pack),
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=["a-3a", "ua-1"],
        sys_inputs={"content": told},
        timestamp=dt.datetime.combine(end, dt.time(), tzinfo=dt.UTC),
    )
    return with_row_headers(made)


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with matplotlib, which need not be imported, and no others."""
    found = find_spec("matplotlib")
    assert found is not None  # noqa: S101 - it is installed: it drew the charts
    assert found.submodule_search_locations is not None  # noqa: S101 - it is a package
    folder = Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def as_told(content: Content) -> dict[str, Any]:
    """What the template is told, as JSON has it."""
    pack = content.pack
    slugs = {piece.item.slug for piece in content.pieces}
    end = Period.parse(pack["period"]).end

    def sentences(kind: str) -> list[Any]:
        return [_prose(one["text"], slugs) for one in pack["remarks"][kind]]

    return {
        "title": pack["title"],
        "authority": pack["authority"],
        "period": pack["period_in_words"],
        "date": [end.year, end.month, end.day],
        "id": pack["id"],
        "standing": pack["standing"]["words"],
        "draft_or_final": "Draft" if pack["standing"]["is_draft"] else "Final",
        "changes": sentences("changes"),
        "to_ask": sentences("questions"),
        "absences": sentences("absences"),
        "key_figures": [
            _key_figure(p) for p in content.pieces if p.item.kind == "key_figure"
        ],
        "stretches": _stretches(
            block
            for question in pack["questions"]
            if question["answered"]
            for block in _answers(question, content)
        ),
        "unanswered": [
            {
                "question": question["question"],
                "reason": question["reason"],
                "would_answer": question["would_answer"],
            }
            for question in pack["questions"]
            if not question["answered"]
        ],
        "charts": _stretches(
            _data_of_chart(p) for p in content.pieces if p.item.kind == "chart"
        ),
        "inputs": len(pack["inputs"]),
        "checked": _checked(pack),
        "warnings": [pieces(text) for text in pack["validation"]["warnings"]],
        "symbols": list(STATUS_WORDS.items()),
        "citation": pieces(pack["citation"]),
        "citations": [pieces(piece.item.citation) for piece in content.pieces],
        "licence": pack["licence"]["data"],
        "files": [
            {
                "path": p.item.data,
                "words": f"{p.item.number}: {p.item.title}",
            }
            for p in content.pieces
        ],
    }


def _stretches(blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks in stretches of pages that are all upright, or all on their side."""
    sides = groupby(blocks, lambda block: bool(block["table"].get("landscape")))
    return [{"landscape": landscape, "blocks": list(own)} for landscape, own in sides]


def _answers(question: Mapping[str, Any], content: Content) -> list[dict[str, Any]]:
    """What stands under a question; the first block opens it."""
    items = [_item(piece) for piece in content.pieces_of(question["notebook"])]
    first, *others = items or [{"kind": "nothing", "table": {}}]
    return [first | {"opens": question["question"]}, *others]


def _item(piece: Piece) -> dict[str, Any]:
    item = piece.item
    comments = [part for part in item.commentary.split("\n\n") if part.strip()]
    return {
        "slug": item.slug,
        "kind": item.kind,
        "heading": pieces(f"{item.number}: {item.title}"),
        "subtitle": pieces(item.subtitle),
        "unit": "" if item.kind == "key_figure" else unit_and_basis(item),
        "headline": headline_parts(item),
        "counted": "" if item.base == item.unit else item.base,
        "table": _table(piece.grid) if item.kind == "table" else {},
        "picture": item.picture,
        "drawn": _picture(piece.picture),
        "alt": item.alt,
        "comments": [pieces(part) for part in comments],
        "notes": [pieces(note) for note in notes_of(item)],
        "symbols": "; ".join(symbols_of(item)),
        "base": base_of(item),
        "definitions": [pieces(words) for words in item.definitions],
        "sources": [pieces(source_sentence(source)) for source in item.sources],
        "cited": pieces(f"{piece.citation_short}."),
        "data": item.data,
    }


def _picture(svg: str) -> dict[str, Any]:
    """How a chart is drawn: its width, and where it is cut if it is too high."""
    if not svg:
        return {}
    width, height = size(svg)
    smallest = _SMALLEST * _CHART_WIDTH / width
    scale = min(_CHART_WIDTH / width, max(smallest, _CHART_HEIGHT / height))
    height = round(height * scale, 1)
    step = _CHART_HEIGHT - _OVERLAP
    count = max(1, math.ceil((height - _OVERLAP) / step))
    tops = [part * step for part in range(count)]
    return {
        "width": round(width * scale, 1),
        "height": height,
        "parts": [
            {"top": top, "height": min(_CHART_HEIGHT, height - top)} for top in tops
        ],
    }


def _data_of_chart(piece: Piece) -> dict[str, Any]:
    item = piece.item
    return {
        "slug": item.slug,
        "kind": "data",
        "table": _table(piece.grid),
        "number": item.number,
        "heading": pieces(f"Data of {item.number}: {item.title}"),
        "subtitle": pieces(item.subtitle),
        "unit": unit_and_basis(item),
        "symbols": "; ".join(symbols_of(item)),
    }


def _key_figure(piece: Piece) -> dict[str, Any]:
    item = piece.item
    return {
        "slug": item.slug,
        "number": item.number,
        "title": pieces(item.title),
        "headline": headline_parts(item),
        "counted": "" if item.base == item.unit else item.base,
    }


def _table(laid: Grid) -> dict[str, Any]:
    """A grid as the template sets it."""
    if is_turned(laid):
        return _turned(laid)
    own = sheet(laid)
    return {
        "landscape": own.landscape,
        "size": own.size,
        "parts": [_part(laid, part, own) for part in own.parts],
    }


def _turned(laid: Grid) -> dict[str, Any]:
    """A table of one row, its columns below each other."""
    cells = laid.rows[0].cells
    rows = [
        {"strong": False, "cells": [[pieces(column.label)], [pieces(cell.text)]]}
        for column, cell in zip(laid.columns, cells, strict=True)
    ]
    widths = turned_widths(laid)
    part = {
        "widths": widths,
        "figures": [False, False],
        "breakable": True,
        "marks": [0, 0],
        "head": [],
        "rows": rows,
    }
    return {"landscape": False, "size": SIZE, "parts": [part]}


def _part(laid: Grid, part: Part, own: Sheet) -> dict[str, Any]:
    has_parts = any(row.level == "part" for row in laid.rows)
    return {
        "widths": part.widths,
        "figures": [not laid.columns[place].is_text for place in part.places],
        "breakable": most_lines(laid, part, own.size) > _TALL,
        "marks": [mark_width(laid, place) * own.size for place in part.places],
        "head": _head(laid, part.places),
        "rows": [
            {
                "strong": has_parts and row.level != "part",
                "cells": [
                    _cell(row.cells[place].text, laid.columns[place].is_text)
                    for place in part.places
                ],
            }
            for row in laid.rows
        ],
    }


def _cell(text: str, is_text: bool) -> list[Any]:  # noqa: FBT001
    """A cell's text; of a figure, its amount and then its symbols."""
    return [pieces(text)] if is_text else list(amount_and_marks(text))


def _head(laid: Grid, places: Sequence[int]) -> list[list[dict[str, Any]]]:
    """The rows of headings: a column without a heading above it spans both."""
    columns = [laid.columns[place] for place in places]
    if not any(column.group for column in columns):
        return [[_heading(c.label, figure=not c.is_text) for c in columns]]
    above: list[dict[str, Any]] = []
    group = ""
    for column in columns:
        if not column.group:
            above.append(_heading(column.label, figure=not column.is_text, rows=2))
        elif column.group == group:
            above[-1]["columns"] += 1
        else:
            above.append(_heading(column.group, figure=False))
        group = column.group
    below = [_heading(c.label, figure=not c.is_text) for c in columns if c.group]
    return [above, below]


def _heading(label: str, *, figure: bool, rows: int = 1) -> dict[str, Any]:
    return {"text": pieces(label), "figure": figure, "columns": 1, "rows": rows}


def _prose(markdown: str, slugs: set[str]) -> list[dict[str, Any]]:
    return [
        {"text": pieces(run.text), "style": run.style, "item": run.item}
        for run in runs(markdown, slugs)
    ]


def _checked(pack: Mapping[str, Any]) -> str:
    """What was checked, as a sentence."""
    found, datasets = pack["validation"], len(pack["inputs"])
    warnings = len(found["warnings"])
    return (
        f"{counted(datasets, 'dataset')} with {counted(found['rows'], 'row')} "
        f"{'was' if datasets == 1 else 'were'} checked against "
        f"{counted(found['expectations'], 'expectation')}, with "
        f"{counted(warnings, 'warning') if warnings else 'no warning'}."
    )
