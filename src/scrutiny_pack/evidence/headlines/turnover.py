"""What is said of leaving, staying and recruiting: titles, changes and questions."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import (
    figure_text,
    listed,
    number,
    plural,
    with_unit,
)
from scrutiny_pack.evidence.headlines.changes import rate_change
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.measures.bases import PrintedShare, common_bases
from scrutiny_pack.measures.structure import latest
from scrutiny_pack.measures.turnover import longest_pattern
from scrutiny_pack.observations import records
from scrutiny_pack.periods import Period

_MOST_BASES = 3
"""More whole numbers than this say nothing about the base."""

_FAR_APART = 0.1
"""A tenth: workforces that differ by more are not taken for the same."""

PARTS_OF_A_YEAR = (
    "These rates are for parts of a year: each is set beside the same months of other years, "
    "never beside a whole year."
)
"""What is said of every rate for a part of a year."""

TEXTBOOK = (
    "A textbook's stability index is another measure: staff with at least a year's service "
    "now, for each hundred who were in post a year ago. The two differ as soon as the "
    "workforce grows or shrinks, so neither can stand for the other."
)
"""What readers may take a share with length of service for, and should not."""


def latest_year_end(year_ends: pd.DataFrame) -> pd.DataFrame:
    """The latest known whole-year rate of the first group: one row, or none.

    Args:
        year_ends: what `scrutiny_pack.measures.turnover.year_ends` returned.
    """
    known = _first_scope(year_ends)
    return known.iloc[-1:].drop(columns=["run"])


def year_end_title(latest: pd.DataFrame) -> str:
    """Whose turnover a key figure is."""
    if latest.empty:
        return "Turnover in the latest whole year"
    row = latest.iloc[0]
    return first_that_fits(
        f"Turnover of {_inside(row['scope'])}, year to {row['year_end']}",
        f"Turnover in the year to {row['year_end']}",
    )


def year_ends_title(year_ends: pd.DataFrame) -> str:
    """How the first group's turnover went, or how it stands beside the others."""
    plain = "Turnover in whole years, by year end"
    known = _first_scope(year_ends)
    if known.empty:
        return plain
    scope, last = _inside(known["scope"].iloc[0]), known.iloc[-1]
    stands = f"Turnover of {scope} was {_rate(last)} in the year to {last['year_end']}"
    if len(known) < 2:
        return first_that_fits(stands, plain)
    moved = f"{_moved(known)} by {last['year_end']}"
    return first_that_fits(f"Turnover of {scope} {moved}", f"Turnover {moved}", plain)


def part_year_title(part: pd.DataFrame) -> str:
    """How the rate of the same months changed over the last two years known."""
    plain = "Turnover in parts of a year, the same months side by side"
    pattern = longest_pattern(part)
    if len(pattern) < 2:
        return plain
    dates = [Period.parse(as_at) for as_at in pattern["as_at"].iloc[-2:]]
    moved = f"{_moved(pattern.iloc[-2:])} between {dates[0].end.year} and {dates[1].end.year}"
    return first_that_fits(
        f"Turnover from {pattern['months'].iloc[0]} {moved}",
        f"Part-year turnover {moved}",
        plain,
    )


def pattern_title(pattern: pd.DataFrame) -> str:
    """What a chart of the same months of each year shows."""
    months = pattern["months"].iloc[0] if len(pattern) else ""
    return first_that_fits(
        f"Turnover from {months}, the same months of each year" if months else "",
        "Turnover in the same months of each year",
    )


def changes(year_ends: pd.DataFrame, part: pd.DataFrame) -> str:
    """What changed in turnover, over whole years and since, so that neither is told alone.

    Args:
        year_ends: what `scrutiny_pack.measures.turnover.year_ends` returned.
        part: what `scrutiny_pack.measures.turnover.part_years` returned.
    """
    said = []
    known = _first_scope(year_ends)
    if len(known) > 1:
        first, last = records(known)[-2:]
        what = f"Turnover of {_inside(last['scope'])} in a whole year"
        said.append(rate_change(what, first, last))
    pattern = longest_pattern(part)
    if len(pattern) > 1:
        first, last = records(pattern)[-2:]
        what = f"Turnover of {_inside(last['scope'])} from {last['months']}, part of a year,"
        said.append(rate_change(what, first, last))
    return " ".join(sentence for sentence in said if sentence)


