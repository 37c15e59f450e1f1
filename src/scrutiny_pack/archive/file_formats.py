"""What kind of file a file is: in words, as a media type, and by its PRONOM id.

PRONOM is the register of file formats that The National Archives keep; record offices
go by its ids. Where the ending does not tell the version of a format, none is given.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class FileFormat:
    """A file format.

    Attributes:
        name: in words.
        media_type: as the web calls it.
        pronom: its PRONOM id; "" if it has none.
    """

    name: str
    media_type: str
    pronom: str = ""


_TEXT = FileFormat("plain text, UTF-8", "text/plain", "x-fmt/111")
_YAML = FileFormat("YAML", "application/yaml", "fmt/818")
_JSON = FileFormat("JSON", "application/json", "fmt/817")
_UNKNOWN = FileFormat("not known", "application/octet-stream")

_BY_SUFFIX = {
    ".cff": _YAML,
    ".css": FileFormat("Cascading Style Sheet", "text/css", "x-fmt/224"),
    ".csv": FileFormat("comma separated values, UTF-8", "text/csv", "x-fmt/18"),
    ".docx": FileFormat(
        "Office Open XML document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "fmt/412",
    ),
    ".html": FileFormat("HTML 5", "text/html", "fmt/471"),
    ".ipynb": FileFormat(
        "Jupyter notebook, which is JSON", "application/x-ipynb+json", "fmt/1119"
    ),
    ".json": _JSON,
    ".lock": _TEXT,
    ".md": FileFormat("Markdown, UTF-8", "text/markdown", "fmt/1149"),
    ".otf": FileFormat("OpenType font", "font/otf", "fmt/520"),
    ".ods": FileFormat(
        "OpenDocument spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"
    ),
    ".odt": FileFormat("OpenDocument text", "application/vnd.oasis.opendocument.text"),
    ".png": FileFormat("Portable Network Graphics", "image/png"),
    ".py": FileFormat("Python source text, UTF-8", "text/x-python", "fmt/938"),
    ".svg": FileFormat("Scalable Vector Graphics 1.1", "image/svg+xml", "fmt/92"),
    ".ttf": FileFormat("TrueType font", "font/ttf", "x-fmt/453"),
    ".txt": _TEXT,
    ".whl": FileFormat(
        "Python package, which is a ZIP", "application/zip", "x-fmt/263"
    ),
    ".xlsx": FileFormat(
        "Office Open XML workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "fmt/214",
    ),
    ".xml": FileFormat("XML 1.0", "application/xml", "fmt/101"),
    ".yaml": _YAML,
    ".yml": _YAML,
}
_PLAIN = frozenset((".in", ".j2", ".toml", ".typ", ""))
"""Further files that are plain text, such as Makefile and LICENSE."""

_PDF_A = {
    "1A": "fmt/95",
    "1B": "fmt/354",
    "2A": "fmt/476",
    "2B": "fmt/477",
    "2U": "fmt/478",
    "3A": "fmt/479",
    "3B": "fmt/480",
    "3U": "fmt/481",
}
_PDF = {
    "1.3": "fmt/17",
    "1.4": "fmt/18",
    "1.5": "fmt/19",
    "1.6": "fmt/20",
    "1.7": "fmt/276",
    "2.0": "fmt/1129",
}
_PART = re.compile(rb"pdfaid:part(?:>|=[\"'])\s*(\d)")
_LEVEL = re.compile(rb"pdfaid:conformance(?:>|=[\"'])\s*([ABUabu])")


def file_format(path: str, raw: bytes = b"") -> FileFormat:
    """The format of a file.

    Args:
        path: its path, by whose ending it is known.
        raw: its bytes, in which a PDF says what it is.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".pdf":
        return _pdf(raw)
    return _BY_SUFFIX.get(suffix, _TEXT if suffix in _PLAIN else _UNKNOWN)


def _pdf(raw: bytes) -> FileFormat:
    media_type = "application/pdf"
    part, level = _PART.search(raw), _LEVEL.search(raw)
    if part and level:
        kind = f"{part[1].decode()}{level[1].decode().upper()}"
        name = f"PDF/A-{kind[0]}{kind[1].lower()}"
        return FileFormat(name, media_type, _PDF_A.get(kind, ""))
    version = raw[5:8].decode("ascii", "replace") if raw.startswith(b"%PDF-") else ""
    return FileFormat(f"PDF {version}".strip(), media_type, _PDF.get(version, ""))
