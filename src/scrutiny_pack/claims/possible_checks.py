"""Whether a percentage or an average is possible where its base or its count is unknown."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.evaluation import Result, evaluate
from scrutiny_pack.claims.evidence import Evidence, NotAtHand
from scrutiny_pack.claims.findings import NO_BASE, Check, Claim, Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.possible import (
    chance_possible,
    denominators,
    first_fitting,
    fitting,
    numerators,
    of_an_average,
    shared_denominators,
)
from scrutiny_pack.claims.printed import Printed
from scrutiny_pack.claims.references import (
    Alternatives,
    Combined,
    Expression,
    Unknown,
    write,
)
from scrutiny_pack.claims.terms import (
    DEFINITIONS,
    counts,
    group_words,
    terms,
    whole_counts,
)
from scrutiny_pack.claims.wording import amount, capital, exact, places, rounded_chance
from scrutiny_pack.evidence.formatting import listed
from scrutiny_pack.observations import SMALLEST_BASE

POSSIBLE = "possible at all"
"""The name of this check."""

MOST_NAMED = 4
"""The most bases that a sentence names."""


def possible_check(claim: Claim, rests_on: Expression, evidence: Evidence) -> Check:
    """Whether a percentage or an average is possible, its base or its count unknown.

    Args:
        claim: the claim.
        rests_on: ``? / base``, ``count / ?``, or several such with ``or`` between
            them where the report does not say which base is meant.
        evidence: the evidence.

    Raises:
        NotAtHand: if a count is not in the evidence, or a base may be nought.
        ClaimError: if what it rests on is of another sort.
    """
    printed = claim.read()
    share = _share(printed, claim)
    if isinstance(rests_on, Alternatives):
        bases = [_base(part, evidence) for part in rests_on.readings]
        return _over_bases(claim, share, bases, evidence, sure=False)
    if isinstance(rests_on, Combined) and isinstance(rests_on.left, Unknown):
        if isinstance(rests_on.right, Unknown):
            return _nothing_known(printed, share)
        base = _base(rests_on, evidence)
        return _over_bases(claim, share, [base], evidence, sure=True)
    count = evaluate(_over(rests_on, unknown_first=False), evidence)
    return _known_count(claim, share, count, evidence)


def _share(printed: Printed, claim: Claim) -> Interval:
    if printed.interval is None:
        msg = f"claim {claim.id}: '{printed.text}' has an open end, so no base can be tried"
        raise ClaimError(msg)
    return (
        printed.interval if printed.unit == "per cent" else printed.interval.times(100)
    )


def _spacing(claim: Claim) -> Fraction:
    """How far apart the figures are that might have been printed, in percentage points.

    A unit of the last place; for a fraction in words, which has none, all that it spans.
    """
    printed = claim.read()
    share = _share(printed, claim)
    return printed.step or share.high - share.low


def _base(expression: Expression, evidence: Evidence) -> Result:
    base = evaluate(_over(expression, unknown_first=True), evidence)
    if base.interval.low <= 0:
        msg = f"its base, {base.working}, may be nought or less"
        raise NotAtHand(msg)
    return base


def _over(expression: Expression, *, unknown_first: bool) -> Expression:
    if isinstance(expression, Combined) and expression.operator == "/":
        unknown, known = expression.left, expression.right
        if not unknown_first:
            unknown, known = known, unknown
        if isinstance(unknown, Unknown) and not isinstance(known, Unknown):
            return known
    msg = f"'{write(expression)}' must be '? / a count' or 'a count / ?' to be checked"
    raise ClaimError(msg)


SMALL_ENOUGH = 500
"""The largest base looked for where neither count nor base is known."""


def _nothing_known(printed: Printed, share: Interval) -> Check:
    """A percentage without its count and its base: what the smallest base would be."""
    sentence = (
        "The report gives neither the count nor the base, so it cannot be checked."
    )
    if printed.reading == "figure" and printed.step < 1:
        sentence += _smallest_base(share)
    return Check(POSSIBLE, Verdict.UNCHECKED, "", "", sentence)


def _smallest_base(share: Interval) -> str:
    """The smallest whole base that could give a share, and a half below it."""
    whole = first_fitting(share, (Fraction(n) for n in range(1, SMALL_ENOUGH + 1)))
    if whole is None:
        return ""
    words = f" The smallest whole base that could give it is {_count_of(share, whole)}"
    below = (Fraction(2 * n + 1, 2) for n in range(1, int(whole)))
    half = first_fitting(share, below)
    if half is not None:
        words += f"; an average of two counts could be {_count_of(share, half)}"
    return f"{words}."


def _count_of(share: Interval, base: Fraction) -> str:
    return (
        f"{exact(base)} ({numerators(share, Interval(base, base))[0]} of {exact(base)})"
    )


def _over_bases(
    claim: Claim,
    share: Interval,
    bases: Sequence[Result],
    evidence: Evidence,
    *,
    sure: bool,
) -> Check:
    printed = claim.read()
    per_cent = printed.unit == "per cent"
    fits = [
        (base, found) for base in bases if (found := numerators(share, base.interval))
    ]
    if fits:
        base, found = fits[0]
        count = exact(Fraction(found[0]))
        sentence = (
            f"It is possible: {count} of {base.working} would print as {printed.text}."
        )
        if len(found) > 1:
            last = exact(Fraction(found[-1]))
            sentence = (
                f"It is possible: {count} to {last} of {base.working} would print so."
            )
        if not sure:
            sentence = f"{NO_BASE} {sentence}"
        verdict = Verdict.AGREES if sure else Verdict.QUESTION
        return Check(POSSIBLE, verdict, "", f"{count} / {base.working}", sentence)
    nearest = "; ".join(_nearest(base, share, per_cent=per_cent) for base in bases)
    whole = f"No whole number is {printed.text} of {_either(bases)}"
    if not per_cent:
        whole = f"No whole total over {_either(bases)} gives {printed.text}"
    near = _near(bases, share) if per_cent else ()
    fits_else = _what_fits(share, near, claim, evidence)
    if sure:
        sentence = f"{whole}: {nearest}.{fits_else}"
        return Check(POSSIBLE, Verdict.IMPOSSIBLE, "", "", sentence)
    sentence = f"{NO_BASE} {whole}.{fits_else}"
    detail = f"The nearest: {nearest}."
    if fits_else:
        tried = range(*_reach(bases))
        chance = sum(
            (chance_possible(base, _spacing(claim)) for base in tried),
            start=Fraction(0),
        )
        detail += (
            f" Of {len(tried)} bases {rounded_chance(chance)} would fit by chance."
        )
    shown = _count_over(share, near[0]) if len(near) == 1 else ""
    return Check(POSSIBLE, Verdict.QUESTION, shown, "", sentence, detail)


def _either(bases: Sequence[Result]) -> str:
    return " or of ".join(_base_words(base) for base in bases)


def _base_words(base: Result) -> str:
    middle = exact(base.interval.middle)
    return middle if middle == base.working else f"{middle} ({base.working})"


def _nearest(base: Result, share: Interval, *, per_cent: bool) -> str:
    middle = base.interval.middle
    below = int(share.middle * middle / 100)
    factor, mark = (100, "%") if per_cent else (1, "")
    low, high = (
        f"{amount(Fraction(factor * count) / middle, 2)}{mark}"
        for count in (below, below + 1)
    )
    return f"{below} and {below + 1} are {low} and {high} of {exact(middle)}"


def _reach(bases: Sequence[Result]) -> tuple[int, int]:
    """The whole bases near the ones tried: a quarter either way."""
    low = int(min(base.interval.low for base in bases) * 3 / 4) + 1
    high = int(max(base.interval.high for base in bases) * 5 / 4)
    return low, high + 1


def _near(bases: Sequence[Result], share: Interval) -> tuple[Fraction, ...]:
    """The bases near the ones tried that would do."""
    return fitting(share, [Fraction(n) for n in range(*_reach(bases))])


def _count_over(share: Interval, base: Fraction) -> str:
    return f"{numerators(share, Interval(base, base))[0]} of {exact(base)}"


def _what_fits(
    share: Interval, near: Sequence[Fraction], claim: Claim, evidence: Evidence
) -> str:
    """The bases near the ones tried that would do, and which of them are counts at hand."""
    if not near or len(near) > MOST_NAMED:
        return ""
    known = whole_counts(evidence, claim.as_at)
    words = listed([_count_over(share, base) for base in near])
    only = f"only {words} give{'' if len(near) > 1 else 's'} it"
    named = [f"{exact(base)} is {known[base]}" for base in near if base in known]
    sentence = f" Of the whole bases near these {only}."
    return f"{sentence} {capital('; '.join(named))}." if named else sentence


def _known_count(
    claim: Claim, share: Interval, count: Result, evidence: Evidence
) -> Check:
    printed = claim.read()
    found = denominators(share, count.interval)
    working = f"{count.working} / ? = {printed.text}"
    what = _counted(count)
    on_counts = _on_known_bases(claim, count, evidence)
    if share.low <= 0 < share.high:
        least = max(1, math.ceil(100 * count.interval.low / share.high))
        bases = "any base" if least == 1 else f"any base from {least:,} up"
        sentence = f"{NO_BASE} {capital(what)} are {printed.text} of {bases}."
        return Check(POSSIBLE, Verdict.QUESTION, "", working, sentence, on_counts)
    if found:
        shown = listed([exact(base) for base in found[:MOST_NAMED]])
        only = ", and of no other whole or half number"
        if len(found) > MOST_NAMED:
            shown, only = f"any base from {exact(found[0])} to {exact(found[-1])}", ""
        detail = on_counts
        if all(base.denominator == 2 for base in found):
            detail = (
                "A half is what an average of two counts gives, such as the staff at the "
                f"beginning and at the end of a year. {on_counts}"
            )
        sentence = f"{NO_BASE} {capital(what)} are {printed.text} of {shown}{only}."
        of_one = f"{count.working} of {shown}" if len(found) == 1 else ""
        return Check(
            POSSIBLE, Verdict.QUESTION, of_one, working, sentence, detail.strip()
        )
    if cut := _cut_short(printed, count, evidence):
        return cut
    none = f"of no whole number, nor of an average of two counts: {_both_sides(count, share)}."
    averaged = of_an_average(share, count.interval)
    if claim.kind == "rate" and averaged:
        of, base = averaged
        sentence = (
            f"{NO_BASE} {capital(what)} are {printed.text} {none} They are of {exact(base, 2)}, "
            f"which an average of {of} counts can be."
        )
        return Check(POSSIBLE, Verdict.QUESTION, "", working, sentence, on_counts)
    sentence = (
        f"{capital(what)} are {printed.text} {none} It may count hours (FTE), or others than "
        "these; the report does not state its base."
    )
    return Check(POSSIBLE, Verdict.IMPOSSIBLE, "", working, sentence, on_counts)


def _both_sides(count: Result, share: Interval) -> str:
    """What the nearest bases give: ``10.71% of 56 and 10.62% of 56.5``."""
    below = Fraction(int(200 * count.interval.middle / share.middle), 2)
    shown = [
        f"{amount(100 * count.interval.middle / base, 2)}% of {exact(base)}"
        for base in (below, below + Fraction(1, 2))
        if base
    ]
    return f"they are {listed(shown)}"


def _on_known_bases(claim: Claim, count: Result, evidence: Evidence) -> str:
    """What a count is of the bases in use for it that are at hand at the claim's date."""
    if len(count.cells) != 1:
        return ""
    counted = count.cells[0].columns.get("measure", "")
    for _, measures in DEFINITIONS.get(counted, ()):
        bases = [
            term
            for term in terms(evidence)
            if term.is_whole and term.measures == measures
            if term.as_at == claim.as_at and term.interval.is_exact
            if term.size >= SMALLEST_BASE
        ]
        if bases:
            base = min(bases, key=lambda term: (len(term.cells), -term.size))
            share = 100 * count.interval.middle / base.interval.middle
            what = base.cells[0].label.partition(" (")[0]
            return (
                f"Of {base.shown}, {what} ({group_words(base)}), it would be "
                f"{amount(share, 2)}%."
            )
    return ""


