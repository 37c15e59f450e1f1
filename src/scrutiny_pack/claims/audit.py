"""The audit: claims and evidence in, findings out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from scrutiny_pack.claims.base_checks import base_check
from scrutiny_pack.claims.comparators import published_check
from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.evidence import Cell, Evidence, NotAtHand
from scrutiny_pack.claims.figure_checks import (
    change_check,
    pair_check,
    recomputed_check,
)
from scrutiny_pack.claims.findings import Check, Claim, Finding, TableFinding, Verdict
from scrutiny_pack.claims.possible_checks import group_of, possible_check, shared_check
from scrutiny_pack.claims.references import (
    Alternatives,
    Called,
    Cells,
    Combined,
    Expression,
    Unknown,
    parse,
    unknowns,
)
from scrutiny_pack.claims.same_thing import Pair, same_cell
from scrutiny_pack.claims.table_checks import TableAudit, audit_tables
from scrutiny_pack.claims.terms import COUNTED
from scrutiny_pack.claims.word_checks import words_check

IN_WORDS = frozenset({"ranking", "trend", "multiple"})
"""The kinds of claim that are made in words."""

OF_A_BASE = frozenset({"share", "rate"})
"""The kinds of claim that need a numerator and a denominator."""

WEIGHT = {
    Verdict.DISAGREES: 0,
    Verdict.IMPOSSIBLE: 1,
    Verdict.TRUNCATED: 2,
    Verdict.QUESTION: 3,
    Verdict.ROUND: 4,
    Verdict.AGREES: 5,
    Verdict.UNCHECKED: 6,
}
"""Which check decides where several were made: the gravest that could be made."""


@dataclass(frozen=True)
class Audit:
    """What was found of a report.

    Attributes:
        findings: one for each claim, in the order of the report.
        tables: what there is to say of its tables as a whole.
    """

    findings: tuple[Finding, ...]
    tables: tuple[TableFinding, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many claims there are of each verdict, from best to worst."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def contradicts(self) -> bool:
        """Whether any claim or table cannot stand as it is printed."""
        verdicts = [
            *(finding.verdict for finding in self.findings),
            *(table.verdict for table in self.tables),
        ]
        return any(verdict.is_contradiction for verdict in verdicts)

    def as_record(self) -> dict[str, Any]:
        """The audit for claims.json."""
        return {
            "counts": {verdict.value: count for verdict, count in self.counts.items()},
            "claims": [finding.as_record() for finding in self.findings],
            "tables": [table.as_record() for table in self.tables],
        }


def read_claims(frame: pd.DataFrame) -> tuple[Claim, ...]:
    """The claims of a report.

    Args:
        frame: the dataset ``claims``; one row for each claim, in the order of the
            report, with the columns of claims.yaml.
    """
    names = [name for name in Claim.__dataclass_fields__ if name in frame]
    rows = frame[names].fillna("").astype(str).to_dict("records")
    return tuple(
        Claim(**{str(name): text for name, text in row.items()}) for row in rows
    )


def audit(claims: Sequence[Claim], evidence: Evidence) -> Audit:
    """Hold every claim of a report against the evidence.

    Args:
        claims: the claims, in the order of the report.
        evidence: the datasets; the claims themselves are not among them.

    Raises:
        ClaimError: if a claim cannot be read, or what it rests on names no row.
    """
    parsed = {
        claim.id: _parse(claim, claim.rests_on) for claim in claims if claim.rests_on
    }
    report = _Report(
        claims=claims,
        evidence=evidence,
        parsed={key: value for key, value in parsed.items() if value},
        cells={claim.id: _cell_of(claim, evidence) for claim in claims},
        tables=audit_tables(evidence),
        pairs=_by_claim(
            same_cell(claim for claim in claims if claim.kind not in IN_WORDS)
        ),
    )
    findings = tuple(_finding(claim, report) for claim in claims)
    return Audit(findings, report.tables.findings)


@dataclass(frozen=True)
class _Report:
    """What the checks of one claim may need to know of all of them."""

    claims: Sequence[Claim]
    evidence: Evidence
    parsed: Mapping[str, Expression]
    cells: Mapping[str, Cell | None]
    tables: TableAudit
    pairs: Mapping[str, list[Pair]]
    shared: dict[str, Check] = field(default_factory=dict)


def _parse(claim: Claim, text: str) -> Expression:
    try:
        return parse(text)
    except ClaimError as error:
        msg = f"claim {claim.id}: {error}"
        raise ClaimError(msg) from None


def _cell_of(claim: Claim, evidence: Evidence) -> Cell | None:
    if not claim.cell:
        return None
    reference = _parse(claim, claim.cell)
    if not isinstance(reference, Cells):
        msg = f"claim {claim.id}: '{claim.cell}' must name one cell, such as posts[unit=Total; ...]"
        raise ClaimError(msg)
    try:
        return evidence.one(reference)
    except NotAtHand:
        return None
    except ClaimError as error:
        msg = f"claim {claim.id}: {error}"
        raise ClaimError(msg) from None


def _by_claim(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair.first.id, []).append(pair)
        found.setdefault(pair.second.id, []).append(pair)
    return found


def _finding(claim: Claim, report: _Report) -> Finding:
    try:
        made = _checks(claim, report)
    except ClaimError as error:
        text = str(error)
        if not text.startswith("claim "):
            text = f"claim {claim.id}: {text}"
        raise ClaimError(text) from None
    checks = tuple(sorted(made, key=lambda check: WEIGHT[check.verdict])) or (
        _unchecked(claim),
    )
    first = checks[0]
    return Finding(
        claim,
        first.verdict,
        first.sentence,
        first.detail,
        first.recomputed,
        first.working,
        checks,
    )


def _checks(claim: Claim, report: _Report) -> list[Check]:
    if claim.kind not in IN_WORDS:
        claim.read()
    cell = report.cells[claim.id]
    made = []
    if claim.id in report.parsed:
        made.append(_rests_on_check(claim, report))
    if cell is not None and claim.kind not in IN_WORDS:
        made += report.tables.checks.get(cell, [])
        made += [pair_check(pair, claim) for pair in report.pairs.get(claim.id, [])]
        published = published_check(claim, cell, report.evidence)
        made += [published] if published else []
    if (
        not claim.rests_on
        and claim.kind in OF_A_BASE
        and claim.read().unit == "per cent"
    ):
        counted = COUNTED.get(cell.columns.get("measure", ""), "") if cell else ""
        made.append(base_check(claim, counted, report.evidence))
    return made


def _rests_on_check(claim: Claim, report: _Report) -> Check:
    expression = report.parsed[claim.id]
    evidence = report.evidence
    try:
        if claim.kind in IN_WORDS:
            return words_check(claim, expression, evidence)
        if _is_change(expression):
            return change_check(claim, expression, evidence)
        names = {unknown.name for unknown in unknowns(expression)}
        if names:
            if name := _shared_base(expression):
                return _shared_check(name, report)
            return possible_check(claim, expression, evidence)
        return recomputed_check(claim, expression, evidence)
    except NotAtHand as reason:
        sentence = f"It cannot be checked: {reason}."
        return Check("none", Verdict.UNCHECKED, "", "", sentence)


def _shared_base(expression: Expression) -> str:
    """The name of the base in ``? / ?name``; "" for anything else."""
    if isinstance(expression, Combined) and isinstance(expression.left, Unknown):
        base = expression.right
        return base.name if isinstance(base, Unknown) else ""
    return ""


def _shared_check(name: str, report: _Report) -> Check:
    """The check of all claims of one base, which is made for the first of them."""
    if name not in report.shared:
        group = group_of(report.claims, name, dict(report.parsed))
        report.shared[name] = shared_check(group, report.evidence)
    return report.shared[name]


def _is_change(expression: Expression) -> bool:
    if isinstance(expression, Alternatives):
        return all(_is_change(reading) for reading in expression.readings)
    return isinstance(expression, Called) and expression.function == "change"


def _unchecked(claim: Claim) -> Check:
    if claim.kind == "target":
        sentence = (
            "A figure to be reached or to stay within, not one that was measured."
        )
    else:
        sentence = "The evidence has nothing to set it against."
    return Check("none", Verdict.UNCHECKED, "", "", sentence)
