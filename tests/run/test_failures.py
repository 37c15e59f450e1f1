"""A failure to write is one plain line, and what to do."""

import errno

import pytest

from scrutiny_pack.errors import OutputError
from scrutiny_pack.run.failures import output_error, writing


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full: free some space"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "there is no permission"),
        (errno.EPERM, "there is no permission"),
        (errno.EFBIG, "does not allow a file of that size"),
        (errno.EIO, "input/output error; see 'make doctor'"),
    ],
)
def test_an_error_number_becomes_a_line(number, words):
    line = str(output_error(OSError(number, "Input/output error"), "output/leeds/2005"))
    assert line.startswith("cannot write output/leeds/2005: ")
    assert words in line


def test_only_failures_of_the_operating_system_are_turned():
    with pytest.raises(OutputError), writing("output"):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(ZeroDivisionError), writing("output"):
        raise ZeroDivisionError
