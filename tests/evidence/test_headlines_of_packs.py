"""What the packs of the five councils say of posts, caseloads and agency costs."""

import pandas as pd
import pytest

from scrutiny_pack.evidence import rules
from scrutiny_pack.evidence.headlines import agency_costs as costs_said
from scrutiny_pack.evidence.headlines import caseloads as caseloads_said
from scrutiny_pack.evidence.headlines import posts as posts_said
from scrutiny_pack.evidence.headlines.posts_questions import (
    MOST_QUESTIONS,
    questions,
)
from scrutiny_pack.measures import agency_costs, caseloads, posts
from scrutiny_pack.periods import Period
from tests.published import PERIODS, published


def titles_of(council):
    rows = published(council, "posts")
    bands, stated = (
        published(council, "caseload-bands"),
        published(council, "caseloads"),
    )
    costs = published(council, "agency-costs")
    under = caseloads.at_or_under(bands, caseloads.limit(stated))
    payments = agency_costs.retention_payments(6000, 30, 20, Period.parse("2019"))
    return [
        posts_said.staffing_title(rows),
        posts_said.parts_title(posts.filling_by_part(rows)),
        posts_said.rates_title(posts.vacancy_rates(rows)),
        posts_said.agency_rates_title(posts.agency_rates(rows)),
        posts_said.published_title(published(council, "published-rates")),
        posts_said.cover_title(posts.agency_against_vacancies(rows)),
        posts_said.over_title(posts.over_and_under(rows)),
        posts_said.apart_title(posts.counted_apart(rows)),
        posts_said.post_changes_title(published(council, "post-changes")),
        caseloads_said.under_title(under, bands),
        caseloads_said.shares_title(caseloads.shares_by_band(bands)),
        caseloads_said.highest_band_title(bands),
        caseloads_said.stated_title(stated),
        caseloads_said.ranges_title(caseloads.lowest_to_highest(stated)),
        caseloads_said.left_out_title(caseloads.teams_compared(rows, bands)),
        costs_said.stated_title(costs),
        costs_said.premium_title(agency_costs.premium_a_year(costs, rows)),
        costs_said.terms_title(published(council, "agency-terms")),
        costs_said.payments_title(payments),
        costs_said.replace_title(agency_costs.agency_posts_to_replace(payments, costs)),
    ]


def changes_of(council):
    return posts_said.changes(
        published(council, "posts"),
        published(council, "published-rates"),
        published(council, "post-changes"),
    )


def questions_of(council):
    rows, stated = published(council, "posts"), published(council, "published-rates")
    return questions(rows, stated, posts.vacancy_rates(rows), posts.agency_rates(rows))


@pytest.mark.parametrize("council", PERIODS)
def test_every_title_is_within_the_rules(council):
    for title in titles_of(council):
        rules.check_words("an-item", title)
        assert title[0].isupper() or title[0].isdigit()


@pytest.mark.parametrize(
    ("council", "title"),
    [
        ("darlington", "26 of 94 posts vacant and 26 agency workers, by headcount"),
        ("darlington", "More agency workers than vacancies in 4 of 10 teams"),
        (
            "darlington",
            "Agency workers are 26.0% to 28.8% of everybody who does the work",
        ),
        ("darlington", "Vacancy rate published as 26.73%, at 31 July 2016"),
        (
            "darlington",
            "As many people as posts, agency workers included, by headcount",
        ),
        ("darlington", "41 of 54 workers have 18 or fewer cases"),
        ("darlington", "5 of 10 teams have no line of that name among the caseloads"),
        (
            "herefordshire",
            "7.59 of 87.19 posts vacant and 22 agency workers, 2013/14 establishment",
        ),
        ("herefordshire", "Also counted: family support and business support"),
        ("buckinghamshire", "53 vacancies and 118 agency workers"),
        ("dorset", "27.5 vacancies and 18 agency workers"),
        (
            "dorset",
            "Average caseload of 16.7 in the council and 22 in neighbouring councils",
        ),
        (
            "dorset",
            "18 agency workers: an estimated £432,000 to £540,000 a year above permanent staff",
        ),
        (
            "dorset",
            "The payments pay for themselves if they replace 5 to 6 agency posts",
        ),
        ("leeds", "Vacancy rate published as about 10 to 15%, in January 2006"),
    ],
)
def test_a_title_says_what_the_figures_show(council, title):
    assert title in titles_of(council)


