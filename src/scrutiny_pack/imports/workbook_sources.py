"""Read where a workbook's figures come from, and write it down beside each dataset."""

import re
from collections.abc import Iterable, Mapping

import yaml

from scrutiny_pack.imports.workbook_cells import read_cell
from scrutiny_pack.imports.workbook_file import Sheet
from scrutiny_pack.imports.workbook_grid import Grid, find_grid, seen_as
from scrutiny_pack.imports.workbook_layout import (
    EVERY_SHEET,
    OWN_RECORDS,
    PREFILLED,
    SOURCE_COLUMNS,
    SOURCES,
    alike,
    heading,
    sheet_name,
)
from scrutiny_pack.imports.workbook_report import Findings, Remark
from scrutiny_pack.inputs.cells import CellError
from scrutiny_pack.inputs.sources import NOT_STATED, Source
from scrutiny_pack.inputs.wording import did_you_mean, joined, shown

_WIDTH = 88  # characters of a line of YAML


def read_sources(
    sheet: Sheet | None, datasets: Iterable[str], sha256: str, findings: Findings
) -> dict[str, Source]:
    """Read the sheet of sources.

    Args:
        sheet: the sheet; None if the workbook has none.
        datasets: the datasets that have rows and so need a source.
        sha256: of the workbook, which identifies the council's own records.
        findings: gets what is wrong, and what was mended.

    Returns:
        The source of each dataset, as far as nothing is wrong with it.
    """
    names = list(datasets)
    if sheet is None:
        if names:
            words = "the sheet is missing; copy it from a new template"
            findings.problems.append(Remark(SOURCES, "", words))
        return {}
    if sheet.hidden:
        words = "the sheet is hidden; show it, so that you see what is imported"
        findings.problems.append(Remark(sheet.name, "", words))
    grid = find_grid(sheet, SOURCE_COLUMNS, findings)
    if grid is None:
        if names and not any(
            remark.sheet == sheet.name for remark in findings.problems
        ):
            words = "the sheet is empty; copy it from a new template"
            findings.problems.append(Remark(sheet.name, "", words))
        return {}
    if missing := [c.name for c in SOURCE_COLUMNS if c.name not in grid.places]:
        for name in missing:
            words = f"the heading {shown(heading(name))} is missing; write it again"
            place = f"row {grid.heading_row}"
            findings.problems.append(Remark(sheet.name, place, words))
        return {}
    rows = _rows_by_sheet(grid, names, findings)
    row_of = {name: rows.get(sheet_name(name), rows.get(EVERY_SHEET)) for name in names}
    if unsaid := [sheet_name(name) for name, row in row_of.items() if row is None]:
        words = (
            f"nothing says where the figures of {joined(unsaid)} come from; fill in the "
            f"row '{EVERY_SHEET}', or that of the sheet"
        )
        findings.problems.append(Remark(sheet.name, "", words))
    used = sorted({row for row in row_of.values() if row is not None})
    sources = {row: _source(grid, row, sha256, findings) for row in used}
    return {
        name: source
        for name, row in row_of.items()
        if row is not None and (source := sources[row]) is not None
    }


def _rows_by_sheet(
    grid: Grid, needed: Iterable[str], findings: Findings
) -> dict[str, int]:
    """The row of each sheet that has one filled in, and of every sheet."""
    known = {alike(EVERY_SHEET): EVERY_SHEET}
    known |= {alike(sheet_name(name)): sheet_name(name) for name in needed}
    rows: dict[str, int] = {}
    for row in grid.body:
        cells = {c.name: grid.cell(row, c.name) for c in SOURCE_COLUMNS}
        own = {
            name: cell
            for name, cell in cells.items()
            if cell is not None
            and name != "sheet"
            and cell.value != PREFILLED.get(name)
        }
        if not own:
            continue
        cell = cells["sheet"]
        text = seen_as(cell)
        name = known.get(alike(text), "")
        place = grid.place(row, "sheet")
        if name in rows:
            words = f"{shown(text)} has a row already, row {rows[name]}; delete one"
            findings.problems.append(Remark(grid.sheet.name, place, words))
        elif name:
            rows[name] = row
            if row in grid.sheet.hidden_rows:
                words = "the row is hidden; show it, or delete it"
                findings.problems.append(Remark(grid.sheet.name, f"row {row}", words))
        elif not text:
            words = (
                f"the row names no sheet; write the sheet's name, or '{EVERY_SHEET}'"
            )
            findings.problems.append(Remark(grid.sheet.name, place, words))
        else:
            question = did_you_mean(text, known.values())
            words = f"{shown(text)} is no sheet that has rows; the row was left out.{question}"
            findings.left_out.append(Remark(grid.sheet.name, place, words))
    return rows


def _source(grid: Grid, row: int, sha256: str, findings: Findings) -> Source | None:
    """The source that a row states, or None if something is wrong with the row."""
    texts: dict[str, str] = {}
    wrong = []
    for column in SOURCE_COLUMNS:
        cell = grid.cell(row, column.name)
        place = grid.place(row, column.name)
        if column.type == "period" and seen_as(cell).casefold() == NOT_STATED:
            texts[column.name] = NOT_STATED
            continue
        try:
            read = read_cell(cell, column)
        except CellError as error:
            wrong.append(Remark(grid.sheet.name, place, str(error)))
            continue
        texts[column.name] = read.text
        if read.remark:
            findings.mended.append(Remark(grid.sheet.name, place, read.remark))
    checksum = texts.get("checksum", "").lower()
    if checksum not in ("", NOT_STATED) and not re.fullmatch("[0-9a-f]{64}", checksum):
        words = (
            f"{shown(checksum)} is no SHA-256, which has 64 digits and letters from a to "
            "f; leave the cell empty if you do not have it"
        )
        wrong.append(Remark(grid.sheet.name, grid.place(row, "checksum"), words))
    findings.problems += wrong
    if wrong:
        return None
    own = texts["comes_from"] == OWN_RECORDS
    return Source(
        title=texts["title"],
        body=texts["body"],
        kind=texts["kind"],
        date=texts["date"],
        how_read=texts["how_read"],
        document_sha256=sha256 if own else checksum or NOT_STATED,
        held=texts["held"],
        licence=texts["licence"],
        note=texts["note"],
    )


def source_text(source: Source) -> str:
    """A source as the text of ``<dataset>.source.yaml``."""
    content: Mapping[str, str] = {
        "title": source.title,
        "body": source.body,
        "kind": source.kind,
        "date": source.date,
        "how_read": source.how_read,
        "document_sha256": source.document_sha256,
        "held": source.held,
        "licence": source.licence,
    }
    if source.note:
        content = {**content, "note": source.note}
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=_WIDTH)
