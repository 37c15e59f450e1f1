"""Opening a zip of which nobody knows yet what is in it.

Nothing is unpacked and nothing is read before its table of contents is found safe:
no path leads outside, nothing is a link, no name is there twice, and there is no more
than a pack with all its packages can be.
"""

import hashlib
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scrutiny_pack.errors import ArchiveError

MOST_FILES = 100_000
MOST_BYTES = 8 << 30
LARGEST_TEXT = 256 << 20
"""The largest file that is read as a text; the checks read nothing larger whole."""

HIGHEST_RATIO = 200
"""How many times its packed size a file may have; text seldom has more than 20."""

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
"""What reading a broken zip can raise; a BadZipFile is no OSError."""


@dataclass(frozen=True, eq=False)
class Opened:
    """A zip that is safe to read: one folder of files.

    Attributes:
        folder: the name of the folder.
        size: how many bytes the files have.
    """

    folder: str
    size: int
    _archive: zipfile.ZipFile
    _members: Mapping[str, zipfile.ZipInfo]

    @property
    def paths(self) -> Sequence[str]:
        """The paths of the files in the folder, sorted."""
        return sorted(self._members)

    def __contains__(self, path: str) -> bool:
        return path in self._members

    def size_of(self, path: str) -> int:
        """How many bytes a file has."""
        return self._members[path].file_size

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece.

        Raises:
            ArchiveError: if the zip is broken there.
        """
        try:
            with self._archive.open(self._members[path]) as member:
                while piece := member.read(_CHUNK):
                    yield piece
        except _BROKEN as error:
            msg = f"{path} cannot be read from the zip ({error})"
            raise ArchiveError(msg) from None

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file's bytes."""
        own = hashlib.sha256()
        for piece in self.chunks(path):
            own.update(piece)
        return own.hexdigest()

    def read(self, path: str) -> bytes:
        """The bytes of a file that is no larger than a text is.

        Raises:
            ArchiveError: if it is larger, or the zip is broken there.
        """
        if self.size_of(path) > LARGEST_TEXT:
            msg = f"{path} has {self.size_of(path):,} bytes, which is too large to read"
            raise ArchiveError(msg)
        return b"".join(self.chunks(path))

    def text(self, path: str) -> str:
        """The text of a file in UTF-8.

        Raises:
            ArchiveError: if it is none, or the zip is broken there.
        """
        try:
            return self.read(path).decode()
        except UnicodeDecodeError:
            msg = f"{path} is not a text in UTF-8"
            raise ArchiveError(msg) from None

    def unpack(self, below: str, target: Path) -> None:
        """Write the files below a folder of the archive to a folder of the disk."""
        for path in self.paths:
            if not path.startswith(f"{below}/"):
                continue
            place = target / path.removeprefix(f"{below}/")
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as file:
                for piece in self.chunks(path):
                    file.write(piece)


@contextmanager
def opened(file: Path, shown: str) -> Iterator[Opened]:
    """Open a zip, if that is safe.

    Args:
        file: the zip.
        shown: how messages call it.

    Raises:
        ArchiveError: if it is no zip, is cut short, or is not safe to read; it says
            why.
    """
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError:
        msg = f"there is no file {shown}: give the path of an archive as ARCHIVE="
        raise ArchiveError(msg) from None
    except _BROKEN as error:
        reason = " ".join(str(error).split())
        msg = f"{shown} is no zip, or is cut short ({reason})"
        raise ArchiveError(msg) from None
    with archive:
        members = archive.infolist()
        _raise_if_unsafe(members, file.stat().st_size)
        yield _one_folder(archive, members)


def _raise_if_unsafe(members: Sequence[zipfile.ZipInfo], packed: int) -> None:
    """Look at a zip's table of contents, before anything is read.

    Args:
        members: what it lists.
        packed: the size of the zip.

    Raises:
        ArchiveError: for the first thing that is not safe.
    """
    if len(members) > MOST_FILES:
        msg = f"it lists {len(members):,} files; no more than {MOST_FILES:,} are opened"
        raise ArchiveError(msg)
    seen: dict[str, str] = {}
    for member in members:
        if wrong := _wrong_with(member):
            msg = f"{_printable(member.filename)!r} {wrong}"
            raise ArchiveError(msg)
        name = member.filename.rstrip("/")
        # Some systems tell neither capitals nor ways to write an accent apart.
        alike = unicodedata.normalize("NFC", name).casefold()
        if alike in seen:
            msg = f"{name!r} is there twice, once as {seen[alike]!r}"
            raise ArchiveError(msg)
        seen[alike] = name
    folders = {m.filename.rstrip("/") for m in members if m.filename.endswith("/")}
    for alike, name in seen.items():
        for above in PurePosixPath(alike).parents:
            if str(above) in seen and seen[str(above)] not in folders:
                msg = f"{seen[str(above)]!r} is a file, and the folder of {name!r}"
                raise ArchiveError(msg)
    size = sum(member.file_size for member in members)
    if size > MOST_BYTES:
        msg = f"unpacked it would have {size:,} bytes; no more than {MOST_BYTES:,} are read"
        raise ArchiveError(msg)
    if sum(member.compress_size for member in members) > packed:
        msg = "its files overlap: together they are larger than the zip"
        raise ArchiveError(msg)


def _wrong_with(member: zipfile.ZipInfo) -> str:
    """What is not safe about one file in a zip; "" if nothing is."""
    return _wrong_with_name(member.filename) or _wrong_with_kind(member)


def _wrong_with_name(name: str) -> str:
    parts = name.rstrip("/").split("/")
    if name.startswith("/") or "\\" in name or ":" in name:
        return "is not a path inside the archive"
    if any(part in {"", ".", ".."} for part in parts):
        return "is a path that leads elsewhere"
    if any(ord(character) < 32 or ord(character) == 127 for character in name):
        return "has a character in its name that cannot be printed"
    if any(part != part.rstrip(". ") for part in parts):
        return "has a name that ends with a dot or a space"
    return ""


def _wrong_with_kind(member: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(member.external_attr >> 16)
    expected = stat.S_IFDIR if member.filename.endswith("/") else stat.S_IFREG
    size, packed = member.file_size, member.compress_size
    if kind == stat.S_IFLNK:
        return "is a link"
    if kind not in {0, expected}:
        return "is not an ordinary file"
    if member.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if member.compress_type not in _METHODS:
        return f"is packed by a method ({member.compress_type}) that is not read"
    if size > HIGHEST_RATIO * max(packed, 1):
        return f"would unpack to {size:,} bytes, from {packed:,}"
    return ""


def _one_folder(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> Opened:
    """The one folder that an archive holds.

    Raises:
        ArchiveError: if there are several, or files beside it.
    """
    files = {m.filename: m for m in members if not m.filename.endswith("/")}
    folders = {name.partition("/")[0] for name in files}
    if len(folders) != 1 or any("/" not in name for name in files):
        msg = "it does not hold one folder, as an archive does"
        raise ArchiveError(msg)
    folder = folders.pop()
    inside = {name.removeprefix(f"{folder}/"): m for name, m in files.items()}
    size = sum(member.file_size for member in inside.values())
    return Opened(folder, size, archive, inside)


def _printable(name: str) -> str:
    return name if len(name) <= 200 else f"{name[:200]}..."
