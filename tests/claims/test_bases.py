"""Which base? A share with no stated base, tried against every pair of counts."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.claims.audit import audit
from scrutiny_pack.claims.bases import Class, chance, pairs, search
from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.printed import read_printed
from scrutiny_pack.claims.terms import sums, terms

from .random_reports import random_report
from .reports import claim, evidence, frame, table

UNITS = [
    ("North", "All teams"),
    ("South", "All teams"),
    ("All teams", ""),
    ("Heads", ""),
]
POSTS = table(
    "Teams",
    {
        "establishment": ["30", "28", "58", "5"],
        "establishment fte": ["27.50", "26.2", "53.70", "5"],
        "in_post": ["24", "21", "45", "4"],
        "in_post fte": ["22.10", "19.7", "41.80", "4"],
        "vacancies": ["6", "7", "13", "1"],
        "vacancies fte": ["5.40", "6.5", "11.90", "1"],
    },
    UNITS,
)
RATE = frame(
    [{"scope": "Overall", "printed": "22.2%"}],
    measure="vacancy_rate_published",
    basis="not stated",
)
EVIDENCE = evidence(posts=POSTS, published_rates=RATE)


def tried(printed, as_at="2020-03-31", counted="vacancies", held=EVIDENCE):
    return search(read_printed(printed).interval, held, counted, as_at)


def finding(printed, value=None, **others):
    value = float(printed.strip("%")) if value is None else value
    rate = RATE.assign(as_published=printed, value=value)
    held = evidence(posts=POSTS, published_rates=rate)
    made = claim(printed, "rate", cell="published-rates[scope=Overall]", **others)
    return audit([made], held).findings[0]


def test_with_the_group_beside_the_whole():
    first = tried("22.22%")[0]
    assert first.plausibility == Class.DEFINED
    (best,) = [match for match in first.matches if match.numerator.is_whole]
    assert (best.numerator.shown, best.denominator.shown) == ("14", "63")
    assert best.numerator.units == ("All teams", "Heads")


def test_by_hours_and_by_the_definition_of_the_dfe():
    held = evidence(posts=table("Teams", {
        "establishment fte": ["60.00"], "in_post fte": ["41.80"], "vacancies fte": ["11.90"],
    }, [("All teams", "")]))  # fmt: skip
    best = tried("22.16%", held=held)[0].matches[0]
    assert best.definition.endswith("the DfE's definition")
    assert best.denominator.shown == "53.70"
    assert best.numerator.basis == "fte"


def test_headcount_and_hours_never_mix():
    for each in tried("22.2%"):
        for match in each.matches:
            bases = {match.numerator.basis, match.denominator.basis}
            assert "fte" not in bases or bases == {"fte"}


def test_another_date_is_less_plausible():
    first = tried("22.2%", as_at="2019-03-31")[0]
    assert first.plausibility == Class.RELATED
    assert first.count > 0


def test_what_is_not_known_to_be_counted_is_anything_over_anything():
    (only,) = tried("22.2%", counted="")
    assert only.plausibility == Class.ANY


def test_the_whole_comes_before_its_parts():
    held = evidence(posts=table(
        "Teams",
        {"establishment": ["8", "20", "40"], "vacancies": ["2", "8", "10"]},
        [("North", "All"), ("South", "All"), ("All", "")],
    ))  # fmt: skip
    matches = tried("25%", held=held)[0].matches
    assert [match.numerator.units for match in matches] == [("All",), ("North",)]


def test_how_many_would_match_by_chance_against_trying_every_numerator():
    share = read_printed("22.2%").interval
    for each in tried("22.2%")[:1]:
        total = Fraction(0)
        for match in (*each.matches, *each.others):
            step, base = match.numerator.step, match.denominator.interval
            grid = [step * n for n in range(int(base.middle / step) + 1)]
            hits = [
                n for n in grid
                if (Interval(n, n) / base).times(100).meets(share) and n <= base.high
            ]  # fmt: skip
            likely = chance(share, match.denominator.interval, match.numerator.step)
            assert likely == Fraction(len(hits), len(grid))
            total += likely
        assert total <= each.by_chance


def test_a_wider_figure_matches_more_by_chance():
    fine, coarse = tried("22.22%")[0], tried("about 20%")[0]
    assert fine.by_chance < 1 < coarse.by_chance


def test_estimates_and_noughts_are_not_tried():
    held = evidence(posts=frame([
        {"unit": "A", "measure": "vacancies", "printed": "0"},
        {"unit": "B", "measure": "vacancies", "printed": "4", "status": "e"},
        {"unit": "C", "measure": "vacancies", "printed": "5"},
    ], breakdown="Teams", part_of="", within=""))  # fmt: skip
    assert {term.units for term in terms(held)} == {("C",)}


def test_the_finding_is_a_question_and_names_the_base():
    found = finding("22.22%")
    assert found.verdict == Verdict.QUESTION
    assert found.recomputed == "22.22%"
    assert found.sentence.startswith(
        "The report does not state the base. 22.22% is 14 of 63: vacancies as a share of posts, "
        "by headcount, for All teams and Heads together."
    )
    assert found.sentence.endswith(
        " For All teams alone it would be 22.41% (13 of 58)."
    )
    assert "no other gives it; by chance alone" in found.detail


def test_a_vague_figure_says_little():
    found = finding("about 30%", value=30.0)
    assert found.verdict == Verdict.QUESTION
    assert "this says little" in found.sentence


def test_other_pairs_that_fit_are_named():
    found = finding("22.2%")
    assert found.verdict == Verdict.QUESTION
    assert "3 of the 15 such pairs of counts give it" in found.sentence
    assert "14 of 63, by headcount" in found.sentence


def test_where_nothing_fits_it_is_still_a_question():
    found = finding("3.1%")
    assert found.verdict == Verdict.QUESTION
    assert "None of the" in found.sentence
    assert "gives 3.1%" in found.sentence


def test_without_counts_of_that_date_chance_is_no_evidence():
    found = finding("22.2%", as_at="2018-03-31")
    assert found.verdict == Verdict.UNCHECKED
    assert "none of them is evidence" in found.sentence


def test_without_any_counts_there_is_nothing_to_try():
    made = claim("22.2%", "rate", cell="published-rates[scope=Overall]")
    found = audit([made], evidence(published_rates=RATE)).findings[0]
    assert found.verdict == Verdict.UNCHECKED
    assert "no counts to try" in found.sentence


@pytest.mark.parametrize("printed", ["20.7%", "22.4%", "25.0%"])
def test_every_match_prints_as_the_figure(printed):
    share = read_printed(printed).interval
    for each in tried(printed):
        assert all(match.per_cent.meets(share) for match in each.matches)
        assert not any(match.per_cent.meets(share) for match in each.others)


def by_trying_every_pair(share, held, counted, as_at):
    """The search done the long way: all pairs in order, each two figures once."""
    found = terms(held)
    every = [
        pair
        for pair in pairs(found, sums(found, counted), counted, as_at)
        if pair.numerator.interval.high <= pair.denominator.interval.high
    ]
    kept = {}
    for pair in sorted(every, key=lambda pair: pair.rank):
        kept.setdefault((pair.numerator.interval, pair.denominator.interval), pair)
    for wanted in Class:
        of_it = [pair for pair in kept.values() if pair.plausibility == wanted]
        fits = [pair for pair in of_it if pair.per_cent.meets(share)]
        others = [
            pair
            for pair in of_it
            if wanted == Class.DEFINED and pair.numerator.is_whole and pair not in fits
        ]
        by_chance = sum(
            chance(share, pair.denominator.interval, pair.numerator.step)
            for pair in of_it
        )
        if of_it:
            yield wanted, len(of_it), by_chance, fits, others


@settings(deadline=None, max_examples=15)
@given(
    st.integers(0, 10**6),
    st.sampled_from(["20.7%", "12%", "0%", "about 30%", "100%", "12-15%"]),
    st.sampled_from(["vacancies", "agency_workers", "leavers", ""]),
    st.sampled_from(["2020-03-31", "2019-03-31"]),
)
def test_the_search_finds_what_trying_every_pair_does(seed, printed, counted, as_at):
    held = random_report(random.Random(seed)).evidence  # noqa: S311 - the same each time
    share = read_printed(printed).interval
    found = [
        (each.plausibility, each.count, each.by_chance, [*each.matches], [*each.others])
        for each in search(share, held, counted, as_at)
    ]
    assert found == [*by_trying_every_pair(share, held, counted, as_at)]


@pytest.mark.parametrize(
    ("printed", "fits"), [("11%", 0), ("12%", 1), ("13%", 1), ("14%", 0)]
)
def test_a_pair_half_way_between_two_figures_gives_both(printed, fits):
    held = evidence(posts=table("Teams", {"vacancies": ["1"], "establishment": ["8"]},
                                [("All", "")]))  # fmt: skip
    assert [len(each.matches) for each in tried(printed, held=held)] == [fits]


@given(*(st.sampled_from(["fte", "headcount", "posts", "not stated"]),) * 2)
def test_no_count_by_hours_goes_with_one_of_people_or_posts(first, second):
    held = evidence(counts=frame([
        {"unit": "A", "measure": "vacancies", "printed": "5", "basis": first},
        {"unit": "B", "measure": "establishment", "printed": "20", "basis": second},
    ]))  # fmt: skip
    tried = search(read_printed("25%").interval, held, "", "")
    of_both = {first, second}
    assert bool(tried) != ("fte" in of_both and bool(of_both & {"headcount", "posts"}))
