"""Work every published rate out again from its components; say which do not agree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from scrutiny_pack.dfe.intervals import Interval, ratio, rounded, share
from scrutiny_pack.dfe.rates import RATES, Key, Rate, half_steps, working_days
from scrutiny_pack.dfe.reading import ReleaseData
from scrutiny_pack.dfe.register import ENGLAND, Register
from scrutiny_pack.errors import ReferenceDataError
from scrutiny_pack.yaml_text import load_yaml

COLUMNS = (
    "area",
    "level",
    "as_at",
    "measure",
    "basis",
    "published",
    "low",
    "high",
    "reproduces",
    "reason",
    "borne_out",
)
"""What `reconcile` returns: a row for each rate cell that can be worked out again."""

_SHOWN = "data/reference/dfe-exceptions.yaml"


@dataclass(frozen=True)
class KnownException:
    """Published rates that are known not to follow from the published components.

    Attributes:
        as_at: the date of the figures.
        areas: the slugs of the areas.
        rates: the rates, each a measure and its basis.
        left_out: the councils that the Department left out of the rate, above and
            below the line, but not out of the components.
        reason: why, in a sentence.
    """

    as_at: str
    areas: tuple[str, ...]
    rates: tuple[Key, ...]
    left_out: tuple[str, ...]
    reason: str


def read_exceptions(reference: Path) -> tuple[KnownException, ...]:
    """Read the known exceptions from the folder of reference data.

    Raises:
        ReferenceDataError: if the file is missing or wrong in itself.
    """
    try:
        text = (reference / "dfe-exceptions.yaml").read_text(encoding="utf-8")
        return tuple(_exception(raw) for raw in load_yaml(text))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        msg = f"{_SHOWN} cannot be read ({error!r})"
        raise ReferenceDataError(msg) from None


def _exception(raw: Mapping[str, Any]) -> KnownException:
    rates = tuple(tuple(str(rate).split(", ")) for rate in raw["rates"])
    known = {rate.key for rate in RATES}
    if unknown := [rate for rate in rates if rate not in known]:
        msg = f"{', '.join(unknown[0])} is not a rate"
        raise ValueError(msg)
    return KnownException(
        as_at=f"{raw['year']}-09-30",
        areas=tuple(raw["areas"]),
        rates=tuple((measure, basis) for measure, basis in rates),
        left_out=tuple(raw["left_out"]),
        reason=str(raw["reason"]).strip(),
    )


def reconcile(
    data: ReleaseData, register: Register, exceptions: Iterable[KnownException] = ()
) -> pd.DataFrame:
    """Work out every rate of a release from its components.

    A cell is worked out where the rate and both its components are numbers. It
    reproduces if the interval that follows from the rounded components meets the
    interval that the rounded rate stands for.

    Args:
        data: the release.
        register: the areas.
        exceptions: what is known not to reproduce.

    Returns:
        A row for each such cell, with [`COLUMNS`][]: ``published``, the interval from
        ``low`` to ``high`` that was worked out, whether it ``reproduces``; where it
        does not, the ``reason`` ("" if none is known), and whether it is ``borne_out``:
        ``yes`` or ``no`` as the rate does or does not reproduce once the councils that
        the reason names are left out, ``not tried`` where it names none.
    """
    table = _Table(data, register)
    parts = [_reconciled(rate, table) for rate in RATES]
    cells = pd.concat(parts, ignore_index=True)
    cells["reason"], cells["borne_out"] = "", ""
    for known in exceptions:
        _explain(cells, known, table, register)
    return cells[list(COLUMNS)]


class _Table:
    """The figures of a release as intervals, a row for each area and date."""

    def __init__(self, data: ReleaseData, register: Register) -> None:
        figures = register.with_areas(data.figures)
        figures["half"] = half_steps(data).to_numpy()
        # Not applicable adds nothing to a total, and low as good as nothing.
        figures["amount"] = figures["value"].mask(
            figures["status"].isin(["z", "k"]), 0.0
        )
        index = ["area", "level", "as_at"]
        figures = figures.set_index([*index, "measure", "basis"])
        # A cell is there once, and nothing is to be added up.
        wide = figures[["value", "amount", "half"]].unstack(["measure", "basis"])  # noqa: PD010
        figures = figures.reset_index()
        order = figures[index].drop_duplicates()
        wide = wide.reindex(pd.MultiIndex.from_frame(order))
        self.rows = order.reset_index(drop=True)
        self._value, self._amount, self._half = (
            wide["value"],
            wide["amount"],
            wide["half"],
        )
        self._place = {
            (area, as_at): place
            for place, (area, _, as_at) in enumerate(
                order.itertuples(index=False, name=None)
            )
        }

    def values(self, key: Key) -> "pd.Series[float]":
        """The published numbers; NaN where there is none."""
        if key not in self._value:
            return pd.Series(np.nan, index=self.rows.index)
        values: pd.Series[float] = self._value[key].reset_index(drop=True)
        return values.astype("float64")

    def intervals(self, key: Key) -> Interval:
        """What the published numbers stand for."""
        if key not in self._value:
            nothing = np.full(len(self.rows), np.nan)
            return Interval(nothing, nothing)
        return rounded(self.values(key), self._half[key].astype("float64"))

    def one(self, key: Key, area: str, as_at: str) -> Interval:
        """What the number of one area and date stands for, as part of a total."""
        place = self._place.get((area, as_at))
        if place is None or key not in self._amount:
            return rounded(np.nan, 0.0)
        amounts, halves = self._amount[key], self._half[key]
        return rounded(float(amounts.iloc[place]), float(halves.iloc[place]))


def _reconciled(rate: Rate, table: _Table) -> pd.DataFrame:
    published = table.values(rate.key)
    days = table.rows["as_at"].map(working_days).to_numpy()
    worked_out = _worked_out(
        rate, table.intervals(rate.part), table.intervals(rate.other), days
    )
    cells = table.rows.assign(
        measure=rate.key[0],
        basis=rate.key[1],
        published=published,
        low=worked_out.low,
        high=worked_out.high,
        reproduces=worked_out.meets(table.intervals(rate.key)),
    )
    return cells[cells[["published", "low", "high"]].notna().all(axis=1)]


def _worked_out(rate: Rate, part: Interval, other: Interval, days: Any) -> Interval:
    """The rate that follows from its two components."""
    result = share(part, other) if rate.counted == "with" else ratio(part, other)
    factor = (100.0 if rate.per_cent else 1.0) / (days if rate.of_days else 1)
    return result.times(factor)


def _explain(
    cells: pd.DataFrame, known: KnownException, table: _Table, register: Register
) -> None:
    """Write the reason beside each cell that a known exception is about."""
    here = ~cells["reproduces"] & (cells["as_at"] == known.as_at)
    here &= cells["area"].isin(known.areas)
    for rate in RATES:
        if rate.key not in known.rates:
            continue
        measure, basis = rate.key
        of_rate = here & (cells["measure"] == measure) & (cells["basis"] == basis)
        for place in cells.index[of_rate]:
            area = str(cells.loc[place, "area"])
            without = _without(rate, area, known, table, register)
            cells.loc[place, "reason"] = known.reason
            agrees = without.meets(table.one(rate.key, area, known.as_at))
            cells.loc[place, "borne_out"] = (
                ("yes" if agrees else "no") if known.left_out else "not tried"
            )


def _without(
    rate: Rate, area: str, known: KnownException, table: _Table, register: Register
) -> Interval:
    """A rate worked out again without the councils that were left out of it."""
    part = table.one(rate.part, area, known.as_at)
    other = table.one(rate.other, area, known.as_at)
    for council in known.left_out:
        held = register.area(council)
        if area in (ENGLAND, held.region, held.part):
            part -= _held(rate.part, council, known.as_at, table, register)
            other -= _held(rate.other, council, known.as_at, table, register)
    return _worked_out(rate, part, other, working_days(known.as_at))


def _held(
    key: Key, council: str, as_at: str, table: _Table, register: Register
) -> Interval:
    """How much of a total is a council's.

    Its own figure; where that is not published, what its region's total leaves when
    all the other councils of the region are taken away.
    """
    own = table.one(key, council, as_at)
    if not np.isnan(own.low):
        return own
    of_council = register.area(council)
    around = of_council.part or of_council.region
    left = table.one(key, around, as_at)
    rows = table.rows
    for slug in rows.loc[
        (rows["as_at"] == as_at) & (rows["level"] == "Local authority"), "area"
    ]:
        other = register.area(slug)
        if slug != council and around in (other.part, other.region):
            left -= table.one(key, slug, as_at)
    return left
