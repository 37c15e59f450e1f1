"""Hold a dataset to its expectation suites, with Great Expectations.

This is the only module that imports it, and only when there is something to check:
the import takes seconds. Its results have random ids and times; only our own
frozen [`Failure`][scrutiny_pack.inputs.receipt.Failure] leaves this module.
"""

import logging
import os
import sys
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import shorten
from types import ModuleType
from typing import Any

import pandas as pd

from scrutiny_pack.errors import SuiteError
from scrutiny_pack.inputs import arithmetic
from scrutiny_pack.inputs.check_columns import about, with_check_columns
from scrutiny_pack.inputs.datasets import Dataset
from scrutiny_pack.inputs.printed_figures import ALL_BANDS, as_text
from scrutiny_pack.inputs.receipt import DatasetCheck, Failure
from scrutiny_pack.inputs.suites import Expectation, Suite, read_suite
from scrutiny_pack.inputs.wording import (
    LONGEST_SHOWN,
    basis_in_words,
    did_you_mean,
    joined,
    measure_in_words,
)
from scrutiny_pack.periods import Period

_MOST_ROWS = 5  # how many rows a sentence tells of
_LONGEST_REASON = 300  # characters of what Great Expectations has to say


def suite_names(dataset: str) -> tuple[str, ...]:
    """The suites that a dataset is held to."""
    if dataset in arithmetic.IDENTITIES_OF:
        return dataset, f"{dataset}-identities"
    return (dataset,)


def check_dataset(dataset: Dataset, suites_folder: Path) -> DatasetCheck:
    """Hold a dataset to its suite, and its figures to their arithmetic.

    Args:
        dataset: what to check.
        suites_folder: where ``<dataset>.json`` stands and, for a dataset with
            arithmetic, ``<dataset>-identities.json``.

    Raises:
        SuiteError: if a suite is missing or wrong in itself, or could not be run
            in full.
    """
    report = dataset.source.period
    frame = with_check_columns(dataset.frame, dataset.schema, report)
    notes = list(dataset.notes)
    if "days_after_report" in frame and report is None:
        notes.append(
            "The report's own date is not stated, so that no date could be checked "
            "against it."
        )
    failures: list[Failure] = []
    run = 0
    for name in suite_names(dataset.name):
        worked_out = name != dataset.name
        if worked_out:
            frame = arithmetic.identities(dataset.name, dataset.frame)
        choices = _choices(dataset, frame)
        suite = read_suite(suites_folder, name, dataset.name, choices)
        outcomes = _run(suite, frame)
        run += len(outcomes)
        describe = _identity_failures if worked_out else _column_failures
        for outcome in outcomes:
            failures.extend(describe(outcome, dataset, frame))
    return DatasetCheck(
        dataset=dataset.name,
        file=dataset.file,
        sha256=dataset.sha256,
        rows=len(dataset.frame),
        expectations=run,
        notes=tuple(notes),
        failures=tuple(failures),
    )


