"""A council beside others: averages of a group, places, changes, and broken series.

Pure functions on the long form that `scrutiny_pack.dfe.comparators.as_evidence` gives:
text columns ``area``, ``name`` and ``kind``, then those of a figure. What they add is
this project's own working; what the Department published stays as it is.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from scrutiny_pack.dfe.groups import Group
from scrutiny_pack.dfe.register import ENGLAND, LOCAL, Break, Register
from scrutiny_pack.evidence.formatting import number, plural
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import SMALLEST_BASE, joined, long_form
from scrutiny_pack.periods import Period

Row = Mapping[Any, Any]
"""A row of the long form, by column."""

FIGURE = ["measure", "basis", "as_at"]
"""What tells one figure of an area from another."""

QUARTERS = 4

_FEW = 2
_OF_WORKERS = {
    "in_post_dfe",
    "starters_dfe",
    "leavers_dfe",
    "agency_workers_dfe",
    "agency_covering_vacancies_dfe",
    "vacancies_dfe",
    "turnover_rate_dfe",
    "agency_rate_dfe",
    "vacancy_rate_dfe",
}

_IN_WHOLE_NUMBERS = "2015"  # the release whose rates have no decimal place
_NOISE = 6  # decimal places that are kept of a mean


def group_averages(
    data: pd.DataFrame, group: Group, register: Register
) -> pd.DataFrame:
    """The mean and the median of a group's rates and averages.

    Both are of the councils' published figures, each council counting alike; neither
    is the rate of the councils taken together. A council without a figure is left out
    and named: one whose figures are in a joint return, or not published.

    Args:
        data: the long form, with the members' rows.
        group: the group.
        register: the areas.

    Returns:
        Two rows for each rate or average and date: ``kind`` is mean or median,
        ``area`` is "", ``name`` says of what, ``members`` lists the slugs of the group,
        and the note how many of how many have a figure.
    """
    kinds = {name: m.kind for name, m in measures().items()}
    rows = data[
        data["area"].isin(group.members)
        & data["measure"].map(kinds).isin(["rate", "average"])
    ]
    found = []
    for (measure, basis, as_at), part in rows.groupby(FIGURE, sort=False):
        with_figure = part[part["value"].notna()]
        values = with_figure["value"]
        note = _how_many(group, set(with_figure["area"]), register)
        for kind, value in (("mean", values.mean()), ("median", values.median())):
            found.append(
                {
                    "area": "",
                    "name": f"{kind.capitalize()} of {group.title}",
                    "kind": kind,
                    "release": joined(part["release"]),
                    "source": joined(part["source"]),
                    "members": "; ".join(group.members),
                    "measure": measure,
                    "basis": basis,
                    "as_at": as_at,
                    "value": round(value, _NOISE),
                    "as_published": "",
                    "status": "" if len(values) else "x",
                    "nature": "actual",
                    "dataset": joined(part["dataset"]),
                    "paragraph": joined(part["paragraph"]),
                    "note": note,
                }
            )
    columns = [*data.columns, "members"]
    return long_form(pd.DataFrame(found, columns=list(dict.fromkeys(columns))))


def compare(
    data: pd.DataFrame, area: str, groups: Sequence[Group], register: Register
) -> pd.DataFrame:
    """A council beside its region, England, and the averages of groups.

    Args:
        data: the long form, with the rows of all of them.
        area: the council's slug.
        groups: the groups.
        register: the areas.

    Returns:
        The published rows of the council, its region and England, in this order, then
        the rows that `group_averages` gives for each group.
    """
    place = register.area(area)
    published = [
        data[data["area"] == slug] for slug in (area, place.region, ENGLAND) if slug
    ]
    averages = [group_averages(data, group, register) for group in groups]
    together = pd.concat([*published, *averages], ignore_index=True)
    text = [c for c in ("members",) if c in together]
    together[text] = together[text].fillna("")
    return long_form(together)


def place_among(
    data: pd.DataFrame, area: str, measure: str, basis: str, as_at: str
) -> pd.DataFrame:
    """A council's place among all local authorities, from the lowest figure.

    Those whose rate stands on a base under 10 are not placed, nor counted among the
    others. A place moves with chance: ``low`` and ``high`` are the places that the
    council would have with one worker fewer or more among those that the rate counts.

    Args:
        data: the long form, with the rows of all local authorities.
        area: the council's slug.
        measure: a rate or an average.
        basis: its basis.
        as_at: the date.

    Returns:
        Two rows, ``place_from_lowest`` and ``quarter_from_lowest``, with the number of
        authorities as ``denominator``; no row where the council has no figure, or one
        on too small a base. Equal figures share the lower place.
    """
    local = data[data["kind"].isin(LOCAL)]
    here = (local["measure"] == measure) & (local["basis"] == basis)
    rows = local[here & (local["as_at"] == as_at) & local["value"].notna()]
    rows = rows[~(rows["denominator"] < SMALLEST_BASE)]
    own = rows[rows["area"] == area]
    if own.empty:
        return long_form(data.head(0))
    return place_of(own.iloc[0].to_dict(), rows["value"].to_numpy())


def place_of(row: Row, values: "np.ndarray[Any, Any]") -> pd.DataFrame:
    """The place of one figure among those of all local authorities.

    Args:
        row: the council's figure, a row of the long form.
        values: the figures of all local authorities, the council's among them; those
            on a base under 10 left out.

    Returns:
        What `place_among` returns.
    """
    others = np.delete(values, np.flatnonzero(values == row["value"])[:1])
    count = len(values)
    place = _place(row["value"], others)
    ends = sorted(_place(value, others) for value in (row["value"], *_one_worker(row)))
    title = measures()[row["measure"]].title
    shared = int((others == row["value"]).sum())
    notes = [
        f"The place is shared with {plural(shared, 'other', 'others')}."
        if shared
        else "",
        _caution(ends[0], ends[-1], place),
    ]
    base = dict(row) | {
        "of": title,
        "as_published": "",
        "status": "",
        "numerator": float("nan"),
        "denominator": float(count),
        "note": " ".join(note for note in notes if note),
    }
    places = base | {
        "measure": "place_from_lowest",
        "value": float(place),
        "low": float(ends[0]),
        "high": float(ends[-1]),
    }
    quarters = base | {
        "measure": "quarter_from_lowest",
        "value": float(_quarter(place, count)),
        "low": float(_quarter(ends[0], count)),
        "high": float(_quarter(ends[-1], count)),
    }
    return long_form(pd.DataFrame([places, quarters]))


def changes(
    data: pd.DataFrame, first: str, last: str, register: Register
) -> pd.DataFrame:
    """How much each figure changed from one date to another.

    A rate changes in percentage points, an average in its own unit, a count in per
    cent. Where the series breaks between the dates there is no change to state: the
    status is ``z`` and the note says why. No percentage is made of a count under 10,
    and a change of one or two workers is said to be that.

    Args:
        data: the long form.
        first: the earlier date.
        last: the later date.
        register: the areas.

    Returns:
        A row for each area and figure that both dates have: ``of`` is the title of
        the measure that changed, ``measure`` one of the three changes, ``as_at`` the
        later date, ``numerator`` and ``denominator`` those of a change in per cent.
    """
    keys = ["area", "name", "measure", "basis"]
    earlier = data[(data["as_at"] == first) & data["value"].notna()]
    later = data[(data["as_at"] == last) & data["value"].notna()]
    both = later.merge(
        earlier[[*keys, "value", "numerator"]], on=keys, suffixes=("", "_before")
    )
    start, end = Period.parse(first).end, Period.parse(last).end
    rows = [
        {**row, **_change(row, register, start, end), "since": first}
        for row in both.to_dict("records")
    ]
    columns = [*data.columns, "of", "since"]
    return long_form(pd.DataFrame(rows, columns=list(dict.fromkeys(columns))))


def pieces(data: pd.DataFrame, register: Register) -> pd.DataFrame:
    """The rows with a text column ``piece`` that changes where a series breaks.

    A line through one area's figures is drawn through each piece by itself. The
    average of a group breaks where the series of one of its members does.

    Args:
        data: the long form; a group's averages have their ``members``.
        register: the areas.
    """
    counted = [
        len(_breaks_of(row, register, date.min, Period.parse(row["as_at"]).end))
        for row in data.to_dict("records")
    ]
    return data.assign(piece=[f"piece {count + 1}" for count in counted])


def reasons_for_breaks(data: pd.DataFrame, register: Register) -> list[str]:
    """Why the series in the data break, each reason once, the earliest first.

    Only breaks with a figure on both sides.
    """
    found: dict[Break, None] = {}
    for _, series in data[data["value"].notna()].groupby(
        ["name", "measure"], sort=False
    ):
        dates = [Period.parse(text).end for text in series["as_at"]]
        row = series.iloc[0].to_dict()
        found |= dict.fromkeys(_breaks_of(row, register, min(dates), max(dates)))
    ordered = sorted(found, key=lambda b: (b.start, b.area, b.measure))
    return list(dict.fromkeys(b.reason for b in ordered))


def may_differ(one: Row, other: Row) -> list[str]:
    """In what two figures of one thing may differ, in words: date, basis, definition.

    Args:
        one: a row of the long form, such as a council's own figure.
        other: another, such as the Department's.

    Returns:
        Phrases such as ``date: 31 March 2016 and 30 September 2015``; a basis or a
        base that is not stated is said to be so, for it may be the same or not.
    """
    phrases = []
    dates = [Period.parse(row["as_at"]).in_words for row in (one, other)]
    if dates[0] != dates[1]:
        phrases.append(f"date: {dates[0]} and {dates[1]}")
    bases = [_basis(row["basis"]) for row in (one, other)]
    if bases[0] != bases[1]:
        phrases.append(f"basis: {bases[0]} and {bases[1]}")
    if one["measure"] != other["measure"]:
        words = [_definition(row["measure"]) for row in (one, other)]
        phrases.append(f"definition: {words[0]}; {words[1]}")
    return phrases


def _how_many(group: Group, with_figure: set[str], register: Register) -> str:
    missing = [register.area(m).name for m in group.members if m not in with_figure]
    count = len(group.members) - len(missing)
    note = f"{count} of {len(group.members)} councils have a figure"
    return f"{note}; none for {'; '.join(missing)}." if missing else f"{note}."


def _place(value: float, others: "np.ndarray[Any, Any]") -> int:
    return 1 + int((others < value).sum())


def _quarter(place: int, count: int) -> int:
    return 1 + QUARTERS * (place - 1) // count


def _one_worker(row: Row) -> list[float]:
    """The published figure moved by what one worker fewer or more would change."""
    above, below = row["numerator"], row["denominator"]
    if isnan(above) or isnan(below):
        return []
    name = row["measure"]
    if name == "turnover_rate_dfe":
        moved = [100 * (above + d) / below for d in (-1, 1)]
    elif name in ("agency_rate_dfe", "vacancy_rate_dfe"):
        moved = [100 * (above + d) / (below + d) for d in (-1, 1)]
    elif name == "average_caseload_dfe":
        moved = [above / (below + d) for d in (-1, 1)]
    else:
        return []
    places = 0 if row.get("release") == _IN_WHOLE_NUMBERS else 1
    return [max(0.0, round(value, places)) for value in moved]


def _caution(lowest: int, highest: int, place: int) -> str:
    if lowest == highest == place:
        return ""
    return f"One worker more or fewer would make it place {lowest} to {highest}."


def _breaks_of(
    row: Row, register: Register, first: date, last: date
) -> tuple[Break, ...]:
    members = str(row.get("members") or "")
    slugs = members.split("; ") if members else [row["area"]]
    found: dict[Break, None] = {}
    for slug in slugs:
        found |= dict.fromkeys(
            register.breaks_between(slug, row["measure"], first, last)
        )
    return tuple(found)


def _change(row: Row, register: Register, start: date, end: date) -> dict[str, Any]:
    """What takes the place of a figure's own columns in the row of its change."""
    definition = measures()[row["measure"]]
    before = row["value_before"]
    difference = round(row["value"] - before, _NOISE)
    counted = row["numerator"] - row["numerator_before"]
    change: dict[str, Any] = {
        "of": definition.title,
        "as_published": "",
        "status": "",
        "low": float("nan"),
        "high": float("nan"),
        "numerator": float("nan"),
        "denominator": float("nan"),
        "note": "",
        "value": difference,
    }
    if definition.kind == "rate":
        change["measure"] = "change_in_percentage_points"
        # Of a region or the country, one or two workers decide nothing.
        if row["kind"] in LOCAL:
            change["note"] = _few(counted, row["measure"])
    elif definition.kind == "average":
        change["measure"] = "change_in_average"
    elif before >= SMALLEST_BASE:
        change["measure"] = "change_in_per_cent"
        change["value"] = 100 * difference / before
        change["numerator"], change["denominator"] = difference, before
        change["note"] = _few(difference, row["measure"])
    else:
        change |= _nothing(
            "change_in_per_cent", f"No percentage is made of {before:g}."
        )
    if breaks := _breaks_of(row, register, start, end):
        change |= _nothing(change["measure"], " ".join(b.reason for b in breaks))
    return change


def _few(difference: float, measure: str) -> str:
    """That a change is one of one or two workers, where it is."""
    if measure not in _OF_WORKERS or not 0 < abs(difference) <= _FEW:
        return ""
    few = number(abs(round(difference, 1)))
    return f"It rests on a change of {few} in a count of workers."


def _nothing(measure: str, why: str) -> dict[str, Any]:
    """A change that cannot be stated, and why."""
    nothing = float("nan")
    return {
        "measure": measure,
        "value": nothing,
        "numerator": nothing,
        "denominator": nothing,
        "status": "z",
        "note": why,
    }


def _basis(basis: str) -> str:
    return {"fte": "FTE"}.get(basis, basis)


def _definition(name: str) -> str:
    definition = measures()[name]
    whose = definition.defined_by
    whose = f"{whose}'" if whose.endswith("s") else f"{whose}'s"
    if definition.is_published_rate:
        return f"{whose}, its base not stated"
    return f"{whose}, {definition.formula or definition.label}"
