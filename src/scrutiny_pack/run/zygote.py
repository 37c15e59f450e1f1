"""The zygote: a Python that has imported what notebooks import, and forks kernels.

It forks processes that publish packs too, from the same imports and some more.

It is a program of its own (``python -m scrutiny_pack.run.zygote``), never the copy of
one that has done other work: it has one thread, no socket of a kernel and no event loop
when it forks. Each kernel is a process of its own with a copy of these imports, so that
nothing that one notebook does reaches another.

`scrutiny_pack.run.warm` starts it and talks to it. It ends, with all its kernels, when
the other end of its socket is gone, however that came about.
"""

import builtins
import ctypes
import gc
import importlib
import json
import os
import pickle
import random
import selectors
import shutil
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

READY = b"ready"
UP = b"up"
BEFOREHAND = "beforehand.pickle"
"""The file that names what is called before the zygote is ready."""

_NEEDED = (
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "faulthandler"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger"),
    *("IPython.core.oinspect", "IPython.extensions.storemagic"),
    *("tornado.gen", "tornado.locks", "tornado.queues", "tornado.platform.asyncio"),
)
_USED_LATER = {
    # What these import when they are first used: better once than in each kernel.
    "matplotlib": (
        "matplotlib.backends.backend_svg",
        "matplotlib.backends.backend_agg",
    ),
    "pandas": (
        *("pandas.io.formats.format", "pandas.io.formats.html"),
        *("pandas.core.methods.to_dict", "pandas.core.reshape.reshape"),
        "encodings.unicode_escape",
    ),
}
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


@dataclass
class _Kernel:
    """A kernel that was forked: its process, and whoever asked for it."""

    process: int
    handle: int
    asked_by: socket.socket


class Zygote:
    """Forks a kernel whenever it is asked, and tells how each one ended."""

    def __init__(
        self, control: socket.socket, later: Sequence[Callable[[], None]] = ()
    ) -> None:
        self._control = control
        self._later = list(later)  # what is done while nobody asks for anything
        self._kernels: set[int] = set()
        self._selector = selectors.DefaultSelector()
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._on_readable(control, self._answer)

    def serve(self) -> None:
        """Answer until the run that started this process is gone; end all kernels."""
        self._going_on = True
        while self._going_on:
            asked = self._selector.select(0 if self._later else None)
            for key, _ in asked:
                key.data()
            if not asked:
                self._later.pop(0)()
                gc.freeze()
        for process in self._kernels:
            _kill_group(process)

    def _on_readable(self, what: Any, do: Callable[[], None]) -> None:
        self._selector.register(what, selectors.EVENT_READ, do)

    def _answer(self) -> None:
        """Take one request: the path of a file that says what kernel is wanted."""
        request, files, _, _ = socket.recv_fds(self._control, 4096, 1)
        if not request or not files:
            self._going_on = False
            return
        asked_by = socket.socket(fileno=files[0])
        if threads() != 1:  # a copy of other threads' locks might never be let go of
            asked_by.close()
            self._going_on = False
            return
        zygote = os.getpid()
        process = os.fork()
        if process == 0:
            self._become_kernel(zygote, Path(os.fsdecode(request)), asked_by)
        kernel = _Kernel(process, os.pidfd_open(process), asked_by)
        self._kernels.add(process)
        _tell(asked_by, f"pid {process}".encode())
        self._on_readable(kernel.handle, lambda: self._bury(kernel))
        self._on_readable(asked_by, lambda: self._kill(kernel))

    def _kill(self, kernel: _Kernel) -> None:
        """Whoever asked for a kernel has closed its socket: the kernel goes too."""
        with suppress(OSError):
            if kernel.asked_by.recv(1):
                return
        self._selector.unregister(kernel.asked_by)
        _kill_group(kernel.process)

    def _bury(self, kernel: _Kernel) -> None:
        """A kernel has ended: whatever it started ends, and its exit code is told."""
        _kill_group(kernel.process)  # before its number can go to another process
        _, status, used = os.wait4(kernel.process, 0)
        code = os.waitstatus_to_exitcode(status)
        facts = {
            "code": code,
            "seconds": used.ru_utime + used.ru_stime,
            "kilobytes": used.ru_maxrss,
        }
        _tell(kernel.asked_by, f"exit {json.dumps(facts)}".encode())
        self._kernels.discard(kernel.process)
        self._selector.unregister(kernel.handle)
        os.close(kernel.handle)
        with suppress(KeyError):
            self._selector.unregister(kernel.asked_by)
        kernel.asked_by.close()

    def _become_kernel(
        self, zygote: int, request: Path, asked_by: socket.socket
    ) -> NoReturn:
        """Be a kernel from here on, in the process that was just forked."""
        code = 1
        try:
            self._libc.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
            if os.getppid() != zygote:  # it died before it could have been told
                os._exit(code)
            os.setsid()
            for key in list(self._selector.get_map().values()):
                _close(key.fileobj)
            self._selector.close()
            wanted = json.loads(request.read_text(encoding="utf-8"))
            if "call" in wanted:
                _answer_call(Path(wanted["call"]), asked_by)
            else:
                _run_kernel(wanted, asked_by)
            code = 0
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        except BaseException:  # noqa: BLE001 - nothing may go back into the zygote's loop
            traceback.print_exc()
        finally:
            os._exit(code)


