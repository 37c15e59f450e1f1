"""Turn a workbook that an analyst filled in into a council's data, whole or not at all.

Everything is read and checked first, and all that is wrong is told together. The
files are written aside, read back by the same reader that a pack uses, held to their
expectation suites, and moved into place in one go. What was there before is kept.
"""

import csv
import io
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import pandas as pd

from scrutiny_pack.errors import InputFileError, OutputError, PeriodError
from scrutiny_pack.imports.workbook_cells import read_cell
from scrutiny_pack.imports.workbook_file import Sheet, WorkbookFile, read_workbook
from scrutiny_pack.imports.workbook_layout import (
    COUNCIL_LABEL,
    COVER,
    LISTS,
    PERIOD_LABEL,
    SOURCES,
    alike,
    sheet_name,
)
from scrutiny_pack.imports.workbook_report import Findings, ImportReport, Remark
from scrutiny_pack.imports.workbook_sources import read_sources, source_text
from scrutiny_pack.imports.workbook_tables import (
    MUCH_ALIKE,
    TableRead,
    is_blank,
    looks_like,
    read_dataset,
    seen_as,
    title_of,
)
from scrutiny_pack.inputs.cells import CellError
from scrutiny_pack.inputs.councils import find_council, read_councils
from scrutiny_pack.inputs.datasets import load_dataset, supplied_datasets
from scrutiny_pack.inputs.expectations import check_dataset
from scrutiny_pack.inputs.receipt import Failure
from scrutiny_pack.inputs.schemas import (
    ColumnSchema,
    DatasetSchema,
    dataset_names,
    dataset_schema,
)
from scrutiny_pack.inputs.sources import Source
from scrutiny_pack.inputs.wording import joined, shown
from scrutiny_pack.periods import Period
from scrutiny_pack.run.failures import writing
from scrutiny_pack.workspace import Workspace


def import_workbook(
    workspace: Workspace,
    path: Path,
    council: str | None = None,
    period: str | None = None,
    *,
    replace_data: bool = False,
) -> ImportReport:
    """Check a workbook, and write its figures to ``data/<council>/<period>/``.

    Args:
        workspace: where the data are written, and where the register and the
            expectation suites stand.
        path: the workbook, as `make new` made it and an analyst filled it in. A
            relative path that leads nowhere is tried from the workspace.
        council: the council's slug; without it, the one on the workbook's cover.
        period: the period; without it, the one on the cover.
        replace_data: whether datasets that are there already may be replaced. The
            folder as it was is kept beside the new one.

    Returns:
        What was written, what was put right and what was left out.

    Raises:
        InputFileError: if the workbook cannot be read, or anything in it is wrong;
            the message has every sheet, cell, value and remedy, up to fifty.
        CouncilError: if the council is not in the register.
        PeriodError: if the council was not there in the period.
        OutputError: if datasets of the workbook are there already and
            ``replace_data`` was not given, or the files cannot be written.
    """
    if not path.exists() and (workspace.home / path).exists():
        path = workspace.home / path  # as `make new` names it
    workbook = read_workbook(path, path.name)
    findings = Findings()
    council, period = _about(workbook, path.name, council, period)
    register = read_councils(
        workspace.reference / "councils.csv", "data/reference/councils.csv"
    )
    find_council(register, council, Period.parse(period))
    sheets = match_sheets(workbook.sheets, findings)
    tables = read_tables(sheets, findings)
    sources = read_sources(sheets.get(SOURCES), tables, workbook.sha256, findings)
    if not tables and not findings.problems:
        words = "no sheet has a row of figures; fill one in, below its headings"
        findings.problems.append(Remark(COVER, "", words))
    target = workspace.data_folder(council, period)
    staging = _Staging(target, workspace.shown(target))
    with writing(staging.shown):
        staging.begin()
        try:
            staging.write(tables, sources)
            warnings = _check(staging, tables, sources, workspace.suites, findings)
            _in_order_of_sheets(findings, workbook)
            findings.raise_if_any(path.name)
            kept = sorted(set(supplied_datasets(staging.new)) - set(tables))
            replaced = staging.replaces(tables)
            if replaced and not replace_data:
                msg = (
                    f"{staging.shown} has {joined(replaced)} already, and not as in "
                    f"{path.name}; nothing was changed. Add REPLACE=1 to replace them: "
                    "the folder as it is now is kept beside the new one"
                )
                raise OutputError(msg)
            before = staging.move_into_place(keep=bool(replaced))
        finally:
            staging.clear()
    return ImportReport(
        council=council,
        period=period,
        workbook=path.name,
        folder=staging.shown,
        rows={name: len(table.rows) for name, table in tables.items()},
        mended=tuple(findings.mended),
        left_out=tuple(findings.left_out),
        warnings=tuple(warnings),
        kept=tuple(kept),
        replaced=workspace.shown(before) if before else "",
    )


def _in_order_of_sheets(findings: Findings, workbook: WorkbookFile) -> None:
    """Put all that is said in the order of the sheets; within one, as it was found."""
    order = {sheet.name: number for number, sheet in enumerate(workbook.sheets)}
    for remarks in (findings.problems, findings.mended, findings.left_out):
        remarks.sort(key=lambda remark: order.get(remark.sheet, -1))


