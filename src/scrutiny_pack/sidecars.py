"""Sidecars: what each notebook asks, needs and makes, in a YAML file beside it."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from jsonschema import Draft202012Validator, SchemaError
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
)

from scrutiny_pack.errors import NotebookError
from scrutiny_pack.inputs.schemas import dataset_names
from scrutiny_pack.inputs.wording import did_you_mean
from scrutiny_pack.yaml_text import load_yaml

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FILE = re.compile(rf"{_SLUG.pattern}\.(csv|json|txt)")


def _known_dataset(name: str) -> str:
    if name not in dataset_names():
        msg = f"'{name}' is not a dataset.{did_you_mean(name, dataset_names())}"
        raise ValueError(msg)
    return name


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        msg = f"'{text}' is not a slug: small letters, digits and hyphens, please"
        raise ValueError(msg)
    return text


def _file(name: str) -> str:
    if not _FILE.fullmatch(name):
        msg = f"'{name}' is not a name for a file: a slug, then .csv, .json or .txt"
        raise ValueError(msg)
    return name


def _distinct(slugs: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    if twice:
        msg = f"listed more than once: {', '.join(twice)}"
        raise ValueError(msg)
    return slugs


def _json_schema(fragment: dict[str, Any]) -> dict[str, Any]:
    if not fragment.get("description"):
        msg = "every parameter needs a description"
        raise ValueError(msg)
    try:
        Draft202012Validator.check_schema(fragment)
    except SchemaError as error:
        msg = f"is not JSON Schema: {error.message}"
        raise ValueError(msg) from None
    return fragment


Use = Literal["required", "optional", "any"]
"""Whether a notebook runs without a dataset; one of those marked any must be there."""


class Sidecar(BaseModel):
    """What a notebook's sidecar says.

    Attributes:
        name: the notebook's name, which its files share.
        title: a few words for the contents page.
        question: the question that the notebook answers.
        order: where the notebook stands in the reading order.
        scope: which data the notebook looks at.
        about: whether the question is about the service or about the evidence itself;
            what is about the evidence comes last on the contents page.
        datasets: the datasets that it uses, and whether it runs without each.
        parameters: the JSON Schema of each parameter that it takes beside council
            and period, with a description.
        items: the slugs of the evidence items that it may make.
        files: further files of the pack that it writes, by name, each with a line for
            the contents page.
        without_evidence: what would answer the question, where there is no evidence.
        timeout: how many seconds one cell may take.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(min_length=1)]
    order: int
    scope: Literal["this period", "the council's history", "reference data"]
    about: Literal["the service", "the evidence"] = "the service"
    datasets: dict[Annotated[str, AfterValidator(_known_dataset)], Use]
    parameters: dict[str, Annotated[dict[str, Any], AfterValidator(_json_schema)]] = {}
    items: Annotated[
        tuple[Annotated[str, AfterValidator(_slug)], ...], AfterValidator(_distinct)
    ]
    files: dict[Annotated[str, AfterValidator(_file)], str] = {}
    without_evidence: Annotated[str, Field(min_length=1)]
    timeout: Annotated[int, Field(gt=0)] = 300

    def datasets_marked(self, use: Use) -> list[str]:
        """The datasets of one use, sorted."""
        return sorted(name for name, marked in self.datasets.items() if marked == use)


def read_sidecars(folder: Path) -> list[Sidecar]:
    """Read the sidecars of all notebooks in a folder, in reading order.

    Raises:
        NotebookError: if a notebook has no sidecar or a sidecar no notebook, if a
            sidecar cannot be read or breaks its schema, or if two share an order.
    """
    sidecars = sorted(
        (read_sidecar(path) for path in sorted(folder.glob("*.yaml"))),
        key=lambda sidecar: sidecar.order,
    )
    names = {sidecar.name for sidecar in sidecars}
    for notebook in sorted(folder.glob("*.ipynb")):
        if notebook.stem not in names:
            msg = (
                f"notebooks/{notebook.name} has no sidecar: write {notebook.stem}.yaml "
                "beside it"
            )
            raise NotebookError(msg)
    for one, other in pairwise(sidecars):
        if one.order == other.order:
            msg = (
                f"notebooks/{one.name}.yaml and notebooks/{other.name}.yaml both have "
                f"order {one.order}: give each its own"
            )
            raise NotebookError(msg)
    return sidecars


def read_sidecar(path: Path) -> Sidecar:
    """Read one sidecar.

    Raises:
        NotebookError: if it has no notebook, cannot be read or breaks its schema.
    """
    shown = f"notebooks/{path.name}"
    if not path.with_suffix(".ipynb").is_file():
        msg = f"{shown} has no notebook beside it: add {path.stem}.ipynb, or remove it"
        raise NotebookError(msg)
    try:
        raw = load_yaml(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        msg = f"{shown} cannot be read as YAML: {' '.join(str(error).split())}"
        raise NotebookError(msg) from None
    if not isinstance(raw, dict):
        msg = f"{shown} must hold names and values, such as 'title: Posts'"
        raise NotebookError(msg)
    try:
        return Sidecar.model_validate({**raw, "name": path.stem})
    except ValidationError as error:
        msg = f"{shown}: {_in_words(error)}"
        raise NotebookError(msg) from None


def _in_words(error: ValidationError) -> str:
    """The first thing that is wrong with a sidecar."""
    first = error.errors()[0]
    where = ": ".join(str(part) for part in first["loc"] if part != "[key]")
    what = {
        "missing": "is missing; add it",
        "extra_forbidden": "is not something that a sidecar says; remove it",
    }.get(first["type"], first["msg"].removeprefix("Value error, "))
    return f"{where}: {what}"
