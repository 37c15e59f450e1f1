"""Published tables that add up, or do not: totals, rows, and columns that follow a formula."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add

from scrutiny_pack.claims.evidence import Cell, Evidence
from scrutiny_pack.claims.formulas import ColumnFit, Formula, fit_column
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.inputs.schemas import dataset_names, dataset_schema

Key = tuple[str, ...]

BY_DEFINITION: tuple[tuple[str, Formula], ...] = (
    ("vacancies", Formula((("establishment", 1), ("in_post", -1)))),
    ("vacancies", Formula((("establishment", 1), ("permanent", -1)))),
    ("in_post_and_agency", Formula((("permanent", 1), ("agency_workers", 1)))),
    ("in_post_and_agency", Formula((("in_post", 1), ("agency_workers", 1)))),
)
"""What a column is by its meaning in measures/definitions.yaml."""

NEVER_MORE = (
    ("vacancies_covered_by_agency", "vacancies"),
    ("vacancies_covered_by_agency", "agency_workers"),
    ("lowest_caseload", "average_caseload"),
    ("average_caseload", "highest_caseload"),
    ("lowest_caseload", "highest_caseload"),
)
"""Pairs of which the first can never be more than the second."""


@dataclass(frozen=True)
class Sum:
    """A printed total and its printed parts.

    Attributes:
        total: the total.
        parts: the parts that have a figure.
        blanks: the parts that have none.
        along: ``rows`` if the parts stand above the total, ``bands`` if beside it.
    """

    total: Cell
    parts: tuple[Cell, ...]
    blanks: tuple[Cell, ...]
    along: str

    @property
    def computed(self) -> Interval:
        """What the parts add up to."""
        return reduce(add, (known(part) for part in self.parts))

    @property
    def residual(self) -> Fraction:
        """By how much the total is above its parts, beyond rounding; 0 if it holds."""
        return left_over(known(self.total), self.computed)

    @property
    def holds(self) -> bool:
        """Whether the total may be what its parts add up to; blanks count as nought."""
        return self.residual == 0

    @property
    def is_open(self) -> bool:
        """Whether blanks may hold what the parts leave over."""
        return bool(self.blanks) and self.residual > 0


@dataclass(frozen=True)
class Line:
    """One row of a published table, by one basis.

    Attributes:
        table: the breakdown that it belongs to.
        unit: what the row is about.
        part_of: the row into which it is added up; "" for a row at the top.
        cells: its count in each column, by measure.
        is_total: whether other rows are added up into it.
    """

    table: str
    unit: str
    part_of: str
    cells: Mapping[str, Cell]
    is_total: bool

    @property
    def figures(self) -> dict[str, Interval]:
        """The figures by measure."""
        return {measure: known(cell) for measure, cell in self.cells.items()}


@dataclass(frozen=True)
class Block:
    """The rows of one dataset that share a basis and the same columns.

    Attributes:
        dataset: the dataset.
        basis: headcount, fte, posts or not stated.
        measures: the columns, in the order of the table.
        lines: the rows of all its tables, in order.
    """

    dataset: str
    basis: str
    measures: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def parts(self) -> tuple[Line, ...]:
        """The rows that are not totals of others."""
        return tuple(line for line in self.lines if not line.is_total)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables, in order."""
        return tuple(dict.fromkeys(line.table for line in self.lines))


@dataclass(frozen=True)
class Column:
    """A column of a block that follows a formula, all of it or in part.

    Attributes:
        block: the block.
        fit: the formulae that its rows follow.
    """

    block: Block
    fit: ColumnFit

    def residual(self, line: Line) -> Fraction:
        """By how much a row is above the main formula, beyond rounding."""
        return left_over(
            line.figures[self.fit.target], self.fit.main.formula.of(line.figures)
        )

    def on_one_basis(self, line: Line) -> Interval:
        """The row's figure by the main formula."""
        return self.fit.main.formula.of(line.figures)

    def carried(self, line: Line) -> bool:
        """Whether a total is out by no more than its parts are, all together."""
        below = [other for other in self.block.lines if _is_part(other, line)]
        if not below:
            return False
        gaps = [_gap(self, part) for part in below]
        return _gap(self, line).meets(reduce(add, gaps))


