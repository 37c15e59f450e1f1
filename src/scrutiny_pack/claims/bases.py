"""Which base? A share with no stated denominator, tried against every pair of counts.

Each numerator and denominator that the evidence holds is tried: by headcount and by
FTE, for the whole and for its parts, with and without the groups that stand beside the
whole (such as managers), and by either definition of a vacancy rate. The pairs that
give the printed figure are ranked by rules that are stated in [`Class`][] and
[`Match.rank`][], never by how well the author's sentence would read.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from scrutiny_pack.claims.evidence import EXACT_BASES, Evidence
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.terms import DEFINITIONS, Term, sums, terms
from scrutiny_pack.claims.wording import amount


class Class(IntEnum):
    """How plausible a pair is, before anything else about it.

    DEFINED: the numerator counts what the claim is about, the denominator is that of a
        known definition, both are of the same people or posts, by the same basis, at
        the claim's own date.
    RELATED: the numerator counts what the claim is about; the rest may differ.
    ANY: anything over anything.
    """

    DEFINED = 0
    RELATED = 1
    ANY = 2


@dataclass(frozen=True)
class Match:
    """A pair that was tried.

    Attributes:
        numerator: what is counted.
        denominator: what it is counted against.
        plausibility: its class.
        definition: the words of the definition, for a pair of the class DEFINED.
        same_date: whether both are of the claim's own date.
    """

    numerator: Term
    denominator: Term
    plausibility: Class
    definition: str
    same_date: bool

    @cached_property
    def per_cent(self) -> Interval:
        """What the pair gives, in per cent."""
        return (self.numerator.interval / self.denominator.interval).times(100)

    @property
    def rank(self) -> tuple[int, bool, bool, bool, int, int, float]:
        """Where it stands among the pairs, the most plausible first.

        By class; then the claim's own date; then the whole before a part; then
        numerator and denominator from one table; then the fewest groups together;
        then the fewest counts added up; then the larger base.
        """
        together = len({*self.numerator.units, *self.denominator.units})
        added = len(self.numerator.cells) + len(self.denominator.cells)
        return (
            self.plausibility,
            not self.same_date,
            not (self.numerator.is_whole and self.denominator.is_whole),
            self.numerator.place != self.denominator.place,
            together,
            added,
            -self.denominator.size,
        )

    @property
    def in_words(self) -> str:
        """The pair for a sentence: ``27 of 101``."""
        return f"{self.numerator.shown} of {self.denominator.shown}"


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure, with all the terms that have it.

    Hundreds of terms have some dozens of figures between them, and whether a pair gives
    a share depends on nothing but its two figures.

    Attributes:
        low: the lower end, in whole numbers of a unit that all figures have in common.
        high: the upper end, likewise.
        terms: the terms, in the order of the evidence.
        counted: those of them that count what the claim is about.
        others: the rest of those that count one thing.
    """

    low: int
    high: int
    terms: tuple[Term, ...]
    counted: tuple[Term, ...]
    others: tuple[Term, ...]

    @property
    def interval(self) -> Interval:
        """The figure."""
        return self.terms[0].interval

    @cached_property
    def has_one_step(self) -> bool:
        """Whether the last place of all the others is the same."""
        return len({term.step for term in self.others}) == 1


class Distinct(NamedTuple):
    """Two figures of which some terms make a pair.

    Attributes:
        numerator: the one.
        base: the other.
        match: the most plausible of the pairs. Of anything over anything it is any of
            them: until one is named, they do not differ in what is asked of them.
    """

    numerator: Figure
    base: Figure
    match: Match

    def gives(self, share: Interval) -> bool:
        """Whether what the two give and a share have a number in common.

        No count is below nought and no base is nought, so nothing has to be divided.
        """
        counted, base = self.numerator, self.base
        low, high = share.low, share.high
        return (
            counted.low * 100 * high.denominator <= high.numerator * base.high
            and low.numerator * base.low <= counted.high * 100 * low.denominator
        )


