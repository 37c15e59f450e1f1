"""Whether a percentage or an average is possible where its base or its count is unknown."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from scrutiny_pack.claims.bases import counts, whole_counts
from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.evaluation import Result, evaluate
from scrutiny_pack.claims.evidence import Evidence
from scrutiny_pack.claims.findings import Check, Claim, Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.possible import (
    denominators,
    fitting,
    numerators,
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
from scrutiny_pack.claims.wording import amount, capital, exact, places
from scrutiny_pack.evidence.formatting import listed

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
        NotAtHand: if a count is not in the evidence.
        ClaimError: if what it rests on is of another sort.
    """
    printed = claim.read()
    share = _share(printed, claim)
    if isinstance(rests_on, Alternatives):
        bases = [
            evaluate(_over(part, unknown_first=True), evidence)
            for part in rests_on.readings
        ]
        return _over_bases(claim, share, bases, evidence, sure=False)
    if isinstance(rests_on, Combined) and isinstance(rests_on.left, Unknown):
        if isinstance(rests_on.right, Unknown):
            return _nothing_known(printed, share)
        base = evaluate(_over(rests_on, unknown_first=True), evidence)
        return _over_bases(claim, share, [base], evidence, sure=True)
    count = evaluate(_over(rests_on, unknown_first=False), evidence)
    return _known_count(printed, share, count, evidence)


def _share(printed: Printed, claim: Claim) -> Interval:
    if printed.interval is None:
        msg = f"claim {claim.id}: '{printed.text}' has an open end, so no base can be tried"
        raise ClaimError(msg)
    return (
        printed.interval if printed.unit == "per cent" else printed.interval.times(100)
    )


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
    whole = fitting(share, (Fraction(n) for n in range(1, SMALL_ENOUGH + 1)))[:1]
    half = fitting(share, (Fraction(2 * n + 1, 2) for n in range(1, SMALL_ENOUGH)))[:1]
    if printed.reading == "figure" and whole and printed.step < 1:
        sentence += f" The smallest whole base that could give it is {_count_of(share, whole[0])}"
        if half and half[0] < whole[0]:
            sentence += (
                f"; an average of two counts could be {_count_of(share, half[0])}"
            )
        sentence += "."
    return Check(POSSIBLE, Verdict.UNCHECKED, "", "", sentence)


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
            sentence = f"The report does not state the base. {sentence}"
        verdict = Verdict.AGREES if sure else Verdict.QUESTION
        return Check(POSSIBLE, verdict, "", f"{count} / {base.working}", sentence)
    nearest = "; ".join(_nearest(base, share, per_cent=per_cent) for base in bases)
    whole = f"No whole number is {printed.text} of {_either(bases)}: {nearest}."
    if not per_cent:
        whole = f"No whole total over {_either(bases)} gives {printed.text}: {nearest}."
    sentence = whole if sure else f"The report does not state the base. {whole}"
    if per_cent:
        sentence += _what_fits(share, bases, claim, evidence)
    verdict = Verdict.IMPOSSIBLE if sure else Verdict.QUESTION
    return Check(POSSIBLE, verdict, "", "", sentence)


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


def _what_fits(
    share: Interval, bases: Sequence[Result], claim: Claim, evidence: Evidence
) -> str:
    """What whole bases near the ones tried would do, and which of them are counts at hand."""
    low = int(min(base.interval.low for base in bases) * 3 / 4) + 1
    high = int(max(base.interval.high for base in bases) * 5 / 4)
    near = fitting(share, [Fraction(n) for n in range(low, high + 1)])
    if not near or len(near) > MOST_NAMED:
        return ""
    known = whole_counts(evidence, claim.as_at)
    words = [
        f"{numerators(share, Interval(base, base))[0]} of {exact(base)}"
        for base in near
    ]
    sentence = (
        f" Of the whole bases from {low} to {high} only {listed(words)} would give it."
    )
    named = [f"{exact(base)} is {known[base]}" for base in near if base in known]
    return f"{sentence} {capital('; '.join(named))}." if named else sentence


def _known_count(
    printed: Printed, share: Interval, count: Result, evidence: Evidence
) -> Check:
    found = denominators(share, count.interval)
    working = f"{count.working} / ? = {printed.text}"
    what = _counted(count)
    if found:
        shown = listed([exact(base) for base in found[:MOST_NAMED]])
        only = ", and of no other whole or half number"
        if len(found) > MOST_NAMED:
            shown, only = f"any base from {exact(found[0])} to {exact(found[-1])}", ""
        halves = all(base.denominator == 2 for base in found)
        tail = (
            " A half is what an average of two counts gives, such as the staff at the "
            "beginning and at the end of a year."
        )
        sentence = (
            f"The report does not state the base. {capital(what)} are {printed.text} of "
            f"{shown}{only}.{tail if halves else ''}"
        )
        return Check(POSSIBLE, Verdict.QUESTION, "", working, sentence)
    if cut := _cut_short(printed, count, evidence):
        return cut
    below = Fraction(int(200 * count.interval.middle / share.middle), 2)
    shown = listed(
        [
            f"{amount(100 * count.interval.middle / base, 2)}% of {exact(base)}"
            for base in (below, below + Fraction(1, 2))
        ]
    )
    sentence = (
        f"{capital(what)} cannot be {printed.text} of any whole number, nor of an average of "
        f"two: they are {shown}. The rate may count hours (FTE), or others than these; the "
        "report does not state its base."
    )
    return Check(POSSIBLE, Verdict.IMPOSSIBLE, "", working, sentence)


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
                f"The report does not state the base. {count.working} of {exact(base)}, "
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
    named = [base for base in found if base in known]
    sentence = f"The report does not state the base. {printed} can share {_bases(found, up_to)}."
    for base in named[:1]:
        counts = listed(
            [str(numerators(share, Interval(base, base))[0]) for share in shares]
        )
        sentence += f" {exact(base)} is {known[base]}; of that they are {counts}."
    working = f"bases that fit all: {listed([exact(base) for base in found[:12]])}"
    return Check(POSSIBLE, Verdict.QUESTION, "", working, sentence)


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
