"""Import a census return: read, check, derive, protect, compare, and only then write.

Between the file and the protected figures nothing gets out: what goes wrong in there
comes out as one sentence that names a line, a worker's place in the file and a field,
without the error that led to it, for that holds what it was about. All is written, or
nothing is.
"""

import hashlib
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import TypeVar

from scrutiny_pack.errors import InputFileError, OutputError, PackError, PeriodError
from scrutiny_pack.imports.census_csv import read_csv
from scrutiny_pack.imports.census_datasets import (
    DERIVED,
    About,
    as_csv,
    as_source,
    datasets,
)
from scrutiny_pack.imports.census_fields import la_fields
from scrutiny_pack.imports.census_figures import Figures, protected
from scrutiny_pack.imports.census_reconcile import (
    Comparison,
    PublishedCells,
    compare,
    published_cells,
)
from scrutiny_pack.imports.census_records import MOST_BYTES, CensusReturn, typed
from scrutiny_pack.imports.census_rules import RuleResult, check_rules
from scrutiny_pack.imports.census_workers import worker_frame
from scrutiny_pack.imports.census_xml import read_xml
from scrutiny_pack.imports.disclosure import Control
from scrutiny_pack.inputs.councils import Council, find_council, read_councils
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.sources import read_source
from scrutiny_pack.inputs.wording import counted, joined
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace

RETURNS = "returns"
"""The folder for workers' files, in the clone or the workspace; git ignores it."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class ImportReport:
    """What an import did, for the analyst who ran it. It holds nothing of a worker.

    Attributes:
        council: the council's slug.
        period: the reference date of the census.
        records: how many records the return has.
        rules: the rules that it breaks, each with the places of the records.
        notes: what was put right in reading, and what could not be derived.
        folder: where the datasets stand, relative to the workspace.
        written: the datasets that were written.
        kept: datasets that the council supplied itself and that were left as they are.
        hidden: how many figures are hidden.
        compared: each figure beside the DfE's; none where no release is there.
        release: the DfE's release that they were held to, or why there is none.
        sha256: of the return, for the council's own records; it is written nowhere.
    """

    council: str
    period: str
    records: int
    rules: tuple[RuleResult, ...]
    notes: tuple[str, ...]
    folder: str
    written: tuple[str, ...]
    kept: tuple[str, ...]
    hidden: int
    compared: tuple[Comparison, ...]
    release: str
    sha256: str

    @property
    def sentences(self) -> list[str]:
        """The report as lines for the analyst."""
        files = joined([f"{name}.csv" for name in self.written])
        verb = "is" if self.hidden == 1 else "are"
        lines = [
            f"Read {counted(self.records, 'record')}; wrote {files} to {self.folder}.",
            f"{counted(self.hidden, 'figure')} {verb} hidden to protect people.",
            *self.notes,
        ]
        lines += [
            f"{name}.csv is the council's own and was left as it is; the census's figures "
            "are in census-workforce.csv all the same."
            for name in self.kept
        ]
        if self.rules:
            lines.append(
                f"{counted(len(self.rules), 'rule')} of the census "
                f"{'is' if len(self.rules) == 1 else 'are'} broken:"
            )
            lines += [f"  {result.sentence}" for result in self.rules]
        else:
            lines.append("The return keeps every rule of the census that was checked.")
        lines.append(self.release)
        lines += [f"  {each.sentence}" for each in self.compared]
        return lines


@dataclass(frozen=True)
class _Derived:
    """What comes out of the part that sees workers."""

    figures: Figures
    records: int
    rules: tuple[RuleResult, ...]
    notes: tuple[str, ...]
    compared: tuple[Comparison, ...]
    sha256: str


def import_census(
    workspace: Workspace,
    path: Path,
    council: str,
    period: Period | str,
    control: Control | None = None,
    releases: Path | None = None,
) -> ImportReport:
    """Derive a council's figures from its census return, and write them to data/.

    Args:
        workspace: where the register stands, and where the figures go:
            ``data/<council>/<period>/``.
        path: the return, in XML or CSV.
        council: the council's slug.
        period: the reference date, such as ``2025-09-30``.
        control: how strictly people are protected; at the floor if left out.
        releases: the folder of the DfE's releases that have been obtained; the
            project's ``data/dfe`` if left out.

    Returns:
        What was done. Nothing of a worker is in it.

    Raises:
        InputFileError: if the return cannot be read, is not of this council and year,
            or lies where it could be published. Nothing has been written then.
        CouncilError: if the council is not in the register.
        PeriodError: if the period is not the reference date of a census that this
            project reads.
        OutputError: if the figures cannot be written.
    """
    when = period if isinstance(period, Period) else Period.parse(period)
    if (when.start, (when.end.month, when.end.day)) != (when.end, (9, 30)):
        msg = (
            f"a census return is about a 30 September, and '{when}' is not one: give "
            f"its reference date, such as PERIOD={when.end.year}-09-30"
        )
        raise PeriodError(msg)
    register = read_councils(
        workspace.reference / "councils.csv", "data/reference/councils.csv"
    )
    authority = find_council(register, council, when)
    shown = path.name
    _see_where_it_lies(path, workspace, shown)
    year = when.end.year
    control = control or Control()
    folder = releases or workspace.project / "data" / "dfe"
    cells = published_cells(workspace.reference, folder, council, year)
    derived = _seeing_workers(
        lambda: _derive(path, shown, authority, year, control, cells), shown
    )
    about = About(authority.name, year, control)
    target = _Target(workspace.data_folder(council, when), workspace)
    written, kept = target.replace_with(_files(derived, about))
    return ImportReport(
        council=council,
        period=str(when),
        records=derived.records,
        rules=derived.rules,
        notes=derived.notes,
        folder=workspace.shown(workspace.data_folder(council, when)),
        written=written,
        kept=kept,
        hidden=derived.figures.hidden,
        compared=derived.compared,
        release=_about_release(cells),
        sha256=derived.sha256,
    )


def _about_release(cells: PublishedCells | str) -> str:
    if isinstance(cells, str):
        return cells
    whose = f", of {cells.area}, a joint return," if cells.area else ""
    return f"Held to the DfE's figures{whose} in its release {cells.release}:"


def _see_where_it_lies(path: Path, workspace: Workspace, shown: str) -> None:
    """Workers' files lie outside the clone and the workspace, or in returns/.

    Raises:
        InputFileError: if this one does not.
    """
    place = path.resolve()
    for root in (workspace.project, workspace.home):
        if place.is_relative_to(root) and not place.is_relative_to(root / RETURNS):
            msg = (
                f"{shown} holds workers' data and lies where evidence is kept: move it "
                f"to the folder {RETURNS}/, which is never committed or packed, or out "
                "of here"
            )
            raise InputFileError(msg)


# --- The part that sees workers ---------------------------------------------------------


def _seeing_workers(step: Callable[[], _T], shown: str) -> _T:
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
            "send the return itself"
        )
    raise failure


def _place_in_code(traceback: TracebackType | None) -> str:
    frames = extract_tb(traceback)
    last = frames[-1] if frames else None
    return f"{Path(last.filename).name}, line {last.lineno}" if last else "no file"


def _derive(
    path: Path,
    shown: str,
    council: Council,
    year: int,
    control: Control,
    cells: PublishedCells | str,
) -> _Derived:
    """Everything from the file's bytes to figures that may be shown."""
    raw = _bytes(path, shown)
    census = _read(raw, shown, year)
    if census.la_code and council.dfe_code and census.la_code not in council.dfe_code:
        msg = (
            f"{shown} is the return of the council with the code {census.la_code}, and "
            f"{council.name} has {council.dfe_code}: give its COUNCIL=. Nothing was "
            "imported."
        )
        raise InputFileError(msg)
    frame = worker_frame(census)
    figures, exact = protected(frame, census.la_level, year, control)
    compared: tuple[Comparison, ...] = ()
    if isinstance(cells, PublishedCells):
        compared = compare(exact, figures, cells)
    return _Derived(
        figures=figures,
        records=len(census.workers),
        rules=check_rules(census),
        notes=tuple(census.notes),
        compared=compared,
        sha256=hashlib.sha256(raw).hexdigest(),
    )


