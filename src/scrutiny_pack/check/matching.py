"""Whether a figure is one that the cited items hold, and if not, what they hold."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, islice

from scrutiny_pack.check.figures import Figure
from scrutiny_pack.check.held import Held, Holding
from scrutiny_pack.claims.findings import Verdict as Audited
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.precision import compare
from scrutiny_pack.claims.printed import Printed
from scrutiny_pack.claims.wording import exact, marked
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

_CHANGE = re.compile(
    r"\b(?:rose|rise|risen|rising|increas\w*|grew|grow\w*|up|fell|fall\w*|drop\w*|decreas\w*|reduc\w*"
    r"|declin\w*|down|differ\w*|gap|chang\w*|more|fewer|less|higher|lower|above|below|mov\w*|between"
    r"|added|lost|gain\w*|short\w*|over|under|extra|additional|improv\w*|worse\w*)\b",
    re.IGNORECASE,
)
_FTE_BESIDE = re.compile(r"\s*(?:[\w-]+\s+){0,2}?(?:fte|wte)\b", re.IGNORECASE)
_FTE = re.compile(r"(\bby |\bin )?\b(?:fte|wte|full[- ]time equivalents?)\b", re.IGNORECASE)
_HEADCOUNT = re.compile(r"\bhead\s?counts?\b", re.IGNORECASE)
_OTHER_BASIS = {"fte": ("headcount",), "headcount": ("fte",)}
_MOST_PAIRS = 300
_MOST_COUNT_PAIRS = 30
_NEAR_ENOUGH = Fraction(1, 4)


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


def match(figure: Figure, sentence: str, holdings: Sequence[Holding], stated: Sequence[Figure] = ()) -> Match:
    """Look for a figure in the items that its sentence cites.

    Args:
        figure: the figure.
        sentence: the sentence, without its citations.
        holdings: the items, the most likely first.
        stated: the other figures of the sentence.
    """
    printed = figure.printed
    basis = _basis(figure, sentence)
    narrowed = [
        (holding, [h for h in holding.narrowed(sentence) if h.basis not in _OTHER_BASIS.get(basis, ())])
        for holding in holdings
    ]
    for wanted in (Audited.AGREES, Audited.ROUND):
        for holding, among in narrowed:
            for held in among:
                if _verdict(printed, held) == wanted:
                    return _holds(wanted, holding, held)
    others = [each.printed for each in stated if each is not figure]
    worked_out = _worked_out(printed, sentence, narrowed, others)
    if worked_out:
        return worked_out
    for holding, among in narrowed:
        for held in among:
            if _verdict(printed, held) == Audited.TRUNCATED:
                said = (
                    f"{holding.name} has {held.shown} ({held.where}): {printed.text} is what is left when "
                    "its other digits are cut off, a slip of rounding."
                )
                return Match(Verdict.CUT, said, (held,))
    for holding, among in narrowed:
        for held in holding.figures:
            if held not in among and _verdict(printed, held) == Audited.AGREES:
                said = (
                    f"{holding.name} has {held.shown} for {held.where}, which is not the row or column that "
                    f"the sentence names.{_named(printed, among)}"
                )
                return Match(Verdict.ELSEWHERE, said, (held,))
    if without_unit := _without_unit(printed, narrowed):
        return without_unit
    if figure.in_words:
        said = f"{_names(holdings)} holds no such figure; in words, it may count something else."
        return Match(Verdict.UNSURE, said)
    return _differs(printed, narrowed)


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


def _holds(verdict: Audited, holding: Holding, held: Held) -> Match:
    made = Verdict.HOLDS if verdict == Audited.AGREES else Verdict.ROUND
    return Match(made, f"{holding.name} has {held.shown} ({held.where}).", (held,))


def _verdict(printed: Printed, held: Held) -> Audited:
    """A printed figure beside one that is held: the best over all that it is known as."""
    if not _same_unit(printed, held):
        return Audited.DISAGREES
    found = [_compared(printed, point) for point in held.points]
    order = (Audited.AGREES, Audited.ROUND, Audited.TRUNCATED, Audited.DISAGREES)
    return min(found, key=order.index)


def stands_for(printed: Printed, held: Held) -> bool:
    """Whether a printed figure agrees with one that is held."""
    return _verdict(printed, held) == Audited.AGREES


def _compared(printed: Printed, point: Fraction) -> Audited:
    if not printed.step:  # a fraction in words, of a rate
        point /= 100
    if printed.value is None or printed.value >= 0:
        point = abs(point)  # "13.20 under" and "(13.20)" are both below nought
    if printed.reading in {"at least", "at most"} and printed.value is not None:
        near = abs(point - printed.value) <= _NEAR_ENOUGH * abs(printed.value)
        if not near:
            return Audited.DISAGREES
    return compare(printed, Interval.exactly(point)).verdict


def _same_unit(printed: Printed, held: Held) -> bool:
    if not printed.step:
        return held.unit == "per cent"
    if printed.unit == held.unit:
        return True
    # "Rates of 26.73 and 20.21": a rate whose unit the sentence leaves out.
    return not printed.unit and held.unit in {"per cent", "points"} and printed.step < 1


def _worked_out(
    printed: Printed,
    sentence: str,
    narrowed: Sequence[tuple[Holding, Sequence[Held]]],
    others: Sequence[Printed],
) -> Match | None:
    """A share or a change that the items' figures give, though none of them is it."""
    if printed.value is None or printed.reading not in {"figure", "about"} or not printed.step:
        return None
    is_change = bool(_CHANGE.search(sentence))
    for holding, among in narrowed:
        figures = [held for held in among if held.role != "words"]
        stated = [held for held in figures if any(_verdict(o, held) == Audited.AGREES for o in others)]
        for held, working in (*_of_two(printed, stated, is_change, share=True), *_of_all(printed, figures, is_change)):
            said = f"{holding.name} does not hold it, but gives it: {working}."
            return Match(Verdict.WORKED_OUT, said, held)
    return None


