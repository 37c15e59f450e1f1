"""Showing how a run gets on: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from tqdm import tqdm


class Progress:
    """The steps of one run, as they begin."""

    def __init__(self, shown: str, stream: TextIO) -> None:
        """Show the progress of a run on a stream.

        Args:
            shown: what the run makes, as the analyst knows it.
            stream: where; the standard error stream leaves the results alone.
        """
        self.shown = shown
        self._stream = stream
        self._bar: tqdm[Any] | None = None

    @contextmanager
    def steps(self, number: int) -> Iterator[None]:
        """Show a bar of so many steps, if this is a terminal, until they are done."""
        if not self._stream.isatty():
            yield
            return
        tqdm.monitor_interval = 0  # no thread for a bar that we move ourselves
        with tqdm(
            total=number,
            file=self._stream,
            leave=False,
            bar_format="{desc} {bar} {n_fmt}/{total_fmt} {elapsed}",
            dynamic_ncols=True,
        ) as self._bar:
            yield
        self._bar = None

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Say that a step begins, and move the bar when it is done."""
        if self._bar is None:
            print(f"{self.shown}: {what}", file=self._stream, flush=True)
        else:
            self._bar.set_description_str(f"{self.shown}: {what}")
        yield
        if self._bar is not None:
            self._bar.update()
