"""Checks of a figure that says what it rests on: recomputed, compared, or read as a change."""

from collections.abc import Sequence
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
from scrutiny_pack.claims.wording import (
    amount,
    capital,
    exact,
    figure,
    marked,
    places,
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
        return _of_readings(readings)
    printed = claim.read()
    result = evaluate(rests_on, evidence)
    computed = in_unit(result, printed)
    comparison = compare(printed, computed)
    shown = _shown(computed, printed, comparison)
    working = f"{result.working} = {shown}"
    if isinstance(rests_on, Cells):
        return _same_check(printed, result.cells[0], comparison, shown)
    in_words = _in_words(rests_on, result, evidence)
    sentence = _precision_sentence(printed, result, comparison, in_words, shown)
    return Check(PRECISION, comparison.verdict, shown, working, sentence)


def _in_words(rests_on: Expression, result: Result, evidence: Evidence) -> str:
    """A working for a sentence: ``5 of 68 (5 + 18 + 26 + 19)``, ``12 - 9``."""
    match rests_on:
        case Called("count", _, _):
            return "the count in the evidence"
        case Combined("/", left, right):
            over, under = evaluate(left, evidence), evaluate(right, evidence)
            return f"{_with_sum(over)} of {_with_sum(under)}"
    return result.working


def _with_sum(part: Result) -> str:
    total = exact(part.interval.middle)
    return part.working if len(part.cells) < 2 else f"{total} {_brackets(part.working)}"


def _brackets(working: str) -> str:
    return working if working.startswith("(") else f"({working})"


def _of_readings(made: Sequence[Check]) -> Check:
    """One check of several readings, where the report does not say which it means."""
    good = [check for check in made if check.verdict == Verdict.AGREES]
    if len(good) == len(made) or not good:
        return min(made, key=lambda check: check.verdict != Verdict.TRUNCATED)
    rest = [check for check in made if check not in good]
    sentence = (
        f"It depends on what is meant: {listed([check.working for check in good])}, as printed, "
        f"but {listed([check.working for check in rest])}."
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
        if printed.reading == "figure" and not computed.is_exact:
            return figure(computed, decimals, unit)
        more = decimals if printed.reading == "figure" else max(decimals, 1)
        return marked(exact(computed.middle, more), unit)
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
    apart = _apart(comparison.difference, printed)
    way = "more" if comparison.difference > 0 else "less"
    return capital(
        f"{working} is {shown}{_from(result)}; here the report has {printed.text}, which is "
        f"{apart} {way}."
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
    apart = _apart(comparison.difference, printed)
    return (
        f"Two figures for one thing: {printed.text} here, and {cell.shown} for {cell.label} "
        f"in {place}, {apart} apart. The report does not say why."
    )


def _rounded(result: Result, printed: Printed) -> str:
    middle = in_unit(result, printed).middle / printed.step
    return marked(
        exact(Fraction(amount(middle, 0).replace(",", "")) * printed.step), printed.unit
    )


def _apart(difference: Fraction, printed: Printed) -> str:
    decimals = max(places(printed.step), 2 if printed.unit == "per cent" else 0)
    unit = "points" if printed.unit == "per cent" else printed.unit
    size = abs(difference)
    text = exact(size, decimals) if size >= Fraction(1, 10**decimals) else "a little"
    return marked(text, unit)


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
        other = f" Otherwise read, it is {listed(rest)}." if rest else ""
        sentence = (
            f"The report does not say what changed by {printed.text}, nor whether in per cent "
            f"or percentage points. It fits {words}.{other}"
        )
        return Check(CHANGE, Verdict.QUESTION, shown, working, sentence)
    if len(compared) == 1 and comparison.verdict != Verdict.DISAGREES:
        sentence = f"Nearly: {best.in_words}; {printed.text} is that, {comparison.verdict.value}."
        return Check(CHANGE, comparison.verdict, shown, working, sentence)
    sentence = f"No reading of it gives {printed.text}: {listed(all_words)}."
    return Check(CHANGE, Verdict.DISAGREES, shown, working, sentence)
