"""What the printed figures of a table should add up to: a table in, residuals out."""

import pandas as pd
import pytest

from scrutiny_pack.inputs import arithmetic
from scrutiny_pack.inputs.arithmetic import identities
from scrutiny_pack.inputs.schemas import dataset_names, dataset_schema
from scrutiny_pack.measures.definitions import measures

from .small_tables import table


def found(dataset: str, identity: str, text: str) -> pd.DataFrame:
    frame = identities(dataset, table(dataset, text))
    return frame[frame["identity"] == identity].reset_index(drop=True)


def one(dataset: str, identity: str, text: str) -> pd.Series:
    frame = found(dataset, identity, text)
    assert len(frame) == 1
    return frame.loc[0]


# --- Parts and their total -----------------------------------------------------------


def test_parts_that_add_up():
    row = one("posts", arithmetic.PARTS, """
        unit             | part_of          | basis | value | as_published
        Team A           | Total front line | fte   | 5.81  | 5.81
        Team B           | Total front line | fte   | 5     | 5.00
        Total front line |                  | fte   | 10.81 | 10.81
    """)  # fmt: skip
    assert (row["stated"], row["computed"], row["residual"]) == (10.81, 10.81, 0)
    assert row["line"] == 4
    assert row["in_words"] == (
        "Total front line, FTE, in post: the 2 parts make 10.81, "
        "and the total is printed as 10.81"
    )


def test_parts_that_do_not_add_up():
    row = one("posts", arithmetic.PARTS, """
        unit             | part_of | basis | value | as_published
        Adoption         | Total   | fte   | 10.64 | 10.64
        Lifestages       | Total   | fte   | 5.61  | 5.61
        Looked After     | Total   | fte   | 8.61  | 8.61
        Family Services  | Total   | fte   | 6.31  | 6.31
        Total            |         | fte   | 31.16 | 31.16
    """)  # fmt: skip
    assert row["residual"] == -0.01
    assert row["by_how_much"] == "0.01"
    assert row["in_words"] == (
        "Total, FTE, in post: the 4 parts make 31.17, and the total is printed as 31.16"
    )


def test_blank_parts_count_as_nothing_and_the_sentence_says_so():
    row = one("posts", arithmetic.PARTS, """
        unit   | part_of | value | status
        Team A | Total   | 6     |
        Team B | Total   |       | x
        Team C | Total   |       | z
        Total  |         | 6     |
    """)  # fmt: skip
    assert row["residual"] == 0
    assert row["in_words"] == (
        "Total, headcount, in post: the 3 parts make 6, with 2 blank counted as "
        "nothing, and the total is printed as 6"
    )


@pytest.mark.parametrize(
    ("value", "low", "status"),
    [("6", "", "e"), ("", "5", "e"), ("", "", "c"), ("", "", "c k")],
)
def test_nothing_is_made_of_estimates_ranges_or_hidden_figures(value, low, status):
    assert found("posts", arithmetic.PARTS, f"""
        unit   | part_of | value   | low   | status
        Team A | Total   | 6       |       |
        Team B | Total   | {value} | {low} | {status}
        Total  |         | 6       |       |
    """).empty  # fmt: skip


def test_nothing_is_made_of_parts_that_are_all_blank():
    assert found("posts", arithmetic.PARTS, """
        unit   | part_of | value | status
        Team A | Total   |       | x
        Total  |         | 6     |
    """).empty  # fmt: skip


