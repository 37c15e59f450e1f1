"""An item's data as the grid of cells that every format shows.

No format computes a value: each asks this module what stands in which cell.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence.formatting import figure_text
from scrutiny_pack.evidence.items import Column, Layout


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
        EvidenceError: if two figures would stand in one cell.
    """
    rows = tuple(
        _row(group, layout)
        for _, group in data.groupby(list(layout.rows), sort=False, dropna=False)
    )
    spans = [(k, len(list(g))) for k, g in groupby(c.group for c in layout.columns)]
    groups = tuple(spans) if any(label for label, _ in spans) else ()
    return Grid(groups, layout.columns, rows)


def _row(group: pd.DataFrame, layout: Layout) -> Row:
    first = group.iloc[0]
    cells = tuple(_cell(group, first, column, layout) for column in layout.columns)
    return Row(cells, str(first.get("level", "")) or "part")


def _cell(
    group: pd.DataFrame, first: "pd.Series[Any]", column: Column, layout: Layout
) -> Cell:
    if column.is_text:
        return Cell(str(first[column.key[0]]), is_figure=False)
    here = group
    for name, value in zip(layout.spread, column.key, strict=True):
        here = here[here[name] == value]
    if here.empty:
        return Cell("[z]", is_figure=True)
    if len(here) > 1:
        msg = f"two figures for one cell: row '{first[layout.rows[0]]}', column '{column.label}'"
        raise EvidenceError(msg)
    figure = here.iloc[0].to_dict()
    value = None if pd.isna(figure["value"]) else float(figure["value"])
    return Cell(figure_text(figure, column.decimals), is_figure=True, value=value)
