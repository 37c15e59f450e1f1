"""Making the comparison packs of a set of councils, and the page that lists them."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from scrutiny_pack.dfe.national import National, open_national
from scrutiny_pack.dfe.supply import RELEASE, compared_documents
from scrutiny_pack.errors import CouncilError, PackError
from scrutiny_pack.inputs.councils import Council, find_council, read_councils
from scrutiny_pack.inputs.receipt import Receipt
from scrutiny_pack.parameters import read_parameters
from scrutiny_pack.periods import Period
from scrutiny_pack.publish import publish_pack
from scrutiny_pack.publish.context import PackContext
from scrutiny_pack.publish.national import Listed, publish_national
from scrutiny_pack.run.environment import kernel_environment, write_settings
from scrutiny_pack.run.execute import execute
from scrutiny_pack.run.failures import writing
from scrutiny_pack.run.folders import Staging
from scrutiny_pack.run.lock import locked
from scrutiny_pack.run.progress import Progress
from scrutiny_pack.run.records import Stopwatch, write_run_facts, write_run_record
from scrutiny_pack.run.tasks import Executed, NotebookTask
from scrutiny_pack.sidecars import Sidecar, read_sidecars
from scrutiny_pack.workspace import ENGLAND, Workspace

NOTEBOOK = "09-comparison"
"""The notebook of which a set's packs are made."""


@dataclass(frozen=True)
class SetMade:
    """What came of a set.

    Attributes:
        index: the path of the page that lists the packs.
        packs: how many packs were made.
        failed: the councils whose pack failed, each with its error.
        seconds: how long it took.
    """

    index: Path
    packs: int
    failed: tuple[tuple[str, PackError], ...]
    seconds: float


def make_set(
    workspace: Workspace,
    name: str,
    period: str | None,
    formats: Sequence[str],
    stream: TextIO,
    run: Callable[[NotebookTask], Executed] = execute,
    jobs: int = 0,
) -> SetMade:
    """Make the packs of a set, side by side, and put them in place together.

    A pack that fails is left out and named; without any, the previous set stays.

    Args:
        workspace: where everything is.
        name: the set: ``england``.
        period: the date of a census, as the analyst wrote it; None for the last one
            of the release that the parameters pin.
        formats: what each pack is made as beside its pages.
        stream: where the progress is shown.
        run: what executes a notebook.
        jobs: how many notebooks are executed side by side; 0 for as many as there are
            processors.

    Raises:
        CouncilError: if there is no such set.
        ReleaseError: if the release has not been obtained.
        PeriodError: if the period is none, or the release has no such census.
        PackError: if every pack failed, the error of the first.
    """
    if name != ENGLAND:
        msg = f"there is no set '{name}': the one there is, is SET={ENGLAND}"
        raise CouncilError(msg)
    stopwatch = Stopwatch()
    sidecars = read_sidecars(workspace.notebooks)
    defaults = read_parameters(workspace, ENGLAND, "", sidecars)
    when = Period.parse(period or f"{defaults[RELEASE]}-09-30")
    national = open_national(workspace, when, defaults[RELEASE])
    place = workspace.output / name / str(when)
    staging = Staging(place, workspace.shown(place))
    with locked(place, staging.shown):
        with writing(staging.shown):
            staging.recover()
        try:
            making = _Making(workspace, when, formats, staging, sidecars, national, run)
            return making.make(stream, jobs or os.cpu_count() or 1, stopwatch)
        finally:
            staging.clear()


@dataclass(frozen=True, eq=False)
class _Making:
    """The making of one set."""

    workspace: Workspace
    period: Period
    formats: Sequence[str]
    staging: Staging
    sidecars: Sequence[Sidecar]
    national: National
    run: Callable[[NotebookTask], Executed]

    def make(self, stream: TextIO, jobs: int, stopwatch: Stopwatch) -> SetMade:
        staging = self.staging
        with writing(staging.shown):
            staging.begin()
            write_settings(staging.settings)
        register = self.workspace.reference / "councils.csv"
        councils = read_councils(register, self.workspace.shown(register))
        areas = self.national.areas
        publishing = threading.Lock()  # the exporter of pages is shared
        progress = Progress(staging.shown, stream)
        failed: list[tuple[str, PackError]] = []
        with progress.steps(len(areas)), ThreadPoolExecutor(jobs) as pool:
            futures = [
                (
                    area.slug,
                    pool.submit(
                        self._pack,
                        find_council(councils, area.slug, self.period),
                        publishing,
                    ),
                )
                for area in areas
            ]
            try:
                for slug, future in futures:
                    with progress.step(slug):
                        try:
                            future.result()
                        except PackError as error:
                            failed.append((slug, error))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        if len(failed) == len(areas):
            raise failed[0][1]
        made = {area.slug for area in areas} - {slug for slug, _ in failed}
        with writing(staging.shown):
            listed = Listed(self.national, ENGLAND, self.period, made)
            publish_national(listed, staging.new)
            record = staging.building / "run.json"
            write_run_record(record, ENGLAND, self.period, stopwatch)
            staging.move_into_place()
            record.replace(staging.pack.with_name(f"{staging.pack.name}.run.json"))
        return SetMade(
            index=staging.pack / "index.html",
            packs=len(made),
            failed=tuple(failed),
            seconds=stopwatch.total,
        )

    def _pack(self, council: Council, publishing: threading.Lock) -> None:
        """Make one council's pack, in the set's new folder."""
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
            self.run(
                NotebookTask(
                    source=self.workspace.notebooks / f"{NOTEBOOK}.ipynb",
                    target=run / "notebooks" / f"{NOTEBOOK}.ipynb",
                    parameters={"council": slug, "period": str(period)}
                    | {name: parameters[name] for name in sidecar.parameters},
                    environment=kernel_environment(
                        run, self.staging.settings, period, os.environ
                    ),
                    timeout=sidecar.timeout,
                )
            )
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
        with publishing, writing(self.staging.shown):
            target = self.staging.new / slug
            target.mkdir()
            publish_pack(run, target, context)
