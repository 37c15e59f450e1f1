"""What is said of caseloads: titles, changes, questions.

Pure functions of the datasets ``caseload-bands`` and ``caseloads``, and of what
`scrutiny_pack.measures.caseloads` makes of them.
"""

from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import listed, number, plural
from scrutiny_pack.evidence.headlines.changes import when
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.evidence.in_words import HEADINGS
from scrutiny_pack.measures import caseloads as measured
from scrutiny_pack.measures.rates import exact_sum
from scrutiny_pack.measures.structure import latest
from scrutiny_pack.observations import long_form, records
from scrutiny_pack.periods import Period
from scrutiny_pack.rounding import round_half_up

MOST_QUESTIONS = 5
"""A witness is asked few questions; those that matter most come first."""

MATCHING = (
    "Teams are matched by name alone: two names match if they are the same but for capitals, "
    "or if a name with a slash holds the other."
)
"""How the names of teams are compared."""

BAND_HEADINGS = HEADINGS | {"unit": "Team", measured.ALL: "All workers"}
"""How the columns of workers by band are headed."""

STATED_HEADINGS = HEADINGS | {"unit": "Which workers"}
"""How the columns of the caseloads that are stated are headed."""

_MOST_NAMES = 6


def under_title(under: pd.DataFrame, bands: pd.DataFrame) -> str:
    """How many of the workers are at or under the council's limit."""
    if len(under):
        row = records(under)[0]
        if pd.notna(row["numerator"]):
            some, every = number(row["numerator"]), number(row["denominator"])
            return f"{some} of {every} workers have {row['band']} cases"
    workers = _known_total(bands)
    if workers.empty:
        return "Workers by band of cases"
    return f"{number(workers['value'].iloc[0])} workers by band of cases"


def shares_title(shares: pd.DataFrame) -> str:
    """The share of workers in the first band of the first total."""
    made = shares[(shares["measure"] == "share_of_workers") & shares["value"].notna()]
    if made.empty:
        return "Share of workers in each band of cases"
    row = records(made)[0]
    share = round_half_up(row["value"], 1)
    return first_that_fits(
        f"{share}% of {number(row['denominator'])} workers are in the band "
        f"'{str(row['band']).lower()}'",
        "Share of workers in each band of cases",
    )


def highest_band_title(bands: pd.DataFrame) -> str:
    """How many workers are in the highest band."""
    totals = _known_total(bands)
    workers = measured.workers_by_band(bands)
    top = workers[(workers["part_of"] == "") & (workers["band"] != measured.ALL)]
    top = top[top["value"].notna()].sort_values("band_from", kind="stable").iloc[-1:]
    if top.empty or totals.empty:
        return "Workers in each band of cases, by team"
    some, every = number(top["value"].iloc[0]), number(totals["value"].iloc[0])
    return first_that_fits(
        f"{some} of {every} workers are in the highest band, "
        f"{str(top['band'].iloc[0]).lower()}",
        f"{some} of {every} workers are in the highest band",
    )


def stated_title(caseloads: pd.DataFrame) -> str:
    """The council's latest averages, and what it has set itself."""
    own = caseloads[caseloads["area"] == measured.THE_COUNCIL]
    average = latest(own[(own["measure"] == "average_caseload") & own["value"].notna()])
    limit = measured.limit(caseloads)
    said, dates = [], []
    if len(average):
        # A figure of one team is not the council's: where several are given, all count.
        lowest, highest = average["value"].min(), average["value"].max()
        said.append(
            f"average caseload of {number(lowest)}"
            if len(average) == 1
            else f"average caseloads of {number(lowest)} to {number(highest)}"
        )
        dates.append(when(str(average["as_at"].iloc[0])))
    if len(limit):
        row = records(limit)[0]
        kind = "ceiling" if row["measure"] == "caseload_ceiling" else "target"
        said.append(f"{kind} of {number(row['value'])}")
        dates.append(f"set {when(row['as_at'])}")
    dated = [f"{what} {date}" for what, date in zip(said, dates, strict=True)]
    text = first_that_fits(
        "; ".join(dated),
        "; ".join(said),
        "caseloads, targets and ceilings as the source states them",
    )
    return text[:1].upper() + text[1:]


def ranges_title(ranges: pd.DataFrame) -> str:
    """The averages of the areas that are compared."""
    known = records(ranges[ranges["value"].notna()])
    plain = "Caseloads from lowest to highest, with their averages"
    if not known:
        return plain
    parts = [f"{number(row['value'])} in {row['area']}" for row in known]
    return first_that_fits(f"Average caseload of {listed(parts)}", plain)


def left_out_title(compared: pd.DataFrame) -> str:
    """How many of the teams that have posts have no line among the caseloads."""
    teams = compared[compared["named_in"] != "caseloads only"]
    without = int((teams["named_in"] == "posts only").sum())
    return (
        f"{without} of {len(teams)} teams have no line of that name among the caseloads"
    )


def changes(caseloads: pd.DataFrame) -> list[str]:
    """How an average or a range changed, where the same thing is given at two dates."""
    rows = long_form(caseloads)
    rows = rows[(rows["measure"] == "average_caseload") & rows["value"].notna()]
    sentences = []
    for (area, _), same in rows.groupby(["area", "unit"], sort=False):
        dated = sorted(records(same), key=lambda r: Period.parse(r["as_at"]))
        if len(dated) < 2:
            continue
        first, last = dated[0], dated[-1]
        moved = exact_sum([last["value"], first["value"]], [1, -1])
        verb = "rose" if moved > 0 else "fell"
        by = (
            f"{verb} by {plural(abs(moved), 'case', 'cases')}"
            if moved
            else "did not change"
        )
        sentences.append(
            f"The average caseload of {area} {by}, from {number(first['value'])} "
            f"{when(first['as_at'])} to {number(last['value'])} {when(last['as_at'])}."
        )
    return sentences


