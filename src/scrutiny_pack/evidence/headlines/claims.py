"""What is said of the audit: titles, the summary for members, questions."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.claims.audit import Audit
from scrutiny_pack.claims.base_checks import BASE
from scrutiny_pack.claims.findings import NO_BASE, TableFinding, Verdict
from scrutiny_pack.claims.frames import (
    AGREEING,
    CONTRADICTED,
    QUESTIONS,
    SLIPS,
    findings,
    where_it_stands,
)
from scrutiny_pack.claims.possible_checks import POSSIBLE
from scrutiny_pack.claims.summary import (
    Notable,
    headline,
    notable_claims,
    notable_tables,
)
from scrutiny_pack.claims.table_findings import NOT_SAID
from scrutiny_pack.claims.word_checks import WORDS
from scrutiny_pack.claims.wording import capital
from scrutiny_pack.evidence.formatting import listed, plural
from scrutiny_pack.observations import records

MOST_QUESTIONS = 5

MOST_TOLD = 6
"""How many findings of a kind the summary tells; the tables have them all."""

NO_CONTRADICTION = (
    "Nothing that could be checked disagrees with the report's own evidence."
)
WHY_IT_MATTERS = (
    "Whoever uses one of these should say what the evidence gives, or ask the author: which of "
    "two figures is the right one, the audit cannot tell."
)
LEFT_OPEN = "Left open, and no error. Each may well be right:"
WITHOUT_A_BASE = (
    "A rate whose base is not stated cannot be set beside another council's, nor beside an "
    "earlier one."
)
UNCHECKED_IS_NOT_WRONG = (
    "A figure that cannot be checked is not a wrong one: the report gives nothing else to "
    "set it against."
)

WORKING_IN_DATA = "The working of each figure is in the data of the table."

_MOST_LISTED = 3


def summary(
    made: Audit, datasets: Mapping[str, pd.DataFrame], tables: Mapping[Verdict, str]
) -> str:
    """What was found, for a reader who has a minute: how many, what, and why it matters.

    Args:
        made: the audit.
        datasets: the datasets by name, the claims among them.
        tables: citations of the tables that hold all that disagrees and all questions, by
            `Verdict.DISAGREES` and `Verdict.QUESTION`.
    """
    apart = findings(made, datasets, CONTRADICTED, in_short=True)
    slips = findings(made, datasets, SLIPS, in_short=True)
    left_open = findings(made, datasets, QUESTIONS, in_short=True)
    said = [f"**{headline(made)}**"]
    if len(apart):
        bullets = _bullets(apart, tables[Verdict.DISAGREES])
        said += ["What does not agree:", bullets, WHY_IT_MATTERS]
    else:
        said.append(NO_CONTRADICTION)
    if len(left_open):
        said += [LEFT_OPEN, _bullets(left_open, tables[Verdict.QUESTION])]
        if any(map(_has_no_base, notable_claims(made))):
            said.append(WITHOUT_A_BASE)
    if len(slips):
        said.append(_slips(slips))
    if made.counts[Verdict.UNCHECKED]:
        said.append(UNCHECKED_IS_NOT_WRONG)
    return "\n\n".join(said)


def _slips(slips: pd.DataFrame) -> str:
    told = [f"**{row['printed']}** ({_where(row)})" for row in records(slips)]
    return f"{capital(plural(len(slips), 'slip', 'slips'))} of rounding, in the last digit only: {listed(told)}."


def _bullets(found: pd.DataFrame, table: str) -> str:
    told = [_bullet(row) for row in records(found.head(MOST_TOLD))]
    more = len(found) - len(told)
    if more:
        told.append(f"- {plural(more, 'more', 'more')} in {table}.")
    return "\n".join(told)


def _bullet(row: Mapping[str, Any]) -> str:
    finding = row["finding"].removeprefix(NO_BASE).strip()
    what = row["what"]
    about = what if what[1:2].isupper() else f"{what[:1].lower()}{what[1:]}"
    return f"- **{row['printed']}**, {about} ({_where(row)}). {finding}"


def _where(row: Mapping[str, Any]) -> str:
    paragraphs = row["paragraph"].split("; ")
    noun = "paragraph" if len(paragraphs) == 1 else "paragraphs"
    return f"{noun} {listed(paragraphs)}"


def counted_title(made: Audit) -> str:
    """How many figures agree, and how many do not."""
    agree = sum(made.counts[verdict] for verdict in AGREEING)
    apart = sum(made.counts[verdict] for verdict in CONTRADICTED)
    total = plural(len(made.findings), "figure", "figures")
    verb = "agrees" if agree == 1 else "agree"
    return f"{agree} of {total} {verb} with the evidence, {apart or 'none'} disagree{'s' if apart == 1 else ''}"


def findings_title(found: pd.DataFrame) -> str:
    """How many findings there are of what does not agree."""
    count = len(found)
    return f"{plural(count, 'statement does', 'statements do')} not agree with the evidence"


def nothing_left_open(slips: pd.DataFrame, left_open: pd.DataFrame) -> str:
    """That there is neither a slip nor a question; "" where there is one."""
    if slips.empty and left_open.empty:
        return "There is no slip of rounding, and nothing is left open."
    return ""


def nothing_in_tables(rows: pd.DataFrame) -> str:
    """That there is nothing to say of the tables; "" where there is."""
    return "" if len(rows) else "There is nothing to say of the published tables."


def slips_title(found: pd.DataFrame) -> str:
    """How many slips of rounding there are."""
    return plural(len(found), "slip of rounding", "slips of rounding")


def questions_title(found: pd.DataFrame) -> str:
    """How many questions the figures leave open."""
    return f"{plural(len(found), 'question', 'questions')} that the printed figures leave open"


def rows_title(rows: pd.DataFrame) -> str:
    """Of how many columns and totals the rows are shown."""
    count = rows["column"].nunique()
    what = plural(count, "column or total", "columns and totals")
    return f"{what} of published tables, row by row"


def agreeing_title(claims: pd.DataFrame) -> str:
    """How many figures agree."""
    verb = "figure agrees" if len(claims) == 1 else "figures agree"
    return f"{len(claims):,} {verb} with the evidence"


def others_title(claims: pd.DataFrame) -> str:
    """How many figures disagree, are a slip, or leave a question."""
    verb = "figure does" if len(claims) == 1 else "figures do"
    return f"{len(claims):,} {verb} not simply agree, each with its working"


def unchecked_title(claims: pd.DataFrame) -> str:
    """How many figures cannot be checked."""
    return f"{plural(len(claims), 'figure', 'figures')} that cannot be checked"


def questions(made: Audit) -> list[str]:
    """What to ask the witnesses: how columns are made, then what figures are of.

    A slip of rounding is no question. There are five at most.
    """
    claims = notable_claims(made)
    asked = [
        *map(_about_table, notable_tables(made)),
        *(_about_base(notable) for notable in claims if _has_no_base(notable)),
        *(_about_figures(notable) for notable in claims if not _has_no_base(notable)),
    ]
    return [question for question in dict.fromkeys(asked) if question][:MOST_QUESTIONS]


def _about_table(table: TableFinding) -> str:
    column = f"the column {table.about} {where_it_stands(table)}".rstrip()
    if table.verdict is Verdict.QUESTION:
        return f"What does {column} count?"
    if NOT_SAID in table.sentence:
        return f"How is {column} worked out, and why not in one way?"
    return ""


def _has_no_base(notable: Notable) -> bool:
    return notable.findings[0].checks[0].name in {BASE, POSSIBLE}


def _about_base(notable: Notable) -> str:
    if notable.verdict is Verdict.TRUNCATED:
        return ""
    return (
        f"What was counted, and out of how many, to give {listed(notable.figures)} "
        f"({_what(notable)})?"
    )


def _about_figures(notable: Notable) -> str:
    if notable.verdict is Verdict.TRUNCATED:
        return ""
    figures = listed(notable.figures)
    if notable.findings[0].checks[0].name == WORDS:
        return f"Which figures are behind “{figures}” ({_what(notable)})?"
    if notable.verdict is Verdict.QUESTION:
        return f"What is meant by {figures} ({_what(notable)})?"
    return f"Which figures give {figures} ({_what(notable)})?"


def _what(notable: Notable) -> str:
    claims = [claim[:1].lower() + claim[1:] for claim in notable.claims]
    noun = "paragraph" if len(notable.paragraphs) == 1 else "paragraphs"
    paragraphs = f"{noun} {listed(notable.paragraphs)}"
    if len(claims) > _MOST_LISTED:
        return paragraphs
    return f"{'; '.join(claims)}; {paragraphs}"
