"""Try to solve for hidden figures from weeks, imports and the census taken together.

The attacker has every figure that was written, how many workers the council has in all,
the ceiling, that nobody has more cases than the import takes, and how a range is made.
"""

import csv
import random
from collections import defaultdict
from functools import partial
from math import inf

import pytest

from scrutiny_pack.imports.caseload_import import import_caseloads
from scrutiny_pack.imports.caseload_list import ALL_WORKERS, MOST_CASES
from scrutiny_pack.imports.disclosure import Control
from tests.census.returns import agency, employed, import_workers
from tests.census.solving import Equations
from tests.census.test_solving import equations_of

HEAD = "Week,Team,Worker,Cases\n"
WORKERS, CASES = "workers_weekly", "cases_weekly"
RANGE, ABOVE = "caseload_range_weekly", "workers_above_ceiling"
CEILING = "caseload_ceiling"

Teams = dict[str, list[int]]
"""The cases of each worker, by team."""


def as_list(weeks: dict[str, Teams]) -> str:
    return HEAD + "".join(
        f"{week},{team},{team}-{place},{cases}\n"
        for week, teams in weeks.items()
        for team, held in teams.items()
        for place, cases in enumerate(held)
    )


def imported(workspace, weeks, period=None, **parameters) -> list[dict[str, str]]:
    """Import a list; the rows that were written."""
    path = workspace.home / "returns" / "list.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(as_list(weeks), encoding="utf-8")
    import_caseloads(workspace, path, "exampleshire", period, lambda _: parameters)
    last = period or max(weeks)
    folder = workspace.data_folder("exampleshire", last)
    with (folder / "weekly-caseloads.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def some_teams(made: random.Random, ceiling: int) -> Teams:
    """Teams small and large, of whom a few workers are above the ceiling, or more."""
    sizes = [made.choice((2, 4, 6, 7, 9, 12, 13, 14, 18, 22)) for _ in range(5)]
    high = made.choice((0.01, 0.03, 0.06, 0.2))
    middle = made.choice((2, 8, ceiling - 3))
    return {
        f"Team {'ABCDE'[place]}": [
            made.randint(ceiling + 1, ceiling + 9)
            if made.random() < high
            else min(ceiling, made.randint(max(middle - 3, 0), middle + 3))
            for _ in range(size)
        ]
        for place, size in enumerate(sizes)
    }


def of_week(rows, week: str) -> dict[tuple[str, str], list[dict[str, str]]]:
    """The rows of a week, those of several imports together, by team and measure."""
    found = defaultdict(list)
    for row in rows:
        if row["as_at"] == week:
            found[row["unit"], row["measure"]].append(row)
    return found


def attack(rows, week: str, everybody: int, control: Control):
    """The equations of a week, and the names of what is hidden in it everywhere."""
    found = of_week(rows, week)
    equations, hidden = Equations(), []
    figure = partial(_figure, equations, hidden, found)
    teams = sorted({unit for unit, _ in found} - {ALL_WORKERS})
    ceilings = {float(row["value"]) for row in found[ALL_WORKERS, CEILING]}
    assert len(ceilings) < 2, "two ceilings for one week tell of the few between them"
    ceiling = ceilings.pop() if ceilings else None

    for team in (*teams, ALL_WORKERS):
        if team == ALL_WORKERS:
            equations.known(f"{WORKERS} of {team}", everybody)
        else:
            figure(team, WORKERS, 1)
        figure(team, CASES, 0)
    for measure in (WORKERS, CASES):
        parts = [f"{measure} of {team}" for team in teams]
        equations.adds_up(f"{measure} of {ALL_WORKERS}", parts)
    if ceiling is not None:
        figure(ALL_WORKERS, ABOVE, 1)
        equations.unknown(f"under in {ALL_WORKERS}")
        for team in teams:
            _about_ceiling(equations, team, ceiling)
        for whole, part in ((f"{ABOVE} of", "above"), ("under in", "under")):
            parts = [f"{part} in {team}" for team in teams]
            equations.adds_up(f"{whole} {ALL_WORKERS}", parts)
    for unit in (*teams, ALL_WORKERS):
        for row in found[unit, RANGE]:
            _about_range(equations, row, unit, ceiling, control)
    return equations, hidden


def _figure(equations, hidden, found, team: str, measure: str, least: float) -> None:
    name = f"{measure} of {team}"
    shown = {float(row["value"]) for row in found[team, measure] if row["value"]}
    assert len(shown) < 2
    if shown:
        equations.known(name, shown.pop())
        return
    equations.unknown(name, least)
    if found[team, measure]:
        hidden.append(name)


def _about_ceiling(equations: Equations, team: str, ceiling: float) -> None:
    above, under = f"above in {team}", f"under in {team}"
    theirs, others = f"cases of those {above}", f"cases of those {under}"
    for name in (above, under, theirs, others):
        equations.unknown(name)
    equations.adds_up(f"{WORKERS} of {team}", [above, under])
    equations.adds_up(f"{CASES} of {team}", [theirs, others])
    equations.add({theirs: 1, above: -(ceiling + 1)}, 0, inf)
    equations.add({theirs: 1, above: -MOST_CASES}, -inf, 0)
    equations.add({others: 1, under: -ceiling}, -inf, 0)


def _about_range(equations, row, unit, ceiling, control) -> None:
    """What it says that so many are at or under its lower end, and so on."""
    cut, low, high = control.threshold, float(row["low"]), float(row["high"])
    people, cases = f"{WORKERS} of {unit}", f"{CASES} of {unit}"
    middle = cut * high - 2 * cut * low
    equations.add({cases: 1, people: -low}, middle, inf)
    middle = cut * low - 2 * cut * high + MOST_CASES * cut
    equations.add({cases: 1, people: -high}, -inf, middle)
    equations.add({people: 1}, 12, inf)
    if ceiling is None:
        return
    above = f"{ABOVE} of {unit}" if unit == ALL_WORKERS else f"above in {unit}"
    equations.add({above: 1}, *((0, cut) if high <= ceiling else (cut + 1, inf)))
    under = f"under in {unit}"
    equations.add({under: 1}, *((cut + 1, inf) if low <= ceiling else (0, cut)))


def holds(rows, weeks: dict[str, Teams], control=Control()) -> int:  # noqa: B008
    """Attack every week; how many figures were hidden."""
    count = 0
    for week, teams in weeks.items():
        everybody = sum(map(len, teams.values()))
        equations, hidden = attack(rows, week, everybody, control)
        for name in hidden:
            low, high = equations.ends(name)
            assert high - low >= control.threshold, (week, name, low, high)
        count += len(hidden)
    return count


def several_weeks(seed: int, ceiling: int, number: int = 3) -> dict[str, Teams]:
    made = random.Random(seed)  # noqa: S311 - made-up teams
    return {f"2022-W{10 + n}": some_teams(made, ceiling) for n in range(number)}


@pytest.mark.parametrize("seed", range(10))
def test_no_week_gives_away_what_it_hides(workspace, seed):
    """Teams, cases, workers above the ceiling and ranges, all together."""
    weeks = several_weeks(seed, 18)
    assert holds(imported(workspace, weeks, caseload_ceiling=18), weeks)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 200))
