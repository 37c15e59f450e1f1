"""Read a census return in XML, a piece at a time, from whatever wrote it.

The parser never leaves the file: entities and document types are refused, nothing is
fetched, and size, depth, number of elements and length of each value are bounded.
Elements are known by their names, with or without a namespace.
"""

from io import BytesIO
from typing import Any, NoReturn
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.sax import make_parser  # type: ignore[import-untyped]

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.imports.census_fields import la_elements, la_fields, worker_fields
from scrutiny_pack.imports.census_records import (
    LONGEST_VALUE,
    MOST_WORKERS,
    RawReturn,
    RawWorker,
)
from scrutiny_pack.inputs.wording import nearest

DEEPEST = 6
"""Elements within elements; a return has four."""

MOST_ELEMENTS = 60 * MOST_WORKERS
"""A worker has some thirty."""

_AT_ONCE = 65_536
_ROOT, _HEADER, _WORKER = "Message", "Header", "CSWWWorker"
_HEADER_PARTS = ("CollectionDetails", "Source")


def read_xml(raw: bytes, shown: str) -> RawReturn:
    """Read the bytes of a return in XML.

    Args:
        raw: the file.
        shown: how messages call it.

    Raises:
        InputFileError: if it is not XML, is cut off, holds an entity or a document
            type, goes over a bound, or is not laid out as a return is. The message
            names the line and the worker, and nothing that stands there.
    """
    parser: Any = make_parser()
    parser.forbid_dtd = True
    handler = _Handler(parser)
    parser.setContentHandler(handler)
    problem = ""
    try:
        stream = BytesIO(raw)
        while piece := stream.read(_AT_ONCE):
            parser.feed(piece)
        parser.close()
    except _StopReading as stop:
        problem = stop.problem
    except DefusedXmlException:
        problem = (
            "it holds a document type or an entity, which a return never does; have "
            "the software that made it write it again without"
        )
    except SAXParseException as error:
        problem = _why_not_xml(error)
    except (ValueError, LookupError, UnicodeError):
        problem = "its encoding is not one that can be read; save it as UTF-8"
    if problem:  # raised here, so that no other error hangs on it with what it held
        msg = f"{shown}{handler.where()}: {problem}. Nothing was imported."
        raise InputFileError(msg)
    return handler.found(shown)


def _why_not_xml(error: SAXParseException) -> str:
    """What the parser says in words of ours: its own may quote the file."""
    said = error.getMessage()
    if "mismatched tag" in said or "no element found" in said or "unclosed" in said:
        return "the XML is cut off or its elements are not closed; make the file again"
    if "encoding" in said or "invalid token" in said:
        return (
            "the XML is damaged here, or its encoding is not the one that its first "
            "line names; make the file again, in UTF-8"
        )
    if "entity" in said:
        return "it refers to an entity, which a return never does"
    return "it is not well-formed XML; make the file again"


class _StopReading(Exception):  # noqa: N818 - it ends the reading, whatever the reason
    def __init__(self, problem: str) -> None:
        super().__init__()
        self.problem = problem


