"""Workers that are on other machines: dask's scheduler gives them what there is to do."""

import sys
import threading
import time
from concurrent.futures import CancelledError, Future
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any

from distributed import KilledWorker

from scrutiny_pack.answers import result_of
from scrutiny_pack.errors import EngineError, MachineError
from scrutiny_pack.publish.context import PUBLISH, PackContext
from scrutiny_pack.run.calls import Call
from scrutiny_pack.run.cluster.connecting import Cluster, connect
from scrutiny_pack.run.cluster.parcels import (
    notebook_parcel,
    open_notebook_result,
    publishing_parcel,
    write_files,
)
from scrutiny_pack.run.cluster.worker import (
    PacksPlugin,
    RefusedError,
    Work,
    calls_in,
    execute_notebook,
    how_it_differs,
    publish_pack,
    software,
)
from scrutiny_pack.run.dependencies import fingerprint, shared_files
from scrutiny_pack.run.tasks import Executed, NotebookTask
from scrutiny_pack.run.workers import Workers
from scrutiny_pack.workspace import Workspace

_OFTEN = 0.5  # seconds between two looks whether the run has been stopped
_NOW_AND_THEN = 5.0  # seconds between two looks at which workers there are
LONGEST_WITHOUT_WORKERS = 120.0
"""For how many seconds a run waits for a worker, when the last one has gone."""


class ClusterWorkers(Workers):
    """Threads that each wait for one task; the workers of a cluster do the work.

    Notebooks are executed and packs published there; inputs are checked, and all files
    written, here.
    """

    def __init__(
        self,
        workspace: Workspace,
        address: str,
        jobs: int | None = None,
        *,
        warm: bool = True,
        loud: bool = False,
    ) -> None:
        """Find the scheduler and its workers.

        Args:
            workspace: where everything is.
            address: that of the scheduler, such as ``tcp://scheduler:8786``.
            jobs: how many tasks are sent at a time; without it, one for each thread
                of the workers, and one more for each worker, so that none waits.
            warm: whether kernels may be forked from zygotes.
            loud: whether what dask has to say is shown.

        Raises:
            EngineError: if the scheduler cannot be reached, or no worker would make
                the same packs as this machine.
        """
        ours = software()
        self._cluster: Cluster = connect(address, loud=loud)
        self._refused: dict[str, str] = {}
        self._lock = threading.Lock()
        self._alone = threading.Lock()
        self._is_begun = False
        self._last_seen = self._last_look = time.monotonic()
        try:
            for worker, theirs in self._cluster.software().items():
                self._refuse(worker, how_it_differs(ours, theirs))
            threads = self._threads()
            self._see_that_one_is_left(threads)
        except BaseException:
            self._cluster.close()
            raise
        jobs = jobs or sum(threads.values()) + len(threads)
        super().__init__(workspace.notebooks, jobs, warm=False)
        self._wants_zygotes = warm
        self._ours = ours
        self._workspace = workspace
        self._shared: dict[str, str] = {}

    def begin(self, *beforehand: Call) -> None:
        """Send the files that all notebooks share, and have the zygotes started.

        Args:
            beforehand: what each zygote calls before the first kernel is forked.
        """
        with self._lock:
            if self._is_begun:
                return
            paths = shared_files(self._workspace)
            self._shared = {name: fingerprint(path) for name, path in paths.items()}
            plugin = PacksPlugin(
                self._ours,
                {name: path.read_bytes() for name, path in paths.items()},
                calls_in(Path(), beforehand),  # our own path does not travel
                warm=self._wants_zygotes,
            )
            self._cluster.register(plugin)
            self._is_begun = True

    def run(self, task: NotebookTask) -> Executed:
        """Execute one notebook on a worker, and write here what came of it."""
        self.begin()
        parcel = notebook_parcel(task, self._shared)
        result = self._ask(execute_notebook, parcel, f"notebooks/{task.source.name}")
        return open_notebook_result(result, task)

    def call(self, function: str, *arguments: Any) -> Any:
        """Publish a pack on a worker; call anything else here."""
        if function != PUBLISH:
            return super().call(function, *arguments)
        run, target, context = arguments
        return self._publish(run, target, context)

    def _publish(self, run: Path, target: Path, context: PackContext) -> Any:
        self.begin()
        parcel = publishing_parcel(run, context)
        result = self._ask(publish_pack, parcel, f"publishing {context.id}")
        write_files(target, result.pack)
        return result.summary

    def _ask(self, work: Work, parcel: Any, shown: str) -> Any:
        """Have a task done, wherever; once only, as far as anybody can see.

        A worker that dies may have been killed by any of its tasks, and dask gives all
        of them up when it has happened several times. They are tried once more, one
        after the other, so that only the one at fault fails.
        """
        for turn in (nullcontext(), self._alone):
            with turn:
                try:
                    return self._done(work, parcel)
                except KilledWorker:
                    continue
        msg = (
            f"{shown}: each worker of {self._cluster.address} that tried it ended; "
            "their machines may be out of memory"
        )
        raise MachineError(msg)

    def _done(self, work: Work, parcel: Any) -> Any:
        while True:
            self._see_that_one_is_left(None)
            future = self._cluster.submit(work, parcel, self._allowed())
            try:
                return result_of(self._wait_for(future))
            except RefusedError as refusal:
                self._refuse(refusal.address, refusal.why)
            finally:
                future.cancel()

    def _wait_for(self, future: "Future[bytes]") -> bytes:
        while True:
            try:
                return future.result(_OFTEN)
            except TimeoutError:
                self._look_around()
            except CancelledError:
                raise self._cluster.gone() from None
            except KilledWorker:
                raise
            except Exception as error:
                raise self._cluster.failed(error) from error

    def _look_around(self) -> None:
        """While waiting: whether the run goes on, and whether there is a worker at all.

        Raises:
            EngineError: if not.
        """
        if self._is_stopping.is_set():
            raise self._cluster.gone()
        with self._lock:
            if time.monotonic() - self._last_look < _NOW_AND_THEN:
                return
            self._last_look = time.monotonic()
        if self._threads():
            self._last_seen = self._last_look
        elif time.monotonic() - self._last_seen > LONGEST_WITHOUT_WORKERS:
            msg = (
                f"there has been no worker at {self._cluster.address} for "
                f"{LONGEST_WITHOUT_WORKERS:.0f} seconds: start some, and run again; "
                "docs/cluster.md says how"
            )
            raise EngineError(msg)

    def _threads(self) -> dict[str, int]:
        """How many threads each worker has, of those that were not refused."""
        threads = self._cluster.threads()
        return {w: number for w, number in threads.items() if w not in self._refused}

    def _allowed(self) -> list[str] | None:
        """The workers that may do it; None for all, also those that join later."""
        return list(self._threads()) if self._refused else None

    def _refuse(self, worker: str, why: str) -> None:
        """Have nothing to do with a worker, and say so once; not if there is no reason."""
        with self._lock:
            if not why or worker in self._refused:
                return
            self._refused[worker] = why
        print(f"Not used: the worker at {worker}, {why}.", file=sys.stderr, flush=True)

    def _see_that_one_is_left(self, threads: dict[str, int] | None) -> None:
        """Raise an error if all workers that there are have been refused."""
        if not self._refused:
            return
        if not (self._threads() if threads is None else threads):
            msg = (
                f"no worker of {self._cluster.address} can be used: see to it that each "
                "runs the same program as this machine, and start it again; "
                "docs/cluster.md says how"
            )
            raise EngineError(msg)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Leave the cluster, upon which it ends what still runs for this command."""
        super().__exit__(kind, error, where)
        self._cluster.close()
