"""Read an .xlsx workbook as it is: its cells, and what is hidden or merged.

A workbook is a zip file of XML parts (ECMA-376). This reads the few parts that hold
cells and leaves all else alone: pictures, links to other files, macros. It reads
with bounds, and no XML that declares entities, so that no file can fill the memory.
A library would give the cells, but neither what is hidden nor, in the same reading,
both the formulas and their results.
"""

import hashlib
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree as ET

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.imports.workbook_formats import (
    BUILT_IN,
    GENERAL,
    SINCE,
    SINCE_1904,
    date_of,
    is_date_format,
)

LARGEST_FILE = 10_000_000
"""Bytes of the file as it lies on the disk."""

LARGEST_UNPACKED = 40_000_000
"""Bytes of the parts that are read, unpacked. A year of figures has a hundredth."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how .xls and locked workbooks begin
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "in Excel, save it as 'Excel Workbook (.xlsx)'"
_MOST_COLUMNS = 1_000  # stretches of columns that are hidden
_MOST_ELEMENTS = 2_000_000  # of a part: 50,000 rows of twenty cells
_DEEPEST = 100  # one element within another
_DAMAGED = (
    LookupError,  # a part that is missing, an encoding that nobody knows
    ValueError,
    OverflowError,
    EOFError,
    RuntimeError,  # an encrypted member; RecursionError
    NotImplementedError,  # a way of packing that Python lacks
    zlib.error,
    zipfile.BadZipFile,
    ET.ParseError,
)


@dataclass(frozen=True)
class Cell:
    """What stands in one cell.

    Attributes:
        row: its row, from 1.
        column: its column, from 1.
        value: text, a number, a truth value, a date or a time of day; None if it is
            a formula whose result was not saved.
        format: its number format, such as ``0.00%``.
        formula: whether a formula gives the value.
        error: whether it is one of Excel's errors, such as ``#REF!``.
        since: the day from which the workbook counts the days that its dates are.
    """

    row: int
    column: int
    value: str | float | bool | datetime | time | None
    format: str = GENERAL
    formula: bool = False
    error: bool = False
    since: datetime = SINCE


@dataclass(frozen=True)
class Area:
    """A rectangle of cells.

    Attributes:
        first_row: its first row, from 1.
        first_column: its first column, from 1.
        last_row: its last row.
        last_column: its last column.
    """

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        """The rectangle as Excel writes it: ``A1:C3``."""
        return (
            f"{column_letters(self.first_column)}{self.first_row}:"
            f"{column_letters(self.last_column)}{self.last_row}"
        )


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        name: the name on its tab.
        hidden: whether the sheet is hidden.
        rows: its cells that hold something, by row and column, from 1; the rows and
            the cells of each in order.
        hidden_rows: the rows that are not shown.
        hidden_columns: the columns that are not shown, as far as the cells go.
        merged: the rectangles of cells that are merged into one.
    """

    name: str
    hidden: bool
    rows: Mapping[int, Mapping[int, Cell]]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[Area, ...]


@dataclass(frozen=True)
class WorkbookFile:
    """A workbook that was read.

    Attributes:
        sheets: its sheets of cells, in the order of their tabs.
        sha256: of the file's bytes.
    """

    sheets: tuple[Sheet, ...]
    sha256: str


def read_workbook(path: Path, shown_as: str) -> WorkbookFile:
    """Read an .xlsx file.

    Args:
        path: the file.
        shown_as: how messages call it.

    Raises:
        InputFileError: if it is missing, cannot be opened, is no .xlsx workbook, is
            protected by a password, damaged, or far too large.
    """
    raw = _bytes(path, shown_as)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            sheets = tuple(_sheets(_Parts(archive, shown_as)))
    except _DAMAGED:
        msg = (
            f"{shown_as} is damaged, or no workbook of Excel: open it in Excel and "
            f"save it again; if it does not open there, go back to an earlier copy"
        )
        raise InputFileError(msg) from None
    if not sheets:
        msg = f"{shown_as} has no sheet of cells: check that it is the right file"
        raise InputFileError(msg)
    return WorkbookFile(sheets, hashlib.sha256(raw).hexdigest())


