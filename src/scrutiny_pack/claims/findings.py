"""Claims and what the audit says of them."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from scrutiny_pack.claims.printed import Printed, read_printed


class Verdict(StrEnum):
    """What is found of a claim, from best to worst; each word is what a reader sees."""

    AGREES = "agrees"
    ROUND = "agrees as a round figure"
    TRUNCATED = "agrees only if truncated"
    QUESTION = "a question"
    UNCHECKED = "cannot be checked"
    IMPOSSIBLE = "not possible on whole numbers"
    DISAGREES = "disagrees"

    @property
    def is_contradiction(self) -> bool:
        """Whether the figure cannot stand as it is printed."""
        return self in {Verdict.IMPOSSIBLE, Verdict.DISAGREES}


NO_BASE = "The report does not state the base."
"""How a finding of a share without a base begins."""


@dataclass(frozen=True)
class Claim:
    """A figure that a published report states.

    Attributes:
        id: its short name within the report; never changes.
        paragraph: where in the report it stands.
        claim: what is claimed, in our own words.
        kind: count, share, rate, average and so on; the choices of claims.yaml.
        printed: the figure exactly as printed.
        cell: the cell of a dataset that holds this very figure; "" if none does.
        rests_on: what it can be worked out from; "" where that is not known.
        as_at: the date that it is about.
        note: anything a reader must know.
    """

    id: str
    paragraph: str
    claim: str
    kind: str
    printed: str
    cell: str = ""
    rests_on: str = ""
    as_at: str = ""
    note: str = ""

    def read(self) -> Printed:
        """The figure and the interval that it stands for.

        Raises:
            ClaimError: if it cannot be read.
        """
        return read_printed(self.printed, ratio=self.kind in {"ratio", "target"})


@dataclass(frozen=True)
class Check:
    """One check of one claim.

    Attributes:
        name: which check: ``printed precision``, ``which base``, ``possible at all``,
            ``table``, ``two figures for one thing``, ``rate or count`` or ``words``.
        verdict: what it found.
        recomputed: the figure worked out again; "" where there is none.
        working: how.
        sentence: the finding in one or two plain sentences, fair to the author.
        detail: what else there is to know of it; "" where there is nothing.
    """

    name: str
    verdict: Verdict
    recomputed: str
    working: str
    sentence: str
    detail: str = ""


@dataclass(frozen=True)
class Finding:
    """What the audit says of a claim.

    Attributes:
        claim: the claim.
        verdict: the verdict of the check that decides.
        sentence: the finding in plain words.
        detail: what else there is to know of it; "" where there is nothing.
        recomputed: the figure worked out again; "" where there is none.
        working: how.
        checks: every check that could be made, the one that decides first.
    """

    claim: Claim
    verdict: Verdict
    sentence: str
    detail: str
    recomputed: str
    working: str
    checks: tuple[Check, ...]

    @property
    def in_full(self) -> str:
        """The finding with what else there is to know of it."""
        return f"{self.sentence} {self.detail}".strip()

    def as_record(self) -> dict[str, Any]:
        """The finding for claims.json: plain text and lists, in a fixed order."""
        record = asdict(self)
        claim = record.pop("claim")
        return {**claim, **record}


@dataclass(frozen=True)
class TableFinding:
    """What the audit says of a published table as a whole.

    Attributes:
        dataset: the dataset that holds the table.
        table: the table's name in it.
        about: which column or total.
        verdict: what was found.
        sentence: the finding in plain words.
        rows: what stands behind it: for each row its unit, the figure printed, the
            figure worked out, and what is left over.
        printed: the figures in short, where they are not those of the rows that are out.
        worked_out: the same, worked out.
    """

    dataset: str
    table: str
    about: str
    verdict: Verdict
    sentence: str
    rows: tuple[tuple[str, str, str, str], ...] = ()
    printed: str = ""
    worked_out: str = ""

    def as_record(self) -> dict[str, Any]:
        """The finding for claims.json."""
        record = asdict(self)
        names = ("unit", "printed", "worked_out", "left_over")
        record["rows"] = [dict(zip(names, row, strict=True)) for row in self.rows]
        return record
