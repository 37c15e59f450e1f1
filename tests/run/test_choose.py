"""Which council and period a command is about."""

import pytest

from scrutiny_pack.errors import CouncilError, PeriodError
from scrutiny_pack.run.choose import choose_council, choose_period
from scrutiny_pack.workspace import Workspace


@pytest.fixture
def workspace(project):
    project.add_period("leeds", "2005")
    project.add_period("darlington", "2017")
    return Workspace(project.folder, project.folder)


def test_a_council_with_data_is_taken(workspace):
    assert choose_council(workspace, "leeds") == "leeds"


@pytest.mark.parametrize("nothing", [None, ""])
def test_without_a_council_those_with_data_are_listed(workspace, nothing):
    with pytest.raises(CouncilError, match="There are data for darlington and leeds"):
        choose_council(workspace, nothing)


def test_a_misspelt_council_gets_the_nearest_names(workspace):
    with pytest.raises(CouncilError, match=r"'Darligton'\. Did you mean darlington"):
        choose_council(workspace, "Darligton")


@pytest.mark.parametrize(
    "escape", ["..", "../data/leeds", "/", "leeds/2005", "reference"]
)
def test_a_council_is_never_a_path(workspace, escape):
    with pytest.raises(CouncilError):
        choose_council(workspace, escape)


def test_without_a_period_the_latest_is_taken(workspace):
    assert str(choose_period(workspace, "darlington", None)) == "2017"
    assert str(choose_period(workspace, "darlington", "2016-07-31")) == "2016-07-31"


def test_an_unknown_period_gets_the_list_of_those_there_are(workspace):
    with pytest.raises(PeriodError, match="there are data for 2016-07-31 and 2017"):
        choose_period(workspace, "darlington", "2016")


def test_what_is_no_period_is_said_to_be_none(workspace):
    with pytest.raises(PeriodError, match="'31/7/2016' is not a period"):
        choose_period(workspace, "darlington", "31/7/2016")


def test_a_council_without_a_period_is_told_where_to_put_one(workspace, project):
    (project.folder / "data" / "dorset").mkdir()
    with pytest.raises(PeriodError, match="data/dorset holds no period"):
        choose_period(workspace, "dorset", None)


def test_without_any_data_it_says_so(tmp_path):
    with pytest.raises(CouncilError, match="There are no data"):
        choose_council(Workspace(tmp_path, tmp_path), None)
