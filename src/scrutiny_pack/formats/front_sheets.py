"""The sheets in front of a spreadsheet's tables: contents, questions, notes, sources."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scrutiny_pack.evidence.footnotes import base_of, notes_of
from scrutiny_pack.evidence.items import Item
from scrutiny_pack.evidence.sources import document_words, source_sentence
from scrutiny_pack.formats.content import Content
from scrutiny_pack.formats.sheet import Sheet
from scrutiny_pack.formats.sheet_cells import SheetColumn

COVER, CONTENTS, QUESTIONS, NOTES, SOURCES = (
    "Cover",
    "Contents",
    "Questions",
    "Notes",
    "Sources",
)
FRONT = (COVER, CONTENTS, QUESTIONS, NOTES, SOURCES)
"""The sheets in front, in their order."""

COVER_HEADINGS = ("Source documents", "How to cite this pack", "Licence")
"""What stands in bold on the cover."""

_WHAT_IT_HOLDS = (
    "The figures of this evidence pack, a table on each worksheet. The worksheet Contents "
    "lists them, with links. The same figures, with charts and prose, are on the pages of "
    "the pack, which begin at index.html."
)
_HOW_TO_READ_IT = (
    "Numbers are as they are shown on the pages. Where there is none, a letter in square "
    "brackets says why, and each worksheet explains the letters that it uses; a letter "
    "that goes with a number stands in a column of its own."
)

_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")


def cover_lines(content: Content) -> tuple[list[str], list[str]]:
    """What the cover says under the pack's title, and then about its data."""
    pack = content.pack
    documents = dict.fromkeys(
        document_words(source) for p in content.pieces for source in p.item.sources
    )
    about_documents, about_citing, about_licence = COVER_HEADINGS
    intro = [
        f"{pack['standing']['words']}.",
        f"Council: {pack['authority']}",
        f"Period: {pack['period_in_words']}",
        _WHAT_IT_HOLDS,
        _HOW_TO_READ_IT,
    ]
    about = [
        about_documents,
        *(f"{document}." for document in documents),
        about_citing,
        pack["citation"],
        "The worksheet Sources says how to cite each item.",
        about_licence,
        pack["licence"]["data"],
    ]
    return intro, about


@dataclass(frozen=True)
class Note:
    """One note of the sheet of notes.

    Attributes:
        kind: what it is: a note, a definition, a base, or what the analyst says.
        text: what it says.
    """

    kind: str
    text: str


def numbered_notes(content: Content) -> dict[Note, list[Item]]:
    """Every note of a pack once, in order of appearance, with the items that need it."""
    found: dict[Note, list[Item]] = {}
    for piece in content.pieces:
        for note in _notes_of(piece.item):
            found.setdefault(note, []).append(piece.item)
    return found


def _notes_of(item: Item) -> Iterable[Note]:
    comments = (part for part in item.commentary.split("\n\n") if part.strip())
    yield from (Note("The council's analyst says", text.strip()) for text in comments)
    yield from (Note("Note", text) for text in notes_of(item))
    if base := base_of(item):
        yield Note("Base", base)
    yield from (Note("Definition", text) for text in item.definitions)


def references(notes: Mapping[Note, Sequence[Item]]) -> dict[str, str]:
    """Where the notes of each item that has some are, by slug: ``...: [note 1] [note 4]``."""
    found: dict[str, list[int]] = {}
    for number, items in enumerate(notes.values(), start=1):
        for item in items:
            found.setdefault(item.slug, []).append(number)
    return {
        slug: "Notes and definitions, on the worksheet Notes: "
        + " ".join(f"[note {number}]" for number in numbers)
        for slug, numbers in found.items()
    }


def contents_sheet(sheets: Sequence[Sheet]) -> Sheet:
    """A row for each sheet, with a link to it."""
    return Sheet(
        name=CONTENTS,
        table="contents",
        title="Contents",
        columns=_columns(
            ("Worksheet", [sheet.name for sheet in sheets]),
            ("Item", [sheet.item for sheet in sheets]),
            ("What it shows", [_without_number(sheet) for sheet in sheets]),
            ("Question that it helps to answer", [sheet.question for sheet in sheets]),
        ),
        instructions=(
            "This worksheet contains one table: a row for each worksheet, with a link "
            "to it."
        ),
        links=tuple(sheet.name for sheet in sheets),
    )


def _without_number(sheet: Sheet) -> str:
    return sheet.title.removeprefix(f"{sheet.item}: ")


def questions_sheet(content: Content) -> Sheet:
    """Which questions the pack answers, and what is missing for the others."""
    absences: dict[str, list[str]] = {}
    for remark in content.pack["remarks"]["absences"]:
        absences.setdefault(remark["notebook"], []).append(_plain(remark["text"]))
    numbers = {piece.item.slug: piece.item.number for piece in content.pieces}
    questions = content.pack["questions"]
    return Sheet(
        name=QUESTIONS,
        table="questions",
        title="Questions, and what answers them",
        columns=_columns(
            ("Question", [q["question"] for q in questions]),
            (
                "Is there evidence",
                ["Yes" if q["answered"] else "No" for q in questions],
            ),
            (
                "Evidence",
                [", ".join(numbers[s] for s in q["items"]) for q in questions],
            ),
            (
                "Not supplied",
                [
                    " ".join([q["reason"], *absences.get(q["notebook"], [])]).strip()
                    for q in questions
                ],
            ),
            ("What would answer it", [q["would_answer"] for q in questions]),
        ),
        instructions="This worksheet contains one table: a row for each question.",
    )


def _plain(markdown: str) -> str:
    """A sentence without its links: what they lead to is named in it."""
    return _LINK.sub(r"\1", markdown)


def notes_sheet(notes: Mapping[Note, Sequence[Item]]) -> Sheet:
    """Every note and definition, with what it belongs to."""
    return Sheet(
        name=NOTES,
        table="notes",
        title="Notes and definitions",
        columns=_columns(
            ("Note number", [f"note {number}" for number in range(1, len(notes) + 1)]),
            ("Kind", [note.kind for note in notes]),
            ("Note", [note.text for note in notes]),
            (
                "Belongs to",
                [", ".join(item.number for item in items) for items in notes.values()],
            ),
        ),
        instructions=(
            "This worksheet contains one table: a row for each note. Other worksheets "
            "refer to them by their numbers."
        ),
    )


def sources_sheet(content: Content) -> Sheet:
    """Where each item's figures come from, and how to cite it."""
    items = [piece.item for piece in content.pieces]
    return Sheet(
        name=SOURCES,
        table="sources",
        title="Sources, and how to cite each item",
        columns=_columns(
            ("Number", [item.number for item in items]),
            (
                "Source",
                [" ".join(source_sentence(s) for s in item.sources) for item in items],
            ),
            ("Short citation", [piece.citation_short for piece in content.pieces]),
            ("Full citation", [item.citation for item in items]),
            ("Data file in the pack", [item.data for item in items]),
            ("sha256 of the data file", [item.sha256 for item in items]),
        ),
        instructions="This worksheet contains one table: a row for each evidence item.",
    )


def _columns(*columns: tuple[str, Sequence[str]]) -> tuple[SheetColumn, ...]:
    """Columns of text, without those that would be blank from top to bottom."""
    return tuple(
        SheetColumn(name, tuple(cells)) for name, cells in columns if any(cells)
    )
