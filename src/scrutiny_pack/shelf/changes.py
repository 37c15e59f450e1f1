"""What changed since the pack that is replaced: every value, with the reason."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from typing import Any

from scrutiny_pack.shelf.corrections import Correction
from scrutiny_pack.shelf.difference import Difference
from scrutiny_pack.shelf.differences import differences
from scrutiny_pack.shelf.identity import NOT_EVIDENCE
from scrutiny_pack.shelf.pack_reading import EVIDENCE, Files, evidence_of

CHANGES = "changes.csv"
"""The file of a pack that lists them."""

_CITATIONS = frozenset(("citation", "citation_short"))
"""An item's citation changes with its number, its title and the checksum of its data;
what changed of those is listed itself."""


@dataclass(frozen=True)
class Change:
    """One value that is another than in the pack that is replaced.

    Attributes:
        file: the file in which it stands.
        what: what it is, such as ``Table 1 (posts): Team A, vacancies; value``.
        old: what stood in the replaced pack; "" for nothing.
        new: what stands in this one; "" for nothing.
        reason: why, from the correction.
    """

    file: str
    what: str
    old: str
    new: str
    reason: str


def changes_since(
    correction: Correction, evidence: Mapping[str, Any], data: Mapping[str, bytes]
) -> list[Change]:
    """What changed since the pack that a correction replaces.

    Args:
        correction: the correction, with the evidence of the replaced pack.
        evidence: what the new evidence.json says.
        data: the items' data files of the new pack, by path.

    Returns:
        The changes, in reading order.
    """
    new = {**data, EVIDENCE: json.dumps(evidence).encode()}
    before = json.loads(correction.replaced[EVIDENCE])
    rests_on = _files_of(before) | _files_of(evidence)
    return [
        Change(
            *(d.file, d.what, d.old, d.new),
            correction.reason_of(d.item, rests_on.get(d.item, ())),
        )
        for d in changed_values(correction.replaced, new)
    ]


def changed_values(old: Files, new: Files) -> list[Difference]:
    """What two packs say differently, in evidence.json and the items' data files.

    Args:
        old: evidence.json and the data files of one pack; other files are not read.
        new: likewise of the other.
    """
    made = differences(_evidence_alone(old), _evidence_alone(new))
    return [d for d in made if d.of_value and d.field not in _CITATIONS]


def changes_csv(changes: Iterable[Change]) -> str:
    """The text of the file that lists the changes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in fields(Change)])
    writer.writerows(astuple(change) for change in changes)
    return out.getvalue()


def _evidence_alone(files: Files) -> dict[str, bytes]:
    """evidence.json without what is no evidence, and the data files that it names."""
    evidence = evidence_of(files, "the pack")
    about = {k: v for k, v in evidence["pack"].items() if k not in NOT_EVIDENCE}
    bare = json.dumps({"pack": about, "items": evidence["items"]}).encode()
    named = (str(item.get("data", "")) for item in evidence["items"])
    return {EVIDENCE: bare} | {name: files[name] for name in named if name in files}


def _files_of(evidence: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The input files that each item rests on, by the item's slug."""
    return {
        item["slug"]: tuple(
            file for source in item.get("sources", ()) for file in source["files"]
        )
        for item in evidence["items"]
    }
