"""What ``bootstrap.py`` does: set up what a command needs, then go on with it."""

import os
import re
import sys
from collections.abc import Mapping, Sequence
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
_NEED_CLUSTER = {"--cluster", "--engine"}
_FLAGS = {"--dev", "--lab", "--cluster"}


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
            with_cluster=needs_cluster(arguments, os.environ),
        )
    except MachineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("Stopped; run the same command again to finish.", file=sys.stderr)
        return INTERRUPTED
    if command is None:
        return 0
    rest = [word for word in arguments if word not in _FLAGS]
    python = pack_environment(project).python
    return hand_over(python, ["-m", "scrutiny_pack", *rest])


def needs_cluster(arguments: Sequence[str], around: Mapping[str, str]) -> bool:
    """Whether packs are to be made on a cluster: ENGINE= is given in any of its ways."""
    words = {word.partition("=")[0] for word in arguments}
    given = any(re.fullmatch(r"ENGINE=.+", word) for word in arguments)
    return bool(given or around.get("ENGINE")) or not _NEED_CLUSTER.isdisjoint(words)
