"""A draft report as it is read: its passages and its tables, in order."""

from dataclasses import dataclass
from typing import Literal

Style = Literal["body", "heading", "caption", "item"]


@dataclass(frozen=True)
class Note:
    """A footnote or an endnote.

    Attributes:
        at: where its mark stands: the number of characters of the passage before it.
        text: its text.
    """

    at: int
    text: str


@dataclass(frozen=True)
class Passage:
    """A paragraph, a heading, a caption or an item of a list.

    Attributes:
        text: its text, without the marks of its notes.
        style: what it is in the report.
        place: where it stands, for a reader: ``under "Vacancies"``, ``page 2``.
        notes: its notes, in order.
    """

    text: str
    style: Style = "body"
    place: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        rows: the text of its cells, row by row; rows may differ in length.
        place: where it stands, for a reader.
    """

    rows: tuple[tuple[str, ...], ...]
    place: str = ""


@dataclass(frozen=True)
class Report:
    """A draft report.

    Attributes:
        name: the file's name.
        parts: its passages and tables, in order.
    """

    name: str
    parts: tuple[Passage | Table, ...]


def placed(parts: list[Passage | Table]) -> tuple[Passage | Table, ...]:
    """The parts, each with the heading that it stands under as its place."""
    found: list[Passage | Table] = []
    place = "before the first heading"
    for part in parts:
        if isinstance(part, Table):
            found.append(Table(part.rows, place))
            continue
        if part.style == "heading" and part.text.strip():
            place = f"under “{' '.join(part.text.split())}”"
        found.append(Passage(part.text, part.style, place, part.notes))
    return tuple(found)
