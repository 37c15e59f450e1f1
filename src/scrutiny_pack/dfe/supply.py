"""Whether a pack can compare, and with which of the DfE's releases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scrutiny_pack.dfe.comparators import BEFORE_THE_SERIES
from scrutiny_pack.dfe.opening import why_not_compared
from scrutiny_pack.dfe.releases import find_release, read_releases
from scrutiny_pack.dfe.sources import document_of
from scrutiny_pack.inputs.sources import Source
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace

RELEASE = "dfe_release"
"""The parameter that pins the release."""

_FIRST_OF_SERIES = 2017


@dataclass(frozen=True)
class Supply:
    """What there is to compare with.

    Attributes:
        why_not: why nothing can be compared, as a sentence; "" if it can be.
        documents: the releases whose figures a pack shows, by what rows call them.
    """

    why_not: str
    documents: dict[str, Source] = field(default_factory=dict)


def compared_documents(
    workspace: Workspace, council: str, period: Period, parameters: Mapping[str, Any]
) -> Supply:
    """Whether a council can be compared, and with which releases.

    Args:
        workspace: where the reference data and the obtained releases are.
        council: the council's slug.
        period: the pack's.
        parameters: the pack's; without a pinned release nothing is compared.

    Raises:
        ReleaseError: if there is no such release.
        ChangedError: if its bytes have changed since it was pinned.
    """
    release = parameters.get(RELEASE)
    if not release:
        return Supply("The pack's parameters name no release of the DfE's statistics.")
    why_not = why_not_compared(
        council,
        period,
        release,
        parameters.get("comparison_groups") or [],
        reference=workspace.reference,
        folder=workspace.releases,
    )
    if why_not:
        return Supply(why_not)
    releases = read_releases(workspace.reference)
    # The census after the period is shown too, marked as later.
    last = period.end.year + (period.end.isoformat()[5:] >= "09-30")
    names = [name for name in BEFORE_THE_SERIES if int(name) <= last]
    if last >= _FIRST_OF_SERIES:
        names.append(release)
    found = [find_release(releases, name) for name in names]
    return Supply("", {r.dataset: document_of(r, workspace.releases) for r in found})
