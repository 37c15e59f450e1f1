"""Numbers, ids and citations: what an item gets when it is published."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from scrutiny_pack.evidence.items import KIND_WORDS, Item, Kind
from scrutiny_pack.evidence.sources import source_sentence
from scrutiny_pack.publish.collect import Record
from scrutiny_pack.publish.context import PackContext

_SHORT_SHA256 = 12

_FOLDERS: dict[Kind, str] = {
    "table": "tables",
    "chart": "charts",
    "key_figure": "tables",
}


def numbered(records: Iterable[Record], context: PackContext) -> list[Record]:
    """The records with numbers in reading order, ids, files, checksums and citations.

    Args:
        records: in reading order; each kind is counted on its own from 1.
        context: what the pack is of.
    """
    counts: Counter[Kind] = Counter()
    published = []
    for record in records:
        item = record.item
        counts[item.kind] += 1
        folder = _FOLDERS[item.kind]
        item = item.model_copy(
            update={
                "number": f"{KIND_WORDS[item.kind]} {counts[item.kind]}",
                "id": f"{context.id}/{item.slug}",
                "data": f"{folder}/{item.slug}.csv",
                "picture": f"{folder}/{item.slug}.svg" if record.picture else "",
                "sha256": hashlib.sha256(record.data.encode()).hexdigest(),
            }
        )
        item = item.model_copy(update={"citation": full_citation(item, context)})
        published.append(replace(record, item=item))
    return published


def pack_title(context: PackContext) -> str:
    """What a pack is called: ``Scrutiny evidence pack: ..., 31 July 2016``."""
    council, period = context.council.name, context.period.in_words
    return f"Scrutiny evidence pack: {council}, {period}"


def short_citation(item: Item, context: PackContext) -> str:
    """A citation for a sentence or a footnote.

    ``Scrutiny evidence pack: Darlington Borough Council, 31 July 2016, Table 3
    (darlington/2016-07-31/vacancies-by-team)``. The id is what never changes.
    """
    return f"{pack_title(context)}, {item.number} ({item.id})"


def full_citation(item: Item, context: PackContext) -> str:
    """A citation from which a reader finds the item, its source and its very bytes."""
    sources = " ".join(source_sentence(source) for source in item.sources)
    parts = [
        f"{pack_title(context)}.",
        f"{item.number}: {item.title}.",
        f"Evidence item {item.id}.",
        f"Source: {sources}" if sources else "",
        f"Data: {item.data}, sha256 {item.sha256[:_SHORT_SHA256]}.",
    ]
    return " ".join(part for part in parts if part)


def pack_citation(context: PackContext) -> str:
    """How to cite the pack as a whole."""
    bodies = dict.fromkeys(
        f"{source.title} ({source.body}, {_date(source.date_in_words)})"
        for source in context.sources.values()
    )
    return (
        f"{pack_title(context)}. Evidence pack {context.id}. From: {'; '.join(bodies)}."
    )


def _date(words: str) -> str:
    return "date not stated" if words == "not stated" else words
