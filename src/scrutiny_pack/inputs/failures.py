"""What a dataset breaks, in words that an analyst can act on."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from scrutiny_pack.inputs.check_columns import about
from scrutiny_pack.inputs.datasets import Dataset
from scrutiny_pack.inputs.printed_figures import ALL_BANDS, as_text
from scrutiny_pack.inputs.receipt import Failure
from scrutiny_pack.inputs.suites import Expectation
from scrutiny_pack.inputs.wording import (
    LONGEST_SHOWN,
    basis_in_words,
    joined,
    measure_in_words,
)
from scrutiny_pack.periods import Period

_MOST_ROWS = 5  # how many rows a sentence tells of


@dataclass(frozen=True)
class Outcome:
    """What became of one expectation.

    Attributes:
        expectation: the rule.
        success: whether it is met.
        rows: the index of the rows that do not meet it.
        observed: what was found instead, where it is about the table as a whole.
    """

    expectation: Expectation
    success: bool
    rows: tuple[int, ...] = ()
    observed: str = ""


def column_failures(
    outcome: Outcome, dataset: Dataset, frame: pd.DataFrame
) -> Iterator[Failure]:
    """One failure for an expectation that the dataset's rows do not meet."""
    if outcome.success:
        return
    kwargs = outcome.expectation.kwargs
    columns = [
        about(kwargs[key], dataset.schema)
        for key in ("column", "column_A", "column_B")
        if key in kwargs
    ]
    rows = frame.to_dict("index")
    values = tuple(
        joined([_cell(rows[line], column) for column in columns])
        for line in outcome.rows
    )
    told = [
        f"line {line} ({_row(rows[line], dataset)}) has {value}"
        for line, value in zip(outcome.rows, values, strict=True)
    ]
    if len(told) > _MOST_ROWS:
        told[_MOST_ROWS:] = [f"{len(told) - _MOST_ROWS:,} more lines are like this"]
    if not told:
        told = [f"the table has {outcome.observed}"]
    yield _failure(
        outcome,
        dataset,
        lines=outcome.rows,
        column=joined(columns),
        values=values or (outcome.observed,),
        sentence=f"{outcome.expectation.rule}, but {joined(told)}.",
    )


def identity_failures(
    outcome: Outcome, dataset: Dataset, frame: pd.DataFrame
) -> Iterator[Failure]:
    """One failure for each printed figure that its own table contradicts."""
    if outcome.success:
        return
    identities = frame.to_dict("index")
    for position in outcome.rows:
        identity = identities[position]
        yield _failure(
            outcome,
            dataset,
            lines=(identity["line"],),
            column="value",
            values=(as_text(identity["stated"], 0),),
            sentence=f"{identity['in_words']}: a difference of "
            f"{identity['by_how_much']}.",
        )


def _failure(
    outcome: Outcome,
    dataset: Dataset,
    *,
    lines: tuple[int, ...],
    column: str,
    values: tuple[str, ...],
    sentence: str,
) -> Failure:
    return Failure(
        severity=outcome.expectation.severity,
        dataset=dataset.name,
        file=dataset.file,
        rule=outcome.expectation.rule,
        remedy=outcome.expectation.remedy,
        lines=lines,
        column=column,
        values=values,
        sentence=sentence,
    )


def _cell(row: Mapping[Hashable, Any], column: str) -> str:
    """What stands in a cell, as text; for a figure without a value, its range."""
    cell = row[column]
    if column == "value" and pd.isna(cell):
        low, high = row["low"], row["high"]
        if pd.isna(low) or pd.isna(high):
            return f"up to {as_text(high, 0)}" if pd.isna(low) else as_text(low, 0)
        return f"{as_text(low, 0)} to {as_text(high, 0)}"
    if isinstance(cell, str):
        return _shortened(cell) or "an empty cell"
    return "an empty cell" if pd.isna(cell) else as_text(float(cell), 0)


def _row(row: Mapping[Hashable, Any], dataset: Dataset) -> str:
    """Which row it is, in words, by the columns of the key."""
    words = []
    for column in dataset.schema.keys:
        word = str(row[column])
        if column == "measure":
            word = measure_in_words(word)
        elif column == "basis":
            word = basis_in_words(word)
        elif dataset.schema.column(column).type == "period" and word:
            word = Period.parse(word).in_words
        elif column == "band" and word == ALL_BANDS:
            word = ""
        words.append(_shortened(word))
    return ", ".join(word for word in words if word)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
