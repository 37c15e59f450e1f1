"""One sheet of the spreadsheet, before it is written."""

from dataclasses import dataclass

from scrutiny_pack.formats.sheet_cells import SheetColumn
from scrutiny_pack.observations import STATUS_WORDS

Link = tuple[str, str]
"""The words of a link, and the sheet that it leads to."""

NO_STATUS = "Blank cells in a column of statuses: the figure has none."
"""Why such cells are blank; no cell that could hold a number ever is."""


@dataclass(frozen=True)
class Sheet:
    """A sheet with one table on it, and what is said above the table.

    Attributes:
        name: its name, 31 characters at most.
        table: the name of its table.
        title: what it shows.
        columns: the table's columns, from the left; all with as many cells.
        lines: what stands under the title, a line each.
        instructions: how to read it, in a sentence or two.
        sources: the documents that it rests on, a line each.
        notes: where its notes are, in a line.
        bold: which rows of the table are totals, from 0.
        links: the sheets that the cells of the first column lead to; empty for none.
        item: what the table is called in the contents: ``Table 3``.
        question: the question that it helps to answer; "" for the sheets in front.
    """

    name: str
    table: str
    title: str
    columns: tuple[SheetColumn, ...]
    lines: tuple[str, ...] = ()
    instructions: str = "This worksheet contains one table."
    sources: tuple[str, ...] = ()
    notes: str = ""
    bold: tuple[int, ...] = ()
    links: tuple[str, ...] = ()
    item: str = ""
    question: str = ""

    @property
    def legend(self) -> list[str]:
        """The shorthand of its columns of figures, and why cells are blank, a line each."""
        marks = {
            mark
            for column in self.columns
            if column.holds != "text"
            for cell in column.cells
            if isinstance(cell, str)
            for mark in cell.split()
        }
        shorthand = [
            f"[{letter}] {words}"
            for letter, words in STATUS_WORDS.items()
            if f"[{letter}]" in marks
        ]
        return [*shorthand, *self._blanks()]

    def _blanks(self) -> list[str]:
        said = []
        if any(c.has_blanks and c.holds == "status" for c in self.columns):
            said.append(NO_STATUS)
        headings = [
            c.heading for c in self.columns if c.has_blanks and c.holds == "text"
        ]
        if headings:
            named = ", ".join(f"'{heading}'" for heading in headings)
            said.append(f"Blank cells under {named}: there is nothing to say there.")
        return said
