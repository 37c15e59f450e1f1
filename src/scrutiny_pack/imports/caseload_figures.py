"""The figures of one week's caseloads as they may be shown.

The numbers of people of a week are one forest: the teams add up to the council (or,
where workers are in two teams, the places in teams do, and how many are in two teams is
never published), and so do those above the ceiling and those who are not. How many
workers the council has in all is taken to be known to every reader, and so is how many
cases a worker can have at most, for the import refuses more.

Weeks and imports taken together must tell no more than one of them: see `Known`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scrutiny_pack.imports.caseload_list import MOST_CASES
from scrutiny_pack.imports.disclosure import (
    LEAST_STEP,
    Control,
    Total,
    hidden_numbers,
    may_be_summed,
    middle_range,
)

WORKERS, CASES = "workers_weekly", "cases_weekly"
RANGE, ABOVE, CEILING = (
    "caseload_range_weekly",
    "workers_above_ceiling",
    "caseload_ceiling",
)

PEOPLE_NOTE = "Hidden, for it would tell of a few people."
SUM_NOTE = "Hidden, for it rests on a few people, or would give others away."

# Names of numbers that no team can have: team names hold no control characters.
_ALL, _PLACES, _IN_TWO = "\0all", "\0places", "\0in two teams"
_OVER, _UNDER = "\0above the ceiling", "\0not above the ceiling"


@dataclass(frozen=True, repr=False)
class Week:
    """What workers hold in one week; the text form shows nothing of it.

    Attributes:
        workers: the cases of each worker of the council, in all teams together.
        teams: by team, for each of its workers: the cases held in the team, and the
            cases held in all teams together.
    """

    workers: Sequence[int]
    teams: Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Known:
    """What a reader may have that was written before.

    Attributes:
        hidden: the teams whose number was hidden in an earlier import of this week;
            "" for the number above the ceiling. It is hidden again: with another
            beside it, what is hidden now could be worked out from both imports.
        without_cases: the teams whose cases were hidden; "" for the whole council.
        week_before: the teams whose number is hidden in the week before. Where one
            more is to be hidden to cover another, it is one of those if it can be:
            teams change little in a week.
        bands_of_cases: whether a census of this week's time shows bands of cases and
            hides some. Neither the number above the ceiling nor ranges are given then:
            they would tell the hidden bands.
    """

    hidden: frozenset[str] = frozenset()
    without_cases: frozenset[str] = frozenset()
    week_before: frozenset[str] = frozenset()
    bands_of_cases: bool = False


@dataclass(frozen=True)
class WeekFigure:
    """One figure of a week as it may be shown.

    Attributes:
        team: the team; "" for the whole council.
        measure: a name in measures/definitions.yaml.
        value: the figure, or None.
        ends: the lowest and the highest, where it is a range.
        status: its letters.
        note: what a reader must know of it.
    """

    team: str
    measure: str
    value: float | None = None
    ends: tuple[float, float] | None = None
    status: str = ""
    note: str = ""


def week_figures(
    week: Week,
    ceiling: int | None,
    control: Control,
    known: Known = Known(),
) -> list[WeekFigure]:
    """What may be shown of one week: the whole council first, then team by team.

    Args:
        week: what workers hold.
        ceiling: the cases above which the council does not want a worker to go; None
            where it gives none.
        control: how strictly people are protected.
        known: what was written before that must not be added to.
    """
    hidden = _hidden_people(week, ceiling, control, known)
    without_cases = _hidden_cases(week, ceiling, hidden, control, known)
    has_ranges = _OVER not in hidden and not known.bands_of_cases
    figures: list[WeekFigure] = []
    for team in ("", *week.teams):
        name = team or _ALL
        held = [own for own, _ in week.teams[team]] if team else list(week.workers)
        people = WeekFigure(team, WORKERS, len(held))
        cases = WeekFigure(team, CASES, sum(held))
        figures.append(_shown(people, name in hidden, PEOPLE_NOTE, control))
        figures.append(_shown(cases, name in without_cases, SUM_NOTE, control))
        if has_ranges and name not in hidden | without_cases:
            figures += _range(team, held, control)
        if not team and ceiling is not None:
            over = sum(cases > ceiling for cases in week.workers)
            above = WeekFigure("", ABOVE, over)
            figures.append(_shown(above, _OVER in hidden, PEOPLE_NOTE, control))
            figures.append(WeekFigure("", CEILING, ceiling))
    return figures


def _hidden_people(
    week: Week, ceiling: int | None, control: Control, before: Known
) -> frozenset[str]:
    """Which numbers of people may not be shown."""
    numbers = {team: len(held) for team, held in week.teams.items()}
    numbers[_ALL] = len(week.workers)
    totals: list[Total] = []
    unpublished: set[str] = set()
    if control.is_small(numbers[_ALL]):
        return frozenset((*numbers, _OVER))
    places = sum(len(held) for held in week.teams.values())
    if places == len(week.workers):
        totals.append(Total(_ALL, tuple(week.teams)))
    else:
        numbers |= {_PLACES: places, _IN_TWO: places - len(week.workers)}
        unpublished |= {_PLACES, _IN_TWO}
        totals.append(Total(_PLACES, tuple(week.teams)))
        totals.append(Total(_PLACES, (_ALL, _IN_TWO)))
    also = set(before.hidden & week.teams.keys())
    if ceiling is not None:
        over = sum(cases > ceiling for cases in week.workers)
        numbers |= {_OVER: over, _UNDER: len(week.workers) - over}
        unpublished.add(_UNDER)
        totals.append(Total(_ALL, (_OVER, _UNDER)))
        if over == len(week.workers) or "" in before.hidden or before.bands_of_cases:
            # Of everybody it would say that he is above it.
            also.add(_OVER)
    return hidden_numbers(
        numbers,
        totals,
        control,
        known=(_ALL,),
        unpublished=unpublished,
        also=also,
        sooner=before.week_before,
    )


def _hidden_cases(
    week: Week,
    ceiling: int | None,
    hidden: frozenset[str],
    control: Control,
    before: Known,
) -> frozenset[str]:
    """The teams (and the whole) whose cases may not be shown.

    The cases of a hidden team could be worked out from the others and the whole. So
    teams are hidden until those that are hidden may be summed together.
    """
    everything = frozenset((_ALL, *week.teams))
    if _ALL in hidden or "" in before.without_cases:
        return everything
    if not may_be_summed(week.workers, control):
        return everything
    held = {team: [own for own, _ in pairs] for team, pairs in week.teams.items()}
    without = {
        team
        for team, cases in held.items()
        if team in hidden | before.without_cases or not may_be_summed(cases, control)
    }
    while without and (
        len(without) == 1
        or not may_be_summed([n for team in without for n in held[team]], control)
    ):
        others = [team for team in held if team not in without]
        if not others:
            return everything
        without.add(min(others, key=lambda team: len(held[team])))
    if ceiling is not None and _OVER in hidden:
        if _cases_tell([week.workers], ceiling, control):
            return everything
        is_one_list = sum(map(len, held.values())) == len(week.workers)
        shown = [cases for team, cases in held.items() if team not in without]
        pooled = [n for team in without for n in held[team]]
        if is_one_list and _cases_tell([*shown, pooled], ceiling, control):
            return frozenset(held)
    return frozenset(without)


def _cases_tell(
    groups: Sequence[Sequence[int]], ceiling: int, control: Control
) -> bool:
    """Whether the cases of groups tell too much of how many are above the ceiling.

    Args:
        groups: the cases of each worker, group by group; a reader has how many workers
            a group has, and how many cases in all.
        ceiling: the ceiling.
        control: the threshold.

    Returns:
        Whether fewer numbers of people than rule 2 asks for could be above it. In a
        group, that can be any number that leaves each worker with cases on his side of
        the ceiling.
    """
    least = most = 0
    for cases in groups:
        people, held = len(cases), sum(cases)
        most += min(people, held // (ceiling + 1))
        too_many = held - ceiling * people
        least += max(0, -(-too_many // max(MOST_CASES - ceiling, 1)))
    return most - max(least, 1) < control.threshold


def _range(team: str, held: Sequence[int], control: Control) -> list[WeekFigure]:
    """The range of a group, if it is large enough.

    There is none where it is hidden how many are above the ceiling: the place of a
    number among all of them, or among those at or under it, would tell.
    """
    ends = middle_range(held, control)
    return [WeekFigure(team, RANGE, ends=ends, status="e")] if ends else []


def _shown(
    figure: WeekFigure,
    is_hidden: bool,  # noqa: FBT001 - as above
    note: str,
    control: Control,
) -> WeekFigure:
    if is_hidden:
        return WeekFigure(figure.team, figure.measure, status="c", note=note)
    if control.step == LEAST_STEP or figure.value is None:
        return figure
    return WeekFigure(
        figure.team,
        figure.measure,
        control.rounded(figure.value),
        status="e",
        note=f"Rounded to the nearest {control.step}.",
    )
