"""Columns worked out from a dataset so that its expectation suite can bound them.

A suite bounds one column at a time; what takes two cells to tell, such as how long
after its report a figure is dated, gets a column here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from scrutiny_pack.inputs.schemas import DatasetSchema
from scrutiny_pack.periods import Period


@dataclass(frozen=True)
class CheckColumn:
    """A column that only checks see.

    Attributes:
        about: the column of the file that a message names in its place.
        meaning: what it holds.
    """

    about: str
    meaning: str


CHECK_COLUMNS: Mapping[str, CheckColumn] = {
    "lowest": CheckColumn("value", "The least of value, low and high."),
    "highest": CheckColumn("value", "The greatest of value, low and high."),
    "value_fraction": CheckColumn(
        "value", "What is left of value, low or high beyond whole ones; 0 if nothing."
    ),
    "days_after_report": CheckColumn(
        "as_at",
        "Days from the report's date to the beginning of as_at (in evidence-taken: "
        "date), 0 if it is not after; empty if the report's date is not stated.",
    ),
    "span_days": CheckColumn(
        "span_from",
        "Days from the beginning of span_from to the end of as_at, both counted.",
    ),
}
"""What a suite may use beside the dataset's own columns."""


def with_check_columns(
    frame: pd.DataFrame, schema: DatasetSchema, report: Period | None
) -> pd.DataFrame:
    """A dataset's table with the check columns that make sense for it.

    Args:
        frame: the table, as [`read_table`][scrutiny_pack.inputs.tables.read_table]
            gives it.
        schema: its schema.
        report: the date of the report that it was read from, or None if that is
            not stated.

    Returns:
        The table and, all float64 with NaN where there is nothing to check,
        ``lowest``, ``highest`` and ``value_fraction`` for a dataset of figures,
        ``days_after_report`` for one with dates, and ``span_days`` for one with
        ``span_from``.
    """
    checked = frame.copy()
    if schema.shape == "figures":
        numbers = frame[["value", "low", "high"]]
        checked["lowest"] = numbers.min(axis="columns")
        checked["highest"] = numbers.max(axis="columns")
        checked["value_fraction"] = (numbers % 1).max(axis="columns")
    if date_column := dated_by(schema):
        checked["days_after_report"] = _each(
            frame[[date_column]], lambda date: _days_after(date, report)
        )
    if "span_from" in frame:
        checked["span_days"] = _each(frame[["span_from", "as_at"]], _span_days)
    return checked


def dated_by(schema: DatasetSchema) -> str:
    """The column that dates a dataset's rows, or nothing if none does."""
    names = schema.column_names
    return next((name for name in ("as_at", "date") if name in names), "")


def about(column: str, schema: DatasetSchema) -> str:
    """The column of the file that a message names for a column that was checked."""
    if column == "days_after_report":
        return dated_by(schema)
    return CHECK_COLUMNS[column].about if column in CHECK_COLUMNS else column


def _each(frame: pd.DataFrame, work_out: Callable[..., float]) -> pd.Series:
    rows = frame.itertuples(index=False, name=None)
    return pd.Series([work_out(*row) for row in rows], frame.index, dtype="float64")


def _days_after(date: str, report: Period | None) -> float:
    if not date or report is None:
        return float("nan")
    return max(0, (Period.parse(date).start - report.end).days)


def _span_days(span_from: str, as_at: str) -> float:
    if not span_from:
        return float("nan")
    return (Period.parse(as_at).end - Period.parse(span_from).start).days + 1
