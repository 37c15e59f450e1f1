"""The texts of a BagIt bag, version 1.0 (RFC 8493): written and read, no file touched."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

PAYLOAD = "data/"
"""The folder of a bag's payload."""

DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"

DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""What bagit.txt says."""

_LINE = re.compile(r"([0-9a-f]{64})[ \t]+(\S.*)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_ESCAPED = {"%": "%25", "\r": "%0D", "\n": "%0A"}

Info = Sequence[tuple[str, str]]
"""The labels of bag-info.txt with their values, in order; a label can be repeated."""


def bag_texts(
    payload: Mapping[str, tuple[int, str]], info: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """The text of each file of a bag that is not payload.

    Args:
        payload: the size and SHA-256 of each file of the payload, by its path in it.
        info: what bag-info.txt says; Payload-Oxum is added.
    """
    octets = sum(size for size, _ in payload.values())
    labels = [*info, ("Payload-Oxum", f"{octets}.{len(payload)}")]
    texts = {
        DECLARATION: DECLARED,
        INFO: "".join(f"{label}: {_one_line(value)}\n" for label, value in labels),
        MANIFEST: manifest_text(
            {f"{PAYLOAD}{path}": sha for path, (_, sha) in payload.items()}
        ),
    }
    hashes = {name: sha256_of_text(text) for name, text in texts.items()}
    return texts | {TAG_MANIFEST: manifest_text(hashes)}


def manifest_text(hashes: Mapping[str, str]) -> str:
    """A manifest: one line a file, sorted by path."""
    return "".join(f"{sha}  {_escaped(path)}\n" for path, sha in sorted(hashes.items()))


def read_manifest(text: str) -> dict[str, str]:
    """The SHA-256 of each file that a manifest lists, by its path.

    Raises:
        ValueError: if a line is not one of a manifest, or lists a file again; it says
            which.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(_lines(text), start=1):
        match = _LINE.fullmatch(line)
        if not match:
            msg = f"line {number} is not a SHA-256 and a path"
            raise ValueError(msg)
        path = _unescaped(match[2])
        if path in found:
            msg = f"line {number} lists {path} again"
            raise ValueError(msg)
        found[path] = match[1]
    return found


def read_info(text: str) -> list[tuple[str, str]]:
    """The labels of bag-info.txt with their values, in order.

    Raises:
        ValueError: if a line has no label.
    """
    found: list[tuple[str, str]] = []
    for number, line in enumerate(_lines(text), start=1):
        label, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and found:  # a long value goes on
            found[-1] = found[-1][0], f"{found[-1][1]} {line.strip()}"
        elif colon and label.strip():
            found.append((label.strip(), value.strip()))
        elif line.strip():
            msg = f"line {number} has no label"
            raise ValueError(msg)
    return found


def sha256_of_text(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def _lines(text: str) -> list[str]:
    """The lines of a text; nothing but an end of line ends one."""
    lines = _LINE_END.split(text)
    return lines[:-1] if lines[-1] == "" else lines


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _escaped(path: str) -> str:
    return "".join(_ESCAPED.get(character, character) for character in path)


def _unescaped(path: str) -> str:
    for character, written in reversed(_ESCAPED.items()):
        path = re.sub(written, character, path, flags=re.IGNORECASE)
    return path
