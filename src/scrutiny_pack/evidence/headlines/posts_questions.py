"""What to ask the witnesses on posts, vacancies and agency workers, by plain rules."""

import pandas as pd

from scrutiny_pack.evidence.formatting import listed, number
from scrutiny_pack.evidence.headlines.changes import when
from scrutiny_pack.evidence.headlines.posts import with_agreement
from scrutiny_pack.evidence.headlines.posts_words import (
    agency_less_vacancies,
    by_basis,
    figure,
    kind_words,
    last_whole,
    lowered,
    published_kind,
    which_table,
)
from scrutiny_pack.measures import posts as measured
from scrutiny_pack.measures.structure import latest
from scrutiny_pack.observations import records
from scrutiny_pack.rounding import round_half_up

MOST_QUESTIONS = 5
"""A witness is asked few questions; those that matter most come first."""

_A_WHOLE_PERSON = 1
_WORTH_ASKING = 0.5
_HALF_A_HUNDREDTH = 0.005
_MOST_NAMES = 5


def questions(
    posts: pd.DataFrame,
    published: pd.DataFrame,
    vacancy_rates: pd.DataFrame,
    agency_rates: pd.DataFrame,
) -> list[str]:
    """What to ask the witnesses: five questions at most, by plain rules.

    Args:
        posts: rows of the dataset ``posts``.
        published: rows of the dataset ``published-rates``.
        vacancy_rates: those that are worked out of the posts.
        agency_rates: likewise.
    """
    cover = measured.agency_against_vacancies(posts)
    asked = [
        _more_agency_than_vacancies(posts, cover),
        *_not_related(posts, cover),
        _not_adding_up(posts),
        _other_sums(posts),
        *_what_is_the_base(published, pd.concat([vacancy_rates, agency_rates])),
        _which_definition(vacancy_rates),
        _more_vacancies_than_agency(posts),
        _which_basis(posts),
    ]
    return [question for question in asked if question][:MOST_QUESTIONS]


def _more_agency_than_vacancies(posts: pd.DataFrame, cover: pd.DataFrame) -> str:
    last = last_whole(cover)
    less = measured.first_basis(last[last["measure"] == "agency_minus_vacancies"])
    if len(less) and less["value"].iloc[0] >= _A_WHOLE_PERSON:
        agency, basis = figure(last, "agency_workers", str(less["basis"].iloc[0]))
        vacancies, _ = figure(last, "vacancies", basis)
        others = number(less["value"].iloc[0])
        return (
            f"There are {agency} agency workers and {vacancies} vacancies"
            f"{by_basis(basis)}: what do the other {others} agency workers do?"
        )
    parts = measured.filling_by_part(posts)
    above = agency_less_vacancies(parts).loc[lambda less: less >= _A_WHOLE_PERSON]
    if above.empty:
        return ""
    return (
        f"{_in_how_many(parts, above)} there are more agency workers than vacancies, "
        f"{_by_how_many(above)}{_named(above)}: what are they there for?"
    )


def _more_vacancies_than_agency(posts: pd.DataFrame) -> str:
    parts = measured.filling_by_part(posts)
    below = agency_less_vacancies(parts).loc[lambda less: less <= -_A_WHOLE_PERSON]
    if below.empty:
        return ""
    return (
        f"{_in_how_many(parts, below)} there are more vacancies than agency workers, "
        f"{_by_how_many(below)}{_named(below)}: who does the work of those posts?"
    )


def _not_related(posts: pd.DataFrame, cover: pd.DataFrame) -> list[str]:
    """Agency workers and vacancies that the source gives and does not relate."""
    counts = measured.staffing(posts)
    counts = counts[counts["unit_kind"] == "whole"]
    related = set(cover["breakdown"] + cover["unit"] + cover["as_at"])
    asked = []
    for (breakdown, unit, as_at), rows in counts.groupby(
        ["breakdown", "unit", "as_at"], sort=False
    ):
        agency, _ = figure(rows, "agency_workers")
        covered, _ = figure(rows, "vacancies_covered_by_agency")
        vacancies, _ = figure(rows, "vacancies")
        date = when(str(as_at))
        if agency and covered and agency != covered:
            asked.append(
                f"{covered} vacancies covered by agency workers and {agency} agency "
                f"workers are both given {date}: how do the two fit together?"
            )
        elif agency and vacancies and f"{breakdown}{unit}{as_at}" not in related:
            asked.append(
                f"{agency} agency workers and {vacancies} vacancies are given {date}: "
                "how many of the vacancies do the agency workers cover?"
            )
    return asked[::-1]


