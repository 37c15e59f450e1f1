"""Obtain a release, see that it is what it says, and pin its bytes under data/dfe/.

A pinned release is two files in ``data/dfe/<release>/``: the CSV file as the Department
published it, and beside it ``<file>.source.yaml``, a source sidecar like those of the
datasets, with the SHA-256 that its bytes are held to from then on.
"""

import hashlib
import os
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

import yaml

from scrutiny_pack.dfe.download import download
from scrutiny_pack.dfe.reading import ReleaseData, read_release
from scrutiny_pack.dfe.releases import Release, evidence_source
from scrutiny_pack.errors import ChangedError, DownloadError, ReleaseError
from scrutiny_pack.yaml_text import load_yaml

LARGEST_TABLE = 50_000_000
"""Bytes. The file of indicators has a hundredth of this."""

_ZIP = b"PK\x03\x04"

FROM_A_FILE = "Taken from the analyst's own file"


@dataclass(frozen=True)
class Pinned:
    """A release that is there, and whose bytes are the ones that were pinned.

    Attributes:
        release: which one it is.
        path: its CSV file.
        sha256: of that file.
        how: where it came from, in words.
    """

    release: Release
    path: Path
    sha256: str
    how: str


def obtain(
    release: Release, folder: Path, file: Path | None = None, *, again: bool = False
) -> Pinned:
    """Have a release: the pinned one, or from a file, or by download.

    Args:
        release: which one.
        folder: the folder of releases, ``data/dfe``.
        file: a zip or a CSV file that the analyst has; None to download it.
        again: download it although it is pinned, to see whether it has changed.

    Returns:
        The release, pinned.

    Raises:
        ReleaseError: if the file is not there, or not the release's table.
        DownloadError: if the download fails; nothing is kept of it.
        ChangedError: if the bytes are other ones than were pinned, or than the
            project knows.
    """
    there = find_pinned(release, folder)
    if there and file is None and not again:
        return there
    if file is not None:
        raw, how = _table_from_file(file, release), FROM_A_FILE
    else:
        raw, url = _downloaded(release)
        how = f"Downloaded from {url}"
    sha256 = hashlib.sha256(raw).hexdigest()
    _check_bytes(sha256, release, folder)
    read_release(raw, release.name, release.file)
    if there:
        return there
    home = folder / release.name
    home.mkdir(parents=True, exist_ok=True)
    write_whole(home / release.file, raw)
    source = evidence_source(release) | {
        "how_read": how,
        "document_sha256": sha256,
        "note": f"Release {release.name}, file {release.file}.",
    }
    sidecar = yaml.safe_dump(source, sort_keys=False, allow_unicode=True, width=100)
    write_whole(_sidecar(release, folder), sidecar.encode())
    return Pinned(release, home / release.file, sha256, how)


def find_pinned(release: Release, folder: Path) -> Pinned | None:
    """The pinned release; None if it has not been obtained.

    Raises:
        ChangedError: if its bytes have changed since it was pinned.
    """
    path = folder / release.name / release.file
    pin = _pin(release, folder)
    if pin is None or not path.is_file():
        return None
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != pin[0]:
        shown = f"data/dfe/{release.name}/{release.file}"
        msg = (
            f"{shown} has changed since it was pinned (pinned {pin[0]}, now {found}): "
            f"delete the folder data/dfe/{release.name}/ and obtain the release again"
        )
        raise ChangedError(msg)
    return Pinned(release, path, *pin)


def load(release: Release, folder: Path) -> ReleaseData:
    """Read a pinned release.

    Raises:
        ReleaseError: if it has not been obtained.
        ChangedError: if its bytes have changed since it was pinned.
    """
    there = find_pinned(release, folder)
    if there is None:
        msg = (
            f"the release {release.name} is not there: run 'make dfe "
            f"RELEASE={release.name}', with FILE= and the path of its zip or CSV file "
            f"if you have it (it is published at {release.page})"
        )
        raise ReleaseError(msg)
    return read_release(there.path.read_bytes(), release.name, release.file)


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        Path(name).chmod(0o644)  # a temporary file is closed to all others
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sidecar(release: Release, folder: Path) -> Path:
    return folder / release.name / f"{Path(release.file).stem}.source.yaml"


