import shutil

import pytest

from tests.archive.archived import made, small_archived_project


@pytest.fixture(scope="session")
def archived_once(tmp_path_factory):
    """A project with an archive; nobody changes it."""
    project = small_archived_project(tmp_path_factory.mktemp("archived") / "project")
    return project, made(project)


@pytest.fixture
def project(archived_once, tmp_path):
    """A copy of the project of that archive, without the archive."""
    original, _ = archived_once
    shutil.copytree(original.folder, tmp_path / "project")
    shutil.rmtree(tmp_path / "project" / "output" / "archive")
    return type(original)(tmp_path / "project")


@pytest.fixture
def archive(archived_once):
    """An archive, to be read and not changed."""
    return archived_once[1]
