"""The audit as it is kept and as it is printed: claims.json, and lines for a terminal."""

import json
import textwrap
from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from scrutiny_pack.claims.audit import Audit
from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.claims.frames import (
    CONTRADICTED,
    QUESTIONS,
    SLIPS,
    findings,
)
from scrutiny_pack.claims.summary import headline
from scrutiny_pack.evidence.formatting import listed, plural
from scrutiny_pack.observations import records

_WIDTH = 88
_GROUPS: tuple[tuple[str, Collection[Verdict]], ...] = (
    ("What does not agree", CONTRADICTED),
    ("Slips of rounding", SLIPS),
    ("Questions", QUESTIONS),
)


def written(made: Audit) -> str:
    """The text of claims.json."""
    return json.dumps(made.as_record(), ensure_ascii=False, indent=1)


def in_lines(made: Audit, frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """The findings for a terminal: what disagrees first, the count of all last.

    Args:
        made: the audit.
        frames: the datasets by name, the claims among them.
    """
    lines: list[str] = []
    for heading, verdicts in _GROUPS:
        found = findings(made, frames, verdicts)
        if len(found):
            lines += [heading, *_entries(found), ""]
    unchecked = made.counts[Verdict.UNCHECKED]
    if unchecked:
        count = plural(unchecked, "figure", "figures")
        lines += [f"Cannot be checked: {count}", ""]
    return [*lines, *textwrap.wrap(headline(made), _WIDTH)]


def _entries(found: pd.DataFrame) -> Iterator[str]:
    for row in records(found):
        paragraphs = row["paragraph"].split("; ")
        noun = "paragraph" if len(paragraphs) == 1 else "paragraphs"
        about = f"{row['printed']}: {row['what']} ({noun} {listed(paragraphs)})"
        yield from _wrapped(about, "  ")
        yield from _wrapped(row["finding"], "      ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent)
    )
