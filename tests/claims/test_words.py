"""Ranks, directions and multiples in words, and changes in per cent or points."""

import pandas as pd
import pytest

from scrutiny_pack.claims.audit import audit
from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.words import (
    Direction,
    Multiple,
    Rank,
    place_range,
    read_words,
    steps,
)

from .reports import claim, evidence, frame

AREAS = frame(
    [
        {"area": area, "printed": printed}
        for area, printed in (("Ayton", "11"), ("Beford", "14"), ("Ceham", "9"), ("Deley", "14"), ("Eston", "21"))
    ],
    measure="average_caseload",
    basis="fte",
)  # fmt: skip


def series(
    *figures, measure="turnover_rate_published", dates=("2017", "2018", "2019", "2020")
):
    return frame(
        [
            {"scope": "All", "printed": printed, "as_at": f"{date}-03-31"}
            for printed, date in zip(figures, dates, strict=False)
        ],
        measure=measure,
        basis="not stated",
    )


def checked(printed, kind, rests_on, **frames):
    return audit(
        [claim(printed, kind, rests_on=rests_on)], evidence(**frames)
    ).findings[0]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("third highest", Rank(3, from_lowest=False)),
        ("lowest", Rank(1, from_lowest=True)),
        ("the highest point in ten years", Rank(1, from_lowest=False)),
        ("4th largest", Rank(4, from_lowest=False)),
        ("upward trend", Direction("up", every_step=False, is_trend=True)),
        ("year on year increase", Direction("up", every_step=True, is_trend=False)),
        ("steady", Direction("same", every_step=False, is_trend=False)),
        ("improvement", Direction("better", every_step=False, is_trend=False)),
        ("fell", Direction("down", every_step=False, is_trend=False)),
        ("trebled", Multiple(3)),
        ("five times", Multiple(5)),
    ],
)
def test_what_the_words_mean(text, meant):
    assert read_words(text) == meant


def test_other_words_are_an_error():
    with pytest.raises(ClaimError, match="no rank, direction or multiple"):
        read_words("considerable")


def test_places_with_equals():
    values = [Interval.exactly(n) for n in (3, 5, 5, 8)]
    assert place_range(values, 1, from_lowest=True) == (2, 3)
    assert place_range(values, 3, from_lowest=False) == (1, 1)


def test_steps_that_rounding_may_explain_are_no_steps():
    near = [Interval(9, 10), Interval(10, 11), Interval(12, 13), Interval(4, 5)]
    assert steps(near) == ("same", "up", "down")


@pytest.mark.parametrize(
    ("printed", "area", "verdict"),
    [
        ("second lowest", "Ayton", Verdict.AGREES),
        ("third lowest", "Beford", Verdict.AGREES),
        ("fourth lowest", "Beford", Verdict.AGREES),
        ("second highest", "Beford", Verdict.AGREES),
        ("highest", "Beford", Verdict.DISAGREES),
        ("third lowest", "Ayton", Verdict.DISAGREES),
    ],
)
def test_a_rank(printed, area, verdict):
    found = checked(
        printed, "ranking", f"place(c[basis=fte], area={area}, of=5)", c=AREAS
    )
    assert found.verdict == verdict


def test_a_rank_says_what_it_is_by_the_figures():
    found = checked("lowest", "ranking", "place(c[basis=fte], area=Beford)", c=AREAS)
    assert found.sentence == (
        "By the figures it is the third lowest, level with one other, of 5: 14."
    )


def test_a_rank_among_fewer_than_there_are_cannot_be_checked():
    found = checked(
        "lowest", "ranking", "place(c[basis=fte], area=Ceham, of=12)", c=AREAS
    )
    assert found.verdict == Verdict.UNCHECKED
    assert "5 of the 12 to be compared are at hand" in found.sentence


TREND = "series(t[scope=All])"


