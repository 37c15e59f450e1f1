"""A dask cluster of a test's own: a real scheduler and real workers, on loopback."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.run.small_project import CLONE, OPTIONS


class Cluster:
    """A scheduler and workers, which end with the test; all their files in one folder."""

    def __init__(self, folder: Path) -> None:
        self.place = folder
        kept = {n: v for n, v in os.environ.items() if n not in OPTIONS}
        self._environment = kept | {
            "PYTHONPATH": str(CLONE / "src"),
            "TMPDIR": str(folder),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        self.workers: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        own = ("--port", "0", "--scheduler-file", str(file))
        self.scheduler = self._start("dask_scheduler", *own)
        wait_until(file.is_file)
        self.address = json.loads(file.read_text("utf-8"))["address"]

    def _start(self, program, *words, **settings):
        command = [sys.executable, "-m", f"distributed.cli.{program}", *words]
        return subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--no-dashboard"],
            env=self._environment | settings,
            cwd=self.place,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def add_worker(self, *, nanny=False, **settings):
        words = (self.address, "--nthreads", "1", *([] if nanny else ["--no-nanny"]))
        folder = ("--local-directory", str(self.place / "dask"))
        self.workers.append(self._start("dask_worker", *words, *folder, **settings))
        return self.workers[-1]

    def left(self):
        """What of ours is in the folder of temporary files."""
        return sorted(path.name for path in self.place.glob("pack-*"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in (*self.workers, self.scheduler):
            below = processes_below(process.pid)
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            for pid in below:
                wait_until(lambda pid=pid: not is_running(pid))


def wait_until(is_so, seconds=60):
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "this takes too long"
        time.sleep(0.05)


def processes_below(process):
    """The processes that a process has started, and those that they have."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def is_running(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


@contextmanager
def small_cluster(workers: int) -> Iterator[Cluster]:
    """A scheduler with so many workers."""
    # Not tmp_path: the names of sockets must be short.
    with (
        tempfile.TemporaryDirectory(prefix="t") as folder,
        Cluster(Path(folder)) as own,
    ):
        for _ in range(workers):
            own.add_worker()
        yield own
