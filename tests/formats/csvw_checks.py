"""Holding data files against their CSV on the Web metadata, with the csvw package."""

import csv
import json
import logging
import warnings
from pathlib import Path

from scrutiny_pack.formats.csvw import SUFFIX
from tests.formats.readers import evidence_of


def problems_of(pack: Path) -> list[str]:
    """What is wrong with the data files of a pack; each must have its metadata."""
    found = []
    described = {path.relative_to(pack).as_posix() for path in pack.rglob(f"*{SUFFIX}")}
    wanted = {f"{item['data']}{SUFFIX}" for item in evidence_of(pack)["items"]}
    found += [f"{path}: not there" for path in sorted(wanted - described)]
    found += [f"{path}: of no item" for path in sorted(described - wanted)]
    for path in sorted(described & wanted):
        found += [f"{path}: {problem}" for problem in problems_of_file(pack / path)]
    return found


def problems_of_file(path: Path) -> list[str]:
    """What is wrong with one data file, by its metadata."""
    from csvw import CSVW

    data = path.with_name(path.name.removesuffix(SUFFIX))
    text = data.read_bytes().decode()
    found = [*_not_rfc_4180(text)]
    heard: list[str] = []
    log = logging.Logger("csvw")  # noqa: LOG001 - of its own, and heard by nobody else
    log.addHandler(_Heard(heard))
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            described = CSVW(str(path), validate=True)
            for table in described.tables:
                list(table.iterdicts(log=log))
                table.check_primary_key(log=log)
            heard += [] if described.is_valid else ["it is not valid"]
            heard += [str(warning.message) for warning in described.warnings]
        except ValueError as error:
            heard.append(str(error))
    of_ours = [w for w in warned if not issubclass(w.category, DeprecationWarning)]
    return [*found, *heard, *(str(warning.message) for warning in of_ours)]


class _Heard(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__()
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def _not_rfc_4180(text: str):
    """Departures from RFC 4180, but for its line ends, and from the government's profile."""
    if text.startswith("\ufeff"):
        yield "it begins with a byte order mark"
    if "\r" in text:
        yield "a line ends otherwise than with LF"
    if not text.endswith("\n") or "\n\n" in text:
        yield "a line is empty, or the last one has no end"
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    if len({len(row) for row in rows}) != 1:
        yield "its rows are of different lengths"
    if len(set(rows[0])) != len(rows[0]) or not all(rows[0]):
        yield "two columns have one name, or one has none"
    if any(cell != cell.strip() for row in rows for cell in row):
        yield "a cell begins or ends with a space"


def read_metadata(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))
