"""Datasets as they were read when a run checked them, for the notebooks of that run.

A run reads each dataset once and hands it on in its own private folder. A notebook takes
it from there if both files still are what they were, and reads them itself otherwise.
"""

import hashlib
import pickle
from collections.abc import Mapping
from pathlib import Path

from scrutiny_pack.inputs.datasets import Dataset, load_dataset

_FOLDER = "datasets"


def hand_on(
    run: Path, folder: Path, datasets: Mapping[str, Dataset], shown_from: Path
) -> None:
    """Write what was read into the folder of a run.

    Args:
        run: the run's folder.
        folder: where the datasets stand.
        datasets: as `load_dataset` read them.
        shown_from: the workspace.
    """
    place = run / _FOLDER
    place.mkdir()
    for name, dataset in datasets.items():
        source = _sha256(folder / f"{name}.source.yaml")
        handed = (str(shown_from), dataset.sha256, source, dataset)
        (place / f"{name}.pickle").write_bytes(pickle.dumps(handed))


def checked_dataset(run: Path, folder: Path, name: str, shown_from: Path) -> Dataset:
    """A dataset as it was checked; as its files are now, if they have changed since.

    Args:
        run: the run's folder.
        folder: where the dataset stands.
        name: the dataset.
        shown_from: the workspace.

    Raises:
        InputFileError: as `load_dataset` does.
    """
    now = (
        str(shown_from),
        _sha256(folder / f"{name}.csv"),
        _sha256(folder / f"{name}.source.yaml"),
    )
    try:
        raw = (run / _FOLDER / f"{name}.pickle").read_bytes()
    except OSError:
        return load_dataset(folder, name, shown_from)
    *then, dataset = pickle.loads(raw)  # noqa: S301 - the run's own, in a private folder
    if tuple(then) != now or not isinstance(dataset, Dataset):
        return load_dataset(folder, name, shown_from)
    return dataset


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