def _bytes(path: Path, shown: str) -> bytes:
    reason = ""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        reason = "is not there: check its path"
    except OSError as error:
        reason = f"cannot be opened ({error.strerror}): check that it is a file"
    if reason:
        msg = f"{shown} {reason}"
        raise InputFileError(msg)
    if len(raw) > MOST_BYTES:
        msg = (
            f"{shown} is larger than {MOST_BYTES // 1_000_000} MB, and no return is: "
            "check that it is the right file"
        )
        raise InputFileError(msg)
    return raw


_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def _read(raw: bytes, shown: str, year: int) -> CensusReturn:
    """Read XML or CSV, whatever the file is called: XML begins with a bracket."""
    start = raw[:200]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    is_xml = start.replace(b"\0", b"").lstrip().startswith(b"<")
    return typed((read_xml if is_xml else read_csv)(raw, shown), year, la_fields())


# --- Writing -----------------------------------------------------------------------------


def _files(derived: _Derived, about: About) -> dict[str, tuple[str, str]]:
    """The text of each dataset's table and of its sidecar."""
    # Which rules it breaks is for the analyst: one may be broken by one worker alone.
    keeps = "does not keep" if derived.rules else "keeps"
    source = as_source(about, f"The return {keeps} every rule that was checked.")
    return {
        name: (as_csv(name, rows), source)
        for name, rows in datasets(derived.figures, about).items()
    }


class _Target:
    """The folder of a council and period, replaced as a whole or not at all."""

    def __init__(self, folder: Path, workspace: Workspace) -> None:
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
            ).how_read.startswith(DERIVED):
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
