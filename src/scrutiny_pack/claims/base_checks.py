"""Checks of a percentage or an average whose base the report does not state."""

from collections.abc import Sequence
from fractions import Fraction

from scrutiny_pack.claims.bases import (
    Class,
    Match,
    Tried,
    percentage,
    search,
)
from scrutiny_pack.claims.evidence import Evidence
from scrutiny_pack.claims.findings import NO_BASE, Check, Claim, Verdict
from scrutiny_pack.claims.printed import Printed
from scrutiny_pack.claims.terms import DFE, group_words
from scrutiny_pack.claims.wording import capital, places, rounded_chance
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
        sentence, detail = _defined_words(printed, first, best)
        by_chance = first.by_chance * 2 >= len(first.matches)
        shown = "" if by_chance else percentage(best, places(printed.step))
        return Check(BASE, Verdict.QUESTION, shown, working, sentence, detail)
    sentence = _no_match_sentence(printed, tried)
    if first.plausibility == Class.DEFINED:
        return Check(BASE, Verdict.QUESTION, "", working, sentence)
    return Check(BASE, Verdict.UNCHECKED, "", working, sentence)


def _defined_words(printed: Printed, tried: Tried, best: Match) -> tuple[str, str]:
    """The finding of a pair by a definition in use, and what else there is to know."""
    group = group_words(best.denominator)
    sentence = (
        f"{NO_BASE} {capital(printed.text)} is {best.in_words}: "
        f"{best.definition}{_by(best)}, for {group}."
    )
    found, chance = len(tried.matches), rounded_chance(tried.by_chance)
    if tried.by_chance * 2 >= found:
        sentence += (
            f" But {found} of the {tried.count} such pairs of counts give it, where chance "
            f"alone would give {chance}, so this says little."
        )
        return sentence, ""
    if found > 1:
        more = [f"{m.in_words}{_by(m)}" for m in tried.matches[1:MOST_NAMED]]
        sentence += (
            f" {found} of the {tried.count} such pairs of counts give it, where chance alone "
            f"would give {chance}; among them {listed(more)}."
        )
        return sentence, ""
    if other := _other_group(best, tried.others):
        of = group_words(other.denominator)
        alone = (
            " alone" if set(other.numerator.units) < set(best.numerator.units) else ""
        )
        sentence += (
            f" For {of}{alone} it would be {percentage(other, 2)} ({other.in_words})."
        )
    detail = (
        f"Of the {tried.count} such pairs of counts, no other gives it; by chance alone "
        f"{chance} would."
    )
    if ways := [_other_words(match) for match in _other_ways(best, tried.others)]:
        whose = "both" if len(best.denominator.units) == 2 else "the same group"
        detail = f"For {whose} it would be {listed(ways)}. {detail}"
    return sentence, detail


def _other_group(best: Match, others: Sequence[Match]) -> Match | None:
    """The most plausible pair of another group, by the same definition and basis."""
    alike = (
        match
        for match in others
        if match.definition == best.definition
        and match.numerator.basis == best.numerator.basis
        and match.denominator.size >= SMALLEST_BASE
    )
    return next(alike, None)


def _other_ways(best: Match, others: Sequence[Match]) -> list[Match]:
    """For each other definition and basis the pair of the same group."""
    found: dict[tuple[str, str], Match] = {}
    for match in others:
        way = (match.definition, match.numerator.basis)
        same_group = match.denominator.units == best.denominator.units
        if same_group and way != (best.definition, best.numerator.basis):
            found.setdefault(way, match)
    return list(found.values())[:3]


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


def _no_match_sentence(printed: Printed, tried: Sequence[Tried]) -> str:
    first = tried[0]
    if first.plausibility == Class.DEFINED:
        near = listed([_other_words(match) for match in _one_of_each(first.others)])
        tail = f" The likeliest give {near}." if near else ""
        return (
            f"{NO_BASE} None of the {first.count} pairs of counts of that date that make such a "
            f"rate gives {printed.text}.{tail}"
        )
    count = sum(each.count for each in tried)
    found = sum(len(each.matches) for each in tried)
    chance = rounded_chance(sum((each.by_chance for each in tried), start=Fraction(0)))
    return (
        f"{NO_BASE} The evidence has no counts of that thing at that date. Of {count:,} other "
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
    chance = rounded_chance(tried.by_chance)
    return (
        f"{tried.count:,} pairs {names[tried.plausibility]}, {len(tried.matches)} fit, "
        f"{chance} expected by chance{hits}"
    )
