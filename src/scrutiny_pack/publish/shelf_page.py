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
        "archives": [_archive(archive) for archive in archives],
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
        "words": status.words,
        "evidence": status.evidence[:SHORT],
        "manifest": status.manifest,
        "replaces": status.replaces[:SHORT],
        "checked_on": _in_words(status.checked_on) if status.checked_on else "",
        "up_to": _in_words(status.retention.counted_from),
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


def _archive(archive: Archived) -> dict[str, Any]:
    return {
        "file": archive.file,
        "name": archive.file.rpartition("/")[2],
        "of": f"{archive.authority}, {_in_words(archive.period)}"
        if archive.authority
        else "",
        "problem": archive.problem,
        "evidence": archive.evidence[:SHORT],
        "standing": "Final" if archive.is_final else "Draft",
        "size": f"{archive.size / _MEGABYTE:,.1f} MB",
        "sha256": archive.sha256,
        "is_signed": archive.is_signed,
    }


def _in_words(period: str) -> str:
    return Period.parse(period).in_words
