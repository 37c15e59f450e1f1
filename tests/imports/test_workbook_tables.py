"""A dataset's sheet, with all that Excel and its users do to one."""

import pytest

from scrutiny_pack.imports.workbook_file import read_workbook
from scrutiny_pack.imports.workbook_layout import (
    example_row,
    guidance,
    heading,
    workbook_datasets,
)
from scrutiny_pack.imports.workbook_report import Findings
from scrutiny_pack.imports.workbook_tables import read_dataset
from scrutiny_pack.inputs.schemas import dataset_schema

from .filled_workbook import FIRST, POST, Filled, place

SCHEMA = dataset_schema("posts")


@pytest.fixture
def filled(tmp_path):
    return Filled(tmp_path / "figures.xlsx")


def read(filled, dataset="posts"):
    """The rows of the workbook's first sheet, as lists of cells, and what was found."""
    sheet = read_workbook(filled.close(), "figures.xlsx").sheets[0]
    findings = Findings()
    table = read_dataset(sheet, dataset_schema(dataset), findings)
    return {} if table is None else dict(table.rows), findings


def told(remarks):
    return [str(remark) for remark in remarks]


def column_of(rows, name):
    return [row[name] for row in rows.values()]


def test_a_sheet_as_it_should_be(filled):
    filled.posts({"value": 12}, {"value": 3.5, "basis": "fte"})
    rows, findings = read(filled)
    assert list(rows) == [6, 7]
    assert column_of(rows, "value") == ["12", "3.5"]
    assert column_of(rows, "measure") == ["in_post", "in_post"]
    assert findings == Findings()


def test_an_empty_sheet(filled):
    filled.sheet("Posts").write_string("C3", "  ")
    rows, findings = read(filled)
    assert (rows, findings) == ({}, Findings())


def test_headings_and_no_rows(filled):
    filled.dataset("posts", [])
    rows, findings = read(filled)
    assert (rows, findings) == ({}, Findings())


def test_no_headings(filled):
    filled.sheet("Posts").write_row("A1", ["Team A", 12, 3])
    _, findings = read(filled)
    (problem,) = told(findings.problems)
    assert problem.startswith(
        "Posts: there is no row of headings; they are: Breakdown,"
    )


# --- Titles, headings, columns ----------------------------------------------------


def test_merged_titles_above_the_headings(filled):
    sheet = filled.posts({})
    sheet.merge_range("A1:F1", "Workforce return")
    sheet.merge_range("A2:F3", "Children's services")
    rows, findings = read(filled)
    assert len(rows) == 1
    assert told(findings.left_out) == [
        "Posts, row 1: 'Workforce return' stands above the headings; the row was left out",
        "Posts, row 2: 'Children's services' stands above the headings; "
        "the row was left out",
    ]


def test_reordered_columns(filled):
    backwards = SCHEMA.column_names[::-1]
    filled.dataset("posts", [POST], columns=backwards)
    rows, findings = read(filled)
    assert rows[FIRST]["unit"] == "Team A"
    assert findings == Findings()


@pytest.mark.parametrize("written", ["AS AT", " as_at ", "As  at:"])
def test_a_heading_in_other_letters(filled, written):
    sheet = filled.posts({})
    sheet.write_string(place("as_at", 5), written)
    rows, findings = read(filled)
    assert rows[FIRST]["as_at"] == "2016-07-31"
    assert findings == Findings()


def test_a_misspelt_heading(filled):
    sheet = filled.posts({})
    sheet.write_string(place("paragraph", 5), "Paragrah")
    rows, findings = read(filled)
    assert rows[FIRST]["paragraph"] == "22"
    assert told(findings.mended) == [
        f"Posts, {place('paragraph', 5)}: the heading 'Paragrah' was read as Paragraph"
    ]


def test_a_heading_that_is_unknown(filled):
    sheet = filled.posts({})
    sheet.write_string(place("paragraph", 5), "Where")
    _, findings = read(filled)
    assert told(findings.problems) == [
        "Posts, row 5: the heading 'Paragraph' is missing; write it over its column, as "
        "the template has it",
        "Posts, column O: the heading 'Where' is unknown; delete the column",
    ]


