"""What there is to say of a published table as a whole."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from scrutiny_pack.claims.evidence import Cell
from scrutiny_pack.claims.findings import TableFinding, Verdict
from scrutiny_pack.claims.formulas import Followed, Formula
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.table_words import (
    as_printed,
    formula_words,
    label_of,
    like,
    said,
    title_of,
)
from scrutiny_pack.claims.tables import Block, Column, Line, Sum, left_over
from scrutiny_pack.claims.wording import amount, capital, exact
from scrutiny_pack.evidence.formatting import listed

NOT_SAID = "The report does not say how it is worked out."
"""What is fair to add where a formula is not stated."""


def sum_finding(each: Sum) -> TableFinding:
    """A printed total that its printed parts do not make."""
    cell = each.total
    rows = [(part.subject, as_printed(part), "", "") for part in each.parts]
    computed = exact(each.computed.middle)
    rows.append((cell.subject, as_printed(cell), computed, exact(each.residual)))
    verdict = Verdict.UNCHECKED if each.is_open else Verdict.DISAGREES
    blanks = f", with {len(each.blanks)} left blank" if each.blanks else ""
    sentence = (
        f"{capital(cell.label)} is printed as {as_printed(cell)}; its printed parts{blanks} "
        f"come to {computed}."
    )
    table = cell.columns.get("breakdown", "")
    return TableFinding(cell.dataset, table, cell.label, verdict, sentence, tuple(rows))


def order_finding(small: Cell, large: Cell) -> TableFinding:
    """A figure that is more than one that it cannot be more than."""
    sentence = (
        f"{capital(small.label)} is printed as {as_printed(small)}, which cannot be more than "
        f"{large.label}, printed as {as_printed(large)}."
    )
    rows = (
        (small.subject, as_printed(small), "", ""),
        (large.subject, as_printed(large), "", ""),
    )
    table = small.columns.get("breakdown", "")
    return TableFinding(
        small.dataset, table, small.label, Verdict.DISAGREES, sentence, rows
    )


def column_finding(column: Column) -> TableFinding:
    """Which formula a column follows, and where its rows part from it."""
    fit, block = column.fit, column.block
    by = {"headcount": ", by headcount", "fte": ", by FTE"}.get(block.basis, "")
    about = f"{label_of(fit.target)}{by}"
    start = f"The column {about}{',' if by else ''}"
    main, count = formula_words(fit.main.formula), len(block.parts)
    if not fit.parting:
        verdict, sentence = Verdict.AGREES, f"{start} is {main} in all {count} rows."
    else:
        verdict = Verdict.DISAGREES
        rows = f"{len(fit.main.rows)} of its {count} rows"
        sentence = f"{start} is {main} in {rows}."
        if fit.second is not None:
            second = _second_words(column, fit.second)
            sentence = (
                f"{start} is worked out in two ways. In {rows} it is {main}. {second}"
            )
        sentence += _slips(column)
    return TableFinding(
        block.dataset,
        "; ".join(block.tables),
        about,
        verdict,
        sentence,
        tuple(_row(column, line) for line in block.lines),
    )


def _second_words(column: Column, second: Followed) -> str:
    parts, main = column.block.parts, column.fit.main.formula
    rows = _names(column.block, [parts[at] for at in second.rows])
    more = [title_of(name) for name, sign in second.formula.terms if sign > 0]
    less = [title_of(name) for name, sign in second.formula.terms if sign < 0]
    what = f"it is {formula_words(second.formula)}"
    if set(main.terms) < set(second.formula.terms):
        known = [title_of(name) for name, _ in main.terms]
        added = [name for name in more if name not in known]
        taken = [name for name in less if name not in known]
        ways = [
            f"{listed(names)} are {done}"
            for names, done in ((added, "added"), (taken, "taken away"))
            if names
        ]
        what = f"{' and '.join(ways)} as well"
    return f"In {len(second.rows)} ({rows}) {what}. {NOT_SAID}"


def _names(block: Block, lines: Sequence[Line]) -> str:
    """The rows by name, and their table where the rest are of others."""
    tables = {line.table for line in lines}
    if len(block.tables) > 1 and len(tables) == 1:
        return f"{listed([line.unit for line in lines])}, in {lines[0].table}"
    return listed([_named(block, line) for line in lines])


def _named(block: Block, line: Line) -> str:
    return f"{line.unit} in {line.table}" if len(block.tables) > 1 else line.unit


MOST_SLIPS = 2
"""The most rows that are out whose figures a sentence gives."""


def _slips(column: Column) -> str:
    """The rows that follow neither formula, and the totals that carry them on."""
    fit, block = column.fit, column.block
    covered = fit.second.rows if fit.second else ()
    out = [block.parts[at] for at in fit.parting if at not in covered]
    if not out:
        return ""
    gaps = [exact(abs(column.residual(line))) for line in out]
    if len(out) <= MOST_SLIPS:
        text = "".join(
            f" In {_named(block, line)} {_slip(column, line)}." for line in out
        )
    else:
        each = [
            f"{gap} in {_named(block, line)}"
            for gap, line in zip(gaps, out, strict=True)
        ]
        text = f" It is out by {listed(each)}."
    carried = [
        line.unit for line in block.lines if line.is_total and column.residual(line)
    ]
    if fit.second is None and carried:
        of = f" of {gaps[0]}" if len(out) == 1 else ""
        text += f" The difference{of} is carried into {listed(carried)}."
    return text


def _slip(column: Column, line: Line) -> str:
    """One row that is out: what its other figures give, and what is printed."""
    cell = line.cells[column.fit.target]
    computed = column.on_one_basis(line).middle
    text = f"that is {like(computed, cell)}, and {as_printed(cell)} is printed"
    rounded = Fraction(amount(computed, 0).replace(",", ""))
    if computed.denominator > 1 and cell.value == rounded:
        text += ", perhaps rounded to a whole number"
    return text


def _row(column: Column, line: Line) -> tuple[str, str, str, str]:
    cell = line.cells[column.fit.target]
    residual = column.residual(line)
    computed = like(column.on_one_basis(line).middle, cell)
    left = like(residual, cell) if residual else "0"
    return _named(column.block, line), as_printed(cell), computed, left


def movements(column: Column) -> Iterator[TableFinding]:
    """How the totals of a mixed column move between two tables, as printed and alike."""
    target = column.fit.target
    tops = [line for line in column.block.lines if line.is_total and not line.part_of]
    for before, after in pairwise(tops):
        if column.fit.second is None or before.table == after.table:
            continue
        old, new = before.cells[target], after.cells[target]
        printed = after.figures[target] - before.figures[target]
        then, now = column.on_one_basis(before), column.on_one_basis(after)
        old_said, new_said = said(_value(old), old), said(_value(new), new)
        sentence = (
            f"As printed, the totals of {label_of(target)} go from {old_said} "
            f"({before.table}) to {new_said} ({after.table}), a movement of "
            f"{_size(printed, old)}. Worked out in one way, that of most rows, they go from "
            f"{said(then.middle, old)} to {said(now.middle, new)}, a movement of "
            f"{_size(now - then, old)}."
        )
        if same := _moved_alike(before, after, target, now - then):
            sentence += f" All of that is the change in {same}; no other total moved."
        first, last = like(then.middle, old), like(now.middle, new)
        rows = (
            (before.table, as_printed(old), first, ""),
            (after.table, as_printed(new), last, ""),
        )
        yield TableFinding(
            column.block.dataset,
            f"{before.table}; {after.table}",
            f"movement of {label_of(target)}",
            Verdict.DISAGREES,
            sentence,
            rows,
            printed=f"{as_printed(old)} to {as_printed(new)}",
            worked_out=f"{first} to {last}",
        )


def _value(cell: Cell) -> Fraction:
    """The figure of a total that was printed."""
    return cell.value or Fraction(0)


def _size(moved: Interval, cell: Cell) -> str:
    """How much something moved, whichever way."""
    return like(abs(moved.middle), cell)


def _moved_alike(before: Line, after: Line, target: str, moved: Interval) -> str:
    """The one other column whose total moved, if it moved by as much."""
    others = [
        (measure, after.figures[measure] - before.figures[measure])
        for measure in before.cells
        if measure != target
        and not before.figures[measure].meets(after.figures[measure])
    ]
    if len(others) != 1 or not others[0][1].meets(moved):
        return ""
    measure = others[0][0]
    return f"{label_of(measure)}, {before.cells[measure].shown} to {after.cells[measure].shown}"


def definition_finding(
    block: Block, target: str, formula: Formula, *, strict: bool
) -> TableFinding | None:
    """A column that is not what its name means, seen at the top of its tables.

    Args:
        block: the tables.
        target: the column.
        formula: what it would be by its meaning.
        strict: whether the column can mean nothing else.

    Returns:
        None if it is what it means in every row.
    """
    rows = [
        (
            _named(block, line),
            as_printed(line.cells[target]),
            like(formula.of(line.figures).middle, line.cells[target]),
            exact(left_over(line.figures[target], formula.of(line.figures))),
        )
        for line in block.lines
    ]
    if all(row[3] == "0" for row in rows):
        return None
    tops = [
        row for row, line in zip(rows, block.lines, strict=True) if not line.part_of
    ]
    each = listed(
        [f"{printed} where that is {made} ({name})" for name, printed, made, _ in tops]
    )
    words = formula_words(formula)
    sentence = (
        f"By its meaning the column {label_of(target)} would be {words}. It has {each}. "
        "The report does not say what it counts."
    )
    verdict = Verdict.DISAGREES if strict else Verdict.QUESTION
    tables = "; ".join(block.tables)
    return TableFinding(
        block.dataset, tables, label_of(target), verdict, sentence, tuple(rows)
    )
