"""Write docs/benchmarks.md: this project's runs beside the plain commands, in one go.

    python tools/bench.py [--quick] [--release csww_indicators_2017_to_2025.csv]

The plain commands are what a user would otherwise type for each notebook of the same
pack: ``papermill`` and ``nbconvert``, with the same Python, the same compiled bytecode
and the same validation (which both sides make once for each pack). On a quiet machine of
two processors all of it takes about twenty minutes.
"""

import argparse
import csv
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs" / "benchmarks.md"
COUNCIL, PERIOD = "darlington", "2016-07-31"
SET_PERIOD = "2025-09-30"
HTML_ONLY = "FORMATS=html"
FLOOR_BEFORE = 2.1
"""How many times the floor it was before the work on it, at commit 90fc6be.

Both were measured in turns, twice, on 26 November 2026: 6.2 and 5.8 processor seconds
beside 3.1 and 2.7. Packs have come to hold more since.
"""
OFTEN = 0.2
"""Seconds between two looks at the memory of a command's processes."""

HOT = """
import json, os, sys, time
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.displaypub import CapturingDisplayPublisher
from scrutiny_pack.inputs.councils import find_council, read_councils
from scrutiny_pack.inputs.receipt import Receipt
from scrutiny_pack.periods import Period
from scrutiny_pack.publish import publish_pack
from scrutiny_pack.publish.context import PackContext
from scrutiny_pack.run.records import write_run_facts
from scrutiny_pack.workspace import Workspace
home, period = Path(sys.argv[1]), Period.parse(sys.argv[3])
workspace = Workspace.find(str(home))
shell = InteractiveShell.instance()
shell.display_pub = CapturingDisplayPublisher()
def run_cells(names, council, run):
    os.environ["SCRUTINY_PACK_RUN"] = str(run)
    began = time.process_time()
    for name in names:
        space = {}
        notebook = json.loads((workspace.notebooks / f"{name}.ipynb").read_text("utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                source = "".join(cell["source"])
                if "parameters" in cell["metadata"].get("tags", []):
                    source = f"council = {council!r}; period = {str(period)!r}"
                exec(compile(source, name, "exec"), space)
    return time.process_time() - began
"""
"""An interpreter that runs the cells of notebooks, one pack after the other."""

FLOOR = """
from scrutiny_pack.inputs.checked import hand_on
from scrutiny_pack.inputs.validation import check_inputs
from scrutiny_pack.run.plan import plan_pack
council = sys.argv[2]
plan = plan_pack(workspace, council, period, ())
data = workspace.data_folder(council, period)
datasets, receipt = check_inputs(
    data, plan.supplied, workspace.suites, workspace.output / ".checks"
)
made = workspace.pack_folder(council, period)
turns = []
for turn in range(4):
    run = home / f"floor-{turn}"
    run.mkdir()
    write_run_facts(run, workspace, council, period, plan.parameters)
    (run / "receipt.json").write_text(receipt.to_json(), "utf-8")
    hand_on(run, data, datasets, workspace.home)  # as a run does
    cells = run_cells([own.name for own in plan.notebooks], council, run)
    for own in plan.notebooks:  # as executed by a run before
        name = f"notebooks/{own.name}.ipynb"
        (run / name).write_text((made / name).read_text("utf-8"), "utf-8")
    target = home / f"floor-pack-{turn}"
    target.mkdir()
    register = workspace.reference / "councils.csv"
    context = PackContext(
        council=find_council(read_councils(register, "councils.csv"), council, period),
        period=period, receipt=receipt, sidecars=tuple(plan.sidecars),
        ran=tuple(own.name for own in plan.notebooks), not_run=plan.not_run,
        sources={n: d.source for n, d in datasets.items()} | dict(plan.documents),
    )
    began = time.process_time()
    publish_pack(run, target, context)
    turns.append((cells, time.process_time() - began))
hot = turns[1:]
print(json.dumps([min(c for c, _ in hot), min(p for _, p in hot)]))
"""
"""The cells of a pack in one interpreter that has run them before, and its publishing."""

