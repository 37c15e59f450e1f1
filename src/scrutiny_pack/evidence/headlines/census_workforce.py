"""What is said of a council's census return: titles, notes, changes and questions.

Pure functions of the dataset ``census-workforce`` and of what
`scrutiny_pack.measures.census_workforce` makes of it. A title names a figure only if
it is shown.
"""

from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import number, plural
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.evidence.in_words import HEADINGS, notes_of
from scrutiny_pack.measures import census_workforce as measured
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.measures.rates import exact_sum
from scrutiny_pack.observations import records
from scrutiny_pack.periods import Period

HIDDEN = (
    "A number marked [c] is hidden, because it would tell of a few people or give such a "
    "number away. It is not a nought."
)
SIDE_BY_SIDE = (
    "Leavers are not divided by those in post, group by group: the groups are small, and "
    "a few people would move such a rate far."
)
SERVICE = (
    "Time since the worker's present or last spell with the council began; of leavers, "
    "to the day on which they left."
)
ROUNDED_BASES = (
    "A rate is made of figures before rounding, so it may differ in its last decimal from "
    "that of the figures beside it."
)
BOTH = "Social workers in post and agency workers together."

PEOPLE_HEADINGS = HEADINGS | {"who": "Who"}
RATE_HEADINGS = HEADINGS | {"made_of": "Made of", "counted": "Counted by"}

_WHO = {
    measured.IN_POST: "In post",
    measured.STARTERS: "Started in the year",
    measured.LEAVERS: "Left in the year",
    measured.AGENCY: "Agency workers",
    measured.COVER: "Agency workers who cover a vacancy",
    measured.VACANCIES: "Vacancies",
    measured.HOLDERS: "With at least one case",
}

DECIMALS: dict[str, int | None] = dict.fromkeys(measured.RATES, 1)
"""Rates and averages are shown as the return gives them, to one decimal."""

NOT_STATED = ("Not known", "Not yet collected", "Not stated")
"""Groups of those of whom the return does not say it."""


def key_about(figure: pd.DataFrame) -> str:
    """What a key figure means, to begin its subtitle."""
    meaning = measures()[figure["measure"].iloc[0]].meaning
    return meaning.split(";")[0].rstrip(".")


def key_title(figure: pd.DataFrame) -> str:
    """Which key figure it is."""
    return measures()[figure["measure"].iloc[0]].title


