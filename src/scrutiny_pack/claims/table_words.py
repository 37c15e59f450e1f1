"""Columns, formulae and worked-out figures in the words of a published table."""

from collections.abc import Mapping
from fractions import Fraction

from scrutiny_pack.claims.evidence import Cell
from scrutiny_pack.claims.formulas import Formula
from scrutiny_pack.claims.wording import amount
from scrutiny_pack.measures.definitions import measures

OVER_UNDER = "over_under_establishment"
"""The measure whose figures below nought are posts over the establishment."""


def label_of(measure: str) -> str:
    """What a column is called in a sentence."""
    known = measures().get(measure)
    name = known.label.partition(",")[0] if known else measure.replace("_", " ")
    return name if name.startswith("(") else name.lower()


def title_of(measure: str) -> str:
    """What a column counts: ``posts in the establishment``, ``permanent staff``."""
    known = measures().get(measure)
    name = known.title.partition(",")[0] if known else measure.replace("_", " ")
    return name[:1].lower() + name[1:]


def formula_words(formula: Formula) -> str:
    """A formula in words: ``posts in the establishment less permanent staff``."""
    plus = [title_of(column) for column, sign in formula.terms if sign > 0]
    minus = [title_of(column) for column, sign in formula.terms if sign < 0]
    start = " plus ".join(plus) if plus else "nought"
    return " less ".join([start, *minus])


def formula_figures(formula: Formula, cells: Mapping[str, Cell]) -> str:
    """A formula with the figures of a row: ``9.20 - 6.23``."""
    text = ""
    for column, sign in formula.terms:
        shown = cells[column].shown
        text += f" {'+' if sign > 0 else '-'} {shown}" if text or sign < 0 else shown
    return text.strip()


def as_printed(cell: Cell) -> str:
    """A figure as its source prints it, or else as it is."""
    return cell.columns.get("as_published") or cell.shown


def said(value: Fraction, cell: Cell) -> str:
    """A figure for a sentence: ``9.61 over`` for (9.61) over the establishment."""
    if cell.columns.get("measure") != OVER_UNDER or not value:
        return like(value, cell)
    return f"{like(abs(value), cell)} {'over' if value < 0 else 'under'}"


def like(value: Fraction, cell: Cell) -> str:
    """A worked-out figure as the cell's column prints its own: (9.61) for -9.61."""
    text = cell.columns.get("as_published", "")
    decimals = max(len(text.strip("()%").partition(".")[2]), cell.decimals)
    if cell.basis in {"headcount", "posts"} and value.denominator == 1:
        decimals = len(text.strip("()%").partition(".")[2])
    size = amount(abs(value), decimals)
    if value >= 0 or not size.strip("0."):
        return size
    brackets = text.startswith("(") or cell.columns.get("measure") == OVER_UNDER
    return f"({size})" if brackets else f"-{size}"
