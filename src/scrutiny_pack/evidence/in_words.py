"""Text columns and notes for a table, in the words that a reader knows."""

import re

import pandas as pd

from scrutiny_pack.evidence.formatting import BASIS_WORDS, listed
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import joined
from scrutiny_pack.periods import Period

HEADINGS = {
    "agrees_with": "A computed rate that agrees",
    "area": "Whose caseloads",
    "band": "Cases",
    "breakdown": "Published table",
    "case": "Agency workers",
    "counted": "Counted by",
    "matched": "Name among the caseloads",
    "named_in": "Named among",
    "scope": "Whose rate",
    "span": "For what time",
    "statement": "What the source says",
    "subject": "What",
    "topic": "Term",
    "what": "What",
    "when": "As at",
    "nature": "Actual or planned",
}
"""How the text columns that many tables have are headed."""

_SENTENCE = re.compile(r"(?<=[.?!]) +(?=[A-Z])")
"""Where one sentence of a note ends and the next begins."""

AS_PRINTED: dict[str, int | None] = {
    name: None
    for name, measure in measures().items()
    if measure.kind == "count" or measure.is_published_rate
}
"""Decimal places, by measure, for a table that has headcounts and FTE, or rates
printed to different places, in one column: as many as each figure has."""

_MOST_NAMES = 3


def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with what their codes mean beside them.

    Args:
        frame: the long form.

    Returns:
        The rows with three more text columns: ``what`` (the measure), ``counted``
        (the basis) and ``when`` (the date; several with a semicolon between them).
    """
    known = measures()
    return frame.assign(
        what=[known[name].title for name in frame["measure"]],
        counted=[BASIS_WORDS.get(basis, basis) for basis in frame["basis"]],
        when=[_dates(cell) for cell in frame["as_at"]],
    )


def capitalised(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows with the first letters of a text column as capitals."""
    return frame.assign(**{column: [t[:1].upper() + t[1:] for t in frame[column]]})


def notes_of(frame: pd.DataFrame, name: str) -> tuple[str, ...]:
    """The notes of the rows, each once, and what each is about.

    Args:
        frame: the long form, or a list with ``note``.
        name: the text column that names a row.

    Returns:
        A note for each different thing that is noted: what is said of the same rows
        stands in one note, each sentence once. One that is about up to three rows names
        them; one that is about more names their measure, if they share one; one that
        is about all the rows stands alone. One that says why figures are missing is
        about all of those.
    """
    said: dict[tuple[str, str], dict[str, None]] = {}
    for note, rows in frame[frame["note"] != ""].groupby("note", sort=False):
        names = list(dict.fromkeys(rows[name]))
        kinds = list(dict.fromkeys(rows.get("measure", ())))
        if "status" in rows and rows["status"].eq("x").all():
            about = "Figures marked [x]"
        elif len(names) == frame[name].nunique():
            about = ""
        elif len(names) <= _MOST_NAMES:
            about = listed(names)
        else:
            about = measures()[kinds[0]].title if len(kinds) == 1 else ""
        sentences = _SENTENCE.split(_with_full_stop(str(note)))
        key = (about, "" if about else str(note))
        said.setdefault(key, {}).update(dict.fromkeys(sentences))
    return tuple(
        f"{about}: {' '.join(told)}" if about else " ".join(told)
        for (about, _), told in said.items()
    )


def nature_notes(frame: pd.DataFrame) -> tuple[str, ...]:
    """A sentence for each measure that is not, or not only, about what was.

    Plans, budgets, targets and forecasts are marked as such (rules of evidence, 7).
    """
    notes = []
    for name, rows in frame.groupby("measure", sort=False):
        natures = joined(rows["nature"]).split("; ")
        others = [nature for nature in natures if nature not in {"actual", ""}]
        if others:
            partly = "in part " if "actual" in natures else ""
            words = _NATURE_WORDS.get(others[0], others[0])
            notes.append(f"{measures()[str(name)].title}: {partly}{words}.")
    return tuple(notes)


_NATURE_WORDS = {
    "budget": "a budget, not what there was",
    "plan": "a plan, not what there was",
    "target": "a target, not what there was",
    "forecast": "a forecast, not what there was",
    "scenario": "a scenario",
}


def _dates(cell: str) -> str:
    return "; ".join(Period.parse(text).in_words for text in cell.split("; ") if text)


def _with_full_stop(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."
