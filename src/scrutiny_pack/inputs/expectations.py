"""Hold a dataset to its expectation suites, with Great Expectations.

This is the only module that imports it, and only when there is something to check:
the import takes seconds. Its results have random ids and times; only our own
frozen [`Failure`][scrutiny_pack.inputs.receipt.Failure] leaves this module.
"""

import json
import logging
import os
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import shorten
from types import ModuleType
from typing import Any

import pandas as pd

from scrutiny_pack.errors import SuiteError
from scrutiny_pack.inputs import arithmetic
from scrutiny_pack.inputs.check_columns import with_check_columns
from scrutiny_pack.inputs.datasets import Dataset
from scrutiny_pack.inputs.failures import Outcome, column_failures, identity_failures
from scrutiny_pack.inputs.imported_later import imported_later
from scrutiny_pack.inputs.receipt import DatasetCheck, Failure
from scrutiny_pack.inputs.suites import Expectation, Suite, columns_of, read_suite
from scrutiny_pack.inputs.wording import did_you_mean

_SELDOM_USED = ("altair", "scipy.stats")  # what it imports for what no suite has
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
        describe = identity_failures if worked_out else column_failures
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

_YES_OR_NO = "BOOLEAN_ONLY"
_EVERY_ROW = "COMPLETE"


@dataclass(frozen=True)
class _Prepared:
    """An expectation with what it asks of a table, whichever table that is.

    Attributes:
        expectation: the expectation, as Great Expectations has it.
        settings: how much it tells.
        asks: what it must know of the rows, by the names that it uses itself.
        edges: what must be worked out for that, and from what.
    """

    expectation: Any
    settings: Mapping[str, Any]
    asks: Mapping[str, Any]
    edges: tuple[Any, ...]

    def result(self, engine: Any, worked_out: Mapping[Any, Any]) -> Any:
        """What it finds in the rows that an engine has loaded."""
        return self.expectation._validate(  # noqa: SLF001 - tests/inputs/test_answers.py
            metrics={name: worked_out[metric.id] for name, metric in self.asks.items()},
            runtime_configuration=dict(self.settings),
            execution_engine=engine,
        )


