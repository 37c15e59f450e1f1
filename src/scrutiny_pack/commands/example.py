"""The command that makes the folder of Exampleshire, a council that does not exist."""

from pathlib import Path

from scrutiny_pack.options import Options

FOLDER = "exampleshire"
"""The workspace that it is made in, unless another is given; git ignores it."""


def exampleshire(options: Options) -> int:
    """Write what Exampleshire has on its disk before its first pack, and what is next."""
    from scrutiny_pack.exampleshire import SLUG
    from scrutiny_pack.exampleshire.folder import CENSUS, LIST, week, write_folder

    shown = options.text("workspace") or FOLDER
    folder = Path(shown).expanduser()
    for name in write_folder(folder, shown):
        print(f"Wrote {shown}/{name}")
    to = f"COUNCIL={SLUG} WORKSPACE={shown}"
    print("Exampleshire is made up, and so is everybody in these files. Next:")
    print(f"  make import CASELOADS={shown}/returns/{LIST} {to}")
    print(f"  make pack {to} PERIOD={week()}")
    print(f"  make import CENSUS={shown}/returns/{CENSUS} {to} PERIOD=2025-09-30")
    return 0