def test_an_empty_column_of_an_unknown_heading_does_no_harm(filled):
    filled.posts({}).write_string("Z5", "Checked by")
    rows, findings = read(filled)
    assert len(rows) == 1
    assert findings == Findings()


def test_an_optional_column_that_was_deleted(filled):
    names = [name for name in SCHEMA.column_names if name != "note"]
    filled.dataset("posts", [POST], columns=names)
    rows, findings = read(filled)
    assert rows[FIRST]["note"] == ""
    assert told(findings.mended) == [
        "Posts, row 5: the heading 'Note' is missing; the column was read as empty"
    ]


def test_a_heading_that_is_there_twice(filled):
    filled.posts({}).write_string("Q5", "Value")
    _, findings = read(filled)
    assert told(findings.problems) == [
        "Posts, Q5: the heading 'Value' is in H5 too; delete one column"
    ]


def test_a_column_without_a_heading(filled):
    filled.posts({}, {}).write_string("S7", "HR says 13")
    _, findings = read(filled)
    assert told(findings.problems) == [
        "Posts, column S: the column has no heading and holds something, the first in "
        "S7; delete it, or write its heading in S5"
    ]


# --- Rows that are none -----------------------------------------------------------


def example(dataset, period="2016-07-31"):
    schema = dataset_schema(dataset)
    texts = example_row(schema, period)
    return {
        name: float(text)
        if text and schema.column(name).type in ("number", "whole")
        else text
        for name, text in texts.items()
    }


@pytest.mark.parametrize("dataset", workbook_datasets())
def test_the_made_up_row_is_no_row(filled, dataset):
    filled.dataset(dataset, [example(dataset)])
    rows, findings = read(filled, dataset)
    assert (rows, findings) == ({}, Findings())


@pytest.mark.parametrize("dataset", workbook_datasets())
def test_the_made_up_row_would_be_a_sound_one(filled, dataset):
    """Whoever takes it for a pattern must not be led astray."""
    sound = {
        name: text.removeprefix("Example: ") if isinstance(text, str) else text
        for name, text in example(dataset).items()
    }
    filled.dataset(dataset, [sound])
    rows, findings = read(filled, dataset)
    assert len(rows) == 1
    assert findings == Findings()


def test_a_made_up_row_that_was_overwritten_in_part(filled):
    filled.dataset("posts", [example("posts") | {"unit": "North", "value": 7}])
    _, findings = read(filled)
    assert told(findings.problems) == [
        "Posts, A6: 'Example: Teams' is of the made-up row; write what belongs there, or "
        "delete the whole row",
        "Posts, O6: 'Example: 4.1' is of the made-up row; write what belongs there, or "
        "delete the whole row",
    ]


def test_blank_rows_and_blank_columns(filled):
    sheet = filled.dataset("posts", [POST, {}, {}, POST | {"unit": "Team B"}])
    sheet.write_string("A8", " \u00a0 ")
    rows, findings = read(filled)
    assert list(rows) == [6, 9]
    assert findings == Findings()


@pytest.mark.parametrize("word", ["Total", "TOTALS", "Grand total", "Sub-total:"])
def test_a_total_of_the_workbooks_own(filled, word):
    sheet = filled.posts({"value": 12}, {"value": 3})
    sheet.write_string("B8", word)
    sheet.write_formula("H8", "=SUM(H6:H7)", None, 15)
    rows, findings = read(filled)
    assert column_of(rows, "value") == ["12", "3"]
    assert told(findings.left_out) == [
        f"Posts, row 8: a total of the workbook's own ({word}, 15); the row was left "
        "out. If the source prints it, fill in the whole row"
    ]


def test_a_sum_without_a_word(filled):
    filled.posts({"value": 12}).write_formula("H7", "=SUM(H6:H6)", None, 12)
    rows, findings = read(filled)
    assert len(rows) == 1
    assert "a total of the workbook's own (12)" in str(findings.left_out[0])


def test_a_total_that_the_source_prints_is_a_row(filled):
    filled.posts({"part_of": "Total"}, {"unit": "Total", "value": 12})
    rows, findings = read(filled)
    assert column_of(rows, "unit") == ["Team A", "Total"]
    assert findings == Findings()


