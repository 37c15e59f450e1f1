"""Runs that are interrupted, killed, or begun twice, as real processes."""

import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest

from tests.run.small_project import PERIOD

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")

WAITS = """
import os, time
from pathlib import Path
# In the notebook's own folder: a pack that names a path of the machine is refused.
Path("sign").write_text(str(os.getpid()), "utf-8")
while not Path("release").exists():
    time.sleep(0.05)
"""


@pytest.fixture(params=["1", "0"], ids=["warm", "cold"])
def waiting(with_previous, request):
    """A run whose notebook waits; gives its process and that of its kernel."""
    project, _ = with_previous
    temporary = tempfile.mkdtemp(prefix="t")  # short: it holds sockets
    notebooks = project.folder / "notebooks"
    sign, release = notebooks / "sign", notebooks / "release"
    project.add_notebook("01-first", WAITS)
    process = project.command(
        "pack", "COUNCIL=darlington", WARM=request.param, TMPDIR=temporary
    )
    kernel = int(wait_for(lambda: sign.exists() and sign.read_text("utf-8")))
    yield process, kernel, release
    if process.poll() is None:
        process.kill()
        process.communicate()
    wait_for(lambda: not is_running(kernel))
    if request.param == "1":  # no zygote: it removes this at its end, however it ends
        wait_for(lambda: not list(Path(temporary).iterdir()))
    shutil.rmtree(temporary)


def wait_for(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if outcome := condition():
            return outcome
        time.sleep(0.05)
    pytest.fail("waited in vain")


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8")
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


@POSIX
def test_ctrl_c_is_one_line_and_leaves_nothing_behind(with_previous, waiting):
    project, before = with_previous
    process, kernel, _ = waiting
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert (
        err.splitlines()[-1] == "Stopped. The pack that was being built is as it was."
    )
    assert "Traceback" not in err
    assert not is_running(kernel)
    assert project.everything() == before


@POSIX
def test_a_second_run_of_the_same_pack_is_refused_at_once(with_previous, waiting):
    project, _ = with_previous
    process, _, release = waiting
    second = project.run("pack", "COUNCIL=darlington")
    assert second.returncode == 18
    assert second.stderr == (
        f"another run is building output/darlington/{PERIOD}: wait until it has finished\n"
    )
    assert process.poll() is None  # the first goes on: the second did not wait for it
    release.touch()
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0, said


@POSIX
def test_a_run_that_is_killed_leaves_no_kernel_and_no_lock(with_previous, waiting):
    project, before = with_previous
    process, kernel, _ = waiting
    process.kill()
    process.communicate(timeout=20)
    wait_for(lambda: not is_running(kernel))
    assert (project.pack / "index.html").is_file()
    project.add_notebook("01-first", "print('the previous pack')")
    assert project.run("pack", "COUNCIL=darlington").returncode == 0
    after = project.everything()
    times = f"darlington/{PERIOD}.run.json"
    assert {**after, times: b""} == {**before, times: b""}


KILLED = """
import os, signal
from pathlib import Path
from scrutiny_pack.run.folders import Staging
def killing(real, at):
    calls = []
    def call(*arguments, **options):
        calls.append(arguments)
        if len(calls) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    return call
"""
MOMENTS = {
    "before the first rename": "Path.rename = killing(Path.rename, 1)",
    "between the two renames": "Path.rename = killing(Path.rename, 2)",
    "after the renames": "Path.replace = killing(Path.replace, 1)",
    "before clearing": "Staging.clear = killing(Staging.clear, 1)",
}


@POSIX
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_that_is_killed_is_put_right_by_the_next(with_previous, moment):
    project, before = with_previous
    project.add_notebook("01-first", "print('the new pack')")
    killed = project.run("pack", "COUNCIL=darlington", before=KILLED + MOMENTS[moment])
    assert killed.returncode == -signal.SIGKILL
    assert project.everything() != before

    # The next run fails, so what is there then is what it found and put right.
    project.add_notebook("01-first", "1/0")
    assert project.run("pack", "COUNCIL=darlington").returncode == 16
    executed = (project.pack / "notebooks" / "01-first.ipynb").read_text("utf-8")
    previous = moment in {"before the first rename", "between the two renames"}
    assert ("the previous pack" in executed) is previous
    assert ("the new pack" in executed) is not previous
    around = {path.name for path in project.pack.parent.iterdir()}
    assert around == {
        *(PERIOD, f"{PERIOD}.run.json", f"{PERIOD}.status.json", f".{PERIOD}.lock")
    }
