"""What a council's census return says: rates with their bases, and groups with shares.

The functions take rows of the dataset ``census-workforce`` (see its schema), in which
small numbers are hidden already (status ``c``). A hidden figure stays hidden: nothing is
worked out of it, and a share of it is hidden too.
"""

from calendar import isleap
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from scrutiny_pack.measures.rates import exact_sum, share
from scrutiny_pack.measures.structure import with_levels
from scrutiny_pack.observations import long_form, records
from scrutiny_pack.periods import Period

WHOLE = "All social workers"
"""The breakdown of the figures of the council as a whole."""

ALL = "All"
"""How the row of all groups of a breakdown is called."""

IN_POST, STARTERS, LEAVERS = "in_post_dfe", "starters_dfe", "leavers_dfe"
AGENCY, COVER = "agency_workers_dfe", "agency_covering_vacancies_dfe"
VACANCIES, HOLDERS = "vacancies_dfe", "case_holders_dfe"
CASES, DAYS, WORKERS = "cases_dfe", "days_lost_dfe", "workers"
TURNOVER, AGENCY_RATE = "turnover_rate_dfe", "agency_rate_dfe"
VACANCY_RATE, AVERAGE = "vacancy_rate_dfe", "average_caseload_dfe"
COVER_RATE, COVERED_RATE = "agency_cover_rate_dfe", "vacancies_covered_rate_dfe"
ABSENCE = "absence_rate_dfe"

PEOPLE = (IN_POST, STARTERS, LEAVERS, AGENCY, COVER, VACANCIES, HOLDERS)
"""The measures of people and vacancies, in the order in which they are shown."""

RATES = (
    VACANCY_RATE, COVERED_RATE, AGENCY_RATE, COVER_RATE, TURNOVER, AVERAGE, ABSENCE,
)  # fmt: skip
"""The rates and averages, in the order in which they are shown."""

_MADE_OF: Mapping[str, tuple[str, tuple[str, ...]]] = {
    TURNOVER: (LEAVERS, (IN_POST,)),
    AGENCY_RATE: (AGENCY, (AGENCY, IN_POST)),
    COVER_RATE: (COVER, (AGENCY,)),
    VACANCY_RATE: (VACANCIES, (VACANCIES, IN_POST)),
    COVERED_RATE: (COVER, (VACANCIES,)),
    AVERAGE: (CASES, (HOLDERS,)),
    ABSENCE: (DAYS, (IN_POST,)),
}
"""What each rate is a part of, and of what; several are added up."""

_WORKING_DAYS = 253
"""As in the definition of the absence rate; a day more in a year with 29 February."""

_SHARES = {
    IN_POST: "share_of_in_post",
    STARTERS: "share_of_starters",
    LEAVERS: "share_of_leavers",
    WORKERS: "share_of_workers",
}
"""The share that a group is of all, by what is counted."""

_COUNTED_AS = {"headcount": "Headcount", "fte": "FTE"}


def people(data: pd.DataFrame) -> pd.DataFrame:
    """The council as a whole: in post, starters, leavers, agency, vacancies, with cases.

    Returns:
        The long form with ``by`` (headcount or FTE), in the order of `PEOPLE`.
    """
    rows = _whole(data, PEOPLE)
    return rows.assign(by=[_COUNTED_AS[basis] for basis in rows["basis"]])


def rates(data: pd.DataFrame) -> pd.DataFrame:
    """The rates and averages of the council as a whole, as the return gives them.

    Returns:
        The long form, in the order of `RATES`; each that is shown has what it is made
        of as its numerator and its denominator, rounded as these are shown. The rate
        itself is made of the figures before rounding, and may differ from theirs in
        its last decimal.
    """
    known = {(row["measure"], row["basis"]): row for row in records(_whole(data))}
    rows = [_with_base(row, known) for row in records(_whole(data, RATES))]
    return long_form(pd.DataFrame(rows, columns=_whole(data).columns))


