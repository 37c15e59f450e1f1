"""Caseloads week by week: averages, the two-week trend, and which way it moves.

The functions take rows of the dataset ``weekly-caseloads`` (see its schema). Weeks
are told apart by the calendar: a week without a return is a gap, and nothing is made
across it. A week in which a team's return is missing (status ``u``) is shown for the
council as a whole, and no trend is made of it. Averages are rounded to one decimal
place here, so that a change is that of the figures a reader sees.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd

from scrutiny_pack.measures.rates import exact_sum, joined_status
from scrutiny_pack.observations import (
    FIGURE_COLUMNS,
    joined,
    long_form,
    records,
)
from scrutiny_pack.periods import Period
from scrutiny_pack.rounding import round_half_up

WORKERS, CASES = "workers_weekly", "cases_weekly"
RANGE, ABOVE = "caseload_range_weekly", "workers_above_ceiling"
CEILING = "caseload_ceiling"
AVERAGE, TREND = "average_caseload_weekly", "average_caseload_two_weeks"
TREND_BEFORE = "average_caseload_two_weeks_before"
CHANGE, CHANGE_IN_TREND = "change_in_workers_weekly", "change_in_two_week_average"

WHOLE = "whole"
EXPECTED = 4
"""A team that was on the list in one of so many weeks before is shown, with or
without a return."""

_NOTHING = float("nan")

Figures = Mapping[tuple[str, str, str], Mapping[str, Any]]
"""Rows by unit, measure and week."""


def week_before(week: str, weeks: int = 1) -> str:
    """The week so many weeks before: ``2021-W52`` before ``2022-W01``."""
    year, number, _ = (Period.parse(week).start - timedelta(weeks=weeks)).isocalendar()
    return f"{year}-W{number:02}"


def last_weeks(last: str, count: int) -> list[str]:
    """So many weeks by the calendar up to this one, the earliest first."""
    return [week_before(last, back) for back in reversed(range(count))]


def recent(data: pd.DataFrame, last: str, count: int) -> pd.DataFrame:
    """The rows of so many weeks by the calendar, and of three before for the trend."""
    return pd.DataFrame(data[data["as_at"].isin(last_weeks(last, count + 3))])


def this_week(data: pd.DataFrame, week: str) -> pd.DataFrame:
    """One week by team, the council as a whole last.

    Args:
        data: rows of ``weekly-caseloads``.
        week: the week.

    Returns:
        The long form with ``unit``, ``level`` and ``direction``, for each team that is
        on the list or was in one of the four weeks before: workers, the change in
        workers since the week before, cases, average, range, the two-week trend, that
        of the two weeks before, and the change from the one to the other. What cannot
        be made has the status of what it would be made of.
    """
    data = recent(data, week, EXPECTED)
    found = _figures(data)
    near = last_weeks(week, EXPECTED + 1)
    there = data[data["as_at"].isin(near)]
    # Teams by name, and the whole last: "team" sorts before "whole".
    pairs = sorted(set(zip(there["unit_kind"], there["unit"], strict=True)))
    rows = []
    for kind, unit in pairs:
        made = [
            _stated(found, unit, WORKERS, week),
            _change_in_workers(found, unit, week),
            _stated(found, unit, CASES, week),
            _average(found, unit, [week], AVERAGE),
            _range(found, unit, week),
            _trend(found, unit, week),
            _trend(found, unit, week_before(week, 2), TREND_BEFORE),
            _change_in_trend(found, unit, week),
        ]
        level = "total" if kind == WHOLE else "part"
        words = direction(made[-1])
        rows += [{**row, "level": level, "direction": words} for row in made]
    return _frame(rows, "unit", "level", "direction")


def week_by_week(data: pd.DataFrame, last: str, count: int) -> pd.DataFrame:
    """The council as a whole in the last so many weeks, gaps among them.

    Returns:
        The long form with ``week``, for each week by the calendar from the first that
        has a return: workers, cases, average, two-week trend and, where there is a
        ceiling, workers above it. A week without a return has ``x`` throughout.
    """
    data = recent(data, last, count)
    whole = data[data["unit_kind"] == WHOLE]
    if whole.empty:
        return _frame([], "week")
    unit = str(whole["unit"].iloc[0])
    found = _figures(whole)
    first = min(whole["as_at"], key=Period.parse)
    weeks = [
        w for w in last_weeks(last, count) if Period.parse(w) >= Period.parse(first)
    ]
    has_ceiling = bool((whole["measure"] == ABOVE).any())
    rows = []
    for week in weeks:
        made = [
            _stated(found, unit, WORKERS, week),
            _stated(found, unit, CASES, week),
            _average(found, unit, [week], AVERAGE),
            _trend(found, unit, week),
        ]
        if has_ceiling:
            made.append(_stated(found, unit, ABOVE, week))
        rows += [{**row, "week": week_in_words(week)} for row in made]
    return _frame(rows, "week")


def series_over_time(weeks: pd.DataFrame) -> pd.DataFrame:
    """The average and the trend of each week, for a chart.

    Args:
        weeks: what `week_by_week` returned.

    Returns:
        The long form with ``series`` and ``run``: weeks that follow one another have
        the same run; after a gap another begins. Weeks that cannot be compared with
        others are left out, and so are gaps.
    """
    names = {AVERAGE: "Average of the week", TREND: "Two-week trend"}
    rows: list[dict[str, Any]] = []
    for measure, name in names.items():
        run, before = 0, ""
        for row in records(weeks[weeks["measure"] == measure]):
            if pd.isna(row["value"]) or "u" in row["status"].split():
                continue
            run += bool(before) and week_before(row["as_at"]) != before
            before = row["as_at"]
            rows.append({**row, "series": name, "run": f"{run}"})
    return _frame(rows, "series", "run")


def key_figures(data: pd.DataFrame, week: str) -> dict[str, pd.DataFrame]:
    """The council's average, workers above the ceiling, and change of trend.

    Returns:
        One row each, with ``unit``; none where the council gave no ceiling, or has no
        return in the week.
    """
    data = recent(data, week, EXPECTED)
    whole = data[data["unit_kind"] == WHOLE]
    found = _figures(whole)
    there = whole[whole["as_at"] == week]
    if there.empty:
        return {name: _frame([], "unit") for name in (AVERAGE, ABOVE, CHANGE_IN_TREND)}
    unit = str(there["unit"].iloc[0])
    above = [found[unit, ABOVE, week]] if (unit, ABOVE, week) in found else []
    return {
        AVERAGE: _frame([_average(found, unit, [week], AVERAGE)], "unit"),
        ABOVE: _frame(above, "unit"),
        CHANGE_IN_TREND: _frame([_change_in_trend(found, unit, week)], "unit"),
    }


def stated(data: pd.DataFrame, week: str, measure: str) -> dict[str, Any] | None:
    """The council's row of a measure in one week, or None."""
    rows = data[
        (data["unit_kind"] == WHOLE)
        & (data["as_at"] == week)
        & (data["measure"] == measure)
    ]
    return records(long_form(rows))[0] if len(rows) else None


