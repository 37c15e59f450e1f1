"""The status of every pack: draft, final, superseded or withdrawn, computed from what is there.

A status is a function of the packs in ``output/`` and of data; it is written beside the
pack, never into it, and can be computed anew at any time.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.periods import Period
from scrutiny_pack.shelf.identity import SHORT, evidence_checksum, is_final
from scrutiny_pack.shelf.pack_reading import EVIDENCE, MANIFEST, evidence_of
from scrutiny_pack.shelf.places import current_packs, superseded_packs
from scrutiny_pack.shelf.retention import (
    Retention,
    Schedule,
    evidence_goes_to,
    read_schedule,
)
from scrutiny_pack.shelf.withdrawals import (
    FILE,
    Withdrawal,
    read_withdrawals,
    withdrawal_of,
)
from scrutiny_pack.workspace import Workspace

DRAFT, FINAL, SUPERSEDED, WITHDRAWN = "draft", "final", "superseded", "withdrawn"


@dataclass(frozen=True)
class Status:
    """What is to be known of a pack beside what it says itself.

    Attributes:
        folder: the pack's folder, as a path in ``output/``.
        pack: the pack's id.
        authority: the authority that was there in the period.
        council: the council's slug.
        period: the period, as it is written.
        status: draft, final, superseded or withdrawn.
        words: the status as a sentence, with who, when and why.
        evidence: the evidence checksum.
        manifest: the SHA-256 of the pack's manifest, and so of all its bytes.
        checked_by: the role of whoever checked it; "" if nobody has.
        checked_on: the date of that check; "" if there is none.
        evidence_goes_to: the last day of what it is about, or of its documents.
        replaces: the evidence checksum of the final pack that it replaces; "" for none.
        corrected_on: when that was corrected; "" for none.
        why: why that is replaced; "" for none.
        superseded_by: the evidence checksum of the pack that replaces it; "" for none.
        withdrawn: why it is withdrawn; None if it is not.
        retention: how long it is kept.
    """

    folder: str
    pack: str
    authority: str
    council: str
    period: str
    status: str
    words: str
    evidence: str
    manifest: str
    checked_by: str
    checked_on: str
    evidence_goes_to: str
    replaces: str
    corrected_on: str
    why: str
    superseded_by: str
    withdrawn: Withdrawal | None
    retention: Retention

    @property
    def file(self) -> str:
        """The path of the file that holds it, in ``output/``: beside the pack."""
        return f"{self.folder}.status.json"

    @property
    def text(self) -> str:
        """What the file holds."""
        return f"{json.dumps(asdict(self), indent=1, ensure_ascii=False)}\n"


def read_statuses(workspace: Workspace) -> list[Status]:
    """The status of every pack of a council's own, and of every superseded one.

    Returns:
        The statuses, sorted by authority; of each, the latest period first, and of each
        period the pack in place before those that it superseded.

    Raises:
        InputFileError: if what is said of withdrawn packs cannot be read.
        ReferenceDataError: if the retention schedule is wrong.
    """
    packs = [*current_packs(workspace)]
    old = [*superseded_packs(workspace)]
    if not packs and not old:
        return []
    schedule = read_schedule(workspace)
    statuses = [s for path in packs for s in _status(workspace, path, schedule)]
    replaced = [s for path in old for s in _status(workspace, path, schedule)]
    statuses += [_superseded(status, statuses, replaced) for status in replaced]
    return _in_order(statuses)


def _status(workspace: Workspace, folder: Path, schedule: Schedule) -> Iterator[Status]:
    """The status of the pack in a folder, as if nothing had replaced it."""
    try:
        files = {n: (folder / n).read_bytes() for n in (EVIDENCE, MANIFEST)}
        evidence = evidence_of(files, workspace.shown(folder))
        about = evidence["pack"]
        council, period = str(about["council"]), str(about["period"])
    except (OSError, InputFileError, KeyError):
        return  # no pack, or one that is just being made
    standing, replaces = about.get("standing") or {}, about.get("replaces") or {}
    checksum = evidence_checksum(evidence)
    said = workspace.home / "data" / council / FILE
    withdrawn = withdrawal_of(checksum, read_withdrawals(said, workspace.shown(said)))
    status = FINAL if is_final(evidence) else DRAFT
    yield Status(
        folder=folder.relative_to(workspace.output).as_posix(),
        pack=str(about["id"]),
        authority=str(about["authority"]),
        council=council,
        period=period,
        status=WITHDRAWN if withdrawn else status,
        words=withdrawn.words if withdrawn else _words(standing),
        evidence=checksum,
        manifest=hashlib.sha256(files[MANIFEST]).hexdigest(),
        checked_by=str(standing.get("checked_by", "")),
        checked_on=str(standing.get("checked_on", "")),
        evidence_goes_to=evidence_goes_to(evidence).isoformat(),
        replaces=str(replaces.get("evidence", "")),
        corrected_on=str(replaces.get("corrected_on", "")),
        why=str(replaces.get("why", "")),
        superseded_by="",
        withdrawn=withdrawn,
        retention=schedule.of_pack(evidence),
    )


def _words(standing: Mapping[str, Any]) -> str:
    return str(standing.get("words", "Draft: made before packs were checked"))


def _superseded(
    status: Status, current: Sequence[Status], replaced: Sequence[Status]
) -> Status:
    """The status of a pack that another has replaced."""
    same = [
        other
        for other in (*current, *replaced)
        if (other.council, other.period) == (status.council, status.period)
    ]
    by = next((o for o in same if o.replaces == status.evidence), None)
    by = by or next((o for o in same if o in current), None)
    successor = by.evidence if by else ""
    words = f"Superseded by {successor[:SHORT]}" if by else "Superseded"
    if by and by.replaces == status.evidence:
        words += f", corrected on {Period.parse(by.corrected_on).in_words}: {by.why}"
    elif by:
        words += ", in which every value is the same"
    if status.status == WITHDRAWN:
        return replace(status, superseded_by=successor)
    return replace(status, status=SUPERSEDED, words=words, superseded_by=successor)


def _in_order(statuses: Sequence[Status]) -> list[Status]:
    ordered = sorted(statuses, key=lambda s: (bool(s.superseded_by), s.folder))
    ordered.sort(key=lambda s: Period.parse(s.period), reverse=True)
    return sorted(ordered, key=lambda s: s.authority)
