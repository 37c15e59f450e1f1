"""Work that is done in processes of its own while this one goes on, on other processors."""

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from scrutiny_pack.answers import answer_of, ended, result_of

Call = Callable[[], None]
"""What is done: it writes files, and returns nothing."""

_THREADS = Path("/proc/self/task")
"""Where Linux lists the threads of a process."""

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


@contextmanager
def aside(calls: Sequence[Call], *, at_once: bool = True) -> Iterator[None]:
    """Do some work beside a block, and wait for it at the block's end.

    Each call gets a copy of this process as it is now, with all that it has read. What
    cannot be copied safely, because it has several threads or the system cannot do it,
    calls one after the other when the block is done.

    Args:
        calls: what is done, the longest first.
        at_once: whether it may be done beside the block.

    Raises:
        Exception: what the first call, in their order, raised.
        MachineError: if the process of a call ended before it could say.
    """
    if not (at_once and may_be_copied()):
        yield
        for call in calls:
            call()
        return
    fork = multiprocessing.get_context("fork")
    started = []
    for call in calls:
        receiver, sender = fork.Pipe(duplex=False)
        process = fork.Process(target=_answer, args=(call, sender, os.getpid()))
        process.start()
        sender.close()
        started.append((process, receiver))
    try:
        yield
        for _, receiver in started:
            _raise_what_it_says(receiver)
    finally:
        for process, receiver in started:
            process.kill()  # it has said that it is done, or nobody waits for it
            process.join()
            receiver.close()


def may_be_copied() -> bool:
    """Whether this process can be forked: a copy of other threads' locks stays locked."""
    return _THREADS.is_dir() and len(list(_THREADS.iterdir())) == 1


def _answer(call: Call, sender: Connection, parent: int) -> None:
    """Do the work and say how it went; nothing outlives the process that asked for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for that process
    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it died before it could have been told
        return
    sender.send_bytes(answer_of(call))


def _raise_what_it_says(receiver: Connection) -> None:
    try:
        answer = receiver.recv_bytes()
    except (EOFError, OSError):
        raise ended() from None
    result_of(answer)
