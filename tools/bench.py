"""Write docs/benchmarks.md: this project's runs beside the plain commands, in one go.

    python tools/bench.py [--packs 8] [--growth 10 150]

The plain commands are what a user would otherwise type for each notebook of the same
pack: ``papermill`` and ``jupyter nbconvert``, with the same Python, the same compiled
bytecode and the same validation (which both sides make once for each pack).
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs" / "benchmarks.md"
_BY_HAND = "## All England"
"""From here on, the page is written by hand, and stays."""

COUNCIL, PERIOD = "darlington", "2016-07-31"
FLOOR = """
import json, os, sys, time
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.displaypub import CapturingDisplayPublisher
from scrutiny_pack.inputs.councils import find_council, read_councils
from scrutiny_pack.inputs.validation import check_inputs
from scrutiny_pack.periods import Period
from scrutiny_pack.publish import publish_pack
from scrutiny_pack.publish.context import PackContext
from scrutiny_pack.formats.registry import usual_formats
from scrutiny_pack.run.plan import plan_pack
from scrutiny_pack.run.records import write_run_facts
from scrutiny_pack.workspace import Workspace
home, council, period = Path(sys.argv[1]), sys.argv[2], Period.parse(sys.argv[3])
workspace = Workspace.find(str(home))
plan = plan_pack(workspace, council, period, usual_formats())
data = workspace.data_folder(council, period)
datasets, receipt = check_inputs(
    data, plan.supplied, workspace.suites, workspace.output / ".checks"
)
shell = InteractiveShell.instance()
shell.display_pub = CapturingDisplayPublisher()
made = workspace.pack_folder(council, period)
cells = pages = 0.0
for turn in range(2):
    run = home / f"floor-{turn}"
    run.mkdir()
    write_run_facts(run, workspace, council, period, plan.parameters)
    (run / "receipt.json").write_text(receipt.to_json(), "utf-8")
    os.environ["SCRUTINY_PACK_RUN"] = str(run)
    began = time.process_time()
    for own in plan.notebooks:
        names = {}
        notebook = json.loads((workspace.notebooks / f"{own.name}.ipynb").read_text("utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                source = "".join(cell["source"])
                if "parameters" in cell["metadata"].get("tags", []):
                    source = f"council = {council!r}; period = {str(period)!r}"
                exec(compile(source, own.name, "exec"), names)
    cells = time.process_time() - began
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
        sources={name: dataset.source for name, dataset in datasets.items()},
        formats=usual_formats(),
    )
    began = time.process_time()
    publish_pack(run, target, context)
    pages = time.process_time() - began
print(json.dumps([cells, pages]))
"""


class Measured:
    """The wall time, processor time and peak memory of one command or several."""

    def __init__(self, wall: float, processor: float, memory: float) -> None:
        self.wall, self.processor, self.memory = wall, processor, memory

    def row(self, what: str, beside: float) -> str:
        """A row of the table, with the ratio to what it is set beside."""
        ratio = f"1/{beside / self.wall:.1f}" if beside > self.wall else "1"
        return (
            f"| {what} | {self.wall:.1f} | {self.processor:.1f} | {self.memory:.0f} "
            f"| {ratio} |"
        )


def measure(
    *commands: Sequence[str], at_once: int = 1, workspace: Path | None = None
) -> Measured:
    """Run commands, so many at once; the memory is that of the largest process."""
    environment = {k: v for k, v in os.environ.items() if k != "SCRUTINY_PACK_RUN"}
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
                sys.exit(f"{' '.join(command)}\n{said.read().decode()[-2000:]}")
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        used = list(pool.map(run, commands))
    wall = time.perf_counter() - began
    return Measured(wall, sum(cpu for cpu, _ in used), max(most for _, most in used))


def with_data(folder: Path, packs: int) -> Path:
    """A workspace with the data of so many packs: one council's, under other dates."""
    first = date.fromisoformat(PERIOD)
    for number in range(packs):
        period = (first + timedelta(days=number)).isoformat()
        shutil.copytree(
            PROJECT / "data" / COUNCIL / PERIOD, folder / "data" / COUNCIL / period
        )
    return folder


def plain(home: Path, names: Sequence[str]) -> list[list[str]]:
    """What a user would type for one pack: two commands for each notebook, as one."""
    out = home / "plain"
    out.mkdir()
    lines = []
    for name in names:
        execute = [
            *(sys.executable, "-m", "papermill", "--no-progress-bar"),
            *("--cwd", str(PROJECT / "notebooks")),
            *("-p", "council", COUNCIL, "-p", "period", PERIOD),
            *(str(PROJECT / "notebooks" / f"{name}.ipynb"), str(out / f"{name}.ipynb")),
        ]
        render = [
            *(sys.executable, "-m", "nbconvert", "--to", "html"),
            str(out / f"{name}.ipynb"),
        ]
        both = f"import subprocess as s; s.run({execute!r}, check=True); "
        both += f"s.run({render!r}, check=True)"
        lines.append([sys.executable, "-S", "-c", both])
    return lines


def ours(command: str, home: Path, *words: str) -> list[str]:
    """A command of this project."""
    start = [sys.executable, "-m", "scrutiny_pack", command, f"WORKSPACE={home}"]
    return [*start, *words]


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description="Write docs/benchmarks.md.")
    parser.add_argument("--packs", type=int, default=8)
    parser.add_argument("--growth", type=int, nargs="*", default=[])
    given = parser.parse_args()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    rows: list[str] = []
    one = f"COUNCIL={COUNCIL}"
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        home = with_data(root / "ours", 1)
        cold = measure(ours("pack", home, one))
        pack = home / "output" / COUNCIL / PERIOD
        names = sorted(path.stem for path in (pack / "notebooks").glob("*.ipynb"))
        floor = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", FLOOR, str(home), COUNCIL, PERIOD],
            env=os.environ | {"PYTHONPATH": str(PROJECT / "src"), "MPLBACKEND": "agg"},
            capture_output=True,
            text=True,
            check=True,
        )
        cells, pages = json.loads(floor.stdout.splitlines()[-1])
        one_by_one = with_data(root / "plain", 1)
        sequence = measure(*plain(one_by_one, names), workspace=one_by_one)
        shutil.rmtree(one_by_one / "plain")
        shutil.rmtree(one_by_one / "output")
        by_two = measure(*plain(one_by_one, names), at_once=2, workspace=one_by_one)
        python = measure([sys.executable, "-c", "pass"])
        unchanged = measure(ours("pack", home, one))
        dataset = home / "data" / COUNCIL / PERIOD / "caseloads.source.yaml"
        dataset.write_text(dataset.read_text("utf-8") + "\n", "utf-8")
        changed = measure(ours("pack", home, one))
        again = measure(ours("pack", home, one, "WARM=0", "FORCE=1"))
        rows = [
            sequence.row("plain commands, one after the other", sequence.wall),
            by_two.row("plain commands, two at a time", sequence.wall),
            cold.row("`make pack`, nothing kept", sequence.wall),
            again.row("the same with `WARM=0`", sequence.wall),
            changed.row("`make pack`, one dataset's source changed", sequence.wall),
            unchanged.row("`make pack`, unchanged", sequence.wall),
        ]
        several = measure(ours("packs", with_data(root / "several", given.packs)))
        each = (several.wall - cold.wall) / max(1, given.packs - 1)
        each_used = (several.processor - cold.processor) / max(1, given.packs - 1)
        rows.append(
            several.row(f"`make packs`, {given.packs} packs", by_two.wall * given.packs)
        )
        growth = []
        for number in given.growth:
            many = measure(ours("packs", with_data(root / f"many-{number}", number)))
            growth.append(
                f"| {number} | {many.wall:.0f} | {many.wall / number:.2f} "
                f"| {many.memory:.0f} |"
            )
    processors = os.cpu_count() or 1
    text = f"""\
# Benchmarks

Written by `make bench`: everything below was measured in one run, on one machine:
{platform.system()} {platform.machine()}, {processors} processors, Python
{platform.python_version()}, compiled bytecode. The load of other programs was
{load:.1f} when it began; ratios bear that better than seconds do.

One pack is {len(names)} notebooks. The plain commands are `papermill` and `nbconvert`
for each of them, with the same validation. Memory is that of the largest process, in
megabytes. The ratio is to the plain commands one after the other; for several packs, to
the plain commands two at a time, that many times over (computed, not run).

| what | seconds | processor seconds | memory | ratio |
|---|---|---|---|---|
{chr(10).join(rows)}

- Each further pack of a run took {each:.1f} seconds, 1/{sequence.wall / each:.1f} of the
  plain commands in sequence.
- An unchanged pack answers {unchanged.wall - python.wall:.2f} seconds after Python's own
  start ({python.wall:.2f} seconds).
- The floor of a pack is {cells + pages:.1f} processor seconds: {cells:.1f} in the cells,
  in an interpreter that has run them before, and {pages:.1f} in publishing, with a warm
  exporter. A further pack used {each_used:.1f} processor seconds, which is
  {each_used / (cells + pages):.1f} times that; in wall time, {processors} processors that
  had nothing else to do would take {(cells + pages) / processors:.1f} seconds.
"""
    text += f"""
## What was asked for

| what | at most | measured |
|---|---|---|
| one pack with nothing kept, of the plain commands in sequence | 1/5 | 1/{sequence.wall / cold.wall:.1f} |
| each further pack of a run, likewise | 1/10 | 1/{sequence.wall / each:.1f} |
| {given.packs} packs, of the plain commands two at a time | 1/5 | 1/{by_two.wall * given.packs / several.wall:.1f} |
| an unchanged pack, beyond Python's start | 0.5 s | {unchanged.wall - python.wall:.2f} s |
| a further pack, of its floor | 1.3 | {each_used / (cells + pages):.1f} |

What a pack uses beyond its floor is the validation of its inputs, which is done once for
each dataset and remembered, the start of a kernel for each notebook, and the passing of
its outputs; with nothing kept, also the import of the libraries, once.
"""
    if growth:
        text += "\n| packs | seconds | seconds a pack | memory |\n|---|---|---|---|\n"
        text += "\n".join(growth) + "\n"
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    _, heading, by_hand = before.partition(_BY_HAND)
    if heading:
        text += f"\n{heading}{by_hand}"
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(text)


if __name__ == "__main__":
    main()
