"""An audit from datasets, and the lists that a page or a terminal shows of it."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from scrutiny_pack.claims.audit import Audit, audit, read_claims
from scrutiny_pack.claims.evidence import Evidence
from scrutiny_pack.claims.findings import Finding, TableFinding, Verdict
from scrutiny_pack.claims.summary import (
    Notable,
    most_telling,
    notable_claims,
    notable_tables,
)
from scrutiny_pack.claims.wording import capital
from scrutiny_pack.evidence.formatting import listed, plural
from scrutiny_pack.measures.counted import count_row
from scrutiny_pack.observations import FIGURE_COLUMNS, joined, long_form

CLAIMS = "claims"
"""The dataset of claims."""

CONTRADICTED = (Verdict.DISAGREES, Verdict.IMPOSSIBLE)
SLIPS = (Verdict.TRUNCATED,)
QUESTIONS = (Verdict.QUESTION,)
AGREEING = (Verdict.AGREES, Verdict.ROUND)
UNCHECKED = (Verdict.UNCHECKED,)
NOT_AGREEING = (*CONTRADICTED, *SLIPS, *QUESTIONS)

MEANING = {
    Verdict.AGREES: "Worked out again, it comes to what is printed.",
    Verdict.ROUND: "It does as a round figure, in hundreds or thousands.",
    Verdict.TRUNCATED: "Digits were cut off, not rounded: a slip of rounding.",
    Verdict.QUESTION: "The report leaves open what it is of. It may well be right.",
    Verdict.UNCHECKED: "Nothing supplied says more of it. That is nothing against it.",
    Verdict.IMPOSSIBLE: (
        "No whole number of people or posts gives it. It may count something else."
    ),
    Verdict.DISAGREES: (
        "The report's own evidence gives another figure or does not bear out the words."
    ),
}
"""What each verdict says to a reader."""

ORDER = (
    *AGREEING,
    *SLIPS,
    *QUESTIONS,
    Verdict.IMPOSSIBLE,
    Verdict.DISAGREES,
    *UNCHECKED,
)
"""The verdicts as a summary counts them."""

_MOST_FIGURES = 3

_FINDING_COLUMNS = (
    "what", "printed", "worked_out", "verdict", "finding", "as_at", "dataset", "paragraph",
)  # fmt: skip
_ROW_COLUMNS = (
    "column", "row", "printed", "worked_out", "left_over", "as_at", "dataset", "paragraph",
)  # fmt: skip
_CLAIM_COLUMNS = (
    "claim", "printed", "worked_out", "working", "finding", "id", "verdict",
    "as_at", "dataset", "paragraph",
)  # fmt: skip


def audited(
    frames: Mapping[str, pd.DataFrame],
    reference: Mapping[str, pd.DataFrame] | None = None,
) -> Audit:
    """Hold the claims of a report against its datasets.

    Args:
        frames: the datasets by name, the claims among them.
        reference: datasets that only serve to be compared with; see
            [`Evidence.of`][scrutiny_pack.claims.evidence.Evidence.of].

    Raises:
        ClaimError: if a claim cannot be read, or what it rests on names no row.
    """
    evidence = {name: frame for name, frame in frames.items() if name != CLAIMS}
    return audit(read_claims(frames[CLAIMS]), Evidence.of(evidence, reference))


def counted(made: Audit) -> pd.DataFrame:
    """How many claims there are of each verdict that any claim has.

    Returns:
        The long form with ``verdict``, ``meaning`` and ``level``; measure ``claims``,
        all claims as denominator; the last row counts them all.
    """
    rows = [
        {
            "verdict": capital(verdict.value),
            "meaning": MEANING[verdict],
            "level": "part",
        }
        | _count(_of(made, (verdict,)), made)
        for verdict in ORDER
        if made.counts[verdict]
    ]
    if rows:
        rows.append(
            {"verdict": "All figures", "meaning": "", "level": "total"}
            | _count(made.findings, made)
        )
    return _long(rows, "verdict", "meaning", "level")


def how_many(made: Audit, verdicts: Collection[Verdict]) -> pd.DataFrame:
    """How many claims have one of some verdicts, of how many: one row for a key figure."""
    rows = [_count(_of(made, verdicts), made)] if made.findings else []
    return _long(rows)


def findings(
    made: Audit,
    frames: Mapping[str, pd.DataFrame],
    verdicts: Collection[Verdict],
    *,
    in_short: bool = False,
) -> pd.DataFrame:
    """What there is to know, the same thing once.

    Tables in which several figures are out come first, then claims, then tables in
    which a single one is.

    Args:
        made: the audit.
        frames: the datasets by name, for the dates and paragraphs of their tables.
        verdicts: which findings.
        in_short: whether to leave out what else there is to know of each, and to begin
            with what tells most.

    Returns:
        A list with ``what``, ``printed``, ``worked_out``, ``verdict``, ``finding``,
        ``as_at``, ``dataset`` and ``paragraph``.
    """
    tables = [table for table in notable_tables(made) if table.verdict in verdicts]
    first, last = (
        [
            _table_row(t, frames, in_short=in_short)
            for t in tables
            if _is_slight(t, frames) is slight
        ]
        for slight in (False, True)
    )
    notables = [n for n in notable_claims(made) if n.verdict in verdicts]
    claims = [
        _claims_row(notable, in_short=in_short)
        for notable in (most_telling(notables) if in_short else notables)
    ]
    return pd.DataFrame(
        [*first, *claims, *last], columns=list(_FINDING_COLUMNS), dtype=str
    )


def table_rows(made: Audit, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of each published table of which there is something to say.

    Returns:
        A list with ``column`` (which column or total), ``row``, ``printed``,
        ``worked_out``, ``left_over``, ``as_at``, ``dataset`` and ``paragraph``.
    """
    rows = [
        {
            "column": capital(table.about),
            "row": row,
            "printed": printed,
            "worked_out": worked_out,
            "left_over": left_over if left_over != "0" else "",
            **_place(table, frames),
        }
        for table in notable_tables(made)
        for row, printed, worked_out, left_over in table.rows
    ]
    return pd.DataFrame(rows, columns=list(_ROW_COLUMNS), dtype=str)