def _pin(release: Release, folder: Path) -> tuple[str, str] | None:
    """The hash that a release is held to, and where it came from."""
    path = _sidecar(release, folder)
    if not path.is_file():
        return None
    shown = f"data/dfe/{release.name}/{path.name}"
    try:
        content = load_yaml(path.read_text(encoding="utf-8"))
        return str(content["document_sha256"]), str(content["how_read"])
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError):
        msg = f"{shown} cannot be read; delete the folder and obtain the release again"
        raise ReleaseError(msg) from None


def _check_bytes(sha256: str, release: Release, folder: Path) -> None:
    pin = _pin(release, folder)
    if pin and pin[0] != sha256:
        msg = (
            f"the file has other bytes than the release {release.name} that is pinned "
            f"(pinned {pin[0]}, this one {sha256}). The Department has changed it, or "
            "one of them is damaged. To take the new one, delete "
            f"data/dfe/{release.name}/ and run this again: packs made with the old one "
            "then no longer match"
        )
        raise ChangedError(msg)
    if release.sha256 and release.sha256 != sha256:
        msg = (
            f"the file has other bytes than the release {release.name} that this "
            f"project knows (known {release.sha256}, this one {sha256}). If the "
            "Department has published it anew, see what it says of the change and "
            "correct sha256 in data/reference/dfe-releases.yaml; otherwise the file is "
            "damaged or was saved by another program: take it from the Department again"
        )
        raise ChangedError(msg)


def _downloaded(release: Release) -> tuple[bytes, str]:
    by_hand = (
        f"download the release's zip or its file {release.file} by hand from "
        f"{release.page} and give its path: make dfe RELEASE={release.name} FILE=..."
    )
    if not release.urls:
        msg = f"no lasting address is known for the release {release.name}: {by_hand}"
        raise ReleaseError(msg)
    failed = ""
    for url in release.urls:
        try:
            with download(url) as file:
                return _table(file, release, url), url
        except DownloadError as error:
            failed = failed or str(error)
    msg_0 = f"{failed}. Try again, or {by_hand}"
    raise DownloadError(msg_0)


def _table_from_file(file: Path, release: Release) -> bytes:
    try:
        with file.open("rb") as opened:
            return _table(opened, release, file.name)
    except OSError as error:
        msg = f"FILE={file.name} cannot be opened ({error.strerror}): check its path"
        raise ReleaseError(msg) from None


def _table(file: IO[bytes], release: Release, shown: str) -> bytes:
    """The bytes of the release's table, by itself or in a zip."""
    if not zipfile.is_zipfile(file):
        file.seek(0)
        raw = file.read(LARGEST_TABLE + 1)
        if raw.startswith(_ZIP):
            msg = f"{shown} is a zip that is cut short: obtain it again"
            raise ReleaseError(msg)
    else:
        raw = _member(file, release, shown)
    if len(raw) > LARGEST_TABLE:
        msg = f"{shown} is larger than {LARGEST_TABLE:,} bytes; the table is not"
        raise ReleaseError(msg)
    return raw


def _member(file: IO[bytes], release: Release, shown: str) -> bytes:
    try:
        with zipfile.ZipFile(file) as archive:
            names = sorted(archive.namelist())
            found = [n for n in names if PurePosixPath(n).name == release.file]
            if not found:
                tables = [n for n in names if n.endswith(".csv")]
                msg = (
                    f"{shown} is a zip without {release.file}; it holds "
                    f"{', '.join(tables[:5]) or 'no CSV file'}: it is another release's"
                )
                raise ReleaseError(msg)
            with archive.open(found[0]) as member:
                return member.read(LARGEST_TABLE + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        msg = f"{shown} is a zip that cannot be read ({error}): obtain it again"
        raise ReleaseError(msg) from None
