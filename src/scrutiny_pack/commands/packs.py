"""Commands that build packs, say what would be built, and list what there is."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scrutiny_pack.commands.saying import say_error
from scrutiny_pack.errors import PackError
from scrutiny_pack.options import Options
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace

if TYPE_CHECKING:  # what a command needs is imported when it runs
    from scrutiny_pack.run.outcome import PackMade
    from scrutiny_pack.run.workers import Workers


def build_pack(options: Options) -> int:
    """Build the pack of one council and period."""
    from scrutiny_pack.formats.choose import choose_formats
    from scrutiny_pack.run.choose import choose_council, choose_period
    from scrutiny_pack.run.upkeep import keep_shelf

    formats = choose_formats(options.text("formats"))
    workspace = Workspace.find(options.text("workspace"))
    council = choose_council(workspace, options.text("council"))
    period = choose_period(workspace, council, options.text("period"))
    made = make_one(workspace, council, period, formats, options)
    keep_shelf(workspace)
    tell(workspace, made)
    return 0


def build_packs(options: Options) -> int:
    """Build all packs, or those of a set of councils."""
    from scrutiny_pack.formats.choose import choose_formats
    from scrutiny_pack.run.many import make_packs, which_packs
    from scrutiny_pack.run.upkeep import keep_shelf

    in_a_set = bool(options.text("set"))
    formats = choose_formats(options.text("formats"), in_a_set=in_a_set)
    workspace = Workspace.find(options.text("workspace"))
    if in_a_set:
        return _set(workspace, formats, options)
    wanted, failed = which_packs(workspace)
    made = up_to_date = 0
    with _workers(workspace, options) as workers:
        for which, outcome in make_packs(
            workspace,
            wanted,
            formats,
            workers,
            sys.stderr,
            force=options.is_set("force"),
        ):
            if isinstance(outcome, PackError):
                if str(outcome) not in {str(error) for _, error in failed}:
                    say_error(outcome, str(outcome), debug=options.is_set("debug"))
                failed.append((which, outcome))
            else:
                tell(workspace, outcome)
                made += outcome.is_new
                up_to_date += not outcome.is_new
    keep_shelf(workspace)
    _tell_packs(made, up_to_date, failed)
    return failed[0][1].exit_code if failed else 0


def say_plan(options: Options) -> int:
    """Say what building would run, and why."""
    from scrutiny_pack.formats.choose import choose_formats
    from scrutiny_pack.run.choose import choose_council, choose_period
    from scrutiny_pack.run.many import which_packs
    from scrutiny_pack.run.plan_words import plan_in_words

    formats = choose_formats(options.text("formats"))
    workspace = Workspace.find(options.text("workspace"))
    if given := options.text("council"):
        council = choose_council(workspace, given)
        wanted = [(council, choose_period(workspace, council, options.text("period")))]
    else:
        wanted, failed = which_packs(workspace)
        for _, error in failed:
            raise error
    for council, period in wanted:
        for line in plan_in_words(
            workspace, council, period, formats, force=options.is_set("force")
        ):
            print(line)
    return 0


def list_packs(options: Options) -> int:
    """List the councils and periods for which there are data."""
    workspace = Workspace.find(options.text("workspace"))
    councils = workspace.councils_with_data()
    width = max((len(council) for council in councils), default=0)
    for council in councils:
        periods = [str(period) for period in workspace.periods_of(council)]
        print(f"{council:<{width}}  {', '.join(periods) or 'no period'}")
    if not councils:
        print("There are no data: put datasets in data/<council>/<period>/")
    return 0


def _set(workspace: Workspace, formats: Sequence[str], options: Options) -> int:
    from scrutiny_pack.inputs.wording import counted
    from scrutiny_pack.run.sets import make_set
    from scrutiny_pack.run.upkeep import keep_shelf

    with _workers(workspace, options) as workers:
        made = make_set(
            workspace,
            options.text("set") or "",
            options.text("period"),
            formats,
            sys.stderr,
            workers,
            force=options.is_set("force"),
        )
    keep_shelf(workspace)
    print(workspace.to_open(made.index))
    if not made.is_new:
        print("up to date, nothing was run")
        return 0
    _tell_packs(made.packs, 0, made.failed)
    if made.executed < made.packs + len(made.failed):
        print(f"{made.executed} of {counted(made.packs, 'notebook')} run")
    print(counted(round(made.seconds), "second"))
    return made.failed[0][1].exit_code if made.failed else 0


def make_one(
    workspace: Workspace,
    council: str,
    period: Period,
    formats: Sequence[str],
    options: Options,
) -> "PackMade":
    """Make one pack, unless it is up to date."""
    from scrutiny_pack.run.engine import make_pack, pack_up_to_date

    if not options.is_set("force") and (
        made := pack_up_to_date(workspace, council, period, formats)
    ):
        return made  # before more is imported

    from scrutiny_pack.run.progress import Progress

    progress = Progress(f"{council} {period}", sys.stderr)
    with _workers(workspace, options) as workers:
        return make_pack(
            workspace,
            council,
            period,
            formats,
            workers,
            progress,
            force=options.is_set("force"),
        )


def _workers(workspace: Workspace, options: Options) -> "Workers":
    from scrutiny_pack.run.workers import Workers, processors

    warm = options.is_set("warm", unless_given=True)
    loud = options.is_set("debug")
    if engine := options.text("engine"):
        from scrutiny_pack.run.cluster import cluster_workers

        return cluster_workers(workspace, engine, options.jobs, warm=warm, loud=loud)
    jobs = options.jobs or processors()
    return Workers(workspace.notebooks, jobs, warm=warm, loud=loud)


def tell(workspace: Workspace, made: "PackMade") -> None:
    """Say what a run made: its warnings, where to look, how much and how long."""
    from scrutiny_pack.inputs.wording import counted

    for heading, lines in (
        ("Warnings, which are in the pack too:", made.warnings),
        ("What the notebooks' code warned of:", made.messages),
    ):
        if lines:
            print(heading)
            for line in lines:
                print(f"  {line}")
    if made.replaced:
        print(made.replaced)
    summary = made.summary
    parts = (
        counted(summary["tables"], "table"),
        counted(summary["charts"], "chart"),
        counted(summary["key_figures"], "key figure"),
        counted(summary["warnings"], "warning"),
    )
    print(workspace.to_open(made.index))
    print(f"{', '.join(parts)}; {_effort(made)}", flush=True)


def _effort(made: "PackMade") -> str:
    """What a run did, and how long it took."""
    from scrutiny_pack.inputs.wording import counted

    if not made.is_new:
        return "up to date, nothing was run"
    seconds = counted(round(made.seconds), "second")
    if not made.kept:
        return seconds
    run, kept = len(made.executed), len(made.kept)
    return f"{run} of {counted(run + kept, 'notebook')} run; {seconds}"


def _tell_packs(
    made: int, up_to_date: int, failed: Sequence[tuple[str, PackError]]
) -> None:
    from scrutiny_pack.inputs.wording import counted

    print()
    as_it_was = f"{up_to_date} up to date, " if up_to_date else ""
    print(f"{counted(made, 'pack')} built, {as_it_was}{len(failed)} failed", flush=True)
    width = max((len(which) for which, _ in failed), default=0)
    for which, error in failed:
        print(f"  {which:<{width}}  {str(error).splitlines()[0]}", file=sys.stderr)