def direction(change: Mapping[str, Any]) -> str:
    """Which way the two-week trend moves, in a word."""
    value = change["value"]
    if pd.isna(value):
        return "not known"
    return "rising" if value > 0 else "falling" if value < 0 else "level"


def week_in_words(week: str) -> str:
    """A week as it is named in a row: ``Week 10 of 2022, from 7 March``."""
    period = Period.parse(week)
    monday = Period.parse(period.start.isoformat()).in_words.rpartition(" ")[0]
    words = period.in_words
    return f"{words[:1].upper()}{words[1:]}, from {monday}"


def _figures(data: pd.DataFrame) -> Figures:
    return {
        (row["unit"], row["measure"], row["as_at"]): row
        for row in records(long_form(data))
    }


def _stated(found: Figures, unit: str, measure: str, week: str) -> dict[str, Any]:
    if row := found.get((unit, measure, week)):
        return dict(row)
    basis = "not applicable" if measure == CASES else "headcount"
    return _row(unit, measure, basis, week, [], "x")


def _range(found: Figures, unit: str, week: str) -> dict[str, Any]:
    if row := found.get((unit, RANGE, week)):
        return dict(row)
    there = (unit, WORKERS, week) in found  # a small group has none: rule 4
    return _row(unit, RANGE, "headcount", week, [], "c" if there else "x")


