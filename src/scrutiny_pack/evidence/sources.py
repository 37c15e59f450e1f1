"""Where an item's figures come from, in words."""

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

    Paragraphs without a number are named by their heading and stand last.
    """
    numbered = [text for text in paragraphs if text[:1].isdigit()]
    others = [text for text in paragraphs if not text[:1].isdigit()]
    noun = "paragraph" if len(numbered) == 1 else "paragraphs"
    parts = [f"{noun} {listed(numbered)}"] if numbered else []
    return "; ".join([*parts, *others])


def source_sentence(source: SourceUsed) -> str:
    """The document and the paragraphs, as a sentence."""
    parts = (document_words(source), paragraph_words(source.paragraphs))
    return f"{', '.join(part for part in parts if part)}."
