"""The figures of one week's caseloads as they may be shown.

The numbers of people of a week are one forest: the teams add up to the council (or,
where workers are in two teams, the places in teams do, and how many are in two teams is
never published), and so do those above the ceiling and those who are not. How many
workers the council has in all is taken to be known to every reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scrutiny_pack.imports.disclosure import (
    LEAST_STEP,
    Band,
    Control,
    Total,
    hidden_numbers,
    may_be_summed,
    middle_range,
    sum_gives_bands_away,
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


def week_figures(week: Week, ceiling: int | None, control: Control) -> list[WeekFigure]:
    """What may be shown of one week: the whole council first, then team by team.

    Args:
        week: what workers hold.
        ceiling: the cases above which the council does not want a worker to go; None
            where it gives none.
        control: how strictly people are protected.
    """
    hidden = _hidden_people(week, ceiling, control)
    without_cases = _hidden_cases(week, ceiling, hidden, control)
    figures: list[WeekFigure] = []
    for team in ("", *week.teams):
        name = team or _ALL
        held = [own for own, _ in week.teams[team]] if team else list(week.workers)
        people = WeekFigure(team, WORKERS, len(held))
        cases = WeekFigure(team, CASES, sum(held))
        figures.append(_shown(people, name in hidden, PEOPLE_NOTE, control))
        figures.append(_shown(cases, name in without_cases, SUM_NOTE, control))
        if name not in hidden | without_cases:
            figures += _range(team, week, ceiling, _OVER in hidden, control)
        if not team and ceiling is not None:
            over = sum(cases > ceiling for cases in week.workers)
            above = WeekFigure("", ABOVE, over)
            figures.append(_shown(above, _OVER in hidden, PEOPLE_NOTE, control))
            figures.append(WeekFigure("", CEILING, ceiling))
    return figures


def _hidden_people(week: Week, ceiling: int | None, control: Control) -> frozenset[str]:
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
    also: set[str] = set()
    if ceiling is not None:
        over = sum(cases > ceiling for cases in week.workers)
        numbers |= {_OVER: over, _UNDER: len(week.workers) - over}
        unpublished.add(_UNDER)
        totals.append(Total(_ALL, (_OVER, _UNDER)))
        if over == len(week.workers):
            also.add(_OVER)  # it would say of everybody that he is above it
    return hidden_numbers(
        numbers, totals, control, known=(_ALL,), unpublished=unpublished, also=also
    )


def _hidden_cases(
    week: Week, ceiling: int | None, hidden: frozenset[str], control: Control
) -> frozenset[str]:
    """The teams (and the whole) whose cases may not be shown.

    The cases of a hidden team could be worked out from the others and the whole. So
    teams are hidden until those that are hidden may be summed together.
    """
    everything = frozenset((_ALL, *week.teams))
    if _ALL in hidden or not may_be_summed(week.workers, control):
        return everything
    if ceiling is not None and _OVER in hidden:
        over = sum(cases > ceiling for cases in week.workers)
        bands = (
            Band(0, ceiling, len(week.workers) - over, is_hidden=True),
            Band(ceiling + 1, None, over, is_hidden=True),
        )
        if sum_gives_bands_away(bands, sum(week.workers), control):
            return everything
    held = {team: [own for own, _ in pairs] for team, pairs in week.teams.items()}
    without = {
        team
        for team, cases in held.items()
        if team in hidden or not may_be_summed(cases, control)
    }
    while without and (
        len(without) == 1
        or not may_be_summed([n for team in without for n in held[team]], control)
    ):
        others = [team for team in held if team not in without]
        if not others:
            return everything
        without.add(min(others, key=lambda team: len(held[team])))
    return frozenset(without)


def _range(
    team: str,
    week: Week,
    ceiling: int | None,
    above_is_hidden: bool,  # noqa: FBT001 - a word for it would only be unpacked again
    control: Control,
) -> list[WeekFigure]:
    """The range of a group, if it is large enough.

    Where it is hidden how many are above the ceiling, a range is made of the others
    alone: the place of a number among all of them would tell.
    """
    pairs = week.teams[team] if team else [(n, n) for n in week.workers]
    note = ""
    if ceiling is not None and above_is_hidden:
        pairs = [pair for pair in pairs if pair[1] <= ceiling]
        note = "Of those at or under the ceiling."
    ends = middle_range((own for own, _ in pairs), control)
    if ends is None:
        return []
    return [WeekFigure(team, RANGE, ends=ends, status="e", note=note)]


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
