import shutil

import pytest

from tests.run.small_project import SmallProject


@pytest.fixture
def project(tmp_path):
    return SmallProject(tmp_path / "project")


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory):
    made = SmallProject(tmp_path_factory.mktemp("made-once") / "project")
    made.add_notebook("01-first", "print('the previous pack')")
    done = made.run("pack", "COUNCIL=darlington")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def with_previous(_made_once, tmp_path):
    """A project with a pack, and every file of its output folder."""
    shutil.copytree(_made_once.folder, tmp_path / "project")
    project = SmallProject(tmp_path / "project")
    return project, project.everything()
