"""Finished runs of notebooks, kept so that what has not changed is not run again.

One run is kept for each notebook of each pack, the last one: in
``output/.cache/notebooks/<council>/<period>/<notebook>-<key>``. The key is a hash of
all that the notebook rests on, so a run is found only where nothing of that has
changed, and every file is held to its own hash before it is used.
"""

import json
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.run.dependencies import Dependencies, key_of, sha256

_ABOUT = "about.json"
_KEY_LENGTH = 32


@dataclass(frozen=True)
class FinishedRun:
    """A run of one notebook that is kept.

    Attributes:
        folder: where it is.
        messages: what its cells wrote to the standard error stream.
        dependencies: what it rested on.
    """

    folder: Path
    messages: tuple[str, ...]
    dependencies: Dependencies

    def put_into(self, run: Path, notebook: str) -> None:
        """Put the executed notebook and its records into the folder of a run."""
        shutil.copyfile(
            self.folder / "notebook.ipynb", run / "notebooks" / f"{notebook}.ipynb"
        )
        records = self.folder / "records"
        if records.is_dir():
            shutil.copytree(records, run / "records" / notebook, dirs_exist_ok=True)


class FinishedRuns:
    """The finished runs of one pack's notebooks."""

    def __init__(self, folder: Path) -> None:
        """Look into a folder, which need not exist."""
        self._folder = folder

    def find(self, notebook: str, dependencies: Dependencies) -> FinishedRun | None:
        """The run of a notebook that rested on just this, if it is kept and sound."""
        return _read(self._place(notebook, dependencies))

    def last(self, notebook: str) -> FinishedRun | None:
        """The last run of a notebook, whatever it rested on."""
        runs = (_read(path) for path in self._all(notebook))
        return next((run for run in runs if run is not None), None)

    def keep(
        self,
        notebook: str,
        dependencies: Dependencies,
        run: Path,
        messages: tuple[str, ...],
    ) -> None:
        """Keep a run, in place of the notebook's last one, if the disk lets us.

        Args:
            notebook: its name.
            dependencies: what it rested on.
            run: the folder of the run that has just executed it.
            messages: what its cells wrote to the standard error stream.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(
                prefix=".part-", dir=self._folder, ignore_cleanup_errors=True
            ) as temporary:
                part = Path(temporary) / "run"
                part.mkdir()
                shutil.copyfile(
                    run / "notebooks" / f"{notebook}.ipynb", part / "notebook.ipynb"
                )
                records = run / "records" / notebook
                if records.is_dir():
                    shutil.copytree(records, part / "records")
                about = {
                    "messages": messages,
                    "dependencies": dict(dependencies),
                    "files": _hashes(part),
                }
                text = json.dumps(about, indent=1, ensure_ascii=False)
                (part / _ABOUT).write_text(f"{text}\n", encoding="utf-8", newline="\n")
                place = self._place(notebook, dependencies)
                for old in self._all(notebook):
                    shutil.rmtree(old, ignore_errors=True)
                shutil.move(part, place)
        except OSError:
            return

    def drop_all_but(self, notebooks: Collection[str]) -> None:
        """Remove the runs of all other notebooks, and what was left half done."""
        if not self._folder.is_dir():
            return
        for path in sorted(self._folder.iterdir()):
            if path.name[: -_KEY_LENGTH - 1] not in notebooks:
                shutil.rmtree(path, ignore_errors=True)

    def _place(self, notebook: str, dependencies: Dependencies) -> Path:
        return self._folder / f"{notebook}-{key_of(dependencies)[:_KEY_LENGTH]}"

    def _all(self, notebook: str) -> list[Path]:
        pattern = f"{notebook}-{'[0-9a-f]' * _KEY_LENGTH}"
        return sorted(self._folder.glob(pattern)) if self._folder.is_dir() else []


def _read(folder: Path) -> FinishedRun | None:
    """A run that is kept, if all its files are as they were."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        files, dependencies = about["files"], about["dependencies"]
        if files != _hashes(folder) or "notebook.ipynb" not in files:
            return None
        return FinishedRun(folder, tuple(about["messages"]), dict(dependencies))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder but the one that holds them."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / _ABOUT
    }
