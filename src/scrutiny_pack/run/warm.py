"""Warm kernels: starting the zygote, and asking it for kernels.

See `scrutiny_pack.run.zygote`. Where a process cannot be forked safely, or the zygote
does not start, there are no warm kernels, and the ordinary ones do the same, slower.
"""

import ast
import json
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scrutiny_pack.run.calls import Call, read_answer, write_call
from scrutiny_pack.run.environment import shared_environment, write_settings
from scrutiny_pack.run.zygote import BEFOREHAND, READY

_PROGRAM = ("-m", "scrutiny_pack.run.zygote")
_LONGEST_START = 120.0
_NOT_BEFOREHAND = {
    "great_expectations"
}  # no notebook needs it, and its import takes long


class NoZygoteError(Exception):
    """There is no zygote that could fork a process."""


class ForkedKernel:
    """The process of a warm kernel, as much of it as jupyter_client asks for.

    Attributes:
        pid: its number, and that of the group which it leads; 0 until it is known.
        is_up: whether its sockets are there.
        returncode: its exit code; None while it runs.
        seconds: the processor time that it has used, once it has ended.
        kilobytes: the most memory that it has used, once it has ended.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        """Follow a kernel through the socket on which the zygote tells of it."""
        self.connection = connection
        self.pid = 0
        self.is_up = False
        self.returncode: int | None = None
        self.seconds = 0.0
        self.kilobytes = 0
        connection.settimeout(0)

    def take(self, message: bytes) -> None:
        """Note what the zygote, or the kernel, tells; nothing if both are gone."""
        word, _, rest = message.partition(b" ")
        if word == b"pid":
            self.pid = int(rest)
        elif word == b"up":
            self.is_up = True
        elif word == b"exit":
            facts = json.loads(rest)
            self.returncode = facts["code"]
            self.seconds, self.kilobytes = facts["seconds"], facts["kilobytes"]
        elif not message:  # the zygote was killed, and the kernel with it
            self.returncode = -signal.SIGKILL
            if self.pid:
                with suppress(OSError):
                    os.killpg(self.pid, signal.SIGKILL)

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        while self.returncode is None:
            try:
                self.take(self.connection.recv(1024))
            except BlockingIOError:
                break
            except OSError:
                self.take(b"")
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; returns the exit code."""
        self.connection.settimeout(timeout)
        while self.returncode is None:
            try:
                self.take(self.connection.recv(1024))
            except OSError:
                self.take(b"")
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.poll() is None and self.pid:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def end(self) -> None:
        """End it, and whatever it has started, if it is still there."""
        if self.poll() is None:
            self.connection.shutdown(socket.SHUT_WR)  # upon which the zygote kills it
            self.wait(10)
        self.connection.close()


