"""What the comparison notebook shows, item by item.

Pure functions of a `scrutiny_pack.dfe.opening.Comparison`. Each returns the long form
with the text columns that name a table's rows; no rows where there is nothing to show.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from scrutiny_pack.dfe.comparison import (
    changes,
    compare,
    group_averages,
    may_differ,
    place_of,
)
from scrutiny_pack.dfe.distribution import PLACED
from scrutiny_pack.dfe.neighbours import NEIGHBOURS
from scrutiny_pack.dfe.opening import Comparison
from scrutiny_pack.dfe.register import Break
from scrutiny_pack.evidence.formatting import BASIS_WORDS, number
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import SMALLEST_BASE, joined, long_form, records
from scrutiny_pack.periods import Period
from scrutiny_pack.rounding import round_half_up

RATES = (
    ("turnover_rate_dfe", "fte"),
    ("vacancy_rate_dfe", "fte"),
    ("agency_rate_dfe", "fte"),
    ("average_caseload_dfe", "fte"),
    ("average_caseload_dfe_2016", "not stated"),
    ("absence_rate_dfe", "fte"),
)
"""The rates and averages that are compared, in the order of the tables."""

WORKFORCE = ("in_post_dfe", "starters_dfe", "leavers_dfe")
"""The counts of social workers."""

IN_NEED = "children_in_need_per_worker_dfe"
"""Published for 2015 and not since."""

LATER = "later than this pack's period"
"""How a figure of the next census is marked."""

_CHARTED = [measure for measure, _ in RATES if measure != "average_caseload_dfe_2016"]
_DECIMALS = 2
"""Decimal places of a mean of figures that have one."""

_DECIMALS_DRAWN = 1
"""Decimal places of a median in a chart, where it stands beside published figures."""

_LOCAL = {
    "turnover_rate_published": ("turnover_rate_dfe", "Turnover, as published"),
    "vacancy_rate_published": ("vacancy_rate_dfe", "Vacancy rate, as published"),
    "vacancy_rate_posts": (
        "vacancy_rate_dfe",
        "Vacancy rate, vacancies of all posts, worked out here",
    ),
    "vacancy_rate_dfe": (
        "vacancy_rate_dfe",
        "Vacancy rate, by the DfE's formula, worked out here",
    ),
    "agency_rate_published": ("agency_rate_dfe", "Agency rate, as published"),
    "average_caseload": ("average_caseload_dfe", "Average caseload, as published"),
}
"""Which of the DfE's measures a council's own figure can be set beside, and its name."""

_WITHIN_A_YEAR = 366


def beside_others(compared: Comparison, as_at: str) -> pd.DataFrame:
    """The council beside its region, England and the averages of groups, at one date.

    Returns:
        Rows with ``whose``; a mean or a median has the status ``x`` where no council
        of its group has a figure.
    """
    here = _chosen(compared.figures, RATES)
    return _compared(compared, here[here["as_at"] == as_at])


def children_in_need(compared: Comparison) -> pd.DataFrame:
    """Children in need for each social worker, where a pack has no later caseload."""
    if compared.now > "2016-09-30":
        return _nothing(compared, "whose")
    return _compared(compared, compared.figures[compared.figures["measure"] == IN_NEED])


def workforce(compared: Comparison, as_at: str) -> pd.DataFrame:
    """Social workers in post, starters and leavers: the council, its region, England."""
    rows = compared.with_region_and_england
    rows = rows[rows["measure"].isin(WORKFORCE) & (rows["as_at"] == as_at)]
    return rows.assign(whose=rows["name"])


def own_rates(compared: Comparison) -> pd.DataFrame:
    """The council's rates and averages, year by year, with ``when``."""
    rates = [*RATES, ("turnover_rate_dfe", "headcount")]
    return _dated(compared, _chosen(compared.own, rates))


def own_workforce(compared: Comparison) -> pd.DataFrame:
    """The council's social workers, starters and leavers, year by year."""
    own = compared.own
    return _dated(compared, own[own["measure"].isin(WORKFORCE)])


