"""How many decimal places each figure is shown with: the same in a table and a chart."""

import math
from collections.abc import Sequence

import pandas as pd

from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.rounding import decimals_of

_MOST = 3
_OF_RATES = 1


def decimals_shown(figures: pd.DataFrame, measure: str) -> int:
    """Decimal places for figures that stand in one column, or in one panel.

    Args:
        figures: rows of the long form.
        measure: their measure: a rate that this project computes has one decimal
            place, all else as many as the figures have, three at most.
    """
    definition = measures()[measure]
    if definition.kind == "rate" and definition.denominator:
        return _OF_RATES
    numbers = figures[["value", "low", "high"]].to_numpy("float64").ravel()
    places = (decimals_of(round(n, 6)) for n in numbers if not math.isnan(n))
    return min(max(places, default=0), _MOST)


def with_decimals(data: pd.DataFrame, spread: Sequence[str]) -> pd.DataFrame:
    """The rows, numbered anew, with a column ``decimals``: how a table with that spread shows them."""
    data = data.reset_index(drop=True)
    decimals = pd.Series(0, index=data.index)
    for _, part in data.groupby(list(spread), sort=False, dropna=False):
        decimals[part.index] = decimals_shown(part, str(part["measure"].iloc[0]))
    return data.assign(decimals=decimals)
