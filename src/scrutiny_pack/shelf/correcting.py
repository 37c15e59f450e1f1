"""Beginning a correction: the evidence of a final pack becomes data beside what is corrected."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from scrutiny_pack.errors import StandingError
from scrutiny_pack.periods import Period
from scrutiny_pack.shelf.corrections import FILE, FOLDER
from scrutiny_pack.shelf.identity import SHORT, identity
from scrutiny_pack.shelf.pack_reading import EVIDENCE
from scrutiny_pack.workspace import Workspace

_TO_FILL_IN = """\
# Why the final pack {short} is replaced. Write after each colon; docs/lifecycle.md says more.

replaces: {evidence}
corrected_on:   # the date of the correction, such as 2016-11-02
corrected_by:   # by whom, as a role, such as Principal Scrutiny Officer
why:   # in a sentence or two, for the readers of the pack

# Where some items changed for another reason, name the datasets that were corrected, or the
# items themselves:
# reasons:
#   - datasets: [posts]
#     reason: Row 12 was read as 8; the report prints 6.
#   - items: [vacancy-rates]
#     reason: The rate is now counted on posts.
"""


def begin_correction(workspace: Workspace, council: str, period: Period) -> Path:
    """Keep the evidence of a final pack as data, with a file to say why it is replaced.

    Args:
        workspace: where everything is.
        council: the council's slug.
        period: the period, for which the council has data.

    Returns:
        The file to fill in. One that is there already stays as it is.

    Raises:
        StandingError: if there is no pack, it is a draft, or it has been edited.
    """
    pack = workspace.pack_folder(council, period)
    shown = workspace.shown(pack)
    was = identity(pack)
    if was is None or not _is_sound(pack):
        msg = f"{shown} is not there, or has been edited: there is nothing to correct"
        raise StandingError(msg)
    if not was.is_final:
        msg = f"{shown} is a draft: correct the data and build it again; no more is needed"
        raise StandingError(msg)
    folder = workspace.data_folder(council, period) / FOLDER / was.short
    if not (folder / FILE).is_file():
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".part-", dir=folder.parent) as part:
            _write(Path(part) / was.short, pack, was.evidence)
            (Path(part) / was.short).rename(folder)
    return folder / FILE


def _is_sound(pack: Path) -> bool:
    """Whether the data files of a pack are those that its evidence.json names."""
    return all(
        (pack / item["data"]).is_file()
        and hashlib.sha256((pack / item["data"]).read_bytes()).hexdigest()
        == item["sha256"]
        for item in _items(pack)
    )


def _items(pack: Path) -> list[dict[str, str]]:
    return list(json.loads((pack / EVIDENCE).read_text(encoding="utf-8"))["items"])


def _write(folder: Path, pack: Path, evidence: str) -> None:
    folder.mkdir()
    shutil.copyfile(pack / EVIDENCE, folder / EVIDENCE)
    for name in (item["data"] for item in _items(pack)):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(pack / name, folder / name)
    text = _TO_FILL_IN.format(short=evidence[:SHORT], evidence=evidence)
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")