def _gap(column: Column, line: Line) -> Interval:
    return line.figures[column.fit.target] - column.on_one_basis(line)


def _is_part(line: Line, total: Line) -> bool:
    return line.table == total.table and line.part_of == total.unit


def left_over(stated: Interval, computed: Interval) -> Fraction:
    """By how much a stated figure is above a computed one, beyond rounding.

    Returns:
        The difference of the middles; nought if rounding may explain it.
    """
    return Fraction(0) if stated.meets(computed) else stated.middle - computed.middle


def sums(evidence: Evidence) -> tuple[Sum, ...]:
    """Every total of the evidence with its parts, in the order of the datasets."""
    found: list[Sum] = []
    for cells in evidence.cells.values():
        counts = [cell for cell in cells if cell.is_count]
        found += [*_row_sums(counts), *_band_sums(counts)]
    return tuple(found)


def _row_sums(cells: Sequence[Cell]) -> Iterator[Sum]:
    if not cells or "part_of" not in cells[0].columns:
        return
    parts: dict[Key, list[Cell]] = {}
    for cell in cells:
        if cell.columns["part_of"]:
            key = (cell.columns["part_of"], *_column_key(cell))
            parts.setdefault(key, []).append(cell)
    for cell in cells:
        below = parts.get((cell.columns["unit"], *_column_key(cell)), [])
        yield from _sum(cell, below, "rows")


def _band_sums(cells: Sequence[Cell]) -> Iterator[Sum]:
    if not cells or "band" not in cells[0].columns:
        return
    bands: dict[Key, list[Cell]] = {}
    for cell in cells:
        if cell.columns["band"] != "all":
            bands.setdefault(_band_key(cell), []).append(cell)
    for cell in cells:
        if cell.columns["band"] == "all":
            yield from _sum(cell, bands.get(_band_key(cell), []), "bands")


def _sum(total: Cell, parts: Sequence[Cell], along: str) -> Iterator[Sum]:
    known = tuple(part for part in parts if part.interval is not None)
    if known and total.interval is not None:
        blanks = tuple(part for part in parts if part.interval is None)
        yield Sum(total, known, blanks, along)


def _column_key(cell: Cell) -> Key:
    """What a figure and its total have in common: the table, the column and the date."""
    own = dataset_schema(cell.dataset).keys if cell.dataset in dataset_names() else ()
    names = dict.fromkeys(("breakdown", "measure", "basis", "as_at", "band", *own))
    return tuple(cell.columns.get(name, "") for name in names if name != "unit")


def _band_key(cell: Cell) -> Key:
    names = ("breakdown", "unit", "measure", "basis", "as_at")
    return tuple(cell.columns.get(name, "") for name in names)


def within(evidence: Evidence) -> Iterator[tuple[Cell, Cell]]:
    """Every figure that is only one part of another, with that other."""
    for cells in evidence.cells.values():
        counts = [
            c for c in cells if c.is_count and c.interval and "within" in c.columns
        ]
        by_unit = {(c.columns["unit"], *_column_key(c)): c for c in counts}
        for cell in counts:
            whole = by_unit.get((cell.columns["within"], *_column_key(cell)))
            if cell.columns["within"] and whole is not None:
                yield cell, whole


def never_more(evidence: Evidence) -> Iterator[tuple[Cell, Cell]]:
    """Pairs of figures of one thing and date of which the first cannot be the greater."""
    named = {measure for pair in NEVER_MORE for measure in pair}
    for cells in evidence.cells.values():
        groups: dict[Key, dict[str, Cell]] = {}
        for cell in cells:
            measure = cell.columns.get("measure", "")
            if measure in named and cell.interval is not None:
                groups.setdefault(_thing_key(cell), {})[measure] = cell
        for group in groups.values():
            for small, large in NEVER_MORE:
                if small in group and large in group:
                    yield group[small], group[large]
        yield from _fte_and_headcount(cells)


