"""Writing what the check found: a page, and of a Word draft a copy with comments."""

from pathlib import Path

from scrutiny_pack.check.bounds import read_bytes
from scrutiny_pack.check.comments import commented
from scrutiny_pack.check.findings import Checked
from scrutiny_pack.check.page import check_page
from scrutiny_pack.errors import OutputError

FOLDER = "checks"
"""The folder of the output that checks are written to."""


def write_check(checked: Checked, draft: Path, output: Path) -> list[Path]:
    """Write the page of a check, and the copy with comments of a Word draft.

    Args:
        checked: what was found.
        draft: the draft, which is only read.
        output: the folder of what is generated.

    Returns:
        The files written.

    Raises:
        OutputError: if they cannot be written; those of an earlier check stay.
    """
    folder = output / FOLDER
    files = {f"{draft.stem}.html": check_page(checked, "../").encode()}
    if draft.suffix.lower() == ".docx":
        files[f"{draft.stem}-with-comments.docx"] = commented(
            read_bytes(draft), checked
        )
    written = []
    for name, content in files.items():
        target = folder / name
        aside = folder / f".{name}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(content)
            aside.replace(target)
        except OSError as error:
            aside.unlink(missing_ok=True)
            msg = f"output/{FOLDER}/{name} cannot be written ({error.strerror}): close it if it is open"
            raise OutputError(msg) from None
        written.append(target)
    return written
