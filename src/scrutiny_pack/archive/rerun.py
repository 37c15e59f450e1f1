"""Running an archive's pack again, from the archive alone, and comparing every file."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.archive.bag import PAYLOAD
from scrutiny_pack.archive.layout import PACK, PROJECT, WHEELS
from scrutiny_pack.archive.opening import Opened
from scrutiny_pack.errors import RerunError
from scrutiny_pack.options import OPTIONS
from scrutiny_pack.run.failures import writing
from scrutiny_pack.shelf.differences import Difference, pack_differences
from scrutiny_pack.workspace import PROJECT as PROJECT_VARIABLE

_LEFT_OUT = {
    *(name.upper() for name in OPTIONS),
    *("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHONHOME", "PYTHONPATH"),
    *("VIRTUAL_ENV", PROJECT_VARIABLE),
}
"""Variables that would tell the archive's program something of this one."""

_LAST_LINES = 5


@dataclass(frozen=True)
class MadeWith:
    """What an archive says of how its pack was made.

    Attributes:
        council: the council's slug.
        period: the period.
        software: the program that made it, with its version.
        python: the minor version of Python.
        system: the operating system and processor.
        has_wheels: whether the packages are in the archive.
    """

    council: str
    period: str
    software: str
    python: str
    system: str
    has_wheels: bool

    @property
    def in_words(self) -> str:
        """What it takes to run it again."""
        packages = (
            "the packages are in it"
            if self.has_wheels
            else "a package index, from which its requirements.lock is installed"
        )
        return (
            f"it was made by {self.software}, which is in it, and it takes Python "
            f"{self.python} on {self.system}, 2 GB of disk, and {packages}; with "
            "another Python or system the values are compared, not the bytes"
        )


def run_again(
    archive: Opened, made: MadeWith, say: Callable[[str], None]
) -> tuple[int, str]:
    """Make an archive's pack again, in an empty folder, and compare it.

    This executes the archive's own code, with the rights of whoever calls it.

    Args:
        archive: an archive that has passed all checks.
        made: what it says of how its pack was made.
        say: tells the analyst what is going on.

    Returns:
        How many files the pack has, and a note if not the bytes were compared but the
        values.

    Raises:
        RerunError: if the pack could not be made, or differs; it names the first
            difference.
        OutputError: if the temporary folder cannot be written.
    """
    folder = Path(tempfile.mkdtemp(prefix="scrutiny-pack-rerun-"))
    try:
        with writing("the folder in which the pack is run again"):
            for part in (PACK, PROJECT, WHEELS):
                archive.unpack(f"{PAYLOAD}{part}", folder / part)
        python = _python(made.python)
        say(f"running it again with {python}; this takes some minutes")
        _execute(folder, made, python)
        again = folder / PROJECT / "output" / made.council / made.period
        found = pack_differences(folder / PACK, again)
        files = sum(path.is_file() for path in again.rglob("*"))
        return files, _judge(found, made, python)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _execute(folder: Path, made: MadeWith, python: str) -> None:
    """Let the archive's program set itself up and make the pack."""
    command = [
        *(python, "bootstrap.py", "pack"),
        *(f"COUNCIL={made.council}", f"PERIOD={made.period}", "FORMATS=all"),
    ]
    done = subprocess.run(  # noqa: S603 - the analyst asked for it, and was warned
        command,
        cwd=folder / PROJECT,
        env=_environment(os.environ, folder / WHEELS if made.has_wheels else None),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        said = " / ".join(done.stdout.strip().splitlines()[-_LAST_LINES:])
        msg = f"its program ended with exit code {done.returncode}: {said}"
        raise RerunError(msg)


def _environment(surrounding: Mapping[str, str], wheels: Path | None) -> dict[str, str]:
    kept = {name: v for name, v in surrounding.items() if name not in _LEFT_OUT}
    if wheels is not None:
        kept |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
    return kept


def _python(minor: str) -> str:
    """A Python of that minor version if there is one, else the one that runs this."""
    own = getattr(sys, "_base_executable", None) or sys.executable
    if minor == _minor():
        return str(own)
    return shutil.which(f"python{minor}") or str(own)


def _judge(found: list[Difference], made: MadeWith, python: str) -> str:
    """What the differences mean.

    Raises:
        RerunError: if they are ones that there should not be.
    """
    if not found:
        return ""
    same_kind = (
        made.system == f"{platform.system()} {platform.machine()}"
        and made.python == _minor_of(python)
    )
    wrong = found if same_kind else [d for d in found if d.of_value]
    if wrong:
        first = wrong[0]
        more = f"; {len(wrong) - 1} more" if len(wrong) > 1 else ""
        msg = (
            f"the pack that was made again differs: {first.file}: {first.what}: "
            f"old {first.old!r}, new {first.new!r}{more}"
        )
        raise RerunError(msg)
    return (
        f"every value is the same; the bytes of {len({d.file for d in found})} files "
        f"are not, which is not promised on another system or Python"
    )


def _minor() -> str:
    return ".".join(platform.python_version_tuple()[:2])


def _minor_of(python: str) -> str:
    code = "import platform; print('.'.join(platform.python_version_tuple()[:2]))"
    command = [python, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip()
