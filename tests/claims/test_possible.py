"""Whether a percentage or an average is possible at all, against trying everything."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.claims.audit import audit
from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.possible import (
    chance_possible,
    denominators,
    first_fitting,
    fitting,
    numerators,
    of_an_average,
    shared_denominators,
)
from scrutiny_pack.claims.printed import read_printed

from .reports import claim, evidence, frame, table

bases = st.integers(1, 120)
decimals = st.integers(0, 2)


def exactly(number):
    return Interval.exactly(Fraction(number))


def share(text):
    return read_printed(text).interval


@st.composite
def percentages(draw):
    to = draw(decimals)
    hundredths = draw(st.integers(0, 100 * 10**to))
    return f"{Decimal(hundredths).scaleb(-to)}%"


@given(percentages(), bases)
def test_the_numerators_are_those_that_print_so(text, base):
    interval = share(text)
    tried = tuple(n for n in range(base + 2) if Fraction(100 * n, base) in interval)
    assert (
        tuple(n for n in numerators(interval, exactly(base)) if n <= base + 1) == tried
    )


@given(percentages(), st.lists(st.fractions(1, 300, max_denominator=50), min_size=1))
def test_the_numerators_over_any_of_several_bases_are_those_between(text, tried):
    interval, low, high = share(text), min(tried), max(tried)
    first = max(0, math.ceil(interval.low * low / 100))
    last = math.floor(interval.high * high / 100)
    assert list(numerators(interval, Interval(low, high))) == [*range(first, last + 1)]


@given(percentages(), st.lists(st.fractions(1, 90, max_denominator=2)))
def test_the_first_base_that_fits_is_the_first_of_those_that_do(text, tried):
    interval = share(text)
    found = [d for d in tried if any(100 * n / d in interval for n in range(92))]
    assert list(fitting(interval, tried)) == found
    assert first_fitting(interval, tried) == next(iter(found), None)


@settings(deadline=None)
@given(percentages(), st.integers(1, 60))
def test_the_denominators_are_those_over_which_it_prints_so(text, count):
    interval = share(text)
    if interval.low <= 0:
        assert denominators(interval, exactly(count)) == ()
        return
    found = denominators(interval, exactly(count))
    most = int(100 * count / interval.low) + 2
    halves = [Fraction(n, 2) for n in range(1, 2 * min(most, 400))]
    tried = [base for base in halves if 100 * count / base in interval]
    assert [base for base in found if base < min(most, 400)] == tried


@given(st.lists(st.integers(0, 40), min_size=2, max_size=4), decimals)
def test_percentages_of_one_base_share_it(counts, to):
    base = 40
    texts = [f"{100 * count / base:.{to}f}%" for count in counts]
    assert Fraction(base) in shared_denominators([share(text) for text in texts], 60)


@given(st.integers(1, 40), st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_the_average_of_whole_numbers_is_possible(count, cases):
    total = sum(cases)
    assert total in totals(f"{total / count:.2f}", count)


def test_an_average_that_whole_numbers_cannot_make():
    assert list(totals("7.36", 14)) == [103]
    assert list(totals("7.38", 14)) == []


def totals(average, count):
    """The whole totals that give an average, as the GRIM test asks."""
    interval = read_printed(average).interval.times(100)
    return numerators(interval, Interval(Fraction(count), Fraction(count)))


STEPS = [Fraction(step) for step in ("1", "0.1", "0.5", "5", "10", "2.5")]


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 130), st.sampled_from(STEPS))
def test_how_many_percentages_are_possible_by_chance(base, step):
    places = range(int(100 / step) + 1)
    possible = sum(
        bool(
            fitting(
                Interval(place * step - step / 2, place * step + step / 2),
                [Fraction(base)],
            )
        )
        for place in places
    )
    assert chance_possible(base, step) == Fraction(possible, len(places))


STAFF = table(
    "Teams",
    {"in_post": ["40", "6"], "establishment": ["52", "7"]},
    [("All teams", ""), ("Heads", "")],
)
LEAVERS = frame(
    [{"unit": "All", "printed": "9"}], measure="leavers", basis="not stated"
)
EVIDENCE = evidence(posts=STAFF, leavers=LEAVERS)


def finding(printed, rests_on, kind="rate", *more):
    claims = [claim(printed, kind, rests_on=rests_on), *more]
    return audit(claims, EVIDENCE).findings[0]


IN_POST = "posts[unit=All teams; measure=in_post]"


def test_a_share_of_a_stated_base_that_is_possible():
    found = finding("17.5%", f"? / {IN_POST}")
    assert found.verdict == Verdict.AGREES
    assert found.sentence == "It is possible: 7 of 40 would print as 17.5%."


def test_a_share_of_a_stated_base_that_is_not():
    found = finding("18.5%", f"? / {IN_POST}")
    assert found.verdict == Verdict.IMPOSSIBLE
    assert (
        "No whole number is 18.5% of 40: 7 and 8 are 17.50% and 20.00% of 40."
        in found.sentence
    )


def test_a_share_of_one_base_or_another_is_a_question():
    found = finding(
        "19.23%", f"? / {IN_POST} or ? / (posts[unit=All teams; measure=in_post] + 6)"
    )
    assert found.verdict == Verdict.QUESTION
    assert found.sentence.startswith(
        "The report does not state the base. No whole number"
    )
    assert "10 of 52" in found.sentence
    assert (
        "52 is the figure for posts in the establishment (All teams)" in found.sentence
    )


def test_a_known_count_over_an_average_of_two():
    found = finding("21.18%", "leavers[unit=All] / ?")
    assert found.verdict == Verdict.QUESTION
    assert (
        "9 leavers are 21.18% of 42.5, and of no other whole or half number"
        in found.sentence
    )
    assert "average of two counts" in found.detail


def test_a_known_count_over_nothing_whole():
    found = finding("21.30%", "leavers[unit=All] / ?", "share")
    assert found.verdict == Verdict.IMPOSSIBLE
    assert "they are 21.43% of 42 and 21.18% of 42.5" in found.sentence
    assert "FTE" in found.sentence


def test_a_rate_over_an_average_of_more_counts_is_a_question():
    found = finding("21.30%", "leavers[unit=All] / ?", "rate")
    assert found.verdict == Verdict.QUESTION
    assert found.sentence.endswith(
        "They are of 42.25, which an average of 4 counts can be."
    )
    assert found.detail == "Of 40, staff in post (All teams), it would be 22.50%."


@settings(deadline=None)
@given(percentages(), st.integers(1, 60))
def test_the_average_is_the_one_of_fewest_counts_over_which_it_prints_so(text, count):
    interval = share(text)
    found = of_an_average(interval, exactly(count))
    if interval.low <= 0:
        assert found is None
        return
    below, above = 100 * count / interval.high, 100 * count / interval.low
    fits = [k for k in range(3, 13) if math.floor(above * k) >= math.ceil(below * k)]
    assert (found[0] if found else None) == next(iter(fits), None)
    if found:
        assert Fraction(100 * count) / found[1] in interval
        assert (found[0] * found[1]).denominator == 1


@pytest.mark.parametrize(
    ("printed", "bases"),
    [("0%", "any base from 1,800 up"), ("0-5%", "any base from 164 up")],
)
def test_a_share_that_may_be_nought_is_one_of_any_large_base(printed, bases):
    found = finding(printed, "leavers[unit=All] / ?")
    assert found.verdict == Verdict.QUESTION
    assert found.sentence.endswith(f"9 leavers are {printed} of {bases}.")


def test_nothing_is_no_share_of_any_base():
    assert "0 are 0% of any base." in finding("0%", "0 / ?").sentence


def test_a_count_that_is_many_times_any_base():
    found = finding("9999%", "leavers[unit=All] / ?", "share")
    assert found.verdict == Verdict.IMPOSSIBLE
    assert "they are 1800.00% of 0.5" in found.sentence.replace(",", "")


@pytest.mark.parametrize("base", ["0", "(3 - 7)"])
def test_nought_or_less_is_no_base(base):
    found = finding("12%", f"? / {base}", "share")
    assert found.verdict == Verdict.UNCHECKED
    assert "its base, " in found.sentence
    assert found.sentence.endswith("may be nought or less.")


def test_a_fraction_in_words_may_share_a_base():
    more = [claim("52.2%", "share", id="c2", rests_on="? / ?staff")]
    found = finding("a third", "? / ?staff", "share", *more)
    assert found.verdict == Verdict.QUESTION
    assert "a third and 52.2% can be 15 and 24 of 46" in found.sentence
    assert "would fit all by chance" in found.detail


def test_a_known_count_whose_share_was_cut_off():
    found = finding("22.4%", "leavers[unit=All] / ?", "share")
    assert found.verdict != Verdict.TRUNCATED  # 9 of 40 is 22.5 exactly
    wider = evidence(posts=STAFF, leavers=LEAVERS.assign(value=19.0, as_published="19"))
    cut = audit(
        [claim("36.53%", "share", rests_on="leavers[unit=All] / ?")], wider
    ).findings[0]
    assert cut.verdict == Verdict.TRUNCATED  # 19 of 52 is 36.538...
    assert "a slip of rounding, if that is the base" in cut.sentence


def test_shares_that_must_have_one_base():
    more = [
        claim("52.2%", "share", id="c2", rests_on="? / ?staff"),
        claim("23.9%", "share", id="c3", rests_on="? / ?staff"),
    ]
    found = finding("80.4%", "? / ?staff", "share", *more)
    assert found.verdict == Verdict.QUESTION
    assert found.sentence == (
        "The report does not state the base. 80.4%, 52.2% and 23.9% can be 37, 24 and 11 of 46, "
        "the figure for staff in post (All teams and Heads together)."
    )
    assert found.detail.startswith("They can share ")
    assert "would fit all by chance" in found.detail


def test_shares_that_cannot_have_one_base():
    more = [claim("0.9%", "share", id="c2", rests_on="? / ?staff")]
    found = finding("33.33%", "? / ?staff", "share", *more)
    assert found.verdict == Verdict.QUESTION
    more = [
        claim(f"{n}%", "share", id=f"c{n}", rests_on="? / ?staff")
        for n in ("0.1", "99.97")
    ]
    found = finding("33.33%", "? / ?staff", "share", *more)
    assert found.verdict == Verdict.IMPOSSIBLE


def test_neither_count_nor_base():
    found = finding("14.29%", "? / ?")
    assert found.verdict == Verdict.UNCHECKED
    assert "smallest whole base that could give it is 7 (1 of 7)" in found.sentence


@pytest.mark.parametrize("rests_on", ["1 + ?", "? * 3"])
def test_an_unknown_stands_over_or_under_a_count(rests_on):
    with pytest.raises(ClaimError, match=r"must be '\? / a count' or 'a count / \?'"):
        finding("12.5%", rests_on)
