"""Hold a return's figures to those that the DfE publishes of it, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan
from pathlib import Path
from typing import Literal

from scrutiny_pack.dfe.columns import column_of
from scrutiny_pack.dfe.obtain import find_pinned, load
from scrutiny_pack.dfe.register import read_register
from scrutiny_pack.dfe.releases import read_releases
from scrutiny_pack.errors import PackError
from scrutiny_pack.imports.census_figures import Figures, Key

Result = Literal["agrees", "differs", "not compared"]

_NOISE = 1e-9


@dataclass(frozen=True)
class PublishedCells:
    """What a release says of a council and year.

    Attributes:
        release: its name, such as 2025.
        cells: by measure and basis: the figure (NaN where there is a symbol), and what
            is printed.
        columns: the heading of each in the release's file.
        area: whose figures they are, where that is a joint return; else "".
    """

    release: str
    cells: Mapping[Key, tuple[float, str]]
    columns: Mapping[Key, str]
    area: str = ""


@dataclass(frozen=True)
class Comparison:
    """One figure beside the one that the DfE publishes.

    Attributes:
        column: how the release calls it.
        published: as it is printed there.
        ours: the council's, as it is shown; "" where it is not.
        result: whether they agree, to the decimals that are printed.
        why: why they were not compared; else "".
    """

    column: str
    published: str
    ours: str
    result: Result
    why: str = ""

    @property
    def sentence(self) -> str:
        """The comparison for the analyst."""
        if self.result == "not compared":
            return f"{self.column}: not compared ({self.why})."
        verb = "is" if self.result == "agrees" else "differs:"
        return f"{self.column}: {verb} {self.ours} here and {self.published} there."


def published_cells(
    reference: Path, folder: Path, council: str, year: int
) -> PublishedCells | str:
    """What the DfE publishes of a council's return, if a release with it is there.

    The release of the census's own year is taken, else the earliest later one.

    Args:
        reference: the folder of reference data.
        folder: the folder of obtained releases, ``data/dfe``.
        council: the council's slug.
        year: the census year.

    Returns:
        The figures; or, where there are none, why, in a sentence: an import does not
        fail for want of them.
    """
    try:
        return _published_cells(reference, folder, council, year)
    except PackError as error:
        return f"Nothing was compared with the DfE's figures: {error}"


def _published_cells(
    reference: Path, folder: Path, council: str, year: int
) -> PublishedCells | str:
    when = date(year, 9, 30)
    register = read_register(reference)
    area = register.reporting_area(council, when)
    releases = read_releases(reference)
    there = [
        release
        for name, release in sorted(releases.items())
        if int(name) >= year and find_pinned(release, folder)
    ]
    for release in there:
        data = load(release, folder)
        figures = register.with_areas(data.figures)
        rows = figures[(figures["area"] == area) & (figures["as_at"] == str(when))]
        if len(rows):
            keys = list(zip(rows["measure"], rows["basis"], strict=True))
            values = zip(rows["value"], rows["as_published"], strict=True)
            return PublishedCells(
                release.name,
                dict(zip(keys, values, strict=True)),
                {key: column_of(release.name, *key) for key in keys},
                area if area != council else "",
            )
    if there:
        return f"The DfE's release {there[0].name} does not have the council in {year}."
    return (
        f"No release of the DfE with {year} is there, so nothing was compared with it; "
        f"'make dfe RELEASE={year}' obtains it."
    )


def compare(
    exact: Mapping[Key, float], figures: Figures, published: PublishedCells
) -> tuple[Comparison, ...]:
    """Hold a return's figures to the published ones.

    Args:
        exact: the exact value of each figure that is shown.
        figures: the figures as they are shown.
        published: what the DfE publishes.

    Returns:
        One comparison for each published cell, in the order of the release. A figure
        that is hidden is not compared: the answer would tell it.
    """
    shown = {(figure.measure, figure.basis): figure for figure in figures.whole}
    made = []
    for key, (value, printed) in published.cells.items():
        column = published.columns[key]
        figure = shown.get(key)
        if figure is None or figure.value is None:
            why = "not shown here" if figure and "c" in figure.status else "none here"
            made.append(Comparison(column, printed, "", "not compared", why))
            continue
        ours = f"{figure.value:.{figure.decimals}f}"
        if isnan(value):
            why = f"the DfE prints {printed}"
            made.append(Comparison(column, printed, ours, "not compared", why))
            continue
        half = 0.05 if figure.decimals else 0.0
        agrees = abs(exact[key] - value) <= half + _NOISE
        result: Result = "agrees" if agrees else "differs"
        made.append(Comparison(column, printed, ours, result))
    return tuple(made)
