"""What a pack rests on: its files, its documents, and how far they can be relied on."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import pandas as pd

from scrutiny_pack.inputs.datasets import Dataset
from scrutiny_pack.inputs.receipt import DatasetCheck, Failure, Receipt
from scrutiny_pack.inputs.wording import lines_in_words
from scrutiny_pack.measures.counted import count_row
from scrutiny_pack.observations import (
    FIGURE_COLUMNS,
    STATUS_WORDS,
    joined,
    long_form,
    records,
)

THROUGHOUT = "throughout"
"""Stands for the paragraph of what is said of a whole document."""

NOT_STATED = "not stated"

BASES = {
    "headcount": "Headcount",
    "fte": "FTE",
    "posts": "Posts",
    "not stated": "Basis not stated",
    "not applicable": "Not about staff",
}
"""Each basis, as the heading of a column."""

FOUND = "found"
NOTED = "noted"

_FACTS = {
    "document": "Title",
    "body": "From",
    "kind": "Kind",
    "date": "Date",
    "how_read": "How it was read",
    "held": "Held by",
    "licence": "Licence",
    "note": "To know",
    "sha256": "sha256 of the copy that was read",
}
"""What is told of a document, and how a table calls it."""

_AS_PRINTED = "Without a status"
_MOST_NAMES = 3
_TOTAL = "All figures"


def files(
    datasets: Mapping[str, Dataset], receipt: Receipt, as_at: str
) -> pd.DataFrame:
    """Every input file, with its document, its rows, its checks and its sha256.

    Args:
        datasets: the datasets that the council supplied, by name.
        receipt: what the validation of them found.
        as_at: the pack's period.

    Returns:
        A list: ``table`` (what it holds), ``document``, ``rows``, ``checks`` (how many
        were made), ``found`` (how many things they found), ``file``, ``sha256``.
    """
    checked = {check.dataset: check for check in receipt.datasets}
    rows = [
        _said_of([dataset], as_at)
        | {
            "table": dataset.schema.title,
            "document": dataset.source.title,
            "rows": f"{len(dataset.frame):,}",
            "checks": f"{checked[dataset.name].expectations:,}",
            "found": f"{len(checked[dataset.name].failures):,}",
            "file": dataset.file,
            "sha256": dataset.sha256,
        }
        for dataset in datasets.values()
    ]
    columns = ["table", "document", "rows", "checks", "found", "file", "sha256"]
    return _list(rows, columns)


def found_by_checks(
    datasets: Mapping[str, Dataset], receipt: Receipt, as_at: str
) -> pd.DataFrame:
    """What the checks found, in plain sentences, with the file and the lines.

    Args:
        datasets: the datasets that the council supplied, by name.
        receipt: what the validation of them found.
        as_at: the pack's period.

    Returns:
        A list: ``found``, ``where`` (the file and its lines), the paragraphs of those
        lines, and ``kind``: first what was found, then what was noted, that is put
        right in reading or not possible to check.
    """
    rows = []
    notes: dict[str, list[DatasetCheck]] = {}
    for check in receipt.datasets:
        dataset = datasets.get(check.dataset)
        if dataset is None:
            continue
        for failure in check.failures:
            where = ", ".join([failure.file, *_lines(failure)])
            told = {"found": failure.sentence, "where": where, "kind": FOUND}
            rows.append(
                _said_of([dataset], as_at) | told | _paragraphs(dataset, failure)
            )
        for note in check.notes:
            notes.setdefault(note, []).append(check)
    for note, checks in notes.items():
        about = [datasets[check.dataset] for check in checks]
        told = {"found": note, "where": _some(d.file for d in about), "kind": NOTED}
        rows.append(_said_of(about, as_at) | told)
    return _list(rows, ["found", "where", "kind"])


def documents(datasets: Mapping[str, Dataset], as_at: str) -> pd.DataFrame:
    """Every document that the files were read from, once.

    Args:
        datasets: the datasets that the council supplied, by name.
        as_at: the pack's period.

    Returns:
        A list: ``document``, ``body``, ``kind``, ``date`` (in words), ``how_read``,
        ``held``, ``licence``, ``note`` and ``sha256`` of the copy that was read.
    """
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for dataset in datasets.values():
        source = dataset.source
        told = _said_of([dataset], as_at)
        key = (source.title, source.body, source.date)
        if key in rows:
            rows[key]["dataset"] = joined([rows[key]["dataset"], told["dataset"]])
            continue
        rows[key] = told | {
            "document": source.title,
            "body": source.body,
            "kind": source.kind,
            "date": source.date_in_words,
            "how_read": source.how_read,
            "held": source.held,
            "licence": source.licence,
            "note": " ".join(part for part in (source.date_note, source.note) if part),
            "sha256": source.document_sha256,
        }
    columns = ["document", "body", "kind", "date", "how_read", "held", "licence"]
    return _list(list(rows.values()), [*columns, "note", "sha256"])


def facts(documents: pd.DataFrame) -> pd.DataFrame:
    """The same, one row for each thing that is told of a document.

    Args:
        documents: what `documents` returned.

    Returns:
        A list: ``document``, ``fact`` (such as "Licence") and ``told``.
    """
    rows = [
        {"document": row["document"], "fact": heading, "told": row[name]}
        | {name: row[name] for name in ("as_at", "dataset", "paragraph")}
        for row in records(documents)
        for name, heading in _FACTS.items()
        if row[name]
    ]
    return _list(rows, ["document", "fact", "told"])


def missing(datasets: Mapping[str, Dataset], as_at: str) -> pd.DataFrame:
    """What the documents show and have lost, or do not give; none of it is made up.

    Args:
        datasets: the datasets that the council supplied, by name.
        as_at: the pack's period.

    Returns:
        A list: ``what``, ``why``, ``status`` (``x``) and the paragraph: first what the
        documents have lost, then the figures that they leave blank, those of one
        table, paragraph and reason together.
    """
    lost = [
        _said_of([dataset], as_at)
        | {"what": gap.what, "why": gap.why, "status": "x", "paragraph": gap.paragraph}
        for dataset in datasets.values()
        for gap in dataset.source.missing
    ]
    once: dict[tuple[str, str], dict[str, str]] = {}
    for row in lost:  # the sidecars of one document may repeat what it has lost
        once.setdefault((row["what"], row["paragraph"]), row)
    blank = [row for dataset in datasets.values() for row in _blank(dataset, as_at)]
    return _list([*once.values(), *blank], ["what", "why", "status"])


def figures_by_basis(datasets: Mapping[str, Dataset], as_at: str) -> pd.DataFrame:
    """How many figures are by headcount, by FTE, of posts, or do not say.

    Args:
        datasets: the datasets that the council supplied, by name.
        as_at: the pack's period.

    Returns:
        The long form with ``table``, ``kind`` (the basis in words) and ``level``; the
        measure is ``figures``. A row for each dataset of figures and a total.
    """
    return _counted(datasets, as_at, lambda frame: [[BASES[b]] for b in frame["basis"]],
                    list(BASES.values()))  # fmt: skip


def figures_by_status(datasets: Mapping[str, Dataset], as_at: str) -> pd.DataFrame:
    """How many figures carry each status, and how many carry none.

    Args:
        datasets: the datasets that the council supplied, by name.
        as_at: the pack's period.

    Returns:
        As `figures_by_basis`, with ``kind`` the status in words. A figure with two
        letters is counted under both.
    """
    words = {letter: f"[{letter}] {says}" for letter, says in STATUS_WORDS.items()}

    def kinds(frame: pd.DataFrame) -> list[list[str]]:
        return [[words[k] for k in s.split()] or [_AS_PRINTED] for s in frame["status"]]

    return _counted(datasets, as_at, kinds, [_AS_PRINTED, *words.values()])


def basis_not_stated(datasets: Mapping[str, Dataset], as_at: str) -> pd.DataFrame:
    """How many of the figures about staff do not say what they count.

    Args:
        datasets: the datasets that the council supplied, by name.
        as_at: the pack's period.

    Returns:
        The long form: one row, the measure ``figures``, with all the figures about
        staff as its denominator; none where there is no figure about staff.
    """
    staff = [f[f["basis"] != "not applicable"] for f in _frames(datasets)]
    about = pd.concat(staff, ignore_index=True) if staff else pd.DataFrame()
    if about.empty:
        return long_form(pd.DataFrame(columns=["measure"], dtype="str"))
    unclear = about[about["basis"] == NOT_STATED]
    row = _figures(len(unclear), len(about), about["dataset"], as_at)
    return long_form(pd.DataFrame([row]))


def caveats(datasets: Mapping[str, Dataset], as_at: str) -> pd.DataFrame:
    """What a reader must bear in mind, and how many figures it is about.

    Args:
        datasets: the datasets that the council supplied, by name.
        as_at: the pack's period.

    Returns:
        A list: ``caveat``, ``meaning`` (what follows from it), ``figures`` (how many)
        and ``tables``; only those that there is reason for.
    """
    rows = [*_undated(datasets, as_at), *_figure_caveats(datasets, as_at)]
    return _list(rows, ["caveat", "meaning", "figures", "tables"])


def _has(letter: str) -> Callable[[pd.DataFrame], "pd.Series[bool]"]:
    return lambda frame: frame["status"].str.split().map(lambda own: letter in own)


def _dated(pattern: str) -> Callable[[pd.DataFrame], "pd.Series[bool]"]:
    return lambda frame: frame["as_at"].str.fullmatch(pattern)


_CAVEATS: dict[str, Callable[[pd.DataFrame], "pd.Series[bool]"]] = {
    "Basis not stated": lambda frame: frame["basis"] == NOT_STATED,
    "Estimates and ranges": _has("e"),
    "Not available": _has("x"),
    "Confidential": _has("c"),
    "Plans, budgets, targets and forecasts": lambda frame: frame["nature"] != "actual",
    "Dated to the month": _dated("[0-9]{4}-[0-9]{2}"),
    "Dated to the year": _dated("[0-9]{4}"),
}
"""For each caveat, which figures it is about."""

_MEANINGS = {
    "Basis not stated": """
        The source does not say whether people, hours or posts are counted. The figure is
        never set against one by headcount or FTE.""",
    "Estimates and ranges": """
        The source says about, around, up to, at least, or gives a range. The figure keeps
        its range.""",
    "Not available": """
        The source prints a blank or has lost the figure. It is shown as [x], never filled
        in.""",
    "Confidential": """
        The figure would tell of a few people, or would give such a figure away. It is
        shown as [c].""",
    "Plans, budgets, targets and forecasts": """
        The figure says what was meant to be, not what was.""",
    "Dated to the month": "The day is not stated.",
    "Dated to the year": "Neither the day nor the month is stated.",
}
"""What follows from each caveat."""


def _figure_caveats(
    datasets: Mapping[str, Dataset], as_at: str
) -> Iterator[dict[str, str]]:
    frames = _frames(datasets)
    for caveat, holds in _CAVEATS.items():
        met = [(frame["dataset"].iloc[0], int(holds(frame).sum())) for frame in frames]
        names = [name for name, count in met if count]
        if names:
            yield {
                "caveat": caveat,
                "meaning": " ".join(_MEANINGS[caveat].split()),
                "figures": f"{sum(count for _, count in met):,}",
                "tables": _some((datasets[n].schema.title for n in names), "tables"),
                "as_at": as_at,
                "dataset": "; ".join(names),
                "paragraph": THROUGHOUT,
            }


def _undated(datasets: Mapping[str, Dataset], as_at: str) -> Iterator[dict[str, str]]:
    undated = [d for d in datasets.values() if d.source.period is None]
    for title in dict.fromkeys(d.source.title for d in undated):
        same = [d for d in undated if d.source.title == title]
        yield {
            "caveat": "Date of the document not stated",
            "meaning": f"{title}. {same[0].source.date_note}".strip(),
            "figures": "all",
            "tables": _some((d.schema.title for d in same), "tables"),
            "as_at": as_at,
            "dataset": "; ".join(d.name for d in same),
            "paragraph": THROUGHOUT,
        }


def _frames(datasets: Mapping[str, Dataset]) -> list[pd.DataFrame]:
    """The datasets of figures that have rows."""
    return [
        dataset.frame
        for dataset in datasets.values()
        if dataset.schema.shape == "figures" and len(dataset.frame)
    ]


def _counted(
    datasets: Mapping[str, Dataset],
    as_at: str,
    kinds_of: Callable[[pd.DataFrame], list[list[str]]],
    order: list[str],
) -> pd.DataFrame:
    """Figures counted by kind, a row for each dataset; kinds that never occur left out."""
    frames = _frames(datasets)
    rows = []
    for frame in [*frames, pd.concat(frames)] if len(frames) > 1 else frames:
        names = list(dict.fromkeys(frame["dataset"]))
        is_total = len(names) > 1
        table = _TOTAL if is_total else datasets[names[0]].schema.title
        found = [kind for kinds in kinds_of(frame) for kind in kinds]
        rows += [
            {"table": table, "kind": kind, "level": "total" if is_total else "part"}
            | _figures(found.count(kind), len(frame), names, as_at)
            for kind in order
        ]
    made = long_form(
        pd.DataFrame(rows, columns=["table", "kind", "level", *FIGURE_COLUMNS])
    )
    never = made.groupby("kind")["value"].transform("sum") == 0
    return made[~never]


def _figures(
    number: int, whole: int, names: Iterable[str], as_at: str
) -> dict[str, object]:
    return count_row("figures", number, whole, [as_at], names, [THROUGHOUT])


def _blank(dataset: Dataset, as_at: str) -> Iterator[dict[str, str]]:
    if dataset.schema.shape != "figures":
        return
    frame = dataset.frame
    blank = frame[frame["status"].str.split().map(lambda letters: "x" in letters)]
    for (paragraph, note), group in blank.groupby(["paragraph", "note"], sort=False):
        many = len(group) != 1
        yield {
            "what": f"{len(group)} {'figures' if many else 'figure'} in "
            f"'{dataset.schema.title}'",
            "why": str(note) or NOT_STATED,
            "status": "x",
            "as_at": as_at,
            "dataset": dataset.name,
            "paragraph": str(paragraph),
        }


def _lines(failure: Failure) -> list[str]:
    return [lines_in_words(failure.lines)] if failure.lines else []


def _paragraphs(dataset: Dataset, failure: Failure) -> dict[str, str]:
    """The paragraphs of the lines that a failure names, where it names any."""
    lines = [line for line in failure.lines if line in dataset.frame.index]
    paragraphs = joined(dataset.frame.loc[lines, "paragraph"])
    return {"paragraph": paragraphs} if paragraphs else {}


def _said_of(about: Iterable[Dataset], as_at: str) -> dict[str, str]:
    names = joined(dataset.name for dataset in about)
    return {"as_at": as_at, "dataset": names, "paragraph": THROUGHOUT}


def _some(names: Iterable[str], what: str = "files") -> str:
    """The names, or how many there are where they are many."""
    every = list(names)
    return "; ".join(every) if len(every) <= _MOST_NAMES else f"{len(every)} {what}"


def _list(rows: list[dict[str, str]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=[*columns, "as_at", "dataset", "paragraph"], dtype="str"
    )
