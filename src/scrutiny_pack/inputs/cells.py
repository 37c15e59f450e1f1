"""What the text of one cell stands for, by the type of its column."""

import math
import re
from collections.abc import Callable, Mapping

from scrutiny_pack.errors import PeriodError
from scrutiny_pack.inputs.files import LONGEST_CELL
from scrutiny_pack.inputs.schemas import ColumnSchema
from scrutiny_pack.inputs.wording import nearest
from scrutiny_pack.observations import STATUS_WORDS
from scrutiny_pack.periods import Period

_MOST_DIGITS = 15  # as many as a float64 keeps
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile(r"-?[0-9]+")
_BRITISH_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


class CellError(Exception):
    """A cell that does not hold what its column asks for; says what to write."""


def tidy(text: str) -> str:
    """A cell without the spaces around it, its line breaks as spaces."""
    return _BREAK.sub(" ", text.strip())


def cell_value(text: str, column: ColumnSchema) -> str | float | int | None:
    """What a tidy cell stands for.

    Returns:
        For ``number`` a float, NaN if the cell is empty; for ``whole`` an int, or
        None; for all else the text.

    Raises:
        CellError: if the cell does not hold what its column asks for.
    """
    if len(text) > LONGEST_CELL:
        msg = f"has more than {LONGEST_CELL:,} characters; shorten it"
        raise CellError(msg)
    if column.required and not text:
        msg = f"the cell is empty and must not be; {_wanted(column)}"
        raise CellError(msg)
    return _READERS[column.type](text, column)


def _wanted(column: ColumnSchema) -> str:
    if column.choices:
        return f"write one of: {', '.join(column.choices)}"
    return f"what belongs in it: {column.description}"


def _text(text: str, _column: ColumnSchema) -> str:
    return text


def _choice(text: str, column: ColumnSchema) -> str:
    if text and text not in column.choices:
        near = nearest(text, column.choices, at_most=1)
        if len(column.choices) == 1:
            msg = f"is not a choice; write {column.choices[0]}"
            raise CellError(msg)
        advice = f"write {near[0]}, or another of" if near else "write one of"
        msg = f"is not a choice; {advice}: {', '.join(column.choices)}"
        raise CellError(msg)
    return text


def _number(text: str, _column: ColumnSchema) -> float:
    if not text:
        return math.nan
    if not _NUMBER.fullmatch(text):
        msg = f"is not a plain number; {_number_advice(text)}"
        raise CellError(msg)
    _check_digits(text)
    return float(text) + 0.0  # "-0" is 0


def _number_advice(text: str) -> str:
    """What to write instead, where that can be told."""
    plain = re.sub(r"[,\s£%]", "", text).replace("\u2212", "-")
    if bracketed := re.fullmatch(r"\((.+)\)", plain):
        plain = f"-{bracketed[1]}"
    if _NUMBER.fullmatch(plain):
        return f"write {plain} (what is printed belongs in as_published)"
    return (
        "write digits only, such as 1250 or 26.73 (what is printed belongs in "
        "as_published, and the reason for an empty cell in status)"
    )


def _whole(text: str, _column: ColumnSchema) -> int | None:
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        msg = "is not a whole number; write digits only, such as 1250"
        raise CellError(msg)
    _check_digits(text)
    return int(text)


def _check_digits(text: str) -> None:
    if sum(character.isdigit() for character in text) > _MOST_DIGITS:
        msg = f"has more than {_MOST_DIGITS} digits; write it with fewer"
        raise CellError(msg)


def _period(text: str, _column: ColumnSchema) -> str:
    if text:
        try:
            Period.parse(text)
        except PeriodError:
            msg = f"is not a date; {_period_advice(text)}"
            raise CellError(msg) from None
    return text


def _period_advice(text: str) -> str:
    """What to write instead; Excel turns a date into 31/07/2016 unasked."""
    if match := _BRITISH_DATE.fullmatch(text):
        iso = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        try:
            return f"write {Period.parse(iso).text} (year, month, day)"
        except PeriodError:
            pass
    return (
        "write a year (2005), a month (2013-03), a day (2016-07-31) "
        "or a week (2022-W10)"
    )


def _status(text: str, _column: ColumnSchema) -> str:
    letters = text.split()
    if unknown := [letter for letter in letters if letter not in STATUS_WORDS]:
        known = ", ".join(f"{key} {word}" for key, word in STATUS_WORDS.items())
        msg = (
            f"is not a status ({unknown[0]} is unknown); "
            f"write letters with a space between: {known}"
        )
        raise CellError(msg)
    if len(set(letters)) < len(letters):
        msg = "has a letter twice; write each once"
        raise CellError(msg)
    return " ".join(letters)


_READERS: Mapping[str, Callable[[str, ColumnSchema], str | float | int | None]] = {
    "text": _text,
    "choice": _choice,
    "number": _number,
    "whole": _whole,
    "period": _period,
    "status": _status,
}