def questions(
    bands: pd.DataFrame, caseloads: pd.DataFrame, posts: pd.DataFrame
) -> list[str]:
    """What to ask the witnesses: five questions at most, by plain rules."""
    asked = [
        _over_the_limit(bands, caseloads),
        _average_over_the_limit(caseloads),
        _of_what(caseloads),
        _left_out(measured.teams_compared(posts, bands)),
        _who_are_the_others(caseloads),
        _who_is_counted(bands),
        _whose_limit(caseloads),
    ]
    return [question for question in asked if question][:MOST_QUESTIONS]


def mark(limit: pd.DataFrame) -> dict[str, Any]:
    """The line that a chart draws at the council's limit, as the chart's arguments."""
    if limit.empty:
        return {}
    row = records(limit)[0]
    kind = "Ceiling" if row["measure"] == "caseload_ceiling" else "Target"
    value = float(row["value"])
    words = f"{kind} of {number(value)}, set {when(row['as_at'])}"
    return {"mark": value, "mark_label": words}


def not_a_series(caseloads: pd.DataFrame) -> str:
    """A note where the council's figures of different dates are of different kinds."""
    own = caseloads[
        (caseloads["area"] == measured.THE_COUNCIL) & (caseloads["nature"] == "actual")
    ]
    kinds = own.groupby("measure")["as_at"].nunique()
    if own["as_at"].nunique() < 2 or (kinds > 1).any():
        return ""
    return "The figures of the different dates are of different kinds: they make no series."


def not_the_same_workers(caseloads: pd.DataFrame) -> str:
    """A note where the average and the limit are not said to be of the same workers."""
    own = caseloads[caseloads["area"] == measured.THE_COUNCIL]
    average = latest(own[own["measure"] == "average_caseload"])
    limit = measured.limit(caseloads)
    if average.empty or limit.empty or average["unit"].iloc[0] == limit["unit"].iloc[0]:
        return ""
    return (
        "The average and the figure that the council aims at are not said to be of the "
        "same workers."
    )


def _over_the_limit(bands: pd.DataFrame, caseloads: pd.DataFrame) -> str:
    under = measured.at_or_under(bands, measured.limit(caseloads))
    under = under[under["value"].notna()]
    if under.empty:
        return ""
    row = records(under)[0]
    over = exact_sum([row["denominator"], row["numerator"]], [1, -1])
    limit = str(row["band"]).removesuffix(" or fewer")
    if over <= 0:
        return ""
    return (
        f"{number(over)} of {number(row['denominator'])} workers have more than {limit} "
        "cases: what is being done about it, and by when?"
    )


def _average_over_the_limit(caseloads: pd.DataFrame) -> str:
    limit = measured.limit(caseloads)
    own = caseloads[caseloads["area"] == measured.THE_COUNCIL]
    average = latest(own[(own["measure"] == "average_caseload") & own["value"].notna()])
    if limit.empty or average.empty:
        return ""
    # Of several, such as one for each team, the highest is furthest from the aim.
    highest = average.sort_values("value", ascending=False, kind="stable")
    given, aim = records(highest)[0], records(limit)[0]
    whose = f" of {given['unit']}" if len(average) > 1 else ""
    earlier = Period.parse(given["as_at"]) < Period.parse(aim["as_at"])
    if earlier or given["value"] <= aim["value"]:
        return ""
    return (
        f"The average{whose} is {number(given['value'])} {when(given['as_at'])}, and the "
        f"council aims at {number(aim['value'])}: by when is that to be reached?"
    )


def _of_what(caseloads: pd.DataFrame) -> str:
    own = caseloads[caseloads["area"] == measured.THE_COUNCIL]
    there = latest(own[own["measure"].isin(["lowest_caseload", "highest_caseload"])])
    unclear = there[(there["unit"] == "not stated") & there["value"].notna()]
    if unclear.empty:
        return ""
    values = listed([number(value) for value in unclear["value"]])
    return f"Of what are {values} the caseloads: of single workers, or of teams on average?"


def _left_out(compared: pd.DataFrame) -> str:
    names = list(compared.loc[compared["named_in"] == "posts only", "team"])
    if not names:
        return ""
    more = len(names) - _MOST_NAMES
    some = (
        listed(names)
        if more <= 0
        else f"{', '.join(names[:_MOST_NAMES])} and {more} more"
    )
    return f"What are the caseloads of {some}, which the figures do not name?"


def _who_are_the_others(caseloads: pd.DataFrame) -> str:
    others = [a for a in dict.fromkeys(caseloads["area"]) if a != measured.THE_COUNCIL]
    if not others:
        return ""
    return (
        f"Which are the {listed(others)} that caseloads are compared with, how many are "
        "they, and of what date are their figures?"
    )


def _who_is_counted(bands: pd.DataFrame) -> str:
    workers = _known_total(bands)
    if workers.empty or workers["basis"].iloc[0] != "not stated":
        return ""
    every = number(workers["value"].iloc[0])
    return f"Are agency workers among the {every} workers, and does a part-time worker count as one?"


def _whose_limit(caseloads: pd.DataFrame) -> str:
    limit = measured.limit(caseloads)
    if limit.empty or limit["unit"].iloc[0] != "not stated":
        return ""
    value = number(limit["value"].iloc[0])
    return f"For whose caseloads is the limit of {value} meant: every team's, or some?"


def _known_total(bands: pd.DataFrame) -> pd.DataFrame:
    workers = measured.workers_by_band(bands)
    totals = workers[(workers["part_of"] == "") & (workers["band"] == measured.ALL)]
    return latest(totals[totals["value"].notna()])
