"""What the packs of the five councils must state, from the figures as published."""

import pytest

from scrutiny_pack.measures import agency_costs, caseloads, posts
from tests.published import published
from tests.spec.tables import expect


def rates_of(council, *units):
    made = posts.vacancy_rates(published(council, "posts"))
    return made[made["unit"].isin(units)]


def test_darlington_vacancies_against_posts_and_by_the_dfe_definition():
    everybody = "Total establishment"
    managers = f"{everybody} and Management (HOS / Service Manager)"
    expect(
        rates_of("darlington", "Total front line", everybody, managers),
        f"""
        | unit             | measure            | basis     | value | numerator | denominator |
        | Total front line | vacancy_rate_posts | headcount | 40.0  | 20        | 50          |
        | Total front line | vacancy_rate_posts | fte       | 40.9  | 19.41     | 47.42       |
        | {everybody}      | vacancy_rate_posts | headcount | 27.7  | 26        | 94          |
        | {everybody}      | vacancy_rate_posts | fte       | 28.5  | 24.91     | 87.27       |
        | {managers}       | vacancy_rate_posts | headcount | 26.7  | 27        | 101         |
        | {managers}       | vacancy_rate_posts | fte       | 27.5  | 25.91     | 94.27       |
        | Total front line | vacancy_rate_dfe   | headcount | 40.0  | 20        | 50          |
        | Total front line | vacancy_rate_dfe   | fte       | 40.9  | 19.41     | 47.45       |
        | {everybody}      | vacancy_rate_dfe   | headcount | 27.7  | 26        | 94          |
        | {everybody}      | vacancy_rate_dfe   | fte       | 28.5  | 24.91     | 87.30       |
        | {managers}       | vacancy_rate_dfe   | headcount | 26.7  | 27        | 101         |
        | {managers}       | vacancy_rate_dfe   | fte       | 27.5  | 25.91     | 94.30       |
        """,
    )


def test_darlington_caseloads_against_the_ceiling():
    bands = published("darlington", "caseload-bands")
    limit = caseloads.limit(published("darlington", "caseloads"))
    expect(
        caseloads.at_or_under(bands, limit),
        """
        | unit  | band        | value | numerator | denominator | paragraph      |
        | Total | 18 or fewer | 75.9  | 41        | 54          | 24 (first); 28 |
        """,
    )


def test_darlington_teams_that_the_caseloads_leave_out():
    compared = caseloads.teams_compared(
        published("darlington", "posts"), published("darlington", "caseload-bands")
    )
    assert compared.groupby("named_in", sort=False)["team"].agg(list).to_dict() == {
        "posts and caseloads": ["Team A", "Team B", "Team C", "Team D", "MASH/CAP"],
        "posts only": [
            "Adoption",
            "Lifestages 0-25",
            "Looked After Care Team",
            "Specialist Family Services",
            "IRO",
        ],
        "caseloads only": ["LATC"],
    }


def test_herefordshire_rates_and_over_and_under():
    expect(
        rates_of("herefordshire", "Total"),
        """
        | breakdown             | measure                | basis      | value | numerator | denominator |
        | 2012/13 establishment | vacancy_rate_posts     | not stated | 9.6   | 7.59      | 79.05       |
        | 2013/14 establishment | vacancy_rate_posts     | not stated | 8.7   | 7.59      | 87.19       |
        | 2012/13 establishment | vacancy_rate_permanent | not stated | 10.2  | 7.59      | 74.25       |
        | 2013/14 establishment | vacancy_rate_permanent | not stated | 10.2  | 7.59      | 74.25       |
        """,
    )
    over = posts.over_and_under(published("herefordshire", "posts"))
    expect(
        over[over["unit"] == "Total"],
        """
        | breakdown             | measure                   | value  |
        | 2012/13 establishment | over_under_establishment  | -13.20 |
        | 2013/14 establishment | over_under_establishment  | -1.47  |
        | 2012/13 establishment | staff_minus_establishment | 9.61   |
        | 2013/14 establishment | staff_minus_establishment | 1.47   |
        """,
    )


def test_buckinghamshire_agency_rate_and_no_vacancy_rate():
    """The 53 vacancies are posts, the 221 permanent staff have no stated basis."""
    rows = published("buckinghamshire", "posts")
    expect(
        posts.agency_rates(rows),
        """
        | measure               | value | numerator | denominator |
        | agency_rate_permanent | 34.8  | 118       | 339         |
        """,
    )
    assert posts.vacancy_rates(rows).empty


def test_dorset_figures_that_the_report_does_not_relate_stay_unrelated():
    rows = published("dorset", "posts")
    assert posts.agency_against_vacancies(rows).empty
    assert posts.vacancy_rates(rows).empty


def test_dorset_premium_is_an_estimate():
    made = agency_costs.premium_a_year(
        published("dorset", "agency-costs"), published("dorset", "posts")
    )
    expect(
        made[made["measure"] == "agency_premium_a_year"],
        """
        | case                              | value | low    | high    | status | paragraph  |
        | The 18 of 21 January 2019         |       | 432000 | 540000  | e      | 2.3; 2.1 a |
        | The 38 of October 2017            |       | 912000 | 1140000 | e      | 2.3; 2.1 a |
        | The 20 fewer than in October 2017 |       | 480000 | 600000  | e      | 2.3; 2.1 a |
        """,
    )
    stated = agency_costs.stated(published("dorset", "agency-costs"))
    expect(
        stated[stated["measure"] == "budget_per_post"],
        """
        | value | numerator | denominator |
        | 50000 | 1000000   | 20          |
        """,
    )


def test_dorset_caseloads_beside_its_neighbours():
    expect(
        caseloads.lowest_to_highest(published("dorset", "caseloads")),
        """
        | area                  | value | low | high |
        | the council           | 16.7  | 3.8 | 18.7 |
        | neighbouring councils | 22    | 15  | 30   |
        """,
    )


@pytest.mark.parametrize(
    ("council", "figures"),
    [
        ("darlington", {"vacancy-rate-posts": "headcount", "vacancy-rate-dfe": "fte"}),
        ("herefordshire", {"vacancy-rate-posts": "not stated"}),
        ("buckinghamshire", {"vacancies": "posts"}),
        ("dorset", {"vacancies": "not stated"}),
        ("leeds", {"vacancy-rate-published": "not stated"}),
    ],
)
def test_the_key_figures_of_posts(council, figures):
    made = posts.key_figures(
        published(council, "posts"), published(council, "published-rates")
    )
    agency = made.pop("agency-workers")
    assert len(agency) == (council != "leeds")
    assert figures == {
        slug: row["basis"].iloc[0] for slug, row in made.items() if len(row)
    }
