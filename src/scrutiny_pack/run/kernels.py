"""The kernel in which a notebook is executed."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core.utils import ensure_event_loop

from scrutiny_pack.run.warm import ForkedKernel, WarmKernels

_LONGEST_SOCKET_PATH = 90
"""Sockets with a name take 107 bytes at most, and each kernel adds a few to its own."""

_KERNEL_ARGUMENTS = ["--HistoryManager.enabled=False"]
_OFTEN = 0.005  # seconds between two looks whether a process has ended
_LONGEST_GREETING = 5.0


class PromptClient(AsyncKernelClient):
    """A client for a kernel whose sockets are there: nothing has to be waited for."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as jupyter_client has it
        """Wait until the kernel answers, and no message of its start is on its way."""
        try:
            # The kernel greets whoever it sends its outputs to: none is lost then.
            await self.iopub_channel.get_msg(timeout=_LONGEST_GREETING)
            asked = self.kernel_info()
            reply = await self.shell_channel.get_msg(timeout=_LONGEST_GREETING)
            self._handle_kernel_info_reply(reply)
            while True:
                message = await self.iopub_channel.get_msg(timeout=_LONGEST_GREETING)
                if (
                    message["parent_header"].get("msg_id") == asked
                    and message["content"].get("execution_state") == "idle"
                ):
                    return
        except Empty:
            await super().wait_for_ready(timeout=timeout)


class WarmProvisioner(LocalProvisioner):
    """Gets the kernel's process from a zygote, or starts one where there is none."""

    process: Any

    def __init__(self, warm: WarmKernels, scratch: Path, **options: Any) -> None:
        """Provide a kernel.

        Args:
            warm: where the process comes from.
            scratch: a private folder for the request.
            options: what jupyter_client tells every provisioner.
        """
        super().__init__(**options)
        self._warm = warm
        self._scratch = scratch

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        """Ask for the kernel, and wait until its sockets are there."""
        arguments = cmd[cmd.index("ipykernel_launcher") :]
        kernel = self._warm.ask(
            arguments, options["env"], Path(options["cwd"]), self._scratch
        )
        if kernel is None:
            return await super().launch_kernel(cmd, **options)
        self.process = kernel
        loop = asyncio.get_running_loop()
        while not kernel.is_up and kernel.returncode is None:
            kernel.take(await loop.sock_recv(kernel.connection, 1024))
        if kernel.returncode is not None:
            msg = f"the kernel ended at its start, with exit code {kernel.returncode}"
            raise RuntimeError(msg)
        self.pid = self.pgid = kernel.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait until the kernel has ended, and let go of it."""
        kernel = self.process
        code = await super().wait()
        if isinstance(kernel, ForkedKernel):
            kernel.connection.close()
        return code


@contextmanager
def notebook_kernel(
    environment: Mapping[str, str],
    folder: Path,
    *,
    loud: bool,
    warm: WarmKernels | None = None,
    started: list[AsyncKernelManager] | None = None,
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
        warm: where kernels come from that have their imports behind them; the kernel
            is an ordinary one without it, or where it has none.
        started: a list that gets the manager when there is one, so that another thread
            can end its kernel.
    """
    managers = [] if started is None else started
    output = None if loud else DEVNULL
    # Inside the zygote's folder, which goes even if this process is killed.
    place = warm.begin() if warm is not None else None
    with TemporaryDirectory(
        prefix="pack-", dir=place, ignore_cleanup_errors=True
    ) as scratch:

        class NotebookKernel(AsyncKernelManager):
            """A kernel that knows where and with what it runs."""

            def __init__(self, **options: Any) -> None:
                options["connection_file"] = str(Path(scratch, "kernel.json"))
                if os.name == "posix" and len(scratch) < _LONGEST_SOCKET_PATH:
                    options |= {"transport": "ipc", "ip": str(Path(scratch, "socket"))}
                super().__init__(**options)
                self._kernel_spec = KernelSpec(**get_kernel_dict(_KERNEL_ARGUMENTS))
                managers.append(self)

            async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
                """Start the kernel's process, as the asynchronous managers do."""
                options |= {"env": dict(environment), "cwd": str(folder)}
                options |= {"stdout": output, "stderr": output}
                await self._async_start_kernel(**options)

            async def _async_pre_start_kernel(
                self, **options: Any
            ) -> tuple[list[str], dict[str, Any]]:
                if warm is not None and self.transport == "ipc":
                    self.provisioner = WarmProvisioner(
                        warm,
                        Path(scratch),
                        kernel_id="warm",
                        kernel_spec=self._kernel_spec,
                        parent=self,
                    )
                return await super()._async_pre_start_kernel(**options)

            def client(self, **options: Any) -> Any:
                """A client, which does not wait for what a warm kernel has behind it."""
                if isinstance(_process_of(self), ForkedKernel):
                    self.client_factory = PromptClient
                return super().client(**options)

            async def _async_wait(self, pollinterval: float = _OFTEN) -> None:
                await super()._async_wait(pollinterval=min(pollinterval, _OFTEN))

        try:
            yield NotebookKernel
        finally:
            for manager in managers:
                end_kernel(manager)
            ensure_event_loop().close()  # each thread has its own


def stop_kernel(manager: AsyncKernelManager) -> None:
    """End the process of a kernel that another thread drives, which then is told."""
    process = _process_of(manager)
    if isinstance(process, ForkedKernel):
        process.ask_to_end()
    else:
        end_kernel(manager)


def end_kernel(manager: AsyncKernelManager) -> None:
    """End a kernel's process, if it is still there, as after Ctrl-C."""
    process = _process_of(manager)
    if isinstance(process, ForkedKernel):
        process.end()
        return
    if process is None or process.poll() is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:  # the kernel leads a group, with whatever it has started
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _process_of(manager: AsyncKernelManager) -> Any:
    return getattr(manager.provisioner, "process", None)
