"""Who executes the notebooks: as many side by side as there are processors."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from scrutiny_pack.run.calls import Call, call_here
from scrutiny_pack.run.dependencies import code_now
from scrutiny_pack.run.failures import writing
from scrutiny_pack.run.tasks import Executed, NotebookTask
from scrutiny_pack.run.warm import NoZygoteError, WarmKernels

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

ONE_AT_A_TIME = threading.Lock()
"""Held while libraries are imported or used that are not made for several threads."""

_OFTEN = 0.2  # seconds; on Windows, Ctrl-C is not noticed while one waits


class Workers:
    """Threads that each drive one kernel at a time; the kernels do the work.

    All packs of a command share them, and the zygote from which the kernels come.

    Attributes:
        jobs: how many notebooks are executed side by side.
        code: the package's code when the command began, by the hash of each file.
    """

    def __init__(
        self,
        notebooks: Path,
        jobs: int,
        *,
        warm: bool = True,
        loud: bool = False,
        place: Path | None = None,
    ) -> None:
        """Be ready to start.

        Args:
            notebooks: the folder of notebooks.
            jobs: how many notebooks are executed side by side.
            warm: whether kernels may be forked from a zygote.
            loud: whether what the kernels write to the terminal is shown.
            place: a private folder that is to go when the zygote does, even if this
                process is killed; without it, the zygote has one of its own.
        """
        self.code = code_now()
        self._warm = WarmKernels(notebooks, wanted=warm, loud=loud, place=place)
        self.jobs = jobs
        self._loud = loud
        self._pool = ThreadPoolExecutor(jobs, thread_name_prefix="worker")
        self._starting = threading.Lock()
        self._is_stopping = threading.Event()
        self._started: dict[int, list[AsyncKernelManager]] = {}

    def begin(self, *beforehand: Call) -> None:
        """Get ready, and do not wait for it.

        Args:
            beforehand: what is called once, before the first kernel is forked; what
                it keeps in memory, all kernels then have.
        """
        self._warm.begin(*beforehand)

    def execute(
        self,
        tasks: Sequence[NotebookTask],
        step: Callable[[str], AbstractContextManager[None]],
        done: Callable[[Executed], None],
    ) -> list[Executed]:
        """Execute notebooks; where one fails, those that have not begun are left.

        Args:
            tasks: what to execute.
            step: what a task is executed in, given how it is shown.
            done: told of each one that has been executed, at once.

        Returns:
            What came of each, in the order of the tasks.

        Raises:
            PackError: that of the first task, in their order, which failed.
        """
        failed = threading.Event()

        def work(task: NotebookTask) -> Executed:
            if failed.is_set():  # before this one could be cancelled
                raise CancelledError
            try:
                return self._execute(task, step, done)
            except BaseException:
                failed.set()
                raise

        futures = [self._pool.submit(work, task) for task in tasks]
        try:
            wait_for_all(futures, stop_at_failure=True)
        except BaseException:  # Ctrl-C: the folder that they write to is about to go
            self._stop()
            raise
        finally:
            for future in futures:
                future.cancel()
        # Tasks begin in order, so the first that fails is not one that was left.
        wait_for_all([future for future in futures if not future.cancelled()])
        return [future.result() for future in futures]

    def _execute(
        self,
        task: NotebookTask,
        step: Callable[[str], AbstractContextManager[None]],
        done: Callable[[Executed], None],
    ) -> Executed:
        with step(task.shown), writing(task.writes):
            executed = self.run(task)
            done(executed)
        return executed

    def run(self, task: NotebookTask) -> Executed:
        """Execute one notebook, in the thread that asks for it.

        A kernel that ends before it has run anything is tried again, once.

        Raises:
            CancelledError: if all that runs here has been told to end; nothing was
                started.
        """
        execution = _execution()
        me = threading.get_ident()
        started: list[AsyncKernelManager] = []
        # Whoever stops us either sees this one, or it does not begin.
        with self._starting:
            if self._is_stopping.is_set():
                raise CancelledError
            self._started[me] = started
        run: Callable[..., Executed] = execution.execute
        try:
            return run(task, self._warm, loud=self._loud, started=started)
        except execution.KernelStartError:
            if self._is_stopping.is_set():
                raise
            return run(task, self._warm, loud=self._loud, started=started)
        finally:
            del self._started[me]

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a function, in a process of its own where there is a zygote.

        Elsewhere in this process, where one call waits for another.

        Args:
            function: its module and name, as ``module:function``.
            arguments: what it is given, and may not change.

        Returns:
            What it returns; what it raises is raised.

        Raises:
            CancelledError: if all that runs here has been told to end.
        """
        if self._is_stopping.is_set():
            raise CancelledError
        try:
            return self._warm.call(function, arguments)
        except NoZygoteError:
            with ONE_AT_A_TIME:
                return call_here(function, arguments)

    def _stop(self) -> None:
        """End what is running; those who wait for it are told that it failed."""
        with self._starting:
            self._is_stopping.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        while self._started:
            from scrutiny_pack.run.kernels import end_kernel  # noqa: PLC0415 - there is one

            for managers in list(self._started.values()):
                for manager in list(managers):
                    end_kernel(manager)
            time.sleep(_OFTEN)

    def __enter__(self) -> Self:
        """Be used in a ``with`` statement, at whose end no kernel is left."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """End the kernels that still run, as after Ctrl-C, the threads and the zygote."""
        self._stop()
        self._pool.shutdown()
        self._warm.__exit__(kind, error, where)


@cache
def _execution() -> ModuleType:
    """The module that executes a notebook: imported when one is, and not if all are kept.

    Only the first waits until nobody else uses libraries that it imports.
    """
    with ONE_AT_A_TIME:
        from scrutiny_pack.run import execute  # noqa: PLC0415 - see above
    return execute


def wait_for_all(
    futures: Sequence["Future[Any]"], *, stop_at_failure: bool = False
) -> None:
    """Wait until all are done, or one has failed; Ctrl-C is noticed on the way."""
    pending = set(futures)
    while pending:
        done, pending = wait(pending, _OFTEN, return_when="FIRST_EXCEPTION")
        if stop_at_failure and any(f.exception() for f in done if not f.cancelled()):
            return


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
