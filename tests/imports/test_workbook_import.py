"""From the workbook to data/: whole or not at all, and nothing lost."""

import os
import random
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.errors import (
    CouncilError,
    InputFileError,
    OutputError,
    PackError,
    PeriodError,
)
from scrutiny_pack.imports import workbook_staging
from scrutiny_pack.imports.workbook_import import import_workbook
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.supplied import supplied_datasets
from scrutiny_pack.workspace import Workspace

from .filled_workbook import SOURCE, Filled, moment
from .test_workbook_file import rewritten

ROOT = Path(__file__).parents[2]

FOLDER = "data/leeds/2016-07-31"


@pytest.fixture
def workspace(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    return Workspace(ROOT, home)


@pytest.fixture
def filled(tmp_path):
    return Filled(tmp_path / "figures.xlsx")


def sound(filled, *changes):
    """A workbook with nothing wrong in it."""
    filled.cover()
    filled.sources()
    filled.posts(*changes or ({},))
    return filled.close()


def files(workspace):
    """Every file of the workspace, with its bytes."""
    return {
        path.relative_to(workspace.home).as_posix(): path.read_bytes()
        for path in sorted(workspace.home.rglob("*"))
        if path.is_file()
    }


def test_a_workbook_becomes_data(workspace, filled):
    report = import_workbook(workspace, sound(filled))
    assert report.rows == {"posts": 1}
    assert report.folder == FOLDER
    assert sorted(files(workspace)) == [
        f"{FOLDER}/posts.csv",
        f"{FOLDER}/posts.source.yaml",
    ]
    dataset = load_dataset(workspace.home / FOLDER, "posts", workspace.home)
    assert dataset.frame["value"].tolist() == [12]
    assert dataset.notes == ()


def test_what_the_analyst_is_told(workspace, filled):
    filled.cover()
    filled.sources()
    filled.sheet("Workings").write_string("A1", "HR")
    filled.posts(
        {"measure": "establishment", "value": 12},
        {"unit": "Team A", "value": "9 "},
        {"unit": "Team A", "measure": "vacancies", "value": 4},
    )
    report = import_workbook(workspace, filled.close())
    assert report.lines("D:/My data") == [
        f"figures.xlsx: 3 rows in 1 dataset written to D:/My data/{FOLDER}",
        "  posts: 3 rows",
        "Put right (look these over):",
        "  Posts, H7: '9 ' was read as '9'",
        "Not read:",
        "  Workings: the sheet is not one of the template's; it was left out",
        "Warnings, which will be in the pack too:",
        f"  {report.warnings[0]}",
        'Next: make pack COUNCIL=leeds PERIOD=2016-07-31 WORKSPACE="D:/My data"',
    ]
    assert str(report.warnings[0]).startswith(
        "Posts, H6: Team A, headcount: in post 9 and vacant 4 make 13"
    )


def test_the_same_workbook_gives_the_same_files(workspace, filled):
    path = sound(filled)
    import_workbook(workspace, path)
    before = files(workspace)
    report = import_workbook(workspace, path)
    assert files(workspace) == before
    assert report.replaced == ""


def test_the_council_and_the_period_may_be_given(workspace, filled):
    filled.sources()
    filled.posts({})
    report = import_workbook(workspace, filled.close(), "darlington", "2016-09")
    assert report.folder == "data/darlington/2016-09"


@pytest.mark.parametrize(
    ("cover", "given", "problem"),
    [
        (None, ("leeds", None), "does not say what period it is for: write it in the"),
        (None, (None, "2016"), "does not say what council it is for"),
        (("leeds", "2016"), ("dorset", None), "for council 'leeds'.*COUNCIL=dorset"),
        (("leeds", "2016"), (None, "2017"), "for period '2016'.*PERIOD=2017"),
    ],
)
def test_a_workbook_that_is_about_nothing_or_something_else(
    workspace, filled, cover, given, problem
):
    if cover:
        filled.cover(*cover)
    filled.sources()
    filled.posts({})
    with pytest.raises(InputFileError, match=problem):
        import_workbook(workspace, filled.close(), *given)
    assert not files(workspace)


@pytest.mark.parametrize(
    ("cover", "error", "problem"),
    [
        (("leads", "2016"), CouncilError, "Did you mean leeds"),
        (("leeds", "last year"), PeriodError, "figures.xlsx, sheet Start here: 'last"),
    ],
)
def test_a_council_or_a_period_that_is_none(workspace, filled, cover, error, problem):
    filled.cover(*cover)
    with pytest.raises(error, match=problem):
        import_workbook(workspace, filled.close())


def test_the_period_of_the_cover_as_excel_writes_it(workspace, filled):
    filled.cover(period="31/07/2016")
    filled.sources()
    filled.posts({})
    assert import_workbook(workspace, filled.close()).period == "2016-07-31"


def test_all_that_is_wrong_in_all_sheets_at_once(workspace, filled):
    filled.cover()
    filled.sources(SOURCE | {"title": ""})
    filled.posts({"value": "twelve"}, {"basis": "heads"})
    filled.dataset("pay", [{"authority": "Leeds"}])
    with pytest.raises(InputFileError) as error:
        import_workbook(workspace, filled.close())
    first, *lines = str(error.value).splitlines()
    assert first == ("figures.xlsx was not imported; there are 4 things to put right:")
    assert [line.partition(": ")[0] for line in lines] == [
        "  Sources, C6",
        "  Posts, H6",
        "  Posts, G7",
        "  Pay, A6",
    ]
    assert not files(workspace)


def test_one_thing_wrong(workspace, filled):
    with pytest.raises(InputFileError, match="there is 1 thing to put right"):
        import_workbook(workspace, sound(filled, {"value": "twelve"}))


def test_no_more_than_fifty_are_told(workspace, filled):
    with pytest.raises(InputFileError) as error:
        import_workbook(workspace, sound(filled, *[{"value": "twelve"}] * 70))
    lines = str(error.value).splitlines()
    assert len(lines) == 52
    assert lines[0].endswith("there are 70 things to put right:")
    assert lines[-1] == "  and 20 more"


def test_a_critical_expectation_is_told_by_its_cells(workspace, filled):
    path = sound(filled, {}, {"as_at": "2017-01"}, {"as_at": "2017-02"})
    with pytest.raises(InputFileError) as error:
        import_workbook(workspace, path)
    (line,) = str(error.value).splitlines()[1:]
    assert line.startswith(
        "  Posts, M7: No figure is dated after its report, but row 7 (Teams, Team B, "
    )
    assert " and row 8 (Teams, Team C" in line
    assert line.endswith("Check As at here, and the date in the sheet Sources.")
    assert not files(workspace)


def test_a_sound_sheet_is_checked_though_another_is_not(workspace, filled):
    filled.cover()
    filled.sources()
    filled.posts({"as_at": "2017-01"})
    filled.dataset("pay", [{"authority": "Leeds"}])
    with pytest.raises(InputFileError) as error:
        import_workbook(workspace, filled.close())
    assert "dated after its report" in str(error.value)
    assert "stands alone in its row" in str(error.value)


def test_a_workbook_without_a_row(workspace, filled):
    filled.cover()
    filled.sources()
    filled.dataset("posts", [])
    with pytest.raises(InputFileError, match="no sheet has a row of figures; fill one"):
        import_workbook(workspace, filled.close())


# --- What is there already --------------------------------------------------------


@pytest.fixture
def imported(workspace, filled):
    """A workspace with data of the council, some of it not from a workbook."""
    import_workbook(workspace, sound(filled))
    folder = workspace.home / FOLDER
    (folder / "commentary.yaml").write_text("", encoding="utf-8")
    for name in ("pay.csv", "pay.source.yaml"):
        (folder / name).write_text("by hand", encoding="utf-8")
    return workspace


def again(tmp_path, *changes, **more):
    filled = Filled(tmp_path / "again.xlsx")
    filled.cover()
    filled.sources()
    filled.posts(*changes)
    for name, rows in more.items():
        filled.dataset(name, rows)
    return filled.close()


def test_data_are_not_replaced_unasked(imported, tmp_path):
    before = files(imported)
    with pytest.raises(OutputError) as error:
        import_workbook(imported, again(tmp_path, {"value": 13}))
    assert str(error.value) == (
        f"{FOLDER} has posts already, and not as in again.xlsx; nothing was changed. Add "
        "REPLACE=1 to replace them: the folder as it is now is kept beside the new one"
    )
    assert files(imported) == before


def test_what_is_replaced_is_kept(imported, tmp_path):
    before = files(imported)
    for number, value in enumerate((13, 14), 1):
        path = again(tmp_path, {"value": value})
        report = import_workbook(imported, path, replace_data=True)
        assert report.replaced == f"data/leeds/.2016-07-31.replaced-{number}"
        assert report.kept == ("pay",)
        assert f"What was there before is kept in {report.replaced}" in report.lines()
        path.unlink()
    after = files(imported)
    kept = {
        name.replace(".2016-07-31.replaced-1", "2016-07-31"): raw
        for name, raw in after.items()
        if "replaced-1" in name
    }
    assert kept == before
    assert b",14," in after[f"{FOLDER}/posts.csv"]
    for name in ("commentary.yaml", "pay.csv", "pay.source.yaml"):
        assert after[f"{FOLDER}/{name}"] == before[f"{FOLDER}/{name}"]
    assert imported.councils_with_data() == ["leeds"]
    assert [str(period) for period in imported.periods_of("leeds")] == ["2016-07-31"]


def test_a_dataset_is_added_without_being_asked(imported, tmp_path):
    turnover = {
        "scope": "All",
        "span": "whole year",
        "measure": "turnover rate",
        "basis": "not stated",
        "value": 14.8,
        "as_at": "2016",
        "nature": "actual",
        "paragraph": "4",
    }
    path = again(tmp_path, {}, turnover=[turnover])
    before = files(imported)
    report = import_workbook(imported, path)
    after = files(imported)
    assert report.replaced == ""
    assert sorted(set(after) - set(before)) == [
        f"{FOLDER}/turnover.csv",
        f"{FOLDER}/turnover.source.yaml",
    ]
    assert {name: after[name] for name in before} == before


def test_an_import_that_was_interrupted_is_put_right(imported, tmp_path):
    before = files(imported)
    folder = imported.home / FOLDER
    folder.rename(folder.with_name(".2016-07-31.replaced-1"))
    aside = imported.home / "data" / ".importing-leeds-2016-07-31"
    (aside / "data").mkdir(parents=True)
    import_workbook(imported, again(tmp_path, {}))
    assert files(imported) == before


def test_a_folder_that_cannot_be_replaced_stays(imported, tmp_path, monkeypatch):
    before = files(imported)
    rename = type(imported.home).rename

    def held_open(path, target):
        if path.parent.parent.parent.name.startswith(".importing"):
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(type(imported.home), "rename", held_open)
    with pytest.raises(OutputError, match=f"cannot write {FOLDER}"):
        import_workbook(imported, again(tmp_path, {"value": 13}), replace_data=True)
    assert files(imported) == before


def test_a_disk_that_is_full_leaves_nothing(workspace, filled, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workbook_staging.Staging, "_write", full)
    with pytest.raises(OutputError, match="the disk is full"):
        import_workbook(workspace, sound(filled))
    assert not files(workspace)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="everything may be read here"
)
def test_a_workbook_that_may_not_be_read(workspace, filled):
    path = sound(filled)
    path.chmod(0)
    with pytest.raises(InputFileError, match="cannot be opened"):
        import_workbook(workspace, path)


