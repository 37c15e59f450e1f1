"""Disclosure control: what may be said of a group of people, and what may not.

The rule
--------
1. A number of people from 1 to the threshold is hidden, and with it every other figure
   of the same people (their FTE, their rate). A nought is shown: it is nobody.
2. Where a hidden number could be worked out from the numbers that are shown, from their
   totals, or from what a reader knows from elsewhere, the next smallest number is hidden
   too, until at least as many numbers as the threshold and one more could stand in each
   hidden place.
3. Where everybody in a breakdown is in one group, or where its total is itself at or
   under the threshold, none of the breakdown is given, the noughts included: it would
   say the same of each of them.
4. Lowest and highest are persons. A range leaves out as many people as the threshold at
   either end, and there is none for a small group.
5. A sum of days or cases is given only if more people than the threshold are in it, and
   none of them has more than half of it. Where the sum tells how many people are in a
   hidden band of cases better than rule 2 allows, no band is given.
6. What is shown is rounded to the step that was asked for.

Threshold, step and smallest group are parameters; each has a floor in this module, and
none can be set under it.

How it is known to hold
-----------------------
The totals of one call form a forest: no two of them have more than one number in
common, and none leads round to itself (`check_forest`). So there are no tables with two
margins. In a forest, passing intervals along the totals gives exactly what a reader can
work out, in whole numbers (`could_be`); tests hold it to an integer programme that
tries to do better. Figures of several tables, or of several weeks, that share people
belong into one call, as numbers of one forest, with their differences as numbers that
are not published.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from scrutiny_pack.errors import ParameterError
from scrutiny_pack.rounding import round_half_up

LEAST_THRESHOLD = 5
"""No parameter sets the threshold under it: numbers from 1 to 5 are never shown."""

LEAST_STEP = 1
"""No parameter sets the step of rounding under it: whole people."""

LEAST_GROUP = 12
"""No parameter sets the smallest group with a range under it."""

PARAMETERS = (
    "disclosure_threshold",
    "disclosure_rounding",
    "disclosure_smallest_group",
)
"""The parameters, in the order of `Control`."""


@dataclass(frozen=True)
class Control:
    """How strictly people are protected.

    Attributes:
        threshold: the largest number of people that is hidden.
        step: what shown numbers are rounded to; 1 leaves them as they are.
        smallest_group: the fewest people of whom a range is given.

    Raises:
        ParameterError: if one of them is under its floor.
    """

    threshold: int = LEAST_THRESHOLD
    step: int = LEAST_STEP
    smallest_group: int = LEAST_GROUP

    def __post_init__(self) -> None:
        floors = (LEAST_THRESHOLD, LEAST_STEP, LEAST_GROUP)
        values = (self.threshold, self.step, self.smallest_group)
        for name, floor, value in zip(PARAMETERS, floors, values, strict=True):
            if isinstance(value, bool) or not isinstance(value, int) or value < floor:
                msg = (
                    f"the parameter '{name}' must be a whole number of at least {floor}: "
                    "it protects people, and nothing lowers it further"
                )
                raise ParameterError(msg)

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> "Control":
        """Take the three from a pack's parameters; what is missing or null is the floor.

        Raises:
            ParameterError: if one of them is under its floor.
        """
        floors = (LEAST_THRESHOLD, LEAST_STEP, LEAST_GROUP)
        given = (parameters.get(name) for name in PARAMETERS)
        pairs = zip(given, floors, strict=True)
        return cls(*(floor if value is None else value for value, floor in pairs))

    def is_small(self, number: float) -> bool:
        """Whether a number of people may not be shown."""
        return 0 < number <= self.threshold

    def rounded(self, number: float, decimals: int = 0) -> float:
        """A number as it is shown: to the step, or to decimals where the step is 1."""
        if self.step == LEAST_STEP:
            return float(round_half_up(number, decimals))
        return float(self.step * round_half_up(number / self.step, 0))


@dataclass(frozen=True)
class Total:
    """Numbers of people that add up to another.

    Attributes:
        whole: the name of their sum.
        parts: the names of all of them.
        is_breakdown: whether the parts say something about people (a role, a reason),
            so that rule 3 is about them. They may stand in no other total.
    """

    whole: str
    parts: tuple[str, ...]
    is_breakdown: bool = False


@dataclass(frozen=True)
class _System:
    """One forest of numbers, and what a reader may know of it."""

    numbers: Mapping[str, int]
    totals: Sequence[Total]
    known: frozenset[str]
    unpublished: frozenset[str]
    sooner: frozenset[str] = frozenset()

    def around(self, name: str) -> list[Total]:
        return [t for t in self.totals if name == t.whole or name in t.parts]

    def is_open(self, name: str, hidden: Collection[str]) -> bool:
        """Whether a reader does not have the number."""
        if name in self.known:
            return False
        return name in hidden or name in self.unpublished

    def smallest_shown(self, names: Iterable[str], hidden: Collection[str]) -> str:
        """The smallest number of people that is shown and could be hidden; or "".

        One of those to be hidden sooner comes before all others.
        """
        shown = [
            name
            for name in names
            if self.numbers[name] > 0
            and name not in self.known
            and not self.is_open(name, hidden)
        ]
        order = {name: (name not in self.sooner, self.numbers[name]) for name in shown}
        return min(shown, key=order.__getitem__, default="")

    def least(self, name: str, hidden: set[str]) -> int:
        """The least that a reader must take an open number for.

        A nought is shown as one, so what is hidden is 1 or more; unless the whole
        breakdown is hidden, noughts and all.
        """
        if name in self.unpublished:
            return 0
        withheld = any(
            name in total.parts and total.is_breakdown and hidden >= set(total.parts)
            for total in self.totals
        )
        return 0 if withheld else 1


def hidden_numbers(
    numbers: Mapping[str, int],
    totals: Sequence[Total],
    control: Control,
    known: Collection[str] = (),
    unpublished: Collection[str] = (),
    also: Collection[str] = (),
    sooner: Collection[str] = (),
) -> frozenset[str]:
    """Which numbers of people may not be shown: rules 1, 2 and 3.

    Args:
        numbers: every number by its name; all from 0.
        totals: which of them add up to which; a forest.
        control: the threshold.
        known: numbers that a reader may know from elsewhere. They are hidden if they
            are small, and never relied on to cover another.
        unpublished: numbers that are never shown, and that must not be worked out if
            they are small: the difference between two groups, one within the other.
        also: numbers to hide in any case, such as those hidden when the same figures
            were written before, or all parts of a breakdown.
        sooner: numbers to hide before others where one more is to be hidden, such as
            those hidden in the week before; what is hidden now and then is then the
            same, and neither tells of the other.

    Returns:
        The names of the numbers to hide, those of ``unpublished`` left out.

    Raises:
        ValueError: if the totals are no forest, or do not add up.
    """
    check_forest(totals)
    _check_sums(numbers, totals)
    system = _System(
        numbers, totals, frozenset(known), frozenset(unpublished), frozenset(sooner)
    )
    hidden = {name for name, number in numbers.items() if control.is_small(number)}
    hidden |= {name for name in also if numbers[name]}
    for total in totals:
        if total.is_breakdown and (
            set(total.parts) <= set(also)
            or _says_the_same_of_all(total, numbers, control)
        ):
            hidden |= set(total.parts)
    hidden -= system.unpublished
    beyond_help: set[str] = set()
    while name := _too_narrow(system, hidden, control, beyond_help):
        extra = _next_to_hide(system, name, hidden)
        hidden |= extra
        if not extra:
            beyond_help.add(name)
    return frozenset(hidden)


def could_be(
    numbers: Mapping[str, int],
    totals: Sequence[Total],
    hidden: Collection[str],
    known: Collection[str] = (),
    unpublished: Collection[str] = (),
) -> dict[str, tuple[float, float]]:
    """What a reader can work out of every number that is not shown.

    Returns:
        The least and the most that each hidden or unpublished number can be; infinity
        where nothing bounds it. Exact in whole numbers where the totals are a forest.
    """
    system = _System(numbers, totals, frozenset(known), frozenset(unpublished))
    return {
        name: ends
        for name, ends in _intervals(system, set(hidden)).items()
        if name in hidden or name in system.unpublished
    }


def middle_range(
    values: Iterable[float], control: Control
) -> tuple[float, float] | None:
    """The range of a group without its lowest and highest people: rule 4.

    Returns:
        The lowest and the highest that are left when as many people as the threshold
        are left out at either end; None for a group that is too small.
    """
    ordered = sorted(values)
    cut = control.threshold
    if len(ordered) < max(control.smallest_group, 2 * cut + 2):
        return None
    return ordered[cut], ordered[-cut - 1]


def may_be_summed(values: Iterable[float], control: Control) -> bool:
    """Whether the sum of what people have may be given: rule 5; a sum of nought may."""
    had = [value for value in values if value > 0]
    return not had or (len(had) > control.threshold and max(had) <= sum(had) / 2)


@dataclass(frozen=True)
class Band:
    """How many people hold a number of things between two ends.

    Attributes:
        least: the fewest that each of them holds.
        most: the most, or None where there is no end to it.
        people: how many they are.
        is_hidden: whether that number is hidden.
    """

    least: int
    most: int | None
    people: int
    is_hidden: bool


def sum_gives_bands_away(bands: Sequence[Band], held: int, control: Control) -> bool:
    """Whether the sum of what people hold tells too much of a hidden band: rule 5.

    Args:
        bands: all bands of those who hold any; those with an upper end are equally
            wide. A reader takes a hidden one for at least one person.
        held: how much they hold in all, which is shown.
        control: the threshold.

    Returns:
        Whether fewer numbers of people than rule 2 asks for could stand in one of the
        hidden bands, given how many people are hidden, and how much they must hold.
    """
    hidden = [band for band in bands if band.is_hidden]
    shown = [band for band in bands if not band.is_hidden and band.people]
    people = sum(band.people for band in hidden)
    # The fewest that those who are hidden can hold lies between these two.
    at_most = held - sum(band.least * band.people for band in shown)
    at_least = 0
    if all(band.most is not None for band in (*shown, *hidden)):
        width = max(((band.most or 0) - band.least for band in hidden), default=0)
        at_least = held - width * people
        at_least -= sum((band.most or 0) * band.people for band in shown)
    return any(
        _possible(band, hidden, people, at_least, at_most) <= control.threshold
        for band in hidden
    )


def _possible(
    band: Band, hidden: Sequence[Band], people: int, at_least: int, at_most: int
) -> int:
    """How many different numbers of people a hidden band can have."""
    others = [other.least for other in hidden if other is not band]
    sums = _sums_of_least(others, people)
    found = 0
    for number in range(1, people + 1):
        own = band.least * number
        low, high = max(at_least - own, 0), at_most - own
        if high >= low:
            in_between = (1 << (high - low + 1)) - 1
            found += bool(sums[people - number] >> low & in_between)
    return found


def _sums_of_least(leasts: Sequence[int], people: int) -> list[int]:
    """What numbers of people hold at least, with one or more of them in each band.

    Returns:
        For each number of people from 0, every such sum as a set bit: bit 7 where they
        can come to 7.
    """
    sums = [1] + [0] * people
    for least in leasts:
        one = [0] + [before << least for before in sums[:-1]]
        for number in range(1, people + 1):
            one[number] |= one[number - 1] << least
        sums = one
    return sums


def check_forest(totals: Sequence[Total]) -> None:
    """See that no total leads round to itself through the numbers it shares.

    Raises:
        ValueError: if one does, or a part of a breakdown stands in another total.
    """
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for index, total in enumerate(totals):
        for name in (total.whole, *total.parts):
            mine, its = find(f"total {index}"), find(f"number {name}")
            if mine == its:
                msg = f"'{name}' closes a ring of totals; give them as one"
                raise ValueError(msg)
            root[mine] = its
    for total in totals:
        if total.is_breakdown:
            others = {n for t in totals if t is not total for n in (t.whole, *t.parts)}
            if shared := sorted(others & set(total.parts)):
                msg = f"'{shared[0]}' is part of a breakdown and of another total"
                raise ValueError(msg)


def _check_sums(numbers: Mapping[str, int], totals: Sequence[Total]) -> None:
    for total in totals:
        if numbers[total.whole] != sum(numbers[part] for part in total.parts):
            msg = f"the parts of '{total.whole}' do not add up to it"
            raise ValueError(msg)


def _says_the_same_of_all(
    total: Total, numbers: Mapping[str, int], control: Control
) -> bool:
    groups = sum(numbers[part] > 0 for part in total.parts)
    return groups == 1 or control.is_small(numbers[total.whole])


def _too_narrow(
    system: _System, hidden: set[str], control: Control, beyond_help: Collection[str]
) -> str:
    """The first protected number that a reader knows too well; "" if there is none."""
    intervals = _intervals(system, hidden)
    for name, number in system.numbers.items():
        protected = name in hidden and name not in system.known
        protected |= name in system.unpublished and control.is_small(number)
        least, most = intervals[name]
        if protected and most - least < control.threshold and name not in beyond_help:
            return name
    return ""


def _next_to_hide(system: _System, name: str, hidden: set[str]) -> set[str]:
    """What to hide next so that a number is known less well; nothing if all is hidden.

    The smallest number that is shown in a total with it; else the noughts of such a
    breakdown; else such a total itself; else the same one total further on.
    """
    reached, frontier = {name}, [name]
    while frontier:
        totals = [total for each in frontier for total in system.around(each)]
        parts = [part for total in totals for part in total.parts]
        wholes = [total.whole for total in totals]
        noughts = {n for t in totals if t.is_breakdown for n in t.parts} - hidden
        if smallest := system.smallest_shown(parts, hidden):
            return {smallest}
        if noughts:
            return noughts
        if smallest := system.smallest_shown(wholes, hidden):
            return {smallest}
        further = [n for n in (*parts, *wholes) if system.is_open(n, hidden)]
        frontier = [n for n in dict.fromkeys(further) if n not in reached]
        reached |= set(frontier)
    return set()


def _intervals(system: _System, hidden: set[str]) -> dict[str, tuple[float, float]]:
    """What every number can be, for a reader who passes bounds along all totals."""
    ends: dict[str, tuple[float, float]] = {}
    for name, number in system.numbers.items():
        is_open = system.is_open(name, hidden)
        ends[name] = (system.least(name, hidden), inf) if is_open else (number, number)
    changed = True
    while changed:
        changed = False
        for total in system.totals:
            for name, bounds in _through(total, ends):
                if bounds != ends[name]:
                    ends[name] = bounds
                    changed = True
    return ends


def _through(
    total: Total, ends: Mapping[str, tuple[float, float]]
) -> Iterable[tuple[str, tuple[float, float]]]:
    """The bounds of each number of a total, narrowed by those of the others."""
    lows = sum(ends[part][0] for part in total.parts)
    endless = sum(ends[part][1] == inf for part in total.parts)
    highs = sum(ends[part][1] for part in total.parts if ends[part][1] != inf)
    whole = ends[total.whole]
    most = inf if endless else highs
    yield total.whole, (max(whole[0], lows), min(whole[1], most))
    for part in total.parts:
        low, high = ends[part]
        is_endless = high == inf
        # Not summed anew for each part: a council may have two hundred teams.
        others_high = (
            inf if endless > is_endless else highs - (0 if is_endless else high)
        )
        others_low = lows - low
        yield part, (max(low, whole[0] - others_high), min(high, whole[1] - others_low))
