"""The data file of an item: written as shown, read back the same."""

import csv
import io

import numpy as np
import pandas as pd

from scrutiny_pack.evidence.items import Layout
from scrutiny_pack.observations import NUMBER_COLUMNS
from scrutiny_pack.rounding import decimals_of, round_half_up

_EXACT = 6
"""Decimal places that are kept of a numerator or denominator: float noise is beyond."""


def rounded_as_shown(data: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """The data with value, low and high rounded to the decimals that are shown.

    The rounded numbers are text, so that a data file shows ``5.00`` where the table
    does; numerators and denominators keep the digits that they have.
    """
    if "value" not in data:
        return data
    data = data.copy()
    places = {c.key: c.decimals for c in layout.columns if not c.is_text}
    keys = [tuple(map(str, row)) for row in data[list(layout.spread)].to_numpy()]
    keys = keys or [()] * len(data)
    decimals = [places.get(key) for key in keys]
    for column in NUMBER_COLUMNS:
        shown = column in {"value", "low", "high"}
        data[column] = [
            _as_text(value, place if shown else None)
            for value, place in zip(data[column], decimals, strict=True)
        ]
    return data


def _as_text(value: float, decimals: int | None) -> str:
    if pd.isna(value):
        return ""
    places = decimals_of(round(value, _EXACT)) if decimals is None else decimals
    return str(round_half_up(value, places))


def _cell(value: object) -> str:
    """A number that stands in a text column, such as the end of a band, as written."""
    return _as_text(value, None) if isinstance(value, float) else str(value)


def to_csv(data: pd.DataFrame) -> str:
    """RFC 4180 text with line feeds, quotes only where they are needed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(data.columns)
    for row in data.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def read_csv(text: str) -> pd.DataFrame:
    """Read a data file back: numbers as float64, all else as text."""
    header, *rows = csv.reader(io.StringIO(text))
    columns = zip(*rows, strict=True) if rows else [()] * len(header)
    return pd.DataFrame(
        {
            name: np.array([cell or "nan" for cell in cells], dtype="float64")
            if name in NUMBER_COLUMNS
            else pd.array(list(cells), dtype="str")
            for name, cells in zip(header, columns, strict=True)
        }
    )