def _not_adding_up(posts: pd.DataFrame) -> str:
    rows = measured.not_adding_up(posts)
    rows = measured.first_basis(rows[rows["value"].abs() >= _A_WHOLE_PERSON])
    if rows.empty:
        return ""
    rows = rows[rows["breakdown"] == rows["breakdown"].iloc[-1]]
    names = list(rows["unit"])
    return (
        f"Staff and vacancies do not add up to the posts for {_some(names)}"
        f"{which_table(measured.staffing(posts), rows)}: how are vacancies counted?"
    )


def _other_sums(posts: pd.DataFrame) -> str:
    """Where the printed over or under is not what it is in the other rows."""
    over = measured.over_and_under(posts)
    over = over[over["level"] == "part"]
    keys = ["breakdown", "unit", "basis", "as_at"]
    printed = over[over["measure"] == "over_under_establishment"]
    pairs = printed.merge(
        over[over["measure"] != "over_under_establishment"][[*keys, "value"]],
        on=keys,
        suffixes=("", "_computed"),
    )
    same = (pairs["value"] + pairs["value_computed"]).abs() < _HALF_A_HUNDREDTH
    if same.all() or not same.any():
        return ""
    others = [f"{row['unit']} ({row['breakdown']})" for row in records(pairs[~same])]
    return (
        f"The printed over or under is posts less people in {int(same.sum())} of "
        f"{len(pairs)} rows, and another sum for {_some(others)}: how was it worked out?"
    )


def _what_is_the_base(published: pd.DataFrame, rates: pd.DataFrame) -> list[str]:
    asked = []
    for name, rows in published.groupby("measure", sort=False):
        row = records(with_agreement(latest(rows), rates))[0]
        if row["basis"] != "not stated":
            continue
        kind, amount = lowered(published_kind(str(name))), row["as_published"]
        agrees = row["agrees_with"]
        hint = f" ({agrees}, would give the same)" if agrees not in {"", "none"} else ""
        asked.append(
            f"The {kind} is stated as {amount}: which posts and people does it count, "
            f"and by headcount or by FTE{hint}?"
        )
    return asked


def _which_definition(rates: pd.DataFrame) -> str:
    of_whole = rates.loc[rates["unit_kind"] == "whole", "value"].dropna()
    if of_whole.empty or of_whole.max() - of_whole.min() < _WORTH_ASKING:
        return ""
    low, high = (round_half_up(v, 1) for v in (of_whole.min(), of_whole.max()))
    return (
        f"The vacancy rate is anything from {low}% to {high}%, depending on the definition "
        "and on what is counted: which does the council go by, and why?"
    )


def _which_basis(posts: pd.DataFrame) -> str:
    counts = measured.staffing(posts)
    if counts.empty or (counts["basis"] != "not stated").any():
        return ""
    return "Are posts, staff and vacancies counted by headcount or by FTE?"


def _in_how_many(parts: pd.DataFrame, these: "pd.Series[float]") -> str:
    every = parts["unit"].nunique()
    return f"In {len(these)} of {every} {kind_words(parts)}"


def _by_how_many(these: "pd.Series[float]") -> str:
    """By how many it is, so that one or two are said to be one or two."""
    low, high = number(these.abs().min()), number(these.abs().max())
    each = " each" if len(these) > 1 else ""
    return f"by {low}{each}" if low == high else f"by {low} to {high}{each}"


def _named(these: "pd.Series[float]") -> str:
    names = [str(name) for name in these.index]
    return f" ({listed(names)})" if len(names) <= _MOST_NAMES else ""


def _some(names: list[str]) -> str:
    if len(names) <= _MOST_NAMES:
        return listed(names)
    return f"{', '.join(names[:_MOST_NAMES])} and {len(names) - _MOST_NAMES} more"
