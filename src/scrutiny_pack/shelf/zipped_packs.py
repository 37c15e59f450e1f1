"""The pack inside an archive, read without unpacking anything.

Nothing is written and nothing is executed: the files of the pack are read into memory,
within bounds, so that a zip that somebody sends can be compared.
"""

import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.shelf.pack_reading import EVIDENCE, MANIFEST

MOST_ENTRIES = 50_000
LARGEST_FILE = 200_000_000
LARGEST_PACK = 1_000_000_000
"""Bytes; a pack is some megabytes."""

_LARGEST_RATIO = 1_000
_CONTENTS = "index.html"


def read_archive(path: Path, only: Collection[str] = ()) -> dict[str, bytes]:
    """The files of the pack in an archive.

    Args:
        path: the archive, a zip; the pack may lie anywhere in it, but once.
        only: the files that are wanted, by their paths in the pack; without any, all.

    Raises:
        InputFileError: if it is no zip, holds no pack or more than one, is damaged, or
            is not within the bounds of a pack.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, path.name, only)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        msg = f"{path.name} cannot be read as an archive: {error}"
        raise InputFileError(msg) from None
    except NotImplementedError:
        msg = f"{path.name} is compressed in a way that archives are not"
        raise InputFileError(msg) from None


def _read(
    archive: zipfile.ZipFile, named: str, only: Collection[str]
) -> dict[str, bytes]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES:
        msg = f"{named} holds more than {MOST_ENTRIES:,} files, and no archive does"
        raise InputFileError(msg)
    if len(set(names)) != len(names):
        msg = f"{named} holds two files of one name, and no archive does"
        raise InputFileError(msg)
    root = _root(set(names), named)
    files = {}
    total = 0
    for entry in entries:
        if entry.is_dir() or not entry.filename.startswith(root):
            continue
        name = entry.filename.removeprefix(root)
        if only and name not in only:
            continue
        total += entry.file_size
        _check(entry, total, named)
        with archive.open(entry) as file:
            files[name] = file.read(entry.file_size + 1)
        if len(files[name]) > entry.file_size:
            msg = f"{named}: {entry.filename} is larger than the archive says"
            raise InputFileError(msg)
    return files


def _root(names: Collection[str], named: str) -> str:
    """The path of the pack in an archive, with a slash at its end, or ""."""
    roots = [
        name.removesuffix(EVIDENCE)
        for name in sorted(names)
        if PurePosixPath(name).name == EVIDENCE
    ]
    packs = [
        r for r in roots if f"{r}{MANIFEST}" in names and f"{r}{_CONTENTS}" in names
    ]
    if len(packs) != 1:
        what = "more than one pack" if packs else "no pack"
        msg = f"{named} holds {what}, and one is wanted"
        raise InputFileError(msg)
    return packs[0]


def _check(entry: zipfile.ZipInfo, total: int, named: str) -> None:
    ratio = entry.file_size / max(1, entry.compress_size)
    parts = PurePosixPath(entry.filename).parts
    if entry.file_size > LARGEST_FILE or total > LARGEST_PACK:
        problem = "is larger than any pack"
    elif ratio > _LARGEST_RATIO and entry.file_size > 1_000_000:
        problem = "grows more than a thousandfold, and no file of a pack does"
    elif ".." in parts or entry.filename.startswith("/") or "\\" in entry.filename:
        problem = "has a path out of the archive"
    elif (entry.external_attr >> 16) & 0o170000 == 0o120000:
        problem = "is a link"
    else:
        return
    msg = f"{named}: {entry.filename} {problem}; nothing was read"
    raise InputFileError(msg)
