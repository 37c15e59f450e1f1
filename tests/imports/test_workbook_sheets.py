"""Which sheet is which, when tabs were renamed, moved, copied or hidden."""

import pytest

from scrutiny_pack.imports.workbook_file import read_workbook
from scrutiny_pack.imports.workbook_report import Findings
from scrutiny_pack.imports.workbook_sheets import match_sheets
from scrutiny_pack.inputs.schemas import dataset_schema

from .filled_workbook import POST, Filled

TITLE = dataset_schema("posts").title


@pytest.fixture
def filled(tmp_path):
    return Filled(tmp_path / "figures.xlsx")


def match(filled):
    findings = Findings()
    sheets = read_workbook(filled.close(), "figures.xlsx").sheets
    matched = match_sheets(sheets, findings)
    return {name: sheet.name for name, sheet in matched.items()}, findings


def test_the_names_of_the_template_in_any_order(filled):
    for name in ("Turnover", "Agency costs", "Sources", "Start here", "Lists"):
        filled.sheet(name)
    matched, findings = match(filled)
    assert matched == {
        "agency-costs": "Agency costs",
        "turnover": "Turnover",
        "Sources": "Sources",
    }
    assert findings == Findings()


@pytest.mark.parametrize("name", ["AGENCY COSTS", "agency-costs", "Agency  costs "])
def test_a_name_in_other_letters(filled, name):
    filled.sheet(name)
    matched, findings = match(filled)
    assert matched == {"agency-costs": name}
    assert findings == Findings()


def test_a_near_name(filled):
    filled.dataset("posts", [POST], called="Post")
    matched, findings = match(filled)
    assert matched == {"posts": "Post"}
    assert [str(remark) for remark in findings.mended] == [
        "Post: the sheet was read as Posts, by its name"
    ]


def test_a_new_name_over_the_same_title(filled):
    filled.dataset("posts", [POST], called="HR September").write_string("A1", TITLE)
    matched, findings = match(filled)
    assert matched == {"posts": "HR September"}
    assert [str(remark) for remark in findings.mended] == [
        "HR September: the sheet was read as Posts, by its title"
    ]


def test_a_copy_of_a_sheet(filled):
    for name in ("Posts", "Posts (2)"):
        filled.dataset("posts", [POST], called=name).write_string("A1", TITLE)
    _, findings = match(filled)
    assert [str(problem) for problem in findings.problems] == [
        "Posts (2): a second sheet with the title of Posts; put its rows in that sheet, "
        "or delete it"
    ]


def test_a_sheet_that_has_the_headings_of_a_dataset(filled):
    filled.dataset("posts", [POST], called="Sheet1")
    matched, findings = match(filled)
    assert not matched
    (problem,) = findings.problems
    assert str(problem).startswith("Sheet1: the sheet has the headings of ")
    assert "Posts" in str(problem)
    assert str(problem).endswith("give it that name, or delete it")


@pytest.mark.parametrize("hidden", [False, True])
def test_a_sheet_of_the_analysts_own(filled, hidden):
    filled.sheet("Posts")
    sheet = filled.sheet("Workings")
    sheet.write_row("A1", ["Team", "HR number"])
    if hidden:
        sheet.hide()
    _, findings = match(filled)
    assert [str(remark) for remark in findings.left_out] == [
        "Workings: the sheet is not one of the template's; it was left out"
    ]


def test_an_empty_sheet_of_any_name(filled):
    filled.sheet("Sheet1").write_string("A1", " ")
    matched, findings = match(filled)
    assert not matched
    assert findings == Findings()
