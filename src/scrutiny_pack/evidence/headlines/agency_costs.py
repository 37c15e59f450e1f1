"""What is said of the cost of agency workers: titles, notes, questions, absences.

Pure functions of the datasets ``agency-costs`` and ``posts``, and of what
`scrutiny_pack.measures.agency_costs` makes of them.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import figure_text, number, plural, with_unit
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.measures import agency_costs as measured
from scrutiny_pack.measures import posts as counted
from scrutiny_pack.observations import records
from scrutiny_pack.periods import Period

NO_PREMIUM = (
    "What an agency worker costs above a permanent one is not given; no other council's "
    "cost is put in its place."
)
"""Said where the council's own premium is not known."""

NO_WORKERS = (
    "An agency worker's cost above a permanent one is given, but not how many agency workers "
    "there are, or not for a year; no total is worked out."
)
"""Said where a premium is known from which no estimate can be made."""

NO_AMOUNTS = (
    "The council has given no amounts for a retention payment, and none are assumed. What "
    "one would cost takes three amounts, which its analyst can give in {file}."
)
"""Said where the scenario of the retention payment lacks an amount."""

NO_BREAK_EVEN = (
    "How many agency posts the payments must replace cannot be said: what an agency worker "
    "costs above a permanent one is not known for this council."
)
"""Said where the payments are known, and the premium is not."""

PAYMENT_NOTES = (
    "A scenario: the amounts are those that the council gave for it.",
    "Everybody who is paid is counted, those who would have stayed anyway included.",
    "Employer's contributions are counted only if the amounts given include them.",
)
"""What a reader must know of the retention payment's cost."""

_TAKEN_AS_A_YEAR = (
    "Takes the cost to be for a year; the source does not say what time it is for."
)


def stated_title(costs: pd.DataFrame) -> str:
    """What an agency worker costs more, or else what money was set aside."""
    premium = records(measured.premium(costs))
    plain = "Costs of agency workers, and money set aside, as stated"
    if not premium:
        return plain
    return first_that_fits(
        f"An agency worker costs {_pounds(premium[0])} more than a permanent one", plain
    )


def premium_title(made: pd.DataFrame) -> str:
    """The estimate for the workers there are."""
    workers = records(made[made["measure"] == "agency_workers"])
    money = records(made[made["measure"] == "agency_premium_a_year"])
    if not money:
        return "Cost of agency workers above permanent staff, a year"
    return first_that_fits(
        f"{plural(workers[0]['value'], 'agency worker', 'agency workers')}: an estimated "
        f"{_pounds(money[0])} a year above permanent staff",
        "Estimated cost of agency workers above permanent staff, a year",
    )


def premium_notes(
    made: pd.DataFrame, costs: pd.DataFrame, *, both_dates: bool
) -> tuple[str, ...]:
    """The assumptions that the estimate rests on, in full sentences.

    Args:
        made: what `scrutiny_pack.measures.agency_costs.premium_a_year` returned.
        costs: rows of the dataset ``agency-costs``.
        both_dates: whether what is shown goes beyond the workers there are now.
    """
    if made.empty:
        return ()
    workers = made[made["measure"] == "agency_workers"]
    notes = ["An estimate: agency workers x what one costs above a permanent worker."]
    if "not stated" in set(measured.premium(costs)["span"]):
        notes.append(_TAKEN_AS_A_YEAR)
    if "fte" not in set(workers["basis"]):
        first = number(workers["value"].iloc[0])
        notes.append(f"Takes the {first} to be full-time; the source does not say.")
    if both_dates and len(set(workers["case"])) > 1:
        notes.append("Takes the cost of each to have been the same at both dates.")
    return tuple(notes)


def premium_absent(costs: pd.DataFrame, made: pd.DataFrame) -> str:
    """Why there is no estimate; "" where there is one."""
    if len(made):
        return ""
    return NO_WORKERS if len(measured.premium(costs)) else NO_PREMIUM


