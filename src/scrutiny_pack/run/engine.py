"""Making a pack, unless it is up to date; nothing is imported for one that is."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scrutiny_pack.periods import Period
from scrutiny_pack.run.dependencies import Dependencies, pack_dependencies
from scrutiny_pack.run.folders import staging_of
from scrutiny_pack.run.made import PackRecord
from scrutiny_pack.run.outcome import PackMade
from scrutiny_pack.workspace import Workspace

if TYPE_CHECKING:
    from scrutiny_pack.run.progress import Progress
    from scrutiny_pack.run.workers import Workers


def make_pack(
    workspace: Workspace,
    council: str,
    period: Period,
    formats: Sequence[str],
    workers: "Workers",
    progress: "Progress",
    *,
    force: bool = False,
) -> PackMade:
    """Make the pack of one council and period, and put it in place of the previous.

    Whatever goes wrong, the previous pack stays as it was.

    Args:
        workspace: where everything is.
        council: the council's slug.
        period: the period, for which the council has data.
        formats: what the pack is made as beside its pages.
        workers: who executes the notebooks.
        progress: shows what is going on.
        force: whether to make it, and execute all notebooks, even if it is up to date.

    Raises:
        PackError: of the class that says what went wrong.
    """
    if not force and (made := pack_up_to_date(workspace, council, period, formats)):
        return made

    from scrutiny_pack.run.failures import writing  # noqa: PLC0415 - see above
    from scrutiny_pack.run.lock import locked  # noqa: PLC0415
    from scrutiny_pack.run.making import Making  # noqa: PLC0415

    staging = staging_of(workspace, council, period)
    with locked(staging.pack, staging.shown):
        with writing(staging.shown):
            staging.recover()
        # Another run may have made it, or it was there all along, but for its name.
        if not force and (made := pack_up_to_date(workspace, council, period, formats)):
            return made
        try:
            making = Making(workspace, council, period, formats, staging, progress)
            return making.make(workers, force=force)
        finally:
            staging.clear()


def pack_up_to_date(
    workspace: Workspace, council: str, period: Period, formats: Sequence[str]
) -> PackMade | None:
    """The pack of one council and period, if it is what a run would make now."""
    began = time.monotonic()
    record = PackRecord(workspace, council, period)
    rests_on: Dependencies = pack_dependencies(workspace, council, period, formats)
    if record.why_not_up_to_date(rests_on):
        return None
    return PackMade(
        index=workspace.pack_folder(council, period) / "index.html",
        summary=record.summary(),
        seconds=time.monotonic() - began,
        is_new=False,
    )
