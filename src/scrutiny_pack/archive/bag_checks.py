"""Whether a bag is complete and unaltered: every file against the manifests."""

from collections.abc import Iterator, Mapping

from scrutiny_pack.archive.bag import (
    DECLARATION,
    DECLARED,
    INFO,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
    read_info,
    read_manifest,
)
from scrutiny_pack.archive.opening import Opened

_TAG_FILES = (DECLARATION, INFO, MANIFEST, TAG_MANIFEST)


def check_bag(archive: Opened, hashes: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a bag, one sentence for each thing.

    Args:
        archive: the bag.
        hashes: the SHA-256 of each of its files, by path.
    """
    missing = [name for name in _TAG_FILES if name not in archive]
    yield from (f"{name} is missing" for name in missing)
    if missing:
        return
    if archive.text(DECLARATION) != DECLARED:
        yield f"{DECLARATION} does not declare a bag of BagIt 1.0 in UTF-8"
    payload = {path for path in hashes if path.startswith(PAYLOAD)}
    tags = set(hashes) - payload - {TAG_MANIFEST}
    yield from _against(archive, TAG_MANIFEST, tags, hashes)
    yield from _against(archive, MANIFEST, payload, hashes)
    yield from _oxum(archive, payload)


def _against(
    archive: Opened, manifest: str, there: set[str], hashes: Mapping[str, str]
) -> Iterator[str]:
    """What is not as a manifest says."""
    try:
        listed = read_manifest(archive.text(manifest))
    except ValueError as error:
        yield f"{manifest} cannot be read: {error}"
        return
    for path in sorted({*listed, *there}):
        if path not in there:
            yield f"{path} is missing: {manifest} lists it"
        elif path not in listed:
            yield f"{path} was added: {manifest} does not list it"
        elif listed[path] != hashes[path]:
            yield f"{path} was altered: its checksum is not the one in {manifest}"


def _oxum(archive: Opened, payload: set[str]) -> Iterator[str]:
    """Whether size and number of the files are what bag-info.txt says."""
    try:
        info = dict(read_info(archive.text(INFO)))
    except ValueError as error:
        yield f"{INFO} cannot be read: {error}"
        return
    octets = sum(archive.size_of(path) for path in payload)
    there = f"{octets}.{len(payload)}"
    said = info.get("Payload-Oxum", "")
    if said != there:
        yield f"{INFO} says Payload-Oxum {said or 'nothing'}, and it is {there}"
