"""A worker who is the only one of his kind, and a search for him wherever bytes go."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

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


def traces_in(raw: bytes) -> list[str]:
    """The traces in some bytes, in what is compressed in them too."""
    found = set()
    for piece in _pieces(raw):
        found |= {
            trace
            for trace in TRACES
            for encoding in ("utf-8", "utf-16-le")
            if trace.encode(encoding) in piece
        }
    return sorted(found)


def traces_under(folder: Path) -> dict[str, list[str]]:
    """The traces in every file of a folder, in zips and PDFs too, and in their names."""
    found = {}
    for path in sorted(folder.rglob("*")):
        traces = traces_in(path.name.encode())
        if path.is_file():
            traces += traces_in(path.read_bytes())
        if traces:
            found[path.relative_to(folder).as_posix()] = traces
    return found


def _pieces(raw: bytes) -> Iterator[bytes]:
    yield raw
    if zipfile.is_zipfile(BytesIO(raw)):
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from _pieces(archive.read(name))
    if raw.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.DOTALL):
            try:
                yield zlib.decompress(stream)
            except zlib.error:
                continue