def _fte_and_headcount(cells: Iterable[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """Each count by FTE with the same count by headcount or posts, which is never less."""
    heads: dict[Key, Cell] = {}
    hours: dict[Key, Cell] = {}
    for cell in cells:
        if cell.is_count and cell.interval is not None:
            names = ("area", "breakdown", "unit", "measure", "as_at", "band")
            key = tuple(cell.columns.get(name, "") for name in names)
            if cell.basis in {"headcount", "posts"}:
                heads[key] = cell
            elif cell.basis == "fte":
                hours[key] = cell
    for key, cell in hours.items():
        if key in heads:
            yield cell, heads[key]


def _thing_key(cell: Cell) -> Key:
    names = ("area", "breakdown", "unit", "basis", "as_at")
    return tuple(cell.columns.get(name, "") for name in names)


def blocks(evidence: Evidence) -> tuple[Block, ...]:
    """The tables of counts of the evidence, those with the same columns together."""
    lines: dict[tuple[str, str, tuple[str, ...]], list[Line]] = {}
    for dataset, cells in evidence.cells.items():
        rows: dict[Key, dict[str, Cell]] = {}
        for cell in cells:
            if _is_in_a_row(cell):
                names = ("breakdown", "unit", "basis", "as_at")
                key = tuple(cell.columns[name] for name in names)
                rows.setdefault(key, {})[cell.columns["measure"]] = cell
        totals = {
            (c.columns["breakdown"], c.columns["part_of"])
            for c in cells
            if "part_of" in c.columns
        }
        for (table, unit, basis, _), by_measure in rows.items():
            first = next(iter(by_measure.values()))
            line = Line(
                table,
                unit,
                first.columns["part_of"],
                by_measure,
                (table, unit) in totals,
            )
            lines.setdefault((dataset, basis, tuple(by_measure)), []).append(line)
    return tuple(
        Block(dataset, basis, measures, tuple(found))
        for (dataset, basis, measures), found in lines.items()
    )


def _is_in_a_row(cell: Cell) -> bool:
    whole = cell.columns.get("band", "all") == "all"
    known_count = cell.is_count and cell.interval is not None
    return known_count and whole and "part_of" in cell.columns


def columns(evidence: Evidence) -> tuple[Column, ...]:
    """Every column that follows a formula, once for each identity.

    Where the figures of a row obey an identity, the column that stands last in the
    table is taken to be the one worked out from the others.
    """
    found = []
    for block in blocks(evidence):
        seen: set[frozenset[tuple[str, int]]] = set()
        rows = [line.figures for line in block.parts]
        if len(rows) < 3:
            continue
        for target in reversed(block.measures):
            others = [measure for measure in block.measures if measure != target]
            fit = fit_column(rows, target, others)
            if fit is None or len(fit.main.formula.terms) < 2:
                continue
            if fit.main.formula.relation(target) not in seen:
                found.append(Column(block, fit))
            followed = [fit.main] if fit.second is None else [fit.main, fit.second]
            seen.update(each.formula.relation(target) for each in followed)
    return tuple(found)


def by_definition(
    evidence: Evidence, explained: Iterable[Column]
) -> Iterator[tuple[Block, str, Formula]]:
    """The columns that have a meaning, where no identity of theirs was found already."""
    known = {
        (id_of(column.block), column.fit.main.formula.relation(column.fit.target))
        for column in explained
    }
    for block in blocks(evidence):
        for target, formula in BY_DEFINITION:
            wanted = {target, *(measure for measure, _ in formula.terms)}
            if not wanted <= set(block.measures):
                continue
            if (id_of(block), formula.relation(target)) not in known:
                yield block, target, formula


def id_of(block: Block) -> tuple[str, str, tuple[str, ...]]:
    """What names a block: its dataset, basis and columns."""
    return block.dataset, block.basis, block.measures


def known(cell: Cell) -> Interval:
    """The interval of a cell that has a figure.

    Raises:
        ValueError: if it has none.
    """
    if cell.interval is None:
        raise ValueError(cell.label)
    return cell.interval