def leavers_title(groups: pd.DataFrame) -> str:
    """How many left, in the latest stretch of time and in the others."""
    plain = "Leavers, by role and service"
    totals = groups[(groups["level"] == "total") & groups["value"].notna()]
    if totals.empty:
        return plain
    ordered = sorted(records(totals), key=lambda row: Period.parse(row["as_at"]))
    parts = [f"{number(row['value'])} left, {row['stretch']}" for row in ordered[-2:]]
    return first_that_fits("; ".join(parts), parts[-1], plain)


def reasons_title(reasons: pd.DataFrame) -> str:
    """How many reasons are stated, and whether they have numbers."""
    counted = plural(len(reasons), "reason", "reasons")
    without = int(reasons["value"].isna().sum())
    if without == len(reasons):
        return f"{counted} for leaving stated, none with a number"
    return f"{counted} for leaving stated, {number(without)} without a number"


def service_title(shares: pd.DataFrame) -> str:
    """The share with the fewest years, and that with the most."""
    plain = "Share of staff by length of service, as published"
    known = shares[shares["value"].notna()]
    known = known[known["scope"].isin(known["scope"].iloc[:1])]
    if len(known) < 2:
        return plain
    first, last = known.iloc[0], known.iloc[-1]
    return first_that_fits(
        f"{_rate(first)} had {first['service']} of service, {_rate(last)} had {last['service']}",
        plain,
    )


def service_reading(shares: pd.DataFrame) -> str:
    """What the source calls the shares, what they are, and of how many they can be.

    Args:
        shares: what `scrutiny_pack.measures.service.shares_with_service` returned.

    Returns:
        Prose; "" where there is no share.
    """
    if shares.empty:
        return ""
    called = [name for name in dict.fromkeys(shares["called"]) if name]
    name = (
        f"The source calls this {listed([f'*{c}*' for c in called])}. "
        if called
        else ""
    )
    what = (
        "By its wording it is the share of the staff of one day who had at least so many "
        "years of service. "
    )
    return f"{name}{what}{TEXTBOOK} {_possible_bases(shares)}".strip()


def implied_title(implied: pd.DataFrame) -> str:
    """How many staff the published rates and the leavers make together."""
    plain = "Leavers and turnover rates of the same time, and the staff they make"
    made = implied[implied["measure"] == "staff_implied"]
    if len(made) < 2:
        return plain
    low, high = number(made["value"].min(), 1), number(made["value"].max(), 1)
    return f"Leavers and rates together make {low} to {high} staff, by stretch of time"


def recruited_title(beside: pd.DataFrame) -> str:
    """How many were recruited and how many left, as far as both are known."""
    plain = "Workers recruited beside leavers"
    joined = beside[
        (beside["measure"] == "workers_recruited") & beside["value"].notna()
    ]
    left = beside[(beside["measure"] == "leavers") & beside["value"].notna()]
    both = beside[beside["measure"] == "recruited_less_leavers"]
    if len(both):
        last = both.iloc[-1]
        there = beside[(beside["stretch"] == last["stretch"])]
        values = there.groupby("measure")["value"].first()
        said = f"{number(values['workers_recruited'])} recruited, {number(values['leavers'])} left"
        return first_that_fits(f"{said}, {last['stretch']}", said)
    if len(joined) and left.empty:
        said = (
            f"{number(joined['value'].iloc[-1])} recruited; how many left is not stated"
        )
        return first_that_fits(said, plain)
    if len(left) and joined.empty:
        of_last = latest(left)["value"].iloc[0]
        return f"{number(of_last)} left; how many were recruited is not stated"
    return plain


def returned_title(others: pd.DataFrame) -> str:
    """How many came back."""
    returned = others[others["measure"] == "workers_returned"]
    if len(returned) != 1:
        return "Workers recruited or come back"
    amount = figure_text(records(returned)[0] | {"status": ""})
    return f"{amount[:1].upper()}{amount[1:]} workers had left and come back"


def times_title(times: pd.DataFrame) -> str:
    """The first time that is known, against its target where there is one."""
    plain = "How long recruiting takes, and how long it should take"
    known = times[times["status"].map(lambda letters: "x" not in letters.split())]
    if known.empty:
        return plain
    row = records(known)[0]
    amount = with_unit(figure_text(row | {"status": ""}), row["counted_in"])
    others = times[
        (times["subject"] == row["subject"]) & (times["figure"] != row["figure"])
    ]
    alone = (
        bool(len(others))
        and others["value"].isna().all()
        and others["low"].isna().all()
    )
    if row["figure"] == "Aimed at" and alone:
        said = f"{row['subject']}: {amount} aimed at, the time reached is not stated"
        return first_that_fits(
            said, f"{amount} aimed at, the time reached is not stated", plain
        )
    return first_that_fits(f"{row['subject']}: {amount}", plain)


