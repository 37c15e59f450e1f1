"""The register of areas: whose figures a row holds, and where a series breaks.

An area is the country, a region, a council (a lineage of authorities under one slug),
or the area of a joint return of two councils. The register is made of files in
``data/reference``: councils.csv, areas.csv, joint-returns.csv, breaks.csv and
dfe-notes.csv.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from scrutiny_pack.errors import CouncilError, ReferenceDataError, ReleaseError
from scrutiny_pack.observations import records
from scrutiny_pack.periods import Period

ENGLAND = "england"
"""The slug of the country."""

LOCAL = ("council", "joint return")
"""The kinds of areas that are local authorities."""

_FILES = {
    "councils": (
        "slug",
        "name",
        "from",
        "to",
        "ons_code",
        "dfe_code",
        "region",
        "note",
    ),
    "areas": ("slug", "name", "kind", "region", "part", "ons_code"),
    "joint-returns": ("slug", "member", "dfe_code", "from", "reports"),
    "breaks": ("area", "measure", "from", "kind", "reason"),
    "dfe-notes": ("area", "measure", "as_at", "note"),
}


@dataclass(frozen=True)
class Area:
    """What figures are about.

    Attributes:
        slug: how code and folders call it.
        name: how a table calls it: ``Darlington``, not Darlington Borough Council.
        kind: country, region, part of a region, council, joint return, or made up
            (Exampleshire, which is in no comparison).
        region: the slug of its region; "" for the country and the regions.
        part: the slug of Inner or Outer London; "" for all others.
        ons_code: of a country or region; councils' codes are in `Authority`.
    """

    slug: str
    name: str
    kind: str
    region: str
    part: str
    ons_code: str


@dataclass(frozen=True)
class Authority:
    """An authority, for as long as it was there under one code.

    Attributes:
        slug: of its lineage.
        name: its full name.
        start: its first day; the first day there is, if it began before 2009.
        end: its last day; the last day there is, if it is still there.
        ons_code: its code in the Office for National Statistics' register.
        dfe_code: its code in the Department's files.
        note: anything a reader must know.
    """

    slug: str
    name: str
    start: date
    end: date
    ons_code: str
    dfe_code: str
    note: str


@dataclass(frozen=True)
class Break:
    """Where figures on the two sides of a date cannot be compared.

    Attributes:
        area: the slug of the area whose series breaks; "" for every area.
        measure: the measure that breaks; "" for every measure.
        start: the first day on the later side.
        kind: boundary, collection, definition or rule.
        reason: why, in a sentence.
    """

    area: str
    measure: str
    start: date
    kind: str
    reason: str


@dataclass(frozen=True)
class Note:
    """What a reader must know about a figure.

    Attributes:
        area: the slug of the area.
        measure: the measure; "" for every measure.
        as_at: the date of the figure.
        note: a sentence.
    """

    area: str
    measure: str
    as_at: str
    note: str


@dataclass(frozen=True)
class Member:
    """A council whose figures are in a joint return.

    Attributes:
        slug: of the joint return's area.
        member: the council's own slug.
        dfe_code: the council's own code.
        start: the first day of the first year with a joint return.
        for_both: whether a row under this council's own code holds both councils'
            figures, as in the releases to 2022.
    """

    slug: str
    member: str
    dfe_code: str
    start: date
    for_both: bool


@dataclass(frozen=True, eq=False)
class Register:
    """All areas, and how they follow one another.

    Attributes:
        areas: by slug, in the order of the file: the country, the regions, councils.
        authorities: by lineage and date.
        members: the councils in joint returns.
        breaks: where series break.
        notes: what a reader must know about single figures.
    """

    areas: Mapping[str, Area]
    authorities: tuple[Authority, ...]
    members: tuple[Member, ...]
    breaks: tuple[Break, ...]
    notes: tuple[Note, ...]

    @cached_property
    def _by_ons_code(self) -> dict[str, str]:
        return {
            area.ons_code: area.slug for area in self.areas.values() if area.ons_code
        }

    @cached_property
    def _by_dfe_code(self) -> dict[str, list[Authority]]:
        found: dict[str, list[Authority]] = {}
        for authority in self.authorities:
            found.setdefault(authority.dfe_code, []).append(authority)
        return found

    def area(self, slug: str) -> Area:
        """The area of that slug.

        Raises:
            CouncilError: if there is none.
        """
        if slug not in self.areas:
            msg = (
                f"'{slug}' is not an area that this project knows; "
                "look it up in data/reference/areas.csv"
            )
            raise CouncilError(msg)
        return self.areas[slug]

    def authority(self, slug: str, when: date) -> Authority | None:
        """Which authority of a lineage was there at a date; None if none was."""
        for authority in self.authorities:
            if authority.slug == slug and authority.start <= when <= authority.end:
                return authority
        return None

    def members_of(self, slug: str, when: date) -> tuple[str, ...]:
        """The councils whose joint return an area stands for at a date; often none."""
        return tuple(
            m.member for m in self.members if m.slug == slug and m.start <= when
        )

    def reporting_area(self, slug: str, when: date) -> str:
        """Under which slug a council's figures stand at a date.

        Its own, or that of the joint return that it is part of.
        """
        for member in self.members:
            if member.member == slug and member.start <= when:
                return member.slug
        return slug

    def area_of(self, level: str, ons_code: str, dfe_code: str, when: date) -> str:
        """The slug of the area that a row of the Department's file is about.

        Args:
            level: National, Regional or Local authority.
            ons_code: the row's code; it decides for the country and the regions.
            dfe_code: the row's code; it decides for councils, for the ONS changes a
                council's code where its name or its boundary changes a little.
            when: the row's date: code 314 is Kingston upon Thames in 2015, and the
                joint return with Richmond upon Thames from 2016.

        Raises:
            ReleaseError: if the register has no such area.
        """
        if level != "Local authority":
            if ons_code in self._by_ons_code:
                return self._by_ons_code[ons_code]
        else:
            for member in self.members:
                if (
                    member.for_both
                    and member.dfe_code == dfe_code
                    and member.start <= when
                ):
                    return member.slug
            for authority in self._by_dfe_code.get(dfe_code, ()):
                if authority.start <= when <= authority.end:
                    return authority.slug
        msg = (
            f"the release has a row with the codes '{dfe_code}' and '{ons_code}' for "
            f"{when.year}, which the register does not know; add the authority to "
            "data/reference/councils.csv"
        )
        raise ReleaseError(msg)

    def with_areas(self, figures: pd.DataFrame) -> pd.DataFrame:
        """The figures of a release with a first column ``area``, the slug of each row.

        Args:
            figures: the long form of `scrutiny_pack.dfe.reading`.

        Raises:
            ReleaseError: if the register lacks one of the areas.
        """
        by = ["level", "ons_code", "dfe_code", "as_at"]
        keys = figures[by].drop_duplicates()
        keys = keys.assign(
            area=[
                self.area_of(level, ons, dfe, date.fromisoformat(as_at))
                for level, ons, dfe, as_at in keys.itertuples(index=False, name=None)
            ]
        )
        joined = figures.merge(keys, on=by, how="left", validate="many_to_one")
        return joined[["area", *figures.columns]]

    def breaks_between(
        self, slug: str, measure: str, first: date, last: date
    ) -> tuple[Break, ...]:
        """What breaks an area's series of a measure after one date, up to another."""
        return tuple(
            found
            for found in self.breaks
            if found.area in ("", slug)
            and found.measure in ("", measure)
            and first < found.start <= last
        )

    def is_broken(self, slug: str, measure: str, first: date, last: date) -> bool:
        """Whether figures of two dates cannot be compared."""
        return bool(self.breaks_between(slug, measure, first, last))

    def notes_on(self, slug: str, measure: str, as_at: str) -> tuple[str, ...]:
        """What a reader must know about an area's figure at a date."""
        return tuple(
            found.note
            for found in self.notes
            if (found.area, found.as_at) == (slug, as_at)
            and found.measure in ("", measure)
        )


