"""Read an input file as text, whatever Excel and Windows have done to it."""

import re
from itertools import count
from pathlib import Path

from scrutiny_pack.errors import InputFileError

LARGEST_FILE = 20_000_000
"""Bytes. Eight years of weekly caseloads of sixty teams have a quarter of this."""

LONGEST_CELL = 10_000
"""Characters."""

LONG_CELL = (
    f"a cell has more than {LONGEST_CELL:,} characters: shorten it, or look for "
    "a quotation mark that is opened and never closed"
)

_BOM = b"\xef\xbb\xbf"
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LOST = "\ufffd"
_SAVE_AGAIN = "in Excel, save it as 'CSV UTF-8 (comma delimited)'"


def read_bytes(path: Path, shown_as: str) -> bytes:
    """The bytes of an input file.

    Args:
        path: the file.
        shown_as: how messages call it.

    Raises:
        InputFileError: if it is missing, cannot be opened, or is far too large.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputFileError(shown_as + _why_too_large(path))
        return path.read_bytes()
    except FileNotFoundError:
        msg = f"{shown_as} is missing: put the file there, or check its name"
        raise InputFileError(msg) from None
    except OSError as error:
        msg = (
            f"{shown_as} cannot be opened ({error.strerror}): check that it is a file, "
            "that you may read it, and that no other program holds it"
        )
        raise InputFileError(msg) from None


def _why_too_large(path: Path) -> str:
    """Where the cell stands that makes a file too large, read a little at a time."""
    at_once = 10 * LONGEST_CELL
    with path.open("rb") as file:
        for line in count(1):
            text = file.readline(at_once)
            if len(text) == at_once:
                return f", line {line}: {LONG_CELL}"
            if not text:
                break
    return (
        f" is larger than {LARGEST_FILE // 1_000_000} MB, and no dataset is: "
        "check that it is the right file"
    )


def decode(raw: bytes, shown_as: str) -> tuple[str, list[str]]:
    """The text of a file in UTF-8, without the marks that Excel adds.

    Returns:
        The text, its line ends as they are, and notes in plain words about what
        was put right.

    Raises:
        InputFileError: if the bytes are not UTF-8, or hold a character that
            cannot be shown.
    """
    notes = []
    if raw.startswith(_BOM):
        raw = raw.removeprefix(_BOM)
        notes.append(
            "The file begins with a byte order mark, as Excel writes it; "
            "it was left out."
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        msg = (
            f"{shown_as}, line {line}: the text is not UTF-8 "
            f"(byte {error.start + 1:,}); {_SAVE_AGAIN}"
        )
        raise InputFileError(msg) from None
    if found := _UNSHOWABLE.search(text):
        msg = (
            f"{_place(text, found.start(), shown_as)}: the character "
            f"U+{ord(found[0]):04X} cannot be shown; delete it, or {_SAVE_AGAIN}"
        )
        raise InputFileError(msg)
    if _LOST in text:
        msg = (
            f"{_place(text, text.index(_LOST), shown_as)}: U+FFFD stands for a "
            "character that was lost when the file was saved; type it again"
        )
        raise InputFileError(msg)
    if "\r" in text:
        notes.append(
            "The lines end as Windows or an old Mac writes them; "
            "they were read all the same."
        )
    return text, notes


def _place(text: str, position: int, shown_as: str) -> str:
    return f"{shown_as}, line {text.count(chr(10), 0, position) + 1}"
