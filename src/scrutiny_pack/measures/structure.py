"""How the rows of a published table hang together: totals, gaps and latest dates.

A dataset with structure has ``breakdown``, ``unit``, ``part_of`` and ``within``
(see the schemas). Nothing here works out a figure.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from scrutiny_pack.observations import (
    FIGURE_COLUMNS,
    NUMBER_COLUMNS,
    joined,
    records,
)
from scrutiny_pack.periods import Period


def with_levels(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with a column ``level``: part, subtotal or total.

    A total is a unit that others are part of and that is part of nothing; a subtotal
    is part of something itself. A unit that stands alone is a part.

    Args:
        frame: rows with ``breakdown``, ``unit`` and ``part_of``.
    """
    frame = frame.copy()
    wholes = set(zip(frame["breakdown"], frame["part_of"], strict=True))
    frame["level"] = [
        "part"
        if (breakdown, unit) not in wholes
        else ("subtotal" if part_of else "total")
        for breakdown, unit, part_of in zip(
            frame["breakdown"], frame["unit"], frame["part_of"], strict=True
        )
    ]
    return frame


def row_names(frame: pd.DataFrame, *columns: str) -> tuple[str, ...]:
    """The columns that it takes to tell the rows of a table apart.

    Args:
        frame: the rows.
        columns: text columns; the first is always needed, each other one only where
            it does not hold the same in every row.
    """
    first, *others = columns
    return (first, *(c for c in others if len(set(frame[c])) > 1))


def with_gaps_stated(
    frame: pd.DataFrame, rows: Sequence[str], spread: Sequence[str], letter: str = "x"
) -> pd.DataFrame:
    """The rows with one more for each cell of a table that would be empty.

    Args:
        frame: the long form.
        rows: the text columns that name a row of the table.
        spread: the columns that name a column of figures.
        letter: the status of a cell without a figure: ``x`` where the source could
            have given it and does not, ``z`` where there can be none.

    Returns:
        The long form; an added row has no value, the status letter, and the place in
        the source of the figures that stand beside it.
    """
    columns = records(frame[list(spread)].drop_duplicates())
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in records(frame):
        groups.setdefault(tuple(row[name] for name in rows), []).append(row)
    added = []
    for group in groups.values():
        there = [{name: row[name] for name in spread} for row in group]
        gaps = [column for column in columns if column not in there]
        if not gaps:
            continue
        first = {
            **group[0],
            **dict.fromkeys(NUMBER_COLUMNS, float("nan")),
            "as_published": "",
            "status": letter,
            "note": "",
            "dataset": joined([row["dataset"] for row in group]),
            "paragraph": joined([row["paragraph"] for row in group]),
        }
        added += [first | column for column in gaps]
    if not added:
        return frame.reset_index(drop=True)
    stated = pd.DataFrame(added, columns=frame.columns).astype(frame.dtypes)
    return pd.concat([frame, stated], ignore_index=True)


def latest(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the latest date in the frame: of that which ends last."""
    if frame.empty:
        return frame
    last = max(set(frame["as_at"]), key=Period.parse)
    return pd.DataFrame(frame[frame["as_at"] == last])


def as_key_figure(rows: pd.DataFrame, *text: str) -> pd.DataFrame:
    """The first of the rows, or none, with these text columns and no others."""
    return rows.iloc[:1][[*text, *FIGURE_COLUMNS]]