# --- What the workbook is about ---------------------------------------------------


def _about(
    workbook: WorkbookFile, name: str, council: str | None, period: str | None
) -> tuple[str, str]:
    """The council and the period, as the cover and the command have them."""
    on_cover = _cover(workbook)
    found = {}
    for label, given in ((COUNCIL_LABEL, council), (PERIOD_LABEL, period)):
        written = on_cover.get(label, "")
        word = label.upper()
        if given and written and given != written:
            msg = (
                f"{name} is for {label.lower()} {shown(written)} (sheet {COVER}), and "
                f"the command says {word}={given}: correct one of them"
            )
            raise InputFileError(msg)
        if not given and not written:
            msg = (
                f"{name} does not say what {label.lower()} it is for: write it in the "
                f"sheet {COVER}, beside '{label}', or give {word}="
            )
            raise InputFileError(msg)
        found[label] = given or written
    try:
        return found[COUNCIL_LABEL], Period.parse(found[PERIOD_LABEL]).text
    except PeriodError as error:
        msg = f"{name}, sheet {COVER}: {error}"
        raise PeriodError(msg) from None


def _cover(workbook: WorkbookFile) -> dict[str, str]:
    """What stands beside the two labels of the cover."""
    columns = {
        COUNCIL_LABEL: ColumnSchema("council", "text", required=True, description=""),
        PERIOD_LABEL: ColumnSchema("period", "period", required=True, description=""),
    }
    for sheet in workbook.sheets:
        found = {}
        for cells in sheet.rows.values():
            label = seen_as(cells.get(1))
            if label in columns:
                try:
                    found[label] = read_cell(cells.get(2), columns[label]).text
                except CellError:  # then the text as it is, for the message
                    found[label] = seen_as(cells.get(2))
        if len(found) == len(columns):
            return found
    return {}


# --- Sheets -----------------------------------------------------------------------


def match_sheets(sheets: Sequence[Sheet], findings: Findings) -> dict[str, Sheet]:
    """Tell which sheet is which dataset's, by its name, its title or a near name.

    Args:
        sheets: the sheets of a workbook.
        findings: gets what was renamed, what is there twice and what is unknown.

    Returns:
        The sheet of each dataset that has one, in the datasets' order, and that of
        the sources as ``Sources``.
    """
    wanted = {sheet_name(name): name for name in dataset_names()} | {SOURCES: SOURCES}
    by_name = {alike(name): name for name in wanted}
    matched: dict[str, Sheet] = {}
    others: list[Sheet] = []
    for sheet in sheets:
        name = by_name.get(alike(sheet.name), "")
        if name and name not in matched:
            matched[name] = sheet
        elif alike(sheet.name) not in (alike(COVER), alike(LISTS)):
            others.append(sheet)
    titles = {alike(dataset_schema(name).title): name for name in dataset_names()}
    for sheet in others:
        _match_other(sheet, matched, wanted, titles, findings)
    return {wanted[name]: matched[name] for name in wanted if name in matched}


def _match_other(
    sheet: Sheet,
    matched: dict[str, Sheet],
    wanted: Iterable[str],
    titles: Mapping[str, str],
    findings: Findings,
) -> None:
    """Take a sheet of an unknown name for one that is missing, or say what it is."""
    if all(is_blank(cell) for cells in sheet.rows.values() for cell in cells.values()):
        return
    missing = [name for name in wanted if name not in matched]
    by_title = titles.get(alike(title_of(sheet)), "")
    like = [
        name
        for name in missing
        if SequenceMatcher(None, alike(name), alike(sheet.name)).ratio() > MUCH_ALIKE
    ]
    if by_title and sheet_name(by_title) in missing:
        name, why = sheet_name(by_title), "title"
    elif by_title:
        words = (
            f"a second sheet with the title of {sheet_name(by_title)}; put its rows in "
            "that sheet, or delete it"
        )
        findings.problems.append(Remark(sheet.name, "", words))
        return
    elif len(like) == 1:
        name, why = like[0], "name"
    else:
        _tell_unknown(sheet, findings)
        return
    matched[name] = sheet
    words = f"the sheet was read as {name}, by its {why}"
    findings.mended.append(Remark(sheet.name, "", words))


def _tell_unknown(sheet: Sheet, findings: Findings) -> None:
    schemas = [dataset_schema(name) for name in dataset_names()]
    if could_be := looks_like(sheet, schemas):
        words = (
            f"the sheet has the headings of {joined(could_be, 'or')}; give it that "
            "name, or delete it"
        )
        findings.problems.append(Remark(sheet.name, "", words))
    else:
        words = "the sheet is not one of the template's; it was left out"
        findings.left_out.append(Remark(sheet.name, "", words))


def read_tables(
    sheets: Mapping[str, Sheet], findings: Findings
) -> dict[str, TableRead]:
    """Read every dataset that has rows.

    Args:
        sheets: the sheet of each dataset, as [`match_sheets`][.] gives them.
        findings: gets what is wrong, was mended and was left out.

    Returns:
        The tables that have rows, by dataset, sound or not.
    """
    tables = {}
    for name in dataset_names():
        if name in sheets:
            table = read_dataset(sheets[name], dataset_schema(name), findings)
            if table is not None:
                tables[name] = table
    return tables


