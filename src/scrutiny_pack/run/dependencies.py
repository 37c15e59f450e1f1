"""What a pack and its notebooks rest on: every file and fact, with its SHA-256.

The name of a dependency is what an analyst knows it by: a path in the workspace or the
project, a parameter, a version. Nothing here needs more than the standard library,
because an unchanged pack has to answer at once.
"""

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace

Dependencies = Mapping[str, str]
"""The SHA-256 of each dependency, or a fact as it is, by its name."""

_PACKAGE = Path(__file__).resolve().parents[1]
_CODE = "src/scrutiny_pack/"
_NO_PART_OF_A_PACK = (
    *("cli.py", "options.py", "__main__.py", "commands/", "machine/"),
    # What is written beside packs, and not into them:
    *("archive/", "check/"),
    *("run/upkeep.py", "publish/shelf_page.py"),
    *(f"publish/templates/evidence/{name}.html.j2" for name in ("check", "shelf")),
    *(f"shelf/{name}.py" for name in ("archived", "correcting", "difference_words")),
    *(f"shelf/{name}.py" for name in ("places", "retention", "statuses")),
    *(f"shelf/{name}.py" for name in ("withdrawals", "zipped_packs")),
)
_RELEASES = "data/dfe/"
_NOT_OF_NOTEBOOKS = tuple(f"{_CODE}{name}/" for name in ("publish", "formats", "shelf"))
_NOT_OF_PACKS = ("data/reference/retention.yaml",)
_FORMAT = "the format "
_LOCK = "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


class Fingerprints:
    """The SHA-256 of files, each read once as long as it stays as it is."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, ...], str]] = {}

    def of(self, path: Path) -> str:
        """The SHA-256 of a file's bytes; "" if there is none."""
        try:
            facts = path.stat()
            state = (
                facts.st_size,
                facts.st_mtime_ns,
                facts.st_ctime_ns,
                facts.st_ino,
            )
            known = self._known.get(path)
            if known is None or known[0] != state:
                known = state, sha256(path.read_bytes())
                self._known[path] = known
        except OSError:
            return ""
        return known[1]


_fingerprints = Fingerprints()


