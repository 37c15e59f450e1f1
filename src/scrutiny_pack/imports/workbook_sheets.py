"""Tell which sheet of a workbook is which, whatever its tab says."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from scrutiny_pack.imports.workbook_file import Sheet
from scrutiny_pack.imports.workbook_grid import (
    MUCH_ALIKE,
    is_blank,
    looks_like,
    title_of,
)
from scrutiny_pack.imports.workbook_layout import (
    COVER,
    LISTS,
    SOURCES,
    alike,
    sheet_name,
    workbook_datasets,
)
from scrutiny_pack.imports.workbook_report import Findings, Remark
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.inputs.wording import joined


def match_sheets(sheets: Sequence[Sheet], findings: Findings) -> dict[str, Sheet]:
    """Tell which sheet is which dataset's, by its name, its title or a near name.

    Args:
        sheets: the sheets of a workbook.
        findings: gets what was renamed, what is there twice and what is unknown.

    Returns:
        The sheet of each dataset that has one, in the datasets' order, and that of
        the sources as ``Sources``.
    """
    wanted = {sheet_name(name): name for name in workbook_datasets()} | {
        SOURCES: SOURCES
    }
    by_name = {alike(name): name for name in wanted}
    matched: dict[str, Sheet] = {}
    others: list[Sheet] = []
    for sheet in sheets:
        name = by_name.get(alike(sheet.name), "")
        if name and name not in matched:
            matched[name] = sheet
        elif alike(sheet.name) not in (alike(COVER), alike(LISTS)):
            others.append(sheet)
    titles = {alike(dataset_schema(name).title): name for name in workbook_datasets()}
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
    schemas = [dataset_schema(name) for name in workbook_datasets()]
    if could_be := looks_like(sheet, schemas):
        words = (
            f"the sheet has the headings of {joined(could_be, 'or')}; give it that "
            "name, or delete it"
        )
        findings.problems.append(Remark(sheet.name, "", words))
    else:
        words = "the sheet is not one of the template's; it was left out"
        findings.left_out.append(Remark(sheet.name, "", words))