@pytest.mark.parametrize(
    ("printed", "figures", "verdict"),
    [
        ("upward trend", ("11.2%", "12.0%", "14.9%"), Verdict.AGREES),
        ("upward trend", ("11.2%", "10.0%", "14.9%"), Verdict.QUESTION),
        ("upward trend", ("11.2%", "10.0%", "10.9%"), Verdict.DISAGREES),
        ("upward trend", ("11.2%", "12.0%"), Verdict.QUESTION),
        ("increase", ("11.2%", "12.0%"), Verdict.AGREES),
        ("increase", ("11.2%", "11.2%"), Verdict.DISAGREES),
        ("year on year reduction", ("9.1%", "8.0%", "7.7%"), Verdict.AGREES),
        ("year on year reduction", ("9.1%", "8.0%", "8.4%", "7.0%"), Verdict.DISAGREES),
        ("stable", ("9.1%", "9.9%"), Verdict.AGREES),
        ("stable", ("9.1%", "13.0%"), Verdict.DISAGREES),
        ("stable", ("9.1%", "9.4%", "9.9%"), Verdict.AGREES),
        ("stable", ("9.1%", "16.0%", "9.2%"), Verdict.DISAGREES),
    ],
)
def test_a_direction(printed, figures, verdict):
    assert checked(printed, "trend", TREND, t=series(*figures)).verdict == verdict


def test_stable_is_told_by_the_figures_furthest_apart():
    found = checked("stable", "trend", TREND, t=series("9.1%", "16.0%", "9.2%"))
    assert found.sentence == (
        "It was 9.1% at 31 March 2017 and 16.0% at 31 March 2018: up by 6.9 percentage points, "
        "which is not stable."
    )


def test_words_that_may_be_of_one_series_or_another_are_a_question():
    since_2018 = "series(t[scope=All; as_at>=2018])"
    found = checked(
        "upward trend",
        "trend",
        f"{since_2018} or {TREND}",
        t=series("14.0%", "9.1%", "3.0%", "11.0%"),
    )
    assert found.verdict == Verdict.QUESTION
    assert found.sentence.startswith(
        "The report leaves open what 'upward trend' is of. Since 31 March 2018: it went down and "
        "up, and from first to last up;"
    )
    assert (
        "Since 31 March 2017: it went down, down and up, and from first to last down"
        in (found.sentence)
    )
    assert "14.0% (31 March 2017)" in found.detail


def test_words_of_a_thing_that_has_one_figure_are_a_question_where_another_contradicts():
    two = series("9.1%", "16.0%")
    lone = series("40.0%").assign(scope="Front line")
    rests_on = (
        "change(t[scope=All; as_at=2017-03-31], t[scope=All; as_at=2018-03-31]) "
        "or series(t[scope=Front line])"
    )
    found = checked("stable", "trend", rests_on, t=pd.concat([two, lone]))
    assert found.verdict == Verdict.QUESTION
    assert "All: it was 9.1% at 31 March 2017 and 16.0%" in found.sentence
    assert (
        "Front line: the evidence has fewer than the two figures that" in found.sentence
    )


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        (("9.1%", "9.9%", "12.0%"), Verdict.AGREES),
        (("9.1%", "8.0%", "6.0%"), Verdict.DISAGREES),
    ],
)
def test_readings_that_are_alike_leave_nothing_open(figures, verdict):
    rests_on = f"series(t[scope=All; as_at>=2018]) or {TREND}"
    found = checked("increase", "trend", rests_on, t=series(*figures))
    assert found.verdict == verdict


def test_a_rank_in_time_gives_the_dates():
    rests_on = "place(t[scope=All], as_at=2019-03-31)"
    found = checked("highest", "ranking", rests_on, t=series("9.1%", "8.0%", "9.4%"))
    assert found.working == (
        "9.4% (31 March 2019), 9.1% (31 March 2017), 8.0% (31 March 2018)"
    )


def test_year_on_year_needs_every_year():
    gap = series("9.1%", "7.7%", dates=("2017", "2019"))
    found = checked("year on year reduction", "trend", TREND, t=gap)
    assert found.verdict == Verdict.UNCHECKED
    assert "a year between them is not in the evidence" in found.sentence


