from itertools import pairwise, product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.errors import ParameterError
from scrutiny_pack.imports.disclosure import (
    PARAMETERS,
    Band,
    Control,
    Total,
    check_forest,
    could_be,
    hidden_numbers,
    may_be_summed,
    middle_range,
    sum_gives_bands_away,
)
from tests.census.solving import Equations

FIVE = Control()


def hidden(parts: dict[str, int], **others) -> set[str]:
    """What is hidden of one breakdown and its total."""
    numbers = {"all": sum(parts.values()), **parts}
    total = Total("all", tuple(parts), is_breakdown=True)
    return set(hidden_numbers(numbers, [total], FIVE, **others))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"a": 6, "b": 30, "c": 0}, set()),
        ({"a": 5, "b": 9, "c": 30}, {"a", "b"}),
        ({"a": 1, "b": 30, "c": 40}, {"a", "b"}),
        # Two ones add up to two: each would be known to be one.
        ({"a": 1, "b": 1, "c": 20, "d": 30}, {"a", "b", "c"}),
        # Five and four add up to nine, of which each could be one to eight.
        ({"a": 5, "b": 4, "c": 20, "d": 30}, {"a", "b"}),
        # A nought is nobody, and is shown.
        ({"a": 3, "b": 0, "c": 12, "d": 20}, {"a", "c"}),
        # All are in one group: that would be said of each of them.
        ({"a": 0, "b": 20, "c": 0}, {"a", "b", "c"}),
        # The total itself is small.
        ({"a": 2, "b": 3, "c": 0}, {"all", "a", "b", "c"}),
        # Where only the total is left to hide, the noughts go first.
        ({"a": 3, "b": 3, "c": 0}, {"a", "b", "c"}),
        ({"a": 0, "b": 0}, set()),
    ],
)
def test_small_numbers_and_what_gives_them_away_are_hidden(parts, expected):
    assert hidden(parts) == expected


def test_a_total_that_a_reader_knows_is_never_relied_on():
    numbers = {"all": 6, "a": 2, "b": 4, "c": 20, "d": 26}
    totals = [Total("all", ("a", "b")), Total("d", ("all", "c"))]

    assert hidden_numbers(numbers, totals, FIVE) == {"a", "b", "all", "c"}
    assert hidden_numbers(numbers, totals, FIVE, known={"c"}) == {"a", "b", "all", "d"}
    assert hidden_numbers(numbers, totals, FIVE, known={"all"}) == {"a", "b"}


def test_a_difference_between_two_published_numbers_is_not_published_either():
    numbers = {"agency": 20, "covering": 18, "extra": 2}
    total = [Total("agency", ("covering", "extra"))]

    assert hidden_numbers(numbers, total, FIVE, unpublished={"extra"}) == {"covering"}
    assert hidden_numbers(numbers, total, FIVE) == {"extra", "covering"}


def test_what_is_hidden_in_one_table_is_not_given_away_by_another():
    # Known: 50 this year, 49 last year. Four left, so five began.
    numbers = {
        "now": 50, "new": 7, "stayed": 43, "before": 47, "left": 4,
        "short": 13, "long": 30,
    }  # fmt: skip
    totals = [
        Total("now", ("new", "stayed")),
        Total("before", ("stayed", "left")),
        Total("stayed", ("short", "long"), is_breakdown=True),
    ]

    made = hidden_numbers(
        numbers, totals, FIVE, {"now", "before"}, {"stayed", "before"}
    )

    assert made == {"left", "new", "short"}


def test_a_number_hidden_in_another_week_stays_hidden():
    assert hidden({"a": 8, "b": 9, "c": 30}, also={"a"}) == {"a", "b"}


@pytest.mark.parametrize(
    "totals",
    [
        [Total("all", ("a", "b")), Total("all", ("a", "c"))],
        [Total("a", ("b",)), Total("b", ("c",)), Total("c", ("a",))],
        # A table with two margins.
        [
            Total("row 1", ("a", "b")),
            Total("row 2", ("c", "d")),
            Total("column 1", ("a", "c")),
            Total("column 2", ("b", "d")),
        ],
    ],
)
def test_a_ring_of_totals_is_refused(totals):
    with pytest.raises(ValueError, match="ring of totals"):
        check_forest(totals)


def test_a_part_of_a_breakdown_is_part_of_nothing_else():
    totals = [Total("all", ("a", "b"), is_breakdown=True), Total("a", ("c", "d"))]

    with pytest.raises(ValueError, match="'a' is part of a breakdown and of another"):
        check_forest(totals)


