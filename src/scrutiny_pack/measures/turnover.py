"""Turnover rates: whole years apart from parts of a year, and gaps shown as gaps."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.measures.stretches import (
    NOT_STATED,
    months_in_words,
    stretch_in_words,
    stretches,
)
from scrutiny_pack.observations import NUMBER_COLUMNS, joined, long_form, records
from scrutiny_pack.periods import Period

WHOLE_YEAR = "whole year"
PART_YEAR = "part of a year"

_NOT_GIVEN = "The source gives no figure."
_COPIED = (
    "measure", "basis", "value", "as_published", "status", "nature", "dataset",
    "paragraph", "note",
)  # fmt: skip


def year_ends(turnover: pd.DataFrame) -> pd.DataFrame:
    """Rates of whole years, one for each group and year end, gaps as ``x``.

    Args:
        turnover: the rows of the dataset ``turnover``.

    Returns:
        The long form with ``scope``, ``year_end`` (the date in words) and ``run``,
        which changes along a group where a year is missing, so that a line is drawn
        broken there. Every group has a row at every year end that any group has, and
        at those in between; where the source gives no rate the status is ``x``.
        Groups stand in the order of the data, dates from the earliest.
    """
    whole = long_form(turnover[turnover["span"] == WHOLE_YEAR])
    ends = _with_years_between(whole["as_at"].tolist())
    rows: list[dict[str, Any]] = []
    for _, group in whole.groupby("scope", sort=False):
        given = {row["as_at"]: row for row in records(group)}
        run = 0
        for end in ends:
            row = given.get(end) or _not_given(group, end)
            run += pd.isna(row["value"])
            rows.append(row | {"year_end": Period.parse(end).in_words, "run": str(run)})
    columns = ["scope", "year_end", "run", *whole.columns]
    return long_form(pd.DataFrame(rows, columns=list(dict.fromkeys(columns)))).drop(
        columns=["span", "span_from"]
    )


def part_years(turnover: pd.DataFrame) -> pd.DataFrame:
    """Rates of parts of a year, those of the same months together.

    Args:
        turnover: the rows of the dataset ``turnover``.

    Returns:
        The long form with ``scope``, ``months`` ("1 April to 31 July", the same for
        rates that can be set side by side) and ``stretch`` (the months with their
        year). Rates whose span the source does not state stand last, and their
        months are "not stated".
    """
    part = long_form(turnover[turnover["span"] != WHOLE_YEAR])
    months = [_months(row) for row in records(part)]
    part = part.assign(months=pd.Series(months, part.index, dtype="str"))
    part = part.assign(stretch=stretches(part)).reset_index(drop=True)
    order = pd.DataFrame({
        "unclear": part["months"] == NOT_STATED,
        "group": part.groupby(["scope", "months"], sort=False).ngroup(),
        "end": [Period.parse(as_at).end.toordinal() for as_at in part["as_at"]],
    })  # fmt: skip
    ordered = order.sort_values(["unclear", "group", "end"], kind="stable")
    part = part.loc[ordered.index]
    first = ["scope", "months", "stretch"]
    rest = part.columns.drop([*first, "span", "span_from"])
    return long_form(part[[*first, *rest]])


def longest_pattern(part: pd.DataFrame) -> pd.DataFrame:
    """The group and months that have the most rates to set side by side.

    Args:
        part: what `part_years` returned.

    Returns:
        Its rows, of one scope and the same months of each year; no rows where none
        has two.
    """
    known = part[part["value"].notna() & (part["months"] != NOT_STATED)]
    sizes = known.groupby(["scope", "months"], sort=False)["as_at"].transform("size")
    longest = known[(sizes == sizes.max()) & (sizes > 1)]
    first = longest[["scope", "months"]].head(1)
    return long_form(longest.merge(first, on=["scope", "months"]))


def staff_implied(turnover: pd.DataFrame, leavers: pd.DataFrame) -> pd.DataFrame:
    """How many staff a published rate and a number of leavers make together.

    A rate is leavers for each hundred staff; where the source gives both, but not
    the staff, the staff follow. Whether the two count the same people is for the
    source to say.

    Args:
        turnover: the rows of the dataset ``turnover``.
        leavers: all who left, one row for each stretch of time: what
            `scrutiny_pack.measures.leavers.all_leavers` returned.

    Returns:
        The long form, three rows for each stretch that has both: the leavers and the
        rate as published, and ``staff_implied``, an estimate. Text columns
        ``stretch`` and ``scope``; the scope is the first that the data has.
    """
    turnover, leavers = long_form(turnover), long_form(leavers)
    rates = turnover[(turnover["value"] > 0) & (turnover["span_from"] != "")]
    rates = rates[rates["scope"].isin(rates["scope"].iloc[:1])]
    pairs = rates.merge(leavers, on=["span_from", "as_at"], suffixes=("", "_left"))
    pairs = pairs[pairs["value_left"].notna()]
    rows = [row for pair in records(pairs) for row in _implied(pair)]
    return long_form(
        pd.DataFrame(rows, columns=["stretch", "scope", *_COPIED, "as_at"])
    )


def _implied(pair: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    shared = {
        "stretch": stretch_in_words(pair["span_from"], pair["as_at"]),
        "scope": pair["scope"],
        "as_at": pair["as_at"],
    }
    yield shared | {name: pair[f"{name}_left"] for name in _COPIED}
    yield shared | {name: pair[name] for name in _COPIED}
    yield (
        shared
        | {
            "measure": "staff_implied",
            "basis": pair["basis"],
            "value": 100 * pair["value_left"] / pair["value"],
            "as_published": "",
            "status": "e",
            "note": "",
        }
        | {
            n: joined([pair[n], pair[f"{n}_left"]])
            for n in ("nature", "dataset", "paragraph")
        }
    )


def _months(row: Mapping[str, Any]) -> str:
    if row["span"] != PART_YEAR:
        return NOT_STATED
    return months_in_words(row["span_from"], row["as_at"])


def _with_years_between(ends: list[str]) -> list[str]:
    """The dates, and the same day of each year between the first and the last."""
    ordered = sorted(set(ends), key=Period.parse)
    if len({end[4:] for end in ordered}) != 1:
        return ordered
    day = ordered[0][4:]
    return [
        f"{year}{day}" for year in range(int(ordered[0][:4]), int(ordered[-1][:4]) + 1)
    ]


def _not_given(group: pd.DataFrame, end: str) -> dict[str, Any]:
    row: dict[str, Any] = records(group)[0]
    return (
        row
        | dict.fromkeys(NUMBER_COLUMNS, float("nan"))
        | {
            "as_at": end,
            "as_published": "",
            "status": "x",
            "paragraph": joined(group["paragraph"]),
            "note": _NOT_GIVEN,
        }
    )
