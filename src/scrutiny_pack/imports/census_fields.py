"""The fields of the census in its forms of 2021 to 2025, as census_fields.yaml has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from scrutiny_pack.yaml_text import load_yaml

FieldType = Literal["code", "whole", "decimal", "date", "text", "number"]
Needed = Literal["all", "employed", "leavers", "in post", "nobody"]


@dataclass(frozen=True)
class CensusField:
    """One field of the census.

    Attributes:
        name: its element, or its heading in a CSV file.
        type: what it holds; ``number`` is a registration number.
        first: the first collection that has it.
        last: the last one, of those that this project reads.
        also: another name for it, or "".
        cbds: its number in the DfE's Common Basic Data Set, where that is known.
        codes: its codes and their words; empty if it has none.
        mended: codes that stand for others, and which.
        most: the largest number that it holds.
        needed: of whom it must be given.
        needed_in: the collections in which it must be.
        instead: the field that will do in its place, or "".
        repeatable: whether it may stand more than once.
    """

    name: str
    type: FieldType
    first: int
    last: int
    also: str = ""
    cbds: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    mended: Mapping[str, str] = field(default_factory=dict)
    most: float = 0
    needed: Needed = "nobody"
    needed_in: range = range(0)
    instead: str = ""
    repeatable: bool = False

    def is_in(self, year: int) -> bool:
        """Whether the collection of a year has it."""
        return self.first <= year <= self.last


@cache
def years() -> tuple[int, ...]:
    """The collections that this project reads, each named after its 30 September."""
    return tuple(_content()["years"])


@cache
def la_elements() -> tuple[str, ...]:
    """The element that holds the fields of the council as a whole, by all its names."""
    return tuple(_content()["la_level"])


@cache
def la_fields() -> Mapping[str, CensusField]:
    """The fields of the council as a whole, by every name they go by."""
    return _fields("la_fields")


@cache
def worker_fields() -> Mapping[str, CensusField]:
    """The fields of a worker, by every name they go by."""
    return _fields("worker_fields")


@cache
def codes(name: str) -> Mapping[str, str]:
    """A list of codes and their words, such as ``reason``."""
    words: Mapping[str, str] = _content()["codes"][name]
    return words


@cache
def _content() -> Any:
    text = files(__package__).joinpath("census_fields.yaml").read_text("utf-8")
    return load_yaml(text)


def _fields(part: str) -> dict[str, CensusField]:
    found = {}
    for raw in _content()[part]:
        made = _field(raw)
        found[made.name] = made
        if made.also:
            found[made.also] = made
    return found


def _field(raw: Mapping[str, Any]) -> CensusField:
    first, last = raw.get("from", years()[0]), raw.get("until", years()[-1])
    needed_in = range(raw.get("needed_from", first), last + 1)
    name = raw.get("codes", "")
    return CensusField(
        name=raw["name"],
        type=raw["type"],
        first=first,
        last=last,
        also=raw.get("also", ""),
        cbds=raw.get("cbds", ""),
        codes=codes(name) if name else {},
        mended=_content()["mended_codes"].get(name, {}),
        most=raw.get("most", 0),
        needed=raw.get("needed", "nobody"),
        needed_in=needed_in if "needed" in raw else range(0),
        instead=raw.get("or", ""),
        repeatable=raw.get("repeatable", False),
    )
