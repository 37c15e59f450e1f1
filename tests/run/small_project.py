"""A project of a test's own: its notebooks, and a council with no datasets.

Where there is no dataset there is nothing to check, so a run takes about a second.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

CLONE = Path(__file__).parents[2]
COUNCIL = "darlington"
PERIOD = "2016-07-31"
OPTIONS = {
    *("COUNCIL", "PERIOD", "WORKSPACE", "DEBUG", "JOBS", "FORCE", "WARM", "STRICT"),
    "ENGINE",
    *("FORMATS", "ARCHIVE", "KEY", "WHEELS", "RERUN"),
}

SIDECAR = {
    "title": "First",
    "question": "What is one and one?",
    "order": 1,
    "scope": "this period",
    "datasets": {},
    "items": [],
    "without_evidence": "Two numbers.",
}
# A shell that runs the tests in the background has told them to ignore Ctrl-C.
_HEED_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"

_MAIN = "import sys; from scrutiny_pack.cli import main; sys.exit(main())"

PARAMETERS_CELL = 'council = "leeds"\nperiod = "2005"'


class SmallProject:
    """A folder laid out as the project is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if folder.exists():
            return
        (folder / "notebooks").mkdir(parents=True)
        (folder / "params").mkdir()
        (folder / "params" / "defaults.yaml").write_text("# none\n", encoding="utf-8")
        shutil.copytree(CLONE / "expectations", folder / "expectations")
        shutil.copytree(CLONE / "data" / "reference", folder / "data" / "reference")
        self.add_period(COUNCIL, PERIOD)

    @property
    def pack(self) -> Path:
        return self.folder / "output" / COUNCIL / PERIOD

    def add_period(self, council: str, period: str) -> Path:
        folder = self.folder / "data" / council / period
        folder.mkdir(parents=True)
        return folder

    def add_notebook(
        self,
        name: str,
        *cells: str,
        parameters_cell: str = PARAMETERS_CELL,
        **sidecar: object,
    ) -> Path:
        """A notebook with a cell of parameters and these; ``sidecar`` is what differs."""
        path = self.folder / "notebooks" / f"{name}.ipynb"
        path.write_text(notebook_text(*cells, parameters_cell=parameters_cell), "utf-8")
        text = yaml.safe_dump(SIDECAR | sidecar)
        path.with_suffix(".yaml").write_text(text, encoding="utf-8")
        return path

    def command(
        self, *words: str, before: str = "", **variables: str
    ) -> "subprocess.Popen[str]":
        """Begin a command with this project, ``before`` being run in its process."""
        kept = {
            name: value for name, value in os.environ.items() if name not in OPTIONS
        }
        environment = kept | {
            "SCRUTINY_PACK_PROJECT": str(self.folder),
            "PYTHONPATH": str(CLONE / "src"),
            "FORMATS": "none",  # those have tests of their own
        }
        return subprocess.Popen(
            [sys.executable, "-c", f"{_HEED_CTRL_C}\n{before}\n{_MAIN}", *words],
            env=environment | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(
        self, *words: str, before: str = "", minutes: int = 2, **variables: str
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command with this project, to its end."""
        process = self.command(*words, before=before, **variables)
        out, err = process.communicate(timeout=60 * minutes)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def everything(self) -> dict[str, bytes]:
        """Every file of output/, hidden ones too, but for locks and what is remembered."""
        output = self.folder / "output"
        return {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in sorted(output.rglob("*"))
            if path.is_file()
            and path.suffix != ".lock"
            and not {".checks", ".cache"} & set(path.parts)
        }


def notebook_text(*cells: str, parameters_cell: str = PARAMETERS_CELL) -> str:
    """The text of a notebook: a cell tagged ``parameters``, then these."""
    tagged = {"tags": ["parameters"]}
    content = {
        "cells": [
            _code_cell("parameters", parameters_cell, tagged),
            *(_code_cell(f"cell-{i}", cell, {}) for i, cell in enumerate(cells)),
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content)


def _code_cell(
    name: str, source: str, metadata: dict[str, object]
) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "execution_count": None,
        "outputs": [],
        "source": source,
    }
