"""All that a council is compared with: its figures, groups, and what changed in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from scrutiny_pack.dfe.comparators import as_evidence, comparators, read_extract
from scrutiny_pack.dfe.distribution import Distribution, distribution
from scrutiny_pack.dfe.groups import Group, listed_group, named_group, neighbour_group
from scrutiny_pack.dfe.neighbours import MODELS, read_neighbours
from scrutiny_pack.dfe.obtain import find_pinned
from scrutiny_pack.dfe.register import ENGLAND, Area, Register, read_register
from scrutiny_pack.dfe.releases import find_release, read_releases
from scrutiny_pack.dfe.revisions import read_revisions
from scrutiny_pack.periods import Period

FIRST = date(2015, 9, 30)
"""The date of the first figures that this project has."""

COMMITTEES_GROUP = "councils that the committee named"
"""How a sentence calls a group that is given as a list of councils."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """A council's figures and all that they are compared with.

    Attributes:
        area: whose figures they are: the council's, or those of its joint return.
        register: the areas.
        release: the release that the pack pins.
        period: the pack's.
        groups: statistical neighbours by each model that has the council, then the
            groups that the committee named.
        figures: the long form of `scrutiny_pack.dfe.comparators.as_evidence`, for the
            dates to ``later``.
        distribution: all local authorities' figures.
        revised: what the release changed: rows of revisions.csv.
        now: the last census in the period or before it.
        later: the next census after the period; "" where there is none yet.
    """

    area: Area
    register: Register
    release: str
    period: Period
    groups: tuple[Group, ...]
    figures: pd.DataFrame
    distribution: Distribution
    revised: pd.DataFrame
    now: str
    later: str

    @property
    def dates(self) -> list[str]:
        """The dates of the figures, the earliest first."""
        return sorted(set(self.figures["as_at"]))

    @property
    def place(self) -> str:
        """How a sentence calls the council."""
        return self.area.name

    def of(self, *slugs: str) -> pd.DataFrame:
        """The rows of some areas, area by area in the order given."""
        rows = [self.figures[self.figures["area"] == slug] for slug in slugs]
        return pd.concat(rows, ignore_index=True)

    @property
    def own(self) -> pd.DataFrame:
        """The council's own rows."""
        return self.of(self.area.slug)

    @property
    def with_region_and_england(self) -> pd.DataFrame:
        """The rows of the council, its region and England."""
        return self.of(self.area.slug, self.area.region, ENGLAND)


def why_not_compared(
    council: str,
    period: Period,
    release: str,
    named: Sequence[str] = (),
    *,
    reference: Path,
    folder: Path,
) -> str:
    """Why a council cannot be compared, in a sentence; "" if it can be.

    Args:
        council: its slug.
        period: the pack's.
        release: the release that the pack pins.
        named: the groups that the committee named, as for `open_comparison`.
        reference: the folder of reference data.
        folder: the folder of obtained releases.

    Raises:
        ReleaseError: if there is no such release.
        ChangedError: if its bytes have changed since it was pinned.
    """
    if period.end < FIRST:
        first = Period.parse(FIRST.isoformat()).in_words
        return (
            f"The DfE's figures that this project reads begin on {first}, after this "
            "pack's period, and say nothing of it."
        )
    pinned = find_release(read_releases(reference), release)
    if find_pinned(pinned, folder):
        return ""
    held = read_extract(reference)
    held = held[held["release"] == release]
    if set(_wanted(council, period, named, reference)[1]) <= set(held["area"]):
        return ""
    return (
        f"The release {release} of the DfE's statistics has not been obtained, and the "
        "figures that come with the project are of other councils or of another "
        f"release; 'make dfe RELEASE={release}' obtains it."
    )


