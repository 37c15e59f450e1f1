"""What is in a PDF, for the tests: its structure, its text, and what it declares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from scrutiny_pack.evidence.grid import Grid, is_turned
from scrutiny_pack.formats.content import Content

HEADER_AND_FOOTER = 55
"""Points at the top and the bottom of a page, which text of cells does not reach."""


@dataclass
class Tags:
    """What the structure of a PDF holds.

    Attributes:
        kinds: the kind of every element, in reading order.
        top: the kinds of those that stand by themselves, likewise.
        tables: of each table, how many headings it has for columns and for rows, and
            how many other cells.
        alts: the words of each picture.
        unscoped: how many headings of tables have no scope.
        unheaded: how many cells do not name the header of their row.
    """

    kinds: list[str] = field(default_factory=list)
    top: list[str] = field(default_factory=list)
    tables: list[list[int]] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    unscoped: int = 0
    unheaded: int = 0


def tags_of(pdf: pikepdf.Pdf) -> Tags:
    """Read the structure of a PDF."""
    tags = Tags()
    _read(pdf.Root.StructTreeRoot, tags, [])
    (document,) = _children(pdf.Root.StructTreeRoot)
    tags.top = [str(one.S)[1:] for one in _children(document)]
    return tags


_BY_THEMSELVES = {
    *("Title", "H1", "H2", "H3", "P", "L", "TOC", "Table", "Div"),
}
"""What may stand in a document by itself: a piece of a line may not."""


def headings_skipped(tags: Tags) -> list[tuple[int, int]]:
    """Where a heading is more than one level below the one before it."""
    levels = [int(kind[1]) for kind in tags.kinds if kind in {"H1", "H2", "H3", "H4"}]
    return [
        (above, below) for above, below in pairwise([0, *levels]) if below > above + 1
    ]


def outside_the_structure(pdf: pikepdf.Pdf) -> list[str]:
    """What pages show that is neither in the structure nor said to be decoration."""
    known = _numbers_by_page(pdf.Root.StructTreeRoot, None)
    problems = []
    for number, page in enumerate(pdf.pages, start=1):
        open_marks: list[Any] = []  # a number, decoration, or neither
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                open_marks.append(_mark_of(operands))
            elif name == "EMC":
                open_marks.pop()
            elif name in {"Tj", "TJ", "Do", "S", "s", "f", "f*", "B", "B*"}:
                found = next((one for one in open_marks if one is not None), None)
                if found != "decoration" and (page.obj.objgen, found) not in known:
                    problems.append(f"page {number}: {name} {found}")
    return problems


def _mark_of(operands: Any) -> int | str | None:
    if str(operands[0]) == "/Artifact":
        return "decoration"
    about = operands[1] if len(operands) > 1 else None
    if isinstance(about, pikepdf.Dictionary) and "/MCID" in about:
        return int(about.MCID)
    return None


def _numbers_by_page(element: Any, page: Any) -> set[tuple[Any, int]]:
    """The marked content that the structure names, by page and number."""
    page = element.get("/Pg", page)
    below = element.get("/K", [])
    found: set[tuple[Any, int]] = set()
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if not isinstance(child, pikepdf.Dictionary):
            found.add((page.objgen, int(child)))
        elif child.get("/Type") == "/MCR":
            found.add((child.get("/Pg", page).objgen, int(child.MCID)))
        elif "/S" in child:
            found |= _numbers_by_page(child, page)
    return found


def _read(element: Any, tags: Tags, rows: list[str]) -> None:
    for child in _children(element):
        kind = str(child.S)[1:]
        tags.kinds.append(kind)
        if kind == "Table":
            tags.tables.append([0, 0, 0])
        elif kind == "TR":
            rows = []
        elif kind == "Figure":
            tags.alts.append(str(child.get("/Alt", "")))
        elif kind in {"TH", "TD"}:
            _cell(child, kind, tags, rows)
        _read(child, tags, rows)


def _cell(cell: Any, kind: str, tags: Tags, rows: list[str]) -> None:
    own = next(one for one in cell.A if one.O == "/Table")
    scope = str(own.get("/Scope", ""))
    if kind == "TD":
        tags.tables[-1][2] += 1
        headers = [str(one) for one in own.get("/Headers", [])]
        tags.unheaded += not (rows and rows[0] in headers)
    elif scope == "/Row":
        tags.tables[-1][1] += 1
        rows.append(str(cell.ID))
    elif scope == "/Column":
        tags.tables[-1][0] += 1
    else:
        tags.unscoped += 1


def _children(element: Any) -> Iterator[Any]:
    below = element.get("/K", [])
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child


def grids_of(content: Content) -> list[Grid]:
    """The tables that the PDF has: those of the pack, then those of charts' data."""
    kinds = ("table", "chart")
    return [p.grid for kind in kinds for p in content.pieces if p.item.kind == kind]


