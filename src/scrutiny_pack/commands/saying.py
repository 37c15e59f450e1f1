"""How a command says what went wrong."""

import sys
import traceback


def say_error(error: BaseException, line: str, *, debug: bool) -> None:
    """Print one line about an error, after its traceback if that is wanted."""
    if debug:
        traceback.print_exception(error)
    print(line, file=sys.stderr)
