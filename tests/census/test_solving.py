"""Try to solve for hidden figures from everything that an import writes, all together."""

import csv
from collections import defaultdict
from math import inf
from pathlib import Path

import pytest

from scrutiny_pack.exampleshire import SEED
from scrutiny_pack.exampleshire.census_return import as_xml, council_level, records
from scrutiny_pack.imports.census_fields import codes
from scrutiny_pack.imports.disclosure import Control
from scrutiny_pack.workspace import Workspace
from tests.census.returns import import_bytes
from tests.census.solving import Equations

WHOLE = "All social workers"
SERVICE = "In post by time in service"
BANDS = "Workers by cases held"
WITHOUT_CASES = (f"{BANDS}: No cases", f"{BANDS}: Not stated")
TOTALS = {
    "in_post_dfe": "All in post",
    "starters_dfe": "All starters",
    "leavers_dfe": "All leavers",
    "workers": "All in post or from an agency",
}


def written(workspace: Workspace) -> list[dict[str, str]]:
    folder = workspace.data_folder("exampleshire", "2025-09-30")
    with (folder / "census-workforce.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def equations_of(rows, last_year: int, in_post: int) -> tuple[Equations, list[str]]:
    """What a reader has: all figures, how they add up, and last year's headcount.

    He also has the headcount in post, whether it is shown or not, for the Department
    publishes it; and he knows that nobody works more than full time, that a nought is
    shown as one, and between which numbers each band of cases lies.
    """
    made = Equations()
    people: dict[str, str] = {}
    fte: dict[str, str] = {}
    tables: dict[str, list[str]] = defaultdict(list)
    measures: dict[str, str] = {}
    for row in rows:
        breakdown, unit, measure = row["breakdown"], row["unit"], row["measure"]
        is_total = unit in TOTALS.values() or breakdown == WHOLE
        name = measure if is_total else f"{breakdown}: {unit}"
        if not is_total and row["basis"] == "headcount":
            tables[breakdown].append(name)
            measures[breakdown] = measure
        store = {"headcount": people, "fte": fte}.get(row["basis"])
        if store is not None and "rate" not in measure and "average" not in measure:
            assert store.setdefault(name, row["value"]) == row["value"]

    hidden = [name for name, value in people.items() if value == ""]
    for name, value in people.items():
        table = next((t for t in tables.values() if name in t), [name, ""])
        # The bands of those who hold cases are withheld, noughts and all, by themselves.
        table = [each for each in table if each not in WITHOUT_CASES]
        withheld = all(people.get(each, "0") == "" for each in table)
        least = 0 if withheld else 1
        if name == "in_post_dfe":
            made.known(name, in_post)
        elif value:
            made.known(name, float(value))
        else:
            made.unknown(name, least)
    made.unknown("stayed")
    made.unknown("not covering")
    for breakdown, parts in tables.items():
        made.adds_up(measures[breakdown], parts)
    made.add({"stayed": 1, "leavers_dfe": 1}, last_year, last_year)
    made.adds_up("in_post_dfe", [f"{SERVICE}: Under 1 year", "stayed"])
    made.adds_up("starters_dfe", [f"{SERVICE}: Under 1 year"])
    made.adds_up("workers", ["in_post_dfe", "agency_workers_dfe"])
    made.adds_up(
        "agency_workers_dfe", ["agency_covering_vacancies_dfe", "not covering"]
    )
    holding = [name for name in tables[BANDS] if name not in WITHOUT_CASES]
    made.adds_up("case_holders_dfe", holding)
    _with_fte(made, people, fte, tables, measures)
    _with_cases(made, rows, holding)
    return made, hidden


def _with_fte(made, people, fte, tables, measures) -> None:
    for name, value in fte.items():
        if name not in people:
            continue
        unknown = f"FTE of {name}"
        if value:
            made.known(unknown, float(value), by=0.05)
        else:
            made.unknown(unknown, whole=False)
        made.add({name: 1, unknown: -1}, -0.05, inf)
    for breakdown, parts in tables.items():
        if breakdown != BANDS:
            names = [f"FTE of {part}" for part in parts]
            made.adds_up(f"FTE of {measures[breakdown]}", names, by=0.05 * len(parts))
    made.unknown("FTE without cases", whole=False)
    made.add({f"{BANDS}: No cases": 1, "FTE without cases": -1}, -0.05, inf)
    everybody = ["in_post_dfe", "agency_workers_dfe"]
    made.add(
        dict.fromkeys((f"FTE of {name}" for name in everybody), 1.0)
        | {"FTE of case_holders_dfe": -1, "FTE without cases": -1},
        -0.2,
        0.2,
    )


def _with_cases(made, rows, holding) -> None:
    total = next(row["value"] for row in rows if row["measure"] == "cases_dfe")
    if not total:
        return
    ends = {
        f"{BANDS}: {row['unit']}": (row["band_from"], row["band_to"])
        for row in rows
        if row["breakdown"] == BANDS
    }
    least = {name: float(ends[name][0]) for name in holding}
    most = {name: float(ends[name][1] or 9999) for name in holding}
    made.add(least, -inf, float(total))
    made.add(most, float(total), inf)


def known_anyway(workers) -> tuple[int, int]:
    """How many were in post a year ago, and are now."""
    employed = [worker for worker in workers if worker["AgencyWorker"] == "0"]
    left = [worker for worker in employed if "RoleEndDate" in worker]
    began = [w for w in employed if w["RoleStartDate"] >= "2024-10-01"]
    in_post = len(employed) - len(left)
    return in_post - len(began) + len(left), in_post


def solve(workspace: Workspace, size: int, seed: int, control: Control) -> int:
    """Import a made-up return and try to solve it; how many figures were hidden."""
    workers, council = records(2025, size, seed), council_level(2025, size, seed)
    import_bytes(workspace, as_xml(workers, council, 2025), control=control)
    equations, hidden = equations_of(written(workspace), *known_anyway(workers))
    for name in hidden:
        low, high = equations.ends(name)
        assert high - low >= control.threshold, (name, low, high)
    return len(hidden)


@pytest.mark.parametrize("size", [60, 250])
def test_nothing_hidden_can_be_solved(workspace, size):
    assert solve(workspace, size, 1, Control()) > 10


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
@pytest.mark.parametrize("size", [25, 40, 90, 150, 400])
def test_nothing_hidden_can_be_solved_whoever_works_there(workspace, size, seed):
    assert solve(workspace, size, seed, Control(threshold=5 + seed % 3)) > 0


def test_the_solver_finds_what_is_hidden_badly(workspace):
    """The attack is a real one: with one more figure it succeeds."""
    solve(workspace, 250, SEED, Control())
    workers = records(2025)
    rows = written(workspace)
    hidden = [
        row
        for row in rows
        if (row["breakdown"], row["basis"]) == ("In post by role", "headcount")
        and not row["value"]
    ]
    assert [row["unit"] for row in hidden][-1] == "First line manager"
    counts = {
        word: sum(
            worker.get("OrgRole") == code and "RoleEndDate" not in worker
            for worker in workers
        )
        for code, word in codes("role").items()
    }
    for row in hidden[1:]:
        row["value"] = str(counts[row["unit"]])

    equations, _ = equations_of(rows, *known_anyway(workers))

    number = counts[hidden[0]["unit"]]
    assert equations.ends(f"In post by role: {hidden[0]['unit']}") == (number, number)


def test_only_what_is_expected_is_written(workspace):
    solve(workspace, 60, 1, Control())

    folder: Path = workspace.data_folder("exampleshire", "2025-09-30")
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{name}.{end}"
        for name in (
            "caseload-bands", "caseloads", "census-workforce", "leavers", "posts",
        )
        for end in ("csv", "source.yaml")
    ]  # fmt: skip
