"""Files about single workers: where they may lie, how they are seen, what comes of them.

Both imports that read such files (the census return and the weekly list) keep to this.
"""

import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import TypeVar

from scrutiny_pack.errors import InputFileError, OutputError, PackError
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.sources import read_source
from scrutiny_pack.workspace import Workspace

RETURNS = "returns"
"""The folder for workers' files, in the clone or the workspace; git ignores it."""

_T = TypeVar("_T")


def see_where_it_lies(path: Path, workspace: Workspace, shown: str) -> None:
    """Workers' files lie outside the clone and the workspace, or in returns/.

    A workspace may lie within the clone, as Exampleshire's does: then its returns/ is
    as good as that of the clone.

    Raises:
        InputFileError: if this one does not.
    """
    place = path.resolve()
    roots = (workspace.project, workspace.home)
    if any(place.is_relative_to(root / RETURNS) for root in roots):
        return
    if any(place.is_relative_to(root) for root in roots):
        msg = (
            f"{shown} holds workers' data and lies where evidence is kept: move it "
            f"to the folder {RETURNS}/, which is never committed or packed, or out "
            "of here"
        )
        raise InputFileError(msg)


def seeing_workers(step: Callable[[], _T], shown: str, kind: str = "return") -> _T:
    """Do what sees workers' data, and let nothing of it out when it fails.

    The error that comes out is a new one, made of words alone: it has no other error
    behind it and no frames in which a record stood.
    """
    failure: PackError
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a warning may quote what it is about
            return step()
    except PackError as error:
        failure = type(error)(str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, it may hold a record
        place = _place_in_code(error.__traceback__)
        failure = InputFileError(
            f"{shown} could not be imported, and nothing of it was: there is a fault in "
            f"this project ({type(error).__name__} in {place}). Report that place; never "
            f"send the {kind} itself"
        )
    raise failure


def _place_in_code(traceback: TracebackType | None) -> str:
    frames = extract_tb(traceback)
    last = frames[-1] if frames else None
    return f"{Path(last.filename).name}, line {last.lineno}" if last else "no file"


def bytes_within(path: Path, shown: str, most: int, kind: str) -> bytes:
    """The bytes of a file, if there are not too many.

    Args:
        path: the file.
        shown: how messages call it.
        most: the largest number of bytes that is read.
        kind: what such a file is called, such as ``return``.

    Raises:
        InputFileError: if it is not there, cannot be opened, or is larger.
    """
    reason = ""
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except FileNotFoundError:
        reason = "is not there: check its path"
    except OSError as error:
        reason = f"cannot be opened ({error.strerror}): check that it is a file"
    if reason:
        msg = f"{shown} {reason}"
        raise InputFileError(msg)
    if len(raw) > most:
        msg = (
            f"{shown} is larger than {most // 1_000_000} MB, and no {kind} is: "
            "check that it is the right file"
        )
        raise InputFileError(msg)
    return raw


class Target:
    """The folder of a council and period, replaced as a whole or not at all."""

    def __init__(self, folder: Path, workspace: Workspace, derived: str) -> None:
        """Take a folder.

        Args:
            folder: ``data/<council>/<period>``.
            workspace: where it lies.
            derived: how the sidecars of what this import derives say how they were
                read; other datasets are left alone.
        """
        self._derived = derived
        self._folder = folder
        self._shown = workspace.shown(folder)
        self._new = folder.with_name(f".{folder.name}.importing")
        self._old = folder.with_name(f".{folder.name}.replaced")

    def replace_with(
        self, files: dict[str, tuple[str, str]]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Put datasets in the folder; those that the council supplied itself stay.

        Returns:
            The datasets that were written, and those that stay.

        Raises:
            OutputError: if that cannot be done; the folder is then as it was.
        """
        with self._writing():
            self._recover()
            kept = []
            if self._folder.exists():
                shutil.copytree(self._folder, self._new)
                kept = self._without_derived()
            else:
                self._new.mkdir(parents=True)
            names = [name for name in files if name not in kept]
            for name in names:
                table, source = files[name]
                self._write(f"{name}.csv", table)
                self._write(f"{name}.source.yaml", source)
                load_dataset(self._new, name, self._new)
            self._move_into_place()
        return tuple(names), tuple(name for name in kept if name in files)

    def _without_derived(self) -> list[str]:
        """Take out what an earlier import derived; the names of what is left."""
        kept = []
        for table in sorted(self._new.glob("*.csv")):
            source = table.with_name(f"{table.stem}.source.yaml")
            if source.exists() and read_source(
                source, f"{self._shown}/{source.name}"
            ).how_read.startswith(self._derived):
                table.unlink()
                source.unlink()
            else:
                kept.append(table.stem)
        return kept

    def _write(self, name: str, text: str) -> None:
        (self._new / name).write_text(text, encoding="utf-8", newline="\n")

    def _move_into_place(self) -> None:
        if self._folder.exists():
            self._folder.rename(self._old)
        try:
            self._new.rename(self._folder)
        except BaseException:  # also Ctrl-C between the two renames
            if self._old.exists() and not self._folder.exists():
                self._old.rename(self._folder)
            raise
        shutil.rmtree(self._old, ignore_errors=True)

    def _recover(self) -> None:
        """Put right what an interrupted import left behind."""
        if self._old.exists():
            if self._folder.exists():
                shutil.rmtree(self._old)
            else:
                self._old.rename(self._folder)
        if self._new.exists():
            shutil.rmtree(self._new)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            msg = (
                f"{self._shown} cannot be written ({error.strerror}): close what holds "
                "its files open, or make room; it is as it was"
            )
            raise OutputError(msg) from None
        finally:
            if self._new.exists():
                shutil.rmtree(self._new, ignore_errors=True)