@pytest.mark.parametrize(
    ("council", "said"),
    [
        (
            "darlington",
            [
                (
                    "The vacancy rate as published (overall) rose by 6.52 percentage points, "
                    "from 20.21% at 31 March 2016 to 26.73% at 31 July 2016."
                ),
                (
                    "Posts requiring a social work qualification, compared with 31 March "
                    "2016: 6 more at 31 July 2016."
                ),
            ],
        ),
        (
            "herefordshire",
            [
                (
                    "Posts go from 79.05 (2012/13 establishment) to 87.19 (2013/14 "
                    "establishment): 8.14 more (10.3 per cent)."
                )
            ],
        ),
        (
            "dorset",
            [
                (
                    "Agency workers fell by 20 workers (52.6 per cent), from 38 in October "
                    "2017 to 18 at 21 January 2019."
                )
            ],
        ),
        ("buckinghamshire", []),
        ("leeds", []),
    ],
)
def test_what_changed(council, said):
    assert changes_of(council) == said


@pytest.mark.parametrize("council", PERIODS)
def test_few_questions_are_asked_and_each_is_one(council):
    asked = [
        *questions_of(council),
        *caseloads_said.questions(
            published(council, "caseload-bands"),
            published(council, "caseloads"),
            published(council, "posts"),
        ),
        *costs_said.questions(
            published(council, "agency-costs"), published(council, "posts")
        ),
    ]
    assert len(questions_of(council)) <= MOST_QUESTIONS
    assert asked
    for question in asked:
        assert question.endswith("?")
        assert question[0].isupper() or question[0].isdigit()


@pytest.mark.parametrize(
    ("council", "words"),
    [
        ("darlington", "In 4 of 10 teams there are more agency workers than vacancies"),
        ("darlington", "(27 of 101, headcount, would give the same)"),
        ("herefordshire", "what do the other 14.41 agency workers do?"),
        (
            "herefordshire",
            "do not add up to the posts for Service Manager, Team Leaders",
        ),
        ("herefordshire", "posts less people in 8 of 10 rows"),
        ("buckinghamshire", "118 agency workers and 53 vacancies are given"),
        ("dorset", "34 vacancies covered by agency workers and 38 agency workers"),
        ("dorset", "18 agency workers and 27.5 vacancies are given"),
        ("leeds", "The vacancy rate is stated as around 10 - 15%"),
    ],
)
def test_questions_follow_from_the_figures(council, words):
    assert any(words in question for question in questions_of(council))


def test_questions_on_caseloads():
    asked = caseloads_said.questions(
        published("dorset", "caseload-bands"),
        published("dorset", "caseloads"),
        published("dorset", "posts"),
    )
    assert asked == [
        (
            "The average is 16.7 at 21 January 2019, and the council aims at 15: by when is "
            "that to be reached?"
        ),
        (
            "Of what are 3.8 and 18.7 the caseloads: of single workers, or of teams on "
            "average?"
        ),
        (
            "Which are the neighbouring councils that caseloads are compared with, how many "
            "are they, and of what date are their figures?"
        ),
    ]
    asked = caseloads_said.questions(
        published("darlington", "caseload-bands"),
        published("darlington", "caseloads"),
        published("darlington", "posts"),
    )
    assert asked[0].startswith("13 of 54 workers have more than 18 cases")
    assert asked[1].startswith("What are the caseloads of Adoption, Lifestages 0-25")


