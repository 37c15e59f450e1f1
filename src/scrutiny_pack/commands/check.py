"""The command that holds a draft report against the evidence pack that it cites."""

from pathlib import Path

from scrutiny_pack.errors import DraftError, NotThereError, ReportError
from scrutiny_pack.options import Options
from scrutiny_pack.workspace import Workspace


def check(options: Options) -> int:
    """Say which figures of a draft report the items that it cites do not hold."""
    from scrutiny_pack.check.checking import all_citations, check_report
    from scrutiny_pack.check.lines import in_lines
    from scrutiny_pack.check.matching import Verdict
    from scrutiny_pack.check.packs import choose_pack, read_pack
    from scrutiny_pack.check.reading import read_report
    from scrutiny_pack.check.writing import write_check

    workspace = Workspace.find(options.text("workspace"))
    given = options.text("report")
    if not given:
        msg = "no draft was given: say which, such as REPORT=draft.docx"
        raise ReportError(msg)
    path = Path(given).expanduser()
    report = read_report(path)
    pack_id = choose_pack(
        workspace.output,
        all_citations(report),
        options.text("council"),
        options.text("period"),
    )
    pack = read_pack(workspace.output, pack_id)
    if pack is None:
        msg = (
            f"the draft cites the pack {pack_id}, which is not there: correct the ids, or "
            "build it with 'make pack'"
        )
        raise NotThereError(msg)
    checked = check_report(
        report, pack, lambda other: read_pack(workspace.output, other)
    )
    print("\n".join(in_lines(checked)), flush=True)
    for written in write_check(checked, path, workspace.output):
        print(workspace.to_open(written), flush=True)
    if checked.of(Verdict.NOT_THERE):
        msg = (
            f"{path.name} cites what is not there: the list begins with what; correct it, and "
            "check again"
        )
        raise NotThereError(msg)
    if options.is_set("strict") and checked.of(Verdict.DIFFERS, Verdict.UNCITED):
        msg = (
            f"{path.name}: not every figure agrees with what it cites, or has a citation; "
            "the list begins with those"
        )
        raise DraftError(msg)
    return 0
