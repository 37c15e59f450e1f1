"""Writing a zip whose bytes depend on nothing but what is in it."""

import hashlib
import os
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from scrutiny_pack.archive.entries import Entry
from scrutiny_pack.errors import ArchiveError

_FIRST, _LAST = date(1980, 1, 1), date(2107, 12, 31)
"""The dates that a zip can give to a file."""

_UNIX = 3
_REGULAR_FILE = 0o100644 << 16


def write_zip(target: Path, folder: str, entries: Sequence[Entry], day: date) -> None:
    """Write a zip, its files stored and sorted, and see it safely on the disk.

    Nothing is compressed: the bytes of a compressed file depend on the library that
    compressed it.

    Args:
        target: the file to write.
        folder: the one folder in the zip, which holds all files.
        entries: the files.
        day: the date that every file is given.

    Raises:
        ArchiveError: if a file is no longer what it was when its checksum was taken.
    """
    when = min(max(day, _FIRST), _LAST)
    with target.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for entry in sorted(entries, key=lambda entry: entry.path):
                _add(archive, f"{folder}/{entry.path}", entry, when)
        file.flush()
        os.fsync(file.fileno())


def _add(archive: zipfile.ZipFile, path: str, entry: Entry, when: date) -> None:
    info = zipfile.ZipInfo(path, (when.year, when.month, when.day, 0, 0, 0))
    info.create_system = _UNIX
    info.external_attr = _REGULAR_FILE
    info.file_size = entry.size
    written = hashlib.sha256()
    with archive.open(info, "w") as member:
        for piece in entry.chunks():
            written.update(piece)
            member.write(piece)
    if written.hexdigest() != entry.sha256:
        msg = f"{entry.path} was changed while it was being archived: run again"
        raise ArchiveError(msg)
