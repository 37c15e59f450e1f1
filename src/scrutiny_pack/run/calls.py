"""A function called in a process of its own, and what came of it, as files.

The process is forked from the zygote (see `scrutiny_pack.run.zygote`), so that it has
its imports behind it, runs on a processor of its own, and leaves nothing behind in the
run's own process. Both sides are this program: the files are pickled.
"""

import pickle
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from scrutiny_pack.answers import answer_of, ended, result_of

Call = tuple[str, Sequence[Any]]
"""A function, named as ``module:function``, and what it is given."""

_CALL, _ANSWER = "call.pickle", "answer.pickle"


def call_here(function: str, arguments: Sequence[Any]) -> Any:
    """Call a function that is named as ``module:function``."""
    module, _, name = function.partition(":")
    return getattr(import_module(module), name)(*arguments)


def write_call(folder: Path, function: str, arguments: Sequence[Any]) -> None:
    """Write down what is to be called, in a private folder."""
    (folder / _CALL).write_bytes(pickle.dumps((function, list(arguments))))


def answer_call(folder: Path) -> None:
    """Call what is written down, and write down what it returned or raised."""
    function, arguments = pickle.loads((folder / _CALL).read_bytes())  # noqa: S301 - our own
    answer = answer_of(lambda: call_here(function, arguments))
    (folder / _ANSWER).write_bytes(answer)


def read_answer(folder: Path) -> Any:
    """What the call returned; what it raised is raised here.

    Raises:
        MachineError: if the process ended before it could say.
    """
    try:
        answer = (folder / _ANSWER).read_bytes()
    except OSError:
        raise ended() from None
    return result_of(answer)
