"""The schema of each dataset: its columns, its key, and what a clerk needs to know.

A schema is a YAML file in ``inputs/schemas``, named after its dataset. A dataset
of shape ``figures`` ends with the columns of ``_figure-columns.yaml``; one with
``structure: true`` begins with those of ``_structure-columns.yaml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.yaml_text import load_yaml

ColumnType = Literal["text", "choice", "number", "whole", "period", "status"]


@dataclass(frozen=True)
class ColumnSchema:
    """One column of a dataset.

    Attributes:
        name: the heading in the CSV file.
        type: what its cells hold. ``number`` is a decimal number, ``whole`` a whole
            one, ``period`` an ISO 8601 date of any precision, ``status`` letters of
            the status set with spaces between.
        required: whether an empty cell is an error.
        description: what goes in it, for a clerk.
        choices: the values that a ``choice`` takes.
    """

    name: str
    type: ColumnType
    required: bool
    description: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class DatasetSchema:
    """One dataset: a table of figures, or a list.

    Attributes:
        name: the dataset's name, and the stem of its CSV file.
        title: what it holds.
        description: one sentence for a clerk.
        shape: ``figures`` (a value, its range and its status on each row) or ``list``.
        columns: the columns, in the order of the file.
        keys: the columns that together name one row.
        measures: the measures that a table of figures takes.
        example: a made-up row, by column, for the workbook that a clerk fills in;
            empty for a dataset that only an import writes.
    """

    name: str
    title: str
    description: str
    shape: Literal["figures", "list"]
    columns: tuple[ColumnSchema, ...]
    keys: tuple[str, ...]
    measures: tuple[str, ...] = field(default=())
    example: Mapping[str, str] = field(default_factory=dict, hash=False)

    def column(self, name: str) -> ColumnSchema:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def column_names(self) -> list[str]:
        """The headings, in the order of the file."""
        return [column.name for column in self.columns]


def _read(name: str) -> Any:
    text = files(__package__).joinpath("schemas", f"{name}.yaml").read_text("utf-8")
    return load_yaml(text)


def _column(raw: Mapping[str, Any], measures: tuple[str, ...]) -> ColumnSchema:
    column = ColumnSchema(**{**raw, "choices": tuple(raw.get("choices", ()))})
    return replace(column, choices=measures) if column.name == "measure" else column


@cache
def dataset_names() -> tuple[str, ...]:
    """The names of all datasets, in alphabetical order."""
    folder = files(__package__).joinpath("schemas")
    names = (entry.name.removesuffix(".yaml") for entry in folder.iterdir())
    return tuple(sorted(name for name in names if not name.startswith("_")))


@cache
def dataset_schema(name: str) -> DatasetSchema:
    """The schema of one dataset.

    Raises:
        InputFileError: if there is no dataset of that name.
    """
    if name not in dataset_names():
        known = ", ".join(dataset_names())
        msg = f"'{name}' is not a dataset that this project knows; the datasets are: {known}"
        raise InputFileError(msg)
    raw = _read(name)
    measures = tuple(raw.get("measures", ()))
    before = _read("_structure-columns") if raw.get("structure") else []
    after = _read("_figure-columns") if raw["shape"] == "figures" else []
    return DatasetSchema(
        name=name,
        title=raw["title"],
        description=raw.get("description", raw["title"]).strip(),
        shape=raw["shape"],
        columns=tuple(_column(c, measures) for c in [*before, *raw["columns"], *after]),
        keys=tuple(raw["keys"]),
        measures=measures,
        example={name: str(cell) for name, cell in raw.get("example", {}).items()},
    )
