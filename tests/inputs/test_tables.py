"""A CSV file is read as exactly what its schema says, or refused in plain words."""

import csv
import math
from pathlib import Path

import pandas as pd
import pytest

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.files import LARGEST_FILE
from scrutiny_pack.inputs.schemas import ColumnSchema, DatasetSchema, dataset_schema
from scrutiny_pack.inputs.tables import parse_table, read_table

from .small_tables import csv_text, rows_of

POSTS = dataset_schema("posts")
VISITS = DatasetSchema(
    name="visits",
    title="Visits",
    description="A small list.",
    shape="list",
    columns=(
        ColumnSchema("team", "text", True, "Which team."),
        ColumnSchema("kind", "choice", True, "Which kind.", ("announced", "sudden")),
        ColumnSchema("hours", "number", False, "How long."),
        ColumnSchema("people", "whole", False, "How many."),
        ColumnSchema("date", "period", False, "When."),
        ColumnSchema("status", "status", False, "What the row is."),
    ),
    keys=("team", "date"),
)
HEADER = "team,kind,hours,people,date,status\n"


def read(content: str | bytes, schema: DatasetSchema = VISITS) -> pd.DataFrame:
    raw = content if isinstance(content, bytes) else content.encode()
    return parse_table(raw, schema, "visits.csv")[0]


def notes(content: str | bytes) -> list[str]:
    raw = content if isinstance(content, bytes) else content.encode()
    return parse_table(raw, VISITS, "visits.csv")[1]


def refusal(content: str | bytes, schema: DatasetSchema = VISITS) -> str:
    with pytest.raises(InputFileError) as caught:
        read(content, schema)
    return str(caught.value)


def posts_refusal(text: str) -> str:
    return refusal(csv_text("posts", rows_of(text)), POSTS)


# --- What is read ------------------------------------------------------------------


def test_each_type_of_column():
    frame = read(HEADER + "Team A,sudden,1.5,12,2016-07,p e\nTeam B,announced,,,,\n")
    assert frame.index.name == "line"
    assert frame.index.tolist() == [2, 3]
    assert frame.loc[2].tolist() == ["Team A", "sudden", 1.5, 12, "2016-07", "p e"]
    assert frame.loc[3, ["team", "kind", "date", "status"]].tolist() == [
        "Team B",
        "announced",
        "",
        "",
    ]
    assert math.isnan(frame.loc[3, "hours"])
    assert frame.loc[3, "people"] is pd.NA
    assert frame.dtypes.astype(str).to_dict() == {
        "team": "str",
        "kind": "str",
        "hours": "float64",
        "people": "Int64",
        "date": "str",
        "status": "str",
    }


def test_the_types_do_not_depend_on_what_is_empty():
    full = read(HEADER + "Team A,sudden,1,1,2016,e\n")
    empty = read(HEADER + "Team A,sudden,,,,\n")
    assert full.dtypes.tolist() == empty.dtypes.tolist()


def test_lines_are_lines_of_the_file():
    content = HEADER + '\n"Team\nA",sudden,,,,\n,,,,,\nTeam B,sudden,,,,\n'
    frame = read(content)
    assert frame["team"].to_dict() == {3: "Team A", 6: "Team B"}
    assert notes(content) == [
        "Spaces around a cell, or line breaks in it, were left out of 1 cell "
        "(the first: line 3, column team).",
        "2 empty lines were left out (the first: line 2).",
    ]


def test_columns_in_another_order_are_read_by_their_headings():
    content = "kind,team,hours,people,date,status\nsudden,Team A,,,,\n"
    assert read(content).columns.tolist() == VISITS.column_names
    assert notes(content) == [
        "The columns are not in the usual order; they were read by their headings."
    ]


@pytest.mark.parametrize(("text", "number"), [("-0", 0), ("007", 7), ("-3.50", -3.5)])
def test_plain_numbers(text, number):
    value = read(HEADER + f"Team A,sudden,{text},,,\n").loc[2, "hours"]
    assert (value, math.copysign(1, value)) == (number, math.copysign(1, number))


# --- What is put right, and noted ----------------------------------------------------


