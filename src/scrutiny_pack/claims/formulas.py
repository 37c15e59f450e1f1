"""Which formulae, out of a stated family, a published column follows.

The family: every sum of the other columns in which each is added, taken away or left
out. A column may follow one formula in some rows and another in others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, prod

from scrutiny_pack.claims.intervals import Interval

LIKELY_BY_CHANCE = Fraction(1, 100)
"""A formula is believed only if fewer than this many would fit so many rows by chance."""

MOST_COLUMNS = 6
"""The most other columns that the family is made of: 3 to the sixth is 729 formulae."""

Row = Mapping[str, Interval]
"""The figures of one row by column."""


@dataclass(frozen=True)
class Formula:
    """A sum of columns, each added or taken away.

    Attributes:
        terms: the columns in it, each with 1 or -1.
    """

    terms: tuple[tuple[str, int], ...]

    def of(self, row: Row) -> Interval:
        """What the formula comes to in a row."""
        total = Interval.exactly(0)
        for column, sign in self.terms:
            total = total + row[column] if sign > 0 else total - row[column]
        return total

    def fits(self, row: Row, target: str) -> bool:
        """Whether the column's figure in the row may be what the formula comes to."""
        return row[target].meets(self.of(row))

    def relation(self, target: str) -> frozenset[tuple[str, int]]:
        """The identity it makes with its column, whichever of them is on the left."""
        signs = dict(self.terms) | {target: -1}
        lead = signs[min(signs)]
        return frozenset((column, sign * lead) for column, sign in signs.items())


@dataclass(frozen=True)
class Followed:
    """One formula and the rows that follow it.

    Attributes:
        formula: the formula.
        rows: the numbers of the rows that fit it, counted from 0.
        by_chance: at most how many formulae would fit so many rows by chance.
    """

    formula: Formula
    rows: tuple[int, ...]
    by_chance: Fraction


@dataclass(frozen=True)
class ColumnFit:
    """What is found of a column.

    Attributes:
        target: the column.
        main: the formula that most of its rows follow.
        second: a formula that at least two of the other rows follow, if there is one.
        parting: the rows that do not fit the main formula.
    """

    target: str
    main: Followed
    second: Followed | None
    parting: tuple[int, ...]


def family(columns: Sequence[str]) -> tuple[Formula, ...]:
    """Every signed sum of the columns; those with fewest terms first, added ones first."""
    signs = product((1, -1, 0), repeat=len(columns))
    terms = (
        tuple((column, sign) for column, sign in zip(columns, row, strict=True) if sign)
        for row in signs
    )
    found = [Formula(term) for term in terms if term]
    return tuple(
        sorted(found, key=lambda f: (len(f.terms), sum(s < 0 for _, s in f.terms)))
    )


def fit_column(
    rows: Sequence[Row], target: str, others: Sequence[str]
) -> ColumnFit | None:
    """The formula that most rows of a column follow, and where the rows part.

    Args:
        rows: the rows of the table that are not totals of others.
        target: the column to explain.
        others: the columns that it may be made of.

    Returns:
        None if no formula of the family fits at least half of the rows, and more of
        them than chance would explain.
    """
    if not others or len(others) > MOST_COLUMNS:
        return None
    formulas = family(others)
    everything = range(len(rows))
    main = _best(formulas, rows, target, others, everything)
    if (
        main is None
        or 2 * len(main.rows) < len(rows)
        or main.by_chance >= LIKELY_BY_CHANCE
    ):
        return None
    parting = tuple(at for at in everything if at not in main.rows)
    second = _best(formulas, rows, target, others, parting)
    if second is not None and (
        len(second.rows) < 2 or second.by_chance >= LIKELY_BY_CHANCE
    ):
        second = None
    return ColumnFit(target, main, second, parting)


def _best(
    formulas: Sequence[Formula],
    rows: Sequence[Row],
    target: str,
    others: Sequence[str],
    among: Sequence[int],
) -> Followed | None:
    """The first of the formulae that fit most rows; None if no row fits any of them."""
    best: Formula | None = None
    fits: tuple[int, ...] = ()
    for formula in formulas:
        if more := _rows_that_fit(formula, rows, target, among, more_than=len(fits)):
            best, fits = formula, more
    if best is None:
        return None
    likely = prod((_chance(rows[at], target, others) for at in fits), start=Fraction(1))
    ways = len(formulas) * comb(len(among), len(fits))
    return Followed(best, fits, ways * likely)


def _rows_that_fit(
    formula: Formula,
    rows: Sequence[Row],
    target: str,
    among: Sequence[int],
    *,
    more_than: int,
) -> tuple[int, ...]:
    """The rows that fit; none, as soon as they cannot be more than so many."""
    fits: list[int] = []
    for left, at in zip(reversed(range(len(among))), among, strict=True):
        if formula.fits(rows[at], target):
            fits.append(at)
        if len(fits) + left <= more_than:
            return ()
    return tuple(fits)


def _chance(row: Row, target: str, others: Sequence[str]) -> Fraction:
    """How likely one formula is to hit the row's figure by chance.

    The figure is taken to be any of the values, a unit of its last place apart, that
    a formula of the family can reach.
    """
    reach = sum((abs(row[column].middle) for column in others), start=Fraction(0))
    width = max(row[column].high - row[column].low for column in (target, *others))
    whole = all(row[column].middle.denominator == 1 for column in (target, *others))
    step = Fraction(1) if whole or not width else width
    return 1 / (2 * reach / step + 1)
