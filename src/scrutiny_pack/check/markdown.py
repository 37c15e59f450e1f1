"""Reading Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scrutiny_pack.check.report import Note, Passage, Report, Style, Table, placed
from scrutiny_pack.errors import ReportError

_LEFT_OUT = {"strikethrough", "block_code", "block_html", "inline_html", "image"}


def read_markdown(content: bytes, name: str) -> Report:
    """A Markdown file as a report.

    Text that is struck through is taken as deleted; code is not read. A link to an
    item, as in ``[Table 3](#vacancies-by-team)``, cites it by its slug.

    Args:
        content: the file's bytes, UTF-8.
        name: the file's name.

    Raises:
        ReportError: if it is not text.
    """
    import mistune  # noqa: PLC0415 - only this format needs it

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        msg = f"{name} is not text in UTF-8: save it as UTF-8, and check that"
        raise ReportError(msg) from None
    if "\0" in text:
        msg = f"{name} is not text: it holds nought bytes"
        raise ReportError(msg)
    read = mistune.create_markdown(
        renderer=None, plugins=["table", "footnotes", "strikethrough"]
    )
    try:
        tokens = read(text)
    except RecursionError:
        msg = f"{name} has quotations or lists within one another too deep to be read"
        raise ReportError(msg) from None
    if isinstance(tokens, str):
        tokens = []
    notes = {
        str(note["attrs"]["key"]).lower(): " ".join(
            part.text
            for part in _parts(note["children"], {}, "body")
            if isinstance(part, Passage)
        )
        for token in tokens
        if token["type"] == "footnotes"
        for note in token["children"]
    }
    return Report(name, placed(list(_parts(tokens, notes, "body"))))


def _parts(
    tokens: Sequence[Mapping[str, Any]], notes: Mapping[str, str], style: Style
) -> Iterator[Passage | Table]:
    for token in tokens:
        kind = token["type"]
        if kind in _LEFT_OUT or kind == "footnotes":
            continue
        if kind in {"paragraph", "block_text", "heading"}:
            text, found = _text(token.get("children", ()), notes)
            yield Passage(text, "heading" if kind == "heading" else style, "", found)
        elif kind == "table":
            yield Table(tuple(_rows(token["children"], notes)))
        elif "children" in token:
            yield from _parts(
                token["children"], notes, "item" if kind == "list" else style
            )


def _rows(
    tokens: Sequence[Mapping[str, Any]], notes: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    for token in tokens:
        cells = token["children"]
        if cells and cells[0]["type"] == "table_row":
            yield from _rows(cells, notes)
        else:
            yield tuple(_text(cell.get("children", ()), notes)[0] for cell in cells)


def _text(
    tokens: Sequence[Mapping[str, Any]], notes: Mapping[str, str]
) -> tuple[str, tuple[Note, ...]]:
    pieces: list[str] = []
    found: list[Note] = []

    def add(children: Sequence[Mapping[str, Any]]) -> None:
        for token in children:
            kind = token["type"]
            if kind in {"softbreak", "linebreak"}:
                pieces.append(" ")
            elif kind == "footnote_ref":
                found.append(
                    Note(len("".join(pieces)), notes.get(token["raw"].lower(), ""))
                )
            elif kind in _LEFT_OUT:
                continue
            elif "children" in token:
                add(token["children"])
                url = str(token.get("attrs", {}).get("url", ""))
                if kind == "link" and url.startswith("#"):
                    pieces.append(f" [{url[1:]}]")
            else:
                pieces.append(token.get("raw", ""))

    add(tokens)
    return "".join(pieces), tuple(found)
