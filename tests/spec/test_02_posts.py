"""Posts, vacancies and agency workers

How many posts there are, how many are vacant, and who fills them.
"""

import pandas as pd

from scrutiny_pack.evidence.headlines.posts import with_agreement
from scrutiny_pack.measures import posts as measured
from tests.spec.tables import expect, table


def test_two_definitions_of_the_vacancy_rate():
    """Many councils divide vacancies by posts. The DfE divides them by vacancies and staff in post.

    Both are shown, and neither is chosen. The DfE's definition is by FTE; by headcount
    the formula is the same, on another basis.
    """
    posts = table("""
        | unit  | measure       | basis     | value |
        | Whole | establishment | headcount | 94    |
        | Whole | in_post       | headcount | 68    |
        | Whole | vacancies     | headcount | 26    |
        | Whole | establishment | fte       | 87.27 |
        | Whole | in_post       | fte       | 62.39 |
        | Whole | vacancies     | fte       | 24.91 |
    """)
    expect(
        measured.vacancy_rates(posts),
        """
        | measure            | basis     | value | numerator | denominator |
        | vacancy_rate_posts | headcount | 27.7  | 26        | 94          |
        | vacancy_rate_posts | fte       | 28.5  | 24.91     | 87.27       |
        | vacancy_rate_dfe   | headcount | 27.7  | 26        | 94          |
        | vacancy_rate_dfe   | fte       | 28.5  | 24.91     | 87.30       |
        """,
    )


def test_those_outside_the_total():
    """A row that stands outside the total, such as managers, is added to it in a row of its own.

    The total itself is never changed.
    """
    posts = table("""
        | unit       | part_of | measure   | basis | unit_kind | value |
        | Front line | Total   | vacancies | fte   | service   | 24.91 |
        | Front line | Total   | in_post   | fte   | service   | 62.39 |
        | Total      |         | vacancies | fte   | whole     | 24.91 |
        | Total      |         | in_post   | fte   | whole     | 62.39 |
        | Managers   |         | vacancies | fte   | role      | 1     |
        | Managers   |         | in_post   | fte   | role      | 6     |
    """)
    expect(
        measured.vacancy_rates(posts),
        """
        | unit               | measure          | value | numerator | denominator |
        | Front line         | vacancy_rate_dfe | 28.5  | 24.91     | 87.30       |
        | Total              | vacancy_rate_dfe | 28.5  | 24.91     | 87.30       |
        | Total and Managers | vacancy_rate_dfe | 27.5  | 25.91     | 94.30       |
        """,
    )


def test_permanent_staff_in_the_place_of_staff_in_post():
    """Where the source gives permanent staff and not staff in post, the rate has a name of its own.

    Staff on a fixed term may be missing from it, so it is not the DfE's rate.
    """
    posts = table("""
        | unit  | measure   | basis      | value |
        | Whole | permanent | not stated | 66.66 |
        | Whole | vacancies | not stated | 7.59  |
    """)
    expect(
        measured.vacancy_rates(posts),
        """
        | measure                | basis      | value | numerator | denominator |
        | vacancy_rate_permanent | not stated | 10.2  | 7.59      | 74.25       |
        """,
    )


def test_no_rate_for_a_team():
    """Teams are not rated, however large they are: rates are of totals, services and roles."""
    posts = table("""
        | unit   | measure       | unit_kind | value |
        | Team A | establishment | team      | 13    |
        | Team A | vacancies     | team      | 2     |
    """)
    expect(measured.vacancy_rates(posts), "| unit | value |")


def test_a_basis_that_is_not_stated():
    """Two figures whose basis nobody states are put together only if they stand in one place.

    Here the one stands in paragraph 2.3 and the other in 2.4: whether the 18 cover
    some of the 27.5 is for the witnesses to say.
    """
    posts = table("""
        | unit  | measure        | basis      | value | paragraph |
        | Whole | agency_workers | not stated | 18    | 2.3       |
        | Whole | vacancies      | not stated | 27.5  | 2.4       |
    """)
    expect(measured.agency_against_vacancies(posts), "| measure | value |")


def test_agency_workers_less_vacancies():
    """Above nought, some agency workers cover no vacancy; below nought, some vacancies have no cover."""
    posts = table("""
        | unit   | measure        | unit_kind | value |
        | Team A | vacancies      | team      | 6     |
        | Team A | agency_workers | team      | 8     |
        | Team B | vacancies      | team      | 5     |
        | Team B | agency_workers | team      | 4     |
    """)
    made = measured.agency_against_vacancies(posts)
    expect(
        made[made["measure"] == "agency_minus_vacancies"],
        """
        | unit   | measure                | value |
        | Team A | agency_minus_vacancies | 2     |
        | Team B | agency_minus_vacancies | -1    |
        """,
    )


