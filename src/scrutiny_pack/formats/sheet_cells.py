"""A grid as a spreadsheet holds it: numbers as numbers, and their status beside them.

By the Analysis Function's guidance on releasing statistics in spreadsheets, a column of
numbers holds nothing but numbers, or shorthand such as ``[x]`` in the place of one. So
the status letters that accompany a number get a column of their own, and so do the
ends of a range.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence.grid import Cell, Grid
from scrutiny_pack.evidence.items import Column

NO_SINGLE_FIGURE = "[x]"
"""What stands for a figure that is only known as a range, and for its open end."""

NO_RANGE = "[z]"
"""What stands in the columns of a range beside a figure that is not one."""

LOW, HIGH, STATUS = "low end", "high end", "status"
"""What the columns beside a column of figures are called, after its own heading."""


@dataclass(frozen=True)
class SheetColumn:
    """One column of a sheet.

    Attributes:
        heading: its heading; no other column has it, in whatever letters.
        cells: from top to bottom, a number or text.
        holds: ``text``, ``numbers`` or ``status``.
        places: the decimal places that each number is shown with; None for those that
            it has; empty for text.
    """

    heading: str
    cells: tuple[float | str, ...]
    holds: Literal["text", "numbers", "status"] = "text"
    places: tuple[int | None, ...] = ()

    @property
    def has_blanks(self) -> bool:
        """Whether a cell of it is empty."""
        return "" in self.cells


def sheet_columns(grid: Grid) -> tuple[SheetColumn, ...]:
    """The columns of a sheet for a grid.

    Raises:
        EvidenceError: if a figure has neither a number nor a status that says why.
    """
    columns: list[SheetColumn] = []
    for place, column in enumerate(grid.columns):
        cells = [row.cells[place] for row in grid.rows]
        if column.is_text:
            columns.append(SheetColumn(_heading(column), tuple(c.text for c in cells)))
        else:
            columns.extend(figure_columns(_heading(column), cells, column.decimals))
    return distinct(columns)


def figure_columns(
    heading: str, cells: Sequence[Cell], decimals: int | None
) -> list[SheetColumn]:
    """The columns for one column of figures: the figures, their range, their status.

    Args:
        heading: the heading of the figures.
        cells: the figures, from top to bottom.
        decimals: the decimal places that they are shown with.

    Raises:
        EvidenceError: if a figure has neither a number nor a status that says why.
    """
    for cell in cells:
        if not (_is_number(cell) or cell.status):
            msg = f"a figure of '{heading}' has neither a number nor a status that says why"
            raise EvidenceError(msg)

    def numbers(name: str, values: tuple[float | str, ...]) -> SheetColumn:
        return SheetColumn(name, values, "numbers", (decimals,) * len(values))

    have_range = any(_has_range(cell) for cell in cells)
    columns = []
    if not have_range or any(cell.value is not None for cell in cells):
        values = tuple(_value(cell) for cell in cells)
        columns.append(numbers(heading, values))
    if have_range:
        lows = tuple(_end(cell, cell.low) for cell in cells)
        highs = tuple(_end(cell, cell.high) for cell in cells)
        columns += [
            numbers(f"{heading}, {LOW}", lows),
            numbers(f"{heading}, {HIGH}", highs),
        ]
    if any(cell.status and _is_number(cell) for cell in cells):
        beside = tuple(_marks(cell) if _is_number(cell) else "" for cell in cells)
        columns.append(SheetColumn(f"{heading}, {STATUS}", beside, "status"))
    return columns


def distinct(columns: Sequence[SheetColumn]) -> tuple[SheetColumn, ...]:
    """The columns, with a number after a heading that another one has already.

    Excel takes no table with two headings alike, and does not tell large letters from
    small ones.
    """
    used: set[str] = set()
    made = []
    for column in columns:
        heading, number = column.heading, 2
        while heading.lower() in used:
            heading = f"{column.heading} ({number})"
            number += 1
        used.add(heading.lower())
        made.append(replace(column, heading=heading))
    return tuple(made)


def _heading(column: Column) -> str:
    """One row of headings: the one above, if there is one, comes after a comma."""
    group = column.group
    if group and not group.isupper():
        group = group[:1].lower() + group[1:]
    return ", ".join(part for part in (column.label, group) if part)


def _has_range(cell: Cell) -> bool:
    return cell.low is not None or cell.high is not None


def _is_number(cell: Cell) -> bool:
    return cell.value is not None or _has_range(cell)


def _marks(cell: Cell) -> str:
    return " ".join(f"[{letter}]" for letter in cell.status)


def _value(cell: Cell) -> float | str:
    if cell.value is not None:
        return cell.value
    return NO_SINGLE_FIGURE if _has_range(cell) else _marks(cell)


def _end(cell: Cell, end: float | None) -> float | str:
    if end is not None:
        return end
    if _has_range(cell):
        return NO_SINGLE_FIGURE
    return _marks(cell) if cell.value is None else NO_RANGE
