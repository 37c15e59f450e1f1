"""A copy of a Word draft with the findings as comments at their places."""

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from scrutiny_pack.check.findings import Checked, Finding, headline
from scrutiny_pack.check.matching import HOLDING
from scrutiny_pack.check.word import blocks, open_document, read_paragraph

AUTHOR = "Scrutiny evidence pack"
INITIALS = "SEP"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def commented(content: bytes, checked: Checked) -> bytes:
    """A copy of the draft with comments: the summary first, then each finding.

    What holds has no comment. The copy has the same bytes each time: no comment has a
    date.

    Args:
        content: the draft's bytes, which stay as they are.
        checked: what was found of it.
    """
    from docx.text.run import Run  # noqa: PLC0415 - half a second, for Word only

    document = open_document(content, checked.report.name)
    elements = list(blocks(document))
    told = [finding for finding in checked.findings if finding.verdict not in HOLDING]
    first = next((e for e in elements if e.tag == f"{_W}p" and _runs(e)), None)
    placed: list[tuple[Any, str]] = []
    # From the last to the first: a run that is divided changes what follows it.
    for finding in sorted(told, key=lambda f: (f.part, f.at), reverse=True):
        run = _run_of(elements[finding.part], finding)
        if run is not None:
            placed.append(
                (run, f"{finding.text}: {finding.verdict.value}. {finding.said}")
            )
    if first is not None:
        summary = " ".join([headline(checked), *checked.notices])
        placed.append((_runs(first)[0], summary))
    for run, text in reversed(placed):
        runs = Run(run, document)
        comment = document.add_comment(runs, text, AUTHOR, INITIALS)
        comment._comment_elm.attrib.pop(f"{_W}date", None)  # noqa: SLF001 - no clock
    out = io.BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


def _runs(element: Any) -> list[Any]:
    """The runs that stand in a paragraph itself, where a comment may begin and end."""
    return [run for run in element.findall(f"{_W}r") if run.find(f"{_W}t") is not None]


def _run_of(element: Any, finding: Finding) -> Any | None:
    """The run that a comment is about, divided so that it holds the figure alone."""
    if element.tag == f"{_W}tbl":
        return _run_of_cell(element, finding)
    letters = read_paragraph(element).letters
    start, end = finding.at
    if start == end:  # a note: the letter before its mark
        start = max(start - 1, 0)
    held = [letter.run for letter in letters[start : max(end, start + 1)]]
    run = held[0] if held else None
    if run is None or run.getparent() is not element:
        runs = _runs(element)
        return runs[-1] if runs else None
    if all(each is run for each in held) and end > start and _is_plain(run):
        before = sum(letter.run is run for letter in letters[:start])
        return _divided(run, before, before + end - start)
    return run


def _run_of_cell(table: Any, finding: Finding) -> Any | None:
    row, column = finding.at
    for at, cells in enumerate(_cells(table)):
        if at == row and column < len(cells):
            for paragraph in cells[column].iter(f"{_W}p"):
                runs = _runs(paragraph)
                if runs:
                    return runs[0]
    return None


def _cells(table: Any) -> Iterator[list[Any]]:
    for row in table.findall(f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells: list[Any] = []
        for cell in row.findall(f"{_W}tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            cells += [cell] * (int(span.get(f"{_W}val")) if span is not None else 1)
        yield cells


def _is_plain(run: Any) -> bool:
    """Whether a run holds its looks and one text, and so can be divided."""
    children = [child.tag for child in run if child.tag != f"{_W}rPr"]
    return children == [f"{_W}t"]


def _divided(run: Any, start: int, end: int) -> Any:
    """Divide a run in up to three; the one with the letters from start to end."""
    text = run.find(f"{_W}t").text or ""
    parts = [text[:start], text[start:end], text[end:]]
    made = []
    for part in parts:
        copy = deepcopy(run)
        copy.find(f"{_W}t").text = part
        copy.find(f"{_W}t").set(_SPACE, "preserve")
        made.append(copy)
    for part, copy in zip(parts, made, strict=True):
        if part:
            run.addprevious(copy)
    run.getparent().remove(run)
    return made[1]


def _without_clock(content: bytes) -> bytes:
    """The packed file with its parts stored in order, and no time on them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, _EPOCH)
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(member), zipfile.ZIP_STORED)
    return out.getvalue()