def questions(
    turnover: pd.DataFrame,
    implied: pd.DataFrame,
    beside: pd.DataFrame,
    times: pd.DataFrame,
) -> list[str]:
    """What to ask the witnesses about leaving and recruiting.

    Args:
        turnover: the rows of the dataset ``turnover``.
        implied: what `scrutiny_pack.measures.turnover.staff_implied` returned.
        beside: what `scrutiny_pack.measures.recruitment.recruited_and_left` returned.
        times: what `scrutiny_pack.measures.recruitment.times_and_targets` returned.
    """
    asked = [*_about_recruited(beside), *_about_times(times)]
    if len(turnover):
        asked.append(
            "What do the turnover rates count: which leavers, of how many staff, on which dates?"
        )
    asked.append(_about_implied(implied))
    return [question for question in asked if question]


def _about_implied(implied: pd.DataFrame) -> str:
    made = implied[implied["measure"] == "staff_implied"]
    if len(made) < 2 or made["value"].min() >= (1 - _FAR_APART) * made["value"].max():
        return ""
    parts = []
    for stretch, rows in implied.groupby("stretch", sort=False):
        values = rows.groupby("measure")["value"].first()
        parts.append(
            f"{number(values['leavers'])} leavers and a rate of "
            f"{number(values['turnover_rate_published'])}% make "
            f"{number(values['staff_implied'], 1)} staff ({stretch})"
        )
    return (
        f"Do the leavers and the turnover rates count the same people? {listed(parts)}."
    )


def _about_recruited(beside: pd.DataFrame) -> list[str]:
    asked = []
    for _, rows in beside.groupby(["stretch", "subject"], sort=False):
        by = rows.set_index("measure")["value"]
        stretch = rows["stretch"].iloc[0]
        if pd.isna(by["leavers"]):
            asked.append(
                f"How many left in the time in which {number(by['workers_recruited'])} were "
                f"recruited ({stretch})?"
            )
        elif pd.isna(by["workers_recruited"]):
            asked.append(
                f"How many were recruited in the time in which {number(by['leavers'])} left "
                f"({stretch})?"
            )
    return asked[-1:]


def _about_times(times: pd.DataFrame) -> list[str]:
    asked = []
    for subject, rows in times.groupby("subject", sort=False):
        aimed = rows[(rows["figure"] == "Aimed at") & rows["value"].notna()]
        actual = rows[rows["figure"] != "Aimed at"]
        if len(aimed) and actual[["value", "low", "high"]].isna().all(axis=None):
            target = with_unit(
                number(aimed["value"].iloc[-1]), aimed["counted_in"].iloc[-1]
            )
            asked.append(
                f"{subject}: how long does it take now, against the {target} aimed at?"
            )
    return asked


def _possible_bases(shares: pd.DataFrame) -> str:
    """A sentence on the numbers of staff of which all the shares can be."""
    known = shares[shares["value"].notna()]
    one_day = known[["scope", "as_at"]].drop_duplicates()
    if len(known) < 2 or len(one_day) != 1:
        return ""
    printed = [
        PrintedShare.read(row["value"], row["as_published"]) for row in records(known)
    ]
    bases = common_bases(printed).bases
    if not 0 < len(bases) <= _MOST_BASES:
        return ""
    numbers = listed([str(base) for base in bases]).replace(" and ", " or ")
    return (
        f"The source does not say of how many staff. If they were 100 or fewer, they were "
        f"{numbers}: only of these can all {len(printed)} shares be whole people."
    )


def _first_scope(frame: pd.DataFrame) -> pd.DataFrame:
    known = frame[frame["value"].notna()]
    return known[known["scope"].isin(known["scope"].iloc[:1])]


def _moved(known: pd.DataFrame) -> str:
    first, last = known.iloc[0], known.iloc[-1]
    if first["value"] == last["value"]:
        return f"stayed at {_rate(last)}"
    verb = "rose" if last["value"] > first["value"] else "fell"
    return f"{verb} from {_rate(first)} to {_rate(last)}"


def _rate(row: Mapping[str, Any] | pd.Series) -> str:
    return f"{number(row['value'])}%"


def _inside(scope: str) -> str:
    """A name as it stands inside a sentence; one that is all capitals stays so."""
    return scope if scope[:2].isupper() else scope[:1].lower() + scope[1:]
