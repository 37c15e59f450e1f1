"""The archives on the shelf: which pack each holds, how large it is, its checksum."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.shelf.identity import evidence_checksum, is_final
from scrutiny_pack.shelf.pack_reading import EVIDENCE, evidence_of
from scrutiny_pack.shelf.zipped_packs import read_archive

_SIGNATURES = (".minisig", ".sig")
_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Archived:
    """One archive.

    Attributes:
        file: its path in ``output/``.
        authority: of which authority its pack is; "" if it cannot be read.
        period: of which period, as it is written.
        evidence: the pack's evidence checksum.
        is_final: whether the pack is final.
        size: its size in bytes.
        sha256: of its bytes.
        is_signed: whether a signature lies beside it.
        problem: why it cannot be read; "" if it can.
    """

    file: str
    authority: str
    period: str
    evidence: str
    is_final: bool
    size: int
    sha256: str
    is_signed: bool
    problem: str = ""


def read_archived(path: Path, output: Path, known: Mapping[str, str]) -> Archived:
    """What an archive holds; its own checks are those of ``make verify``.

    Args:
        path: the archive.
        output: the folder of all output.
        known: the SHA-256 of archives that were read before, by `state_of`.
    """
    evidence: Mapping[str, Any] = {"pack": {}, "items": []}
    problem = ""
    try:
        evidence = evidence_of(read_archive(path, [EVIDENCE]), path.name)
    except InputFileError as error:
        problem = str(error)
    about = evidence["pack"]
    return Archived(
        file=path.relative_to(output).as_posix(),
        authority=str(about.get("authority", "")),
        period=str(about.get("period", "")),
        evidence="" if problem else evidence_checksum(evidence),
        is_final=is_final(evidence),
        size=path.stat().st_size,
        sha256=known.get(state_of(path)) or _sha256(path),
        is_signed=any(path.with_name(path.name + s).is_file() for s in _SIGNATURES),
        problem=problem,
    )


def state_of(path: Path) -> str:
    """What changes when a file does, without reading it."""
    facts = path.stat()
    return f"{path.name} {facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_AT_ONCE):
            digest.update(block)
    return digest.hexdigest()
