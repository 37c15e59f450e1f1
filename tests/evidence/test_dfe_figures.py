"""Figures that others published, and averages of them, as evidence."""

import pandas as pd
import pytest

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence.describe import sources_of
from scrutiny_pack.evidence.items import SourceUsed
from scrutiny_pack.evidence.rules import check_figures
from scrutiny_pack.evidence.sources import paragraph_words
from scrutiny_pack.observations import long_form


def rate(**columns: object) -> pd.DataFrame:
    row = {
        "measure": "turnover_rate_dfe",
        "basis": "fte",
        "value": 15.4,
        "dataset": "dfe-2025",
        "paragraph": "column turnover_rate_fte",
    }
    return long_form(pd.DataFrame([row | columns]))


def test_a_rate_made_here_needs_its_base():
    with pytest.raises(EvidenceError, match="no numerator"):
        check_figures("turnover", rate())


@pytest.mark.parametrize(
    "columns", [{"as_published": "15.4"}, {"kind": "mean"}, {"kind": "median"}]
)
def test_a_published_rate_and_an_average_of_such_need_none_of_ours(columns):
    check_figures("turnover", rate(**columns))


def test_a_release_is_a_source_with_its_file_and_checksum():
    release = SourceUsed(
        title="Workforce 2025",
        body="Department for Education",
        date="not stated",
        paragraphs=(),
        files={"csww.csv": "ab" * 32},
    )
    [source] = sources_of(rate(), {}, {"dfe-2025": release})
    assert source == release.model_copy(
        update={"paragraphs": ("column turnover_rate_fte",)}
    )


def test_columns_are_listed_as_columns():
    words = paragraph_words(["column a", "column b", "column c"])
    assert words == "columns a, b and c"


def test_low_stands_in_the_place_of_a_number():
    """The DfE prints "low" where a figure rounds to nought and is not nought."""
    low = rate(value=float("nan"), as_published="low", status="k")
    check_figures("turnover", low)
