"""A census return once it has been read: cells as text, then as what they stand for.

Nothing here shows what it holds: the text form of a record is its place in the file.
A message names a worker by place ("worker 17") and a field by name, and never says
what stands there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from scrutiny_pack.errors import InputFileError, PeriodError
from scrutiny_pack.imports.census_fields import CensusField, worker_fields, years
from scrutiny_pack.inputs.wording import counted, joined

MOST_BYTES = 50_000_000
"""The largest file that is read; a return of 1,500 workers has some 2 million."""

MOST_WORKERS = 20_000
"""More than any council employs in all its services."""

LONGEST_VALUE = 2_000
"""Characters of one field."""

MOST_REPEATED = 100
"""How often a field that may be repeated may stand in one record."""

MOST_PROBLEMS = 10
"""How many problems of one return are told at once."""

_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9}")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BRITISH_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_FEW_CODES = 10
_OF_EVERYBODY = ("AgencyWorker", "SWENo", "FTE")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_BRITISH = "A date written as day/month/year was read as such"
_YES_NO = "Y and N were read as 1 and 0"


@dataclass(frozen=True, slots=True, repr=False)
class RawWorker:
    """One worker's record as it stands in the file.

    Attributes:
        position: its place among the workers, from 1.
        line: the line of the file on which it begins.
        values: the text of each field by its name, as often as it stands there.
    """

    position: int
    line: int
    values: Mapping[str, Sequence[str]]

    def __repr__(self) -> str:
        """The record's place, and nothing of what it holds."""
        return f"<worker {self.position}, not shown>"


@dataclass(frozen=True, slots=True, repr=False)
class RawReturn:
    """A return as it stands in the file.

    Attributes:
        shown: how messages call the file.
        header: the header's elements by name.
        la_level: the fields of the council as a whole.
        workers: the workers, in the order of the file.
        notes: what was put right in reading, in plain words.
    """

    shown: str
    header: Mapping[str, str]
    la_level: Mapping[str, str]
    workers: Sequence[RawWorker]
    notes: Sequence[str]

    def __repr__(self) -> str:
        """How many workers, and nothing of what they hold."""
        return f"<return of {len(self.workers)} workers, not shown>"


@dataclass(frozen=True, slots=True, repr=False)
class Worker:
    """One worker's record with every field as what it stands for.

    Attributes:
        position: its place among the workers, from 1.
        line: the line of the file on which it begins.
        values: by name: text for codes and numbers of registration, float, int or
            date; of a field that is repeated, the first. An empty field is left out.
        repeated: every value of the fields that may be repeated.
    """

    position: int
    line: int
    values: Mapping[str, Any]
    repeated: Mapping[str, Sequence[Any]]

    def __repr__(self) -> str:
        """The record's place, and nothing of what it holds."""
        return f"<worker {self.position}, not shown>"

    def get(self, name: str) -> Any:
        """The value of a field, or None if it is empty."""
        return self.values.get(name)

    @property
    def is_agency(self) -> bool:
        """Whether an agency supplies the worker."""
        return bool(self.values["AgencyWorker"] == "1")


@dataclass(frozen=True, slots=True, repr=False)
class CensusReturn:
    """A return with every field as what it stands for.

    Attributes:
        year: of its 30 September.
        la_code: the three digits of the council in the DfE's returns, or "".
        la_level: the fields of the council as a whole; an empty one is left out.
        workers: the workers, in the order of the file.
        notes: what was put right in reading, in plain words.
    """

    year: int
    la_code: str
    la_level: Mapping[str, Any]
    workers: Sequence[Worker]
    notes: Sequence[str]

    def __repr__(self) -> str:
        """How many workers, and nothing of what they hold."""
        return f"<return of {len(self.workers)} workers, not shown>"

    @property
    def begins(self) -> date:
        """The first day of the census year."""
        return date(self.year - 1, 10, 1)

    @property
    def ends(self) -> date:
        """The last day of the census year: its reference date."""
        return date(self.year, 9, 30)


