"""The page that lists all local authorities, with how their figures spread."""

import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

import scrutiny_pack
from scrutiny_pack.dfe.comparators import shortest
from scrutiny_pack.dfe.national import (
    IN_POST,
    MEASURES,
    National,
    open_national,
)
from scrutiny_pack.evidence import charts
from scrutiny_pack.evidence.data_files import to_csv
from scrutiny_pack.evidence.formatting import figure_text, number
from scrutiny_pack.evidence.headlines.comparison import WORDS
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import NUMBER_COLUMNS, STATUS_WORDS, long_form, records
from scrutiny_pack.periods import Period
from scrutiny_pack.publish.context import DRAFT
from scrutiny_pack.publish.layout import on_every_sheet, page_template, policy, style
from scrutiny_pack.publish.manifest import write_manifest
from scrutiny_pack.workspace import Workspace

_BAND = {
    "turnover_rate_dfe": 5,
    "vacancy_rate_dfe": 5,
    "agency_rate_dfe": 5,
    "average_caseload_dfe": 2,
    "absence_rate_dfe": 1,
}
"""How wide a band of the distribution is, in the measure's own unit."""

_SORTED = """
.orders { display: none; }
.orders:target { display: block; }
main:not(:has(.orders:target)) #by-name { display: block; }
@media print { .orders { display: none !important; } #by-name { display: block !important; } }
"""
"""Which order is shown: the one that the address names, else that by name."""


@dataclass(frozen=True)
class Listed:
    """What the page is told.

    Attributes:
        national: the authorities and their figures.
        set_name: the set, such as ``england``.
        period: the period of the packs.
        made: the slugs of the authorities that have a pack.
    """

    national: National
    set_name: str
    period: Period
    made: Collection[str]


def publish_set(
    workspace: Workspace,
    set_name: str,
    period: Period,
    release: str,
    made: Collection[str],
    target: Path,
) -> None:
    """Write the page of a set and its files, of what a release holds.

    Args:
        workspace: where the reference data and the releases are.
        set_name: the set, such as ``england``.
        period: the period of the packs.
        release: the release that they compare with.
        made: the slugs of the authorities that have a pack.
        target: the set's folder, with a folder for each pack.
    """
    national = open_national(workspace, period, release)
    publish_national(Listed(national, set_name, period, made), target)


def publish_national(listed: Listed, target: Path) -> None:
    """Write ``index.html``, ``figures.csv``, ``charts/*.svg`` and the manifest.

    Args:
        listed: what is listed.
        target: the set's folder, with a folder for each pack.
    """
    national = listed.national
    (target / "charts").mkdir(exist_ok=True)
    drawn = {}
    for measure in MEASURES:
        if not len(national.distribution.of(measure, "fte", national.as_at)):
            continue
        bands = distribution_bands(national, measure)
        drawing = charts.bars(bands, category="band")
        if drawing is None:
            continue
        slug = f"{_anchor(measure)}-spread"
        picture = drawing.svg()
        _write(target / "charts" / f"{slug}.svg", picture)
        _write(target / "charts" / f"{slug}.csv", _csv(bands))
        drawn[measure] = {
            "slug": slug,
            "title": spread_title(national, measure),
            "alt": drawing.alt,
            "picture": base64.b64encode(f"{picture.rstrip()}\n".encode()).decode(),
            "definition": _definition(measure),
            "cited": (
                f"{_title(listed)}, chart '{slug}' "
                f"({listed.set_name}/{listed.period}/{slug})"
            ),
        }
    _write(target / "figures.csv", _csv(national.figures))
    page = _page(listed, drawn)
    _write(target / "index.html", page_template("national.html.j2").render(page=page))
    write_manifest(target)


