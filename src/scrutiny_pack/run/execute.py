"""Executing one notebook with Papermill, and judging whether it ran."""

import json
import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from scrutiny_pack import errors
from scrutiny_pack.errors import NotebookError, PackError
from scrutiny_pack.inputs.wording import joined
from scrutiny_pack.run.failures import explains, output_error
from scrutiny_pack.run.kernels import notebook_kernel
from scrutiny_pack.run.normalise import KERNELSPEC, LANGUAGE, as_text, normalise

_ERRNO = re.compile(r"\[Errno (\d+)\]")
_LONGEST_LINE = 80


@dataclass(frozen=True)
class NotebookTask:
    """One notebook to execute: all that it takes, so that it can be done anywhere.

    Attributes:
        source: the notebook.
        target: where the executed notebook is written.
        parameters: what goes into its parameters cell.
        environment: the environment variables of its kernel.
        timeout: how many seconds one cell may take.
        loud: whether the kernel's own words to the terminal are shown.
    """

    source: Path
    target: Path
    parameters: Mapping[str, Any]
    environment: Mapping[str, str]
    timeout: int
    loud: bool = False

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


def execute(task: NotebookTask) -> Executed:
    """Execute a notebook and write it, normalised.

    Raises:
        NotebookError: if the notebook cannot be read, does not take the parameters
            that its sidecar declares, or a cell fails, takes too long or ends its
            kernel.
        PackError: of the class and with the message that a cell raised.
        OutputError: if a cell could not write.
    """
    began = time.monotonic()
    shown = f"notebooks/{task.source.name}"
    notebook = _read(task.source, shown)
    _check_parameters(notebook, task.parameters, shown)
    cell_sources: list[str] = []  # of the cells that have begun
    try:
        with notebook_kernel(
            task.environment, task.source.parent, loud=task.loud
        ) as manager:
            executed = papermill.execute_notebook(
                notebook,
                None,
                parameters=dict(task.parameters),
                kernel_name="python3",
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                execution_timeout=task.timeout,
                kernel_manager_class=manager,
                shutdown_kernel="immediate",
                on_cell_execute=lambda cell, **_: cell_sources.append(cell.source),
            )
    except PapermillExecutionError as error:
        raise _as_raised(error, shown) from error
    except CellTimeoutError as error:
        msg = (
            f"{shown}: {_cell(cell_sources)} took longer than {task.timeout} seconds; "
            "make it faster, or set a longer timeout in the sidecar"
        )
        raise NotebookError(msg) from error
    except DeadKernelError as error:
        msg = (
            f"{shown}: Python ended during {_cell(cell_sources)}; the machine may be "
            "out of memory"
        )
        raise NotebookError(msg) from error
    except nbformat.ValidationError as error:
        msg = (
            f"{shown}: {_cell(cell_sources)} shows what a notebook cannot hold: "
            f"{_shortened(error)}"
        )
        raise NotebookError(msg) from error
    except RuntimeError as error:  # the kernel gave no sign of life
        msg = f"{shown}: Python did not start; run 'make doctor'"
        raise NotebookError(msg) from error
    _check_all_executed(executed, shown)
    messages = normalise(executed)
    task.target.write_text(as_text(executed), encoding="utf-8", newline="\n")
    return Executed(task.name, time.monotonic() - began, tuple(messages))


def _read(source: Path, shown: str) -> NotebookNode:
    try:
        raw = json.loads(source.read_text(encoding="utf-8"))
        for number, cell in enumerate(raw["cells"], start=1):
            cell.setdefault("id", f"cell-{number}")  # else a random one is given
        raw["nbformat_minor"] = max(raw["nbformat_minor"], 5)
        raw["metadata"] = {"kernelspec": KERNELSPEC, "language_info": LANGUAGE}
        notebook: NotebookNode = nbformat.from_dict(raw)
        nbformat.validate(notebook)
    except (ValueError, KeyError, TypeError, nbformat.ValidationError) as error:
        msg = f"{shown} cannot be read as a notebook: {_shortened(error)}"
        raise NotebookError(msg) from error
    return notebook


def _check_parameters(
    notebook: NotebookNode, parameters: Mapping[str, Any], shown: str
) -> None:
    """Check that the parameters cell takes what the sidecar declares, and no more."""
    tagged = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    if len(tagged) != 1:
        msg = f"{shown} has {len(tagged)} cells tagged 'parameters'; it needs one"
        raise NotebookError(msg)
    taken = set(papermill.inspect_notebook(notebook))
    unknown = sorted(set(parameters) - taken)
    if unknown:
        msg = (
            f"{shown} does not take the parameter {joined(unknown)} that its sidecar "
            "declares; add it to the cell tagged 'parameters'"
        )
        raise NotebookError(msg)
    undeclared = sorted(taken - set(parameters))
    if undeclared:
        msg = (
            f"{shown} takes the parameter {joined(undeclared)} that its sidecar does not "
            "declare; add it there"
        )
        raise NotebookError(msg)


def _check_all_executed(notebook: NotebookNode, shown: str) -> None:
    """Check what papermill is silent about: SystemExit, and cells that did not run."""
    for cell in notebook.cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        if cell.execution_count is None or any(
            output.output_type == "error" for output in cell.outputs
        ):
            msg = f"{shown}: {_cell([cell.source])} did not run to its end"
            raise NotebookError(msg)


def _as_raised(error: PapermillExecutionError, shown: str) -> PackError:
    """The error of a cell: one of ours as it was raised, any other in one line."""
    ours = getattr(errors, error.ename, None)
    if isinstance(ours, type) and issubclass(ours, PackError):
        return ours(error.evalue)
    number = _ERRNO.match(error.evalue)
    if number and explains(int(number[1])):
        return output_error(OSError(int(number[1]), ""), "the pack")
    last_line = f"{error.ename}: {error.evalue}".rstrip(": ").splitlines()[-1]
    return NotebookError(f"{shown}: {_cell([error.source])} failed: {last_line}")


def _cell(sources: list[str]) -> str:
    """The last of some cells, by the line that it begins with."""
    if not sources:
        return "its start"
    return f"the cell that begins '{_shortened(sources[-1])}'"


def _shortened(what: object) -> str:
    """The first line of a text, or of an error's, and not too much of it."""
    lines = str(what).strip().splitlines() or [""]
    line = lines[0].strip()
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


# Papermill says what it does on every line, and nbclient leaves a task behind where an
# output cannot be held, which complains long afterwards: the run has its own words.
for _name in ("papermill", "traitlets", "asyncio"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
