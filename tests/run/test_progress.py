"""A bar on a terminal, plain lines elsewhere."""

import io

import pytest

from scrutiny_pack.run import progress as progress_module
from scrutiny_pack.run.progress import Bar, Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def show(stream):
    progress = Progress("leeds 2005", stream)
    with progress.steps(2):
        for step in ("checking the inputs", "notebook 01-first (1 of 1)"):
            with progress.step(step):
                pass
    return stream.getvalue()


def test_elsewhere_each_step_is_a_line():
    assert show(io.StringIO()) == (
        "leeds 2005: checking the inputs\nleeds 2005: notebook 01-first (1 of 1)\n"
    )


def test_on_a_terminal_a_bar_names_the_notebook_and_goes_away(monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    shown = show(Terminal())
    assert "\n" not in shown
    assert "leeds 2005: notebook 01-first (1 of 1)" in shown
    assert "1/2" in shown
    assert shown.rpartition("\r")[0].rpartition("\r")[2].strip() == ""


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (0.4, ""),  # it is nearly done: a line says nothing of the time
        (3, " (3 of 30 done, about 27 seconds left)"),
        (20, " (3 of 30 done, about 3 minutes left)"),
    ],
)
def test_a_line_says_how_much_is_done_and_what_is_left(monkeypatch, after, said):
    now = [100.0]
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: now[0])
    stream = io.StringIO()
    bar = Bar(30, stream)
    with bar.running("the first"):
        pass
    now[0] += after
    for _ in range(3):
        bar.advance()
    with bar.running("the next"):
        pass
    assert stream.getvalue() == f"the first\nthe next{said}\n"
