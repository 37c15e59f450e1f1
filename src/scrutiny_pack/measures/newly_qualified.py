"""The newly qualified: what became of a cohort, and how many could yet have got there.

Workers register on the assessed and supported year one after another. Who registered
last month cannot have completed a year, so a share of all who registered says little.
Where only the dates of the first and the last registration are known, how many could
have reached a stage is known only between limits, and is given as such.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.measures.rates import percentage, share
from scrutiny_pack.measures.stretches import stretches
from scrutiny_pack.observations import SMALLEST_BASE, long_form, records
from scrutiny_pack.periods import Period

REGISTERED = "registered"
COMPLETED = "completed"
AFTER_COMPLETING = ("left after completing", "stayed")

_NUMBERS = ("value", "low", "high", "numerator", "denominator")


def stages(newly_qualified: pd.DataFrame, counted_at: Period) -> pd.DataFrame:
    """How many reached each stage, of how many who could have.

    A stage that needs twelve months can only have been reached by those who
    registered twelve months before the count. At least as many did so as reached
    the stage, or another that needs as long; at most all, less one if the last
    registration came too late.

    Args:
        newly_qualified: the rows of the dataset ``newly-qualified``.
        counted_at: when the stages are taken to have been counted.

    Returns:
        The long form with ``cohort`` (when they registered), ``unit`` and ``stage``.
        Measures: ``workers`` and ``share_published`` as published,
        ``workers_who_could`` (one number, or from low to high with status ``e``),
        ``share_of_cohort`` of those who could have, and ``share_of_completed`` for
        the stages after completing. No share is made on a base under 10.
    """
    frame = long_form(newly_qualified)
    frame = frame.assign(cohort=stretches(frame))
    workers = frame[frame["measure"] == "workers"]
    made = [frame]
    for _, group in workers.groupby(["breakdown", "basis", "as_at"], sort=False):
        made += [_could(group, counted_at), _of_completed(group)]
    result = pd.concat(made, ignore_index=True)
    first = ["cohort", "unit", "stage"]
    result = result.drop(
        columns=["part_of", "within", "breakdown", "months_needed", "span_from"]
    )
    return long_form(result[[*first, *result.columns.drop(first)]])


def latest_start(counted_at: Period, months: float) -> Period:
    """The last day on which somebody can have registered to reach a stage in time.

    Args:
        counted_at: when the stages were counted.
        months: how many months the stage needs.
    """
    month = counted_at.end.year * 12 + counted_at.end.month - 1 - int(months)
    month_then = Period.parse(f"{month // 12:04d}-{month % 12 + 1:02d}")
    day = min(counted_at.end.day, month_then.end.day)
    return Period.parse(f"{month_then.text}-{day:02d}")


def _could(group: pd.DataFrame, counted_at: Period) -> pd.DataFrame:
    """For each stage but the first, how many could have reached it, and the share."""
    registered = group[group["stage"] == REGISTERED]
    if len(registered) != 1 or registered["value"].isna().any():
        return group.iloc[:0]
    of_all = records(registered)[0]
    later = group[(group["stage"] != REGISTERED) & group["value"].notna()]
    rows = []
    for row in records(later):
        as_long = later[later["months_needed"] >= row["months_needed"]]
        least, most = _limits(of_all, row, as_long["value"].max(), counted_at)
        rows += [_who_could(row, least, most), _share_of_who_could(row, least, most)]
    return pd.DataFrame(rows, columns=group.columns)


def _limits(
    of_all: Mapping[str, Any],
    row: Mapping[str, Any],
    reached: float,
    counted_at: Period,
) -> tuple[float, float]:
    """At least and at most how many registered early enough for the stage."""
    everybody = float(of_all["value"])
    if not row["months_needed"] > 0:
        return everybody, everybody
    cutoff = latest_start(counted_at, row["months_needed"]).end
    last = Period.parse(of_all["as_at"])
    first = Period.parse(of_all["span_from"]) if of_all["span_from"] else None
    least = max(float(reached), float(first is not None and first.end <= cutoff))
    most = (
        0
        if first is not None and first.start > cutoff
        else everybody - (last.start > cutoff)
    )
    return least, max(most, least)


def _who_could(row: Mapping[str, Any], least: float, most: float) -> dict[str, Any]:
    known = least == most
    return (
        dict(row)
        | _blank()
        | {
            "measure": "workers_who_could",
            "value": most if known else float("nan"),
            "low": float("nan") if known else least,
            "high": float("nan") if known else most,
            "status": "" if known else "e",
            "note": ""
            if known
            else "Only the dates of the first and the last registration are known.",
        }
    )


def _share_of_who_could(
    row: Mapping[str, Any], least: float, most: float
) -> dict[str, Any]:
    made = (
        dict(row) | _blank() | {"measure": "share_of_cohort", "numerator": row["value"]}
    )
    if most < SMALLEST_BASE:
        return made | {
            "status": "u",
            "note": f"At most {most:g} could have; no percentage is made.",
        }
    if least == most:
        return made | {"value": percentage(row["value"], most), "denominator": most}
    highest = (
        percentage(row["value"], least) if least >= SMALLEST_BASE else float("nan")
    )
    return made | {
        "low": percentage(row["value"], most),
        "high": highest,
        "status": "e",
        "note": f"{row['value']:g} of at least {least:g} and at most {most:g}.",
    }


def _of_completed(group: pd.DataFrame) -> pd.DataFrame:
    completed = group[group["stage"] == COMPLETED]
    after = group[group["stage"].isin(AFTER_COMPLETING)]
    return share(after, completed, "share_of_completed", by=["breakdown"])


def _blank() -> dict[str, Any]:
    return dict.fromkeys(_NUMBERS, float("nan")) | {"as_published": "", "note": ""}
