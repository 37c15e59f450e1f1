"""Row headers in a tagged PDF, which typst does not mark as such."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf


def with_row_headers(raw: bytes) -> bytes:
    """The PDF with the first cell of every row of a table's body as the row's header.

    A screen reader then says it before each figure of the row. The other cells of the
    row name it among their headers, beside those of their column.

    Args:
        raw: the PDF as typst wrote it, tagged.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        tree = pdf.Root.StructTreeRoot
        if "/IDTree" not in tree:
            tree.IDTree = pdf.make_indirect(pikepdf.Dictionary(Names=[]))
        names = pikepdf.NameTree(tree.IDTree)
        number = 0
        for table in _tables(tree):
            for row in _rows(table):
                number += 1
                names[f"R{number}"] = _mark(row, f"R{number}")
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _tables(element: Any) -> Iterator[Any]:
    """All tables at or below an element of the structure."""
    for child in _children(element):
        if child.S == "/Table":
            yield child
        else:
            yield from _tables(child)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table's body; all its rows where it has no headings above."""
    for child in _children(table):
        if child.S == "/TBody":
            yield from _children(child)
        elif child.S == "/TR":
            yield child


def _mark(row: Any, name: str) -> Any:
    """Make the first cell of a row its header, and return that."""
    header, *others = _children(row)
    header.S = pikepdf.Name.TH
    header.ID = pikepdf.String(name)
    _of_table(header).Scope = pikepdf.Name.Row
    for cell in others:
        attributes = _of_table(cell)
        own = list(attributes.get("/Headers", []))
        attributes.Headers = pikepdf.Array([*own, pikepdf.String(name)])
    return header


def _of_table(cell: Any) -> Any:
    """The attributes of a cell as part of a table."""
    return next(one for one in cell.A if one.O == "/Table")


def _children(element: Any) -> list[Any]:
    """The elements right below one; content and annotations are none."""
    below = element.get("/K", [])
    if not isinstance(below, pikepdf.Array):
        below = [below]
    return [
        child
        for child in below
        if isinstance(child, pikepdf.Dictionary) and "/S" in child
    ]
