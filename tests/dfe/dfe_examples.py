"""Small releases, made up in the shapes that the Department uses."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from scrutiny_pack.dfe.columns import AREA_COLUMNS, HEADLINE, INDICATORS

PROJECT = Path(__file__).resolve().parents[2]

ENGLAND = {"geographic_level": "National"}
NORTH_EAST = {
    "geographic_level": "Regional",
    "region_code": "E12000001",
    "region_name": "North East",
}
DARLINGTON = {
    **NORTH_EAST,
    "geographic_level": "Local authority",
    "old_la_code": "841",
    "new_la_code": "E06000005",
    "la_name": "Darlington",
}
OUTER_LONDON = {
    "geographic_level": "Local authority",
    "region_code": "E13000002",
    "region_name": "Outer London",
}
KINGSTON_AND_RICHMOND = {
    **OUTER_LONDON,
    "old_la_code": "314 / 318",
    "new_la_code": "E09000021 / E09000027",
    "la_name": "Kingston upon Thames / Richmond upon Thames",
}
FIGURES = {
    "inpost_fte": "95.6",
    "inpost_headcount": "100",
    "leavers_fte": "14.7",
    "leavers_headcount": "16",
    "turnover_rate_fte": "15.4",
    "turnover_rate_headcount": "16",
}
_AREA = ["time_period", "time_identifier", *AREA_COLUMNS]
_COUNTRY = {
    "time_identifier": "Reporting year",
    "country_code": "E92000001",
    "country_name": "England",
}


def indicators(
    *rows: Mapping[str, str], year: str = "2025", columns: Sequence[str] = ()
) -> bytes:
    """A file of the shape of 2023 and later; a figure that is not given is 0."""
    return _file(rows, year, columns or [*_AREA, *INDICATORS])


def headline(*rows: Mapping[str, str], year: str = "2022") -> bytes:
    """A file of the shape of 2022, with the byte order mark that it has."""
    return b"\xef\xbb\xbf" + _file(rows, year, [*_AREA, *HEADLINE])


def _file(
    rows: Sequence[Mapping[str, str]], year: str, columns: Sequence[str]
) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        nothing = {name: "" if name in _AREA else "0" for name in columns}
        writer.writerow(nothing | _COUNTRY | {"time_period": year} | row)
    return out.getvalue().encode()