def over_time(compared: Comparison, measure: str) -> pd.DataFrame:
    """One rate over time: the council, its region, England, and its neighbours' median.

    Returns:
        Rows with ``whose`` and ``broken``, a text that changes where a series breaks
        and says why: the DfE's rules, a boundary, or a year without a figure.
    """
    rows = compared.with_region_and_england
    parts = [rows.assign(members="")]
    if models := _models(compared):
        here = compared.figures[compared.figures["measure"] == measure]
        medians = group_averages(here, models[-1], compared.register)
        parts.append(medians[medians["kind"] == "median"])
    together = _chosen(pd.concat(parts, ignore_index=True), [(measure, "fte")])
    together = _rounded(together, _DECIMALS_DRAWN)
    together["whose"] = together["name"]
    together["broken"] = ""
    for _, series in together.groupby("whose", sort=False):
        together.loc[series.index, "broken"] = _broken(compared, series)
    return long_form(together.drop(columns="members"))


def changed(compared: Comparison) -> pd.DataFrame:
    """What changed to ``now``: from the census before, and from the first one comparable.

    Returns:
        Rows with ``what`` (the rate or count), ``since``, ``whose`` and ``counted_in``
        (percentage points, per cent, or cases a worker), from England, the region and
        the council; a change across a break has the status ``z`` and says why.
    """
    until = [d for d in compared.dates if d <= compared.now]
    figures = _chosen(
        compared.with_region_and_england, [*RATES, ("in_post_dfe", "fte")]
    )
    starts = [d for d in until[:-1] if d >= "2017"] or until[:-1]
    made = [
        changes(figures, start, compared.now, compared.register)
        for start in dict.fromkeys([*starts[-1:], *starts[:1]])
    ]
    if not made:
        return _nothing(compared, "what", "whose", "since", "counted_in")
    rows = pd.concat(made, ignore_index=True)
    places = rows["measure"].map({"change_in_per_cent": 1}).fillna(_DECIMALS)
    rows["value"] = [
        round(v, int(p)) for v, p in zip(rows["value"], places, strict=True)
    ]
    of = {m.title: m for m in measures().values()}
    order = {title: place for place, title in enumerate(dict.fromkeys(rows["of"]))}
    rows = rows.sort_values("of", key=lambda titles: titles.map(order), kind="stable")
    return rows.assign(
        what=rows["of"],
        whose=rows["name"],
        since=[Period.parse(text).in_words for text in rows["since"]],
        counted_in=[
            of[row["of"]].unit
            if row["measure"] == "change_in_average"
            else measures()[row["measure"]].unit
            for row in records(rows)
        ],
    )


def places(compared: Comparison) -> pd.DataFrame:
    """The council's place among all local authorities at ``now``, by measure."""
    made = []
    for measure, basis in PLACED:
        row = _chosen(compared.own, [(measure, basis)])
        row = row[(row["as_at"] == compared.now) & row["value"].notna()]
        if len(row) == 1 and not row["denominator"].iloc[0] < SMALLEST_BASE:
            values = compared.distribution.of(measure, basis, compared.now)
            made.append(place_of(records(row)[0], values))
    if not made:
        return _nothing(compared, "what", "among")
    rows = pd.concat(made, ignore_index=True)
    same = (rows["low"] == rows["value"]) & (rows["high"] == rows["value"])
    rows[["low", "high"]] = rows[["low", "high"]].mask(same)
    return rows.assign(what=rows["of"], among=[number(n) for n in rows["denominator"]])


