"""Of how many a printed share can be: the whole numbers that would print it.

A source that prints 12 (32.43%) without saying of what still says something: 12 is
32.43 per cent of 37 and of no other whole number. What was printed is never changed;
this is a reading of it, and is called so wherever it is shown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scrutiny_pack.measures.rates import percentage
from scrutiny_pack.rounding import decimals_of, round_half_up

LARGEST_BASE = 100
"""Above it nearly every share with one decimal fits, and nothing can be told."""


@dataclass(frozen=True)
class PrintedShare:
    """A share in per cent, with the decimals that it was printed with."""

    value: float
    decimals: int

    @classmethod
    def read(cls, value: float, as_published: str) -> "PrintedShare":
        """Take the decimals from the printed text, or from the value without one."""
        match = re.search(r"[0-9]\.([0-9]+)", as_published)
        printed = len(match[1]) if match else 0
        return cls(value, max(printed, decimals_of(value)))


@dataclass(frozen=True)
class Fit:
    """What a share can be of.

    Attributes:
        bases: the whole numbers, from the smallest.
        cut_off: whether they only fit if the share was cut off and not rounded.
    """

    bases: tuple[int, ...]
    cut_off: bool = False


def bases_of_count(count: int, share: PrintedShare) -> Fit:
    """Of how many a number of people is the printed share.

    Args:
        count: how many people the share is; 1 or more.
        share: the share as printed.

    Returns:
        The bases that print as the share when rounded half up; where there is none,
        those that print as it when cut off.
    """
    if share.value <= 0:
        return Fit(())
    step = 10.0**-share.decimals
    first = max(count, int(100 * count / (share.value + step)) - 1)
    last = int(100 * count / max(share.value - step, step)) + 1
    bases = range(max(first, 1), last + 1)
    printed = _printed(share)
    rounded = tuple(
        n
        for n in bases
        if round_half_up(percentage(count, n), share.decimals) == printed
    )
    if rounded:
        return Fit(rounded)
    cut = tuple(
        n for n in bases if _cut_off(percentage(count, n), share.decimals) == printed
    )
    return Fit(cut, cut_off=True)


def common_bases(shares: Sequence[PrintedShare]) -> Fit:
    """Of how many several shares of the same people can be, up to 100.

    Args:
        shares: the shares as printed, all of the same people.

    Returns:
        The whole numbers up to 100 of which each share is a whole number of people.
    """
    if not shares:
        return Fit(())
    return Fit(
        tuple(n for n in range(1, LARGEST_BASE + 1) if all(_fits(s, n) for s in shares))
    )


def _fits(share: PrintedShare, base: int) -> bool:
    nearest = round(share.value * base / 100)
    printed = round_half_up(percentage(nearest, base), share.decimals)
    return printed == _printed(share)


def _printed(share: PrintedShare) -> Decimal:
    return round_half_up(share.value, share.decimals)


def _cut_off(value: float, decimals: int) -> Decimal:
    step = Decimal(1).scaleb(-decimals)
    return (Decimal(repr(value)) // step) * step
