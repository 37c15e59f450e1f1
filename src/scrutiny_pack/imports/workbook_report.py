"""What an import found in a workbook: what is wrong, was mended or was left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.wording import counted
from scrutiny_pack.workspace import in_workspace, with_workspace

MOST_TOLD = 50
"""How many things of one kind are told at once of a workbook that is refused."""


@dataclass(frozen=True)
class Remark:
    """Something about one place of a workbook.

    Attributes:
        sheet: the name of the sheet.
        place: the cell, such as ``C7``, or a row, a column or a rectangle in words;
            "" if it is the sheet as a whole.
        words: what is to be said, with the value that stands there.
    """

    sheet: str
    place: str
    words: str

    def __str__(self) -> str:
        """The place and the words: ``Posts, C7: ...``."""
        where = f"{self.sheet}, {self.place}" if self.place else self.sheet
        return f"{where}: {self.words}"


@dataclass
class Findings:
    """What is found while a workbook is read.

    Attributes:
        problems: what is wrong; with any, nothing is imported.
        mended: what was put right.
        left_out: what was not read.
    """

    problems: list[Remark] = field(default_factory=list)
    mended: list[Remark] = field(default_factory=list)
    left_out: list[Remark] = field(default_factory=list)

    def raise_if_any(self, workbook: str) -> None:
        """Stop if there are problems.

        Raises:
            InputFileError: with the first fifty of them, and what else would be done
                to the workbook, so that all of it can be looked over in one go.
        """
        if self.problems:
            self._stop(workbook)

    def _stop(self, workbook: str) -> NoReturn:
        told = _first(self.problems)
        for heading, remarks in (
            ("These would be put right by themselves (look them over):", self.mended),
            ("These would not be read:", self.left_out),
        ):
            told += [heading, *_first(remarks)] if remarks else []
        what = counted(len(self.problems), "thing")
        lines = "\n".join(told)
        msg = f"{workbook} was not imported; there is {what} to put right:\n{lines}"
        if len(self.problems) > 1:
            msg = msg.replace("there is", "there are", 1)
        raise InputFileError(msg)


@dataclass(frozen=True)
class ImportReport:
    """What an import wrote, and what must be known about it.

    Attributes:
        council: the council's slug.
        period: the period, as it is written.
        workbook: the workbook, as messages call it.
        folder: the folder that was written, relative to the workspace.
        rows: how many rows were imported, by dataset.
        mended: what was put right, each with its sheet and cell.
        left_out: what was not read, each with its sheet and place.
        warnings: the expectations that are not met and do not stop a pack.
        kept: the datasets of the folder that are not in the workbook and stay as
            they were.
        replaced: where the folder is kept as it was before; "" if nothing in it was
            replaced.
    """

    council: str
    period: str
    workbook: str
    folder: str
    rows: Mapping[str, int]
    mended: tuple[Remark, ...]
    left_out: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    kept: tuple[str, ...]
    replaced: str

    def lines(self, workspace: str | None = None) -> list[str]:
        """The report for the analyst, line by line.

        Args:
            workspace: what WORKSPACE= was, so that the next command has it too.
        """
        total = counted(sum(self.rows.values()), "row")
        sheets = counted(len(self.rows), "dataset")
        folder = in_workspace(self.folder, workspace)
        lines = [f"{self.workbook}: {total} in {sheets} written to {folder}"]
        lines += [f"  {name}: {counted(n, 'row')}" for name, n in self.rows.items()]
        for heading, remarks in (
            ("Put right (look these over):", self.mended),
            ("Not read:", self.left_out),
            ("Warnings, which will be in the pack too:", self.warnings),
        ):
            lines += _section(heading, remarks)
        if self.kept:
            names = ", ".join(self.kept)
            lines.append(f"Not in the workbook, and left as they were: {names}")
        if self.replaced:
            kept = in_workspace(self.replaced, workspace)
            lines.append(f"What was there before is kept in {kept}")
        lines.append(next_is_the_pack(self.council, self.period, workspace))
        return lines


def next_is_the_pack(council: str, period: str, workspace: str | None) -> str:
    """What to type after an import."""
    command = f"make pack COUNCIL={council} PERIOD={period}"
    return f"Next: {command}{with_workspace(workspace)}"


def _first(remarks: Sequence[Remark]) -> list[str]:
    """The first fifty of some remarks, a line each, and how many more there are."""
    told = [f"  {remark}" for remark in remarks[:MOST_TOLD]]
    if len(remarks) > MOST_TOLD:
        told.append(f"  and {len(remarks) - MOST_TOLD:,} more")
    return told


def _section(heading: str, remarks: Iterable[Remark]) -> list[str]:
    told = [f"  {remark}" for remark in remarks]
    return [heading, *told] if told else []
