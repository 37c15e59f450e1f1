"""All the files of a pack."""

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from scrutiny_pack.aside import aside
from scrutiny_pack.errors import NotebookError
from scrutiny_pack.formats import csvw
from scrutiny_pack.formats.registry import writing
from scrutiny_pack.publish.citation_file import CITATION_FILE, citation_file
from scrutiny_pack.publish.collect import (
    Record,
    Remark,
    Remarks,
    collect_files,
    collect_records,
    collect_remarks,
)
from scrutiny_pack.publish.context import PackContext, PackSummary
from scrutiny_pack.publish.contract import contract
from scrutiny_pack.publish.format_files import format_files
from scrutiny_pack.publish.index import index_html
from scrutiny_pack.publish.lint import lint_pack
from scrutiny_pack.publish.manifest import MANIFEST, write_manifest
from scrutiny_pack.publish.notebook_pages import NotebookPublisher
from scrutiny_pack.publish.numbering import numbered
from scrutiny_pack.publish.references import resolved
from scrutiny_pack.publish.standing import with_standing
from scrutiny_pack.shelf.changes import CHANGES, Change, changes_csv


def publish_pack(run: Path, target: Path, context: PackContext) -> PackSummary:
    """Write the files of a pack.

    Args:
        run: the folder of a run, with the executed notebooks and what they recorded.
        target: an empty folder; nothing is written elsewhere.
        context: what the pack is of, and what the run found out.

    Raises:
        NotebookError: if two notebooks made the same item or file, a file has a name
            of the pack's own, prose cites an item that no sidecar lists, or a page is
            not fit to be published (see `lint`).
    """
    records = numbered(collect_records(run, context.ran), context)
    items = {record.item.slug: record.item for record in records}
    known = {slug for sidecar in context.sidecars for slug in sidecar.items}

    def resolve(markdown: str, page: str) -> str:
        return resolved(markdown, items, known, page)

    remarks = _resolved(collect_remarks(run, context.ran), resolve)
    for record in records:
        _write_item(target, record)
    data = {record.item.data: record.data.encode() for record in records}
    evidence, context = with_standing(
        contract(list(items.values()), remarks, context), context, data
    )
    replaces = evidence["pack"]["replaces"]
    _write_json(target / "evidence.json", evidence)
    _write(target / CITATION_FILE, citation_file(target / "evidence.json"))
    _describe(target, records, evidence["pack"])
    # The packs of a set are published side by side as it is.
    with aside(writing(target, context.formats), at_once=not context.of_set):
        NotebookPublisher(context, records, resolve).publish(run, target)
    formats = format_files(target, context.formats)
    files = collect_files(run, context.ran)
    page = index_html(
        list(items.values()), remarks, context, formats, list(files), replaces
    )
    _write(target / "index.html", page)
    _write(target / "validation.json", context.receipt.to_json())
    if replaces:
        changes = [Change(**change) for change in replaces["changes"]]
        _write(target / CHANGES, changes_csv(changes))
    _write_files(target, files)
    write_manifest(target)
    if problems := lint_pack(target, "../index.html" if context.of_set else ""):
        msg = f"the pages are not fit to be published: {'; '.join(problems)}"
        raise NotebookError(msg)
    kinds = [item.kind for item in items.values()]
    return PackSummary(
        tables=kinds.count("table"),
        charts=kinds.count("chart"),
        key_figures=kinds.count("key_figure"),
        warnings=len(context.receipt.failures("warning")),
    )


def _resolved(remarks: Remarks, resolve: Callable[[str, str], str]) -> Remarks:
    def links(found: tuple[Remark, ...]) -> tuple[Remark, ...]:
        return tuple(Remark(r.notebook, resolve(r.text, "")) for r in found)

    return Remarks(
        changes=links(remarks.changes),
        questions=links(remarks.questions),
        absences=links(remarks.absences),
    )


def _write_item(target: Path, record: Record) -> None:
    data = target / record.item.data
    data.parent.mkdir(exist_ok=True)
    data.write_text(record.data, encoding="utf-8", newline="\n")
    if record.picture:
        _write(target / record.item.picture, _with_words(record))


def _describe(target: Path, records: Sequence[Record], pack: Mapping[str, Any]) -> None:
    """Say beside each data file what it holds."""
    for record in records:
        described = csvw.metadata(
            record.item,
            record.data,
            pack_title=pack["title"],
            rights=pack["licence"]["data"],
        )
        _write_json(target / f"{record.item.data}{csvw.SUFFIX}", described)


def _write_files(target: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        if name == MANIFEST or (target / name).exists():
            msg = (
                f"a notebook makes {name}, which is a name of the pack's own; rename it"
            )
            raise NotebookError(msg)
        _write(target / name, text)


def _with_words(record: Record) -> str:
    """A chart's picture with its title and its words, for whoever takes the file."""
    root, rest = record.picture.split(">", 1)
    title, words = escape(record.item.title), escape(record.item.alt)
    return f'{root} role="img">\n<title>{title}</title>\n<desc>{words}</desc>{rest}'


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    _write(path, json.dumps(content, ensure_ascii=False, indent=1))


def _write(path: Path, text: str) -> None:
    path.write_text(f"{text.rstrip()}\n", encoding="utf-8", newline="\n")
