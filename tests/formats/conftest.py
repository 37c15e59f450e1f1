import pytest

from scrutiny_pack.publish import publish_pack
from tests.formats.hard import hard_run
from tests.publish.awkward import awkward_run


@pytest.fixture(scope="session", params=[awkward_run, hard_run])
def pack(request, tmp_path_factory):
    """A pack with everything that is hard to show; tests do not change it."""
    folder = tmp_path_factory.mktemp("pack")
    run = request.param(folder / "run")
    target = folder / "pack"
    target.mkdir()
    publish_pack(run.folder, target, run.context)
    return target
