"""Exampleshire's weekly list of caseloads, with slips where asked for."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from scrutiny_pack.exampleshire import SEED

LAST_WEEK = date(2025, 9, 29)
"""The Monday of the last week: that of the census's reference date."""

TEAMS = (
    ("Assessment North", 24), ("Assessment South", 22), ("Child Protection East", 18),
    ("Child Protection West", 17), ("Children in Care", 26), ("Children with Disabilities", 13),
    ("Fostering and Adoption", 15), ("Leaving Care", 14), ("Out of Hours", 4),
)  # fmt: skip
"""The teams, and how many workers each begins with."""

NO_RETURN = 31
"""The week, from the first, for which there is no return."""

HEADINGS = "Week commencing,Team,Worker ID,Number of cases,FTE"

SLIPS = ("cases", "week", "twice", "total")
"""Slips that can be planted in a list: no number, no date, a worker twice in a week and
team, and a row of totals (which is left out, and no error)."""

_MOVES = (-2, -1, -1, 0, 0, 0, 1, 1, 2)


def caseload_list(weeks: int = 60, seed: int = SEED) -> list[str]:
    """The lines of a list, the headings first.

    Caseloads drift upwards over the year; now and then a worker leaves, and another
    comes; a case more or less each week. One week has no return.

    Args:
        weeks: how many weeks it goes back from the last.
        seed: what it is made from.
    """
    random = Random(seed)  # noqa: S311 - made-up workers
    staff = [
        (team, f"EX{10 + place}{number:03}", random.randint(9, 20))
        for place, (team, size) in enumerate(TEAMS)
        for number in range(size)
    ]
    lines = [HEADINGS]
    for week in range(weeks):
        monday = LAST_WEEK - timedelta(weeks=weeks - 1 - week)
        staff = [
            _next_week(random, worker) for worker in staff if random.random() > 0.004
        ]
        staff += [
            (team, f"EX{10 + place}{900 - week}", random.randint(2, 8))
            for place, (team, size) in enumerate(TEAMS)
            if random.random() < size / 250
        ]
        if week != NO_RETURN:
            lines += [
                f"{monday:%d/%m/%Y},{team},{worker},{cases},1.0"
                for team, worker, cases in staff
            ]
    return lines


def _next_week(random: Random, worker: tuple[str, str, int]) -> tuple[str, str, int]:
    team, name, cases = worker
    moved = cases + random.choice(_MOVES) + (random.random() < 0.03)
    return team, name, min(max(moved, 0), 30)


def with_slips(lines: Sequence[str], slips: Sequence[str] = SLIPS) -> list[str]:
    """The lines with one of each slip, each in a line of its own."""
    made = list(lines)
    for place, slip in enumerate(slips):
        line = 40 + 25 * place
        week, team, worker, cases, fte = made[line].split(",")
        if slip == "cases":
            made[line] = f"{week},{team},{worker},n/a,{fte}"
        elif slip == "week":
            made[line] = f"{week[:6]}99,{team},{worker},{cases},{fte}"
        elif slip == "twice":
            made.insert(line, made[line])
        else:
            made.insert(line, f"{week},Total,,{cases},")
    return made
