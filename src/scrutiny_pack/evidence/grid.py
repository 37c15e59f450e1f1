"""An item's data as the grid of cells that every format shows.

No format computes a value: each asks this module what stands in which cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence.formatting import dates_in_words, figure_text, symbols
from scrutiny_pack.evidence.items import Column, Layout
from scrutiny_pack.observations import records


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        text: what is printed in it.
        is_figure: whether it is a figure, and so set to the right.
        value: the figure's value, or None where it has none.
    """

    text: str
    is_figure: bool
    value: float | None = None


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
    rows: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for record in records(data):
        key = tuple(str(record[name]) for name in layout.rows)
        rows.setdefault(key, []).append(record)
    spans = [(k, len(list(g))) for k, g in groupby(c.group for c in layout.columns)]
    groups = tuple(spans) if any(label for label, _ in spans) else ()
    laid = tuple(_row(of_one_row, layout) for of_one_row in rows.values())
    return Grid(groups, layout.columns, laid)


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
    value = None if pd.isna(figure["value"]) else float(figure["value"])
    return Cell(figure_text(figure, column.decimals), is_figure=True, value=value)


def _label(key: tuple[str, ...], layout: Layout) -> str:
    return next((c.label for c in layout.columns if c.key == key), ", ".join(key))
