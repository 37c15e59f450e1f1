"""Altering an archive, and making its checksums fit again, layer by layer."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from scrutiny_pack.archive.bag import bag_texts, read_info
from scrutiny_pack.archive.verifying import Step, verify_archive

Members = dict[str, bytes]
"""The bytes of each file, by its path in the archive's one folder."""


def read_members(archive: Path) -> Members:
    with zipfile.ZipFile(archive) as opened:
        return {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}


def write_members(archive: Path, members: Members, folder: str = "an-archive") -> Path:
    with zipfile.ZipFile(archive, "w") as opened:
        for path, raw in sorted(members.items()):
            opened.writestr(f"{folder}/{path}", raw)
    return archive


def replaced(members: Members, path: str, old: str, new: str) -> None:
    """Change a text in a file, which must have it."""
    text = members[path].decode()
    assert old in text, f"{path} has no {old!r}"
    members[path] = text.replace(old, new, 1).encode()


def seal_bag(members: Members) -> None:
    """Make the bag's checksums fit."""
    payload = {
        path.removeprefix("data/"): (len(raw), _sha256(raw))
        for path, raw in members.items()
        if path.startswith("data/")
    }
    info = [
        label
        for label in read_info(members["bag-info.txt"].decode())
        if label[0] != "Payload-Oxum"
    ]
    for name, text in bag_texts(payload, info).items():
        members[name] = text.encode()


def seal_pack(members: Members) -> None:
    """Make the checksums of the pack's own manifest fit."""
    place = "data/pack/manifest-sha256.txt"
    names = sorted(p for p in members if p.startswith("data/pack/") and p != place)
    members[place] = "".join(
        f"{_sha256(members[name])}  {name.removeprefix('data/pack/')}\n"
        for name in names
    ).encode()


def seal_lists(members: Members) -> None:
    """Make the checksums of the list of files and of the crate fit."""
    rows = list(csv.reader(io.StringIO(members["data/files.csv"].decode())))
    for row in rows[1:]:
        if raw := members.get(f"data/{row[0]}"):
            row[4:] = [str(len(raw)), _sha256(raw)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    members["data/files.csv"] = out.getvalue().encode()
    crate = json.loads(members["data/ro-crate-metadata.json"])
    for entity in crate["@graph"]:
        raw = members.get(f"data/{entity['@id']}")
        if raw is not None and "sha256" in entity:
            entity |= {"contentSize": str(len(raw)), "sha256": _sha256(raw)}
    members["data/ro-crate-metadata.json"] = json.dumps(crate).encode()


def seal_evidence(members: Members) -> None:
    """Make the checksums of evidence.json fit."""
    place = "data/pack/evidence.json"
    evidence = json.loads(members[place])
    for item in evidence["items"]:
        item["sha256"] = _sha256(members[f"data/pack/{item['data']}"])
        for source in item["sources"]:
            for file in source["files"]:
                if f"data/project/{file}" in members and "reference" not in file:
                    source["files"][file] = _sha256(members[f"data/project/{file}"])
    for own in evidence["pack"]["inputs"]:
        own["sha256"] = _sha256(members[f"data/project/{own['file']}"])
    members[place] = json.dumps(evidence, ensure_ascii=False).encode()


def seal_all(members: Members) -> None:
    """Make every checksum fit, as a forger would."""
    for seal in (seal_evidence, seal_pack, seal_lists, seal_bag):
        seal(members)


def steps_of(archive: Path, **how: object) -> list[Step]:
    return list(verify_archive(archive, archive.name, **how))  # type: ignore[arg-type]


def failed(archive: Path, **how: object) -> dict[int, list[str]]:
    """What verifying finds: the problems of each step that failed, by its exit code."""
    return {
        step.error.exit_code: list(step.problems)
        for step in steps_of(archive, **how)
        if step.problems
    }


def altered(
    archive: Path, target: Path, *changes: Callable[[Members], None]
) -> dict[int, list[str]]:
    """What verifying finds of an archive after some changes."""
    members = read_members(archive)
    for change in changes:
        change(members)
    return failed(write_members(target, members))


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