def open_comparison(
    council: str,
    period: Period,
    release: str,
    named: Sequence[str] = (),
    *,
    reference: Path,
    folder: Path,
) -> Comparison:
    """Gather all that a council is compared with.

    No figure is of a later date than the first census after the period: the last
    census before its end is what the pack's authors could see, and the next one is
    marked as later wherever it is shown.

    Args:
        council: its slug.
        period: the pack's.
        release: the release that the pack pins.
        named: the groups that the committee named: names in groups.yaml, and slugs of
            councils, which together make one more group.
        reference: the folder of reference data.
        folder: the folder of obtained releases.

    Raises:
        ReleaseError: if the release has not been obtained, and the embedded extract
            lacks the council or the release.
        CouncilError: if a named council is unknown.
        ParameterError: if there is no group of a name.
    """
    register = read_register(reference)
    releases = read_releases(reference)
    groups, wanted = _wanted(council, period, named, reference)
    places = {"reference": reference, "folder": folder}
    rows = comparators(wanted, release, **places, register=register, releases=releases)
    dates = sorted(set(rows["as_at"]))
    seen = [d for d in dates if date.fromisoformat(d) <= period.end]
    later = dates[len(seen) : len(seen) + 1]
    rows = rows[rows["as_at"].isin([*seen, *later])]
    revised = read_revisions(reference, release)
    return Comparison(
        area=register.areas[wanted[0]],
        register=register,
        release=release,
        period=period,
        groups=groups,
        figures=as_evidence(rows, register),
        distribution=distribution(
            releases[release], **places, register=register, releases=releases
        ),
        revised=revised[revised["as_at"].isin([*seen, *later])],
        now=seen[-1],
        later="".join(later),
    )


def _wanted(
    council: str, period: Period, named: Sequence[str], reference: Path
) -> tuple[tuple[Group, ...], list[str]]:
    """The groups, and all areas whose figures are needed, the council's first."""
    register = read_register(reference)
    area = register.areas[register.reporting_area(council, period.end)]
    groups = _groups(area, period, named, register, reference)
    members = [member for group in groups for member in group.members]
    return groups, [area.slug, area.region, ENGLAND, *members]


def _groups(
    area: Area,
    period: Period,
    named: Sequence[str],
    register: Register,
    reference: Path,
) -> tuple[Group, ...]:
    table = read_neighbours(reference)
    groups = [
        neighbour_group(table, register, area.slug, model, period.end)
        for model in MODELS
    ]
    councils = [name for name in named if name in register.areas]
    groups += [
        named_group(reference, name, area.slug, register)
        for name in named
        if name not in register.areas
    ]
    if councils:
        groups.append(listed_group(COMMITTEES_GROUP, councils, area.slug, register))
    return tuple(group for group in groups if group.members)


def published_figures(
    council: str,
    period: Period,
    release: str,
    *,
    reference: Path,
    folder: Path,
) -> tuple[pd.DataFrame, Register, str] | None:
    """The DfE's figures that a council's report may be held to.

    Args:
        council: its slug.
        period: the pack's; no figure is of a later date.
        release: the release that the pack pins.
        reference: the folder of reference data.
        folder: the folder of obtained releases.

    Returns:
        The rows of `scrutiny_pack.dfe.comparators.comparators` for the council, its
        region, the councils of that region and England, as far as they are at hand;
        the register; and the slug of the council's own area. None where nothing can
        be compared.

    Raises:
        ReleaseError: if there is no such release.
        ChangedError: if its bytes have changed since it was pinned.
    """
    if why_not_compared(council, period, release, reference=reference, folder=folder):
        return None
    register = read_register(reference)
    releases = read_releases(reference)
    area = register.areas[register.reporting_area(council, period.end)]
    wanted = [area.slug, area.region, ENGLAND]
    wanted += [a.slug for a in register.areas.values() if a.region == area.region]
    if not find_pinned(find_release(releases, release), folder):
        extract = read_extract(reference)
        held = set(extract[extract["release"] == release]["area"])
        wanted = [slug for slug in wanted if slug in held]
    rows = comparators(
        wanted,
        release,
        reference=reference,
        folder=folder,
        register=register,
        releases=releases,
    )
    seen = [date.fromisoformat(as_at) <= period.end for as_at in rows["as_at"]]
    return rows[seen].reset_index(drop=True), register, area.slug
