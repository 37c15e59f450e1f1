"""Documents read, witnesses heard and sessions held."""

import pandas as pd

from scrutiny_pack.periods import Period

NOT_STATED = "not stated"

_COLUMNS = [
    "what",
    "body",
    "when",
    "participants",
    "note",
    "as_at",
    "dataset",
    "paragraph",
]


def taken(evidence_taken: pd.DataFrame, kind: str, as_at: str) -> pd.DataFrame:
    """The documents, the witnesses or the sessions, or what the source says was none.

    Args:
        evidence_taken: the rows of the dataset ``evidence-taken``.
        kind: ``document``, ``witness``, ``session`` or ``none``.
        as_at: the date of the list as a whole: that of the report that has it.

    Returns:
        A list: ``what``, ``body``, ``when`` (the date in words), ``participants``,
        "not stated" where the source does not say, and ``note``; sessions and
        witnesses by date, documents in the order of the source.
    """
    rows = evidence_taken[evidence_taken["kind"] == kind].copy()
    if kind != "document":
        rows = rows.sort_values(
            "date", key=lambda dates: dates.map(_day), kind="stable"
        )
    rows["when"] = [Period.parse(d).in_words if d else NOT_STATED for d in rows["date"]]
    rows["body"] = rows["body"].where(rows["body"] != "", NOT_STATED)
    counted = rows["participants"]
    rows["participants"] = [NOT_STATED if pd.isna(n) else f"{int(n)}" for n in counted]
    return rows.assign(as_at=as_at)[_COLUMNS].reset_index(drop=True)


def _day(date: str) -> int:
    """The last day of a date as a number; those without a date come last."""
    return Period.parse(date or "9999").end.toordinal()
