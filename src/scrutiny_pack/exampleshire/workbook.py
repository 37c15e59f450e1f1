"""Exampleshire's workbook: the template of `make new`, filled in, and one with slips.

What Excel and those who use it do to a workbook is planted in the second, one slip a
place, so that it can be seen, and tested, what the import says of each.
"""

from collections.abc import Callable
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from scrutiny_pack.exampleshire import NAME, SLUG
from scrutiny_pack.exampleshire.figures import PERIOD, rows, sources
from scrutiny_pack.imports.workbook_layout import workbook_datasets
from scrutiny_pack.imports.workbook_template import FilledIn, template
from scrutiny_pack.inputs.councils import Council
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.periods import Period

_DAY = 45_930  # 30 September 2025, as Excel counts days

Plant = Callable[[Workbook, Worksheet], object]


@dataclass(frozen=True)
class Slip:
    """Something that Excel, or whoever uses it, did to a workbook.

    Attributes:
        what: what it is, in words.
        sheet: the sheet.
        place: the cell or the row, as the import names it.
        value: what stands there, as the import tells it.
        becomes: what the import does: ``refused``, ``put right`` or ``left out``.
        remedy: words of what the import says is to be done, or was done.
        plant: writes it into the sheet.
    """

    what: str
    sheet: str
    place: str
    value: str
    becomes: str
    remedy: str
    plant: Plant


def _number(place: str, number: float, number_format: str = "General") -> Plant:
    def plant(book: Workbook, sheet: Worksheet) -> None:
        shown_as = book.add_format({"num_format": number_format})
        sheet.write_number(*xl_cell_to_rowcol(place), number, shown_as)

    return plant


def _text(place: str, text: str) -> Plant:
    return lambda _book, sheet: sheet.write_string(*xl_cell_to_rowcol(place), text)


def _total(_book: Workbook, sheet: Worksheet) -> None:
    sheet.write_string("B68", "Total")
    sheet.write_formula("H68", "=SUM(H6:H67)", value=2_014.9)


HABITS = (
    Slip(
        "a date that Excel took for one", "Posts", "M6", "30 September 2025",
        "put right", "was read as 2025-09-30", _number("M6", _DAY, "dd/mm/yyyy"),
    ),
    Slip(
        "a percentage", "Turnover", "F10", "13.0%",
        "put right", "was read as 13", _number("F10", 0.13, "0.0%"),
    ),
)  # fmt: skip
"""What is left in the workbook as Excel makes it; the import puts it right."""

SLIPS = (
    Slip(
        "a figure with a word before it", "Caseloads", "E8", "'about 14'",
        "refused", "if 14 is meant, write 14", _text("E8", "about 14"),
    ),
    Slip(
        "a title in merged cells", "Posts", "row 1", "Exampleshire, autumn 2025",
        "left out", "stands above the headings",
        lambda book, sheet: sheet.merge_range(
            "F1:L1", "Exampleshire, autumn 2025", book.add_format({"bold": True})
        ),
    ),
    Slip(
        "a formula whose cells are gone", "Posts", "H12", "#REF!",
        "refused", "put the formula right, or write the figure itself",
        lambda _book, sheet: sheet.write_formula("H12", "=#REF!+1", value="#REF!"),
    ),
    Slip(
        "spaces behind a name", "Posts", "B14", "'Assessment North  '",
        "put right", "was read as 'Assessment North'", _text("B14", "Assessment North  "),
    ),
    Slip(
        "a word where a figure belongs", "Posts", "H18", "'n/a'",
        "refused", "write 0 if it means none", _text("H18", "n/a"),
    ),
    Slip(
        "a date as the number of a day", "Posts", "M22", "45930",
        "put right", "Excel's number of a day, was read as 2025-09-30",
        _number("M22", _DAY),
    ),
    Slip(
        "a row that a filter hides", "Posts", "row 30", "Child Protection West",
        "refused", "show what is hidden",
        lambda _book, sheet: sheet.set_row(29, None, None, {"hidden": True}),
    ),
    Slip(
        "a row of totals", "Posts", "row 68", "Total",
        "left out", "a total of the workbook's own", _total,
    ),
    Slip(
        "a percentage that has lost its sign", "Turnover", "F7", "0.104",
        "refused", "write 10.4", _number("F7", 0.104),
    ),
)  # fmt: skip
"""What is planted in the other workbook, in the order of its sheets."""


def filled_in() -> bytes:
    """The workbook as it should be, with two cells as Excel makes them."""
    return _workbook(HABITS)


def with_slips() -> bytes:
    """The same with every slip in it."""
    return _workbook((*HABITS, *SLIPS))


def _workbook(slips: tuple[Slip, ...]) -> bytes:
    def finish(book: Workbook) -> None:
        for slip in slips:
            slip.plant(book, book.get_worksheet_by_name(slip.sheet))

    council = Council(SLUG, NAME, None, None, "", "", "", "")
    return template(
        council,
        Period.parse(PERIOD),
        [dataset_schema(name) for name in workbook_datasets()],
        FilledIn(rows(), sources(), finish),
    )
