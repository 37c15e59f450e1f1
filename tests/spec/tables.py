"""Small tables in text, for tests that read like definitions.

docs/measures.md is written from the tests in this folder (tools/measures_doc.py): a
file is a section, a test is a paragraph, and the tables in it are the example.
"""

import pandas as pd

from scrutiny_pack.observations import NUMBER_COLUMNS, long_form
from scrutiny_pack.rounding import decimals_of, round_half_up

USUAL = {
    "breakdown": "Teams",
    "unit": "Whole",
    "part_of": "",
    "within": "",
    "unit_kind": "whole",
    "basis": "headcount",
    "as_published": "",
    "status": "",
    "as_at": "2016-07-31",
    "nature": "actual",
    "paragraph": "22",
    "note": "",
}
"""What stands in the columns that an example leaves out, for it plays no part there."""

_NUMBERS = {*NUMBER_COLUMNS, "band_from", "band_to"}


def table(text: str, dataset: str = "posts") -> pd.DataFrame:
    """A dataset's rows, from a table whose cells stand between upright lines.

    Args:
        text: a heading row, then a row for each figure.
        dataset: the dataset that they are rows of.
    """
    frame = cells(text)
    for column in _NUMBERS & set(frame):
        frame[column] = pd.to_numeric(frame[column])
    return long_form(frame.assign(**{**USUAL, "dataset": dataset, **frame}))


def expect(made: pd.DataFrame, text: str) -> None:
    """Check rows, in their order, in the columns that a table has.

    Args:
        made: what a measure returned.
        text: the expected table; numbers are compared to the decimals written.
    """
    expected = cells(text)
    found = pd.DataFrame(
        {
            column: [
                _as_written(value, like)
                for value, like in zip(
                    made[column], _padded(expected[column], len(made)), strict=True
                )
            ]
            for column in expected
        },
        columns=expected.columns,
        dtype=str,
    )
    assert found.to_dict("records") == expected.to_dict("records")


def cells(text: str) -> pd.DataFrame:
    """The cells of a table in text, as text."""
    lines = [line.strip().strip("|").split("|") for line in text.strip().splitlines()]
    heading, *rows = [[cell.strip() for cell in line] for line in lines]
    return pd.DataFrame(rows, columns=heading, dtype=str)


def _padded(column: "pd.Series[str]", length: int) -> list[str]:
    return [*column, *[""] * length][:length]


def _as_written(value: object, like: str) -> str:
    if not isinstance(value, float | int):
        return str(value)
    if pd.isna(value):
        return ""
    places = len(like.partition(".")[2]) if like else decimals_of(round(value, 6))
    return str(round_half_up(value, places))
