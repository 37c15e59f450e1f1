"""Work done in processes of its own, beside a block."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from scrutiny_pack.aside import aside
from scrutiny_pack.run.warm import can_fork

SETTING = """
import os
import time
from pathlib import Path
from scrutiny_pack.aside import aside

def write(name):
    return lambda: Path(name).write_text(str(os.getpid()))

def fail():
    raise ValueError("the first")

def fail_later():
    time.sleep(0.2)
    raise ValueError("the second")

class OddError(Exception):
    def __reduce__(self):
        raise TypeError

def fail_oddly():
    raise OddError("odd")

def end():
    os._exit(3)

def wait():
    Path("began").write_text(str(os.getpid()))
    time.sleep(600)
"""

forks = pytest.mark.skipif(not can_fork(), reason="there is no safe fork here")


def run(tmp_path, script):
    """Run a script in a process with one thread, which this one need not be."""
    ran = subprocess.run(
        [sys.executable, "-c", SETTING + script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return ran.stdout.strip() or ran.stderr.strip().splitlines()[-1]


@forks
def test_each_call_has_a_process_of_its_own_and_is_waited_for(tmp_path):
    script = """
with aside([write("a"), write("b")]):
    pass
print(len({Path("a").read_text(), Path("b").read_text(), str(os.getpid())}))
"""
    assert run(tmp_path, script) == "3"


@forks
def test_they_are_done_beside_the_block(tmp_path):
    script = """
with aside([write("made")]):
    until = time.monotonic() + 30
    while not Path("made").exists() and time.monotonic() < until:
        time.sleep(0.01)
    print(Path("made").exists())
"""
    assert run(tmp_path, script) == "True"


@forks
@pytest.mark.parametrize(
    ("calls", "said"),
    [
        ("[fail]", "ValueError: the first"),
        ("[fail_later, fail]", "ValueError: the second"),
        ("[fail_oddly]", "RuntimeError: OddError: odd"),
        (
            "[end]",
            "scrutiny_pack.errors.MachineError: Python ended while it published; "
            "the machine may be out of memory",
        ),
    ],
)
def test_what_a_call_raises_is_raised_here(tmp_path, calls, said):
    script = f"""
with aside({calls}):
    pass
"""
    assert run(tmp_path, script) == said


@forks
def test_a_block_that_fails_waits_for_nobody_and_leaves_nobody(tmp_path):
    script = """
try:
    with aside([wait]):
        while not Path("began").exists() or not Path("began").read_text():
            time.sleep(0.01)
        raise KeyError
except KeyError:
    print(Path("began").read_text())
"""
    process = int(run(tmp_path, script))
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@forks
def test_a_call_does_not_outlive_whoever_asked_for_it(tmp_path):
    script = """
with aside([wait]):
    while not Path("began").exists() or not Path("began").read_text():
        time.sleep(0.01)
    print(Path("began").read_text(), flush=True)
    os.kill(os.getpid(), 9)
"""
    process = int(run(tmp_path, script))
    for _ in range(500):
        if not Path(f"/proc/{process}/cmdline").is_file() or not (
            Path(f"/proc/{process}/cmdline").read_bytes()
        ):
            return
        time.sleep(0.01)
    pytest.fail("it goes on")


def test_with_other_threads_about_they_are_called_here_when_the_block_is_done():
    done = []
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        with aside([lambda: done.append("a"), lambda: done.append("b")]):
            done.append("block")
    finally:
        stop.set()
        other.join()
    assert done == ["block", "a", "b"]


def test_nothing_is_copied_where_that_is_not_wanted():
    done = []
    with aside([lambda: done.append(os.getpid())], at_once=False):
        pass
    assert done == [os.getpid()]
