"""Where a dataset's figures come from: the sidecar beside its CSV file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrutiny_pack.errors import InputFileError, PeriodError
from scrutiny_pack.inputs.wording import did_you_mean, shown
from scrutiny_pack.inputs.yaml_files import read_yaml
from scrutiny_pack.periods import Period

NOT_STATED = "not stated"
NOT_APPLICABLE = "not applicable"

_REQUIRED = (
    "title",
    "body",
    "kind",
    "date",
    "how_read",
    "document_sha256",
    "held",
    "licence",
)
_OPTIONAL = ("date_note", "note")
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Missing:
    """Something that the document shows, and that its text has lost.

    Attributes:
        what: what is missing, such as a chart.
        paragraph: where in the document it stands.
        why: why it is missing.
    """

    what: str
    paragraph: str
    why: str


@dataclass(frozen=True)
class Source:
    """The document from which a dataset was read.

    Attributes:
        title: its title.
        body: who issued it.
        kind: what sort of document it is.
        date: its own date, as precisely as it is given (ISO 8601), or "not stated".
        how_read: how the figures came from the document into the file.
        document_sha256: the SHA-256 of the copy that was read, "not stated", or "not
            applicable" where there was no one document.
        held: where the document is held.
        licence: on what terms it may be used, or "not stated".
        date_note: where the date comes from.
        note: what a reader must know about the document.
        missing: what the document shows, and its text has lost.
    """

    title: str
    body: str
    kind: str
    date: str
    how_read: str
    document_sha256: str
    held: str
    licence: str
    date_note: str = ""
    note: str = ""
    missing: tuple[Missing, ...] = ()

    @property
    def period(self) -> Period | None:
        """The document's date, or None if it is not stated."""
        return None if self.date == NOT_STATED else Period.parse(self.date)

    @property
    def date_in_words(self) -> str:
        """The document's date for a reader: ``21 January 2019``, ``not stated``."""
        return self.period.in_words if self.period else NOT_STATED


def read_source(path: Path, shown_as: str) -> Source:
    """Read a sidecar, such as ``posts.source.yaml``.

    Args:
        path: the file.
        shown_as: how messages call it.

    Raises:
        InputFileError: if it is missing, is not YAML, lacks a name or has one that
            is unknown, or if its date or its SHA-256 is none.
    """
    content = read_yaml(path, shown_as)
    known = (*_REQUIRED, *_OPTIONAL, "missing")
    for name in content:
        if name not in known:
            msg = (
                f"{shown_as}: {shown(name)} is unknown.{did_you_mean(name, known)} "
                f"The names are: {', '.join(known)}"
            )
            raise InputFileError(msg)
    texts = {
        name: _text(content, name, shown_as)
        for name in (*_REQUIRED, *_OPTIONAL)
        if name in _REQUIRED or name in content
    }
    _check_date(texts["date"], shown_as)
    sha256 = texts["document_sha256"]
    if not (_SHA256.fullmatch(sha256) or sha256 in (NOT_STATED, NOT_APPLICABLE)):
        msg = (
            f"{shown_as}: document_sha256 is {shown(sha256)}; write the 64 digits and "
            "small letters that sha256sum prints for the copy that was read, "
            f"'{NOT_STATED}' or '{NOT_APPLICABLE}'"
        )
        raise InputFileError(msg)
    return Source(**texts, missing=_missing(content.get("missing", []), shown_as))


def _text(content: Mapping[str, Any], name: str, shown_as: str) -> str:
    value = content.get(name)
    if isinstance(value, str) and value.strip():
        return value.strip()
    state = "missing" if value is None else "not text" if value else "empty"
    advice = f", or '{NOT_STATED}'" if name in ("date", "licence") else ""
    msg = f"{shown_as}: {name} is {state}; write '{name}: ' and its text{advice}"
    raise InputFileError(msg)


def _check_date(date: str, shown_as: str) -> None:
    if date == NOT_STATED:
        return
    try:
        Period.parse(date)
    except PeriodError:
        msg = (
            f"{shown_as}: date is {shown(date)}, which is not a date; write it as "
            f"precisely as the document does (2019-01-21, 2006-04, 2005), or "
            f"'{NOT_STATED}'"
        )
        raise InputFileError(msg) from None


def _missing(entries: object, shown_as: str) -> tuple[Missing, ...]:
    names = ("what", "paragraph", "why")
    if not isinstance(entries, list) or not all(
        isinstance(entry, dict) and set(entry) == set(names) for entry in entries
    ):
        msg = f"{shown_as}: missing is a list; each entry has {', '.join(names)}"
        raise InputFileError(msg)
    return tuple(
        Missing(*(_text(entry, name, f"{shown_as}, missing") for name in names))
        for entry in entries
    )