def test_a_byte_order_mark_is_left_out():
    content = b"\xef\xbb\xbf" + HEADER.encode() + b"Team A,sudden,,,,\n"
    assert read(content).columns[0] == "team"
    assert notes(content) == [
        "The file begins with a byte order mark, as Excel writes it; it was left out."
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_line_ends_of_windows_and_old_macs(end):
    content = (HEADER + "Team A,sudden,,,,\nTeam B,sudden,,,,\n").replace("\n", end)
    assert read(content)["team"].to_dict() == {2: "Team A", 3: "Team B"}
    assert notes(content) == [
        "The lines end as Windows or an old Mac writes them; "
        "they were read all the same."
    ]


def test_spaces_around_cells():
    content = HEADER + " Team A ,sudden , 1.5,\u00a012,,\n"
    assert read(content).loc[2, "people"] == 12
    assert notes(content) == [
        "Spaces around a cell, or line breaks in it, were left out of 4 cells "
        "(the first: line 2, column team)."
    ]


def test_commas_at_the_end_of_a_row():
    assert len(read(HEADER + "Team A,sudden,,,,,,,\n")) == 1


# --- What is refused: the file -------------------------------------------------------


def test_a_file_that_is_missing(tmp_path):
    with pytest.raises(InputFileError) as caught:
        read_table(tmp_path / "visits.csv", VISITS, "data/leeds/2005/visits.csv")
    assert str(caught.value) == (
        "data/leeds/2005/visits.csv is missing: put the file there, or check its name"
    )


def test_a_folder_in_place_of_a_file(tmp_path):
    with pytest.raises(InputFileError, match=r"^visits\.csv cannot be opened"):
        read_table(tmp_path, VISITS, "visits.csv")


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", ",,\n"])
def test_an_empty_file(content):
    assert refusal(content) == (
        "visits.csv is empty: its first line must hold the headings "
        "team, kind, hours, people, date, status"
    )


def test_headings_without_rows():
    assert refusal(HEADER) == (
        "visits.csv has headings and no rows: add rows, or delete the file"
    )


def test_not_utf8():
    content = HEADER.encode() + "Team A,sudden,,,,\n£,sudden,,,,\n".encode("cp1252")
    assert refusal(content) == (
        "visits.csv, line 3: the text is not UTF-8 (byte 54); "
        "in Excel, save it as 'CSV UTF-8 (comma delimited)'"
    )


def test_utf16_as_excel_saves_unicode_text():
    assert "line 1: the text is not UTF-8" in refusal(HEADER.encode("utf-16"))


def test_a_nul_byte():
    assert refusal(HEADER + "Team\0A,sudden,,,,\n").startswith(
        "visits.csv, line 2: the character U+0000 cannot be shown; delete it"
    )


def test_a_character_that_was_lost_before():
    assert refusal(HEADER + "\ufffd24k,sudden,,,,\n").startswith(
        "visits.csv, line 2: U+FFFD stands for a character that was lost"
    )


def test_a_cell_of_ten_megabytes(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_bytes(HEADER.encode() + b"Team A," + b"x" * 10_000_000 + b",,,,\n")
    with pytest.raises(InputFileError) as caught:
        read_table(path, VISITS, "visits.csv")
    assert str(caught.value) == (
        "visits.csv, line 2: a cell has more than 10,000 characters: shorten it, "
        "or look for a quotation mark that is opened and never closed"
    )


def test_a_file_far_too_large_without_a_long_cell(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_bytes(b"x,\n" * (LARGEST_FILE // 3 + 1))
    with pytest.raises(InputFileError, match=r"^visits\.csv is larger than 20 MB"):
        read_table(path, VISITS, "visits.csv")


@pytest.mark.parametrize("length", [10_001, 200_000])
def test_a_cell_too_long(length):
    message = refusal(HEADER + f"{'x' * length},sudden,,,,\n")
    assert "visits.csv, line 2" in message
    assert "has more than 10,000 characters" in message
    assert len(message) < 300


def test_the_limit_of_the_csv_module_is_left_alone():
    before = csv.field_size_limit()
    refusal(HEADER + f"{'x' * 200_000},sudden,,,,\n")
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("cell", ['"Team A', '"Team" A'])
def test_quotation_marks_that_do_not_pair(cell):
    assert refusal(HEADER + f"{cell},sudden,,,,\n").startswith(
        "visits.csv, line 2: the quotation marks do not pair"
    )


# --- What is refused: the headings ---------------------------------------------------


def test_a_missing_column():
    assert refusal("team,kind,people,date,status\nTeam A,sudden,,,\n") == (
        "visits.csv, line 1: the column hours is missing; add it, "
        "with empty cells where there is nothing to say"
    )


def test_missing_columns():
    assert "the columns hours and date are missing; add them" in refusal(
        "team,kind,people,status\nTeam A,sudden,,\n"
    )


def test_an_unknown_column():
    assert refusal(HEADER.strip() + ",colour\nTeam A,sudden,,,,,red\n") == (
        "visits.csv, line 1: the column 'colour' is unknown; delete the column"
    )


def test_a_misspelt_column():
    message = refusal(HEADER.replace("hours", "Hour") + "Team A,sudden,,,,\n")
    assert "line 1: the column 'Hour' is unknown; write hours" in message


def test_a_duplicate_heading():
    assert (
        "line 1: the heading 'team' stands over columns 1 and 7; "
        "delete one of the columns"
    ) in refusal(HEADER.strip() + ",team\nTeam A,sudden,,,,,\n")


def test_a_column_without_a_heading():
    assert "line 1: column 7 has no heading; delete the column" in refusal(
        HEADER.strip() + ",\nTeam A,sudden,,,,,x\n"
    )


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_marks_between_columns(mark, name):
    content = (HEADER + "Team A,sudden,,,,\n").replace(",", mark)
    assert f"line 1: the columns are separated by {name};" in refusal(content)


# --- What is refused: cells ----------------------------------------------------------


def test_a_row_with_too_many_cells():
    assert refusal(HEADER + "Team A, B and C,sudden,,,,,x\n").startswith(
        "visits.csv, line 2: the row has 8 cells under 6 headings; "
        "look for a comma too many or too few"
    )


def test_text_where_a_number_belongs():
    assert refusal(HEADER + "Team A,sudden,twelve,,,\n") == (
        "visits.csv, line 2, column hours: 'twelve' is not a plain number; write "
        "digits only, such as 1250 or 26.73 (what is printed belongs in as_published, "
        "and the reason for an empty cell in status)"
    )


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("1,234", "write 1234 "),
        ("26.7%", "write 26.7 "),
        ("£1,000.50", "write 1000.50 "),
        ("(13.20)", "write -13.20 "),
        ("\u22125", "write -5 "),
        ("nan", "write digits only"),
        ("inf", "write digits only"),
        ("1e5", "write digits only"),
        (".5", "write digits only"),
        ("5.", "write digits only"),
        ("+5", "write digits only"),
        ("0x10", "write digits only"),
        ("1_000", "write digits only"),
        ("\u0661\u0662", "write digits only"),
        ("£24k", "write digits only"),
    ],
)
def test_numbers_that_are_not_plain(text, advice):
    message = refusal(HEADER + f'Team A,sudden,"{text}",,,\n')
    assert f"column hours: '{text}' is not a plain number; {advice}" in message


def test_more_digits_than_a_number_keeps():
    message = refusal(HEADER + f"Team A,sudden,{'9' * 400},,,\n")
    assert "has more than 15 digits; write it with fewer" in message


@pytest.mark.parametrize("text", ["1.5", "12.0", "twelve", "1,250"])
def test_a_whole_number_that_is_not(text):
    message = refusal(HEADER + f'Team A,sudden,,"{text}",,\n')
    assert f"line 2, column people: '{text}' is not a whole number" in message


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("31/07/2016", "write 2016-07-31 (year, month, day)"),
        ("31/13/2016", "write a year (2005)"),
        ("Jul-16", "write a year (2005)"),
        ("2016-7", "write a year (2005)"),
        ("2016-02-30", "write a year (2005)"),
        ("2016-W54", "write a year (2005)"),
        ("9999-W52", "write a year (2005)"),
        ("\u0662\u0660\u0661\u0666", "write a year (2005)"),
    ],
)
def test_a_wrong_date(text, advice):
    message = refusal(HEADER + f"Team A,sudden,,,{text},\n")
    assert f"line 2, column date: '{text}' is not a date; {advice}" in message


def test_a_choice_that_is_not():
    assert refusal(HEADER + "Team A,Suden,,,,\n") == (
        "visits.csv, line 2, column kind: 'Suden' is not a choice; "
        "write sudden, or another of: announced, sudden"
    )


def test_a_choice_with_a_character_that_cannot_be_seen():
    assert "'sudden<U+200B>' is not a choice" in refusal(
        HEADER + "Team A,sudden\u200b,,,,\n"
    )


@pytest.mark.parametrize("status", ["q", "xe", "E", "x,e"])
def test_an_unknown_status(status):
    message = refusal(HEADER + f'Team A,sudden,,,,"{status}"\n')
    assert "is not a status" in message
    assert "x not available" in message


def test_a_status_said_twice():
    message = refusal(HEADER + "Team A,sudden,,,,e e\n")
    assert "line 2, column status: 'e e' has a letter twice" in message


def test_a_required_cell_that_is_empty():
    assert refusal(HEADER + ",sudden,,,,\n") == (
        "visits.csv, line 2, column team: the cell is empty and must not be; "
        "what belongs in it: Which team."
    )


def test_a_long_value_is_shortened():
    message = refusal(HEADER + f"Team A,{'x' * 500},,,,\n")
    assert f"'{'x' * 59}…'" in message
    assert len(message) < 200


def test_several_problems_are_told_at_once():
    content = HEADER + "Team A,suden,one,,,\n,sudden,,,,\n"
    assert refusal(content).splitlines() == [
        "visits.csv cannot be read as it stands; 3 problems:",
        "  line 2, column kind: 'suden' is not a choice; write sudden, "
        "or another of: announced, sudden",
        "  line 2, column hours: 'one' is not a plain number; write digits only, such "
        "as 1250 or 26.73 (what is printed belongs in as_published, and the reason "
        "for an empty cell in status)",
        "  line 3, column team: the cell is empty and must not be; "
        "what belongs in it: Which team.",
    ]


def test_ten_problems_are_enough():
    lines = refusal(HEADER + "Team A,suden,,,,\n" * 500).splitlines()
    assert lines[0] == "visits.csv cannot be read as it stands; its first ten problems:"
    assert len(lines) == 11


# --- What is refused: rows -----------------------------------------------------------


def test_a_duplicate_key():
    content = HEADER + "Team A,sudden,1,,2016,\nB,sudden,,,,\nTeam A,sudden,2,,2016,\n"
    assert refusal(content) == (
        "visits.csv, lines 2 and 4: the same row twice (team 'Team A', date '2016'); "
        "delete one, or write in these columns what sets them apart"
    )


def test_keys_are_compared_by_value():
    schema = dataset_schema("length-of-service")
    rows = rows_of("""
        scope | at_least_years | measure                      | value
        all   | 1              | share_with_service_published | 80
        all   | 1.0            | share_with_service_published | 80
    """)
    assert "lines 2 and 3: the same row twice" in refusal(
        csv_text("length-of-service", rows), schema
    )


def test_an_empty_value_needs_a_reason():
    assert posts_refusal("""
        unit   | value
        Team A |
    """).startswith(
        "visits.csv, line 2, column value: the cell is empty and nothing says why"
    )


@pytest.mark.parametrize("column", ["low", "high"])
def test_one_end_of_a_range_is_reason_enough(column):
    text = f"unit | {column} | status\nTeam A | 3 | e"
    assert len(read(csv_text("posts", rows_of(text)), POSTS)) == 1


@pytest.mark.parametrize("status", ["x", "z", "c", "p x"])
def test_a_status_can_be_the_reason(status):
    text = f"unit | status\nTeam A | {status}"
    assert len(read(csv_text("posts", rows_of(text)), POSTS)) == 1


@pytest.mark.parametrize("status", ["e", "k", "u", "r", "p"])
def test_other_statuses_are_no_reason(status):
    assert "the cell is empty and nothing says why" in posts_refusal(
        f"unit | status\nTeam A | {status}"
    )


def test_a_value_with_a_reason_for_its_absence():
    assert posts_refusal("unit | value | status\nTeam A | 3 | c") == (
        "visits.csv, line 2, column status: c says that the figure is confidential, "
        "yet the value is 3; delete one of them"
    )


def test_a_range_that_ends_before_it_begins():
    assert posts_refusal("unit | low | high\nTeam A | 15 | 10") == (
        "visits.csv, line 2, columns low and high: the lower end, 15, is above "
        "the upper end, 10; exchange them"
    )


@pytest.mark.parametrize(
    ("row", "ends"),
    [
        ("9 | 10 | 15", "low 10 and high 15"),
        ("9 | 10 |", "low 10"),
        ("9 | | 8", "high 8"),
    ],
)
def test_a_value_outside_its_range(row, ends):
    assert posts_refusal(f"value | low | high\n{row}") == (
        f"visits.csv, line 2, column value: 9 lies outside {ends}; correct one of them"
    )


@pytest.mark.parametrize("column", ["part_of", "within"])
def test_a_whole_that_has_no_row(column):
    assert posts_refusal(f"""
        unit             | {column}         | value
        Team A           | Total front lin  | 3
        Total front line |                  | 3
    """) == (
        f"visits.csv, line 2, column {column}: 'Total front lin' is not a unit of the "
        "breakdown 'Teams'; write it as that unit's own row does. "
        "Did you mean Total front line?"
    )


def test_a_unit_that_is_part_of_itself():
    assert posts_refusal("unit | part_of | value\nTotal | Total | 3").startswith(
        "visits.csv, line 2, column part_of: 'Total' is the row's own unit"
    )


def test_a_file_on_disk(tmp_path: Path):
    path = tmp_path / "posts.csv"
    path.write_bytes(csv_text("posts", [{"value": "3"}]).encode())
    frame, found = read_table(path, POSTS, "posts.csv")
    assert frame["value"].tolist() == [3]
    assert found == []
