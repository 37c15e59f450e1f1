"""Making the comparison packs of a set of councils, and the page that lists them."""

import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from scrutiny_pack.errors import CouncilError, EngineError, PackError
from scrutiny_pack.inputs.commentary import read_commentary
from scrutiny_pack.inputs.councils import Council, find_council, read_councils
from scrutiny_pack.inputs.receipt import Receipt
from scrutiny_pack.parameters import read_parameters
from scrutiny_pack.periods import Period
from scrutiny_pack.publish.context import PUBLISH, PackContext
from scrutiny_pack.run.dependencies import notebook_dependencies, rests_on_code
from scrutiny_pack.run.environment import kernel_environment, write_settings
from scrutiny_pack.run.failures import writing
from scrutiny_pack.run.finished import FinishedRuns
from scrutiny_pack.run.folders import Staging
from scrutiny_pack.run.lock import locked
from scrutiny_pack.run.made import PackRecord
from scrutiny_pack.run.progress import Progress
from scrutiny_pack.run.records import Stopwatch, write_run_facts, write_run_record
from scrutiny_pack.run.set_plan import (
    NOTEBOOK,
    council_dependencies,
    set_dependencies,
)
from scrutiny_pack.run.tasks import NotebookTask
from scrutiny_pack.run.workers import Workers, wait_for_all
from scrutiny_pack.sidecars import Sidecar, read_sidecars
from scrutiny_pack.workspace import ENGLAND, Workspace

PUBLISH_SET = "scrutiny_pack.publish.national:publish_set"
"""What publishes the page of a set, by name: it is imported where it runs."""


@dataclass(frozen=True)
class SetMade:
    """What came of a set.

    Attributes:
        index: the path of the page that lists the packs.
        packs: how many packs there are.
        failed: the councils whose pack failed, each with its error.
        seconds: how long it took.
        is_new: whether the set was made, and not left as it was.
        executed: for how many of the packs the notebook was executed.
    """

    index: Path
    packs: int
    failed: tuple[tuple[str, PackError], ...]
    seconds: float
    is_new: bool = True
    executed: int = 0


def make_set(
    workspace: Workspace,
    name: str,
    period: str | None,
    formats: Sequence[str],
    stream: TextIO,
    workers: Workers,
    *,
    force: bool = False,
) -> SetMade:
    """Make the packs of a set, side by side, and put them in place together.

    A pack that fails is left out and named; without any, the previous set stays. A
    notebook is executed for a council only if what it rests on has changed since it
    was last, in a run that came to its end or in one that did not.

    Args:
        workspace: where everything is.
        name: the set: ``england``.
        period: the date of a census, as the analyst wrote it; None for the last one
            of the release that the parameters pin.
        formats: what each pack is made as beside its pages.
        stream: where the progress is shown.
        workers: who executes the notebooks, and publishes.
        force: whether to make everything, even if it is up to date.

    Raises:
        CouncilError: if there is no such set.
        ReleaseError: if the release has not been obtained.
        PeriodError: if the period is none, or the release has no such census.
        EngineError: if the cluster that ``ENGINE=`` names went away.
        PackError: if every pack failed, the error of the first.
    """
    if name != ENGLAND:
        msg = f"there is no set '{name}': the one there is, is SET={ENGLAND}"
        raise CouncilError(msg)
    stopwatch = Stopwatch()
    sidecars = read_sidecars(workspace.notebooks)
    defaults = read_parameters(workspace, ENGLAND, "", sidecars)
    release = defaults["dfe_release"]
    when = Period.parse(period or f"{release}-09-30")
    place = workspace.output / name / str(when)
    staging = Staging(place, workspace.shown(place))
    with locked(place, staging.shown):
        with writing(staging.shown):
            staging.recover()
        record = PackRecord(workspace, name, when)
        rests_on = set_dependencies(workspace, name, when, formats)
        if not force and not record.why_not_up_to_date(rests_on):
            packs = record.summary()["packs"]
            index = place / "index.html"
            return SetMade(index, packs, (), stopwatch.total, is_new=False)
        workers.begin(("scrutiny_pack.run.rehearsal:release", [workspace, release]))
        try:
            making = _Making(
                workspace, when, release, formats, staging, sidecars, workers, rests_on
            )
            made = making.make(stream, stopwatch, force=force)
        finally:
            staging.clear()
        is_whole = not made.failed and rests_on_code(rests_on, workers.code)
        if is_whole and rests_on == making.rests_on_now():
            record.write(rests_on, {"packs": made.packs})
        return made