class Problems:
    """What is wrong with a return: told together, but not more than ten of them."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._found: list[str] = []

    def add(self, problem: str) -> None:
        """Add one, and stop at the tenth.

        Raises:
            InputFileError: at the tenth.
        """
        self._found.append(problem)
        if len(self._found) == MOST_PROBLEMS:
            self._stop("its first ten problems")

    def stop_if_any(self) -> None:
        """Stop if there is one.

        Raises:
            InputFileError: with all that were added.
        """
        if self._found:
            self._stop(counted(len(self._found), "problem"))

    def _stop(self, how_many: str) -> NoReturn:
        if len(self._found) == 1:
            msg = f"{self._shown}, {self._found[0]}. Nothing was imported."
        else:
            told = "\n".join(f"  {problem}" for problem in self._found)
            msg = (
                f"{self._shown} cannot be imported as it stands, and nothing of it "
                f"was; {how_many}:\n{told}"
            )
        raise InputFileError(msg)


def typed(
    raw: RawReturn, year: int, la_fields: Mapping[str, CensusField]
) -> CensusReturn:
    """Take every field of a return as what it stands for.

    Args:
        raw: the return as it stands in the file.
        year: the census year that it should be of.
        la_fields: the fields of the council as a whole, by name.

    Raises:
        InputFileError: if it is not of that year or not a return of this census, or
            a field holds what its type does not allow, or stands twice. The message
            names line, worker and field.
        PeriodError: if the year is none that this project reads.
    """
    if year not in years():
        msg = (
            f"the census of {year} is not one that this project reads: "
            f"it reads those of {joined([str(known) for known in years()])}"
        )
        raise PeriodError(msg)
    problems = Problems(raw.shown)
    for problem in _header_problems(raw.header, year):
        problems.add(problem)
    mended: dict[str, int] = {}
    la_level = {}
    for name, text in raw.la_level.items():
        known = la_fields[name]
        value, problem = _value(text, known, mended)
        if problem:
            problems.add(f"council level, {known.name}: {problem}")
        elif value is not None:
            la_level[known.name] = value
    workers = [_worker(worker, mended, problems) for worker in raw.workers]
    if not workers:
        problems.add("there is no worker in it: check that it is the whole file")
    problems.stop_if_any()
    notes = [f"{words} ({counted(n, 'field')})." for words, n in sorted(mended.items())]
    return CensusReturn(
        year=year,
        la_code=raw.header.get("LEA", ""),
        la_level=la_level,
        workers=workers,
        notes=[*raw.notes, *notes],
    )


def _header_problems(header: Mapping[str, str], year: int) -> Iterator[str]:
    collection = header.get("Collection", "")
    if collection not in ("", "CSWW"):
        yield (
            "header: it is a return of another collection (Collection is not CSWW); "
            "give the return of the Children's Social Work Workforce census"
        )
    wanted = {"Year": f"{year}", "ReferenceDate": f"{year}-09-30"}
    for name, right in wanted.items():
        if header.get(name, "") not in ("", right):
            yield (
                f"header: {name} is not {right}, so it is the return of another year; "
                "give the PERIOD= of its reference date"
            )
    if not re.fullmatch(r"([0-9]{3})?", header.get("LEA", "")):
        yield "header: LEA is not the three digits of a council"


def _worker(raw: RawWorker, mended: dict[str, int], problems: Problems) -> Worker:
    values: dict[str, Any] = {}
    repeated: dict[str, list[Any]] = {}
    where = f"line {raw.line}, worker {raw.position}"
    for name, texts in raw.values.items():
        known = worker_fields()[name]
        for problem in _too_many(texts, known):
            problems.add(f"{where}, {name}: {problem}")
        found = []
        for text in texts:
            value, wrong = _value(text, known, mended)
            if wrong:
                problems.add(f"{where}, {name}: {wrong}")
            elif value is not None:
                found.append(value)
        if found:
            values[name] = found[0]
        if found and known.repeatable:
            repeated[name] = found
    for name in _OF_EVERYBODY:
        if not any(text.strip() for text in raw.values.get(name, ())):
            problems.add(
                f"{where}, {name}: it is missing, and every worker must have it"
            )
    return Worker(raw.position, raw.line, values, repeated)


def _too_many(texts: Sequence[str], known: CensusField) -> Iterator[str]:
    if len(texts) > 1 and not known.repeatable:
        yield f"it stands {len(texts)} times; keep one"
    elif len(texts) > MOST_REPEATED:
        yield f"it stands more than {MOST_REPEATED} times"


def _value(text: str, known: CensusField, mended: dict[str, int]) -> tuple[Any, str]:
    """What a field stands for (None if it is empty), and what is wrong with it."""
    text = text.strip()
    if not text:
        return None, ""
    if len(text) > LONGEST_VALUE:
        return None, f"it has more than {LONGEST_VALUE:,} characters"
    if known.type == "code":
        return _code(text, known, mended)
    if known.type == "date":
        return _date(text, mended)
    if known.type in ("whole", "decimal"):
        return _number(text, known)
    return text, ""


def _code(text: str, known: CensusField, mended: dict[str, int]) -> tuple[Any, str]:
    if text in known.mended:
        mended[_YES_NO] = mended.get(_YES_NO, 0) + 1
        return known.mended[text], ""
    if text not in known.codes:
        few = len(known.codes) <= _FEW_CODES
        which = f": {', '.join(known.codes)}" if few else ""
        return None, f"it is none of its codes{which}"
    return text, ""


def _number(text: str, known: CensusField) -> tuple[Any, str]:
    is_whole = known.type == "whole"
    if not (_WHOLE if is_whole else _DECIMAL).fullmatch(text):
        kind = "a whole number" if is_whole else "a number"
        return None, f"it is not {kind} from 0 to {known.most:,}"
    value = int(text) if is_whole else float(text)
    if value > known.most:
        return None, f"it is above {known.most:,}"
    return value, ""


def _date(text: str, mended: dict[str, int]) -> tuple[Any, str]:
    wrong = "it is not a date; write it as year-month-day, such as 2025-09-30"
    if british := _BRITISH_DATE.fullmatch(text):
        year, month, day = int(british[3]), int(british[2]), int(british[1])
    elif iso := _DATE.fullmatch(text):
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    else:
        return None, wrong
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None, f"its year is not between {_FIRST_YEAR} and {_LAST_YEAR}"
    try:
        value = date(year, month, day)
    except ValueError:
        return None, wrong
    if british:
        mended[_BRITISH] = mended.get(_BRITISH, 0) + 1
    return value, ""
