"""What one cell of a workbook stands for in a dataset's file.

Excel turns 2016-07 into a date, 26.73% into 0.2673 and "5-10" into the tenth of
May. What can be told for certain is put right, and said; all else is an error that
says what to write.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from scrutiny_pack.errors import PeriodError
from scrutiny_pack.imports.workbook_file import Cell
from scrutiny_pack.imports.workbook_formats import (
    format_letters,
    number_text,
    shown_number,
)
from scrutiny_pack.imports.workbook_layout import heading, words_of
from scrutiny_pack.inputs.cells import CellError, cell_value, tidy
from scrutiny_pack.inputs.schemas import ColumnSchema
from scrutiny_pack.inputs.wording import shown
from scrutiny_pack.observations import STATUS_WORDS
from scrutiny_pack.periods import Period

NOTHING = frozenset(
    ("-", "\u2013", "\u2014", "--", "n/a", "na", "n.a.", "n.a", "..", "...", ":", ".")
)
"""What people write in a cell that has nothing to say, in small letters."""

SYMBOLS: Mapping[str, str] = {
    "[x]": "x", "..": "x", "not available": "x", "not collected": "x",
    "[z]": "z", "not applicable": "z",
    "[c]": "c", "confidential": "c", "suppressed": "c",
}  # fmt: skip
"""What stands for a figure that is not there, where it can mean one thing only.

The letters are those of the Government Analysis Function's guidance on symbols in
tables, which also has two dots for what is not available.
"""

_ERROR_TEXTS = frozenset(
    (
        "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!",
        "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#UNKNOWN!",
        "#CONNECT!",
    )
)  # fmt: skip
_ODD_SPACE = re.compile("[\t\u00a0\u2007\u202f]")  # look like a space, are none
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")  # are not seen at all
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd-\uffff]"
)
_PRINTED_NUMBER = re.compile(
    r"(?P<sign>[-\u2212\u2013+]?)\s?£?\s?(?P<whole>[0-9]{1,3}(,[0-9]{3})+|[0-9]+)"
    r"(?P<rest>\.[0-9]+)?\s?%?"
)
_TIMES = {
    "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000,
}  # fmt: skip
_MULTIPLE = re.compile(
    rf"£?\s?([0-9][0-9,]*(?:\.[0-9]+)?)\s?({'|'.join(_TIMES)})", re.IGNORECASE
)
_EARLIEST, _LATEST = 1950, 2100  # the years that a number can be about
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_IN_WORDS = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[ -])?([a-z]{3,9})\.?[ -]([0-9]{4})", re.IGNORECASE
)
_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(:00)?")


@dataclass(frozen=True)
class CellRead:
    """What was read from one cell.

    Attributes:
        text: what goes into the dataset's file.
        remark: what was put right, or must be known, in words; "" if nothing.
        printed: how the cell shows its figure, where that differs from ``text``.
    """

    text: str
    remark: str = ""
    printed: str = ""


def read_cell(cell: Cell | None, column: ColumnSchema) -> CellRead:
    """Read a cell as its column asks for it.

    Args:
        cell: the cell; None if nothing stands in it.
        column: the column of the dataset.

    Raises:
        CellError: if the cell does not hold what its column asks for, and what it
            means is not certain; says what to do.
    """
    if cell is None:
        return CellRead(_checked("", column))
    if cell.error or (isinstance(cell.value, str) and cell.value in _ERROR_TEXTS):
        msg = (
            f"{shown(str(cell.value))} is an error of Excel: put the formula right, or "
            "write the figure itself"
        )
        raise CellError(msg)
    if cell.value is None:
        msg = (
            "the result of the formula was not saved: open the workbook in Excel, save "
            "it and import it again, or write the figure itself"
        )
        raise CellError(msg)
    if isinstance(cell.value, bool):
        msg = (
            f"{str(cell.value).upper()} is a truth value: write it as text, or a number"
        )
        raise CellError(msg)
    if isinstance(cell.value, time):
        msg = f"the cell holds a time of day ({cell.value:%H:%M}); {_as_text(column)}"
        raise CellError(msg)
    if isinstance(cell.value, str):
        read = _from_text(cell.value, column)
    elif isinstance(cell.value, datetime):
        read = _from_date(cell.value, cell.format, column)
    else:
        read = _from_number(cell.value, cell, column)
    if cell.formula and read.text:
        result = f"the result of the formula, {shown(read.text)}, was read"
        return replace(read, remark=f"{read.remark}; {result}".removeprefix("; "))
    return read


def _checked(text: str, column: ColumnSchema) -> str:
    """The text, if the file of the dataset may have it in this column."""
    try:
        cell_value(text, column)
    except CellError as error:
        msg = f"{f'{shown(text)} ' if text else ''}{error}"
        raise CellError(msg) from None
    return text


def _as_text(column: ColumnSchema) -> str:
    if column.type in ("number", "whole"):
        return "format the cell as a number, and write the figure again"
    return "format the cell as text, and write again what is meant"


# --- Text -------------------------------------------------------------------------


def clean(raw: str) -> str:
    """A text without what cannot be seen: odd spaces, line breaks, spaces around it.

    Raises:
        CellError: if a character in it cannot be shown.
    """
    text = tidy(_INVISIBLE.sub("", _ODD_SPACE.sub(" ", raw)))
    if found := _CONTROL.search(text):
        msg = (
            f"{shown(text)} has a character that cannot be shown "
            f"(U+{ord(found[0]):04X}): type the text again"
        )
        raise CellError(msg)
    return text


def _from_text(raw: str, column: ColumnSchema) -> CellRead:
    text = clean(raw)
    if not column.required and says_nothing(text) and column.name != "as_published":
        return CellRead("", f"{shown(raw)} was read as an empty cell")
    if column.type == "status":
        meant = _status(text)
    elif words := words_of(column):
        meant = _choice(text, words)
        if meant not in words.values():
            _checked(text, replace(column, choices=tuple(words)))
    elif column.type in ("number", "whole"):
        return _number_from_text(raw, text, column)
    elif column.type == "period":
        meant = _period(text)
    else:
        meant = text
    _checked(meant, column)
    as_offered = meant in (raw, words_of(column).get(raw))
    return CellRead(meant, "" if as_offered else _was_read(raw, meant))


def _was_read(raw: str, meant: str) -> str:
    return f"{shown(raw)} was read as {shown(meant) if meant else 'an empty cell'}"


def says_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing to say, such as ``n/a``."""
    return text.casefold() in NOTHING


