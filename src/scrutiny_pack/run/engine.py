"""Making a pack: plan, validate, execute, publish, move into place."""

import os
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.dfe.supply import compared_documents
from scrutiny_pack.inputs.councils import find_council, read_councils
from scrutiny_pack.inputs.datasets import supplied_datasets
from scrutiny_pack.inputs.receipt import Receipt, raise_if_critical
from scrutiny_pack.inputs.validation import check_inputs
from scrutiny_pack.parameters import read_parameters
from scrutiny_pack.periods import Period
from scrutiny_pack.publish import publish_pack
from scrutiny_pack.publish.context import PackContext, PackSummary
from scrutiny_pack.run.environment import kernel_environment, write_settings
from scrutiny_pack.run.execute import NotebookTask, execute
from scrutiny_pack.run.failures import writing
from scrutiny_pack.run.folders import Staging
from scrutiny_pack.run.lock import locked
from scrutiny_pack.run.plan import plan_run
from scrutiny_pack.run.progress import Progress
from scrutiny_pack.run.records import Stopwatch, write_run_facts, write_run_record
from scrutiny_pack.sidecars import read_sidecars
from scrutiny_pack.workspace import Workspace


@dataclass(frozen=True)
class PackMade:
    """What a run made.

    Attributes:
        index: the path of the pack's contents page.
        summary: how many items of each kind it holds.
        receipt: what the validation of the inputs found.
        messages: what the notebooks' cells wrote to the standard error stream, such
            as warnings of libraries; they are for the analyst, not in the pack.
        seconds: how long it took.
    """

    index: Path
    summary: PackSummary
    receipt: Receipt
    messages: tuple[str, ...]
    seconds: float


def make_pack(
    workspace: Workspace,
    council: str,
    period: Period,
    progress: Progress,
    *,
    loud: bool = False,
) -> PackMade:
    """Make the pack of one council and period, and put it in place of the previous.

    Whatever goes wrong, the previous pack stays as it was.

    Args:
        workspace: where everything is.
        council: the council's slug.
        period: the period, for which the council has data.
        progress: shows what is going on.
        loud: whether the kernels' own words to the terminal are shown.

    Raises:
        PackError: of the class that says what went wrong.
    """
    pack = workspace.pack_folder(council, period)
    staging = Staging(pack, workspace.shown(pack))
    with locked(pack, staging.shown):
        with writing(staging.shown):
            staging.recover()
        try:
            return _make(workspace, council, period, staging, progress, loud=loud)
        finally:
            staging.clear()


def _make(
    workspace: Workspace,
    council: str,
    period: Period,
    staging: Staging,
    progress: Progress,
    *,
    loud: bool,
) -> PackMade:
    stopwatch = Stopwatch()
    register = workspace.reference / "councils.csv"
    authority = find_council(
        read_councils(register, workspace.shown(register)), council, period
    )
    sidecars = read_sidecars(workspace.notebooks)
    parameters = read_parameters(workspace, council, period, sidecars)
    data_folder = workspace.data_folder(council, period)
    supplied = supplied_datasets(data_folder)
    compared = compared_documents(workspace, council, period, parameters)
    plan = plan_run(sidecars, supplied, compared.why_not)

    with progress.steps(len(plan.due) + 2):
        with progress.step("checking the inputs"), stopwatch.timing("inputs"):
            datasets, receipt = check_inputs(
                data_folder, supplied, workspace.suites, workspace.output / ".checks"
            )
            raise_if_critical(receipt)

        with writing(staging.shown):
            staging.begin()
            write_run_facts(staging.run, workspace, council, period, parameters)
            receipt_file = staging.run / "receipt.json"
            receipt_file.write_text(receipt.to_json(), encoding="utf-8", newline="\n")
            write_settings(staging.settings)
        environment = kernel_environment(
            staging.run, staging.settings, period, os.environ
        )
        tasks = [
            NotebookTask(
                source=workspace.notebooks / f"{sidecar.name}.ipynb",
                target=staging.run / "notebooks" / f"{sidecar.name}.ipynb",
                parameters={"council": council, "period": str(period)}
                | {name: parameters[name] for name in sidecar.parameters},
                environment=environment,
                timeout=sidecar.timeout,
                loud=loud,
            )
            for sidecar in plan.due
        ]
        messages: list[str] = []
        for number, task in enumerate(tasks, start=1):
            step = f"notebook {task.name} ({number} of {len(tasks)})"
            with progress.step(step), writing(staging.shown):
                executed = execute(task)
            stopwatch.add(task.name, executed.seconds)
            messages += [f"{task.name}: {message}" for message in executed.messages]

        context = PackContext(
            council=authority,
            period=period,
            receipt=receipt,
            sidecars=tuple(sidecars),
            ran=tuple(sidecar.name for sidecar in plan.due),
            not_run=plan.not_run,
            sources={name: dataset.source for name, dataset in datasets.items()}
            | compared.documents,
        )
        with (
            progress.step("publishing"),
            stopwatch.timing("publishing"),
            writing(staging.shown),
        ):
            summary = publish_pack(staging.run, staging.new, context)

    with writing(staging.shown):
        record = staging.building / "run.json"
        write_run_record(record, council, period, stopwatch)
        staging.move_into_place()
        record.replace(staging.pack.with_name(f"{staging.pack.name}.run.json"))
    return PackMade(
        index=staging.pack / "index.html",
        summary=summary,
        receipt=receipt,
        messages=tuple(messages),
        seconds=stopwatch.total,
    )