def terms_in_words(terms: pd.DataFrame) -> pd.DataFrame:
    """The terms with a text column ``when``: the date that each is about, in words."""
    return terms.assign(when=[Period.parse(text).in_words for text in terms["as_at"]])


def terms_title(terms: pd.DataFrame) -> str:
    """How many terms the source states."""
    count = plural(len(terms), "term", "terms")
    return (
        f"{count} on which agency workers are used or permanent staff kept, as stated"
    )


def payments_title(payments: pd.DataFrame) -> str:
    """What all the payments come to in a year."""
    total = records(payments[payments["case"] == measured.TOGETHER])
    amount = f" {_pounds(total[0], 0)}" if total else ""
    return f"Retention payments would cost{amount} a year"


def replace_title(replaced: pd.DataFrame) -> str:
    """How many agency posts must give way for the payments to pay for themselves."""
    rows = records(replaced)
    if not rows:
        return "Agency posts to replace for the payments to pay for themselves"
    text = figure_text(rows[0] | {"status": ""})
    noun = "agency post" if text == "1" else "agency posts"
    return f"The payments pay for themselves if they replace {text} {noun}"


def replace_notes(costs: pd.DataFrame) -> tuple[str, ...]:
    """What the number of agency posts to replace rests on."""
    spans = set(measured.premium(costs)["span"])
    return (*PAYMENT_NOTES, *([_TAKEN_AS_A_YEAR] if "not stated" in spans else []))


def payments_absent(payments: pd.DataFrame, council: str, period: str) -> str:
    """Why there is no scenario, what to give, and where; "" where there is one."""
    file = f"params/{council}/{period}.yaml"
    return NO_AMOUNTS.format(file=file) if payments.empty else ""


def replace_absent(payments: pd.DataFrame, replaced: pd.DataFrame) -> str:
    """Why a scenario says nothing of posts; "" where it does, or where there is none."""
    return NO_BREAK_EVEN if len(payments) and replaced.empty else ""


def questions(costs: pd.DataFrame, posts: pd.DataFrame) -> list[str]:
    """What to ask the witnesses, by plain rules."""
    premium = records(measured.premium(costs))
    workers = counted.whole(posts)
    workers = workers[
        (workers["measure"] == "agency_workers") & workers["value"].notna()
    ]
    there = records(counted.first_basis(workers))
    asked = [_the_premium(premium[:1], there[:1])]
    asked += [_the_money(row, costs) for row in records(costs)]
    if premium and there and there[0]["basis"] == "not stated":
        asked.append(f"Are the {number(there[0]['value'])} agency workers full-time?")
    return [question for question in asked if question]


def _the_premium(premium: list[dict[str, Any]], there: list[dict[str, Any]]) -> str:
    if not premium:
        who = f" of the {number(there[0]['value'])} agency workers" if there else ""
        each = "each" if there else "an agency worker"
        return (
            f"What does {each}{who} cost above a permanent member of staff, in a year?"
        )
    if premium[0]["span"] != "not stated":
        return ""
    return (
        f"Is the {_pounds(premium[0])} that an agency worker costs more for a year, and what "
        "does it take in?"
    )


def _the_money(row: Mapping[str, Any], costs: pd.DataFrame) -> str:
    """What became of money that was asked for."""
    if row["measure"] != "budget" or row["nature"] != "plan" or pd.isna(row["value"]):
        return ""
    same = (costs["subject"] == row["subject"]) & (costs["as_at"] == row["as_at"])
    funded = costs[same & (costs["measure"] == "posts_funded")]["value"].dropna()
    filled = (
        f", and how many of the {number(funded.iloc[0])} posts are filled"
        if len(funded)
        else ""
    )
    year = Period.parse(row["as_at"]).in_words
    return f"Was the {_pounds(row)} asked for in {year} agreed, is it paid every year{filled}?"


def _pounds(row: Mapping[str, Any], decimals: int | None = None) -> str:
    text = figure_text({**row, "status": ""}, decimals)
    return with_unit(text, "pounds")