def local_beside(compared: Comparison, local: pd.DataFrame) -> pd.DataFrame:
    """The council's own figures, each followed by the DfE's of the years around it.

    Args:
        compared: the comparison.
        local: rows of the council's datasets, and what was worked out from them;
            those of measures that the DfE has too are taken.

    Returns:
        Rows with ``what``, ``from_whom``, ``when``, ``counted`` and ``may_differ``;
        none is chosen, and which one is right is not said. Only figures of the whole
        workforce within a year of the council's own date.
    """
    made: list[dict[str, Any]] = []
    for row in records(local[local["measure"].isin(_LOCAL)]):
        others = records(_around(compared, row))
        if not others or pd.isna(row["value"]):
            continue
        shared = {"what": _LOCAL[row["measure"]][1]}
        own = {"from_whom": _whose(row), "may_differ": "", "kind": ""}
        made.append(row | shared | own)
        made += [
            other
            | shared
            | {"from_whom": "DfE", "may_differ": "; ".join(may_differ(row, other))}
            for other in others
        ]
    if not made:
        return _nothing(compared, "what", "from_whom", "counted", "may_differ", "when")
    rows = pd.DataFrame(made)
    text = rows.select_dtypes(exclude="number").columns
    rows[text] = rows[text].fillna("")
    worked_out = rows["as_published"] == ""
    rows["value"] = rows["value"].mask(worked_out, rows["value"].round(1))
    rows = _dated(compared, long_form(rows))
    rows["counted"] = [BASIS_WORDS.get(basis, basis) for basis in rows["basis"]]
    return rows


def neighbours(compared: Comparison) -> pd.DataFrame:
    """The statistical neighbours by each model, the nearest first: a list."""
    models = _models(compared)
    names = {
        group.title.removeprefix("statistical neighbours, "): [
            compared.register.area(member).name for member in group.members
        ]
        for group in models
    }
    if not names:
        return pd.DataFrame(
            columns=["nearest", "as_at", "dataset", "paragraph", "note"]
        )
    table = pd.DataFrame(names)
    table.insert(0, "nearest", [number(n) for n in range(1, len(table) + 1)])
    return table.assign(
        as_at=joined(
            g.title.rpartition(", ")[2].removesuffix(" model") for g in models
        ),
        dataset=NEIGHBOURS,
        paragraph=f"rows of {compared.area.name}",
        note="",
    )


def in_both(compared: Comparison) -> int | None:
    """How many statistical neighbours both models give; None with fewer than two."""
    members = [set(group.members) for group in _models(compared)]
    return len(members[0] & members[1]) if len(members) > 1 else None


def revised(compared: Comparison) -> pd.DataFrame:
    """Which of the figures shown the release changed: a list, before and now."""
    shown = compared.with_region_and_england["area"]
    rows = compared.revised[compared.revised["area"].isin(set(shown))]
    rows = _chosen(
        rows, [*RATES, *((m, b) for m in WORKFORCE for b in ("fte", "headcount"))]
    )
    register = compared.register
    return pd.DataFrame(
        {
            "whose": [register.area(slug).name for slug in rows["area"]],
            "what": [measures()[name].title for name in rows["measure"]],
            "when": [Period.parse(text).in_words for text in rows["as_at"]],
            "before": list(rows["published_before"]),
            "now": list(rows["as_published"]),
            "as_at": list(rows["as_at"]),
            "dataset": [
                f"dfe-{row.older}; dfe-{row.newer}" for row in rows.itertuples()
            ],
            "paragraph": [f"row {slug}" for slug in rows["area"]],
            "note": "",
        },
        dtype=str,
    )


def breaks_shown(compared: Comparison, shown: Sequence[pd.DataFrame]) -> list[str]:
    """Why series among the rows shown are broken, each reason once, earliest first."""
    found: dict[Break, None] = {}
    for rows in shown:
        known = rows[rows["value"].notna() & (rows["area"] != "")]
        for (area, measure), series in known.groupby(["area", "measure"], sort=False):
            first, last = (Period.parse(f(series["as_at"])).end for f in (min, max))
            found |= dict.fromkeys(
                compared.register.breaks_between(str(area), str(measure), first, last)
            )
    ordered = sorted(found, key=lambda b: (b.start, b.area, b.measure))
    return list(dict.fromkeys(b.reason for b in ordered))


