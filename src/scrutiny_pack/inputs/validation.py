"""Check the inputs of a council and period, and remember what was found.

A check is remembered by the content of all that it rests on: the dataset, the date of
its source, its suites, the code of this package's inputs, and the version of Great
Expectations. When nothing of that has changed, the library is not even imported. Where
the file stands is not part of it: a council that supplies a file again for another
period has it checked once.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.datasets import Dataset, load_dataset
from scrutiny_pack.inputs.expectations import check_dataset, suite_names
from scrutiny_pack.inputs.receipt import DatasetCheck, Receipt


def check_inputs(
    folder: Path,
    names: Sequence[str],
    suites_folder: Path,
    cache_folder: Path | None = None,
) -> tuple[dict[str, Dataset], Receipt]:
    """Read datasets and hold them to their suites.

    Args:
        folder: where the datasets stand: ``<workspace>/data/<council>/<period>``.
        names: the datasets.
        suites_folder: where the suites stand.
        cache_folder: where checks are remembered, or None to check everything
            again. It need not exist.

    Returns:
        The datasets by name, sorted, and the receipt. What fails, critical or not,
        is in the receipt; nothing is raised for it
        (see [`raise_if_critical`][scrutiny_pack.inputs.receipt.raise_if_critical]).

    Raises:
        InputFileError: if a dataset cannot be read; it names all that cannot.
        SuiteError: if a suite is missing or wrong in itself.
    """
    workspace = folder.parents[2]
    datasets = _load_all(folder, sorted(set(names)), workspace)
    checks = []
    for dataset in datasets.values():
        key = _key(dataset, suites_folder)
        check = _remembered(cache_folder, key, dataset)
        if check is None:
            check = check_dataset(dataset, suites_folder)
            _remember(cache_folder, key, check)
        checks.append(check)
    receipt = Receipt(folder.parent.name, folder.name, tuple(checks))
    return datasets, receipt


def _load_all(
    folder: Path, names: Iterable[str], workspace: Path
) -> dict[str, Dataset]:
    """All datasets, or one error about all that cannot be read."""
    datasets = {}
    problems = []
    for name in names:
        try:
            datasets[name] = load_dataset(folder, name, workspace)
        except InputFileError as error:
            problems.append(str(error))
    if problems:
        raise InputFileError("\n".join(problems))
    return datasets


# --- Remembering ------------------------------------------------------------------

version = cache(metadata.version)
"""The version of a package; it is looked up in a file, and for every dataset."""


def _key(dataset: Dataset, suites_folder: Path) -> str:
    """A hash of all that the check of a dataset rests on."""
    paths = [suites_folder / f"{name}.json" for name in suite_names(dataset.name)]
    parts = [dataset.name, dataset.sha256, str(dataset.source.period)]
    parts += [_sha256(path.read_bytes()) if path.exists() else "" for path in paths]
    parts += [_code(), version("great_expectations"), version("pandas")]
    return _sha256("\n".join(parts).encode())


@cache
def _code() -> str:
    """A hash of the code and schemas that read and check inputs."""
    package = files("scrutiny_pack")
    own = ("errors.py", "periods.py", "rounding.py", "yaml_text.py")
    used = [package / name for name in own]
    used += _files_in(package / "inputs")
    return _sha256("\n".join(_sha256(file.read_bytes()) for file in used).encode())


def _files_in(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files_in(entry)
        elif entry.name.endswith((".py", ".yaml")):
            found.append(entry)
    return found


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _remembered(
    cache_folder: Path | None, key: str, dataset: Dataset
) -> DatasetCheck | None:
    """The check of a dataset that was made before, if there is a sound one.

    It may have been made of the same bytes in another place, and is told of this one.
    """
    if cache_folder is None:
        return None
    try:
        raw = json.loads((cache_folder / f"{key}.json").read_text("utf-8"))
        check = DatasetCheck.from_dict(raw)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return check.of_file(dataset.file) if check.sha256 == dataset.sha256 else None


def _remember(cache_folder: Path | None, key: str, check: DatasetCheck) -> None:
    """Keep a check; if the disk does not let us, it is made again next time."""
    if cache_folder is None:
        return
    text = json.dumps(asdict(check), ensure_ascii=False, indent=2) + "\n"
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cache_folder, suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            part.replace(cache_folder / f"{key}.json")
        finally:
            part.unlink(missing_ok=True)
    except OSError:
        return
