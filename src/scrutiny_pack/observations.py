"""The long form: one row for each figure, with its base, its status and its source.

Input datasets of shape ``figures``, what measures return, and the data file of
every evidence item share these columns, so that a number never travels without
what it needs to be understood.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

FIGURE_COLUMNS = (
    "measure",
    "basis",
    "value",
    "low",
    "high",
    "numerator",
    "denominator",
    "as_published",
    "status",
    "as_at",
    "nature",
    "dataset",
    "paragraph",
    "note",
)
"""The columns of a figure, in the order of a data file; text columns come before."""

NUMBER_COLUMNS = ("value", "low", "high", "numerator", "denominator")
"""The columns of a figure that hold numbers; all others hold text."""

STATUS_WORDS = {
    "c": "confidential",
    "k": "low: rounds to nought but is not nought",
    "x": "not available",
    "z": "not applicable",
    "u": "unreliable",
    "r": "revised",
    "p": "provisional",
    "e": "estimated",
}
"""The status set: each letter and what it says of a figure."""

WITHOUT_VALUE = frozenset("ckxzu")
"""The letters that can stand in the place of a value."""

PARAMETERS = "parameters"
"""The ``dataset`` of a figure that is not read from one: an amount that the council
gives for a scenario. Its ``paragraph`` names the parameters."""

SMALLEST_BASE = 10
"""No new percentage is made on fewer than this many (rules of evidence, 8)."""


def long_form(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with all figure columns present, last, and in order.

    Args:
        frame: rows with at least ``measure``; the other figure columns may be absent.

    Returns:
        The text columns as they were, then [`FIGURE_COLUMNS`][]; an absent number
        column is empty (NaN), an absent text column is ``""``.
    """
    there = frame.dtypes.to_dict()
    text = [str(name) for name in there if name not in FIGURE_COLUMNS]
    wanted = [*text, *FIGURE_COLUMNS]
    numbers = [n for n in NUMBER_COLUMNS if n in there and there[n] != "float64"]
    if list(there) == wanted and not numbers:
        return frame.copy(deep=False)
    # One frame of all columns at once: pandas takes twice as long to add and to sort them.
    columns: dict[str, Any] = dict.fromkeys(wanted, "")
    columns |= dict.fromkeys(NUMBER_COLUMNS, float("nan"))
    columns |= {str(name): column for name, column in frame.items()}
    columns |= {name: frame[name].astype("float64") for name in numbers}
    return pd.DataFrame(columns, index=frame.index)


def joined(values: Iterable[str]) -> str:
    """The different values, in order of appearance, as one cell: ``22; 24 (first)``."""
    parts = (part for value in values for part in str(value).split("; "))
    return "; ".join(dict.fromkeys(part for part in parts if part))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, each as a mapping from column to value.

    As ``to_dict("records")``, several times as fast for columns of text, which pandas
    otherwise hands out one cell at a time.
    """
    names = [str(name) for name in frame.columns]
    columns = [column.tolist() for _, column in frame.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
