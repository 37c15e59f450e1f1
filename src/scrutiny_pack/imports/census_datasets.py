"""The datasets that a return is made into, from figures that may be shown.

``census-workforce`` holds all of them. Those that notebooks read in another form
(posts, leavers, caseloads) are there a second time, in that form.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from scrutiny_pack.imports.census_figures import (
    ABSENCE,
    AVERAGE,
    CASES,
    DAYS,
    FTE,
    HEADCOUNT,
    VACANCIES,
    Figure,
    Figures,
    Row,
)
from scrutiny_pack.imports.census_groups import (
    AGENCY,
    CASELOADS,
    COVER,
    DESTINATIONS,
    HOLDERS,
    IN_POST,
    LEAVERS,
    REASONS,
    ROLES,
    ROLES_OF_LEAVERS,
    STARTERS,
    Breakdown,
)
from scrutiny_pack.imports.disclosure import LEAST_STEP, Control
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.rounding import decimals_of, round_half_up

DERIVED = "Derived from the council's own census return by make import"
"""How the sidecar of a derived dataset begins to say how it was read."""

_ALL = "All social workers"
_DURING = (STARTERS, LEAVERS, "turnover_rate_dfe", DAYS, ABSENCE)

_FIELDS: Mapping[str, str] = {
    IN_POST: "AgencyWorker, RoleEndDate, FTE",
    STARTERS: "RoleStartDate, FTE",
    LEAVERS: "RoleEndDate, FTE30",
    "turnover_rate_dfe": "RoleEndDate, FTE30, FTE",
    AGENCY: "AgencyWorker, FTE",
    "agency_rate_dfe": "AgencyWorker, FTE",
    COVER: "NoAgencyFTE, NoAgencyHeadcount",
    "agency_cover_rate_dfe": "NoAgencyFTE, FTE",
    VACANCIES: "NumberOfVacancies",
    "vacancy_rate_dfe": "NumberOfVacancies, FTE",
    "vacancies_covered_rate_dfe": "NoAgencyFTE, NumberOfVacancies",
    HOLDERS: "Cases30, FTE",
    CASES: "Cases30",
    AVERAGE: "Cases30, FTE",
    DAYS: "WorkingDaysLost",
    ABSENCE: "WorkingDaysLost, FTE",
    "workers": "Cases30",
}
_OF_COLUMN: Mapping[str, str] = {
    "role": "OrgRole",
    "age": "PersonBirthDate",
    "service": "RoleStartDate",
    "origin": "StartOrigin",
    "destination": "LeaverDestination",
    "reason": "ReasonLeave",
    "caseload": "Cases30",
}
"""The fields of the return that figures rest on, for the column ``paragraph``."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class About:
    """What the datasets of one return are about.

    Attributes:
        council: the council's full name.
        year: the census year.
        control: how strictly people are protected.
    """

    council: str
    year: int
    control: Control

    @property
    def as_at(self) -> str:
        """The reference date."""
        return f"{self.year}-09-30"

    @property
    def begins(self) -> str:
        """The first day of the census year."""
        return f"{self.year - 1}-10-01"


def datasets(figures: Figures, about: About) -> dict[str, Rows]:
    """The rows of every dataset that is made of a return, by the dataset's name."""
    made = {
        "census-workforce": [*_whole(figures, about), *_breakdowns(figures, about)],
        "posts": [*_posts(figures, about), *_posts_by_role(figures, about)],
        "leavers": list(_leavers(figures, about)),
        "caseload-bands": list(_caseload_bands(figures, about)),
        "caseloads": list(_caseloads(figures, about)),
    }
    return {name: rows for name, rows in made.items() if rows}


