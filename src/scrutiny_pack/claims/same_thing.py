"""Two figures for one thing: claims about the same cell, or a claim and another source."""

from collections.abc import Iterable
from dataclasses import dataclass

from scrutiny_pack.claims.findings import Claim
from scrutiny_pack.claims.printed import Printed


@dataclass(frozen=True)
class Pair:
    """Two claims about one thing.

    Attributes:
        first: the claim that stands first in the report.
        second: the other.
        agree: whether some value would print as both.
    """

    first: Claim
    second: Claim
    agree: bool


def same_cell(claims: Iterable[Claim]) -> tuple[Pair, ...]:
    """Claims that state the same cell of a dataset, each with the first that does."""
    first: dict[str, Claim] = {}
    pairs = []
    for claim in claims:
        if not claim.cell:
            continue
        if claim.cell not in first:
            first[claim.cell] = claim
            continue
        earlier = first[claim.cell]
        pairs.append(Pair(earlier, claim, may_be_one(earlier.read(), claim.read())))
    return tuple(pairs)


def may_be_one(first: Printed, second: Printed) -> bool:
    """Whether there is a value that would print as both figures.

    Two plain figures that only touch, such as 27 and 28 at 27.5, are not one.
    """
    plain = first.reading == second.reading == "figure"
    return _reaches(first, second, plain=plain) and _reaches(second, first, plain=plain)


def _reaches(lower: Printed, upper: Printed, *, plain: bool) -> bool:
    """Whether the one does not lie wholly above the other."""
    if lower.low is None or upper.high is None:
        return True
    return lower.low < upper.high or (lower.low == upper.high and not plain)
