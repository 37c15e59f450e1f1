"""evidence.xlsx: what the Analysis Function asks of a spreadsheet, and the same bytes."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.formats.content import Content
from scrutiny_pack.formats.sheet_cells import sheet_columns
from scrutiny_pack.formats.spreadsheet import FILE, spreadsheet, write_spreadsheet
from scrutiny_pack.observations import STATUS_WORDS
from tests.formats.hard_pack import HARD_COUNCIL, NOT_RUN, TEAMS
from tests.formats.readers import words

SOFFICE = shutil.which("soffice")
CLONE = Path(__file__).parents[2]
FRONT = ["Cover", "Contents", "Questions", "Notes", "Sources"]
LONG = "vacancies-and-staff-by-team"
SHEETS = [*FRONT, "Key figures", LONG, "vacancies-by-team-chart", f"{LONG}-2",
          "every-status", "turnover", "turnover-lines", "caseload-ranges", "words"]  # fmt: skip


@pytest.fixture(scope="module")
def written(hard_content):
    return spreadsheet(hard_content)


@pytest.fixture(scope="module")
def book(written):
    return openpyxl.load_workbook(io.BytesIO(written))


def members(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(sheet):
    (one,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[one.ref]]


def above(sheet):
    """What stands above the table, in column A."""
    (one,) = sheet.tables.values()
    first = int(re.findall(r"\d+", one.ref)[0])
    return [sheet.cell(row, 1).value for row in range(1, first)]


def test_there_is_a_sheet_for_each_table_and_chart_and_one_for_key_figures(book):
    assert book.sheetnames == SHEETS


def test_each_sheet_has_one_marked_up_table_from_column_a_and_nothing_below(book):
    names = set()
    for sheet in book.worksheets[1:]:
        (one,) = sheet.tables.values()
        first, last = one.ref.split(":")
        assert re.fullmatch(r"A\d+", first)
        assert (
            last
            == f"{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}"
        )
        names.add(one.displayName.lower())
    assert len(names) == len(SHEETS) - 1


def test_nothing_is_merged_filtered_frozen_hidden_or_drawn(book, written):
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is None
        assert sheet.auto_filter.ref is None
        assert sheet.sheet_state == "visible"
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not sheet.oddHeader.center.text
        assert all(one.autoFilter is None for one in sheet.tables.values())
    assert not any("drawing" in name or "media" in name for name in members(written))


def test_every_sheet_opens_at_its_first_cell_and_the_book_at_its_cover(book):
    assert book.active.title == "Cover"
    assert {sheet.sheet_view.selection[0].sqref for sheet in book.worksheets} == {
        openpyxl.worksheet.cell_range.MultiCellRange("A1")
    }


def test_headings_are_one_row_without_blanks_or_doubles(book):
    for sheet in book.worksheets[1:]:
        heading = table(sheet)[0]
        assert all(heading)
        assert len({text.lower() for text in heading}) == len(heading)


def test_the_cover_says_what_it_is_whose_of_when_and_how_to_cite_it(book, hard_content):
    cover = [row[0].value for row in book["Cover"].iter_rows(max_col=1)]
    assert cover[0] == f"Scrutiny evidence pack: {HARD_COUNCIL.name}, 31 July 2016"
    for line in (
        "Draft: not yet checked.",
        f"Council: {HARD_COUNCIL.name}",
        "Period: 31 July 2016",
        "Source documents",
        "Sufficiency of social workers & others <draft>, Exampleshire County Council, "
        "12 September 2016.",
        "How to cite this pack",
        hard_content.pack["citation"],
        "Licence",
        hard_content.pack["licence"]["data"],
    ):
        assert line in cover


def test_a_final_pack_says_so_on_the_cover_and_on_every_table(hard_content):
    standing = {
        "is_draft": False,
        "words": "Final: checked by the head of service, 1 September 2016",
        "checked_by": "head of service",
        "checked_on": "2016-09-01",
    }
    final = replace(hard_content, pack=dict(hard_content.pack) | {"standing": standing})
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet(final)))
    assert book["Cover"]["A3"].value == f"{standing['words']}."
    assert any(
        line.endswith(f"{standing['words']}.") for line in above(book["turnover"])
    )
    assert book.properties.created.isoformat() == "2016-09-01T00:00:00"


def test_the_contents_lead_to_every_sheet(book):
    heading, *rows = table(book["Contents"])
    assert heading[0] == "Worksheet"
    assert [row[0] for row in rows] == [*SHEETS[2:]]
    places = [row[0].hyperlink.location for row in book["Contents"].iter_rows(min_row=5)
              if row[0].hyperlink]  # fmt: skip
    assert places == [f"'{name}'!A1" for name in SHEETS[2:]]


def test_every_other_sheet_leads_back_to_the_contents(book):
    for sheet in book.worksheets[2:]:
        (link,) = [
            row[0].hyperlink.location
            for row in sheet.iter_rows(max_col=1, max_row=8)
            if row[0].hyperlink
        ]
        assert link == "'Contents'!A1"


def test_a_question_without_evidence_is_said_to_have_none(book):
    heading, *rows = table(book["Questions"])
    unanswered = [
        row for row in rows if row[heading.index("Is there evidence")] == "No"
    ]
    assert len(unanswered) == len(NOT_RUN)
    assert all(row[heading.index("What would answer it")] for row in unanswered)
    assert any("Nothing was supplied on pay." in str(row) for row in rows)


def test_every_note_is_on_the_sheet_of_notes_and_referred_to(book, hard_content):
    _, *rows = table(book["Notes"])
    numbers = [row[0] for row in rows]
    assert numbers == [f"note {n}" for n in range(1, len(rows) + 1)]
    texts = [row[2] for row in rows]
    for piece in hard_content.pieces:
        for definition in piece.item.definitions:
            assert definition in texts
    assert "It fell." in texts
    assert "So says <the analyst> & others." in texts
    referred = " ".join(
        str(cell.value)
        for sheet in book.worksheets[5:]
        for row in sheet.iter_rows()
        for cell in row
    )
    assert all(f"[{number}]" in referred for number in numbers)


def test_every_item_has_its_source_and_citations(book, hard_content):
    heading, *rows = table(book["Sources"])
    by_number = {row[0]: dict(zip(heading, row, strict=True)) for row in rows}
    for piece in hard_content.pieces:
        row = by_number[piece.item.number]
        assert row["Full citation"] == piece.item.citation
        assert row["Short citation"] == piece.citation_short
        assert row["sha256 of the data file"] == piece.item.sha256


def test_columns_of_numbers_hold_numbers_or_explained_shorthand_alone(book):
    for sheet in book.worksheets[6:]:
        said = above(sheet)
        heading, *rows = table(sheet)
        for place, name in enumerate(heading):
            cells = [row[place] for row in rows]
            if any(isinstance(cell, int | float) for cell in cells):
                texts = [cell for cell in cells if not isinstance(cell, int | float)]
                assert all(re.fullmatch(r"\[[a-z]\]", text) for text in texts), name
                for text in texts:
                    assert f"{text} {STATUS_WORDS[text[1]]}" in said


def test_every_blank_cell_is_explained_above_its_table(book):
    for sheet in book.worksheets[1:]:
        said = " ".join(line for line in above(sheet) if line.startswith("Blank"))
        heading, *rows = table(sheet)
        for place, name in enumerate(heading):
            if any(row[place] is None for row in rows):
                assert f"'{name}'" in said or (
                    name.endswith(", status") and "the figure has none" in said
                )


def test_every_status_stands_apart_from_its_number(book):
    heading, *rows = table(book["every-status"])
    assert heading == ["Unit", *(f"In post{end}" for end in
                       ("", ", low end", ", high end", ", status"))]  # fmt: skip
    by_name = {row[0]: tuple(row[1:]) for row in rows}
    assert by_name["Confidential"] == ("[c]", "[c]", "[c]", None)
    assert by_name["Low, with its nought"] == (0, "[z]", "[z]", "[k]")
    assert by_name["Three at once"] == (7, "[z]", "[z]", "[r] [p] [e]")
    assert by_name["A range"] == ("[x]", 3, 5.25, "[e]")
    assert by_name["A value with its range"] == (22, 15, 30, None)


def test_words_stay_words(book):
    _, *rows = table(book["words"])
    assert rows[0][:3] == ["=SUM(A1:A9)", "007", "not stated"]
    assert rows[3][:3] == ["@the next meeting", "+44", "TRUE"]
    assert rows[4][:3] == [
        "$x$ *emphasis* _underlined_ #heading [link](x)",
        "[x]",
        "NaN",
    ]
    for row in book["words"].iter_rows():
        assert all(cell.data_type in {"s", "n"} for cell in row)
        assert not any(cell.hyperlink for cell in row if cell.row > 8)


def test_words_without_a_letter_or_digit_are_written_too(hard_content):
    (piece,) = [p for p in hard_content.pieces if p.item.slug == "words"]
    rows = [replace(row, cells=tuple(replace(c, text="…") for c in row.cells))
            for row in piece.grid.rows]  # fmt: skip
    changed = replace(piece, grid=replace(piece.grid, rows=tuple(rows)))
    pieces = tuple(changed if p is piece else p for p in hard_content.pieces)
    written = spreadsheet(Content(hard_content.pack, pieces))
    _, *found = table(openpyxl.load_workbook(io.BytesIO(written))["words"])
    assert found == [["…"] * 5] * 5


def test_columns_are_wide_and_rows_high_enough_and_text_wraps(book):
    sheet = book[f"{LONG}-2"]
    (one,) = sheet.tables.values()
    heading, *rows = sheet[one.ref]
    assert len(rows) == TEAMS
    for row in (heading, *rows):
        assert all(cell.alignment.wrap_text for cell in row)
        height = sheet.row_dimensions[row[0].row].height
        for cell in row:
            (width,) = {
                columns.width
                for columns in sheet.column_dimensions.values()
                if columns.min <= cell.column <= columns.max
            }
            text = "0.000" if isinstance(cell.value, float) else str(cell.value or "")
            longest = max(map(len, text.split()), default=0)
            assert width >= min(longest, 66)
            assert height >= 15 * len(text) / width


def test_totals_are_bold_and_numbers_show_their_decimal_places(book):
    sheet = book[LONG]
    *_, team, total = sheet.iter_rows()
    assert [cell.font.bold for cell in total] == [True, True]
    assert [cell.font.bold for cell in team] == [False, False]
    assert total[1].number_format == "#,##0"
    assert book["every-status"]["B20"].number_format == "#,##0.000"


def test_the_properties_say_what_it_is_and_name_nobody(book, written):
    properties = book.properties
    assert (
        properties.title == f"Scrutiny evidence pack: {HARD_COUNCIL.name}, 31 July 2016"
    )
    assert properties.creator == properties.lastModifiedBy == "Scrutiny support unit"
    assert properties.language == "en-GB"
    assert properties.created == properties.modified
    assert properties.created.isoformat() == "2016-07-31T00:00:00"
    assert HARD_COUNCIL.name in properties.keywords
    core = members(written)["docProps/core.xml"].decode()
    assert core.count("<dc:language>en-GB</dc:language>") == 1


def test_a_pack_without_items_has_a_spreadsheet_that_says_so(hard_content):
    questions = [q | {"items": []} for q in hard_content.pack["questions"]]
    written = spreadsheet(Content(hard_content.pack | {"questions": questions}, ()))
    book = openpyxl.load_workbook(io.BytesIO(written))
    assert book.sheetnames == ["Cover", "Contents", "Questions"]


def test_a_figure_without_a_number_or_a_reason_stops_it(hard_content):
    (piece,) = [p for p in hard_content.pieces if p.item.slug == "every-status"]
    first = piece.grid.rows[0]
    bare = replace(first, cells=(first.cells[0], replace(first.cells[1], status=())))
    grid = replace(piece.grid, rows=(bare, *piece.grid.rows[1:]))
    with pytest.raises(EvidenceError, match="neither a number nor a status"):
        sheet_columns(grid)


def test_no_warning_of_ours_is_silenced(hard_content):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        spreadsheet(hard_content)
        with pytest.raises(UserWarning, match="ours"):
            warnings.warn("ours", UserWarning, stacklevel=1)


def test_it_is_the_same_bytes_in_two_processes(hard_pack, hard_content, tmp_path):
    write_spreadsheet(hard_content, tmp_path)
    made = (tmp_path / FILE).read_bytes()
    code = (
        "import sys, pathlib\n"
        "from scrutiny_pack.formats.content import read_content\n"
        "from scrutiny_pack.formats.spreadsheet import spreadsheet\n"
        "content = read_content(pathlib.Path(sys.argv[1]))\n"
        "sys.stdout.buffer.write(spreadsheet(content))"
    )
    environment = os.environ | {
        "PYTHONPATH": str(CLONE / "src"),
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Auckland",
    }
    again = subprocess.run(
        [sys.executable, "-c", code, hard_pack],
        capture_output=True,
        check=True,
        env=environment,
        timeout=120,
    )
    assert again.stdout == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {m.compress_type for m in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {m.date_time for m in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
@pytest.mark.skipif(
    not SOFFICE, reason="there is no LibreOffice here: install libreoffice-calc"
)
def test_libreoffice_opens_it_and_shows_every_cell(whole_pack, tmp_path):
    every_sheet = (
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    )
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless",
         "--convert-to", every_sheet, "--outdir", tmp_path, whole_pack / FILE],
        check=True, capture_output=True, timeout=280,
    )  # fmt: skip
    book = openpyxl.load_workbook(whole_pack / FILE)
    for sheet in book.worksheets:
        path = tmp_path / f"evidence-{sheet.title}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            seen = [[plain(cell) for cell in row] for row in csv.reader(file)]
        assert seen == [
            [plain("" if cell.value is None else str(cell.value)) for cell in row]
            for row in sheet.iter_rows()
        ]


def plain(cell):
    """A cell's number, whatever its decimal places and commas; or its words."""
    is_number = re.fullmatch(r"-?[\d,]+(\.\d+)?", cell)
    return float(cell.replace(",", "")) if is_number else words(cell)
