"""Which formats there are beside the pages, and what writes each of them.

Nothing here needs more than the standard library, because an unchanged pack has to
answer at once: what a format is written with is imported when it is written.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrutiny_pack.formats.content import Content

    Writer = Callable[[Content, Path], None]


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        writer: the module that writes it and its function, as ``module:function``.
            The function takes a [`Content`][scrutiny_pack.formats.content.Content]
            and the pack's folder, to which it adds its files.
        file: the path in the pack of the file that it makes; with a ``*``, as in
            ``tables/*.csv-metadata.json``, where it makes several.
        title: what a reader calls the file, such as ``PDF``.
        words: what it is for, as the contents page says.
        in_sets: whether the packs of a set are made as it, if nobody says otherwise.
    """

    writer: str
    file: str
    title: str
    words: str
    in_sets: bool = False


WRITERS: Mapping[str, Format] = {
    "pdf": Format(
        writer="scrutiny_pack.formats.pdf:write_pdf",
        file="annex.pdf",
        title="PDF",
        words="all tables, charts and key figures as one document that never changes, "
        "to print or to annex to a report, with the data files attached inside",
    ),
    "docx": Format(
        writer="scrutiny_pack.formats.word:write_docx",
        file="annex.docx",
        title="Word",
        words="all items in one document, to lift tables and charts from",
    ),
    "xlsx": Format(
        writer="scrutiny_pack.formats.spreadsheet:write_spreadsheet",
        file="evidence.xlsx",
        title="Spreadsheet",
        words="every table and the data of every chart, a worksheet each, for Excel "
        "and LibreOffice",
    ),
}
"""Every format by the name that ``FORMATS=`` knows it by, in the order of writing."""

ALWAYS_MADE = ("html", "csv", "csvw", "json")
"""Pages, data files with their descriptions, and evidence.json: every pack has them, whatever is asked for."""


def usual_formats(*, in_a_set: bool = False) -> tuple[str, ...]:
    """The formats that a pack is made as, if nobody says otherwise.

    Args:
        in_a_set: whether the pack is one of a set, of which there are many.
    """
    return tuple(name for name, own in WRITERS.items() if own.in_sets or not in_a_set)


def in_order(formats: Collection[str]) -> tuple[str, ...]:
    """Names of formats in the order of [`WRITERS`][], each once."""
    return tuple(name for name in WRITERS if name in formats)


def writing(pack: Path, formats: Collection[str]) -> list[Callable[[], None]]:
    """What adds the files of each of some formats to a pack, ready to be called.

    The pack is read here, once for all of them.

    Args:
        pack: a pack's folder with evidence.json and all that it names.
        formats: names out of [`WRITERS`][]; the calls are in that mapping's order.
    """
    wanted = in_order(formats)
    if not wanted:
        return []
    from scrutiny_pack.formats.content import read_content  # noqa: PLC0415 - pandas

    content = read_content(pack)
    return [partial(_writer(WRITERS[name]), content, pack) for name in wanted]


def write_formats(pack: Path, formats: Collection[str]) -> None:
    """Add the files of some formats to a pack, as `writing` has them, one by one."""
    for write in writing(pack, formats):
        write()


def _writer(own: Format) -> "Writer":
    module, _, function = own.writer.partition(":")
    write: Writer = getattr(import_module(module), function)
    return write