def test_better_must_say_which_way():
    falling = series("9.1%", "8.0%", "7.7%")
    rests_on = "series(t[scope=All], better=lower)"
    assert (
        checked("improvement", "trend", rests_on, t=falling).verdict == Verdict.AGREES
    )
    rests_on = "series(t[scope=All], better=higher)"
    assert (
        checked("improvement", "trend", rests_on, t=falling).verdict
        == Verdict.DISAGREES
    )
    with pytest.raises(ClaimError, match=r"claim c1: for 'better' or 'worse'"):
        checked("improvement", "trend", TREND, t=falling)


def test_a_direction_of_sums():
    counts = frame([
        {"unit": unit, "as_at": date, "printed": printed, "measure": "agency_workers"}
        for unit, date, printed in (("A", "2019", "7"), ("B", "2019", "4"), ("A", "2020", "5"), ("B", "2020", "3"))
    ])  # fmt: skip
    rests_on = "change(sum(p[as_at=2019]), sum(p[as_at=2020]))"
    found = checked("reduced", "trend", rests_on, p=counts)
    assert found.verdict == Verdict.AGREES
    assert "(7 + 4) (2019) and (5 + 3) (2020)" in found.sentence


@pytest.mark.parametrize(
    ("printed", "before", "after", "verdict"),
    [
        ("doubled", "14", "27", Verdict.AGREES),
        ("doubled", "14", "33", Verdict.DISAGREES),
        ("halved", "40", "22", Verdict.AGREES),
        ("halved", "40", "29", Verdict.DISAGREES),
        ("three times", "9", "27", Verdict.AGREES),
    ],
)
def test_a_multiple(printed, before, after, verdict):
    counts = series(before, after, measure="leavers")
    rests_on = "change(t[as_at=2017-03-31], t[as_at=2018-03-31])"
    assert checked(printed, "multiple", rests_on, t=counts).verdict == verdict


CHANGE = "change(t[as_at=2017-03-31], t[as_at=2018-03-31])"
RATES = series("12.0%", "15.0%", measure="agency_rate_published")
COUNTS = series("240", "252", measure="agency_workers")


@pytest.mark.parametrize(
    ("printed", "kind", "frame_of", "verdict"),
    [
        ("3 percentage points", "change in points", RATES, Verdict.AGREES),
        ("25%", "change in per cent", RATES, Verdict.AGREES),
        ("3%", "change in per cent", RATES, Verdict.DISAGREES),
        ("25", "change in points", RATES, Verdict.DISAGREES),
        ("5%", "change in per cent", COUNTS, Verdict.AGREES),
        ("5%", "change", COUNTS, Verdict.AGREES),
        ("3%", "change", RATES, Verdict.QUESTION),
        ("25%", "change", RATES, Verdict.QUESTION),
        ("9%", "change", RATES, Verdict.DISAGREES),
        ("5", "change in points", COUNTS, Verdict.UNCHECKED),
    ],
)
def test_a_change_in_per_cent_or_in_points(printed, kind, frame_of, verdict):
    assert checked(printed, kind, CHANGE, t=frame_of).verdict == verdict


def test_a_change_of_the_rate_or_of_the_count():
    both = f"{CHANGE} or {CHANGE.replace('t[', 'n[')}"
    found = checked("5%", "change", both, t=RATES, n=COUNTS)
    assert found.verdict == Verdict.QUESTION
    assert "5% fits agency workers (All): up 5.0%, but not " in found.sentence
    assert "but not agency worker rate as published (All): up 3.0" in found.sentence


def test_a_fall_is_compared_by_its_size():
    falling = series("252", "240", measure="agency_workers")
    found = checked("5%", "change in per cent", CHANGE, t=falling)
    assert found.verdict == Verdict.AGREES
    assert "down 4.8%" in found.sentence


def test_words_that_rest_on_the_wrong_thing_are_an_error():
    with pytest.raises(ClaimError, match="cannot rest on"):
        checked("doubled", "multiple", TREND, t=COUNTS)
