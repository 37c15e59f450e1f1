"""What a workbook for a council's figures holds: its sheets, headings and words.

The template is written from this module and an import is read by it, so that the
two cannot disagree. All that is about one dataset comes from the dataset's schema.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from scrutiny_pack.inputs.schemas import (
    ColumnSchema,
    ColumnType,
    DatasetSchema,
    dataset_names,
    dataset_schema,
)
from scrutiny_pack.inputs.sources import NOT_STATED
from scrutiny_pack.inputs.wording import measure_in_words
from scrutiny_pack.observations import STATUS_WORDS

HEADING_ROW = 5
"""The row of the headings in each sheet with a table; the guidance is above it."""

COVER = "Start here"
SOURCES = "Sources"
LISTS = "Lists"

COUNCIL_LABEL = "Council"
PERIOD_LABEL = "Period"
"""The labels on the cover, in its first column; what they are about is beside them."""

EVERY_SHEET = "Every sheet"
"""The row of the sheet of sources that stands for each sheet without a row filled in."""

A_DOCUMENT = "a document"
OWN_RECORDS = "the council's own records"

EXAMPLE = "Example: "
"""What the texts of a made-up row begin with."""

MADE_UP = (
    f"Row {HEADING_ROW + 1} is made up, to show what a row looks like: write over the "
    "whole of it. Left as it is, it is not imported."
)
"""What stands above the guidance of a dataset's sheet."""


def _source_column(
    name: str,
    description: str,
    kind: ColumnType = "text",
    *,
    required: bool = True,
    choices: tuple[str, ...] = (),
) -> ColumnSchema:
    return ColumnSchema(name, kind, required, description, choices)


SOURCE_COLUMNS = (
    _source_column(
        "sheet",
        f"The sheet that the row is about. The row '{EVERY_SHEET}' holds for each sheet "
        "whose own row is left empty.",
        required=False,
    ),
    _source_column(
        "comes_from",
        "Whether the figures were read in a document, such as a published report, or "
        "come from what the council itself records.",
        "choice",
        choices=(A_DOCUMENT, OWN_RECORDS),
    ),
    _source_column(
        "title",
        "The document's title; for the council's own records, what they are called.",
    ),
    _source_column("body", "Who issued it, such as the council."),
    _source_column(
        "kind",
        "What sort of document it is, such as: report to a scrutiny committee.",
    ),
    _source_column(
        "date",
        "The document's own date, as precisely as it gives it (2019-01-21, 2006-04, "
        f"2005), or: {NOT_STATED}. For records, the day on which they were drawn up.",
        "period",
    ),
    _source_column(
        "how_read", "How the figures came from the document into this workbook."
    ),
    _source_column("held", "Where the document or the records are held."),
    _source_column("licence", f"On what terms it may be used, or: {NOT_STATED}."),
    _source_column("note", "Anything a reader must know about it.", required=False),
    _source_column(
        "checksum",
        "The SHA-256 of the document's file, if you have it. Leave it empty for the "
        "council's own records: this workbook's is written down by itself.",
        required=False,
    ),
)
"""The columns of the sheet of sources; a row is empty, or has all that are required."""

PREFILLED = {
    "how_read": "Typed into a workbook by hand from the document, as printed.",
    "licence": NOT_STATED,
}
"""What the template writes into the row for every sheet, to be corrected."""


@cache
def workbook_datasets() -> tuple[str, ...]:
    """The datasets that have a sheet: those whose schema has an example to follow.

    The others are written by an import of their own, such as that of the census.
    """
    return tuple(name for name in dataset_names() if dataset_schema(name).example)


def sheet_name(dataset: str) -> str:
    """The sheet of a dataset: ``agency-costs`` is ``Agency costs``."""
    return dataset.replace("-", " ").capitalize()


def heading(column: str) -> str:
    """The heading over a column: ``as_at`` is ``As at``."""
    return column.replace("_", " ").capitalize()


def alike(text: str) -> str:
    """A heading or a sheet's name without what does not tell two of them apart."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def words_of(column: ColumnSchema) -> Mapping[str, str]:
    """What the drop-down list of a column offers, and what each stands for in the file.

    Returns:
        The words in the list's order, such as ``in post`` for ``in_post`` and
        ``x not available`` for ``x``; nothing for a column without a list.
    """
    if column.type == "status":
        return {f"{letter} {word}": letter for letter, word in STATUS_WORDS.items()}
    if column.name == "measure":
        return {measure_in_words(choice): choice for choice in column.choices}
    return {choice: choice for choice in column.choices}


def in_sheet_words(text: str, columns: Iterable[ColumnSchema]) -> str:
    """A message about a dataset's file, in the words of its sheet.

    Returns:
        The text with ``As at`` for ``as_at`` and ``in post`` for ``in_post``.
    """
    known = {c.name: heading(c.name) for c in columns if "_" in c.name}
    for column in columns:
        known |= {code: word for word, code in words_of(column).items() if "_" in code}
    text = re.sub(r"\w+_\w+", lambda match: known.get(match[0], match[0]), text)
    return text.replace("the source file", f"the sheet {SOURCES}")


def guidance(column: ColumnSchema) -> str:
    """The line of guidance over a column."""
    needed = "Must be filled in." if column.required else "May be left empty."
    words = re.sub(r"\w+_\w+", lambda match: heading(match[0]), column.description)
    return f"{words} {needed}"


def example_row(schema: DatasetSchema, period: str) -> dict[str, str]:
    """A made-up row of a dataset, as the template shows it.

    Args:
        schema: the dataset's schema, whose example is used as far as it goes.
        period: the period of the workbook, which dates the row.

    Returns:
        The text of each cell by column. The texts that a row must have begin with
        ``Example:``, so that a row that was overwritten in part is noticed.
    """
    return {
        column.name: _example(column, schema.example.get(column.name, ""), period)
        for column in schema.columns
    }


def _example(column: ColumnSchema, given: str, period: str) -> str:
    if column.choices:
        words = {code: word for word, code in words_of(column).items()}
        return words.get(given, next(iter(words.values())) if column.required else "")
    if column.type == "text" and column.required:
        return EXAMPLE + (given or "in your own words")
    if column.type == "period" and column.required:
        return period
    return given