def test_each_measure_basis_date_and_breakdown_adds_up_by_itself():
    frame = found("posts", arithmetic.PARTS, """
        breakdown | unit   | part_of | measure   | basis     | as_at | value
        Teams     | Team A | Total   | in_post   | headcount | 2016  | 1
        Teams     | Team A | Total   | vacancies | headcount | 2016  | 2
        Teams     | Team A | Total   | in_post   | fte       | 2016  | 0.5
        Teams     | Team A | Total   | in_post   | headcount | 2015  | 4
        Roles     | Team A | Total   | in_post   | headcount | 2016  | 5
        Teams     | Total  |         | in_post   | headcount | 2016  | 1
        Teams     | Total  |         | vacancies | headcount | 2016  | 2
        Teams     | Total  |         | in_post   | fte       | 2016  | 0.5
        Teams     | Total  |         | in_post   | headcount | 2015  | 4
        Roles     | Total  |         | in_post   | headcount | 2016  | 5
    """)  # fmt: skip
    assert frame["residual"].tolist() == [0, 0, 0, 0, 0]
    assert frame["computed"].tolist() == [1, 2, 0.5, 4, 5]
    assert frame.loc[0, "in_words"] == (
        "Teams, Total, headcount, 2016, in post: its one part makes 1, "
        "and the total is printed as 1"
    )


def test_bands_add_up_over_the_teams():
    frame = found("caseload-bands", arithmetic.PARTS, """
        unit   | part_of | band       | measure | value
        Team A | Total   | 18 or less | workers | 5
        Team B | Total   | 18 or less | workers | 6
        Total  |         | 18 or less | workers | 12
    """)  # fmt: skip
    assert frame["residual"].tolist() == [1]
    assert frame.loc[0, "in_words"].startswith("Total, 18 or less, headcount, workers:")


def test_averages_and_shares_are_not_added_up():
    assert found("experience", arithmetic.PARTS, """
        unit   | part_of | measure         | value
        Team A | Total   | average_years   | 5
        Team A | Total   | share_published | 5
        Total  |         | average_years   | 7
        Total  |         | share_published | 7
    """).empty  # fmt: skip


def test_what_is_added_up_are_counts_and_money():
    structured = [
        name
        for name in dataset_names()
        if "part_of" in dataset_schema(name).column_names or name == "referrals"
    ]
    used = {name for dataset in structured for name in dataset_schema(dataset).measures}
    counts = {name for name in used if measures()[name].kind in ("count", "money")}
    assert counts == arithmetic.ADDED_UP


def test_float_noise_is_no_difference():
    row = one("posts", arithmetic.PARTS, """
        unit   | part_of | value
        Team A | Total   | 0.1
        Team B | Total   | 0.2
        Total  |         | 0.3
    """)  # fmt: skip
    assert row["residual"] == 0


# --- A part within its whole ---------------------------------------------------------


def test_a_part_that_is_smaller_than_its_whole():
    row = one("leavers", arithmetic.WITHIN, """
        unit            | within     | measure | value | as_published
        Front line      |            | leavers | 9     | 9
        Social workers  | Front line | leavers | 5     | five
    """)  # fmt: skip
    assert row["residual"] == 0
    assert row["in_words"] == (
        "Social workers, headcount, leavers: printed as 5, "
        "and Front line, of which this is one part, as 9"
    )


def test_a_part_that_is_larger_than_its_whole():
    row = one("leavers", arithmetic.WITHIN, """
        unit            | within     | measure | value
        Front line      |            | leavers | 9
        Social workers  | Front line | leavers | 11
    """)  # fmt: skip
    assert (row["stated"], row["computed"], row["residual"]) == (11, 9, 2)


# --- In post, vacant and the establishment ------------------------------------------


def test_in_post_and_vacant_are_the_establishment():
    row = one("posts", arithmetic.ESTABLISHMENT, """
        unit   | measure        | basis | value | as_published
        Team D | establishment  | fte   | 9.2   | 9.20
        Team D | in_post        | fte   | 6.23  | 6.23
        Team D | vacancies      | fte   | 3     | 3.00
    """)  # fmt: skip
    assert (row["stated"], row["computed"], row["residual"]) == (9.2, 9.23, -0.03)
    assert (row["line"], row["paragraph"]) == (2, "22")
    assert row["in_words"] == (
        "Team D, FTE: in post 6.23 and vacant 3.00 make 9.23, "
        "and the establishment is printed as 9.20"
    )


