"""Statistical neighbours: the ten councils that a model finds most like a council.

There are two models in use, of 2021 and of 2025, and they seldom agree: a comparison
with statistical neighbours means nothing without the model's year.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from scrutiny_pack.dfe.register import Register, read_table
from scrutiny_pack.errors import ReferenceDataError

MODELS = ("2021", "2025")
"""The models, by the year that they were published in."""

NEIGHBOURS = "neighbours"
"""How evidence calls the models, in the column ``dataset``, and their file."""

HOW_MANY = 10
"""How many neighbours each model gives a council."""

COLUMNS = (
    "model",
    "area",
    "dfe_code",
    "rank",
    "neighbour",
    "neighbour_code",
    "closeness",
)
"""A row for each council and neighbour; rank 1 is the nearest. All cells are text."""

# The day for which a model's codes are looked up; only that of 2021 has, besides, the
# councils that had ended before it, marked Pre LG.
_AS_AT = {"2021": date(2021, 4, 1), "2025": date(2025, 9, 30)}
_ENDED = date(2018, 9, 30)


def read_neighbours(reference: Path) -> pd.DataFrame:
    """The table of neighbours in the folder of reference data, with [`COLUMNS`][].

    Raises:
        ReferenceDataError: if it is missing or wrong in itself.
    """
    return read_table(reference, NEIGHBOURS, COLUMNS)


def neighbours_of(
    table: pd.DataFrame, register: Register, area: str, model: str, when: date
) -> tuple[str, ...]:
    """The slugs of a council's neighbours, the nearest first.

    Args:
        table: as `read_neighbours` gives it.
        register: the areas.
        area: the council's slug.
        model: ``2021`` or ``2025``.
        when: the date of the comparison: Dorset County Council, which ended in 2019,
            and Dorset Council have neighbours of their own.

    Returns:
        Ten slugs; none for a joint return, whose members the models list apart, and
        for a council that the model does not have.
    """
    authority = register.authority(area, when)
    code = authority.dfe_code if authority else ""
    rows = table[(table["model"] == model) & (table["area"] == area)]
    own = rows[rows["dfe_code"] == code]
    return tuple(own["neighbour"])


def parse_model(raw: bytes, model: str, register: Register) -> pd.DataFrame:
    """Read a model as the Department publishes it.

    Args:
        raw: the bytes of ``New_Statistical_Neighbour_Groupings_April_2021.csv`` or
            ``sn_model_2025_wide.csv``.
        model: ``2021`` or ``2025``.
        register: the areas.

    Returns:
        A row for each council and neighbour, with [`COLUMNS`][], in the order of the
        codes.

    Raises:
        ReferenceDataError: if the file lacks a column, a council has other than ten
            neighbours, or the register lacks a code.
    """
    rows = [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    ]
    header = rows[0]
    code_column = _place(header, ("old_la_code", "LA number"), model)
    # How close a neighbour is stands to its right, in 2021 under a heading (SNP) that
    # is the same for all ten.
    places = [
        _place(header, (f"SN_{n}", f"SN{n}"), model) for n in range(1, HOW_MANY + 1)
    ]
    found = []
    for row in sorted(rows[1:], key=lambda row: row[code_column]):
        if not row[code_column].isdigit():
            continue
        code = row[code_column]
        area = _area(register, code, model)
        for rank, place in enumerate(places, 1):
            other, closeness = row[place], row[place + 1]
            if not other.isdigit():
                msg = f"the model of {model} gives {code} no neighbour number {rank}"
                raise ReferenceDataError(msg)
            neighbour = _area(register, other, model)
            found.append(
                (model, area, code, str(rank), neighbour, other, closeness.capitalize())
            )
    return pd.DataFrame(found, columns=list(COLUMNS), dtype="str")


def _place(header: Sequence[str], names: Sequence[str], model: str) -> int:
    for name in names:
        if name in header:
            return header.index(name)
    msg = f"the model of {model} has no column {names[0]}"
    raise ReferenceDataError(msg)


def _area(register: Register, code: str, model: str) -> str:
    """The council's own slug; never that of a joint return."""
    for when in (_AS_AT[model], _ENDED):
        for authority in register.authorities:
            if authority.dfe_code == code and authority.start <= when <= authority.end:
                return authority.slug
    msg = f"the model of {model} has the code {code}, the register not"
    raise ReferenceDataError(msg)
