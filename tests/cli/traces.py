"""Traces of the machine that made a file, found in the file and in what it packs."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_OF_A_KERNEL = re.compile(
    rb"ipykernel_\d+|kernel-[0-9a-f]{8}-[0-9a-f]{4}-|JPY_PARENT_PID|connection_file"
)


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and all that is packed in it, each with where it is.

    Workbooks, documents and archives are zips; what a PDF holds is in its streams.
    """
    yield name, content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                yield f"{name}: {entry.filename}, date", _date_of(entry)
                inner = archive.read(entry)
                yield from unpacked(f"{name}: {entry.filename}", inner)
    elif content.startswith(b"%PDF"):
        for number, packed in enumerate(_STREAM.findall(content)):
            try:
                stream = zlib.decompressobj().decompress(packed)
            except zlib.error:  # not deflated, and so read already
                continue
            yield f"{name}: stream {number}", stream


def traces_in(
    files: Mapping[str, bytes], needles: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Where a file tells of the machine, and of what.

    Args:
        files: bytes by name.
        needles: what must not be in them, by what it is.
    """
    wanted = [
        (what, needle.encode(encoding))
        for what, needle in needles.items()
        for encoding in ("utf-8", "utf-16-be")  # as the text of a PDF may be
        if needle
    ]
    found = []
    for name, content in files.items():
        for place, raw in unpacked(name, content):
            found += [(place, what) for what, needle in wanted if needle in raw]
            if match := _OF_A_KERNEL.search(raw):
                found.append((place, f"a kernel: {match[0].decode()}"))
    return found


def today() -> dict[str, str]:
    """Today's date in the forms that files have; evidence is never of today."""
    now = datetime.now(UTC)
    return {
        "today": f"{now:%Y-%m-%d}",
        "today, as PDF has it": f"{now:%Y%m%d}",
        "today in words": f"{now.day} {now:%B %Y}",
    }


def _date_of(entry: zipfile.ZipInfo) -> bytes:
    year, month, day, *_ = entry.date_time
    return f"{year:04}-{month:02}-{day:02}".encode()
