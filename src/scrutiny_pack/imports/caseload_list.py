"""Read a weekly list of caseloads, as CSV or Excel: a row for each worker and week.

Whatever is wrong is told all at once: the line, the column, what is wrong with the
cell, and what to do. What stands in a cell is never told, for it is about a worker.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.imports.census_csv import decoded
from scrutiny_pack.imports.workbook_file import Cell, Sheet, read_workbook
from scrutiny_pack.inputs.wording import counted, joined

MOST_BYTES = 100_000_000
"""The largest list that is read; 400 weeks of 1,500 workers have some 20 million."""

MOST_ROWS = 1_500_000
MOST_COLUMNS = 500
MOST_CASES = 200
"""More cases than one worker holds: such a number is a team's, or a slip."""

MOST_TOLD = 20
"""How many lines of one kind of slip are told; the others are counted."""

ALL_WORKERS = "All workers"
"""What the whole council is called; no team can be."""

_NEEDED = ("week", "team", "worker", "cases")
_HEADINGS = {
    "week": (
        "week", "weekcommencing", "weekbeginning", "weekending", "weekof", "wc", "date",
        "weekstarting", "weekno", "weeknumber", "reportdate", "asat",
    ),
    "team": ("team", "teamname", "nameofteam"),
    "worker": (
        "worker", "workerid", "workername", "socialworker", "employee", "employeeid",
        "employeenumber", "employeeno", "payrollnumber", "payrollno", "staffnumber",
        "staffid", "allocatedworker", "name", "sweno", "swenumber",
    ),
    "cases": (
        "cases", "caseload", "numberofcases", "noofcases", "casecount", "opencases",
        "casesheld", "totalcases", "casenumbers",
    ),
}  # fmt: skip
_HEADING_ROWS = 10
_TOTAL = re.compile(r"(grand |sub-?)?totals?|sum|overall", re.IGNORECASE)
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{1,2})", re.IGNORECASE)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})([ T]00:00(:00)?)?")
_BRITISH = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_IN_WORDS = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]{3,9})[- ]([0-9]{4})")
_SERIAL = re.compile(r"([34567][0-9]{4})(\.0+)?")
_WHOLE = re.compile(r"[0-9]{1,9}(\.0+)?")
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd-\uffff]")
"""Characters that no name has; U+FFFD is in place of one that was lost."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LONGEST = 80
_DATE_REMEDY = "write any date in the week, such as 07/03/2022, or the week, 2022-W10"


@dataclass(frozen=True, repr=False)
class CaseloadList:
    """A list that was read; the text form shows nothing of it.

    Attributes:
        rows: one row for each worker, week and team: ``week`` (such as ``2022-W10``),
            ``team``, ``worker`` (a number in place of whatever named him) and
            ``cases``.
        notes: what was put right, or left out, in reading.
    """

    rows: pd.DataFrame
    notes: tuple[str, ...]


def read_caseload_list(path: Path, raw: bytes, shown: str) -> CaseloadList:
    """Read a list.

    Args:
        path: the file.
        raw: its bytes.
        shown: how messages call it.

    Raises:
        InputFileError: if it is not such a list. The message names lines and columns,
            and nothing that stands there.
    """
    if raw.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        table, notes = _of_workbook(path, shown)
    else:
        table, notes = _of_csv(raw, shown)
    return _checked(table, notes, shown)


# --- The file as a table of texts -------------------------------------------------------


def _of_csv(raw: bytes, shown: str) -> tuple[pd.DataFrame, list[str]]:
    text, notes = decoded(raw, shown)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    if separator != ",":
        named = {";": "semicolons", "\t": "tabs"}[separator]
        notes.append(
            f"The columns are kept apart by {named}; it was read all the same."
        )
    if not first:
        msg = (
            f"{shown} is empty: check that it is the right file. Nothing was imported."
        )
        raise InputFileError(msg)
    # Titles above the headings may have fewer cells than the rows below them.
    width = _width("\n".join(text.splitlines()[:_HEADING_ROWS]), separator)
    if width > MOST_COLUMNS:
        raise _too_wide(shown)
    line = ""
    try:
        table = pd.read_csv(
            io.StringIO(text), dtype=str, header=None, names=list(range(width)),
            index_col=False, keep_default_na=False, skip_blank_lines=False,
            sep=separator, engine="c",
        )  # fmt: skip
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        found = re.search(r"(?:line|row) ([0-9]+)", str(error))
        line = f", line {found[1]}" if found else ""
        table = None
    if table is None:  # raised here: the other error may quote the file
        msg = (
            f"{shown}{line}: there are more cells than in the lines above, or the "
            "quotation marks do not pair; look for a comma too many. Nothing was "
            "imported."
        )
        raise InputFileError(msg)
    table = table.fillna("")
    table.index = pd.RangeIndex(1, len(table) + 1)
    return table, notes


def _width(text: str, separator: str) -> int:
    """The most cells in a line; more than are read where a cell is too long to be one."""
    try:
        lines = csv.reader(io.StringIO(text), delimiter=separator)
        return max((len(cells) for cells in lines), default=1)
    except csv.Error:
        return MOST_COLUMNS + 1


def _too_wide(shown: str) -> InputFileError:
    msg = (
        f"{shown} has a line with more than {MOST_COLUMNS} cells, or a cell that never "
        "ends: check that it is a list with a row for each worker and week. Nothing was "
        "imported."
    )
    return InputFileError(msg)


def _of_workbook(path: Path, shown: str) -> tuple[pd.DataFrame, list[str]]:
    sheets = [s for s in read_workbook(path, shown).sheets if s.rows]
    for sheet in sheets:
        if max(max(cells) for cells in sheet.rows.values()) > MOST_COLUMNS:
            raise _too_wide(shown)
        table = _as_texts(sheet)
        if _heading_row(table) is not None:
            notes = []
            if len(sheets) > 1:
                place = sheets.index(sheet) + 1
                notes.append(
                    f"Of {len(sheets)} sheets, sheet {place} was read, the first with the headings."
                )
            hidden = len(sheet.hidden_rows & set(sheet.rows))
            if hidden:
                notes.append(
                    f"{counted(hidden, 'hidden row')} were read like the others."
                )
            return table, notes
    raise _without_headings(shown)


def _as_texts(sheet: Sheet) -> pd.DataFrame:
    width = max(max(cells) for cells in sheet.rows.values())
    rows = [
        [_text(cells.get(column)) for column in range(1, width + 1)]
        for cells in sheet.rows.values()
    ]
    return pd.DataFrame(rows, index=list(sheet.rows), dtype=str)


def _text(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return "" if cell is None else "#VALUE!"  # a formula without a saved result
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    if isinstance(cell.value, float) and cell.value == int(cell.value):
        return str(int(cell.value))
    return str(cell.value)


def _heading_row(table: pd.DataFrame) -> int | None:
    """The place of the row of headings, if there is one near the top."""
    for place in range(min(_HEADING_ROWS, len(table))):
        if set(_NEEDED) <= set(_names(table.iloc[place])):
            return place
    return None


def _names(cells: Iterable[str]) -> list[str]:
    """What each column holds; "" where that is not read."""
    plain = [re.sub(r"[^a-z0-9]", "", str(cell).casefold()) for cell in cells]
    return [
        next((name for name, known in _HEADINGS.items() if text in known), "")
        for text in plain
    ]


def _without_headings(shown: str) -> InputFileError:
    return InputFileError(
        f"{shown}: none of its first {_HEADING_ROWS} lines has the headings week, team, "
        "worker and cases; write them above the columns, one column for each. Nothing "
        "was imported."
    )


# --- From texts to figures --------------------------------------------------------------


class _Slips:
    """What is wrong, told all at once."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._told: list[str] = []

    def add(self, lines: Sequence[int], column: str, wrong: str, remedy: str) -> None:
        """Tell of lines in which one thing is wrong with one column."""
        if not len(lines):
            return
        named = joined([str(line) for line in lines[:MOST_TOLD]])
        if len(lines) > MOST_TOLD:
            named += f" (and {len(lines) - MOST_TOLD:,} more)"
        word = "line" if len(lines) == 1 else "lines"
        self._told.append(f"{word} {named}, {column}: {wrong}; {remedy}")

    def stop_if_any(self) -> None:
        if self._told:
            told = "\n  ".join(self._told)
            msg = f"{self._shown} was not imported, and nothing of it was:\n  {told}"
            raise InputFileError(msg)