def key_figures(data: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What a reader with a minute needs: one row each, by its measure.

    Those in post by headcount; the rates by FTE, as the DfE sets them beside other
    councils'.
    """
    shown = rates(data)
    wanted = (VACANCY_RATE, AGENCY_RATE, TURNOVER, AVERAGE, ABSENCE)
    in_post = _whole(data, (IN_POST,))
    made = {IN_POST: in_post[in_post["basis"] == "headcount"]}
    for measure in wanted:
        made[measure] = shown[(shown["measure"] == measure) & (shown["basis"] == "fte")]
    return made


def groups(data: pd.DataFrame, *breakdowns: str) -> pd.DataFrame:
    """People by group, with the share that each group is of all, by headcount.

    Args:
        data: rows of ``census-workforce``.
        breakdowns: the breakdowns to set side by side; they have the same groups.

    Returns:
        The long form with ``unit`` and ``level``, the groups first and all of them
        last: each measure by headcount and FTE, and the share of it by headcount. No
        share is made of a hidden number, nor on a base under 10.
    """
    made = [_of_breakdown(data, breakdown) for breakdown in breakdowns]
    return long_form(pd.concat(made, ignore_index=True))


def shown_by_headcount(groups: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The groups of one measure by headcount, without all of them: for a chart."""
    return groups[
        (groups["measure"] == measure)
        & (groups["basis"] == "headcount")
        & (groups["level"] == "part")
    ]


def row_of(groups: pd.DataFrame, measure: str, unit: str) -> dict[str, Any] | None:
    """One group by headcount; None where there is no such row."""
    found = groups[
        (groups["measure"] == measure)
        & (groups["basis"] == "headcount")
        & (groups["unit"] == unit)
    ]
    return records(found)[0] if len(found) else None


def _whole(data: pd.DataFrame, measures: Sequence[str] = ()) -> pd.DataFrame:
    frame = long_form(data[data["breakdown"] == WHOLE])
    if not measures:
        return frame
    order = {measure: place for place, measure in enumerate(measures)}
    frame = frame[frame["measure"].isin(order)]
    return frame.sort_values(
        "measure", key=lambda names: names.map(order), kind="stable"
    )


def _with_base(
    row: Mapping[str, Any], known: Mapping[tuple[str, str], Mapping[str, Any]]
) -> dict[str, Any]:
    if pd.isna(row["value"]):
        return dict(row)
    part, wholes = _MADE_OF[row["measure"]]
    basis = "not applicable" if part == CASES else row["basis"]
    base = exact_sum([known[whole, row["basis"]]["value"] for whole in wholes])
    if row["measure"] == ABSENCE:
        year = Period.parse(row["as_at"]).end.year
        base = exact_sum([round(base * (_WORKING_DAYS + isleap(year)), 1)])
    return {**row, "numerator": known[part, basis]["value"], "denominator": base}


def _of_breakdown(data: pd.DataFrame, breakdown: str) -> pd.DataFrame:
    rows = with_levels(long_form(data[data["breakdown"] == breakdown]))
    # Rounded parts do not add up, and then stand within their total (see the schema).
    is_all = (rows["part_of"] == "") & (rows["within"] == "")
    rows = rows.assign(level=["total" if whole else "part" for whole in is_all])
    ordered = pd.concat([rows[~is_all], rows[is_all]], ignore_index=True)
    heads = ordered[ordered["basis"] == "headcount"]
    shares = share(
        heads,
        heads[heads["level"] == "total"],
        _SHARES[str(ordered["measure"].iloc[0])] if len(ordered) else "",
        ["breakdown"],
    )
    made = pd.concat([ordered, shares], ignore_index=True)
    units = [
        ALL if level == "total" else unit
        for level, unit in zip(made["level"], made["unit"], strict=True)
    ]
    unwanted = ["part_of", "within", "band_from", "band_to", "span_from", "breakdown"]
    return made.assign(unit=units).drop(columns=unwanted)
