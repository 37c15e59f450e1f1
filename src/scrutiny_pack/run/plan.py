"""The plan of a run: which notebooks it executes, and why not the others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.inputs.wording import joined
from scrutiny_pack.sidecars import Sidecar


@dataclass(frozen=True)
class Plan:
    """What a run does.

    Attributes:
        due: the notebooks to execute, in reading order.
        not_run: the names of the others, each with the reason in words.
    """

    due: tuple[Sidecar, ...]
    not_run: tuple[tuple[str, str], ...]


def plan_run(
    sidecars: Sequence[Sidecar],
    supplied: Collection[str],
    without_reference: str = "",
) -> Plan:
    """Plan a run.

    Args:
        sidecars: all notebooks' sidecars, in reading order.
        supplied: the datasets that the council supplied.
        without_reference: why there are no reference data for the council and period,
            as a sentence: notebooks of that scope are not run; "" if there are.
    """
    reasons = [
        (
            sidecar,
            without_reference
            if without_reference and sidecar.scope == "reference data"
            else _why_not(sidecar, supplied),
        )
        for sidecar in sidecars
    ]
    return Plan(
        due=tuple(sidecar for sidecar, reason in reasons if not reason),
        not_run=tuple((sidecar.name, reason) for sidecar, reason in reasons if reason),
    )


def _why_not(sidecar: Sidecar, supplied: Collection[str]) -> str:
    missing = [n for n in sidecar.datasets_marked("required") if n not in supplied]
    if missing:
        return f"Not supplied: {joined(_titles(missing))}."
    alternatives = sidecar.datasets_marked("any")
    if alternatives and not any(name in supplied for name in alternatives):
        return f"None of these was supplied: {joined(_titles(alternatives), 'or')}."
    return ""


def _titles(names: Sequence[str]) -> list[str]:
    """The datasets' titles, as they stand in the middle of a sentence."""
    titles = (dataset_schema(name).title for name in names)
    return [f"{title[:1].lower()}{title[1:]}" for title in titles]
