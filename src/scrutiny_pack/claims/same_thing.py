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
    """Whether there is a value that would print as both figures."""
    if first.high is not None and second.low is not None and second.low > first.high:
        return False
    return not (
        second.high is not None and first.low is not None and first.low > second.high
    )
