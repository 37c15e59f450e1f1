"""Notebooks side by side: in what order, and what is tried again."""

import threading
import time
from concurrent.futures import CancelledError
from contextlib import nullcontext
from pathlib import Path

import pytest

from scrutiny_pack.errors import NotebookError
from scrutiny_pack.run import execute as execute_module
from scrutiny_pack.run.execute import KernelStartError
from scrutiny_pack.run.tasks import Executed, NotebookTask
from scrutiny_pack.run.workers import Workers

TASKS = [
    NotebookTask(Path(f"0{n}.ipynb"), Path("out"), {}, {}, 60, f"0{n}")
    for n in range(1, 7)
]


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Returns a function that executes the tasks, each by calling ``what``."""

    def run(what, jobs=2):
        done = []

        def execute(task, warm, *, loud, started):
            what(task.name)
            return Executed(task.name, 0.0, ())

        monkeypatch.setattr(execute_module, "execute", execute)
        with Workers(tmp_path, jobs, warm=False) as workers:
            outcome = workers.execute(TASKS, lambda shown: nullcontext(), done.append)
        assert sorted(e.name for e in done) == [e.name for e in outcome]
        return [e.name for e in outcome]

    return run


def test_what_came_of_them_is_in_the_order_of_the_tasks(run):
    def what(name):
        time.sleep(0.05 if name == "01" else 0)

    assert run(what) == [task.name for task in TASKS]


@pytest.mark.parametrize("jobs", [1, 3])
def test_so_many_are_executed_side_by_side_and_no_more(run, jobs):
    lock, running, most = threading.Lock(), [], []

    def what(name):
        with lock:
            running.append(name)
            most.append(len(running))
        time.sleep(0.02)
        with lock:
            running.remove(name)

    run(what, jobs)
    assert max(most) == jobs


def test_a_kernel_that_does_not_start_is_tried_again_once(run):
    tried = []

    def once(name):
        tried.append(name)
        if name == "02" and tried.count("02") == 1:
            raise KernelStartError("did not start")

    assert len(run(once)) == 6
    assert tried.count("02") == 2

    def never(name):
        tried.append(name)
        raise KernelStartError("did not start")

    tried.clear()
    with pytest.raises(KernelStartError):
        run(never, jobs=1)
    assert tried == ["01", "01"]


@pytest.mark.parametrize("jobs", [1, 2, 6])
def test_the_first_failure_in_reading_order_is_told_and_tried_once(run, jobs):
    tried = []

    def what(name):
        tried.append(name)
        if name in {"02", "03"}:
            time.sleep(0.1 if name == "02" else 0)
            raise NotebookError(name)

    with pytest.raises(NotebookError, match="02"):
        run(what, jobs)
    assert tried.count("02") == 1
    if jobs == 1:
        assert tried == ["01", "02"]


def test_nothing_begins_once_all_has_been_told_to_end(monkeypatch, tmp_path):
    """A task that a worker of a cluster was handed just before its command went."""
    begun = []
    monkeypatch.setattr(
        execute_module, "execute", lambda task, *_, **__: begun.append(1)
    )
    with Workers(tmp_path, 1, warm=False) as workers:
        pass
    with pytest.raises(CancelledError):
        workers.run(TASKS[0])
    with pytest.raises(CancelledError):
        workers.call("os:getpid")
    assert not begun
