"""An audit in short, for a reader who has a minute."""

from collections.abc import Iterable
from dataclasses import dataclass

from scrutiny_pack.claims.audit import Audit
from scrutiny_pack.claims.base_checks import BASE
from scrutiny_pack.claims.findings import Finding, TableFinding, Verdict
from scrutiny_pack.claims.possible_checks import POSSIBLE
from scrutiny_pack.claims.table_checks import TABLE
from scrutiny_pack.claims.word_checks import LEFT_OPEN
from scrutiny_pack.evidence.formatting import listed, plural

GRAVEST_FIRST = (
    Verdict.DISAGREES,
    Verdict.IMPOSSIBLE,
    Verdict.TRUNCATED,
    Verdict.QUESTION,
)
"""The verdicts of which a summary tells; the others it only counts."""

_COUNTED = (
    (Verdict.AGREES, "agrees", "agree"),
    (Verdict.ROUND, "agrees as a round figure", "agree as round figures"),
    (Verdict.TRUNCATED, "agrees only if digits are cut off", "agree only if digits are cut off"),
    (Verdict.DISAGREES, "does not agree", "do not agree"),
    (Verdict.IMPOSSIBLE, "is not possible on whole numbers", "are not possible on whole numbers"),
    (Verdict.QUESTION, "leaves a question", "leave a question"),
    (Verdict.UNCHECKED, "cannot be checked", "cannot be checked"),
)  # fmt: skip


@dataclass(frozen=True)
class Notable:
    """One thing to know, and the claims that it is about.

    Attributes:
        figures: the figures as printed, in the order of the report.
        claims: what is claimed of each, in our own words.
        paragraphs: where they stand.
        verdict: what was found.
        sentence: the finding.
        findings: the findings themselves.
    """

    figures: tuple[str, ...]
    claims: tuple[str, ...]
    paragraphs: tuple[str, ...]
    verdict: Verdict
    sentence: str
    findings: tuple[Finding, ...]


def headline(audit: Audit) -> str:
    """How many claims there are, and how many of each verdict, in one sentence."""
    total = plural(len(audit.findings), "figure", "figures")
    counted = [
        f"{count} {one if count == 1 else many}"
        for verdict, one, many in _COUNTED
        if (count := audit.counts[verdict])
    ]
    return f"Of {total}, {listed(counted)}." if counted else f"There are {total}."


def notable_tables(audit: Audit) -> tuple[TableFinding, ...]:
    """What does not hold in the published tables."""
    return tuple(table for table in audit.tables if table.verdict in GRAVEST_FIRST)


def notable_claims(audit: Audit) -> tuple[Notable, ...]:
    """What there is to know of single claims, the gravest first, the same thing once.

    A claim that is only out because its table is is left to the table's own finding.
    """
    groups: dict[tuple[Verdict, str], list[Finding]] = {}
    told = {table.dataset for table in notable_tables(audit)}
    for finding in audit.findings:
        dataset = finding.claim.cell.partition("[")[0]
        left_to_table = finding.checks[0].name == TABLE and dataset in told
        if finding.verdict in GRAVEST_FIRST and not left_to_table:
            key = (finding.verdict, finding.sentence)
            groups.setdefault(key, []).append(finding)
    found = [
        Notable(
            tuple(dict.fromkeys(each.claim.printed for each in group)),
            tuple(dict.fromkeys(each.claim.claim for each in group)),
            tuple(dict.fromkeys(each.claim.paragraph for each in group)),
            verdict,
            sentence,
            tuple(group),
        )
        for (verdict, sentence), group in groups.items()
    ]
    return tuple(sorted(found, key=lambda each: GRAVEST_FIRST.index(each.verdict)))


def most_telling(found: Iterable[Notable]) -> list[Notable]:
    """What to tell first: a base that was found, what words may be of, then the rest."""
    return sorted(found, key=_weight)


def _weight(notable: Notable) -> int:
    check = notable.findings[0].checks[0]
    if check.name in {BASE, POSSIBLE}:
        return [BASE, POSSIBLE].index(check.name) if check.recomputed else 4
    return 2 if check.sentence.startswith(LEFT_OPEN) else 3