def test_headings_and_guidance_among_the_rows(filled):
    sheet = filled.dataset("posts", [POST, {}, {}, POST | {"unit": "Team B"}])
    for position, column in enumerate(SCHEMA.columns):
        sheet.write_string(6, position, heading(column.name))
        sheet.write_string(7, position, guidance(column))
    rows, findings = read(filled)
    assert list(rows) == [6, 9]
    assert told(findings.left_out) == [
        "Posts, row 7: the headings again; the row was left out"
    ]


def test_a_note_below_the_table(filled):
    filled.posts({}).write_string("A9", "Source: HR system")
    _, findings = read(filled)
    (problem,) = told(findings.problems)
    assert problem.startswith(
        "Posts, A9: 'Source: HR system' stands alone in its row; if it is a note, delete"
    )


# --- What is not seen -------------------------------------------------------------


def test_hidden_rows_are_neither_read_nor_passed_over(filled):
    sheet = filled.posts({}, {}, {}, {})
    for row in (6, 7):
        sheet.set_row(row, None, None, {"hidden": True})
    sheet.set_row(20, None, None, {"hidden": True})  # nothing in it
    _, findings = read(filled)
    assert told(findings.problems) == [
        "Posts, rows 7 to 8: hidden, and not empty; show what is hidden (clear the "
        "filter, or mark the rows around it, right-click, Unhide), or delete it"
    ]


def test_a_row_of_no_height_is_hidden(filled):
    filled.posts({}, {}).set_row(6, 0)
    _, findings = read(filled)
    assert told(findings.problems)[0].startswith("Posts, row 7: hidden, and not empty")


def test_a_hidden_column(filled):
    sheet = filled.posts({"note": "in confidence"})
    sheet.set_column("P:P", None, None, {"hidden": True})
    sheet.write_string("R6", "a name")
    sheet.set_column("R:R", None, None, {"hidden": True})
    _, findings = read(filled)
    assert told(findings.problems) == [
        "Posts, column P: 'Note' is hidden and holds something; show the column, or "
        "empty it",
        "Posts, column R: the column (hidden) has no heading and holds something, the "
        "first in R6; delete it, or write its heading in R5",
    ]


def test_a_hidden_column_with_nothing_in_it(filled):
    filled.posts({}).set_column("P:P", None, None, {"hidden": True})
    rows, findings = read(filled)
    assert len(rows) == 1
    assert findings == Findings()


def test_a_hidden_sheet(filled):
    filled.sheet("Other").activate()
    filled.posts({}).hide()
    sheets = read_workbook(filled.close(), "figures.xlsx").sheets
    findings = Findings()
    read_dataset(next(s for s in sheets if s.name == "Posts"), SCHEMA, findings)
    assert told(findings.problems) == [
        "Posts: the sheet is hidden and holds rows; show it, or delete it"
    ]


def test_merged_cells_among_the_rows(filled):
    sheet = filled.posts({}, {"breakdown": ""})
    sheet.merge_range("A6:A7", "Teams")
    _, findings = read(filled)
    assert (
        "Posts, A6:A7: the cells are merged; unmerge them, and write in each row what "
        "belongs there"
    ) in told(findings.problems)


# --- Figures ----------------------------------------------------------------------


def test_a_percentage_is_kept_as_it_is_shown(filled):
    filled.posts({"value": (0.2673, "0.00%")})
    rows, findings = read(filled)
    assert (rows[6]["value"], rows[6]["as_published"]) == ("26.73", "26.73%")
    assert told(findings.mended) == [
        "Posts, H6: 0.2673, shown as 26.73%, was read as 26.73",
        "Posts, K6: the cell was empty; '26.73%' was read, as the figure shows",
    ]


def test_what_is_published_is_never_written_over(filled):
    filled.posts({"value": (0.2673, "0.00%"), "as_published": "26.7%"})
    rows, findings = read(filled)
    assert rows[6]["as_published"] == "26.7%"
    assert len(findings.mended) == 1


def test_a_percentage_that_lost_its_sign(filled):
    filled.posts({"value": 0.2673, "as_published": "26.7%"})
    _, findings = read(filled)
    assert told(findings.problems) == [
        "Posts, H6: 0.2673 is a hundredth of 26.7%, as Excel keeps a percentage; write "
        "26.7, and format the cell as a number"
    ]


