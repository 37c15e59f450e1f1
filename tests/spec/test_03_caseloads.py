"""Caseloads

How many cases workers hold, against what the council has set itself.
"""

from scrutiny_pack.measures import caseloads as measured
from tests.spec.tables import cells, expect, table


def test_share_at_or_under_the_ceiling():
    """The workers in the bands up to the ceiling that the council set, against all workers."""
    ceiling = table(
        """
        | area        | measure          | value | nature | paragraph |
        | the council | caseload_ceiling | 18    | target | 28        |
        """,
        dataset="caseloads",
    )
    bands = table(
        """
        | unit  | band       | band_to | measure | value | paragraph  |
        | Total | 18 or less | 18      | workers | 41    | 24 (first) |
        | Total | 19 to 24   | 24      | workers | 9     | 24 (first) |
        | Total | 25 or more |         | workers | 4     | 24 (first) |
        | Total | all        |         | workers | 54    | 24 (first) |
        """,
        dataset="caseload-bands",
    )
    expect(
        measured.at_or_under(bands, measured.limit(ceiling)),
        """
        | band        | measure                  | value | numerator | denominator | paragraph      |
        | 18 or fewer | share_at_or_under_ceiling | 75.9  | 41        | 54          | 24 (first); 28 |
        """,
    )


def test_a_band_is_not_divided():
    """Where the ceiling falls within a band, nobody knows how many are under it: there is no share."""
    ceiling = table(
        """
        | area        | measure          | value |
        | the council | caseload_ceiling | 16    |
        """,
        dataset="caseloads",
    )
    bands = table(
        """
        | unit  | band       | band_to | measure | value |
        | Total | 10 or less | 10      | workers | 20    |
        | Total | 11 to 20   | 20      | workers | 34    |
        | Total | all        |         | workers | 54    |
        """,
        dataset="caseload-bands",
    )
    expect(measured.at_or_under(bands, measured.limit(ceiling)), "| band | value |")


def test_shares_of_the_bands():
    """Each band's share of all workers, with the published share beside it. Small teams have none."""
    bands = table(
        """
        | unit   | part_of | band       | measure         | value |
        | Team A | Total   | 18 or less | workers         | 5     |
        | Team A | Total   | 19 or more | workers         | 3     |
        | Team A | Total   | all        | workers         | 8     |
        | Total  |         | 18 or less | workers         | 41    |
        | Total  |         | 19 or more | workers         | 13    |
        | Total  |         | all        | workers         | 54    |
        | Total  |         | 18 or less | share_published | 75.93 |
        """,
        dataset="caseload-bands",
    )
    made = measured.shares_by_band(bands)
    expect(
        made[made["measure"] != "workers"],
        """
        | unit  | band       | measure          | value | numerator | denominator |
        | Total | 18 or less | share_of_workers | 75.9  | 41        | 54          |
        | Total | 19 or more | share_of_workers | 24.1  | 13        | 54          |
        | Total | 18 or less | share_published  | 75.93 |           |             |
        """,
    )


def test_from_lowest_to_highest():
    """An area's lowest and highest caseload, or its range, with its average between them.

    Only where there are two areas to compare.
    """
    caseloads = table(
        """
        | area       | measure          | value | low | high | status |
        | the council| average_caseload | 16.7  |     |      |        |
        | the council| lowest_caseload  | 3.8   |     |      |        |
        | the council| highest_caseload | 18.7  |     |      |        |
        | neighbours | average_caseload | 22    |     |      |        |
        | neighbours | caseload_range   |       | 15  | 30   | e      |
        """,
        dataset="caseloads",
    )
    expect(
        measured.lowest_to_highest(caseloads),
        """
        | area        | value | low | high |
        | the council | 16.7  | 3.8 | 18.7 |
        | neighbours  | 22    | 15  | 30   |
        """,
    )


def test_an_old_average_is_no_key_figure():
    """The average is a key figure only if nothing that is given is later."""
    caseloads = table(
        """
        | area        | measure          | value | as_at |
        | the council | average_caseload | 22    | 2014  |
        """,
        dataset="caseloads",
    )
    bands = table(
        """
        | unit  | band       | band_to | measure | value | as_at   |
        | Total | 18 or less | 18      | workers | 41    | 2016-07 |
        """,
        dataset="caseload-bands",
    )
    expect(measured.average_now(caseloads, bands.iloc[:0]), "| value |\n| 22 |")
    expect(measured.average_now(caseloads, bands), "| value |")


def test_teams_that_the_figures_leave_out():
    """Teams are matched by their names alone, and no figures are put together.

    `MASH/CAP` is named in parts. Whether `LATC` is the Looked After Care Team the
    source does not say, and nothing is taken to be so.
    """
    posts = table("""
        | unit                   | part_of | measure       | unit_kind | value |
        | MASH/CAP               | Total   | vacancies     | team      | 2     |
        | Looked After Care Team | Total   | vacancies     | team      | 1     |
        | Total                  |         | vacancies     | whole     | 3     |
    """)
    bands = table(
        """
        | unit  | part_of | band | measure | value |
        | CAP   | Total   | all  | workers | 6     |
        | LATC  | Total   | all  | workers | 9     |
        | Mash  | Total   | all  | workers | 5     |
        | Total |         | all  | workers | 20    |
        """,
        dataset="caseload-bands",
    )
    expect(
        measured.teams_compared(posts, bands),
        """
        | team                   | named_in            | matched      |
        | MASH/CAP               | posts and caseloads | CAP and Mash |
        | Looked After Care Team | posts only          |              |
        | LATC                   | caseloads only      | LATC         |
        """,
    )


def test_nothing_in_nothing_out():
    """A council that gives no figures gets no measures, and no error."""
    posts = table("| unit | measure | value |")
    bands = table("| unit | band | band_from | band_to | measure | value |")
    caseloads = table("| area | unit | measure | value |")
    limit = measured.limit(caseloads)
    for made in (
        limit,
        measured.workers_by_band(bands),
        measured.shares_by_band(bands),
        measured.at_or_under(bands, limit),
        measured.lowest_to_highest(caseloads),
        measured.average_now(caseloads, bands),
    ):
        expect(made, "| value |")
    assert measured.teams_compared(posts, bands).empty
    assert cells("| a |").empty
