"""What is said of caseloads week by week: titles, notes and what changed.

Pure functions of the dataset ``weekly-caseloads`` and of what
`scrutiny_pack.measures.weekly_caseloads` makes of it.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import listed, number, plural
from scrutiny_pack.evidence.headlines.changes import count_change
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.evidence.in_words import HEADINGS
from scrutiny_pack.measures import weekly_caseloads as measured
from scrutiny_pack.observations import records
from scrutiny_pack.periods import Period

TEAM_HEADINGS = HEADINGS | {"unit": "Team", "direction": "Direction of the trend"}
"""How the columns of one week by team are headed."""

WEEK_HEADINGS = HEADINGS | {"week": "Week"}
"""How the columns of one week after another are headed."""

NOT_RANKED = "Teams stand in the order of the alphabet; they are not ranked."
RANGES = (
    "A range leaves out the few workers with the fewest cases and the few with the most, "
    "and is not given for a small team, nor in a week in which only a few are above the "
    "ceiling: lowest and highest are persons."
)
TREND = (
    "The two-week trend is the average caseload of a week and the week before it "
    "together; its direction is told by that of the two weeks before."
)
GAPS = (
    "A line is cut where there is no return, or where a team's return is missing and the "
    "council as a whole cannot be compared."
)

_MOST_NAMES = 3


def average_title(figure: pd.DataFrame) -> str:
    """Which average it is."""
    if figure.empty:
        return "Average caseload of the week"
    return f"Average caseload, {_week(figure)}"


def above_title(figure: pd.DataFrame, data: pd.DataFrame, week: str) -> str:
    """How many of how many workers are above the ceiling."""
    ceiling = measured.stated(data, week, measured.CEILING)
    workers = measured.stated(data, week, measured.WORKERS)
    if figure.empty or not ceiling:
        return "Workers above the ceiling"
    of = f"ceiling of {number(ceiling['value'])} cases"
    value = figure["value"].iloc[0]
    if pd.isna(value) or not workers or pd.isna(workers["value"]):
        return f"Workers above the {of}"
    verb = "is" if value == 1 else "are"
    return (
        f"{number(value)} of {number(workers['value'])} workers {verb} above the {of}"
    )


def trend_title(figure: pd.DataFrame) -> str:
    """Which way the two-week trend moves."""
    if figure.empty or pd.isna(figure["value"].iloc[0]):
        return "Change in the two-week trend"
    word = measured.direction(records(figure)[0])
    return f"The two-week trend of the average caseload is {word}"


def teams_title(table: pd.DataFrame, week: str) -> str:
    """How many teams sent a return, and how many workers they have."""
    teams = table[(table["level"] == "part") & (table["measure"] == measured.WORKERS)]
    there = int((~teams["status"].str.contains("x")).sum())
    when = Period.parse(week).in_words
    if there < len(teams):
        return f"Returns of {there} of {len(teams)} teams in {when}"
    return f"Caseloads of {plural(there, 'team', 'teams')} in {when}"


def weeks_title(weeks: pd.DataFrame) -> str:
    """The average of the first and of the last week that can be compared."""
    plain = "Caseloads of the council week by week"
    known = [
        row
        for row in records(weeks[weeks["measure"] == measured.AVERAGE])
        if pd.notna(row["value"]) and "u" not in row["status"].split()
    ]
    if len(known) < 2:
        return plain
    first, last = known[0], known[-1]
    start, end = (number(row["value"], 1) for row in (first, last))
    since = Period.parse(first["as_at"]).in_words
    if start == end:
        return first_that_fits(f"Average caseload of {end}, as in {since}", plain)
    verb = "up" if last["value"] > first["value"] else "down"
    return first_that_fits(
        f"Average caseload of {end}, {verb} from {start} in {since}", plain
    )


def week_notes(rows: pd.DataFrame, name: str) -> list[str]:
    """What is noted of single weeks, with the week; each once."""
    noted = rows[rows["note"] != ""]
    said = [
        f"{row[name]}: {row['note']}"
        for row in records(noted)
        if row["note"].startswith("Not comparable")
    ]
    return list(dict.fromkeys(said))


def changes(data: pd.DataFrame, week: str) -> list[str]:
    """What changed in a week: workers of the council, and the trend."""
    sentences = []
    now = measured.stated(data, week, measured.WORKERS)
    before = measured.stated(data, measured.week_before(week), measured.WORKERS)
    if now and before and not _marked(now) and not _marked(before):
        said = count_change(
            "Workers on the weekly list", before, now, "worker", "workers"
        )
        sentences.append(said)
    (change,) = records(measured.key_figures(data, week)[measured.CHANGE_IN_TREND]) or [
        {}
    ]
    if change and pd.notna(change["value"]):
        moved = change["value"]
        by = f" by {plural(abs(moved), 'case', 'cases')} a worker" if moved else ""
        verb = "rose" if moved > 0 else "fell" if moved < 0 else "did not change"
        sentences.append(
            f"The two-week trend of the average caseload {verb}{by} in two weeks."
        )
    return sentences


def teams_that_changed(table: pd.DataFrame) -> str:
    """The teams whose numbers changed since the week before, as a sentence."""
    rows = records(
        table[(table["level"] == "part") & (table["measure"] == measured.CHANGE)]
    )
    known = [row for row in rows if pd.notna(row["value"])]
    moved = [row for row in known if row["value"]]
    if not known:
        return ""
    if not moved:
        of = "No team" if len(known) == len(rows) else "No team whose numbers are shown"
        return f"{of} has more or fewer workers than in the week before."
    if len(moved) > _MOST_NAMES:
        return f"{len(moved)} of {len(known)} teams have more or fewer workers than in the week before."
    return f"Since the week before, {listed([_moved(row) for row in moved])}."


def _moved(row: Mapping[str, Any]) -> str:
    amount = abs(row["value"])
    words = {1.0: "one", 2.0: "two"}.get(amount, number(amount))
    more = "more" if row["value"] > 0 else "fewer"
    return f"{row['unit']} has {words} {'worker' if amount == 1 else 'workers'} {more}"


def _marked(row: Mapping[str, Any]) -> bool:
    return "u" in row["status"].split()


def _week(figure: pd.DataFrame) -> str:
    return Period.parse(figure["as_at"].iloc[0]).in_words
