"""The rules of evidence that code can hold an item to.

The rules are in docs/rules-of-evidence.md; the numbers in the messages are theirs.
"""

import pandas as pd

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import (
    SMALLEST_BASE,
    STATUS_WORDS,
    WITHOUT_VALUE,
    records,
)

TITLE_WORDS = 15
"""The most words that a title may have."""

_AVERAGES = ("mean", "median")
"""The ``kind`` of a figure that is an average of several councils' figures."""


def check_words(slug: str, title: str) -> None:
    """A title says what the item shows, in 15 words at most.

    Raises:
        EvidenceError: if it is empty, longer, or ends like a sentence.
    """
    count = len(title.split())
    if not 0 < count <= TITLE_WORDS:
        msg = (
            f"{slug}: a title has 1 to {TITLE_WORDS} words, this has {count}: '{title}'"
        )
        raise EvidenceError(msg)
    if title.endswith("."):
        msg = f"{slug}: a title ends without a full stop: '{title}'"
        raise EvidenceError(msg)


def check_traceable(slug: str, data: pd.DataFrame) -> None:
    """Every row says which dataset it comes from, and which paragraph (rule 1).

    Raises:
        EvidenceError: if a row does not.
    """
    for column in ("dataset", "paragraph", "as_at"):
        blank = data.index[data[column] == ""]
        if len(blank):
            msg = f"{slug}: {len(blank)} of {len(data)} rows have no {column}"
            raise EvidenceError(msg)


def check_figures(slug: str, data: pd.DataFrame) -> None:
    """Every figure has a known measure, a value or a reason why not, and a base.

    Rule 1: no rate that this project makes stands without its numerator and its
    denominator. Rule 8: none is made on a base under 10. A figure without a value
    has a range or a status letter that says why. A rate as the DfE published it, and
    the mean or median of several councils' published rates, were not made here: they
    need no base of ours.

    Raises:
        EvidenceError: for the first row that breaks a rule.
    """
    known = measures()
    for row in records(data):
        name = row["measure"]
        if name not in known:
            msg = f"{slug}: '{name}' is not a defined measure"
            raise EvidenceError(msg)
        letters = set(row["status"].split())
        if unknown := letters - STATUS_WORDS.keys():
            msg = f"{slug}: '{min(unknown)}' is not a status letter"
            raise EvidenceError(msg)
        has_value = pd.notna(row["value"])
        has_range = pd.notna(row["low"]) or pd.notna(row["high"])
        if not (has_value or has_range or letters & WITHOUT_VALUE):
            msg = f"{slug}: a figure for {name} has neither a value nor a status that says why"
            raise EvidenceError(msg)
        made_here = not (row["as_published"] or row.get("kind") in _AVERAGES)
        is_rate = known[name].kind == "rate" and bool(known[name].denominator)
        if is_rate and has_value and made_here:
            _check_base(slug, name, row["numerator"], row["denominator"])


def _check_base(slug: str, name: str, numerator: float, denominator: float) -> None:
    if pd.isna(numerator) or pd.isna(denominator):
        msg = f"{slug}: a rate ({name}) has no numerator or no denominator"
        raise EvidenceError(msg)
    if denominator < SMALLEST_BASE:
        msg = (
            f"{slug}: a rate ({name}) is made on a base of {denominator:g}; "
            f"none is made under {SMALLEST_BASE}"
        )
        raise EvidenceError(msg)
