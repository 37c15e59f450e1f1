"""The command that makes the folder of Exampleshire, a council that does not exist."""

from pathlib import Path

from scrutiny_pack.options import Options

FOLDER = "exampleshire"
"""The workspace that it is made in, unless another is given; git ignores it."""


def exampleshire(options: Options) -> int:
    """Write what Exampleshire has on its disk before its first pack, and what is next."""
    from scrutiny_pack.exampleshire.folder import WORKBOOK, write_folder

    shown = options.text("workspace") or FOLDER
    folder = Path(shown).expanduser()
    for name in write_folder(folder, shown):
        print(f"Wrote {shown}/{name}")
    print("Exampleshire is made up, and so is everybody in these files. Next:")
    print(f"  make import WORKBOOK={shown}/{WORKBOOK} WORKSPACE={shown}")
    print("docs/tutorial.md goes on from there, step by step.")
    return 0
