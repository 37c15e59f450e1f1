"""Import a census return: read, check, derive, protect, compare, and only then write.

Between the file and the protected figures nothing gets out: what goes wrong in there
comes out as one sentence that names a line, a worker's place in the file and a field,
without the error that led to it, for that holds what it was about. All is written, or
nothing is.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.errors import InputFileError, PeriodError
from scrutiny_pack.imports.cases_together import list_tells_cases
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
from scrutiny_pack.imports.workers_files import (
    Target,
    bytes_within,
    see_where_it_lies,
    seeing_workers,
)
from scrutiny_pack.inputs.councils import Council, find_council, read_councils
from scrutiny_pack.inputs.wording import counted, joined
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace


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
    see_where_it_lies(path, workspace, shown)
    year = when.end.year
    control = control or Control()
    folder = releases or workspace.project / "data" / "dfe"
    cells = published_cells(workspace.reference, folder, council, year)
    home = workspace.data_folder(council, when).parent
    derived = seeing_workers(
        lambda: _derive(path, shown, authority, year, control, cells, home), shown
    )
    about = About(authority.name, year, control)
    target = Target(workspace.data_folder(council, when), workspace, DERIVED)
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


# --- The part that sees workers ---------------------------------------------------------


def _derive(
    path: Path,
    shown: str,
    council: Council,
    year: int,
    control: Control,
    cells: PublishedCells | str,
    home: Path,
) -> _Derived:
    """Everything from the file's bytes to figures that may be shown."""
    raw = bytes_within(path, shown, MOST_BYTES, "return")
    census = _read(raw, shown, year)
    if census.la_code and council.dfe_code and census.la_code not in council.dfe_code:
        msg = (
            f"{shown} is the return of the council with the code {census.la_code}, and "
            f"{council.name} has {council.dfe_code}: give its COUNCIL=. Nothing was "
            "imported."
        )
        raise InputFileError(msg)
    frame = worker_frame(census)
    tells = list_tells_cases(home, f"{year}-09-30")
    figures, exact = protected(
        frame, census.la_level, year, control, cases_are_told=tells
    )
    notes = list(census.notes)
    if tells and figures.hides_bands:
        notes.append(
            "Bands of cases are not given, for the weekly list of that week gives the "
            "workers above the ceiling, or ranges, and some bands would be told by them."
        )
    compared: tuple[Comparison, ...] = ()
    if isinstance(cells, PublishedCells):
        compared = compare(exact, figures, cells)
    return _Derived(
        figures=figures,
        records=len(census.workers),
        rules=check_rules(census),
        notes=tuple(notes),
        compared=compared,
        sha256=hashlib.sha256(raw).hexdigest(),
    )


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
