"""Referrals

How far referrals go, and how many appear nowhere.
"""

import pandas as pd

from scrutiny_pack.measures import referrals
from tests.spec.tables import expect, table


def referred(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the dataset ``referrals`` for one year."""
    measure = rows["measure"].mask(rows["measure"] == "", "referrals")
    usual = {"span_from": "2005-01", "as_at": "2005-12", "basis": "not applicable"}
    return rows.assign(**usual, measure=measure, step=pd.to_numeric(rows["step"]))


def test_shares_of_all_referrals_and_of_the_stage_before():
    """Each stage against all referrals, and against the stage before it. An outcome is no stage."""
    made = referrals.funnel(
        referred(
            table(
                """
                | stage              | stage_kind | step | value |
                | Referral           | stage      | 1    | 11223 |
                | Initial assessment | stage      | 2    | 5317  |
                | Core assessment    | stage      | 3    | 960   |
                | Care plan          | stage      | 4    | 401   |
                | No further action  | outcome    |      | 136   |
                """,
                dataset="referrals",
            )
        )
    )
    expect(
        made[made["measure"] != "referrals"],
        """
        | stage              | measure                 | value | numerator | denominator |
        | Initial assessment | share_of_referrals      | 47.4  | 5317      | 11223       |
        | Initial assessment | share_of_previous_stage | 47.4  | 5317      | 11223       |
        | Core assessment    | share_of_referrals      | 8.6   | 960       | 11223       |
        | Core assessment    | share_of_previous_stage | 18.1  | 960       | 5317        |
        | Care plan          | share_of_referrals      | 3.6   | 401       | 11223       |
        | Care plan          | share_of_previous_stage | 41.8  | 401       | 960         |
        """,
    )


def test_published_shares_stand_beside():
    """A published share keeps the value that was printed, beside the one worked out."""
    rows = referred(
        table(
            """
            | stage              | stage_kind | step | measure                      | value |
            | Referral           | stage      | 1    | referrals                    | 11223 |
            | Initial assessment | stage      | 2    | referrals                    | 5317  |
            | Initial assessment | stage      | 2    | share_of_referrals_published | 47    |
            """,
            dataset="referrals",
        )
    )
    made = referrals.funnel(rows)
    expect(
        made[made["measure"].str.startswith("share_of_referrals")],
        """
        | measure                      | value | denominator |
        | share_of_referrals_published | 47    |             |
        | share_of_referrals           | 47.4  | 11223       |
        """,
    )


def test_referrals_that_appear_nowhere():
    """All referrals less those at the second stage and less the outcomes: 11,223 - 5,317 - 136."""
    made = referrals.beside_the_funnel(
        referred(
            table(
                """
                | stage              | stage_kind | step | value |
                | Referral           | stage      | 1    | 11223 |
                | Initial assessment | stage      | 2    | 5317  |
                | Core assessment    | stage      | 3    | 960   |
                | Care plan          | stage      | 4    | 401   |
                | No further action  | outcome    |      | 136   |
                """,
                dataset="referrals",
            )
        )
    )
    expect(
        made,
        """
        | stage                                         | measure            | value | denominator |
        | No further action                             | referrals          | 136   |             |
        | Neither at the second stage nor with an outcome | referrals        | 5770  |             |
        | No further action                             | share_of_referrals | 1.2   | 11223       |
        | Neither at the second stage nor with an outcome | share_of_referrals | 51.4 | 11223      |
        """,
    )


def test_without_outcomes_nothing_is_taken_away():
    """Where the source states no outcome, how many appear nowhere is not worked out."""
    rows = referred(
        table(
            """
            | stage              | stage_kind | step | value |
            | Referral           | stage      | 1    | 100   |
            | Initial assessment | stage      | 2    | 40    |
            """,
            dataset="referrals",
        )
    )
    expect(referrals.beside_the_funnel(rows), "| stage | value |")
