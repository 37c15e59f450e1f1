"""What a run would do, in words, without doing it."""

from collections.abc import Collection, Iterator

from scrutiny_pack.periods import Period
from scrutiny_pack.run.dependencies import pack_dependencies
from scrutiny_pack.run.made import PackRecord
from scrutiny_pack.run.plan import plan_pack
from scrutiny_pack.workspace import Workspace

_MOST_REASONS = 3


def plan_in_words(
    workspace: Workspace,
    council: str,
    period: Period,
    formats: Collection[str],
    *,
    force: bool = False,
) -> Iterator[str]:
    """What making a pack would run, and why, line by line.

    Args:
        workspace: where everything is.
        council: the council's slug.
        period: the period, for which the council has data.
        formats: what the pack would be made as beside its pages.
        force: whether everything would be run, even if it is up to date.

    Raises:
        PackError: of the class that says what is wrong with what a plan is made of.
    """
    shown = workspace.shown(workspace.pack_folder(council, period))
    record = PackRecord(workspace, council, period)
    rests_on = pack_dependencies(workspace, council, period, formats)
    reasons = ["FORCE=1 was given"] if force else record.why_not_up_to_date(rests_on)
    if not reasons:
        yield f"{shown}: up to date"
        return
    yield f"{shown}: to be built, because {_some(reasons)}"
    plan = plan_pack(workspace, council, period, formats, force=force)
    for notebook in plan.notebooks:
        if notebook.finished is None:
            yield f"  {notebook.name}: to be run, because {_some(notebook.reasons)}"
        else:
            yield f"  {notebook.name}: up to date"
    for name, reason in plan.not_run:
        yield f"  {name}: not part of the pack. {reason}"


def _some(reasons: list[str] | tuple[str, ...]) -> str:
    """The first few reasons in one line, and how many more there are."""
    more = len(reasons) - _MOST_REASONS
    first = "; ".join(reasons[:_MOST_REASONS])
    return f"{first}; and {more} more" if more > 0 else first
