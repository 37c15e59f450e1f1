"""Functions called in processes of their own, forked from the zygote."""

import os
import pickle
import subprocess
import sys
import threading
import time

import pytest

from scrutiny_pack.errors import MachineError, OutputError
from scrutiny_pack.run.calls import answer_call, read_answer
from scrutiny_pack.run.failures import writing
from scrutiny_pack.run.warm import can_fork
from scrutiny_pack.run.workers import Workers


def odd():
    """An error that cannot be read back once it is pickled."""

    class OddError(Exception):
        pass

    raise OddError


@pytest.fixture(params=["warm", "ordinary"])
def workers(request, tmp_path):
    is_warm = request.param == "warm"
    if is_warm and not can_fork():
        pytest.skip("there is no safe fork here")
    with Workers(tmp_path, 2, warm=is_warm) as workers:
        workers.begin()
        yield workers
    assert children() == []


def children():
    found = subprocess.run(
        ["ps", "-o", "pid=,comm=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=False,
    )
    return [line for line in found.stdout.splitlines() if "ps" not in line.split()[1:]]


def test_it_returns_what_the_function_does(workers):
    assert workers.call("os.path:join", "a", "b") == os.path.join("a", "b")  # noqa: PTH118


def test_it_is_called_in_a_process_of_its_own_where_there_is_a_zygote(workers):
    number = workers.call("os:getpid")
    assert (number == os.getpid()) == (workers.call("os:getppid") == os.getppid())


@pytest.mark.parametrize(
    ("function", "arguments", "kind", "message"),
    [
        ("json:loads", ["{"], ValueError, "Expecting property name"),
        ("operator:getitem", [{}, "gone"], KeyError, "gone"),
        ("os:mkdir", ["/"], FileExistsError, "File exists"),
    ],
)
def test_what_it_raises_is_raised_here(workers, function, arguments, kind, message):
    with pytest.raises(kind, match=message):
        workers.call(function, *arguments)


@pytest.mark.skipif(not can_fork(), reason="there is no safe fork here")
def test_a_process_that_ends_on_the_way_is_one_plain_line(tmp_path):
    with Workers(tmp_path, 1) as workers:
        workers.begin()
        with pytest.raises(MachineError, match="Python ended while it published"):
            workers.call("os:_exit", 3)
        assert workers.call("os.path:basename", "a/b") == "b"  # the next one is well


@pytest.mark.skipif(not can_fork(), reason="there is no safe fork here")
def test_a_call_ends_when_the_run_does(tmp_path):
    raised = []

    def wait():
        try:
            workers.call("time:sleep", 600)
        except MachineError as error:
            raised.append(error)

    with Workers(tmp_path, 1) as workers:
        workers.begin()
        assert workers.call("os.path:basename", "a/b") == "b"
        waiting = threading.Thread(target=wait)
        waiting.start()
        time.sleep(0.5)
    waiting.join(20)
    assert not waiting.is_alive()
    assert len(raised) == 1
    assert children() == []


def test_a_failure_to_write_is_told_as_everywhere(workers):
    with pytest.raises(OutputError, match="cannot write the pack"), writing("the pack"):
        workers.call("os:mkdir", "/proc/none")


def test_an_error_that_cannot_be_handed_on_is_told_in_words(tmp_path):
    (tmp_path / "call.pickle").write_bytes(pickle.dumps((f"{__name__}:odd", [])))
    answer_call(tmp_path)
    with pytest.raises(RuntimeError, match="OddError"):
        read_answer(tmp_path)


PREPARES = """
from scrutiny_pack.run import rehearsal, zygote
zygote.import_all([])
rehearsal.kernels()
rehearsal.publishing()
print(zygote.threads())
"""


@pytest.mark.skipif(not can_fork(), reason="there is no safe fork here")
def test_what_is_done_beforehand_starts_no_thread():
    env = {"PYTHONPATH": "src", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    done = subprocess.run(
        [sys.executable, "-c", PREPARES],
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("1\n", 0), done.stderr
