"""Failures to write, as one plain line for the analyst."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scrutiny_pack.errors import OutputError

_EXPLAINED = {
    errno.ENOSPC: "the disk is full: free some space, and run again",
    errno.EROFS: "the disk is read-only: choose another folder with WORKSPACE=",
    errno.EACCES: "there is no permission to write there: ask for it, or choose another "
    "folder with WORKSPACE=",
    errno.EFBIG: "the system does not allow a file of that size: ask for the limit to be "
    "raised",
    errno.ENAMETOOLONG: "the path is too long: move the project nearer to the root of "
    "the disk",
}
_EXPLAINED[errno.EPERM] = _EXPLAINED[errno.EACCES]
if hasattr(errno, "EDQUOT"):  # not on every Windows
    _EXPLAINED[errno.EDQUOT] = "your share of the disk is full: free some space"

_WINDOWS_DISK_FULL = {39, 112}
_WINDOWS_HELD_OPEN = {32, 33}


def output_error(error: OSError, where: str) -> OutputError:
    """Say in one line why something could not be written.

    Args:
        error: what the operating system said.
        where: what was being written, as the analyst knows it.
    """
    return OutputError(f"cannot write {where}: {_why(error)}")


def explains(number: int) -> bool:
    """Whether an error number is one that a failure to write has."""
    return number in _EXPLAINED


def _why(error: OSError) -> str:
    windows = getattr(error, "winerror", None) if sys.platform == "win32" else None
    if windows in _WINDOWS_DISK_FULL:
        return _EXPLAINED[errno.ENOSPC]
    if windows in _WINDOWS_HELD_OPEN:
        return "a file of it is open in another program: close it, and run again"
    reason = (error.strerror or type(error).__name__).lower()
    return _EXPLAINED.get(error.errno or 0, f"{reason}; see 'make doctor'")


@contextmanager
def writing(where: str) -> Iterator[None]:
    """Turn a failure to write into one line.

    Raises:
        OutputError: if the operating system does not let something be written.
    """
    try:
        yield
    except OSError as error:
        raise output_error(error, where) from error
