"""Rows of the long form that count what the datasets hold."""

from collections.abc import Iterable

from scrutiny_pack.observations import joined


def count_row(
    measure: str,
    number: int,
    whole: int,
    as_at: Iterable[str],
    dataset: Iterable[str],
    paragraph: Iterable[str],
) -> dict[str, object]:
    """A row of the long form that says how many, of how many.

    Args:
        measure: what is counted: ``figures``, ``commitments`` or ``claims``.
        number: how many there are.
        whole: of how many.
        as_at: the dates that the count rests on.
        dataset: the datasets that it rests on.
        paragraph: where those stand in their sources.
    """
    return {
        "measure": measure,
        "basis": "not applicable",
        "value": number,
        "numerator": number,
        "denominator": whole,
        "as_published": "",
        "status": "",
        "as_at": joined(as_at),
        "nature": "actual",
        "dataset": joined(dataset),
        "paragraph": joined(paragraph),
        "note": "",
    }
