"""What published tables say of their own figures, cell by cell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add

from scrutiny_pack.claims import table_findings as findings_of
from scrutiny_pack.claims import tables
from scrutiny_pack.claims.evidence import Cell, Evidence
from scrutiny_pack.claims.findings import Check, TableFinding, Verdict
from scrutiny_pack.claims.formulas import Followed, Formula
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.table_words import (
    as_printed,
    formula_figures,
    formula_words,
    label_of,
    like,
)
from scrutiny_pack.claims.tables import Block, Column, Line, Sum
from scrutiny_pack.claims.wording import capital, exact
from scrutiny_pack.evidence.formatting import listed

TABLE = "table"
"""The name of this check."""

NOTHING_ELSE = "The evidence has nothing else to set it against."
"""What is fair to add where a figure is only seen to be possible."""

STRICT = frozenset({"in_post_and_agency"})
"""The columns whose name leaves no room for another meaning."""

CellCheck = tuple[Cell, Check]


@dataclass(frozen=True)
class TableAudit:
    """Everything that the tables of the evidence say of themselves.

    Attributes:
        checks: the checks of each cell.
        findings: what there is to say of tables as a whole.
    """

    checks: dict[Cell, list[Check]]
    findings: tuple[TableFinding, ...]


def audit_tables(evidence: Evidence) -> TableAudit:
    """Check every total, row and column of the evidence."""
    sums, columns = tables.sums(evidence), tables.columns(evidence)
    defined = tuple(tables.by_definition(evidence, columns))
    checks: dict[Cell, list[Check]] = {}
    for cell, check in _all_checks(evidence, sums, columns, defined):
        checks.setdefault(cell, []).append(check)
    found: list[TableFinding | None] = [
        *(findings_of.sum_finding(each) for each in sums if not each.holds),
    ]
    pairs = [*tables.within(evidence), *tables.never_more(evidence)]
    found += [
        findings_of.order_finding(small, large)
        for small, large in pairs
        if not _may_be_less(small, large)
    ]
    for column in columns:
        found += [findings_of.column_finding(column), *findings_of.movements(column)]
    for block, target, formula in defined:
        strict = target in STRICT
        found.append(
            findings_of.definition_finding(block, target, formula, strict=strict)
        )
    return TableAudit(checks, tuple(each for each in found if each is not None))


def _all_checks(
    evidence: Evidence,
    sums: Sequence[Sum],
    columns: Sequence[Column],
    defined: Iterable[tuple[Block, str, Formula]],
) -> Iterator[CellCheck]:
    for each in sums:
        yield from _sum_checks(each)
    for column in columns:
        yield from _column_checks(column)
    for block, target, formula in defined:
        yield from _definition_checks(block, target, formula)
    for small, large in tables.within(evidence):
        yield small, _within_check(small, large)
    for small, large in tables.never_more(evidence):
        yield small, _order_check(small, large)
        yield large, _order_check(small, large)
    yield from _crossings(sums, columns)


def _sum_checks(each: Sum) -> Iterator[CellCheck]:
    computed = exact(each.computed.middle)
    working = f"{' + '.join(part.shown for part in each.parts)} = {computed}"
    blanks = f", {len(each.blanks)} left blank" if each.blanks else ""
    count = len(each.parts)
    if each.holds:
        what = (
            f"the {count} parts printed{blanks}" if count > 1 else f"its part{blanks}"
        )
        text = f"It adds up from {what}: {working}."
        yield each.total, Check(TABLE, Verdict.AGREES, computed, working, text)
        for part in each.parts:
            text = _part_sentence(each)
            yield part, Check(TABLE, Verdict.AGREES, part.shown, working, text)
        return
    apart = exact(abs(each.residual))
    if each.is_open:
        text = f"The parts printed come to {computed}; the blanks may hold the other {apart}."
        yield each.total, Check(TABLE, Verdict.UNCHECKED, computed, working, text)
        return
    text = (
        f"The parts printed{blanks} come to {computed}; the total printed is "
        f"{each.total.shown}, {apart} apart."
    )
    yield each.total, Check(TABLE, Verdict.DISAGREES, computed, working, text)


def _part_sentence(each: Sum) -> str:
    where = each.total.columns["unit"] if each.along == "rows" else "the row"
    total = f"the printed total of {each.total.shown} ({where})"
    others = len(each.parts) - 1
    if others == 0:
        return f"It is {total}."
    rest = "the other one" if others == 1 else f"the other {others}"
    return f"With {rest} it adds up to {total}."


def _column_checks(column: Column) -> Iterator[CellCheck]:
    main, target = column.fit.main.formula, column.fit.target
    words = formula_words(main)
    for line in column.block.lines:
        cell = line.cells[target]
        computed = like(column.on_one_basis(line).middle, cell)
        working = f"{formula_figures(main, line.cells)} = {computed}"
        if column.residual(line):
            verdict, text = _parting(column, line, computed, working)
            yield cell, Check(TABLE, verdict, computed, working, text)
            continue
        text = f"It fits its row: {words}, {working}."
        yield cell, Check(TABLE, Verdict.AGREES, computed, working, text)
        for measure, _ in main.terms:
            other = line.cells[measure]
            text = (
                f"It fits its row: {label_of(target)} {as_printed(cell)} is {working}."
            )
            yield other, Check(TABLE, Verdict.AGREES, other.shown, working, text)


def _parting(
    column: Column, line: Line, computed: str, working: str
) -> tuple[Verdict, str]:
    """What to say of a row that does not follow the formula of its column."""
    fit = column.fit
    main = formula_words(fit.main.formula)
    most = f"{len(fit.main.rows)} of the {len(column.block.parts)} rows"
    apart = exact(abs(column.residual(line)))
    carried = line.is_total and column.carried(line)
    if fit.second is not None:
        start = _second_start(fit.second, line, fit.target, carried=carried)
        return (
            Verdict.DISAGREES,
            f"{start}By {main}, as in {most}, it would be {computed}.",
        )
    if carried:
        source = listed([each.unit for each in _sources(column, line)])
        text = f"Its column adds up. Its row is out by {apart} ({working}), as {source} is."
        return Verdict.AGREES, text
    cell = line.cells[fit.target]
    return Verdict.DISAGREES, (
        f"In {most} {label_of(fit.target)} is {main}. Here that is {working}, and the table "
        f"has {as_printed(cell)}: one of these figures is out by {apart}."
    )


def _second_start(second: Followed, line: Line, target: str, *, carried: bool) -> str:
    if carried:
        return "It adds up, but its rows are not worked out in one way. "
    if second.formula.fits(line.figures, target):
        return f"This row is {formula_words(second.formula)}. "
    return ""


def _sources(column: Column, total: Line) -> list[Line]:
    """The rows at the bottom from which a total has what it is out by."""
    found = []
    for line in column.block.lines:
        below = line.table == total.table and line.part_of == total.unit
        if below and column.residual(line):
            found += _sources(column, line) if line.is_total else [line]
    return found


def _definition_checks(
    block: Block, target: str, formula: Formula
) -> Iterator[CellCheck]:
    strict = target in STRICT
    words = formula_words(formula)
    for line in block.lines:
        cell = line.cells[target]
        computed = formula.of(line.figures)
        shown = like(computed.middle, cell)
        working = f"{formula_figures(formula, line.cells)} = {shown}"
        if tables.left_over(line.figures[target], computed):
            text = (
                f"{capital(words)} makes {shown}, and the table has {as_printed(cell)}. The "
                f"report does not say what its column {label_of(target)} counts."
            )
            verdict = Verdict.DISAGREES if strict else Verdict.QUESTION
            yield cell, Check(TABLE, verdict, shown, working, text)
            continue
        text = f"It holds: {words}, {working}."
        yield cell, Check(TABLE, Verdict.AGREES, shown, working, text)
        for measure, _ in formula.terms if strict else ():
            part = line.cells[measure]
            text = f"It holds: {cell.shown} is {words}, {working}."
            yield part, Check(TABLE, Verdict.AGREES, part.shown, working, text)


def _within_check(small: Cell, large: Cell) -> Check:
    words = f"{small.shown} of {large.shown}, {large.label}"
    if _may_be_less(small, large):
        text = f"It can stand: {words}. {NOTHING_ELSE}"
        return Check(TABLE, Verdict.UNCHECKED, "", "", text)
    text = f"A part cannot be more than the whole: {words}."
    return Check(TABLE, Verdict.DISAGREES, "", "", text)


def _order_check(small: Cell, large: Cell) -> Check:
    words = f"{small.label} is {small.shown}, {large.label} is {large.shown}"
    if _may_be_less(small, large):
        text = f"It can stand: {words}. {NOTHING_ELSE}"
        return Check(TABLE, Verdict.UNCHECKED, "", "", text)
    text = f"The first cannot be more than the second: {words}."
    return Check(TABLE, Verdict.DISAGREES, "", "", text)


def _may_be_less(small: Cell, large: Cell) -> bool:
    return tables.known(small).low <= tables.known(large).high


def _crossings(sums: Sequence[Sum], columns: Sequence[Column]) -> Iterator[CellCheck]:
    """Cells whose row and whose column are out by the same: the likeliest to be wrong."""
    broken = {
        part: each
        for each in sums
        if not each.holds and not each.is_open
        for part in each.parts
    }
    for column in columns:
        for line in column.block.parts:
            residual = column.residual(line)
            if not residual or column.fit.second is not None:
                continue
            for cell in line.cells.values():
                each = broken.get(cell)
                if each is not None and abs(each.residual) == abs(residual):
                    yield cell, _crossing_check(cell, each)


def _crossing_check(cell: Cell, each: Sum) -> Check:
    apart, right = exact(abs(each.residual)), like(_mended(cell, each), cell)
    text = (
        f"Its row and its column are both out by {apart}, so it is likely this figure that is "
        f"wrong. {right} would put both right."
    )
    return Check(TABLE, Verdict.DISAGREES, right, "", text)


def _mended(cell: Cell, each: Sum) -> Fraction:
    """What a part would have to be for the printed total to hold."""
    others = [tables.known(part) for part in each.parts if part is not cell]
    rest = reduce(add, others, Interval.exactly(0))
    return (tables.known(each.total) - rest).middle