FLOOR_OF_SET = """
from scrutiny_pack.dfe.supply import compared_documents
from scrutiny_pack.parameters import read_parameters
from scrutiny_pack.run.set_plan import NOTEBOOK
from scrutiny_pack.sidecars import read_sidecars
made = workspace.pack_folder(sys.argv[2], period)
councils = sorted(path.name for path in made.iterdir() if path.is_dir())[::12]
sidecars = read_sidecars(workspace.notebooks)
register = workspace.reference / "councils.csv"
receipts = {council: Receipt(council, str(period), ()) for council in councils}
turns = []
for council in councils:
    run, target = home / f"floor-{council}", home / f"floor-pack-{council}"
    run.mkdir()
    target.mkdir()
    parameters = read_parameters(workspace, council, period, sidecars)
    supply = compared_documents(workspace, council, period, parameters)
    write_run_facts(run, workspace, council, period, parameters)
    (run / "receipt.json").write_text(receipts[council].to_json(), "utf-8")
    cells = run_cells([NOTEBOOK], council, run)
    name = f"notebooks/{NOTEBOOK}.ipynb"  # as executed by the run before
    (run / name).write_text((made / council / name).read_text("utf-8"), "utf-8")
    context = PackContext(
        council=find_council(read_councils(register, "councils.csv"), council, period),
        period=period, receipt=receipts[council],
        sidecars=tuple(s for s in sidecars if s.name == NOTEBOOK), ran=(NOTEBOOK,),
        not_run=(), sources=supply.documents, of_set=sys.argv[2],
    )
    began = time.process_time()
    publish_pack(run, target, context)
    turns.append((cells, time.process_time() - began))
hot = turns[1:]
print(json.dumps([sum(c for c, _ in hot) / len(hot), sum(p for _, p in hot) / len(hot)]))
"""
"""The same of some packs of a set, one in twelve: the average."""

PARTS = """
import json, resource, sys, time
from scrutiny_pack import cli
from scrutiny_pack.run import making, warm, workers
ended = {"kernels": [0, 0.0], "publishing": [0, 0.0]}
fork, take = warm.WarmKernels._fork, warm.ForkedKernel.take
def forked(self, wanted, scratch):
    kernel = fork(self, wanted, scratch)
    if kernel is not None:
        kernel.kind = "publishing" if "call" in wanted else "kernels"
    return kernel
def taken(self, message):
    take(self, message)
    if message.startswith(b"exit"):
        ended[self.kind][0] += 1
        ended[self.kind][1] += self.seconds
warm.WarmKernels._fork, warm.ForkedKernel.take = forked, taken
def timed(part, function):
    def call(*words, **more):
        began = time.thread_time()
        try:
            return function(*words, **more)
        finally:
            ended.setdefault(part, [0, 0.0])
            ended[part][0] += 1
            ended[part][1] += time.thread_time() - began
    return call
making.check_inputs = timed("checks", making.check_inputs)
workers.Workers.run = timed("driving", workers.Workers.run)
code = cli.main(sys.argv[2:])
own = resource.getrusage(resource.RUSAGE_SELF)
ended["command"] = [1, own.ru_utime + own.ru_stime]
with open(sys.argv[1], "w") as file:
    json.dump(ended, file)
sys.exit(code)
"""
"""A command of this project that says what its processes used."""


@dataclass(frozen=True)
class Measured:
    """What one command used, or several.

    Attributes:
        wall: seconds from beginning to end.
        processor: seconds of processor time, of all processes.
        memory: megabytes, the most that all processes had at once, each page counted
            once; of the largest process where that cannot be seen.
    """

    wall: float
    processor: float
    memory: float

    def row(self, what: str, beside: float) -> str:
        """A row of a table, with the ratio to what it is set beside."""
        return (
            f"| {what} | {self.wall:.1f} | {self.processor:.1f} | {self.memory:.0f} "
            f"| {ratio(beside, self.wall)} |"
        )


@dataclass
class Growth:
    """Runs of growing numbers of packs.

    Attributes:
        floor: the processor seconds of one pack's floor.
        processors: how many there are.
        runs: what each number of packs took.
    """

    floor: float
    processors: int
    runs: dict[int, Measured] = field(default_factory=dict)

    def of_floor(self, packs: int) -> float:
        """How many times its floor a run of so many packs took."""
        return self.runs[packs].wall * self.processors / (self.floor * packs)

    def rows(self) -> list[str]:
        """A row of the table for each run."""
        return [
            f"| {packs} | {run.wall:.0f} | {run.wall / packs:.2f} "
            f"| {run.processor / packs:.2f} | {run.memory:.0f} "
            f"| {self.of_floor(packs):.2f} |"
            for packs, run in self.runs.items()
        ]


