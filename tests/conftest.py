"""What all tests share."""

import pytest
from hypothesis import settings

# A machine that is busy with other work is slow, and no reason to fail.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="module")
def browser():
    """A browser that opens pages; without one, the tests that need it are skipped."""
    from tests.publish.browser import chromium

    with chromium() as opened:
        yield opened
