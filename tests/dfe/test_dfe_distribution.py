"""Places from the embedded distribution are those that the release's file gives."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from scrutiny_pack.dfe.comparators import BEFORE_THE_SERIES, as_evidence, tidy
from scrutiny_pack.dfe.comparison import place_among, place_of
from scrutiny_pack.dfe.distribution import COLUMNS, distribution, of_release
from scrutiny_pack.dfe.reading import ReleaseData
from scrutiny_pack.dfe.register import Register, read_table
from scrutiny_pack.dfe.releases import Release

NOW = ("turnover_rate_dfe", "fte", "2025-09-30")


def test_the_embedded_file_is_what_the_releases_give(
    reference: Path, register: Register, real_release: Callable[[str], ReleaseData]
) -> None:
    made = pd.concat(
        [
            of_release(tidy(real_release(name), register), register)
            for name in (*BEFORE_THE_SERIES, "2025")
        ],
        ignore_index=True,
    )
    embedded = read_table(reference, "distribution", COLUMNS)
    pd.testing.assert_frame_equal(made, embedded, check_dtype=False)


def test_a_place_is_the_same_from_both(
    reference: Path,
    register: Register,
    releases: dict[str, Release],
    real_release: Callable[[str], ReleaseData],
    tmp_path: Path,
) -> None:
    everybody = as_evidence(tidy(real_release("2025"), register), register)
    values = distribution(
        releases["2025"],
        reference=reference,
        folder=tmp_path,
        register=register,
        releases=releases,
    ).of(*NOW)
    assert list(values) == sorted(values)
    measure, basis, as_at = NOW
    here = everybody["measure"].eq(measure) & everybody["basis"].eq(basis)
    rows = everybody[here & everybody["as_at"].eq(as_at)].set_index("area", drop=False)
    for area in ("darlington", "leeds", "kent"):
        whole = place_among(everybody, area, *NOW)
        pd.testing.assert_frame_equal(place_of(rows.loc[area].to_dict(), values), whole)


def test_whole_numbers_move_by_whole_numbers() -> None:
    row = {
        "measure": "turnover_rate_dfe", "release": "2015", "value": 19.0,
        "numerator": 13.6, "denominator": 71.8,
    }  # fmt: skip
    place = place_of(row, np.array([17.0, 18.0, 18.0, 19.0, 20.0, 21.0])).iloc[0]
    assert (place["value"], place["low"], place["high"]) == (4, 2, 4)