def sha256(raw: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def pack_dependencies(
    workspace: Workspace,
    council: str,
    period: Period | str,
    formats: Collection[str],
) -> dict[str, str]:
    """All that a pack rests on, sorted by name.

    Args:
        workspace: where everything is.
        council: the council's slug.
        period: the period.
        formats: what the pack is made as beside its pages.
    """
    data = workspace.data_folder(council, period)
    supplied = {p.stem for p in _files(data) if p.suffix == ".csv" and p.parent == data}
    files = shared_files(workspace) | _named(f"data/{council}/{period}", data)
    for path in _files(workspace.suites):
        if path.stem.removesuffix("-identities") in supplied:
            files[f"expectations/{path.name}"] = path
    own = workspace.params_file(council, period)
    files["params/defaults.yaml"] = workspace.defaults_file
    files[f"params/{council}/{period}.yaml"] = own
    files[_LOCK] = workspace.project / _LOCK
    files |= _code()
    hashes = {
        name: _fingerprints.of(path)
        for name, path in files.items()
        if name not in _NOT_OF_PACKS
    }
    wanted = {f"{_FORMAT}{name}": "wanted" for name in formats}
    facts = _facts(workspace.project / _LOCK)
    return dict(sorted((hashes | facts | wanted).items()))


def shared_files(workspace: Workspace) -> dict[str, Path]:
    """The files that a notebook may read whatever the council, by name.

    The names are their places in a folder that is project and workspace in one.
    """
    return {
        **_named("notebooks", workspace.notebooks),
        **_named("data/reference", workspace.reference),
        **_named("data/dfe", workspace.releases),
    }


def _named(name: str, folder: Path) -> dict[str, Path]:
    return {
        f"{name}/{path.relative_to(folder).as_posix()}": path for path in _files(folder)
    }


def software_now() -> dict[str, str]:
    """What runs here: this package's code, its lock, Python, the system, the packages."""
    lock = _PACKAGE.parents[1] / _LOCK
    return code_now() | _facts(lock) | {_LOCK: _fingerprints.of(lock)}


def code_now() -> dict[str, str]:
    """The SHA-256 of each file of this package that a pack may rest on."""
    return {name: _fingerprints.of(path) for name, path in _code().items()}


def rests_on_code(dependencies: Dependencies, code: Dependencies) -> bool:
    """Whether all the code among some dependencies is as it is given.

    What runs is the code that was read when the command began: nothing that it makes
    may be taken for the work of code that has been edited since.
    """
    return all(
        code.get(name) == sha
        for name, sha in dependencies.items()
        if name.startswith(_CODE)
    )


def _code() -> dict[str, Path]:
    files = {path.relative_to(_PACKAGE).as_posix(): path for path in _files(_PACKAGE)}
    return {
        f"{_CODE}{name}": path
        for name, path in files.items()
        if not name.startswith(_NO_PART_OF_A_PACK)
    }


def notebook_dependencies(
    pack: Dependencies,
    notebook: str,
    datasets: Mapping[str, str],
    parameters: Mapping[str, Any],
    commentary: Mapping[str, str],
    *,
    compares: bool = False,
) -> dict[str, str]:
    """What one notebook rests on, sorted by name.

    Args:
        pack: what the whole pack rests on.
        notebook: the notebook's name.
        datasets: the datasets that its sidecar declares.
        parameters: the value of each parameter that it takes, council and period too.
        commentary: what the council's analyst says of each item that it may make.
        compares: whether it looks at releases of the DfE's statistics.
    """
    suites = {name for d in datasets for name in (d, f"{d}-identities")}
    data = f"data/{parameters['council']}/{parameters['period']}"
    used = {
        f"notebooks/{notebook}.ipynb",
        f"notebooks/{notebook}.yaml",
        *(f"expectations/{name}.json" for name in suites),
        *(f"{data}/{name}.csv" for name in datasets),
        *(f"{data}/{name}.source.yaml" for name in datasets),
    }
    own = {
        name: sha
        for name, sha in pack.items()
        if name in used
        or (compares and name.startswith(_RELEASES))
        or not _is_for_others(name, f"{data}/")
    }
    for name, value in parameters.items():
        own[f"the parameter {name}"] = json.dumps(value, sort_keys=True)
    for slug, text in commentary.items():
        own[f"{data}/commentary.yaml: {slug}"] = sha256(text.encode())
    return dict(sorted(own.items()))


def _is_for_others(name: str, data: str) -> bool:
    """Whether a notebook rests on a dependency only if it says so."""
    if name.startswith("notebooks/"):  # a module in their folder can be imported by all
        return name.endswith((".ipynb", ".yaml"))
    others = ("expectations/", "params/", _RELEASES, data, _FORMAT, *_NOT_OF_NOTEBOOKS)
    return name.startswith(others)


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes, read again only when it has changed."""
    return _fingerprints.of(path)


def is_for_a_notebook(name: str) -> bool:
    """Whether a dependency is a notebook, its sidecar, or a suite of its datasets."""
    return name.startswith("expectations/") or (
        name.startswith("notebooks/") and name.endswith((".ipynb", ".yaml"))
    )


def key_of(dependencies: Dependencies) -> str:
    """One SHA-256 for all of some dependencies."""
    return sha256(json.dumps(dependencies, sort_keys=True).encode())


def what_changed(before: Dependencies, after: Dependencies) -> list[str]:
    """The dependencies that differ, as a reader knows them, sorted."""
    words = []
    for name in sorted({*before, *after}):
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            verb = "is new" if not was else "is gone" if not now else "has changed"
            words.append(f"{name} {verb}")
    return words


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder, sorted, but for hidden ones and compiled code."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _files(folder / entry.name)
        elif entry.is_file():
            yield folder / entry.name


def _facts(lock: Path) -> dict[str, str]:
    """The Python, the system, and the packages of the lock as they are installed."""
    facts = {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "the system": f"{platform.system()} {platform.machine()}",
    }
    try:
        pinned = lock.read_text(encoding="utf-8")
    except OSError:
        pinned = ""
    installed = _installed()
    for name in _PINNED.findall(pinned):
        plain = _plain(name)
        facts[f"the package {plain}"] = installed.get(plain, "not installed")
    return facts


@cache
def _installed() -> dict[str, str]:
    """The version of each installed package: the names of folders say it."""
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            names = sorted(path.name for path in Path(place).iterdir())
        except OSError:  # not there, not a folder, or not for us to read
            continue
        for name in names:
            if name.endswith(".dist-info"):
                package, _, version = name.removesuffix(".dist-info").rpartition("-")
                found.setdefault(_plain(package), version)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
