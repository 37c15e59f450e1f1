"""evidence.json: what the other formats and the checks read."""

from collections.abc import Sequence
from typing import Any

import scrutiny_pack
from scrutiny_pack.evidence.items import Item
from scrutiny_pack.publish.collect import Remarks
from scrutiny_pack.publish.context import PackContext
from scrutiny_pack.publish.numbering import pack_citation, pack_title, short_citation

FORMAT = "1"
"""The version of this contract, described in docs/evidence.schema.json."""

LICENCE = {
    "software": "MIT",
    "data": (
        "Figures from councils' documents are facts quoted from the published "
        "documents named beside them. Statistics of the Department for Education are "
        "used under the Open Government Licence v3.0."
    ),
}
"""On what terms a pack may be used."""


def contract(
    items: Sequence[Item], remarks: Remarks, context: PackContext
) -> dict[str, Any]:
    """What evidence.json says.

    Args:
        items: the published items, in reading order.
        remarks: what stands on the contents page, citations of items resolved.
        context: what the pack is of.

    Returns:
        ``{"pack": {...}, "items": [...]}``, to be completed by `with_standing` and
        written as JSON. It names no software but this project's, no time and no machine.
    """
    council = context.council
    return {
        "pack": {
            "format": FORMAT,
            "id": context.id,
            "title": pack_title(context),
            "council": council.slug,
            "authority": council.name,
            "region": council.region,
            "ons_code": council.ons_code,
            "dfe_code": council.dfe_code,
            "period": str(context.period),
            "period_in_words": context.period.in_words,
            "citation": pack_citation(context),
            "standing": None,  # what the two are is known when all else is: with_standing
            "replaces": None,
            "questions": _questions(items, context),
            "remarks": {
                "changes": _sentences(remarks.changes),
                "questions": _sentences(remarks.questions),
                "absences": _sentences(remarks.absences),
            },
            "inputs": _inputs(context),
            "validation": {
                "rows": context.receipt.rows,
                "expectations": context.receipt.expectations,
                "warnings": [f.sentence for f in context.receipt.failures("warning")],
            },
            "software": {"name": "scrutiny-pack", "version": scrutiny_pack.__version__},
            "licence": LICENCE,
        },
        "items": [
            item.model_dump(mode="json")
            | {"citation_short": short_citation(item, context)}
            for item in items
        ],
    }


def _questions(items: Sequence[Item], context: PackContext) -> list[dict[str, Any]]:
    reasons = dict(context.not_run)
    questions = []
    for sidecar in context.sidecars:
        answered = sidecar.name in context.ran
        questions.append(
            {
                "notebook": sidecar.name,
                "title": sidecar.title,
                "question": sidecar.question,
                "about": sidecar.about,
                "answered": answered,
                "page": f"notebooks/{sidecar.name}.html" if answered else "",
                "items": [i.slug for i in items if i.notebook == sidecar.name],
                "reason": "" if answered else reasons[sidecar.name],
                "would_answer": "" if answered else sidecar.without_evidence,
            }
        )
    return questions


def _sentences(remarks: Sequence[Any]) -> list[dict[str, str]]:
    return [{"notebook": remark.notebook, "text": remark.text} for remark in remarks]


def _inputs(context: PackContext) -> list[dict[str, Any]]:
    inputs = []
    for check in context.receipt.datasets:
        source = context.sources[check.dataset]
        inputs.append(
            {
                "dataset": check.dataset,
                "file": check.file,
                "sha256": check.sha256,
                "rows": check.rows,
                "expectations": check.expectations,
                "title": source.title,
                "body": source.body,
                "date": source.date,
                "document_sha256": source.document_sha256,
                "licence": source.licence,
            }
        )
    return inputs
