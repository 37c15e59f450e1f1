"""CITATION.cff: how to cite a pack, in a form that reference managers read.

The form is the Citation File Format 1.2.0 (https://citation-file-format.github.io).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from scrutiny_pack.periods import Period

CITATION_FILE = "CITATION.cff"

_NOT_STATED = "not stated"
_LONG_LINE = 10_000


def citation_file(evidence: Path) -> str:
    """What CITATION.cff says of a pack.

    Its authors are the bodies that issued the documents that the pack quotes: who put
    the pack together, a pack does not know. A draft has no date of release.

    Args:
        evidence: the pack's evidence.json.
    """
    text = evidence.read_text(encoding="utf-8")
    contents = json.loads(text)
    pack = contents["pack"]
    documents = list(_documents(contents))
    standing = pack["standing"]
    released = "" if standing["is_draft"] else standing["checked_on"]
    citation = {
        "cff-version": "1.2.0",
        "message": (
            f"{standing['words']}. Cite the table, chart or key figure: the words stand "
            "under each. The authors named here are the bodies that issued the "
            "documents that the pack quotes."
        ),
        "type": "dataset",
        "title": pack["title"],
        "authors": _authors(documents) or [{"name": pack["authority"]}],
    }
    if released:
        citation["date-released"] = released
    citation |= {
        "identifiers": [
            {
                "type": "other",
                "value": pack["id"],
                "description": "The pack's id.",
            },
            {
                "type": "other",
                "value": f"sha256:{hashlib.sha256(text.encode()).hexdigest()}",
                "description": "The checksum of its evidence.json.",
            },
        ],
        "abstract": (
            "Evidence on the children's social work workforce, for scrutiny: "
            f"{pack['authority']}, {pack['period_in_words']}. {pack['licence']['data']}"
        ),
        "keywords": [
            "children's social work workforce",
            "council scrutiny",
            pack["authority"],
        ],
    }
    if documents:
        citation["references"] = [_reference(document) for document in documents]
    return yaml.safe_dump(
        citation, sort_keys=False, allow_unicode=True, width=_LONG_LINE
    )


def _documents(contents: Mapping[str, Any]) -> Iterable[dict[str, str]]:
    """The documents that the pack rests on, each once, in order of appearance."""
    used = [
        source for item in contents["items"] for source in item["sources"]
        if source["files"]  # an amount that the council gives has no document
    ]  # fmt: skip
    found: dict[tuple[str, str, str], None] = {}
    for source in (*contents["pack"]["inputs"], *used):
        found.setdefault((source["title"], source["body"], source["date"]))
    return ({"title": t, "body": b, "date": d} for t, b, d in found)


def _authors(documents: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    return [{"name": n} for n in dict.fromkeys(d["body"] for d in documents)]


def _reference(document: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "generic",
        "title": document["title"],
        "authors": [{"name": document["body"]}],
    } | _date(document["date"])


def _date(date: str) -> dict[str, Any]:
    """A date as the format has it: the day, or the year and the month if known."""
    if date == _NOT_STATED:
        return {}
    period = Period.parse(date)
    if period.start == period.end:
        return {"date-published": period.start.isoformat()}
    known: dict[str, Any] = {"year": period.start.year}
    if (period.start.year, period.start.month) == (period.end.year, period.end.month):
        known["month"] = period.start.month
    return known
