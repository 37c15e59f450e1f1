"""A change "by 3%": in per cent or in percentage points, of the rate or of the count."""

from dataclasses import dataclass
from typing import Literal

from scrutiny_pack.claims.evaluation import Result
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.wording import amount

Meant = Literal["per cent", "points", "either"]


@dataclass(frozen=True)
class Reading:
    """One way to read a change.

    Attributes:
        unit: per cent, or percentage points.
        change: the change that it comes to, up being positive.
        before: what it was.
        after: what it became.
        working: how the change is worked out.
    """

    unit: Literal["per cent", "percentage points"]
    change: Interval
    before: Result
    after: Result
    working: str

    @property
    def of(self) -> str:
        """What changed: ``agency worker rate (England)``."""
        if len(self.after.cells) == 1:
            return self.after.cells[0].label
        return self.after.working

    @property
    def in_words(self) -> str:
        """The reading for a sentence: ``3.0% up, the count of ...``."""
        way = "up" if self.change.middle >= 0 else "down"
        size = amount(abs(self.change.middle), 1)
        unit = "%" if self.unit == "per cent" else " percentage points"
        return f"{self.of}: {way} {size}{unit}"


def readings(before: Result, after: Result, meant: Meant) -> tuple[Reading, ...]:
    """The ways in which a change from one figure to another can be read.

    A rate may change in percentage points or in per cent of itself; a count or an
    amount only in per cent.

    Args:
        before: the earlier figure.
        after: the later one.
        meant: what the report says, or ``either`` where it does not.

    Returns:
        The readings that fit what is meant; none for points of a count, or where
        the earlier figure may be nought.
    """
    found = []
    is_rate = before.dimension != "number" and after.dimension != "number"
    if is_rate and meant != "per cent":
        points = after.in_per_cent() - before.in_per_cent()
        working = f"{after.working} - {before.working}"
        found.append(Reading("percentage points", points, before, after, working))
    if meant != "points" and before.interval.low > 0:
        ratio = after.interval / before.interval
        per_cent = (ratio - Interval.exactly(1)).times(100)
        working = f"{after.working} / {before.working} - 1"
        found.append(Reading("per cent", per_cent, before, after, working))
    return tuple(found)
