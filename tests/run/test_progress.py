"""A bar on a terminal, plain lines elsewhere."""

import io

from scrutiny_pack.run.progress import Progress


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
