"""Exampleshire's workbook: it agrees with its other files, and each slip is told."""

import hashlib
from collections import defaultdict
from pathlib import Path

import pytest

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.exampleshire import NAME, SLUG, figures
from scrutiny_pack.exampleshire.folder import (
    CENSUS,
    LIST,
    WORKBOOK,
    WORKBOOK_WITH_SLIPS,
    week,
    write_folder,
)
from scrutiny_pack.exampleshire.workbook import HABITS, SLIPS, filled_in, with_slips
from scrutiny_pack.imports.caseload_import import import_caseloads
from scrutiny_pack.imports.census_import import import_census
from scrutiny_pack.imports.workbook_file import read_workbook
from scrutiny_pack.imports.workbook_import import import_workbook
from scrutiny_pack.imports.workbook_layout import HEADING_ROW
from scrutiny_pack.imports.workbook_new import new_council
from scrutiny_pack.inputs.councils import read_councils
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.observations import records
from scrutiny_pack.workspace import Workspace

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workspace(tmp_path):
    write_folder(tmp_path, "here")
    return Workspace(PROJECT, tmp_path.resolve())


def rows_of(workspace, dataset, period=figures.PERIOD):
    folder = workspace.data_folder(SLUG, period)
    return records(load_dataset(folder, dataset, folder).frame)


def test_the_good_one_is_imported_and_only_what_is_meant_is_put_right(workspace):
    report = import_workbook(workspace, workspace.home / WORKBOOK)

    assert dict(report.rows) == {
        name: len(rows) for name, rows in figures.rows().items()
    }
    assert (report.left_out, report.warnings) == ((), ())
    assert len(report.mended) == len(HABITS)
    for habit, remark in zip(HABITS, report.mended, strict=True):
        assert (remark.sheet, remark.place) == (habit.sheet, habit.place)
        assert habit.value in remark.words
        assert habit.remedy in remark.words


def test_each_slip_is_told_with_sheet_place_value_and_remedy(workspace):
    with pytest.raises(InputFileError) as caught:
        import_workbook(workspace, workspace.home / WORKBOOK_WITH_SLIPS)

    told = defaultdict(list)
    kind = "refused"
    for line in str(caught.value).splitlines()[1:]:
        if not line.startswith("  "):
            kind = "put right" if "put right" in line else "left out"
        else:
            told[kind].append(line.strip())
    for slip in (*SLIPS, *HABITS):
        (line,) = [
            line
            for line in told[slip.becomes]
            if line.startswith(f"{slip.sheet}, {slip.place}: ")
        ]
        assert slip.remedy in line
        # A row that is hidden was not read, so its value is not told.
        assert slip.value in line or slip.place == "row 30"
    assert sum(map(len, told.values())) == len(SLIPS) + len(HABITS)
    assert not workspace.data_folder(SLUG, figures.PERIOD).exists()


def test_without_one_slip_its_line_is_gone(tmp_path):
    """No line of the report is there for any other reason than its slip."""
    workspace = Workspace(PROJECT, tmp_path.resolve())
    told = {}
    for name, raw in (("good", filled_in()), ("slips", with_slips())):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(raw)
        try:
            report = import_workbook(workspace, path)
            told[name] = [str(remark) for remark in report.mended]
        except InputFileError as error:
            told[name] = [line.strip() for line in str(error).splitlines()]
    assert set(told["good"]) < set(told["slips"])


def test_it_is_the_template_of_make_new(workspace):
    new_council(workspace, SLUG, figures.PERIOD)
    empty = read_workbook(
        workspace.home / f"workbooks/{SLUG}-{figures.PERIOD}.xlsx", "empty"
    )
    filled = read_workbook(workspace.home / WORKBOOK, "filled")

    assert [sheet.name for sheet in filled.sheets] == [s.name for s in empty.sheets]
    for one, other in zip(empty.sheets, filled.sheets, strict=True):
        for row in range(1, HEADING_ROW + 1):
            assert one.rows.get(row) == other.rows.get(row)


def test_the_same_bytes_everywhere():
    assert filled_in() == filled_in()
    assert with_slips() == with_slips()
    assert hashlib.sha256(filled_in()) != hashlib.sha256(with_slips())


def test_it_says_that_it_is_made_up():
    register = read_councils(PROJECT / "data/reference/councils.csv", "councils.csv")
    assert NAME in [council.name for council in register]
    assert all("made up" in str(row["note"]) or "does not exist" in str(row["note"])
               for row in figures.sources().values())  # fmt: skip


def test_its_figures_are_those_of_the_census_return(workspace):
    import_workbook(workspace, workspace.home / WORKBOOK)
    returns = workspace.home / "returns"
    report = import_census(workspace, returns / CENSUS, SLUG, figures.PERIOD)

    assert set(report.kept) == {"posts", "caseloads"}  # the workbook's stay
    census = {
        (row["measure"].removesuffix("_dfe"), row["basis"]): row["value"]
        for row in rows_of(workspace, "census-workforce")
        if row["breakdown"] == "All social workers"
    }
    census["vacancies_covered_by_agency", "fte"] = census[
        "agency_covering_vacancies", "fte"
    ]
    posts = rows_of(workspace, "posts")
    whole = [row for row in posts if row["unit"] == figures.WHOLE]
    checked = {
        (row["measure"], row["basis"]): row["value"] == census[found]
        for row in whole
        if (found := (row["measure"], row["basis"])) in census
    }
    assert checked == dict.fromkeys(checked, True)
    assert len(checked) == 6
    turnover = rows_of(workspace, "turnover")[-1]
    assert turnover["value"] == census["turnover_rate", "headcount"]
    (recruited,) = rows_of(workspace, "recruitment")
    assert recruited["value"] == census["starters", "headcount"]


def test_its_teams_are_those_of_the_weekly_list_and_tell_no_more(workspace):
    import_workbook(workspace, workspace.home / WORKBOOK)
    import_caseloads(workspace, workspace.home / "returns" / LIST, SLUG)
    weekly = {
        (row["unit"], row["measure"]): row
        for row in rows_of(workspace, "weekly-caseloads", week())
        if row["as_at"] == week()
    }
    people = defaultdict(float)
    for row in rows_of(workspace, "posts"):
        if row["basis"] == "headcount" and row["measure"] in (
            "in_post",
            "agency_workers",
        ):
            people[row["unit"]] += row["value"]
    hidden = set()
    for unit in {unit for unit, _ in weekly} - {"All workers"}:
        row = weekly[unit, "workers_weekly"]
        if "c" in row["status"].split():
            hidden.add(unit)
        else:
            assert people[unit] == row["value"]
    assert hidden == set(figures.SMALL)
    assert not hidden & set(people)
    averages = {
        row["unit"]: row["value"]
        for row in rows_of(workspace, "caseloads")
        if row["measure"] == "average_caseload"
    }
    assert not hidden & set(averages)
    for unit, average in averages.items():
        cases = weekly[unit, "cases_weekly"]["value"]
        workers = weekly[unit, "workers_weekly"]["value"]
        assert average == pytest.approx(cases / workers, abs=0.05)
