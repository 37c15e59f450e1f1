"""The people of Exampleshire from year to year: who starts, who stays and who leaves.

One workforce is made for 2020 and carried on, so that the leavers of each return are
people whom the one before it has. The same seed and size give the same people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from scrutiny_pack.exampleshire import SEED

FIRST_YEAR = 2020
"""The year before the first return."""

_ROLES = ("1", "2", "3", "4", "5", "6")
_OF_ROLES = (1, 4, 14, 18, 53, 10)
_ETHNICITIES = (
    "WBRI", "WIRI", "WOTH", "MWBC", "MWAS", "AIND", "APKN", "BCRB", "BAFR", "OOTH",
    "REFU", "NOBT",
)  # fmt: skip
_OF_ETHNICITIES = (68, 2, 5, 2, 1, 3, 3, 4, 7, 1, 2, 2)
_ORIGINS = tuple(str(code) for code in range(1, 10))
_OF_ORIGINS = (30, 26, 3, 14, 4, 9, 6, 4, 4)
_DESTINATIONS = tuple(str(code) for code in range(1, 9))
_OF_DESTINATIONS = (28, 3, 20, 5, 9, 18, 5, 12)
_REASONS = ("1", "2", "3", "4", "5", "7", "8", "9")
_OF_REASONS = (66, 2, 1, 2, 12, 9, 5, 3)
_TIMES = (1.0, 0.8, 0.6, 0.5)
_OF_TIMES = (72, 14, 10, 4)

_LEAVING = 0.13  # of those in post, in a year
_GROWING = 1.02  # the workforce, in a year
_FROM_AGENCY = 0.14  # agency workers, for each in post


@dataclass(frozen=True)
class Person:
    """Somebody made up.

    Attributes:
        number: of registration; it is no real one.
        born: a date.
        sex: F or M.
        ethnicity: a code of the census.
        qualified: the level of the qualification, a code.
        role: a code.
        started: the first day.
        origin: where from, a code.
        left: the last day, or None.
        destination: where to, a code; "" for who has not left.
        reason: why, a code; likewise.
        fte: part of a full-time post.
        fte_before: the same on 30 September a year earlier; 0 for who began since.
        cases: held on 30 September.
        days_lost: to sickness in the year.
        is_agency: whether an agency supplies the worker.
        weeks: of an agency worker's contract.
    """

    number: str
    born: date
    sex: str
    ethnicity: str
    qualified: str
    role: str
    started: date
    origin: str
    left: date | None
    destination: str
    reason: str
    fte: float
    fte_before: float
    cases: int
    days_lost: float
    is_agency: bool = False
    weeks: int = 0


@lru_cache(maxsize=8)
def people(year: int, size: int = 250, seed: int = SEED) -> tuple[Person, ...]:
    """Everybody in the return of a year: in post, leavers and agency workers.

    Args:
        year: the census year, 2021 to 2025.
        size: about how many are employed.
        seed: what the people are made from.

    Returns:
        Those employed and those who left, by number, then the agency workers.
    """
    random = Random(f"{seed} {size}")  # noqa: S311 - made-up people
    staff = [_employed(random, number, FIRST_YEAR) for number in range(1, size + 1)]
    next_number = size + 1
    left: list[Person] = []
    for this_year in range(FIRST_YEAR + 1, year + 1):
        staff, left = _one_year_on(random, staff, this_year)
        wanted = round(size * _GROWING ** (this_year - FIRST_YEAR)) - len(staff)
        for _ in range(max(wanted, 0)):
            staff.append(_starter(random, next_number, this_year))
            next_number += 1
    agency = [
        _agency_worker(random, next_number + place, year)
        for place in range(round(_FROM_AGENCY * len(staff)))
    ]
    everybody = sorted([*staff, *left], key=lambda person: person.number)
    return (*everybody, *agency)


def _one_year_on(
    random: Random, staff: Sequence[Person], year: int
) -> tuple[list[Person], list[Person]]:
    """Who of last year's staff is still there, and who left in the year."""
    stayed, left = [], []
    for person in staff:
        before = replace(person, fte_before=person.fte)
        if random.random() < _LEAVING:
            end = date(year - 1, 10, 1) + timedelta(days=random.randrange(364))
            left.append(
                replace(
                    before,
                    left=end,
                    destination=_one(random, _DESTINATIONS, _OF_DESTINATIONS),
                    reason=_one(random, _REASONS, _OF_REASONS),
                    fte=0.0,
                    cases=0,
                    days_lost=_days(random),
                )
            )
        else:
            days = _days(random)
            stayed.append(
                replace(before, cases=_cases(random, person.role), days_lost=days)
            )
    return stayed, left


def _employed(random: Random, number: int, year: int) -> Person:
    """One of the workforce at the beginning, some years in post."""
    years = min(random.expovariate(1 / 5), 30)
    started = date(year, 9, 30) - timedelta(days=1 + int(365 * years))
    role = _one(random, _ROLES, _OF_ROLES)
    return _person(random, number, started, role)


def _starter(random: Random, number: int, year: int) -> Person:
    started = date(year - 1, 10, 1) + timedelta(days=random.randrange(364))
    role = _one(random, _ROLES[3:], _OF_ROLES[3:])
    return replace(_person(random, number, started, role), fte_before=0.0)


def _person(random: Random, number: int, started: date, role: str) -> Person:
    age = 22 + min(random.expovariate(1 / 9), 38)
    fte = _one_of(random, _TIMES, _OF_TIMES)
    return Person(
        number=f"EX{number:010}",
        born=started - timedelta(days=int(365.25 * age)),
        sex="F" if random.random() < 0.85 else "M",
        ethnicity=_one(random, _ETHNICITIES, _OF_ETHNICITIES),
        qualified=_one(random, ("1", "2", "3"), (45, 52, 3)),
        role=role,
        started=started,
        origin=_one(random, _ORIGINS, _OF_ORIGINS),
        left=None,
        destination="",
        reason="",
        fte=fte,
        fte_before=fte,
        cases=_cases(random, role),
        days_lost=_days(random),
    )


def _agency_worker(random: Random, number: int, year: int) -> Person:
    person = _person(random, number, date(year, 4, 1), "5")
    fte = _one_of(random, (1.0, 0.8), (88, 12))
    weeks = random.randrange(4, 105)
    return replace(person, is_agency=True, fte=fte, weeks=weeks)


def _cases(random: Random, role: str) -> int:
    """Case holders hold some seventeen, senior practitioners fewer, others none."""
    middle = {"5": 17.0, "4": 11.0}.get(role, 0.0)
    if not middle:
        return 0
    return max(1, round(random.gauss(middle, 4.5)))


def _days(random: Random) -> float:
    if random.random() < 0.35:
        return 0.0
    return float(min(round(2 * random.expovariate(1 / 9)) / 2, 200))


def _one(random: Random, values: Sequence[str], weights: Sequence[int]) -> str:
    return random.choices(values, weights)[0]


def _one_of(random: Random, values: Sequence[float], weights: Sequence[int]) -> float:
    return random.choices(values, weights)[0]
