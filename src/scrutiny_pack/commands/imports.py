"""Commands that turn an analyst's files into data."""

from pathlib import Path

from scrutiny_pack.errors import CouncilError, InputFileError, PeriodError
from scrutiny_pack.options import Options
from scrutiny_pack.workspace import Workspace


def new(options: Options) -> int:
    """Write the workbook that a council fills in, and its parameters."""
    from scrutiny_pack.imports.workbook_new import new_council

    council, period = _which(options, "say which council and period", "2026-03")
    workspace = Workspace.find(options.text("workspace"))
    made = new_council(
        workspace, council, period, replace_workbook=options.is_set("replace")
    )
    print("\n".join(made.lines(options.text("workspace"))))
    return 0


def import_files(options: Options) -> int:
    """Turn a filled-in workbook, a census return or a weekly list into data."""
    workspace = Workspace.find(options.text("workspace"))
    if census := options.text("census"):
        return _import_census(workspace, Path(census), options)
    if caseloads := options.text("caseloads"):
        return _import_caseloads(workspace, Path(caseloads), options)
    if workbook := options.text("workbook"):
        return _import_workbook(workspace, Path(workbook), options)
    msg = (
        "say which file to import: WORKBOOK=file.xlsx, CENSUS=return.xml or "
        "CASELOADS=list.csv"
    )
    raise InputFileError(msg)


def _import_workbook(workspace: Workspace, workbook: Path, options: Options) -> int:
    from scrutiny_pack.imports.workbook_import import import_workbook

    report = import_workbook(
        workspace,
        workbook,
        options.text("council"),
        options.text("period"),
        replace_data=options.is_set("replace"),
    )
    print("\n".join(report.lines(options.text("workspace"))))
    return 0


def _import_census(workspace: Workspace, census: Path, options: Options) -> int:
    from scrutiny_pack.imports.census_import import import_census
    from scrutiny_pack.imports.disclosure import Control
    from scrutiny_pack.imports.workbook_report import next_is_the_pack
    from scrutiny_pack.parameters import read_parameters
    from scrutiny_pack.sidecars import read_sidecars

    council, period = _which(options, "say whose return it is", "2025-09-30")
    sidecars = read_sidecars(workspace.notebooks)
    parameters = read_parameters(workspace, council, period, sidecars)
    report = import_census(
        workspace,
        census,
        council,
        period,
        Control.of(parameters),
        workspace.releases,
    )
    print("\n".join(report.sentences))
    print(next_is_the_pack(council, report.period, options.text("workspace")))
    return 0


def _import_caseloads(workspace: Workspace, caseloads: Path, options: Options) -> int:
    from scrutiny_pack.imports.caseload_import import import_caseloads
    from scrutiny_pack.imports.workbook_report import next_is_the_pack
    from scrutiny_pack.parameters import read_parameters
    from scrutiny_pack.sidecars import read_sidecars

    council = options.text("council")
    if not council:
        msg = "say whose list it is, such as COUNCIL=darlington"
        raise CouncilError(msg)
    sidecars = read_sidecars(workspace.notebooks)
    report = import_caseloads(
        workspace,
        caseloads,
        council,
        options.text("period"),
        lambda week: read_parameters(workspace, council, week, sidecars),
    )
    print("\n".join(report.sentences))
    week = report.folder.rpartition("/")[2]
    print(next_is_the_pack(council, week, options.text("workspace")))
    return 0


def _which(options: Options, ask: str, example: str) -> tuple[str, str]:
    council, period = options.text("council"), options.text("period")
    if not council or not period:
        msg = f"{ask}, such as COUNCIL=darlington PERIOD={example}"
        raise PeriodError(msg)
    return council, period