def _choice(text: str, words: Mapping[str, str]) -> str:
    """The word of the file that is meant, whatever its capitals; else the text."""
    known = {word.casefold(): code for word, code in words.items()}
    known |= {code.casefold(): code for code in words.values()}
    return known.get(text.casefold(), text)


def _status(text: str) -> str:
    """Letters of the status, from letters or from what the drop-down list offers."""
    lower = text.casefold()
    for letter, word in STATUS_WORDS.items():
        if lower in (f"{letter} {word}", word):
            return letter
    letters = re.split(r"[\s,;]+", lower)
    return " ".join(letters) if all(x in STATUS_WORDS for x in letters) else text


def _period(text: str) -> str:
    """A date as it is written in the file, where the text can mean only that."""
    if match := _WITH_TIME.fullmatch(text):
        return match[1]
    if match := _DAY_FIRST.fullmatch(text):
        iso = f"{match[4]}-{int(match[3]):02}-{int(match[1]):02}"
    elif match := _IN_WORDS.fullmatch(text):
        months = [
            number
            for number, name in enumerate(_MONTHS, 1)
            if match[2].lower() in (name, name[:3], "sept" if number == 9 else name)
        ]
        if not months:
            return text
        day = f"-{int(match[1]):02}" if match[1] else ""
        iso = f"{match[3]}-{months[0]:02}{day}"
    else:
        iso = text.upper()  # a week: 2022-w10
    try:
        return Period.parse(iso).text
    except PeriodError:
        return text


# --- Numbers ----------------------------------------------------------------------


def plain_number(printed: str) -> str:
    """A printed number without its signs: ``(1,250.50)`` is ``-1250.50``.

    Returns:
        The plain number, or "" if the text is not one number alone.
    """
    in_brackets = re.fullmatch(r"\((.+)\)", printed)
    match = _PRINTED_NUMBER.fullmatch(in_brackets[1] if in_brackets else printed)
    if not match or (in_brackets and match["sign"]):
        return ""
    digits = match["whole"].replace(",", "") + (match["rest"] or "")
    minus = in_brackets or match["sign"] not in ("", "+")
    return f"-{digits}" if minus else digits


