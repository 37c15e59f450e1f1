"""Reading a file with bounds, so that none can fill the memory or run for ever."""

import io
import re
import zipfile
from pathlib import Path

from scrutiny_pack.errors import ReportError

LARGEST_FILE = 50_000_000
"""Bytes of the file as it lies on the disk: a report with many pictures."""

LARGEST_UNPACKED = 200_000_000
"""Bytes of all that a packed file holds, unpacked."""

LARGEST_PART = 40_000_000
"""Bytes of one part of XML: a thousand pages have a tenth."""

MOST_PARTS = 5_000
"""How many parts a packed file may hold."""

MOST_TIMES = 200
"""How many times larger a part of XML may be than it is packed. Text is ten times."""

SMALL_PART = 1_000_000
"""A part of so few bytes may be packed as tightly as it likes."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how .doc and locked documents begin
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MANIFEST = "META-INF/manifest.xml"  # of an OpenDocument
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_bytes(path: Path) -> bytes:
    """The bytes of a report.

    Raises:
        ReportError: if there is no such file, or it is larger than a report can be.
    """
    if not path.is_file():
        msg = f"there is no file {path.name}: correct REPORT=, the path of the draft"
        raise ReportError(msg)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            msg = (
                f"{path.name} has {size:,} bytes, more than the {LARGEST_FILE:,} that are "
                "read: make its pictures smaller, or save the text without them"
            )
            raise ReportError(msg)
        return path.read_bytes()
    except OSError as error:
        msg = f"{path.name} cannot be opened ({error.strerror}): close it elsewhere, or copy it"
        raise ReportError(msg) from None


def check_packed(content: bytes, name: str) -> None:
    """Make sure that a packed file (.docx, .odt) can be read without harm.

    Raises:
        ReportError: if it is locked, not a packed file at all, or would unpack to
            more than a report can be.
    """
    if content.startswith(_OLE):
        locked = _LOCKED in content
        what = (
            "is encrypted: save a copy without a password"
            if locked
            else "is in an old format: save it as .docx"
        )
        msg = f"{name} {what}, and check that"
        raise ReportError(msg)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            _within_bounds(members, name)
            for member in members:
                if member.flag_bits & 1:
                    raise _encrypted(name)
                if member.filename.lower().endswith((".xml", ".rels")):
                    with packed.open(member) as part:
                        begin = part.read(
                            LARGEST_PART if member.filename == _MANIFEST else 4096
                        )
                    if b"encryption-data" in begin and member.filename == _MANIFEST:
                        raise _encrypted(name)
                    if _DECLARES.search(begin):
                        msg = f"{name} declares entities, as no word processor does: save it anew"
                        raise ReportError(msg)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        msg = f"{name} is damaged or of another kind than its name says: open it and save it anew"
        raise ReportError(msg) from None


def _encrypted(name: str) -> ReportError:
    return ReportError(
        f"{name} is encrypted: save a copy without a password, and check that"
    )


def _within_bounds(members: list[zipfile.ZipInfo], name: str) -> None:
    large = [
        member
        for member in members
        if member.file_size > LARGEST_PART
        or (
            member.file_size > SMALL_PART
            and member.filename.lower().endswith(".xml")
            and member.file_size > MOST_TIMES * max(member.compress_size, 1)
        )
    ]
    whole = sum(member.file_size for member in members)
    if large or len(members) > MOST_PARTS or whole > LARGEST_UNPACKED:
        msg = (
            f"{name} would unpack to {whole:,} bytes in {len(members):,} parts, more than a "
            "report can be: save it anew, without what is embedded in it"
        )
        raise ReportError(msg)