def _run_kernel(wanted: dict[str, Any], asked_by: socket.socket) -> None:
    """Run a kernel as if Python had been started for it."""
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - imported already

    gc.enable()
    os.environ.clear()
    os.environ.update(wanted["environment"])
    time.tzset()
    os.chdir(wanted["folder"])
    importlib.invalidate_caches()
    _new_randomness()
    sys.argv = [str(wanted["arguments"][0]), *wanted["arguments"][1:]]
    kernel: Any = IPKernelApp.instance()
    # Without a parent's handle it prints a greeting that nobody reads.
    kernel.initialize([*sys.argv[1:], "--IPKernelApp.parent_handle=1"])
    _tell(asked_by, UP)
    asked_by.close()
    kernel.start()


def _answer_call(folder: Path, asked_by: socket.socket) -> None:
    """Call a function, in a process of its own."""
    from scrutiny_pack.run.calls import answer_call  # noqa: PLC0415 - imported already

    gc.enable()
    asked_by.close()
    _new_randomness()
    answer_call(folder)


def _new_randomness() -> None:
    """Random numbers of its own for each kernel; numpy's old ones would be shared."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _tell(whom: socket.socket, what: bytes) -> None:
    with suppress(OSError):  # it may have gone
        whom.send(what)


def _kill_group(process: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)
    with suppress(ProcessLookupError):  # it may not lead its group yet
        os.kill(process, signal.SIGKILL)


def _close(what: Any) -> None:
    if isinstance(what, int):
        os.close(what)
    else:
        what.close()


def threads() -> int:
    """How many threads this process has, those of libraries too."""
    return len(list(Path("/proc/self/task").iterdir()))


def import_all(modules: Sequence[str]) -> None:
    """Import modules; one that cannot be is left for the notebook to complain of.

    Pandas asks while it is imported whether it is in a notebook, and shows tables
    accordingly ever after.
    """
    builtins.get_ipython = lambda: SimpleNamespace(kernel=True)  # type: ignore[attr-defined]
    try:
        _import_without_debugger()
        for module in (*_NEEDED, *modules):
            _import(module)
        for module, later in _USED_LATER.items():
            if module in sys.modules:
                for name in later:
                    _import(name)
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


def _call_beforehand(folder: Path) -> None:
    """Do what every kernel would do first, and what all then share."""
    from scrutiny_pack.run.calls import call_here  # noqa: PLC0415 - not before the imports

    calls = pickle.loads((folder / BEFOREHAND).read_bytes())  # noqa: S301 - our own
    for function, arguments in calls:
        with suppress(Exception):  # what fails here, fails in the kernel that needs it
            call_here(function, arguments)


def _prepare_to_publish() -> None:
    with suppress(Exception):  # likewise
        importlib.import_module("scrutiny_pack.run.rehearsal").publishing()


def _import_without_debugger() -> None:
    """Let ipykernel believe that there is no debugger, which nobody uses in a run.

    Its import takes longer than all else that a kernel does at its start.
    """
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    _import("ipykernel.debugger")
    del sys.modules["debugpy"]  # a notebook may still import it


def _import(module: str) -> None:
    with suppress(Exception):
        importlib.import_module(module)


def main(arguments: Sequence[str]) -> int:
    """Import, say that it is done, and serve.

    Args:
        arguments: the number of the socket, the folder that is removed when the run
            has gone,
            and the modules to import.
    """
    control = socket.socket(fileno=int(arguments[0]))
    folder = Path(arguments[1])
    try:
        if Path(sys.path[0]) == Path.cwd():  # as ipykernel's own launcher does
            del sys.path[0]
        os.environ.pop("JPY_PARENT_PID", None)
        os.close(os.pidfd_open(os.getpid()))
        import_all(arguments[2:])
        _call_beforehand(folder)
        if threads() != 1:
            return 1
        gc.collect()
        gc.freeze()  # else the kernels' collections write to all pages they share
        gc.disable()
        control.send(READY)
        Zygote(control, [_prepare_to_publish]).serve()
    except OSError:  # the run has gone, or the system lacks what this needs
        return 1
    else:
        return 0
    finally:
        if _is_alone(control):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alone(control: socket.socket) -> bool:
    """Whether the run has gone; one that is there may yet use the folder."""
    try:
        return not control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