def ratio(beside: float, measured: float) -> str:
    """How something compares with what it is set beside: ``1/5.2``."""
    return f"1/{beside / measured:.1f}" if beside > measured else "1"


def verdict(what: str, most: str, measured: str, *, is_met: bool) -> str:
    """A row that says what was asked for, what was measured, and whether it is met."""
    return f"| {what} | {most} | {measured} | {'yes' if is_met else '**no**'} |"


def further(first: float, several: float, packs: int) -> float:
    """What each further pack took, given what one and several took."""
    return (several - first) / (packs - 1)


_NOT_HANDED_ON = {"SCRUTINY_PACK_RUN", "FORCE", "WARM", "JOBS", "FORMATS", "FILE"}


def measure(
    *commands: Sequence[str], at_once: int = 1, workspace: Path | None = None
) -> Measured:
    """Run commands, so many at once."""
    environment = {k: v for k, v in os.environ.items() if k not in _NOT_HANDED_ON}
    environment["PYTHONPATH"] = str(PROJECT / "src")
    if workspace:
        environment["WORKSPACE"] = str(workspace)

    def run(command: Sequence[str]) -> tuple[float, float]:
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(  # noqa: S603 - commands of our own
                command, env=environment, stdout=said, stderr=said
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                said.seek(0)
                sys.exit(f"{' '.join(command[-4:])}\n{said.read().decode()[-2000:]}")
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

    with watched() as seen, ThreadPoolExecutor(at_once) as pool:
        began = time.perf_counter()
        used = list(pool.map(run, commands))
        wall = time.perf_counter() - began
    memory = max(seen) if seen else max(most for _, most in used)
    return Measured(wall, sum(cpu for cpu, _ in used), memory)


@contextmanager
def watched() -> Iterator[list[float]]:
    """The memory of all processes that this one has started, in megabytes, over and over."""
    seen: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(OFTEN):
            if total := sum(map(memory_of, processes_below(os.getpid()))):
                seen.append(total)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        ended.set()
        watcher.join()


def processes_below(process: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, waiting = [], [process]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def memory_of(process: int) -> float:
    """Megabytes of a process, what it shares divided by how many share it."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
    except OSError:
        return 0.0
    lines = (line.split() for line in text.splitlines() if line.startswith("Pss:"))
    return sum(int(words[1]) for words in lines) / 1024


def with_data(folder: Path, packs: int) -> Path:
    """A workspace with the data of so many packs: one council's, under other dates.

    Each has other cells of every table between quotation marks, which says the same in
    other bytes, so that no check of one is taken for that of another.
    """
    first = date.fromisoformat(PERIOD)
    for number in range(packs):
        period = (first + timedelta(days=number)).isoformat()
        own = folder / "data" / COUNCIL / period
        shutil.copytree(PROJECT / "data" / COUNCIL / PERIOD, own)
        for path in own.glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            places = count()
            lines = [
                ",".join(
                    '"' + cell.replace('"', '""') + '"'
                    if number >> next(places) & 1 or set(cell) & set(',"\n')
                    else cell
                    for cell in row
                )
                for row in rows
            ]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def plain(home: Path, names: Sequence[str], periods: Sequence[str]) -> list[list[str]]:
    """What a user would type for each pack: two commands for each notebook, as one."""
    lines = []
    for period in periods:
        out = home / "plain" / period
        out.mkdir(parents=True)
        for name in names:
            execute = [
                *(sys.executable, "-m", "papermill", "--no-progress-bar"),
                *("--cwd", str(PROJECT / "notebooks")),
                *("-p", "council", COUNCIL, "-p", "period", period),
                str(PROJECT / "notebooks" / f"{name}.ipynb"),
                str(out / f"{name}.ipynb"),
            ]
            render = [
                *(sys.executable, "-m", "nbconvert", "--to", "html"),
                str(out / f"{name}.ipynb"),
            ]
            both = f"import subprocess as s; s.run({execute!r}, check=True); "
            both += f"s.run({render!r}, check=True)"
            lines.append([sys.executable, "-S", "-c", both])
    return lines


def ours(command: str, home: Path, *words: str, parts: Path | None = None) -> list[str]:
    """A command of this project; with ``parts``, it says there what it used."""
    start = ["-c", PARTS, str(parts)] if parts else ["-m", "scrutiny_pack"]
    return [sys.executable, *start, command, f"WORKSPACE={home}", HTML_ONLY, *words]


def floor_of(
    home: Path, floor: str = FLOOR, of: str = COUNCIL, period: str = PERIOD
) -> tuple[float, float]:
    """Processor seconds of the cells and of the publishing of a pack in a workspace.

    Args:
        home: the workspace, in which the pack was made.
        floor: the program that measures it.
        of: the council or the set.
        period: the pack's.
    """
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", HOT + floor, str(home), of, period],
        env=os.environ | {"PYTHONPATH": str(PROJECT / "src"), "MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        check=True,
    )
    cells, pages = json.loads(done.stdout.splitlines()[-1])
    return cells, pages


@dataclass
class Page:
    """The page as it is put together."""

    lines: list[str] = field(default_factory=list)

    def say(self, *lines: str) -> None:
        """Add lines, and show them."""
        self.lines += lines
        print("\n".join(lines), flush=True)

    def table(self, head: str, rows: Sequence[str]) -> None:
        """Add a table."""
        columns = head.strip("| ").split(" | ")
        self.say("", head, f"|{'---|' * len(columns)}", *rows, "")


def one_pack(root: Path, page: Page) -> tuple[dict[str, Measured], list[str], Path]:
    """Measure one pack: the plain commands, nothing kept, warm, changed, unchanged."""
    one = f"COUNCIL={COUNCIL}"
    home = with_data(root / "ours", 1)
    runs = {"cold": measure(ours("pack", home, one))}
    pack = home / "output" / COUNCIL / PERIOD / "notebooks"
    names = sorted(path.stem for path in pack.glob("*.ipynb"))
    beside = with_data(root / "plain", 1)
    runs["sequence"] = measure(*plain(beside, names, [PERIOD]), workspace=beside)
    runs["python"] = measure([sys.executable, "-c", "pass"])
    runs["unchanged"] = measure(ours("pack", home, one))
    source = home / "data" / COUNCIL / PERIOD / "caseloads.source.yaml"
    source.write_text(source.read_text("utf-8") + "\n", encoding="utf-8")
    runs["changed"] = measure(ours("pack", home, one))
    shutil.rmtree(home / "output" / ".cache")
    runs["known"] = measure(ours("pack", home, one))
    runs["ordinary"] = measure(ours("pack", home, one, "WARM=0", "FORCE=1"))
    sequence = runs["sequence"].wall
    page.say(
        "## One pack",
        "",
        f"One pack is {len(names)} notebooks, made as pages. The plain commands are",
        "`papermill` and `nbconvert --to html` for each of them, with the same validation,",
        "and the ratio is to them, one after the other. Memory is the most that all",
        "processes had at once, in megabytes.",
    )
    page.table(
        "| what | seconds | processor seconds | memory | ratio |",
        [
            runs["sequence"].row("plain commands, one after the other", sequence),
            runs["cold"].row("`make pack`, nothing kept", sequence),
            runs["known"].row("the same, inputs checked before", sequence),
            runs["ordinary"].row(
                "the same with ordinary kernels, `WARM=0 FORCE=1`", sequence
            ),
            runs["changed"].row("`make pack`, one dataset's source changed", sequence),
            runs["unchanged"].row("`make pack`, unchanged", sequence),
        ],
    )
    return runs, names, home


_USUAL = 24
"""The number of packs whose processor time is told by process."""


def many_packs(
    root: Path, page: Page, names: Sequence[str], numbers: Sequence[int], growth: Growth
) -> tuple[float, dict[str, list[float]]]:
    """Measure several packs, beside the plain commands two at a time.

    Returns:
        What the plain commands take for one pack, two at a time, and what a run of
        several packs used, by process.
    """
    beside = with_data(root / "plain-two", 2)
    periods = sorted(path.name for path in (beside / "data" / COUNCIL).iterdir())
    by_two = measure(*plain(beside, names, periods), at_once=2, workspace=beside)
    parts: dict[str, list[float]] = {}
    for packs in numbers:
        home = with_data(root / f"many-{packs}", packs)
        kept = root / f"parts-{packs}.json"
        growth.runs[packs] = measure(ours("packs", home, parts=kept))
        if packs <= _USUAL or not parts:
            parts = json.loads(kept.read_text("utf-8"))
            run = growth.runs[packs]
            parts["packs"] = [packs, run.processor, run.wall]
        shutil.rmtree(home)
    page.say(
        "## Many packs",
        "",
        "The same council's data under other dates, each checked for itself. The floor is",
        f"{growth.floor:.1f} processor seconds a pack; in the last column a run is compared",
        f"with it, divided by {growth.processors} processors.",
    )
    page.table(
        "| packs | seconds | seconds a pack | processor seconds a pack | memory "
        "| of the floor |",
        growth.rows(),
    )
    each = by_two.wall / 2
    page.say(
        f"The plain commands, two at a time, take {each:.1f} seconds a pack (measured on",
        "two packs).",
        "",
    )
    return each, parts


def targets(
    page: Page, runs: dict[str, Measured], growth: Growth, plain_two: float
) -> None:
    """Say what was asked for, and what was measured."""
    sequence, cold = runs["sequence"].wall, runs["cold"].wall
    numbers = sorted(growth.runs)
    few, last = numbers[-2] if len(numbers) > 1 else numbers[-1], numbers[-1]
    each = further(cold, growth.runs[few].wall, few)
    beside = plain_two * few
    start = runs["unchanged"].wall - runs["python"].wall
    rows = [
        verdict(
            "one pack with nothing kept, of the plain commands in sequence",
            *("1/5", ratio(sequence, cold)),
            is_met=cold * 5 <= sequence,
        ),
        verdict(
            "each further pack of a run, likewise",
            *("1/10", ratio(sequence, each)),
            is_met=each * 10 <= sequence,
        ),
        verdict(
            f"{few} packs, of the plain commands two at a time",
            *("1/5", ratio(beside, growth.runs[few].wall)),
            is_met=growth.runs[few].wall * 5 <= beside,
        ),
        verdict(
            "an unchanged pack, beyond Python's own start",
            *("0.5 s", f"{start:.2f} s"),
            is_met=start <= 0.5,
        ),
        verdict(
            f"{last} packs, of their floor",
            *("1.3", f"{growth.of_floor(last):.2f}"),
            is_met=growth.of_floor(last) <= 1.3,
        ),
    ]
    if last > few:
        memory = growth.runs[last].memory / growth.runs[few].memory
        seconds = (growth.runs[last].wall / last) / (growth.runs[few].wall / few)
        rows += [
            verdict(
                f"peak memory at {last} packs, of that at {few}",
                *("1.1", f"{memory:.2f}"),
                is_met=memory <= 1.1,
            ),
            verdict(
                f"seconds a pack at {last} packs, of those at {few}",
                *("0.9 to 1.1", f"{seconds:.2f}"),
                is_met=abs(seconds - 1) <= 0.1,
            ),
        ]
    page.say("## What was asked for")
    page.table("| what | at most | measured | met |", rows)


def where_it_goes(
    page: Page, parts: dict[str, list[float]], cells: float, pages: float
) -> None:
    """Say what a pack of a run of several uses, by process."""
    packs, used, wall = parts["packs"]
    kernels, publishing = parts["kernels"], parts["publishing"]
    checks, driving = parts["checks"][1], parts["driving"][1]
    rest = max(0.0, used - kernels[1] - publishing[1] - checks - driving)
    page.say(
        "## Where the time goes",
        "",
        f"Of a run of {packs:.0f} packs, processor seconds for each pack. The floor is the",
        "same cells in an interpreter that has run them before, and the same pages with a",
        "warm exporter.",
    )
    in_kernels = f"{kernels[0] / packs:.0f} notebooks, each in a kernel of its own"
    others = "planning, hashing, putting in place; imports, twice for all packs"
    page.table(
        "| what | processor seconds | floor |",
        [
            f"| {in_kernels} | {kernels[1] / packs:.2f} | {cells:.2f} |",
            f"| publishing | {publishing[1] / packs:.2f} | {pages:.2f} |",
            f"| checking the inputs, with Great Expectations | {checks / packs:.2f} | |",
            f"| driving the kernels, with Papermill | {driving / packs:.2f} | |",
            f"| {others} | {rest / packs:.2f} | |",
            f"| **in all** | **{used / packs:.2f}** | **{cells + pages:.2f}** |",
        ],
    )
    busy = used / wall / (os.cpu_count() or 1)
    beyond = (kernels[1] / packs - cells) / (kernels[0] / packs)
    page.say(
        f"The processors were busy for {busy:.0%} of the time. A kernel costs",
        f"{beyond:.2f} seconds beyond its cells: it is forked, with the pages of memory that",
        "it then has for itself, IPython starts, and outputs are passed. That, the driving",
        "and the checks are what is left above the floor. They would have to take",
        f"{0.3 * (cells + pages):.2f} seconds a pack for a run of 1.3 times its floor.",
        "",
        f"The floor itself was {FLOOR_BEFORE} times as high before the work on it (measured in",
        "turns, at commit 90fc6be, when packs held less). Of that one, this run took",
        f"{wall / packs * (os.cpu_count() or 1) / (FLOOR_BEFORE * (cells + pages)):.2f} times.",
        "",
    )


def all_england(root: Path, page: Page, release: Path) -> None:
    """Measure the set of all local authorities."""
    home = root / "england"
    home.mkdir()
    measure(ours("dfe", home, "RELEASE=2025", f"FILE={release}"))
    words = ("SET=england", f"PERIOD={SET_PERIOD}")
    parts = root / "parts-england.json"
    made = measure(ours("packs", home, *words, parts=parts))
    unchanged = measure(ours("packs", home, *words))
    used = json.loads(parts.read_text("utf-8"))
    packs = used["kernels"][0]
    folder = home / "output" / "england" / SET_PERIOD
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6
    page.say(
        "## All England",
        "",
        f"`make packs SET=england PERIOD={SET_PERIOD}` with the release of 2025, in the",
        f"formats of a set: {packs:.0f} packs, {size / packs:.1f} MB each, and the page that",
        "lists them.",
    )
    notebook, publishing = used["kernels"][1] / packs, used["publishing"][1] / packs
    cells, pages = floor_of(home, FLOOR_OF_SET, "england", SET_PERIOD)
    page.table(
        "| what | seconds | processor seconds | memory |",
        [
            made.row("all of it", 0).removesuffix("| 1 |") + "|",
            f"| each pack | {made.wall / packs:.2f} | {made.processor / packs:.2f} | |",
            f"| of that, its notebook | | {notebook:.2f} | |",
            f"| of that, publishing | | {publishing:.2f} | |",
            f"| the floor of a pack | | {cells + pages:.2f} | |",
            unchanged.row("once more, unchanged", 0).removesuffix("| 1 |") + "|",
        ],
    )
    page.table(
        "| what | at most | measured | met |",
        [
            verdict(
                "all England, on two processors",
                *("300 s", f"{made.wall:.0f} s"),
                is_met=made.wall <= 300,
            )
        ],
    )
    page.say(
        f"The floor is {cells:.2f} for the notebook's cells and {pages:.2f} for the pages, in an",
        "interpreter that has made such packs before.",
    )


def head(processors: int) -> list[str]:
    """What the page says of itself and of the machine."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return [
        "# Benchmarks",
        "",
        "Written by `make bench`: everything below was measured in one run, on one machine:",
        f"{platform.system()} {platform.machine()}, {processors} processors, Python",
        f"{platform.python_version()}, compiled bytecode. The load of other programs was",
        f"{load:.1f} when it began; ratios bear that better than seconds do.",
        "",
    ]


def main() -> None:
    """Measure, and write the page."""
    import bench_own_data  # noqa: PLC0415 - it stands beside this one, on no path else

    parser = argparse.ArgumentParser(description="Write docs/benchmarks.md.")
    parser.add_argument("--quick", action="store_true", help="a few packs, no page")
    parser.add_argument("--packs", type=int, nargs="*", default=[10, 24, 150])
    parser.add_argument("--release", default=os.environ.get("FILE"))
    parser.add_argument(
        "--own-data", action="store_true", help="a council's own data alone, no page"
    )
    given = parser.parse_args()
    if given.own_data:
        bench_own_data.main(["--rounds", "3"])
        return
    processors = os.cpu_count() or 1
    page = Page()
    page.say(*head(processors))
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        runs, names, home = one_pack(root, page)
        cells, pages = floor_of(home)
        growth = Growth(cells + pages, processors)
        numbers = [2, 4] if given.quick else given.packs
        plain_two, parts = many_packs(root, page, names, numbers, growth)
        targets(page, runs, growth, plain_two)
        where_it_goes(page, parts, cells, pages)
        if given.release:
            all_england(root, page, Path(given.release).resolve())
    if not given.quick:
        page.say("", *bench_own_data.section(measure, ours))
        text = "\n".join(page.lines).rstrip()
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
        PAGE.write_text(f"{text}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
