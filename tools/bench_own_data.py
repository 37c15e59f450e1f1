"""Measure what a council's own data take: few workers, many, and a long history.

    python tools/bench_own_data.py [--rounds 3]

It prints the section that `tools/bench.py` puts into docs/benchmarks.md. Returns and
lists are made up, for councils of 100 and of 1,500 workers; the two are measured in
turns, so that whatever else the machine does weighs on both.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from scrutiny_pack.exampleshire.census_return import as_xml, council_level, records

FEW, MANY, WEEKS, HISTORY = 100, 1500, 60, 400
COUNCIL, CENSUS, LAST_WEEK = "exampleshire", "2025-09-30", date(2025, 9, 29)
TEAM = 13
"""About how many workers a team has."""

LATER, HISTORY_SECONDS, HISTORY_MEGABYTES = 3.0, 60.0, 1000.0
"""What was asked for: seconds that many workers may take longer than few; and what a
long history of many workers may take in all."""

STEPS = ("census import", "census pack", "list import", "list pack")

Measure = Callable[..., Any]
"""``tools/bench.py``'s: commands and a workspace in, wall, processor and memory out."""

Ours = Callable[..., list[str]]


@dataclass(frozen=True)
class Council:
    """A made-up council's workspace, with its files about workers.

    Attributes:
        home: the workspace.
        workers: about how many it has.
        weeks: how many weeks its list goes back.
    """

    home: Path
    workers: int
    weeks: int

    @property
    def period(self) -> str:
        """The week of its last list."""
        year, week, _ = LAST_WEEK.isocalendar()
        return f"{year}-W{week:02}"

    def write(self) -> None:
        """Write the return and the list to ``returns/``."""
        returns = self.home / "returns"
        returns.mkdir(parents=True)
        made = records(2025, self.workers), council_level(2025, self.workers)
        (returns / "return.xml").write_bytes(as_xml(*made, 2025))
        text = "\n".join(weekly_list(self.workers, self.weeks))
        (returns / "list.csv").write_text(f"{text}\n", encoding="utf-8")

    def commands(self, ours: Ours) -> dict[str, list[str]]:
        """The command of each step."""
        census, week = f"PERIOD={CENSUS}", f"PERIOD={self.period}"
        files = self.home / "returns"
        whose = f"COUNCIL={COUNCIL}"
        words = {
            "census import": ("import", f"CENSUS={files / 'return.xml'}", census),
            "census pack": ("pack", census),
            "list import": ("import", f"CASELOADS={files / 'list.csv'}", week),
            "list pack": ("pack", week),
        }
        return {
            step: ours(command, self.home, whose, *others)
            for step, (command, *others) in words.items()
        }


def weekly_list(workers: int, weeks: int) -> list[str]:
    """The lines of a list: everybody, week after week, with cases that move a little."""
    random = Random(workers)  # noqa: S311 - made-up workers
    held = [random.randint(6, 20) for _ in range(workers)]
    lines = ["Week commencing,Team,Worker ID,Number of cases"]
    for back in reversed(range(weeks)):
        monday = f"{LAST_WEEK - timedelta(weeks=back):%d/%m/%Y}"
        for worker, cases in enumerate(held):
            team = f"Team {worker // TEAM + 1}"
            lines.append(f"{monday},{team},EX{worker:07},{cases}")
        held = [min(max(n + random.choice((-1, 0, 0, 1)), 0), 30) for n in held]
    return lines


def section(measure: Measure, ours: Ours, rounds: int = 3) -> list[str]:
    """Measure, and say it: the lines of the section."""
    few: dict[str, list[Any]] = {step: [] for step in STEPS}
    many: dict[str, list[Any]] = {step: [] for step in STEPS}
    with tempfile.TemporaryDirectory() as temporary:
        for turn in range(rounds):
            for size, found in ((FEW, few), (MANY, many)):
                home = Path(temporary) / f"{size}-{turn}"
                council = Council(home, size, WEEKS)
                council.write()
                for step, command in council.commands(ours).items():
                    found[step].append(measure(command))
        council = Council(Path(temporary) / "history", MANY, HISTORY)
        council.write()
        commands = council.commands(ours)
        history = [measure(commands[step]) for step in STEPS[2:]]
    return said(few, many, history)


def said(
    few: dict[str, Sequence[Any]],
    many: dict[str, Sequence[Any]],
    history: Sequence[Any],
) -> list[str]:
    """The lines of the section, from what was measured."""
    lines = [
        "## A council's own data",
        "",
        (
            f"A census return and a weekly list of {WEEKS} weeks are imported and made into "
            "pages with nothing kept, for made-up councils of "
            f"{FEW} and of {MANY:,} workers, in turns. The least of each is given. Memory is the "
            "most that all processes of a step had at once."
        ),
        "",
        (
            f"| step | {FEW} workers, seconds | processor | {MANY:,} workers, seconds "
            "| processor | memory, MB |"
        ),
        "|---|---|---|---|---|---|",
    ]
    later = {"census": [0.0, 0.0], "list": [0.0, 0.0]}
    for step in STEPS:
        wall = [min(m.wall for m in found[step]) for found in (few, many)]
        used = [min(m.processor for m in found[step]) for found in (few, many)]
        memory = max(m.memory for m in many[step])
        lines.append(
            f"| {step} | {wall[0]:.1f} | {used[0]:.1f} | {wall[1]:.1f} | {used[1]:.1f} "
            f"| {memory:.0f} |"
        )
        total = later[step.split()[0]]
        total[0] += wall[1] - wall[0]
        total[1] += used[1] - used[0]
    wall_in_all = sum(m.wall for m in history)
    used_in_all = sum(m.processor for m in history)
    most = max(m.memory for m in history)
    lines += ["", "| what | at most | measured | met |", "|---|---|---|---|"]
    for kind, words in (("census", "a census return"), ("list", "a weekly list")):
        wall, used = later[kind]
        lines.append(
            f"| {words} of {MANY:,} workers, imported and made into a pack, later than one "
            f"of {FEW} | {LATER:.0f} s | {wall:.1f} s (processor {used:.1f} s) "
            f"| {_met(wall <= LATER)} |"
        )
    lines += [
        (
            f"| a history of {HISTORY} weeks of {MANY:,} workers, likewise "
            f"| {HISTORY_SECONDS:.0f} s | {wall_in_all:.1f} s (processor {used_in_all:.1f} s) "
            f"| {_met(wall_in_all <= HISTORY_SECONDS)} |"
        ),
        (
            f"| its memory | {HISTORY_MEGABYTES:,.0f} MB | {most:.0f} MB "
            f"| {_met(most <= HISTORY_MEGABYTES)} |"
        ),
        "",
    ]
    return lines


def _met(is_met: bool) -> str:  # noqa: FBT001 - it is all that there is
    return "yes" if is_met else "**no**"


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print the section."""
    import bench  # noqa: PLC0415 - which imports this module when it writes the page

    parser = argparse.ArgumentParser(description="Measure a council's own data.")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(words)
    print("\n".join(section(bench.measure, bench.ours, given.rounds)))


if __name__ == "__main__":
    main()
