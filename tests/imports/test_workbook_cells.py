"""What a cell stands for: what is put right, what is refused, and what is said."""

from datetime import time

import pytest

from scrutiny_pack.imports.workbook_cells import plain_number, read_cell
from scrutiny_pack.imports.workbook_file import Cell
from scrutiny_pack.imports.workbook_formats import SINCE_1904
from scrutiny_pack.inputs.cells import CellError
from scrutiny_pack.inputs.schemas import ColumnSchema, dataset_schema

from .filled_workbook import moment

POSTS = dataset_schema("posts")
WHOLE = dataset_schema("evidence-taken").column("participants")


def column(name: str) -> ColumnSchema:
    return WHOLE if name == "participants" else POSTS.column(name)


def cell(value, number_format="General", **more):
    return Cell(6, 8, value, number_format, **more)


@pytest.mark.parametrize(
    ("name", "value", "number_format", "text"),
    [
        ("value", 94.0, "General", "94"),
        ("value", "94", "General", "94"),
        ("value", 87.27, "0.00", "87.27"),
        ("participants", 12.0, "0", "12"),
        ("unit", "Team A", "@", "Team A"),
        ("paragraph", 22.0, "General", "22"),
        ("measure", "in post", "General", "in_post"),
        ("measure", "in_post", "General", "in_post"),
        ("basis", "not stated", "General", "not stated"),
        ("status", "x not available", "General", "x"),
        ("status", "e r", "General", "e r"),
        ("as_at", "2016-07-31", "@", "2016-07-31"),
        ("as_at", "2022-W10", "@", "2022-W10"),
        ("as_at", 2016.0, "General", "2016"),
        ("note", "n/a in the source", "General", "n/a in the source"),
        ("as_published", "-", "General", "-"),
        ("unit", "n/a", "General", "n/a"),
    ],
)
def test_what_needs_no_mending(name, value, number_format, text):
    read = read_cell(cell(value, number_format), column(name))
    assert (read.text, read.remark) == (text, "")


def test_an_empty_cell_that_may_be_empty():
    assert read_cell(None, column("note")).text == ""


@pytest.mark.parametrize(
    ("name", "value", "number_format", "text", "remark"),
    [
        # Spaces, breaks and what cannot be seen
        ("unit", " Team A ", "@", "Team A", "' Team A ' was read as 'Team A'"),
        ("unit", "Team\u00a0A", "@", "Team A", "'Team<U+00A0>A' was read as"),
        ("unit", "Team\nA", "@", "Team A", "was read as 'Team A'"),
        ("unit", "Team A\u200b", "@", "Team A", "was read as 'Team A'"),
        ("paragraph", "22\u00a0", "@", "22", "was read as '22'"),
        # Numbers
        ("value", "1,250", "General", "1250", "'1,250' was read as '1250'"),
        ("value", "26.73%", "General", "26.73", "'26.73%' was read as '26.73'"),
        ("value", "£24,000", "General", "24000", "was read as '24000'"),
        ("value", "(13.20)", "General", "-13.2", "was read as '-13.2'"),
        ("value", "\u221213.2", "General", "-13.2", "was read as '-13.2'"),
        ("value", "94 ", "General", "94", "'94 ' was read as '94'"),
        (
            "value",
            0.2673,
            "0.00%",
            "26.73",
            "0.2673, shown as 26.73%, was read as 26.73",
        ),
        ("value", 0.07, "0%", "7", "0.07, shown as 7%, was read as 7"),
        ("value", 0.2673, "0.00%;[Red]-0.00%", "26.73", "shown as 26.73%"),
        ("value", 87.27, "0", "87.27", "the cell shows 87 and holds 87.27"),
        ("low", "n/a", "General", "", "'n/a' was read as an empty cell"),
        ("participants", "-", "General", "", "'-' was read as an empty cell"),
        # Dates
        ("as_at", moment(2016, 7, 31), "dd/mm/yyyy", "2016-07-31", "31 July 2016"),
        ("as_at", moment(2016, 7, 1), "mmm-yy", "2016-07", "July 2016 was read"),
        ("as_at", moment(2016, 1, 1), "yyyy", "2016", "2016 was read as 2016"),
        ("as_at", 42582.0, "General", "2016-07-31", "Excel's number of a day"),
        ("as_at", "31/07/2016", "@", "2016-07-31", "'31/07/2016' was read as"),
        ("as_at", "1.7.2016", "@", "2016-07-01", "'1.7.2016' was read as"),
        ("as_at", "31st July 2016", "@", "2016-07-31", "was read as '2016-07-31'"),
        ("as_at", "Sept 2016", "@", "2016-09", "'Sept 2016' was read as '2016-09'"),
        ("as_at", "2016-07-31 00:00:00", "@", "2016-07-31", "was read as"),
        ("as_at", "2022-w10", "@", "2022-W10", "'2022-w10' was read as"),
        # Words
        ("basis", "Headcount", "@", "headcount", "'Headcount' was read as"),
        ("measure", "Agency workers", "@", "agency_workers", "was read as"),
        ("status", "X", "@", "x", "'X' was read as 'x'"),
        ("status", "e, r", "@", "e r", "'e, r' was read as 'e r'"),
        ("status", "Confidential", "@", "c", "'Confidential' was read as 'c'"),
        ("part_of", "n/a", "@", "", "'n/a' was read as an empty cell"),
        ("note", "\u2013", "@", "", "was read as an empty cell"),
        # Numbers where text belongs
        (
            "paragraph",
            3.1,
            "General",
            "3.1",
            "the number 3.1 was read as the text '3.1'",
        ),
        ("paragraph", 3.1, "0.00", "3.10", "was read as the text '3.10'"),
        ("as_published", 0.2673, "0.00%", "26.73%", "the text '26.73%'"),
        ("as_published", 24000.0, "£#,##0", "£24,000", "the text '£24,000'"),
    ],
)
def test_what_is_mended_is_said(name, value, number_format, text, remark):
    read = read_cell(cell(value, number_format), column(name))
    assert read.text == text
    assert remark in read.remark


