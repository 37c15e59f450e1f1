"""What a reader can work out of numbers that add up, by integer programming.

It knows nothing of how the project hides numbers: only the equations, and the bounds.
"""

from collections.abc import Mapping, Sequence
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


class Equations:
    """Unknowns with bounds, and what is known of their sums."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.low: list[float] = []
        self.high: list[float] = []
        self.whole: list[int] = []
        self.rows: list[tuple[Mapping[str, float], float, float]] = []

    def unknown(
        self, name: str, low: float = 0, high: float = inf, *, whole: bool = True
    ) -> None:
        assert name not in self.names
        self.names[name] = len(self.names)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(int(whole))

    def known(
        self, name: str, value: float, by: float = 0, *, whole: bool = True
    ) -> None:
        self.unknown(name, value - by, value + by, whole=whole and by == 0)

    def add(self, factors: Mapping[str, float], low: float, high: float) -> None:
        """Low <= the sum of factors x unknowns <= high."""
        self.rows.append((factors, low, high))

    def adds_up(self, whole: str, parts: Sequence[str], by: float = 0) -> None:
        self.add({whole: -1.0} | dict.fromkeys(parts, 1.0), -by, by)

    def ends(self, name: str) -> tuple[float, float]:
        """The least and the most that an unknown can be."""
        return self._end(name, 1), self._end(name, -1)

    def _end(self, name: str, sign: int) -> float:
        cost = np.zeros(len(self.names))
        cost[self.names[name]] = sign
        table = np.zeros((len(self.rows), len(self.names)))
        for place, (factors, _, _) in enumerate(self.rows):
            for each, factor in factors.items():
                table[place, self.names[each]] = factor
        lows, highs = [row[1] for row in self.rows], [row[2] for row in self.rows]
        found = milp(
            cost,
            integrality=np.array(self.whole),
            bounds=Bounds(self.low, self.high),
            constraints=LinearConstraint(table, lows, highs),
        )
        if found.x is None:
            assert found.status in (3, 4), found.message  # no end to it
            return -sign * inf
        return float(round(found.x[self.names[name]], 6))