def claims_of(made: Audit, verdicts: Collection[Verdict]) -> pd.DataFrame:
    """Each claim of some verdicts, in the order of the report.

    Returns:
        A list with ``claim``, ``printed``, ``worked_out``, ``working``, ``finding``,
        ``id``, ``verdict``, ``as_at``, ``dataset`` and ``paragraph``.
    """
    rows = [
        {
            "claim": finding.claim.claim,
            "printed": finding.claim.printed,
            "worked_out": finding.recomputed,
            "working": finding.working,
            "finding": finding.in_full,
            "id": finding.claim.id,
            "verdict": finding.verdict.value,
            "as_at": finding.claim.as_at,
            "dataset": CLAIMS,
            "paragraph": finding.claim.paragraph,
        }
        for finding in _of(made, verdicts)
    ]
    return pd.DataFrame(rows, columns=list(_CLAIM_COLUMNS), dtype=str)


def named(table: TableFinding) -> str:
    """Which column or total of which table a finding is about."""
    where = where_it_stands(table)
    return f"{capital(table.about)}, {where}" if where else capital(table.about)


def where_it_stands(table: TableFinding) -> str:
    """In which tables: ``in the table Teams``; "" where a dataset has but one."""
    if not table.table:
        return ""
    tables = table.table.split("; ")
    noun = "tables" if len(tables) > 1 else "table"
    return f"in the {noun} {listed(tables)}"


def _of(made: Audit, verdicts: Collection[Verdict]) -> list[Finding]:
    return [finding for finding in made.findings if finding.verdict in verdicts]


def _count(found: Sequence[Finding], made: Audit) -> dict[str, object]:
    """A row that counts claims; where there are none, it rests on all of them."""
    claims = [finding.claim for finding in found or made.findings]
    return count_row(
        CLAIMS,
        len(found),
        len(made.findings),
        (claim.as_at for claim in claims),
        [CLAIMS],
        (claim.paragraph for claim in claims),
    )


def _long(rows: Sequence[Mapping[str, object]], *text: str) -> pd.DataFrame:
    return long_form(pd.DataFrame(rows, columns=[*text, *FIGURE_COLUMNS]))


def _table_row(
    table: TableFinding, frames: Mapping[str, pd.DataFrame], *, in_short: bool
) -> dict[str, str]:
    apart = _apart(table, frames)
    few = len(apart) <= _MOST_FIGURES
    return {
        "what": capital(table.about) if in_short else named(table),
        "printed": table.printed or _few([row[1] for row in apart]),
        "worked_out": table.worked_out
        or (_few([row[2] for row in apart]) if few else ""),
        "verdict": table.verdict.value,
        "finding": table.sentence,
        **_place(table, frames),
    }


def _apart(
    table: TableFinding, frames: Mapping[str, pd.DataFrame]
) -> list[tuple[str, str, str, str]]:
    """The rows in which the table is out; a total of them only carries it on.

    Where no row has anything left over, as in a movement between two tables, it is
    the last one that was worked out.
    """
    frame = frames[table.dataset]
    wholes = set(frame["part_of"]) if "part_of" in frame else set()
    carry = wholes | {
        f"{one} in {t}" for one in wholes for t in table.table.split("; ")
    }
    out = [row for row in table.rows if row[3] not in {"", "0"}]
    parts = [row for row in out if row[0] not in carry]
    made = [row for row in table.rows if row[2]]
    return parts or out or made[-1:] or list(table.rows)


def _is_slight(table: TableFinding, frames: Mapping[str, pd.DataFrame]) -> bool:
    """Whether a single figure is out."""
    apart = _apart(table, frames)
    return len(apart) == 1 and bool(apart[0][3])


def _few(figures: Sequence[str]) -> str:
    """The figures of a few rows, or how many there are."""
    if len(figures) > _MOST_FIGURES:
        return plural(len(figures), "figure", "figures")
    return listed(list(figures))


def _claims_row(notable: Notable, *, in_short: bool) -> dict[str, str]:
    first = notable.findings[0]
    what = "; ".join(notable.claims)
    if in_short and len(notable.claims) > 1:
        what = f"{notable.claims[0]}, and what follows"
    return {
        "what": what,
        "printed": listed(notable.figures),
        "worked_out": first.recomputed,
        "verdict": notable.verdict.value,
        "finding": notable.sentence if in_short else first.in_full,
        "as_at": joined(finding.claim.as_at for finding in notable.findings),
        "dataset": CLAIMS,
        "paragraph": joined(notable.paragraphs),
    }


def _place(table: TableFinding, frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """The dates, the dataset and the paragraphs of a published table."""
    frame = frames[table.dataset]
    if "breakdown" in frame and table.table:
        frame = frame[frame["breakdown"].isin(table.table.split("; "))]
    return {
        "as_at": joined(frame["as_at"]),
        "dataset": table.dataset,
        "paragraph": joined(frame["paragraph"]),
    }
