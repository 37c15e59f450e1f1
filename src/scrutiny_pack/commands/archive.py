"""Commands that make an archive of a pack, and verify one."""

import sys
from pathlib import Path

from scrutiny_pack.errors import ArchiveError, PackError, SignatureError
from scrutiny_pack.options import Options
from scrutiny_pack.workspace import Workspace

_MOST_SHOWN = 10


def archive(options: Options) -> int:
    """Make the archive of the pack of one council and period."""
    from scrutiny_pack.archive.making import make_archive
    from scrutiny_pack.commands.packs import make_one, tell
    from scrutiny_pack.formats.choose import choose_formats
    from scrutiny_pack.inputs.wording import counted
    from scrutiny_pack.run.choose import choose_council, choose_period
    from scrutiny_pack.run.upkeep import keep_shelf

    workspace = Workspace.find(options.text("workspace"))
    council = choose_council(workspace, options.text("council"))
    period = choose_period(workspace, council, options.text("period"))
    formats = choose_formats("all")

    def make_pack() -> None:
        tell(workspace, make_one(workspace, council, period, formats, options))

    made = make_archive(
        workspace,
        council,
        period,
        formats,
        make_pack=make_pack,
        with_wheels=options.is_set("wheels"),
    )
    keep_shelf(workspace)
    for title in made.missing:
        print(f"There is no copy of a source document: {title}")
    for file in made.left_out:
        print(
            f"Left out, as neither input nor source document: {workspace.to_open(file)}"
        )
    print(workspace.to_open(made.file))
    size = f"{made.size / 1e6:,.1f} MB"
    standing = "" if made.is_new else "; it was there already"
    print(f"{counted(made.files, 'file')}, {size}, sha256 {made.sha256}{standing}")
    return 0


def verify(options: Options) -> int:
    """Verify an archive; the exit code is that of the first step that failed."""
    from scrutiny_pack.archive.verifying import verify_archive

    given = options.text("archive")
    if not given:
        msg = "no archive was given: say which, such as ARCHIVE=output/archive/name.zip"
        raise ArchiveError(msg)
    key = options.text("key")
    if key and not Path(key).expanduser().is_file():
        msg = f"KEY={key} is not a file: give the path of a public key"
        raise SignatureError(msg)
    file = Path(given).expanduser()
    first: type[PackError] | None = None
    for step in verify_archive(
        file,
        file.name,
        key=Path(key).expanduser() if key else None,
        rerun=options.is_set("rerun"),
        say=lambda sentence: print(sentence, file=sys.stderr, flush=True),
    ):
        state = "failed" if step.problems else "ok" if step.is_done else "not done"
        note = f": {step.note}" if step.note else ""
        print(f"{state:<8}  {step.what}{note}", flush=True)
        for problem in step.problems[:_MOST_SHOWN]:
            print(f"          {problem}", flush=True)
        if len(step.problems) > _MOST_SHOWN:
            print(f"          and {len(step.problems) - _MOST_SHOWN} more", flush=True)
        if step.problems and first is None:
            first = step.error
    if first is None:
        print(f"{file.name} verifies.")
        return 0
    print(f"{file.name} does not verify.", file=sys.stderr)
    return first.exit_code
