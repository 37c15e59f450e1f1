"""How figures become columns of a spreadsheet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence.grid import Cell, Grid, Row
from scrutiny_pack.evidence.items import Column
from scrutiny_pack.formats.sheet_cells import (
    SheetColumn,
    distinct,
    figure_columns,
    sheet_columns,
)


def figure(value=None, low=None, high=None, status=""):
    return Cell("", True, value, low, high, tuple(status.split()))


def columns(*cells):
    return {c.heading: c.cells for c in figure_columns("In post", cells, 1)}


def test_numbers_alone_are_one_column():
    assert columns(figure(7.0), figure(0.0)) == {"In post": (7.0, 0.0)}


def test_shorthand_stands_in_the_place_of_a_number_and_needs_no_column():
    found = columns(figure(7.0), figure(status="c"), figure(status="x"))
    assert found == {"In post": (7.0, "[c]", "[x]")}


def test_a_status_beside_a_number_gets_a_column_of_its_own():
    assert columns(figure(7.0, status="r p"), figure(8.0), figure(status="x")) == {
        "In post": (7.0, 8.0, "[x]"),
        "In post, status": ("[r] [p]", "", ""),
    }


def test_the_ends_of_a_range_get_columns_and_every_gap_its_reason():
    assert columns(
        figure(low=3.0, high=5.0, status="e"),
        figure(low=3.0),
        figure(high=8.0),
        figure(7.0),
        figure(22.0, 15.0, 30.0),
        figure(status="c"),
    ) == {
        "In post": ("[x]", "[x]", "[x]", 7.0, 22.0, "[c]"),
        "In post, low end": (3.0, 3.0, "[x]", "[z]", 15.0, "[c]"),
        "In post, high end": (5.0, "[x]", 8.0, "[z]", 30.0, "[c]"),
        "In post, status": ("[e]", "", "", "", "", ""),
    }


def test_ranges_alone_need_no_column_of_single_figures():
    assert columns(figure(low=3.0, high=5.0), figure(status="x")) == {
        "In post, low end": (3.0, "[x]"),
        "In post, high end": (5.0, "[x]"),
    }


def test_a_figure_without_a_number_or_a_reason_is_refused():
    with pytest.raises(EvidenceError, match="neither a number nor a status"):
        columns(figure(7.0), figure())


NUMBER = st.none() | st.floats(-1e6, 1e6)
CELL = st.builds(
    figure, NUMBER, NUMBER, NUMBER, st.sampled_from(["c", "x", "r", "p e", "z"])
)


@settings(deadline=None)
@given(st.lists(CELL, min_size=1, max_size=8))
def test_a_column_of_numbers_holds_numbers_or_shorthand_and_is_never_blank(cells):
    for column in figure_columns("A", cells, None):
        assert len(column.cells) == len(cells)
        if column.holds == "numbers":
            texts = [cell for cell in column.cells if isinstance(cell, str)]
            assert all(text.startswith("[") for text in texts)
            assert not column.has_blanks


@settings(deadline=None)
@given(st.lists(CELL, min_size=1, max_size=8))
def test_no_number_and_no_status_is_lost(cells):
    made = {c.heading: c.cells for c in figure_columns("A", cells, None)}
    for row, cell in enumerate(cells):
        beside = {name: texts[row] for name, texts in made.items()}
        for heading, is_ in (
            ("A", cell.value),
            ("A, low end", cell.low),
            ("A, high end", cell.high),
        ):
            if is_ is not None:
                assert beside[heading] == is_
        told = " ".join(text for text in beside.values() if isinstance(text, str))
        assert all(f"[{letter}]" in told for letter in cell.status)


def test_the_heading_above_comes_after_a_comma_in_one_row_of_headings():
    grid = Grid(
        groups=(("", 1), ("Headcount", 1), ("FTE", 1)),
        columns=(
            Column(key=("unit",), label="Team", is_text=True),
            Column(key=("a",), label="Vacant", group="Headcount", decimals=0),
            Column(key=("b",), label="Vacant", group="FTE", decimals=2),
        ),
        rows=(Row((Cell("A", False), figure(1.0), figure(1.25)), "part"),),
    )
    assert [c.heading for c in sheet_columns(grid)] == [
        "Team",
        "Vacant, headcount",
        "Vacant, FTE",
    ]
    assert [c.places for c in sheet_columns(grid)] == [(), (0,), (2,)]


def test_headings_that_excel_takes_for_one_are_numbered():
    made = distinct(
        [SheetColumn(name, ()) for name in ("Team", "team", "TEAM", "Role")]
    )
    assert [c.heading for c in made] == ["Team", "team (2)", "TEAM (3)", "Role"]
