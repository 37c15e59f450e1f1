"""A dataset: its table, its schema, its source, and which bytes it was read from."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.files import read_bytes
from scrutiny_pack.inputs.schemas import DatasetSchema, dataset_names, dataset_schema
from scrutiny_pack.inputs.sources import Source, read_source
from scrutiny_pack.inputs.tables import parse_table
from scrutiny_pack.inputs.wording import did_you_mean


@dataclass(frozen=True, eq=False)
class Dataset:
    """One input table.

    Attributes:
        name: such as ``posts``.
        schema: its columns and key.
        frame: the table, as [`read_table`][scrutiny_pack.inputs.tables.read_table]
            gives it, and a last column ``dataset`` that holds the name throughout,
            so that a figure carries where it came from.
        source: the document from which it was read.
        file: where it stands, relative to the workspace, with forward slashes.
        sha256: of the file's bytes.
        notes: what was put right in reading, in plain words.
    """

    name: str
    schema: DatasetSchema
    frame: pd.DataFrame
    source: Source
    file: str
    sha256: str
    notes: tuple[str, ...]


def load_dataset(folder: Path, name: str, shown_from: Path) -> Dataset:
    """Read a dataset and the sidecar beside it.

    Args:
        folder: where both stand, such as ``data/darlington/2016-07-31``.
        name: the dataset.
        shown_from: the workspace; files are named relative to it.

    Raises:
        InputFileError: if either cannot be read as what it should be, or there is
            no dataset of that name.
    """
    schema = dataset_schema(name)
    path = folder / f"{name}.csv"
    sidecar = folder / f"{name}.source.yaml"
    file = path.relative_to(shown_from).as_posix()
    raw = read_bytes(path, file)
    frame, notes = parse_table(raw, schema, file)
    source = read_source(sidecar, sidecar.relative_to(shown_from).as_posix())
    return Dataset(
        name=name,
        schema=schema,
        frame=frame.assign(dataset=pd.Series(name, frame.index, dtype="str")),
        source=source,
        file=file,
        sha256=hashlib.sha256(raw).hexdigest(),
        notes=tuple(notes),
    )


def supplied_datasets(folder: Path) -> list[str]:
    """The names of the datasets for which a folder has a CSV file, sorted.

    Raises:
        InputFileError: if a CSV file is named after no dataset, or there is no such
            folder.
    """
    if not folder.is_dir():
        msg = f"there is no folder {folder.as_posix()}: make it, or check its name"
        raise InputFileError(msg)
    names = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() != ".csv" or path.name.startswith("."):
            continue
        if path.suffix != ".csv" or path.stem not in dataset_names():
            msg = (
                f"{path.name} in {folder.name} is no dataset that this project knows."
                f"{did_you_mean(path.stem, dataset_names())} "
                f"The datasets are: {', '.join(dataset_names())}"
            )
            raise InputFileError(msg)
        names.append(path.stem)
    return names
