"""Import a weekly list of caseloads: read, add up, protect, and only then write.

It keeps to what the import of a census return keeps to (see `workers_files`): nothing
of a worker gets out, and all is written or nothing is.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from scrutiny_pack.errors import ParameterError, PeriodError
from scrutiny_pack.imports.caseload_figures import (
    ABOVE,
    CASES,
    CEILING,
    WORKERS,
    Known,
    Week,
    WeekFigure,
    week_figures,
)
from scrutiny_pack.imports.caseload_list import (
    ALL_WORKERS,
    MOST_BYTES,
    read_caseload_list,
    values_by_week,
)
from scrutiny_pack.imports.cases_together import weeks_with_hidden_bands
from scrutiny_pack.imports.disclosure import LEAST_STEP, Control
from scrutiny_pack.imports.workers_files import (
    Target,
    bytes_within,
    see_where_it_lies,
    seeing_workers,
)
from scrutiny_pack.inputs.councils import find_council, read_councils
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.inputs.wording import counted, joined
from scrutiny_pack.inputs.wording import listed as some_of
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace

DATASET = "weekly-caseloads"
DERIVED = "Derived from the council's own weekly caseload list by make import"
"""How the sidecar of the dataset begins to say how it was read."""

NOT_COMPARABLE = "Not comparable with other weeks"
"""How the note begins that a week of the council has when a team's return is missing."""

WEEKS_BEFORE = 4
"""A team that was on the list in one of so many weeks before is expected to be there."""


@dataclass(frozen=True)
class CaseloadReport:
    """What an import did, for the analyst who ran it. It holds nothing of a worker.

    Attributes:
        weeks: how many weeks of the list were imported.
        carried: how many weeks were taken over from an earlier import.
        folder: where the dataset stands, relative to the workspace.
        hidden: how many figures are hidden.
        notes: what was put right or left out in reading, and which returns are missing.
    """

    weeks: int
    carried: int
    folder: str
    hidden: int
    notes: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        """The report as lines for the analyst."""
        verb = "is" if self.hidden == 1 else "are"
        lines = [
            f"Read {counted(self.weeks, 'week')}; wrote {DATASET}.csv to {self.folder}."
        ]
        if self.carried:
            lines.append(
                f"{counted(self.carried, 'week')} of an earlier import "
                f"{'was' if self.carried == 1 else 'were'} taken over as they stood."
            )
        lines.append(
            f"{counted(self.hidden, 'figure')} {verb} hidden to protect people."
        )
        return [*lines, *self.notes]


def import_caseloads(
    workspace: Workspace,
    path: Path,
    council: str,
    period: str | None = None,
    parameters_of: Callable[[str], Mapping[str, Any]] = lambda _: {},
) -> CaseloadReport:
    """Add up a council's weekly list of caseloads, and write the figures to data/.

    Weeks that an earlier import wrote and that this list does not have are taken over
    unchanged, from the council's latest period up to this one. Of a week that this list
    has again, what was hidden stays hidden, and the ceiling stays the same.

    Args:
        workspace: where the register stands, and where the figures go:
            ``data/<council>/<week>/``.
        path: the list, as CSV or Excel.
        council: the council's slug.
        period: the week that the pack is about, such as ``2022-W10``; the last of the
            list if left out.
        parameters_of: gives the parameters of a week's pack: the ceiling, and how
            strictly people are protected.

    Raises:
        InputFileError: if the list cannot be read or lies where it could be published.
            Nothing has been written then.
        CouncilError: if the council is not in the register.
        PeriodError: if the period is no week, or the list has no such week.
        ParameterError: if a parameter is not what it should be.
        OutputError: if the figures cannot be written.
    """
    shown = path.name
    if period is not None:
        _see_that_it_is_a_week(period)
    see_where_it_lies(path, workspace, shown)
    register = read_councils(
        workspace.reference / "councils.csv", "data/reference/councils.csv"
    )
    if period is not None:
        find_council(register, council, Period.parse(period))
    home = workspace.data_folder(council, period or "list").parent
    derived = seeing_workers(
        lambda: _derive(path, shown, period, parameters_of, workspace, home),
        shown,
        "list",
    )
    weeks, last, earlier = derived.weeks, derived.last, derived.earlier
    when = Period.parse(last)
    authority = find_council(register, council, when)
    carried = {week: rows for week, rows in earlier.items() if week not in weeks}
    missing = _missing_teams(carried, weeks)
    rows = [row for week in sorted(carried) for row in carried[week]]
    for week in sorted(weeks):
        rows += [_row(f, week, missing.get(week, ())) for f in weeks[week]]
    rows.sort(key=lambda row: row["as_at"])  # stable: weeks in order of time
    folder = workspace.data_folder(council, when)
    target = Target(folder, workspace, DERIVED)
    target.replace_with(
        {DATASET: (_as_csv(rows), _source(authority.name, last, derived.control))}
    )
    return CaseloadReport(
        weeks=len(weeks),
        carried=len(carried),
        folder=workspace.shown(folder),
        hidden=sum("c" in f.status for figures in weeks.values() for f in figures),
        notes=(*derived.notes, *_about_gaps([*carried, *weeks], missing)),
    )


