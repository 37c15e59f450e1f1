"""A worker who is the only one of his kind, and a search for him wherever bytes go."""

import base64
import gzip
import html
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2

from tests.census.returns import employed

RARE = employed(
    1,
    SWENo="EX7777777777",
    PersonBirthDate="1949-12-27",
    Sex="M",
    Ethnicity="CHNE",
    OrgRole="1",
    FTE="0.137931",
    FTE30="0.137931",
    RoleStartDate="1979-11-23",
    Cases30="31",
    WorkingDaysLost="17.5",
    BaseSalary="98765.43",
)
"""The only one over 60, senior manager, Chinese, with 20 years' service and 31 cases."""

TRACES = (
    "EX7777777777",
    "1949-12-27", "27/12/1949", "27 December 1949", "19491227",
    "1979-11-23", "23/11/1979", "23 November 1979",
    "CHNE", "Chinese",
    "0.137931", "0.14", "98765", "98,765",
)  # fmt: skip
"""What would tell of him, in the forms that it could take."""


GENERIC = ("CHNE", "Chinese", "0.14")
"""Those that stand in the project's own lists of codes, or in a drawing, too."""

TEXTS = ("utf-8", "utf-16-le", "utf-16-be")
CHECKSUM = re.compile(rb"\b[0-9a-f]{64}\b")
"""A lock has hundreds: one of them holds any five digits by chance."""


def traces_in(raw: bytes, traces: Iterable[str] = TRACES) -> list[str]:
    """The traces in some bytes, in what is compressed or encoded in them too."""
    wanted = {t: [t.encode(encoding) for encoding in TEXTS] for t in traces}
    found = set()
    for packed in _pieces(raw):
        piece = CHECKSUM.sub(b"", packed)
        found |= {
            trace
            for trace, forms in wanted.items()
            if any(form in piece for form in forms)
        }
    return sorted(found)


def traces_under(folder: Path, traces: Iterable[str] = TRACES) -> dict[str, list[str]]:
    """The traces in every file of a folder, in zips and PDFs too, and in their names."""
    found = {}
    for path in sorted(folder.rglob("*")):
        there = traces_in(path.name.encode(), traces)
        if path.is_file():
            there += traces_in(path.read_bytes(), traces)
        if there:
            found[path.relative_to(folder).as_posix()] = there
    return found


def _pieces(raw: bytes) -> Iterator[bytes]:
    """The bytes, and all that is packed in them, however deep."""
    yield raw
    if zipfile.is_zipfile(BytesIO(raw)):
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            yield archive.comment
            for member in archive.infolist():
                yield member.filename.encode()
                yield member.comment
                yield from _pieces(archive.read(member))
    if raw.startswith(b"\x1f\x8b"):
        yield from _pieces(gzip.decompress(raw))
    if raw.startswith(b"%PDF"):
        yield from _pieces_of_pdf(raw)
    if b"base64," in raw:
        for encoded in re.findall(rb"base64,([A-Za-z0-9+/=\s]{8,})", raw):
            with suppress(ValueError):
                yield from _pieces(base64.b64decode(encoded))
    if b"&#" in raw or b"\\u" in raw:
        text = html.unescape(raw.decode("utf-8", "replace"))
        escapes = re.compile(r"\\u([0-9a-fA-F]{4})")
        yield escapes.sub(lambda found: chr(int(found[1], 16)), text).encode(
            "utf-8", "replace"
        )


def _pieces_of_pdf(raw: bytes) -> Iterator[bytes]:
    """Streams, attachments and strings of a PDF, and its text as a reader sees it."""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.DOTALL):
        with suppress(zlib.error):
            yield from _pieces(zlib.decompress(stream))
    with suppress(pikepdf.PdfError), pikepdf.open(BytesIO(raw)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                with suppress(pikepdf.PdfError):
                    yield from _pieces(thing.read_bytes())
            yield str(repr(thing)).encode("utf-8", "replace")
        for attached in document.attachments.values():
            yield from _pieces(attached.get_file().read_bytes())
    with suppress(pypdfium2.PdfiumError):
        pages = pypdfium2.PdfDocument(raw)
        for page in pages:
            text = page.get_textpage().get_text_bounded()
            yield text.encode("utf-8", "replace")
            yield "".join(text.split()).encode("utf-8", "replace")
        pages.close()
