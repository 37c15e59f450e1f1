"""The packages of the lock, as files, for the day when no index has them."""

import sys
from pathlib import Path

from scrutiny_pack.errors import MachineError
from scrutiny_pack.machine.installing import explain_failure, run_installer


def download_wheels(lock: Path, folder: Path) -> None:
    """Download the packages of a lock, for this system and version of Python.

    Args:
        lock: a lock with checksums; a package with another one is refused.
        folder: where the packages go.

    Raises:
        MachineError: in one line, if that cannot be done.
    """
    folder.mkdir(parents=True)
    command = [
        *(sys.executable, "-m", "pip", "download"),
        *("--quiet", "--disable-pip-version-check", "--no-input"),
        *("--require-hashes", "--no-deps", "--only-binary", ":all:"),
        *("--dest", str(folder), "--requirement", str(lock)),
    ]
    result = run_installer(command, lock.parent)
    if result.returncode != 0:
        msg = f"the packages cannot be downloaded: {explain_failure(result.stdout)}"
        raise MachineError(msg)
