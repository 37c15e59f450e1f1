"""All local authorities at one census: who they are, and their figures."""

from dataclasses import dataclass

import pandas as pd

from scrutiny_pack.dfe.comparators import as_evidence, comparators
from scrutiny_pack.dfe.distribution import PLACED, Distribution, distribution
from scrutiny_pack.dfe.obtain import load
from scrutiny_pack.dfe.register import LOCAL, Area, read_register
from scrutiny_pack.dfe.releases import Release, find_release, read_releases
from scrutiny_pack.errors import PeriodError
from scrutiny_pack.observations import SMALLEST_BASE
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace

MEASURES = tuple(measure for measure, _ in PLACED[:-1])
"""The rates and averages that the authorities are listed by."""

IN_POST = "in_post_dfe"


@dataclass(frozen=True, eq=False)
class National:
    """The local authorities of a census.

    Attributes:
        release: whose figures they are.
        areas: the authorities that have a row, by name.
        regions: the name of each authority's region, by slug.
        figures: the long form, with a row for each authority and figure.
        distribution: the same figures without names, those on a small base left out.
        as_at: the date of the census.
    """

    release: Release
    areas: tuple[Area, ...]
    regions: dict[str, str]
    figures: pd.DataFrame
    distribution: Distribution
    as_at: str

    def of(self, measure: str) -> pd.DataFrame:
        """One measure's rows, by FTE, with the authority as the index."""
        rows = self.figures[
            (self.figures["measure"] == measure) & (self.figures["basis"] == "fte")
        ]
        return rows.set_index("area", drop=False)

    def ordered(self, measure: str) -> list[Area]:
        """The authorities from the lowest figure to the highest.

        Those without a figure, and those whose figure stands on a base under 10,
        where one person decides it, stand last, by name.
        """
        rows = self.of(measure)
        kept = rows[rows["value"].notna() & ~(rows["denominator"] < SMALLEST_BASE)]
        values = dict(zip(kept["area"], kept["value"], strict=True))
        known = [area for area in self.areas if area.slug in values]
        others = [area for area in self.areas if area.slug not in values]
        return sorted(known, key=lambda area: values[area.slug]) + others


def open_national(workspace: Workspace, period: Period, release: str) -> National:
    """Gather all local authorities of a census.

    Args:
        workspace: where the reference data and the obtained releases are.
        period: the date of the census.
        release: the release, which must have been obtained.

    Raises:
        ReleaseError: if it has not been obtained, or there is none of that name.
        PeriodError: if the release has no census of that date.
    """
    register = read_register(workspace.reference)
    releases = read_releases(workspace.reference)
    found = find_release(releases, release)
    data = load(found, workspace.releases)
    rows = register.with_areas(data.figures)
    as_at = str(period)
    there = list(dict.fromkeys(rows.loc[rows["as_at"] == as_at, "area"]))
    if not there:
        dates = sorted(set(rows["as_at"]))
        msg = (
            f"the release {release} has no census of {period}; it has those of "
            f"{dates[0]} to {dates[-1]}, each on 30 September: give one as PERIOD="
        )
        raise PeriodError(msg)
    areas = [register.areas[slug] for slug in there]
    local = sorted((a for a in areas if a.kind in LOCAL), key=lambda a: a.name)
    slugs = [area.slug for area in local]
    figures = comparators(
        slugs,
        release,
        reference=workspace.reference,
        folder=workspace.releases,
        register=register,
        releases=releases,
    )
    return National(
        release=found,
        areas=tuple(local),
        regions={area.slug: register.areas[area.region].name for area in local},
        figures=as_evidence(figures[figures["as_at"] == as_at], register),
        distribution=distribution(
            found,
            reference=workspace.reference,
            folder=workspace.releases,
            register=register,
            releases=releases,
        ),
        as_at=as_at,
    )
