import pytest

from scrutiny_pack.publish import publish_pack
from tests.publish.awkward import awkward_run


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """A run with everything that is hard to show."""
    return awkward_run(tmp_path_factory.mktemp("awkward") / "run")


@pytest.fixture(scope="session")
def pack(run, tmp_path_factory):
    """The pack of that run; tests do not change it."""
    target = tmp_path_factory.mktemp("awkward") / "pack"
    target.mkdir()
    publish_pack(run.folder, target, run.context)
    return target
