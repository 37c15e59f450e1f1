"""One run of one pack at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from scrutiny_pack.errors import BusyError
from scrutiny_pack.run.failures import output_error


@contextmanager
def locked(pack: Path, shown: str) -> Iterator[None]:
    """Hold the lock of a pack, or fail at once.

    The lock is a hidden file beside the pack. The operating system lets go of it when
    the run ends, however it ends, so a file that is left behind locks nothing.

    Args:
        pack: the pack's folder, which need not exist.
        shown: the pack's path, as messages show it.

    Raises:
        BusyError: if another run holds it.
        OutputError: if the folder around the pack cannot be written.
    """
    lock = FileLock(pack.with_name(f".{pack.name}.lock"))
    try:
        pack.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        msg = f"another run is building {shown}: wait until it has finished"
        raise BusyError(msg) from None
    except OSError as error:
        raise output_error(error, shown) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def waiting_for(file: Path, shown: str) -> Iterator[None]:
    """Hold the lock of a file that takes a moment to write, after whoever holds it.

    Raises:
        OutputError: if the folder around the file cannot be written.
    """
    lock = FileLock(file.with_name(f".{file.name}.lock"))
    try:
        lock.acquire()
    except OSError as error:
        raise output_error(error, shown) from error
    try:
        yield
    finally:
        lock.release()
