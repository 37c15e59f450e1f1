"""What titles and questions on posts have in common: figures and names, in words."""

import pandas as pd

from scrutiny_pack.evidence.formatting import BASIS_WORDS, number
from scrutiny_pack.measures import posts as measured
from scrutiny_pack.measures.structure import latest


def figure(rows: pd.DataFrame, measure: str, basis: str = "") -> tuple[str, str]:
    """One count as it is printed, and its basis; empty where there is none."""
    there = rows[(rows["measure"] == measure) & rows["value"].notna()]
    there = there[there["basis"] == basis] if basis else measured.first_basis(there)
    if there.empty:
        return "", basis
    return number(float(there["value"].iloc[0])), str(there["basis"].iloc[0])


def last_whole(made: pd.DataFrame) -> pd.DataFrame:
    """The rows of the whole at their latest date, of the table that stands last."""
    last = latest(made[made["unit_kind"] == "whole"])
    if last.empty:
        return last
    return pd.DataFrame(last[last["breakdown"] == last["breakdown"].iloc[-1]])


def agency_less_vacancies(parts: pd.DataFrame) -> "pd.Series[float]":
    """For each part that has both, in the order of the source."""
    wide = parts.pivot_table("value", "unit", "measure", sort=False, observed=True)
    if not {"agency_workers", "vacancies"} <= set(wide):
        return pd.Series(dtype="float64")
    return (wide["agency_workers"] - wide["vacancies"]).dropna().round(6)


def kind_words(parts: pd.DataFrame) -> str:
    """What the parts are, in the plural: teams, roles, or parts."""
    kinds = set(parts["unit_kind"])
    return f"{kinds.pop()}s" if len(kinds) == 1 else "parts"


def by_basis(basis: str) -> str:
    """A basis to end a title with: ``, by headcount``; "" where it is not stated."""
    return f", by {BASIS_WORDS[basis]}" if basis in {"headcount", "fte"} else ""


def which_table(tables: pd.DataFrame, last: pd.DataFrame) -> str:
    """The published table's name, where there are several that it could be."""
    several = len(set(tables["breakdown"])) > 1
    return f", {last['breakdown'].iloc[-1]}" if several and len(last) else ""


def published_kind(measure: str) -> str:
    """Which rate a published one is."""
    return "vacancy rate" if measure.startswith("vacancy") else "agency worker rate"


def lowered(text: str) -> str:
    """The text to go on a sentence with."""
    return text[:1].lower() + text[1:]