def with_names(people: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``who``: whom each counts."""
    return people.assign(who=[_WHO[measure] for measure in people["measure"]])


def people_title(people: pd.DataFrame) -> str:
    """How many are in post, and how many started and left."""
    plain = "Who works for the council, who started and who left"
    counts = [
        _headcount(people, measure)
        for measure in (measured.IN_POST, measured.STARTERS, measured.LEAVERS)
    ]
    if any(count is None for count in counts):
        return plain
    in_post, started, left = (number(count) for count in counts if count is not None)
    return first_that_fits(
        f"{in_post} in post; {started} started and {left} left in the year", plain
    )


def with_bases(rates: pd.DataFrame) -> pd.DataFrame:
    """The rates in per cent, each with ``made_of``: both figures behind it.

    ``figure`` names the column that they stand in.
    """
    known = measures()
    in_per_cent = rates[rates["measure"] != measured.AVERAGE]
    made_of = [_made_of(row, known[row["measure"]]) for row in records(in_per_cent)]
    return in_per_cent.assign(figure="Rate", made_of=made_of)


def rates_title(rates: pd.DataFrame) -> str:
    """The vacancy rate and the turnover rate, as far as they are shown."""
    names = {measured.VACANCY_RATE: "Vacancy rate", measured.TURNOVER: "turnover rate"}
    shown = {
        row["measure"]: f"{names[row['measure']]} of {number(row['value'], 1)}%"
        for row in records(rates)
        if row["measure"] in names and row["basis"] == "fte" and pd.notna(row["value"])
    }
    said = " and ".join(shown.values())
    return f"{said[:1].upper()}{said[1:]}, by FTE" if said else "Rates and averages"


def largest_title(
    groups: pd.DataFrame, measure: str, plain: str, of: str, before: str = ""
) -> str:
    """The largest group that is shown, of how many.

    Args:
        groups: what `measured.groups` returned.
        measure: whom it counts.
        plain: the title where nothing can be said.
        of: what all of them are called: ``in post``.
        before: what stands before the group's name: ``Aged``.
    """
    shown = [
        row
        for row in records(measured.shown_by_headcount(groups, measure))
        if pd.notna(row["value"]) and row["value"] > 0
    ]
    whole = measured.row_of(groups, measure, measured.ALL)
    if not shown or whole is None or pd.isna(whole["value"]):
        return plain
    most = max(shown, key=lambda row: float(row["value"]))
    name = f"{before} {most['unit']}".strip()
    count = f"{number(most['value'])} of {number(whole['value'])} {of}"
    return first_that_fits(
        f"{name}: {count}, the largest group shown", f"{name}: {count}", plain
    )


def group_notes(groups: pd.DataFrame, *others: str, name: str = "unit") -> list[str]:
    """What a reader must know of a table of groups.

    Args:
        groups: the rows of the table.
        others: what else is to be noted.
        name: the column that names a row.
    """
    hidden = groups["status"].str.split().map(lambda letters: "c" in letters)
    rest = groups[~hidden]
    notes = [HIDDEN] if hidden.any() else []
    return [*notes, *others, *notes_of(rest, name)]


def chart_notes(rows: pd.DataFrame) -> list[str]:
    """What a reader must know of bars, some of which may be hidden."""
    return [HIDDEN] if rows["status"].str.contains("c").any() else []


def changes(people: pd.DataFrame) -> list[str]:
    """How many started and left in the year."""
    started, left = (
        _headcount(people, name) for name in (measured.STARTERS, measured.LEAVERS)
    )
    if started is None or left is None:
        return []
    year = Period.parse(people["as_at"].iloc[0]).in_words
    workers = plural(started, "social worker", "social workers")
    return [f"In the year to {year}, {workers} started and {number(left)} left."]


def questions(people: pd.DataFrame, *breakdowns: tuple[str, pd.DataFrame]) -> list[str]:
    """What to ask the witnesses.

    Args:
        people: what `measured.people` returned.
        breakdowns: tables of groups of leavers or starters, each with what the return
            should say of them: ``why``.
    """
    asked = []
    cover, vacancies = (
        _value(people, name, "fte") for name in (measured.COVER, measured.VACANCIES)
    )
    if cover is not None and vacancies is not None and vacancies > cover:
        rest = exact_sum([vacancies, cover], [1, -1])
        asked.append(
            f"Agency workers cover {number(cover)} of {number(vacancies)} vacancies, by "
            f"FTE: how is the work of the other {number(rest)} done?"
        )
    for what, groups in breakdowns:
        asked += _of_unknown(what, groups)
    return asked


def _of_unknown(what: str, groups: pd.DataFrame) -> list[str]:
    measure = str(groups["measure"].iloc[0]) if len(groups) else ""
    whole = measured.row_of(groups, measure, measured.ALL)
    asked = []
    for unit in NOT_STATED:
        row = measured.row_of(groups, measure, unit)
        if row and whole and pd.notna(row["value"]) and row["value"] > 0:
            of = f"{number(row['value'])} of {number(whole['value'])}"
            asked.append(
                f"The return does not say {what} of {of} ({unit.lower()}): is it asked, "
                "and who records it?"
            )
    return asked


def _made_of(row: dict[str, Any], definition: Any) -> str:
    if pd.isna(row["denominator"]):
        return ""
    return (
        f"{definition.numerator}: {number(row['numerator'])}; "
        f"{definition.denominator}: {number(row['denominator'])}"
    )


def _value(people: pd.DataFrame, measure: str, basis: str) -> float | None:
    rows = people[(people["measure"] == measure) & (people["basis"] == basis)]
    known = rows["value"].dropna()
    return float(known.iloc[0]) if len(known) else None


def _headcount(people: pd.DataFrame, measure: str) -> float | None:
    return _value(people, measure, "headcount")