def test_a_percentage_in_a_list(filled):
    row = {
        "authority": "A neighbour",
        "group": "neighbours",
        "aspect": "pay",
        "council_is": "lower",
        "number": (0.03, "0%"),
        "as_at": "2016",
        "paragraph": "3",
    }
    filled.dataset("pay", [row])
    rows, _ = read(filled, "pay")
    assert (rows[6]["number"], rows[6]["as_published"]) == ("3", "3%")


@pytest.mark.parametrize("word", ["n/a", "N/A", "-", "\u2013"])
def test_a_word_that_can_mean_several_things_is_no_figure(filled, word):
    filled.posts({"value": word})
    _, findings = read(filled)
    assert told(findings.problems) == [
        f"Posts, H6: '{word}' does not say why there is no figure; write 0 if it means "
        "none, or leave the cell empty and write in Status x (not available), z (not "
        "applicable) or c (confidential)"
    ]


@pytest.mark.parametrize("status", ["x", "z not applicable", "C"])
def test_a_word_that_the_status_explains(filled, status):
    filled.posts({"value": "n/a", "status": status})
    rows, findings = read(filled)
    assert (rows[6]["value"], rows[6]["as_published"]) == ("", "n/a")
    assert rows[6]["status"] == status[0].lower()
    assert not findings.problems


def test_a_word_beside_a_range(filled):
    filled.posts({"value": "-", "low": 10, "high": 15, "status": "e"})
    rows, findings = read(filled)
    assert (rows[6]["value"], rows[6]["low"]) == ("", "10")
    assert not findings.problems


@pytest.mark.parametrize(
    ("symbol", "status"),
    [("[x]", "x"), ("..", "x"), ("[z]", "z"), ("[c]", "c"), ("Suppressed", "c")],
)
def test_a_symbol_that_means_one_thing_becomes_the_status(filled, symbol, status):
    filled.posts({"value": symbol})
    rows, findings = read(filled)
    assert (rows[6]["value"], rows[6]["status"]) == ("", status)
    assert rows[6]["as_published"] == symbol
    assert told(findings.mended) == [
        f"Posts, H6: '{symbol}' was read as an empty cell",
        f"Posts, L6: the status {status} was added, for '{symbol}'",
        f"Posts, K6: the cell was empty; '{symbol}' was read, as the figure shows",
    ]


def test_a_symbol_is_added_to_the_status_that_is_there(filled):
    filled.posts({"value": "[x]", "status": "r"})
    rows, _ = read(filled)
    assert rows[6]["status"] == "x r"


# --- Everything at once -----------------------------------------------------------


def test_all_that_is_wrong_is_told_at_once(filled):
    sheet = filled.posts(
        {"value": "about 12", "basis": "heads"},
        {"as_at": "last July"},
        {"measure": "", "paragraph": ""},
    )
    sheet.write_formula("H9", "=1/0", None, "#DIV/0!")
    _, findings = read(filled)
    assert [problem.place for problem in findings.problems] == [
        "G6", "H6", "M7", "F8", "O8", "A9", "B9", "E9", "F9", "G9", "H9", "M9", "N9",
        "O9",
    ]  # fmt: skip


def test_rules_between_rows_are_told_by_the_cells(filled):
    filled.posts(
        {"unit": "Team A"},
        {"unit": "Team A"},
        {"unit": "Team C", "part_of": "Teem A"},
        {"unit": "Team D", "value": "", "low": 5, "high": 3},
        {"unit": "Team E", "value": ""},
    )
    rows, findings = read(filled)
    assert rows
    problems = told(findings.problems)
    assert [problem.partition(": ")[0] for problem in problems] == [
        "Posts, rows 6 and 7",
        "Posts, I9",
        "Posts, H10",
        "Posts, C8",
    ]
    assert "the same row twice" in problems[0]
    assert "Did you mean Team A?" in problems[3]


def test_a_sheet_of_nonsense_is_not_read_to_its_end(filled):
    filled.dataset("posts", [POST | {"value": "twelve"}] * 700)
    _, findings = read(filled)
    assert len(findings.problems) == 502
    assert str(findings.problems[-1]) == (
        "Posts, row 506: there is more wrong below; the sheet was not read further"
    )
