"""What relying on agency workers costs, and what a retention payment would.

The functions take rows of the datasets ``agency-costs`` and ``posts`` (see their
schemas). Every figure is the council's own: no cost is lent from one council to
another (rules of evidence, 9). Money is in pounds.
"""

from fractions import Fraction
from math import ceil
from typing import Any

import pandas as pd

from scrutiny_pack.measures import posts as counted
from scrutiny_pack.measures.rates import joined_status
from scrutiny_pack.measures.structure import as_key_figure
from scrutiny_pack.observations import (
    FIGURE_COLUMNS,
    PARAMETERS,
    joined,
    long_form,
    records,
)
from scrutiny_pack.periods import Period

A_YEAR = frozenset({"a year", "not stated"})
"""The spans of a premium that an estimate for a year can be made of; "not stated" is
taken to be a year, and the estimate says so."""

ONE_YEAR = "A third, after one year"
TWO_YEARS = "Two thirds, after two years"
TOGETHER = "Both together"
"""The rows of the retention payment's table."""

_BASES_OF_COST = ("fte", "headcount", "posts", "not stated")
"""A cost is of full-time workers, so FTE comes first."""


def premium(costs: pd.DataFrame) -> pd.DataFrame:
    """What an agency worker costs above a permanent one, as stated.

    Returns:
        The rows of ``agency-costs`` that state it, as a value or a range.
    """
    rows = long_form(costs[costs["measure"] == "premium_per_agency_worker"])
    return rows[rows[["value", "low", "high"]].notna().any(axis=1)]


def stated(costs: pd.DataFrame) -> pd.DataFrame:
    """All costs as stated, and the money for each post where both are given.

    Returns:
        The rows of ``agency-costs``, and ``budget_per_post`` for each subject and
        date that has a budget and the posts that it is for.
    """
    rows = long_form(costs)
    made = []
    for _, group in rows.groupby(["subject", "span", "as_at"], sort=False):
        known = {r["measure"]: r for r in records(group) if pd.notna(r["value"])}
        if {"budget", "posts_funded"} <= set(known) and known["posts_funded"][
            "value"
        ] > 0:
            money, funded = known["budget"], known["posts_funded"]
            made.append(
                {
                    **money,
                    **_behind(pd.DataFrame([money, funded])),
                    "measure": "budget_per_post",
                    "value": _times(
                        money["value"], 1 / Fraction(repr(funded["value"]))
                    ),
                    "numerator": money["value"],
                    "denominator": funded["value"],
                }
            )
    if not made:
        return rows
    return pd.concat([rows, long_form(pd.DataFrame(made))], ignore_index=True)


def premium_a_year(costs: pd.DataFrame, posts: pd.DataFrame) -> pd.DataFrame:
    """What the agency workers cost above permanent staff in a year: an estimate.

    Agency workers x what one costs above a permanent worker, low and high; for the
    workers there are, for those there were at the first date given, and for the
    difference. It takes the cost to be for a year, the workers to be full-time, and
    the cost to have been the same at both dates.

    Args:
        costs: rows of ``agency-costs``.
        posts: rows of ``posts``; the agency workers of the whole are used, by FTE if
            given.

    Returns:
        The long form with ``case`` and ``subject``: for each case the agency workers,
        the premium for each, and the premium a year with status ``e``. The workers
        there are come first. No rows without both, or where the premium is for some
        other time than a year.
    """
    in_a_year = premium(costs).loc[lambda rows: rows["span"].isin(A_YEAR)]
    premiums = records(in_a_year)
    cases = _cases(posts)
    rows = [
        part | {"case": case["case"], "subject": each["subject"]}
        for each in premiums
        for case in cases
        for part in (case, each, _product(case, each))
    ]
    columns = ["case", "subject", *FIGURE_COLUMNS]
    return long_form(pd.DataFrame(rows, columns=columns))


def estimate_now(made: pd.DataFrame) -> pd.DataFrame:
    """The estimate for the workers there are, as a key figure: one row, or none.

    Args:
        made: what `premium_a_year` returned; with several premiums, such as one for
            each grade, there is no one estimate.
    """
    now = made[made["case"] == made["case"].iloc[0]] if len(made) else made
    now = now[now["measure"] == "agency_premium_a_year"]
    return as_key_figure(now if len(now) == 1 else now.iloc[:0], "case")


def retention_payments(
    payment: float | None,
    paid_after_one_year: int | None,
    paid_after_two_years: int | None,
    period: Period,
) -> pd.DataFrame:
    """What a retention payment costs in a year: a third after one year, the rest after two.

    A scenario, whose amounts the council gives. Everybody who is paid is counted, those
    who would have stayed anyway included, since nobody can tell them apart.

    Args:
        payment: pounds for each worker, both parts together.
        paid_after_one_year: workers who are paid the first third in a year.
        paid_after_two_years: workers who are paid the other two thirds in a year.
        period: the pack's period, for the rows' date.

    Returns:
        The long form with ``case`` and ``level``: for each part the staff paid, the
        payment for each and their product, and the sum of both. No rows unless all
        three are given.
    """
    rows: list[dict[str, Any]] = []
    if None not in (payment, paid_after_one_year, paid_after_two_years):
        whole = Fraction(repr(float(payment or 0)))
        first = _payment(ONE_YEAR, paid_after_one_year or 0, whole / 3)
        second = _payment(TWO_YEARS, paid_after_two_years or 0, whole * 2 / 3)
        total = sum(Fraction(repr(part[-1]["value"])) for part in (first, second))
        rows = [*first, *second, _scenario(TOGETHER, "retention_payments", total)]
    columns = ["case", "level", *FIGURE_COLUMNS]
    made = long_form(pd.DataFrame(rows, columns=columns))
    return made.assign(
        as_at=period.text,
        basis=made["measure"].map({"staff_paid": "headcount"}).fillna("not applicable"),
        level=made["case"].map({TOGETHER: "total"}).fillna("part"),
        nature="scenario",
        dataset=PARAMETERS,
        paragraph=made["case"].map(_GIVEN_BY).fillna("; ".join(_PARAMETERS)),
    )


