"""Executing notebooks for real: what runs, what fails, what is said."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from scrutiny_pack.errors import EvidenceError, NotebookError, OutputError
from scrutiny_pack.periods import Period
from scrutiny_pack.run.environment import kernel_environment, write_settings
from scrutiny_pack.run.execute import NotebookTask, execute
from tests.run.small_project import notebook_text

COUNCIL_AND_PERIOD = {"council": "darlington", "period": "2016-07-31"}


@pytest.fixture
def run(tmp_path):
    """Returns a function that executes a notebook of the cells it is given."""
    settings = tmp_path / "settings"
    write_settings(settings)
    period = Period.parse("2016-07-31")

    def run(*cells, text=None, timeout=60, target="out.ipynb", **parameters):
        source = tmp_path / "01-first.ipynb"
        source.write_text(text or notebook_text(*cells), "utf-8")
        task = NotebookTask(
            source=source,
            target=tmp_path / target,
            parameters=COUNCIL_AND_PERIOD | parameters,
            environment=kernel_environment(tmp_path, settings, period, os.environ),
            timeout=timeout,
        )
        return execute(task), tmp_path / target

    return run


def printed(path: Path) -> str:
    """All that the cells of an executed notebook printed."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    texts = [o["text"] for c in cells for o in c["outputs"] if "text" in o]
    return "".join("".join(text) for text in texts)


def test_two_executions_give_the_same_bytes(run):
    cells = (
        "import warnings; warnings.warn('careful'); print(hash('a'), id is None)",
        "{'b', 'a', 'c'}",
        "def f(): pass\nprint(f.__code__.co_filename)",
    )
    first, one = run(*cells, target="one.ipynb")
    second, other = run(*cells, target="other.ipynb")
    assert one.read_bytes() == other.read_bytes()
    assert first.messages == second.messages
    assert "UserWarning: careful" in first.messages[0]
    assert str(one.parent) not in "".join(first.messages)


def test_the_notebook_is_run_with_its_parameters_in_its_folder(run):
    cells = (
        "import os, sys, time",
        "print(council, period, os.getcwd())",
        "print(os.environ['MPLBACKEND'], time.tzname, sys.flags.utf8_mode)",
        "import scrutiny_pack; print(scrutiny_pack.__file__)",
    )
    _, path = run(*cells)
    import scrutiny_pack

    assert printed(path).splitlines() == [
        f"darlington 2016-07-31 {path.parent}",
        "agg ('UTC', 'UTC') 1",
        scrutiny_pack.__file__,
    ]


def test_a_cell_that_fails_is_named_with_the_last_line_of_its_error(run):
    with pytest.raises(NotebookError) as caught:
        run("rates = {}\nrates['dorset']", "print('never')")
    assert str(caught.value) == (
        "notebooks/01-first.ipynb: the cell that begins 'rates = {}' failed: "
        "KeyError: 'dorset'"
    )


def test_our_own_error_keeps_its_class_and_its_words(run):
    with pytest.raises(EvidenceError) as caught:
        run(
            "from scrutiny_pack.errors import EvidenceError\nraise EvidenceError('no rate')"
        )
    assert str(caught.value) == "no rate"


def test_a_cell_that_cannot_write_is_a_failure_of_the_output(run):
    with pytest.raises(OutputError, match="the disk is full"):
        run("open('/dev/full', 'w').write('x' * 10_000_000)")


def test_an_output_that_no_notebook_can_hold_is_a_failure(run):
    show = "from IPython.display import display\n"
    show += "display({'text/html': {'not': 'text'}}, raw=True)"
    with pytest.raises(NotebookError, match="shows what a notebook cannot hold"):
        run(show)


def test_leaving_early_is_a_failure(run):
    with pytest.raises(NotebookError, match="did not run to its end"):
        run("import sys; sys.exit(0)", "print('never')")


def test_an_endless_cell_is_stopped(run):
    with pytest.raises(NotebookError, match="'while True:' took longer than 1 seconds"):
        run("while True:\n    pass", timeout=1)


def test_the_death_of_a_kernel_is_noticed(run):
    with pytest.raises(NotebookError, match="Python ended during the cell that begins"):
        run("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")


@pytest.mark.slow
def test_nothing_that_a_cell_started_is_left_behind(run, tmp_path):
    with pytest.raises(NotebookError, match="took longer"):
        run(
            "import subprocess, time\n"
            f"child = subprocess.Popen(['sleep', '120'])\n"
            f"open({str(tmp_path / 'child')!r}, 'w').write(str(child.pid))\n"
            "time.sleep(60)",
            timeout=2,
        )
    child = int((tmp_path / "child").read_text("utf-8"))
    for _ in range(50):
        if not _is_running(child):
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the cell's own process outlived it")


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8")
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(
    ("parameters_cell", "given", "message"),
    [
        ("council = ''", {}, "does not take the parameter period that its sidecar"),
        (
            "council = ''\nperiod = ''\ncost = 1",
            {},
            "takes the parameter cost that its sidecar does not declare",
        ),
        ("council = ''\nperiod = ''", {"cost": 2}, "does not take the parameter cost"),
    ],
)
def test_parameters_that_nobody_declared_are_errors(
    run, parameters_cell, given, message
):
    with pytest.raises(NotebookError, match=message):
        run(text=notebook_text(parameters_cell=parameters_cell), **given)


def test_a_notebook_needs_one_parameters_cell(run):
    text = notebook_text("1").replace('"parameters"]', '"other"]')
    with pytest.raises(NotebookError, match="has 0 cells tagged 'parameters'"):
        run(text=text)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"cells": [{}]}', "not json"])
def test_a_file_that_is_no_notebook_is_said_to_be_none(run, text):
    with pytest.raises(
        NotebookError, match=r"01-first\.ipynb cannot be read as a notebook"
    ):
        run(text=text or " ")


def test_a_notebook_of_an_older_format_gets_ids_that_stay(run):
    raw = json.loads(notebook_text("print(1)"))
    raw["nbformat_minor"] = 4
    for cell in raw["cells"]:
        del cell["id"]
    _, one = run(text=json.dumps(raw), target="one.ipynb")
    _, other = run(text=json.dumps(raw), target="other.ipynb")
    assert one.read_bytes() == other.read_bytes()