def test_the_workbook_is_found_from_the_workspace_too(workspace, filled):
    sound(filled).rename(workspace.home / "figures.xlsx")
    assert import_workbook(workspace, Path("figures.xlsx")).rows == {"posts": 1}


def test_nothing_that_is_said_or_written_names_the_machine(workspace, filled):
    report = import_workbook(workspace, sound(filled, {"value": " 12"}))
    told = "\n".join(report.lines()).encode()
    for text in (told, *files(workspace).values()):
        assert str(workspace.home).encode() not in text
        assert str(ROOT).encode() not in text


ODD = ["", "9", "-1", "1e400", "nan", "\u00a0", "Total", "#REF!", "n/a", "A7", "x", "s"]


def changed(raw, chance):
    """A part of a workbook in which a few elements were doubled, lost or rewritten."""
    root = ET.fromstring(raw)  # noqa: S314 - our own
    for _ in range(chance.randint(1, 4)):
        parents = [element for element in root.iter() if len(element)]
        parent = chance.choice(parents)
        element = chance.choice(list(parent))
        match chance.randrange(4):
            case 0:
                parent.remove(element)
            case 1:
                parent.append(element)
            case 2:
                element.text = chance.choice(ODD)
            case _:
                name = chance.choice([*element.attrib, "hidden", "t", "r", "s"])
                element.set(name, chance.choice([*ODD, "1", "str", "inlineStr", "e"]))
    return ET.tostring(root, encoding="utf-8")


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 2**32))
def test_any_workbook_is_imported_whole_or_not_at_all(tmp_path_factory, seed):
    """Sheets with their XML changed at random: data, or one clear error."""
    folder = tmp_path_factory.mktemp("any")
    filled = Filled(folder / "figures.xlsx")
    sound(
        filled, {}, {"value": (0.25, "0%")}, {"as_at": (moment(2016, 7, 31), "mmm-yy")}
    )
    chance = random.Random(seed)  # noqa: S311 - no secret
    part = chance.choice([f"sheet{n}.xml" for n in (2, 3, 3, 3)] + ["styles.xml"])

    def change(name, raw):
        return changed(raw, chance) if name.endswith(part) else raw

    home = folder / "home"
    home.mkdir()
    workspace = Workspace(ROOT, home)
    try:
        report = import_workbook(workspace, rewritten(filled.path, change))
    except PackError as error:
        assert "Traceback" not in str(error)
        assert not files(workspace)
    else:
        supplied = supplied_datasets(home / report.folder)
        assert supplied == list(report.rows)
        for name in supplied:
            load_dataset(home / report.folder, name, home)
