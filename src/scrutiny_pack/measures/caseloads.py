"""Caseloads: how many workers hold how many cases, averages, and whom they leave out.

The functions take rows of the datasets ``caseload-bands``, ``caseloads`` and
``posts`` (see their schemas). A caseload here is what the source calls one; it is
not the DfE's average caseload, which divides cases by FTE workers who hold any.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from scrutiny_pack.measures import rates
from scrutiny_pack.measures.posts import staffing
from scrutiny_pack.measures.structure import latest, with_levels
from scrutiny_pack.observations import SMALLEST_BASE, joined, long_form, records
from scrutiny_pack.periods import Period

ALL = "all"
"""The band that holds a row's total."""

THE_COUNCIL = "the council"
"""The area of the council's own caseloads."""

_LIMITS = ("caseload_ceiling", "caseload_target")
_LOWEST_TO_HIGHEST = ("lowest_caseload", "highest_caseload", "caseload_range")
_COMPARED = ["team", "named_in", "matched", "as_at", "dataset", "paragraph", "note"]


def limit(caseloads: pd.DataFrame) -> pd.DataFrame:
    """The caseload that the council has set itself: its ceiling, or else its target.

    Returns:
        One row, the latest, or none.
    """
    own = long_form(caseloads[caseloads["area"] == THE_COUNCIL])
    for name in _LIMITS:
        there = own[(own["measure"] == name) & own["value"].notna()]
        if len(there):
            return latest(there).iloc[:1]
    return own.iloc[:0]


def workers_by_band(bands: pd.DataFrame) -> pd.DataFrame:
    """Workers in each band, by team, as published.

    Returns:
        The long form with ``breakdown``, ``unit``, ``band`` and ``level``; the band
        that holds each row's total stands last, and is called ``all``.
    """
    rows = with_levels(long_form(bands))
    rows = rows[rows["measure"] == "workers"]
    return rows.sort_values("band", key=lambda band: band == ALL, kind="stable")


def shares_by_band(bands: pd.DataFrame) -> pd.DataFrame:
    """The share of workers in each band, beside the share as published.

    Returns:
        For each total, each subtotal and each team of ten workers or more, and for
        each band: the workers, their share of all bands, and the published share
        where there is one. The long form with ``breakdown``, ``unit``, ``band``.
    """
    workers = workers_by_band(bands)
    in_bands = workers[workers["band"] != ALL]
    by = ["breakdown", "unit"]
    made = rates.share(
        in_bands, workers[workers["band"] == ALL], "share_of_workers", by
    )
    made = made[made["denominator"] >= SMALLEST_BASE]
    published = with_levels(long_form(bands))
    published = published[published["measure"] == "share_published"]
    there = made[[*by, "band", "as_at"]]
    parts = [
        in_bands.merge(there, on=list(there)),
        made,
        published.merge(there, on=list(there)),
    ]
    filled = [part for part in parts if not part.empty]
    both = pd.concat(filled, ignore_index=True) if filled else made
    return long_form(both.drop(columns="level"))


def at_or_under(bands: pd.DataFrame, ceiling: pd.DataFrame) -> pd.DataFrame:
    """The share of all workers who have no more cases than the council's limit.

    Args:
        bands: rows of ``caseload-bands``.
        ceiling: one row, or none, as `limit` returns it.

    Returns:
        One row for each total: ``share_at_or_under_ceiling``, with ``band`` such as
        ``18 or fewer``. No row where there is no limit, or where no band ends at it:
        a band that lies on both sides of it is not divided.
    """
    workers = workers_by_band(bands)
    nothing = rates.share(
        workers.iloc[:0], workers.iloc[:0], "share_at_or_under_ceiling", []
    )
    if ceiling.empty:
        return nothing
    at_most = float(ceiling["value"].iloc[0])
    totals = workers[workers["part_of"] == ""]
    under = totals[(totals["band_to"] <= at_most) & (totals["band"] != ALL)]
    if not (under["band_to"] == at_most).any():
        return nothing
    by = ["breakdown", "unit"]
    together = rates.added(
        under, "band", list(dict.fromkeys(under["band"])), f"{at_most:g} or fewer",
        [*by, "measure"],
    )  # fmt: skip
    whole = totals[totals["band"] == ALL]
    made = rates.share(together, whole, "share_at_or_under_ceiling", by)
    for column in ("dataset", "paragraph"):
        made[column] = [joined([cell, *ceiling[column]]) for cell in made[column]]
    return made


