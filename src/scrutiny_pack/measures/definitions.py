"""The definition of every measure: its name, formula, base, and whose definition it is."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from scrutiny_pack.yaml_text import load_yaml

Kind = Literal["count", "money", "duration", "average", "rate", "rank", "change"]


@dataclass(frozen=True)
class Measure:
    """A defined quantity.

    Attributes:
        name: how code and data call it.
        title: how a table's notes call it.
        label: how a column heading calls it.
        kind: count, money, duration, average, rate (per cent), rank or change.
        unit: what one of it is.
        meaning: one sentence for a reader.
        defined_by: whose definition it is (DfE, the council, this project).
        formula: how it is worked out, if this project works it out.
        numerator: what a rate counts.
        denominator: what a rate counts it against.
        source: where the definition stands, if it stands somewhere.
    """

    name: str
    title: str
    label: str
    kind: Kind
    unit: str
    meaning: str
    defined_by: str
    formula: str = ""
    numerator: str = ""
    denominator: str = ""
    source: str = ""

    @property
    def is_published_rate(self) -> bool:
        """Whether this is a rate that a source prints, whose base it may not state."""
        return self.kind == "rate" and not self.denominator


@cache
def measures() -> dict[str, Measure]:
    """All measures by name, in the order of the file."""
    text = files(__package__).joinpath("definitions.yaml").read_text("utf-8")
    return {name: Measure(name, **raw) for name, raw in load_yaml(text).items()}


def measure(name: str) -> Measure:
    """The measure of that name; a KeyError if there is none."""
    return measures()[name]
