"""The kernel in which a notebook is executed."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

_LONGEST_SOCKET_PATH = 90
"""Sockets with a name take 107 bytes at most, and each kernel adds a few to its own."""

_KERNEL_ARGUMENTS = ["--HistoryManager.enabled=False"]


@contextmanager
def notebook_kernel(
    environment: Mapping[str, str], folder: Path, *, loud: bool
) -> Iterator[type[AsyncKernelManager]]:
    """The manager class with which papermill starts a notebook's kernel.

    The kernel is this process's own Python, whatever kernels are registered on the
    machine, and it is reached over sockets in a private folder where the system has
    them: other programs take network ports now and then. At the end its process is
    gone, whatever has happened.

    Args:
        environment: the kernel's environment variables.
        folder: the folder that the kernel works in.
        loud: whether what the kernel's process writes to the terminal is shown.
    """
    started: list[AsyncKernelManager] = []
    output = None if loud else DEVNULL
    with TemporaryDirectory(prefix="pack-", ignore_cleanup_errors=True) as scratch:

        class NotebookKernel(AsyncKernelManager):
            """A kernel that knows where and with what it runs."""

            def __init__(self, **options: Any) -> None:
                options["connection_file"] = str(Path(scratch, "kernel.json"))
                if os.name == "posix" and len(scratch) < _LONGEST_SOCKET_PATH:
                    options |= {"transport": "ipc", "ip": str(Path(scratch, "socket"))}
                super().__init__(**options)
                self._kernel_spec = KernelSpec(**get_kernel_dict(_KERNEL_ARGUMENTS))
                started.append(self)

            async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
                """Start the kernel's process, as the asynchronous managers do."""
                options |= {"env": dict(environment), "cwd": str(folder)}
                options |= {"stdout": output, "stderr": output}
                await self._async_start_kernel(**options)

        try:
            yield NotebookKernel
        finally:
            for manager in started:
                _end(manager)


def _end(manager: AsyncKernelManager) -> None:
    """End a kernel's process, if it is still there, as after Ctrl-C."""
    process = getattr(manager.provisioner, "process", None)
    if process is None or process.poll() is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:  # the kernel leads a group, with whatever it has started
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
