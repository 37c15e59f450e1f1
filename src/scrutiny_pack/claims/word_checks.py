"""Checks of words: a rank, a direction or a multiple, against the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.evaluation import Result, evaluate
from scrutiny_pack.claims.evidence import Cell, Evidence, NotAtHand
from scrutiny_pack.claims.findings import Check, Claim, Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.references import (
    Alternatives,
    Called,
    Cells,
    Combined,
    Expression,
    write,
)
from scrutiny_pack.claims.wording import capital, figure, when
from scrutiny_pack.claims.words import (
    Direction,
    Multiple,
    Rank,
    Way,
    is_stable,
    multiple_interval,
    place_range,
    read_words,
    steps,
)
from scrutiny_pack.evidence.formatting import listed
from scrutiny_pack.periods import Period

WORDS = "words"
"""The name of this check."""

LEFT_OPEN = "The report leaves open what"
"""How a finding of words that may be of one thing or another begins."""

DAYS_IN_A_STEP = 400
"""Two figures further apart than this many days have a year between them."""

_PLACES = (
    "", "", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ",
    "ninth ", "tenth ",
)  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One figure of a series.

    Attributes:
        interval: what it may stand for.
        shown: the figure for a sentence.
        as_at: its date.
        is_rate: whether it is in per cent.
    """

    interval: Interval
    shown: str
    as_at: str
    is_rate: bool

    @property
    def dated(self) -> str:
        """The figure with its date."""
        return f"{self.shown} ({when(self.as_at)})"


def words_check(claim: Claim, rests_on: Expression, evidence: Evidence) -> Check:
    """A rank, a direction or a multiple held against the figures it rests on.

    Args:
        claim: a claim of kind ranking, trend or multiple.
        rests_on: ``place(rows, column=value)``, ``series(rows)``,
            ``change(before, after)``, or several such with ``or`` between them where the
            report does not say what its words are of.
        evidence: the evidence.

    Raises:
        NotAtHand: if the figures are not in the evidence.
        ClaimError: if the words or what they rest on cannot be read.
    """
    if isinstance(rests_on, Alternatives):
        return _of_readings(claim, rests_on, evidence)
    meant = read_words(claim.printed)
    match meant, rests_on:
        case Rank(), Called("place", (Cells() as rows,), options):
            return _rank_check(meant, evidence.find(rows), options)
        case Direction(), Called("series", (Cells() as rows,), options):
            points = [_point(cell) for cell in evidence.find(rows) if cell.interval]
            return _direction_check(claim.printed, meant, points, dict(options))
        case Direction(), Called("change", (before, after), _):
            points = [_of_result(evaluate(part, evidence)) for part in (before, after)]
            return _direction_check(claim.printed, meant, points, {})
        case Multiple(), Called("change", (before, after), _):
            return _multiple_check(
                meant, evaluate(before, evidence), evaluate(after, evidence)
            )
    msg = (
        f"'{claim.printed}' cannot rest on '{write(rests_on)}': a rank rests on place( ), a "
        "direction on series( ) or change( ), a multiple on change( )"
    )
    raise ClaimError(msg)


def _of_readings(claim: Claim, rests_on: Alternatives, evidence: Evidence) -> Check:
    """One check of words that may be of one thing or another.

    If they hold of each, they hold; if they hold of none, they do not. Of some only, or
    of something that cannot be checked, it is a question.
    """
    made = []
    for part in rests_on.readings:
        try:
            made.append(words_check(claim, part, evidence))
        except NotAtHand as reason:
            sentence = f"{capital(str(reason))}."
            made.append(Check(WORDS, Verdict.UNCHECKED, "", "", sentence))
    if len({check.verdict for check in made}) == 1:
        return made[0]
    named = _names_of(rests_on.readings, evidence)
    each = [
        f"{name}: {check.sentence[:1].lower()}{check.sentence[1:]}"
        for name, check in zip(named, made, strict=True)
    ]
    sentence = f"{LEFT_OPEN} '{claim.printed}' is of. {' '.join(each)}"
    working = "; ".join(check.working for check in made if check.working)
    shown = next((check.recomputed for check in made if check.recomputed), "")
    detail = max((check.detail for check in made), key=len)
    return Check(WORDS, Verdict.QUESTION, shown, working, sentence, detail)


