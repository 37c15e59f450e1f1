"""What is asked of every refusal of a file, whatever is wrong with it."""

import re

from scrutiny_pack.errors import PackError


def told_by(error: PackError, file: str) -> str:
    """The message of a refusal: of this file, of bounded length, and no fault of ours.

    Args:
        error: the refusal.
        file: a pattern of the file's name.
    """
    message = str(error)
    assert re.match(rf"{file}\b", message), message
    assert "fault in this project" not in message, message
    assert len(message) < 5_000, message
    assert error.__context__ is None  # else a traceback would show what was read
    assert error.__cause__ is None
    return message
