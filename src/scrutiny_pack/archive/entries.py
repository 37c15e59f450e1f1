"""The files of an archive's payload, before they are written."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.archive.file_formats import FileFormat, file_format

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Entry:
    """One file of the payload.

    Attributes:
        path: where it is in the payload, with forward slashes.
        title: what it is, in words.
        content: its bytes, or the file that has them.
        size: how many bytes it has.
        sha256: their SHA-256.
        format: its file format.
    """

    path: str
    title: str
    content: bytes | Path
    size: int
    sha256: str
    format: FileFormat

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, piece by piece."""
        if isinstance(self.content, bytes):
            yield self.content
            return
        with self.content.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece


def entry_of_text(path: str, title: str, text: str) -> Entry:
    """An entry for a text of the archive's own."""
    raw = text.encode()
    sha = hashlib.sha256(raw).hexdigest()
    return Entry(path, title, raw, len(raw), sha, file_format(path))


def entry_of_file(path: str, title: str, file: Path) -> Entry:
    """An entry for a file that is there, read once for its size and checksum."""
    own, size = hashlib.sha256(), 0
    with file.open("rb") as opened:
        while piece := opened.read(_CHUNK):
            own.update(piece)
            size += len(piece)
    raw = file.read_bytes() if file.suffix.lower() == ".pdf" else b""
    return Entry(path, title, file, size, own.hexdigest(), file_format(path, raw))
