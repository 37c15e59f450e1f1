"""What is said of commitments: each with what this evidence shows of it, in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import (
    BASIS_WORDS,
    figure_text,
    listed,
    number,
    plural,
    with_unit,
)
from scrutiny_pack.measures.commitments import KINDS, NAMES, NOT_STATED
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import joined, records
from scrutiny_pack.periods import Period

NOTHING_KNOWN = "Nothing known"

NO_LATER_FIGURE = (
    "Nothing later: the figure is from the time at which the commitment was made, and does "
    "not show what came of it."
)
"""What is said beside figures that are no later than the commitment."""

_NOTHING_LATER = "; nothing later"
_NO_TARGET = "no figure"
_MOST_QUOTED = 2


def with_now(commitments: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Every commitment with its target and what this evidence shows of it.

    Args:
        commitments: the rows of the dataset ``commitments``.
        shown: what `scrutiny_pack.measures.commitments.shown_now` returned.

    Returns:
        A list: ``ref``, ``kind``, ``what``, ``owner``, ``by_when``, ``target`` and ``now``
        in words ("Nothing known" where no figure shows it), with ``made`` (when it was
        made) and the sources of both.
    """
    rows = []
    for row in records(commitments):
        figures = shown[shown["ref"] == row["ref"]]
        rows.append(
            {
                "ref": row["ref"],
                "kind": KINDS[row["kind"]],
                "what": row["what"],
                "owner": row["owner"],
                "by_when": row["by_when"],
                "target": _target(row),
                "now": _now(figures),
                "made": Period.parse(row["as_at"]).in_words,
                "note": row["note"],
                "as_at": joined([row["as_at"], *figures["as_at"]]),
                "dataset": joined([row["dataset"], *figures["dataset"]]),
                "paragraph": joined([row["paragraph"], *figures["paragraph"]]),
            }
        )
    columns = [
        "ref",
        "kind",
        "what",
        "owner",
        "by_when",
        "target",
        "now",
        "made",
        "note",
    ]
    return pd.DataFrame(
        rows, columns=[*columns, "as_at", "dataset", "paragraph"], dtype="str"
    )


def with_figures(told: pd.DataFrame) -> pd.DataFrame:
    """Those commitments that have a figure to reach, or a figure that shows them.

    Args:
        told: what `with_now` returned.
    """
    return told[(told["target"] != _NO_TARGET) | (told["now"] != NOTHING_KNOWN)]


def by_kind(told: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The commitments of each kind, under the name of the kind; those there are.

    Args:
        told: what `with_now` returned.
    """
    parts = {name: told[told["kind"] == kind] for kind, name in NAMES.items()}
    return {name: rows for name, rows in parts.items() if len(rows)}


def title(name: str, rows: pd.DataFrame) -> str:
    """How many of a kind there are, and how many name an owner and a date."""
    counted = plural(len(rows), name.removesuffix("s"), name)
    owners = number(int((rows["owner"] != NOT_STATED).sum()))
    dates = number(int((rows["by_when"] != NOT_STATED).sum()))
    return f"{counted}: {owners} with an owner, {dates} with a date"


def figures_title(with_figure: pd.DataFrame) -> str:
    """How many have a figure, and of how many something is known."""
    known = int((with_figure["now"] != NOTHING_KNOWN).sum())
    return f"Targets and where they stand: {number(known)} of {number(len(with_figure))} shown"


def counts_title(counted: pd.DataFrame) -> str:
    """How many of all name an owner, and how many a date."""
    last = counted[counted["kind"] == counted["kind"].iloc[-1]].set_index("counted")[
        "value"
    ]
    return (
        f"Of {plural(last['All'], 'commitment', 'commitments')}, {number(last['With an owner'])} name an owner and "
        f"{number(last['With a date'])} a date"
    )


def shown_count(counted: pd.DataFrame) -> pd.DataFrame:
    """Of how many this evidence shows anything: one row, or none.

    Args:
        counted: what `scrutiny_pack.measures.commitments.counted_by_kind` returned.
    """
    return counted[counted["counted"] == "Shown here"].tail(1)[
        [c for c in counted.columns if c not in {"kind", "counted", "level"}]
    ]


def questions(told: pd.DataFrame) -> list[str]:
    """What to ask the witnesses: who and by when, and what has been done."""
    nobody = told[told["owner"] == NOT_STATED]
    undated = told[told["by_when"] == NOT_STATED]
    unknown = told[told["now"] == NOTHING_KNOWN]
    asked = [
        (nobody, "Who is to see to {}? No owner is named."),
        (undated, "By when is it to be done? No date is given for {}."),
        (unknown, "What has been done about {}? This evidence has no figure on it."),
    ]
    return [words.format(_which(rows, told)) for rows, words in asked if len(rows)]


def nothing_later(told: pd.DataFrame) -> tuple[str, ...]:
    """What must be said beside figures that are no later than the commitment.

    Args:
        told: what `with_now` returned.
    """
    if told["now"].str.endswith(_NOTHING_LATER).any():
        return (NO_LATER_FIGURE,)
    return ()


def _which(rows: pd.DataFrame, told: pd.DataFrame) -> str:
    """Which commitments a question is about: their words, or how many of how many."""
    if len(rows) <= _MOST_QUOTED:
        quoted = [
            f"'{row['what'].rstrip('.')}' ({row['ref']})" for row in records(rows)
        ]
        return listed(quoted)
    every = plural(len(told), "commitment", "commitments")
    if len(rows) == len(told):
        return f"any of the {every}"
    return f"{number(len(rows))} of the {every}"


def _target(row: Mapping[str, Any]) -> str:
    if pd.isna(row["target"]):
        return row["target_of"] or _NO_TARGET
    way = "" if row["target_is"] in {"", "exactly"} else f"{row['target_is']} "
    return f"{way}{number(row['target'])} {row['target_of']}".strip()


def _now(figures: pd.DataFrame) -> str:
    if figures.empty:
        return NOTHING_KNOWN
    rows = records(figures)
    amounts = "; ".join(_amount(row) for row in rows)
    date = Period.parse(rows[0]["as_at"]).in_words
    later = "" if rows[0]["since"] == "yes" else _NOTHING_LATER
    return f"{amounts}, {date}{later}"


def _amount(row: Mapping[str, Any]) -> str:
    unit = measures()[row["measure"]].unit
    if pd.notna(row["denominator"]):
        whole = f"{number(row['value'])} of {number(row['denominator'])} {unit}"
        return f"{whole} ({row['note']})" if row["note"] else whole
    amount = with_unit(figure_text({**row, "status": ""}), unit)
    apart = [row["span"], BASIS_WORDS.get(row["basis"], "")]
    told = ", ".join(
        part for part in apart if part not in {"", unit, "basis not stated"}
    )
    return f"{amount} ({told})" if told else amount
