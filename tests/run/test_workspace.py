"""Where a workspace finds things."""

import pytest

from scrutiny_pack.errors import InputFileError, MachineError, PeriodError
from scrutiny_pack.workspace import Workspace


@pytest.fixture
def workspace(project, monkeypatch):
    monkeypatch.setenv("SCRUTINY_PACK_PROJECT", str(project.folder))
    return Workspace.find()


def test_without_workspace_everything_is_in_the_project(workspace, project):
    assert workspace.home == workspace.project == project.folder.resolve()


def test_a_workspace_holds_the_council_s_material_and_not_the_notebooks(
    workspace, project, tmp_path
):
    (tmp_path / "ours").mkdir()
    ours = Workspace.find(str(tmp_path / "ours"))
    assert ours.notebooks == workspace.notebooks
    assert ours.reference == workspace.reference
    assert ours.pack_folder("leeds", "2005") == tmp_path / "ours/output/leeds/2005"
    assert ours.params_file("leeds", "2005") == tmp_path / "ours/params/leeds/2005.yaml"
    assert ours.councils_with_data() == []


def test_a_workspace_that_is_not_there_is_named(workspace):
    with pytest.raises(
        InputFileError, match="WORKSPACE=/nowhere/at/all is not a folder"
    ):
        Workspace.find("/nowhere/at/all")


def test_a_package_without_its_project_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("SCRUTINY_PACK_PROJECT", str(tmp_path))
    with pytest.raises(MachineError, match="clone of the project"):
        Workspace.find()


def test_councils_are_the_folders_of_data_but_for_reference(workspace, project):
    project.add_period("leeds", "2005")
    (project.folder / "data" / ".hidden").mkdir()
    (project.folder / "data" / "a-file.txt").touch()
    assert workspace.councils_with_data() == ["darlington", "leeds"]


def test_the_latest_period_is_the_one_that_ends_last(workspace, project):
    for period in ("2016", "2015-12", "2016-W31"):
        project.add_period("darlington", period)
    periods = [str(period) for period in workspace.periods_of("darlington")]
    assert periods == ["2015-12", "2016-07-31", "2016-W31", "2016"]


def test_a_folder_that_is_not_named_after_a_period_is_an_error(workspace, project):
    project.add_period("darlington", "2016-7-31")
    with pytest.raises(PeriodError, match="'2016-7-31' is not a period"):
        workspace.periods_of("darlington")


def test_paths_are_shown_from_the_council_s_folder_or_the_project(workspace, tmp_path):
    (tmp_path / "ours").mkdir()
    ours = Workspace.find(str(tmp_path / "ours"))
    assert ours.shown(ours.pack_folder("leeds", "2005")) == "output/leeds/2005"
    assert ours.shown(ours.defaults_file) == "params/defaults.yaml"
    assert ours.shown(tmp_path / "elsewhere.csv") == "elsewhere.csv"
