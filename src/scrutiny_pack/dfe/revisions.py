"""What changed between two releases, cell by cell."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from scrutiny_pack.dfe.reading import ReleaseData
from scrutiny_pack.dfe.register import Register, read_table

_CELL = ["area", "as_at", "measure", "basis"]
COLUMNS = (
    *_CELL,
    "value_before",
    "status_before",
    "published_before",
    "value",
    "status",
    "as_published",
)
"""What changed: a row for each cell, as it was and as it is."""


@dataclass(frozen=True)
class Revisions:
    """Two releases compared.

    Attributes:
        older: the earlier release's name.
        newer: the later one's.
        compared: how many cells both have.
        changed: those whose number or status letter differs, with [`COLUMNS`][], in
            the order of the newer release.
        areas_only_in_older: areas and dates that only the older one has, each as
            ``area, date``, in its order.
        areas_only_in_newer: likewise of the newer one.
        figures_only_in_older: measures that only the older one has, each as
            ``measure, basis``, in its order.
        figures_only_in_newer: likewise of the newer one.
    """

    older: str
    newer: str
    compared: int
    changed: pd.DataFrame
    areas_only_in_older: tuple[str, ...]
    areas_only_in_newer: tuple[str, ...]
    figures_only_in_older: tuple[str, ...]
    figures_only_in_newer: tuple[str, ...]


def revisions(older: ReleaseData, newer: ReleaseData, register: Register) -> Revisions:
    """Compare two releases, area by area, whatever codes and names each one gives.

    A cell is an area, a date, a measure and a basis. Cells that only one of them has
    are no revisions: they are counted and named.
    """
    before, after = (register.with_areas(d.figures) for d in (older, newer))
    columns = [*_CELL, "value", "status", "as_published"]
    both = after[columns].merge(
        before[columns].rename(columns={"as_published": "published"}),
        on=_CELL,
        suffixes=("", "_before"),
        validate="one_to_one",
    )
    both = both.rename(columns={"published": "published_before"})
    same_value = (both["value"] == both["value_before"]) | (
        both[["value", "value_before"]].isna().all(axis=1)
    )
    changed = both[~same_value | (both["status"] != both["status_before"])]
    return Revisions(
        older=older.release,
        newer=newer.release,
        compared=len(both),
        changed=changed[list(COLUMNS)].reset_index(drop=True),
        areas_only_in_older=_only(before, after, ["area", "as_at"]),
        areas_only_in_newer=_only(after, before, ["area", "as_at"]),
        figures_only_in_older=_only(before, after, ["measure", "basis"]),
        figures_only_in_newer=_only(after, before, ["measure", "basis"]),
    )


def read_revisions(reference: Path, newer: str) -> pd.DataFrame:
    """The changes that came with a release, as the project keeps them.

    They are kept, for a pack must not depend on whether two releases have been
    obtained.

    Args:
        reference: the folder of reference data, with revisions.csv.
        newer: the release.

    Returns:
        Rows with ``older`` and ``newer``, then [`COLUMNS`][]; none for a release whose
        changes the project does not keep.

    Raises:
        ReferenceDataError: if the file is missing or wrong in itself.
    """
    table = read_table(reference, "revisions", ("older", "newer", *COLUMNS))
    for column in ("value_before", "value"):
        table[column] = pd.to_numeric(table[column]).astype("float64")
    return table[table["newer"] == newer].reset_index(drop=True)


def _only(one: pd.DataFrame, other: pd.DataFrame, by: list[str]) -> tuple[str, ...]:
    here = one[by].drop_duplicates().agg(", ".join, axis=1)
    there = set(other[by].drop_duplicates().agg(", ".join, axis=1))
    return tuple(name for name in here if name not in there)
