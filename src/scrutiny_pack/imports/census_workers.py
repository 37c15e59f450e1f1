"""One row for each record of a return, without what would tell who it is.

A registration number and a birth date go in; a band of ages, a band of years in
service and a number that stands for the person within this one import come out. The
number is the order in which a keyed hash first turned up; the key is made at random
for each import, kept nowhere, and gone when the import is done.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

import pandas as pd

from scrutiny_pack.imports.census_records import CensusReturn, Worker

NOT_STATED = "not stated"
"""The group of those of whom a return does not say, or says what cannot be."""

AGES = (
    ("Under 30", 0, 30),
    ("30 to 39", 30, 40),
    ("40 to 49", 40, 50),
    ("50 to 59", 50, 60),
    ("60 and over", 60, None),
)
"""Bands of ages, each with its first year and the year after its last: those of the
DfE's characteristics, with the few under 20 in the first."""

SERVICE = (
    ("Under 1 year", 0, 1),
    ("1 to 2 years", 1, 2),
    ("2 to 5 years", 2, 5),
    ("5 to 10 years", 5, 10),
    ("10 to 20 years", 10, 20),
    ("20 years and over", 20, None),
)
"""Bands of whole years in service: from the first, to under the last."""

_YOUNGEST, _OLDEST = 16, 100  # outside, a birth date is taken for a slip

Band = tuple[str, int, int | None]

COLUMNS = {
    "agency": "bool",
    "in_post": "bool",
    "started": "bool",
    "left": "bool",
    "fte": "float64",
    "fte_before": "float64",
    "cases": "float64",
    "days_lost": "float64",
    "role": "str",
    "age": "str",
    "service": "str",
    "origin": "str",
    "destination": "str",
    "reason": "str",
    "person": "int64",
    "spell": "int64",
}
"""The columns of a frame of workers, and their types."""


def worker_frame(census: CensusReturn, key: bytes | None = None) -> pd.DataFrame:
    """The records of a return as the measures need them.

    Args:
        census: the return.
        key: the key of the hash; a new one, made at random, if left out.

    Returns:
        A row for each record, in the order of the file, with [`COLUMNS`][]:

        - ``agency``; ``in_post`` (employed on the reference date: no leaving date, or
          one after it); ``started`` (in post, and began in the census year); ``left``
          (employed, left in the census year, and did not begin in it)
        - ``fte`` on the reference date, ``fte_before`` a year earlier, in whole posts;
          ``cases`` on the reference date; ``days_lost`` to sickness in the year; NaN
          where the return does not say
        - ``role``, ``origin``, ``destination``, ``reason``: the code, or "not stated"
        - ``age``, ``service``: the band on the reference date, or when the worker left
        - ``person``: the same for the records of one person; each agency record is a
          person (DfE, methodology)
        - ``spell``: the same where person and starting date, or for a leaver person
          and leaving date, are
    """
    rows = [_row(worker, census) for worker in census.workers]
    frame = pd.DataFrame(rows, columns=[*COLUMNS][:-2])
    frame["person"], frame["spell"] = _persons(census, key or secrets.token_bytes(32))
    return frame.astype(COLUMNS)


def _row(worker: Worker, census: CensusReturn) -> tuple[object, ...]:
    start, end = worker.get("RoleStartDate"), worker.get("RoleEndDate")
    employed = not worker.is_agency
    there = end is None or end > census.ends
    began_in_year = start is not None and census.begins <= start <= census.ends
    left_in_year = end is not None and census.begins <= end <= census.ends
    until = census.ends if there else end
    return (
        worker.is_agency and there,
        employed and there,
        employed and there and began_in_year,
        employed and left_in_year and not began_in_year,
        worker.get("FTE"),
        worker.get("FTE30"),
        worker.get("Cases30"),
        worker.get("WorkingDaysLost"),
        worker.get("OrgRole") or NOT_STATED,
        _age(worker.get("PersonBirthDate"), until),
        band_of(_whole_years(start, until), SERVICE),
        worker.get("StartOrigin") or NOT_STATED,
        worker.get("LeaverDestination") or NOT_STATED,
        worker.get("ReasonLeave") or NOT_STATED,
    )


def band_of(number: float | None, bands: Sequence[Band]) -> str:
    """The band that a number lies in; "not stated" if it lies in none."""
    if number is None or number != number:  # noqa: PLR0124 - NaN
        return NOT_STATED
    for name, first, after in bands:
        if first <= number and (after is None or number < after):
            return name
    return NOT_STATED


def _age(born: date | None, until: date) -> str:
    years = _whole_years(born, until)
    if years is None or not _YOUNGEST <= years <= _OLDEST:
        return NOT_STATED
    return band_of(years, AGES)


def _whole_years(start: date | None, until: date) -> int | None:
    if start is None or start > until:
        return None
    not_yet = (until.month, until.day) < (start.month, start.day)
    return until.year - start.year - not_yet


def _persons(census: CensusReturn, key: bytes) -> tuple[list[int], list[int]]:
    """A number for each record's person, and one for its spell of work."""
    persons: dict[bytes, int] = {}
    spells: dict[tuple[int, date | None], int] = {}
    of_person, of_spell = [], []
    for worker in census.workers:
        hashed = _hashed(worker, census.la_code, key)
        person = persons.setdefault(hashed, len(persons))
        end = worker.get("RoleEndDate")
        has_left = end is not None and end <= census.ends
        day = end if has_left else worker.get("RoleStartDate")
        of_person.append(person)
        of_spell.append(spells.setdefault((person, day), len(spells)))
    return of_person, of_spell


def _hashed(worker: Worker, la_code: str, key: bytes) -> bytes:
    """What makes two records one person's: DfE, methodology.

    Local authority, registration number, birth date, sex and ethnicity; for an agency
    worker the record itself, for the Department takes each for a person.
    """
    names = ("SWENo", "PersonBirthDate", "Sex", "GenderCurrent", "Ethnicity")
    parts = [la_code, *(str(worker.get(name) or "") for name in names)]
    if worker.is_agency:
        parts = ["agency", str(worker.position)]
    told = "\x1f".join(part.upper() for part in parts)
    return hmac.digest(key, told.encode(), sha256().name)
