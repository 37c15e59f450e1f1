"""The long form, laid out as cells; and the data file, written as shown."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence.data_files import read_csv, rounded_as_shown, to_csv
from scrutiny_pack.evidence.grid import grid
from scrutiny_pack.evidence.items import Column, Layout
from scrutiny_pack.observations import FIGURE_COLUMNS, joined, long_form

LAYOUT = Layout(
    rows=("team",),
    spread=("measure", "basis"),
    columns=(
        Column(key=("team",), label="Team", is_text=True),
        Column(
            key=("vacancies", "headcount"),
            label="Vacant",
            group="Headcount",
            decimals=0,
        ),
        Column(key=("vacancies", "fte"), label="Vacant", group="FTE", decimals=2),
    ),
)


def data():
    return long_form(
        pd.DataFrame(
            [
                ("A", "vacancies", "headcount", 6, "", "part"),
                ("A", "vacancies", "fte", 5.805, "", "part"),
                ("B", "vacancies", "headcount", None, "x", "part"),
                ("B", "vacancies", "fte", None, "z", "part"),
                ("All", "vacancies", "headcount", 6, "", "total"),
                ("All", "vacancies", "fte", 5.805, "", "total"),
            ],
            columns=["team", "measure", "basis", "value", "status", "level"],
        )
    )


def test_each_figure_stands_in_the_cell_that_its_keys_name():
    laid = grid(data(), LAYOUT)
    assert [[cell.text for cell in row.cells] for row in laid.rows] == [
        ["A", "6", "5.81"], ["B", "[x]", "[z]"], ["All", "6", "5.81"],
    ]  # fmt: skip
    assert [row.level for row in laid.rows] == ["part", "part", "total"]
    assert laid.groups == (("", 1), ("Headcount", 1), ("FTE", 1))


def test_a_cell_that_no_figure_fills_is_an_error():
    less = data().drop(index=3)
    with pytest.raises(EvidenceError, match="no figure for a cell: row 'B'"):
        grid(less, LAYOUT)


def test_two_figures_for_one_cell_are_an_error():
    twice = pd.concat([data(), data().head(1)])
    with pytest.raises(EvidenceError, match="two figures for one cell: row 'A'"):
        grid(twice, LAYOUT)


def test_a_cell_keeps_the_parts_of_its_figure_apart():
    figures = data()
    figures.loc[0, ["low", "high", "status"]] = [4, 8, "p e"]
    cell = grid(figures, LAYOUT).rows[0].cells[1]
    assert (cell.value, cell.low, cell.high) == (6, 4, 8)
    assert cell.status == ("p", "e")


def test_rows_of_a_list_that_begin_alike_all_stand():
    listed = pd.DataFrame({"what": ["A", "A", "A"], "where": ["1", "2", "2"]})
    columns = (
        Column(key=("what",), label="What", is_text=True),
        Column(key=("where",), label="Where", is_text=True),
    )
    laid = grid(listed, Layout(rows=("what",), spread=(), columns=columns))
    assert [[cell.text for cell in row.cells] for row in laid.rows] == [
        ["A", "1"], ["A", "2"], ["A", "2"],
    ]  # fmt: skip


def test_a_data_file_holds_the_values_as_they_are_shown():
    text = to_csv(rounded_as_shown(data(), LAYOUT))
    assert "A,part,vacancies,fte,5.81," in text
    assert "\r" not in text
    again = read_csv(text)
    assert grid(again, LAYOUT) == grid(data(), LAYOUT).__class__(
        groups=grid(data(), LAYOUT).groups,
        columns=LAYOUT.columns,
        rows=grid(again, LAYOUT).rows,
    )
    assert to_csv(rounded_as_shown(again, LAYOUT)) == text


cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
numbers = st.one_of(st.none(), st.floats(-1e6, 1e6).map(lambda x: round(x, 4)))


@given(st.lists(st.tuples(cells, numbers), min_size=1, max_size=6))
def test_a_data_file_reads_back_what_was_written(rows):
    frame = long_form(
        pd.DataFrame(rows, columns=["team", "value"]).assign(measure="workers")
    )
    layout = Layout(
        rows=("team",), spread=(), columns=(Column(key=(), label="Figure"),)
    )
    again = read_csv(to_csv(rounded_as_shown(frame, layout)))
    assert list(again["team"]) == list(frame["team"])
    pd.testing.assert_series_equal(again["value"], frame["value"], rtol=0, atol=1e-9)


def test_the_long_form_has_every_figure_column_last_and_in_order():
    frame = long_form(pd.DataFrame({"measure": ["workers"], "team": ["A"]}))
    assert tuple(frame.columns) == ("team", *FIGURE_COLUMNS)
    assert frame["value"].isna().all()
    assert frame["status"].iloc[0] == ""


def test_joined_paragraphs_are_named_once_in_order():
    assert joined(["22", "24 (first)", "22; 9", ""]) == "22; 24 (first); 9"
