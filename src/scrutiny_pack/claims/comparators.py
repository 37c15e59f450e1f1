"""The DfE's figures as the dataset ``comparators``: claims rest on it, or are held to it."""

import re
from collections.abc import Mapping

import pandas as pd

from scrutiny_pack.claims.evidence import Cell, Evidence
from scrutiny_pack.claims.figure_checks import SAME
from scrutiny_pack.claims.findings import Check, Claim, Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.precision import compare
from scrutiny_pack.claims.wording import when
from scrutiny_pack.dfe.register import ENGLAND, Area
from scrutiny_pack.evidence.formatting import listed
from scrutiny_pack.periods import Period

NAME = "comparators"
"""What a claim calls the dataset: ``comparators[area=england; ...]``."""


SAME_QUANTITY: Mapping[str, str] = {
    "in_post": "in_post_dfe",
    "vacancies": "vacancies_dfe",
    "agency_workers": "agency_workers_dfe",
    "leavers": "leavers_dfe",
    "turnover_rate_published": "turnover_rate_dfe",
    "vacancy_rate_published": "vacancy_rate_dfe",
    "agency_rate_published": "agency_rate_dfe",
    "average_caseload": "average_caseload_dfe",
}
"""A measure that a report states, and the DfE's of the same quantity."""

_COUNTRY = frozenset({"england", "national", "nationally"})
_BASES = frozenset({"headcount", "fte"})
_NAMED_BY = ("scope", "subject", "unit", "role")
_OF_ALL = frozenset(
    [
        "all",
        "overall",
        "total",
        "whole",
        "workforce",
        "establishment",
        "the",
        "qualified",
        "registered",
        "children",
        "childrens",
        "child",
        "and",
        "family",
        "families",
        "social",
        "worker",
        "workers",
        "work",
        "staff",
        "post",
        "posts",
        "in",
        "vacancy",
        "vacancies",
        "agency",
        "leavers",
        "leaver",
        "turnover",
        "average",
        "caseload",
        "caseloads",
        "rate",
        "rates",
        "number",
        "of",
        "england",
    ]
)
"""The words that may name all children's social workers, or what is counted of them."""

_YEAR = range(360, 372)
"""How many days a year of leavers has, give or take a payroll's end of month."""


def with_names(
    figures: pd.DataFrame, areas: Mapping[str, Area], own: str = ""
) -> pd.DataFrame:
    """The figures with the columns that a claim may choose rows by.

    Args:
        figures: as ``dfe.comparators.comparators`` gives them, with a column ``area``.
        areas: the areas of the register, by slug.
        own: the slug of the area whose report it is, if it is known.

    Returns:
        The figures with ``name``, ``kind`` (country, region, council and so on),
        ``region``, the slug of the region, and ``own`` ("yes" for the report's own
        area) before their own columns.
    """
    found = figures["area"].map(areas)
    return pd.DataFrame(
        {
            "name": [area.name for area in found],
            "kind": [area.kind for area in found],
            "region": [area.region for area in found],
            "own": ["yes" if area.slug == own else "" for area in found],
        },
        index=figures.index,
    ).join(figures)


def published_check(claim: Claim, cell: Cell, evidence: Evidence) -> Check | None:
    """A claim beside what the DfE published of the same quantity, area and date.

    Figures of a part of the workforce, such as a team, are not of the same quantity.
    Where the claim's basis is not stated, the DfE's may be by headcount or by FTE.

    Args:
        claim: the claim.
        cell: the cell that holds it.
        evidence: the evidence, with the DfE's figures among its reference datasets.

    Returns:
        What was found: that it agrees, or a question, because the two may count
        different people and statistics are revised. None where the DfE has no such
        figure, or the claim rests on the DfE's figures already.
    """
    if NAME in claim.rests_on:
        return None
    wanted = SAME_QUANTITY.get(cell.columns.get("measure", ""))
    if not wanted:
        return None
    others = [
        other
        for other in evidence.reference.get(NAME, ())
        if other.columns.get("measure") == wanted
        and _is_same(cell, other)
        and other.interval is not None
    ]
    if not others:
        return None
    agreeing = [o for o in others if o.interval and _agrees(claim, o.interval)]
    release = others[0].columns.get("release", "")
    shown = listed([_shown(other) for other in agreeing or others])
    place = others[0].columns.get("name", "")
    date = when(others[0].as_at)
    working = f"{others[0].measure.title if others[0].measure else ''}: {shown}"
    if agreeing:
        sentence = f"The DfE has the same of {place} at {date}: {shown}, in the {release} release."
        return Check(SAME, Verdict.AGREES, shown, working, sentence)
    sentence = (
        f"The DfE has another figure of {place} at {date}: {shown}, in the {release} release. "
        "Either may be right: they may not count the same people in the same way, and "
        "statistics are revised, so the report may have had another release."
    )
    return Check(SAME, Verdict.QUESTION, shown, working, sentence)


def _agrees(claim: Claim, interval: Interval) -> bool:
    agreeing = {Verdict.AGREES, Verdict.ROUND, Verdict.TRUNCATED}
    return compare(claim.read(), interval).verdict in agreeing


def _is_same(cell: Cell, other: Cell) -> bool:
    """Whether two figures of one quantity are of the same basis, date, people and area."""
    if cell.basis in _BASES and other.basis in _BASES and cell.basis != other.basis:
        return False
    if cell.columns.get("nature", "actual") not in {"", "actual"}:
        return False
    same_date = _same_date(cell.as_at, other.as_at)
    return same_date and _of_a_year(cell) and _of_all(cell) and _same_area(cell, other)


def _same_date(one: str, other: str) -> bool:
    return bool(one) and ";" not in one and Period.parse(one) == Period.parse(other)


def _of_a_year(cell: Cell) -> bool:
    """Whether leavers or their rate are those of a whole year, as the DfE's are."""
    if cell.columns.get("span", "whole year") != "whole year":
        return False
    begin = cell.columns.get("span_from", "")
    if not begin:
        return True
    days = (Period.parse(cell.as_at).end - Period.parse(begin).start).days + 1
    return days in _YEAR


def _same_area(cell: Cell, other: Cell) -> bool:
    """Whether both are of one area: the report's own, unless the claim names another."""
    named = cell.columns.get("area", "")
    if named.lower() in _COUNTRY:
        return other.columns.get("area") == ENGLAND
    if named and named.lower() != "the council":
        return named.lower() == other.columns.get("name", "").lower()
    return other.columns.get("own") == "yes"


def _of_all(cell: Cell) -> bool:
    """Whether a figure is of all children's social workers, as far as its row says.

    The DfE's are of no team, service, reason or band. A row that its schema does
    not call the whole must be named in words that leave nothing out.
    """
    part = ("part_of", "within", "service", "reason")
    if any(cell.columns.get(column) for column in part):
        return False
    if cell.columns.get("band", "all") not in {"", "all"}:
        return False
    if kind := cell.columns.get("unit_kind", ""):
        return kind == "whole"
    named = [cell.columns.get(column, "") for column in _NAMED_BY]
    return all(_leaves_nothing_out(name) for name in named if name != "not stated")


def _leaves_nothing_out(name: str) -> bool:
    words = re.findall(r"\w+", name.lower().replace("'", "").replace("\u2019", ""))
    return set(words) <= _OF_ALL


def _shown(cell: Cell) -> str:
    basis = {"fte": "FTE"}.get(cell.basis, cell.basis)
    return f"{cell.shown} ({basis})" if cell.basis in _BASES else cell.shown