def _counted(count: Result) -> str:
    """A count with what it counts: ``6 leavers``."""
    measure = count.cells[0].measure if len(count.cells) == 1 else None
    return f"{count.working} {measure.unit}" if measure else count.working


def _cut_short(printed: Printed, count: Result, evidence: Evidence) -> Check | None:
    """A base that would do if digits were cut off, where one of the evidence is such."""
    cut = printed.truncated
    if cut is None or printed.unit != "per cent":
        return None
    known = counts(evidence)
    for base in denominators(cut, count.interval, halves=False):
        share = 100 * count.interval.middle / base
        if base in known and share < cut.high:
            decimals = places(printed.step)
            sentence = (
                f"{NO_BASE} {count.working} of {exact(base)}, "
                f"{known[base]}, is {amount(share, decimals + 1)}%, which rounds to "
                f"{amount(share, decimals)}%; {printed.text} is what is left when the other "
                "digits are cut off: a slip of rounding, if that is the base."
            )
            working = (
                f"{count.working} / {exact(base)} = {amount(share, decimals + 2)}%"
            )
            shown = f"{amount(share, decimals)}%"
            return Check(POSSIBLE, Verdict.TRUNCATED, shown, working, sentence)
    return None


def shared_check(claims: Sequence[Claim], evidence: Evidence) -> Check:
    """Percentages that the report gives of one base, which it does not state.

    Args:
        claims: all the claims that share the base.
        evidence: the evidence; bases up to twice its largest count are tried.
    """
    shares = [_share(claim.read(), claim) for claim in claims]
    known = whole_counts(evidence)
    up_to = int(2 * max(known, default=Fraction(50)))
    found = shared_denominators(shares, up_to)
    printed = listed([claim.printed for claim in claims])
    if not found:
        sentence = f"No whole base up to {up_to} can give {printed} all together."
        return Check(POSSIBLE, Verdict.IMPOSSIBLE, "", "", sentence)
    of_one = f"can share {_bases(found, up_to)}"
    working = f"bases that fit all: {listed([exact(base) for base in found[:12]])}"
    named = next((base for base in found if base in known), None)
    if named is None:
        sentence = f"{NO_BASE} {printed} {of_one}."
        return Check(POSSIBLE, Verdict.QUESTION, "", working, sentence)
    counts = [str(numerators(share, Interval(named, named))[0]) for share in shares]
    sentence = f"{NO_BASE} {printed} can be {listed(counts)} of {exact(named)}, {known[named]}."
    detail = f"They {of_one}. {_by_chance(claims, known)}"
    shown = f"{listed(counts)} of {exact(named)}"
    return Check(POSSIBLE, Verdict.QUESTION, shown, working, sentence, detail)


