"""What is said of the newly qualified: what can be known of a cohort, and what cannot."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import figure_text, number, plural
from scrutiny_pack.evidence.headlines.changes import when
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.measures.bases import PrintedShare, bases_of_count
from scrutiny_pack.measures.newly_qualified import COMPLETED, REGISTERED, latest_start
from scrutiny_pack.observations import records
from scrutiny_pack.periods import Period
from scrutiny_pack.rounding import round_half_up

_STAYED = "stayed"


def stages_title(stages: pd.DataFrame) -> str:
    """How many registered, and how many of them completed."""
    plain = "Newly qualified social workers, by the stage that they reached"
    registered, completed = _workers(stages, REGISTERED), _workers(stages, COMPLETED)
    if registered is None or completed is None:
        return plain
    return first_that_fits(
        f"{number(completed)} of {number(registered)} newly qualified workers completed, "
        f"{stages['cohort'].iloc[0]}",
        f"{number(completed)} of {number(registered)} newly qualified workers completed",
    )


def stayed(stages: pd.DataFrame) -> pd.DataFrame:
    """Those who stayed as a share of those who completed: one row, or none.

    Args:
        stages: what `scrutiny_pack.measures.newly_qualified.stages` returned.
    """
    shares = stages[
        (stages["stage"] == _STAYED) & (stages["measure"] == "share_of_completed")
    ]
    return shares[shares["value"].notna()].head(1)


def stayed_title(row: pd.DataFrame) -> str:
    """What the key figure of those who stayed is."""
    name = row["unit"].iloc[0] if len(row) else ""
    return first_that_fits(
        f"Newly qualified who completed: {name[:1].lower()}{name[1:]}" if name else "",
        "Newly qualified workers who completed and stayed",
    )


def stayed_notes(stages: pd.DataFrame) -> tuple[str, ...]:
    """How the published share stands to that of those who completed.

    Args:
        stages: what `scrutiny_pack.measures.newly_qualified.stages` returned.
    """
    notes = []
    published = stages[stages["measure"] == "share_published"]
    for row in records(published[published["value"].notna()]):
        same = stages[stages["unit"] == row["unit"]].set_index("measure")["value"]
        computed, count = same.get("share_of_completed"), same.get("workers")
        if computed is None or pd.isna(computed) or count is None:
            continue
        printed = PrintedShare.read(row["value"], row["as_published"])
        if round_half_up(computed, printed.decimals) == round_half_up(
            row["value"], printed.decimals
        ):
            continue
        completed = _workers(stages, COMPLETED)
        note = f"{number(count)} of {number(completed or 0)} is {number(computed, 1)}%"
        fit = bases_of_count(int(count), printed)
        cut = fit.cut_off and completed in fit.bases
        ending = ": cut off, not rounded" if cut else ""
        notes.append(
            f"{row['unit']}: printed as {row['as_published']}{ending}; {note}."
        )
    return tuple(notes)


def what_can_be_known(
    newly_qualified: pd.DataFrame, stages: pd.DataFrame, counted_at: Period
) -> str:
    """Who could have reached the stages by the count, as a list in prose.

    Args:
        newly_qualified: the rows of the dataset ``newly-qualified``.
        stages: what `scrutiny_pack.measures.newly_qualified.stages` returned.
        counted_at: when the stages are taken to have been counted.

    Returns:
        Markdown; "" where no stage needs time.
    """
    timed = newly_qualified[newly_qualified["months_needed"] > 0]
    timed = timed[timed["measure"] == "workers"]
    could = stages[stages["measure"] == "workers_who_could"]
    by_unit = {row["unit"]: row for row in records(could)}
    lines = [
        _line(row, by_unit[row["unit"]], counted_at)
        for row in records(timed)
        if row["unit"] in by_unit
    ]
    if not lines:
        return ""
    registered = plural(_workers(stages, REGISTERED) or 0, "worker", "workers")
    first = (
        f"{registered} registered ({stages['cohort'].iloc[0]}), and not all of them can have "
        f"got to each stage {when(counted_at.text)}:"
    )
    last = (
        "The source gives only the dates of the first and the last registration, and not the "
        f"date of the count, for which this takes {counted_at.in_words}. More than these "
        "limits cannot be known from it."
    )
    return "\n".join([first, "", *lines, "", last])


def questions(stages: pd.DataFrame) -> list[str]:
    """What to ask the witnesses about the newly qualified."""
    if stages.empty:
        return []
    registered = number(_workers(stages, REGISTERED) or 0)
    asked = [f"When did each of the {registered} newly qualified workers register?"]
    if (stages["stage"] == _STAYED).any():
        asked[0] = asked[0].replace(
            "register?", "register, and from when is staying counted?"
        )
    return asked


def _line(row: Mapping[str, Any], could: Mapping[str, Any], counted_at: Period) -> str:
    cutoff = latest_start(counted_at, row["months_needed"]).in_words
    limits = figure_text({**could, "status": ""})
    if pd.notna(could["low"]) and pd.notna(could["high"]):
        limits = f"at least {number(could['low'])} and at most {number(could['high'])}"
    months = number(row["months_needed"])
    return (
        f"- {row['unit']} ({number(row['value'])}): needs {months} months, so only those who "
        f"had registered by {cutoff} can have got there: {limits} of them."
    )


def _workers(stages: pd.DataFrame, stage: str) -> float | None:
    there = stages[(stages["stage"] == stage) & (stages["measure"] == "workers")]
    there = there[there["value"].notna()]
    return float(there["value"].iloc[0]) if len(there) else None
