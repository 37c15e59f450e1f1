"""Checks of words: a rank, a direction or a multiple, against the figures."""

from collections.abc import Mapping, Sequence

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.evaluation import evaluate
from scrutiny_pack.claims.evidence import Cell, Evidence, NotAtHand
from scrutiny_pack.claims.figure_checks import where
from scrutiny_pack.claims.findings import Check, Claim, Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.references import Called, Cells, Expression, write
from scrutiny_pack.claims.wording import figure, when
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

DAYS_IN_A_STEP = 400
"""Two figures further apart than this many days have a year between them."""

_PLACES = ("", "", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ",
           "ninth ", "tenth ")  # fmt: skip


def words_check(claim: Claim, rests_on: Expression, evidence: Evidence) -> Check:
    """A rank, a direction or a multiple held against the figures it rests on.

    Args:
        claim: a claim of kind ranking, trend or multiple.
        rests_on: ``place(rows, column=value)``, ``series(rows)`` or
            ``change(before, after)``.
        evidence: the evidence.

    Raises:
        NotAtHand: if the figures are not in the evidence.
        ClaimError: if the words or what they rest on cannot be read.
    """
    meant = read_words(claim.printed)
    match meant, rests_on:
        case Rank(), Called("place", (Cells() as rows,), options):
            return _rank_check(meant, evidence.find(rows), options)
        case Direction(), Called("series", (Cells() as rows,), options):
            return _direction_check(
                claim.printed, meant, evidence.find(rows), dict(options)
            )
        case Direction(), Called("change", (before, after), options):
            pair = (*evaluate(before, evidence).cells, *evaluate(after, evidence).cells)
            return _direction_check(claim.printed, meant, pair, dict(options))
        case Multiple(), Called("change", (before, after), _):
            first, last = evaluate(before, evidence), evaluate(after, evidence)
            if first.interval.low <= 0:
                raise NotAtHand(f"there is no multiple of {first.working}")
            ratio = last.interval / first.interval
            verdict = Verdict.DISAGREES
            if ratio.meets(multiple_interval(meant.times)):
                verdict = Verdict.AGREES
            shown = figure(ratio, 2)
            holds = "It holds: from" if verdict == Verdict.AGREES else "From"
            sentence = (
                f"{holds} {first.working} to {last.working} is {shown} times as much."
            )
            return Check(
                WORDS, verdict, shown, f"{last.working} / {first.working}", sentence
            )
    msg = (
        f"claim {claim.id}: '{claim.printed}' cannot rest on '{write(rests_on)}': a rank rests "
        "on place( ), a direction on series( ) or change( ), a multiple on change( )"
    )
    raise ClaimError(msg)


def _rank_check(
    meant: Rank, cells: Sequence[Cell], options: Sequence[tuple[str, str]]
) -> Check:
    column, value = next(pair for pair in options if pair[0] != "of")
    wanted = dict(options).get("of", str(len(cells)))
    if not wanted.isdigit() or len(cells) != int(wanted):
        reason = f"{len(cells)} of the {wanted} to be compared are at hand"
        raise NotAtHand(reason)
    placed = [(cell, cell.interval) for cell in cells if cell.interval is not None]
    at = [n for n, (cell, _) in enumerate(placed) if cell.columns.get(column) == value]
    if len(at) != 1:
        raise NotAtHand(
            f"there is no one figure with {column}={value} among those compared"
        )
    intervals = [interval for _, interval in placed]
    first, last = place_range(intervals, at[0], from_lowest=meant.from_lowest)
    verdict = Verdict.AGREES if first <= meant.place <= last else Verdict.DISAGREES
    extreme = "lowest" if meant.from_lowest else "highest"
    found = _place(first, extreme)
    if last > first:
        found = f"{_place(first, extreme)} to {_place(last, extreme)}, with equals"
    ordered = sorted(placed, key=lambda pair: (pair[1].middle, pair[0].subject))
    if not meant.from_lowest:
        ordered.reverse()
    working = ", ".join(f"{cell.subject} {cell.shown}" for cell, _ in ordered)
    lost = len(cells) - len(placed)
    among = f"{len(placed)} with a figure" + (f" ({lost} have none)" if lost else "")
    start = "It holds: it is" if verdict == Verdict.AGREES else "By the figures it is"
    sentence = f"{start} the {found}, of {among}: {placed[at[0]][0].shown}."
    return Check(WORDS, verdict, found, working, sentence)


