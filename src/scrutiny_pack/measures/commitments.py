"""What was promised or recommended, and which of the council's own figures shows it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.measures.counted import count_row
from scrutiny_pack.measures.rates import exact_sum
from scrutiny_pack.measures.structure import latest
from scrutiny_pack.observations import FIGURE_COLUMNS, joined, long_form, records
from scrutiny_pack.periods import Period

NOT_STATED = "not stated"

KINDS = {
    "recommendation": "Recommended",
    "commitment": "Promised",
    "expectation": "Expected",
}
"""The kinds of commitment, and how a table calls them."""

NAMES = {
    "Recommended": "recommendations",
    "Promised": "promises",
    "Expected": "expectations",
}
"""What those of each kind are called together."""

COUNTED = (
    "All",
    "With an owner",
    "With a date",
    "With a figure to reach",
    "Shown here",
)
"""What is counted of each kind."""

_THE_COUNCIL = "the council"
_ALL_BANDS = "all"
_NAMES_OF_ROWS = ("unit", "subject", "change", "scope", "stage")


def shown_now(
    commitments: pd.DataFrame, datasets: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """The latest actual figure that shows how each commitment stands.

    Args:
        commitments: the rows of the dataset ``commitments``. ``shown_by_dataset``,
            ``shown_by_measure`` and ``shown_by_unit`` say where to look.
        datasets: the council's own datasets, by name. Figures of other places in
            them are not looked at.

    Returns:
        The long form with ``ref``, ``span`` (of a turnover rate, else "") and
        ``since``: "yes" where the figure is of a later date than the commitment. One
        row for each basis; none for a commitment of which nothing is known. Where
        the dataset has bands, the row counts those in the bands that lie within the
        target, and its denominator those in all of them.
    """
    rows = []
    for commitment in records(commitments):
        for row in records(_latest(commitment, datasets)):
            since = _is_later(row["as_at"], commitment["as_at"])
            told = {"ref": commitment["ref"], "since": "yes" if since else "no"}
            rows.append({"span": "", **row, **told})
    return long_form(
        pd.DataFrame(rows, columns=["ref", "span", "since", *FIGURE_COLUMNS])
    )


def counted_by_kind(commitments: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """How many commitments have an owner, a date, a figure, and evidence of them.

    Args:
        commitments: the rows of the dataset ``commitments``.
        shown: what `shown_now` returned.

    Returns:
        The long form with ``kind``, ``counted`` (one of [`COUNTED`][.]) and ``level``;
        measure ``commitments``, each with all of its kind as denominator. Where
        there are several kinds, a total counts them together.
    """
    kinds = commitments["kind"].map(KINDS)
    groups = [
        (str(kind), "part", of) for kind, of in commitments.groupby(kinds, sort=False)
    ]
    if len(groups) > 1:
        groups.append(("All", "total", commitments))
    rows = [
        {"kind": kind, "level": level, "counted": counted}
        | count_row(
            "commitments", number, len(of), of["as_at"], of["dataset"], of["paragraph"]
        )
        for kind, level, of in groups
        for counted, number in zip(COUNTED, _counts(of, shown), strict=True)
    ]
    return long_form(
        pd.DataFrame(rows, columns=["kind", "counted", "level", *FIGURE_COLUMNS])
    )


def _counts(of: pd.DataFrame, shown: pd.DataFrame) -> list[int]:
    return [
        len(of),
        int((of["owner"] != NOT_STATED).sum()),
        int((of["by_when"] != NOT_STATED).sum()),
        int(of["target"].notna().sum()),
        int(of["ref"].isin(shown["ref"]).sum()),
    ]


def _latest(
    commitment: Mapping[str, Any], datasets: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """The rows that show how a commitment stands, at the latest of their dates."""
    frame = datasets.get(commitment["shown_by_dataset"])
    if frame is None:
        return pd.DataFrame()
    frame = long_form(frame)
    known = frame["value"].notna() | frame["low"].notna() | frame["high"].notna()
    wanted = known & (frame["measure"] == commitment["shown_by_measure"])
    wanted &= frame["nature"] == "actual"
    if "area" in frame:
        wanted &= frame["area"] == _THE_COUNCIL
    if commitment["shown_by_unit"]:
        names = [name for name in _NAMES_OF_ROWS if name in frame]
        wanted &= (frame[names] == commitment["shown_by_unit"]).any(axis="columns")
    frame = latest(frame.loc[wanted])
    return _within_target(frame, commitment) if "band" in frame else frame


def _within_target(bands: pd.DataFrame, commitment: Mapping[str, Any]) -> pd.DataFrame:
    """Those in the bands that lie within the target, of those in all bands."""
    bands = bands[bands["band"] != _ALL_BANDS]
    target = float(commitment["target"])
    if commitment["target_is"] == "at most":
        within = bands[bands["band_to"] <= target]
    elif commitment["target_is"] == "at least":
        within = bands[bands["band_from"] >= target]
    else:
        return bands.iloc[:0]
    if within.empty or within["value"].isna().any() or bands["value"].isna().any():
        return bands.iloc[:0]
    number = exact_sum(within["value"].tolist())
    first = within.head(1)
    return first.assign(
        value=number,
        numerator=number,
        denominator=exact_sum(bands["value"].tolist()),
        as_published="",
        paragraph=joined(within["paragraph"]),
        note=joined(within["band"]),
    )


def _is_later(figure: str, commitment: str) -> bool:
    return Period.parse(figure).start > Period.parse(commitment).end
