"""A draft report of Exampleshire's committee, as Word has it, with one figure wrong."""

import io
from datetime import UTC, datetime

from docx import Document

from scrutiny_pack.exampleshire import SLUG
from scrutiny_pack.exampleshire.figures import PERIOD, WHOLE, posts, turnover
from scrutiny_pack.steady_zip import steady

_WRITTEN = datetime(2025, 11, 4, tzinfo=UTC)


def draft_report() -> bytes:
    """The draft: each figure is followed by the id of the item that holds it.

    The rate of turnover has two digits the wrong way round; all else is right.
    """
    number = {
        (row["measure"], row["basis"]): row["as_published"]
        for row in posts()
        if row["unit"] == WHOLE
    }
    rate = str(turnover()[-1]["as_published"])
    document = Document()
    document.core_properties.author = "Exampleshire scrutiny support unit (made up)"
    document.core_properties.created = _WRITTEN
    document.core_properties.modified = _WRITTEN
    document.add_heading("Enough social workers? (draft, made up)", 1)
    for sentence in (
        (
            f"At 30 September 2025, {number['vacancies', 'fte']} of "
            f"{number['establishment', 'fte']} full-time equivalent posts were vacant "
            f"{_cited('posts')}."
        ),
        (
            f"The council had {number['agency_workers', 'headcount']} agency workers "
            f"{_cited('agency-workers')}."
        ),
        (
            f"In the year to that day, {_slipped(rate)} of social workers left "
            f"{_cited('turnover-latest')}."
        ),
    ):
        document.add_paragraph(sentence)
    written = io.BytesIO()
    document.save(written)
    return steady(written.getvalue())


def _cited(item: str) -> str:
    return f"({SLUG}/{PERIOD}/{item})"


def _slipped(rate: str) -> str:
    """A rate with the digits before its point the wrong way round: 31.0% for 13.0%."""
    whole, _, rest = rate.partition(".")
    return f"{whole[::-1]}.{rest}"
