"""What goes into an archive: a pack, and everything that is needed to make it again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrutiny_pack.archive.documents import Document, documents_csv, find_documents
from scrutiny_pack.archive.entries import Entry, entry_of_file, entry_of_text
from scrutiny_pack.archive.layout import (
    DOCUMENTS,
    PACK,
    PROJECT,
    WHEELS,
)
from scrutiny_pack.archive.titles import item_titles, title_of
from scrutiny_pack.errors import ArchiveError
from scrutiny_pack.inputs.sources import Source
from scrutiny_pack.periods import Period
from scrutiny_pack.run.dependencies import Dependencies
from scrutiny_pack.workspace import Workspace

_PACKAGE = Path(__file__).resolve().parents[1]
_NEEDED = ("pyproject.toml", "requirements.lock", "bootstrap.py", "Makefile", "LICENSE")
_WANTED = (
    *("README.md", "GLOSSARY.md", "CITATION.cff"),
    *("environment.yml", "requirements-lab.lock", "requirements-cluster.lock"),
)
_PAGES = "docs"
_INPUTS = ("", "corrections")
"""The folders of inputs, seen from the folder of a council and period."""


@dataclass(frozen=True)
class Contents:
    """What goes into an archive.

    Attributes:
        entries: the files, sorted by path.
        documents: the source documents, with their copies where there are any.
        strangers: files beside the datasets that are left out: they are neither an
            input nor the copy of a source document.
    """

    entries: tuple[Entry, ...]
    documents: tuple[Document, ...]
    strangers: tuple[Path, ...]


def gather(
    workspace: Workspace,
    council: str,
    period: Period,
    evidence: Mapping[str, Any],
    rests_on: Dependencies,
    sources: Sequence[Source],
    releases: Sequence[str],
    wheels: Path | None,
) -> Contents:
    """Gather what goes into the archive of a pack that is up to date.

    Args:
        workspace: where everything is.
        council: the council's slug.
        period: the period.
        evidence: what the pack's evidence.json says.
        rests_on: what the pack rests on, as it was when it was found up to date.
        sources: the documents that its figures were read from.
        releases: the names of the releases that it compares with.
        wheels: a folder of packages to put in.

    Raises:
        ArchiveError: if the project lacks a file without which nothing could be run
            again, or a file has changed since the pack was found up to date.
    """
    data = workspace.data_folder(council, period)
    documents = find_documents(sources, data)
    copies = {document.file for document in documents if document.file}
    files = {
        **_under(PACK, workspace.pack_folder(council, period)),
        **_project_files(workspace),
    }
    strangers = []
    for name, path in _below(data):
        # Nothing else: what lies there by mistake may name people.
        folder = name.split("/")[0] if "/" in name else ""
        is_input = folder in _INPUTS and path.suffix in {".csv", ".json", ".yaml"}
        if is_input or path in copies:
            files[f"{PROJECT}/data/{council}/{period}/{name}"] = path
        else:
            strangers.append(path)
    own = workspace.params_file(council, period)
    if own.is_file():
        files[f"{PROJECT}/params/{council}/{period}.yaml"] = own
    for release in releases:
        place = f"{PROJECT}/data/dfe/{release}"
        files |= _under(place, workspace.releases / release)
    if wheels is not None:
        files |= _under(WHEELS, wheels)
    titles = item_titles(evidence)
    entries = [
        entry_of_file(path, title_of(path, titles), file)
        for path, file in sorted(files.items())
    ]
    _raise_if_changed(entries, rests_on)
    places = {file: path for path, file in files.items()}
    listed = documents_csv(documents, places)
    entries.append(
        entry_of_text(DOCUMENTS, "The source documents, and where each is held", listed)
    )
    return Contents(
        tuple(sorted(entries, key=lambda entry: entry.path)),
        tuple(documents),
        tuple(strangers),
    )


def _project_files(workspace: Workspace) -> dict[str, Path]:
    """The clone without data, tests and tools: what makes any pack."""
    project = workspace.project
    files = {}
    for name in (*_NEEDED, *_WANTED):
        if (project / name).is_file():
            files[f"{PROJECT}/{name}"] = project / name
        elif name in _NEEDED:
            msg = (
                f"{name} is missing from the project: an archive without it could not "
                "be run again. Restore it, and run again"
            )
            raise ArchiveError(msg)
    files[f"{PROJECT}/params/defaults.yaml"] = workspace.defaults_file
    for name, folder in (
        (_PAGES, project / _PAGES),
        ("src/scrutiny_pack", _PACKAGE),
        ("notebooks", workspace.notebooks),
        ("expectations", workspace.suites),
        ("data/reference", workspace.reference),
    ):
        files |= _under(f"{PROJECT}/{name}", folder)
    return files


def _raise_if_changed(entries: Sequence[Entry], rests_on: Dependencies) -> None:
    """Whether what goes in is what the pack was made from, and not a later edit."""
    for entry in entries:
        name = entry.path.removeprefix(f"{PROJECT}/")
        if name != entry.path and rests_on.get(name, entry.sha256) != entry.sha256:
            msg = f"{name} was changed while the pack was being archived: run again"
            raise ArchiveError(msg)


def _under(place: str, folder: Path) -> dict[str, Path]:
    return {f"{place}/{name}": path for name, path in _below(folder)}


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    """All files below a folder, but for hidden ones and compiled code."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
        if path.is_file() and not hidden:
            yield "/".join(parts), path
