"""Turn a workbook that an analyst filled in into a council's data, whole or not at all.

Everything is read and checked first, and all that is wrong is told together. The
files are written aside, read back by the same reader that a pack uses, held to their
expectation suites, and moved into place in one go. What was there before is kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from scrutiny_pack.errors import (
    CouncilError,
    InputFileError,
    OutputError,
    PeriodError,
)
from scrutiny_pack.imports.workbook_cells import read_cell
from scrutiny_pack.imports.workbook_file import Sheet, WorkbookFile, read_workbook
from scrutiny_pack.imports.workbook_grid import seen_as
from scrutiny_pack.imports.workbook_layout import (
    COUNCIL_LABEL,
    COVER,
    PERIOD_LABEL,
    SOURCES,
    alike,
    in_sheet_words,
    workbook_datasets,
)
from scrutiny_pack.imports.workbook_report import Findings, ImportReport, Remark
from scrutiny_pack.imports.workbook_sheets import match_sheets
from scrutiny_pack.imports.workbook_sources import read_sources
from scrutiny_pack.imports.workbook_staging import Staging
from scrutiny_pack.imports.workbook_tables import TableRead, read_dataset
from scrutiny_pack.inputs.cells import CellError
from scrutiny_pack.inputs.councils import (
    Council,
    check_slug,
    find_council,
    read_councils,
)
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.expectations import check_dataset
from scrutiny_pack.inputs.receipt import Failure
from scrutiny_pack.inputs.schemas import (
    ColumnSchema,
    dataset_schema,
)
from scrutiny_pack.inputs.sources import Source
from scrutiny_pack.inputs.supplied import supplied_datasets
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
    council = _slug(register, council, path.name)
    find_council(register, council, Period.parse(period))
    sheets = match_sheets(workbook.sheets, findings)
    tables = read_tables(sheets, findings)
    sources = read_sources(sheets.get(SOURCES), tables, workbook.sha256, findings)
    if not tables and not findings.problems:
        words = "no sheet has a row of figures; fill one in, below its headings"
        findings.problems.append(Remark(COVER, "", words))
    target = workspace.data_folder(council, period)
    staging = Staging(target, workspace.shown(target))
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
    """Put all that is said in the order of the sheets, and of the rows of each."""
    order = {sheet.name: number for number, sheet in enumerate(workbook.sheets)}

    def position(remark: Remark) -> tuple[int, int]:
        row = re.search("[0-9]+", remark.place)
        return order.get(remark.sheet, -1), int(row[0]) if row else 0

    for remarks in (findings.problems, findings.mended, findings.left_out):
        remarks.sort(key=position)


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


def _slug(register: Sequence[Council], written: str, name: str) -> str:
    """The council's slug, though its cover has capitals, or its full name.

    Raises:
        CouncilError: if no council is called so.
    """
    plain = alike(written)
    for council in register:
        if plain in (alike(council.slug), alike(council.name)):
            return council.slug
    try:
        check_slug(register, written)
    except CouncilError as error:
        msg = f"{name}, sheet {COVER}, beside '{COUNCIL_LABEL}': {error}"
        raise CouncilError(msg) from None
    return written


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


# --- Tables ----------------------------------------------------------------------


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
    for name in workbook_datasets():
        if name in sheets:
            table = read_dataset(sheets[name], dataset_schema(name), findings)
            if table is not None:
                tables[name] = table
    return tables


# --- Checking ---------------------------------------------------------------------


def _check(
    staging: Staging,
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
    schema = dataset_schema(failure.dataset)
    words = in_sheet_words(f"{sentence} {failure.remedy}", schema.columns)
    return Remark(table.grid.sheet.name, joined(places), words)
