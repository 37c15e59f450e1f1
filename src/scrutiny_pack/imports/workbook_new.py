"""Begin a pack of a council: its parameters, and a workbook to fill in."""

from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.errors import OutputError
from scrutiny_pack.imports.workbook_layout import workbook_datasets
from scrutiny_pack.imports.workbook_template import template
from scrutiny_pack.inputs.councils import check_slug, find_council, read_councils
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.periods import Period
from scrutiny_pack.run.failures import writing
from scrutiny_pack.workspace import Workspace, in_workspace, quoted, with_workspace


@dataclass(frozen=True)
class NewCouncil:
    """What was made for a council that begins.

    Attributes:
        name: the council's full name.
        workbook: the workbook, relative to the workspace.
        params: the file of parameters, relative to the workspace.
        params_kept: whether that file was there already, and was left as it is.
        replaced: where a workbook that was there before is kept; "" if none was.
    """

    name: str
    workbook: str
    params: str
    params_kept: bool
    replaced: str

    def lines(self, workspace: str | None = None) -> list[str]:
        """What was made and what comes next, line by line.

        Args:
            workspace: what WORKSPACE= was, so that the next command has it too.
        """
        workbook = in_workspace(self.workbook, workspace)
        lines = [
            f"{workbook} is the workbook of {self.name}: fill it in, save and close it"
        ]
        if self.replaced:
            kept = in_workspace(self.replaced, workspace)
            lines.append(f"The workbook that was there is kept as {kept}")
        state = "was there, and is as it was" if self.params_kept else "has parameters"
        params = in_workspace(self.params, workspace)
        lines.append(f"{params} {state}; nothing in it needs to be changed")
        command = f"make import WORKBOOK={quoted(workbook)}"
        lines.append(f"Next: {command}{with_workspace(workspace)}")
        return lines


def new_council(
    workspace: Workspace, council: str, period: str, *, replace_workbook: bool = False
) -> NewCouncil:
    """Write the parameters and the empty workbook of a council and period.

    Args:
        workspace: where both are written: ``params/<council>/<period>.yaml`` and
            ``workbooks/<council>-<period>.xlsx``.
        council: the council's slug in the register.
        period: the period.
        replace_workbook: whether to put an empty workbook in the place of one that
            is there. The one that was there is kept under another name.

    Returns:
        What was made. A file of parameters that is there is never touched.

    Raises:
        CouncilError: if the council is not in the register; it names the nearest.
        PeriodError: if the period is none, or the council was not there then.
        OutputError: if the workbook is there and ``replace_workbook`` was not given,
            or the files cannot be written.
    """
    register = read_councils(
        workspace.reference / "councils.csv", "data/reference/councils.csv"
    )
    check_slug(register, council)
    found = Period.parse(period)
    authority = find_council(register, council, found)
    workbook = workbook_file(workspace, council, found)
    params = workspace.params_file(council, found)
    if workbook.exists() and not replace_workbook:
        msg = (
            f"{workspace.shown(workbook)} is there already: fill it in, or add "
            "REPLACE=1 for an empty one (the one that is there is kept)"
        )
        raise OutputError(msg)
    raw = template(
        authority, found, [dataset_schema(name) for name in workbook_datasets()]
    )
    params_kept = params.exists()
    with writing(workspace.shown(workbook)):
        workbook.parent.mkdir(parents=True, exist_ok=True)
        before = _set_aside(workbook)
        workbook.write_bytes(raw)
    if not params_kept:
        with writing(workspace.shown(params)):
            params.parent.mkdir(parents=True, exist_ok=True)
            text = params_text(
                workspace.defaults_file.read_text(encoding="utf-8"),
                f"{authority.name}, {found.in_words}",
            )
            params.write_text(text, encoding="utf-8", newline="\n")
    return NewCouncil(
        name=authority.name,
        workbook=workspace.shown(workbook),
        params=workspace.shown(params),
        params_kept=params_kept,
        replaced=workspace.shown(before) if before else "",
    )


def workbook_file(workspace: Workspace, council: str, period: Period) -> Path:
    """Where the workbook of a council and period stands.

    It is not in ``data/``: a council has a folder there once it has data.
    """
    return workspace.home / "workbooks" / f"{council}-{period}.xlsx"


def _set_aside(workbook: Path) -> Path | None:
    """Give a workbook that is there another name, which no file has."""
    if not workbook.exists():
        return None
    number = 1
    while True:
        before = workbook.with_stem(f"{workbook.stem}.replaced-{number}")
        if not before.exists():
            return workbook.rename(before)
        number += 1


def params_text(defaults: str, whose: str) -> str:
    """A file of parameters that changes none of them.

    Args:
        defaults: the text of ``params/defaults.yaml``.
        whose: the council and the period, in words.

    Returns:
        Each default with its comment, as a comment: whoever takes the ``#`` away
        sets the parameter for this council and period alone.
    """
    head = (
        f"# Parameters of {whose}.\n"
        "# Each line is a parameter with its default. To set one, take away the # before\n"
        "# its name and write the value; what stays a comment has its default.\n"
    )
    lines = defaults.splitlines()
    while lines and (lines[0].startswith("#") or not lines[0].strip()):
        lines.pop(0)
    body = "".join(
        f"{line}\n" if not line.strip() or line.startswith("#") else f"# {line}\n"
        for line in lines
    )
    return f"{head}\n{body}" if body else head
