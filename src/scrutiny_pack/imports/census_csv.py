"""Read a census return in CSV: a row for each worker, headed by the names of the fields.

The fields of the council as a whole, and the header's LEA, Year and ReferenceDate, may
stand in columns of their own; they say the same in every row in which they are filled.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.imports.census_fields import CensusField, la_fields, worker_fields
from scrutiny_pack.imports.census_records import (
    LONGEST_VALUE,
    MOST_WORKERS,
    Problems,
    RawReturn,
    RawWorker,
)
from scrutiny_pack.inputs.wording import counted, joined, nearest

_HEADER = ("Collection", "Year", "ReferenceDate", "LEA")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LEAST_WORKER = ("AgencyWorker", "SWENo", "FTE")


def read_csv(raw: bytes, shown: str) -> RawReturn:
    """Read the bytes of a return in CSV.

    Args:
        raw: the file, in UTF-8 or, with its mark, UTF-16.
        shown: how messages call it.

    Raises:
        InputFileError: if it is not such a table. The message names lines, workers
            and known headings, and nothing that stands there.
    """
    text, notes = decoded(raw, shown)
    rows = _Rows(text, shown)
    headings = _headings(next(rows, (1, []))[1], shown)
    council: dict[str, str] = {}
    workers: list[RawWorker] = []
    problems = Problems(shown)
    for line, cells in rows:
        position = len(workers) + 1
        where = f"line {line}, worker {position}"
        while len(cells) > len(headings) and not cells[-1].strip():
            cells.pop()  # Excel writes commas for columns that have been emptied
        if len(cells) != len(headings):
            problems.add(
                f"{where}: the row has {counted(len(cells), 'cell')} under "
                f"{counted(len(headings), 'heading')}; look for a comma too many or too few"
            )
            continue
        if position > MOST_WORKERS:
            problems.add(f"{where}: there are more than {MOST_WORKERS:,} workers")
            break
        workers.append(RawWorker(position, line, _of_worker(headings, cells)))
        for name, cell in _of_council(headings, cells):
            if council.setdefault(name, cell) != cell:
                problems.add(f"{where}, {name}: it is not what an earlier row says")
    problems.stop_if_any()
    if not any(name in la_fields() for name in headings):
        notes.append(
            "There are no columns for the council as a whole: vacancies, and the agency "
            "workers who cover them, are not available."
        )
    header = {name: council.pop(name) for name in _HEADER if name in council}
    return RawReturn(shown, header, council, workers, notes)


def decoded(raw: bytes, shown: str) -> tuple[str, list[str]]:
    """The text of a CSV file, and what is to be said of how it was read.

    Raises:
        InputFileError: if it is not UTF-8 or UTF-16; shows nothing that stands there.
    """
    encoding = "utf-16" if raw.startswith(_UTF_16) else "utf-8-sig"
    notes = ["The file is in UTF-16; it was read all the same."] * (
        encoding == "utf-16"
    )
    line = 0
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    if line:  # raised here: the other error holds the whole file
        msg = (
            f"{shown}, line {line}: the text is not UTF-8; in Excel, save it as 'CSV "
            "UTF-8 (comma delimited)'. Nothing was imported."
        )
        raise InputFileError(msg)
    if "\0" in text:
        msg = f"{shown} is no CSV file: it holds bytes that no text has. Nothing was imported."
        raise InputFileError(msg)
    return text, notes


class _Rows:
    """The rows that hold anything, each with the line on which it begins."""

    def __init__(self, text: str, shown: str) -> None:
        self._shown = shown
        self._reader = csv.reader(io.StringIO(text, newline=""), strict=True)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        return self

    def __next__(self) -> tuple[int, list[str]]:
        while True:
            line = self._reader.line_num + 1
            cells: list[str] | None
            try:
                cells = next(self._reader)
            except csv.Error:
                cells = None
            if cells is None:
                msg = (
                    f"{self._shown}, line {line}: the quotation marks do not pair, or a "
                    "cell is far too long. Nothing was imported."
                )
                raise InputFileError(msg)
            if any(len(cell) > LONGEST_VALUE for cell in cells):
                msg = (
                    f"{self._shown}, line {line}: a cell has more than "
                    f"{LONGEST_VALUE:,} characters. Nothing was imported."
                )
                raise InputFileError(msg)
            if any(cell.strip() for cell in cells):
                return line, cells


def _headings(cells: Sequence[str], shown: str) -> list[str]:
    """The fields that the columns hold, by their first names; "" for an empty column.

    A heading that is not known is not shown: it may be a worker's record, where the
    headings have been left out.
    """
    problems = Problems(f"{shown}, headings")
    names: list[str] = []
    for column, cell in enumerate(cells, 1):
        heading = cell.strip()
        name = _known().get(heading, "")
        if heading and not name:
            near = nearest(heading[:60], list(_known()), at_most=1)
            meant = f" (most like {near[0]})" if near else ""
            problems.add(
                f"column {column}: its heading is no field of the census{meant}"
            )
        elif name and name in names:
            first = names.index(name) + 1
            problems.add(f"columns {first} and {column}: both are {name}; delete one")
        names.append(name)
    lacking = [name for name in _LEAST_WORKER if name not in names]
    if lacking:
        problems.add(
            f"there is no column {joined(lacking, 'or')}; the first row must name the fields"
        )
    problems.stop_if_any()
    return names


def _known() -> Mapping[str, str]:
    """Every heading that is read, and the field that it stands for."""
    fields: dict[str, CensusField] = {**la_fields(), **worker_fields()}
    return {name: name for name in _HEADER} | {
        name: f.name for name, f in fields.items()
    }


def _of_worker(headings: Sequence[str], cells: Sequence[str]) -> dict[str, list[str]]:
    columns = zip(headings, cells, strict=True)
    return {name: [cell] for name, cell in columns if name in worker_fields()}


def _of_council(
    headings: Sequence[str], cells: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for name, cell in zip(headings, cells, strict=True):
        if cell.strip() and (name in la_fields() or name in _HEADER):
            yield name, cell.strip()
