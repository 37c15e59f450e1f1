"""Terms: the counts that the evidence holds, any of which may be a numerator or a base."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache, reduce
from itertools import combinations
from operator import add

from scrutiny_pack.claims.evidence import Cell, Evidence
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.wording import amount, exact, when
from scrutiny_pack.evidence.formatting import listed

COUNTED = {
    "vacancy_rate_published": "vacancies",
    "agency_rate_published": "agency_workers",
    "turnover_rate_published": "leavers",
}
"""What a published rate counts, by the measure that holds it."""

DFE = "the DfE's definition"
"""What marks a definition as the DfE's."""

DEFINITIONS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "vacancies": (
        ("vacancies as a share of posts", ("establishment",)),
        (f"vacancies as a share of vacancies and staff in post, {DFE}", ("vacancies", "in_post")),
        (f"vacancies as a share of vacancies and permanent staff, {DFE}", ("vacancies", "permanent")),
    ),
    "agency_workers": (
        (f"agency workers as a share of them and staff in post, {DFE}", ("agency_workers", "in_post")),
        (f"agency workers as a share of them and permanent staff, {DFE}", ("agency_workers", "permanent")),
        ("agency workers as a share of all who do the work", ("in_post_and_agency",)),
        ("agency workers as a share of posts", ("establishment",)),
    ),
    "leavers": (
        (f"leavers as a share of staff in post, {DFE}", ("in_post",)),
        ("leavers as a share of permanent staff", ("permanent",)),
        ("leavers as a share of posts", ("establishment",)),
    ),
}  # fmt: skip
"""For what is counted, the denominators in use, as sums of measures.

From measures/definitions.yaml: vacancy_rate_posts, vacancy_rate_dfe, agency_rate_dfe and
turnover_rate_dfe, with posts and permanent staff as councils use them.
"""

MOST_TOGETHER = 3
"""The most groups at the top of a table that are tried together."""


@dataclass(frozen=True)
class Term:
    """A count, or a sum of counts, that may be a numerator or a denominator.

    Attributes:
        cells: what it is made of.
        measures: what it counts, in order.
        units: whose, in order.
        is_whole: whether it is at the top of its table, or several such together.
    """

    cells: tuple[Cell, ...]
    measures: tuple[str, ...]
    units: tuple[str, ...]
    is_whole: bool
    interval: Interval = field(compare=False)

    @cached_property
    def basis(self) -> str:
        """The basis of its cells."""
        return self.cells[0].basis

    @cached_property
    def as_at(self) -> str:
        """The date of its cells."""
        return self.cells[0].as_at

    @cached_property
    def place(self) -> tuple[str, str]:
        """The dataset and table that it comes from."""
        first = self.cells[0]
        return first.dataset, first.columns.get("breakdown", "")

    @cached_property
    def size(self) -> float:
        """The figure, for putting in order."""
        return float(self.interval.middle)

    @cached_property
    def step(self) -> Fraction:
        """One unit of its last place: 1 for a count, 1/100 for an FTE with two decimals."""
        width = max(cell_width(cell) for cell in self.cells)
        return width or Fraction(1)

    @property
    def shown(self) -> str:
        """The figure, with the decimals of its table."""
        if self.basis == "fte":
            return amount(
                self.interval.middle, max(cell.decimals for cell in self.cells)
            )
        return exact(self.interval.middle)


def cell_width(cell: Cell) -> Fraction:
    """How wide the interval of a cell is."""
    interval = cell.sharp
    return Fraction(0) if interval is None else interval.high - interval.low


@lru_cache(maxsize=1)
def terms(evidence: Evidence) -> tuple[Term, ...]:
    """Every count of the evidence, and the groups at the top of a table together.

    A group is at the top if it is no part of another of its table. Estimates, ranges
    and blanks are left out, and so is a count of nought. Many claims of one report ask
    for them, so those of the last evidence are kept.
    """
    found = []
    for cells in evidence.cells.values():
        usable = [cell for cell in cells if _is_usable(cell)]
        found += [_term([cell]) for cell in usable]
        columns: dict[tuple[str, ...], list[Cell]] = {}
        for cell in usable:
            if "part_of" in cell.columns and _is_whole(cell):
                names = ("breakdown", "measure", "basis", "as_at", "band")
                key = tuple(cell.columns.get(name, "") for name in names)
                columns.setdefault(key, []).append(cell)
        for top in columns.values():
            for size in range(2, min(len(top), MOST_TOGETHER) + 1):
                found += [_term(group) for group in combinations(top, size)]
    return tuple(term for term in found if term.interval.low > 0)


def _is_usable(cell: Cell) -> bool:
    estimated = "e" in cell.columns.get("status", "").split()
    return cell.is_count and bool(cell.value) and not estimated


def _is_whole(cell: Cell) -> bool:
    return not cell.columns.get("part_of") and not cell.columns.get("within")


def _term(cells: Sequence[Cell]) -> Term:
    intervals = [cell.sharp for cell in cells if cell.sharp is not None]
    return Term(
        cells=tuple(cells),
        measures=tuple(dict.fromkeys(cell.columns["measure"] for cell in cells)),
        units=tuple(dict.fromkeys(cell.subject for cell in cells)),
        is_whole=all(_is_whole(cell) for cell in cells),
        interval=reduce(add, intervals),
    )


def sums(found: Sequence[Term], counted: str) -> tuple[Term, ...]:
    """The terms, then the denominators of definitions that add one to another.

    Args:
        found: the terms.
        counted: the measure that a claim is about; "" where it is not known.
    """
    return (*found, *_added(found, counted))


def _added(found: Sequence[Term], counted: str) -> Iterator[Term]:
    """The denominators of definitions that add one count to another of the same group."""
    by_place = {(t.place, t.units, t.basis, t.as_at, t.measures): t for t in found}
    for _, measures in DEFINITIONS.get(counted, ()):
        if len(measures) < 2:
            continue
        for term in found:
            if term.measures != measures[:1]:
                continue
            rest = [
                by_place.get(
                    (term.place, term.units, term.basis, term.as_at, (measure,))
                )
                for measure in measures[1:]
            ]
            if all(rest):
                cells = [
                    *term.cells,
                    *(c for other in rest if other for c in other.cells),
                ]
                yield _term(cells)


def whole_counts(evidence: Evidence, as_at: str = "") -> dict[Fraction, str]:
    """The whole groups of the evidence by how many they are, each with what it is.

    Args:
        evidence: the evidence.
        as_at: a claim's date; a group of another date is given with its own.
    """
    named: dict[Fraction, str] = {}
    for term in terms(evidence):
        if term.is_whole and term.interval.is_exact and len(term.measures) == 1:
            label = term.cells[0].label.partition(" (")[0]
            where = f"the figure for {label}"
            if group := group_words(term):
                where += f" ({group})"
            if as_at and term.as_at != as_at:
                where += f", at {when(term.as_at)}"
            named.setdefault(term.interval.middle, where)
    return named


def counts(evidence: Evidence) -> dict[Fraction, str]:
    """The counts of the evidence by how many they are, each with what it is."""
    named: dict[Fraction, str] = {}
    for term in sorted(
        terms(evidence), key=lambda term: (not term.is_whole, len(term.cells))
    ):
        if term.interval.is_exact and len(term.cells) == 1:
            named.setdefault(term.interval.middle, term.cells[0].label)
    return named


def group_words(term: Term) -> str:
    """Whose counts these are: ``Total establishment and Management together``."""
    units = [unit for unit in term.units if unit]
    return f"{listed(units)} together" if len(units) > 1 else listed(units)