def test_questions_on_costs():
    dorset = costs_said.questions(
        published("dorset", "agency-costs"), published("dorset", "posts")
    )
    assert dorset == [
        (
            "Is the £24,000 to £30,000 that an agency worker costs more for a year, and what "
            "does it take in?"
        ),
        (
            "Was the £1,000,000 asked for in 2017 agreed, is it paid every year, and how many "
            "of the 20 posts are filled?"
        ),
        "Are the 18 agency workers full-time?",
    ]
    (bucks,) = costs_said.questions(
        published("buckinghamshire", "agency-costs"),
        published("buckinghamshire", "posts"),
    )
    assert "each of the 118 agency workers" in bucks


def test_assumptions_are_said_once_each():
    costs, rows = published("dorset", "agency-costs"), published("dorset", "posts")
    made = agency_costs.premium_a_year(costs, rows)
    notes = costs_said.premium_notes(made, costs, both_dates=True)
    assert notes == (
        "An estimate: agency workers x what one costs above a permanent worker.",
        "Takes the cost to be for a year; the source does not say what time it is for.",
        "Takes the 18 to be full-time; the source does not say.",
        "Takes the cost of each to have been the same at both dates.",
    )
    assert costs_said.premium_notes(made, costs, both_dates=False) == notes[:3]
    assert costs_said.premium_notes(made.iloc[:0], costs, both_dates=True) == ()


def test_absent_amounts_say_what_to_give_and_where():
    nothing = agency_costs.retention_payments(None, None, None, Period.parse("2019-01"))
    sentence = costs_said.payments_absent(nothing, "dorset", "2019-01")
    assert "The council has given no amounts for a retention payment" in sentence
    assert "params/dorset/2019-01.yaml" in sentence
    given = agency_costs.retention_payments(6000, 30, 20, Period.parse("2019-01"))
    assert costs_said.payments_absent(given, "dorset", "2019-01") == ""
    assert costs_said.replace_absent(nothing, nothing) == ""
    assert costs_said.replace_absent(given, given.iloc[:0]) == costs_said.NO_BREAK_EVEN


@pytest.mark.parametrize(
    ("council", "absent"),
    [("dorset", ""), ("leeds", costs_said.NO_PREMIUM)],
)
def test_an_absent_premium_is_said(council, absent):
    costs, rows = published(council, "agency-costs"), published(council, "posts")
    made = agency_costs.premium_a_year(costs, rows)
    assert costs_said.premium_absent(costs, made) == absent
    if council == "dorset":
        alone = agency_costs.premium_a_year(costs, rows.iloc[:0])
        assert costs_said.premium_absent(costs, alone) == costs_said.NO_WORKERS


def test_notes_on_rates_say_what_they_are():
    darlington = published("darlington", "posts")
    notes = posts_said.rates_notes(posts.vacancy_rates(darlington), darlington)
    assert notes[0].startswith("The DfE's vacancy rate is by FTE")
    assert "in the source the one stands outside the other" in notes[1]
    herefordshire = published("herefordshire", "posts")
    notes = posts_said.rates_notes(posts.vacancy_rates(herefordshire), herefordshire)
    assert notes[0].endswith("It is not the DfE's rate.")
    assert notes[-1].endswith("nor on a base under 10; [u] stands in its place.")


def test_notes_on_caseloads():
    darlington = published("darlington", "caseloads")
    assert "they make no series" in caseloads_said.not_a_series(darlington)
    assert caseloads_said.not_a_series(darlington.iloc[:1]) == ""
    dorset = published("dorset", "caseloads")
    assert "the same workers" in caseloads_said.not_the_same_workers(dorset)
    assert caseloads_said.mark(caseloads.limit(dorset)) == {
        "mark": 15.0,
        "mark_label": "Target of 15, set in October 2017",
    }
    assert caseloads_said.mark(caseloads.limit(dorset.iloc[:0])) == {}


def test_an_average_that_changed():
    rows = published("dorset", "caseloads")
    later = rows[rows["measure"] == "average_caseload"].iloc[:1]
    both = pd.concat([later.assign(as_at="2017-10", value=20.0), later])
    assert caseloads_said.changes(both) == [
        (
            "The average caseload of the council fell by 3.3 cases, from 20 in October 2017 "
            "to 16.7 at 21 January 2019."
        )
    ]
    assert caseloads_said.changes(rows) == []
