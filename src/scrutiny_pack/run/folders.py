"""The folders of a run: a pack is built aside, and moved into place whole.

A pack at ``output/<council>/<period>`` has two hidden neighbours while it is made:
``.<period>.building``, which holds the run's own files and the new pack, and, for the
moment between two renames, ``.<period>.replaced``, the previous pack. Whatever moment
a run is interrupted at, `recover` finds the previous pack or the new one, whole.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.errors import OutputError


@dataclass(frozen=True)
class Staging:
    """Where one pack is built, and where it goes.

    Attributes:
        pack: where the pack goes.
        shown: the pack's path, as messages show it.
    """

    pack: Path
    shown: str

    @property
    def building(self) -> Path:
        """The folder that holds everything until the pack is complete."""
        return self.pack.with_name(f".{self.pack.name}.building")

    @property
    def run(self) -> Path:
        """What the notebooks read and record."""
        return self.building / "run"

    @property
    def settings(self) -> Path:
        """What the kernels find instead of a user's settings."""
        return self.building / "settings"

    @property
    def new(self) -> Path:
        """The new pack, until it is complete."""
        return self.building / "pack"

    @property
    def replaced(self) -> Path:
        """The previous pack, while the new one takes its place."""
        return self.pack.with_name(f".{self.pack.name}.replaced")

    def recover(self) -> None:
        """Put right what an interrupted run left behind."""
        if self.replaced.exists():
            if self.pack.exists():
                _remove(self.replaced)
            else:
                self.replaced.rename(self.pack)
        _remove(self.building)

    def begin(self) -> None:
        """Make the folders of a new run, empty."""
        self.run.mkdir(parents=True)
        self.new.mkdir()

    def move_into_place(self) -> None:
        """Put the new pack where the previous one is.

        Raises:
            OutputError: if a file of the previous pack is held open; the previous
                pack is then where it was.
        """
        try:
            if self.pack.exists():
                self.pack.rename(self.replaced)
            self.new.rename(self.pack)
        except BaseException as error:  # also Ctrl-C between the two renames
            if self.replaced.exists() and not self.pack.exists():
                self.replaced.rename(self.pack)
            if isinstance(error, PermissionError):
                msg = (
                    f"cannot replace {self.shown}: a file of it is open in another "
                    "program; close it, and run again"
                )
                raise OutputError(msg) from error
            raise

    def clear(self) -> None:
        """Remove what is no longer needed; what cannot be is left to the next run."""
        shutil.rmtree(self.building, ignore_errors=True)
        if self.pack.exists():
            shutil.rmtree(self.replaced, ignore_errors=True)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