def _names_of(readings: Sequence[Expression], evidence: Evidence) -> list[str]:
    """What tells several readings apart: whose figures they are, or since when."""
    cells = [_cells_of(reading, evidence) for reading in readings]
    whose = [listed(list(dict.fromkeys(c.subject for c in each))) for each in cells]
    if len(set(whose)) == len(readings):
        return [capital(name) for name in whose]
    first = [min((Period.parse(c.as_at) for c in each), default=None) for each in cells]
    if None not in first and len(set(first)) == len(readings):
        return [f"Since {when(date.text)}" for date in first if date]
    return [f"Reading {at}" for at in range(1, len(readings) + 1)]


def _cells_of(expression: Expression, evidence: Evidence) -> Sequence[Cell]:
    match expression:
        case Cells():
            return evidence.find(expression)
        case Called(_, arguments, _):
            return [c for part in arguments for c in _cells_of(part, evidence)]
        case Combined(_, left, right):
            return [*_cells_of(left, evidence), *_cells_of(right, evidence)]
    return ()


def _point(cell: Cell) -> Point:
    interval = cell.interval or Interval.exactly(0)
    return Point(interval, cell.shown, cell.as_at, cell.is_rate)


def _of_result(result: Result) -> Point:
    dates = [Period.parse(cell.as_at) for cell in result.cells if cell.as_at]
    latest = max(dates).text if dates else ""
    is_rate = result.dimension != "number"
    return Point(result.in_per_cent(), result.working, latest, is_rate)


def _multiple_check(meant: Multiple, before: Result, after: Result) -> Check:
    if before.interval.low <= 0:
        msg = f"there is no multiple of {before.working}"
        raise NotAtHand(msg)
    ratio = after.interval / before.interval
    holds = ratio.meets(multiple_interval(meant.times))
    shown = figure(ratio, 2)
    start = "It holds: from" if holds else "From"
    sentence = f"{start} {before.working} to {after.working} is {shown} times as much."
    verdict = Verdict.AGREES if holds else Verdict.DISAGREES
    return Check(WORDS, verdict, shown, f"{after.working} / {before.working}", sentence)


def _rank_check(
    meant: Rank, cells: Sequence[Cell], options: Sequence[tuple[str, str]]
) -> Check:
    column, value = next(pair for pair in options if pair[0] != "of")
    wanted = dict(options).get("of", str(len(cells)))
    if not wanted.isdigit() or len(cells) != int(wanted):
        msg = f"{len(cells)} of the {wanted} to be compared are at hand"
        raise NotAtHand(msg)
    placed = [(cell, cell.interval) for cell in cells if cell.interval is not None]
    at = [n for n, (cell, _) in enumerate(placed) if cell.columns.get(column) == value]
    if len(at) != 1:
        msg = f"there is no one figure with {column}={value} among those compared"
        raise NotAtHand(msg)
    intervals = [interval for _, interval in placed]
    first, last = place_range(intervals, at[0], from_lowest=meant.from_lowest)
    extreme = "lowest" if meant.from_lowest else "highest"
    found = _place(first, extreme)
    if last > first:
        others = last - first
        found += f", level with {'one other' if others == 1 else f'{others} others'},"
    holds = first <= meant.place <= last
    lost = len(cells) - len(placed)
    among = f"{len(placed)}" + (f" with a figure ({lost} have none)" if lost else "")
    start = "It holds: it is" if holds else "By the figures it is"
    sentence = f"{start} the {found} of {among}: {placed[at[0]][0].shown}."
    ordered = sorted(placed, key=lambda pair: (pair[1].middle, pair[0].subject))
    if not meant.from_lowest:
        ordered.reverse()
    of_one = len({cell.subject for cell, _ in placed}) == 1
    working = ", ".join(
        f"{cell.shown} ({when(cell.as_at)})"
        if of_one
        else f"{cell.subject} {cell.shown}"
        for cell, _ in ordered
    )
    verdict = Verdict.AGREES if holds else Verdict.DISAGREES
    return Check(WORDS, verdict, found.rstrip(","), working, sentence)


