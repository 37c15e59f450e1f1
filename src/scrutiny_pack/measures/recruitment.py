"""Recruiting: people recruited against people who left, and how long it takes."""

from typing import Any

import pandas as pd

from scrutiny_pack.measures.rates import exact_sum
from scrutiny_pack.measures.stretches import NOT_STATED, stretches
from scrutiny_pack.observations import NUMBER_COLUMNS, joined, long_form, records

AIMED_AT = "Aimed at"
ACTUAL = "As it is"

_NOT_GIVEN = "The source gives no figure."


def without_stretch(recruitment: pd.DataFrame) -> pd.DataFrame:
    """People who came back, and people recruited over a time that is not stated.

    Args:
        recruitment: the rows of the dataset ``recruitment``.

    Returns:
        The long form with ``subject`` and ``stretch``.
    """
    people = _people(recruitment)
    is_apart = (people["measure"] == "workers_returned") | (
        people["stretch"] == NOT_STATED
    )
    return people[is_apart]


def recruited_and_left(
    recruitment: pd.DataFrame, all_left: pd.DataFrame
) -> pd.DataFrame:
    """People recruited beside people who left, in the same stretches of time.

    Args:
        recruitment: the rows of the dataset ``recruitment``.
        all_left: all who left, one row for each stretch: what
            `scrutiny_pack.measures.leavers.all_leavers` returned.

    Returns:
        The long form with ``stretch`` and ``subject`` (who was recruited). Measures
        ``workers_recruited`` and ``leavers``, ``x`` for the one that the source does
        not give, and ``recruited_less_leavers`` where it gives both on one basis.
    """
    recruited = _people(recruitment)
    recruited = recruited[recruited["measure"] == "workers_recruited"]
    recruited = recruited[recruited["stretch"] != NOT_STATED]
    left = long_form(all_left)
    rows: list[dict[str, Any]] = []
    for row in records(recruited):
        same = left[
            (left["stretch"] == row["stretch"]) & (left["basis"] == row["basis"])
        ]
        beside = records(same)[0] if len(same) else _not_given(row, "leavers")
        beside |= {"subject": row["subject"]}
        rows += [row, beside, *_difference(row, beside)]
    met = {(row["stretch"], row["basis"]) for row in records(recruited)}
    for row in records(left):
        if (row["stretch"], row["basis"]) not in met:
            alone = row | {"subject": NOT_STATED}
            rows += [_not_given(alone, "workers_recruited"), alone]
    columns = ["stretch", "subject", *recruited.columns.drop(["stretch", "subject"])]
    return long_form(pd.DataFrame(rows, columns=columns))


def times_and_targets(recruitment: pd.DataFrame) -> pd.DataFrame:
    """How long recruiting takes, beside how long it should take.

    Args:
        recruitment: the rows of the dataset ``recruitment``.

    Returns:
        The long form with ``subject``, ``counted_in`` (weeks or days) and ``figure``
        ("Aimed at" or "As it is"): two rows for each subject and date, ``x`` for the
        one that the source does not give.
    """
    frame = long_form(recruitment).drop(columns="span_from")
    frame = frame[frame["measure"].isin(["weeks", "days"])]
    rows: list[dict[str, Any]] = []
    for _, group in frame.groupby(["subject", "measure", "as_at"], sort=False):
        for figure in (AIMED_AT, ACTUAL):
            here = group[(group["nature"] == "target") == (figure == AIMED_AT)]
            rows += [row | {"figure": figure} for row in records(here)]
            if here.empty:
                first = records(group)[0]
                rows.append(_not_given(first, first["measure"]) | {"figure": figure})
    made = pd.DataFrame(rows, columns=[*frame.columns, "figure"])
    made = made.assign(counted_in=made["measure"])
    names = ["subject", "counted_in", "figure"]
    return long_form(made[[*names, *made.columns.drop(names)]])


def _people(recruitment: pd.DataFrame) -> pd.DataFrame:
    frame = long_form(recruitment)
    frame = frame[frame["measure"].isin(["workers_recruited", "workers_returned"])]
    return long_form(frame.assign(stretch=stretches(frame)).drop(columns="span_from"))


def _difference(
    recruited: dict[str, Any], left: dict[str, Any]
) -> list[dict[str, Any]]:
    if pd.isna(recruited["value"]) or pd.isna(left["value"]):
        return []
    sources = {
        n: joined([recruited[n], left[n]]) for n in ("nature", "dataset", "paragraph")
    }
    value = exact_sum([recruited["value"], left["value"]], [1, -1])
    made = {
        "measure": "recruited_less_leavers",
        "value": value,
        "as_published": "",
        "note": "",
    }
    return [recruited | made | sources]


def _not_given(row: dict[str, Any], measure: str) -> dict[str, Any]:
    return (
        row
        | dict.fromkeys(NUMBER_COLUMNS, float("nan"))
        | {
            "measure": measure,
            "as_published": "",
            "status": "x",
            "note": _NOT_GIVEN,
        }
    )