def _see_that_it_is_a_week(period: str) -> None:
    when = Period.parse(period)
    if "-W" not in when.text:
        msg = f"a weekly list is about a week, and '{period}' is none: write one, such as PERIOD=2022-W10"
        raise PeriodError(msg)


def _ceiling(parameters: Mapping[str, Any]) -> int | None:
    value = parameters.get("caseload_ceiling")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        msg = "the parameter 'caseload_ceiling' must be a whole number of cases, such as 18"
        raise ParameterError(msg)
    return value


# --- The part that sees workers ---------------------------------------------------------


@dataclass(frozen=True)
class _Derived:
    """What comes out of the part that sees workers."""

    weeks: Mapping[str, Sequence[WeekFigure]]
    last: str
    notes: tuple[str, ...]
    control: Control
    earlier: Mapping[str, Sequence[Mapping[str, str]]]


def _derive(
    path: Path,
    shown: str,
    period: str | None,
    parameters_of: Callable[[str], Mapping[str, Any]],
    workspace: Workspace,
    home: Path,
) -> _Derived:
    """Everything from the file's bytes to figures that may be shown, week by week."""
    raw = bytes_within(path, shown, MOST_BYTES, "weekly list")
    read = read_caseload_list(path, raw, shown)
    notes = list(read.notes)
    weeks = values_by_week(read.rows)
    last = period or max(weeks)
    if last not in weeks:
        msg = (
            f"{shown} has no row for {last}; its weeks are {some_of(list(weeks))}. Give "
            "one of them as PERIOD=, or leave PERIOD= out for the last"
        )
        raise PeriodError(msg)
    if later := sum(week > last for week in weeks):
        verb = "was" if later == 1 else "were"
        notes.append(f"{counted(later, 'week')} after {last} {verb} left out.")
    parameters = parameters_of(last)
    control, ceiling = Control.of(parameters), _ceiling(parameters)
    earlier = _earlier(workspace, home, Period.parse(last))
    at_any_time = _earlier(workspace, home, None)
    beside_census = weeks_with_hidden_bands(home)
    kept: dict[int, list[str]] = {}
    made: dict[str, Sequence[WeekFigure]] = {}
    hidden_before: frozenset[str] = frozenset()
    for week in sorted({*earlier, *weeks}):
        before = [*earlier.get(week, ()), *at_any_time.get(week, ())]
        if week not in weeks:
            hidden_before = _hidden(before, WORKERS)
        elif week <= last:
            its_ceiling = _ceiling_of(before, ceiling)
            if its_ceiling is not None and its_ceiling != ceiling:
                kept.setdefault(its_ceiling, []).append(week)
            known = Known(
                hidden=_hidden(before, WORKERS) | _hidden(before, ABOVE),
                without_cases=_hidden(before, CASES),
                week_before=hidden_before,
                bands_of_cases=week in beside_census,
            )
            made[week] = week_figures(_held(weeks[week]), its_ceiling, control, known)
            hidden_before = frozenset(
                f.team for f in made[week] if f.measure == WORKERS and "c" in f.status
            )
    notes += [_about_ceiling(old, some) for old, some in kept.items()]
    if together := sorted(beside_census & made.keys()):
        notes.append(
            f"{some_of(together)}: workers above the ceiling and ranges are not given, "
            "for the census of that week hides bands of cases, which they would tell."
        )
    return _Derived(made, last, tuple(notes), control, earlier)


def _about_ceiling(ceiling: int, weeks: Sequence[str]) -> str:
    return (
        f"{some_of(weeks)} {'keeps' if len(weeks) == 1 else 'keep'} the ceiling of "
        f"{ceiling} cases that an earlier import gave: two ceilings for one week would "
        "tell of the few between them. If that import was never published, remove its "
        f"{DATASET}.csv and {DATASET}.source.yaml, and import this list again."
    )


def _held(rows: pd.DataFrame) -> Week:
    """What the workers of one week hold."""
    by_worker = rows.groupby("worker", sort=False)["cases"].sum()
    in_all = rows["worker"].map(by_worker)
    # One pass in plain Python: a frame for each team of each week takes far longer.
    teams: dict[str, list[tuple[int, int]]] = {
        name: [] for name in sorted(set(rows["team"]))
    }
    held = (rows["team"].tolist(), rows["cases"].tolist(), in_all.tolist())
    for team, own, everywhere in zip(*held, strict=True):
        teams[team].append((own, everywhere))
    return Week(by_worker.tolist(), teams)


# --- Weeks before, and weeks that are missing -------------------------------------------


def _hidden(rows: Iterable[Mapping[str, str]], measure: str) -> frozenset[str]:
    """The teams of whom a figure is hidden; "" for the whole council."""
    return frozenset(
        "" if row["unit_kind"] == "whole" else row["unit"]
        for row in rows
        if row["measure"] == measure and "c" in row["status"].split()
    )


def _ceiling_of(rows: Iterable[Mapping[str, str]], given: int | None) -> int | None:
    """The ceiling that a week was written with; the one given where it had none."""
    stated = [row["value"] for row in rows if row["measure"] == CEILING]
    return int(float(stated[0])) if stated else given


