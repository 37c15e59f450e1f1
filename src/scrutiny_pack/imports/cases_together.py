"""Cases in the census and in the weekly list of one week: what the two tell together.

Where the list has the same workers as the return, the number above the ceiling, or a
range, beside bands of cases of which some are hidden would tell the hidden ones. So only
one of the two is given: whichever was imported first.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from scrutiny_pack.imports.caseload_figures import ABOVE, RANGE
from scrutiny_pack.imports.census_groups import CASELOADS
from scrutiny_pack.periods import Period


def weeks_with_hidden_bands(folder: Path) -> frozenset[str]:
    """The weeks of censuses that show bands of cases and hide some.

    Args:
        folder: the council's data, ``data/<council>``.
    """
    weeks = set()
    for table in folder.glob("*/census-workforce.csv"):
        bands = [
            row
            for row in _rows(table)
            if row["breakdown"] == CASELOADS.title and row["unit"] != CASELOADS.whole
        ]
        hidden = sum("c" in row["status"].split() for row in bands)
        holding = len(bands) - 1  # the band without cases may stand alone
        if 0 < hidden < holding:
            weeks |= {_week_of(row["as_at"]) for row in bands}
    return frozenset(weeks)


def list_tells_cases(folder: Path, as_at: str) -> bool:
    """Whether a weekly list of a date's week gives the number above a ceiling, or ranges.

    Args:
        folder: the council's data, ``data/<council>``.
        as_at: the date, such as ``2025-09-30``.
    """
    week = _week_of(as_at)
    tables = {
        Period.parse(table.parent.name): table
        for table in folder.glob("*/weekly-caseloads.csv")
    }
    # Later ones hold the week as the first of them wrote it, or hide more of it.
    since = sorted(when for when in tables if when >= Period.parse(week))
    return any(
        row["as_at"] == week
        and row["measure"] in (ABOVE, RANGE)
        and (row["value"] not in ("", "0") or row["low"] != "")
        for when in {*since[:1], *since[-1:]}
        for row in _rows(tables[when])
    )


def _week_of(as_at: str) -> str:
    year, week, _ = Period.parse(as_at).end.isocalendar()
    return f"{year}-W{week:02}"


def _rows(table: Path) -> Iterator[Mapping[str, str]]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
