"""What the five councils' packs must state of those who leave, stay, and are referred."""

import pytest

from scrutiny_pack.measures import (
    commitments,
    experience,
    leavers,
    newly_qualified,
    pay,
    qualifications,
    recruitment,
    referrals,
    service,
    turnover,
)
from scrutiny_pack.periods import Period
from tests.published import DATA, PERIODS, published
from tests.spec.tables import expect


def test_darlington_turnover_at_year_ends_with_its_comparators():
    made = turnover.year_ends(published("darlington", "turnover"))
    expect(
        made[made["year_end"] == "31 March 2016"],
        """
        | scope                     | value | paragraph |
        | Children's social workers | 18.44 | 12        |
        | Children's services       | 12.99 | 12        |
        | The council               | 15.02 | 12        |
        """,
    )
    assert list(made.loc[made["as_at"] == "2015-03-31", "status"]) == ["x", "x", "x"]


def test_darlington_turnover_of_the_same_months():
    made = turnover.part_years(published("darlington", "turnover"))
    expect(
        turnover.longest_pattern(made),
        """
        | stretch                 | value | paragraph |
        | 1 April to 31 July 2013 | 13.56 | 14        |
        | 1 April to 31 July 2014 | 8.26  | 14        |
        | 1 April to 31 July 2015 | 2.74  | 14        |
        | 1 April to 31 July 2016 | 10.67 | 14        |
        """,
    )


def test_darlington_leavers():
    rows = published("darlington", "leavers")
    made = leavers.leavers_by_group(rows)
    front_line = made[made["unit"] == "Front line / fieldwork"]
    expect(
        front_line,
        """
        | measure          | value | numerator | denominator | paragraph |
        | leavers          | 9     |           |             | 15        |
        | share_of_leavers | 69.2  | 9         | 13          | 15        |
        """,
    )
    since_april = made[
        (made["as_at"] == "2016-07-31") & (made["measure"] == "share_of_leavers")
    ]
    assert set(since_april["status"]) == {"u"}
    assert since_april["value"].isna().all()
    reasons = leavers.reasons(rows)
    assert list(reasons["status"]) == ["x", "x"]


def test_darlington_leavers_and_rates_do_not_go_together():
    left = leavers.all_leavers(published("darlington", "leavers"))
    made = turnover.staff_implied(published("darlington", "turnover"), left)
    expect(
        made[made["measure"] == "staff_implied"],
        """
        | stretch                       | value | status | paragraph |
        | 1 April 2015 to 31 March 2016 | 70.5  | e      | 12; 15    |
        | 1 April to 31 July 2016       | 56.2  | e      | 14        |
        """,
    )


def test_darlington_length_of_service_stays_as_printed():
    expect(
        service.shares_with_service(published("darlington", "length-of-service")),
        """
        | service         | called                           | value | as_published |
        | 1 year or more  | stability index (retention rate) | 83.78 | 83.78%       |
        | 2 years or more | stability index (retention rate) | 59.5  | 59.5%        |
        | 5 years or more | stability index (retention rate) | 32.43 | 32.43%       |
        """,
    )


def test_darlington_newly_qualified():
    made = newly_qualified.stages(
        published("darlington", "newly-qualified"), Period.parse("2016-07-31")
    )
    expect(
        made[made["measure"] == "workers_who_could"],
        """
        | stage                  | value | low | high |
        | completed              |       | 13  | 18   |
        | deferred               | 19    |     |      |
        | left before completing | 19    |     |      |
        | left after completing  |       | 13  | 18   |
        | stayed                 |       | 7   | 18   |
        """,
    )
    stayed = made[(made["stage"] == "stayed") & (made["measure"] != "share_of_cohort")]
    expect(
        stayed[stayed["measure"].str.startswith("share")],
        """
        | measure            | value | numerator | denominator | as_published | paragraph |
        | share_published    | 53    |           |             | 53%          | 35        |
        | share_of_completed | 53.8  | 7         | 13          |              | 35; 34    |
        """,
    )


def test_darlington_experience_by_service():
    made = experience.shares_by_band(published("darlington", "experience"))
    total = made[made["unit"] == "Total"]
    expect(
        total,
        """
        | column            | figures         | value | numerator | denominator |
        | Less than 2 years | worked out here | 7.35  | 5         | 68          |
        | 2-5 years         | worked out here | 26.47 | 18        | 68          |
        | 5-10 years        | worked out here | 38.24 | 26        | 68          |
        | 10 years or more  | worked out here | 27.94 | 19        | 68          |
        | Less than 2 years | as published    | 7.35  |           |             |
        | 2-5 years         | as published    | 26.47 |           |             |
        | 5-10 years        | as published    | 38.24 |           |             |
        | 10 years or more  | as published    | 27.94 |           |             |
        """,
    )
    assert set(made.loc[made["unit"] == "IRO service", "status"]) == {"u"}


def test_darlington_averages_and_what_is_blank():
    made = experience.workers_by_band(published("darlington", "experience"))
    expect(
        made[made["measure"] == "average_years"],
        """
        | unit                    | value | status |
        | Front line / field work | 6.35  |        |
        | Specialist services     | 9.45  |        |
        | IRO service             | 11.62 |        |
        | Total                   |       | x      |
        """,
    )