def distribution_bands(national: National, measure: str) -> pd.DataFrame:
    """How many authorities have a figure in each band, the lowest first."""
    values = national.distribution.of(measure, "fte", national.as_at)
    width = _BAND[measure]
    first, last = (int(f(values) // width) for f in (np.min, np.max))
    unit = "%" if measures()[measure].unit == "per cent" else ""
    counts = [
        int(((values >= n * width) & (values < (n + 1) * width)).sum())
        for n in range(first, last + 1)
    ]
    return long_form(
        pd.DataFrame(
            {
                "band": [
                    f"{n * width} to under {(n + 1) * width}{unit}"
                    for n in range(first, last + 1)
                ],
                "measure": "authorities",
                "basis": "not applicable",
                "value": counts,
                "as_at": national.as_at,
                "nature": "actual",
                "dataset": national.release.dataset,
                "paragraph": f"local authorities, {WORDS[measure].lower()}",
            }
        )
    )


def spread_title(national: National, measure: str) -> str:
    """Between which figures the middle half of the authorities lies."""
    values = national.distribution.of(measure, "fte", national.as_at)
    low, high = (float(np.percentile(values, q)) for q in (25, 75))
    unit = "%" if measures()[measure].unit == "per cent" else ""
    return (
        f"{WORDS[measure]}: half of {number(len(values))} authorities lie between "
        f"{number(low, 1)}{unit} and {number(high, 1)}{unit}"
    )


def _page(listed: Listed, drawn: Mapping[str, Any]) -> dict[str, Any]:
    national = listed.national
    rows = _rows(listed)
    orders = [
        {"anchor": "by-name", "title": "By name", "rows": list(rows.values())},
        *(
            {
                "anchor": f"by-{_anchor(measure)}",
                "title": f"By {WORDS[measure].lower()}, the lowest first",
                "rows": [rows[area.slug] for area in national.ordered(measure)],
            }
            for measure in MEASURES
        ),
    ]
    words = listed.period.in_words
    more = Markup(_SORTED) + on_every_sheet(DRAFT)
    return {
        "up": "",
        "title": "All local authorities",
        "authority": "England",
        "period": words,
        "count": number(len(national.areas)),
        "pack_citation": (
            f"{_title(listed)}. Evidence packs {listed.set_name}/{listed.period}. From: "
            f"{national.release.title} (Department for Education)."
        ),
        "is_draft": True,
        "standing": DRAFT,
        "release": national.release,
        "units": "; ".join(
            dict.fromkeys(measures()[m].unit for m in (*MEASURES, IN_POST))
        ),
        "columns": [
            {"anchor": f"by-{_anchor(m)}", "label": _heading(m)} for m in MEASURES
        ],
        "orders": orders,
        "charts": list(drawn.values()),
        "definitions": [_definition(m) for m in MEASURES],
        "symbols": STATUS_WORDS,
        "command": f"make packs SET={listed.set_name} PERIOD={listed.period}",
        "version": scrutiny_pack.__version__,
        "style": style() + more,
        "policy": policy(more),
    }


def _title(listed: Listed) -> str:
    words = listed.period.in_words
    return f"Scrutiny evidence packs: all local authorities in England, {words}"


def _rows(listed: Listed) -> dict[str, dict[str, Any]]:
    """What stands in each authority's row, by slug, in the order of their names."""
    national = listed.national
    texts = [
        {row["area"]: figure_text(row, 1) for row in records(national.of(measure))}
        for measure in (*MEASURES, IN_POST)
    ]
    return {
        area.slug: {
            "name": area.name,
            "slug": area.slug if area.slug in listed.made else "",
            "region": national.regions[area.slug],
            "figures": [of_measure.get(area.slug, "[x]") for of_measure in texts],
        }
        for area in national.areas
    }


def _anchor(measure: str) -> str:
    return WORDS[measure].lower().replace(" ", "-")


def _heading(measure: str) -> str:
    unit = " (%)" if measures()[measure].unit == "per cent" else ""
    return f"{WORDS[measure]}{unit}"


def _definition(measure: str) -> str:
    definition = measures()[measure]
    return (
        f"{WORDS[measure]}: {definition.formula} (definition: {definition.defined_by})"
    )


def _csv(rows: pd.DataFrame) -> str:
    """The text of a data file: numbers as short as they are, nothing where there is none."""
    numbers = {column: shortest(rows[column]) for column in NUMBER_COLUMNS}
    return to_csv(rows.assign(**numbers))


def _write(path: Path, text: str) -> None:
    path.write_text(f"{text.rstrip()}\n", encoding="utf-8", newline="\n")