def test_permanent_staff_stand_in_for_staff_in_post():
    row = one("posts", arithmetic.ESTABLISHMENT, """
        unit            | measure        | value | as_published
        Service Manager | establishment  | 6     | 6.00
        Service Manager | permanent      | 4     | 4.00
        Service Manager | agency_workers | 2     | 2.00
        Service Manager | vacancies      | 0     | 0.00
    """)  # fmt: skip
    assert row["residual"] == 2
    assert row["in_words"] == (
        "Service Manager, headcount: permanent 4.00 and vacant 0.00 make 4.00 (agency "
        "workers, 2.00, are not counted), and the establishment is printed as 6.00"
    )


def test_bases_do_not_mix():
    assert found("posts", arithmetic.ESTABLISHMENT, """
        unit   | measure        | basis     | value
        Team D | establishment  | posts     | 9
        Team D | in_post        | headcount | 6
        Team D | vacancies      | fte       | 3
    """).empty  # fmt: skip


# --- Permanent and agency workers together -------------------------------------------


def test_permanent_and_agency_workers_together():
    row = one("posts", arithmetic.AGENCY, """
        unit    | measure            | basis      | value
        Workers | in_post_and_agency | not stated | 339
        Workers | permanent          | not stated | 221
        Workers | agency_workers     | not stated | 118
    """)  # fmt: skip
    assert row["residual"] == 0
    assert row["in_words"] == (
        "Workers: permanent 221 and agency workers 118 make 339, "
        "and both together are printed as 339"
    )


# --- Bands ---------------------------------------------------------------------------


def test_bands_and_the_total_of_their_row():
    row = one("caseload-bands", arithmetic.BANDS, """
        unit   | band       | measure | value | status
        Team B | 18 or less | workers | 6     |
        Team B | 19 to 24   | workers |       | x
        Team B | 25 or more | workers | 2     |
        Team B | all        | workers | 9     |
    """)  # fmt: skip
    assert row["residual"] == 1
    assert row["in_words"] == (
        "Team B, headcount, workers: the 3 bands make 8, with 1 blank counted as "
        "nothing, and the total is printed as 9"
    )


# --- Shares --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "printed", "residual"),
    [
        ("7.41", "7.41%", 0),
        ("7.4", "7.4%", 0),
        ("7", "7%", 0),
        ("7.40", "7.40%", -0.01),
        ("8", "8%", 1),
    ],
)
def test_a_share_to_the_decimals_printed(share, printed, residual):
    row = one("caseload-bands", arithmetic.SHARE, f"""
        unit  | band       | measure         | value   | as_published
        Total | 25 or more | workers         | 4       | 4
        Total | all        | workers         | 54      | 54
        Total | 25 or more | share_published | {share} | {printed}
    """)  # fmt: skip
    assert row["residual"] == residual


def test_a_share_that_is_not_what_its_numbers_make_it():
    row = one("newly-qualified", arithmetic.SHARE, """
        unit      | within    | measure         | stage     | value | as_published
        Completed |           | workers         | completed | 13    | 13
        Stayed    | Completed | workers         | stayed    | 7     | 7
        Stayed    | Completed | share_published | stayed    | 53    | 53%
    """)  # fmt: skip
    assert row["residual"] == -1
    assert row["in_words"] == "Stayed, headcount: 7 of 13 is 54%, and 53% is printed"
    assert row["by_how_much"] == "1 percentage point"


def test_halves_are_rounded_up():
    row = one("referrals", arithmetic.SHARE, """
        stage    | stage_kind | step | measure                      | value
        Referral | stage      | 1    | referrals                    | 40
        Core     | stage      | 2    | referrals                    | 23
        Core     | stage      | 2    | share_of_referrals_published | 58
    """)  # fmt: skip
    assert row["residual"] == 0


def test_without_a_total_the_bands_are_the_base():
    row = one("experience", arithmetic.SHARE, """
        unit  | band     | measure         | value | as_published
        Total | 0-2      | workers         | 5     | 5
        Total | 2-5      | workers         | 18    | 18
        Total | 5 years  | workers         | 45    | 45
        Total | 0-2      | share_published | 7.35  | 7.35%
    """)  # fmt: skip
    assert row["in_words"].startswith("Total, 0-2, headcount: 5 of 68 is 7.35%")


