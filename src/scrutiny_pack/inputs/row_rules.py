"""Rules that the rows of a table must keep before anything can be made of it.

They are about how the file is written, not about whether its figures are right:
that is for the expectation suites.
"""

import math
from collections.abc import Iterator

import pandas as pd

from scrutiny_pack.inputs.schemas import DatasetSchema
from scrutiny_pack.inputs.wording import did_you_mean, shown
from scrutiny_pack.observations import STATUS_WORDS

_NO_VALUE = "xzc"  # the statuses that say why there is no value


def broken_row_rules(frame: pd.DataFrame, schema: DatasetSchema) -> Iterator[str]:
    """Say, one sentence each, where a table breaks a rule.

    Args:
        frame: the table, as [`read_table`][scrutiny_pack.inputs.tables.read_table]
            gives it.
        schema: its schema.
    """
    yield from _same_row_twice(frame, schema)
    if schema.shape == "figures":
        yield from _figures(frame)
    if {"part_of", "within"} <= set(frame.columns):
        yield from _unknown_units(frame, "part_of")
        yield from _unknown_units(frame, "within")


def _same_row_twice(frame: pd.DataFrame, schema: DatasetSchema) -> Iterator[str]:
    first: dict[tuple[str, ...], int] = {}
    for line, *cells in frame[list(schema.keys)].itertuples(name=None):
        key = tuple(str(cell) for cell in cells)
        if key in first:
            told = ", ".join(
                f"{column} {shown(word)}"
                for column, word in zip(schema.keys, key, strict=True)
            )
            yield (
                f"lines {first[key]} and {line}: the same row twice ({told}); "
                "delete one, or write in these columns what sets them apart"
            )
        first.setdefault(key, line)


def _figures(frame: pd.DataFrame) -> Iterator[str]:
    """The value, its range and its status must agree."""
    columns = ["value", "low", "high", "status"]
    for line, value, low, high, status in frame[columns].itertuples(name=None):
        reasons = [letter for letter in status.split() if letter in _NO_VALUE]
        if low > high:
            yield (
                f"line {line}, columns low and high: the lower end, {low:g}, is above "
                f"the upper end, {high:g}; exchange them"
            )
        elif value < low or value > high:
            ends = [
                f"{word} {end:g}"
                for word, end in (("low", low), ("high", high))
                if not math.isnan(end)
            ]
            yield (
                f"line {line}, column value: {value:g} lies outside "
                f"{' and '.join(ends)}; correct one of them"
            )
        if reasons and not math.isnan(value):
            yield (
                f"line {line}, column status: {reasons[0]} says that the figure is "
                f"{STATUS_WORDS[reasons[0]]}, yet the value is {value:g}; "
                "delete one of them"
            )
        if not reasons and all(math.isnan(number) for number in (value, low, high)):
            yield (
                f"line {line}, column value: the cell is empty and nothing says why; "
                "write the figure, or low or high, or the status x (not available), "
                "z (not applicable) or c (confidential)"
            )


def _unknown_units(frame: pd.DataFrame, column: str) -> Iterator[str]:
    """A unit that a row adds into, or stands within, must have a row of its own."""
    grouped = frame.groupby("breakdown", sort=False)["unit"]
    units = {breakdown: set(group) for breakdown, group in grouped}
    rows = frame[["breakdown", "unit", column]]
    for line, breakdown, unit, whole in rows.itertuples(name=None):
        if whole and whole == unit:
            yield (
                f"line {line}, column {column}: {shown(whole)} is the row's own unit; "
                "write the unit that it belongs to, or leave the cell empty"
            )
        elif whole and whole not in units[breakdown]:
            yield (
                f"line {line}, column {column}: {shown(whole)} is not a unit of the "
                f"breakdown {shown(breakdown)}; write it as that unit's own row does."
                f"{did_you_mean(whole, units[breakdown] - {unit})}"
            )
