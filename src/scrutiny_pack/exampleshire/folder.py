"""Exampleshire's folder: what a council has on its disk before it begins."""

from pathlib import Path

from scrutiny_pack.exampleshire import SLUG
from scrutiny_pack.exampleshire.caseload_list import LAST_WEEK, caseload_list
from scrutiny_pack.exampleshire.caseload_list import with_slips as list_with_slips
from scrutiny_pack.exampleshire.census_return import as_xml, council_level, records
from scrutiny_pack.exampleshire.draft_report import draft_report
from scrutiny_pack.exampleshire.figures import CEILING, PERIOD, YEAR
from scrutiny_pack.exampleshire.workbook import filled_in
from scrutiny_pack.exampleshire.workbook import with_slips as workbook_with_slips
from scrutiny_pack.run.failures import writing

CENSUS, CENSUS_WITH_SLIPS = "census-2025.xml", "census-2025-with-slips.xml"
DRAFT = "draft.docx"
LIST, LIST_WITH_SLIPS = "caseloads.csv", "caseloads-with-slips.csv"
WORKBOOK = f"filled-in/{SLUG}-{PERIOD}.xlsx"
WORKBOOK_WITH_SLIPS = f"filled-in/{SLUG}-{PERIOD}-with-slips.xlsx"
"""Not where `make new` writes the empty one, which is to be tried too."""


def week() -> str:
    """The last week of the list, such as ``2025-W40``."""
    year, number, _ = LAST_WEEK.isocalendar()
    return f"{year}-W{number:02}"


def write_folder(folder: Path, shown: str) -> list[str]:
    """Write the workbook, the return, the list, copies with slips, a draft, parameters.

    What is there already is written anew, byte for byte the same.

    Args:
        folder: the workspace; made if it is not there.
        shown: how messages call it.

    Returns:
        The files that were written, relative to the folder.

    Raises:
        OutputError: if it cannot be written.
    """
    workers = records(YEAR)
    level = council_level(YEAR)
    lines = caseload_list()
    whole = as_xml(workers, level, YEAR)
    damaged = whole.replace(b"<FTE>1.000000<", b"<FTE>2.000000<", 1)
    files = {
        WORKBOOK: filled_in(),
        WORKBOOK_WITH_SLIPS: workbook_with_slips(),
        DRAFT: draft_report(),
        f"returns/{CENSUS}": whole,
        f"returns/{CENSUS_WITH_SLIPS}": damaged,
        f"returns/{LIST}": _text(lines),
        f"returns/{LIST_WITH_SLIPS}": _text(list_with_slips(lines)),
        f"params/{SLUG}/{week()}.yaml": (
            f"# What differs from params/defaults.yaml.\ncaseload_ceiling: {CEILING}\n"
        ).encode(),
    }
    with writing(shown):
        for name, raw in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
    return list(files)


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
