"""The shelf: the page outside of all packs that lists them, and the archives."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from scrutiny_pack.periods import Period
from scrutiny_pack.publish.layout import page_template, policy, style
from scrutiny_pack.shelf.archived import Archived
from scrutiny_pack.shelf.identity import SHORT
from scrutiny_pack.shelf.places import SetOfPacks
from scrutiny_pack.shelf.statuses import Status

_STYLE = """\
.shelf td, .shelf th { vertical-align: top; }
.shelf .status { font-weight: 700; white-space: nowrap; }
.shelf .more { display: block; font-size: 0.875rem; }
@media (max-width: 30rem) { .shelf .symbols div { display: block; } }
"""

_MEGABYTE = 1_000_000


def shelf_html(
    statuses: Sequence[Status],
    sets: Sequence[SetOfPacks],
    archives: Sequence[Archived],
) -> str:
    """The page.

    Args:
        statuses: of the packs, in the order in which they are listed.
        sets: the sets, each of which is listed as one.
        archives: the archives.
    """
    page = {
        "packs": [_pack(status) for status in statuses],
        "sets": [_set(one) for one in sets],
        "archives": [_archive(archive, statuses) for archive in archives],
        "schedules": sorted({status.retention.schedule for status in statuses}),
        "style": style() + Markup(_STYLE),
        "policy": policy(_STYLE),
    }
    return f"{page_template('shelf.html.j2').render(page=page).rstrip()}\n"


def _pack(status: Status) -> dict[str, Any]:
    return {
        "authority": status.authority,
        "period": _in_words(status.period),
        "address": f"{status.folder}/index.html",
        "status": status.status.capitalize(),
        "words": _rest(status),
        "evidence": status.evidence[:SHORT],
        "is_superseded": bool(status.superseded_by),
        "manifest": status.manifest,
        "replaces": status.replaces[:SHORT],
        "checked_on": _in_words(status.checked_on) if status.checked_on else "",
        "goes_to": _in_words(status.evidence_goes_to),
        "kept": status.retention.words,
        "retention": status.retention.title,
    }


def _set(one: SetOfPacks) -> dict[str, Any]:
    return {
        "name": one.name.capitalize(),
        "period": _in_words(one.period),
        "address": f"{one.folder}/index.html",
        "packs": one.packs,
    }


def _archive(archive: Archived, statuses: Sequence[Status]) -> dict[str, Any]:
    same = [s for s in statuses if s.evidence == archive.evidence]
    standing = "final" if archive.is_final else "draft"
    return {
        "file": archive.file,
        "name": archive.file.rpartition("/")[2],
        "of": f"{archive.authority}, {_in_words(archive.period)}"
        if archive.authority
        else "",
        "problem": archive.problem,
        "evidence": archive.evidence[:SHORT],
        "standing": f"Archived as {standing}"
        + "".join(f", now {s.status}" for s in same[:1] if s.status != standing),
        "size": f"{archive.size / _MEGABYTE:,.1f} MB",
        "sha256": archive.sha256,
        "is_signed": archive.is_signed,
    }


def _rest(status: Status) -> str:
    """The sentence about a status without the status itself, as a sentence."""
    rest = status.words.removeprefix(status.status.capitalize()).lstrip(": ")
    return f"{rest[:1].upper()}{rest[1:]}".removesuffix(".")


def _in_words(period: str) -> str:
    return Period.parse(period).in_words
