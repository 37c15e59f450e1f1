"""The command line: what it is told, what it does, what it says, how it exits."""

import argparse
import os
import re
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from scrutiny_pack.errors import (
    INTERRUPTED,
    ClaimsError,
    InputFileError,
    PackError,
    ParameterError,
    PeriodError,
    ReleaseError,
)
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace

if TYPE_CHECKING:  # what a command needs is imported when it runs
    from scrutiny_pack.run.outcome import PackMade
    from scrutiny_pack.run.workers import Workers

_UNEXPECTED = 1
_UNEXPLAINED = 3
"""The exit code of a reconciliation with rates that nothing explains."""

_LONGEST_ERROR = 200
_OPTIONS = {
    "council": "the council's slug, such as darlington",
    "set": "england, for a comparison pack of every local authority",
    "period": "the period, such as 2016-07-31; without it, the council's latest",
    "workspace": "a folder with the council's own params/, data/ and output/",
    "release": "a release of the DfE's statistics, such as 2025; without it, the newest",
    "file": "a zip or CSV file of the release that you have",
    "from": "the earlier of two releases, such as 2024",
    "to": "the later of two releases; without it, the newest",
    "workbook": "a workbook that was filled in, to be imported",
    "census": "a return of the Children's Social Work Workforce census, XML or CSV",
    "replace": "1 to put new data in the place of what is there, which is kept aside",
    "strict": "1 to exit with code 21 if a claim disagrees with the evidence",
    "debug": "1 to show the traceback of an error",
    "jobs": "how many notebooks are run side by side; without it, one a processor",
    "force": "1 to run everything, even if it is up to date",
    "warm": "0 to start Python anew for each notebook, which takes longer",
}
_WORD = re.compile(rf"({'|'.join(name.upper() for name in _OPTIONS)})=(.*)", re.DOTALL)


