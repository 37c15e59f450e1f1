"""The packs of the five councils, built once by the command that an analyst types."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.published import DATA, PERIODS

CLONE = DATA.parent


@pytest.fixture(scope="session")
def packs(tmp_path_factory) -> dict[str, Path]:
    """The folder of each council's pack, by council."""
    home = tmp_path_factory.mktemp("councils")
    for council, period in PERIODS.items():
        shutil.copytree(DATA / council / period, home / "data" / council / period)
    if (CLONE / "params").is_dir():
        shutil.copytree(CLONE / "params", home / "params")
    made = subprocess.run(
        [sys.executable, "-m", "scrutiny_pack", "packs", f"WORKSPACE={home}"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(CLONE / "src")},
        check=False,
        timeout=1200,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert "5 packs built, 0 failed" in made.stdout
    return {c: home / "output" / c / p for c, p in PERIODS.items()}