@dataclass(frozen=True, eq=False)
class _Making:
    """The making of one set."""

    workspace: Workspace
    period: Period
    release: str
    formats: Sequence[str]
    staging: Staging
    sidecars: Sequence[Sidecar]
    workers: Workers
    rests_on: Mapping[str, str]

    def make(self, stream: TextIO, stopwatch: Stopwatch, *, force: bool) -> SetMade:
        from scrutiny_pack.dfe.national import open_national  # noqa: PLC0415 - pandas

        staging = self.staging
        areas = open_national(self.workspace, self.period, self.release).areas
        with writing(staging.shown):
            staging.begin()
            write_settings(staging.settings)
        register = self.workspace.reference / "councils.csv"
        councils = read_councils(register, self.workspace.shown(register))
        progress = Progress(staging.shown, stream)
        failed: list[tuple[str, PackError]] = []
        executed: list[str] = []

        def make(slug: str) -> None:
            council = find_council(councils, slug, self.period)
            with progress.step(slug):
                executed.extend([slug] * self._pack(council, force=force))

        pool = ThreadPoolExecutor(self.workers.jobs, thread_name_prefix="pack")
        with progress.steps(len(areas)):
            try:
                futures = {area.slug: pool.submit(make, area.slug) for area in areas}
                for slug, future in futures.items():
                    wait_for_all([future])
                    try:
                        future.result()
                    except EngineError:  # it is no council's: the previous set stays
                        raise
                    except PackError as error:
                        failed.append((slug, error))
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
        if len(failed) == len(areas):
            raise failed[0][1]
        made = {area.slug for area in areas} - {slug for slug, _ in failed}
        self._publish_page(made, stopwatch)
        return SetMade(
            index=staging.pack / "index.html",
            packs=len(made),
            failed=tuple(failed),
            seconds=stopwatch.total,
            executed=len(executed),
        )

    def rests_on_now(self) -> dict[str, str]:
        """What the set rests on at this moment."""
        return set_dependencies(self.workspace, ENGLAND, self.period, self.formats)

    def _publish_page(self, made: Collection[str], stopwatch: Stopwatch) -> None:
        staging = self.staging
        with writing(staging.shown):
            self.workers.call(
                PUBLISH_SET,
                *(self.workspace, ENGLAND, self.period, self.release, made),
                staging.new,
            )
            record = staging.building / "run.json"
            write_run_record(record, ENGLAND, self.period, stopwatch)
            staging.move_into_place()
            record.replace(staging.pack.with_name(f"{staging.pack.name}.run.json"))

    def _pack(self, council: Council, *, force: bool) -> bool:
        """Make one council's pack, in the set's new folder.

        Returns:
            Whether its notebook was executed.
        """
        from scrutiny_pack.dfe.supply import compared_documents  # noqa: PLC0415 - pandas

        sidecar = next(s for s in self.sidecars if s.name == NOTEBOOK)
        slug, period = council.slug, self.period
        parameters = read_parameters(self.workspace, slug, period, self.sidecars)
        supply = compared_documents(self.workspace, slug, period, parameters)
        run = self.staging.run / slug
        receipt = Receipt(slug, str(period), ())
        with writing(self.staging.shown):
            run.mkdir()
            write_run_facts(run, self.workspace, slug, period, parameters)
            text = receipt.to_json()
            (run / "receipt.json").write_text(text, encoding="utf-8", newline="\n")
            executed = self._execute(slug, run, sidecar, parameters, force=force)
        context = PackContext(
            council=council,
            period=period,
            receipt=receipt,
            sidecars=(sidecar,),
            ran=(NOTEBOOK,),
            not_run=(),
            sources=supply.documents,
            of_set=ENGLAND,
            formats=tuple(self.formats),
        )
        with writing(self.staging.shown):
            target = self.staging.new / slug
            target.mkdir()
            self.workers.call(PUBLISH, run, target, context)
        return executed

    def _execute(
        self,
        slug: str,
        run: Path,
        sidecar: Sidecar,
        parameters: Mapping[str, object],
        *,
        force: bool,
    ) -> bool:
        """Execute a council's notebook, or take its last run; whether it was executed."""
        taken = {"council": slug, "period": str(self.period)} | {
            name: parameters[name] for name in sidecar.parameters
        }
        said = self.workspace.data_folder(slug, self.period) / "commentary.yaml"
        commentary = read_commentary(said, self.workspace.shown(said))
        texts = {item: commentary[item] for item in sidecar.items if item in commentary}

        def rests_on(of_set: Mapping[str, str]) -> dict[str, str]:
            own = council_dependencies(of_set, slug, self.period)
            return notebook_dependencies(own, NOTEBOOK, {}, taken, texts, compares=True)

        folder = PackRecord(self.workspace, ENGLAND, self.period).finished
        finished = FinishedRuns(folder / slug)
        now = rests_on(self.rests_on)
        last = None if force else finished.find(NOTEBOOK, now)
        if last is not None:
            last.put_into(run, NOTEBOOK)
            return False
        executed = self.workers.run(
            NotebookTask(
                source=self.workspace.notebooks / f"{NOTEBOOK}.ipynb",
                target=run / "notebooks" / f"{NOTEBOOK}.ipynb",
                parameters=taken,
                environment=kernel_environment(
                    run, self.staging.settings, self.period, os.environ
                ),
                timeout=sidecar.timeout,
            )
        )
        is_as_it_began = rests_on_code(now, self.workers.code)
        if is_as_it_began and now == rests_on(self.rests_on_now()):
            finished.keep(NOTEBOOK, now, run, executed.messages)
        return True
