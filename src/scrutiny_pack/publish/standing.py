"""What a pack says of its standing: which evidence it holds, checked or not, and why."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from scrutiny_pack.publish.context import PackContext
from scrutiny_pack.shelf.changes import changes_since
from scrutiny_pack.shelf.identity import evidence_checksum


def with_standing(
    evidence: Mapping[str, Any], context: PackContext, data: Mapping[str, bytes]
) -> tuple[dict[str, Any], PackContext]:
    """Complete evidence.json with what depends on all the rest of it.

    Whether a check still holds, and what changed since the pack that is replaced, can
    be said only when all items are known.

    Args:
        evidence: what evidence.json says otherwise (`contract`).
        context: what the pack is of.
        data: the items' data files, by their paths in the pack.

    Returns:
        The whole of evidence.json, and the context with the evidence checksum, so that
        pages say the same.
    """
    checksum = evidence_checksum(evidence)
    correction = context.correction
    if correction and correction.replaces == checksum:
        correction = None  # it is declared, and nothing has been corrected yet
    context = replace(context, evidence=checksum, correction=correction)
    about = dict(evidence["pack"])
    about["standing"] = standing(context)
    about["replaces"] = None
    if correction:
        about["replaces"] = {
            "evidence": correction.replaces,
            "corrected_on": correction.corrected_on,
            "corrected_by": correction.corrected_by,
            "why": correction.why,
            "changes": [
                asdict(change) for change in changes_since(correction, evidence, data)
            ],
        }
    return {**evidence, "pack": about}, context


def standing(context: PackContext) -> dict[str, Any]:
    """What evidence.json says of whether the pack is a draft."""
    return {
        "is_draft": context.is_draft,
        "words": context.standing,
        "checked_by": context.checked_by,
        "checked_on": context.checked_on,
        "evidence": context.evidence,
    }
