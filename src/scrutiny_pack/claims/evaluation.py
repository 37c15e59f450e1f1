"""What an expression comes to, with its working, from the evidence at hand."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.evidence import Cell, Evidence, NotAtHand
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.references import (
    Called,
    Cells,
    Combined,
    Expression,
    Number,
    write,
)

Dimension = Literal["number", "per cent", "quotient"]


@dataclass(frozen=True)
class Result:
    """What an expression comes to.

    Attributes:
        interval: the values that it may have.
        dimension: a number, a figure that is already in per cent, or a quotient.
        working: the expression with its figures: ``27 / (74 + 27)``.
        cells: the cells that it rests on, in order.
    """

    interval: Interval
    dimension: Dimension
    working: str
    cells: tuple[Cell, ...]

    def in_per_cent(self) -> Interval:
        """The values in per cent: a quotient is multiplied by 100."""
        return (
            self.interval.times(100) if self.dimension == "quotient" else self.interval
        )


def evaluate(expression: Expression, evidence: Evidence) -> Result:
    """Work an expression out.

    Args:
        expression: numbers, cells, sums, counts and what combines them; not an
            unknown, a series, a place, a change or alternatives.
        evidence: the datasets that it names.

    Raises:
        NotAtHand: if a dataset is not at hand, a cell has no value, or a divisor may
            be nought.
        ClaimError: if the expression is of another sort or names no row.
    """
    match expression:
        case Number(text):
            return Result(Interval.exactly(Fraction(text)), "number", text, ())
        case Cells():
            return _cell(evidence.one(expression))
        case Called("sum", (Cells() as reference,), _):
            parts = [_cell(cell) for cell in evidence.find(reference)]
            total = parts[0]
            for part in parts[1:]:
                total = _combined("+", total, part)
            return total if len(parts) == 1 else _bracketed(total)
        case Called("count", (Cells() as reference,), _):
            found = evidence.find(reference)
            count = Interval.exactly(Fraction(len(found)))
            return Result(count, "number", f"{len(found)} rows", found)
        case Combined(operator, left, right):
            first, second = evaluate(left, evidence), evaluate(right, evidence)
            return _combined(
                operator,
                _bracket(first, operator),
                _bracket(second, operator, right=True),
            )
    msg = f"'{write(expression)}' does not come to one number"
    raise ClaimError(msg)


def _cell(cell: Cell) -> Result:
    interval = cell.interval
    if interval is None:
        note = cell.columns.get("note", "").rstrip(".")
        reason = f", {note}" if note.startswith("printed") else ""
        msg = f"the evidence has no figure for {cell.label}{reason}"
        raise NotAtHand(msg)
    return Result(
        interval, "per cent" if cell.is_rate else "number", cell.shown, (cell,)
    )


def _combined(operator: str, left: Result, right: Result) -> Result:
    try:
        interval = {
            "+": lambda: left.interval + right.interval,
            "-": lambda: left.interval - right.interval,
            "*": lambda: left.interval * right.interval,
            "/": lambda: left.interval / right.interval,
        }[operator]()
    except ZeroDivisionError:
        reason = (
            f"{left.working} cannot be divided by {right.working}, which may be nought"
        )
        raise NotAtHand(reason) from None
    return Result(
        interval,
        _dimension(operator, left.dimension, right.dimension),
        f"{left.working} {operator} {right.working}",
        (*left.cells, *right.cells),
    )


def _dimension(operator: str, left: Dimension, right: Dimension) -> Dimension:
    if operator == "/":
        return "quotient" if left == right else left
    if "per cent" in (left, right):
        return "per cent"
    return "quotient" if left == right == "quotient" else "number"


def _bracket(part: Result, operator: str, *, right: bool = False) -> Result:
    loose = any(f" {sign} " in part.working for sign in "+-")
    tight = any(f" {sign} " in part.working for sign in "*/")
    if part.working.startswith("("):
        return part
    if (operator in "*/" and loose) or (right and operator == "-" and loose):
        return _bracketed(part)
    return _bracketed(part) if right and operator == "/" and tight else part


def _bracketed(part: Result) -> Result:
    return Result(part.interval, part.dimension, f"({part.working})", part.cells)