def _checked(table: pd.DataFrame, notes: list[str], shown: str) -> CaseloadList:
    place = _heading_row(table)
    if place is None:
        raise _without_headings(shown)
    names = _names(table.iloc[place])
    slips = _Slips(shown)
    for name in _NEEDED:
        if names.count(name) > 1:
            slips.add(
                [int(table.index[place])], name, f"{names.count(name)} columns have a heading for it",
                "keep one of them, or rename the others",
            )  # fmt: skip
    slips.stop_if_any()
    if any(cell.strip() for row in range(place) for cell in table.iloc[row]):
        notes.append(f"The headings stand in line {table.index[place]}; what is above them was left out.")  # fmt: skip
    bare = [n for n, cell in enumerate(table.iloc[place]) if not cell.strip()]
    beside = (table.iloc[place + 1 :, bare].apply(lambda c: c.str.strip()) != "").any(
        axis=1
    )
    slips.add(
        [int(line) for line in beside.index[beside]], "beside the headings",
        "a cell stands under no heading", "look for a comma too many, or delete the cell",
    )  # fmt: skip
    slips.stop_if_any()
    unread = [
        str(number + 1)
        for number, name in enumerate(names)
        if not name and (table.iloc[place:, number] != "").any()
    ]
    if unread:
        word = "Column" if len(unread) == 1 else "Columns"
        notes.append(f"{word} {joined(unread)} {'is' if len(unread) == 1 else 'are'} not needed and not read.")  # fmt: skip
    body = table.iloc[place + 1 :, [names.index(name) for name in _NEEDED]]
    body.columns = pd.Index(_NEEDED)
    body = pd.DataFrame({name: _each(body[name], _tidy) for name in _NEEDED})
    body = body[(body != "").any(axis=1)]
    totals = _each(body["team"], _is_total) | _each(body["worker"], _is_total)
    totals |= _each(body["week"], _is_total)
    if totals.any():
        lines = [str(line) for line in body.index[totals][:MOST_TOLD]]
        notes.append(f"Rows of totals were left out: {'line' if len(lines) == 1 else 'lines'} {joined(lines)}.")  # fmt: skip
    body = body[~totals]
    if body.empty or len(body) > MOST_ROWS:
        what = "no row" if body.empty else f"more than {MOST_ROWS:,} rows"
        msg = f"{shown} has {what} below its headings: check that it is the right file. Nothing was imported."  # fmt: skip
        raise InputFileError(msg)
    rows = _rows(body, slips, notes)
    slips.stop_if_any()
    return CaseloadList(rows, tuple(notes))


