"""What stands before and after the items of a Word annex."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scrutiny_pack.evidence.items import KIND_WORDS, Item, Kind
from scrutiny_pack.formats.content import Content
from scrutiny_pack.formats.prose import runs
from scrutiny_pack.formats.word_items import by_slug, linked_title, reference, sequence
from scrutiny_pack.formats.word_markup import (
    bold,
    bookmark,
    field_end,
    field_start,
    link_within,
    paragraph,
    run,
)
from scrutiny_pack.inputs.wording import counted
from scrutiny_pack.observations import STATUS_WORDS

_LOOKS = {"strong": "<w:b/>", "emphasis": "<w:i/>"}

_TO_NUMBER = "For page numbers in Word: right-click this list, Update Field."
"""Stands inside the field of a contents list, so that updating it takes it away."""

_WORDS = (
    ("FTE", "full-time equivalent: hours worked, counted as full-time posts"),
    ("headcount", "people, whatever their hours"),
    (
        "basis not stated",
        "the source does not say whether it counts people, hours or posts",
    ),
)

_LISTS: Sequence[tuple[Kind, str]] = (
    ("table", "Tables"),
    ("chart", "Charts"),
)
"""The lists after the contents; key figures have a part of their own."""


_NEW_PAGE = "<w:pageBreakBefore/>"


class Headings:
    """The headings of the document, each with a bookmark, in order.

    Attributes:
        made: the bookmark and the text of each heading so far.
    """

    def __init__(self, first_number: int) -> None:
        self.made: list[tuple[str, str]] = []
        self._first = first_number

    def heading(self, text: str, *, new_page: bool = False) -> str:
        """A heading of the first level, noted for the contents list."""
        number = self._first + len(self.made)
        name = f"heading_{len(self.made) + 1}"
        self.made.append((name, text))
        marked = bookmark(name, number, run(text))
        return paragraph("Heading1", marked, properties=_NEW_PAGE if new_page else "")


def cover(content: Content) -> str:
    """The title page."""
    pack = content.pack
    return "".join(
        (
            paragraph("Title", run("Scrutiny evidence pack")),
            paragraph(
                "Subtitle", run(f"{pack['authority']}, {pack['period_in_words']}")
            ),
            paragraph(
                "Normal",
                run(
                    "Evidence on the children's social work workforce, for scrutiny. "
                    "Every figure stands with its source, its base and its date."
                ),
            ),
            paragraph("Normal", bold(f"{pack['standing']['words']}.")),
            paragraph("Normal", bold("Evidence pack: "), run(pack["id"])),
            paragraph("Normal", bold("Documents: "), run(_documents(pack))),
        )
    )


def contents_lists(content: Content, headings: Headings) -> str:
    """The contents, and lists of the tables and charts, as fields."""
    entries = [link_within(name, run(text)) for name, text in headings.made]
    parts = [
        paragraph("TOCHeading", run("Contents"), properties=_NEW_PAGE),
        _list("TOC1", r'TOC \o "1-1" \h \z \u', entries),
    ]
    for kind, title in _LISTS:
        linked = [linked_title(p.item) for p in content.pieces if p.item.kind == kind]
        if linked:
            name = sequence(KIND_WORDS[kind])
            parts += [
                paragraph("TOCHeading", run(title)),
                _list("TableofFigures", rf'TOC \h \z \c "{name}"', linked),
            ]
    return "".join(parts)


def summary(content: Content, headings: Headings) -> str:
    """What a reader with a minute wants: key figures, changes, questions, absences."""
    items = by_slug(content.pieces)
    remarks = content.pack["remarks"]
    questions = {q["notebook"]: q for q in content.pack["questions"]}

    def sentences(kind: str) -> list[str]:
        ordered = sorted(
            remarks[kind], key=lambda one: _is_last(questions[one["notebook"]])
        )
        return [_prose(remark["text"], items) for remark in ordered]

    key_figures = [p.item for p in content.pieces if p.item.kind == "key_figure"]
    key_figures.sort(key=lambda item: _is_last(questions[item.notebook]))
    parts = []
    if key_figures:
        parts.append(headings.heading("Key figures", new_page=True))
        parts += _bullets(map(_key_figure_line, key_figures))
    parts.append(headings.heading("What changed", new_page=not parts))
    parts += _bullets(sentences("changes")) or [
        paragraph("Normal", run("The evidence supplied shows no change over time."))
    ]
    parts.append(headings.heading("What to ask the witnesses"))
    parts += _bullets(sentences("questions")) or [
        paragraph("Normal", run("The evidence supplied raises no question of its own."))
    ]
    parts.append(headings.heading("What could not be answered"))
    unanswered = [_unanswered(q) for q in questions.values() if not q["answered"]]
    parts += _bullets([*unanswered, *sentences("absences")]) or [
        paragraph("Normal", run("Every question has evidence."))
    ]
    return "".join(parts)


def closing(content: Content, headings: Headings) -> str:
    """What was checked, how to cite, the licence, the symbols, and all citations."""
    pack = content.pack
    licence = pack["licence"]
    parts = [
        headings.heading("What was checked"),
        paragraph("Normal", run(_checked(pack))),
    ]
    if warnings := pack["validation"]["warnings"]:
        parts.append(
            paragraph(
                "Normal",
                run("Where the published figures do not agree with themselves:"),
                properties="<w:keepNext/>",
            )
        )
        parts += _bullets(run(warning) for warning in warnings)
    parts += [
        headings.heading("How to cite"),
        paragraph(
            "Normal",
            run(
                "Cite the table, chart or key figure: the words stand under each one. "
                "Its number may change when the pack is made anew; its id, in brackets "
                "after it, does not. The full forms, with the source and the checksum "
                "of the data, are at the end of this document. The pack as a whole:"
            ),
        ),
        paragraph("Quotation", run(pack["citation"])),
        paragraph(
            "Normal",
            run(
                "To use a table or chart in a report, copy it with its caption. Its "
                "number is a field: in the report, select everything and press F9, and "
                "the captions and the references to them are numbered anew together."
            ),
        ),
        headings.heading("Licence"),
        paragraph(
            "Normal",
            run(
                f"{licence['data']} The software is under the {licence['software']} licence."
            ),
        ),
        headings.heading("Symbols and words"),
        *(
            paragraph("Normal", bold(f"{word}  "), run(meaning))
            for word, meaning in (
                *((f"[{letter}]", words) for letter, words in STATUS_WORDS.items()),
                *_WORDS,
            )
        ),
        headings.heading("Citations in full"),
        *(paragraph("ItemNote", run(piece.item.citation)) for piece in content.pieces),
    ]
    return "".join(parts)


def _prose(markdown: str, items: Mapping[str, Item]) -> str:
    """A remark as runs: what it cites is a field that follows the item's number."""
    return "".join(
        reference(items[one.item])
        if one.item
        else run(one.text, _LOOKS.get(one.style, ""))
        for one in runs(markdown, items)
    )


