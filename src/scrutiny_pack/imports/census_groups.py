"""The groups of people that a return is made into, and which of them are hidden.

All groups of one return are one forest of numbers (see `disclosure`), so that nothing
hidden in one table can be worked out from another, nor from last year's pack.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from scrutiny_pack.imports import census_measures as measures
from scrutiny_pack.imports import disclosure
from scrutiny_pack.imports.census_fields import codes
from scrutiny_pack.imports.census_measures import Group, Sums
from scrutiny_pack.imports.census_workers import AGES, NOT_STATED, SERVICE, Band
from scrutiny_pack.imports.disclosure import Control, Total, hidden_numbers

IN_POST, STARTERS, LEAVERS = "in_post_dfe", "starters_dfe", "leavers_dfe"
AGENCY, COVER = "agency_workers_dfe", "agency_covering_vacancies_dfe"
HOLDERS, WORKERS = "case_holders_dfe", "workers"
"""The measures that count people; ``workers`` are those in post and from an agency."""

_BANDS: Mapping[str, Sequence[Band]] = {
    "age": AGES,
    "service": SERVICE,
    "caseload": measures.CASES,
}
_STAYED = "in post now and a year ago"
_BEFORE = "in post a year ago"
_NOT_COVERING = "agency workers who cover no vacancy"


@dataclass(frozen=True)
class Breakdown:
    """One group of people, by one thing that the return says of them.

    Attributes:
        measure: whom it counts.
        column: the column of the frame of workers.
        title: how a table of it is called.
        whole: how its row of all of them is called.
    """

    measure: str
    column: str
    title: str
    whole: str

    def number(self, code: str) -> str:
        """How the number of one of its groups is called in the forest."""
        return f"{self.title}: {code}"

    def words(self, code: str) -> str:
        """One of its groups in words."""
        if code == NOT_STATED:
            return "Not stated"
        return code if self.column in _BANDS else codes(self.column)[code]

    def band(self, code: str) -> tuple[int | None, int | None]:
        """Where a band begins and ends; of cases, its fewest and its most."""
        for name, first, after in _BANDS.get(self.column, ()):
            if name == code and after is not None:
                return first, after - 1 if self.column == "caseload" else after
            if name == code:
                return first, None
        return None, None


ROLES = Breakdown(IN_POST, "role", "In post by role", "All in post")
SERVICE_IN_POST = Breakdown(
    IN_POST, "service", "In post by time in service", "All in post"
)
REASONS = Breakdown(LEAVERS, "reason", "Leavers by reason for leaving", "All leavers")
DESTINATIONS = Breakdown(
    LEAVERS, "destination", "Leavers by where they went", "All leavers"
)
ROLES_OF_LEAVERS = Breakdown(LEAVERS, "role", "Leavers by role", "All leavers")
CASELOADS = Breakdown(
    WORKERS, "caseload", "Workers by cases held", "All in post or from an agency"
)
BREAKDOWNS = (
    ROLES,
    Breakdown(IN_POST, "age", "In post by age", "All in post"),
    SERVICE_IN_POST,
    Breakdown(STARTERS, "origin", "Starters by where they came from", "All starters"),
    REASONS,
    DESTINATIONS,
    ROLES_OF_LEAVERS,
    Breakdown(LEAVERS, "age", "Leavers by age", "All leavers"),
    Breakdown(LEAVERS, "service", "Leavers by time in service", "All leavers"),
    CASELOADS,
)
"""The tables of groups that are made of a return, each with one margin."""


@dataclass(frozen=True, repr=False)
class Groups:
    """The groups of people of a return, nothing hidden yet.

    Attributes:
        wholes: each measure of people.
        tables: each breakdown, by code.
        added: what adds up over people.
    """

    wholes: Mapping[str, Group]
    tables: Mapping[Breakdown, Mapping[str, Group]]
    added: Sums

    def __repr__(self) -> str:
        """Nothing of what it holds."""
        return "<groups, not shown>"


def groups_of(frame: pd.DataFrame, added: Sums) -> Groups:
    """Count the people of a frame of workers, group by group."""
    people = {
        IN_POST: measures.in_post(frame),
        STARTERS: measures.starters(frame),
        LEAVERS: measures.leavers(frame),
        AGENCY: measures.agency(frame),
        WORKERS: measures.workers(frame),
    }
    return Groups(
        {measure: measures.group(rows) for measure, rows in people.items()},
        {each: measures.by(people[each.measure], each.column) for each in BREAKDOWNS},
        added,
    )


def hidden_groups(
    groups: Groups, control: Control, *, cases_are_told: bool = False
) -> frozenset[str]:
    """Which groups are hidden: measures of people, and numbers of breakdowns.

    Args:
        groups: the groups.
        control: how strictly people are protected.
        cases_are_told: whether a weekly list tells of the same people's cases; no band
            of cases is given then if one is hidden.
    """
    numbers, totals, unpublished = forest(groups)

    def hide(also: frozenset[str]) -> frozenset[str]:
        return hidden_numbers(numbers, totals, control, KNOWN, unpublished, also)

    hidden = hide(frozenset())
    new = SERVICE_IN_POST.number(SERVICE[0][0])
    if len({new, STARTERS} & hidden) == 1:  # nearly the same people: see forest
        hidden = hide(hidden | {new, STARTERS})
    is_told = cases_are_told and not hidden.isdisjoint(_bands_of_cases())
    if is_told or _cases_give_bands_away(groups, hidden, control):
        hidden = hide(hidden | set(_bands_of_cases()))
    return hidden


def _bands_of_cases() -> list[str]:
    """The bands of those who hold any cases."""
    return [CASELOADS.number(name) for name, _, _ in measures.CASES][1:]


def _cases_give_bands_away(
    groups: Groups, hidden: frozenset[str], control: Control
) -> bool:
    """Whether the sum of cases tells too much of a hidden band of cases."""
    bands = [
        disclosure.Band(
            first,
            None if after is None else after - 1,
            groups.tables[CASELOADS][name].headcount,
            CASELOADS.number(name) in hidden,
        )
        for name, first, after in measures.CASES[1:]
    ]
    if all(band.is_hidden for band in bands):
        return False
    return disclosure.sum_gives_bands_away(bands, groups.added.cases, control)


KNOWN = frozenset({IN_POST, _BEFORE})
"""Numbers that a reader may know: from the DfE, or from last year's pack."""