def test_no_week_gives_away_what_it_hides_whoever_works_there(workspace, seed):
    ceiling = (12, 18, 25, 30)[seed % 4]
    weeks = several_weeks(seed, ceiling)
    control = Control(threshold=5 + seed % 3)
    rows = imported(
        workspace,
        weeks,
        caseload_ceiling=ceiling,
        disclosure_threshold=control.threshold,
    )
    assert holds(rows, weeks, control)


@pytest.mark.parametrize(
    "teams",
    [
        # A range is given of twelve at the least: it would say that one is above.
        {"A": [10] * 12 + [97]},
        # The range and the sum bound how many are above.
        {"A": [10] * 29 + [31]},
        {"A": [10] * 13, "B": [10] * 12 + [40]},
        # Only one team has enough cases for anybody in it to be above.
        {"A": [2] * 7, "B": [2] * 7, "C": [2] * 7, "D": [4] * 10 + [31]},
    ],
)
def test_one_worker_above_the_ceiling_cannot_be_told(workspace, teams):
    weeks = {"2022-W10": teams}
    assert holds(imported(workspace, weeks, caseload_ceiling=30), weeks)


def test_the_attack_succeeds_on_what_is_hidden_badly(workspace):
    teams = {"A": [10] * 29 + [31]}
    rows = imported(workspace, {"2022-W10": teams}, caseload_ceiling=30)
    its_range = {"unit": "A", "as_at": "2022-W10", "measure": RANGE} | {
        "low": "10", "high": "10", "value": "",
    }  # fmt: skip
    equations, hidden = attack([*rows, its_range], "2022-W10", 30, Control())

    assert hidden == [f"{ABOVE} of {ALL_WORKERS}"]
    low, high = equations.ends(hidden[0])
    assert (low, high) == (1, 5)  # fewer than six


# --- Two imports --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_two_imports_of_consecutive_weeks_tell_no_more_than_one(workspace, seed):
    """The second list has the history again, with other parameters, and a mended week."""
    weeks = several_weeks(seed, 18, 2)
    first, second = sorted(weeks)
    before = imported(workspace, {first: weeks[first]}, caseload_ceiling=18)
    after = imported(
        workspace,
        weeks,
        caseload_ceiling=16,
        disclosure_threshold=5 + seed % 4,
    )

    # The attack takes every range for one that leaves out five at either end.
    others = [row for row in after if row["measure"] != RANGE]
    assert holds([*before, *others], weeks)
    ceilings = {
        (row["as_at"], row["value"]) for row in after if row["measure"] == CEILING
    }
    assert ceilings == {(first, "18"), (second, "16")}


