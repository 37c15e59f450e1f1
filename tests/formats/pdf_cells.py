"""The cells of a PDF's tables, found by its tags: what a screen reader is told."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass
class Section:
    """What stands under a heading of the second level.

    Attributes:
        heading: its text.
        tables: the rows of each of its tables, without the headings of columns.
        first: the pieces of text of the first thing that is no table.
    """

    heading: str
    tables: list[list[list[str]]] = field(default_factory=list)
    first: list[str] = field(default_factory=list)


def sections(path: Path) -> list[Section]:
    """The sections of a PDF, in reading order."""
    found: list[Section] = []
    with pikepdf.open(path) as pdf:
        read = _Reader(pdf, path)
        for kind, element in _parts(pdf.Root.StructTreeRoot):
            if kind in {"H1", "H2"}:
                found.append(Section("".join(read.pieces(element))))
            elif kind == "Table" and found:
                found[-1].tables.append(
                    [
                        ["".join(read.pieces(cell)) for _, cell in _children(row)]
                        for row in _rows(element)
                    ]
                )
            elif found and not found[-1].first:
                found[-1].first = read.pieces(element)
    return found


def _parts(element: Any) -> Iterator[tuple[str, Any]]:
    """Headings, tables and other text, in reading order."""
    for kind, child in _children(element):
        if kind in {"H1", "H2", "Table", "P", "Span"}:
            yield kind, child
        else:
            yield from _parts(child)


def _rows(table: Any) -> Iterator[Any]:
    for kind, child in _children(table):
        if kind == "TR":
            yield child
        elif kind == "TBody":
            yield from _rows(child)


def _children(element: Any) -> Iterator[tuple[str, Any]]:
    for child in _kids(element):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child.S)[1:], child


def _kids(element: Any) -> Iterator[Any]:
    below = element.get("/K", [])
    yield from below if isinstance(below, pikepdf.Array) else [below]


class _Reader:
    """The text of elements: each piece is marked on its page by a number."""

    def __init__(self, pdf: pikepdf.Pdf, path: Path) -> None:
        self._pages = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
        self._texts = _marked_texts(path)

    def pieces(self, element: Any, page: Any = None) -> list[str]:
        page = element.get("/Pg", page)
        found = []
        for child in _kids(element):
            if not isinstance(child, pikepdf.Dictionary):
                found.append(self._marked(page, child))
            elif "/S" in child:
                found += self.pieces(child, page)
            elif child.get("/Type") == "/MCR":
                found.append(self._marked(child.get("/Pg", page), child.MCID))
        return [text for text in found if text]

    def _marked(self, page: Any, number: Any) -> str:
        return self._texts.get((self._pages[page.objgen], int(number)), "")


def _marked_texts(path: Path) -> dict[tuple[int, int], str]:
    """The text of each piece of marked content, by page and number."""
    document = pypdfium2.PdfDocument(path)
    found: dict[tuple[int, int], str] = {}
    for number, page in enumerate(document):
        words = page.get_textpage()
        for place in range(pdfium.FPDFPage_CountObjects(page.raw)):
            part = pdfium.FPDFPage_GetObject(page.raw, place)
            if pdfium.FPDFPageObj_GetType(part) == pdfium.FPDF_PAGEOBJ_TEXT:
                key = number, pdfium.FPDFPageObj_GetMarkedContentID(part)
                found[key] = found.get(key, "") + _object_text(part, words)
    document.close()
    return found


def _object_text(part: Any, words: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(part, words.raw, None, 0)
    held = ctypes.create_string_buffer(size)
    as_shorts = ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFTextObj_GetText(part, words.raw, as_shorts, size)
    return held.raw.decode("utf-16-le").rstrip("\0")
