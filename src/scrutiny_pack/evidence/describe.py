"""What an item says of itself, worked out from its data: unit, basis, definitions, sources."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import BASIS_WORDS, number
from scrutiny_pack.evidence.items import SourceUsed
from scrutiny_pack.inputs.datasets import Dataset
from scrutiny_pack.measures.definitions import Measure, measures
from scrutiny_pack.observations import PARAMETERS, STATUS_WORDS
from scrutiny_pack.periods import Period

_PARAMETERS_TITLE = "Amounts given in the parameters of this pack"


def used_measures(data: pd.DataFrame) -> list[Measure]:
    """The measures in the data, in order of appearance."""
    names = dict.fromkeys(data["measure"]) if "measure" in data else {}
    return [measures()[name] for name in names]


def unit_of(data: pd.DataFrame) -> str:
    """What one of each figure is: ``posts; per cent``."""
    return "; ".join(dict.fromkeys(m.unit for m in used_measures(data)))


def basis_of(data: pd.DataFrame) -> str:
    """The bases in the data: ``headcount; FTE``; "" where none is about staff."""
    bases = dict.fromkeys(data["basis"]) if "basis" in data else {}
    words = (BASIS_WORDS.get(basis, basis) for basis in bases)
    return "; ".join(dict.fromkeys(word for word in words if word))


def definitions_of(data: pd.DataFrame) -> tuple[str, ...]:
    """A line for each measure: what it is, its formula, and whose definition it is."""
    return tuple(_definition(m) for m in used_measures(data))


def _definition(m: Measure) -> str:
    line = (
        f"{m.label}: {m.formula or m.meaning[:1].lower() + m.meaning[1:].rstrip('.')}"
    )
    if m.is_published_rate:
        return f"{line}; the base is not stated"
    return f"{line} (definition: {m.defined_by})" if m.kind == "rate" else line


def denominator_of(data: pd.DataFrame) -> str:
    """What each rate in the data is counted against; "" if there is no rate."""
    rates = [m for m in used_measures(data) if m.kind == "rate"]
    return "; ".join(dict.fromkeys(m.denominator or "not stated" for m in rates))


def status_notes(data: pd.DataFrame) -> tuple[str, ...]:
    """A note for each status letter that the data uses, in the order of the set."""
    used = {letter for status in data.get("status", ()) for letter in status.split()}
    return tuple(f"[{k}] {words}" for k, words in STATUS_WORDS.items() if k in used)


def as_at_words(data: pd.DataFrame) -> str:
    """The dates that the data is about: ``31 July 2016``, or ``2013 to July 2016``.

    A date that lies within another is not told apart from it: 31 July 2016 and 2016
    are ``2016``.
    """
    texts = {text for cell in data["as_at"] for text in cell.split("; ") if text}
    periods = {Period.parse(text) for text in texts}
    widest = sorted(
        one for one in periods if not any(one in other for other in periods - {one})
    )
    if not widest:
        return ""
    first, last = widest[0].in_words, widest[-1].in_words
    return last if first == last else f"{first} to {last}"


def sources_of(
    data: pd.DataFrame,
    datasets: Mapping[str, Dataset],
    reference: Mapping[str, SourceUsed] | None = None,
) -> tuple[SourceUsed, ...]:
    """The documents and files behind the data, with the paragraphs.

    Args:
        data: rows with ``dataset`` and ``paragraph``; a row that rests on several
            has them joined with "; ".
        datasets: the datasets that the council supplied, by name. An amount that
            comes from none of them is the council's own, given as a parameter.
        reference: sources that the project holds, such as a release of the DfE's
            statistics, by what rows call them in ``dataset``; without paragraphs.
    """
    found: dict[tuple[str, str, str], tuple[dict[str, None], dict[str, str]]] = {}
    for names, cell in data[["dataset", "paragraph"]].itertuples(index=False):
        for name in names.split("; "):
            if name == PARAMETERS:
                key = (_PARAMETERS_TITLE, "the council", "not stated")
                files = {}
            elif reference and name in reference:
                used = reference[name]
                key = (used.title, used.body, used.date)
                files = used.files
            else:
                dataset = datasets[name]
                source = dataset.source
                key = (source.title, source.body, source.date)
                files = {dataset.file: dataset.sha256}
            all_paragraphs, all_files = found.setdefault(key, ({}, {}))
            all_paragraphs.update(dict.fromkeys(p for p in cell.split("; ") if p))
            all_files |= files
    return tuple(
        SourceUsed(
            title=title,
            body=body,
            date=date,
            paragraphs=tuple(paragraphs),
            files=dict(sorted(files.items())),
        )
        for (title, body, date), (paragraphs, files) in found.items()
    )


def base_sentence(row: Mapping[str, Any]) -> str:
    """What a rate is counted against, in words: ``24.91 of 87.30, FTE``."""
    definition = measures()[row["measure"]]
    basis = BASIS_WORDS.get(row["basis"], "")
    if definition.is_published_rate:
        return "as published; the base is not stated"
    numerator, denominator = row["numerator"], row["denominator"]
    if pd.isna(denominator):
        return basis
    if pd.isna(numerator):  # such as one that would tell of a few people
        return ", ".join(part for part in (f"of {number(denominator)}", basis) if part)
    amount = f"{number(numerator)} of {number(denominator)}"
    if definition.kind == "average" and definition.denominator:
        amount = (
            f"{number(numerator)} {definition.numerator}, "
            f"{number(denominator)} {definition.denominator}"
        )
    return ", ".join(part for part in (amount, basis) if part)
