"""Every value of the five councils' packs is the same in every format, and described."""

import pytest

from tests.formats.csvw_checks import problems_of
from tests.formats.same_values import differences
from tests.published import PERIODS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("council", PERIODS)
def test_every_value_is_the_same_in_every_format(packs, council):
    assert differences(packs[council]) == []


@pytest.mark.parametrize("council", PERIODS)
def test_every_data_file_keeps_to_its_metadata(packs, council):
    assert problems_of(packs[council]) == []
