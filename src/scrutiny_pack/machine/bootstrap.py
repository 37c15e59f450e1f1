"""What ``bootstrap.py`` does: set up what a command needs, then go on with it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from scrutiny_pack.errors import INTERRUPTED, MachineError
from scrutiny_pack.machine import doctor
from scrutiny_pack.machine.environments import (
    clean,
    hand_over,
    pack_environment,
    set_up,
)

_NEED_TESTS = {"--dev", "test", "test-full", "lint", "lock"}
_NEED_LAB = {"--lab", "lab"}


def main(arguments: Sequence[str]) -> int:
    """Set up, then run a command in ``.venv``; returns the exit code."""
    project = Path(__file__).resolve().parents[3]
    command = next((word for word in arguments if not word.startswith("-")), None)
    try:
        if command == "doctor":
            return doctor.main(project)
        if command == "clean":
            clean(project)
            return 0
        set_up(
            project,
            with_tests=not _NEED_TESTS.isdisjoint(arguments),
            with_lab=not _NEED_LAB.isdisjoint(arguments),
        )
    except MachineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("Stopped; run the same command again to finish.", file=sys.stderr)
        return INTERRUPTED
    if command is None:
        return 0
    rest = [word for word in arguments if word not in {"--dev", "--lab"}]
    python = pack_environment(project).python
    return hand_over(python, ["-m", "scrutiny_pack", *rest])
