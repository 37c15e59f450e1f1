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
from collections.abc import Iterable, Mapping
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
from scrutiny_pack.inputs.receipt import DatasetCheck, Failure
from scrutiny_pack.inputs.suites import Expectation, Suite, read_suite
from scrutiny_pack.inputs.wording import did_you_mean

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

_YES_OR_NO = {"result_format": {"result_format": "BOOLEAN_ONLY"}}
_EVERY_ROW = {"result_format": {"result_format": "COMPLETE"}}


@dataclass(frozen=True)
class _Prepared:
    """An expectation with what it asks of a table, whichever table that is.

    Attributes:
        expectation: the expectation, as Great Expectations has it.
        asks: what it must know of the rows, by the names that it uses itself.
        edges: what must be worked out for that, and from what.
    """

    expectation: Any
    asks: Mapping[str, Any]
    edges: tuple[Any, ...]

    def is_met(self, engine: Any, worked_out: Mapping[Any, Any]) -> bool:
        """Whether the rows that an engine has loaded meet it."""
        result = self.expectation._validate(  # noqa: SLF001 - see the test of it
            metrics={name: worked_out[metric.id] for name, metric in self.asks.items()},
            runtime_configuration=_YES_OR_NO,
            execution_engine=engine,
        )
        return bool(result["success"])


def _great_expectations() -> ModuleType:
    """The library, without what it does to its surroundings."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # versions before 1.8 sent telemetry
    if "great_expectations" not in sys.modules:
        import great_expectations  # noqa: PLC0415 - takes seconds, often not needed

        logging.captureWarnings(capture=False)  # it turns this on for all the process
        return great_expectations
    return sys.modules["great_expectations"]


def _run(suite: Suite, frame: pd.DataFrame) -> list[Outcome]:
    """Run a suite on a table, and see that all of it was run.

    Each expectation is asked first only whether it is met. One that is not, or that
    does not answer, is run once more for the rows that do not meet it: that is many
    times the work, and most expectations are met.
    """
    _check_one_by_one(suite)
    met = _met(suite, frame)
    unmet = [at for at in range(len(suite.expectations)) if at not in met]
    results = _results(suite, unmet, frame) if unmet else {}
    if set(results) != set(unmet):
        msg = (
            f"{suite.file}: {len(suite.expectations)} expectations were given and "
            f"{len(met) + len(results)} were run; see that each is one that Great "
            "Expectations has"
        )
        raise SuiteError(msg)
    return [
        Outcome(expectation, success=True, rows=(), observed="")
        if position in met
        else _outcome(expectation, results[position], _place(suite, position), frame)
        for position, expectation in enumerate(suite.expectations)
    ]


def _met(suite: Suite, frame: pd.DataFrame) -> set[int]:
    """The positions of the expectations that a table meets.

    Great Expectations works out, for every expectation on every table, what to ask of
    the table, and filters the rows of a condition for each thing asked. Both take far
    longer than the checks. So an expectation is prepared once, and its rows are
    filtered once for all that have the same condition.
    """
    from great_expectations.execution_engine.pandas_execution_engine import (  # noqa: PLC0415
        PandasExecutionEngine,
    )
    from great_expectations.validator.validation_graph import (  # noqa: PLC0415
        ValidationGraph,
    )

    together: dict[str, dict[int, _Prepared]] = defaultdict(dict)
    for position, expectation in enumerate(suite.expectations):
        kwargs = dict(expectation.kwargs)
        condition = json.dumps(kwargs.pop("row_condition", None))
        with suppress(Exception):  # of whatever class: it is run again, and says why
            prepared = _prepared(expectation.type, json.dumps(kwargs))
            together[condition][position] = prepared
    table = PandasExecutionEngine(batch_data_dict={"table": frame.copy()})
    met = set()
    for condition, asked in together.items():
        with suppress(Exception):
            rows = table.get_domain_records({"row_condition": json.loads(condition)})
            engine = PandasExecutionEngine(batch_data_dict={"rows": rows})
            edges = [edge for one in asked.values() for edge in one.edges]
            graph = ValidationGraph(engine, edges)
            worked_out, _ = graph.resolve(_YES_OR_NO, show_progress_bars=False)
            for position, one in asked.items():
                with suppress(Exception):
                    if one.is_met(engine, worked_out):
                        met.add(position)
    return met


@cache
def _prepared(kind: str, kwargs: str) -> _Prepared:
    """Prepare an expectation: what it asks is the same whatever the table."""
    from great_expectations.execution_engine.pandas_execution_engine import (  # noqa: PLC0415
        PandasExecutionEngine,
    )
    from great_expectations.expectations.expectation_configuration import (  # noqa: PLC0415
        ExpectationConfiguration,
    )
    from great_expectations.validator.validation_graph import (  # noqa: PLC0415
        ValidationGraph,
    )

    engine = PandasExecutionEngine()
    configuration = ExpectationConfiguration(type=kind, kwargs=json.loads(kwargs))
    expectation = configuration.to_domain_obj()
    needs = expectation.get_validation_dependencies(engine, _YES_OR_NO)
    graph = ValidationGraph(engine)
    for metric in needs.get_metric_configurations():
        graph.build_metric_dependency_graph(metric, _YES_OR_NO)
    return _Prepared(expectation, dict(needs.metric_configurations), tuple(graph.edges))


def _results(
    suite: Suite, positions: Iterable[int], frame: pd.DataFrame
) -> dict[int, Any]:
    """All that Great Expectations finds, by the position of the expectation.

    Results come in an order of their own. The usual way, by a batch of a data source,
    hashes the table and makes the batch anew whenever it is asked: that takes as long
    as the checks themselves.
    """
    from great_expectations.execution_engine.pandas_execution_engine import (  # noqa: PLC0415
        PandasExecutionEngine,
    )
    from great_expectations.expectations.expectation_configuration import (  # noqa: PLC0415
        ExpectationConfiguration,
    )
    from great_expectations.validator.validator import Validator  # noqa: PLC0415

    engine = PandasExecutionEngine(batch_data_dict={"table": frame.copy()})
    validator: Any = Validator(engine, data_context=_context())
    found = validator.graph_validate(
        [
            ExpectationConfiguration(**_configuration(suite.expectations[at], at))
            for at in positions
        ],
        _EVERY_ROW,
    )
    return {result.expectation_config.meta["position"]: result for result in found}


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


def _outcome(
    expectation: Expectation, result: Any, where: str, frame: pd.DataFrame
) -> Outcome:
    if reason := _exception(result.exception_info):
        msg = f"{where}: it could not be evaluated: {shorten(reason, _LONGEST_REASON)}"
        raise SuiteError(msg)
    found = result.result.get("unexpected_index_list") or []
    observed = result.result.get("observed_value")
    rows = {entry[frame.index.name] for entry in found}
    return Outcome(
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
