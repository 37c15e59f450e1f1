"""A dask cluster of a test's own: a real scheduler and real workers, on loopback."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.run.small_project import CLONE, OPTIONS


class Cluster:
    """A scheduler and workers, which end with the test; all their files in one folder."""

    def __init__(self, folder: Path, protocol: str, variables: dict[str, str]) -> None:
        self.place = folder
        kept = {n: v for n, v in os.environ.items() if n not in OPTIONS}
        own = {
            "PYTHONPATH": str(CLONE / "src"),
            "TMPDIR": str(folder),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        self._environment = kept | own | variables
        self.workers: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        words = ("--port", "0", "--scheduler-file", str(file), "--protocol", protocol)
        self.scheduler = self._start("dask_scheduler", *words)
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

    def add_worker(self, *, nanny=False, threads=1, **settings):
        words = (self.address, "--nthreads", str(threads))
        words = words if nanny else (*words, "--no-nanny")
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
    """Wait, for so many seconds of ours: the clock goes on while a machine is held up."""
    for _ in range(20 * seconds):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("this takes too long")


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


def certificates(folder: Path) -> dict[str, str]:
    """A certificate that vouches for itself, and the variables that tell dask of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a cluster of a test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    of_all, of_one = folder / "certificate.pem", folder / "key.pem"
    of_all.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    of_one.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    files = {"CA_FILE": of_all}
    for part in ("SCHEDULER", "WORKER", "CLIENT"):
        files |= {f"{part}__CERT": of_all, f"{part}__KEY": of_one}
    return {f"DASK_DISTRIBUTED__COMM__TLS__{n}": str(f) for n, f in files.items()}


@contextmanager
def small_cluster(
    workers: int, protocol: str = "tcp", **variables: str
) -> Iterator[Cluster]:
    """A scheduler with so many workers, all with these variables."""
    # Not tmp_path: the names of sockets must be short.
    with (
        tempfile.TemporaryDirectory(prefix="t") as folder,
        Cluster(Path(folder), protocol, variables) as own,
    ):
        for _ in range(workers):
            own.add_worker()
        yield own