def _earlier(
    workspace: Workspace, folder: Path, when: Period | None
) -> dict[str, list[dict[str, str]]]:
    """The rows of the latest import, week by week; of that up to a week, if one is given."""
    found = []
    for table in folder.glob(f"*/{DATASET}.csv"):
        there = Period.parse(table.parent.name)
        if when is None or there <= when:
            found.append((there, table))
    if not found:
        return {}
    _, table = max(found)
    load_dataset(table.parent, DATASET, workspace.home)  # it can be read
    rows: dict[str, list[dict[str, str]]] = {}
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["as_at"], []).append(row)
    return rows


def _missing_teams(
    carried: Mapping[str, Sequence[Mapping[str, str]]],
    weeks: Mapping[str, Sequence[WeekFigure]],
) -> dict[str, list[str]]:
    """The teams without a return, for each week of the list that lacks any.

    A team is missing where it was on the list in one of the four weeks before, and is
    there again later, or the week is the last.
    """
    there = {
        week: {row["unit"] for row in rows if row["unit_kind"] == "team"}
        for week, rows in carried.items()
    }
    there |= {w: {f.team for f in figures if f.team} for w, figures in weeks.items()}
    order = sorted(there)
    last_seen = {team: week for week in order for team in there[week]}
    missing = {}
    for place, week in enumerate(order):
        before: set[str] = set()
        for other in order[max(0, place - WEEKS_BEFORE) : place]:
            before |= there[other]
        lacking = sorted(
            team
            for team in before - there[week]
            if last_seen[team] > week or week == order[-1]
        )
        if lacking and week in weeks:
            missing[week] = lacking
    return missing


def weeks_between(first: str, last: str) -> list[str]:
    """The weeks between two, without either."""
    day = date.fromisocalendar(int(first[:4]), int(first[-2:]), 1) + timedelta(weeks=1)
    end = date.fromisocalendar(int(last[:4]), int(last[-2:]), 1)
    weeks = []
    while day < end:
        year, week, _ = day.isocalendar()
        weeks.append(f"{year}-W{week:02}")
        day += timedelta(weeks=1)
    return weeks


def _about_gaps(
    weeks: Iterable[str], missing: Mapping[str, Sequence[str]]
) -> list[str]:
    gaps = [
        w for one, other in pairwise(sorted(weeks)) for w in weeks_between(one, other)
    ]
    notes = []
    if gaps:
        notes.append(
            f"There is no return for {counted(len(gaps), 'week')}: {some_of(gaps)}. "
            f"{'It is' if len(gaps) == 1 else 'They are'} shown as a gap."
        )
    notes += [
        f"{week} has no return of {some_of(teams)}: the council as a whole is not "
        "comparable with other weeks."
        for week, teams in sorted(missing.items())
    ]
    return notes


# --- Writing -----------------------------------------------------------------------------


def _row(figure: WeekFigure, week: str, missing: Sequence[str]) -> dict[str, str]:
    value = "" if figure.value is None else f"{figure.value:g}"
    low, high = (f"{end:g}" for end in figure.ends) if figure.ends else ("", "")
    printed = "c" if "c" in figure.status else value
    note, status = figure.note, figure.status
    if not figure.team and missing and figure.measure in (WORKERS, CASES, ABOVE):
        note = f"{NOT_COMPARABLE}: no return of {joined(list(missing))}. {note}".strip()
        status = " ".join(sorted({*status.split(), "u"}))
    return {
        "unit": figure.team or ALL_WORKERS,
        "unit_kind": "team" if figure.team else "whole",
        "measure": figure.measure,
        "basis": "not applicable"
        if figure.measure in (CASES, CEILING)
        else "headcount",
        "value": value,
        "low": low,
        "high": high,
        "as_published": f"{low} to {high}" if figure.ends else printed,
        "status": status,
        "as_at": week,
        "nature": "target" if figure.measure == CEILING else "actual",
        "paragraph": "caseload_ceiling" if figure.measure == CEILING else week,
        "note": note,
    }


def _as_csv(rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text, dataset_schema(DATASET).column_names, lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _source(council: str, week: str, control: Control) -> str:
    rounding = "not rounded"
    if control.step > LEAST_STEP:
        rounding = f"rounded to the nearest {control.step}"
    content = {
        "title": "Weekly list of caseloads, the council's own",
        "body": council,
        "kind": "list of workers' cases, made into totals",
        "date": week,
        "date_note": "The last week of the list.",
        "how_read": (
            f"{DERIVED}, disclosure control applied (threshold {control.threshold}, "
            f"{rounding})."
        ),
        "document_sha256": "not stated",
        "held": council,
        "licence": "not stated",
        "note": (
            "Made of workers' cases and protected there and then: numbers of people from "
            f"1 to {control.threshold} are hidden (c), and so is what they could be worked "
            "out from. A worker in two teams is counted once in each, and once in the "
            "whole. The list itself is not kept with the evidence, nor is a hash of it."
        ),
    }
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
