"""Who left, by role and service, and the reasons that are stated."""

import pandas as pd

from scrutiny_pack.measures.rates import share
from scrutiny_pack.measures.stretches import NOT_STATED, stretches
from scrutiny_pack.observations import long_form, records


def leavers_by_group(leavers: pd.DataFrame) -> pd.DataFrame:
    """Every number of leavers, and each group as a share of all who left.

    Args:
        leavers: the rows of the dataset ``leavers``.

    Returns:
        The long form with ``stretch`` (the time in words), ``unit``, ``role`` and
        ``service`` ("not stated" where the source does not say), and ``level``.
        Measures ``leavers`` and ``share_of_leavers``; fewer than ten leavers in all
        give no share, nor does a list without a total.
    """
    counted = _counted(leavers)
    whole = counted[counted["level"] == "total"]
    groups = counted[counted["level"] != "total"]
    shares = share(groups, whole, "share_of_leavers", by=["breakdown", "stretch"])
    made = pd.concat([counted, shares], ignore_index=True)
    return long_form(made.drop(columns=["part_of", "within", "reason", "span_from"]))


def all_leavers(leavers: pd.DataFrame) -> pd.DataFrame:
    """All who left, one row for each stretch of time.

    Args:
        leavers: the rows of the dataset ``leavers``.

    Returns:
        The long form with ``stretch`` and ``span_from``: the totals; where two lists
        have one for the same time, that of the first.
    """
    counted = _counted(leavers)
    whole = counted[counted["level"] == "total"]
    whole = whole.drop_duplicates(["span_from", "as_at", "basis"])
    return long_form(whole.drop(columns=["part_of", "within", "reason", "level"]))


def reasons(leavers: pd.DataFrame) -> pd.DataFrame:
    """The reasons for leaving that the source states, with their numbers or ``x``.

    Args:
        leavers: the rows of the dataset ``leavers``.

    Returns:
        The long form with ``reason`` and ``stretch``, "not stated" where the source
        does not say over what time.
    """
    stated = long_form(leavers[leavers["reason"] != ""])
    return long_form(stated.assign(stretch=stretches(stated)))


def _counted(leavers: pd.DataFrame) -> pd.DataFrame:
    """The rows without a reason, with their time in words and their level."""
    counted = long_form(leavers[leavers["reason"] == ""]).reset_index(drop=True)
    counted = counted.assign(stretch=stretches(counted), level=_levels(counted))
    unsaid = counted["level"].map({"total": "all"}).fillna(NOT_STATED).astype("str")
    named = {c: counted[c].where(counted[c] != "", unsaid) for c in ("role", "service")}
    return counted.assign(**named)


def _levels(counted: pd.DataFrame) -> "pd.Series[str]":
    """Which row is the total of its list; several that stand alone are no total."""
    is_top = (counted["part_of"] == "") & (counted["within"] == "")
    lists = [counted["breakdown"], counted["basis"], counted["as_at"]]
    tops = is_top.groupby(lists).transform("sum")
    parents = {
        (row["breakdown"], parent)
        for row in records(counted)
        for parent in (row["part_of"], row["within"])
    }
    keys = zip(counted["breakdown"], counted["unit"], strict=True)
    has_parts = pd.Series([key in parents for key in keys], counted.index, dtype="bool")
    level = pd.Series("part", counted.index, dtype="str")
    level = level.mask(has_parts, "subtotal").mask(is_top & (tops == 1), "total")
    return level.astype("str")