def _number_from_text(raw: str, text: str, column: ColumnSchema) -> CellRead:
    if not text:
        return CellRead(_checked("", column), _was_read(raw, "") if raw else "")
    if plain := plain_number(text):
        meant = _checked(_without_zeros(plain), column)
        remark = "" if raw in (plain, meant) else _was_read(raw, meant)
        return CellRead(meant, remark, "" if text == meant else text)
    msg = f"{shown(text)} is not a plain number; {_number_advice(text)}"
    raise CellError(msg)


def _without_zeros(plain: str) -> str:
    """A plain number as it would be if the cell held a number."""
    text = f"{Decimal(plain):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _number_advice(text: str) -> str:
    published = heading("as_published")
    if multiple := _MULTIPLE.fullmatch(text):
        times = _TIMES[multiple[2].casefold()]
        full = _without_zeros(str(Decimal(multiple[1].replace(",", "")) * times))
        return f"write it in full, {full}, and what is printed in {published}"
    if text.startswith("<"):
        return (
            "for a number that is withheld because it is small, leave the cell empty, "
            f"write the status c, and what is printed in {published}"
        )
    numbers = re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)
    if len(numbers) == 1:
        digits = numbers[0].replace(",", "")
        return (
            f"if {digits} is meant, write {digits}, and what is printed in {published} "
            "(for 'about' write the status e; for 'up to' use High, for 'at least' Low)"
        )
    if len(numbers) == 2:
        return (
            f"for a range, write its ends in Low and High, the status e, and what is "
            f"printed in {published}"
        )
    return (
        "write digits only, such as 1250 or 26.73, or leave the cell empty and say "
        "why in Status"
    )


def _from_number(number: float, cell: Cell, column: ColumnSchema) -> CellRead:
    if not math.isfinite(number):
        msg = f"the cell holds {number}, which is not a number: write the figure again"
        raise CellError(msg)
    seen = shown_number(number, cell.format)
    text = number_text(number)
    if column.type in ("number", "whole"):
        if "%" in format_letters(cell.format):
            percent = number_text(float(Decimal(text).scaleb(2)))
            seen = seen or f"{percent}%"
            remark = f"{text}, shown as {seen}, was read as {percent}"
            return CellRead(_checked(percent, column), remark, seen)
        return CellRead(_checked(text, column), _hidden(text, seen))
    if column.type == "period":
        return _period_from_number(text, cell.since, column)
    if column.type == "text":
        meant = _checked(seen or text, column)
        if meant == text and text.isdigit():
            return CellRead(meant)
        return CellRead(meant, f"the number {text} was read as the text {shown(meant)}")
    return CellRead(_checked(text, column))


def _hidden(text: str, seen: str) -> str:
    """A remark, if the format hides digits that the number has."""
    plain = plain_number(seen)
    if not plain or Decimal(plain) == Decimal(text):
        return ""
    return f"the cell shows {seen} and holds {text}; {text} was read"


def _period_from_number(text: str, since: datetime, column: ColumnSchema) -> CellRead:
    if re.fullmatch("[0-9]{4}", text) and _EARLIEST <= int(text) <= _LATEST:
        return CellRead(text)
    if re.fullmatch("[0-9]{5}", text):
        day = since + timedelta(days=int(text))
        if _EARLIEST <= day.year <= _LATEST:
            iso = f"{day:%Y-%m-%d}"
            return CellRead(iso, f"{text}, Excel's number of a day, was read as {iso}")
    return CellRead(_checked(text, column))


# --- Dates ------------------------------------------------------------------------


def _from_date(date: datetime, number_format: str, column: ColumnSchema) -> CellRead:
    day = Period.parse(f"{date:%Y-%m-%d}")
    if column.type != "period":
        msg = f"the cell holds a date ({day.in_words}), as Excel makes one of 5-10; "
        raise CellError(msg + _as_text(column))
    letters = format_letters(number_format)
    if not _EARLIEST <= date.year <= _LATEST:
        msg = (
            f"the cell holds the date {day.in_words}; if a year is meant, format the "
            "cell as text, and write the year again"
        )
        raise CellError(msg)
    if "y" not in letters:
        msg = (
            f"the cell holds the date {day.in_words} and does not show the year, which "
            f"Excel may have added; write {day.text}, or the date that is meant"
        )
        raise CellError(msg)
    if "d" in letters:
        period = day
    elif "m" in letters:
        period = Period.parse(day.text[:7])
    else:
        period = Period.parse(day.text[:4])
    return CellRead(
        period.text, f"the date {period.in_words} was read as {period.text}"
    )
