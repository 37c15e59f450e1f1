"""What changed between two releases, whatever codes and names each one gives."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from scrutiny_pack.dfe.reading import ReleaseData, read_release
from scrutiny_pack.dfe.register import Register
from scrutiny_pack.dfe.revisions import COLUMNS, read_revisions, revisions
from tests.dfe.dfe_examples import (
    DARLINGTON,
    FIGURES,
    KINGSTON_AND_RICHMOND,
    OUTER_LONDON,
    headline,
)
from tests.dfe.dfe_examples import indicators as file_of


def test_2024_against_2025(
    real_release: Callable[[str], ReleaseData], register: Register
) -> None:
    found = revisions(real_release("2024"), real_release("2025"), register)
    assert found.compared == 28_600
    assert len(found.changed) == 19
    assert found.areas_only_in_older == ()
    assert len(found.areas_only_in_newer) == 163  # all of them the rows of 2025
    assert all(name.endswith("2025-09-30") for name in found.areas_only_in_newer)
    assert found.figures_only_in_older == found.figures_only_in_newer == ()
    by_key = found.changed.set_index(["area", "as_at", "measure", "basis"])
    england = by_key.loc[("england", "2024-09-30", "turnover_rate_dfe", "fte")]
    assert (england["value_before"], england["value"]) == (13.8, 13.9)
    region = by_key.loc[("north-east", "2024-09-30", "turnover_rate_dfe", "fte")]
    assert (region["value_before"], region["value"]) == (12.6, 14)
    sunderland = by_key.loc[("sunderland", "2024-09-30", "turnover_rate_dfe", "fte")]
    assert (sunderland["published_before"], sunderland["as_published"]) == ("0.9", "u")
    absence = by_key.loc[("england", "2023-09-30", "absence_rate_dfe", "fte")]
    assert (absence["value_before"], absence["value"]) == (3.2, 3.3)


def test_the_changes_that_the_project_keeps_are_those_of_the_files(
    real_release: Callable[[str], ReleaseData], register: Register, reference: Path
) -> None:
    found = revisions(real_release("2024"), real_release("2025"), register).changed
    kept = read_revisions(reference, "2025")
    assert set(kept["older"]) == {"2024"}
    pd.testing.assert_frame_equal(kept[list(COLUMNS)], found, check_dtype=False)
    assert read_revisions(reference, "2024").empty


@pytest.mark.parametrize(
    ("before", "after", "is_revision"),
    [
        ("16", "16.0", False),
        ("16", "16.1", True),
        ("0", "low", True),
        ("x", "u", True),
        (":", "x", False),
        ("u", "0", True),
        ("x", "x", False),
    ],
)
def test_a_revision_is_another_number_or_another_letter(
    before: str, after: str, is_revision: bool, register: Register
) -> None:
    one, other = (
        read_release(file_of(DARLINGTON | {"absence_rate_fte": cell}), "2025", "a.csv")
        for cell in (before, after)
    )
    assert len(revisions(one, other, register).changed) == is_revision


def test_a_joint_return_is_compared_whatever_its_code(register: Register) -> None:
    kingston = OUTER_LONDON | {"old_la_code": "314", "la_name": "Kingston upon Thames"}
    richmond = OUTER_LONDON | {"old_la_code": "318", "la_name": "Richmond upon Thames"}
    nothing = dict.fromkeys(("social_worker_fte", "leaver_fte"), "z")
    old = read_release(
        headline(kingston | {"social_worker_fte": "125.4"}, richmond | nothing),
        "2022",
        "a.csv",
    )
    new = read_release(
        file_of(
            KINGSTON_AND_RICHMOND | {"inpost_fte": "125.5"},
            year="2022",
        ),
        "2022",
        "a.csv",
    )
    found = revisions(old, new, register)
    assert found.changed["area"].tolist() == ["kingston-and-richmond"]
    assert found.changed["value"].tolist() == [125.5]
    assert found.areas_only_in_older == ("richmond-upon-thames, 2022-09-30",)
    assert found.figures_only_in_newer == (
        "starters_dfe, fte",
        "starters_dfe, headcount",
    )


def test_a_row_that_only_one_has_is_no_revision(register: Register) -> None:
    one = read_release(file_of(DARLINGTON | FIGURES, year="2024"), "2024", "a.csv")
    other = read_release(file_of(DARLINGTON | FIGURES), "2025", "a.csv")
    found = revisions(one, other, register)
    assert (found.compared, len(found.changed)) == (0, 0)
    assert found.areas_only_in_newer == ("darlington, 2025-09-30",)
