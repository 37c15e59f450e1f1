"""Small returns, written out so that their figures can be worked out by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scrutiny_pack.exampleshire.census_return import Record, as_xml
from scrutiny_pack.imports.census_fields import la_fields
from scrutiny_pack.imports.census_import import ImportReport, import_census
from scrutiny_pack.imports.census_records import (
    CensusReturn,
    RawReturn,
    RawWorker,
    typed,
)
from scrutiny_pack.workspace import Workspace

COUNCIL = {
    "NumberOfVacancies": "20.00",
    "NoAgencyFTE": "6.00",
    "NoAgencyHeadcount": "6",
}

EMPLOYED: Record = {
    "AgencyWorker": "0",
    "FTE": "1.000000",
    "PersonBirthDate": "1985-06-15",
    "Sex": "F",
    "Ethnicity": "WBRI",
    "QualLevel": "1",
    "StepUpGrad": "0",
    "OrgRole": "5",
    "RoleStartDate": "2018-04-01",
    "StartOrigin": "1",
    "FTE30": "1.000000",
    "Cases30": "15",
    "WorkingDaysLost": "4.0",
    "FrontlineGrad": "0",
    "BaseSalary": "41000.00",
}


def employed(number: int, **changed: str) -> Record:
    """Somebody in post all year; a field set to "" is left out."""
    made = {**EMPLOYED, "SWENo": f"EX{number:010}", **changed}
    return {name: text for name, text in made.items() if text}


def starter(number: int, **changed: str) -> Record:
    return employed(number, **{"RoleStartDate": "2025-02-03", "FTE30": "0", **changed})


def leaver(number: int, **changed: str) -> Record:
    gone = {
        "FTE": "0",
        "Cases30": "",
        "RoleEndDate": "2025-03-31",
        "LeaverDestination": "1",
        "ReasonLeave": "1",
    }
    return employed(number, **{**gone, **changed})


def agency(number: int, **changed: str) -> Record:
    made = {
        "AgencyWorker": "1",
        "SWENo": f"EX{number:010}",
        "FTE": "1.000000",
        "Cases30": "18",
        **changed,
    }
    return {name: text for name, text in made.items() if text}


def a_return(
    workers: Sequence[Mapping[str, str]],
    council: Mapping[str, str] = COUNCIL,
    year: int = 2025,
) -> CensusReturn:
    """A return as it is read, without a file."""
    raw = RawReturn(
        "return.xml",
        {"LEA": "999"},
        council,
        [
            RawWorker(
                place, 10 * place, {name: [text] for name, text in worker.items()}
            )
            for place, worker in enumerate(workers, 1)
        ],
        (),
    )
    return typed(raw, year, la_fields())


def import_workers(
    workspace: Workspace,
    workers: Sequence[Mapping[str, str]],
    level: Mapping[str, str] = COUNCIL,
    **others: Any,
) -> ImportReport:
    """Write workers as a return of 2025 and import it."""
    return import_bytes(workspace, as_xml(workers, level, 2025), **others)


def import_bytes(workspace: Workspace, raw: bytes, **others: Any) -> ImportReport:
    path = return_path(workspace)
    path.write_bytes(raw)
    given = {"council": "exampleshire", "period": "2025-09-30", **others}
    return import_census(workspace, path, **given)


def return_path(workspace: Workspace) -> Path:
    """Where a council keeps workers' files."""
    folder = workspace.home / "returns"
    folder.mkdir(exist_ok=True)
    return folder / "return.xml"


def everything_under(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
