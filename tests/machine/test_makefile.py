"""The Makefile: a door to the commands, and nothing a shell could misread."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scrutiny_pack import cli

CLONE = Path(__file__).parents[2]
MAKEFILE = (CLONE / "Makefile").read_text("utf-8")
TARGETS = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)
NEEDS_MAKE = pytest.mark.skipif(
    not shutil.which("make"), reason="there is no make here"
)


def test_every_target_has_its_line():
    with_a_line = re.findall(r"^([a-z-]+):.*## \S", MAKEFILE, re.MULTILINE)
    assert with_a_line == TARGETS
    assert set(TARGETS) == set(
        re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    )


def test_whatever_make_does_the_command_line_does():
    assert set(TARGETS) - set(cli._COMMANDS) == {"clean"}  # bootstrap.py does it


@NEEDS_MAKE
def test_make_alone_lists_the_targets():
    done = subprocess.run(
        ["make"], cwd=CLONE, capture_output=True, text=True, check=True
    )
    for target in TARGETS:
        assert re.search(rf"^  {target} +\S", done.stdout, re.MULTILINE)


@NEEDS_MAKE
@pytest.mark.parametrize(
    "value", ["two words", "a'b", 'a"b', "$(touch no)", "`touch no`"]
)
def test_a_value_reaches_the_command_as_it_was_given(tmp_path, value):
    shutil.copy(CLONE / "Makefile", tmp_path)
    show = "import os; print(repr(os.environ['COUNCIL']))\n"
    (tmp_path / "bootstrap.py").write_text(show, "utf-8")
    done = subprocess.run(
        ["make", "pack", f"COUNCIL={value.replace('$', '$$')}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{value!r}\n"
    assert not (tmp_path / "no").exists()
