"""The hard pack says the same in every format, and a format that does not is found."""

import json
import re
import shutil

import pytest

from scrutiny_pack.formats.content import read_content
from scrutiny_pack.formats.spreadsheet import write_spreadsheet
from tests.formats.readers import READERS, amount
from tests.formats.same_values import differences, formats_with_cells


def test_every_format_has_a_reader():
    assert set(formats_with_cells()) == set(READERS)


def test_every_value_of_the_hard_pack_is_the_same_in_every_format(whole_pack):
    assert differences(whole_pack) == []


@pytest.fixture
def changed_pack(whole_pack, tmp_path):
    return shutil.copytree(whole_pack, tmp_path / "pack")


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_another_value_on_a_page_is_found(changed_pack):
    edit(changed_pack / "notebooks/02-posts.html", ">1,234,567<", ">1,234,576<")
    assert differences(changed_pack) == [
        "html: vacancies-and-staff-by-team-headcount, row 60, column 1: "
        "'1,234,576', not '1,234,567'"
    ]


def test_a_status_that_a_page_leaves_out_is_found(changed_pack):
    page = changed_pack / "notebooks/02-posts.html"
    text = page.read_text(encoding="utf-8")
    lost = re.sub(r"(1,234\.500<span[^>]*>) \[r\]", r"\1", text)
    assert lost != text
    page.write_text(lost, encoding="utf-8", newline="\n")
    assert differences(changed_pack) == [
        "html: every-status, row 7, column 1: '1,234.500', not '1,234.500 [r]'"
    ]


def test_an_item_that_a_page_leaves_out_is_found(changed_pack):
    edit(changed_pack / "notebooks/04-turnover.html", 'id="words"', 'id="wordless"')
    assert "html: ['wordless', 'words']" in differences(changed_pack)


def test_another_value_in_the_spreadsheet_is_found(changed_pack):
    data = changed_pack / "tables/turnover.csv"
    kept = data.read_bytes()
    edit(data, "29.512", "29.521")
    write_spreadsheet(read_content(changed_pack), changed_pack)
    data.write_bytes(kept)
    assert differences(changed_pack) == [
        "xlsx: turnover, row 0, column 1: '29.521', not '29.512'"
    ]


def test_a_row_that_the_spreadsheet_leaves_out_is_found(changed_pack):
    data = changed_pack / "tables/every-status.csv"
    kept = data.read_text(encoding="utf-8")
    data.write_text(kept.rpartition("A value")[0], encoding="utf-8", newline="\n")
    write_spreadsheet(read_content(changed_pack), changed_pack)
    data.write_text(kept, encoding="utf-8", newline="\n")
    (found,) = differences(changed_pack)
    assert "every-status" in found
    assert "14 rows', not '15 rows" in found


def test_another_layout_in_evidence_json_is_found(changed_pack):
    path = changed_pack / "evidence.json"
    evidence = json.loads(path.read_text(encoding="utf-8"))
    item = next(i for i in evidence["items"] if i["slug"] == "turnover")
    item["layout"]["columns"].reverse()
    path.write_text(json.dumps(evidence), encoding="utf-8")
    assert any("turnover" in found for found in differences(changed_pack))


@pytest.mark.parametrize(
    ("text", "its_amount"),
    [
        ("28.5% [p]", "28.5 [p]"),
        ("£432,000 to £540,000", "432,000 to 540,000"),
        ("26 posts", "26"),
        ("at least 3 workers [e]", "at least 3 [e]"),
        ("22 (15 to 30) cases a worker", "22 (15 to 30)"),
        ("-7 staff", "-7"),
        ("[x]", "[x]"),
    ],
)
def test_a_key_figures_amount_is_all_but_its_unit(text, its_amount):
    assert amount(text) == its_amount
