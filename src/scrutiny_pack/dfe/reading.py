"""Read a release of any shape into one long form: a row for each area, date and figure.

A number and a status symbol never share a column: ``value`` holds numbers, ``status``
letters, and ``as_published`` the cell as the Department printed it.
"""

import csv
import hashlib
import io
from dataclasses import dataclass

import pandas as pd

from scrutiny_pack.dfe.columns import (
    AREA_COLUMNS,
    HEADLINE,
    INDICATORS,
    SYMBOLS,
    WIDE_AREA_COLUMNS,
    Figure,
    Shape,
    shape_of,
    wide_figures,
)
from scrutiny_pack.errors import ReleaseError

COLUMNS = (
    "level",
    "region_code",
    "region",
    "ons_code",
    "dfe_code",
    "name",
    "as_at",
    "measure",
    "basis",
    "value",
    "as_published",
    "status",
    "column",
    "release",
)
"""The columns of the long form of a release."""

LEVELS = ("National", "Regional", "Local authority")
"""The geographic levels, as the Department names them."""

# No figure is below nought: other tools write -100 for c, and so on.
_NUMBER = r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?"


@dataclass(frozen=True)
class ReleaseData:
    """A release that has been read.

    Attributes:
        release: its name, such as ``2025``.
        sha256: of the file's bytes.
        shape: which columns it has.
        figures: the long form, in [`COLUMNS`][], in the order of the file.
        not_read: columns of the file that this project does not read.
    """

    release: str
    sha256: str
    shape: Shape
    figures: pd.DataFrame
    not_read: tuple[str, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The reporting years in it, the first one first."""
        return tuple(sorted({int(text[:4]) for text in self.figures["as_at"].unique()}))


def read_release(raw: bytes, release: str, shown_as: str) -> ReleaseData:
    """Read the bytes of a release's CSV file.

    Args:
        raw: the file.
        release: its name, the year of its latest figures.
        shown_as: how messages call the file.

    Raises:
        ReleaseError: if it is not UTF-8, not a table of a known shape, has a row that
            is cut short or a cell that is neither a number nor a known symbol, or if
            its latest year is not the release's.
    """
    table = _table(raw, shown_as)
    shape = shape_of(list(table.columns))
    if shape is None:
        msg = (
            f"{shown_as} has none of the columns inpost_fte, social_worker_fte or "
            "A1_FTE_ChildrensSocialWorkers: it is not the file of indicators of the "
            "children's social work workforce; look for csww_indicators in the "
            "release's zip"
        )
        raise ReleaseError(msg)
    if shape == "wide":
        figures, year = wide_figures(list(table.columns))
        areas = _wide_areas(table, shown_as)
        areas["as_at"] = f"{year}-09-30"
    else:
        figures = INDICATORS if shape == "indicators" else HEADLINE
        _need(table, [*AREA_COLUMNS, "time_period", *figures], shown_as)
        areas = _areas(table)
        _check_years(table["time_period"], shown_as)
        areas["as_at"] = table["time_period"] + "-09-30"
    long = _long(areas, table, figures, shown_as)
    long["release"] = release
    named = {
        *AREA_COLUMNS,
        *WIDE_AREA_COLUMNS,
        "time_period",
        "time_identifier",
        *figures,
    }
    data = ReleaseData(
        release=release,
        sha256=hashlib.sha256(raw).hexdigest(),
        shape=shape,
        figures=long[list(COLUMNS)],
        not_read=tuple(name for name in table.columns if name not in named),
    )
    if data.years[-1:] != (int(release),):
        msg = (
            f"{shown_as} ends in {data.years[-1]}, and the release {release} ends in "
            f"{release}: it is another release's file"
        )
        raise ReleaseError(msg)
    return data


def parse_cells(cells: "pd.Series[str]") -> tuple["pd.Series[float]", "pd.Series[str]"]:
    """The value and the status letter of each cell as the Department prints it.

    Returns:
        Numbers (NaN where there is none), and letters: "" beside a number, ``?``
        where the cell is neither a number nor a known symbol.
    """
    is_number = cells.str.fullmatch(_NUMBER)
    plain = cells.where(is_number).str.replace(",", "")
    values = pd.to_numeric(plain).astype("float64")
    status = cells.str.lower().map(SYMBOLS).fillna("?").where(~is_number, "")
    return values, status


def _table(raw: bytes, shown_as: str) -> pd.DataFrame:
    """The cells as text, without the spaces around them and without blank rows."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        msg = f"{shown_as}, line {line}: the text is not UTF-8; take the file as the "
        raise ReleaseError(msg + "Department publishes it") from None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        msg = f"{shown_as}: the quotation marks do not pair; it is damaged or cut short"
        raise ReleaseError(msg) from None
    if not rows:
        msg_0 = f"{shown_as} is empty"
        raise ReleaseError(msg_0)
    header = [name.strip() for name in rows[0]]
    for line, row in enumerate(rows, 1):
        if row and len(row) != len(header):
            msg = (
                f"{shown_as}, row {line}: {len(row)} cells under {len(header)} "
                "headings; the file is damaged or cut short, so obtain it again"
            )
            raise ReleaseError(msg)
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        msg_0 = f"{shown_as}: the column {twice[0]} is there twice"
        raise ReleaseError(msg_0)
    table = pd.DataFrame([row for row in rows[1:] if row], columns=header, dtype="str")
    table.index += 2  # the row of the file, as a spreadsheet numbers it
    # The 2016 file ends in columns without a heading, and in blank rows.
    table = table.loc[:, [name != "" for name in header]]
    for column in table:
        table[column] = table[column].str.strip()
    blank = (table == "").all(axis=1)
    return table.drop(index=table.index[blank])


def _need(table: pd.DataFrame, columns: list[str], shown_as: str) -> None:
    if missing := [name for name in columns if name not in table]:
        msg = (
            f"{shown_as} lacks the column{'s' if len(missing) > 1 else ''} "
            f"{', '.join(missing)}: it is not the whole file, or its columns have been "
            "renamed"
        )
        raise ReleaseError(msg)


def _check_years(years: "pd.Series[str]", shown_as: str) -> None:
    wrong = years[~years.str.fullmatch(r"20[0-9][0-9]")]
    if len(wrong):
        row, found = wrong.index[0], wrong.iloc[0]
        msg = f"{shown_as}, row {row}: '{found}' is not a reporting year"
        raise ReleaseError(msg)


def _wide_areas(table: pd.DataFrame, shown_as: str) -> pd.DataFrame:
    _need(table, list(WIDE_AREA_COLUMNS), shown_as)
    areas = table.rename(columns=WIDE_AREA_COLUMNS)[
        list(WIDE_AREA_COLUMNS.values())
    ].copy()
    areas["geographic_level"] = "Local authority"
    areas.loc[areas["old_la_code"] == "", "geographic_level"] = "Regional"
    areas.loc[areas["region_code"] == "", "geographic_level"] = "National"
    return _areas(areas)


def _areas(table: pd.DataFrame) -> pd.DataFrame:
    """Which area each row is about, under one code and one name."""
    level = table["geographic_level"]
    regional, local = level == "Regional", level == "Local authority"
    code = table["country_code"].mask(regional, table["region_code"])
    name = table["country_name"].mask(regional, table["region_name"])
    return pd.DataFrame(
        {
            "level": level,
            "region_code": table["region_code"],
            "region": table["region_name"],
            "ons_code": code.mask(local, table["new_la_code"]),
            "dfe_code": table["old_la_code"],
            "name": name.mask(local, table["la_name"]),
        }
    )


def _long(
    areas: pd.DataFrame, table: pd.DataFrame, figures: dict[str, Figure], shown_as: str
) -> pd.DataFrame:
    columns = [name for name in table.columns if name in figures]
    long = areas.join(table[columns]).melt(
        id_vars=list(areas.columns),
        value_vars=columns,
        var_name="column",
        value_name="as_published",
        ignore_index=False,
    )
    # Rows in the order of the file, and within a row, columns in theirs.
    long = long.sort_index(kind="stable")
    long["value"], long["status"] = parse_cells(long["as_published"])
    unknown = long[long["status"] == "?"]
    if len(unknown):
        cell = unknown.iloc[0]
        found = f"'{cell['as_published']}'" if cell["as_published"] else "an empty cell"
        msg = (
            f"{shown_as}, row {unknown.index[0]}, column {cell['column']}: {found} is "
            f"neither a number nor one of the symbols {' '.join(SYMBOLS)}; the file is "
            "damaged, or the Department has begun to use another symbol"
        )
        raise ReleaseError(msg)
    if wrong := sorted(set(long["level"]) - set(LEVELS)):
        msg_0 = f"{shown_as}: '{wrong[0]}' is not a geographic level"
        raise ReleaseError(msg_0)
    long["measure"] = long["column"].map({c: figures[c].measure for c in columns})
    long["basis"] = long["column"].map({c: figures[c].basis for c in columns})
    return long.reset_index(drop=True)
