"""What a rounded number stands for: every number that would have been rounded to it.

A published 24.9 stands for the interval from 24.85 to 24.95. A rate is worked out from
rounded numbers as an interval too, and it *reproduces* when that interval and the one
that the published rate stands for have a number in common. Ends count as inside.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_NOISE = 1e-9  # far below any digit that is published, far above float noise


@dataclass(frozen=True)
class Interval:
    """Intervals, one in each place of two arrays of the same shape.

    Attributes:
        low: the lower ends.
        high: the upper ends; NaN in both where there is no number.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def __add__(self, other: "Interval") -> "Interval":
        """Every sum of a number of one and a number of the other."""
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        """Every difference of a number of one and a number of the other."""
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: ArrayLike) -> "Interval":
        """Every product with a number above nought that is known exactly."""
        by = np.asarray(factor, dtype="float64")
        return Interval(self.low * by, self.high * by)

    def meets(self, other: "Interval") -> NDArray[np.bool_]:
        """Whether the two have a number in common; never where there is no number."""
        return (self.low <= other.high + _NOISE) & (other.low <= self.high + _NOISE)


def rounded(values: ArrayLike, half: ArrayLike) -> Interval:
    """The numbers from nought up that would have been rounded to these.

    Args:
        values: published counts or rates, none below nought; NaN for none.
        half: half of the step that they were rounded to: 0.05 for one decimal place,
            0 for a count that was not rounded.
    """
    centre = np.asarray(values, dtype="float64")
    width = np.asarray(half, dtype="float64")
    return Interval(np.maximum(centre - width, 0.0), centre + width)


def ratio(part: Interval, whole: Interval) -> Interval:
    """Every part / whole, where neither is below nought.

    Where the whole may be nought, there is no upper end.
    """
    return Interval(_divided(part.low, whole.high), _divided(part.high, whole.low))


def share(part: Interval, rest: Interval) -> Interval:
    """Every part / (part + rest), where neither is below nought.

    A larger part makes it larger and a larger rest smaller, so its ends are at the
    ends of the two; `ratio` of the part and the sum would be too wide, for it would
    take the same part as small above the line and large below.
    """
    return Interval(
        _divided(part.low, part.low + rest.high),
        _divided(part.high, part.high + rest.low),
    )


def _divided(above: Any, below: Any) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient: NDArray[np.float64] = np.true_divide(above, below, dtype="float64")
    return quotient