def read_register(reference: Path) -> Register:
    """Read the register from the folder of reference data.

    Raises:
        ReferenceDataError: if a file is missing or wrong in itself.
    """
    return _register(*(_bytes_of(reference, name) for name in _FILES))


@lru_cache(maxsize=2)
def _register(*files: bytes) -> Register:
    """The register that the files of some bytes hold, in the order of `_FILES`."""
    tables = {
        name: records(_table(raw, name, names))
        for raw, (name, names) in zip(files, _FILES.items(), strict=True)
    }
    areas = {row["slug"]: Area(**row) for row in tables["areas"]}
    authorities = tuple(
        Authority(
            slug=row["slug"],
            name=row["name"],
            start=_first_day(row["from"], "councils.csv"),
            end=Period.parse(row["to"]).end if row["to"] else date.max,
            ons_code=row["ons_code"],
            dfe_code=row["dfe_code"],
            note=row["note"],
        )
        for row in tables["councils"]
    )
    members = tuple(
        Member(
            slug=row["slug"],
            member=row["member"],
            dfe_code=row["dfe_code"],
            start=_first_day(row["from"], "joint-returns.csv"),
            for_both=row["reports"] == "for both",
        )
        for row in tables["joint-returns"]
    )
    breaks = tuple(
        Break(
            area=row["area"],
            measure=row["measure"],
            start=_first_day(row["from"], "breaks.csv"),
            kind=row["kind"],
            reason=row["reason"],
        )
        for row in tables["breaks"]
    )
    for slug in sorted({a.slug for a in authorities} - areas.keys()):
        msg = (
            f"data/reference/areas.csv has no row for '{slug}', which councils.csv has"
        )
        raise ReferenceDataError(msg)
    notes = tuple(Note(**row) for row in tables["dfe-notes"])
    return Register(areas, authorities, members, breaks, notes)


def read_table(reference: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """A CSV file of reference data, all cells as text.

    Raises:
        ReferenceDataError: if it is missing, or has other columns.
    """
    return _table(_bytes_of(reference, name), name, columns).copy(deep=False)


def _bytes_of(reference: Path, name: str) -> bytes:
    try:
        return (reference / f"{name}.csv").read_bytes()
    except OSError as error:
        raise _cannot_be_read(name, error) from None


@lru_cache(maxsize=16)
def _table(raw: bytes, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """The table that a file of some bytes holds: read once, for as long as they stay."""
    try:
        table = pd.read_csv(
            io.BytesIO(raw), dtype=str, keep_default_na=False, encoding="utf-8"
        )
    except ValueError as error:
        raise _cannot_be_read(name, error) from None
    if missing := [column for column in columns if column not in table]:
        msg = (
            f"data/reference/{name}.csv lacks the column {missing[0]}; take it from the "
            "project again"
        )
        raise ReferenceDataError(msg)
    return table[list(columns)]


def _cannot_be_read(name: str, error: Exception) -> ReferenceDataError:
    msg = (
        f"data/reference/{name}.csv cannot be read ({error}); take it from the project "
        "again"
    )
    return ReferenceDataError(msg)


def _first_day(text: str, file: str) -> date:
    if not text:
        return date.min
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"data/reference/{file}: '{text}' is not a day, such as 2019-04-01"
        raise ReferenceDataError(msg) from None
