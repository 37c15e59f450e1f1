"""The figures to compare with: from a release's own file, or from the extract of it.

``data/reference/comparators.csv`` holds England, the regions, five councils and their
statistical neighbours, so that a clone without the Department's files still compares.
Where a release has been obtained, everything is read from it; for what both hold, the
rows are the same to the byte.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from scrutiny_pack.dfe.columns import INDICATORS, Figure, column_of
from scrutiny_pack.dfe.obtain import find_pinned
from scrutiny_pack.dfe.rates import RATES, working_days
from scrutiny_pack.dfe.reading import ReleaseData, read_release
from scrutiny_pack.dfe.register import Register, read_table
from scrutiny_pack.dfe.releases import Release, find_release
from scrutiny_pack.errors import ReleaseError
from scrutiny_pack.observations import long_form

COLUMNS = (
    "area",
    "as_at",
    "measure",
    "basis",
    "value",
    "as_published",
    "status",
    "release",
    "source",
)
"""The columns of the extract: ``source`` is the beginning of the file's SHA-256."""

_NOT_COMPARED = {
    Figure("agency_workers_dfe", "headcount"),
    Figure("agency_rate_dfe", "headcount"),
    Figure("agency_cover_rate_dfe", "fte"),
    Figure("vacancies_covered_rate_dfe", "fte"),
}

HEADLINE_FIGURES = (
    *(figure for figure in INDICATORS.values() if figure not in _NOT_COMPARED),
    Figure("children_in_need_per_worker_dfe", "fte"),
    Figure("children_in_need_per_worker_dfe", "headcount"),
    Figure("average_caseload_dfe_2016", "not stated"),
)
"""The figures that are compared, in the order in which they are listed."""

BEFORE_THE_SERIES = ("2015", "2016")
"""Releases that hold one year each, from before the years that later releases hold."""

_SOURCE_LENGTH = 8


def comparators(
    areas: Sequence[str],
    release: str,
    *,
    reference: Path,
    folder: Path,
    register: Register,
    releases: dict[str, Release],
) -> pd.DataFrame:
    """The headline figures of some areas, all years, as one release has them.

    The years from 2017 on are those of the release; 2015 and 2016 are from their own.

    Args:
        areas: slugs.
        release: the release that the pack pins.
        reference: the folder of reference data.
        folder: the folder of obtained releases, ``data/dfe``.
        register: the areas.
        releases: all releases.

    Returns:
        Rows with [`COLUMNS`][], by area in the order asked, then date and measure.

    Raises:
        ReleaseError: if the release has not been obtained, and the extract has
            another one or lacks one of the areas.
        ChangedError: if the bytes of a release have changed since it was pinned.
    """
    wanted = list(dict.fromkeys([*BEFORE_THE_SERIES, release]))
    parts = [
        _of_release(
            find_release(releases, name), areas, release, reference, folder, register
        )
        for name in wanted
    ]
    return in_order(pd.concat(parts, ignore_index=True), areas)


def tidy(data: ReleaseData, register: Register) -> pd.DataFrame:
    """The headline figures of a whole release, with [`COLUMNS`][].

    ``as_published`` is kept where it is not the number itself: ``27,700``, ``low``.
    """
    figures = register.with_areas(data.figures)
    known = {(figure.measure, figure.basis) for figure in HEADLINE_FIGURES}
    pairs = pd.MultiIndex.from_frame(figures[["measure", "basis"]])
    figures = figures[pairs.isin(list(known))]
    same = figures["as_published"] == shortest(figures["value"])
    return figures.assign(
        as_published=figures["as_published"].mask(same, ""),
        source=data.sha256[:_SOURCE_LENGTH],
    )[list(COLUMNS)].reset_index(drop=True)


def read_extract(reference: Path) -> pd.DataFrame:
    """The embedded extract, with [`COLUMNS`][].

    Raises:
        ReferenceDataError: if it is missing or wrong in itself.
    """
    table = read_table(reference, "comparators", COLUMNS)
    table["value"] = pd.to_numeric(table["value"]).astype("float64")
    return table


def write_extract(table: pd.DataFrame) -> str:
    """The text of an extract: every number as it is shortest."""
    plain = table.assign(value=shortest(table["value"]))
    text: str = plain.to_csv(index=False, lineterminator="\n")
    return text


def shortest(values: "pd.Series[float]") -> "pd.Series[str]":
    """Numbers as text with as many digits as they need; "" for none."""
    return values.map("{:.15g}".format).where(values.notna(), "")


