"""``bootstrap.py``: with the standard library alone, and on whatever Python there is."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from scrutiny_pack.machine.bootstrap import needs_cluster

CLONE = Path(__file__).parents[2]


def test_it_needs_only_the_standard_library():
    code = (
        "import runpy, sys; sys.argv = ['bootstrap.py']\n"
        f"runpy.run_path({str(CLONE / 'bootstrap.py')!r})\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(names - sys.stdlib_module_names - {'__main__', 'scrutiny_pack'}))"
    )
    # Isolated and without site-packages: nothing else could be imported.
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_an_old_python_can_read_it_and_is_told_so():
    source = (CLONE / "bootstrap.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 5))
    code = f"import sys; sys.version_info = (3, 9, 1); exec({source!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 20
    assert done.stderr.startswith("Python 3.11 or later is needed, and this is 3.9")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "around", "needed"),
    [
        (["packs"], {}, False),
        (["packs", "ENGINE="], {"ENGINE": ""}, False),
        (["packs"], {"ENGINE": "tcp://scheduler:8786"}, True),
        (["packs", "ENGINE=tcp://scheduler:8786"], {}, True),
        (["packs", "--engine", "tcp://scheduler:8786"], {}, True),
        (["packs", "--engine=tcp://scheduler:8786"], {}, True),
        (["--cluster"], {}, True),
    ],
)
def test_what_a_cluster_needs_is_set_up_when_there_is_to_be_one(
    arguments, around, needed
):
    assert needs_cluster(arguments, around) is needed


def test_the_doctor_needs_nothing_that_is_installed():
    done = subprocess.run(
        [sys.executable, "-S", str(CLONE / "bootstrap.py"), "doctor"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 20}, done.stderr
    assert "Python's venv module is there" in done.stdout
    assert done.stderr == ""
