"""Reading an OpenDocument text: what LibreOffice and others save as .odt."""

import io
from collections.abc import Iterator
from typing import Any

from scrutiny_pack.check.report import Note, Passage, Report, Style, Table, placed
from scrutiny_pack.errors import ReportError

_LEFT_OUT = {
    "text:tracked-changes",  # what was deleted is kept here, apart from the text
    "office:annotation",
    "office:annotation-end",
    "text:bibliography-source",
    "text:table-of-content-source",
    "office:forms",
    "text:sequence-decls",
    "svg:title",
    "svg:desc",
}
_CHARACTERS = {"text:tab": "\t", "text:line-break": " "}
_MOST_REPEATED = 64


def read_opendocument(content: bytes, name: str) -> Report:
    """An OpenDocument text as a report.

    Text that a tracked change has deleted is not read; what it has inserted is; of a
    field, the result that was saved.

    Args:
        content: the file's bytes.
        name: the file's name.

    Raises:
        ReportError: if it is damaged.
    """
    import odfdo  # noqa: PLC0415 - half a second that only this format needs

    try:
        document = odfdo.Document(io.BytesIO(content))
        parts = list(_parts(document.body, in_list=False))
    except Exception:  # noqa: BLE001 - the library raises whatever it meets
        msg = f"{name} is damaged, or no OpenDocument text: open it and save it anew"
        raise ReportError(msg) from None
    return Report(name, placed(parts))


def _parts(container: Any, *, in_list: bool) -> Iterator[Passage | Table]:
    for element in container.children:
        tag = element.tag
        if tag in _LEFT_OUT:
            continue
        if tag in {"text:p", "text:h"}:
            yield _passage(element, in_list=in_list)
            yield from _boxes(element)
        elif tag == "table:table":
            yield Table(tuple(_rows(element)))
        else:
            yield from _parts(element, in_list=in_list or tag == "text:list")


def _boxes(element: Any) -> Iterator[Passage | Table]:
    """What stands in frames that are anchored in a paragraph."""
    for child in element.children:
        if child.tag == "draw:text-box":
            yield from _parts(child, in_list=False)
        elif child.tag not in {"text:note", *_LEFT_OUT}:
            yield from _boxes(child)


def _passage(element: Any, *, in_list: bool) -> Passage:
    text, notes = _text(element)
    style: Style = "item" if in_list else "body"
    named = str(element.get_attribute("text:style-name") or "").lower()
    if element.tag == "text:h" or named in {"title", "subtitle"}:
        style = "heading"
    elif any(word in named for word in ("caption", "table", "illustration", "figure")):
        style = "caption"
    return Passage(text, style, "", tuple(notes))


def _text(element: Any) -> tuple[str, list[Note]]:
    pieces: list[str] = []
    notes: list[Note] = []

    def add(node: Any) -> None:
        pieces.append(node.text or "")
        for child in node.children:
            tag = child.tag
            if tag == "text:s":
                count = str(child.get_attribute("text:c") or "1")
                pieces.append(" " * (min(int(count), 99) if count.isdecimal() else 1))
            elif tag in _CHARACTERS:
                pieces.append(_CHARACTERS[tag])
            elif tag == "text:note":
                notes.append(Note(len("".join(pieces)), _note(child)))
            elif tag not in _LEFT_OUT and tag != "draw:text-box":
                add(child)
            pieces.append(child.tail or "")

    add(element)
    return "".join(pieces), notes


def _note(element: Any) -> str:
    bodies = [c for c in element.children if c.tag == "text:note-body"]
    return " ".join(
        _text(paragraph)[0] for body in bodies for paragraph in body.children
    )


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    for element in table.children:
        if element.tag == "table:table-row":
            yield tuple(_cells(element))
        elif element.tag in {"table:table-header-rows", "table:table-rows"}:
            yield from _rows(element)


def _cells(row: Any) -> Iterator[str]:
    for cell in row.children:
        if cell.tag not in {"table:table-cell", "table:covered-table-cell"}:
            continue
        repeated = str(cell.get_attribute("table:number-columns-repeated") or "1")
        times = min(int(repeated), _MOST_REPEATED) if repeated.isdecimal() else 1
        texts = [_text(p)[0] for p in cell.children if p.tag in {"text:p", "text:h"}]
        for _ in range(times):
            yield " ".join(" ".join(texts).split())