# --- Writing ----------------------------------------------------------------------


def csv_text(schema: DatasetSchema, rows: Iterable[Mapping[str, str]]) -> str:
    """The rows of a dataset as the text of its CSV file (RFC 4180, but for LF)."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, schema.column_names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


@dataclass(frozen=True)
class _Staging:
    """Where an import writes, until all of it is right.

    Attributes:
        target: the folder that the files go to; it need not exist.
        shown: the folder, as messages call it.
    """

    target: Path
    shown: str

    @property
    def root(self) -> Path:
        """The hidden folder in ``data/`` that is laid out as a workspace is."""
        council = self.target.parent
        return council.with_name(f".importing-{council.name}-{self.target.name}")

    @property
    def new(self) -> Path:
        """The folder that takes the target's place."""
        return self.root / "data" / self.target.parent.name / self.target.name

    def begin(self) -> None:
        """Begin with what is there now, once an interrupted import is put right."""
        if self.root.exists():
            kept = sorted(self.target.parent.glob(f".{self.target.name}.replaced-*"))
            if kept and not self.target.exists():
                max(kept, key=_number).rename(self.target)
            shutil.rmtree(self.root)
        self.new.parent.mkdir(parents=True)
        if self.target.exists():
            shutil.copytree(self.target, self.new)
        else:
            self.new.mkdir()

    def write(
        self, tables: Mapping[str, TableRead], sources: Mapping[str, Source]
    ) -> None:
        """Write the dataset and the source of each table."""
        for name, table in tables.items():
            if not table.sound:
                continue
            text = csv_text(dataset_schema(name), table.rows.values())
            self._write(f"{name}.csv", text)
            if name in sources:
                self._write(f"{name}.source.yaml", source_text(sources[name]))

    def _write(self, name: str, text: str) -> None:
        (self.new / name).write_text(text, encoding="utf-8", newline="\n")

    def replaces(self, names: Iterable[str]) -> list[str]:
        """The datasets that are there already, and otherwise than they are now."""
        return [name for name in names if self._differs(name)]

    def _differs(self, name: str) -> bool:
        files = (f"{name}.csv", f"{name}.source.yaml")
        return any(
            (self.target / file).exists()
            and (self.target / file).read_bytes() != (self.new / file).read_bytes()
            for file in files
        )

    def move_into_place(self, *, keep: bool) -> Path | None:
        """Put the new folder in the place of the old one.

        Args:
            keep: whether the old folder is kept; it need not be where all that is
                in it is in the new one too.

        Returns:
            Where the old folder is kept, or None if it is not.
        """
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if not self.target.exists():
            self.new.rename(self.target)
            return None
        kept = self.target.parent.glob(f".{self.target.name}.replaced-*")
        number = max((_number(path) for path in kept), default=0) + 1
        before = self.target.with_name(f".{self.target.name}.replaced-{number}")
        self.target.rename(before)
        try:
            self.new.rename(self.target)
        except BaseException:  # Ctrl-C, or a file that is held open
            before.rename(self.target)
            raise
        if keep:
            return before
        shutil.rmtree(before, ignore_errors=True)
        return None

    def clear(self) -> None:
        """Remove what is no longer needed."""
        shutil.rmtree(self.root, ignore_errors=True)


def _number(path: Path) -> int:
    """The number at the end of a folder's name."""
    digits = re.search("[0-9]+$", path.name)
    return int(digits[0]) if digits else 0


# --- Checking ---------------------------------------------------------------------


def _check(
    staging: _Staging,
    tables: Mapping[str, TableRead],
    sources: Mapping[str, Source],
    suites: Path,
    findings: Findings,
) -> list[Remark]:
    """Read the files back and hold them to their suites.

    Returns:
        The warnings; what is critical goes into the findings.
    """
    warnings = []
    for name, table in tables.items():
        if name not in sources or not table.sound:
            continue
        dataset = load_dataset(staging.new, name, staging.root)
        # Numbered as the rows of the sheet are, so that what fails is told by them.
        rows = pd.Index(list(table.rows), name="line", dtype="int64")
        dataset = replace(dataset, frame=dataset.frame.set_axis(rows, axis="index"))
        for failure in check_dataset(dataset, suites).failures:
            remark = _failure(failure, table)
            if failure.severity == "critical":
                findings.problems.append(remark)
            else:
                warnings.append(remark)
    return warnings


def _failure(failure: Failure, table: TableRead) -> Remark:
    """An expectation that is not met, by the cells of the sheet."""
    column = failure.column
    places = [table.grid.place(row, column) for row in failure.lines[:1]]
    sentence = re.sub(r"\bline (?=[0-9]+ \()", "row ", failure.sentence)
    sentence = sentence.replace("more lines are like this", "more rows are like this")
    words = f"{sentence} {failure.remedy}"
    return Remark(table.grid.sheet.name, joined(places), words)