def cells_of(laid: Grid) -> tuple[int, int, int]:
    """How many headings of columns and of rows a table has, and other cells."""
    columns, rows = len(laid.columns), len(laid.rows)
    if is_turned(laid):
        return 0, columns, columns
    groups = sum(bool(label) for label, _ in laid.groups)
    return columns + groups, rows, rows * (columns - 1)


def text_of(path: Path) -> str:
    """The text of all pages as pdfium reads it, closed up, without page furniture."""
    document = pypdfium2.PdfDocument(path)
    parts = []
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        parts.append(
            text.get_text_bounded(
                0, HEADER_AND_FOOTER, width, height - HEADER_AND_FOOTER
            )
        )
    document.close()
    return closed_up("".join(parts))


def closed_up(text: str) -> str:
    """A text without spaces and hyphens, which differ where a line ends."""
    return re.sub(r"[\s\-\u00ad\x02\ufffe]", "", text)


def lacking(laid: Grid, text: str) -> list[str]:
    """The rows of a table that a text does not hold, cell after cell.

    A row with long texts may be broken between two pages; its cells are looked for
    word by word.
    """
    missing = []
    turned = is_turned(laid)
    rows = (
        [
            (c.label, cell.text)
            for c, cell in zip(laid.columns, laid.rows[0].cells, strict=True)
        ]
        if turned
        else [tuple(cell.text for cell in row.cells) for row in laid.rows]
    )
    for row in rows:
        if closed_up("".join(row)) in text:
            continue
        long = any(len(cell) > 200 for cell in row)
        words = [word for cell in row for word in cell.split()]
        if not long or any(closed_up(word) not in text for word in words):
            missing.append(" | ".join(row))
    return missing


def fonts_not_inside(pdf: pikepdf.Pdf) -> list[str]:
    """The names of fonts that the PDF uses and does not hold."""
    found = []
    for page in pdf.pages:
        for font in (page.Resources.get("/Font") or pikepdf.Dictionary()).values():
            own = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = dict(own.FontDescriptor)
            if not any("FontFile" in key for key in descriptor):
                found.append(str(font.BaseFont))
    return found


def problems_of(path: Path, content: Content) -> list[str]:
    """What a PDF lacks of what it must be, one sentence each."""
    with pikepdf.open(path) as pdf:
        root, xmp = pdf.Root, pdf.open_metadata()
        declared = {
            "it is not marked as tagged": root.MarkInfo.Marked is True,
            "its language is not en-GB": str(root.Lang) == "en-GB",
            "its title is not shown": root.ViewerPreferences.DisplayDocTitle is True,
            "it is not PDF/UA-1": xmp["pdfuaid:part"] == "1",
            "it is not PDF/A-3a": (
                xmp["pdfaid:part"] + xmp["pdfaid:conformance"] == "3A"
            ),
            "its title is another": xmp["dc:title"] == content.pack["title"],
            "its author is another": xmp["dc:creator"] == [content.pack["authority"]],
            "tabbing does not follow its structure": all(
                str(page.obj.get("/Tabs")) == "/S" for page in pdf.pages
            ),
            "it would run something": not {"/OpenAction", "/AA"} & set(root.keys()),
            "a font is not inside": not fonts_not_inside(pdf),
        }
        tags = tags_of(pdf)
        charts = [p.item.alt for p in content.pieces if p.item.kind == "chart"]
        declared |= {
            "a picture lacks its words": sorted(tags.alts) == sorted(charts),
            "a heading of a table has no scope": tags.unscoped == 0,
            "a cell does not name its row": tags.unheaded == 0,
            "a piece of a line stands by itself": set(tags.top) <= _BY_THEMSELVES,
            "a heading is skipped": headings_skipped(tags) == [],
            "something is outside its structure": outside_the_structure(pdf) == [],
            "it has no heading for an item": tags.kinds.count("H2")
            >= len(content.pieces) + len(charts),
        }
        attached = {
            name: file.get_file().read_bytes() for name, file in pdf.attachments.items()
        }
        files = {p.item.data: p.text.encode() for p in content.pieces}
        declared["what is attached is not the data files"] = attached == files
        related = [str(file.AFRelationship) for file in root.get("/AF", [])]
        declared["an attached file is not said to be data"] = related == [
            "/Data"
        ] * len(files)
    return [problem for problem, sound in declared.items() if not sound]
