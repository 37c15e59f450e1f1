"""Checks of a percentage or an average whose base the report does not state."""

from collections.abc import Sequence
from fractions import Fraction

from scrutiny_pack.claims.bases import (
    DFE,
    Class,
    Match,
    Tried,
    group_words,
    percentage,
    search,
)
from scrutiny_pack.claims.evidence import Evidence
from scrutiny_pack.claims.findings import Check, Claim, Verdict
from scrutiny_pack.claims.printed import Printed
from scrutiny_pack.claims.wording import amount, capital, places
from scrutiny_pack.evidence.formatting import BASIS_WORDS, listed
from scrutiny_pack.observations import SMALLEST_BASE

BASE = "which base"
"""The name of this check."""

MOST_NAMED = 4
"""The most alternatives that a sentence names."""


def base_check(claim: Claim, counted: str, evidence: Evidence) -> Check:
    """A share with no stated base, tried against every pair of counts at hand.

    Args:
        claim: a share or a rate printed in per cent.
        counted: the measure that it counts; "" where that is not known.
        evidence: the evidence.
    """
    printed = claim.read()
    share = printed.interval
    tried = search(share, evidence, counted, claim.as_at) if share else ()
    if not tried:
        sentence = (
            "The report does not state its base, and the evidence has no counts to try."
        )
        return Check(BASE, Verdict.UNCHECKED, "", "", sentence)
    working = "; ".join(_tried_words(each) for each in tried)
    first = tried[0]
    if first.plausibility == Class.DEFINED and first.matches:
        best = first.matches[0]
        sentence = _defined_sentence(printed, first, best)
        shown = percentage(best, places(printed.step))
        return Check(BASE, Verdict.QUESTION, shown, working, sentence)
    sentence = _no_match_sentence(printed, tried)
    if first.plausibility == Class.DEFINED:
        return Check(BASE, Verdict.QUESTION, "", working, sentence)
    return Check(BASE, Verdict.UNCHECKED, "", working, sentence)


def _defined_sentence(printed: Printed, tried: Tried, best: Match) -> str:
    group = group_words(best.denominator)
    sentence = (
        f"The report does not state the base. {capital(printed.text)} is {best.in_words}: "
        f"{best.definition}{_by(best)}, for {group}."
    )
    sentence += _chance_words(tried)
    nearby = _one_of_each(tried.others)
    if nearby and len(tried.matches) == 1:
        near_group = group_words(nearby[0].denominator)
        start = (
            "Counted otherwise" if near_group == group else f"For {near_group} alone"
        )
        sentence += f" {start} it would be {listed([_other_words(m) for m in nearby])}."
    return sentence


def _one_of_each(others: Sequence[Match]) -> list[Match]:
    """For each definition and basis the most plausible pair, all of one group."""
    found: dict[tuple[str, str], Match] = {}
    for match in others:
        first = next(iter(found.values()), match)
        same_group = match.denominator.units == first.denominator.units
        if match.denominator.size >= SMALLEST_BASE and same_group:
            found.setdefault((match.definition, match.numerator.basis), match)
    return list(found.values())[:3]


def _by(match: Match) -> str:
    basis = match.numerator.basis
    return f", by {BASIS_WORDS[basis]}" if basis in {"headcount", "fte"} else ""


def _other_words(match: Match) -> str:
    whose = f" and {DFE}" if match.definition.endswith(DFE) else ""
    return (
        f"{percentage(match, 2)}{_by(match).replace(',', '')}{whose} ({match.in_words})"
    )


def _chance_words(tried: Tried) -> str:
    found = len(tried.matches)
    chance = _rounded_chance(tried.by_chance)
    if tried.by_chance * 2 >= found:
        return (
            f" But {found} of the {tried.count} such pairs of counts give it, where chance "
            f"alone would give {chance}, so this says little."
        )
    if found == 1:
        return (
            f" {tried.count} such pairs of counts were tried; no other gives it, and by "
            f"chance alone {chance} would."
        )
    more = [f"{match.in_words}{_by(match)}" for match in tried.matches[1:MOST_NAMED]]
    return (
        f" {found} of the {tried.count} such pairs of counts give it, where chance alone would "
        f"give {chance}; among them {listed(more)}."
    )


def _rounded_chance(expected: Fraction) -> str:
    if expected < Fraction(1, 100):
        return "fewer than 0.01"
    return f"{amount(expected, 2 if expected < 1 else 0)}"


def _no_match_sentence(printed: Printed, tried: Sequence[Tried]) -> str:
    first = tried[0]
    start = "The report does not state the base."
    if first.plausibility == Class.DEFINED:
        near = listed([_other_words(match) for match in _one_of_each(first.others)])
        tail = f" The likeliest give {near}." if near else ""
        return (
            f"{start} None of the {first.count} pairs of counts of that date that make such a "
            f"rate gives {printed.text}.{tail}"
        )
    count = sum(each.count for each in tried)
    found = sum(len(each.matches) for each in tried)
    chance = _rounded_chance(sum((each.by_chance for each in tried), start=Fraction(0)))
    return (
        f"{start} The evidence has no counts of that thing at that date. Of {count:,} other "
        f"pairs of counts {found} give it, where {chance} would by chance alone, so none of "
        "them is evidence."
    )


def _tried_words(tried: Tried) -> str:
    names = {
        Class.DEFINED: "by a definition in use",
        Class.RELATED: "of the same thing on other bases",
        Class.ANY: "of anything over anything",
    }
    found = listed(
        [
            f"{m.in_words} ({group_words(m.denominator)})"
            for m in tried.matches[:MOST_NAMED]
        ]
    )
    more = len(tried.matches) - MOST_NAMED
    tail = f", {more} more" if more > 0 else ""
    hits = f": {found}{tail}" if found else ""
    chance = _rounded_chance(tried.by_chance)
    return (
        f"{tried.count:,} pairs {names[tried.plausibility]}, {len(tried.matches)} fit, "
        f"{chance} expected by chance{hits}"
    )
