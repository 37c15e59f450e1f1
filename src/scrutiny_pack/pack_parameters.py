"""The parameters of a pack as a whole: who checked it, by role, when, and what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scrutiny_pack.errors import ParameterError, PeriodError
from scrutiny_pack.periods import Period
from scrutiny_pack.roles import why_not_a_role

_SCHEMAS = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True)
class Check:
    """Who checked a pack, when, and what.

    Attributes:
        by: the role of whoever checked it; "" while nobody has.
        on: the date of the check, YYYY-MM-DD; "" while there is none.
        evidence: the beginning of the checksum of the evidence that was checked; ""
            where the council does not say.
    """

    by: str = ""
    on: str = ""
    evidence: str = ""


@cache
def pack_schemas() -> Mapping[str, Mapping[str, Any]]:
    """The JSON Schema of each parameter that belongs to a pack and to no notebook."""
    return dict(yaml.safe_load(_SCHEMAS.read_text(encoding="utf-8")))


def check_of(parameters: Mapping[str, Any]) -> Check:
    """The check that the parameters of a pack tell of."""
    by, on, evidence = (str(parameters.get(name) or "") for name in _NAMES)
    return Check(by, on, evidence)


_NAMES = ("checked_by", "checked_on", "checked_evidence")


def validate_check(
    parameters: Mapping[str, Any], period: Period | str, shown: str
) -> None:
    """See that what the parameters tell of a check makes sense.

    Args:
        parameters: the value of every parameter of a pack, each fit for its schema.
        period: the pack's period; it is not looked at if it is no period, as for a set.
        shown: the file of the parameters, as messages name it.

    Raises:
        ParameterError: if only half of a check is given, the date is none or before
            the period's last day, or the role looks like a name.
    """
    check = check_of(parameters)
    if bool(check.by) != bool(check.on) or (check.evidence and not check.by):
        missing = "checked_on" if check.by else "checked_by"
        msg = (
            f"{shown}: {missing} is missing: a pack is final when both checked_by (a role) "
            "and checked_on (a date) are given, and a draft when neither is"
        )
        raise ParameterError(msg)
    if not check.by:
        return
    if reason := why_not_a_role(check.by):
        msg = f"{shown}: checked_by '{check.by}' {reason}"
        raise ParameterError(msg)
    try:
        on = date.fromisoformat(check.on)
    except ValueError:
        msg = f"{shown}: checked_on '{check.on}' is not a date: write it as 2016-10-01"
        raise ParameterError(msg) from None
    try:
        when = Period.parse(str(period))
    except PeriodError:
        return
    if on < when.end:
        msg = (
            f"{shown}: checked_on {check.on} is before the evidence, which is of "
            f"{when.in_words}: correct the date"
        )
        raise ParameterError(msg)


def validate_check_of_sources(
    check: Check, documents: Mapping[str, Period | None], shown: str
) -> None:
    """See that a check is not older than a document that the evidence rests on.

    Args:
        check: the check.
        documents: the title and date of each document; None where it has no date.
        shown: the file of the parameters, as messages name it.

    Raises:
        ParameterError: if it is.
    """
    if not check.on:
        return
    for title, when in documents.items():
        if when and check.on < when.start.isoformat():
            msg = (
                f"{shown}: checked_on {check.on} is before the date of the document "
                f"'{title}', {when.in_words}: correct the date"
            )
            raise ParameterError(msg)
