"""Totals, gaps and latest dates of a published table."""

from scrutiny_pack.measures.structure import (
    as_key_figure,
    latest,
    row_names,
    with_gaps_stated,
    with_levels,
)
from tests.spec.tables import expect, table

ROWS = """
    | unit   | part_of    | measure   | as_at   | value |
    | Team A | Front line | vacancies | 2017-10 | 1     |
    | Front line | Total  | vacancies | 2017-10 | 1     |
    | Total  |            | vacancies | 2017-10 | 2     |
    | Apart  |            | vacancies | 2018    | 1     |
"""


def test_totals_subtotals_and_parts():
    made = with_levels(table(ROWS))
    assert made["level"].tolist() == ["part", "subtotal", "total", "part"]


def test_the_latest_date_is_the_one_that_ends_last():
    assert latest(table(ROWS))["unit"].tolist() == ["Apart"]
    assert latest(table(ROWS).iloc[:0]).empty


def test_a_column_names_rows_only_if_it_tells_them_apart():
    rows = table(ROWS)
    assert row_names(rows, "unit", "breakdown", "as_at") == ("unit", "as_at")
    assert row_names(rows.iloc[:1], "unit", "as_at") == ("unit",)


def test_a_gap_says_that_it_is_one():
    rows = table("""
        | unit | measure        | value | paragraph |
        | Then | agency_workers | 38    | 2.3       |
        | Now  | agency_workers | 18    | 2.3       |
        | Now  | vacancies      | 27.5  | 2.4       |
    """)
    expect(
        with_gaps_stated(rows, ["unit"], ["measure"]),
        """
        | unit | measure        | value | status | paragraph |
        | Then | agency_workers | 38    |        | 2.3       |
        | Now  | agency_workers | 18    |        | 2.3       |
        | Now  | vacancies      | 27.5  |        | 2.4       |
        | Then | vacancies      |       | x      | 2.3       |
        """,
    )
    gaps = with_gaps_stated(rows, ["unit"], ["measure"], letter="z")
    assert gaps["status"].tolist()[-1] == "z"
    assert with_gaps_stated(rows.iloc[:0], ["unit"], ["measure"]).empty


def test_a_key_figure_is_one_row_with_its_own_words():
    row = as_key_figure(table(ROWS), "unit")
    assert row["unit"].tolist() == ["Team A"]
    assert "part_of" not in row
    assert as_key_figure(table(ROWS).iloc[:0], "unit").empty
