"""What published tables say of their own figures: for each cell, and for the table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add

from scrutiny_pack.claims import tables
from scrutiny_pack.claims.evidence import Cell, Evidence
from scrutiny_pack.claims.findings import Check, TableFinding, Verdict
from scrutiny_pack.claims.formulas import Formula
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.tables import Column, Line, Sum
from scrutiny_pack.claims.wording import amount, capital, exact
from scrutiny_pack.evidence.formatting import listed
from scrutiny_pack.measures.definitions import measures

TABLE = "table"
"""The name of this check."""


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
    checks: dict[Cell, list[Check]] = {}
    findings: list[TableFinding] = []
    found_sums = tables.sums(evidence)
    found_columns = tables.columns(evidence)
    for each in found_sums:
        for cell, check in _sum_checks(each):
            checks.setdefault(cell, []).append(check)
        if not each.holds:
            findings.append(_sum_finding(each))
    for column in found_columns:
        for cell, check in _column_checks(column):
            checks.setdefault(cell, []).append(check)
        findings.append(_column_finding(column))
        findings += _movements(column)
    for block, target, formula in tables.by_definition(evidence, found_columns):
        for cell, check in _definition_checks(block, target, formula):
            checks.setdefault(cell, []).append(check)
        findings += _definition_finding(block, target, formula)
    for small, large in tables.within(evidence):
        checks.setdefault(small, []).append(_within_check(small, large))
    for small, large in tables.never_more(evidence):
        for cell in (small, large):
            checks.setdefault(cell, []).append(_order_check(small, large))
    for cell, check in _crossings(found_sums, found_columns):
        checks.setdefault(cell, []).append(check)
    return TableAudit(checks, tuple(findings))


def printed(value: Fraction, like: Cell) -> str:
    """A worked-out figure as its column prints them, such as (9.61) for -9.61."""
    text = like.columns.get("as_published", "")
    decimals = max(len(text.strip("()%").partition(".")[2]), like.decimals)
    size = amount(abs(value), decimals)
    in_brackets = text.startswith("(") or _column_has_brackets(like)
    if value < 0 and size.strip("0."):
        return f"({size})" if in_brackets else f"-{size}"
    return size


def _column_has_brackets(cell: Cell) -> bool:
    return "over" in cell.columns.get("measure", "")


def _sum_checks(each: Sum) -> Iterator[tuple[Cell, Check]]:
    shown = " + ".join(part.shown for part in each.parts)
    computed = exact(each.computed.middle)
    working = f"{shown} = {computed}"
    blanks = f", {len(each.blanks)} left blank" if each.blanks else ""
    if each.holds:
        what = (
            f"the {len(each.parts)} parts printed{blanks}"
            if len(each.parts) > 1
            else "its part"
        )
        sentence = f"It adds up from {what}: {working}."
        yield each.total, Check(TABLE, Verdict.AGREES, computed, working, sentence)
        for part in each.parts:
            sentence = _part_sentence(each, part)
            yield part, Check(TABLE, Verdict.AGREES, part.shown, working, sentence)
        return
    if each.is_open:
        left = exact(abs(each.residual))
        sentence = f"The parts printed come to {computed}; the blanks may hold the other {left}."
        yield each.total, Check(TABLE, Verdict.UNCHECKED, computed, working, sentence)
        return
    apart = exact(abs(each.residual))
    sentence = (
        f"The parts printed{blanks} come to {computed}, the total printed is "
        f"{each.total.shown}: {apart} apart."
    )
    yield each.total, Check(TABLE, Verdict.DISAGREES, computed, working, sentence)


def _part_sentence(each: Sum, part: Cell) -> str:
    where = each.total.columns["unit"] if each.along == "rows" else "the row"
    total = f"the printed total of {each.total.shown} ({where})"
    if len(each.parts) == 1:
        return f"It is {total}."
    others = len(each.parts) - 1
    rest = "the other one" if others == 1 else f"the other {others}"
    return f"With {rest} it adds up to {total}."


def _sum_finding(each: Sum) -> TableFinding:
    cell = each.total
    rows = [(p.subject, p.shown, "", "") for p in each.parts]
    computed = exact(each.computed.middle)
    rows.append((cell.subject, cell.shown, computed, exact(each.residual)))
    verdict = Verdict.UNCHECKED if each.is_open else Verdict.DISAGREES
    sentence = f"{capital(cell.label)} is printed as {cell.shown}; its printed parts come to {computed}."
    return TableFinding(
        cell.dataset,
        cell.columns.get("breakdown", ""),
        cell.label,
        verdict,
        sentence,
        tuple(rows),
    )


def label_of(measure: str) -> str:
    """What a column is called in a sentence."""
    known = measures().get(measure)
    name = known.label.partition(",")[0] if known else measure.replace("_", " ")
    return name if name.startswith("(") else name.lower()


def formula_words(formula: Formula) -> str:
    """A formula in words: ``establishment less permanent less agency``."""
    plus = [label_of(column) for column, sign in formula.terms if sign > 0]
    minus = [label_of(column) for column, sign in formula.terms if sign < 0]
    start = " plus ".join(plus) if plus else "nought"
    return " less ".join([start, *minus])


def _working(formula: Formula, line: Line) -> str:
    text = ""
    for column, sign in formula.terms:
        shown = line.cells[column].shown
        text += f" {'+' if sign > 0 else '-'} {shown}" if text or sign < 0 else shown
    return text.strip()


def _column_checks(column: Column) -> Iterator[tuple[Cell, Check]]:
    fit = column.fit
    words = formula_words(fit.main.formula)
    changes = fit.second is not None
    for line in column.block.lines:
        cell = line.cells[fit.target]
        computed = printed(column.on_one_basis(line).middle, cell)
        working = f"{_working(fit.main.formula, line)} = {computed}"
        if not column.residual(line):
            sentence = f"It fits its row: {words}, {working}."
            yield cell, Check(TABLE, Verdict.AGREES, computed, working, sentence)
            for measure, _ in fit.main.formula.terms:
                other = line.cells[measure]
                text = f"It fits its row: {label_of(fit.target)} {cell_text(cell)} is {working}."
                yield other, Check(TABLE, Verdict.AGREES, other.shown, working, text)
            continue
        if changes:
            yield cell, _changed_check(column, line, computed, working)
        else:
            yield cell, _slip_check(column, line, computed, working)


def cell_text(cell: Cell) -> str:
    """A figure as printed, or as shown."""
    return cell.columns.get("as_published") or cell.shown


def _changed_check(column: Column, line: Line, computed: str, working: str) -> Check:
    fit = column.fit
    assert fit.second is not None
    cell = line.cells[fit.target]
    main = formula_words(fit.main.formula)
    if line.is_total and column.carried(line):
        sentence = (
            f"The rows of this column are not worked out in one way. By {main}, which most of "
            f"them follow, this total would be {computed}."
        )
        return Check(TABLE, Verdict.DISAGREES, computed, working, sentence)
    second = formula_words(fit.second.formula)
    if fit.second.formula.fits(line.figures, fit.target):
        sentence = (
            f"This row is {second}; most rows of the column are {main}, by which it would be "
            f"{computed}."
        )
    else:
        sentence = (
            f"Most rows of the column are {main}; by that this would be {computed}."
        )
    return Check(TABLE, Verdict.DISAGREES, computed, working, sentence)


def _slip_check(column: Column, line: Line, computed: str, working: str) -> Check:
    fit = column.fit
    cell = line.cells[fit.target]
    words = formula_words(fit.main.formula)
    if line.is_total and column.carried(line):
        source = listed([each.unit for each in _sources(column, line)])
        apart = exact(abs(column.residual(line)))
        sentence = (
            f"Its column adds up. Its row is out by {apart} ({working}), which comes from "
            f"{source}."
        )
        return Check(TABLE, Verdict.AGREES, computed, working, sentence)
    apart = exact(abs(column.residual(line)))
    sentence = (
        f"In the other rows {label_of(fit.target)} is {words}. Here that is {working}, and the "
        f"table has {cell_text(cell)}: one of these figures is out by {apart}."
    )
    return Check(TABLE, Verdict.DISAGREES, computed, working, sentence)


def _sources(column: Column, total: Line) -> list[Line]:
    found = []
    for line in column.block.lines:
        if (
            line.table == total.table
            and line.part_of == total.unit
            and column.residual(line)
        ):
            found += _sources(column, line) if line.is_total else [line]
    return found


def _column_finding(column: Column) -> TableFinding:
    fit, block = column.fit, column.block
    main = formula_words(fit.main.formula)
    parts = block.parts
    rows = tuple(_table_row(column, line) for line in block.lines)
    by = {"headcount": ", by headcount", "fte": ", by FTE"}.get(block.basis, "")
    about = f"{label_of(fit.target)}{by}"
    column_words = f"The column {about}{',' if by else ''}"
    if not fit.parting:
        sentence = f"{column_words} is {main} in all {len(parts)} rows."
        return TableFinding(
            block.dataset, _names(block.tables), about, Verdict.AGREES, sentence, rows
        )
    out = [parts[at] for at in fit.parting]
    several = len(block.tables) > 1
    names = listed(
        [f"{line.unit}, {line.table}" if several else line.unit for line in out]
    )
    if fit.second is not None:
        sentence = (
            f"{column_words} is not worked out in one way. In {len(fit.main.rows)} of "
            f"{len(parts)} rows it is {main}; in {len(fit.second.rows)} ({names}) it is "
            f"{formula_words(fit.second.formula)}."
        )
    else:
        gaps = listed([exact(abs(column.residual(line))) for line in out])
        sentence = (
            f"{column_words} is {main} in {len(fit.main.rows)} of {len(parts)} rows. In "
            f"{names} it is out by {gaps}."
        )
        carried = [
            line.unit for line in block.lines if line.is_total and column.residual(line)
        ]
        if carried:
            sentence += f" {listed(carried)} carry the difference on."
    return TableFinding(
        block.dataset, _names(block.tables), about, Verdict.DISAGREES, sentence, rows
    )


def _names(names: Sequence[str]) -> str:
    return "; ".join(names)


def _table_row(column: Column, line: Line) -> tuple[str, str, str, str]:
    cell = line.cells[column.fit.target]
    several = len(column.block.tables) > 1
    name = f"{line.table}: {line.unit}" if several else line.unit
    residual = column.residual(line)
    return (
        name,
        cell_text(cell),
        printed(column.on_one_basis(line).middle, cell),
        printed(residual, cell) if residual else "0",
    )


def _tops(column: Column) -> list[Line]:
    return [line for line in column.block.lines if line.is_total and not line.part_of]


def _movements(column: Column) -> Iterator[TableFinding]:
    """How the totals of a mixed column move between two tables, as printed and alike."""
    fit, tops = column.fit, _tops(column)
    if fit.second is None:
        return
    for before, after in zip(tops, tops[1:], strict=False):
        if before.table == after.table:
            continue
        old, new = before.cells[fit.target], after.cells[fit.target]
        as_printed = after.figures[fit.target] - before.figures[fit.target]
        then, now = column.on_one_basis(before), column.on_one_basis(after)
        alike = now - then
        like = printed(alike.middle, old)
        sentence = (
            f"Between {before.table} and {after.table} the printed totals of "
            f"{label_of(fit.target)} go from {cell_text(old)} to {cell_text(new)}, by "
            f"{printed(as_printed.middle, old)}. On one basis, {formula_words(fit.main.formula)}, "
            f"they go from {printed(then.middle, old)} to {printed(now.middle, new)}, by {like}."
        )
        same = _moved_alike(before, after, fit.target, alike)
        if same:
            sentence += f" That is the change in {same}; nothing else moved."
        rows = (
            (before.table, cell_text(old), printed(then.middle, old), ""),
            (after.table, cell_text(new), printed(now.middle, new), ""),
            ("movement", printed(as_printed.middle, old), like, ""),
        )
        yield TableFinding(
            column.block.dataset,
            f"{before.table}; {after.table}",
            f"movement of {label_of(fit.target)}",
            Verdict.DISAGREES,
            sentence,
            rows,
        )


def _moved_alike(before: Line, after: Line, target: str, alike: Interval) -> str:
    """The one other column whose total moved, if it moved by as much."""
    moved = [
        (measure, after.figures[measure] - before.figures[measure])
        for measure in before.cells
        if measure != target
        and before.figures[measure].middle != after.figures[measure].middle
    ]
    if len(moved) == 1 and moved[0][1].meets(alike):
        measure = moved[0][0]
        old, new = before.cells[measure].shown, after.cells[measure].shown
        return f"{label_of(measure)}, {old} to {new}"
    return ""


def _definition_checks(
    block: tables.Block, target: str, formula: Formula
) -> Iterator[tuple[Cell, Check]]:
    strict = target == "in_post_and_agency"
    for line in block.lines:
        cell = line.cells[target]
        computed = formula.of(line.figures)
        residual = tables.left_over(line.figures[target], computed)
        shown = exact(computed.middle)
        working = f"{_working(formula, line)} = {shown}"
        words = formula_words(formula)
        if not residual:
            sentence = f"It holds: {words}, {working}."
            yield cell, Check(TABLE, Verdict.AGREES, shown, working, sentence)
            for measure, _ in formula.terms if strict else ():
                part = line.cells[measure]
                sentence = f"It holds: {cell.shown} is {words}, {working}."
                yield part, Check(TABLE, Verdict.AGREES, part.shown, working, sentence)
            continue
        sentence = (
            f"{capital(words)} is {shown}, and the table has {cell_text(cell)}. The report does "
            f"not say what its {label_of(target)} column counts."
        )
        verdict = Verdict.DISAGREES if strict else Verdict.QUESTION
        yield cell, Check(TABLE, verdict, shown, working, sentence)


def _definition_finding(
    block: tables.Block, target: str, formula: Formula
) -> Iterator[TableFinding]:
    gaps = [
        (line, tables.left_over(line.figures[target], formula.of(line.figures)))
        for line in block.lines
    ]
    if not any(gap for _, gap in gaps):
        return
    tops = [line for line in block.lines if not line.part_of] or list(block.lines)
    words = formula_words(formula)
    each = listed(
        [
            f"{cell_text(line.cells[target])} where that is "
            f"{exact(formula.of(line.figures).middle)} ({line.unit}, {line.table})"
            for line in tops
        ]
    )
    sentence = (
        f"A vacancy is a post without an employed worker, which would be {words}. The "
        f"{label_of(target)} column has {each}. The report does not say what it counts."
        if target == "vacancies"
        else f"The {label_of(target)} column should be {words}. It has {each}."
    )
    rows = tuple(
        (
            f"{line.table}: {line.unit}",
            cell_text(line.cells[target]),
            exact(formula.of(line.figures).middle),
            exact(gap),
        )
        for line, gap in gaps
    )
    verdict = Verdict.QUESTION if target == "vacancies" else Verdict.DISAGREES
    yield TableFinding(
        block.dataset, _names(block.tables), label_of(target), verdict, sentence, rows
    )


def _within_check(small: Cell, large: Cell) -> Check:
    first, second = small.interval, large.interval
    assert first is not None and second is not None
    words = f"{small.shown} of {large.shown}, {large.label}"
    if first.low <= second.high:
        return Check(
            TABLE, Verdict.AGREES, "", "", f"It is one part of another: {words}."
        )
    sentence = f"A part cannot be more than the whole: {words}."
    return Check(TABLE, Verdict.DISAGREES, "", "", sentence)


def _order_check(small: Cell, large: Cell) -> Check:
    first, second = small.interval, large.interval
    assert first is not None and second is not None
    words = f"{small.label} is {small.shown}, {large.label} is {large.shown}"
    if first.low <= second.high:
        sentence = f"It is possible beside the other: {words}."
        return Check(TABLE, Verdict.AGREES, "", "", sentence)
    sentence = f"The first cannot be more than the second: {words}."
    return Check(TABLE, Verdict.DISAGREES, "", "", sentence)


def _crossings(
    found_sums: Sequence[Sum], found_columns: Sequence[Column]
) -> Iterator[tuple[Cell, Check]]:
    """Cells whose row and whose column are out by the same: the likeliest to be wrong."""
    broken: dict[Cell, Sum] = {
        part: each
        for each in found_sums
        if not each.holds and not each.is_open
        for part in each.parts
    }
    for column in found_columns:
        if column.fit.second is not None:
            continue
        for line in column.block.parts:
            residual = column.residual(line)
            if not residual:
                continue
            for cell in line.cells.values():
                each = broken.get(cell)
                if each is not None and abs(each.residual) == abs(residual):
                    apart = exact(abs(residual))
                    right = exact(_mended(cell, each))
                    sentence = (
                        f"Its row and its column are both out by {apart}, so it is likely this "
                        f"figure that is wrong. {right} would put both right."
                    )
                    yield cell, Check(TABLE, Verdict.DISAGREES, right, "", sentence)


def _mended(cell: Cell, each: Sum) -> Fraction:
    """What a part would have to be for the printed total to hold."""
    others = [
        part.interval for part in each.parts if part is not cell and part.interval
    ]
    total = each.total.interval
    assert total is not None
    rest = reduce(add, others, Interval.exactly(0))
    return (total - rest).middle
