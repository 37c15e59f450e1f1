"""CSV on the Web: what each data file holds, in a file beside it.

A W3C recommendation (Metadata Vocabulary for Tabular Data), which the Tabular data
standard of the UK government is used with. docs/data-files.md says what is in it.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from scrutiny_pack.evidence.footnotes import notes_of, unit_and_basis
from scrutiny_pack.evidence.items import Item
from scrutiny_pack.evidence.sources import source_sentence
from scrutiny_pack.observations import NUMBER_COLUMNS, STATUS_WORDS

SUFFIX = "-metadata.json"
"""What follows the name of a data file, so that software finds the one by the other."""

_DFE = "Department for Education"
_OPEN_GOVERNMENT_LICENCE = (
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)

_PART = "(subtotal|total|part)"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PERIOD = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|-W[0-9]{2})?"
"""An ISO 8601 date of whatever precision is known."""

_SEVERAL = {
    "status": " ",
    "as_at": "; ",
    "dataset": "; ",
    "paragraph": "; ",
    "nature": "; ",
}
"""Columns that may hold several values, and what stands between them."""

_WHAT = {
    "measure": "What is counted or measured, by its name in docs/measures.md.",
    "basis": "Whether people, full-time equivalents or posts are counted.",
    "value": "The figure, rounded as it is shown; empty where there is none.",
    "low": "The low end of a range, or of 'at least'.",
    "high": "The high end of a range, or of 'up to'.",
    "numerator": "What a rate counts.",
    "denominator": "What a rate is counted against.",
    "as_published": "The figure exactly as the source prints it.",
    "status": "What the figure is, in letters; the notes of this table explain them.",
    "as_at": "The date that the figure is about, as precisely as it is known.",
    "nature": "Whether it says what was, or what was budgeted, planned or aimed at.",
    "dataset": "The input that it was read from.",
    "paragraph": "Where in the source it stands.",
    "note": "What a reader must know to use it.",
    "level": "Whether the row is a part, a subtotal or a total.",
}
"""What the columns hold that data files share."""

_FORMATS = {
    "basis": "(headcount|fte|posts|not stated|not applicable)",
    "level": _PART,
    "status": f"[{''.join(STATUS_WORDS)}]",
    "sha256": "[0-9a-f]{64}",
}


def metadata(item: Item, text: str, *, pack_title: str, rights: str) -> dict[str, Any]:
    """The metadata of an item's data file.

    Args:
        item: the published item.
        text: its data file.
        pack_title: what the pack is called.
        rights: on what terms its data may be used.

    Returns:
        The CSV on the Web description of one table, ready to be written as JSON.
    """
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    cells = {name: [row[i] for row in rows] for i, name in enumerate(header)}
    schema: dict[str, Any] = {
        "columns": [_column(name, cells[name], item) for name in header]
    }
    if key := _key(item, header, rows):
        schema["primaryKey"] = [_name(column) for column in key]
    sources = [source_sentence(source) for source in item.sources]
    is_open = all(source.body == _DFE for source in item.sources)
    found = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en-GB"}],
        "url": PurePosixPath(item.data).name,
        "dc:identifier": item.id,
        "dc:title": f"{item.number}: {item.title}",
        "dc:description": _sentences(f"{item.subtitle}.", unit_and_basis(item)),
        "dc:isPartOf": pack_title,
        "dc:source": sources,
        "dc:bibliographicCitation": item.citation,
        "dc:rights": rights,
        "dc:license": {"@id": _OPEN_GOVERNMENT_LICENCE} if is_open else None,
        "dc:language": "en-GB",
        "notes": list(_notes(item)),
        # RFC 4180 ends lines with CR and LF. These files end them with LF, as they lie in
        # git and are hashed; CSV on the Web takes either, and here it is said which.
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tableSchema": schema,
    }
    return {name: value for name, value in found.items() if value}


def _sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _notes(item: Item) -> Iterator[dict[str, str]]:
    """The item's notes; those that explain a status letter name it."""
    yield from ({"dc:description": note} for note in notes_of(item))
    for letter, words in STATUS_WORDS.items():
        if f"[{letter}] {words}" in item.notes:
            yield {"dc:identifier": letter, "dc:description": words}
    yield from (
        {"dc:type": "definition", "dc:description": d} for d in item.definitions
    )


def _column(name: str, cells: Sequence[str], item: Item) -> dict[str, Any]:
    label = next(
        (c.label for c in item.layout.columns if c.is_text and c.key == (name,)), ""
    )
    titles = [name, label] if label and label != name else [name]
    found: dict[str, Any] = {
        "name": _name(name),
        "titles": titles,
        "dc:description": _WHAT.get(name, ""),
        "datatype": _datatype(name, cells),
        "null": "",
        "required": all(cells) and name in item.layout.rows,
    }
    separator = _SEVERAL.get(name, "")
    if name == "status" or (separator and any(separator in cell for cell in cells)):
        found["separator"] = separator
    return {key: value for key, value in found.items() if value or key == "null"}


def _name(column: str) -> str:
    """A column's name as a part of an address."""
    return quote(column, safe="")


def _datatype(name: str, cells: Sequence[str]) -> str | Mapping[str, Any]:
    if name in NUMBER_COLUMNS:
        # What is counted against is never less than nothing; changes and differences are.
        return {"base": "decimal", "minimum": 0} if name == "denominator" else "decimal"
    if name == "as_at":
        if all(_DAY.fullmatch(cell) for cell in cells):
            return {"base": "date", "format": "yyyy-MM-dd"}
        return {"base": "string", "format": _PERIOD}
    if name in _FORMATS:
        return {"base": "string", "format": _FORMATS[name]}
    return "string"


def _key(
    item: Item, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """The columns whose values name a row; none where a list has the same one twice."""
    key = tuple(dict.fromkeys((*item.layout.rows, *item.layout.spread)))
    places = [header.index(column) for column in key]
    named = {tuple(row[place] for place in places) for row in rows}
    return key if len(named) == len(rows) else ()
