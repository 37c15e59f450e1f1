"""Reading a PDF: lines made into paragraphs again, as far as a layout lets them.

A PDF holds letters at places on pages. Lines are joined into paragraphs, words broken
at the end of a line are made whole, what stands at the top or foot of most pages is
left out, and a line with wide gaps is the row of a table.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from scrutiny_pack.check.report import Note, Passage, Report, Style, Table
from scrutiny_pack.errors import ReportError

MOST_PAGES = 500
MOST_LETTERS = 3_000_000

_GAP = 1.5  # a space wider than so many letters' height ends a cell
_MADE_GAP = 0.6  # and so does a lesser one, if there is no letter for it in the file
_SMALL = 0.55  # a digit lower than this part of its line's height is the mark of a note
_LARGE = 1.12  # a line larger than so many times the text is a heading
_LEADING = 1.35  # lines further apart than so many times the usual are paragraphs
_USUAL_STEP = 1.45  # how many times their height lines are apart, at most, if not told
_FEW_LINES = 8
_EDGE = 3  # lines at the top and at the foot of a page that may be repeated
_PASSWORD = 4  # what pdfium calls a file that needs one
_SOFT = "\u00ad\u0002\ufffe"
_SCALED = 2.0
_NUMBER_OF_ITEM = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d+)*|[a-z]|[ivx]+)[.)]?|[\u2022\u25cf\u25aa\uf0b7\u2013-]"
)
_BEGINS_ITEM = re.compile(
    r"\s*(?:[\u2022\u25cf\u25aa\uf0b7\u2013-]\s|\(?\d{1,3}(?:\.\d+)*[.)]?\s+[A-Z]|\(?[a-z]\)\s)"
)
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)


@dataclass(frozen=True)
class _Letter:
    """One letter: where it stands, how high its font is, and how high its own ink."""

    text: str
    left: float
    right: float
    bottom: float
    height: float
    ink: float


@dataclass
class _Line:
    """One line: its cells, its place on the page, and the marks of notes in it."""

    cells: list[str]
    bottom: float
    size: float
    marks: list[tuple[int, str]] = field(default_factory=list)
    is_note: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.cells)


def read_pdf(content: bytes, name: str) -> Report:
    """A PDF as a report.

    Args:
        content: the file's bytes.
        name: the file's name.

    Raises:
        ReportError: if it is damaged, locked, too long, or has no text in it.
    """
    import pypdfium2  # noqa: PLC0415 - only this format needs it

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = (
            getattr(error, "err_code", None) == _PASSWORD
            or "password" in str(error).lower()
        )
        what = (
            "is encrypted: save a copy without a password, and check that"
            if locked
            else "is damaged, or no PDF: make it anew"
        )
        msg = f"{name} {what}"
        raise ReportError(msg) from None
    try:
        pages = _pages(document, name)
    finally:
        document.close()
    if not any(pages):
        msg = f"{name} has no text, only pictures of it: check the document that it was made from"
        raise ReportError(msg)
    return Report(name, tuple(_parts(_without_repeated(pages))))


def _pages(document: Any, name: str) -> list[list[_Line]]:
    if len(document) > MOST_PAGES:
        msg = f"{name} has {len(document):,} pages; {MOST_PAGES} are read at most: check a part of it"
        raise ReportError(msg)
    pages: list[list[_Line]] = []
    letters = 0
    for page in document:
        text = page.get_textpage()
        letters += text.count_chars()
        if letters > MOST_LETTERS:
            msg = f"{name} has more than {MOST_LETTERS:,} letters: check a part of it"
            raise ReportError(msg)
        pages.append(list(_lines(text)))
        text.close()
        page.close()
    return pages


def _lines(page: Any) -> Iterator[_Line]:
    from pypdfium2 import raw  # noqa: PLC0415

    line: list[_Letter] = []
    for at in range(page.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(page.raw, at))
        if letter in "\r\n":
            yield from _line_of(line)
            line = []
            continue
        left, bottom, right, top = page.get_charbox(at, loose=True)
        size = raw.FPDFText_GetFontSize(page.raw, at)
        if size < _SCALED:  # the page is scaled, not the font
            size = top - bottom
        ink = top - bottom
        if letter.isdigit():
            _, low, _, high = page.get_charbox(at, loose=False)
            ink = high - low
        line.append(_Letter(letter, left, right, bottom, size, ink))
    yield from _line_of(line)


def _line_of(letters: Sequence[_Letter]) -> Iterator[_Line]:
    inked = [each for each in letters if each.text.strip()]
    if not inked:
        return
    sizes = Counter(round(each.height, 1) for each in inked)
    size = max(sizes, key=lambda s: (sizes[s], s))
    line = _Line([""], inked[0].bottom, size)
    before: float | None = None
    mark, made = "", False
    for letter in letters:
        if letter.text.isdigit() and letter.ink < _SMALL * size:
            mark += letter.text
            before = letter.right
            continue
        if mark:
            _marked(line, mark)
            mark = ""
        if letter.text.strip():
            gap = 0.0 if before is None else (letter.left - before) / size
            if gap > (_MADE_GAP if made else _GAP):
                line.cells[-1] = line.cells[-1].rstrip()
                line.cells.append("")
            before, made = letter.right, False
            line.cells[-1] += letter.text
        else:
            made = letter.right - letter.left < 0.01 * size
            if not made:
                before = letter.right if before is None else before
            if line.cells[-1] and not line.cells[-1].endswith(" "):
                line.cells[-1] += " "
    if mark:
        _marked(line, mark)
    line.cells[-1] = line.cells[-1].rstrip()
    yield line


def _marked(line: _Line, mark: str) -> None:
    if line.text.strip():
        line.marks.append((len(line.text), mark))
    else:
        line.is_note = mark


def _without_repeated(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without what stands at the top or foot of most of them."""
    seen: Counter[str] = Counter()
    for lines in pages:
        edges = {_alike(line) for line in [*lines[:_EDGE], *lines[-_EDGE:]]}
        seen.update(edges)
    often = {
        text for text, count in seen.items() if count >= 2 and 2 * count > len(pages)
    }
    kept = []
    for lines in pages:
        last = len(lines) - 1
        kept.append(
            [
                line
                for at, line in enumerate(lines)
                if not (
                    (at < _EDGE or at > last - _EDGE)
                    and (
                        _alike(line) in often
                        or (
                            at in {0, last}
                            and _PAGE_NUMBER.fullmatch(line.text.strip())
                        )
                    )
                )
            ]
        )
    return kept


