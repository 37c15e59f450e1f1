"""Keeping the shelf: the page that lists all packs, and the status beside each pack.

Both are functions of what lies in ``output/`` and of a few files of data. What they rested
on when they were written is remembered, so that nothing is done, and nothing imported,
where nothing of it has changed.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from scrutiny_pack.run.dependencies import key_of, sha256
from scrutiny_pack.shelf.pack_reading import EVIDENCE, MANIFEST
from scrutiny_pack.shelf.places import (
    archive_files,
    current_packs,
    sets_of_packs,
    superseded_packs,
)
from scrutiny_pack.workspace import Workspace

_PACKAGE = Path(__file__).resolve().parents[1]
_CODE = ("shelf/*.py", "publish/shelf_page.py", "publish/templates/evidence/*")


def keep_shelf(workspace: Workspace, *, force: bool = False) -> Path | None:
    """Write the shelf and the status of each pack, unless they are as they should be.

    Args:
        workspace: where everything is.
        force: whether to write them whatever is remembered.

    Returns:
        The shelf's page; None if there is nothing to list.

    Raises:
        InputFileError: if what is said of withdrawn packs cannot be read.
        ReferenceDataError: if the retention schedule is wrong.
        OutputError: if they cannot be written.
    """
    index = workspace.output / "index.html"
    rests_on = _rests_on(workspace)
    if not rests_on["packs"]:
        return None
    memory = workspace.output / ".cache" / "shelf.json"
    remembered = _read(memory)
    written = remembered.get("written", {})
    is_as_it_was = (
        remembered.get("key") == _key(rests_on)
        and written
        and written == _hashes(workspace, written)
    )
    if is_as_it_was and not force:
        return index

    from scrutiny_pack.run.failures import writing  # noqa: PLC0415 - see above
    from scrutiny_pack.run.lock import waiting_for  # noqa: PLC0415

    with waiting_for(index, workspace.shown(index)), writing(workspace.shown(index)):
        _write_all(workspace, index, memory, remembered.get("archives", {}))
    return index


def _write_all(
    workspace: Workspace, index: Path, memory: Path, known: Mapping[str, str]
) -> None:
    from scrutiny_pack.publish.shelf_page import shelf_html  # noqa: PLC0415 - jinja2
    from scrutiny_pack.shelf.archived import read_archived, state_of  # noqa: PLC0415
    from scrutiny_pack.shelf.statuses import read_statuses  # noqa: PLC0415

    rests_on = _rests_on(workspace)  # once more: it may have changed while we waited
    statuses = read_statuses(workspace)
    files = archive_files(workspace)
    archives = [read_archived(path, workspace.output, known) for path in files]
    for status in statuses:
        _replace(workspace.output / status.file, status.text)
    _replace(index, shelf_html(statuses, list(sets_of_packs(workspace)), archives))
    made = [index.name, *(status.file for status in statuses)]
    remembered = {
        "key": _key(rests_on),
        "written": _hashes(workspace, made),
        "archives": {
            state_of(path): archive.sha256
            for path, archive in zip(files, archives, strict=True)
        },
    }
    memory.parent.mkdir(exist_ok=True)
    _replace(memory, f"{json.dumps(remembered, indent=1)}\n")


def _rests_on(workspace: Workspace) -> dict[str, dict[str, str]]:
    """All that the shelf and the statuses rest on, each with what changes when it does."""
    packs = [*current_packs(workspace), *superseded_packs(workspace)]
    data = workspace.home / "data"
    said = [
        *sorted(data.glob("*/withdrawn.yaml")),
        data / "reference" / "retention.yaml",
        workspace.reference / "retention.yaml",
    ]
    code = [path for pattern in _CODE for path in sorted(_PACKAGE.glob(pattern))]
    return {
        "packs": {
            **{str(p): _sha256_of(p / MANIFEST) + _state(p / EVIDENCE) for p in packs},
            **{s.folder: str(s.packs) for s in sets_of_packs(workspace)},
            **{str(path): _state(path) for path in archive_files(workspace)},
        },
        "data": {str(path): _sha256_of(path) for path in said},
        "signatures": {
            str(path): "" for path in (workspace.output / "archive").glob("*.*sig")
        },
        "code": {str(path): _state(path) for path in code if path.is_file()},
    }


def _key(rests_on: Mapping[str, Mapping[str, str]]) -> str:
    return key_of({kind: key_of(facts) for kind, facts in rests_on.items()})


def _hashes(workspace: Workspace, names: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of files in ``output/``, by their names there."""
    return {name: _sha256_of(workspace.output / name) for name in names}


def _state(path: Path) -> str:
    try:
        facts = path.stat()
    except OSError:
        return ""
    return f"{facts.st_size} {facts.st_mtime_ns}"


def _sha256_of(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def _replace(path: Path, text: str) -> None:
    """Write a file whole, or not at all; one that says the same already is left alone."""
    if _sha256_of(path) == sha256(text.encode()):
        return
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)


def _read(memory: Path) -> dict:  # type: ignore[type-arg]
    try:
        remembered = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return remembered if isinstance(remembered, dict) else {}
