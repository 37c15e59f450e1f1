"""Verifying an archive, step by step, each with its own line."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.archive.agreement_checks import (
    check_crate,
    check_evidence,
    check_file_list,
    check_pack_manifest,
)
from scrutiny_pack.archive.bag import INFO, PAYLOAD, read_info
from scrutiny_pack.archive.bag_checks import check_bag
from scrutiny_pack.archive.figure_checks import check_figures
from scrutiny_pack.archive.layout import FORMAT, WHEELS
from scrutiny_pack.archive.opening import Opened, opened
from scrutiny_pack.archive.rerun import MadeWith, run_again
from scrutiny_pack.archive.signature import check_signature, signature_of
from scrutiny_pack.errors import (
    AlteredError,
    ArchiveError,
    DisagreementError,
    PackError,
    RerunError,
    ShownError,
    SignatureError,
)


@dataclass(frozen=True)
class Step:
    """One step of verifying an archive.

    Attributes:
        what: what is looked at.
        problems: what is wrong, one sentence each; nothing if all is well.
        error: the class of failure that a problem is.
        note: what else there is to say.
        is_done: whether it was looked at.
    """

    what: str
    problems: Sequence[str]
    error: type[PackError]
    note: str = ""
    is_done: bool = True


def verify_archive(
    file: Path,
    shown: str,
    *,
    key: Path | None = None,
    rerun: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Step]:
    """Verify an archive.

    A zip that is not safe to open, or is of a format that is not known, is looked at
    no further. It is run again only if all else is well.

    Args:
        file: the archive.
        shown: how messages call it.
        key: a file with public keys, to check the signature with.
        rerun: whether to make the pack again, which executes the archive's code.
        say: tells the analyst what is going on in a step that takes long.
    """
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(opened(file, shown))
        except ArchiveError as error:
            yield Step("the zip is safe to open", [str(error)], ArchiveError)
            return
        size = f"{len(archive.paths)} files, {archive.size / 1e6:,.1f} MB"
        yield Step("the zip is safe to open", (), ArchiveError, size)
        yield from _steps_inside(archive, file, key, say, rerun=rerun)


def _steps_inside(
    archive: Opened,
    file: Path,
    key: Path | None,
    say: Callable[[str], None],
    *,
    rerun: bool,
) -> Iterator[Step]:
    failed = False
    hashes: dict[str, str] = {}

    def bag() -> Iterator[str]:
        hashes.update({path: archive.sha256(path) for path in archive.paths})
        yield from check_bag(archive, hashes)

    step = _step("the bag is complete and unaltered", AlteredError, bag)
    yield step
    failed |= bool(step.problems)
    try:
        made = _made_with(archive)
    except ArchiveError as error:
        yield Step("the format is known", [str(error)], ArchiveError)
        return
    payload = {
        path.removeprefix(PAYLOAD): sha
        for path, sha in hashes.items()
        if path.startswith(PAYLOAD)
    }

    def agreement() -> Iterator[str]:
        yield from check_pack_manifest(archive, payload)
        yield from check_file_list(archive, payload)
        yield from check_crate(archive, payload)
        yield from check_evidence(archive, payload)

    for step in (
        _step(
            "crate, file list and evidence agree with the files",
            DisagreementError,
            agreement,
        ),
        _step(
            "every figure of the pages is that of the data files",
            ShownError,
            lambda: check_figures(archive),
        ),
        _signature(file, key),
    ):
        yield step
        failed |= bool(step.problems)
    yield from _rerun(archive, made, say, asked=rerun, failed=failed)


def _step(
    what: str, error: type[PackError], check: Callable[[], Iterator[str]]
) -> Step:
    """Carry out a check; what cannot be read is a problem too."""
    problems: list[str] = []
    try:
        problems += check()
    except PackError as caught:
        problems.append(str(caught))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as caught:
        problems.append(f"a file has not the form that it should have ({caught!r})")
    return Step(what, tuple(problems), error)


def _made_with(archive: Opened) -> MadeWith:
    """What bag-info.txt says of how the pack was made.

    Raises:
        ArchiveError: if it is no archive of this project, or of a later format.
    """
    try:
        info = dict(read_info(archive.text(INFO)))
    except (KeyError, ValueError):
        info = {}
    found = info.get("Archive-Format", "")
    if not found:
        msg = f"{INFO} names no Archive-Format: this is no archive of a pack"
        raise ArchiveError(msg)
    if found != FORMAT:
        msg = (
            f"the archive is of format {found}, and this version reads format {FORMAT}: "
            "verify it with the version that made it, or a later one"
        )
        raise ArchiveError(msg)
    has_wheels = any(path.startswith(f"{PAYLOAD}{WHEELS}/") for path in archive.paths)
    needed = ("Council", "Period", "Software", "Python", "System")
    said = [info.get(name, "not stated") for name in needed]
    council, period, software, python, system = said
    return MadeWith(council, period, software, python, system, has_wheels)


def _signature(file: Path, key: Path | None) -> Step:
    what = "the signature is that of the key"
    signature = signature_of(file)
    if key is None:
        there = f"{signature.name} is there, and KEY= was not given"
        note = there if signature.is_file() else "there is none, and KEY= was not given"
        return Step(what, (), SignatureError, note, is_done=False)
    try:
        signed_by = check_signature(file, key)
    except SignatureError as error:
        return Step(what, [str(error)], SignatureError)
    return Step(what, (), SignatureError, f"signed by {signed_by}")


def _rerun(
    archive: Opened,
    made: MadeWith,
    say: Callable[[str], None],
    *,
    asked: bool,
    failed: bool,
) -> Iterator[Step]:
    what = "running it again gives the same pack"
    if not asked or failed:
        note = (
            "not while something else is wrong"
            if asked
            else f"RERUN=1 does it; {made.in_words}"
        )
        yield Step(what, (), RerunError, note, is_done=False)
        return
    say("RERUN=1 executes the code that is in the archive, with your rights")
    try:
        files, note = run_again(archive, made, say)
    except PackError as error:
        yield Step(what, [str(error)], RerunError)
        return
    yield Step(what, (), RerunError, note or f"{files} files, byte for byte")
