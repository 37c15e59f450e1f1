"""The folders of a run: a pack is built aside, and moved into place whole.

A pack at ``output/<council>/<period>`` has two hidden neighbours while it is made:
``.<period>.building``, which holds the run's own files and the new pack, and, for the
moment between two renames, ``.<period>.replaced``, the previous pack. Whatever moment
a run is interrupted at, `recover` finds the previous pack or the new one, whole.

A previous pack that was final, and whose evidence is another than the new one's, is not
removed: it goes on to ``output/superseded/<council>/<period>/<checksum>``.
"""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.errors import OutputError
from scrutiny_pack.periods import Period
from scrutiny_pack.shelf.identity import identity
from scrutiny_pack.workspace import Workspace


@dataclass(frozen=True)
class Staging:
    """Where one pack is built, and where it goes.

    Attributes:
        pack: where the pack goes.
        shown: the pack's path, as messages show it.
        superseded: the folder to which a final pack goes when it is replaced; None
            where there are no final packs, as in a set.
    """

    pack: Path
    shown: str
    superseded: Path | None = None

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
                self._put_away()
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
            with suppress(OSError):
                self._put_away()

    def place_of(self, pack: Path) -> Path | None:
        """Where a pack goes when another takes its place; None if it is not kept.

        A final pack is kept, unless what takes its place holds the same evidence or
        has nowhere to be kept.
        """
        was, now = identity(pack), identity(self.pack)
        if self.superseded is None or was is None or not was.is_final:
            return None
        return (
            None
            if now and now.evidence == was.evidence
            else self.superseded / was.short
        )

    def _put_away(self) -> None:
        """Keep the pack that was replaced, or remove it; the new one is in its place."""
        if not self.replaced.exists():
            return
        place = self.place_of(self.replaced)
        if place is None or place.exists():  # it was final before, and kept then
            _remove(self.replaced)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        self.replaced.rename(place)


def staging_of(workspace: Workspace, council: str, period: Period) -> Staging:
    """Where the pack of one council and period is built, and where it goes."""
    pack = workspace.pack_folder(council, period)
    kept = workspace.superseded / council / str(period)
    return Staging(pack, workspace.shown(pack), kept)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