def test_a_share_whose_numbers_are_not_there():
    assert found("caseload-bands", arithmetic.SHARE, """
        unit  | band       | measure         | value
        Total | 25 or more | share_published | 8
        Total | all        | workers         | 54
    """).empty  # fmt: skip


def test_a_share_of_nobody():
    assert found("caseload-bands", arithmetic.SHARE, """
        unit  | band       | measure         | value
        Total | 25 or more | share_published | 8
        Total | 25 or more | workers         | 0
        Total | all        | workers         | 0
    """).empty  # fmt: skip


@pytest.mark.parametrize(
    ("last", "residual"), [("7.41%", 0), ("7.40%", 0), ("7.43%", 0.03)]
)
def test_shares_make_100_as_nearly_as_rounding_lets_them(last, residual):
    row = one("caseload-bands", arithmetic.HUNDRED, f"""
        unit  | band       | measure         | value           | as_published
        Total | 18 or less | share_published | 75.93           | 75.93%
        Total | 19 to 24   | share_published | 16.67           | 16.67%
        Total | 25 or more | share_published | {last[:-1]}     | {last}
    """)  # fmt: skip
    assert row["residual"] == residual
    assert row["in_words"] == f"Total, Teams: the 3 shares make {row['stated']:.2f}%"


# --- Referrals -----------------------------------------------------------------------

FUNNEL = """
    stage           | stage_kind | step | measure   | value | as_published
    Referral        | stage      | 1    | referrals | 11223 | 11,223
    Care plan       | stage      | 3    | referrals | 401   | 401
    Core assessment | stage      | 2    | referrals | {core}| {core}
    No action       | outcome    |      | referrals | 99999 | 99,999
"""


def test_stages_never_grow():
    frame = found("referrals", arithmetic.FUNNEL, FUNNEL.format(core=960))
    assert frame["residual"].tolist() == [0, 0]
    assert frame.loc[1, "in_words"] == (
        "Core assessment, headcount: printed as 960, "
        "and the stage before, Referral, as 11,223"
    )


def test_a_stage_that_grows():
    frame = found("referrals", arithmetic.FUNNEL, FUNNEL.format(core=400))
    assert frame.set_index("unit")["residual"].to_dict() == {
        "Care plan": 1,
        "Core assessment": 0,
    }


# --- FTE and headcount ---------------------------------------------------------------


@pytest.mark.parametrize(("fte", "residual"), [("8.81", 0), ("9", 0), ("9.5", 0.5)])
@pytest.mark.parametrize("basis", ["headcount", "posts"])
def test_nobody_is_more_than_one_full_time_equivalent(fte, residual, basis):
    row = one("posts", arithmetic.FTE, f"""
        unit   | measure | basis   | value
        Team A | in_post | {basis} | 9
        Team A | in_post | fte     | {fte}
    """)  # fmt: skip
    assert row["residual"] == residual
    assert row["line"] == 3


# --- The table of identities ---------------------------------------------------------


def test_over_and_under_establishment_is_no_identity():
    frame = identities("posts", table("posts", """
        unit   | measure                  | value
        Team A | establishment            | 6
        Team A | over_under_establishment | -3
    """))  # fmt: skip
    assert frame.empty


@pytest.mark.parametrize("dataset", ["posts", "turnover"])
def test_a_table_without_identities_still_has_its_columns(dataset):
    text = "scope | span | measure | value\nall | not stated | {} | 5"
    rows = {
        "posts": "unit | value\nTeam A | 5",
        "turnover": text.format("turnover_rate_published"),
    }
    frame = identities(dataset, table(dataset, rows[dataset]))
    assert frame.empty
    assert frame.columns.tolist() == list(arithmetic.COLUMNS)
    assert frame["residual"].dtype == "float64"


def test_the_table_is_not_changed():
    frame = table("posts", "unit | value\nTeam A | 5")
    before = frame.copy()
    identities("posts", frame)
    pd.testing.assert_frame_equal(frame, before)