def forest(groups: Groups) -> tuple[dict[str, int], list[Total], set[str]]:
    """All numbers of people, what adds up to what, and which are never published.

    Those who began in the year and those in post for under a year are the same people,
    and one number, unless a person began twice. Who was in post a year ago either
    stayed or left: with last year's pack, the leavers tell the stayers and so the
    starters. An agency worker covers a vacancy or does not.
    """
    numbers = {measure: group.headcount for measure, group in groups.wholes.items()}
    numbers |= {
        breakdown.number(code): group.headcount
        for breakdown, table in groups.tables.items()
        for code, group in table.items()
    }
    totals = [
        Total(each.measure, tuple(map(each.number, table)), is_breakdown=True)
        for each, table in groups.tables.items()
        if each not in (SERVICE_IN_POST, CASELOADS)
    ]
    totals += _staying(groups, numbers)
    totals += _holding(groups, numbers)
    unpublished = {_STAYED, _BEFORE}
    numbers[COVER] = _covering(groups.added)
    if numbers[COVER] <= numbers[AGENCY]:
        numbers[_NOT_COVERING] = numbers[AGENCY] - numbers[COVER]
        unpublished.add(_NOT_COVERING)
        totals.append(Total(AGENCY, (COVER, _NOT_COVERING)))
    return numbers, totals, unpublished


def _staying(groups: Groups, numbers: dict[str, int]) -> Iterator[Total]:
    new, *older = map(SERVICE_IN_POST.number, groups.tables[SERVICE_IN_POST])
    numbers[_STAYED] = numbers[IN_POST] - numbers[new]
    numbers[_BEFORE] = numbers[_STAYED] + numbers[LEAVERS]
    yield Total(IN_POST, (new, _STAYED))
    yield Total(_STAYED, tuple(older), is_breakdown=True)
    yield Total(_BEFORE, (_STAYED, LEAVERS))
    if numbers[new] == numbers[STARTERS]:
        yield Total(new, (STARTERS,))


def _holding(groups: Groups, numbers: dict[str, int]) -> Iterator[Total]:
    none, bands = CASELOADS.number(measures.CASES[0][0]), _bands_of_cases()
    unknown = [CASELOADS.number(NOT_STATED)] * (NOT_STATED in groups.tables[CASELOADS])
    numbers[HOLDERS] = sum(numbers[band] for band in bands)
    yield Total(WORKERS, (IN_POST, AGENCY))
    yield Total(WORKERS, (none, *unknown, HOLDERS))
    yield Total(HOLDERS, tuple(bands), is_breakdown=True)


def _covering(added: Sums) -> int:
    """How many agency workers cover vacancies: at least one where there is any FTE."""
    return max(added.cover_headcount or 0, 1 if added.cover_fte else 0)