def test_parts_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="the parts of 'all' do not add up to it"):
        hidden_numbers({"all": 5, "a": 3}, [Total("all", ("a",))], FIVE)


# --- The proof -------------------------------------------------------------------------


@st.composite
def forests(draw):
    """Numbers with one-way tables of them, some of whose parts are totals again."""
    numbers: dict[str, int] = {}
    totals: list[Total] = []

    def grow(name: str, value: int, depth: int) -> None:
        numbers[name] = value
        tables = draw(st.integers(0 if depth else 1, 3 if depth == 0 else 1))
        for table in range(tables if depth < 3 else 0):
            ends = draw(st.lists(st.integers(0, value), min_size=1, max_size=4))
            cuts = [0, *sorted(ends), value]
            values = [high - low for low, high in pairwise(cuts)]
            parts = [f"{name}/{table}.{place}" for place in range(len(values))]
            is_breakdown = draw(st.booleans())
            totals.append(Total(name, tuple(parts), is_breakdown))
            for part, number in zip(parts, values, strict=True):
                if is_breakdown:
                    numbers[part] = number
                else:
                    grow(part, number, depth + 1)

    for root in range(draw(st.integers(1, 2))):
        grow(f"root {root}", draw(st.integers(0, 60)), 0)
    names = sorted(numbers)
    known = draw(st.sets(st.sampled_from(names), max_size=1))
    inner = [t.whole for t in totals]
    unpublished = draw(st.sets(st.sampled_from(inner), max_size=2)) - known
    return numbers, totals, known, unpublished


def as_equations(numbers, totals, made, known, unpublished) -> Equations:
    """What a reader has: the numbers that are shown, and that hidden ones are people."""
    equations = Equations()
    for name, number in numbers.items():
        withheld = any(
            name in total.parts and total.is_breakdown and made >= set(total.parts)
            for total in totals
        )
        if name in known or not (name in made or name in unpublished):
            equations.known(name, number)
        else:
            equations.unknown(name, 0 if withheld or name in unpublished else 1)
    for total in totals:
        equations.adds_up(total.whole, total.parts)
    return equations


@settings(max_examples=60, deadline=None)
@given(forests())
def test_no_solver_does_better_than_the_intervals_that_are_passed_on(forest):
    numbers, totals, known, unpublished = forest
    made = hidden_numbers(numbers, totals, FIVE, known, unpublished)
    equations = as_equations(numbers, totals, made, known, unpublished)

    intervals = could_be(numbers, totals, made, known, unpublished)

    for name, ends in intervals.items():
        if name not in known:
            assert equations.ends(name) == ends


@settings(max_examples=120, deadline=None)
@given(forests())
def test_at_least_six_numbers_could_stand_in_each_hidden_place(forest):
    numbers, totals, known, unpublished = forest
    made = hidden_numbers(numbers, totals, FIVE, known, unpublished)
    intervals = could_be(numbers, totals, made, known, unpublished)

    for name, (least, most) in intervals.items():
        protected = name in made and name not in known
        protected |= name in unpublished and 0 < numbers[name] <= 5
        if protected and most - least < 5:
            assert nothing_more_to_hide(name, numbers, totals, made, known, unpublished)


def nothing_more_to_hide(name, numbers, totals, made, known, unpublished) -> bool:
    """Whether all that leads to a number, and is ours to hide, is hidden."""
    reached, frontier = {name}, [name]
    while frontier:
        each = frontier.pop()
        for total in totals:
            members = {total.whole, *total.parts}
            if each not in members:
                continue
            for other in members - reached:
                is_open = other in made or other in unpublished
                if numbers[other] and not is_open and other not in known:
                    return False
                if is_open and other not in known:
                    reached.add(other)
                    frontier.append(other)
    return True


@settings(max_examples=120, deadline=None)
@given(forests())
def test_no_small_number_is_shown(forest):
    numbers, totals, known, unpublished = forest

    made = hidden_numbers(numbers, totals, FIVE, known, unpublished)

    shown = set(numbers) - made - unpublished
    assert not [name for name in shown if 0 < numbers[name] <= 5]


@settings(max_examples=100, deadline=None)
@given(forests(), st.integers(6, 12))
def test_a_higher_threshold_never_shows_more_small_numbers(forest, threshold):
    numbers, totals, known, unpublished = forest

    made = hidden_numbers(numbers, totals, Control(threshold), known, unpublished)

    assert {n for n, v in numbers.items() if 0 < v <= threshold} <= made | unpublished


# --- Persons, sums, rounding, floors ------------------------------------------------------