def as_evidence(figures: pd.DataFrame, register: Register) -> pd.DataFrame:
    """The long form of evidence: each figure with its name, its base and its source.

    Args:
        figures: as `comparators` gives them, all measures of each area and date.
        register: the areas.

    Returns:
        The text columns ``area`` (the slug), ``name``, ``kind``, ``release`` and
        ``source``, then those of a figure. A rate has the published components as
        ``numerator`` and ``denominator``, where both are published; a note says what
        a reader must know of the figure.
    """
    rows = figures.copy()
    rows["name"] = rows["area"].map(lambda slug: register.area(slug).name)
    rows["kind"] = rows["area"].map(lambda slug: register.area(slug).kind)
    rows["dataset"] = "dfe-" + rows["release"]
    rows["paragraph"] = _headings(rows)
    rows["nature"] = "actual"
    rows["note"] = _notes(rows, register)
    as_number = rows["as_published"] == ""
    rows["as_published"] = rows["as_published"].mask(as_number, shortest(rows["value"]))
    rows = _with_base(rows)
    text = ["area", "name", "kind", "release", "source"]
    rest = [column for column in rows if column not in text]
    return long_form(rows[[*text, *rest]])


def _of_release(
    release: Release,
    areas: Sequence[str],
    pinned: str,
    reference: Path,
    folder: Path,
    register: Register,
) -> pd.DataFrame:
    """One release's rows: from its file if it has been obtained."""
    there = find_pinned(release, folder)
    if there is not None:
        whole = _tidy_file(there.path, there.sha256, release.name, register)
        return whole[whole["area"].isin(areas)]
    extract = read_extract(reference)
    rows = extract[extract["release"] == release.name]
    how = f"obtain it: make dfe RELEASE={release.name}"
    if release.name == pinned and rows.empty:
        held = sorted(set(extract["release"]) - set(BEFORE_THE_SERIES))
        msg = (
            f"the release {release.name} is not there, and the embedded comparators "
            f"are of {', '.join(held)}; {how}"
        )
        raise ReleaseError(msg)
    there_are = set(extract["area"])
    missing = [slug for slug in areas if slug not in there_are]
    if release.name == pinned and missing:
        first = register.area(missing[0]).name
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        msg = f"the embedded comparators have no figures of {first}{more}; {how}"
        raise ReleaseError(msg)
    return rows[rows["area"].isin(areas)]


@lru_cache(maxsize=8)
def _tidy_file(
    path: Path,
    sha256: str,  # noqa: ARG001 - a file that has changed is read again
    release: str,
    register: Register,
) -> pd.DataFrame:
    """A release's rows, read once for all the packs that one process makes."""
    return tidy(read_release(path.read_bytes(), release, path.name), register)


def in_order(rows: pd.DataFrame, areas: Sequence[str]) -> pd.DataFrame:
    """Rows by area in the order given, then date, then measure."""
    figures = {(f.measure, f.basis): place for place, f in enumerate(HEADLINE_FIGURES)}
    order = {slug: place for place, slug in enumerate(dict.fromkeys(areas))}
    keys = pd.DataFrame(
        {
            "area": rows["area"].map(order),
            "as_at": rows["as_at"],
            "figure": list(
                map(figures.get, zip(rows["measure"], rows["basis"], strict=True))
            ),
        }
    )
    keys = keys.sort_values(["area", "as_at", "figure"], kind="stable")
    return rows.loc[keys.index].reset_index(drop=True)


def _headings(rows: pd.DataFrame) -> list[str]:
    by = ["release", "measure", "basis"]
    found = {
        key: f"column {column_of(*key)}"
        for key in rows[by].drop_duplicates().itertuples(index=False, name=None)
    }
    return [found[key] for key in rows[by].itertuples(index=False, name=None)]


def _notes(rows: pd.DataFrame, register: Register) -> list[str]:
    return [
        " ".join(register.notes_on(area, measure, as_at))
        for area, measure, as_at in rows[["area", "measure", "as_at"]].itertuples(
            index=False, name=None
        )
    ]


def _with_base(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the published components of each rate beside it."""
    values = rows.set_index(["area", "as_at", "measure", "basis"])["value"]
    rows = rows.assign(numerator=float("nan"), denominator=float("nan"))
    for rate in RATES:
        here = (rows["measure"] == rate.key[0]) & (rows["basis"] == rate.key[1])
        if not here.any():
            continue
        places = rows.loc[here, ["area", "as_at"]]
        part = _component(values, places, rate.part)
        other = _component(values, places, rate.other)
        if rate.counted == "with":
            other = other + part
        if rate.of_days:
            other = other * places["as_at"].map(working_days)
        both = part.notna() & other.notna()
        rows.loc[here, "numerator"] = part.where(both)
        rows.loc[here, "denominator"] = other.where(both).round(6)
    return rows


def _component(
    values: "pd.Series[float]", places: pd.DataFrame, key: tuple[str, str]
) -> "pd.Series[float]":
    wanted = pd.MultiIndex.from_frame(places.assign(measure=key[0], basis=key[1]))
    return pd.Series(values.reindex(wanted).to_numpy(), index=places.index)
