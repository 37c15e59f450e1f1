"""One notebook to execute, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class NotebookTask:
    """One notebook to execute: all that it takes, so that it can be done anywhere.

    Attributes:
        source: the notebook.
        target: where the executed notebook is written.
        parameters: what goes into its parameters cell.
        environment: the environment variables of its kernel.
        timeout: how many seconds one cell may take.
        shown: how the progress of a run calls it.
        writes: the pack that it is for, as messages show it.
    """

    source: Path
    target: Path
    parameters: Mapping[str, Any]
    environment: Mapping[str, str]
    timeout: int
    shown: str = ""
    writes: str = "the pack"

    @property
    def name(self) -> str:
        """The notebook's name."""
        return self.source.stem


@dataclass(frozen=True)
class Executed:
    """What came of executing a notebook.

    Attributes:
        name: the notebook's name.
        seconds: how long it took.
        messages: what its cells wrote to the standard error stream.
    """

    name: str
    seconds: float
    messages: tuple[str, ...]