class _Handler(ContentHandler):
    """Collects header, council level and workers as their elements go by."""

    def __init__(self, locator: Any) -> None:
        super().__init__()
        self._place = locator
        self._path: list[str] = []
        self._elements = 0
        self._text: list[str] = []
        self._length = 0
        self._header: dict[str, str] = {}
        self._la_level: dict[str, str] | None = None
        self._workers: list[RawWorker] = []
        self._values: dict[str, list[str]] = {}
        self._line = 0
        self._unknown_in_header = 0
        self._is_leaf = False

    def where(self) -> str:
        """The line and the worker that the parser is at."""
        at = f", line {self._place.getLineNumber() or 1}"
        within = _WORKER in self._path
        return f"{at}, worker {len(self._workers) + 1}" if within else at

    def found(self, shown: str) -> RawReturn:
        notes = []
        if self._unknown_in_header:
            notes.append(
                "The header has elements that are not known; they were left out."
            )
        if self._la_level is None:
            notes.append(
                f"There is no {la_elements()[0]}: vacancies, and the agency workers who "
                "cover them, are not available."
            )
        level = self._la_level or {}
        return RawReturn(shown, self._header, level, self._workers, notes)

    # --- What the parser calls ---

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802, ARG002
        name = name.rpartition(":")[2]
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            self._stop(
                f"it has more than {MOST_ELEMENTS:,} elements, and no return has"
            )
        if len(self._path) >= DEEPEST:
            self._stop(
                f"elements lie more than {DEEPEST} deep, and a return's never do"
            )
        if self._is_leaf:
            self._stop("there is an element within a field")
        self._no_stray_text()
        self._begin(name)
        self._path.append(name)

    def endElement(self, name: str) -> None:  # noqa: N802
        name = self._path.pop()
        if not self._is_leaf:
            self._no_stray_text()
            if self._path == [_ROOT] and name == _WORKER:
                position = len(self._workers) + 1
                self._workers.append(RawWorker(position, self._line, self._values))
            return
        self._is_leaf = False
        text = "".join(self._text).strip()
        self._text, self._length = [], 0
        self._take(name, text)

    def characters(self, content: str) -> None:
        self._length += len(content)
        if self._length > LONGEST_VALUE and not content.isspace():
            self._stop(f"a field has more than {LONGEST_VALUE:,} characters")
        if self._length <= LONGEST_VALUE:
            self._text.append(content)

    # --- How a return is laid out ---

    def _begin(self, name: str) -> None:
        if not self._path:
            if name != _ROOT:
                self._stop(
                    f"it does not begin with <{_ROOT}>, so it is no census return"
                )
        elif self._path == [_ROOT]:
            self._begin_part(name)
        elif self._path[1] == _HEADER:
            self._is_leaf = name not in _HEADER_PARTS
        elif len(self._path) == 2:
            self._begin_field(name)

    def _begin_part(self, name: str) -> None:
        if name == _WORKER:
            if len(self._workers) == MOST_WORKERS:
                self._stop(f"it has more than {MOST_WORKERS:,} workers")
            self._values = {}
            self._line = self._place.getLineNumber()
        elif name in la_elements():
            if self._la_level is not None:
                self._stop(f"there is a second {la_elements()[0]}; keep one")
            self._la_level = {}
        elif name == _HEADER:
            if self._header:
                self._stop("there is a second header; keep one")
        else:
            parts = [_HEADER, *la_elements(), _WORKER]
            self._stop(
                f"there is an element that a return does not have{_meant(name, parts)}"
            )

    def _begin_field(self, name: str) -> None:
        known = worker_fields() if self._path[1] == _WORKER else la_fields()
        if name not in known:
            self._stop(
                f"there is a field that the census does not have{_meant(name, list(known))}"
            )
        self._is_leaf = True

    def _take(self, name: str, text: str) -> None:
        part = self._path[1] if len(self._path) > 1 else ""
        if part == _WORKER:
            self._values.setdefault(worker_fields()[name].name, []).append(text)
        elif part == _HEADER:
            self._take_header(name, text)
        elif self._la_level is not None:
            name = la_fields()[name].name
            if name in self._la_level:
                self._stop(f"{name} stands twice; keep one")
            self._la_level[name] = text

    def _take_header(self, name: str, text: str) -> None:
        if name not in ("Collection", "Year", "ReferenceDate", "LEA"):
            known = ("SourceLevel", "SoftwareCode", "DateTime")
            self._unknown_in_header += name not in known
        elif self._header.setdefault(name, text) != text:
            self._stop(f"header: {name} stands twice, and not alike; keep one")

    def _no_stray_text(self) -> None:
        if "".join(self._text).strip():
            self._stop("there is text between the elements, where a return has none")
        self._text, self._length = [], 0

    @staticmethod
    def _stop(problem: str) -> NoReturn:
        raise _StopReading(problem)


def _meant(name: str, known: list[str]) -> str:
    """The known name that an unknown one is most like; the name itself is not shown."""
    near = nearest(name[:60], known, at_most=1)
    return f" (most like {near[0]})" if near else ""