def test_agency_worker_rate():
    """Agency workers as a share of all who do the work: agency workers and staff in post."""
    posts = table("""
        | unit  | measure        | basis | value |
        | Whole | in_post        | fte   | 62.39 |
        | Whole | agency_workers | fte   | 25.22 |
    """)
    expect(
        measured.agency_rates(posts),
        """
        | measure         | basis | value | numerator | denominator |
        | agency_rate_dfe | fte   | 28.8  | 25.22     | 87.61       |
        """,
    )


def test_over_and_under():
    """The printed column stays as it is; what the figures come to stands beside it.

    Printed, an excess is in brackets, a minus; worked out, an excess is above nought.
    """
    posts = table("""
        | unit           | measure                  | basis      | unit_kind | value  |
        | Social workers | establishment            | not stated | role      | 56.05  |
        | Social workers | permanent                | not stated | role      | 54.66  |
        | Social workers | agency_workers           | not stated | role      | 14     |
        | Social workers | over_under_establishment | not stated | role      | -14.20 |
    """)
    expect(
        measured.over_and_under(posts),
        """
        | unit           | measure                   | value  |
        | Social workers | over_under_establishment  | -14.20 |
        | Social workers | staff_minus_establishment | 12.61  |
        """,
    )


def test_a_published_rate_beside_the_computed_ones():
    """A published rate is kept as published, and named beside it are the bases that give the same.

    That they agree to the last digit printed does not show that it was worked out so.
    """
    published = table(
        """
        | scope   | measure                | basis      | value | as_published |
        | Overall | vacancy_rate_published | not stated | 26.73 | 26.73%       |
        """,
        dataset="published-rates",
    )
    posts = table("""
        | unit     | part_of | measure       | unit_kind | value |
        | Teams    | Total   | establishment | service   | 94    |
        | Teams    | Total   | vacancies     | service   | 26    |
        | Total    |         | establishment | whole     | 94    |
        | Total    |         | vacancies     | whole     | 26    |
        | Managers |         | establishment | role      | 7     |
        | Managers |         | vacancies     | role      | 1     |
    """)
    expect(
        with_agreement(published, measured.vacancy_rates(posts)),
        """
        | scope   | value | agrees_with          |
        | Overall | 26.73 | 27 of 101, headcount |
        """,
    )


def test_a_table_that_does_not_add_up():
    """Where staff and vacancies do not come to the posts, the difference is found, and nothing mended."""
    posts = table("""
        | unit         | measure       | basis      | unit_kind | value |
        | Team leaders | establishment | not stated | role      | 11    |
        | Team leaders | permanent     | not stated | role      | 0     |
        | Team leaders | vacancies     | not stated | role      | 0     |
    """)
    expect(
        measured.not_adding_up(posts),
        """
        | unit         | value |
        | Team leaders | 11    |
        """,
    )


def test_nothing_in_nothing_out():
    """A council that gives no figures gets no measures, and no error."""
    posts = table("| unit | measure | value |")
    for measure in (
        measured.staffing,
        measured.counted_apart,
        measured.whole,
        measured.with_those_outside,
        measured.vacancy_rates,
        measured.agency_rates,
        measured.agency_against_vacancies,
        measured.over_and_under,
        measured.not_adding_up,
        measured.filling_by_part,
    ):
        made = measure(posts)
        assert isinstance(made, pd.DataFrame)
        expect(made, "| unit | value |")


def test_vacancies_beside_agency_workers_by_team():
    """Vacancies and agency workers of each team stand side by side, in the source's order.

    They are shown on one basis; totals, and what the source counts besides, are not.
    """
    posts = table("""
        | unit  | part_of | measure        | basis     | unit_kind | value |
        | North | Total   | establishment  | headcount | team      | 12    |
        | North | Total   | vacancies      | headcount | team      | 3     |
        | North | Total   | agency_workers | headcount | team      | 4     |
        | South | Total   | vacancies      | headcount | team      | 2     |
        | South | Total   | agency_workers | headcount | team      | 0     |
        | Total |         | vacancies      | headcount | whole     | 5     |
    """)
    expect(
        measured.filling_by_part(posts),
        """
        | unit  | measure        | value |
        | North | vacancies      | 3     |
        | North | agency_workers | 4     |
        | South | vacancies      | 2     |
        | South | agency_workers | 0     |
        """,
    )
