"""The manifest: every file of a pack with the sha256 of its bytes."""

import hashlib
from pathlib import Path

MANIFEST = "manifest-sha256.txt"
"""Its name, and its form, are those of BagIt (RFC 8493); ``sha256sum -c`` reads it."""


def write_manifest(pack: Path) -> None:
    """Write the manifest of all files in a pack; it omits itself."""
    paths = sorted(
        path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()
    )
    lines = [f"{_sha256(pack / path)}  {path}\n" for path in paths if path != MANIFEST]
    (pack / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