def lowest_to_highest(caseloads: pd.DataFrame) -> pd.DataFrame:
    """Caseloads from lowest to highest, with the average, for each area as it was last.

    Returns:
        The long form with ``area``, one row for each area that has a lowest and a
        highest caseload, or a range: ``low`` and ``high``, and the average as
        ``value`` where there is one. No rows unless there are two areas to compare.
    """
    rows = long_form(caseloads)
    made = []
    for _, own in rows.groupby("area", sort=False):
        stated = latest(own[own["measure"].isin(_LOWEST_TO_HIGHEST)])
        ends = _ends(stated)
        if ends is None:
            continue
        beside = own[(own["measure"] == "average_caseload") & own["value"].notna()]
        average = beside[beside["as_at"].isin(stated["as_at"])].iloc[:1]
        behind = pd.concat([stated, average])
        made.append(
            {
                **records(behind)[-1],
                "measure": "average_caseload" if len(average) else "caseload_range",
                "value": float(average["value"].iloc[0])
                if len(average)
                else float("nan"),
                "low": ends[0],
                "high": ends[1],
                "as_published": "",
                "status": rates.joined_status(list(behind["status"])),
                "dataset": joined(behind["dataset"]),
                "paragraph": joined(behind["paragraph"]),
            }
        )
    if len(made) < 2:
        return rows.iloc[:0]
    return long_form(pd.DataFrame(made, columns=rows.columns))


def average_now(caseloads: pd.DataFrame, bands: pd.DataFrame) -> pd.DataFrame:
    """The council's average caseload, if it is as late as all else that is given.

    Returns:
        One row, or none where there is no average, or only one older than the
        caseloads by band: an old average is no key figure. None either where several
        are given at the latest date, such as one for each team: none of them is the
        council's.
    """
    own = long_form(caseloads[caseloads["area"] == THE_COUNCIL])
    averages = latest(
        own[(own["measure"] == "average_caseload") & own["value"].notna()]
    )
    if averages.empty:
        return averages
    others = [*own.loc[own["nature"] == "actual", "as_at"], *bands["as_at"]]
    newest = max(map(Period.parse, others), default=None)
    if newest is not None and Period.parse(averages["as_at"].iloc[0]) < newest:
        return averages.iloc[:0]
    return averages if len(averages) == 1 else averages.iloc[:0]


def teams_compared(posts: pd.DataFrame, bands: pd.DataFrame) -> pd.DataFrame:
    """Which teams have a line among the posts, among the caseloads, or both: by name.

    Two names match if they are the same but for capitals and spaces, or if the one,
    divided at its slashes, holds the other: ``MASH/CAP`` matches ``MASH`` and ``CAP``.
    Nothing else is taken to be the same; no figures are put together (rules of
    evidence, 8).

    Args:
        posts: rows of ``posts``; its single teams of the latest date are compared.
        bands: rows of ``caseload-bands``.

    Returns:
        A list with ``team``, ``named_in`` (posts and caseloads; posts only;
        caseloads only) and ``matched`` (the name or names among the caseloads), with
        as_at, dataset, paragraph and note. No rows unless both have teams: what
        stands alone in a breakdown is all the workers, and no team.
    """
    parts = staffing(posts)
    teams = _by_name(
        latest(parts[(parts["unit_kind"] == "team") & (parts["level"] == "part")])
    )
    levels = workers_by_band(bands)
    units = levels.groupby("breakdown")["unit"].transform("nunique")
    cases = _by_name(levels[(levels["level"] == "part") & (units > 1)])
    if not teams or not cases:
        return pd.DataFrame(columns=_COMPARED, dtype=str)
    rows, found = [], set()
    for name, source in teams.items():
        matches = [other for other in cases if _same_team(name, other)]
        found.update(matches)
        sources = [source, *(cases[other] for other in matches)]
        where = "posts and caseloads" if matches else "posts only"
        rows.append(_compared(name, where, " and ".join(matches), sources))
    rows += [
        _compared(other, "caseloads only", other, [source])
        for other, source in cases.items()
        if other not in found
    ]
    return pd.DataFrame(rows, columns=_COMPARED)


def _ends(stated: pd.DataFrame) -> tuple[float, float] | None:
    """The lowest and the highest that are stated, singly or as a range."""
    by_measure = {row["measure"]: row for row in records(stated)}
    given = by_measure.get("caseload_range", {})
    low = by_measure.get("lowest_caseload", {}).get("value", given.get("low"))
    high = by_measure.get("highest_caseload", {}).get("value", given.get("high"))
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return None
    return float(low), float(high)


def _by_name(rows: pd.DataFrame) -> dict[str, Mapping[str, Any]]:
    """One row for each unit, in order; its notes joined."""
    made: dict[str, Mapping[str, Any]] = {}
    for name, group in rows.groupby("unit", sort=False):
        notes = " ".join(dict.fromkeys(note for note in group["note"] if note))
        made[str(name)] = records(group)[0] | {"note": notes}
    return made


def _compared(
    team: str, named_in: str, matched: str, sources: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    row = {"team": team, "named_in": named_in, "matched": matched}
    for column in ("as_at", "dataset", "paragraph"):
        row[column] = joined(str(source[column]) for source in sources)
    notes = (str(s["note"]) for s in sources if named_in == "caseloads only")
    return row | {"note": " ".join(note for note in notes if note)}


def _same_team(one: str, other: str) -> bool:
    first, second = _names_in(one), _names_in(other)
    return first <= second or second <= first


def _names_in(name: str) -> set[str]:
    return {" ".join(part.casefold().split()) for part in re.split(r"\s*/\s*", name)}
