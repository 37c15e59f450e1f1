"""Intervals: what a rounded figure may stand for, carried through arithmetic exactly."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Interval:
    """All numbers from low to high, both included.

    A figure known exactly has low equal to high. Sums, differences, products and
    quotients contain every result that the numbers inside could give; a figure used
    twice in one expression makes the result wider than it need be, never narrower.

    Attributes:
        low: the lower end.
        high: the upper end.
    """

    low: Fraction
    high: Fraction

    @classmethod
    def exactly(cls, value: float | Decimal | Fraction) -> "Interval":
        """The one number. A float is taken as Python prints it: 24.91 is 2491/100."""
        exact = fraction(value)
        return cls(exact, exact)

    @property
    def is_exact(self) -> bool:
        """Whether it holds one number only."""
        return self.low == self.high

    @property
    def middle(self) -> Fraction:
        """The number half-way between the ends."""
        return (self.low + self.high) / 2

    def __add__(self, other: "Interval") -> "Interval":
        """Every sum of a number here and one there."""
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        """Every difference."""
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Interval") -> "Interval":
        """Every product."""
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: "Interval") -> "Interval":
        """Every quotient.

        Raises:
            ZeroDivisionError: if the other may be nought.
        """
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        return self * Interval(1 / other.high, 1 / other.low)

    def times(self, number: int) -> "Interval":
        """The interval, each end multiplied by a whole number."""
        return self * Interval.exactly(Fraction(number))

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def __contains__(self, value: Fraction) -> bool:
        """Whether the number lies within."""
        return self.low <= value <= self.high


def fraction(value: float | Decimal | Fraction) -> Fraction:
    """A number as an exact fraction; a float as the shortest decimal that stands for it."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