def _key_figure_line(item: Item) -> str:
    base = f"{item.base}; " if item.base else ""
    words = run(f": {item.title} ({base}")
    return bold(item.headline) + words + reference(item) + run(")")


def _unanswered(question: Mapping[str, Any]) -> str:
    words = question["would_answer"].removeprefix("What would answer it:").strip()
    return bold(question["question"]) + run(
        f" {question['reason']} What would answer it: {words[:1].lower()}{words[1:]}"
    )


def _is_last(question: Mapping[str, Any]) -> bool:
    """Whether a question is about the evidence itself: it stands after the others."""
    return bool(question["about"] == "the evidence")


def _bullets(lines: Iterable[str]) -> list[str]:
    return [paragraph("ListBullet", line) for line in lines]


def _list(style: str, instruction: str, entries: Sequence[str]) -> str:
    """A list of links as a field, over as many paragraphs as it has entries."""
    first, *rest = [*entries, run(_TO_NUMBER, "<w:i/>")]
    lines = [field_start(instruction) + first, *rest]
    lines[-1] += field_end()
    return "".join(paragraph(style, line) for line in lines)


def _documents(pack: Mapping[str, Any]) -> str:
    citation: str = pack["citation"]
    return citation.partition(" From: ")[2]


def _checked(pack: Mapping[str, Any]) -> str:
    """What was checked, as a sentence."""
    datasets, validation = len(pack["inputs"]), pack["validation"]
    if not datasets:
        return "The council's own datasets are no part of this pack."
    warnings = len(validation["warnings"])
    return (
        f"{counted(datasets, 'dataset')} with {counted(validation['rows'], 'row')} "
        f"{'was' if datasets == 1 else 'were'} checked against "
        f"{counted(validation['expectations'], 'expectation')}, with "
        f"{counted(warnings, 'warning') if warnings else 'no warning'}."
    )
