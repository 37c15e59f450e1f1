"""What a function returned or raised in another process, as bytes between the two.

Both are this program: the bytes are pickled.
"""

import pickle
from collections.abc import Callable
from typing import Any

from scrutiny_pack.errors import MachineError


def answer_of(function: Callable[[], Any]) -> bytes:
    """What a function returns, or raises, as bytes for `result_of`."""
    try:
        return pickle.dumps((function(), None))
    except Exception as error:  # noqa: BLE001 - whoever called deals with it
        return _pickled(error)


def result_of(answer: bytes) -> Any:
    """What the function of an answer returned; what it raised is raised here.

    Raises:
        MachineError: if the process ended before it had said all.
    """
    try:
        result, error = pickle.loads(answer)  # noqa: S301 - our own
    except (EOFError, pickle.UnpicklingError):
        raise ended() from None
    if error is not None:
        raise error
    return result


def ended() -> MachineError:
    """The error that says that a process ended before it could answer."""
    msg = "Python ended while it published; the machine may be out of memory"
    return MachineError(msg)


def _pickled(error: Exception) -> bytes:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - some errors cannot be read back
    except Exception:  # noqa: BLE001 - whatever it is that they raise
        error = RuntimeError(f"{type(error).__name__}: {error}")
    return pickle.dumps((None, error))