def _choices(dataset: Dataset, frame: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The words that each column of a table takes; nothing where it takes any."""
    of_schema = {column.name: column.choices for column in dataset.schema.columns}
    identities = arithmetic.IDENTITIES_OF.get(dataset.name, ())
    own = {"identity": identities, "dataset": (dataset.name,)}
    return {name: (own | of_schema).get(name, ()) for name in frame.columns}


# --- Great Expectations -----------------------------------------------------------


@dataclass(frozen=True)
class _Outcome:
    """What became of one expectation.

    Attributes:
        expectation: the rule.
        success: whether it is met.
        rows: the index of the rows that do not meet it.
        observed: what was found instead, where it is about the table as a whole.
    """

    expectation: Expectation
    success: bool
    rows: tuple[int, ...]
    observed: str


def _great_expectations() -> ModuleType:
    """The library, without what it does to its surroundings."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # versions before 1.8 sent telemetry
    if "great_expectations" not in sys.modules:
        import great_expectations  # noqa: PLC0415 - takes seconds, often not needed

        logging.captureWarnings(capture=False)  # it turns this on for all the process
        return great_expectations
    return sys.modules["great_expectations"]


def _run(suite: Suite, frame: pd.DataFrame) -> list[_Outcome]:
    """Run a suite on a table, and see that all of it was run.

    Great Expectations is not trusted to run all that it is given: its suites drop an
    expectation that they do not know. It is asked first only whether each one is met,
    and then, of those that are not, which rows: that is several times the work, and
    most expectations are met.
    """
    gx = _great_expectations()
    _check_one_by_one(gx, suite)
    validator = _validator(frame.copy())
    results = _results(suite, range(len(suite.expectations)), validator, "BOOLEAN_ONLY")
    if set(results) != set(range(len(suite.expectations))):
        msg = (
            f"{suite.file}: {len(suite.expectations)} expectations were given and "
            f"{len(results)} were run; see that each is one that Great Expectations has"
        )
        raise SuiteError(msg)
    unmet = [position for position, result in results.items() if not result.success]
    if unmet:
        results |= _results(suite, unmet, validator, "COMPLETE")
    return [
        _outcome(expectation, results[position], _place(suite, position), frame)
        for position, expectation in enumerate(suite.expectations)
    ]


def _results(
    suite: Suite, positions: Iterable[int], validator: Any, detail: str
) -> dict[int, Any]:
    """What Great Expectations finds, by the position of the expectation.

    Results come in an order of their own.
    """
    from great_expectations.expectations.expectation_configuration import (  # noqa: PLC0415
        ExpectationConfiguration,
    )

    found = validator.graph_validate(
        [
            ExpectationConfiguration(**_configuration(suite.expectations[at], at))
            for at in positions
        ],
        {"result_format": {"result_format": detail}},
    )
    return {result.expectation_config.meta["position"]: result for result in found}


def _validator(frame: pd.DataFrame) -> Any:
    """What holds a table to expectations.

    The usual way, by a batch of a data source, hashes the table and makes the batch anew
    whenever it is asked: that takes as long as the checks themselves.
    """
    from great_expectations.execution_engine import PandasExecutionEngine  # noqa: PLC0415
    from great_expectations.validator.validator import Validator  # noqa: PLC0415

    engine = PandasExecutionEngine(batch_data_dict={"table": frame})
    return Validator(engine, data_context=_context())


@cache
def _context() -> Any:
    """The settings of Great Expectations: nothing is kept, and no progress is shown."""
    context = _great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    return context


def _place(suite: Suite, position: int) -> str:
    name = suite.expectations[position].type
    return f"{suite.file}, expectation {position + 1} ({name})"


def _configuration(expectation: Expectation, position: int) -> dict[str, Any]:
    return {
        "type": expectation.type,
        "kwargs": dict(expectation.kwargs),
        "severity": expectation.severity,
        "meta": {"position": position},
    }


def _check_one_by_one(gx: ModuleType, suite: Suite) -> None:
    """See that each expectation can be made, and say which cannot."""
    from great_expectations.expectations.registry import (  # noqa: PLC0415
        list_registered_expectation_implementations,
    )

    known = list_registered_expectation_implementations()
    for position, expectation in enumerate(suite.expectations):
        where = _place(suite, position)
        if expectation.type not in known:
            msg = f"{where}: there is no such expectation."
            raise SuiteError(msg + did_you_mean(expectation.type, known))
        one = [_configuration(expectation, position)]
        try:
            gx.ExpectationSuite(name=suite.name, expectations=one)
        except Exception as error:  # noqa: BLE001 - of whatever class it raises
            reason = shorten(str(error), _LONGEST_REASON)
            msg = f"{where}: its kwargs are wrong: {reason}"
            raise SuiteError(msg) from None


def _outcome(
    expectation: Expectation, result: Any, where: str, frame: pd.DataFrame
) -> _Outcome:
    if reason := _exception(result.exception_info):
        msg = f"{where}: it could not be evaluated: {shorten(reason, _LONGEST_REASON)}"
        raise SuiteError(msg)
    found = result.result.get("unexpected_index_list") or []
    observed = result.result.get("observed_value")
    rows = {entry[frame.index.name] for entry in found}
    return _Outcome(
        expectation=expectation,
        success=bool(result.success),
        rows=tuple(int(row) for row in sorted(rows)),
        observed="" if observed is None else str(observed),
    )


def _exception(info: Mapping[str, Any]) -> str:
    """Why an expectation could not be evaluated, or nothing if it could.

    The information stands by itself, or by the names of the metrics that failed.
    """
    entries = [info] if "raised_exception" in info else list(info.values())
    messages = {
        str(entry["exception_message"])
        for entry in entries
        if entry["raised_exception"]
    }
    return "; ".join(sorted(messages))


# --- Failures in words ------------------------------------------------------------


def _column_failures(
    outcome: _Outcome, dataset: Dataset, frame: pd.DataFrame
) -> Iterator[Failure]:
    """One failure for an expectation that the dataset's rows do not meet."""
    if outcome.success:
        return
    kwargs = outcome.expectation.kwargs
    columns = [
        about(kwargs[key], dataset.schema)
        for key in ("column", "column_A", "column_B")
        if key in kwargs
    ]
    rows = frame.to_dict("index")
    values = tuple(
        joined([_cell(rows[line], column) for column in columns])
        for line in outcome.rows
    )
    told = [
        f"line {line} ({_row(rows[line], dataset)}) has {value}"
        for line, value in zip(outcome.rows, values, strict=True)
    ]
    if len(told) > _MOST_ROWS:
        told[_MOST_ROWS:] = [f"{len(told) - _MOST_ROWS:,} more lines are like this"]
    if not told:
        told = [f"the table has {outcome.observed}"]
    yield _failure(
        outcome,
        dataset,
        lines=outcome.rows,
        column=joined(columns),
        values=values or (outcome.observed,),
        sentence=f"{outcome.expectation.rule}, but {joined(told)}.",
    )


def _identity_failures(
    outcome: _Outcome, dataset: Dataset, frame: pd.DataFrame
) -> Iterator[Failure]:
    """One failure for each printed figure that its own table contradicts."""
    identities = frame.to_dict("index")
    for position in outcome.rows:
        identity = identities[position]
        yield _failure(
            outcome,
            dataset,
            lines=(identity["line"],),
            column="value",
            values=(as_text(identity["stated"], 0),),
            sentence=f"{identity['in_words']}: a difference of "
            f"{identity['by_how_much']}.",
        )


def _failure(
    outcome: _Outcome,
    dataset: Dataset,
    *,
    lines: tuple[int, ...],
    column: str,
    values: tuple[str, ...],
    sentence: str,
) -> Failure:
    return Failure(
        severity=outcome.expectation.severity,
        dataset=dataset.name,
        file=dataset.file,
        rule=outcome.expectation.rule,
        remedy=outcome.expectation.remedy,
        lines=lines,
        column=column,
        values=values,
        sentence=sentence,
    )


def _cell(row: Mapping[Hashable, Any], column: str) -> str:
    """What stands in a cell, as text; for a figure without a value, its range."""
    cell = row[column]
    if column == "value" and pd.isna(cell):
        low, high = row["low"], row["high"]
        if pd.isna(low) or pd.isna(high):
            return f"up to {as_text(high, 0)}" if pd.isna(low) else as_text(low, 0)
        return f"{as_text(low, 0)} to {as_text(high, 0)}"
    if isinstance(cell, str):
        return _shortened(cell) or "an empty cell"
    return "an empty cell" if pd.isna(cell) else as_text(float(cell), 0)


def _row(row: Mapping[Hashable, Any], dataset: Dataset) -> str:
    """Which row it is, in words, by the columns of the key."""
    words = []
    for column in dataset.schema.keys:
        word = str(row[column])
        if column == "measure":
            word = measure_in_words(word)
        elif column == "basis":
            word = basis_in_words(word)
        elif dataset.schema.column(column).type == "period" and word:
            word = Period.parse(word).in_words
        elif column == "band" and word == ALL_BANDS:
            word = ""
        words.append(_shortened(word))
    return ", ".join(word for word in words if word)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