def _place(number: int, extreme: str) -> str:
    word = _PLACES[number] if number < len(_PLACES) else f"{number}th "
    return f"{word}{extreme}"


def _direction_check(
    words: str, meant: Direction, cells: Sequence[Cell], options: Mapping[str, str]
) -> Check:
    known = [cell for cell in cells if cell.interval is not None]
    known.sort(key=lambda cell: Period.parse(cell.as_at))
    if len(known) < 2:
        raise NotAtHand(
            "a direction takes two figures, and the evidence has not got them"
        )
    way = _way(meant, options)
    series = [cell.interval for cell in known if cell.interval is not None]
    listing = listed([f"{cell.shown} ({when(cell.as_at)})" for cell in known])
    if way == "same":
        return _stable(known[0], known[-1], series, listing)
    found = steps(series)
    across = steps([series[0], series[-1]])[0]
    verdict, sentence = _judge(words, meant, way, found, across, known)
    return Check(
        WORDS, verdict, ", ".join(found), listing, f"{sentence} {_end(listing)}"
    )


def _end(listing: str) -> str:
    return f"The figures: {listing}."


def _way(meant: Direction, options: Mapping[str, str]) -> Way:
    if meant.way not in {"better", "worse"}:
        return meant.way  # type: ignore[return-value]
    better = options.get("better", "")
    if better not in {"lower", "higher"}:
        msg = "for 'better' or 'worse', say which is better: series(..., better=lower)"
        raise ClaimError(msg)
    falls = (meant.way == "better") == (better == "lower")
    return "down" if falls else "up"


def _stable(first: Cell, last: Cell, series: Sequence[Interval], listing: str) -> Check:
    moved = series[-1] - series[0]
    unit = "points" if first.is_rate else ""
    size = figure(_size(moved), 2 if first.is_rate else 1, unit)
    way = "up" if moved.middle > 0 else "down"
    if is_stable(series[0], series[-1], is_rate=first.is_rate):
        return Check(
            WORDS, Verdict.AGREES, size, listing, f"It holds: it moved by {size}."
        )
    sentence = (
        f"It was {first.shown} at {when(first.as_at)} ({where(first)}) and {last.shown} at "
        f"{when(last.as_at)}: {way} by {size}, which is not stable."
    )
    return Check(WORDS, Verdict.DISAGREES, size, listing, sentence)


def _size(change: Interval) -> Interval:
    return Interval(-change.high, -change.low) if change.middle < 0 else change


def _judge(
    words: str,
    meant: Direction,
    way: Way,
    found: Sequence[Way],
    across: Way,
    cells: Sequence[Cell],
) -> tuple[Verdict, str]:
    """The verdict on a direction, from the steps and from first to last."""
    if all(step == way for step in found):
        if meant.every_step and _has_gap(cells):
            sentence = (
                "The first and the last figure fit, but a year between them is not in the "
                "evidence, so it cannot be checked for each year."
            )
            return Verdict.UNCHECKED, sentence
        if meant.is_trend and len(cells) == 2:
            sentence = f"It went {way}. Two figures show a change; a trend takes three or more."
            return Verdict.QUESTION, sentence
        each = f" at each of {len(found)} steps" if len(found) > 1 else ""
        return Verdict.AGREES, f"It holds: it went {way}{each}."
    path = listed(list(found))
    ends = {"same": "back where it began", "up": "up", "down": "down"}[across]
    steps_words = f"Step by step it went {path}, and from first to last {ends}"
    if len(found) == 1:
        steps_words = f"It went {path}" if across != "same" else "It did not move"
    if across != way or meant.every_step:
        return (
            Verdict.DISAGREES,
            f"{steps_words}, so the figures do not bear out '{words}'.",
        )
    return (
        Verdict.QUESTION,
        f"{steps_words}; whether that is '{words}' is a matter of words.",
    )


def _has_gap(cells: Sequence[Cell]) -> bool:
    ends = [Period.parse(cell.as_at).end for cell in cells]
    gaps = (after - before for before, after in zip(ends, ends[1:], strict=False))
    return any(gap.days > DAYS_IN_A_STEP for gap in gaps)