def _of_all(printed: Printed, figures: Sequence[Held], is_change: bool) -> Iterator[tuple[tuple[Held, Held], str]]:  # noqa: FBT001
    if not is_change:
        return
    values = [held for held in figures if held.role == "value"]
    most = _MOST_PAIRS if printed.unit == "points" else _MOST_COUNT_PAIRS
    pairs = [pair for pair in islice(combinations(values, 2), 20 * most) if _alike(*pair)]
    if len(pairs) <= most:
        for pair in pairs:
            yield from _changes(printed, *pair)


def _of_two(
    printed: Printed,
    stated: Sequence[Held],
    is_change: bool,  # noqa: FBT001
    *,
    share: bool,
) -> Iterator[tuple[tuple[Held, Held], str]]:
    for pair in combinations(stated, 2):
        if is_change:
            yield from _changes(printed, *pair)
        if share and printed.unit == "per cent":
            yield from _shares(printed, *pair)


def _alike(one: Held, other: Held) -> bool:
    return one.unit == other.unit and one.measure == other.measure


def _changes(printed: Printed, one: Held, other: Held) -> Iterator[tuple[tuple[Held, Held], str]]:
    if one.unit != other.unit:
        return
    first, second = one.interval, other.interval
    difference = _size(second - first)
    in_points = printed.unit == "points" and one.unit == "per cent"
    if (in_points or (printed.unit == one.unit and printed.unit != "per cent")) and _fits(printed, difference):
        larger, smaller = (one, other) if max(one.points) >= max(other.points) else (other, one)
        yield (one, other), f"{_shown(larger)} less {_shown(smaller)} is {_figure(difference, printed)}"
    if printed.unit == "per cent" and one.unit != "per cent":
        for before, after in ((one, other), (other, one)):
            if before.interval.low > 0:
                change = _size((after.interval - before.interval) / before.interval).times(100)
                if _fits(printed, change):
                    yield (one, other), f"from {_shown(before)} to {_shown(after)} is {_figure(change, printed)}"


def _shares(printed: Printed, one: Held, other: Held) -> Iterator[tuple[tuple[Held, Held], str]]:
    for part, whole in ((one, other), (other, one)):
        if part.unit or whole.unit or whole.interval.low <= 0 or part.interval.low > whole.interval.high:
            continue
        share = (part.interval / whole.interval).times(100)
        if _fits(printed, share):
            yield (one, other), f"{_shown(part)} of {_shown(whole)} is {_figure(share, printed)}"


def _fits(printed: Printed, computed: Interval) -> bool:
    return compare(printed, computed).verdict == Audited.AGREES


def _size(change: Interval) -> Interval:
    if change.middle < 0:
        return Interval(-change.high, -change.low)
    return change


def _shown(held: Held) -> str:
    return f"{held.shown} ({held.where})"


def _figure(computed: Interval, printed: Printed) -> str:
    return marked(exact(computed.middle, 2), printed.unit)


def _without_unit(printed: Printed, narrowed: Sequence[tuple[Holding, Sequence[Held]]]) -> Match | None:
    """A rate whose sentence leaves out that it is in per cent."""
    if printed.unit or printed.step < 1:
        return None
    as_rate = replace(printed, unit="per cent")
    for holding, among in narrowed:
        for held in among:
            if held.unit == "per cent" and _verdict(as_rate, held) == Audited.AGREES:
                said = f"{holding.name} has {held.shown} ({held.where}); {printed.text} is without its unit here."
                return Match(Verdict.UNSURE, said, (held,))
    return None


def _named(printed: Printed, among: Iterable[Held]) -> str:
    """What stands in the row and column that the sentence names, if it is little."""
    there = [h for h in among if h.role == "value" and not h.is_total and _same_unit(printed, h)]
    if not 0 < len(there) <= 4:
        return ""
    return f" There it has {listed([_shown(held) for held in there])}."


def _names(holdings: Sequence[Holding]) -> str:
    return listed(list(dict.fromkeys(holding.name for holding in holdings)))


def _differs(printed: Printed, narrowed: Sequence[tuple[Holding, Sequence[Held]]]) -> Match:
    names = _names([holding for holding, _ in narrowed])
    verb = "holds" if len({holding.name for holding, _ in narrowed}) == 1 else "hold"
    target = printed.value
    near: list[tuple[Fraction, Holding, Held]] = []
    if target is not None:
        near = [
            (min(abs(abs(p) - abs(target)) for p in held.points), holding, held)
            for holding, among in narrowed
            for held in among
            if held.role != "words" and _same_unit(printed, held)
        ]
    if not near:
        return Match(Verdict.DIFFERS, f"{names} {verb} no such figure.")
    best = min(near, key=lambda each: (each[0], each[2].role != "value"))
    _, holding, held = best
    finer = any(_compared(_coarser(printed, h), p) == Audited.AGREES for *_, h in near for p in h.points)
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
    if printed.value is None or printed.step >= held.step or len(held.points) > 1 or held.step >= 1:
        return printed
    half = held.step / 2
    return replace(printed, low=printed.value - half, high=printed.value + half, step=held.step)
