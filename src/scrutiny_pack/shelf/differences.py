"""What differs between two packs, value by value, in reading order.

Values are compared and not bytes wherever a file holds values: evidence.json, the data
files of items, and the other JSON files. Two packs of different Python versions or
systems may differ in bytes and say the same; `Difference.of_value` tells the two apart.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scrutiny_pack.shelf.cell_differences import cell_differences
from scrutiny_pack.shelf.difference import Difference, apart_from_checksums
from scrutiny_pack.shelf.identity import NOT_EVIDENCE
from scrutiny_pack.shelf.json_differences import as_text, json_differences, merged
from scrutiny_pack.shelf.pack_reading import (
    EVIDENCE,
    MANIFEST,
    Files,
    evidence_of,
    read_folder,
)

_ON_THE_CONTENTS_PAGE: Mapping[tuple[str, ...], str] = {
    ("remarks", "changes"): "what changed",
    ("remarks", "questions"): "what to ask the witnesses",
    ("remarks", "absences"): "what could not be answered",
    ("validation", "warnings"): "what the checks warn of",
}
"""What some fields of evidence.json are called where readers see them."""

_LONGEST = 120

__all__ = ["Difference", "differences", "pack_differences"]


def pack_differences(old: Path, new: Path) -> list[Difference]:
    """What differs between the packs in two folders.

    Args:
        old: the folder of one pack.
        new: the folder of the other.

    Returns:
        The differences in reading order: what the packs say of themselves, each item
        with its cells, then the other files. There is none if all bytes are equal.

    Raises:
        InputFileError: if one of the two is no pack.
    """
    return differences(read_folder(old), read_folder(new), (old.name, new.name))


def differences(
    old: Files, new: Files, named: tuple[str, str] = ("the old pack", "the new pack")
) -> list[Difference]:
    """What differs between two packs.

    Args:
        old: the files of one pack.
        new: the files of the other.
        named: the two packs, as messages name them.

    Returns:
        As `pack_differences`.

    Raises:
        InputFileError: if one of the two is no pack.
    """
    if old == new:
        return []
    before, after = evidence_of(old, named[0]), evidence_of(new, named[1])
    found = list(_of_packs(before["pack"], after["pack"]))
    compared = {EVIDENCE}
    was = {item["slug"]: item for item in before["items"]}
    now = {item["slug"]: item for item in after["items"]}
    for slug in merged(list(was), list(now)):
        found += _of_items(was.get(slug), now.get(slug), old, new)
        compared |= {i.get("data", "") for i in (was.get(slug), now.get(slug)) if i}
    for name in sorted({*old, *new} - compared, key=lambda n: (n == MANIFEST, n)):
        found += _of_files(name, old.get(name), new.get(name))
    # Bytes that differ where every value is equal: said once, by the file.
    said = {difference.file for difference in found}
    for name in sorted(compared - said):
        if old.get(name) != new.get(name):
            found.append(_of_bytes(name, old.get(name, b""), new.get(name, b"")))
    return found


def _of_packs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for place, was, now in json_differences(old, new):
        if place[:2] == ("replaces", "changes"):
            continue  # of other packs than these two
        of_value = place[0] not in NOT_EVIDENCE and _says_more(was, now)
        # Under which heading a question stands is no evidence.
        of_value &= (place[0], place[-1]) != ("questions", "about")
        what = _ON_THE_CONTENTS_PAGE.get(place[:2]) or _words(place)
        yield Difference(EVIDENCE, f"the pack: {what}", was, now, of_value)


def _of_items(
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    old_files: Files,
    new_files: Files,
) -> Iterator[Difference]:
    if old is None or new is None:
        item = old or new or {}
        what = f"{_item(item)}: the item is {'new' if old is None else 'gone'}"
        title = as_text(item.get("title"))
        was, now = (title, "") if old else ("", title)
        yield Difference(EVIDENCE, what, was, now, item=item.get("slug", ""))
        return
    before, after = (
        files.get(item.get("data", ""), b"").decode("utf-8", "replace")
        for item, files in ((old, old_files), (new, new_files))
    )
    for place, was, now in json_differences(old, new):
        if place[0] == "sha256" and before != after:
            continue  # of the data file, whose cells are compared below
        what = f"{_item(new)}: {_words(place)}"
        more = _says_more(was, now)
        yield Difference(EVIDENCE, what, was, now, more, new["slug"], place[0])
    if before != after:
        yield from cell_differences(
            new["slug"],
            new.get("data", ""),
            _item(new),
            (before, old.get("layout", {})),
            (after, new.get("layout", {})),
        )


def _of_files(name: str, old: bytes | None, new: bytes | None) -> Iterator[Difference]:
    if old is None or new is None:
        what = "the file is new" if old is None else "the file is gone"
        yield Difference(name, what, _about(old), _about(new), of_value=False)
        return
    if old == new:
        return
    found = []
    if name.endswith(".json"):
        try:
            found = list(json_differences(json.loads(old), json.loads(new)))
        except ValueError:
            found = []
    for place, was, now in found:
        yield Difference(name, _words(place), was, now, _says_more(was, now))
    if not found:
        yield _of_bytes(name, old, new)


def _of_bytes(name: str, old: bytes, new: bytes) -> Difference:
    """Where the bytes of two files differ first: a line of text, or the files at large."""
    try:
        lines = old.decode("utf-8").splitlines(), new.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return Difference(name, "the bytes", _about(old), _about(new), of_value=False)
    for number in range(max(map(len, lines))):
        was, now = (text[number] if number < len(text) else "" for text in lines)
        if was != now:
            what = f"line {number + 1} and perhaps others"
            return Difference(name, what, *_around(was, now), of_value=False)
    return Difference(name, "line ends", _about(old), _about(new), of_value=False)


def _around(old: str, new: str) -> tuple[str, str]:
    """Two lines from shortly before they differ, no longer than a reader can compare."""
    same = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = max(0, same - _LONGEST // 3)
    lead = "..." if start else ""
    return tuple(  # type: ignore[return-value]
        f"{lead}{line[start : start + _LONGEST].strip()}" for line in (old, new)
    )


def _about(content: bytes | None) -> str:
    if content is None:
        return ""
    return f"{len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()[:12]}"


def _says_more(old: str, new: str) -> bool:
    """Whether two texts differ in more than checksums."""
    return apart_from_checksums(old) != apart_from_checksums(new)


def _words(place: tuple[str, ...]) -> str:
    return ", ".join(part.replace("_", " ") for part in place) or "the whole"


def _item(item: Mapping[str, Any]) -> str:
    """An item as a reader knows it: ``Table 1 (posts)``."""
    return f"{item.get('number', 'item')} ({item['slug']})"