def _change_in_workers(found: Figures, unit: str, week: str) -> dict[str, Any]:
    now, before = (found.get((unit, WORKERS, w)) for w in (week, week_before(week)))
    made = _row(unit, CHANGE, "headcount", week, [now, before], "x")
    if now and before and _can_be_compared(now, before):
        made["value"] = exact_sum([now["value"], before["value"]], [1, -1])
    return made


def _average(
    found: Figures, unit: str, weeks: Sequence[str], measure: str
) -> dict[str, Any]:
    """Cases of the weeks for each worker of the weeks."""
    cases = [found.get((unit, CASES, week)) for week in weeks]
    workers = [found.get((unit, WORKERS, week)) for week in weeks]
    behind = [*cases, *workers]
    made = _row(unit, measure, "headcount", weeks[-1], behind, "x")
    known = [row for row in behind if row is not None and pd.notna(row["value"])]
    may_be_made = len(weeks) == 1 or _can_be_compared(*known)
    if len(known) == len(behind) and may_be_made:
        held = exact_sum([row["value"] for row in cases if row])
        people = exact_sum([row["value"] for row in workers if row])
        if people > 0:
            value = float(round_half_up(held / people, 1))
            made |= {"value": value, "numerator": held, "denominator": people}
    return made


def _trend(
    found: Figures, unit: str, week: str, measure: str = TREND
) -> dict[str, Any]:
    return _average(found, unit, [week_before(week), week], measure)


def _change_in_trend(found: Figures, unit: str, week: str) -> dict[str, Any]:
    now, before = _trend(found, unit, week), _trend(found, unit, week_before(week, 2))
    made = _row(unit, CHANGE_IN_TREND, "headcount", week, [now, before], "x")
    if pd.notna(now["value"]) and pd.notna(before["value"]):
        made["value"] = exact_sum([now["value"], before["value"]], [1, -1])
    return made


def _can_be_compared(*rows: Mapping[str, Any] | None) -> bool:
    return all(
        row is not None and pd.notna(row["value"]) and "u" not in row["status"].split()
        for row in rows
    )


def _row(
    unit: str,
    measure: str,
    basis: str,
    week: str,
    behind: Sequence[Mapping[str, Any] | None],
    without: str,
) -> dict[str, Any]:
    """A figure without a value yet, with the status of what it is made of.

    Args:
        unit: whom it is about.
        measure: its measure.
        basis: its basis.
        week: its week.
        behind: the figures that it is made of; None where one is not there.
        without: its status if one of them is not there.
    """
    there = [row for row in behind if row is not None]
    statuses = [row["status"] for row in there]
    if len(there) < len(behind) or not behind:
        statuses.append(without)
    return {
        "unit": unit,
        "measure": measure,
        "basis": basis,
        "value": _NOTHING,
        "as_published": "",
        "status": joined_status(statuses),
        "as_at": week,
        "nature": "actual",
        "dataset": "weekly-caseloads",
        "paragraph": joined(row["paragraph"] for row in there) or week,
        "note": "",
    }


def _frame(rows: Sequence[Mapping[str, Any]], *text: str) -> pd.DataFrame:
    columns = [*text, *FIGURE_COLUMNS]
    return long_form(pd.DataFrame(list(rows), columns=columns))
