"""What runs on a worker: a zygote of its own, and the notebooks that it is sent.

A worker has threads, so its zygote is a program of its own, as always. It goes, with
all its kernels and all files, when the command that asked has gone or the worker has,
however that came about.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import distributed
from distributed.diagnostics.plugin import SchedulerPlugin, WorkerPlugin

from scrutiny_pack.answers import answer_of
from scrutiny_pack.periods import Period
from scrutiny_pack.publish.context import PUBLISH
from scrutiny_pack.run.calls import Call
from scrutiny_pack.run.cluster.parcels import (
    Files,
    NotebookParcel,
    NotebookResult,
    PublishingParcel,
    PublishingResult,
    files_of,
    notebook_result,
    open_notebook_parcel,
    write_files,
)
from scrutiny_pack.run.dependencies import code_now, software_now
from scrutiny_pack.run.environment import kernel_environment, write_settings
from scrutiny_pack.run.tasks import NotebookTask
from scrutiny_pack.run.workers import Workers
from scrutiny_pack.workspace import PROJECT, Workspace

_TRIES = 5  # a second apart
_CHANGED = "its program has changed since it was started"
_AT_START = software_now() | {
    f"the package {name}": version(name) for name in ("dask", "distributed")
}
_CODE_AT_START = code_now()


class RefusedError(Exception):
    """A worker that would not make the same packs; its address, and why."""

    def __init__(self, address: str, why: str) -> None:
        """Say which worker, and why."""
        super().__init__(address, why)
        self.address = address
        self.why = why


def software() -> dict[str, str]:
    """What runs here, as it was when this process began to use it."""
    return _AT_START | _changes()


def _changes() -> dict[str, str]:
    return {} if code_now() == _CODE_AT_START else {_CHANGED: "yes"}


def how_it_differs(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """In what a worker is not as it should be, in words; "" if it is."""
    if _CHANGED in theirs:
        return _CHANGED
    names = [n for n in sorted({*ours, *theirs}) if ours.get(n) != theirs.get(n)]
    if not names:
        return ""
    more = f" and {len(names) - 1} more" if names[1:] else ""
    return f"it differs from this machine in {names[0]}{more}"


class PacksPlugin(WorkerPlugin):
    """What a worker keeps ready for one command: shared files, and a zygote."""

    def __init__(
        self,
        wanted: Mapping[str, str],
        shared: Files,
        beforehand: Sequence[Call],
        *,
        warm: bool,
    ) -> None:
        """Say what a worker is to have.

        Args:
            wanted: what has to run there: see `software`.
            shared: the files that all notebooks may read.
            beforehand: what the zygote calls before the first kernel is forked.
            warm: whether there is to be a zygote.
        """
        self._wanted = wanted
        self._shared = shared
        self._beforehand = beforehand
        self._warm = warm
        self._workers: Workers | None = None
        self._place: Path | None = None
        self._refusal = ""

    def setup(self, worker: distributed.Worker) -> None:
        """Get ready, when the command begins or a worker joins later."""
        self._address = worker.address
        self._refusal = how_it_differs(self._wanted, software())
        if self._refusal:
            return
        try:
            self._place = Path(tempfile.mkdtemp(prefix="pack-"))
            shared = self._place / "shared"
            write_files(shared, self._shared)
            self._shared = {}
            self._workers = Workers(
                shared / "notebooks", 1, warm=self._warm, place=self._place
            )
            self._workers.begin(*calls_in(shared, self._beforehand))
        except OSError as error:
            self._refusal = f"it cannot write: {error.strerror}"

    async def teardown(self, worker: distributed.Worker) -> None:  # noqa: ARG002 - as dask has it
        """End the zygote and all that runs, when the command or the worker ends."""
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        if self._workers is not None:
            self._workers.__exit__(None, None, None)
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)

    def execute(self, parcel: NotebookParcel) -> NotebookResult:
        """Execute a notebook."""
        with self._at_work() as (workers, shared, folder):
            run = open_notebook_parcel(parcel, shared, folder)
            settings = folder / "settings"
            write_settings(settings)
            surrounding = {**os.environ, PROJECT: str(folder)}
            period = Period.parse(parcel.facts["period"])
            task = NotebookTask(
                source=folder / "notebooks" / parcel.notebook,
                target=run / "notebooks" / parcel.notebook,
                parameters=parcel.parameters,
                environment=kernel_environment(run, settings, period, surrounding),
                timeout=parcel.timeout,
            )
            return notebook_result(task, workers.run(task))

    def publish(self, parcel: PublishingParcel) -> PublishingResult:
        """Publish a pack."""
        with self._at_work() as (workers, _, folder):
            run, pack = folder / "run", folder / "pack"
            write_files(run, parcel.run)
            pack.mkdir()
            summary = workers.call(PUBLISH, run, pack, parcel.context)
            return PublishingResult(summary, files_of(pack))

    @contextmanager
    def _at_work(self) -> Iterator[tuple[Workers, Path, Path]]:
        """Who executes, the folder of shared files, and an empty one.

        Raises:
            RefusedError: if this worker would not do what was asked for, or may not
                have done it.
        """
        self._see_that_it_fits()
        assert self._workers is not None  # noqa: S101 - else it does not fit
        assert self._place is not None  # noqa: S101 - likewise
        with tempfile.TemporaryDirectory(
            prefix="task-", dir=self._place, ignore_cleanup_errors=True
        ) as folder:
            yield self._workers, self._place / "shared", Path(folder)
        self._see_that_it_fits()

    def _see_that_it_fits(self) -> None:
        why = self._refusal or (_CHANGED if _changes() else "")
        if why:
            raise RefusedError(self._address, why)


def calls_in(folder: Path, calls: Sequence[Call]) -> list[Call]:
    """Calls, with a workspace that they look at put in the place of any other."""
    here = Workspace(folder, folder)
    return [
        (function, [here if isinstance(a, Workspace) else a for a in arguments])
        for function, arguments in calls
    ]


class GoneWithItsClient(SchedulerPlugin):
    """Takes a command's plugin from all workers when the command has gone."""

    def __init__(self, client: str, name: str) -> None:
        """Watch a client.

        Args:
            client: its id.
            name: the name of its plugin on the workers.
        """
        self._client = client
        self._plugin = name
        self.name = f"{name}-gone"

    def remove_client(self, scheduler: distributed.Scheduler, client: str) -> None:
        """A client has ended, or is no longer there."""
        if client == self._client:
            self._task = asyncio.ensure_future(self._tidy_up(scheduler))

    async def _tidy_up(self, scheduler: distributed.Scheduler) -> None:
        """Take the plugin from all workers, also where it was still on its way."""
        for _ in range(_TRIES):
            scheduler.worker_plugins.pop(self._plugin, None)
            answers = await scheduler.broadcast(
                msg={"op": "plugin-remove", "name": self._plugin}, on_error="return"
            )
            if all(answer == {"status": "OK"} for answer in answers.values()):
                break
            await asyncio.sleep(1)
        await scheduler.unregister_scheduler_plugin(self.name)


def execute_notebook(plugin: str, parcel: NotebookParcel) -> bytes:
    """Execute a notebook on the worker where this is called: see `answers.result_of`."""
    return answer_of(lambda: _here(plugin).execute(parcel))


def publish_pack(plugin: str, parcel: PublishingParcel) -> bytes:
    """Publish a pack on the worker where this is called: see `answers.result_of`."""
    return answer_of(lambda: _here(plugin).publish(parcel))


Work = Callable[[str, Any], bytes]
"""What a worker is asked for: `execute_notebook` or `publish_pack`."""


def _here(name: str) -> PacksPlugin:
    worker = distributed.get_worker()
    plugin = worker.plugins.get(name)
    if not isinstance(plugin, PacksPlugin):
        raise RefusedError(worker.address, "it could not be made ready")
    return plugin
