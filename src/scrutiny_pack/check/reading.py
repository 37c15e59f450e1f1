"""Reading a draft report, whatever kind of file it is."""

from collections.abc import Callable, Mapping
from pathlib import Path

from scrutiny_pack.check.bounds import check_packed, read_bytes
from scrutiny_pack.check.markdown import read_markdown
from scrutiny_pack.check.opendocument import read_opendocument
from scrutiny_pack.check.pdf import read_pdf
from scrutiny_pack.check.report import Report
from scrutiny_pack.check.word import read_word
from scrutiny_pack.errors import ReportError

_PACKED: Mapping[str, Callable[[bytes, str], Report]] = {
    ".docx": read_word,
    ".odt": read_opendocument,
}
_OTHERS: Mapping[str, Callable[[bytes, str], Report]] = {
    ".md": read_markdown,
    ".pdf": read_pdf,
}
KINDS = (*_PACKED, *_OTHERS)
"""The endings of the files that are read."""


def read_report(path: Path) -> Report:
    """Read a draft report.

    Args:
        path: a .docx, .odt, .md or .pdf file; it is only read.

    Raises:
        ReportError: if it cannot be read: missing, of another kind, locked, damaged,
            or larger than a report can be.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        msg = (
            f"{path.name} is not of a kind that is read: save the draft as .docx, .odt, "
            ".md or .pdf"
        )
        raise ReportError(msg)
    content = read_bytes(path)
    if kind in _PACKED:
        check_packed(content, path.name)
        return _PACKED[kind](content, path.name)
    return _OTHERS[kind](content, path.name)
