"""Where an item's figures come from, in words."""

import re
from collections.abc import Sequence

from scrutiny_pack.evidence.formatting import listed
from scrutiny_pack.evidence.items import SourceUsed
from scrutiny_pack.periods import Period

_NOT_STATED = "not stated"


def document_words(source: SourceUsed) -> str:
    """A document with who issued it and when: ``Sufficiency ..., Exampleshire, July 2016``."""
    date = source.date
    when = "date not stated" if date == _NOT_STATED else Period.parse(date).in_words
    return f"{source.title}, {source.body}, {when}"


def paragraph_words(paragraphs: Sequence[str]) -> str:
    """The paragraphs that figures stand in: ``paragraphs 7 a, 22 and 24 (first)``.

    Paragraphs without a number are named by their heading and stand last:
    ``Next Steps, 2nd and 3rd paragraphs``.
    """
    numbered = sorted(
        (text for text in paragraphs if text[:1].isdigit()), key=_by_number
    )
    noun = "paragraph" if len(numbered) == 1 else "paragraphs"
    parts = [f"{noun} {listed(numbered)}"] if numbered else []
    under: dict[str, list[str]] = {}
    for text in paragraphs:
        if not text[:1].isdigit():
            heading, _, place = text.rpartition(", ")
            under.setdefault(heading, []).append(place)
    return "; ".join([*parts, *(_under_heading(h, p) for h, p in under.items())])


def _under_heading(heading: str, places: Sequence[str]) -> str:
    places = list(places)
    if len(places) > 1 and all(place.startswith("column ") for place in places):
        places = [place.removeprefix("column ") for place in places]
        places[0] = f"columns {places[0]}"
    if len(places) > 1 and all(place.endswith(" paragraph") for place in places):
        places = [place.removesuffix(" paragraph") for place in places]
        places[-1] += " paragraphs"
    return ", ".join(part for part in (heading, listed(places)) if part)


def _by_number(paragraph: str) -> list[tuple[int, str]]:
    """A key by which 9 comes before 22, and 3.4 before 3.13."""
    pieces = re.findall(r"(\d+)|(\D+)", paragraph)
    return [(int(digits) if digits else -1, text) for digits, text in pieces]


def source_sentence(source: SourceUsed) -> str:
    """The document and the paragraphs, as a sentence."""
    parts = (document_words(source), paragraph_words(source.paragraphs))
    return f"{', '.join(part for part in parts if part)}."
