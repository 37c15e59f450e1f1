"""Making many packs, side by side, and going on where one fails."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TextIO

from scrutiny_pack.errors import PackError
from scrutiny_pack.periods import Period
from scrutiny_pack.run.engine import make_pack
from scrutiny_pack.run.outcome import PackMade
from scrutiny_pack.run.workers import Workers, wait_for_all
from scrutiny_pack.workspace import Workspace

Which = tuple[str, Period]
"""A council's slug and a period."""


def which_packs(
    workspace: Workspace,
) -> tuple[list[Which], list[tuple[str, PackError]]]:
    """The packs that can be made, and the councils whose periods cannot be read.

    Returns:
        Council and period of each pack, and council and error of each of the others.
    """
    wanted: list[Which] = []
    failed: list[tuple[str, PackError]] = []
    for council in workspace.councils_with_data():
        try:
            wanted += [(council, period) for period in workspace.periods_of(council)]
        except PackError as error:
            failed.append((council, error))
    return wanted, failed


def make_packs(
    workspace: Workspace,
    wanted: Sequence[Which],
    formats: Sequence[str],
    workers: Workers,
    stream: TextIO,
    *,
    force: bool = False,
) -> Iterator[tuple[str, PackMade | PackError]]:
    """Make packs, as many at a time as there are workers.

    Args:
        workspace: where everything is.
        wanted: the packs.
        formats: what each of them is made as beside its pages.
        workers: who executes the notebooks of all of them.
        stream: where the progress is shown.
        force: whether to run everything, even if it is up to date.

    Yields:
        For each pack, in the order in which they are wanted: its name, and what was
        made or what went wrong.
    """
    from scrutiny_pack.run.progress import Bar, Progress  # noqa: PLC0415 - for a bar

    bar = Bar(len(wanted), stream)

    def make(which: Which) -> PackMade | PackError:
        council, period = which
        progress = Progress(f"{council} {period}", stream, bar)
        try:
            return make_pack(
                workspace, council, period, formats, workers, progress, force=force
            )
        except PackError as error:
            return error
        finally:
            bar.advance()

    pool = ThreadPoolExecutor(workers.jobs, thread_name_prefix="pack")
    try:
        futures = [pool.submit(make, which) for which in wanted]
        for (council, period), future in zip(wanted, futures, strict=True):
            wait_for_all([future])
            yield f"{council} {period}", future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        bar.close()
