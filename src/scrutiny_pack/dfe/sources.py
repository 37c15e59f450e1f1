"""The DfE's statistics as the source of evidence items."""

from pathlib import Path
from typing import Any

from scrutiny_pack.dfe.neighbours import NEIGHBOURS
from scrutiny_pack.dfe.obtain import find_pinned
from scrutiny_pack.dfe.releases import Release, evidence_source, read_releases
from scrutiny_pack.evidence.items import SourceUsed
from scrutiny_pack.inputs.sources import Source, read_source


def reference_sources(reference: Path, folder: Path) -> dict[str, SourceUsed]:
    """The sources that figures of the DfE can have, by what rows call them.

    The same whether a figure was read from a release's own file or from the embedded
    extract of it: the source is the Department's file, with its checksum.

    Args:
        reference: the folder of reference data.
        folder: the folder of obtained releases.
    """
    found = {
        release.dataset: _used(
            document_of(release, folder),
            release.file,
        )
        for release in read_releases(reference).values()
    }
    sidecar = reference / f"{NEIGHBOURS}.source.yaml"
    shown = f"data/reference/{NEIGHBOURS}"
    models = read_source(sidecar, f"{shown}.source.yaml")
    return found | {NEIGHBOURS: _used(models, f"{shown}.csv")}


def document_of(release: Release, folder: Path) -> Source:
    """A release as a document: its title, where it is held, and its checksum.

    Args:
        release: the release.
        folder: the folder of obtained releases, for one whose checksum the project
            does not know.
    """
    sha256 = release.sha256
    if not sha256:
        pinned = find_pinned(release, folder)
        sha256 = pinned.sha256 if pinned else "not stated"
    facts: dict[str, Any] = evidence_source(release, sha256)
    return Source(**facts)


def _used(source: Source, file: str) -> SourceUsed:
    return SourceUsed(
        title=source.title,
        body=source.body,
        date=source.date,
        paragraphs=(),
        files={file: source.document_sha256},
    )
