"""The commands that turn an analyst's files into data, as they are typed."""

import pytest

from scrutiny_pack.cli import main
from tests.published import DATA


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("SCRUTINY_PACK_PROJECT", str(DATA.parent))
    monkeypatch.setenv("WORKSPACE", str(tmp_path))
    return tmp_path


def test_a_new_workbook_and_what_is_missing_in_it(workspace, capsys):
    assert main(["new", "COUNCIL=southampton", "PERIOD=2026-03"]) == 0
    said = capsys.readouterr().out
    workbook = workspace / "workbooks" / "southampton-2026-03.xlsx"
    assert f"make import WORKBOOK={workbook} WORKSPACE={workspace}\n" in said
    assert workbook.is_file()
    assert main(["import", f"WORKBOOK={workbook}"]) == 13
    assert "no sheet has a row of figures" in capsys.readouterr().err
    assert list(workspace.rglob("*.csv")) == []


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (["new"], 11, "say which council and period"),
        (["new", "COUNCIL=sothampton", "PERIOD=2026"], 10, "southampton"),
        (["import"], 13, "say which file to import"),
        (["import", "CENSUS=return.xml"], 11, "say whose return it is"),
        (
            ["import", "CENSUS=no.xml", "COUNCIL=southampton", "PERIOD=2025-09-30"],
            13,
            "no.xml",
        ),
    ],
)
def test_what_is_left_out_or_wrong_is_told_in_one_line(
    workspace, capsys, words, code, line
):
    assert main(words) == code
    said = capsys.readouterr().err
    assert line in said
    assert said.count("\n") == 1
    assert "Traceback" not in said