def _alike(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.text.strip())


@dataclass
class _Open:
    """A paragraph that may go on in the next line."""

    text: str
    style: Style
    place: str
    marks: list[tuple[int, str]]
    last: _Line


def _parts(pages: list[list[_Line]]) -> Iterator[Passage | Table]:
    usual = _usual_size(pages)
    for number, lines in enumerate(pages, start=1):
        place = f"page {number}"
        first_note = next(
            (at for at, line in enumerate(lines) if line.is_note and line.size < usual),
            len(lines),
        )
        notes = _notes(lines[first_note:])
        yield from _of_page(lines[:first_note], notes, place, usual)


def _usual_size(pages: list[list[_Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def _notes(lines: list[_Line]) -> dict[str, str]:
    found: dict[str, str] = {}
    number = ""
    for line in lines:
        number = line.is_note or number
        found[number] = _joined(found.get(number, ""), line.text)[0]
    return found


def _usual_step(lines: list[_Line], usual: float) -> float:
    """How far one line of a paragraph stands below the other; nought if it is not told."""
    steps = [
        a.bottom - b.bottom
        for a, b in itertools.pairwise(lines)
        if 0 < a.bottom - b.bottom < 3 * usual
    ]
    step = sorted(steps)[len(steps) // 4] if steps else 0.0
    if len(steps) < _FEW_LINES:  # perhaps each is a paragraph of its own
        step = min(step, _USUAL_STEP * usual)
    return step


def _of_page(
    lines: list[_Line], notes: dict[str, str], place: str, usual: float
) -> Iterator[Passage | Table]:
    step = _usual_step(lines, usual)
    rows: list[tuple[str, ...]] = []
    now: _Open | None = None
    for line, is_row in zip(lines, _rows(lines), strict=True):
        if is_row:
            if now:
                yield _closed(now, notes)
                now = None
            rows.append(tuple(line.cells))
            continue
        if rows:
            yield Table(tuple(rows), place)
            rows = []
        if now and _goes_on(now, line, step):
            start = len(now.text)
            now.text, start = _joined(now.text, line.text)
            now.marks += [(start + at, mark) for at, mark in line.marks]
            now.last = line
            continue
        if now:
            yield _closed(now, notes)
        style: Style = "heading" if line.size > _LARGE * usual else "body"
        if style == "body" and _BEGINS_ITEM.match(line.text):
            style = "item"
        now = _Open(line.text, style, place, list(line.marks), line)
    if now:
        yield _closed(now, notes)
    if rows:
        yield Table(tuple(rows), place)


def _rows(lines: list[_Line]) -> list[bool]:
    """Whether each line is the row of a table: it has cells, and so has one beside it."""
    cells = [
        len(line.cells) > 1
        and not (len(line.cells) == 2 and _NUMBER_OF_ITEM.fullmatch(line.cells[0]))
        for line in lines
    ]
    beside = zip([False, *cells], [*cells[1:], False], strict=False)
    return [
        one and (above or below)
        for one, (above, below) in zip(cells, beside, strict=False)
    ]


def _goes_on(now: _Open, line: _Line, step: float) -> bool:
    apart = now.last.bottom - line.bottom
    alike = abs(line.size - now.last.size) < 0.1 * line.size
    near = 0 < apart <= _LEADING * step if step else True
    return alike and near and not _BEGINS_ITEM.match(line.text)


def _joined(text: str, line: str) -> tuple[str, int]:
    """A paragraph with one more line, and where the line begins in it."""
    if not text:
        return line, 0
    if text[-1] in _SOFT:
        text = text[:-1]
        return text + line, len(text)
    if text.endswith("-") and re.match(r"[a-z0-9]", line):
        word = text.split()[-1]
        if not re.search(r"[/\[\d]", word):  # an id, a slug and a range keep theirs
            text = text[:-1]
        return text + line, len(text)
    if text.endswith("/"):
        return text + line, len(text)
    return f"{text} {line}", len(text) + 1


def _closed(now: _Open, notes: dict[str, str]) -> Passage:
    kept = tuple(Note(at, notes[mark]) for at, mark in now.marks if mark in notes)
    return Passage(
        now.text.translate({ord(c): None for c in _SOFT}), now.style, now.place, kept
    )
