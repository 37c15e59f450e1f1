"""Corrections: why a final pack is replaced, and the evidence that it held.

A correction is a folder of data, ``data/<council>/<period>/corrections/<checksum>/``: what
is said about it in ``correction.yaml``, and beside it the replaced pack's evidence.json
and data files. ``make correct`` writes it. So the list of what changed is a function of
inputs alone, and an archive gives the same pack again without the old one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from scrutiny_pack.errors import CorrectionError
from scrutiny_pack.inputs.wording import did_you_mean
from scrutiny_pack.inputs.yaml_files import read_yaml
from scrutiny_pack.roles import why_not_a_role
from scrutiny_pack.shelf.identity import SHORT, evidence_checksum
from scrutiny_pack.shelf.pack_reading import EVIDENCE, evidence_of

FOLDER = "corrections"
FILE = "correction.yaml"

_SCHEMA = Path(__file__).with_name("correction.schema.yaml")


@dataclass(frozen=True)
class Reason:
    """Why some items changed.

    Attributes:
        reason: the reason, as a sentence.
        items: the slugs of the items.
        datasets: the datasets that were corrected, for all items that rest on one.
    """

    reason: str
    items: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Correction:
    """Why a final pack is replaced, and the evidence that it held.

    Attributes:
        replaces: the evidence checksum of the replaced pack.
        corrected_on: the date of the correction, YYYY-MM-DD.
        corrected_by: the role of whoever corrected it.
        why: why, in a sentence or two.
        reasons: the reasons of some items, where they are others.
        replaced: evidence.json and the data files of the replaced pack, by path.
    """

    replaces: str
    corrected_on: str
    corrected_by: str
    why: str
    reasons: tuple[Reason, ...] = ()
    replaced: Mapping[str, bytes] = field(default_factory=dict)

    def reason_of(self, slug: str, files: Mapping[str, Any] | tuple[str, ...]) -> str:
        """Why an item changed: its own reason, its datasets', or why all was done.

        Args:
            slug: the item's slug; "" for what is of no item.
            files: the input files that the item rests on.
        """
        named = {Path(file).stem for file in files if file.endswith(".csv")}
        for reason in self.reasons:
            if slug and slug in reason.items:
                return reason.reason
        for reason in self.reasons:
            if named & set(reason.datasets):
                return reason.reason
        return self.why


def read_corrections(data: Path, shown_as: str) -> tuple[Correction, ...]:
    """The corrections of one council and period, the last one last.

    Args:
        data: the folder of the council's data for the period.
        shown_as: how messages call it.

    Returns:
        The corrections, each of the pack that the one before it led to.

    Raises:
        CorrectionError: if one of them is not what its schema says, the evidence beside
            it is not that of the pack it names, or they do not follow one another.
        InputFileError: if a file cannot be read.
    """
    folder = data / FOLDER
    if not folder.is_dir():
        return ()
    found: dict[str, Correction] = {}
    follows: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or not path.is_dir():
            continue
        shown = f"{shown_as}/{FOLDER}/{path.name}"
        correction = _read(path, shown)
        found[correction.replaces] = correction
        about = json.loads(correction.replaced[EVIDENCE])["pack"].get("replaces") or {}
        follows[correction.replaces] = str(about.get("evidence", ""))
    return _in_order(found, follows, f"{shown_as}/{FOLDER}")


def _in_order(
    found: Mapping[str, Correction], follows: Mapping[str, str], shown: str
) -> tuple[Correction, ...]:
    """The corrections from the first to the last: each pack names the one it replaced."""
    ordered: list[Correction] = []
    last = ""
    while len(ordered) < len(found):
        following = [
            name
            for name, before in follows.items()
            if (before if before in found else "") == last
        ]
        if len(following) != 1:
            msg = (
                f"{shown}: the corrections do not follow one another, one pack after the "
                "other; take away the folder of the one that was not made"
            )
            raise CorrectionError(msg)
        last = following[0]
        ordered.append(found[last])
    return tuple(ordered)


def _read(folder: Path, shown: str) -> Correction:
    said = read_yaml(folder / FILE, f"{shown}/{FILE}")
    _validate(said, f"{shown}/{FILE}")
    replaces = said["replaces"]
    if folder.name != replaces[:SHORT]:
        msg = f"{shown}: the folder of a correction of {replaces[:SHORT]} has that name"
        raise CorrectionError(msg)
    return Correction(
        replaces=replaces,
        corrected_on=said["corrected_on"],
        corrected_by=said["corrected_by"],
        why=said["why"].strip(),
        reasons=tuple(
            Reason(
                reason["reason"].strip(),
                tuple(reason.get("items", ())),
                tuple(reason.get("datasets", ())),
            )
            for reason in said.get("reasons", ())
        ),
        replaced=_replaced(folder, replaces, shown),
    )


def _replaced(folder: Path, replaces: str, shown: str) -> dict[str, bytes]:
    """The evidence of the replaced pack, if it is just that."""
    try:
        files = {EVIDENCE: (folder / EVIDENCE).read_bytes()}
        evidence = evidence_of(files, shown)
        sound = evidence_checksum(evidence) == replaces
        for item in evidence["items"] if sound else ():
            name = str(item["data"])
            files[name] = (folder / name).read_bytes()
            sound &= hashlib.sha256(files[name]).hexdigest() == item["sha256"]
    except OSError as error:
        msg = f"{shown}: {Path(error.filename or '').name} of the replaced pack is missing"
        raise CorrectionError(msg) from None
    if not sound:
        msg = (
            f"{shown}: the evidence that is kept there is not that of the pack "
            f"{replaces[:SHORT]}; put back what 'make correct' wrote"
        )
        raise CorrectionError(msg)
    return files


def _validate(said: Mapping[str, Any], shown: str) -> None:
    known = _schema()["properties"]
    for name in said:
        if name not in known:
            msg = (
                f"{shown}: '{name}' is not known.{did_you_mean(name, known)} "
                f"The names are: {', '.join(known)}"
            )
            raise CorrectionError(msg)
    for name in _schema()["required"]:
        if not said.get(name):
            msg = f"{shown}: {name} is missing: write {known[name]['description']}"
            raise CorrectionError(msg)
    for error in Draft202012Validator(_schema()).iter_errors(said):
        where = ", ".join(str(part) for part in error.absolute_path)
        what = error.schema.get("description", error.message)
        msg = f"{shown}: {where or 'it'} is not as it should be: {what}"
        raise CorrectionError(msg)
    try:
        date.fromisoformat(said["corrected_on"])
    except ValueError:
        msg = f"{shown}: corrected_on is not a date: write it as 2016-11-02"
        raise CorrectionError(msg) from None
    if reason := why_not_a_role(said["corrected_by"]):
        msg = f"{shown}: corrected_by '{said['corrected_by']}' {reason}"
        raise CorrectionError(msg)


@cache
def _schema() -> Mapping[str, Any]:
    return dict(yaml.safe_load(_SCHEMA.read_text(encoding="utf-8")))
