"""Whether the parts of an archive agree: what each says of the files, with the files."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from scrutiny_pack.archive.bag import PAYLOAD, read_manifest
from scrutiny_pack.archive.crate import CONFORMS_TO, PROFILE
from scrutiny_pack.archive.file_list import COLUMNS
from scrutiny_pack.archive.layout import (
    CRATE,
    DOCUMENTS_FOLDER,
    FILE_LIST,
    PACK,
    PROJECT,
)
from scrutiny_pack.archive.opening import Opened
from scrutiny_pack.errors import ArchiveError

_PACK_MANIFEST = "manifest-sha256.txt"

Hashes = Mapping[str, str]
"""The SHA-256 of each file of the payload, by its path in it."""


def check_file_list(archive: Opened, hashes: Hashes) -> Iterator[str]:
    """Whether files.csv lists every file, with its size and checksum."""
    rows = list(csv.reader(io.StringIO(archive.text(f"{PAYLOAD}{FILE_LIST}"))))
    if not rows or tuple(rows[0]) != COLUMNS:
        yield f"{FILE_LIST} has not the columns {', '.join(COLUMNS)}"
        return
    listed = {row[0]: (row[4], row[5]) for row in rows[1:] if len(row) == len(COLUMNS)}
    due = {
        path: (str(archive.size_of(f"{PAYLOAD}{path}")), sha)
        for path, sha in hashes.items()
        if path not in {FILE_LIST, CRATE}
    }
    for path in sorted({*listed, *due}):
        if listed.get(path) != due.get(path):
            yield f"{FILE_LIST} does not agree with the file {path}"


def check_pack_manifest(archive: Opened, hashes: Hashes) -> Iterator[str]:
    """Whether the pack's own manifest lists every file of it, with its checksum."""
    place = f"{PACK}/{_PACK_MANIFEST}"
    try:
        listed = read_manifest(archive.text(f"{PAYLOAD}{place}"))
    except ValueError as error:
        yield f"{place} cannot be read: {error}"
        return
    due = {
        path.removeprefix(f"{PACK}/"): sha
        for path, sha in hashes.items()
        if path.startswith(f"{PACK}/") and path != place
    }
    for path in sorted({*listed, *due}):
        if listed.get(path) != due.get(path):
            yield f"{place} does not agree with the file {PACK}/{path}"


def check_crate(archive: Opened, hashes: Hashes) -> Iterator[str]:
    """Whether the crate describes every file, and its actions name what is described."""
    crate = read_json(archive, CRATE)
    try:
        graph = crate["@graph"]
        entities = {entity["@id"]: entity for entity in graph}
        files = {
            unquote(place): (entity.get("contentSize"), entity.get("sha256"))
            for place, entity in entities.items()
            if "File" in _list(entity["@type"])
        }
        parts = Counter(unquote(part["@id"]) for part in entities["./"]["hasPart"])
        conforms = [
            _named(entities[CRATE].get("conformsTo")),
            _named(entities["./"].get("conformsTo")),
        ]
        references = list(_references(graph))
    except (KeyError, TypeError, AttributeError):
        yield f"{CRATE} is not the description of a crate"
        return
    if len(entities) != len(graph):
        yield f"{CRATE} describes something twice"
    if conforms != [{CONFORMS_TO}, {PROFILE}]:
        yield f"{CRATE} does not say that it is a Process Run Crate"
    due = {
        path: (str(archive.size_of(f"{PAYLOAD}{path}")), sha)
        for path, sha in hashes.items()
        if path != CRATE
    }
    for path in sorted({*files, *due}):
        if files.get(path) != due.get(path):
            yield f"{CRATE} does not agree with the file {path}"
    for path in sorted({*parts, *due}):
        if parts[path] != (path in due):
            yield f"{CRATE} does not list {path} once among its parts"
    for name, place in references:
        if place not in entities:
            yield f"{CRATE}: {name} names {place}, which it does not describe"


def check_evidence(archive: Opened, hashes: Hashes) -> Iterator[str]:
    """Whether evidence.json names the files that are there, with their checksums."""
    evidence = read_json(archive, f"{PACK}/evidence.json")
    try:
        named = [
            *_of_items(evidence["items"]),
            *_of_inputs(evidence["pack"]["inputs"]),
        ]
        pictures = [i["picture"] for i in evidence["items"] if i["picture"]]
        documents = {i["document_sha256"] for i in evidence["pack"]["inputs"]}
    except (KeyError, TypeError, AttributeError):
        yield "evidence.json is not the list of a pack's evidence"
        return
    for what, path, sha in named:
        if path not in hashes:
            yield f"evidence.json, {what}: the file {path} is missing"
        elif hashes[path] != sha:
            yield f"evidence.json, {what}: the checksum is not that of the file {path}"
    for picture in pictures:
        if f"{PACK}/{picture}" not in hashes:
            yield f"evidence.json: the picture {picture} is missing"
    for path, sha in hashes.items():
        is_copy = path.startswith(
            f"{PROJECT}/data/"
        ) and DOCUMENTS_FOLDER in path.split("/")
        if is_copy and sha not in documents:
            yield f"{path} is not the copy of a document that evidence.json names"


def read_json(archive: Opened, path: str) -> Any:
    """What a JSON file of the payload says.

    Raises:
        ArchiveError: if it is missing or is none.
    """
    place = f"{PAYLOAD}{path}"
    if place not in archive:
        msg = f"{path} is missing"
        raise ArchiveError(msg)
    try:
        return json.loads(archive.text(place))
    except (ValueError, RecursionError) as error:
        msg = f"{path} cannot be read as JSON ({type(error).__name__})"
        raise ArchiveError(msg) from None


def _of_items(items: Any) -> Iterator[tuple[str, str, str]]:
    for item in items:
        yield item["slug"], f"{PACK}/{item['data']}", item["sha256"]
        for source in item["sources"]:
            for file, sha in source["files"].items():
                # A file of reference data is named with its document's checksum.
                if file.startswith("data/") and not file.startswith("data/reference/"):
                    yield item["slug"], f"{PROJECT}/{file}", sha


def _of_inputs(inputs: Any) -> Iterator[tuple[str, str, str]]:
    for own in inputs:
        yield own["dataset"], f"{PROJECT}/{own['file']}", own["sha256"]


def _references(graph: Any) -> Iterator[tuple[str, str]]:
    """What the actions and the root refer to, by the property's name."""
    for entity in graph:
        if entity["@id"] == "./" or "CreateAction" in _list(entity["@type"]):
            for name in ("instrument", "object", "result", "agent", "mentions"):
                for place in sorted(_named(entity.get(name))):
                    yield f"{entity['@id']}, {name},", place


def _named(value: Any) -> set[str]:
    return {entry["@id"] for entry in _list(value)}


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
