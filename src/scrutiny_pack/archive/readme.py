"""README.txt: what a records officer needs to know, without us and without a program."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from scrutiny_pack.archive.documents import Document

_WIDTH = 78


@dataclass(frozen=True)
class ReadmeFacts:
    """What the README says of one archive.

    Attributes:
        title: the pack's title.
        identifier: the pack's id.
        standing: whether the pack is a draft or final, as a sentence.
        creator: who made the archive, by role.
        access: who may see it.
        retention: how long it is kept, and by whose schedule, as a sentence.
        documents: the source documents.
        python: the minor version of Python that the pack was made with.
        system: the operating system and processor.
        software: the version of this project's software.
        command: what makes the pack again, after ``bootstrap.py``.
        with_wheels: whether the packages are in the archive.
        licence: on what terms the data may be used.
    """

    title: str
    identifier: str
    standing: str
    creator: str
    access: str
    retention: str
    documents: Sequence[Document]
    python: str
    system: str
    software: str
    command: str
    with_wheels: bool
    licence: str


def readme_text(facts: ReadmeFacts) -> str:
    """The text of README.txt."""
    sections = (
        (facts.title, "=", _about(facts)),
        ("To read it", "-", _reading()),
        ("What is in it", "-", _folders(facts)),
        ("To show that nothing has changed", "-", _checking()),
        ("Where the figures come from", "-", _documents(facts.documents)),
        ("To make the pack again", "-", _again(facts)),
        ("Terms", "-", _filled(facts.licence)),
    )
    return "\n\n".join(
        f"{title}\n{line * len(title)}\n\n{text}" for title, line, text in sections
    ).rstrip() + "\n"  # fmt: skip


def _about(facts: ReadmeFacts) -> str:
    return "\n\n".join(
        (
            _filled(
                "This is an evidence pack for the scrutiny of the children's social "
                "work workforce: the figures that were before a committee of the "
                "council, each with its source, what it is counted against and its "
                "date, and all that is needed to work them out again."
            ),
            "\n".join(
                (
                    f"Id of the pack:  {facts.identifier}",
                    f"Standing:        {facts.standing}",
                    f"Archived by:     {facts.creator} (a role, not a name)",
                    f"Access:          {facts.access}",
                )
            ),
            textwrap.fill(
                facts.retention,
                _WIDTH,
                break_long_words=False,
                break_on_hyphens=False,
            ),
        )
    )


def _reading() -> str:
    return _filled(
        "Open pack/index.html in any web browser. Nothing is loaded from the network. "
        "The figures are in pack/tables and pack/charts as CSV files, which any "
        "spreadsheet or text editor opens; the charts are there as SVG pictures. "
        "pack/evidence.json says of every table, chart and key figure what it is, "
        "where it comes from and how it is cited."
    )


def _folders(facts: ReadmeFacts) -> str:
    rows = [
        ("pack", "the pack as it was published"),
        ("project", "the data, the program and the settings that made it"),
        ("files.csv", "every file: title, format, PRONOM id, size, checksum"),
        ("documents.csv", "the documents that figures were read from"),
        ("ro-crate-metadata.json", "the same and how each file was made (RO-Crate)"),
    ]
    if facts.with_wheels:
        rows.insert(2, ("wheels", "the packages that the program needs"))
    return "\n".join(f"{name:<24}{what}" for name, what in rows)


def _checking() -> str:
    return "\n\n".join(
        (
            _filled(
                "The archive is a bag (BagIt 1.0, RFC 8493). The folder above this one "
                "has manifest-sha256.txt, with the SHA-256 checksum of every file. Any "
                "program for bags checks it; so does, in that folder,"
            ),
            "    sha256sum --check manifest-sha256.txt",
            _filled(
                "That shows that nothing was altered by accident. Whoever alters a "
                "file on purpose can alter its checksum too: keep the checksum of the "
                "whole zip, or a signature of it, in another place."
            ),
        )
    )


def _documents(documents: Sequence[Document]) -> str:
    lines = []
    for document in documents:
        source = document.source
        lines.append(
            textwrap.fill(
                f"{source.title} ({source.body}; date: {source.date}).",
                _WIDTH,
                initial_indent="- ",
                subsequent_indent="  ",
            )
        )
        copy = "A copy is in this archive: documents.csv says where."
        lines.append(f"  {copy if document.file else f'Held: {source.held}'}")
        lines.append(f"  SHA-256: {source.document_sha256}")
    return "\n".join(lines) or "No document is named as a source."


def _again(facts: ReadmeFacts) -> str:
    packages = (
        "The packages that it needs are in the folder wheels, for that Python and "
        "system, so that no network is needed. In the folder project:"
        if facts.with_wheels
        else "Its packages come from a Python package index; requirements.lock names "
        "each with its checksum. In the folder project:"
    )
    commands = [f"    python3 bootstrap.py {facts.command}"]
    if facts.with_wheels:
        commands = [
            "    export PIP_NO_INDEX=1 PIP_FIND_LINKS=../wheels",
            *commands,
        ]
    return "\n\n".join(
        (
            _filled(
                f"The pack was made with Python {facts.python} on {facts.system}, by "
                f"the program in the folder project (scrutiny-pack {facts.software}, "
                f"MIT licence). {packages}"
            ),
            "\n".join(commands),
            _filled(
                "It writes the pack to the folder output. With the same packages, "
                f"Python {facts.python} and the same kind of system, every file is the "
                "same, byte for byte, as in the folder pack. With others, the figures "
                "are the same."
            ),
        )
    )


def _filled(text: str) -> str:
    return textwrap.fill(text, _WIDTH)
