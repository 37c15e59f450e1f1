"""What is met is asked of a table once; what is not is run in full."""

import pandas as pd
import pytest

from scrutiny_pack.inputs import arithmetic, expectations
from scrutiny_pack.inputs.check_columns import with_check_columns
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.expectations import check_dataset, suite_names
from scrutiny_pack.inputs.receipt import DatasetCheck
from scrutiny_pack.inputs.suites import Suite, read_suite

from .small_tables import ROOT, SUITES

DARLINGTON = ROOT / "data" / "darlington" / "2016-07-31"


def darlington(name: str) -> list[tuple[Suite, pd.DataFrame]]:
    """The suites of a dataset, each with the table that it is about."""
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


def turnover_checked() -> DatasetCheck:
    return check_dataset(load_dataset(DARLINGTON, "turnover", ROOT), SUITES)


def as_it_is(table: pd.DataFrame) -> pd.DataFrame:
    return table


def with_other_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Every other number negative, and a fraction."""
    numbers = table.select_dtypes("float64").columns
    changed = table.copy()
    changed.loc[changed.index[::2], numbers] = -0.5 - 2 * changed[numbers]
    return changed


@pytest.mark.parametrize("change", [as_it_is, with_other_numbers, lambda t: t[:0]])
@pytest.mark.parametrize("name", ["caseload-bands", "evidence-taken", "posts"])
def test_what_is_met_is_what_great_expectations_finds_when_run_in_full(name, change):
    """This rests on how Great Expectations holds metrics to an expectation."""
    unmet = 0
    for suite, whole in darlington(name):
        table = change(whole)
        positions = range(len(suite.expectations))
        results = expectations._results(suite, positions, table)
        met = {at for at, result in results.items() if result.success}
        assert expectations._met(suite, table) == met
        unmet += len(positions) - len(met)
    assert unmet or change is not with_other_numbers or name == "evidence-taken"


def test_what_is_met_is_not_run_again(monkeypatch):
    monkeypatch.setattr(expectations, "_results", None)
    assert turnover_checked().failures == ()


def test_what_does_not_answer_is_run_in_full(monkeypatch):
    monkeypatch.setattr(expectations, "_met", lambda *_given: set())
    found = turnover_checked()
    assert found.failures == ()
    assert found.expectations == len(darlington("turnover")[0][0].expectations)
