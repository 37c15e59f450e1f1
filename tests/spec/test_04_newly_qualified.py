"""Newly qualified social workers

What became of a cohort that registered over two years, and how many of it could yet have
reached each stage.
"""

import pandas as pd

from scrutiny_pack.measures.newly_qualified import latest_start, stages
from scrutiny_pack.periods import Period
from tests.spec.tables import expect, table


def cohort(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the dataset ``newly-qualified``, registered from June 2014 to June 2016."""
    measure = rows["measure"].mask(rows["measure"] == "", "workers")
    months = pd.to_numeric(rows["months_needed"])
    return rows.assign(
        span_from="2014-06", as_at="2016-06", measure=measure, months_needed=months
    )


def made_of(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    made = stages(rows, Period.parse("2016-07-31"))
    return made[made["measure"].isin(names)]


def test_who_could_have_reached_a_stage():
    """At least as many registered early enough as reached the stage; at most all but the last.

    Only the first and the last date of registration are known. The last registered in June
    2016 and cannot have been there for a year by July.
    """
    expect(
        made_of(
            cohort(
                table(
                    """
                    | unit       | stage      | months_needed | value |
                    | Registered | registered | 0             | 19    |
                    | Completed  | completed  | 12            | 13    |
                    | Deferred   | deferred   | 0             | 4     |
                    | Stayed     | stayed     | 24            | 7     |
                    """,
                    dataset="newly-qualified",
                )
            ),
            "workers_who_could",
        ),
        """
        | unit      | value | low | high | status |
        | Completed |       | 13  | 18   | e      |
        | Deferred  | 19    |     |      |        |
        | Stayed    |       | 7   | 18   | e      |
        """,
    )


def test_share_of_those_who_could():
    """The share of those who could have reached the stage lies between the same limits.

    The upper end is not made where fewer than ten could have; there is none where they all
    could.
    """
    expect(
        made_of(
            cohort(
                table(
                    """
                    | unit       | stage      | months_needed | value |
                    | Registered | registered | 0             | 19    |
                    | Completed  | completed  | 12            | 13    |
                    | Deferred   | deferred   | 0             | 4     |
                    | Stayed     | stayed     | 24            | 7     |
                    """,
                    dataset="newly-qualified",
                )
            ),
            "share_of_cohort",
        ),
        """
        | unit      | value | low  | high  | status |
        | Completed |       | 72.2 | 100.0 | e      |
        | Deferred  | 21.1  |      |       |        |
        | Stayed    |       | 38.9 |       | e      |
        """,
    )


def test_a_longer_stage_shows_who_registered_early():
    """Whoever stayed for two years registered early enough to have completed one."""
    rows = cohort(
        table(
            """
            | unit       | stage      | months_needed | value |
            | Registered | registered | 0             | 19    |
            | Completed  | completed  | 12            | 5     |
            | Stayed     | stayed     | 24            | 7     |
            """,
            dataset="newly-qualified",
        )
    )
    expect(
        made_of(rows, "workers_who_could"),
        """
        | unit      | low | high |
        | Completed | 7   | 18   |
        | Stayed    | 7   | 18   |
        """,
    )


def test_share_of_those_who_completed():
    """Those who stayed are a share of those who completed; the published share stands beside it."""
    rows = cohort(
        table(
            """
            | unit       | stage      | months_needed | measure         | value |
            | Registered | registered | 0             | workers         | 19    |
            | Completed  | completed  | 12            | workers         | 13    |
            | Stayed     | stayed     | 24            | workers         | 7     |
            | Stayed     | stayed     | 24            | share_published | 53    |
            """,
            dataset="newly-qualified",
        )
    )
    expect(
        made_of(rows, "share_published", "share_of_completed"),
        """
        | unit   | measure            | value | numerator | denominator |
        | Stayed | share_published    | 53    |           |             |
        | Stayed | share_of_completed | 53.8  | 7         | 13          |
        """,
    )


def test_nobody_could_have():
    """Where even the first registered too late, nobody could have reached the stage."""
    rows = cohort(
        table(
            """
            | unit       | stage      | months_needed | value |
            | Registered | registered | 0             | 19    |
            | Stayed     | stayed     | 36            | 0     |
            """,
            dataset="newly-qualified",
        )
    )
    expect(made_of(rows, "workers_who_could"), "| unit | value |\n| Stayed | 0 |")
    expect(made_of(rows, "share_of_cohort"), "| value | status |\n|  | u |")


def test_the_last_day_to_register():
    """Twelve months before 31 July 2016 is 31 July 2015; a shorter month has its own last day."""
    counted_at = Period.parse("2016-07-31")
    assert latest_start(counted_at, 12).in_words == "31 July 2015"
    assert latest_start(counted_at, 5).in_words == "29 February 2016"
    assert latest_start(Period.parse("2016"), 24).in_words == "31 December 2014"
