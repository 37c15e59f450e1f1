"""The source documents that a pack's figures were read from: in the archive, or where."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.archive.layout import DOCUMENTS_FOLDER
from scrutiny_pack.inputs.sources import Source

COLUMNS = ("title", "body", "date", "sha256", "held", "licence", "file")
"""The columns of documents.csv."""


@dataclass(frozen=True)
class Document:
    """One source document.

    Attributes:
        source: what the sidecars say of it.
        file: its copy in the council's folder of documents; None if there is none.
    """

    source: Source
    file: Path | None


def find_documents(sources: Sequence[Source], folder: Path) -> list[Document]:
    """Find the copies of documents that the council gives, by their checksums.

    Args:
        sources: the sources of a pack's datasets and releases.
        folder: the folder of a pack's datasets; copies are in its folder
            ``documents/``, under any name.

    Returns:
        Each document once, sorted by title.
    """
    copies = {_sha256(file): file for file in _files(folder / DOCUMENTS_FOLDER)}
    distinct = {(s.title, s.body, s.date, s.document_sha256): s for s in sources}
    return [
        Document(source, copies.get(source.document_sha256))
        for _, source in sorted(distinct.items())
    ]


def documents_csv(documents: Sequence[Document], places: Mapping[Path, str]) -> str:
    """The list of the documents, as CSV.

    Args:
        documents: the documents.
        places: where each copy is in the archive.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for document in documents:
        source = document.source
        writer.writerow(
            (
                source.title,
                source.body,
                source.date,
                source.document_sha256,
                source.held,
                source.licence,
                places[document.file] if document.file else "",
            )
        )
    return out.getvalue()


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