def agency_posts_to_replace(
    payments: pd.DataFrame, costs: pd.DataFrame
) -> pd.DataFrame:
    """How many agency posts the payments must replace to pay for themselves.

    The cost of the payments in a year / what an agency worker costs above a permanent
    one, rounded up to whole posts. A dearer agency worker takes fewer posts: the low
    end is of the high premium.

    Args:
        payments: what `retention_payments` returned.
        costs: rows of ``agency-costs``: the council's own premium, or no rows.

    Returns:
        One row of ``agency_posts_to_replace``, with low and high, and status ``e``;
        it stands with the paragraph of the premium. None without payments, or without
        a premium for a year.
    """
    total = payments[(payments["case"] == TOGETHER)]
    premiums = premium(costs)
    premiums = premiums[premiums["span"].isin(A_YEAR)]
    ends = pd.concat([premiums[c] for c in ("value", "low", "high")]).dropna()
    if total.empty or ends.empty or ends.min() <= 0:
        return payments.iloc[:0]
    cost = Fraction(repr(float(total["value"].iloc[0])))
    fewest, most = (
        float(ceil(cost / Fraction(repr(float(end)))))
        for end in (ends.max(), ends.min())
    )
    row = {
        **records(total)[0],
        **_behind(premiums),
        "measure": "agency_posts_to_replace",
        "basis": "not stated",
        "value": fewest if fewest == most else float("nan"),
        "low": float("nan") if fewest == most else fewest,
        "high": float("nan") if fewest == most else most,
        "status": joined_status([*premiums["status"], "e"]),
        "nature": "scenario",
    }
    return long_form(pd.DataFrame([row], columns=payments.columns))


_PARAMETERS = (
    "retention_payment",
    "retention_paid_after_one_year",
    "retention_paid_after_two_years",
)
_GIVEN_BY = {
    ONE_YEAR: f"{_PARAMETERS[0]}; {_PARAMETERS[1]}",
    TWO_YEARS: f"{_PARAMETERS[0]}; {_PARAMETERS[2]}",
}


def _cases(posts: pd.DataFrame) -> list[dict[str, Any]]:
    """The agency workers there are, those there were first, and the difference."""
    now = counted.whole(posts)
    now = now[(now["measure"] == "agency_workers") & now["value"].notna()]
    if now.empty:
        return []
    basis = next(b for b in _BASES_OF_COST if (now["basis"] == b).any())
    last = records(now[now["basis"] == basis])[0]
    every = counted.staffing(posts)
    same = every["value"].notna()
    for column in ("breakdown", "unit", "measure", "basis"):
        same &= every[column] == last[column]
    first = min(records(every[same]), key=lambda r: Period.parse(r["as_at"]))
    cases = [last | {"case": _case(last)}]
    if first["as_at"] != last["as_at"]:
        moved = last["value"] - first["value"]
        word = "fewer" if moved < 0 else "more"
        since = Period.parse(first["as_at"])
        at = "at" if since.start == since.end else "in"
        difference = {
            **last,
            **_behind(pd.DataFrame([last, first])),
            "value": round(abs(moved), 6),
            "case": f"The {abs(moved):g} {word} than {at} {since.in_words}",
            "as_at": joined([first["as_at"], last["as_at"]]),
        }
        cases += [first | {"case": _case(first)}, difference]
    return cases


def _case(row: dict[str, Any]) -> str:
    return f"The {row['value']:g} of {Period.parse(row['as_at']).in_words}"


def _product(case: dict[str, Any], each: dict[str, Any]) -> dict[str, Any]:
    workers = Fraction(repr(float(case["value"])))
    money = {
        column: _times(each[column], workers)
        if pd.notna(each[column])
        else float("nan")
        for column in ("value", "low", "high")
    }
    return {
        **case,
        **_behind(pd.DataFrame([case, each])),
        **money,
        "measure": "agency_premium_a_year",
        "basis": "not applicable",
        "status": joined_status([case["status"], each["status"], "e"]),
    }


def _payment(case: str, staff: int, each: Fraction) -> list[dict[str, Any]]:
    return [
        _scenario(case, "staff_paid", Fraction(staff)),
        _scenario(case, "payment_each", each),
        _scenario(case, "retention_payments", each * staff),
    ]


def _scenario(case: str, measure: str, value: Fraction | int) -> dict[str, Any]:
    words = dict.fromkeys(("as_published", "status", "note"), "")
    return {"case": case, "measure": measure, "value": float(value), **words}


def _behind(rows: pd.DataFrame) -> dict[str, Any]:
    """Where a figure that is made of several rows comes from."""
    return {
        "as_published": "",
        "note": "",
        "status": joined_status(list(rows["status"])),
        "nature": joined(rows["nature"]),
        "dataset": joined(rows["dataset"]),
        "paragraph": joined(rows["paragraph"]),
    }


def _times(value: float, factor: Fraction) -> float:
    return float(Fraction(repr(float(value))) * factor)
