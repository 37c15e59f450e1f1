"""Packs that a council has withdrawn: said in data, so that no pack is edited for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.wording import joined, shown
from scrutiny_pack.inputs.yaml_files import read_yaml
from scrutiny_pack.periods import Period
from scrutiny_pack.roles import why_not_a_role

FILE = "withdrawn.yaml"

_CHECKSUM = re.compile("[0-9a-f]{8,64}")
_NAMES = ("withdrawn_on", "withdrawn_by", "why")


@dataclass(frozen=True)
class Withdrawal:
    """Why a pack is withdrawn.

    Attributes:
        withdrawn_on: since when, YYYY-MM-DD.
        withdrawn_by: by whom, as a role.
        why: why, as a sentence.
    """

    withdrawn_on: str
    withdrawn_by: str
    why: str

    @property
    def words(self) -> str:
        """That it is withdrawn, as a sentence."""
        on = Period.parse(self.withdrawn_on).in_words
        return f"Withdrawn on {on} by the {self.withdrawn_by}: {self.why}"


def read_withdrawals(path: Path, shown_as: str) -> dict[str, Withdrawal]:
    """The packs that a council has withdrawn.

    Args:
        path: the file, ``data/<council>/withdrawn.yaml``; it need not exist.
        shown_as: how messages call it.

    Returns:
        Why, by the beginning of the evidence checksum of each pack.

    Raises:
        InputFileError: if it is not YAML, or an entry is not whole.
    """
    if not path.is_file():
        return {}
    found = {}
    for checksum, said in read_yaml(path, shown_as).items():
        where = f"{shown_as}: {shown(checksum)}"
        if not _CHECKSUM.fullmatch(checksum):
            msg = (
                f"{where} is not an evidence checksum: write at least the first 8 "
                "characters of the one that the shelf shows, and a colon"
            )
            raise InputFileError(msg)
        if (
            not isinstance(said, dict)
            or set(said) != set(_NAMES)
            or not all(isinstance(text, str) and text.strip() for text in said.values())
        ):
            msg = f"{where} needs {joined(_NAMES)}, each with its text, and no more"
            raise InputFileError(msg)
        try:
            date.fromisoformat(said["withdrawn_on"])
        except ValueError:
            msg = f"{where}: withdrawn_on is not a date: write it as 2017-02-01"
            raise InputFileError(msg) from None
        if reason := why_not_a_role(said["withdrawn_by"]):
            msg = f"{where}: withdrawn_by '{said['withdrawn_by']}' {reason}"
            raise InputFileError(msg)
        found[checksum] = Withdrawal(**{k: v.strip() for k, v in said.items()})
    return found


def withdrawal_of(
    evidence: str, withdrawals: Mapping[str, Withdrawal]
) -> Withdrawal | None:
    """Why the pack with an evidence checksum is withdrawn; None if it is not."""
    return next((w for c, w in withdrawals.items() if evidence.startswith(c)), None)
