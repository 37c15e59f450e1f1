"""Every rate

What holds for each percentage that this project works out.
"""

from scrutiny_pack.measures.rates import rate
from tests.spec.tables import expect, table


def _dfe(posts):
    return rate(
        posts, "vacancy_rate_dfe", "vacancies", ["vacancies", "in_post"], ["unit"]
    )


def test_its_base_goes_with_it():
    """A rate carries what it counts and what it counts that against, to the last digit printed."""
    posts = table("""
        | unit  | measure   | basis | value |
        | Whole | vacancies | fte   | 24.91 |
        | Whole | in_post   | fte   | 62.39 |
    """)
    expect(
        _dfe(posts),
        """
        | unit  | measure          | basis | value | numerator | denominator |
        | Whole | vacancy_rate_dfe | fte   | 28.5  | 24.91     | 87.30       |
        """,
    )


def test_headcount_and_fte_never_mix():
    """Vacancies by FTE are never divided by staff counted by headcount: there is no rate."""
    posts = table("""
        | unit  | measure   | basis     | value |
        | Whole | vacancies | fte       | 24.91 |
        | Whole | in_post   | headcount | 68    |
    """)
    expect(_dfe(posts), "| measure | value |")


def test_dates_never_mix():
    """Nor are vacancies of one date divided by staff of another."""
    posts = table("""
        | unit  | measure   | as_at      | value |
        | Whole | vacancies | 2016-03-31 | 19    |
        | Whole | in_post   | 2016-07-31 | 68    |
    """)
    expect(_dfe(posts), "| measure | value |")


def test_no_percentage_on_a_base_under_ten():
    """Of fewer than ten people or posts no percentage is made. The counts stay as published."""
    posts = table("""
        | unit   | measure   | value |
        | Team A | vacancies | 6     |
        | Team A | in_post   | 3     |
        | Team D | vacancies | 3     |
        | Team D | in_post   | 7     |
    """)
    expect(
        _dfe(posts),
        """
        | unit   | value | numerator | denominator | status |
        | Team A |       | 6         | 9           | u      |
        | Team D | 30.0  | 3         | 10          |        |
        """,
    )


def test_a_range_stays_a_range():
    """Where the source gives a range, the rate is one, and stays marked as an estimate."""
    posts = table("""
        | unit  | measure       | value | low | high | status |
        | Whole | vacancies     |       | 10  | 15   | e      |
        | Whole | establishment | 120   |     |      |        |
    """)
    expect(
        rate(posts, "vacancy_rate_posts", "vacancies", "establishment", ["unit"]),
        """
        | unit  | value | low | high | status |
        | Whole |       | 8.3 | 12.5 | e      |
        """,
    )


def test_what_is_missing_stays_missing():
    """A figure that the source has lost is not taken to be nought: the rate is missing too."""
    posts = table("""
        | unit  | measure       | value | status |
        | Whole | vacancies     |       | x      |
        | Whole | establishment | 94    |        |
    """)
    expect(
        rate(posts, "vacancy_rate_posts", "vacancies", "establishment", ["unit"]),
        """
        | unit  | value | status |
        | Whole |       | x      |
        """,
    )
