"""Turnover, leavers and recruiting

Who left, for how many staff, and how many came. What the source leaves out stays out.
"""

import pandas as pd

from scrutiny_pack.measures import leavers, recruitment, service, turnover
from scrutiny_pack.measures.bases import PrintedShare, bases_of_count, common_bases
from tests.spec.tables import expect, table


def leaving(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the dataset ``leavers``; its text columns need not be written."""
    usual = {"role": "", "service": "", "reason": "", "span_from": "2015-04-01"}
    return rows.assign(
        **{c: usual[c] for c in usual if c not in rows}, measure="leavers"
    )


def test_year_ends():
    """Rates of whole years stand as published; a year without a rate is shown as a gap, ``x``.

    The year between two known ones is a gap too, and a line is broken there.
    """
    rates = table(
        """
        | scope          | span       | span_from  | as_at      | value |
        | Social workers | whole year | 2013-04-01 | 2014-03-31 | 29.51 |
        | Social workers | whole year | 2015-04-01 | 2016-03-31 | 18.44 |
        | The council    | whole year | 2015-04-01 | 2016-03-31 | 15.02 |
        """,
        dataset="turnover",
    ).assign(measure="turnover_rate_published")
    expect(
        turnover.year_ends(rates),
        """
        | scope          | year_end      | value | status | run |
        | Social workers | 31 March 2014 | 29.51 |        | 0   |
        | Social workers | 31 March 2015 |       | x      | 1   |
        | Social workers | 31 March 2016 | 18.44 |        | 1   |
        | The council    | 31 March 2014 |       | x      | 1   |
        | The council    | 31 March 2015 |       | x      | 2   |
        | The council    | 31 March 2016 | 15.02 |        | 2   |
        """,
    )


def test_parts_of_a_year():
    """A rate for a part of a year is set beside the same months of other years only."""
    rates = table(
        """
        | scope | span            | span_from  | as_at      | value |
        | All   | part of a year  | 2016-04-01 | 2016-07-31 | 10.67 |
        | All   | not stated      |            | 2016-01-31 | 9     |
        | All   | part of a year  | 2015-04-01 | 2015-09-30 | 7     |
        | All   | whole year      | 2015-04-01 | 2016-03-31 | 18.44 |
        | All   | part of a year  | 2015-04-01 | 2015-07-31 | 2.74  |
        """,
        dataset="turnover",
    ).assign(measure="turnover_rate_published")
    made = turnover.part_years(rates)
    expect(
        made,
        """
        | months                  | stretch                      | value |
        | 1 April to 31 July      | 1 April to 31 July 2015      | 2.74  |
        | 1 April to 31 July      | 1 April to 31 July 2016      | 10.67 |
        | 1 April to 30 September | 1 April to 30 September 2015 | 7     |
        | not stated              | not stated                   | 9     |
        """,
    )
    expect(
        turnover.longest_pattern(made),
        """
        | stretch                 | value |
        | 1 April to 31 July 2015 | 2.74  |
        | 1 April to 31 July 2016 | 10.67 |
        """,
    )


def test_share_of_leavers():
    """Each group against all who left in the same time; fewer than ten leavers make no share."""
    left = leaving(
        table(
            """
            | breakdown | unit       | part_of | within  | span_from  | as_at      | value |
            | 2015/16   | All        |         |         | 2015-04-01 | 2016-03-31 | 13    |
            | 2015/16   | Front line |         | All     | 2015-04-01 | 2016-03-31 | 9     |
            | To July   | All        |         |         | 2016-04-01 | 2016-07-31 | 6     |
            | To July   | Managers   | All     |         | 2016-04-01 | 2016-07-31 | 3     |
            """,
            dataset="leavers",
        )
    )
    made = leavers.leavers_by_group(left)
    expect(
        made[made["measure"] == "share_of_leavers"],
        """
        | unit       | stretch                       | value | status | numerator | denominator |
        | Front line | 1 April 2015 to 31 March 2016 | 69.2  |        | 9         | 13          |
        | Managers   | 1 April to 31 July 2016       |       | u      | 3         | 6           |
        """,
    )


def test_a_list_without_a_total():
    """Groups that stand side by side without a total are not added up, and make no share."""
    left = leaving(
        table(
            """
            | unit       | value |
            | Front line | 9     |
            | Specialist | 4     |
            """,
            dataset="leavers",
        )
    )
    expect(
        leavers.leavers_by_group(left),
        """
        | unit       | measure | value | level |
        | Front line | leavers | 9     | part  |
        | Specialist | leavers | 4     | part  |
        """,
    )
    expect(leavers.all_leavers(left), "| unit | value |")


def test_staff_that_a_rate_and_leavers_make():
    """The leavers divided by the turnover rate of the same time: how many staff there would be.

    An estimate: whether the two count the same people is for the source to say.
    """
    rates = table(
        """
        | scope | span       | span_from  | as_at      | value | paragraph |
        | All   | whole year | 2015-04-01 | 2016-03-31 | 18.44 | 12        |
        """,
        dataset="turnover",
    ).assign(measure="turnover_rate_published")
    left = leaving(
        table(
            """
            | unit | span_from  | as_at      | value | paragraph |
            | All  | 2015-04-01 | 2016-03-31 | 13    | 15        |
            | All  | 2014-04-01 | 2015-03-31 | 20    | 15        |
            """,
            dataset="leavers",
        )
    )
    expect(
        turnover.staff_implied(rates, leavers.all_leavers(left)),
        """
        | stretch                       | measure                 | value | status | paragraph |
        | 1 April 2015 to 31 March 2016 | leavers                 | 13    |        | 15        |
        | 1 April 2015 to 31 March 2016 | turnover_rate_published | 18.44 |        | 12        |
        | 1 April 2015 to 31 March 2016 | staff_implied           | 70.5  | e      | 12; 15    |
        """,
    )


def test_length_of_service():
    """The share with at least so many years stands as published, with what the source calls it.

    It is not the textbook's stability index, and nothing is worked out from it.
    """
    shares = table(
        """
        | scope | at_least_years | called          | value |
        | Staff | 5              | stability index | 32.43 |
        | Staff | 1              | stability index | 83.78 |
        """,
        dataset="length-of-service",
    ).assign(measure="share_with_service_published")
    shares["at_least_years"] = shares["at_least_years"].astype(float)
    expect(
        service.shares_with_service(shares),
        """
        | service         | called          | value | numerator | denominator |
        | 1 year or more  | stability index | 83.78 |           |             |
        | 5 years or more | stability index | 32.43 |           |             |
        """,
    )


def test_of_how_many_a_printed_share_can_be():
    """Shares of one workforce, printed without its size, are whole people of few numbers only.

    A number and its share leave fewer still. Where rounding gives none, cutting off may.
    """
    shares = [PrintedShare(83.78, 2), PrintedShare(59.5, 1), PrintedShare(32.43, 2)]
    assert common_bases(shares).bases == (37, 74)
    of_41 = bases_of_count(41, PrintedShare(52.5, 1))
    assert (of_41.bases, of_41.cut_off) == ((78,), True)
    assert bases_of_count(12, PrintedShare(32.43, 2)).bases == (37,)


def test_recruited_beside_leavers():
    """Recruited and left are set side by side for the same time; one alone has an ``x`` beside it."""
    recruited = table(
        """
        | subject | span_from  | as_at      | measure           | value |
        | New     | 2015-04-01 | 2016-03-31 | workers_recruited | 10    |
        | New     | 2018-01    | 2019-01-21 | workers_recruited | 26    |
        | Back    |            | 2019-01-21 | workers_returned  | 3     |
        """,
        dataset="recruitment",
    )
    left = leaving(
        table(
            """
            | unit | span_from  | as_at      | value |
            | All  | 2015-04-01 | 2016-03-31 | 13    |
            | All  | 2014-04-01 | 2015-03-31 | 20    |
            """,
            dataset="leavers",
        )
    )
    expect(
        recruitment.recruited_and_left(recruited, leavers.all_leavers(left)),
        """
        | stretch                         | measure                | value | status |
        | 1 April 2015 to 31 March 2016   | workers_recruited      | 10    |        |
        | 1 April 2015 to 31 March 2016   | leavers                | 13    |        |
        | 1 April 2015 to 31 March 2016   | recruited_less_leavers | -3    |        |
        | January 2018 to 21 January 2019 | workers_recruited      | 26    |        |
        | January 2018 to 21 January 2019 | leavers                |       | x      |
        | 1 April 2014 to 31 March 2015   | workers_recruited      |       | x      |
        | 1 April 2014 to 31 March 2015   | leavers                | 20    |        |
        """,
    )
    expect(
        recruitment.without_stretch(recruited),
        """
        | subject | stretch    | value |
        | Back    | not stated | 3     |
        """,
    )


def test_time_to_recruit():
    """A time that is aimed at and a time that is reached stand apart; neither is taken for the other."""
    times = table(
        """
        | subject            | span_from | measure | value | high | status | nature |
        | Interview to start |           | days    | 60    |      |        | target |
        | Clearance          |           | weeks   |       | 3    | e      | actual |
        """,
        dataset="recruitment",
    )
    expect(
        recruitment.times_and_targets(times),
        """
        | subject            | counted_in | figure   | value | high | status |
        | Interview to start | days       | Aimed at | 60    |      |        |
        | Interview to start | days       | As it is |       |      | x      |
        | Clearance          | weeks      | Aimed at |       |      | x      |
        | Clearance          | weeks      | As it is |       | 3    | e      |
        """,
    )
