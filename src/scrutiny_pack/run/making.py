"""Making a pack that is not up to date: plan, validate, execute, publish, put in place."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scrutiny_pack.inputs.checked import hand_on
from scrutiny_pack.inputs.councils import find_council, read_councils
from scrutiny_pack.inputs.receipt import Receipt, raise_if_critical
from scrutiny_pack.inputs.sources import Source
from scrutiny_pack.inputs.validation import check_inputs
from scrutiny_pack.pack_parameters import Check, check_of, validate_check_of_sources
from scrutiny_pack.periods import Period
from scrutiny_pack.publish.context import PUBLISH, PackContext, PackSummary
from scrutiny_pack.run.dependencies import pack_dependencies, rests_on_code
from scrutiny_pack.run.environment import kernel_environment, write_settings
from scrutiny_pack.run.failures import writing
from scrutiny_pack.run.finished import FinishedRuns
from scrutiny_pack.run.folders import Staging
from scrutiny_pack.run.made import PackRecord
from scrutiny_pack.run.outcome import PackMade
from scrutiny_pack.run.plan import NotebookPlan, Plan, plan_pack
from scrutiny_pack.run.progress import Progress
from scrutiny_pack.run.records import Stopwatch, write_run_facts, write_run_record
from scrutiny_pack.run.tasks import Executed, NotebookTask
from scrutiny_pack.run.workers import ONE_AT_A_TIME, Workers
from scrutiny_pack.shelf.replacing import allow_replacing
from scrutiny_pack.workspace import Workspace


@dataclass(frozen=True)
class Making:
    """The making of one pack.

    Attributes:
        workspace: where everything is.
        council: the council's slug.
        period: the period.
        formats: what the pack is made as beside its pages.
        staging: where the pack is built, and where it goes.
        progress: shows what is going on.
    """

    workspace: Workspace
    council: str
    period: Period
    formats: Sequence[str]
    staging: Staging
    progress: Progress

    def make(self, workers: Workers, *, force: bool) -> PackMade:
        """Make the pack."""
        stopwatch = Stopwatch()
        record = PackRecord(self.workspace, self.council, self.period)
        finished = FinishedRuns(record.finished)
        plan = plan_pack(
            self.workspace, self.council, self.period, self.formats, force=force
        )
        register = self.workspace.reference / "councils.csv"
        councils = read_councils(register, self.workspace.shown(register))
        authority = find_council(councils, self.council, self.period)
        due = [own for own in plan.notebooks if own.finished is None]
        if due:
            workers.begin()  # they get ready while the inputs are checked

        with self.progress.steps(len(due) + 2):
            with (
                self._step("checking the inputs"),
                ONE_AT_A_TIME,
                stopwatch.timing("inputs"),
            ):
                checks = None if force else self.workspace.output / ".checks"
                datasets, receipt = check_inputs(
                    self.workspace.data_folder(self.council, self.period),
                    plan.supplied,
                    self.workspace.suites,
                    checks,
                )
                raise_if_critical(receipt)
            sources = {name: dataset.source for name, dataset in datasets.items()}
            sources |= plan.documents
            check = check_of(plan.parameters)
            self._see_when_checked(check, sources)
            with writing(self.staging.shown):
                self._begin(plan, receipt)
                data = self.workspace.data_folder(self.council, self.period)
                hand_on(self.staging.run, data, datasets, self.workspace.home)
            messages = self._execute(plan, due, workers, finished, stopwatch)
            context = PackContext(
                council=authority,
                period=self.period,
                receipt=receipt,
                sidecars=tuple(plan.sidecars),
                ran=tuple(own.name for own in plan.notebooks),
                not_run=plan.not_run,
                sources=sources,
                checked_by=check.by,
                checked_on=check.on,
                checked_evidence=check.evidence,
                correction=plan.corrections[-1] if plan.corrections else None,
                formats=tuple(self.formats),
            )
            with self._step("publishing"), stopwatch.timing("publishing"):
                summary = self._publish(context, workers)
        replaced = self._see_what_is_replaced(context)
        with writing(self.staging.shown):
            self._move_into_place(stopwatch)
        finished.drop_all_but([own.name for own in plan.notebooks])
        now = self._rests_on()
        if plan.rests_on == now and rests_on_code(now, workers.code):
            record.write(plan.rests_on, asdict(summary))
        return PackMade(
            index=self.staging.pack / "index.html",
            summary=asdict(summary),
            warnings=tuple(f.sentence for f in receipt.failures("warning")),
            messages=tuple(messages),
            replaced=replaced,
            seconds=stopwatch.total,
            executed=tuple(own.name for own in due),
            kept=tuple(own.name for own in plan.notebooks if own.finished is not None),
        )

    def _step(self, what: str) -> Any:
        return self.progress.step(what)

    def _rests_on(self) -> dict[str, str]:
        return pack_dependencies(
            self.workspace, self.council, self.period, self.formats
        )

    def _begin(self, plan: Plan, receipt: Receipt) -> None:
        """Write what the notebooks read, and put those in place that are finished."""
        run = self.staging.run
        self.staging.begin()
        write_run_facts(run, self.workspace, self.council, self.period, plan.parameters)
        text = receipt.to_json()
        (run / "receipt.json").write_text(text, encoding="utf-8", newline="\n")
        write_settings(self.staging.settings)
        for own in plan.notebooks:
            if own.finished is not None:
                own.finished.put_into(run, own.name)

    def _execute(
        self,
        plan: Plan,
        due: Sequence[NotebookPlan],
        workers: Workers,
        finished: FinishedRuns,
        stopwatch: Stopwatch,
    ) -> list[str]:
        """Execute the notebooks that are due; what all wrote to standard error."""
        run = self.staging.run
        environment = kernel_environment(
            run, self.staging.settings, self.period, os.environ
        )
        by_name = {own.name: own for own in due}

        def keep(executed: Executed) -> None:
            """Keep a run, unless what it rests on has changed while it ran."""
            own = by_name[executed.name]
            now = plan.rests_on_of(own.sidecar, self._rests_on())
            if own.rests_on == now and rests_on_code(now, workers.code):
                finished.keep(own.name, own.rests_on, run, executed.messages)

        tasks = [
            NotebookTask(
                source=self.workspace.notebooks / f"{own.name}.ipynb",
                target=run / "notebooks" / f"{own.name}.ipynb",
                parameters=plan.parameters_of(own.sidecar),
                environment=environment,
                timeout=own.sidecar.timeout,
                shown=f"notebook {own.name} ({number} of {len(due)})",
                writes=self.staging.shown,
            )
            for number, own in enumerate(due, start=1)
        ]
        messages = {
            own.name: own.finished.messages for own in plan.notebooks if own.finished
        }
        for executed in workers.execute(tasks, self._step, keep):
            stopwatch.add(executed.name, executed.seconds)
            messages[executed.name] = executed.messages
        return [
            f"{own.name}: {message}"
            for own in plan.notebooks
            for message in messages[own.name]
        ]

    def _see_when_checked(self, check: Check, sources: Mapping[str, Source]) -> None:
        own = self.workspace.params_file(self.council, self.period)
        shown = self.workspace.shown(
            own if own.exists() else self.workspace.defaults_file
        )
        documents = {source.title: source.period for source in sources.values()}
        validate_check_of_sources(check, documents, shown)

    def _see_what_is_replaced(self, context: PackContext) -> str:
        """What becomes of the pack that is there; an error if it may not be replaced."""
        return allow_replacing(
            self.staging.pack,
            self.staging.new,
            context.correction,
            self.staging.shown,
            f"make correct COUNCIL={self.council} PERIOD={self.period}",
        )

    def _publish(self, context: PackContext, workers: Workers) -> PackSummary:
        with writing(self.staging.shown):
            summary: PackSummary = workers.call(
                PUBLISH, self.staging.run, self.staging.new, context
            )
        return summary

    def _move_into_place(self, stopwatch: Stopwatch) -> None:
        facts: Path = self.staging.building / "run.json"
        write_run_record(facts, self.council, self.period, stopwatch)
        self.staging.move_into_place()
        pack = self.staging.pack
        facts.replace(pack.with_name(f"{pack.name}.run.json"))
