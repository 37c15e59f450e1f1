"""Where things are: the project's own folders, and those of a council's material."""

import os
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.errors import InputFileError, MachineError
from scrutiny_pack.periods import Period

PROJECT = "SCRUTINY_PACK_PROJECT"
"""The environment variable that names another project folder, for tests."""

ENGLAND = "england"
"""The one set there is: every local authority with a row in the DfE's release."""

_NOT_COUNCILS = {"reference", "dfe"}


@dataclass(frozen=True)
class Workspace:
    """The folders that a run reads and writes.

    Attributes:
        project: the clone: its notebooks, suites, default parameters and reference
            data.
        home: the council's material: ``params/``, ``data/`` and ``output/``. It is
            the project itself unless ``WORKSPACE=`` says otherwise.
    """

    project: Path
    home: Path

    @classmethod
    def find(cls, workspace: str | None = None) -> "Workspace":
        """Find the project, and the council's material in it or in ``workspace``.

        Args:
            workspace: the folder of a council that keeps its material outside the
                clone, as ``WORKSPACE=`` gives it; None or empty for the clone itself.

        Raises:
            MachineError: if the package does not lie in a clone of the project.
            InputFileError: if ``workspace`` is not a folder.
        """
        named = os.environ.get(PROJECT)
        project = Path(named) if named else Path(__file__).resolve().parents[2]
        project = project.resolve()
        if not (project / "notebooks").is_dir():
            msg = (
                "the folder of notebooks cannot be found beside the package: run this in "
                "a clone of the project, set up with 'python bootstrap.py'"
            )
            raise MachineError(msg)
        if not workspace:
            return cls(project, project)
        home = Path(workspace).expanduser().resolve()
        if not home.is_dir():
            msg = (
                f"WORKSPACE={workspace} is not a folder: create it, or correct the path"
            )
            raise InputFileError(msg)
        return cls(project, home)

    @property
    def notebooks(self) -> Path:
        """The notebooks, each with its sidecar."""
        return self.project / "notebooks"

    @property
    def suites(self) -> Path:
        """The expectation suites."""
        return self.project / "expectations"

    @property
    def reference(self) -> Path:
        """The register of councils and the comparators."""
        return self.project / "data" / "reference"

    @property
    def releases(self) -> Path:
        """The releases of the DfE's statistics that have been obtained."""
        return self.home / "data" / "dfe"

    @property
    def defaults_file(self) -> Path:
        """Every parameter there is, with its default."""
        return self.project / "params" / "defaults.yaml"

    def params_file(self, council: str, period: Period | str) -> Path:
        """What a council sets differently for one period; it need not exist."""
        return self.home / "params" / council / f"{period}.yaml"

    def data_folder(self, council: str, period: Period | str) -> Path:
        """The datasets of one council and period, as CSV."""
        return self.home / "data" / council / str(period)

    @property
    def output(self) -> Path:
        """What is generated, and never committed."""
        return self.home / "output"

    def pack_folder(self, council: str, period: Period | str) -> Path:
        """The pack of one council and period."""
        return self.output / council / str(period)

    @property
    def superseded(self) -> Path:
        """The final packs that others have replaced."""
        return self.output / "superseded"

    def councils_with_data(self) -> list[str]:
        """The slugs of the councils that have a folder in ``data/``, sorted."""
        folders = _folders_in(self.home / "data")
        return [folder.name for folder in folders if folder.name not in _NOT_COUNCILS]

    def periods_of(self, council: str) -> list[Period]:
        """The periods for which a council has data, the latest last.

        Raises:
            PeriodError: if one of the council's folders is not named after a period.
        """
        folders = _folders_in(self.home / "data" / council)
        return sorted(Period.parse(folder.name) for folder in folders)

    def shown(self, path: Path) -> str:
        """A path as messages and evidence show it: never from the root of the disk."""
        for root in (self.home, self.project):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.name

    def to_open(self, path: Path) -> str:
        """A path as commands print it, so that it can be opened from where they run.

        In a workspace outside the clone, or in a folder of it, `shown` would lead
        nowhere. Only for the screen: evidence and files have `shown`.
        """
        if self.home == self.project:
            return self.shown(path)
        try:
            near = Path(os.path.relpath(path)).as_posix()
        except ValueError:  # another drive of a Windows machine
            return path.as_posix()
        return path.as_posix() if near.startswith("../../") else near


def with_workspace(workspace: str | None) -> str:
    """The end of a command, where a council keeps its material outside the clone."""
    return f" WORKSPACE={quoted(workspace)}" if workspace else ""


def in_workspace(path: str, workspace: str | None) -> str:
    """A path of the workspace, so that it can be opened from where the command ran."""
    return f"{workspace.rstrip('/')}/{path}" if workspace else path


def quoted(word: str) -> str:
    """A word of a command, in quotation marks where the shell would divide it."""
    return f'"{word}"' if " " in word else word


def _folders_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        entry
        for entry in folder.iterdir()
        if entry.is_dir() and not entry.name.startswith(".")
    )
