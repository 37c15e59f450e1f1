"""Checks of a figure that says what it rests on: recomputed, compared, or read as a change."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from scrutiny_pack.claims.evaluation import Result, evaluate
from scrutiny_pack.claims.evidence import Cell, Evidence
from scrutiny_pack.claims.findings import Check, Claim, Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.precision import Comparison, compare
from scrutiny_pack.claims.printed import Printed
from scrutiny_pack.claims.rate_or_count import Meant, Reading, readings
from scrutiny_pack.claims.references import (
    Alternatives,
    Called,
    Cells,
    Combined,
    Expression,
)
from scrutiny_pack.claims.same_thing import Pair
from scrutiny_pack.claims.table_words import title_of
from scrutiny_pack.claims.wording import (
    amount,
    capital,
    exact,
    figure,
    marked,
    places,
    when,
)
from scrutiny_pack.evidence.formatting import listed

PRECISION, SAME, CHANGE = (
    "printed precision",
    "two figures for one thing",
    "rate or count",
)
"""The names of these checks."""

MEANT: dict[str, Meant] = {
    "change in per cent": "per cent",
    "change in points": "points",
}
"""What the kind of a claim says of a change."""


def recomputed_check(claim: Claim, rests_on: Expression, evidence: Evidence) -> Check:
    """The figure worked out again from what it rests on.

    Raises:
        NotAtHand: if it cannot be worked out from the evidence.
        ClaimError: if what it rests on cannot be read.
    """
    if isinstance(rests_on, Alternatives):
        readings = [
            recomputed_check(claim, part, evidence) for part in rests_on.readings
        ]
        words = [
            f"{_in_words(part, evaluate(part, evidence), evidence)} is {check.recomputed}"
            for part, check in zip(rests_on.readings, readings, strict=True)
        ]
        return _of_readings(readings, words)
    printed = claim.read()
    result = evaluate(rests_on, evidence)
    computed = in_unit(result, printed)
    comparison = compare(printed, computed)
    shown = _shown(computed, printed, comparison)
    working = f"{result.working} = {shown}"
    if isinstance(rests_on, Cells):
        return _same_check(printed, result.cells[0], comparison, shown)
    if isinstance(rests_on, Called) and rests_on.function == "count":
        return _count_check(printed, result, comparison, shown)
    in_words = _in_words(rests_on, result, evidence)
    sentence = _precision_sentence(printed, result, comparison, in_words, shown)
    if claim.kind == "target" and comparison.verdict.is_contradiction:
        sentence += " It is a plan, and what came of it may differ."
        return Check(PRECISION, Verdict.QUESTION, shown, working, sentence)
    return Check(PRECISION, comparison.verdict, shown, working, sentence)


def _count_check(
    printed: Printed, result: Result, comparison: Comparison, shown: str
) -> Check:
    """How many of something there are, held against the rows of the evidence."""
    working = f"{result.working} = {shown}"
    places = list(dict.fromkeys(where(cell) for cell in result.cells))
    at = f", in {listed(places)}" if len(places) <= 3 else ""
    if comparison.verdict == Verdict.AGREES:
        sentence = f"It holds: the evidence has {shown}{at}."
        return Check(PRECISION, Verdict.AGREES, shown, working, sentence)
    named = [_telling(cell, result.cells) for cell in result.cells]
    which = f" ({listed(named)})" if all(named) and len(named) <= MOST_NAMED else ""
    sentence = f"The evidence has {shown}{which}{at}; the report says {printed.text}."
    return Check(PRECISION, comparison.verdict, shown, working, sentence)


MOST_NAMED = 6
"""The most rows that a sentence names."""


def _telling(cell: Cell, among: Sequence[Cell]) -> str:
    """What tells a cell from the others: what it counts, whose, its table, or else its date."""
    of: tuple[Callable[[Cell], str], ...] = (
        lambda each: title_of(each.columns.get("measure", "")),
        lambda each: each.subject,
        lambda each: each.columns.get("breakdown", ""),
    )
    told = [
        get(cell) for get in of if get(cell) and len({get(each) for each in among}) > 1
    ]
    if told:
        return ", ".join(told)
    dates = {other.as_at for other in among}
    return when(cell.as_at) if cell.as_at and len(dates) > 1 else ""


def _in_words(rests_on: Expression, result: Result, evidence: Evidence) -> str:
    """A working for a sentence: ``5 of 68 (5 + 18 + 26 + 19)``, ``12 - 9``."""
    match rests_on:
        case Combined("/", left, right):
            over, under = evaluate(left, evidence), evaluate(right, evidence)
            return f"{_with_sum(over)} of {_with_sum(under)}"
        case Combined():
            return named_working(rests_on, result.cells, evidence)
    return result.working


def named_working(
    rests_on: Expression, among: Sequence[Cell], evidence: Evidence
) -> str:
    """A working that says what each figure is of: ``8.00 (2012/13) - 4.00 (2013/14)``."""
    match rests_on:
        case Combined(operator, left, right):
            first = named_working(left, among, evidence)
            last = named_working(right, among, evidence)
            loose = isinstance(right, Combined) and operator in "-/*"
            return f"{first} {operator} {f'({last})' if loose else last}"
        case Cells():
            cell = evidence.one(rests_on)
            told = _telling(cell, among)
            return f"{cell.shown} ({told})" if told else cell.shown
    return evaluate(rests_on, evidence).working


def _with_sum(part: Result) -> str:
    total = exact(part.interval.middle)
    return part.working if len(part.cells) < 2 else f"{total} {_brackets(part.working)}"


def _brackets(working: str) -> str:
    return working if working.startswith("(") else f"({working})"


def _of_readings(made: Sequence[Check], words: Sequence[str]) -> Check:
    """One check of several readings, where the report does not say which it means."""
    good = [check for check in made if check.verdict == Verdict.AGREES]
    if len(good) == len(made) or not good:
        return min(made, key=lambda check: check.verdict != Verdict.TRUNCATED)
    fit = [said for said, check in zip(words, made, strict=True) if check in good]
    rest = [said for said in words if said not in fit]
    sentence = (
        f"It depends on what is meant: {listed(fit)}, as printed, but {listed(rest)}."
    )
    working = "; ".join(check.working for check in made)
    return Check(made[0].name, Verdict.QUESTION, good[0].recomputed, working, sentence)


def in_unit(result: Result, printed: Printed) -> Interval:
    """The result in the unit of the printed figure: a quotient in per cent if that is."""
    return (
        result.in_per_cent()
        if printed.unit in {"per cent", "points"}
        else result.interval
    )


def _shown(computed: Interval, printed: Printed, comparison: Comparison) -> str:
    decimals = places(printed.step) if printed.step else 2
    unit = printed.unit
    if not printed.step:  # a fraction in words reads best beside a percentage
        return figure(computed.times(100), 1, "per cent")
    if comparison.verdict == Verdict.AGREES:
        if printed.reading != "figure":
            return marked(exact(computed.middle, max(decimals, 1)), unit)
        # Half to even, or within the rounding of its parts: one decimal more says why.
        as_printed = amount(printed.value or Fraction(0), decimals)
        if amount(computed.middle, decimals) != as_printed:
            return marked(exact(computed.middle, decimals + 1), unit)
        return figure(computed, decimals, unit)
    if unit in {"per cent", "points"}:
        decimals = max(decimals + 1, 2)
    return marked(exact(computed.middle, max(decimals, 2)), unit)


def _precision_sentence(
    printed: Printed, result: Result, comparison: Comparison, working: str, shown: str
) -> str:
    if comparison.verdict == Verdict.AGREES:
        return f"It holds: {working} is {shown}."
    if comparison.verdict == Verdict.ROUND:
        return f"It holds as a round figure: {working} is {shown}."
    if comparison.verdict == Verdict.TRUNCATED:
        return (
            f"A slip of rounding: {working} is {shown}, which rounds to "
            f"{_rounded(result, printed)}; {printed.text} is what is left when the other "
            "digits are cut off."
        )
    apart = _apart(comparison, printed, in_unit(result, printed))
    way = "more" if comparison.difference > 0 else "less"
    return capital(
        f"{working} is {shown}{_from(result)}; the report has {printed.text}, {apart} {way}."
    )


def _from(result: Result) -> str:
    """Where the figures of a working stand: ``, by paragraphs 8.15 and 8.18``."""
    places = [where(cell) for cell in result.cells if cell.columns.get("paragraph")]
    numbers = list(dict.fromkeys(place.removeprefix("paragraph ") for place in places))
    if not numbers or len(numbers) > 3:
        return ""
    return f", by paragraph{'s' * (len(numbers) > 1)} {listed(numbers)}"


def _same_check(
    printed: Printed, cell: Cell, comparison: Comparison, shown: str
) -> Check:
    release = cell.columns.get("release", "")
    if release and comparison.verdict == Verdict.DISAGREES:
        sentence = (
            f"{capital(cell.label)} is {cell.shown} in the {release} release, not "
            f"{printed.text}. Statistics are revised from one release to the next, so the "
            "report may have had another figure."
        )
        return Check(SAME, Verdict.QUESTION, shown, cell.label, sentence)
    sentence = _same_sentence(printed, cell, comparison)
    return Check(SAME, comparison.verdict, shown, cell.label, sentence)


def _same_sentence(printed: Printed, cell: Cell, comparison: Comparison) -> str:
    place = where(cell)
    if comparison.verdict == Verdict.AGREES:
        return f"It agrees with {cell.label}, {cell.shown}, in {place}."
    if comparison.verdict == Verdict.ROUND:
        return (
            f"It agrees as a round figure with {cell.label}, {cell.shown}, in {place}."
        )
    if comparison.verdict == Verdict.TRUNCATED:
        return (
            f"It agrees with {cell.label}, {cell.shown}, in {place}, if digits are cut off "
            "and not rounded: a slip of rounding."
        )
    computed = cell.interval or Interval.exactly(0)
    apart = _apart(comparison, printed, computed)
    return (
        f"Two figures for one thing: {printed.text} here, and {cell.shown} for {cell.label} "
        f"in {place}, {apart} apart. The report does not say why."
    )


def _rounded(result: Result, printed: Printed) -> str:
    middle = in_unit(result, printed).middle / printed.step
    return marked(
        exact(Fraction(amount(middle, 0).replace(",", "")) * printed.step), printed.unit
    )


def _apart(comparison: Comparison, printed: Printed, computed: Interval) -> str:
    """How far a printed figure is from the one shown beside it."""
    size = abs(comparison.difference)
    if printed.value is not None and printed.reading == "figure":
        size = abs(printed.value - computed.middle)
    unit = "points" if printed.unit == "per cent" else printed.unit
    return marked(exact(size, max(places(printed.step), 2)), unit)


def where(cell: Cell) -> str:
    """Where a figure stands: its paragraph, its release or its dataset."""
    paragraph = cell.columns.get("paragraph", "")
    release = cell.columns.get("release", "")
    if paragraph[:1].isdigit():
        return f"paragraph {paragraph}"
    return paragraph or (f"the {release} release" if release else cell.dataset)


def pair_check(pair: Pair, claim: Claim) -> Check:
    """A claim and another about the same cell."""
    other = pair.first if claim is pair.second else pair.second
    place = (
        f"paragraph {other.paragraph}"
        if other.paragraph[:1].isdigit()
        else other.paragraph
    )
    if pair.agree:
        sentence = (
            f"It is stated again in {place}, as {other.printed}; the evidence has nothing else "
            "to set it against."
        )
        return Check(SAME, Verdict.UNCHECKED, other.printed, "", sentence)
    sentence = (
        f"Two figures for one thing: {claim.printed} here, {other.printed} in {place}. "
        "The report does not say why."
    )
    return Check(SAME, Verdict.DISAGREES, other.printed, "", sentence)


def change_check(claim: Claim, rests_on: Expression, evidence: Evidence) -> Check:
    """A change, read in every way that the report leaves open.

    Raises:
        NotAtHand: if a figure before or after is not in the evidence.
        ClaimError: if what it rests on cannot be read.
    """
    printed = claim.read()
    parts = rests_on.readings if isinstance(rests_on, Alternatives) else (rests_on,)
    meant = MEANT.get(claim.kind, "either")
    if printed.unit == "points":
        meant = "points"
    found: list[Reading] = []
    for part in parts:
        if not isinstance(part, Called):
            continue
        before, after = (evaluate(argument, evidence) for argument in part.arguments)
        found += readings(before, after, meant)
    compared = [(reading, compare(printed, _size(reading.change))) for reading in found]
    return _change_finding(printed, compared, says_which=meant != "either")


def _size(change: Interval) -> Interval:
    """The size of a change; reports print "a fall of 3%" without the sign."""
    if change.middle < 0:
        return Interval(-change.high, -change.low)
    return change


def _change_finding(
    printed: Printed,
    compared: Sequence[tuple[Reading, Comparison]],
    *,
    says_which: bool,
) -> Check:
    if not compared:
        sentence = (
            "A count does not change in percentage points, so it cannot be checked."
        )
        return Check(CHANGE, Verdict.UNCHECKED, "", "", sentence)
    good = [
        reading
        for reading, comparison in compared
        if comparison.verdict == Verdict.AGREES
    ]
    all_words = [reading.in_words for reading, _ in compared]
    working = "; ".join(f"{r.in_words} ({r.working})" for r, _ in compared)
    best, comparison = min(compared, key=lambda pair: abs(pair[1].difference))
    shown = figure(best.change, 1, "per cent" if best.unit == "per cent" else "points")
    if len(good) == 1 and (says_which or len(compared) == 1):
        return Check(
            CHANGE, Verdict.AGREES, shown, working, f"It holds: {good[0].in_words}."
        )
    if good:
        words = listed([reading.in_words for reading in good])
        rest = [text for text in all_words if text not in [g.in_words for g in good]]
        other = f", but not {listed(rest)}" if rest else ""
        sentence = (
            f"It depends on what changed, and whether in per cent or percentage points: "
            f"{printed.text} fits {words}{other}."
        )
        return Check(CHANGE, Verdict.QUESTION, shown, working, sentence)
    if len(compared) == 1 and comparison.verdict != Verdict.DISAGREES:
        sentence = f"Nearly: {best.in_words}; {printed.text} is that, {comparison.verdict.value}."
        return Check(CHANGE, comparison.verdict, shown, working, sentence)
    sentence = f"No reading of it gives {printed.text}: {listed(all_words)}."
    return Check(CHANGE, Verdict.DISAGREES, shown, working, sentence)
