"""The figures of a dataset as its source prints them, ready to be worked out again."""

import math
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from scrutiny_pack.inputs.wording import basis_in_words
from scrutiny_pack.periods import Period
from scrutiny_pack.rounding import decimals_of, round_half_up

ALL_BANDS = "all"
"""The band that stands for the row's total."""

DIGITS_KEPT = 6
"""Decimals; beyond them a difference is float noise."""


@dataclass(frozen=True)
class PrintedFigure:
    """One row of a dataset, as the identities need it.

    Attributes:
        label: the row in words, for the beginning of a sentence.
        known: whether it is one number that can be calculated with.
        blank: whether the source prints nothing there.
    """

    line: int
    breakdown: str
    unit: str
    part_of: str
    within: str
    band: str
    step: float
    measure: str
    basis: str
    as_at: str
    value: float
    as_published: str
    paragraph: str
    label: str
    known: bool
    blank: bool

    @property
    def printed(self) -> str:
        """The figure as the source prints it, if it prints digits."""
        if re.search("[0-9]", self.as_published):
            return self.as_published
        return as_text(self.value, 0)

    @property
    def decimals(self) -> int:
        """How many decimals it is printed with."""
        if match := re.search(r"[0-9]\.([0-9]+)", self.as_published):
            return len(match[1])
        return decimals_of(self.value)


def printed_figures(frame: pd.DataFrame) -> list[PrintedFigure]:
    """The rows of a dataset of figures, in the order of the file.

    Args:
        frame: its table. One without a ``unit`` (referrals) has a ``stage`` instead;
            one without a ``breakdown`` is all of one.
    """
    if "unit" not in frame:
        frame = frame.rename(columns={"stage": "unit"})
    if "breakdown" not in frame:
        frame = frame.assign(breakdown="")
    breakdowns = frame.groupby("unit")["breakdown"].nunique().to_dict()
    dates = frame.groupby(["breakdown", "unit"])["as_at"].nunique().to_dict()
    figures = []
    for line, row in zip(frame.index, frame.to_dict("records"), strict=True):
        several_breakdowns = breakdowns[row["unit"]] > 1
        several_dates = dates[row["breakdown"], row["unit"]] > 1
        label = [
            row["breakdown"] if several_breakdowns else "",
            row["unit"],
            row.get("band", ""),
            basis_in_words(row["basis"]),
            Period.parse(row["as_at"]).in_words if several_dates else "",
        ]
        words = ", ".join(word for word in label if word not in ("", ALL_BANDS))
        figures.append(_figure(line, row, words))
    return figures


def _figure(line: int, row: Mapping[Hashable, Any], label: str) -> PrintedFigure:
    letters = set(row["status"].split())
    a_range = not (math.isnan(row["low"]) and math.isnan(row["high"]))
    empty = math.isnan(row["value"])
    return PrintedFigure(
        line=line,
        breakdown=row["breakdown"],
        unit=row["unit"],
        part_of=row.get("part_of", ""),
        within=row.get("within", ""),
        band=row.get("band", ""),
        step=row.get("step", math.nan),
        measure=row["measure"],
        basis=row["basis"],
        as_at=row["as_at"],
        value=row["value"],
        as_published=row["as_published"],
        paragraph=row["paragraph"],
        label=label,
        known=not empty and "e" not in letters,
        blank=empty and not a_range and not letters & {"c", "k"},
    )


def as_text(value: float, decimals: int) -> str:
    """A number for a sentence: 1,250 or 9.20."""
    decimals = max(decimals, decimals_of(round(value, DIGITS_KEPT)))
    return f"{round_half_up(round(value, DIGITS_KEPT), decimals):,}"
