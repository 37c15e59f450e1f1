"""Whether a figure is one that the cited items hold, and if not, what they hold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from scrutiny_pack.check.agreement import agreement, compared, same_unit, stands_for
from scrutiny_pack.check.figures import Figure
from scrutiny_pack.check.held import Held, Holding
from scrutiny_pack.check.working_out import worked_out
from scrutiny_pack.claims.findings import Verdict as Audited
from scrutiny_pack.claims.printed import Printed
from scrutiny_pack.evidence.formatting import listed


class Verdict(StrEnum):
    """What the check finds; each word is what a reader sees."""

    HOLDS = "holds"
    ROUND = "holds as a round figure"
    WORKED_OUT = "holds, worked out from the item"
    CUT = "holds only if digits are cut off"
    ELSEWHERE = "stands in another row or column"
    UNSURE = "cannot be told"
    DIFFERS = "does not agree"
    UNCITED = "has no citation"
    NOT_THERE = "cites what is not there"
    CHANGED = "has changed since it was cited"


HOLDING = (Verdict.HOLDS, Verdict.ROUND, Verdict.WORKED_OUT)
"""The verdicts of figures that stand."""

LOOK_AGAIN = (Verdict.CUT, Verdict.ELSEWHERE, Verdict.UNSURE)
"""The verdicts of figures that a person should look at again."""

_FTE_BESIDE = re.compile(r"\s*(?:[\w-]+\s+){0,2}?(?:fte|wte)\b", re.IGNORECASE)
_FTE = re.compile(
    r"(\bby |\bin )?\b(?:fte|wte|full[- ]time equivalents?)\b", re.IGNORECASE
)
_HEADCOUNT = re.compile(r"\bhead\s?counts?\b", re.IGNORECASE)
_OTHER_BASIS = {"fte": "headcount", "headcount": "fte"}


@dataclass(frozen=True)
class Match:
    """What is found of a figure.

    Attributes:
        verdict: the verdict.
        said: in one plain sentence.
        held: the figures of the item that it stands for, if it does.
    """

    verdict: Verdict
    said: str
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class _Sought:
    """A figure that is looked for.

    Attributes:
        figure: the figure.
        sentence: its sentence.
        items: the items that it may be in, each with its figures as far as the
            sentence does not name others.
        others: the other figures of the sentence.
    """

    figure: Figure
    sentence: str
    items: Sequence[tuple[Holding, Sequence[Held]]]
    others: Sequence[Printed]

    @property
    def printed(self) -> Printed:
        return self.figure.printed

    def first(self, wanted: Audited) -> tuple[Holding, Held] | None:
        for holding, among in self.items:
            for held in among:
                if agreement(self.printed, held) == wanted:
                    return holding, held
        return None


def match(
    figure: Figure,
    sentence: str,
    holdings: Sequence[Holding],
    stated: Sequence[Figure] = (),
) -> Match:
    """Look for a figure in the items that its sentence cites.

    Args:
        figure: the figure.
        sentence: the sentence, without its citations.
        holdings: the items, the most likely first.
        stated: the figures of the sentence.
    """
    other_basis = _OTHER_BASIS.get(_basis(figure, sentence), "")
    items = [
        (
            each,
            [
                h
                for h in each.narrowed(sentence)
                if not h.basis or h.basis != other_basis
            ],
        )
        for each in holdings
    ]
    others = [each.printed for each in stated if each is not figure]
    sought = _Sought(figure, sentence, items, others)
    for look in (_as_it_is, _as_given, _cut_off, _elsewhere, _without_unit, _in_words):
        found = look(sought)
        if found:
            return found
    return _differs(sought.printed, sought.items)


def _as_it_is(sought: _Sought) -> Match | None:
    for wanted, made in (
        (Audited.AGREES, Verdict.HOLDS),
        (Audited.ROUND, Verdict.ROUND),
    ):
        found = sought.first(wanted)
        if found:
            holding, held = found
            return Match(made, f"{holding.name} has {_shown(held)}.", (held,))
    return None


def _as_given(sought: _Sought) -> Match | None:
    for holding, among in sought.items:
        given = worked_out(sought.printed, sought.sentence, among, sought.others)
        if given:
            said = f"{holding.name} does not hold it, but gives it: {given.working}."
            return Match(Verdict.WORKED_OUT, said, given.held)
    return None


def _cut_off(sought: _Sought) -> Match | None:
    found = sought.first(Audited.TRUNCATED)
    if not found:
        return None
    holding, held = found
    said = (
        f"{holding.name} has {_shown(held)}: {sought.printed.text} is what is left when "
        "its other digits are cut off, a slip of rounding."
    )
    return Match(Verdict.CUT, said, (held,))


def _elsewhere(sought: _Sought) -> Match | None:
    for holding, among in sought.items:
        for held in holding.figures:
            if stands_for(sought.printed, held):
                said = (
                    f"{holding.name} has {held.shown} for {held.where}, which is not the row "
                    f"or column that the sentence names.{_named(sought.printed, among)}"
                )
                return Match(Verdict.ELSEWHERE, said, (held,))
    return None


def _without_unit(sought: _Sought) -> Match | None:
    """A rate whose sentence leaves out that it is in per cent."""
    printed = sought.printed
    if printed.unit or printed.step < 1:
        return None
    found = replace(
        sought, figure=replace(sought.figure, printed=replace(printed, unit="per cent"))
    ).first(Audited.AGREES)
    if not found:
        return None
    holding, held = found
    said = (
        f"{holding.name} has {_shown(held)}; {printed.text} is without its unit here."
    )
    return Match(Verdict.UNSURE, said, (held,))


def _in_words(sought: _Sought) -> Match | None:
    if not sought.figure.in_words:
        return None
    names = _names([holding for holding, _ in sought.items])
    said = f"{names} holds no such figure; in words, it may count something else."
    return Match(Verdict.UNSURE, said)


def _shown(held: Held) -> str:
    return f"{held.shown} ({held.where})"


def _basis(figure: Figure, sentence: str) -> str:
    """By what a sentence says that a figure counts: fte, headcount, or "" if it does not.

    A basis beside another figure, as in ``26 vacancies (24.91 FTE)``, says nothing of
    this one.
    """
    if _FTE_BESIDE.match(sentence, figure.end):
        return "fte"
    fte, heads = _FTE.search(sentence), _HEADCOUNT.search(sentence)
    if heads and not fte:
        return "headcount"
    return "fte" if fte and fte[1] and not heads else ""


def _named(printed: Printed, among: Iterable[Held]) -> str:
    """What stands in the row and column that the sentence names, if it is little."""
    there = [
        h
        for h in among
        if h.role == "value" and not h.is_total and same_unit(printed, h)
    ]
    if not 0 < len(there) <= 4:
        return ""
    return f" There it has {listed([_shown(held) for held in there])}."


def _names(holdings: Sequence[Holding]) -> str:
    return listed(list(dict.fromkeys(holding.name for holding in holdings)))


def _differs(
    printed: Printed, narrowed: Sequence[tuple[Holding, Sequence[Held]]]
) -> Match:
    names = _names([holding for holding, _ in narrowed])
    verb = "holds" if len({holding.name for holding, _ in narrowed}) == 1 else "hold"
    target = printed.value
    near: list[tuple[Fraction, Holding, Held]] = []
    if target is not None:
        near = [
            (min(abs(abs(p) - abs(target)) for p in held.points), holding, held)
            for holding, among in narrowed
            for held in among
            if held.role != "words" and same_unit(printed, held)
        ]
    if not near:
        return Match(Verdict.DIFFERS, f"{names} {verb} no such figure.")
    best = min(near, key=lambda each: (each[0], each[2].role != "value"))
    _, holding, held = best
    finer = any(
        compared(_coarser(printed, h), p) == Audited.AGREES
        for *_, h in near
        for p in h.points
    )
    if finer:
        said = f"{holding.name} has {held.shown} ({held.where}), with fewer decimals than {printed.text}."
        return Match(Verdict.DIFFERS, said, (held,))
    return Match(
        Verdict.DIFFERS,
        f"{names} {'does' if verb == 'holds' else 'do'} not hold {printed.text}; the nearest is {held.shown} ({held.where}).",
        (held,),
    )


def _coarser(printed: Printed, held: Held) -> Printed:
    """The printed figure, as if it were printed with as few decimals as what is held."""
    if (
        printed.value is None
        or printed.step >= held.step
        or len(held.points) > 1
        or held.step >= 1
    ):
        return printed
    half = held.step / 2
    return replace(
        printed, low=printed.value - half, high=printed.value + half, step=held.step
    )
