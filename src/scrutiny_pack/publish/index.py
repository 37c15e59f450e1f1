"""The contents page of a pack."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from markupsafe import Markup

import scrutiny_pack
from scrutiny_pack.evidence.items import Item
from scrutiny_pack.evidence.show import headline_parts
from scrutiny_pack.inputs.receipt import Failure
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.inputs.wording import counted, joined, lines_in_words
from scrutiny_pack.observations import STATUS_WORDS
from scrutiny_pack.periods import Period
from scrutiny_pack.publish.collect import Remark, Remarks
from scrutiny_pack.publish.context import PackContext
from scrutiny_pack.publish.contract import LICENCE
from scrutiny_pack.publish.format_files import FormatFile
from scrutiny_pack.publish.layout import page_frame, page_template
from scrutiny_pack.publish.prose import line_html
from scrutiny_pack.publish.references import address
from scrutiny_pack.shelf.identity import SHORT
from scrutiny_pack.sidecars import Sidecar

_MOST = 8
"""So many key figures stand on the first screen."""


def index_html(
    items: Sequence[Item],
    remarks: Remarks,
    context: PackContext,
    formats: Sequence[FormatFile] = (),
    files: Collection[str] = (),
    replaces: Mapping[str, Any] | None = None,
) -> str:
    """The contents page.

    Args:
        items: the published items, in reading order.
        remarks: what stands on the page, citations of items resolved.
        context: what the pack is of.
        formats: the files that formats beside the pages add to the pack.
        files: the names of the further files that notebooks recorded.
        replaces: what evidence.json says of the pack that this one replaces; None if
            it replaces none.
    """
    last = {s.name for s in context.sidecars if s.about == "the evidence"}
    key_figures = [item for item in items if item.kind == "key_figure"]
    page = page_frame(context, up="") | {
        "title": "Contents",
        "council": context.council,
        "pack_id": context.id,
        "command": context.command,
        "of_set": context.of_set,
        "key_figures": [
            _entry(item)
            for item in for_the_first_screen(
                [item for item in key_figures if item.notebook not in last]
            )
        ],
        "reliance": [_entry(item) for item in key_figures if item.notebook in last],
        "changes": _first_and_rest(remarks.changes, last),
        "to_ask": _first_and_rest(remarks.questions, last),
        "absences": _first_and_rest(remarks.absences, last),
        "unanswered": _unanswered(context),
        "questions": [
            {
                "sidecar": sidecar,
                "entries": [_entry(i) for i in items if i.notebook == sidecar.name],
            }
            for sidecar in context.sidecars_run
        ],
        "checked": _checked(context),
        "checks": _checks(context),
        "warnings": _warnings(context),
        "notes": _notes(context),
        "documents": _documents(context),
        "formats": formats,
        "files": [
            (name, words)
            for sidecar in context.sidecars_run
            for name, words in sidecar.files.items()
            if name in files
        ],
        "standing": context.standing,
        "evidence": context.evidence,
        "replaces": replaces and _replaces(replaces),
        "symbols": STATUS_WORDS,
        "licence": LICENCE,
        "version": scrutiny_pack.__version__,
    }
    return f"{page_template('index.html.j2').render(page=page).rstrip()}\n"


def _entry(item: Item) -> dict[str, Any]:
    return {
        "item": item,
        "address": address(item, ""),
        "headline": headline_parts(item),
    }


def for_the_first_screen(key_figures: Sequence[Item]) -> list[Item]:
    """The key figures for who has a minute, in reading order.

    Each question has its first one there before any has its second, and so on. One
    that two questions answer with, word for word, is there once.
    """
    of_question: Counter[str] = Counter()
    ranked = []
    seen = set()
    for place, item in enumerate(key_figures):
        said = (item.headline, item.base, item.definitions, item.basis)
        if said in seen:
            continue
        seen.add(said)
        ranked.append((of_question[item.notebook], place))
        of_question[item.notebook] += 1
    return [
        key_figures[place] for place in sorted(p for _, p in sorted(ranked)[:_MOST])
    ]


def _first_and_rest(
    remarks: Sequence[Remark], last: Collection[str]
) -> tuple[list[Markup], list[Markup]]:
    """The first remark of each notebook, for the first screen, and all the others.

    Those of the notebooks named in ``last`` come after those of the others.
    """
    ordered = sorted(remarks, key=lambda remark: remark.notebook in last)
    first: dict[str, Remark] = {}
    for remark in ordered:
        first.setdefault(remark.notebook, remark)
    rest = [remark for remark in ordered if remark is not first[remark.notebook]]
    return [line_html(r.text) for r in first.values()], [
        line_html(r.text) for r in rest
    ]


def _unanswered(context: PackContext) -> list[dict[str, str]]:
    """The questions without evidence, each with why, and what would answer it."""
    sidecars = {sidecar.name: sidecar for sidecar in context.sidecars}
    return [
        {
            "question": sidecars[name].question,
            "reason": reason,
            "would_answer": _would_answer(sidecars[name]),
        }
        for name, reason in context.not_run
    ]


def _would_answer(sidecar: Sidecar) -> str:
    """What would answer a question, as a sentence; sidecars may say so themselves."""
    words = sidecar.without_evidence.removeprefix("What would answer it:").strip()
    return f"What would answer it: {words[:1].lower()}{words[1:]}"


def _replaces(replaces: Mapping[str, Any]) -> dict[str, Any]:
    """What this pack replaces, with its dates and numbers in words."""
    return {
        **replaces,
        "short": replaces["evidence"][:SHORT],
        "on": Period.parse(replaces["corrected_on"]).in_words,
        "counted": counted(len(replaces["changes"]), "change"),
    }


def _checked(context: PackContext) -> str:
    """What was checked, as a sentence."""
    receipt = context.receipt
    if not receipt.datasets:
        return "The council's own datasets are no part of this pack."
    warnings = len(receipt.failures("warning"))
    found = f"{counted(warnings, 'warning')}" if warnings else "no warning"
    return (
        f"{counted(len(receipt.datasets), 'dataset')} with {counted(receipt.rows, 'row')} "
        f"{'was' if len(receipt.datasets) == 1 else 'were'} checked against "
        f"{counted(receipt.expectations, 'expectation')}, with {found}."
    )


def _checks(context: PackContext) -> list[dict[str, Any]]:
    return [
        {
            "title": dataset_schema(check.dataset).title,
            "check": check,
            "warnings": sum(f.severity == "warning" for f in check.failures),
        }
        for check in context.receipt.datasets
    ]


def _warnings(context: PackContext) -> list[dict[str, Any]]:
    """The warnings, dataset by dataset, each as a sentence with its place."""
    return [
        {
            "title": dataset_schema(check.dataset).title,
            "file": check.file,
            "sentences": [
                _warning(f) for f in check.failures if f.severity == "warning"
            ],
        }
        for check in context.receipt.datasets
        if any(f.severity == "warning" for f in check.failures)
    ]


def _notes(context: PackContext) -> list[str]:
    """What was put right in reading or could not be checked, and in which files."""
    files: dict[str, list[str]] = {}
    for check in context.receipt.datasets:
        for note in check.notes:
            files.setdefault(note, []).append(f"{check.dataset}.csv")
    return [
        f"{note} ({'all files' if len(named) == len(context.receipt.datasets) else joined(named)})"
        for note, named in files.items()
    ]


def _warning(failure: Failure) -> str:
    where = f" ({lines_in_words(failure.lines)})" if failure.lines else ""
    return f"{failure.sentence.rstrip('.')}{where}."


def _documents(context: PackContext) -> list[dict[str, Any]]:
    """The documents that the figures were read from, each once."""
    found: dict[str, dict[str, Any]] = {}
    for name, source in sorted(context.sources.items()):
        document = found.setdefault(
            source.document_sha256 + source.title, {"source": source, "datasets": []}
        )
        document["datasets"].append(name)
    return list(found.values())
