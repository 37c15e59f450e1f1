"""Experience and qualifications

How long social workers have been qualified, and what they hold.
"""

from scrutiny_pack.measures import experience, qualifications
from tests.spec.tables import expect, table


def test_workers_by_years_since_qualifying():
    """Each service's workers by band, added up here, and its average as published.

    An average that the source prints blank stays blank.
    """
    rows = table(
        """
        | unit       | part_of | band         | measure         | value | status |
        | Front line | Total   | under 2      | workers         | 4     |        |
        | Front line | Total   | 2 or more    | workers         | 26    |        |
        | Front line |         | all          | average_years   | 6.35  |        |
        | Reviewing  | Total   | under 2      | workers         | 0     |        |
        | Reviewing  | Total   | 2 or more    | workers         | 4     |        |
        | Total      |         | under 2      | workers         | 4     |        |
        | Total      |         | 2 or more    | workers         | 30    |        |
        | Total      |         | all          | average_years   |       | x      |
        | Total      |         | under 2      | share_published | 11.76 |        |
        """,
        dataset="experience",
    ).assign(band_from=0.0, band_to=2.0)
    expect(
        experience.workers_by_band(rows),
        """
        | unit       | column        | value | status | level |
        | Front line | under 2       | 4     |        | part  |
        | Front line | 2 or more     | 26    |        | part  |
        | Front line | All           | 30    |        | part  |
        | Front line | Average years | 6.35  |        | part  |
        | Reviewing  | under 2       | 0     |        | part  |
        | Reviewing  | 2 or more     | 4     |        | part  |
        | Reviewing  | All           | 4     |        | part  |
        | Total      | under 2       | 4     |        | total |
        | Total      | 2 or more     | 30    |        | total |
        | Total      | All           | 34    |        | total |
        | Total      | Average years |       | x      | total |
        """,
    )


def test_shares_by_years_since_qualifying():
    """Each band as a share of its service, beside the published share. Small services have none."""
    rows = table(
        """
        | unit       | part_of | band         | measure         | value | status |
        | Front line | Total   | under 2      | workers         | 4     |        |
        | Front line | Total   | 2 or more    | workers         | 26    |        |
        | Front line |         | all          | average_years   | 6.35  |        |
        | Reviewing  | Total   | under 2      | workers         | 0     |        |
        | Reviewing  | Total   | 2 or more    | workers         | 4     |        |
        | Total      |         | under 2      | workers         | 4     |        |
        | Total      |         | 2 or more    | workers         | 30    |        |
        | Total      |         | all          | average_years   |       | x      |
        | Total      |         | under 2      | share_published | 11.76 |        |
        """,
        dataset="experience",
    ).assign(band_from=0.0, band_to=2.0)
    expect(
        experience.shares_by_band(rows),
        """
        | unit       | column    | figures         | value | status | numerator | denominator |
        | Front line | under 2   | worked out here | 13.3  |        | 4         | 30          |
        | Front line | 2 or more | worked out here | 86.7  |        | 26        | 30          |
        | Reviewing  | under 2   | worked out here |       | u      | 0         | 4           |
        | Reviewing  | 2 or more | worked out here |       | u      | 4         | 4           |
        | Total      | under 2   | worked out here | 11.8  |        | 4         | 34          |
        | Total      | 2 or more | worked out here | 88.2  |        | 30        | 34          |
        | Total      | under 2   | as published    | 11.76 |        |           |             |
        """,
    )


def test_classes_of_degrees():
    """A class is a share of the degrees that it is of; classes need not make up all of them."""
    rows = table(
        """
        | unit         | within  | value |
        | Masters      |         | 14    |
        | Degrees      |         | 42    |
        | First class  | Degrees | 4     |
        | Second class | Degrees | 31    |
        """,
        dataset="qualifications",
    ).assign(measure="qualifications", span_from="")
    made = qualifications.qualifications_held(rows)
    expect(
        made[made["measure"] == "share_of_qualifications"],
        """
        | unit         | value | numerator | denominator |
        | First class  | 9.5   | 4         | 42          |
        | Second class | 73.8  | 31        | 42          |
        """,
    )
    assert qualifications.without_class(rows) == [("Degrees", 35, 42)]
