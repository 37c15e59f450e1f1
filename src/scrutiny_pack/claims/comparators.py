"""The DfE's figures as the dataset ``comparators`` that claims may rest on."""

from collections.abc import Mapping

import pandas as pd

from scrutiny_pack.dfe.register import Area

NAME = "comparators"
"""What a claim calls the dataset: ``comparators[area=england; ...]``."""


def with_names(figures: pd.DataFrame, areas: Mapping[str, Area]) -> pd.DataFrame:
    """The figures with the columns that a claim may choose rows by.

    Args:
        figures: as ``dfe.comparators.comparators`` gives them, with a column ``area``.
        areas: the areas of the register, by slug.

    Returns:
        The figures with ``name``, ``kind`` (country, region, council and so on) and
        ``region``, the slug of the region, before their own columns.
    """
    found = figures["area"].map(areas)
    return pd.DataFrame(
        {
            "name": [area.name for area in found],
            "kind": [area.kind for area in found],
            "region": [area.region for area in found],
        },
        index=figures.index,
    ).join(figures)