@dataclass(frozen=True)
class Options:
    """What a command was told.

    Attributes:
        council: the council's slug, if one was given.
        period: the period, if one was given.
        of_set: the set of councils, if one was given.
        workspace: the council's own folder, if one was given.
        release: a release of the DfE's statistics, if one was given.
        file: the path of a release's file, if one was given.
        older: the earlier of two releases, if one was given.
        newer: the later one, if one was given.
        debug: whether to show tracebacks.
        jobs: how many notebooks are run side by side, if a number was given.
        force: whether to run everything, even if it is up to date.
        warm: whether kernels may be forked from a Python that has made their imports.
        strict: whether a claim that disagrees makes the command fail.
        workbook: the path of a workbook to import, if one was given.
        census: the path of a census return to import, if one was given.
        replace: whether an import may take the place of data that are there.
    """

    council: str | None
    period: str | None
    workspace: str | None
    debug: bool
    release: str | None = None
    file: str | None = None
    older: str | None = None
    newer: str | None = None
    of_set: str | None = None
    strict: bool = False
    jobs: int | None = None
    force: bool = False
    warm: bool = True
    workbook: str | None = None
    census: str | None = None
    replace: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Options are read from ``--council darlington``, from the word
    ``COUNCIL=darlington`` and from the environment variable COUNCIL, in this order.

    Args:
        arguments: the command line without the program's name.

    Returns:
        The exit code: 0, that of the error's class (see `scrutiny_pack.errors`), 130
        after Ctrl-C, or 1 for what nobody expected.
    """
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_a_character(stream)
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        command, options = _parse(words)
    except ParameterError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    try:
        return _COMMANDS[command].run(options)
    except PackError as error:
        _say_error(error, str(error), debug=options.debug)
        return error.exit_code
    except KeyboardInterrupt:
        print("Stopped. The pack that was being built is as it was.", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback is for DEBUG=1
        what = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_ERROR]
        line = f"unexpected error, {what}; DEBUG=1 shows where"
        _say_error(error, line, debug=options.debug)
        return _UNEXPECTED


def _parse(words: Sequence[str]) -> tuple[str, Options]:
    given: dict[str, str] = {}
    rest: list[str] = []
    for word in words:
        match = _WORD.fullmatch(word)
        if match:
            given[match[1].lower()] = match[2]
        else:
            rest.append(word)
    parsed = vars(_parser().parse_args(rest))
    values = {
        name: parsed.get(name) or given.get(name) or os.environ.get(name.upper())
        for name in _OPTIONS
    }
    options = Options(
        council=values["council"] or None,
        period=values["period"] or None,
        workspace=values["workspace"] or None,
        debug=(values["debug"] or "0") != "0",
        jobs=_number_of_jobs(values["jobs"]),
        force=(values["force"] or "0") != "0",
        warm=(values["warm"] or "1") != "0",
        release=values["release"] or None,
        file=values["file"] or None,
        older=values["from"] or None,
        newer=values["to"] or None,
        of_set=values["set"] or None,
        strict=(values["strict"] or "0") != "0",
        workbook=values["workbook"] or None,
        census=values["census"] or None,
        replace=(values["replace"] or "0") != "0",
    )
    return parsed["command"] or "help", options


def _number_of_jobs(given: str | None) -> int | None:
    if not given:
        return None
    if not given.isdecimal() or int(given) == 0:
        msg = f"JOBS={given} is not a number of notebooks: write one, such as JOBS=2"
        raise ParameterError(msg)
    return int(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scrutiny_pack",
        description="Evidence packs for scrutiny of the children's social work workforce.",
        epilog="Options can also be given as words (COUNCIL=darlington) and as "
        "environment variables of these names.",
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    for name, command in _COMMANDS.items():
        own = commands.add_parser(name, help=command.help, description=command.help)
        for option in command.options:
            own.add_argument(f"--{option}", help=_OPTIONS[option])
    return parser


def _pack(options: Options) -> int:
    from scrutiny_pack.run.choose import choose_council, choose_period

    workspace = Workspace.find(options.workspace)
    council = choose_council(workspace, options.council)
    period = choose_period(workspace, council, options.period)
    _tell(workspace, _make_one(workspace, council, period, options))
    return 0


def _set(workspace: Workspace, options: Options) -> int:
    from scrutiny_pack.inputs.wording import counted
    from scrutiny_pack.run.sets import make_set

    with _workers(workspace, options) as workers:
        made = make_set(
            workspace,
            options.of_set or "",
            options.period,
            sys.stderr,
            workers.run,
            workers.jobs,
        )
    print(workspace.shown(made.index))
    seconds = counted(round(made.seconds), "second")
    _tell_packs(made.packs, 0, made.failed)
    print(seconds)
    return made.failed[0][1].exit_code if made.failed else 0


def _make_one(
    workspace: Workspace, council: str, period: Period, options: Options
) -> "PackMade":
    from scrutiny_pack.run.engine import make_pack, pack_up_to_date

    if not options.force and (made := pack_up_to_date(workspace, council, period)):
        return made  # before more is imported

    from scrutiny_pack.run.progress import Progress

    progress = Progress(f"{council} {period}", sys.stderr)
    with _workers(workspace, options) as workers:
        return make_pack(
            workspace, council, period, workers, progress, force=options.force
        )


def _workers(workspace: Workspace, options: Options) -> "Workers":
    from scrutiny_pack.run.workers import Workers, processors

    jobs = options.jobs or processors()
    return Workers(workspace.notebooks, jobs, warm=options.warm, loud=options.debug)


def _packs(options: Options) -> int:
    from scrutiny_pack.run.many import make_packs, which_packs

    workspace = Workspace.find(options.workspace)
    if options.of_set:
        return _set(workspace, options)
    wanted, failed = which_packs(workspace)
    made = up_to_date = 0
    with _workers(workspace, options) as workers:
        for which, outcome in make_packs(
            workspace, wanted, workers, sys.stderr, force=options.force
        ):
            if isinstance(outcome, PackError):
                _say_error(outcome, str(outcome), debug=options.debug)
                failed.append((which, outcome))
            else:
                _tell(workspace, outcome)
                made += outcome.is_new
                up_to_date += not outcome.is_new
    _tell_packs(made, up_to_date, failed)
    return failed[0][1].exit_code if failed else 0


def _plan(options: Options) -> int:
    from scrutiny_pack.run.choose import choose_council, choose_period
    from scrutiny_pack.run.many import which_packs
    from scrutiny_pack.run.plan_words import plan_in_words

    workspace = Workspace.find(options.workspace)
    if options.council:
        council = choose_council(workspace, options.council)
        wanted = [(council, choose_period(workspace, council, options.period))]
    else:
        wanted, failed = which_packs(workspace)
        for _, error in failed:
            raise error
    for council, period in wanted:
        for line in plan_in_words(workspace, council, period, force=options.force):
            print(line)
    return 0


def _tell(workspace: Workspace, made: "PackMade") -> None:
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
    summary = made.summary
    parts = (
        counted(summary["tables"], "table"),
        counted(summary["charts"], "chart"),
        counted(summary["key_figures"], "key figure"),
        counted(summary["warnings"], "warning"),
    )
    print(workspace.shown(made.index))
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


def _audit(options: Options) -> int:
    from scrutiny_pack.claims.frames import CLAIMS, audited
    from scrutiny_pack.claims.record import in_lines
    from scrutiny_pack.inputs.receipt import raise_if_critical
    from scrutiny_pack.inputs.supplied import supplied_datasets
    from scrutiny_pack.inputs.validation import check_inputs
    from scrutiny_pack.run.choose import choose_council, choose_period

    workspace = Workspace.find(options.workspace)
    council = choose_council(workspace, options.council)
    period = choose_period(workspace, council, options.period)
    folder = workspace.data_folder(council, str(period))
    names = supplied_datasets(folder)
    if CLAIMS not in names:
        msg = (
            f"there is no {workspace.shown(folder / 'claims.csv')}: list the figures that "
            "the report states there, as docs/claims.md says"
        )
        raise InputFileError(msg)
    datasets, receipt = check_inputs(
        folder, names, workspace.suites, workspace.output / ".checks"
    )
    raise_if_critical(receipt)
    frames = {name: dataset.frame for name, dataset in datasets.items()}
    made = audited(frames)
    print("\n".join(in_lines(made, frames)), flush=True)
    if options.strict and made.contradicts:
        msg = (
            f"{council} {period}: not every figure of the report agrees with its evidence; "
            "the list begins with those that do not"
        )
        raise ClaimsError(msg)
    return 0


def _list(options: Options) -> int:
    workspace = Workspace.find(options.workspace)
    councils = workspace.councils_with_data()
    width = max((len(council) for council in councils), default=0)
    for council in councils:
        periods = [str(period) for period in workspace.periods_of(council)]
        print(f"{council:<{width}}  {', '.join(periods) or 'no period'}")
    if not councils:
        print("There are no data: put datasets in data/<council>/<period>/")
    return 0


def _new(options: Options) -> int:
    from scrutiny_pack.imports.workbook_new import new_council

    if not options.council or not options.period:
        msg = "say which council and period, such as COUNCIL=darlington PERIOD=2026-03"
        raise PeriodError(msg)
    workspace = Workspace.find(options.workspace)
    made = new_council(
        workspace, options.council, options.period, replace_workbook=options.replace
    )
    print("\n".join(made.lines(options.workspace)))
    return 0


def _import(options: Options) -> int:
    workspace = Workspace.find(options.workspace)
    if options.census:
        return _import_census(workspace, options)
    if not options.workbook:
        msg = "say which file to import: WORKBOOK=file.xlsx, or CENSUS=return.xml"
        raise InputFileError(msg)
    from scrutiny_pack.imports.workbook_import import import_workbook

    report = import_workbook(
        workspace,
        Path(options.workbook),
        options.council,
        options.period,
        replace_data=options.replace,
    )
    print("\n".join(report.lines(options.workspace)))
    return 0


def _import_census(workspace: Workspace, options: Options) -> int:
    from scrutiny_pack.imports.census_import import import_census
    from scrutiny_pack.imports.disclosure import Control
    from scrutiny_pack.parameters import read_parameters
    from scrutiny_pack.sidecars import read_sidecars

    if not options.council or not options.period:
        msg = "say whose return it is, such as COUNCIL=darlington PERIOD=2025-09-30"
        raise PeriodError(msg)
    sidecars = read_sidecars(workspace.notebooks)
    parameters = read_parameters(workspace, options.council, options.period, sidecars)
    report = import_census(
        workspace,
        Path(options.census or ""),
        options.council,
        options.period,
        Control.of(parameters),
        workspace.releases,
    )
    print("\n".join(report.sentences))
    return 0


def _dfe(options: Options) -> int:
    from scrutiny_pack.dfe.commands import obtain_release

    workspace = Workspace.find(options.workspace)
    print(
        obtain_release(
            options.release or "",
            reference=workspace.reference,
            folder=workspace.releases,
            file=options.file or "",
        )
    )
    return 0


def _reconcile(options: Options) -> int:
    from scrutiny_pack.dfe.commands import reconcile_release

    workspace = Workspace.find(options.workspace)
    report, unexplained = reconcile_release(
        options.release or "",
        reference=workspace.reference,
        folder=workspace.releases,
    )
    print(report)
    return _UNEXPLAINED if unexplained else 0


def _revisions(options: Options) -> int:
    from scrutiny_pack.dfe.commands import compare_releases

    if not options.older:
        msg = "say which release to start from, such as FROM=2024 TO=2025"
        raise ReleaseError(msg)
    workspace = Workspace.find(options.workspace)
    print(
        compare_releases(
            options.older,
            options.newer or "",
            reference=workspace.reference,
            folder=workspace.releases,
        )
    )
    return 0


def _doctor(options: Options) -> int:
    from scrutiny_pack.machine import doctor

    workspace = Workspace.find(options.workspace)
    return doctor.main(workspace.project, workspace.home)


def _help(_options: Options) -> int:
    _parser().print_help()
    return 0


def _for_developers(name: str) -> Callable[[Options], int]:
    def run(options: Options) -> int:
        from scrutiny_pack.machine import development

        return development.run(name, Workspace.find(options.workspace))

    return run


@dataclass(frozen=True)
class _Command:
    help: str
    run: Callable[[Options], int]
    options: tuple[str, ...] = ()


_COMMANDS: Mapping[str, _Command] = {
    "pack": _Command(
        "build the pack of one council and period",
        _pack,
        ("council", "period", "workspace", "debug", "jobs", "force", "warm"),
    ),
    "packs": _Command(
        "build the packs of all councils and periods, or of a set of councils",
        _packs,
        ("set", "period", "workspace", "debug", "jobs", "force", "warm"),
    ),
    "plan": _Command(
        "say what building a pack, or all of them, would run, and why",
        _plan,
        ("council", "period", "workspace", "debug", "force"),
    ),
    "audit": _Command(
        "hold a report's figures against its evidence, without building a pack",
        _audit,
        ("council", "period", "workspace", "strict", "debug"),
    ),
    "new": _Command(
        "write the workbook that a council fills in, and its parameters",
        _new,
        ("council", "period", "workspace", "replace", "debug"),
    ),
    "import": _Command(
        "turn a filled-in workbook, or a census return, into data",
        _import,
        ("workbook", "census", "council", "period", "workspace", "replace", "debug"),
    ),
    "list": _Command(
        "list the councils and periods for which there are data",
        _list,
        ("workspace", "debug"),
    ),
    "dfe": _Command(
        "obtain a release of the DfE's statistics, and pin it in data/dfe/",
        _dfe,
        ("release", "file", "workspace", "debug"),
    ),
    "reconcile": _Command(
        "work every rate of a release out again, and say which do not agree",
        _reconcile,
        ("release", "workspace", "debug"),
    ),
    "revisions": _Command(
        "say which figures differ between two releases",
        _revisions,
        ("from", "to", "workspace", "debug"),
    ),
    "doctor": _Command(
        "say what is wrong with this machine, and what to do",
        _doctor,
        ("workspace", "debug"),
    ),
    "test": _Command("run the fast tests, ruff and mypy", _for_developers("test")),
    "test-full": _Command("run all tests, ruff and mypy", _for_developers("test-full")),
    "lint": _Command("run ruff and mypy", _for_developers("lint")),
    "docs": _Command(
        "write the pages of docs/ that come from code", _for_developers("docs")
    ),
    "bench": _Command(
        "measure runs beside the plain commands, and write docs/benchmarks.md",
        _for_developers("bench"),
    ),
    "lab": _Command(
        "open the notebooks in JupyterLab", _for_developers("lab"), ("workspace",)
    ),
    "lock": _Command(
        "write the locks from pyproject.toml, and environment.yml",
        _for_developers("lock"),
    ),
    "environment": _Command(
        "write environment.yml, for conda users", _for_developers("environment")
    ),
    "help": _Command("show this", _help),
}


def _say_error(error: BaseException, line: str, *, debug: bool) -> None:
    if debug:
        traceback.print_exception(error)
    print(line, file=sys.stderr)


def _never_fail_on_a_character(stream: TextIO) -> None:
    """Let a console that lacks a character show a question mark in its place."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")
