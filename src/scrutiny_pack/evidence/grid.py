"""An item's data as the grid of cells that every format shows.

No format computes a value: each asks this module what stands in which cell.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence.formatting import dates_in_words, figure_text, symbols
from scrutiny_pack.evidence.items import Column, Layout
from scrutiny_pack.observations import records

_MARKED = re.compile(r"(.*?\S)((?: \[[a-z]\])+)")
"""An amount and the status symbols after it, which do not stand in its place."""

_ONE_ROW = 4
"""Columns: a single row with more is turned, so that it reads downwards."""


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        text: what is printed in it.
        is_figure: whether it is a figure, and so set to the right.
        value: the figure's value, or None where it has none.
        low: the low end of its range, or None where it has none.
        high: the high end, likewise.
        status: its status letters, one by one.
    """

    text: str
    is_figure: bool
    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of cells.

    Attributes:
        cells: from left to right; the first is the row's header.
        level: part, subtotal or total.
    """

    cells: tuple[Cell, ...]
    level: str


@dataclass(frozen=True)
class Grid:
    """A table as it is shown.

    Attributes:
        groups: the headings above the columns, each with how many it spans; empty
            where no column has one.
        columns: the columns, from left to right.
        rows: the rows, from top to bottom.
    """

    groups: tuple[tuple[str, int], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def grid(data: pd.DataFrame, layout: Layout) -> Grid:
    """Lay an item's data out.

    Args:
        data: the long form, or a list: the item's data file. A column ``level``
            (part, subtotal, total), where there is one, marks rows to set in bold.
        layout: which columns name rows, and which spread across.

    Raises:
        EvidenceError: if two figures would stand in one cell, or none.
    """
    is_list = all(column.is_text for column in layout.columns)
    rows: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for place, record in enumerate(records(data)):
        # Rows of a list that begin alike are still rows of their own.
        named = tuple(str(record[name]) for name in layout.rows)
        key = (str(place),) if is_list else named
        rows.setdefault(key, []).append(record)
    spans = [(k, len(list(g))) for k, g in groupby(c.group for c in layout.columns)]
    groups = tuple(spans) if any(label for label, _ in spans) else ()
    laid = tuple(_row(of_one_row, layout) for of_one_row in rows.values())
    return Grid(groups, layout.columns, laid)


def is_turned(laid: Grid) -> bool:
    """Whether a table is shown turned: one row of many columns, one below the other."""
    return len(laid.rows) == 1 and len(laid.columns) > _ONE_ROW and not laid.groups


def amount_and_marks(text: str) -> tuple[str, str]:
    """An amount, and the symbols after it: they get a place of their own.

    Without it, the digits of a column would not stand below each other.
    """
    match = _MARKED.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")


def most_marks(laid: Grid) -> list[int]:
    """How many symbols stand after an amount at most, column by column."""
    texts = [
        [row.cells[place].text for row in laid.rows]
        for place in range(len(laid.columns))
    ]
    return [
        0
        if column.is_text
        else max(amount_and_marks(text)[1].count("[") for text in cells)
        for column, cells in zip(laid.columns, texts, strict=True)
    ]


def _row(of_one_row: Sequence[Mapping[str, Any]], layout: Layout) -> Row:
    first = of_one_row[0]
    figures: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for record in of_one_row if any(not c.is_text for c in layout.columns) else ():
        key = tuple(str(record[name]) for name in layout.spread)
        if key in figures:
            msg = (
                f"two figures for one cell: row '{first[layout.rows[0]]}', "
                f"column '{_label(key, layout)}'"
            )
            raise EvidenceError(msg)
        figures[key] = record
    for column in layout.columns:
        if not column.is_text and column.key not in figures:
            msg = f"no figure for a cell: row '{first[layout.rows[0]]}', column '{column.label}'"
            raise EvidenceError(msg)
    cells = tuple(_cell(first, figures, column) for column in layout.columns)
    return Row(cells, str(first.get("level", "")) or "part")


def _cell(
    first: Mapping[str, Any],
    figures: Mapping[tuple[str, ...], Mapping[str, Any]],
    column: Column,
) -> Cell:
    if column.is_text:
        name = column.key[0]
        text = str(first[name])
        words = {"as_at": dates_in_words, "status": symbols}.get(name, str)
        return Cell(words(text), is_figure=False)
    figure = figures[column.key]
    value, low, high = (
        None if pd.isna(figure[name]) else float(figure[name])
        for name in ("value", "low", "high")
    )
    return Cell(
        text=figure_text(figure, column.decimals),
        is_figure=True,
        value=value,
        low=low,
        high=high,
        status=tuple(str(figure["status"]).split()),
    )


def _label(key: tuple[str, ...], layout: Layout) -> str:
    return next((c.label for c in layout.columns if c.key == key), ", ".join(key))
