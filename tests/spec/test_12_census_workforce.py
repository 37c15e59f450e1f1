"""The census return

What the council's own return says, by the DfE's definitions. Small numbers are hidden
in the import, before they come here, and stay hidden.
"""

from scrutiny_pack.measures import census_workforce as measures
from tests.spec.tables import expect, table

WHOLE = "All social workers"


def census(text):
    others = {"band_from": "", "band_to": "", "span_from": "", "as_at": "2025-09-30"}
    made = table(text, dataset="census-workforce")
    missing = {name: cell for name, cell in others.items() if name not in made}
    return made.assign(**missing, as_at="2025-09-30")


def test_rates_stand_with_what_they_are_made_of():
    """The rate is the return's own; the two figures behind it are as they are shown.

    A hidden rate has no base: it would tell what is hidden.
    """
    rows = census(
        """
        | breakdown          | unit               | measure                      | basis          | value | status |
        | All social workers | All social workers | in_post_dfe                  | fte            | 249.3 |        |
        | All social workers | All social workers | leavers_dfe                  | fte            | 30.9  |        |
        | All social workers | All social workers | turnover_rate_dfe            | fte            | 12.4  |        |
        | All social workers | All social workers | agency_workers_dfe           | fte            |       | c      |
        | All social workers | All social workers | agency_rate_dfe              | fte            |       | c      |
        | All social workers | All social workers | vacancies_dfe                | fte            | 42.2  |        |
        | All social workers | All social workers | vacancy_rate_dfe             | fte            | 14.5  |        |
        | All social workers | All social workers | case_holders_dfe             | fte            | 243.8 |        |
        | All social workers | All social workers | cases_dfe                    | not applicable | 3981  |        |
        | All social workers | All social workers | average_caseload_dfe         | fte            | 16.3  |        |
        | All social workers | All social workers | days_lost_dfe                | fte            | 1439  |        |
        | All social workers | All social workers | absence_rate_dfe             | fte            | 2.3   |        |
        """
    )
    expect(
        measures.rates(rows),
        """
        | measure              | value | numerator | denominator | status |
        | vacancy_rate_dfe     | 14.5  | 42.2      | 291.5       |        |
        | agency_rate_dfe      |       |           |             | c      |
        | turnover_rate_dfe    | 12.4  | 30.9      | 249.3       |        |
        | average_caseload_dfe | 16.3  | 3981      | 243.8       |        |
        | absence_rate_dfe     | 2.3   | 1439      | 63072.9     |        |
        """,
    )


def test_groups_have_their_share_of_all():
    """A share is made of numbers of people. A hidden number has a hidden share, and a nought is none."""
    rows = census(
        """
        | breakdown     | unit        | part_of     | measure     | basis     | value | status |
        | In post by age| All in post |             | in_post_dfe | headcount | 40    |        |
        | In post by age| All in post |             | in_post_dfe | fte       | 35.5  |        |
        | In post by age| Under 30    | All in post | in_post_dfe | headcount | 22    |        |
        | In post by age| Under 30    | All in post | in_post_dfe | fte       | 20.1  |        |
        | In post by age| 30 to 39    | All in post | in_post_dfe | headcount |       | c      |
        | In post by age| 30 to 39    | All in post | in_post_dfe | fte       |       | c      |
        | In post by age| 60 and over | All in post | in_post_dfe | headcount | 0     |        |
        | In post by age| 60 and over | All in post | in_post_dfe | fte       | 0     |        |
        """
    )
    expect(
        measures.groups(rows, "In post by age"),
        """
        | unit        | level | measure          | basis     | value | denominator | status |
        | Under 30    | part  | in_post_dfe      | headcount | 22    |             |        |
        | Under 30    | part  | in_post_dfe      | fte       | 20.1  |             |        |
        | 30 to 39    | part  | in_post_dfe      | headcount |       |             | c      |
        | 30 to 39    | part  | in_post_dfe      | fte       |       |             | c      |
        | 60 and over | part  | in_post_dfe      | headcount | 0     |             |        |
        | 60 and over | part  | in_post_dfe      | fte       | 0     |             |        |
        | All         | total | in_post_dfe      | headcount | 40    |             |        |
        | All         | total | in_post_dfe      | fte       | 35.5  |             |        |
        | Under 30    | part  | share_of_in_post | headcount | 55.0  | 40          |        |
        | 30 to 39    | part  | share_of_in_post | headcount |       | 40          | c      |
        | 60 and over | part  | share_of_in_post | headcount | 0.0   | 40          |        |
        | All         | total | share_of_in_post | headcount | 100.0 | 40          |        |
        """,
    )


def test_no_share_is_made_of_fewer_than_ten():
    """The number of people stands; a percentage of nine would move by eleven points with one of them."""
    rows = census(
        """
        | breakdown       | unit         | part_of      | measure     | value | status |
        | Leavers by role | All leavers  |              | leavers_dfe | 9     |        |
        | Leavers by role | Case holder  | All leavers  | leavers_dfe | 9     |        |
        """
    )
    expect(
        measures.groups(rows, "Leavers by role"),
        """
        | unit        | measure          | value | status |
        | Case holder | leavers_dfe      | 9     |        |
        | All         | leavers_dfe      | 9     |        |
        | Case holder | share_of_leavers |       | u      |
        | All         | share_of_leavers |       | u      |
        """,
    )
