"""The figures of a return as they may be shown: rounded, hidden, or left out, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from scrutiny_pack.imports import census_measures as measures
from scrutiny_pack.imports.census_groups import (
    AGENCY,
    CASELOADS,
    COVER,
    HOLDERS,
    IN_POST,
    LEAVERS,
    STARTERS,
    WORKERS,
    Breakdown,
    Groups,
    groups_of,
    hidden_groups,
)
from scrutiny_pack.imports.census_measures import Group, Sums
from scrutiny_pack.imports.census_workers import band_of
from scrutiny_pack.imports.disclosure import (
    LEAST_STEP,
    Control,
    may_be_summed,
    middle_range,
)
from scrutiny_pack.observations import SMALLEST_BASE

PEOPLE_NOTE = "Hidden, for it would tell of a few people."
SUM_NOTE = "Hidden, for it rests on a few people, or mostly on one."
BASE_NOTE = f"No percentage is made on a base under {SMALLEST_BASE}."
COVER_NOTE = (
    "More agency workers cover vacancies than there are vacancies or agency workers; the "
    "Department calls such a rate unreliable."
)
NOTHING_NOTE = "There is nothing to make it of."
NOT_GIVEN_NOTE = "The return does not give it."
DAYS_NOTE = "Some of those in post have no figure of days lost in the return."

Key = tuple[str, str]
"""A measure and its basis."""

HEADCOUNT, FTE, NOT_OF_STAFF = "headcount", "fte", "not applicable"
VACANCIES, CASES, DAYS = "vacancies_dfe", "cases_dfe", "days_lost_dfe"
AVERAGE, ABSENCE = "average_caseload_dfe", "absence_rate_dfe"


@dataclass(frozen=True)
class _Rate:
    """A part of a whole, which is one figure or several added up."""

    part: Key
    whole: tuple[Key, ...]
    times: float = 100


_RATES: Mapping[Key, _Rate] = {
    ("turnover_rate_dfe", HEADCOUNT): _Rate(
        (LEAVERS, HEADCOUNT), ((IN_POST, HEADCOUNT),)
    ),
    ("turnover_rate_dfe", FTE): _Rate((LEAVERS, FTE), ((IN_POST, FTE),)),
    ("agency_rate_dfe", HEADCOUNT): _Rate(
        (AGENCY, HEADCOUNT), ((AGENCY, HEADCOUNT), (IN_POST, HEADCOUNT))
    ),
    ("agency_rate_dfe", FTE): _Rate((AGENCY, FTE), ((AGENCY, FTE), (IN_POST, FTE))),
    ("agency_cover_rate_dfe", FTE): _Rate((COVER, FTE), ((AGENCY, FTE),)),
    ("vacancy_rate_dfe", FTE): _Rate(
        (VACANCIES, FTE), ((VACANCIES, FTE), (IN_POST, FTE))
    ),
    ("vacancies_covered_rate_dfe", FTE): _Rate((COVER, FTE), ((VACANCIES, FTE),)),
    (AVERAGE, FTE): _Rate((CASES, NOT_OF_STAFF), ((HOLDERS, FTE),), times=1),
    (ABSENCE, FTE): _Rate((DAYS, FTE), ((IN_POST, FTE),)),
}
_COVER_RATES = ("agency_cover_rate_dfe", "vacancies_covered_rate_dfe")
_ORDER: tuple[Key, ...] = (
    (IN_POST, HEADCOUNT),
    (IN_POST, FTE),
    (STARTERS, HEADCOUNT),
    (STARTERS, FTE),
    (LEAVERS, HEADCOUNT),
    (LEAVERS, FTE),
    ("turnover_rate_dfe", HEADCOUNT),
    ("turnover_rate_dfe", FTE),
    (AGENCY, HEADCOUNT),
    (AGENCY, FTE),
    ("agency_rate_dfe", HEADCOUNT),
    ("agency_rate_dfe", FTE),
    (COVER, HEADCOUNT),
    (COVER, FTE),
    ("agency_cover_rate_dfe", FTE),
    (VACANCIES, FTE),
    ("vacancy_rate_dfe", FTE),
    ("vacancies_covered_rate_dfe", FTE),
    (HOLDERS, HEADCOUNT),
    (HOLDERS, FTE),
    (CASES, NOT_OF_STAFF),
    (AVERAGE, FTE),
    (DAYS, FTE),
    (ABSENCE, FTE),
)


@dataclass(frozen=True)
class Figure:
    """One figure as it may be shown.

    Attributes:
        measure: a name in measures/definitions.yaml.
        basis: headcount, fte, or not applicable.
        value: the figure, or None.
        status: its letters (see `scrutiny_pack.observations`).
        note: why there is no value, or what a reader must know of it.
        decimals: how many it is shown with.
    """

    measure: str
    basis: str
    value: float | None
    status: str = ""
    note: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Row:
    """One group of a breakdown as it may be shown, or all of it.

    Attributes:
        breakdown: the breakdown.
        unit: the group in words.
        code: its code, or its band's name; "" for all of it.
        figures: by headcount, and by FTE where the table has it.
    """

    breakdown: Breakdown
    unit: str
    code: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Figures:
    """All that may be shown of a return.

    Attributes:
        whole: the figures of the council as a whole.
        rows: the breakdowns, row by row.
        range_of_cases: the cases that the workers in the bands that are shown hold, but
            for a few at either end.
        hidden: how many figures are hidden.
    """

    whole: tuple[Figure, ...]
    rows: tuple[Row, ...]
    range_of_cases: tuple[float, float] | None
    hidden: int

    @property
    def hides_bands(self) -> bool:
        """Whether a band of cases is hidden."""
        return any(
            "c" in figure.status
            for row in self.rows
            if row.breakdown == CASELOADS
            for figure in row.figures
        )

    def find(self, measure: str, basis: str) -> Figure:
        """The figure of the council as a whole."""
        return next(f for f in self.whole if (f.measure, f.basis) == (measure, basis))


def protected(
    frame: pd.DataFrame,
    la_level: Mapping[str, Any],
    year: int,
    control: Control,
    *,
    cases_are_told: bool = False,
) -> tuple[Figures, dict[Key, float]]:
    """Work out a return's measures, and what of them may be shown.

    Args:
        frame: a frame of workers.
        la_level: the fields of the council as a whole.
        year: the census year.
        control: how strictly people are protected.
        cases_are_told: whether a weekly list of the same week tells how many hold more
            than some number of cases.

    Returns:
        What may be shown; and, to be compared with the DfE's figures and for nothing
        else, the exact value of each figure of the council as a whole that is shown.
    """
    groups = groups_of(frame, measures.sums(frame, la_level))
    hidden = hidden_groups(groups, control, cases_are_told=cases_are_told)
    exact = _counted(groups)
    whole = tuple(_whole(exact, groups.added, hidden, year, control))
    rows = tuple(_rows(groups, hidden, control))
    cases = middle_range(_caseloads_in_shown_bands(groups, hidden), control)
    figures = [*whole, *(figure for row in rows for figure in row.figures)]
    made = Figures(whole, rows, cases, sum("c" in f.status for f in figures))
    exact |= _rated(exact, year)
    return made, {
        (figure.measure, figure.basis): exact[figure.measure, figure.basis]
        for figure in whole
        if figure.value is not None
    }


def _caseloads_in_shown_bands(groups: Groups, hidden: frozenset[str]) -> list[float]:
    """The caseloads from which a range is made.

    Those in hidden bands are left out: the place of a number among all of them would
    tell how many are in a hidden band below it or above it.
    """
    bands = {
        name
        for name, _, _ in measures.CASES
        if not {CASELOADS.number(name), HOLDERS} & hidden
    }
    held = groups.added.caseloads
    return [number for number in held if band_of(number, measures.CASES) in bands]


# --- The council as a whole ---------------------------------------------------------


def _counted(groups: Groups) -> dict[Key, float]:
    """The figures that are counted or added up, where the return gives them."""
    made: dict[Key, float] = {}
    for measure in (IN_POST, STARTERS, LEAVERS, AGENCY):
        made[measure, HEADCOUNT] = groups.wholes[measure].headcount
        made[measure, FTE] = groups.wholes[measure].fte
    added = groups.added
    made[HOLDERS, HEADCOUNT] = len(added.caseloads)
    made[HOLDERS, FTE] = added.case_holders_fte
    made[CASES, NOT_OF_STAFF] = added.cases
    made[DAYS, FTE] = added.days_lost
    given = {
        (VACANCIES, FTE): added.vacancies_fte,
        (COVER, FTE): added.cover_fte,
        (COVER, HEADCOUNT): added.cover_headcount,
    }
    return made | {key: value for key, value in given.items() if value is not None}


def _rated(counted: Mapping[Key, float], year: int) -> dict[Key, float]:
    """The rates and averages that can be made of what is counted."""
    made = {}
    for key, rate in _RATES.items():
        base = _base(rate, counted)
        if base and rate.part in counted:
            days = measures.working_days(year) if key[0] == ABSENCE else 1
            made[key] = rate.times * counted[rate.part] / (base * days)
    return made


def _base(rate: _Rate, counted: Mapping[Key, float]) -> float | None:
    if any(key not in counted for key in rate.whole):
        return None
    return sum(counted[key] for key in rate.whole)


def _whole(
    exact: Mapping[Key, float],
    added: Sums,
    hidden: frozenset[str],
    year: int,
    control: Control,
) -> Iterator[Figure]:
    """The figures of the council as a whole, in order, as they may be shown.

    With a step of rounding, rates are made of the rounded figures: those made of exact
    ones would tell them.
    """
    shown = {
        key: value if key[0] == VACANCIES else control.rounded(value, _decimals(key))
        for key, value in exact.items()
    }
    rates = _rated(exact if control.step == LEAST_STEP else shown, year)
    unsafe = {
        key
        for key, values in (
            ((CASES, NOT_OF_STAFF), added.caseloads),
            ((DAYS, FTE), added.absences),
        )
        if not may_be_summed(values, control)
    }
    days_note = DAYS_NOTE if added.without_days else ""
    for key in _ORDER:
        figure = partial(Figure, *key)
        parts = _made_of(key)
        if any(measure in hidden for measure, _ in parts):
            yield figure(None, "c", PEOPLE_NOTE)
        elif unsafe & set(parts):
            yield figure(None, "c", SUM_NOTE)
        elif why := _why_none(key, exact):
            yield figure(None, *why)
        elif key in _RATES and key not in rates:
            yield figure(None, "x u", BASE_NOTE)  # its base was rounded to nought
        else:
            note = days_note if key[0] in (DAYS, ABSENCE) else ""
            value = rates[key] if key in _RATES else exact[key]
            yield _shown(key, value, note, control)


def _made_of(key: Key) -> tuple[Key, ...]:
    """The figure itself, or what a rate is made of."""
    rate = _RATES.get(key)
    return (rate.part, *rate.whole) if rate else (key,)


def _why_none(key: Key, exact: Mapping[Key, float]) -> tuple[str, str] | None:
    """The status and the note of a figure that cannot be made; None if it can."""
    if any(part not in exact for part in _made_of(key)):
        return "x", NOT_GIVEN_NOTE
    rate = _RATES.get(key)
    if rate is None:
        return None
    base = _base(rate, exact)
    if not base:
        return "z", NOTHING_NOTE
    if rate.times != 1 and base < SMALLEST_BASE:
        return "x u", BASE_NOTE
    if key[0] in _COVER_RATES and exact[rate.part] > base:
        return "x u", COVER_NOTE
    return None


def _decimals(key: Key) -> int:
    return 0 if key[1] in (HEADCOUNT, NOT_OF_STAFF) and key not in _RATES else 1


def _shown(key: Key, value: float, note: str, control: Control) -> Figure:
    """A figure rounded as it is shown: a rate to a decimal, all else to the step too."""
    decimals = _decimals(key)
    is_rate = key in _RATES
    is_people = not is_rate and key[0] != VACANCIES
    by = control if is_people else Control()
    rounded = by.rounded(value, decimals)
    letters = ["k"] * (rounded == 0 and value > 0)
    if control.step > LEAST_STEP and key[0] != VACANCIES:
        letters.append("e")
        made_of = "Made of figures rounded" if is_rate else "Rounded"
        note = f"{made_of} to the nearest {control.step}. {note}".strip()
    return Figure(*key, rounded, " ".join(letters), note, decimals)


# --- Breakdowns ------------------------------------------------------------------------


def _rows(groups: Groups, hidden: frozenset[str], control: Control) -> Iterator[Row]:
    for breakdown, table in groups.tables.items():
        whole = groups.wholes[breakdown.measure]
        hides_whole = breakdown.measure in hidden
        figures = tuple(_of_group(breakdown, whole, hides_whole, control))
        yield Row(breakdown, breakdown.whole, "", figures)
        for code, group in table.items():
            number = breakdown.number(code)
            figures = tuple(_of_group(breakdown, group, number in hidden, control))
            yield Row(breakdown, breakdown.words(code), code, figures)


def _of_group(
    breakdown: Breakdown,
    group: Group,
    is_hidden: bool,  # noqa: FBT001 - a word for it would only be unpacked again
    control: Control,
) -> Iterator[Figure]:
    values = {HEADCOUNT: float(group.headcount), FTE: group.fte}
    for basis, value in values.items():
        if breakdown.measure == WORKERS and basis == FTE:
            continue
        key = (breakdown.measure, basis)
        if is_hidden:
            yield Figure(*key, None, "c", PEOPLE_NOTE)
        else:
            yield _shown(key, value, "", control)