@pytest.mark.parametrize(
    ("name", "value", "number_format", "problem"),
    [
        ("value", "about 6,000", "@", "if 6000 is meant, write 6000"),
        ("value", "10 - 15%", "@", "for a range, write its ends in Low and High"),
        ("value", "1,25", "@", "is not a plain number"),
        ("value", "twelve", "@", "write digits only"),
        ("value", True, "General", "TRUE is a truth value"),
        ("value", moment(2024, 10, 5), "d-mmm", "the cell holds a date (5 October"),
        (
            "value",
            time(12, 30),
            "h:mm",
            "a time of day (12:30); format the cell as a n",
        ),
        ("value", 1e20, "General", "more than 15 digits"),
        ("participants", 12.5, "General", "'12.5' is not a whole number"),
        ("unit", moment(2024, 10, 5), "d-mmm", "as Excel makes one of 5-10; format"),
        ("unit", "", "@", "the cell is empty and must not be"),
        ("unit", "bell\x07", "@", "a character that cannot be shown (U+0007)"),
        ("unit", "lost \ufffd", "@", "cannot be shown (U+FFFD)"),
        ("unit", "x" * 10_001, "@", "shorten it"),
        ("measure", "in posts", "@", "write in post, or another of: establishment"),
        ("basis", 3.0, "General", "'3' is not a choice"),
        ("basis", "", "@", "write one of: headcount, fte"),
        ("as_at", "31 Juli 2016", "@", "is not a date"),
        ("as_at", "31/02/2016", "@", "is not a date"),
        ("as_at", "2016/17", "@", "is not a date"),
        ("as_at", 31072016.0, "General", "is not a date"),
        ("as_at", moment(1905, 7, 8), "dd/mm/yyyy", "if a year is meant"),
        ("as_at", moment(2026, 3, 7), "dd-mmm", "does not show the year"),
        ("status", "q", "@", "is not a status (q is unknown)"),
        ("status", 3.0, "General", "is not a status"),
    ],
)
def test_what_is_not_certain_is_refused(name, value, number_format, problem):
    with pytest.raises(CellError) as error:
        read_cell(cell(value, number_format), column(name))
    assert problem in str(error.value)


@pytest.mark.parametrize("name", ["value", "unit", "as_at", "basis", "note"])
@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_of_excel_is_refused_everywhere(name, text):
    for wrong in (cell(text, error=True, formula=True), cell(text)):
        with pytest.raises(CellError, match="is an error of Excel: put the formula"):
            read_cell(wrong, column(name))


def test_a_formula_without_its_result_is_refused():
    with pytest.raises(CellError, match="open the workbook in Excel, save it"):
        read_cell(cell(None, formula=True), column("value"))


def test_the_result_of_a_formula_is_read_and_said():
    read = read_cell(cell(94.0, formula=True), column("value"))
    assert read.text == "94"
    assert read.remark == "the result of the formula, '94', was read"


def test_a_formula_that_gives_nothing_is_an_empty_cell():
    assert read_cell(cell("", formula=True), column("note")).text == ""


def test_the_day_of_a_number_is_counted_as_the_workbook_counts():
    read = read_cell(cell(41120.0, since=SINCE_1904), column("as_at"))
    assert read.text == "2016-07-31"


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_none(number):
    with pytest.raises(CellError, match="not a number"):
        read_cell(cell(number), column("value"))


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (0.2673, "0.00%", "26.73%"),
        ("26.73%", "@", "26.73%"),
        ("9.00", "@", "9.00"),
        (9.0, "0.00", ""),
        (94.0, "General", ""),
    ],
)
def test_how_the_figure_is_printed_is_kept_where_it_tells_more(
    value, number_format, printed
):
    assert read_cell(cell(value, number_format), column("value")).printed == printed


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("1,250.50", "1250.50"),
        ("(13.20)", "-13.20"),
        ("£24,000", "24000"),
        ("+5", "5"),
        ("-£5", "-5"),
        ("(-5)", ""),
        ("£24k", ""),
        ("12 of 15", ""),
        ("1,2,3", ""),
        ("", ""),
    ],
)
def test_the_plain_number_of_a_printed_one(printed, plain):
    assert plain_number(printed) == plain