def _great_expectations() -> ModuleType:
    """The library, without what it does to its surroundings."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # versions before 1.8 sent telemetry
    if "great_expectations" not in sys.modules:
        with imported_later(*_SELDOM_USED):
            import great_expectations  # noqa: PLC0415 - takes seconds, often not needed

        logging.captureWarnings(capture=False)  # it turns this on for all the process
        return great_expectations
    return sys.modules["great_expectations"]


def _run(suite: Suite, frame: pd.DataFrame) -> list[Outcome]:
    """Run a suite on a table, and see that all of it was run.

    An expectation that does not answer is run once more by itself, to say why.
    """
    _check_one_by_one(suite)
    places = range(len(suite.expectations))
    outcomes = _answers(suite, frame)
    silent = [position for position in places if position not in outcomes]
    if silent:
        outcomes |= _in_full(suite, silent, frame)
    if set(outcomes) != set(places):
        msg = (
            f"{suite.file}: {len(places)} expectations were given and "
            f"{len(outcomes)} were run; see that each is one that Great Expectations has"
        )
        raise SuiteError(msg)
    return [outcomes[position] for position in places]


def _answers(suite: Suite, frame: pd.DataFrame) -> dict[int, Outcome]:
    """What becomes of the expectations that answer, by their positions.

    Great Expectations works out, for every expectation on every table, what to ask of
    the table, and filters the rows of a condition for each thing asked. Both take far
    longer than the checks. So an expectation is prepared once, and its rows are
    filtered once for all that have the same condition.
    """
    together: dict[str, list[int]] = defaultdict(list)
    for position, expectation in enumerate(suite.expectations):
        condition = json.dumps(expectation.kwargs.get("row_condition"))
        together[condition].append(position)
    outcomes: dict[int, Outcome] = {}
    for condition, positions in together.items():
        with suppress(Exception):  # of whatever class: it is run again, and says why
            rows = _rows(frame, json.loads(condition))
            outcomes |= _answers_of(suite, positions, rows)
    return outcomes


def _rows(frame: pd.DataFrame, condition: Mapping[str, Any] | None) -> pd.DataFrame:
    """The rows that a condition is about; all of them where there is none."""
    if condition is None:
        return frame.copy()
    compared = frame[columns_of(condition)]  # to filter a wide table takes far longer
    kept = _engine(compared).get_domain_records({"row_condition": condition})
    return frame.loc[list(kept.index)]


def _answers_of(
    suite: Suite, positions: list[int], rows: pd.DataFrame
) -> dict[int, Outcome]:
    """What becomes of expectations that are about all of these rows.

    Each is asked first only whether it is met, and then, if it is not, which rows do
    not meet it: that is several times the work, and most expectations are met.
    """
    outcomes = {}
    engine = _engine(rows)
    for detail in (_YES_OR_NO, _EVERY_ROW):
        results = _results(suite, positions, engine, detail) if positions else {}
        positions = []
        for position, result in results.items():
            expectation = suite.expectations[position]
            if detail == _EVERY_ROW:
                outcomes[position] = _outcome(expectation, result, rows.index.name)
            elif result["success"]:
                outcomes[position] = Outcome(expectation, success=True)
            else:
                positions.append(position)
    return outcomes


def _results(
    suite: Suite, positions: Iterable[int], engine: Any, detail: str
) -> dict[int, Any]:
    """What expectations find in the rows of an engine, where they answer."""
    from great_expectations.validator.validation_graph import (  # noqa: PLC0415
        ValidationGraph,
    )

    asked = {}
    for position in positions:
        kwargs = dict(suite.expectations[position].kwargs)
        kwargs.pop("row_condition", None)
        kind = suite.expectations[position].type
        with suppress(Exception):
            asked[position] = _prepared(kind, json.dumps(kwargs), detail)
    edges = [edge for one in asked.values() for edge in one.edges]
    graph = ValidationGraph(engine, edges)
    worked_out, _ = graph.resolve(_settings(detail), show_progress_bars=False)
    results = {}
    for position, one in asked.items():
        with suppress(Exception):
            results[position] = one.result(engine, worked_out)
    return results


@cache
def _prepared(kind: str, kwargs: str, detail: str) -> _Prepared:
    """Prepare an expectation: what it asks is the same whatever the table."""
    from great_expectations.expectations.expectation_configuration import (  # noqa: PLC0415
        ExpectationConfiguration,
    )
    from great_expectations.validator.validation_graph import (  # noqa: PLC0415
        ValidationGraph,
    )

    engine, settings = _engine(pd.DataFrame()), _settings(detail)
    configuration = ExpectationConfiguration(type=kind, kwargs=json.loads(kwargs))
    expectation = configuration.to_domain_obj()
    needs = expectation.get_validation_dependencies(engine, settings)
    graph = ValidationGraph(engine)
    for metric in needs.get_metric_configurations():
        graph.build_metric_dependency_graph(metric, settings)
    asks = dict(needs.metric_configurations)
    return _Prepared(expectation, settings, asks, tuple(graph.edges))


def _settings(detail: str) -> dict[str, Any]:
    return {"result_format": {"result_format": detail}}


def _engine(frame: pd.DataFrame) -> Any:
    """What works out the facts of a table that expectations ask for."""
    from great_expectations.execution_engine.pandas_execution_engine import (  # noqa: PLC0415
        PandasExecutionEngine,
    )

    return PandasExecutionEngine(batch_data_dict={"table": frame})


def _in_full(
    suite: Suite, positions: Iterable[int], frame: pd.DataFrame
) -> dict[int, Outcome]:
    """What becomes of expectations as Great Expectations itself runs them.

    Results come in an order of their own. The usual way, by a batch of a data source,
    hashes the table and makes the batch anew whenever it is asked: that takes as long
    as the checks themselves.

    Raises:
        SuiteError: if one cannot be evaluated, with the reason.
    """
    from great_expectations.expectations.expectation_configuration import (  # noqa: PLC0415
        ExpectationConfiguration,
    )
    from great_expectations.validator.validator import Validator  # noqa: PLC0415

    validator: Any = Validator(_engine(frame.copy()), data_context=_context())
    found = validator.graph_validate(
        [
            ExpectationConfiguration(**_configuration(suite.expectations[at], at))
            for at in positions
        ],
        _settings(_EVERY_ROW),
    )
    results = {result.expectation_config.meta["position"]: result for result in found}
    outcomes = {}
    for position, result in sorted(results.items()):
        if reason := _exception(result.exception_info):
            where = _place(suite, position)
            reason = shorten(reason, _LONGEST_REASON)
            msg = f"{where}: it could not be evaluated: {reason}"
            raise SuiteError(msg)
        expectation = suite.expectations[position]
        outcomes[position] = _outcome(expectation, result, frame.index.name)
    return outcomes


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


def _check_one_by_one(suite: Suite) -> None:
    """See that each expectation can be made, and say which cannot."""
    for position, expectation in enumerate(suite.expectations):
        kwargs = json.dumps(dict(expectation.kwargs))
        if wrong := _wrong_with(expectation.type, kwargs):
            msg = f"{_place(suite, position)}: {wrong}"
            raise SuiteError(msg)


@cache
def _wrong_with(kind: str, kwargs: str) -> str:
    """Why an expectation cannot be made, or nothing if it can."""
    gx = _great_expectations()
    from great_expectations.expectations.registry import (  # noqa: PLC0415
        list_registered_expectation_implementations,
    )

    known = list_registered_expectation_implementations()
    if kind not in known:
        return "there is no such expectation." + did_you_mean(kind, known)
    one = {"type": kind, "kwargs": json.loads(kwargs)}
    try:
        gx.ExpectationSuite(name="one", expectations=[one])
    except Exception as error:  # noqa: BLE001 - of whatever class it raises
        return f"its kwargs are wrong: {shorten(str(error), _LONGEST_REASON)}"
    return ""


def _outcome(expectation: Expectation, result: Any, index: Hashable) -> Outcome:
    """What Great Expectations found, as much of it as is told."""
    details = result["result"]
    rows = {entry[index] for entry in details.get("unexpected_index_list") or []}
    observed = details.get("observed_value")
    return Outcome(
        expectation=expectation,
        success=bool(result["success"]),
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
