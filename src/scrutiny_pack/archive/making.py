"""Making an archive: written aside, verified, and moved into place whole."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scrutiny_pack.archive.bag import TAG_MANIFEST, bag_texts
from scrutiny_pack.archive.contents import Contents, gather
from scrutiny_pack.archive.crate import CrateFacts, crate_text, runs_of
from scrutiny_pack.archive.entries import Entry, entry_of_text
from scrutiny_pack.archive.facts import ArchiveFacts, role_and_access
from scrutiny_pack.archive.file_list import file_list
from scrutiny_pack.archive.layout import (
    CRATE,
    FILE_LIST,
    PROJECT,
    README,
)
from scrutiny_pack.archive.readme import ReadmeFacts, readme_text
from scrutiny_pack.archive.verifying import verify_archive
from scrutiny_pack.archive.wheels import download_wheels
from scrutiny_pack.archive.zip_writing import write_zip
from scrutiny_pack.errors import ArchiveError
from scrutiny_pack.inputs.sources import read_source
from scrutiny_pack.periods import Period
from scrutiny_pack.run.dependencies import pack_dependencies
from scrutiny_pack.run.engine import pack_up_to_date
from scrutiny_pack.run.failures import writing
from scrutiny_pack.run.lock import locked
from scrutiny_pack.run.plan import Plan, plan_pack
from scrutiny_pack.shelf.retention import read_schedule
from scrutiny_pack.workspace import Workspace

_HASH = 8
_DFE = "dfe-"
_RUNS_NOTEBOOKS = (
    *("papermill", "nbclient", "ipykernel", "nbconvert"),
    *("pandas", "matplotlib", "seaborn", "great-expectations"),
)
"""The packages whose versions the crate names; the lock has them all."""


@dataclass(frozen=True)
class ArchiveMade:
    """An archive that is there.

    Attributes:
        file: the zip.
        files: how many files are in it.
        size: how many bytes the zip has.
        sha256: their SHA-256.
        is_new: whether it was not there before.
        missing: the titles of source documents of which there is no copy.
        left_out: files beside the datasets that are not in it.
    """

    file: Path
    files: int
    size: int
    sha256: str
    is_new: bool
    missing: tuple[str, ...]
    left_out: tuple[Path, ...]


def make_archive(
    workspace: Workspace,
    council: str,
    period: Period,
    formats: Sequence[str],
    *,
    make_pack: Callable[[], object],
    with_wheels: bool = False,
) -> ArchiveMade:
    """Make the archive of a pack, which is brought up to date first.

    Whatever goes wrong, nothing that could be taken for an archive is left behind.

    Args:
        workspace: where everything is.
        council: the council's slug.
        period: the period.
        formats: what the pack is made as beside its pages: all there are.
        make_pack: makes the pack, unless it is up to date.
        with_wheels: whether the packages go in too.

    Raises:
        BusyError: if the pack, or an archive of it, is just being made.
        ArchiveError: if something changed meanwhile, or the project lacks a file.
        OutputError: if it cannot be written.
        MachineError: if the packages cannot be downloaded.
    """
    make_pack()
    place = workspace.output / "archive" / f"{council}-{period}".lower()
    shown = workspace.shown(place)
    with locked(place, shown), writing(shown), _aside(place) as building:
        wheels = None
        if with_wheels:
            wheels = building / "wheels"
            download_wheels(workspace.project / "requirements.lock", wheels)
        pack = workspace.pack_folder(council, period)
        with locked(pack, workspace.shown(pack)):
            making = _Making(workspace, council, period, formats, wheels)
            return making.make(place, building)


@contextmanager
def _aside(place: Path) -> Iterator[Path]:
    """An empty folder beside the archive, in which it is built."""
    building = place.with_name(f".{place.name}.building")
    shutil.rmtree(building, ignore_errors=True)  # of a run that was killed
    building.mkdir()
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


@dataclass(frozen=True)
class _Making:
    """The making of one archive."""

    workspace: Workspace
    council: str
    period: Period
    formats: Sequence[str]
    wheels: Path | None

    def make(self, place: Path, building: Path) -> ArchiveMade:
        contents, entries = self._entries()
        tag = next(entry for entry in entries if entry.path == TAG_MANIFEST)
        name = f"{place.name}-{tag.sha256[:_HASH]}"
        built = building / f"{name}.zip"
        write_zip(built, name, entries, self.period.end)
        for step in verify_archive(built, built.name):
            if step.problems:
                msg = (
                    f"the archive was not made, because it would not verify "
                    f"({step.what}: {step.problems[0]}): run again with FORCE=1"
                )
                raise ArchiveError(msg)
        target = place.with_name(built.name)
        is_new = not target.exists()
        size, sha = built.stat().st_size, _sha256(built)
        built.replace(target)
        return ArchiveMade(
            file=target,
            files=len(entries),
            size=size,
            sha256=sha,
            is_new=is_new,
            missing=tuple(d.source.title for d in contents.documents if not d.file),
            left_out=contents.strangers,
        )

    def _entries(self) -> tuple[Contents, list[Entry]]:
        """Everything that goes into the zip."""
        workspace, council, period = self.workspace, self.council, self.period
        rests_on = pack_dependencies(workspace, council, period, self.formats)
        if not pack_up_to_date(workspace, council, period, self.formats):
            shown = workspace.shown(workspace.pack_folder(council, period))
            msg = f"{shown} was changed while it was being archived: run again"
            raise ArchiveError(msg)
        plan = plan_pack(workspace, council, period, self.formats)
        pack = workspace.pack_folder(council, period)
        evidence = json.loads((pack / "evidence.json").read_text(encoding="utf-8"))
        folder = workspace.data_folder(council, period)
        reports = [
            read_source(file, workspace.shown(file))
            for name in plan.supplied
            for file in [folder / f"{name}.source.yaml"]
        ]
        contents = gather(
            workspace,
            council,
            period,
            evidence,
            rests_on,
            [*reports, *plan.documents.values()],
            [name.removeprefix(_DFE) for name in plan.documents],
            self.wheels,
        )
        creator, access = role_and_access(plan.parameters)
        facts = ArchiveFacts(
            evidence=evidence["pack"],
            period=period,
            reports=reports,
            creator=creator,
            access=access,
            retention=read_schedule(workspace).of_pack(evidence),
            python=rests_on["Python"],
            system=rests_on["the system"],
        )
        readme = entry_of_text(
            README, "What this is: read it first", self._readme(facts, contents)
        )
        described = _sorted([*contents.entries, readme])
        listed = entry_of_text(FILE_LIST, "The list of all files", file_list(described))
        described = _sorted([*described, listed])
        crate = entry_of_text(
            CRATE,
            "The same for programs: RO-Crate",
            crate_text(described, self._crate(facts, plan, evidence, described)),
        )
        payload = _sorted([*described, crate])
        texts = bag_texts(
            {entry.path: (entry.size, entry.sha256) for entry in payload},
            facts.labels(),
        )
        bag = [
            *(entry_of_text(name, name, text) for name, text in texts.items()),
            *(replace(entry, path=f"data/{entry.path}") for entry in payload),
        ]
        return contents, bag

    def _readme(self, facts: ArchiveFacts, contents: Contents) -> str:
        pack = facts.evidence
        retention = facts.retention
        return readme_text(
            ReadmeFacts(
                title=pack["title"],
                identifier=pack["id"],
                standing=pack["standing"]["words"],
                creator=facts.creator,
                access=facts.access,
                retention=(
                    f"How long it is kept: {retention.title}. {retention.words}. "
                    f"The schedule: {retention.schedule}"
                ),
                documents=contents.documents,
                python=facts.python,
                system=facts.system,
                software=pack["software"]["version"],
                command=f"pack COUNCIL={self.council} PERIOD={self.period} FORMATS=all",
                with_wheels=self.wheels is not None,
                licence=pack["licence"]["data"],
            )
        )

    def _crate(
        self,
        facts: ArchiveFacts,
        plan: Plan,
        evidence: Any,
        described: Sequence[Entry],
    ) -> CrateFacts:
        paths = [entry.path for entry in described]
        there = frozenset(paths)
        runs, published = runs_of(
            evidence,
            inputs={
                own.name: [
                    path
                    for name in own.rests_on
                    for path in [f"{PROJECT}/{name}"]
                    if name.startswith(("data/", "expectations/")) and path in there
                ]
                for own in plan.notebooks
            },
            parameters={
                own.name: plan.parameters_of(own.sidecar) for own in plan.notebooks
            },
            files={own.name: sorted(own.sidecar.files) for own in plan.notebooks},
            paths=paths,
        )
        packages = {
            name: version
            for name in _RUNS_NOTEBOOKS
            if (version := plan.rests_on.get(f"the package {name}"))
        }
        pack = facts.evidence
        return CrateFacts(
            identifier=pack["id"],
            title=pack["title"],
            authority=pack["authority"],
            ons_code=pack["ons_code"],
            date=self.period.end.isoformat(),
            creator=facts.creator,
            checked_by=pack["standing"]["checked_by"],
            licence=pack["licence"]["data"],
            software=pack["software"]["version"],
            python=facts.python,
            system=facts.system,
            packages=packages,
            runs=runs,
            published=published,
        )


def _sorted(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.path)


def _sha256(file: Path) -> str:
    own = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            own.update(piece)
    return own.hexdigest()
