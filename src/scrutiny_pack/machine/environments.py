"""The two environments: ``.venv``, in which packs are made, and ``.venv-lab``.

JupyterLab has an environment of its own, because what it brings along would cost
every run of a pack two seconds at import; its kernel is the Python of ``.venv``.

An environment is made from a lock. A stamp, written last, says which: what was
interrupted has no stamp, and is made anew.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from scrutiny_pack.errors import MachineError
from scrutiny_pack.machine.installing import explain_failure, run_installer

_STAMP = "made-from.json"
_RUN_LOCK = "requirements.lock"
_DEV_LOCK = "requirements-dev.lock"
_LAB_LOCK = "requirements-lab.lock"
_CLUSTER_LOCK = "requirements-cluster.lock"


@dataclass(frozen=True)
class Environment:
    """One virtual environment.

    Attributes:
        project: the clone.
        folder: where the environment is.
        locks: the names of the lock files that it is made from; the first holds all
            that it must have, each of the others holds more.
    """

    project: Path
    folder: Path
    locks: tuple[str, ...]

    @property
    def python(self) -> Path:
        """The environment's Python."""
        if os.name == "nt":
            return self.folder / "Scripts" / "python.exe"
        return self.folder / "bin" / "python"

    @property
    def is_in_step(self) -> bool:
        """Whether it was made from these locks as they are now."""
        stamp = self._stamp()
        return self._is_usable and all(
            stamp["locks"].get(lock) == self._sha256(lock) for lock in self.locks
        )

    @property
    def made_from(self) -> tuple[str, ...]:
        """The locks that it was made from; none if one of them is another by now."""
        made = self._stamp()["locks"]
        is_sound = self._is_usable and all(
            self._sha256(lock) == sha for lock, sha in made.items()
        )
        return tuple(made) if is_sound else ()

    @property
    def _is_usable(self) -> bool:
        """Whether it is whole, and was made here and with this version of Python."""
        stamp = self._stamp()
        return self.python.exists() and stamp["made"] == self._made_here

    @property
    def _made_here(self) -> dict[str, str]:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return {"python": version, "project": str(self.project)}

    def _stamp(self) -> dict[str, dict[str, str]]:
        try:
            stamp = json.loads((self.folder / _STAMP).read_text(encoding="utf-8"))
            return {"made": stamp["made"], "locks": stamp["locks"]}
        except (OSError, ValueError, KeyError, TypeError):
            return {"made": {}, "locks": {}}

    def _sha256(self, lock: str) -> str:
        # Line ends as in the repository: a checkout on Windows may have others.
        try:
            text = (self.project / lock).read_bytes().replace(b"\r\n", b"\n")
        except FileNotFoundError:  # of another version of the project
            return ""
        return hashlib.sha256(text).hexdigest()

    def write_stamp(self, locks: Iterable[str]) -> None:
        """Say what the environment was made from."""
        stamp = {
            "made": self._made_here,
            "locks": {lock: self._sha256(lock) for lock in locks},
        }
        (self.folder / _STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")

    def remove_stamp(self) -> None:
        """Forget what it was made from, before it is changed."""
        (self.folder / _STAMP).unlink(missing_ok=True)


def pack_environment(
    project: Path, *, with_tests: bool = False, with_cluster: bool = False
) -> Environment:
    """The environment in which packs are made.

    Args:
        project: the clone.
        with_tests: whether it has what the tests need.
        with_cluster: whether it has what ``ENGINE=`` needs.
    """
    more = [_DEV_LOCK] * with_tests + [_CLUSTER_LOCK] * with_cluster
    return Environment(project, project / ".venv", (_RUN_LOCK, *more))


def lab_environment(project: Path) -> Environment:
    """The environment of JupyterLab."""
    return Environment(project, project / ".venv-lab", (_LAB_LOCK,))


def set_up(
    project: Path,
    *,
    with_tests: bool = False,
    with_lab: bool = False,
    with_cluster: bool = False,
) -> None:
    """Make the environments that are not there yet, or no longer in step.

    Raises:
        MachineError: in one line, if that cannot be done.
    """
    with _alone(project):
        packs = pack_environment(
            project, with_tests=with_tests, with_cluster=with_cluster
        )
        if not packs.is_in_step:
            _make(packs)
        if with_lab:
            lab = lab_environment(project)
            if not lab.is_in_step:
                _make(lab)
            _point_kernel_at(lab, packs.python)


@contextmanager
def _alone(project: Path) -> Iterator[None]:
    """One set-up at a time: two that begin together would spoil each other's."""
    path = project / ".venv.lock"
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise MachineError(explain_failure(str(error))) from error
    with file:
        _wait_for(file)
        yield


def _wait_for(file: TextIO) -> None:
    """Lock a file; the operating system lets go of it when this process ends."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(1)
            else:
                return
    else:
        import fcntl  # noqa: PLC0415 - there is none on Windows

        fcntl.flock(file, fcntl.LOCK_EX)


def _make(environment: Environment) -> None:
    began = time.monotonic()
    name = environment.folder.name
    there = environment.made_from
    installs_all = environment.locks[0] not in there
    if installs_all:
        there = ()
        _say(f"Setting up {name}; this is done once, and takes a few minutes.")
        _remove(environment.folder)
        _create(environment.folder)
    locks = [lock for lock in environment.locks if lock not in there]
    environment.remove_stamp()
    for lock in locks:
        _say(f"Installing the packages of {lock} in {name}.")
        _install(
            environment,
            ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock],
        )
    if installs_all and environment.folder.name == ".venv":
        _install(environment, ["--no-deps", "--no-build-isolation", "--editable", "."])
    _say("Compiling them, so that every run starts sooner.")
    _compile(environment)
    environment.write_stamp([*there, *locks])
    _say(f"{name} is ready, after {time.monotonic() - began:.0f} seconds.")


def _create(folder: Path) -> None:
    # Not this Python, if it is that of an environment: that one may be removed.
    python = getattr(sys, "_base_executable", None) or sys.executable
    result = run_installer([python, "-m", "venv", str(folder)], folder.parent)
    if result.returncode == 0:
        return
    if "ensurepip" in result.stdout:
        msg = (
            "Python's venv module is not complete on this machine: install it with "
            "'sudo apt install python3-venv', and run again"
        )
        raise MachineError(msg)
    raise MachineError(explain_failure(result.stdout))


def _install(environment: Environment, arguments: Sequence[str]) -> None:
    command = [
        *(str(environment.python), "-m", "pip", "install"),
        *("--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"),
        *arguments,
    ]
    result = run_installer(command, environment.project)
    if result.returncode != 0:
        raise MachineError(explain_failure(result.stdout))


def _compile(environment: Environment) -> None:
    """Compile every module, on all processors; a module that cannot be is left."""
    run_installer(
        [
            *(str(environment.python), "-m", "compileall", "-q", "-j", "0"),
            *(str(environment.folder), str(environment.project / "src")),
        ],
        environment.project,
    )


def _point_kernel_at(lab: Environment, python: Path) -> None:
    """Give JupyterLab the Python of ``.venv`` as its kernel, under the usual name."""
    folder = lab.folder / "share" / "jupyter" / "kernels" / "python3"
    spec = {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "metadata": {"debugger": True},
    }
    text = json.dumps(spec, indent=1)
    file = folder / "kernel.json"
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def clean(project: Path) -> None:
    """Remove the environments and what tools keep; the packs in output/ stay.

    Raises:
        MachineError: if something of it is in use.
    """
    caches = (".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis")
    for name in (".venv", ".venv-lab", ".venv.lock", *caches):
        _remove(project / name)
    for folder in ("src", "tests"):
        for cache in sorted((project / folder).rglob("__pycache__")):
            _remove(cache)


def _remove(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        msg = (
            f"cannot remove {path.name} ({reason}): close the programs that use it, "
            "and run again"
        )
        raise MachineError(msg) from error


def hand_over(python: Path, arguments: Sequence[str]) -> int:
    """Go on in an environment's Python, and return its exit code."""
    command = [str(python), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - our own Python
    process = subprocess.Popen(command)  # noqa: S603 - our own Python
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # Windows tells both; the other one ends
            continue


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
