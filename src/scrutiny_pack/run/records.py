"""What a run writes about itself: for its notebooks, and for whoever asks how long."""

import json
import os
import platform
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace


@dataclass
class Stopwatch:
    """How long each part of a run took, in seconds."""

    began: float = field(default_factory=time.monotonic)
    parts: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timing(self, part: str) -> Iterator[None]:
        """Time a part while it is done."""
        began = time.monotonic()
        yield
        self.add(part, time.monotonic() - began)

    def add(self, part: str, seconds: float) -> None:
        """Add a part that was timed elsewhere."""
        self.parts[part] = round(seconds, 2)

    @property
    def total(self) -> float:
        """How long it is since the run began."""
        return round(time.monotonic() - self.began, 2)


def write_run_facts(
    run: Path,
    workspace: Workspace,
    council: str,
    period: Period,
    parameters: Mapping[str, Any],
) -> None:
    """Write ``run.json``, from which the notebooks know which pack they are part of."""
    (run / "notebooks").mkdir()
    (run / "records").mkdir()
    facts = {
        "council": council,
        "period": str(period),
        "home": str(workspace.home),
        "project": str(workspace.project),
        "parameters": dict(parameters),
    }
    _write_json(run / "run.json", facts)


def write_run_record(
    path: Path, council: str, period: Period, stopwatch: Stopwatch
) -> None:
    """Write how long a run took and on what kind of machine; it names no one."""
    record = {
        "council": council,
        "period": str(period),
        "seconds": stopwatch.parts | {"in all": stopwatch.total},
        "machine": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "python": platform.python_version(),
    }
    _write_json(path, record)


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