class Candidates(NamedTuple):
    """What there is to try in one class, whatever the share.

    Attributes:
        plausibility: the class.
        pairs: the pairs of figures.
        alike: how many of them have a base and a step of their numerator in common.
            Thousands of pairs have hundreds of bases between them.
    """

    plausibility: Class
    pairs: Sequence[Distinct]
    alike: Mapping[tuple[Figure, Fraction], int]


@dataclass(frozen=True)
class Tried:
    """What was tried in one class.

    Attributes:
        plausibility: the class.
        count: how many different pairs of figures were tried.
        by_chance: how many of them would give the figure by chance alone.
        matches: those that give it, the most plausible first.
        others: the pairs of whole groups that do not, the most plausible first; for
            the class DEFINED only.
    """

    plausibility: Class
    count: int
    by_chance: Fraction
    matches: tuple[Match, ...]
    others: tuple[Match, ...]


def search(
    share: Interval, evidence: Evidence, counted: str, as_at: str
) -> tuple[Tried, ...]:
    """Try every numerator and denominator that the evidence holds.

    How many would match by chance: for each pair tried, its numerator is taken to be
    any of the values from nought to its denominator, a unit of its last place apart,
    each as likely as the other; the chance is the share of them that print as the
    figure. The sum over all pairs is the expected number, exactly.

    Args:
        share: the percentages that would print as the figure does.
        evidence: the evidence.
        counted: the measure that the claim is about, such as ``vacancies``; "" where
            it is not known, which leaves only the class ANY.
        as_at: the claim's own date.

    Returns:
        One entry for each class in which a pair could be tried, most plausible first.
    """
    order = {term: at for at, term in enumerate(sums(terms(evidence), counted))}
    tried = []
    for wanted, found, alike in candidates(evidence, counted, as_at):
        by_chance = sum(
            (
                count * chance(share, base.interval, step)
                for (base, step), count in alike.items()
            ),
            start=Fraction(0),
        )
        matches, others = [], []
        for pair in found:
            numerator, base, match = pair
            if pair.gives(share):
                best = _most_plausible(numerator, base, counted, as_at)
                matches.append(best or match)
            elif wanted == Class.DEFINED and match.numerator.is_whole:
                others.append(match)
        for some in (matches, others):
            some.sort(key=lambda m: (m.rank, order[m.numerator], order[m.denominator]))
        tried.append(
            Tried(wanted, len(found), by_chance, tuple(matches), tuple(others))
        )
    return tuple(tried)


@lru_cache(maxsize=4)
def candidates(evidence: Evidence, counted: str, as_at: str) -> tuple[Candidates, ...]:
    """What there is to try for a claim, each two figures once.

    Many claims of one report are about the same measure and date, so what was found
    for the last few is kept.

    Args:
        evidence: the evidence.
        counted: the measure that the claim is about.
        as_at: the claim's own date.

    Returns:
        One entry for each class in which there is a pair, most plausible first.
    """
    figures = _figures(sums(terms(evidence), counted), counted)
    found: dict[Class, list[Distinct]] = {wanted: [] for wanted in Class}
    for base in figures:
        for numerator in figures:
            if numerator.high <= base.high:
                match = _standing_for_all(numerator, base, counted, as_at)
                if match is not None:
                    found[match.plausibility].append(Distinct(numerator, base, match))
    return tuple(
        Candidates(
            wanted,
            of_class,
            Counter((pair.base, pair.match.numerator.step) for pair in of_class),
        )
        for wanted, of_class in found.items()
        if of_class
    )