def as_csv(name: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows of a dataset as the text of its CSV file."""
    text = io.StringIO(newline="")
    columns = dataset_schema(name).column_names
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_source(about: About, note: str) -> str:
    """The text of the sidecar of every dataset that is made of a return.

    It has no hash of the return: to somebody who holds nearly all of it, a hash would
    confirm a guess at the rest.

    Args:
        about: what the datasets are about.
        note: a sentence to add to what it says of the return.
    """
    control = about.control
    rounding = "not rounded"
    if control.step > LEAST_STEP:
        rounding = f"rounded to the nearest {control.step}"
    protection = (
        "Made of workers' records by the DfE's definitions, and protected there and "
        f"then: numbers of people from 1 to {control.threshold} are hidden (c), and so "
        "is what they could be worked out from. The records themselves are not kept "
        "with the evidence, nor is a hash of the return."
    )
    content = {
        "title": "Children's Social Work Workforce census, the council's own return",
        "body": about.council,
        "kind": "census return, made into totals",
        "date": about.as_at,
        "date_note": "The census's reference date.",
        "how_read": (
            f"{DERIVED}, disclosure control applied (threshold {control.threshold}, "
            f"{rounding})."
        ),
        "document_sha256": "not stated",
        "held": about.council,
        "licence": "not stated",
        "note": f"{protection} {note}",
    }
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)


# --- The datasets ---------------------------------------------------------------------


def _figure(
    figure: Figure, about: About, paragraph: str, **others: Any
) -> dict[str, Any]:
    """The columns of a figure, and others before them."""
    value = "" if figure.value is None else _plain(figure.value)
    printed = "c" if "c" in figure.status else ""
    if figure.value is not None:
        printed = f"{round_half_up(figure.value, figure.decimals):,}"
    return {
        "measure": figure.measure,
        "basis": figure.basis,
        "value": value,
        "as_published": printed,
        "status": figure.status,
        "as_at": about.as_at,
        "nature": "actual",
        "paragraph": paragraph,
        "note": figure.note,
        **others,
    }


def _plain(value: float) -> str:
    return f"{round_half_up(value, decimals_of(value))}"


def _whole(figures: Figures, about: About) -> Iterator[dict[str, Any]]:
    for figure in figures.whole:
        during = about.begins if figure.measure in _DURING else ""
        fields = _FIELDS[figure.measure]
        yield _figure(
            figure, about, fields, breakdown=_ALL, unit=_ALL, span_from=during
        )


def _breakdowns(figures: Figures, about: About) -> Iterator[dict[str, Any]]:
    for row in figures.rows:
        first, last = row.breakdown.band(row.code)
        for figure in row.figures:
            yield _figure(
                figure,
                about,
                _OF_COLUMN[row.breakdown.column],
                **_place(row, about),
                band_from="" if first is None else first,
                band_to="" if last is None else last,
                span_from=about.begins if figure.measure in _DURING else "",
            )


def _place(row: Row, about: About) -> dict[str, str]:
    """Where a row of a breakdown stands; rounded parts do not add up to their total."""
    whole = row.breakdown.whole if row.code else ""
    adds_up = about.control.step == LEAST_STEP
    return {
        "breakdown": row.breakdown.title,
        "unit": row.unit,
        "part_of": whole if adds_up else "",
        "within": "" if adds_up else whole,
    }


def _posts(figures: Figures, about: About) -> Iterator[dict[str, Any]]:
    """In post, agency workers and vacancies of the whole, as `posts` has them."""
    unit = "Children's social workers"
    pairs = (
        (IN_POST, HEADCOUNT, "in_post"),
        (IN_POST, FTE, "in_post"),
        (VACANCIES, FTE, "vacancies"),
        (COVER, HEADCOUNT, "vacancies_covered_by_agency"),
        (COVER, FTE, "vacancies_covered_by_agency"),
        (AGENCY, HEADCOUNT, "agency_workers"),
        (AGENCY, FTE, "agency_workers"),
    )
    for measure, basis, name in pairs:
        yield _figure(
            figures.find(measure, basis),
            about,
            _FIELDS[measure],
            breakdown="Census of the workforce",
            unit=unit,
            unit_kind="whole",
        ) | {"measure": name}


def _posts_by_role(figures: Figures, about: About) -> Iterator[dict[str, Any]]:
    for row in _of(ROLES, figures):
        for figure in row.figures:
            yield _figure(
                figure,
                about,
                "OrgRole",
                **_place(row, about),
                unit_kind="role" if row.code else "whole",
            ) | {"measure": "in_post"}


def _leavers(figures: Figures, about: About) -> Iterator[dict[str, Any]]:
    """Leavers by headcount, in one list: notebooks name its rows by their unit.

    The roles add up to all leavers; reasons and destinations stand within them, for
    rows that name a total are only ever added up all together.
    """
    made_of = (
        ("", ROLES_OF_LEAVERS),
        ("Reason: ", REASONS),
        ("Went to: ", DESTINATIONS),
    )
    for prefix, breakdown in made_of:
        for row in _of(breakdown, figures):
            if not row.code and prefix:
                continue  # all leavers stand there already
            words = row.unit if row.code else ""
            place = _place(row, about) if not prefix else {"within": breakdown.whole}
            yield (
                _figure(
                    row.figures[0],
                    about,
                    f"RoleEndDate, {_OF_COLUMN[breakdown.column]}",
                    **place,
                    role=words if breakdown == ROLES_OF_LEAVERS else "",
                    reason=words if breakdown == REASONS else "",
                    span_from=about.begins,
                )
                | {
                    "measure": "leavers",
                    "breakdown": "Leavers in the year to 30 September",
                    "unit": f"{prefix}{row.unit}",
                }
            )


def _caseload_bands(figures: Figures, about: About) -> Iterator[dict[str, Any]]:
    for row in _of(CASELOADS, figures):
        first, last = row.breakdown.band(row.code)
        yield _figure(
            row.figures[0],
            about,
            "Cases30",
            breakdown="Cases held on 30 September",
            unit="Social workers, employed and from an agency",
            band=row.unit if row.code else "all",
            band_from="" if first is None else first,
            band_to="" if last is None else last,
        )


def _caseloads(figures: Figures, about: About) -> Iterator[dict[str, Any]]:
    unit = "Social workers with cases, employed and from an agency"
    average = figures.find(AVERAGE, FTE)
    note = "By the DfE's definition: cases for each full-time worker who holds any."
    yield _figure(
        average,
        about,
        _FIELDS[AVERAGE],
        area="the council",
        unit=unit,
    ) | {"measure": "average_caseload", "note": f"{note} {average.note}".strip()}
    if figures.range_of_cases is None:
        return
    low, high = figures.range_of_cases
    left_out = about.control.threshold
    ends = Figure("caseload_range", HEADCOUNT, None, "e")
    yield _figure(ends, about, "Cases30", area="the council", unit=unit) | {
        "low": _plain(low),
        "high": _plain(high),
        "as_published": f"{low:g} to {high:g}",
        "note": (
            "Of the workers in the bands of cases that are shown, without the "
            f"{left_out} who hold the fewest and the {left_out} who hold the most: "
            "lowest and highest are persons."
        ),
    }


def _of(breakdown: Breakdown, figures: Figures) -> Iterator[Row]:
    return (row for row in figures.rows if row.breakdown == breakdown)
