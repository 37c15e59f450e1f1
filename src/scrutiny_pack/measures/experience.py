"""Years since qualifying, by service: the published figures and the shares they make."""

from typing import Any

import pandas as pd

from scrutiny_pack.measures.rates import exact_sum, share
from scrutiny_pack.measures.structure import with_levels
from scrutiny_pack.observations import joined, long_form, records

ALL_BANDS = "all"

PUBLISHED = "as published"
RECOMPUTED = "worked out here"


def workers_by_band(experience: pd.DataFrame) -> pd.DataFrame:
    """Workers in each band of years, with each row added up, and the averages.

    Args:
        experience: the rows of the dataset ``experience``.

    Returns:
        The long form with ``unit``, ``column`` (the band, "All" or "Average years") and
        ``level``. A row's total that the source does not give is added up here; the
        averages are as published.
    """
    frame = with_levels(long_form(experience))
    workers = frame[frame["measure"] == "workers"]
    averages = frame[frame["measure"] == "average_years"].assign(column="Average years")
    totals = _totals(workers).assign(column="All")
    bands = workers[workers["band"] != ALL_BANDS]
    bands = bands.assign(column=bands["band"])
    order = list(dict.fromkeys(frame["unit"]))
    made = pd.concat([bands, totals, averages], ignore_index=True)
    place = made["unit"].map({unit: i for i, unit in enumerate(order)})
    made = made.assign(place=place).sort_values("place", kind="stable")
    return _tidy(made.drop(columns="place"))


def shares_by_band(experience: pd.DataFrame) -> pd.DataFrame:
    """Each band as a share of its row, with the published shares beside.

    Args:
        experience: the rows of the dataset ``experience``.

    Returns:
        The long form with ``unit``, ``column`` (the band), ``figures`` ("as published"
        or "worked out here") and ``level``; measures ``share_published`` and
        ``share_of_workers``. No share is made on a base under 10.
    """
    frame = with_levels(long_form(experience))
    workers = frame[frame["measure"] == "workers"]
    bands = workers[workers["band"] != ALL_BANDS]
    by = ["breakdown", "unit"]
    shares = share(bands, _totals(workers), "share_of_workers", by)
    published = frame[
        (frame["measure"] == "share_published") & (frame["band"] != ALL_BANDS)
    ]
    made = pd.concat(
        [shares.assign(figures=RECOMPUTED), published.assign(figures=PUBLISHED)],
        ignore_index=True,
    )
    return _tidy(made.assign(column=made["band"]))


def _totals(workers: pd.DataFrame) -> pd.DataFrame:
    """The total of each row: as published, or its bands added up."""
    keys = ["breakdown", "unit", "basis", "as_at"]
    rows = []
    for _, group in workers.groupby(keys, sort=False):
        published = group[group["band"] == ALL_BANDS]
        if len(published):
            rows.append(records(published)[0])
        elif group["value"].notna().all():
            rows.append(_added(group))
    return long_form(pd.DataFrame(rows, columns=workers.columns))


def _added(group: pd.DataFrame) -> dict[str, Any]:
    row: dict[str, Any] = records(group)[0]
    return row | {
        "band": ALL_BANDS,
        "value": exact_sum(group["value"].tolist()),
        "as_published": "",
        "paragraph": joined(group["paragraph"]),
        "note": "The number under All is added up here, not published.",
    }


def _tidy(made: pd.DataFrame) -> pd.DataFrame:
    unwanted = ["part_of", "within", "band", "band_from", "band_to"]
    return long_form(made.drop(columns=unwanted))