def _figures(found: Sequence[Term], counted: str) -> list[Figure]:
    """The figures of terms, in the largest unit of which they all are whole numbers."""
    ends = (end for term in found for end in (term.interval.low, term.interval.high))
    parts = math.lcm(*(end.denominator for end in ends))
    alike: dict[tuple[int, int], list[Term]] = {}
    for term in found:
        low, high = term.interval.low * parts, term.interval.high * parts
        alike.setdefault((int(low), int(high)), []).append(term)
    return [
        Figure(
            low,
            high,
            terms=tuple(each),
            counted=tuple(term for term in each if term.measures == (counted,)),
            others=tuple(
                term
                for term in each
                if len(term.measures) == 1 and term.measures != (counted,)
            ),
        )
        for (low, high), each in alike.items()
    ]


def chance(share: Interval, base: Interval, step: Fraction) -> Fraction:
    """How likely a pair is to give a share, were its numerator anything up to its base.

    Args:
        share: the percentages that would print as the figure does.
        base: the pair's denominator.
        step: one unit of the last place of its numerator.
    """
    low = max(share.low, Fraction(0)) * base.low / 100
    high = min(share.high * base.high / 100, base.high)
    hits = math.floor(high / step) - math.ceil(low / step) + 1
    return Fraction(max(hits, 0), math.floor(base.middle / step) + 1)


def _standing_for_all(
    numerator: Figure, base: Figure, counted: str, as_at: str
) -> Match | None:
    """The pair that stands for all of two figures; None if no terms of theirs make one.

    Until it is named, nothing is asked of a pair of anything over anything but the step
    of its numerator. Where that is the same for all, the first will do.
    """
    if numerator.counted or not numerator.has_one_step:
        return _most_plausible(numerator, base, counted, as_at)
    return next(pairs(numerator.others, base.terms, counted, as_at), None)


def _most_plausible(
    numerator: Figure, base: Figure, counted: str, as_at: str
) -> Match | None:
    # Those that count what the claim is about come before all the others.
    for some in (numerator.counted, numerator.others):
        found = pairs(some, base.terms, counted, as_at)
        if best := min(found, key=lambda pair: pair.rank, default=None):
            return best
    return None


def pairs(
    numerators: Iterable[Term], denominators: Sequence[Term], counted: str, as_at: str
) -> Iterator[Match]:
    """Every term over every other that it may be held against.

    Args:
        numerators: the terms to be numerators.
        denominators: those to be denominators; one that adds up several measures is
            only used where a definition says so.
        counted: the measure that the claim is about; "" where it is not known.
        as_at: the claim's own date.
    """
    for numerator in numerators:
        for denominator in denominators:
            if numerator is denominator or not _comparable(numerator, denominator):
                continue
            same_date = numerator.as_at == denominator.as_at == as_at
            definition = (
                _definition(numerator, denominator, counted) if same_date else ""
            )
            if definition:
                plausibility = Class.DEFINED
            elif counted and numerator.measures == (counted,):
                plausibility = Class.RELATED
            else:
                plausibility = Class.ANY
            if len(denominator.measures) > 1 and not definition:
                continue
            yield Match(numerator, denominator, plausibility, definition, same_date)


def _comparable(numerator: Term, denominator: Term) -> bool:
    """Headcount and FTE never mix; a basis that is not stated goes with either."""
    if numerator.basis == "fte":
        return denominator.basis not in EXACT_BASES
    return denominator.basis != "fte" or numerator.basis not in EXACT_BASES


def _definition(numerator: Term, denominator: Term, counted: str) -> str:
    if numerator.measures != (counted,):
        return ""
    if numerator.place[0] == denominator.place[0]:
        same = (
            numerator.place == denominator.place
            and numerator.units == denominator.units
        )
    else:
        same = numerator.is_whole and denominator.is_whole
    if not same:
        return ""
    words = {measures: words for words, measures in DEFINITIONS.get(counted, ())}
    return words.get(denominator.measures, "")


def percentage(match: Match, decimals: int) -> str:
    """What a pair gives, as a percentage."""
    return f"{amount(match.per_cent.middle, decimals)}%"