class WarmKernels:
    """Kernels from a zygote, which is started when the first one is about to be needed.

    Several threads may ask for kernels at the same time.
    """

    def __init__(
        self,
        notebooks: Path,
        *,
        wanted: bool = True,
        loud: bool = False,
        place: Path | None = None,
    ) -> None:
        """Be ready to start a zygote.

        Args:
            notebooks: the folder of notebooks, whose imports are made beforehand.
            wanted: whether there are to be warm kernels at all, where there can be.
            loud: whether what the kernels write to the terminal is shown.
            place: a private folder that is to go when the zygote does; without it,
                one is made.
        """
        self._notebooks = notebooks
        self._loud = loud
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._place = place
        self._folder: Path | None = None
        self._is_ready = False
        self._is_possible = wanted and can_fork()

    def begin(self, *beforehand: Call) -> Path | None:
        """Start the zygote, if it can be, and do not wait until it is ready.

        Args:
            beforehand: what the zygote calls before it is ready.

        Returns:
            A private folder, which is gone when the zygote is; None without one.
        """
        with self._lock:
            if self._is_possible and self._process is None:
                try:
                    self._start(beforehand)
                except OSError:
                    self._give_up()
            return self._folder

    def ask(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        scratch: Path,
    ) -> ForkedKernel | None:
        """Ask for a kernel; None if there are no warm ones.

        Args:
            arguments: the program's name and arguments, as an ordinary kernel has them.
            environment: its environment variables.
            folder: the folder that it works in.
            scratch: a folder for the request.
        """
        self.begin()
        wanted = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "folder": str(folder),
        }
        return self._fork(wanted, scratch)

    def call(self, function: str, arguments: Sequence[Any]) -> Any:
        """Call a function in a process of its own, if a zygote is there.

        Args:
            function: its module and name, as ``module:function``.
            arguments: what it is given; they are pickled, and so is what it returns.

        Returns:
            What it returns.

        Raises:
            NoZygoteError: if there is no zygote; nothing was called.
        """
        with self._lock:
            place = self._folder
        if place is None:
            raise NoZygoteError(function)
        with tempfile.TemporaryDirectory(
            prefix="call-", dir=place, ignore_cleanup_errors=True
        ) as scratch:
            write_call(Path(scratch), function, arguments)
            process = self._fork({"call": scratch}, Path(scratch))
            if process is None:
                raise NoZygoteError(function)
            try:
                process.wait()
            finally:  # Ctrl-C too
                process.end()
            return read_answer(Path(scratch))

    def _fork(self, wanted: Mapping[str, Any], scratch: Path) -> ForkedKernel | None:
        """Ask the zygote for a process; None if there is no zygote."""
        with self._lock:
            if not self._wait_until_ready() or self._control is None:
                return None
            request = scratch / "request.json"
            request.write_text(json.dumps(wanted), encoding="utf-8")
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            try:
                socket.send_fds(
                    self._control, [os.fsencode(request)], [theirs.fileno()]
                )
            except OSError:
                ours.close()
                self._give_up()
                return None
            finally:
                theirs.close()
        return ForkedKernel(ours)

    def _start(self, beforehand: Sequence[Call]) -> None:
        self._folder = self._place or Path(tempfile.mkdtemp(prefix="pack-"))
        calls = [("scrutiny_pack.run.rehearsal:kernels", []), *beforehand]
        (self._folder / BEFOREHAND).write_bytes(pickle.dumps(calls))
        settings = self._folder / "settings"
        write_settings(settings)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        output = None if self._loud else subprocess.DEVNULL
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [
                    *(sys.executable, *_PROGRAM),
                    *(str(theirs.fileno()), str(self._folder)),
                    *imports_of(self._notebooks),
                ],
                env=shared_environment(settings, os.environ),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for the run, which then ends this
            )

    def _wait_until_ready(self) -> bool:
        if self._control is None or self._is_ready or not self._is_possible:
            return self._is_ready
        self._control.settimeout(_LONGEST_START)
        try:
            self._is_ready = self._control.recv(64) == READY
        except OSError:
            self._is_ready = False
        if not self._is_ready:
            self._give_up()
        return self._is_ready

    def _give_up(self) -> None:
        """Have ordinary kernels from here on; those that run are left alone.

        The zygote's socket stays: a zygote that is there removes the folder when that
        is closed, and the ordinary kernels are in it.
        """
        self._is_possible = self._is_ready = False

    def _end(self) -> None:
        self._give_up()
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def __enter__(self) -> Self:
        """Be used in a ``with`` statement, at whose end the zygote has ended."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """End the zygote, and with it all its kernels."""
        with self._lock:
            self._end()


def can_fork() -> bool:
    """Whether a process can be forked safely here.

    On macOS the system's libraries do not stand being forked; Windows has no fork.
    """
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


def imports_of(folder: Path) -> list[str]:
    """The modules that the notebooks in a folder import, in the order met.

    A name that is imported from a module may be a module too, so it is listed as one.
    """
    found: dict[str, None] = {}
    for path in sorted(folder.glob("*.ipynb")):
        for source in _code_cells(path):
            for module in _imports(source):
                found[module] = None
    return [name for name in found if name.split(".")[0] not in _NOT_BEFOREHAND]


def _code_cells(path: Path) -> list[str]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return []  # whoever executes it says what is wrong with it


def _imports(source: str) -> Iterator[str]:
    try:
        statements = ast.walk(ast.parse(source))
    except (SyntaxError, ValueError):  # a cell of magic commands, for instance
        return
    for statement in statements:
        if isinstance(statement, ast.Import):
            yield from (name.name for name in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            yield statement.module
            yield from (f"{statement.module}.{name.name}" for name in statement.names)