def _rows(body: pd.DataFrame, slips: _Slips, notes: list[str]) -> pd.DataFrame:
    weeks = _each(body["week"], _week_of)
    slips.add(_lines(body, weeks == ""), "week", "it is no week or date", _DATE_REMEDY)
    if _each(body["week"], lambda text: bool(_SERIAL.fullmatch(text))).any():
        notes.append("Numbers in the column of weeks were read as Excel's numbers for dates.")  # fmt: skip
    if _each(body["week"], lambda text: bool(_BRITISH.fullmatch(text))).any():
        notes.append("Dates were read as day/month/year.")

    for name, remedy in (
        ("team", "write the team's name"),
        ("worker", "write a number or a name that tells the worker from others"),
    ):
        is_bad = _each(body[name], _is_blank)
        slips.add(_lines(body, is_bad), name, "it is empty, or an error of Excel", remedy)  # fmt: skip
    unfit = _each(body["team"], _is_no_name)
    slips.add(
        _lines(body, unfit), "team",
        f"it is no name for a team (over {_LONGEST} characters, '{ALL_WORKERS}', or with a "
        "character that cannot be read)",
        "write another name",
    )  # fmt: skip

    is_whole = _each(body["cases"], lambda text: bool(_WHOLE.fullmatch(text)))
    slips.add(
        _lines(body, ~is_whole), "cases", "it is not a whole number",
        "write how many cases the worker holds, 0 if none",
    )  # fmt: skip
    cases = _each(body["cases"].where(is_whole, "0"), lambda text: int(float(text)))
    slips.add(
        _lines(body, cases > MOST_CASES), "cases", f"it is more than {MOST_CASES}",
        "write the cases of one worker; delete rows of totals",
    )  # fmt: skip

    teams, spellings = _one_spelling(body["team"])
    if spellings:
        notes.append(f"{counted(spellings, 'team')} stood there in more than one spelling (capitals or spaces), and {'was' if spellings == 1 else 'were'} taken for one.")  # fmt: skip
    workers = pd.Series(
        pd.factorize(_each(body["worker"], str.casefold))[0], index=body.index
    )
    rows = pd.DataFrame(
        {
            "week": weeks,
            "team": teams,
            "worker": workers,
            "cases": cases.astype("int64"),
        }
    )
    twice = rows.duplicated(["week", "team", "worker"]) & (weeks != "")
    slips.add(
        _lines(body, twice), "worker", "the worker is there twice in one week and team",
        "delete one of the rows, or add them up",
    )  # fmt: skip
    _see_that_teams_are_teams(body, rows, slips)
    return rows.reset_index(drop=True)