def test_a_mended_list_does_not_show_what_was_hidden(workspace):
    """C is put right from 6 to 7: B would now be shown, which with before gives A away."""
    before = {"2022-W10": {"A": [9] * 3, "B": [9] * 7, "C": [9] * 8, "D": [9] * 20}}
    mended = {"2022-W10": {**before["2022-W10"], "C": [9] * 6}}
    rows = imported(workspace, before)
    again = imported(workspace, mended)

    def hidden(written):
        return {
            row["unit"]
            for row in written
            if row["measure"] == WORKERS and not row["value"]
        }

    assert hidden(rows) == {"A", "B"}
    assert hidden(again) >= {"A", "B"}


def test_the_same_team_is_hidden_with_a_small_one_week_after_week(workspace):
    """B and C change places as the smallest; who is hidden does not follow."""
    weeks = {
        "2022-W10": {"A": [9] * 3, "B": [9] * 7, "C": [9] * 8, "D": [9] * 20},
        "2022-W11": {"A": [9] * 3, "B": [9] * 7, "C": [9] * 6, "D": [9] * 20},
    }
    for lists in ([weeks], [{week: weeks[week]} for week in weeks]):
        for one in lists:
            rows = imported(workspace, one)
        for week in weeks:
            hidden = {
                r["unit"] for r in rows if r["as_at"] == week
                and r["measure"] == WORKERS and not r["value"]
            }  # fmt: skip
            assert hidden == {"A", "B"}


def test_an_earlier_week_that_is_imported_later_shows_no_more(workspace):
    weeks = {
        "2022-W09": {"A": [9] * 3, "B": [9] * 7, "C": [9] * 8, "D": [9] * 20},
        "2022-W10": {"A": [9] * 6, "B": [9] * 7, "C": [9] * 8, "D": [9] * 20},
    }
    both = imported(workspace, weeks)
    mended = {"2022-W09": {**weeks["2022-W09"], "C": [9] * 6}}
    alone = imported(workspace, mended, "2022-W09")

    hidden = [
        {r["unit"] for r in rows if r["as_at"] == "2022-W09" and r["status"] == "c"}
        for rows in (both, alone)
    ]
    assert hidden[0] <= hidden[1]


# --- The census and the list -----------------------------------------------------------------


def same_people(seed: int) -> tuple[list[dict[str, str]], Teams]:
    """Workers of a return, and the same in teams of a list, with the same cases."""
    made = random.Random(seed)  # noqa: S311 - made-up workers
    cases = [
        made.choice((3, 8, 12, 13, 17, 18, 19, 22, 24))
        if made.random() < 0.95
        else made.choice((27, 33))
        for _ in range(90)
    ]
    workers = [
        employed(n, Cases30=str(held)) if n % 9 else agency(n, Cases30=str(held))
        for n, held in enumerate(cases, 1)
    ]
    teams: Teams = defaultdict(list)
    for place, held in enumerate(cases):
        teams[f"Team {'ABCD'[place % 4]}"].append(held)
    return workers, dict(teams)


def census_rows(workspace) -> list[dict[str, str]]:
    folder = workspace.data_folder("exampleshire", "2025-09-30")
    with (folder / "census-workforce.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("census_first", [True, False])
@pytest.mark.parametrize("ceiling", [18, 20, 25])
@pytest.mark.parametrize("seed", range(3))
def test_the_census_and_the_list_of_its_week_tell_no_more_together(
    workspace, seed, ceiling, census_first
):
    workers, teams = same_people(seed)
    week = "2025-W40"
    steps = [
        lambda: import_workers(workspace, workers),
        lambda: imported(workspace, {week: teams}, caseload_ceiling=ceiling),
    ]
    for step in steps if census_first else reversed(steps):
        step()
    weekly = imported(workspace, {week: teams}, caseload_ceiling=ceiling)
    census = census_rows(workspace)
    employed_now = sum(worker["AgencyWorker"] == "0" for worker in workers)
    equations, hidden = equations_of(census, employed_now, employed_now)
    _with_the_list(equations, census, weekly, ceiling)

    assert holds(weekly, {week: teams}) >= 0
    assert hidden
    for name in hidden:
        low, high = equations.ends(name)
        assert high - low >= 5, (name, low, high)


def _with_the_list(equations, census, weekly, ceiling) -> None:
    """What the list says of the same people: how many are above the ceiling, and ranges."""
    bands = {
        f"{row['breakdown']}: {row['unit']}": (
            float(row["band_from"]),
            float(row["band_to"] or 9999),
        )
        for row in census
        if row["breakdown"] == "Workers by cases held" and row["band_from"]
    }
    above = next((r["value"] for r in weekly if r["measure"] == ABOVE), "")
    limits = [(ceiling, float(above), float(above))] if above else []
    for row in weekly:
        if row["measure"] == RANGE and row["unit"] == ALL_WORKERS:
            limits += [(float(row["high"]), 0, 5), (float(row["low"]) - 1, 85, inf)]
    for number, (limit, least, most) in enumerate(limits):
        parts = {}
        for name, (first, last) in bands.items():
            if first > limit:
                parts[name] = 1.0
            elif last > limit:
                equations.unknown(part := f"{name} above {limit} ({number})")
                equations.add({name: 1, part: -1}, 0, inf)
                parts[part] = 1.0
        equations.add(parts, least, most)
