"""What travels to a worker, and what comes back: bytes, and no path of a machine."""

import json
import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrutiny_pack.inputs.receipt import Receipt
from scrutiny_pack.publish.context import PackContext, PackSummary
from scrutiny_pack.run.dependencies import fingerprint, shared_files
from scrutiny_pack.run.environment import RUN_FOLDER
from scrutiny_pack.run.tasks import Executed, NotebookTask
from scrutiny_pack.workspace import Workspace

Files = Mapping[str, bytes]
"""The bytes of each file, by its place in a folder."""

_FACTS, _RECEIPT = "run.json", "receipt.json"
_MADE = ("notebooks", "records")
_AS_READ_HERE = "datasets"
"""The folder of datasets that were read already: a worker reads them itself."""


@dataclass(frozen=True, repr=False)
class NotebookParcel:
    """One notebook to execute, with all that it reads.

    Attributes:
        notebook: the name of its file.
        parameters: what goes into its parameters cell.
        timeout: how many seconds one cell may take.
        facts: what ``run.json`` says, but for where things are.
        run: the other files of the run's folder.
        files: the SHA-256 of each file that the notebook may read, by its name among
            the dependencies of a pack.
        own: those of them that are not among the files that all notebooks share.
    """

    notebook: str
    parameters: Mapping[str, Any]
    timeout: int
    facts: Mapping[str, Any]
    run: Files
    files: Mapping[str, str]
    own: Files


@dataclass(frozen=True, repr=False)
class NotebookResult:
    """What comes back: the executed notebook, and what its cells recorded."""

    executed: Executed
    notebook: bytes
    records: Files


@dataclass(frozen=True, repr=False)
class PublishingParcel:
    """One pack to publish: the run's folder, and what it is of."""

    run: Files
    context: PackContext


@dataclass(frozen=True, repr=False)
class PublishingResult:
    """What comes back: what the pack holds, and its files."""

    summary: PackSummary
    pack: Files


def notebook_parcel(task: NotebookTask, shared: Mapping[str, str]) -> NotebookParcel:
    """Put together what a worker needs for a notebook.

    Args:
        task: the notebook, as it would be executed here.
        shared: the SHA-256 of each file that the workers have already, by its name.
    """
    run = Path(task.environment[RUN_FOLDER])
    facts = json.loads((run / _FACTS).read_text(encoding="utf-8"))
    workspace = Workspace(Path(facts.pop("project")), Path(facts.pop("home")))
    receipt = Receipt.from_json((run / _RECEIPT).read_text(encoding="utf-8"))
    paths = shared_files(workspace) | _inputs(
        workspace, facts["council"], facts["period"], receipt
    )
    files = {name: fingerprint(path) for name, path in paths.items()}
    return NotebookParcel(
        notebook=task.source.name,
        parameters=task.parameters,
        timeout=task.timeout,
        facts=facts,
        run=files_of(run, without=(*_MADE, _AS_READ_HERE, _FACTS)),
        files=files,
        own={
            name: paths[name].read_bytes()
            for name, sha in files.items()
            if shared.get(name) != sha
        },
    )


def _inputs(
    workspace: Workspace, council: str, period: str, receipt: Receipt
) -> dict[str, Path]:
    """The files of a council that travel: the datasets that were checked, by name.

    Nothing else does: what lies beside them by mistake may name people.
    """
    datasets = [check.dataset for check in receipt.datasets]
    names = [f"{name}{end}" for name in datasets for end in (".csv", ".source.yaml")]
    folder = workspace.data_folder(council, period)
    paths = {
        f"data/{council}/{period}/{name}": folder / name
        for name in (*names, "commentary.yaml")
    }
    return {name: path for name, path in paths.items() if path.is_file()}


def open_notebook_parcel(parcel: NotebookParcel, shared: Path, folder: Path) -> Path:
    """Lay a parcel out in an empty folder, which is project and workspace in one.

    Args:
        parcel: what travelled.
        shared: the folder of the files that all notebooks share.
        folder: where to.

    Returns:
        The run's folder.
    """
    for name in parcel.files:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if name in parcel.own:
            place.write_bytes(parcel.own[name])
        else:
            _link(shared / name, place)
    run = folder / "run"
    for name in _MADE:
        (run / name).mkdir(parents=True)
    write_files(run, parcel.run)
    facts = {**parcel.facts, "home": str(folder), "project": str(folder)}
    (run / _FACTS).write_text(json.dumps(facts), encoding="utf-8")
    return run


def _link(path: Path, place: Path) -> None:
    try:
        os.link(path, place)
    except OSError:  # not every file system has links
        shutil.copyfile(path, place)


def notebook_result(task: NotebookTask, executed: Executed) -> NotebookResult:
    """Put together what a notebook made, once it has been executed."""
    records = Path(task.environment[RUN_FOLDER]) / "records" / task.name
    return NotebookResult(executed, task.target.read_bytes(), files_of(records))


def open_notebook_result(result: NotebookResult, task: NotebookTask) -> Executed:
    """Write what a notebook made where it would be if it had been executed here."""
    records = Path(task.environment[RUN_FOLDER]) / "records" / task.name
    write_files(records, result.records)
    task.target.write_bytes(result.notebook)
    return result.executed


def publishing_parcel(run: Path, context: PackContext) -> PublishingParcel:
    """Put together what a worker needs to publish a pack."""
    return PublishingParcel(files_of(run, without=[_AS_READ_HERE]), context)


def files_of(folder: Path, *, without: Collection[str] = ()) -> dict[str, bytes]:
    """The bytes of all files in a folder, but for some of what stands right in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in without
    }


def write_files(folder: Path, files: Files) -> None:
    """Write files into a folder."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
