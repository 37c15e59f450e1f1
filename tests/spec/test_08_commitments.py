"""Commitments

What was recommended, promised or expected, and the latest figure of the council's own that
shows how it stands.
"""

import pandas as pd

from scrutiny_pack.measures import commitments
from tests.spec.tables import expect, table


def promised(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the dataset ``commitments``; what is not written is not stated."""
    usual = {
        "kind": "commitment", "what": "Do it", "owner": "not stated",
        "by_when": "not stated", "target": "", "target_of": "", "target_is": "",
        "shown_by_dataset": "", "shown_by_measure": "", "shown_by_unit": "",
    }  # fmt: skip
    rows = rows.assign(**{c: usual[c] for c in usual if c not in rows})
    return rows.assign(target=pd.to_numeric(rows["target"]))


CASELOADS = table(
    """
    | area        | unit | measure          | value | as_at      | nature | note |
    | the council | All  | average_caseload | 22    | 2017-01    | actual |      |
    | the council | All  | average_caseload | 16.7  | 2019-01-21 | actual |      |
    | the council | All  | average_caseload | 15    | 2020       | target |      |
    | neighbours  | All  | average_caseload | 24    | 2020       | actual |      |
    """,
    dataset="caseloads",
)


def test_the_latest_actual_figure_of_the_council():
    """Targets and plans do not show how a matter stands, nor do figures of other places."""
    made = promised(
        table(
            """
            | ref | as_at   | shown_by_dataset | shown_by_measure | shown_by_unit |
            | C1  | 2017-10 | caseloads        | average_caseload | All           |
            """,
            dataset="commitments",
        )
    )
    expect(
        commitments.shown_now(made, {"caseloads": CASELOADS}),
        """
        | ref | value | as_at      | since |
        | C1  | 16.7  | 2019-01-21 | yes   |
        """,
    )


def test_a_figure_from_the_time_of_the_promise():
    """A figure that is no later than the commitment does not show what came of it."""
    made = promised(
        table(
            """
            | ref | as_at | shown_by_dataset | shown_by_measure | shown_by_unit |
            | C1  | 2019  | caseloads        | average_caseload | All           |
            """,
            dataset="commitments",
        )
    )
    expect(
        commitments.shown_now(made, {"caseloads": CASELOADS}),
        "| ref | value | since |\n| C1 | 16.7 | no |",
    )


def test_nothing_known():
    """A commitment that no figure shows has no row."""
    made = promised(
        table(
            """
            | ref | shown_by_dataset | shown_by_measure | shown_by_unit |
            | C1  |                  |                  |               |
            | C2  | recruitment      | workers_recruited| New workers   |
            | C3  | caseloads        | highest_caseload | All           |
            """,
            dataset="commitments",
        )
    )
    expect(commitments.shown_now(made, {"caseloads": CASELOADS}), "| ref | value |")


def test_bands_within_the_target():
    """Where workers are counted by band of cases, those in the bands within the target count."""
    bands = table(
        """
        | unit  | band       | band_from | band_to | measure | value |
        | Total | 18 or less | 0         | 18      | workers | 41    |
        | Total | 19 to 24   | 19        | 24      | workers | 9     |
        | Total | 25 or more | 25        |         | workers | 4     |
        | Total | all        |           |         | workers | 54    |
        """,
        dataset="caseload-bands",
    )
    made = promised(
        table(
            """
            | ref | target | target_is | shown_by_dataset | shown_by_measure | shown_by_unit |
            | C2  | 18     | at most   | caseload-bands   | workers          | Total         |
            """,
            dataset="commitments",
        )
    )
    expect(
        commitments.shown_now(made, {"caseload-bands": bands}),
        """
        | ref | value | numerator | denominator | note       |
        | C2  | 41    | 41        | 54          | 18 or less |
        """,
    )


def test_counts_by_kind():
    """How many name an owner, a date and a figure to reach, and of how many a figure is known."""
    made = promised(
        table(
            """
            | ref | kind           | owner    | target |
            | R1  | recommendation | Director |        |
            | C1  | commitment     | Director | 15     |
            | C2  | commitment     | not stated |      |
            """,
            dataset="commitments",
        )
    )
    counted = commitments.counted_by_kind(made, commitments.shown_now(made, {}))
    expect(
        counted[counted["kind"] == "All"],
        """
        | counted                | value | denominator | level |
        | All                    | 3     | 3           | total |
        | With an owner          | 2     | 3           | total |
        | With a date            | 0     | 3           | total |
        | With a figure to reach | 1     | 3           | total |
        | Shown here             | 0     | 3           | total |
        """,
    )
