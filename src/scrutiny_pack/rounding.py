"""Rounding: one way of it, in one place."""

from decimal import ROUND_HALF_UP, Decimal


def round_half_up(value: float, decimals: int) -> Decimal:
    """Round half away from zero, as a reader with a pencil does.

    The value is taken as Python prints it, the shortest decimal that stands for
    it: 2.675 rounds to 2.68, although the binary number lies just below.

    Args:
        value: any finite number.
        decimals: how many decimal places to keep, 0 or more.
    """
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded  # no "-0.0"


def decimals_of(number: float) -> int:
    """How many decimal places a number is written with: 24.91 has 2, 26.0 has 0."""
    exponent = Decimal(repr(float(number))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
