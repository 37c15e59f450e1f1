"""What the tests of every format share: a hard council's pack, made once."""

import pytest

from scrutiny_pack.formats.content import read_content
from scrutiny_pack.formats.registry import WRITERS
from tests.formats.hard_pack import publish_hard_pack


@pytest.fixture(scope="session")
def hard_pack(tmp_path_factory):
    """The folder of the hard council's pack, without formats; tests do not change it."""
    return publish_hard_pack(tmp_path_factory.mktemp("hard"))


@pytest.fixture(scope="session")
def hard_content(hard_pack):
    """What a writer of a format is given of it."""
    return read_content(hard_pack)


@pytest.fixture(scope="session")
def whole_pack(tmp_path_factory):
    """The same pack in every format; tests do not change it."""
    return publish_hard_pack(tmp_path_factory.mktemp("whole"), tuple(WRITERS))
