"""Which evidence a pack holds: the evidence checksum, and whether the pack is final.

The checksum is of all that evidence.json says, apart from who checked it, which pack it
replaces and which program wrote it. So a draft and the final pack made from it have the
same, and whoever checks a pack can say which evidence was checked.

Nothing here needs more than the standard library.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.shelf.pack_reading import EVIDENCE, MANIFEST, evidence_of

NOT_EVIDENCE = frozenset(("standing", "replaces", "software", "format"))
"""What evidence.json says of a pack that the checksum leaves out."""

SHORT = 8
"""So many characters of a checksum name a folder, and are enough to tell packs apart."""


@dataclass(frozen=True)
class Identity:
    """What is to be known of a pack to tell it from another.

    Attributes:
        evidence: its evidence checksum.
        is_final: whether it has been checked.
    """

    evidence: str
    is_final: bool

    @property
    def short(self) -> str:
        """The beginning of the checksum, as folders are named and packs are cited."""
        return self.evidence[:SHORT]


def evidence_checksum(evidence: Mapping[str, Any]) -> str:
    """The checksum of the evidence in a pack.

    Args:
        evidence: what evidence.json says, of whatever version its format is.

    Returns:
        The SHA-256 of its JSON with sorted names and no spaces, in UTF-8, without
        the fields of ``pack`` that [`NOT_EVIDENCE`][] lists.
    """
    about = {k: v for k, v in evidence["pack"].items() if k not in NOT_EVIDENCE}
    text = json.dumps(
        {"pack": about, "items": evidence["items"]},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()


def is_final(evidence: Mapping[str, Any]) -> bool:
    """Whether evidence.json says that the pack has been checked."""
    standing = evidence["pack"].get("standing")
    return isinstance(standing, Mapping) and standing.get("is_draft") is False


def identity(pack: Path) -> Identity | None:
    """The identity of the pack in a folder.

    Returns:
        None if there is no pack, or its evidence.json is not what its manifest says:
        a file that somebody has edited is not what was checked.
    """
    try:
        raw = (pack / EVIDENCE).read_bytes()
        manifest = (pack / MANIFEST).read_text(encoding="utf-8")
        evidence = evidence_of({EVIDENCE: raw}, pack.name)
    except (OSError, UnicodeDecodeError, InputFileError):
        return None
    if f"{hashlib.sha256(raw).hexdigest()}  {EVIDENCE}" not in manifest.splitlines():
        return None
    return Identity(evidence_checksum(evidence), is_final(evidence))