def _by_chance(claims: Sequence[Claim], known: Collection[Fraction]) -> str:
    """How many of the counts at hand would fit all by chance, were each figure any."""
    steps = Counter(_spacing(claim) for claim in claims)
    whole = [int(base) for base in known if base.denominator == 1]
    expected = Fraction(0)
    for base in whole:
        expected += math.prod(
            chance_possible(base, step) ** times for step, times in steps.items()
        )
    return (
        f"Of the {len(whole)} counts of whole groups at hand, "
        f"{rounded_chance(expected)} would fit all by chance."
    )


def _bases(found: Sequence[Fraction], up_to: int) -> str:
    first = found[0]
    if len(found) > 1 and all(base % first == 0 for base in found):
        return (
            f"a base of {exact(first)} or a multiple of it, and no other up to {up_to}"
        )
    if len(found) <= MOST_NAMED:
        return f"a base of {' or '.join(exact(base) for base in found)}, and no other up to {up_to}"
    return f"any of {len(found)} bases up to {up_to}, the smallest of which is {exact(first)}"


def group_of(
    claims: Iterable[Claim], name: str, parsed: dict[str, Expression]
) -> list[Claim]:
    """The claims that rest on a base of this name."""
    wanted = Unknown(name)
    return [
        claim
        for claim in claims
        if isinstance(expression := parsed.get(claim.id), Combined)
        and expression.right == wanted
    ]