def _place(number: int, extreme: str) -> str:
    word = _PLACES[number] if number < len(_PLACES) else f"{number}th "
    return f"{word}{extreme}"


def _direction_check(
    words: str, meant: Direction, points: Sequence[Point], options: Mapping[str, str]
) -> Check:
    series = sorted(points, key=lambda point: Period.parse(point.as_at))
    if len(series) < 2:
        raise NotAtHand(
            "the evidence has fewer than the two figures that a direction takes"
        )
    way = _way(meant, options)
    if way == "same":
        return _stable_check(series)
    found = steps([point.interval for point in series])
    across = steps([series[0].interval, series[-1].interval])[0]
    verdict, sentence = _judge(words, meant, way, found, across, series)
    listing = listed([point.dated for point in series])
    figures = f"The figures: {listing}."
    if len(series) == 2:
        sentence, figures = f"{sentence} {figures}", ""
    return Check(WORDS, verdict, ", ".join(found), listing, sentence, figures)


def _way(meant: Direction, options: Mapping[str, str]) -> Way:
    match meant.way:
        case "better" | "worse":
            better = options.get("better", "")
            if better not in {"lower", "higher"}:
                msg = "for 'better' or 'worse', say which: series(..., better=lower)"
                raise ClaimError(msg)
            falls = (meant.way == "better") == (better == "lower")
            return "down" if falls else "up"
        case way:
            return way


def _stable_check(series: Sequence[Point]) -> Check:
    """Whether a series is stable: its lowest and its highest figure are near each other."""
    ends = sorted(series, key=lambda point: point.interval.middle)
    first, last = sorted((ends[0], ends[-1]), key=series.index)
    moved = last.interval - first.interval
    size = Interval(-moved.high, -moved.low) if moved.middle < 0 else moved
    fine = first.is_rate and size.high - size.low <= Fraction(1, 10)
    shown = figure(size, 2 if fine else 1, "points" if first.is_rate else "")
    listing = listed([point.dated for point in series])
    if is_stable(first.interval, last.interval, is_rate=first.is_rate):
        sentence = f"It holds: it moved by {shown} at most."
        detail = f"The figures: {listing}."
        return Check(WORDS, Verdict.AGREES, shown, listing, sentence, detail)
    way = "up" if moved.middle > 0 else "down"
    sentence = (
        f"It was {first.shown} at {when(first.as_at)} and {last.shown} at "
        f"{when(last.as_at)}: {way} by {shown}, which is not stable."
    )
    return Check(WORDS, Verdict.DISAGREES, shown, listing, sentence)


def _judge(
    words: str,
    meant: Direction,
    way: Way,
    found: Sequence[Way],
    across: Way,
    series: Sequence[Point],
) -> tuple[Verdict, str]:
    """The verdict on a direction, from the steps and from first to last."""
    if all(step == way for step in found):
        if meant.every_step and _has_gap(series):
            return Verdict.UNCHECKED, (
                "The first and the last figure fit, but a year between them is not in the "
                "evidence, so it cannot be checked for each year."
            )
        if meant.is_trend and len(series) == 2:
            return Verdict.QUESTION, (
                f"It went {way}. Two figures show a change; a trend takes three or more."
            )
        each = f" at each of {len(found)} steps" if len(found) > 1 else ""
        return Verdict.AGREES, f"It holds: it went {way}{each}."
    path = f"it went {listed([_step(step) for step in found])}"
    if len(found) > 1:
        path = f"{path}, and from first to last {_step(across)}"
    if across != way or meant.every_step:
        text = f"{capital(path)}, so the figures do not bear out '{words}'."
        return Verdict.DISAGREES, text
    return Verdict.QUESTION, (
        f"{capital(path)}; whether that is '{words}' is a matter of words."
    )


def _step(way: Way) -> str:
    return "neither up nor down" if way == "same" else way


def _has_gap(series: Sequence[Point]) -> bool:
    ends = [Period.parse(point.as_at).end for point in series]
    return any(
        (after - before).days > DAYS_IN_A_STEP for before, after in pairwise(ends)
    )
