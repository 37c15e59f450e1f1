"""Recruiting: people recruited against people who left, and how long it takes."""

from typing import Any

import pandas as pd

from scrutiny_pack.measures.rates import exact_sum
from scrutiny_pack.measures.stretches import stretch_in_words
from scrutiny_pack.observations import NUMBER_COLUMNS, joined, long_form
from scrutiny_pack.periods import Period

NOT_STATED = "not stated"
AIMED_AT = "Aimed at"
REACHED = "Reached"

_NOT_GIVEN = "The source gives no figure."


def people(recruitment: pd.DataFrame) -> pd.DataFrame:
    """People recruited or come back, as published.

    Args:
        recruitment: the rows of the dataset ``recruitment``.

    Returns:
        The long form with ``subject`` and ``stretch``, "not stated" where the source
        does not say over what time.
    """
    frame = long_form(recruitment)
    frame = frame[frame["measure"].isin(["workers_recruited", "workers_returned"])]
    stretch = [
        stretch_in_words(start, end) if start else NOT_STATED
        for start, end in zip(frame["span_from"], frame["as_at"], strict=True)
    ]
    return long_form(frame.assign(stretch=stretch).drop(columns="span_from"))


def recruited_and_left(recruitment: pd.DataFrame, all_left: pd.DataFrame) -> pd.DataFrame:
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
    recruited = people(recruitment)
    recruited = recruited[recruited["measure"] == "workers_recruited"]
    recruited = recruited[recruited["stretch"] != NOT_STATED]
    left = long_form(all_left)
    rows: list[dict[Any, Any]] = []
    for row in recruited.to_dict("records"):
        same = left[(left["stretch"] == row["stretch"]) & (left["basis"] == row["basis"])]
        beside = same.iloc[0].to_dict() if len(same) else _not_given(row, "leavers")
        beside |= {"subject": row["subject"]}
        rows += [row, beside, *_difference(row, beside)]
    met = {(row["stretch"], row["basis"]) for row in recruited.to_dict("records")}
    for row in left.to_dict("records"):
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
        The long form with ``subject``, ``counted_in`` (weeks or days), ``when`` and
        ``figure`` ("Aimed at" or "Reached"): two rows for each subject and date, ``x``
        for the one that the source does not give.
    """
    frame = long_form(recruitment).drop(columns="span_from")
    frame = frame[frame["measure"].isin(["weeks", "days"])]
    rows: list[dict[Any, Any]] = []
    for _, group in frame.groupby(["subject", "measure", "as_at"], sort=False):
        for figure in (AIMED_AT, REACHED):
            here = group[(group["nature"] == "target") == (figure == AIMED_AT)]
            rows += [row | {"figure": figure} for row in here.to_dict("records")]
            if here.empty:
                first = group.iloc[0].to_dict()
                rows.append(_not_given(first, first["measure"]) | {"figure": figure})
    made = pd.DataFrame(rows, columns=[*frame.columns, "figure"])
    when = [Period.parse(as_at).in_words for as_at in made["as_at"]]
    made = made.assign(counted_in=made["measure"], when=when)
    first_columns = ["subject", "counted_in", "when", "figure"]
    return long_form(made[[*first_columns, *made.columns.drop(first_columns)]])


def _difference(recruited: dict[Any, Any], left: dict[Any, Any]) -> list[dict[Any, Any]]:
    if pd.isna(recruited["value"]) or pd.isna(left["value"]):
        return []
    sources = {n: joined([recruited[n], left[n]]) for n in ("nature", "dataset", "paragraph")}
    value = exact_sum([recruited["value"], left["value"]], [1, -1])
    made = {"measure": "recruited_less_leavers", "value": value, "as_published": "", "note": ""}
    return [recruited | made | sources]


def _not_given(row: dict[Any, Any], measure: str) -> dict[Any, Any]:
    return row | dict.fromkeys(NUMBER_COLUMNS, float("nan")) | {
        "measure": measure,
        "as_published": "",
        "status": "x",
        "note": _NOT_GIVEN,
    }
