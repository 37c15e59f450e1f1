"""Showing how a run gets on: a bar on a terminal, plain lines elsewhere."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from tqdm import tqdm

from scrutiny_pack.inputs.wording import counted

_FORM = "{desc} {bar} {n_fmt}/{total_fmt} {elapsed}, {remaining} left"


_WORTH_SAYING = 5.0  # seconds: of less, a line in a log says nothing


class Bar:
    """A bar on a terminal, which names what is going on; elsewhere, a line for each."""

    def __init__(self, number: int, stream: TextIO) -> None:
        """Show a bar of so many parts, if the stream is a terminal."""
        self._stream = stream
        self._number = number
        self._done = 0
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._running: list[str] = []
        self._bar: tqdm[Any] | None = None
        if stream.isatty():
            tqdm.monitor_interval = 0  # no thread for a bar that we move ourselves
            self._bar = tqdm(
                total=number,
                file=stream,
                leave=False,
                bar_format=_FORM,
                dynamic_ncols=True,
            )

    @contextmanager
    def running(self, what: str) -> Iterator[None]:
        """Say that something runs, until it is done."""
        with self._lock:
            self._running.append(what)
            if self._bar is None:
                print(f"{what}{self._left()}", file=self._stream, flush=True)
            else:
                self._show()
        try:
            yield
        finally:
            with self._lock:
                self._running.remove(what)

    def _left(self) -> str:
        """How much is done, and how long the rest takes if it goes on like this."""
        if not self._done:
            return ""
        each = (time.monotonic() - self._began) / self._done
        left = each * (self._number - self._done)
        if left < _WORTH_SAYING:
            return ""
        return f" ({self._done} of {self._number} done, about {_in_words(left)} left)"

    def _show(self) -> None:
        if self._bar is not None:
            others = len(self._running) - 1
            more = f" and {others} more" if others else ""
            self._bar.set_description_str(f"{self._running[-1]}{more}")

    def advance(self) -> None:
        """Move the bar by one part."""
        with self._lock:
            self._done += 1
            if self._bar is not None:
                self._bar.update()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()


def _in_words(seconds: float) -> str:
    if seconds < 90:
        return counted(round(seconds), "second")
    return counted(round(seconds / 60), "minute")


class Progress:
    """The steps of one pack's run, as they begin."""

    def __init__(self, shown: str, stream: TextIO, bar: Bar | None = None) -> None:
        """Show the progress of a run on a stream.

        Args:
            shown: what the run makes, as the analyst knows it.
            stream: where; the standard error stream leaves the results alone.
            bar: one for all packs of a command; without it, this one has its own.
        """
        self.shown = shown
        self._stream = stream
        self._all_packs = bar
        self._bar = bar

    @contextmanager
    def steps(self, number: int) -> Iterator[None]:
        """Show a bar of so many steps until they are done."""
        if self._all_packs is not None:
            yield
            return
        self._bar = Bar(number, self._stream)
        try:
            yield
        finally:
            self._bar.close()

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Say that a step begins, and move the bar when it is done."""
        assert self._bar is not None  # noqa: S101 - steps are inside `steps`
        with self._bar.running(f"{self.shown}: {what}"):
            yield
        if self._all_packs is None:
            self._bar.advance()
