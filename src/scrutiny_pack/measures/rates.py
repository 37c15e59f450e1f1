"""Rates, sums and differences of counts in the long form.

Every rate of a pack is made here, so that each carries its numerator and its
denominator, none is made on a base under 10, and figures of different bases or
dates never meet: two rows are only put together where ``basis`` and ``as_at`` are
the same. The arithmetic is that of the decimal numbers as they are printed.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from scrutiny_pack.observations import (
    FIGURE_COLUMNS,
    SMALLEST_BASE,
    STATUS_WORDS,
    WITHOUT_VALUE,
    joined,
    long_form,
    records,
)

SMALL_BASE_NOTE = f"No percentage is made on a base under {SMALLEST_BASE}."
"""Stands in the note of a rate that is not made because its base is too small."""

NO_BASE_NOTE = "The base is not given as one number, so no percentage is made."
"""Stands in the note of a rate whose base is missing, or given only as a range."""


def rate(
    frame: pd.DataFrame,
    measure: str,
    numerator: str,
    denominator: str | Sequence[str],
    by: Sequence[str],
) -> pd.DataFrame:
    """One measure as a percentage of another, or of several added together.

    Args:
        frame: the long form with the measures; other measures in it are ignored.
        measure: the measure of the result, such as ``vacancy_rate_dfe``.
        numerator: the measure that is counted.
        denominator: the measure that it is counted against; several are added up.
        by: the text columns that say which rows belong together, such as
            ``["breakdown", "unit"]``; basis and date always do.

    Returns:
        The long form, one row for each numerator that has its denominator: see
        `share`. No rows where there is nothing to make a rate of.
    """
    names = [denominator] if isinstance(denominator, str) else list(denominator)
    wholes = added(frame, over="measure", names=names, as_name=measure, by=by)
    return share(frame[frame["measure"] == numerator], wholes, measure, by)


def share(
    parts: pd.DataFrame, wholes: pd.DataFrame, measure: str, by: Sequence[str]
) -> pd.DataFrame:
    """Each part as a percentage of the whole that it belongs to.

    Args:
        parts: rows of the long form; their values become the numerators.
        wholes: rows of the long form, one at most for each ``by``, basis and date;
            their values become the denominators.
        measure: the measure of the result.
        by: the text columns that a part shares with its whole.

    Returns:
        The long form: the text columns of the parts, and value = 100 x numerator /
        denominator, in per cent, not rounded. On a base under 10 the value is empty,
        the status is ``u``, and the note says why. A part that is a range gives a
        range; a part that is not known gives its status. A part without a whole
        gives no row.
    """
    parts, wholes = long_form(parts), long_form(wholes)
    keys = [*by, "basis", "as_at"]
    kept = ["value", "status", "nature", "dataset", "paragraph"]
    pairs = parts.merge(
        wholes[[*keys, *kept]],
        on=keys,
        suffixes=("", "_of_whole"),
        validate="many_to_one",
    )
    rows = [_rate_row(pair, measure) for pair in records(pairs)]
    return _frame(rows, parts)


def added(
    frame: pd.DataFrame,
    over: str,
    names: Sequence[str],
    as_name: str,
    by: Sequence[str],
    minus: Sequence[str] = (),
) -> pd.DataFrame:
    """Rows added up, and others taken away from them.

    Args:
        frame: the long form.
        over: the column that tells the rows to add from one another: ``measure`` for
            vacancies and staff in post of a team, ``unit`` for two teams.
        names: the values of ``over`` whose rows are added.
        as_name: the value of ``over`` in the result.
        by: the other columns that the rows must share; basis and date are always
            among them.
        minus: the values of ``over`` whose rows are taken away.

    Returns:
        The long form: one row for each ``by``, basis and date that has every one of
        the names, with the text columns of its first row. Where one of the figures
        is not known, the result is not, and has its status. Columns that say where
        the figures come from hold all of them.

    Raises:
        ValueError: if a name occurs twice for one ``by``, basis and date.
    """
    keys = [*by, "basis", "as_at"]
    frame = long_form(frame)
    wanted = frame[frame[over].isin([*names, *minus])]
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in records(wanted):
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    rows = []
    for group in groups.values():
        there = [row[over] for row in group]
        if len(set(there)) < len(there):
            twice = next(n for place, n in enumerate(there) if n in there[:place])
            msg = f"'{twice}' stands twice among the rows to be added up"
            raise ValueError(msg)
        if set(there) == {*names, *minus}:
            signs = [-1 if name in minus else 1 for name in there]
            rows.append(_sum_row(group, signs) | {over: as_name})
    return _frame(rows, frame)


def percentage(numerator: float, denominator: float) -> float:
    """100 x numerator / denominator, of the numbers as they are printed.

    24.91 of 87.3 is worked out as 2491 / 8730, so that no binary fraction can push
    the result over to the other side of a rounding.
    """
    return float(100 * _exactly(numerator) / _exactly(denominator))


def exact_sum(values: Sequence[float], signs: Sequence[int] = ()) -> float:
    """The sum of the numbers as they are printed: 24.91 + 62.39 is 87.3.

    Args:
        values: finite numbers.
        signs: 1 or -1 for each of them; all 1 if left out.
    """
    plus_or_minus = signs or [1] * len(values)
    terms = zip(plus_or_minus, values, strict=True)
    return float(sum((s * _exactly(v) for s, v in terms), start=Fraction(0)))


def joined_status(statuses: Sequence[str]) -> str:
    """The letters of several figures together, in the order of the set."""
    letters = {letter for status in statuses for letter in status.split()}
    return " ".join(letter for letter in STATUS_WORDS if letter in letters)


def _exactly(value: float) -> Fraction:
    return Fraction(repr(float(value)))


def _rate_row(pair: Mapping[Any, Any], measure: str) -> dict[Any, Any]:
    part, whole = pair["value"], pair["value_of_whole"]
    row = {
        **pair,
        "measure": measure,
        "numerator": part,
        "denominator": whole,
        "as_published": "",
        "status": joined_status([pair["status"], pair["status_of_whole"]]),
        "note": "",
    }
    for column in ("nature", "dataset", "paragraph"):
        row[column] = joined([pair[column], pair[f"{column}_of_whole"]])
    if pd.isna(whole) or whole < SMALLEST_BASE:
        note = NO_BASE_NOTE if pd.isna(whole) else SMALL_BASE_NOTE
        status = _without_value(row["status"], "x" if pd.isna(whole) else "u")
        nothing = dict.fromkeys(("value", "low", "high"), float("nan"))
        return row | nothing | {"status": status, "note": note}
    for column in ("value", "low", "high"):
        if pd.notna(pair[column]):
            row[column] = percentage(pair[column], whole)
    return row


def _sum_row(
    group: Sequence[Mapping[str, Any]], signs: Sequence[int]
) -> dict[str, Any]:
    values = [row["value"] for row in group]
    status = joined_status([row["status"] for row in group])
    known = not any(pd.isna(value) for value in values)
    return {
        **group[0],
        **dict.fromkeys(("low", "high", "numerator", "denominator"), float("nan")),
        "value": exact_sum(values, signs) if known else float("nan"),
        "status": status if known else _without_value(status, "x"),
        "as_published": "",
        "note": "",
        **{
            column: joined([row[column] for row in group])
            for column in ("nature", "dataset", "paragraph")
        },
    }


def _without_value(status: str, letter: str) -> str:
    """The status of a figure that is not there: it needs a letter that says why."""
    if set(status.split()) & WITHOUT_VALUE:
        return status
    return joined_status([status, letter])


def _frame(rows: Sequence[Mapping[Any, Any]], like: pd.DataFrame) -> pd.DataFrame:
    """The rows with the columns of another frame, in the long form."""
    columns = [*(c for c in like.columns if c not in FIGURE_COLUMNS), *FIGURE_COLUMNS]
    return long_form(pd.DataFrame(list(rows), columns=columns))