def _nothing(compared: Comparison, *columns: str) -> pd.DataFrame:
    """No rows, with the columns that rows would have."""
    return compared.figures.head(0).assign(**dict.fromkeys(columns, ""))


def _compared(compared: Comparison, rows: pd.DataFrame) -> pd.DataFrame:
    made = compare(rows, compared.area.slug, compared.groups, compared.register)
    made = _rounded(made).assign(whose=made["name"])
    order = {name: place for place, name in enumerate(dict.fromkeys(rows["measure"]))}
    # The columns of a table stand in the order in which the rows have the measures.
    return made.sort_values(
        "measure", key=lambda names: names.map(order), kind="stable"
    )


def _chosen(rows: pd.DataFrame, figures: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The rows of some measures, each on its basis, measure by measure as given."""
    order = {key: place for place, key in enumerate(figures)}
    keys = pd.Series(
        [order.get(k) for k in zip(rows["measure"], rows["basis"], strict=True)],
        index=rows.index,
        dtype="float64",
    )
    return rows.loc[keys.dropna().sort_values(kind="stable").index]


def _rounded(rows: pd.DataFrame, decimals: int = _DECIMALS) -> pd.DataFrame:
    """The rows with averages rounded: published figures stay as they are."""
    averages = rows["kind"].isin(["mean", "median"])
    numbers = [
        float(round_half_up(v, decimals)) if pd.notna(v) else v for v in rows["value"]
    ]
    return rows.assign(
        value=rows["value"].mask(averages, pd.Series(numbers, rows.index))
    )


def _dated(compared: Comparison, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``when``: the date in words, a later one marked."""
    return rows.assign(
        when=[
            Period.parse(text).in_words
            + (f", {LATER}" if Period.parse(text).end > compared.period.end else "")
            for text in rows["as_at"]
        ]
    )


def _models(compared: Comparison) -> list[Any]:
    return [g for g in compared.groups if g.title.startswith("statistical neighbours")]


def _broken(compared: Comparison, series: pd.DataFrame) -> list[str]:
    """What broke the series last before each of its figures; "" before any break.

    The same for every series that breaks for one reason, for a chart to say it once.
    """
    words = ""
    told = []
    before: Mapping[str, Any] | None = None
    for row in records(series):
        year = row["as_at"][:4]
        if before is not None:
            ends = [Period.parse(r["as_at"]).end for r in (before, row)]
            slugs = row["members"].split("; ") if row["members"] else [row["area"]]
            breaks = [
                found
                for slug in slugs
                for found in compared.register.breaks_between(
                    slug, row["measure"], *ends
                )
            ]
            own = any(found.area for found in breaks)
            if breaks:
                kind = "boundary" if own else breaks[0].kind
                words = _BROKEN_BY[kind]
            elif pd.isna(before["value"]) and pd.notna(row["value"]):
                words = f"Gap to {year}"
        told.append(words)
        before = row
    return told


_BROKEN_BY = {
    "boundary": "New area",
    "collection": "New return",
    "rule": "New check",
    "definition": "New definition",
}
"""A few letters at a break in a chart; the notes below it say why."""


def _around(compared: Comparison, row: Mapping[str, Any]) -> pd.DataFrame:
    """The DfE's figures of the council at the censuses on either side of a date."""
    here = Period.parse(row["as_at"].split("; ")[-1]).end
    own = compared.own
    own = own[(own["measure"] == _LOCAL[row["measure"]][0]) & own["value"].notna()]
    days = pd.Series(
        [(Period.parse(text).end - here).days for text in own["as_at"]],
        index=own.index,
        dtype="float64",
    )
    return own[days.abs() <= _WITHIN_A_YEAR]


def _whose(row: Mapping[str, Any]) -> str:
    if row["scope"] == "not stated":
        return "The council; of whom is not stated"
    return f"The council: {row['scope']}"
