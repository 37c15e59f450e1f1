"""Reading a Word document: its text as it would be printed with all changes accepted."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scrutiny_pack.check.report import Note, Passage, Report, Style, Table, placed
from scrutiny_pack.errors import ReportError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_XML_NOTES = ("footnotes", "endnotes")
_LEFT_OUT = {
    f"{_W}{name}"
    for name in (
        "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr",
        "sectPr", "tblPr", "trPr", "tcPr", "commentReference",
    )
} | {f"{_MC}Fallback"}  # fmt: skip
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}br": " ",
    f"{_W}cr": " ",
    f"{_W}noBreakHyphen": "-",
}


@dataclass(frozen=True, eq=False)
class Letter:
    """One character of a paragraph, and the run that holds it.

    Attributes:
        text: the character.
        run: the ``w:r`` element.
    """

    text: str
    run: Any


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A paragraph with where its characters stand.

    Attributes:
        element: the ``w:p`` element.
        letters: its characters, in order.
        notes: for each mark of a note, its place and the note's kind and id.
    """

    element: Any
    letters: tuple[Letter, ...]
    notes: tuple[tuple[int, str, str], ...]

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(letter.text for letter in self.letters)


def open_document(content: bytes, name: str) -> Any:
    """Open a Word document.

    Raises:
        ReportError: if it is damaged.
    """
    import docx  # noqa: PLC0415 - half a second that only this format needs

    try:
        return docx.Document(io.BytesIO(content))
    except Exception:  # noqa: BLE001 - the library raises whatever it meets
        msg = (
            f"{name} is damaged, or no Word document: open it in Word and save it anew"
        )
        raise ReportError(msg) from None


def read_word(content: bytes, name: str) -> Report:
    """A Word document as a report.

    Inserted text is read and deleted text is not, whether or not the changes have
    been accepted; of a field, such as a cross-reference, the result that was saved;
    hidden text, headers and footers are not read.

    Args:
        content: the file's bytes.
        name: the file's name.

    Raises:
        ReportError: if it is damaged.
    """
    document = open_document(content, name)
    notes = _notes(document)
    styles = {style.style_id: style.name for style in document.styles}
    parts: list[Passage | Table] = []
    for element in blocks(document):
        if element.tag == f"{_W}tbl":
            parts.append(Table(_rows(element)))
            continue
        paragraph = read_paragraph(element)
        found = tuple(
            Note(at, notes.get((kind, number), ""))
            for at, kind, number in paragraph.notes
        )
        parts.append(Passage(paragraph.text, _style(element, styles), "", found))
    return Report(name, placed(parts))


def blocks(document: Any) -> Iterator[Any]:
    """The paragraphs and tables of the body, in order, with those of text boxes.

    A text box comes after the paragraph that it is anchored in.
    """
    yield from _blocks_of(document.element.body)


def _blocks_of(container: Any) -> Iterator[Any]:
    for element in container:
        if element.tag == f"{_W}p":
            yield element
            for box in element.iter(f"{_W}txbxContent"):
                if not any(a.tag == f"{_MC}Fallback" for a in box.iterancestors()):
                    yield from _blocks_of(box)
        elif element.tag == f"{_W}tbl":
            yield element
        elif element.tag not in _LEFT_OUT:
            yield from _blocks_of(element)  # a content control, an insertion


def read_paragraph(element: Any) -> Paragraph:
    """A paragraph's characters and the marks of its notes."""
    letters: list[Letter] = []
    notes: list[tuple[int, str, str]] = []

    def walk(node: Any, run: Any) -> None:
        for child in node:
            tag = child.tag
            if tag in _LEFT_OUT or tag == f"{_W}txbxContent":
                continue
            if tag == f"{_W}r":
                if not _is_hidden(child):
                    walk(child, child)
            elif tag == f"{_W}t":
                letters.extend(Letter(c, run) for c in child.text or "")
            elif tag in _CHARACTERS:
                letters.append(Letter(_CHARACTERS[tag], run))
            elif tag in {f"{_W}footnoteReference", f"{_W}endnoteReference"}:
                kind = "footnotes" if "foot" in tag else "endnotes"
                notes.append((len(letters), kind, child.get(f"{_W}id") or ""))
            elif isinstance(tag, str):
                walk(child, run)

    walk(element, None)
    return Paragraph(element, tuple(letters), tuple(notes))


def _is_hidden(run: Any) -> bool:
    return run.find(f"{_W}rPr/{_W}vanish") is not None


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    rows = []
    for row in table.iter(f"{_W}tr"):
        if any(above.tag == f"{_W}tr" for above in _above(row, table)):
            continue  # of a table within a cell
        cells: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if any(above.tag == f"{_W}tc" for above in _above(cell, row)):
                continue
            texts = [read_paragraph(p).text for p in cell.iter(f"{_W}p")]
            cells.append(" ".join(" ".join(texts).split()))
            cells.extend([""] * (_span(cell) - 1))
        if row.find(f"{_W}trPr/{_W}del") is None:
            rows.append(tuple(cells))
    return tuple(rows)


def _above(element: Any, up_to: Any) -> Iterator[Any]:
    for above in element.iterancestors():
        if above is up_to:
            return
        yield above


def _span(cell: Any) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    text = "" if span is None else span.get(f"{_W}val") or ""
    return min(int(text), 64) if text.isdecimal() and int(text) else 1


def _style(element: Any, styles: dict[str, str]) -> Style:
    properties = element.find(f"{_W}pPr")
    if properties is None:
        return "body"
    style = properties.find(f"{_W}pStyle")
    name = "" if style is None else styles.get(style.get(f"{_W}val"), "") or ""
    plain = name.lower()
    if plain.startswith(("heading", "title", "subtitle")):
        return "heading"
    if "caption" in plain:
        return "caption"
    in_list = properties.find(f"{_W}numPr") is not None or plain.startswith("list")
    return "item" if in_list else "body"


def _notes(document: Any) -> dict[tuple[str, str], str]:
    """The text of each footnote and endnote, by kind and id."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 - as above

    found: dict[tuple[str, str], str] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind not in _XML_NOTES or relation.is_external:
            continue
        root = parse_xml(relation.target_part.blob)  # which resolves no entities
        for note in root:
            texts = [read_paragraph(p).text for p in note.iter(f"{_W}p")]
            found[kind, note.get(f"{_W}id") or ""] = " ".join(texts).strip()
    return found
