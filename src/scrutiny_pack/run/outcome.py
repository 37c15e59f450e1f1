"""What came of a run, for whoever asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PackMade:
    """A pack that is there after a run.

    Attributes:
        index: the path of the pack's contents page.
        summary: how many tables, charts and key figures it holds, and how many
            warnings, by the names of `scrutiny_pack.publish.context.PackSummary`.
        warnings: what the validation of the inputs warns of, as sentences.
        messages: what the notebooks' cells wrote to the standard error stream, such
            as warnings of libraries; they are for the analyst, not in the pack.
        replaced: what became of the final pack that was there, as a sentence; "" where
            there was none, or it has not changed.
        seconds: how long it took.
        is_new: whether the pack was made, and not left as it was.
        executed: the names of the notebooks that were executed.
        kept: the names of those whose last run was used again.
    """

    index: Path
    summary: Mapping[str, int]
    warnings: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    replaced: str = ""
    seconds: float = 0.0
    is_new: bool = True
    executed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
