"""The register of councils: which authority a slug stood for at a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from scrutiny_pack.errors import CouncilError, InputFileError, PeriodError
from scrutiny_pack.inputs.files import read_bytes
from scrutiny_pack.inputs.schemas import ColumnSchema, DatasetSchema
from scrutiny_pack.inputs.tables import parse_table
from scrutiny_pack.inputs.wording import counted, joined, nearest, shown
from scrutiny_pack.observations import records
from scrutiny_pack.periods import Period

_COLUMNS = (
    ColumnSchema("slug", "text", True, "How the council is called in commands."),
    ColumnSchema("name", "text", True, "The authority's full name."),
    ColumnSchema("from", "period", False, "Its first day; empty if that is long ago."),
    ColumnSchema("to", "period", False, "Its last day; empty if it is still there."),
    ColumnSchema("ons_code", "text", False, "Its nine-character ONS code."),
    ColumnSchema("dfe_code", "text", False, "Its three-digit DfE code."),
    ColumnSchema("region", "text", False, "The region of England that it lies in."),
    ColumnSchema("note", "text", False, "Anything a reader must know."),
)
REGISTER_SCHEMA = DatasetSchema(
    name="councils",
    title="The register of councils",
    description="One row for each authority, and each stretch of time it was there.",
    shape="list",
    columns=_COLUMNS,
    keys=("slug", "from"),
)
"""The columns of ``data/reference/councils.csv``."""


@dataclass(frozen=True)
class Council:
    """An authority, for as long as it was there under one name.

    Attributes:
        slug: how commands and folders call it, and those that came before it.
        name: its full name.
        start: when it began, or None if that is before anything this project holds.
        end: when it ended, or None if it is still there.
        ons_code: its code in the Office for National Statistics' register.
        dfe_code: its code in the Department for Education's returns.
        region: the region of England that it lies in.
        note: anything a reader must know.
    """

    slug: str
    name: str
    start: Period | None
    end: Period | None
    ons_code: str
    dfe_code: str
    region: str
    note: str

    def was_there(self, period: Period) -> bool:
        """Whether it was there on the last day of a period."""
        return (self.start is None or self.start.start <= period.end) and (
            self.end is None or period.end <= self.end.end
        )


def read_councils(path: Path, shown_as: str) -> tuple[Council, ...]:
    """Read the register, ``data/reference/councils.csv``.

    Raises:
        InputFileError: if the file cannot be read as the register, or two rows of
            one slug overlap in time.
    """
    return _councils(read_bytes(path, shown_as), shown_as)


@lru_cache(maxsize=2)
def _councils(raw: bytes, shown_as: str) -> tuple[Council, ...]:
    """The register that a file of some bytes holds: read once, as long as they stay."""
    frame, _ = parse_table(raw, REGISTER_SCHEMA, shown_as)
    register = tuple(
        Council(
            slug=row["slug"],
            name=row["name"],
            start=Period.parse(row["from"]) if row["from"] else None,
            end=Period.parse(row["to"]) if row["to"] else None,
            ons_code=row["ons_code"],
            dfe_code=row["dfe_code"],
            region=row["region"],
            note=row["note"],
        )
        for row in records(frame)
    )
    for council in register:
        others = [other for other in register if other.slug == council.slug]
        if council.start and sum(o.was_there(council.start) for o in others) != 1:
            msg = (
                f"{shown_as}: the rows of {shown(council.slug)} overlap in time, or "
                "one ends before it begins; correct their from and to"
            )
            raise InputFileError(msg)
    return register


def find_council(register: Sequence[Council], slug: str, period: Period) -> Council:
    """The authority that a slug stood for at a period.

    Where one authority gave way to another within the period, it is the one that
    was there at the period's end.

    Raises:
        CouncilError: if the slug is empty, or not in the register.
        PeriodError: if the authority was not there then.
    """
    check_slug(register, slug)
    lineage = [council for council in register if council.slug == slug]
    for council in lineage:
        if council.was_there(period):
            return council
    known = joined([_lifetime(council) for council in lineage])
    msg = f"'{slug}' was not there in {period.in_words}; the register has {known}"
    raise PeriodError(msg)


def check_slug(register: Sequence[Council], slug: str) -> None:
    """See that a slug is in the register.

    Raises:
        CouncilError: if the slug is empty, or not in the register; it names those
            that are most like it.
    """
    slugs = sorted({council.slug for council in register})
    if not slug.strip():
        msg = "no council was given: say which, such as COUNCIL=darlington"
        raise CouncilError(msg)
    if slug in slugs:
        return
    near = nearest(slug, slugs) or _by_name(register, slug)
    if near:
        advice = f"Did you mean {joined(near, 'or')}?"
    else:
        advice = (
            f"The register, data/reference/councils.csv, has "
            f"{counted(len(slugs), 'council')}; look it up there."
        )
    msg = f"{shown(slug)} is not a council that this project knows. {advice}"
    raise CouncilError(msg)


def _by_name(register: Sequence[Council], text: str) -> list[str]:
    names = {council.name: council.slug for council in register}
    return sorted({names[name] for name in nearest(text, names)})


def _lifetime(council: Council) -> str:
    start = f" from {council.start.in_words}" if council.start else ""
    end = f" to {council.end.in_words}" if council.end else ""
    return f"{council.name}{start}{end}"