def _bytes(path: Path, shown_as: str) -> bytes:
    """The file's bytes, if they may be a workbook."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            msg = (
                f"{shown_as} is larger than {LARGEST_FILE // 1_000_000} MB, and no "
                "workbook of figures is: check that it is the right file, and delete "
                "pictures and empty rows below the tables"
            )
            raise InputFileError(msg)
        raw = path.read_bytes()
    except FileNotFoundError:
        msg = f"{shown_as} is missing: check the name and the folder (WORKBOOK=)"
        raise InputFileError(msg) from None
    except OSError as error:
        msg = (
            f"{shown_as} cannot be opened ({error.strerror}): check that it is a file, "
            "that you may read it, and that Excel does not hold it open"
        )
        raise InputFileError(msg) from None
    if raw.startswith(_OLE) and _LOCKED in raw:
        msg = (
            f"{shown_as} is protected by a password: in Excel, take it away (File, "
            "Info, Protect Workbook, Encrypt with Password, leave it empty) and save"
        )
        raise InputFileError(msg)
    if raw.startswith(_OLE):
        msg = f"{shown_as} is a workbook of an old kind (.xls): {_SAVE_AS}"
        raise InputFileError(msg)
    if not raw.startswith(b"PK"):
        what = "is empty" if not raw else "is no .xlsx workbook"
        msg = f"{shown_as} {what}: check that it is the right file, or {_SAVE_AS}"
        raise InputFileError(msg)
    return raw


# --- The parts of the file --------------------------------------------------------


class _Parts:
    """The XML parts of a workbook, read within bounds."""

    def __init__(self, archive: zipfile.ZipFile, shown_as: str) -> None:
        self._archive = archive
        self._shown_as = shown_as
        self._read = 0

    def bytes_of(self, name: str) -> bytes:
        self._read += self._archive.getinfo(name).file_size
        if self._read > LARGEST_UNPACKED:
            msg = (
                f"{self._shown_as} holds more than {LARGEST_UNPACKED // 1_000_000} MB "
                "when it is unpacked, and no workbook of figures does: delete the "
                "empty rows and columns beside the tables (they are formatted), or "
                "copy the figures into a new workbook"
            )
            raise InputFileError(msg)
        raw = self._archive.read(name)
        # No workbook declares a document type; one that does may hold a bomb.
        if b"<!DOCTYPE" in raw.replace(b"\0", b""):
            msg = (
                f"{self._shown_as} holds a declaration (DOCTYPE) that no workbook of "
                "Excel has, and is not read: copy the figures into a new workbook"
            )
            raise InputFileError(msg)
        return raw

    def root(self, name: str) -> ET.Element:
        events = _events(self.bytes_of(name))
        _, root = next(events)
        for _ in events:  # to the end, so that the whole part is checked
            pass
        return root

    def has(self, name: str) -> bool:
        return name in self._archive.namelist()

    def main(self) -> str:
        """The name of the part that lists the sheets."""
        if self.has("mimetype"):
            self._of_another_kind("OpenDocument (.ods)")
        found = self.targets("").values()
        main = next(target for kind, target in found if kind == "officeDocument")
        if main.endswith(".bin"):
            self._of_another_kind("binary (.xlsb)")
        return main

    def _of_another_kind(self, kind: str) -> NoReturn:
        msg = f"{self._shown_as} is a workbook of another kind, {kind}: {_SAVE_AS}"
        raise InputFileError(msg)

    def targets(self, of_part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: the type and the name of each other part, by id."""
        folder, file = posixpath.split(of_part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        found = {}
        for rel in self.root(rels):
            target = posixpath.normpath(
                posixpath.join("/", folder, rel.attrib["Target"])
            ).lstrip("/")
            kind = rel.attrib["Type"].rsplit("/", 1)[-1]
            found[rel.attrib["Id"]] = (kind, target)
        return found


def _events(raw: bytes) -> Iterator[tuple[str, ET.Element]]:
    """The beginning and the end of each element, as long as there are not too many."""
    depth = count = 0
    for event, element in ET.iterparse(io.BytesIO(raw), ("start", "end")):  # noqa: S314 - no entities
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            msg = "more elements than a workbook has"
            raise ValueError(msg)
        yield event, element


def _local(name: str) -> str:
    """A name without its namespace: Excel writes one of two, by the kind of file."""
    return name.rsplit("}", 1)[-1]


def _sheets(parts: _Parts) -> Iterator[Sheet]:
    main = parts.main()
    workbook = parts.root(main)
    targets = parts.targets(main)
    by_kind = dict(targets.values())
    texts = _shared_texts(parts, by_kind.get("sharedStrings", ""))
    formats = _formats(parts, by_kind.get("styles", ""))
    since = SINCE
    for element in workbook.iter():
        if _local(element.tag) == "workbookPr" and _true(element, "date1904"):
            since = SINCE_1904
    reader = _SheetReader(texts, formats, since)
    for element in workbook.iter():
        if _local(element.tag) != "sheet":
            continue
        rel = next(
            v for k, v in element.attrib.items() if _local(k) == "id" and "}" in k
        )
        kind, target = targets[rel]
        if kind == "worksheet":
            hidden = element.get("state", "visible") != "visible"
            yield reader.read(element.attrib["name"], hidden, parts.bytes_of(target))


def _true(element: ET.Element, attribute: str) -> bool:
    return element.get(attribute, "0") in ("1", "true")


def _shared_texts(parts: _Parts, name: str) -> list[str]:
    if not name or not parts.has(name):
        return []
    return [_text(item) for item in parts.root(name) if _local(item.tag) == "si"]


def _text(item: ET.Element) -> str:
    """The text of an item, its runs joined, without the reading aids of Japanese."""
    texts = []
    for child in item:
        if _local(child.tag) == "t":
            texts.append(child.text or "")
        elif _local(child.tag) == "r":
            texts += [t.text or "" for t in child if _local(t.tag) == "t"]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    """A text with ``_x000D_`` as the character that it stands for."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def _formats(parts: _Parts, name: str) -> list[str]:
    """The number format of each style, by the style's number."""
    if not name or not parts.has(name):
        return []
    known = dict(BUILT_IN)
    used: list[int] = []
    for element in parts.root(name):
        if _local(element.tag) == "numFmts":
            known |= {
                int(f.attrib["numFmtId"]): f.attrib["formatCode"] for f in element
            }
        elif _local(element.tag) == "cellXfs":
            used = [int(style.get("numFmtId", "0")) for style in element]
    return [known.get(number, GENERAL) for number in used]


# --- One sheet --------------------------------------------------------------------


def column_letters(column: int) -> str:
    """The letters of a column: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _position(reference: str) -> tuple[int, int]:
    """The row and column of a reference such as AB12."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference)
    if not match:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column


class _SheetReader:
    """Reads the cells of sheets, given what the sheets of a workbook share."""

    def __init__(self, texts: list[str], formats: list[str], since: datetime) -> None:
        self._texts = texts
        self._formats = formats
        self._since = since

    def read(self, name: str, hidden: bool, raw: bytes) -> Sheet:  # noqa: FBT001
        rows: dict[int, dict[int, Cell]] = {}
        hidden_rows = set()
        hidden_columns: list[tuple[int, int]] = []
        merged = []
        parents: list[ET.Element] = []
        row = 0
        for event, element in _events(raw):
            if event == "start":
                parents.append(element)
                continue
            parents.pop()
            tag = _local(element.tag)
            if tag == "row":
                row = int(element.get("r", row + 1))
                if _true(element, "hidden") or _zero(element, "ht"):
                    hidden_rows.add(row)
                if cells := self._cells(element, row):
                    rows[row] = cells
                parents[-1].clear()  # so that rows do not pile up
            elif tag == "col" and (_true(element, "hidden") or _zero(element, "width")):
                hidden_columns.append(
                    (int(element.attrib["min"]), int(element.attrib["max"]))
                )
                if len(hidden_columns) > _MOST_COLUMNS:
                    raise ValueError(name)
            elif tag == "mergeCell":
                merged.append(_area(element.attrib["ref"]))
        last = max((max(cells) for cells in rows.values()), default=0)
        return Sheet(
            name=name,
            hidden=hidden,
            rows={number: rows[number] for number in sorted(rows)},
            hidden_rows=frozenset(hidden_rows),
            hidden_columns=frozenset(
                column
                for low, high in hidden_columns
                for column in range(low, min(high, last) + 1)
            ),
            merged=tuple(merged),
        )

    def _cells(self, row_element: ET.Element, row: int) -> dict[int, Cell]:
        cells = {}
        column = 0
        for element in row_element:
            if _local(element.tag) != "c":
                continue
            reference = element.get("r")
            column = _position(reference)[1] if reference else column + 1
            cell = self._cell(element, row, column)
            if cell.formula or cell.value not in (None, ""):
                cells[column] = cell
        return dict(sorted(cells.items()))

    def _cell(self, element: ET.Element, row: int, column: int) -> Cell:
        style = int(element.get("s", "0"))
        number_format = self._formats[style] if style < len(self._formats) else GENERAL
        children = {_local(child.tag): child for child in element}
        kind = element.get("t", "n")
        written = children["v"].text or "" if "v" in children else ""
        value: str | float | bool | datetime | time | None
        if kind == "inlineStr":
            value = _text(children["is"]) if "is" in children else None
        elif kind == "str" and "v" in children:
            value = _unescaped(written)
        elif not written:
            value = None
        elif kind == "s":
            value = self._texts[int(written)]
        elif kind == "b":
            value = written in ("1", "true")
        elif kind == "e":
            value = written
        elif kind == "d":
            value = datetime.fromisoformat(written.removesuffix("Z"))
        else:
            value = float(written)
            if (
                is_date_format(number_format) and 0 <= value < 2_958_466
            ):  # the year 9999
                value = date_of(value, number_format, self._since)
        return Cell(
            row, column, value, number_format, "f" in children, kind == "e", self._since
        )


def _zero(element: ET.Element, attribute: str) -> bool:
    return float(element.get(attribute, "1")) == 0


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    return Area(*_position(first), *_position(last or first))
