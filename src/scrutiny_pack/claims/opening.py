"""What a council's claims are held against beside its own datasets."""

from collections.abc import Mapping

import pandas as pd

from scrutiny_pack.claims.comparators import NAME, with_names
from scrutiny_pack.dfe.opening import published_figures
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace


def reference_datasets(
    workspace: Workspace, council: str, period: Period, release: str | None
) -> Mapping[str, pd.DataFrame]:
    """The DfE's figures, as the dataset that claims call ``comparators``.

    Args:
        workspace: where the reference data and the obtained releases are.
        council: the council's slug.
        period: the pack's.
        release: the release that the pack's parameters pin.

    Returns:
        The datasets by name; none where no release is named, or the DfE's figures do
        not go back so far or have not been obtained.

    Raises:
        ReleaseError: if there is no such release.
        ChangedError: if its bytes have changed since it was pinned.
    """
    if not release:
        return {}
    found = published_figures(
        council,
        period,
        release,
        reference=workspace.reference,
        folder=workspace.releases,
    )
    if found is None:
        return {}
    figures, register, own = found
    return {NAME: with_names(figures, register.areas, own)}
