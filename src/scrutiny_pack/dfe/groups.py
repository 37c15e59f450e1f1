"""Groups of councils to compare a council with, each named, with its vintage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import yaml

from scrutiny_pack.dfe.neighbours import neighbours_of
from scrutiny_pack.dfe.register import Register
from scrutiny_pack.errors import ParameterError, ReferenceDataError
from scrutiny_pack.yaml_text import load_yaml


@dataclass(frozen=True)
class Group:
    """Councils to compare with; the council that is compared is never among them.

    Attributes:
        title: how a sentence calls it: ``statistical neighbours, 2025 model``.
        members: their slugs, in the group's own order.
    """

    title: str
    members: tuple[str, ...]


def neighbour_group(
    table: pd.DataFrame, register: Register, area: str, model: str, when: date
) -> Group:
    """A council's statistical neighbours by one model; empty if the model has none."""
    members = neighbours_of(table, register, area, model, when)
    return Group(f"statistical neighbours, {model} model", members)


def named_group(reference: Path, name: str, area: str, register: Register) -> Group:
    """A group of data/reference/groups.yaml, such as ``core-cities``.

    Raises:
        ParameterError: if there is no such group.
        ReferenceDataError: if the file is missing or wrong in itself.
    """
    shown = "data/reference/groups.yaml"
    try:
        groups = load_yaml((reference / "groups.yaml").read_text(encoding="utf-8"))
        known = {
            key: (raw["title"], list(raw["members"])) for key, raw in groups.items()
        }
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        msg = f"{shown} cannot be read ({error!r})"
        raise ReferenceDataError(msg) from None
    if name not in known:
        msg = f"'{name}' is not a group; {shown} has {', '.join(sorted(known))}"
        raise ParameterError(msg)
    title, members = known[name]
    return listed_group(title, members, area, register)


def listed_group(
    title: str, members: Sequence[str], area: str, register: Register
) -> Group:
    """A group that the committee names, as a list of councils.

    Raises:
        CouncilError: if a member is not in the register.
    """
    for slug in members:
        register.area(slug)
    others = tuple(dict.fromkeys(slug for slug in members if slug != area))
    if area in members:
        title = f"{title} other than {register.area(area).name}"
    return Group(title, others)


def region_group(area: str, register: Register, when: date) -> Group:
    """The other councils of a council's region: each once, as the Department has it."""
    region = register.area(area).region
    members = tuple(
        slug
        for slug, other in register.areas.items()
        if other.region == region
        and other.kind in ("council", "joint return")
        and slug != area
        and register.authority(slug, when) is not None
        and register.reporting_area(slug, when) == slug
    )
    name = register.area(region).name
    return Group(f"councils in {name} other than {register.area(area).name}", members)
