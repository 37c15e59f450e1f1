"""The cost of agency workers

What they cost above permanent staff, and what a payment to keep staff would cost.
"""

from scrutiny_pack.measures import agency_costs as measured
from scrutiny_pack.periods import Period
from tests.spec.tables import expect, table

PERIOD = Period.parse("2019-01")


def _premium(span="not stated"):
    return table(
        f"""
        | subject | span   | measure                   | low   | high  | value | status | paragraph |
        | Premium | {span} | premium_per_agency_worker | 24000 | 30000 |       | e      | 2.1 a     |
        """,
        dataset="agency-costs",
    )


def test_the_premium_a_year():
    """Agency workers x what one costs above a permanent one: for those there are, and for the change.

    An estimate: it takes the cost to be for a year, the workers to be full-time, and
    the cost to have been the same at both dates.
    """
    costs = table(
        """
        | subject | span       | measure                   | value | low   | high  | status | paragraph |
        | Premium | not stated | premium_per_agency_worker |       | 24000 | 30000 | e      | 2.1 a     |
        """,
        dataset="agency-costs",
    )
    posts = table("""
        | unit  | measure        | basis      | value | as_at      | paragraph |
        | Whole | agency_workers | not stated | 38    | 2017-10    | 2.3       |
        | Whole | agency_workers | not stated | 18    | 2019-01-21 | 2.3       |
    """)
    made = measured.premium_a_year(costs, posts)
    expect(
        made[made["measure"] == "agency_premium_a_year"],
        """
        | case                              | value | low    | high    | status | paragraph  |
        | The 18 of 21 January 2019         |       | 432000 | 540000  | e      | 2.3; 2.1 a |
        | The 38 of October 2017            |       | 912000 | 1140000 | e      | 2.3; 2.1 a |
        | The 20 fewer than in October 2017 |       | 480000 | 600000  | e      | 2.3; 2.1 a |
        """,
    )
    expect(measured.estimate_now(made), "| low |\n| 432000 |")


def test_a_cost_for_another_time():
    """A cost for a week or a day is not made one for a year: nobody knows how many are worked."""
    posts = table("""
        | unit  | measure        | value |
        | Whole | agency_workers | 18    |
    """)
    expect(measured.premium_a_year(_premium("a week"), posts), "| case | value |")


def test_money_for_each_post():
    """Money set aside, shared evenly over the posts that it is for."""
    costs = table(
        """
        | subject  | span | measure      | basis          | value   | nature | paragraph |
        | 20 posts |      | budget       | not applicable | 1000000 | plan   | 1.4       |
        | 20 posts |      | posts_funded | not stated     | 20      | plan   | 1.4       |
        """,
        dataset="agency-costs",
    )
    made = measured.stated(costs)
    expect(
        made[made["measure"] == "budget_per_post"],
        """
        | subject  | measure         | value | numerator | denominator | nature |
        | 20 posts | budget_per_post | 50000 | 1000000   | 20          | plan   |
        """,
    )


def test_retention_payments():
    """A third of the payment to those who reach one year, two thirds to those who reach two.

    Everybody who is paid counts, those who would have stayed anyway included. Here the
    payment is £6,000 for each, and 30 and 20 staff are paid in a year.
    """
    made = measured.retention_payments(6000, 30, 20, PERIOD)
    expect(
        made[made["measure"] == "retention_payments"],
        """
        | case                        | measure            | value  |
        | A third, after one year     | retention_payments | 60000  |
        | Two thirds, after two years | retention_payments | 80000  |
        | Both together               | retention_payments | 140000 |
        """,
    )


def test_no_amount_is_assumed():
    """If the council has not given all three amounts, there is no scenario."""
    for amounts in [(None, 30, 20), (6000, None, 20), (6000, 30, None)]:
        expect(measured.retention_payments(*amounts, PERIOD), "| case | value |")
    expect(
        measured.agency_posts_to_replace(
            measured.retention_payments(None, None, None, PERIOD), _premium()
        ),
        "| case | value |",
    )


def test_agency_posts_to_replace():
    """The cost of the payments / what an agency worker costs more, rounded up to whole posts.

    £140,000 is the premium of 4.7 agency workers at £30,000, and of 5.8 at £24,000.
    """
    payments = measured.retention_payments(6000, 30, 20, PERIOD)
    expect(
        measured.agency_posts_to_replace(payments, _premium()),
        """
        | measure                 | value | low | high | status |
        | agency_posts_to_replace |       | 5   | 6    | e      |
        """,
    )


def test_no_cost_is_lent():
    """Without the council's own premium nothing is said of the posts to replace."""
    payments = measured.retention_payments(6000, 30, 20, PERIOD)
    expect(
        measured.agency_posts_to_replace(payments, _premium().iloc[:0]),
        "| case | value |",
    )


def test_nothing_in_nothing_out():
    """A council that gives no figures gets no measures, and no error."""
    costs = table("| subject | span | measure | value |", dataset="agency-costs")
    posts = table("| unit | measure | value |")
    made = measured.premium_a_year(costs, posts)
    for nothing in (
        made,
        measured.premium(costs),
        measured.stated(costs),
        measured.estimate_now(made),
    ):
        expect(nothing, "| value |")
