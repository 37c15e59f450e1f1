"""All local authorities' figures of a measure, without their names: for a place among them.

``data/reference/distribution.csv`` holds them for the release that the embedded
comparators are of, so that a clone without the Department's file gives the same places
as one with it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from scrutiny_pack.dfe.comparators import (
    BEFORE_THE_SERIES,
    as_evidence,
    shortest,
    tidy,
)
from scrutiny_pack.dfe.obtain import load
from scrutiny_pack.dfe.register import LOCAL, Register, read_table
from scrutiny_pack.dfe.releases import Release
from scrutiny_pack.observations import SMALLEST_BASE, records

COLUMNS = ("release", "as_at", "measure", "basis", "values")
"""The columns of the file: ``values`` are numbers, the lowest first, with spaces."""

PLACED = (
    ("turnover_rate_dfe", "fte"),
    ("vacancy_rate_dfe", "fte"),
    ("agency_rate_dfe", "fte"),
    ("average_caseload_dfe", "fte"),
    ("absence_rate_dfe", "fte"),
    ("children_in_need_per_worker_dfe", "fte"),
)
"""The measures, each with its basis, among which an authority is given a place."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """The local authorities' figures, by measure, basis and date.

    Attributes:
        values: sorted numbers, those on a base under 10 left out.
    """

    values: dict[tuple[str, str, str], "np.ndarray[tuple[int], np.dtype[np.float64]]"]

    def of(
        self, measure: str, basis: str, as_at: str
    ) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """All figures of one measure at one date; none where it is not there."""
        return self.values.get((measure, basis, as_at), np.array([], dtype="float64"))


def distribution(
    release: Release,
    *,
    reference: Path,
    folder: Path,
    register: Register,
    releases: dict[str, Release],
) -> Distribution:
    """The distribution that a release gives, and those of 2015 and 2016.

    Args:
        release: the release that the pack pins.
        reference: the folder of reference data.
        folder: the folder of obtained releases.
        register: the areas.
        releases: all releases.

    Raises:
        ReleaseError: if neither the embedded file nor the folder has the release.
    """
    table = read_table(reference, "distribution", COLUMNS)
    here = table[table["release"].isin([*BEFORE_THE_SERIES, release.name])]
    if release.name not in set(here["release"]):
        data = [
            load(releases[name], folder) for name in (*BEFORE_THE_SERIES, release.name)
        ]
        here = pd.concat([of_release(tidy(d, register), register) for d in data])
    return Distribution(
        {
            (row["measure"], row["basis"], row["as_at"]): np.array(
                row["values"].split(), dtype="float64"
            )
            for row in records(here)
        }
    )


def of_release(figures: pd.DataFrame, register: Register) -> pd.DataFrame:
    """The distribution of a whole release, with [`COLUMNS`][].

    Args:
        figures: as `scrutiny_pack.dfe.comparators.tidy` gives them.
        register: the areas.
    """
    rows = as_evidence(figures, register)
    rows = rows[rows["kind"].isin(LOCAL) & rows["value"].notna()]
    rows = rows[~(rows["denominator"] < SMALLEST_BASE)]
    made = []
    for measure, basis in PLACED:
        one = rows[(rows["measure"] == measure) & (rows["basis"] == basis)]
        for (release, as_at), part in one.groupby(["release", "as_at"], sort=True):
            numbers = " ".join(shortest(part["value"].sort_values()))
            made.append((release, as_at, measure, basis, numbers))
    return pd.DataFrame(made, columns=list(COLUMNS), dtype="str")
