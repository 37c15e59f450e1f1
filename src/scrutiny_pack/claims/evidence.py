"""The evidence that claims are held against: every figure of the datasets, as a cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from typing import Any

import pandas as pd

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.intervals import Interval, fraction
from scrutiny_pack.claims.printed import read_printed
from scrutiny_pack.claims.references import Cells, Condition, write
from scrutiny_pack.evidence.formatting import BASIS_WORDS, number
from scrutiny_pack.measures.definitions import Measure, measures
from scrutiny_pack.periods import Period
from scrutiny_pack.rounding import decimals_of

ABOUT_A_ROW = frozenset(
    {"as_published", "status", "nature", "dataset", "paragraph", "note"}
)
"""The columns that say something of a figure, and do not name which it is."""

EXACT_BASES = frozenset({"headcount", "posts"})
"""The bases by which a whole number is a count, and not a rounded one."""


@dataclass(frozen=True, eq=False)
class Cell:
    """One figure of a dataset.

    Attributes:
        dataset: the dataset that holds it.
        columns: the text of every column of its row.
        value: the figure; None where the row has only a range, or nothing.
        low: the lower end, where the row gives a range.
        high: the upper end.
        decimals: the most decimals that a count of its table is printed with, by
            its basis.
    """

    dataset: str
    columns: Mapping[str, str]
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    decimals: int = 0

    @cached_property
    def measure(self) -> Measure | None:
        """Its measure; None for a dataset that is a list."""
        return measures().get(self.columns.get("measure", ""))

    @property
    def basis(self) -> str:
        """Headcount, fte, posts, not stated or not applicable."""
        return self.columns.get("basis", "")

    @property
    def as_at(self) -> str:
        """The date that it is about."""
        return self.columns.get("as_at", "")

    @cached_property
    def is_rate(self) -> bool:
        """Whether it is in per cent."""
        return self.measure is not None and self.measure.unit == "per cent"

    @cached_property
    def is_count(self) -> bool:
        """Whether it counts something."""
        return self.measure is not None and self.measure.kind == "count"

    @cached_property
    def interval(self) -> Interval | None:
        """What the figure may stand for, as it was printed; None where it has no value.

        A whole number by headcount or posts is exact, and so is one printed without
        decimals whose basis is not FTE. Any other stands for the values within half
        a unit of the last place that its source printed.
        """
        if self.value is None:
            if self.low is None or self.high is None:
                return None
            return Interval(self.low, self.high)
        text = self.columns.get("as_published", "")
        if "e" not in self.columns.get("status", "").split():
            plain = "." not in text and self.basis != "fte" and not self.is_rate
            if self.value.denominator == 1 and (plain or self.basis in EXACT_BASES):
                return Interval.exactly(self.value)
        if text:
            try:
                printed = read_printed(text, ratio=True)
            except ClaimError:
                printed = None
            if printed and printed.interval and printed.value == self.value:
                return printed.interval
        half = Fraction(1, 2 * 10 ** decimals_of(float(self.value)))
        return Interval(self.value - half, self.value + half)

    @cached_property
    def sharp(self) -> Interval | None:
        """The same, taking noughts at the end to have been dropped: 1 among 5.81 is 1.00.

        For a search, which wants to try what is likely. A check of the author's own
        sums uses [`Cell.interval`][], which gives the benefit of the doubt.
        """
        interval = self.interval
        if (
            interval is None
            or self.value is None
            or not self.is_count
            or interval.is_exact
        ):
            return interval
        half = Fraction(1, 2 * 10**self.decimals)
        sharp = Interval(self.value - half, self.value + half)
        return sharp if sharp.high < interval.high else interval

    @property
    def shown(self) -> str:
        """The figure as a working shows it: ``26``, ``24.91``, ``18.44%``."""
        if self.value is None:
            if self.low is None or self.high is None:
                return "no figure"
            return f"{number(float(self.low))} to {number(float(self.high))}"
        text = self.columns.get("as_published", "")
        plain = text.strip("()%").replace(",", "").lstrip("-")
        if plain.replace(".", "", 1).isdigit() and "." in plain:
            sign = "-" if self.value < 0 else ""
            shown = (
                f"{sign}{number(abs(float(self.value)), len(plain.partition('.')[2]))}"
            )
        else:
            shown = number(float(self.value))
        return f"{shown}%" if self.is_rate else shown

    @cached_property
    def label(self) -> str:
        """What it is, in a sentence: ``vacancies (Team A, headcount)``."""
        name = self.columns.get("measure", "").replace("_", " ")
        about = [self.subject]
        if self.measure:
            name = self.measure.title.partition(",")[0]
            basis = BASIS_WORDS.get(self.basis, "")
            about.append("" if self.basis == "not stated" else basis)
        name = name[:1].lower() + name[1:] if name[1:2].islower() else name
        return f"{name or self.dataset} ({', '.join(part for part in about if part)})"

    @cached_property
    def subject(self) -> str:
        """Whose figure it is: the unit, scope, area or whatever names the row."""
        names = ("unit", "scope", "subject", "stage", "change", "topic")
        area = self.columns.get("name", "") or self.columns.get("area", "")
        named = [area, *(self.columns.get(column, "") for column in names)]
        band = self.columns.get("band", "")
        parts = [part for part in named if part and part != "not stated"][:2]
        return ", ".join([*parts, *([band] if band not in {"", "all"} else [])])


@dataclass(frozen=True, eq=False)
class Evidence:
    """All the cells of all the datasets at hand.

    Attributes:
        cells: the cells of each of the report's own datasets, in the order of its rows.
        reference: those of datasets that only serve to be compared with, such as the
            DfE's statistics; their own tables are not audited.
    """

    cells: Mapping[str, tuple[Cell, ...]]
    reference: Mapping[str, tuple[Cell, ...]]

    @classmethod
    def of(
        cls,
        frames: Mapping[str, pd.DataFrame],
        reference: Mapping[str, pd.DataFrame] | None = None,
    ) -> "Evidence":
        """The cells of datasets.

        Args:
            frames: each dataset by name, as read from its CSV file: text columns as
                text, ``value``, ``low`` and ``high`` as numbers. For a dataset that
                is a list, each row is a cell without a value; see [`Evidence.find`][].
            reference: likewise, datasets that only serve to be compared with.
        """
        own, others = (
            {name: _with_decimals(_cells(name, each)) for name, each in given.items()}
            for given in (frames, reference or {})
        )
        return cls(own, others)

    def find(self, reference: Cells) -> tuple[Cell, ...]:
        """The cells that a reference names, in the order of the dataset.

        Raises:
            NotAtHand: if the dataset is not at hand.
            ClaimError: if the dataset has no such column, or no row matches.
        """
        found = self.cells.get(reference.dataset, self.reference.get(reference.dataset))
        if found is None:
            msg = f"it rests on the dataset {reference.dataset}, which is not at hand"
            raise NotAtHand(msg)
        for condition in reference.where:
            column, value = condition.column, condition.value
            if found and column not in found[0].columns:
                self._fail(
                    reference, f"has no column '{column}'", found[0].columns, column
                )
            values = [cell.columns[column] for cell in found]
            found = tuple(
                cell for cell in found if _meets(cell.columns[column], condition)
            )
            if not found:
                what = f"has no such row with {column}{condition.relation}{value}"
                self._fail(reference, what, values, value)
        if reference.column:
            return tuple(_from_column(cell, reference) for cell in found)
        return found

    def one(self, reference: Cells) -> Cell:
        """The one cell that a reference names.

        Raises:
            NotAtHand: if the dataset is not at hand.
            ClaimError: if no row matches, or several do.
        """
        found = self.find(reference)
        if len(found) > 1:
            differs = [
                column
                for column in found[0].columns
                if column not in ABOUT_A_ROW
                and len({cell.columns[column] for cell in found}) > 1
            ]
            msg = (
                f"'{write(reference)}' matches {len(found)} rows of {reference.dataset}: "
                f"say which {' or '.join(differs) or 'row'} is meant"
            )
            raise ClaimError(msg)
        return found[0]

    def _fail(
        self, reference: Cells, what: str, known: Iterable[str], wrong: str
    ) -> None:
        near = get_close_matches(wrong, list(dict.fromkeys(known)), n=1)
        hint = f"; the nearest is '{near[0]}'" if near else ""
        msg = f"'{write(reference)}': {reference.dataset} {what}{hint}"
        raise ClaimError(msg)


class NotAtHand(Exception):  # noqa: N818 - a reason, which becomes a finding
    """Why something cannot be worked out; the reason becomes part of a finding."""


def _meets(text: str, condition: Condition) -> bool:
    if condition.relation == "=":
        return text == condition.value
    if not text:
        return False
    date, limit = Period.parse(text), Period.parse(condition.value)
    if condition.relation == "<=":
        return date.end <= limit.end
    return date.start >= limit.start


def _cells(dataset: str, frame: pd.DataFrame) -> Iterable[Cell]:
    numbers = [name for name in ("value", "low", "high") if name in frame]
    for row in frame.to_dict("records"):
        figures = {name: _figure(row[name]) for name in numbers}
        columns = {
            str(name): "" if pd.isna(value) else _text(value)
            for name, value in row.items()
            if name not in numbers
        }
        yield Cell(
            dataset,
            columns,
            figures.get("value"),
            figures.get("low"),
            figures.get("high"),
        )


def _with_decimals(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells, each with the most decimals of its table and basis."""
    kept = tuple(cells)
    most: dict[tuple[str, str], int] = {}
    for cell in kept:
        if cell.is_count:
            table = (cell.columns.get("breakdown", ""), cell.basis)
            most[table] = max(most.get(table, 0), _printed_decimals(cell))
    return tuple(
        replace(c, decimals=most.get((c.columns.get("breakdown", ""), c.basis), 0))
        for c in kept
    )


def _printed_decimals(cell: Cell) -> int:
    text = cell.columns.get("as_published", "").strip("()% ")
    if text.replace(".", "", 1).isdigit():
        return len(text.partition(".")[2])
    return 0 if cell.value is None else decimals_of(float(cell.value))


def _figure(value: Any) -> Fraction | None:
    return None if value == "" or pd.isna(value) else fraction(float(value))


def _text(value: object) -> str:
    return number(value).replace(",", "") if isinstance(value, float) else str(value)


def _from_column(cell: Cell, reference: Cells) -> Cell:
    text = cell.columns.get(reference.column)
    if text is None:
        msg = f"'{write(reference)}': {reference.dataset} has no column '{reference.column}'"
        raise ClaimError(msg)
    try:
        value = Fraction(text) if text else None
    except ValueError:
        msg = f"'{write(reference)}': '{text}' is not a number"
        raise ClaimError(msg) from None
    return Cell(cell.dataset, cell.columns, value, None, None)
