"""The files of a pack, from its folder, as bytes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scrutiny_pack.errors import InputFileError

EVIDENCE = "evidence.json"
MANIFEST = "manifest-sha256.txt"

Files = Mapping[str, bytes]
"""The bytes of each file of a pack, by its path in the pack."""


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a pack's folder.

    Raises:
        InputFileError: if it is no folder.
    """
    if not folder.is_dir():
        msg = f"{folder.name} is not the folder of a pack: there is no such folder"
        raise InputFileError(msg)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def evidence_of(files: Files, named: str) -> dict[str, Any]:
    """What a pack's evidence.json says, of whatever version its format is.

    Args:
        files: the pack's files.
        named: the pack, as a message names it.

    Raises:
        InputFileError: if there is none, or it is no evidence.json.
    """
    if EVIDENCE not in files:
        msg = f"{named} is not a pack: it has no {EVIDENCE}"
        raise InputFileError(msg)
    try:
        evidence = json.loads(files[EVIDENCE])
        if isinstance(evidence["pack"], dict) and all(
            isinstance(item, dict) and isinstance(item["slug"], str)
            for item in evidence["items"]
        ):
            return dict(evidence)
    except (ValueError, KeyError, TypeError):
        pass
    msg = f"{named}: {EVIDENCE} cannot be read as what a pack says of itself"
    raise InputFileError(msg)
