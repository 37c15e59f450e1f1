"""Where packs lie in ``output/``: those in place, those superseded, sets and archives."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.shelf.pack_reading import EVIDENCE, MANIFEST
from scrutiny_pack.workspace import Workspace

ARCHIVES = "archive"
"""The folder of archives, in ``output/``."""

_NO_COUNCILS = {ARCHIVES, "superseded", "draft"}


@dataclass(frozen=True)
class SetOfPacks:
    """The packs of a set, which are listed as one.

    Attributes:
        folder: its folder, as a path in ``output/``.
        name: the set, such as ``england``.
        period: the period, as it is written.
        packs: how many packs it holds.
    """

    folder: str
    name: str
    period: str
    packs: int


def current_packs(workspace: Workspace) -> Iterator[Path]:
    """The folder of every pack of a council's own that is in place, sorted."""
    for folder in _folders(workspace.output):
        if folder.name not in _NO_COUNCILS:
            yield from (path for path in _folders(folder) if _is_pack(path))


def superseded_packs(workspace: Workspace) -> Iterator[Path]:
    """The folder of every superseded pack, sorted."""
    for council in _folders(workspace.superseded):
        for period in _folders(council):
            yield from (path for path in _folders(period) if _is_pack(path))


def sets_of_packs(workspace: Workspace) -> Iterator[SetOfPacks]:
    """The sets, sorted."""
    for folder in _folders(workspace.output):
        for period in _folders(folder) if folder.name not in _NO_COUNCILS else ():
            if (period / "index.html").is_file() and not _is_pack(period):
                packs = sum(_is_pack(path) for path in _folders(period))
                place = f"{folder.name}/{period.name}"
                yield SetOfPacks(place, folder.name, period.name, packs)


def archive_files(workspace: Workspace) -> list[Path]:
    """The archives, sorted."""
    folder = workspace.output / ARCHIVES
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.rglob("*.zip") if not p.name.startswith("."))


def _is_pack(folder: Path) -> bool:
    return (folder / EVIDENCE).is_file() and (folder / MANIFEST).is_file()


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    entries = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(path for path in entries if path.is_dir())
