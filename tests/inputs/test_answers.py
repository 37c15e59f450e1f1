"""What an expectation answers; one that does not is run in full."""

import pandas as pd
import pytest

from scrutiny_pack.inputs import arithmetic, expectations
from scrutiny_pack.inputs.check_columns import with_check_columns
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.expectations import check_dataset, suite_names
from scrutiny_pack.inputs.suites import Suite, read_suite

from .small_tables import ROOT, SUITES

DARLINGTON = ROOT / "data" / "darlington" / "2016-07-31"


def darlington(name: str) -> list[tuple[Suite, pd.DataFrame]]:
    """The suites of a dataset, each with the table that it is about."""
    expectations._great_expectations()  # as a run does before anything else
    dataset = load_dataset(DARLINGTON, name, ROOT)
    report = dataset.source.period
    tables = {
        name: with_check_columns(dataset.frame, dataset.schema, report),
        f"{name}-identities": arithmetic.identities(name, dataset.frame),
    }
    return [
        (
            read_suite(
                SUITES, suite, name, expectations._choices(dataset, tables[suite])
            ),
            tables[suite],
        )
        for suite in suite_names(name)
    ]


def as_it_is(table: pd.DataFrame) -> pd.DataFrame:
    return table


def with_other_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Every other number negative, and a fraction."""
    numbers = table.select_dtypes("float64").columns
    changed = table.copy()
    changed.loc[changed.index[::2], numbers] = -0.5 - 2 * changed[numbers]
    return changed


@pytest.mark.parametrize("change", [as_it_is, with_other_numbers, lambda t: t[:0]])
@pytest.mark.parametrize("name", ["caseload-bands", "commitments", "posts"])
def test_an_answer_is_what_great_expectations_finds_when_it_runs_all(name, change):
    """This rests on how Great Expectations holds what it worked out to an expectation."""
    unmet = 0
    for suite, whole in darlington(name):
        table = change(whole)
        found = expectations._in_full(suite, range(len(suite.expectations)), table)
        assert expectations._answers(suite, table) == found
        unmet += sum(not outcome.success for outcome in found.values())
    assert unmet or change is not with_other_numbers or name == "commitments"


def test_what_answers_is_not_run_again(monkeypatch):
    monkeypatch.setattr(expectations, "_in_full", None)
    for name in ("posts", "turnover"):
        assert check_dataset(load_dataset(DARLINGTON, name, ROOT), SUITES).rows


def test_what_does_not_answer_is_run_in_full(monkeypatch):
    dataset = load_dataset(DARLINGTON, "posts", ROOT)
    found = check_dataset(dataset, SUITES)
    assert found.failures
    monkeypatch.setattr(expectations, "_prepared", None)
    assert check_dataset(dataset, SUITES) == found


def test_a_table_is_left_as_it_was():
    ((suite, table), _) = darlington("posts")
    before = table.copy()
    expectations._answers(suite, table)
    pd.testing.assert_frame_equal(table, before)