def _see_that_teams_are_teams(
    body: pd.DataFrame, rows: pd.DataFrame, slips: _Slips
) -> None:
    """The names of teams are shown, and must not be workers."""
    people = set(body["worker"].str.casefold())
    same = _each(body["team"], lambda text: text.casefold() in people)
    slips.add(
        _lines(body, same), "team", "a worker is called the same as the team",
        "put the team's name there; the names of teams are published",
    )  # fmt: skip
    # Week by week: under a wrong heading a "worker" may be another one each week.
    sizes = rows.groupby(["week", "team"])["worker"].nunique()
    if rows["team"].nunique() > 5 and (sizes == 1).mean() > 0.5:
        slips.add(
            _lines(body, pd.Series(data=True, index=body.index))[:1], "team",
            "most teams have only one worker",
            "see that the columns of teams and workers are not exchanged",
        )  # fmt: skip


def _lines(body: pd.DataFrame, chosen: "pd.Series[bool]") -> list[int]:
    return [int(line) for line in body.index[chosen.to_numpy(dtype=bool)]]


def _each(texts: "pd.Series[str]", of_one: Callable[[str], Any]) -> "pd.Series[Any]":
    """What a function makes of each text, worked out once for those that are alike."""
    codes, different = pd.factorize(texts)
    made = pd.Series([of_one(str(text)) for text in different])
    return pd.Series(made.to_numpy()[codes], index=texts.index)


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\ufeff", "").split())


def _is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(text))


def _is_blank(text: str) -> bool:
    return text.startswith("#") or text.casefold() in ("", "-", "n/a", "nan", "none")


def _is_no_name(text: str) -> bool:
    return (
        len(text) > _LONGEST
        or bool(_UNREADABLE.search(text))
        or text.casefold() == ALL_WORKERS.casefold()
    )


def _one_spelling(teams: "pd.Series[str]") -> tuple["pd.Series[Any]", int]:
    """Names that differ in capitals only, in the spelling that comes first."""
    first: dict[str, str] = {}
    several: set[str] = set()
    for text in pd.unique(teams):
        key = text.casefold()
        if first.setdefault(key, text) != text:
            several.add(key)
    return _each(teams, lambda text: first[text.casefold()]), len(several)


def _week_of(text: str) -> str:
    """The ISO week of a cell; "" if it is none."""
    try:
        day = _day_of(text)
    except (ValueError, OverflowError):
        return ""
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return ""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _day_of(text: str) -> date | None:
    if match := _WEEK.fullmatch(text):
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _BRITISH.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if match := _IN_WORDS.fullmatch(text):
        month = _MONTHS.index(match[2][:3].casefold()) + 1
        return date(int(match[3]), month, int(match[1]))
    if match := _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(match[1]))
    return None


def values_by_week(rows: pd.DataFrame) -> "dict[str, pd.DataFrame]":
    """The rows of each week, in order of time."""
    order = np.argsort(rows["week"].to_numpy(), kind="stable")
    ordered = rows.iloc[order]
    return {str(week): part for week, part in ordered.groupby("week", sort=True)}