def test_the_range_leaves_out_five_persons_at_either_end():
    values = [*range(1, 31), 88]

    assert middle_range(values, FIVE) == (6, 26)
    assert middle_range(values[:12], FIVE) == (6, 7)
    assert middle_range(values[:11], FIVE) is None
    assert middle_range(values, Control(smallest_group=32)) is None
    assert middle_range(values, Control(threshold=15)) is None


@given(st.lists(st.integers(0, 40)), st.integers(5, 9))
def test_neither_end_of_a_range_is_fewer_than_six_persons(values, threshold):
    made = middle_range(values, Control(threshold))

    if made:
        assert sum(value <= made[0] for value in values) > threshold
        assert sum(value >= made[1] for value in values) > threshold


@pytest.mark.parametrize(
    ("values", "may"),
    [
        ([1] * 6, True),
        ([1] * 5 + [0] * 50, False),
        ([1] * 9 + [10], False),
        ([1] * 10 + [10], True),
        ([0, 0], True),
        ([], True),
    ],
)
def test_a_sum_of_few_or_mostly_of_one_is_not_given(values, may):
    assert may_be_summed(values, FIVE) is may


FIVES = [(1, 5), (6, 10), (11, 15), (16, 20), (21, 25), (26, 30), (31, None)]


@st.composite
def caseloads(draw):
    """People in bands of five cases, up to three of them hidden, and what they hold."""
    hidden = draw(st.sets(st.sampled_from(range(7)), max_size=3))
    bands = [
        Band(*ends, draw(st.integers(1 if place in hidden else 0, 6)), place in hidden)
        for place, ends in enumerate(FIVES)
    ]
    each = [
        draw(st.integers(band.least, band.most or 45))
        for band in bands
        for _ in range(band.people)
    ]
    return bands, sum(each)


@settings(max_examples=200, deadline=None)
@given(caseloads())
def test_trying_every_way_finds_the_same_bands_given_away_by_the_sum(made):
    bands, held = made
    hidden = [band for band in bands if band.is_hidden]
    people = sum(band.people for band in hidden)
    possible = []
    for numbers in product(range(1, people + 1), repeat=len(hidden)):
        if sum(numbers) == people:
            found = dict(zip(map(id, hidden), numbers, strict=True))
            pairs = [(band, found.get(id(band), band.people)) for band in bands]
            least = sum(band.least * number for band, number in pairs)
            most = sum((band.most or inf) * number for band, number in pairs if number)
            if least <= held <= most:
                possible.append(numbers)

    given_away = any(len(set(each)) <= 5 for each in zip(*possible, strict=True))

    assert sum_gives_bands_away(bands, held, FIVE) is given_away


def test_a_sum_that_pins_a_hidden_band_down_gives_it_away():
    bands = [Band(1, 5, 7, True), Band(26, 30, 1, True), Band(6, 10, 2, False)]

    assert sum_gives_bands_away(bands, 7 * 1 + 26 + 2 * 6, FIVE)
    wide = [Band(1, 5, 7, True), Band(6, 10, 4, True), Band(16, 20, 40, False)]
    assert not sum_gives_bands_away(wide, 7 * 3 + 4 * 8 + 40 * 18, FIVE)


def test_numbers_are_rounded_to_the_step():
    assert [FIVE.rounded(n) for n in (6, 7.5)] == [6, 8]
    assert FIVE.rounded(6.25, 1) == 6.3
    assert [Control(step=5).rounded(n, 1) for n in (6, 7.4, 7.5, 250)] == [
        5,
        5,
        10,
        250,
    ]


@pytest.mark.parametrize(
    ("name", "value", "floor"),
    [
        ("disclosure_threshold", 4, 5),
        ("disclosure_threshold", 0, 5),
        ("disclosure_threshold", -1, 5),
        ("disclosure_threshold", 5.5, 5),
        ("disclosure_threshold", True, 5),
        ("disclosure_threshold", "9", 5),
        ("disclosure_rounding", 0, 1),
        ("disclosure_rounding", 0.5, 1),
        ("disclosure_smallest_group", 11, 12),
        ("disclosure_smallest_group", inf, 12),
    ],
)
def test_no_parameter_goes_under_its_floor(name, value, floor):
    with pytest.raises(ParameterError, match=f"'{name}' must be .* at least {floor}"):
        Control.of({name: value})


def test_parameters_that_are_not_given_are_at_their_floor():
    assert Control.of(dict.fromkeys(PARAMETERS)) == Control.of({}) == FIVE
    assert Control.of({"disclosure_threshold": 9}) == Control(threshold=9)