def test_darlington_qualifications_and_study():
    rows = published("darlington", "qualifications")
    held = qualifications.qualifications_held(rows)
    counts = held[held["measure"] == "qualifications"].set_index("unit")["value"]
    assert counts["Masters degrees"] == 14
    assert counts["Degrees"] == 42
    assert qualifications.without_class(rows) == [("Degrees", 35, 42)]
    study = qualifications.study_and_training(rows)
    expect(
        study[study["breakdown"] == "Study after qualifying"],
        """
        | counted_in | value | as_published | paragraph |
        | workers    | 41    | 41           | 32        |
        | per cent   | 52.5  | 52.5%        | 32        |
        """,
    )


def test_leeds_referrals_worked_out_beside_the_printed_shares():
    made = referrals.funnel(published("leeds", "referrals"))
    shares = made[made["measure"].str.startswith("share_of_referrals")]
    expect(
        shares,
        """
        | stage              | measure                      | value | denominator |
        | Initial assessment | share_of_referrals_published | 47    |             |
        | Initial assessment | share_of_referrals           | 47.4  | 11223       |
        | Core assessment    | share_of_referrals_published | 9     |             |
        | Core assessment    | share_of_referrals           | 8.6   | 11223       |
        | Care plan          | share_of_referrals_published | 4     |             |
        | Care plan          | share_of_referrals           | 3.6   | 11223       |
        """,
    )
    assert "No further action" not in set(made["stage"])


def test_leeds_referrals_that_appear_nowhere():
    made = referrals.beside_the_funnel(published("leeds", "referrals"))
    counts = made[made["measure"] == "referrals"].set_index("stage")["value"]
    assert counts.to_dict() == {"No further action": 136, referrals.IN_NEITHER: 5770}


def test_leeds_children_and_cases_keep_about_and_up_to():
    expect(
        referrals.children_and_cases(published("leeds", "cases")),
        """
        | unit                                                | among          | value | high | status | as_published                |
        | All live cases                                      | not stated     | 6000  |      | e      | about 6,000                 |
        | Children in care                                    | All live cases | 1300  |      | e      | Around 1,300                |
        | Children receiving respite care                     | All live cases | 200   |      | e      | approximately a further 200 |
        | Children on the Child Protection Register           | not stated     | 300   |      | e      | About 300                   |
        | New cases picked up and allocated to social workers | not stated     |       | 800  | e      | up to 800                   |
        """,
    )


def test_leeds_pay_against_nine_authorities():
    made = pay.beside_others(published("leeds", "pay"))
    assert made["authority"].nunique() == 9
    wakefield = made[(made["authority"] == "Wakefield") & (made["aspect"] == "Maximum")]
    assert list(wakefield["by"]) == ["4 scale points"]
    assert list(made.loc[made["council_is"] == "the same", "authority"]) == ["Bradford"]


def test_dorset_recruited_with_leavers_not_known():
    rows = published("dorset", "recruitment")
    left = leavers.all_leavers(published("dorset", "leavers"))
    expect(
        recruitment.recruited_and_left(rows, left),
        """
        | stretch                         | measure           | value | status | paragraph |
        | January 2018 to 21 January 2019 | workers_recruited | 26    |        | 2.3       |
        | January 2018 to 21 January 2019 | leavers           |       | x      | 2.3       |
        """,
    )
    expect(
        recruitment.times_and_targets(rows),
        """
        | counted_in | figure   | value | status |
        | days       | Aimed at | 60    |        |
        | days       | As it is |       | x      |
        """,
    )


@pytest.mark.parametrize(
    ("council", "shown"),
    [
        ("darlington", {"R4": 10.67, "C2": 41, "E3": 26, "E5": 3}),
        ("dorset", {"C1": 16.7, "C2": 26}),
        ("leeds", {}),
    ],
)
def test_what_the_evidence_shows_of_commitments(council, shown):
    folder = DATA / council / PERIODS[council]
    names = [path.stem for path in sorted(folder.glob("*.csv"))]
    datasets = {name: published(council, name) for name in names}
    made = commitments.shown_now(datasets["commitments"], datasets)
    assert made.drop_duplicates("ref").set_index("ref")["value"].to_dict() == shown


@pytest.mark.parametrize(
    "measured",
    [
        lambda c: turnover.year_ends(published(c, "turnover")),
        lambda c: turnover.part_years(published(c, "turnover")),
        lambda c: leavers.leavers_by_group(published(c, "leavers")),
        lambda c: leavers.reasons(published(c, "leavers")),
        lambda c: service.shares_with_service(published(c, "length-of-service")),
        lambda c: newly_qualified.stages(
            published(c, "newly-qualified"), Period.parse("2013")
        ),
        lambda c: recruitment.times_and_targets(published(c, "recruitment")),
        lambda c: recruitment.without_stretch(published(c, "recruitment")),
        lambda c: experience.workers_by_band(published(c, "experience")),
        lambda c: experience.shares_by_band(published(c, "experience")),
        lambda c: qualifications.qualifications_held(published(c, "qualifications")),
        lambda c: qualifications.study_and_training(published(c, "qualifications")),
        lambda c: referrals.funnel(published(c, "referrals")),
        lambda c: referrals.beside_the_funnel(published(c, "referrals")),
        lambda c: referrals.children_and_cases(published(c, "cases")),
    ],
)
def test_without_rows_there_is_nothing(measured):
    assert measured("herefordshire").empty
