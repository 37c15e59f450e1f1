"""The command line: what it is told, what it does, what it says, how it exits."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from scrutiny_pack.commands import (
    archive,
    imports,
    lifecycle,
    machine,
    packs,
    statistics,
)
from scrutiny_pack.commands.audit import audit
from scrutiny_pack.commands.check import check
from scrutiny_pack.commands.cite import cite
from scrutiny_pack.commands.example import exampleshire
from scrutiny_pack.commands.saying import say_error
from scrutiny_pack.errors import INTERRUPTED, PackError, ParameterError
from scrutiny_pack.options import OPTIONS, Options, taken_from, words_apart

_UNEXPECTED = 1
_LONGEST_ERROR = 200


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
        say_error(error, str(error), debug=options.is_set("debug"))
        return error.exit_code
    except KeyboardInterrupt:
        print("Stopped. The pack that was being built is as it was.", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback is for DEBUG=1
        what = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_ERROR]
        line = f"unexpected error, {what}; DEBUG=1 shows where"
        say_error(error, line, debug=options.is_set("debug"))
        return _UNEXPECTED


def _parse(words: list[str]) -> tuple[str, Options]:
    given, rest = words_apart(words)
    parsed = vars(_parser().parse_args(rest))
    options = taken_from(given, parsed, os.environ)
    options.jobs  # noqa: B018 - what is wrong with it is said before anything begins
    return parsed["command"] or "help", options


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
            own.add_argument(f"--{option}", help=OPTIONS[option])
    return parser


def _help(_options: Options) -> int:
    _parser().print_help()
    return 0


@dataclass(frozen=True)
class _Command:
    help: str
    run: Callable[[Options], int]
    options: tuple[str, ...] = ()


_MAKING = ("workspace", "formats", "debug", "jobs", "engine", "force", "warm")
"""The options of a command that builds packs, whichever they are."""

_COMMANDS: Mapping[str, _Command] = {
    "pack": _Command(
        "build the pack of one council and period",
        packs.build_pack,
        ("council", "period", *_MAKING),
    ),
    "packs": _Command(
        "build the packs of all councils and periods, or of a set of councils",
        packs.build_packs,
        ("set", "period", *_MAKING),
    ),
    "plan": _Command(
        "say what building a pack, or all of them, would run, and why",
        packs.say_plan,
        ("council", "period", "workspace", "formats", "debug", "force"),
    ),
    "archive": _Command(
        "put a pack and all that it was made from into one file that can be kept",
        archive.archive,
        (
            "council",
            "period",
            "workspace",
            "wheels",
            "debug",
            "jobs",
            "engine",
            "force",
            "warm",
        ),
    ),
    "verify": _Command(
        "check an archive, and with RERUN=1 make its pack again",
        archive.verify,
        ("archive", "key", "rerun", "debug"),
    ),
    "diff": _Command(
        "say value by value what differs between two packs, folders or archives",
        lifecycle.diff,
        ("a", "b", "workspace", "debug"),
    ),
    "correct": _Command(
        "begin the correction of a final pack: keep its evidence, ask for the reason",
        lifecycle.correct,
        ("council", "period", "workspace", "debug"),
    ),
    "shelf": _Command(
        "write the page that lists all packs and archives",
        lifecycle.shelf,
        ("workspace", "debug"),
    ),
    "audit": _Command(
        "hold a report's figures against its evidence, without building a pack",
        audit,
        ("council", "period", "workspace", "strict", "debug"),
    ),
    "check": _Command(
        "hold a draft report against the evidence pack that it cites",
        check,
        ("report", "council", "period", "workspace", "strict", "debug"),
    ),
    "cite": _Command(
        "say how to cite an evidence item, or a pack, by its id",
        cite,
        ("id", "workspace", "debug"),
    ),
    "new": _Command(
        "write the workbook that a council fills in, and its parameters",
        imports.new,
        ("council", "period", "workspace", "replace", "debug"),
    ),
    "import": _Command(
        "turn a filled-in workbook, a census return or a weekly list into data",
        imports.import_files,
        (
            "workbook",
            "census",
            "caseloads",
            "council",
            "period",
            "workspace",
            "replace",
            "debug",
        ),
    ),
    "exampleshire": _Command(
        "write the files of Exampleshire, a made-up council to try things with",
        exampleshire,
        ("workspace", "debug"),
    ),
    "list": _Command(
        "list the councils and periods for which there are data",
        packs.list_packs,
        ("workspace", "debug"),
    ),
    "dfe": _Command(
        "obtain a release of the DfE's statistics, and pin it in data/dfe/",
        statistics.dfe,
        ("release", "file", "workspace", "debug"),
    ),
    "reconcile": _Command(
        "work every rate of a release out again, and say which do not agree",
        statistics.reconcile,
        ("release", "workspace", "debug"),
    ),
    "revisions": _Command(
        "say which figures differ between two releases",
        statistics.revisions,
        ("from", "to", "workspace", "debug"),
    ),
    "doctor": _Command(
        "say what is wrong with this machine, and what to do",
        machine.doctor,
        ("workspace", "debug"),
    ),
    "test": _Command(
        "run the fast tests, ruff and mypy", machine.for_developers("test")
    ),
    "test-full": _Command(
        "run all tests, ruff and mypy", machine.for_developers("test-full")
    ),
    "lint": _Command("run ruff and mypy", machine.for_developers("lint")),
    "docs": _Command(
        "write the pages of docs/ that come from code", machine.for_developers("docs")
    ),
    "bench": _Command(
        "measure runs beside the plain commands, and write docs/benchmarks.md",
        machine.for_developers("bench"),
    ),
    "lab": _Command(
        "open the notebooks in JupyterLab",
        machine.for_developers("lab"),
        ("workspace",),
    ),
    "lock": _Command(
        "write the locks from pyproject.toml, and environment.yml",
        machine.for_developers("lock"),
    ),
    "environment": _Command(
        "write environment.yml, for conda users", machine.for_developers("environment")
    ),
    "help": _Command("show this", _help),
}


def _never_fail_on_a_character(stream: TextIO) -> None:
    """Let a console that lacks a character show a question mark in its place."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")
