"""The tutorial: what it tells to type is typed, and what it shows is what is said."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "tutorial.md"
BLOCK = re.compile(
    r"^```(sh|text|yaml)\n(.*?)^```$|^(\|.*?)\n\n", re.MULTILINE | re.DOTALL
)
NOT_TYPED = ("make lab",)
"""Opens a browser; tests/docs/test_lab.py sees to it."""
PARTS = ("data", "expectations", "notebooks", "params", "src", "tools")
CHECKSUM = re.compile(r"\b1a2b3c4d\b")
SLOW = 600


@dataclass(frozen=True)
class Block:
    """A box of the page, or a table, and the words before it."""

    kind: str
    text: str
    before: str


def blocks() -> list[Block]:
    page = PAGE.read_text(encoding="utf-8")
    found, end = [], 0
    for match in BLOCK.finditer(page):
        kind = match[1] or "table"
        found.append(Block(kind, match[2] or match[3], page[end : match.start()]))
        end = match.end()
    return found


def test_every_command_is_a_target_of_the_makefile():
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for block in blocks():
        for line in block.text.splitlines() if block.kind == "sh" else ():
            program, target, *_ = line.split()
            assert program == "make"
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), line


def test_every_picture_is_there_small_and_described():
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", PAGE.read_text(encoding="utf-8"))
    assert len(pictures) >= 5
    for words, name in pictures:
        assert len(words) > 40
        assert (PAGE.parent / name).stat().st_size < 150_000
    there = {f"pictures/{path.name}" for path in PAGE.parent.glob("pictures/*")}
    assert there == {name for _, name in pictures}


def test_every_link_leads_somewhere():
    for name in re.findall(r"\]\((\w+\.md)\)", PAGE.read_text(encoding="utf-8")):
        assert (PAGE.parent / name).exists()


@pytest.mark.slow
@pytest.mark.timeout(SLOW)
def test_the_tutorial_from_the_first_line_to_the_last(tmp_path):
    project = tmp_path / "project"
    for part in PARTS:
        shutil.copytree(
            PROJECT / part,
            project / part,
            ignore=shutil.ignore_patterns("__pycache__", ".*"),
        )
    for file in PROJECT.iterdir():
        if file.is_file():
            shutil.copy(file, project / file.name)
    typist = Typist(project)
    for block in blocks():
        getattr(typist, block.kind)(block)
    assert typist.shown == []
    assert typist.commands >= 14
    pages = list((project / "exampleshire" / "output").rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        assert not re.search(r"\bNaN\b", page.read_text(encoding="utf-8")), page
    final = re.findall(
        "Final: checked by the Principal Scrutiny Officer, 10 November 2025",
        "".join(
            page.read_text(encoding="utf-8")
            for page in pages
            if "superseded" in page.parts
        ),
    )
    assert final


class Typist:
    """Does in a copy of the project what the page says, box by box."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.shown: list[str] = []
        self.commands = 0
        self._checksum = ""

    def sh(self, block: Block) -> None:
        self.shown = []
        for line in block.text.splitlines():
            if line in NOT_TYPED:
                continue
            self.commands += 1
            done = subprocess.run(
                [sys.executable, "-m", "scrutiny_pack", *self._own(line).split()[1:]],
                cwd=self.project,
                env=os.environ | {"SCRUTINY_PACK_PROJECT": str(self.project)},
                capture_output=True,
                text=True,
                check=False,
            )
            self.shown += (done.stdout + done.stderr).splitlines()
            refused = "with-slips" in line
            assert (done.returncode != 0) is refused, f"{line}\n{done.stderr}"
            assert "Traceback" not in done.stderr
            if found := re.search(
                r"(?:2025-09-30-|corrections/)([0-9a-f]{8})\b", done.stdout
            ):
                self._checksum = found[1]

    def text(self, block: Block) -> None:
        """Each line that is shown was said, in that order."""
        place = 0
        for line in block.text.splitlines():
            if line == "...":
                continue
            wanted = self._own(line)
            assert wanted in self.shown[place:], f"{line}\nnot in\n{self.shown}"
            place = self.shown.index(wanted, place) + 1
        self.shown = []

    def yaml(self, block: Block) -> None:
        """Write each name's value into the file that is named last before the box."""
        path = self.project / self._own(self._last_named(block, "yaml"))
        text = path.read_text(encoding="utf-8")
        for name in yaml.safe_load(block.text):
            (line,) = re.findall(rf"^{name}: .*$", block.text, re.MULTILINE)
            text, found = re.subn(rf"^{name}:.*$", line, text, flags=re.MULTILINE)
            text = text if found else f"{text}{line}\n"
        path.write_text(text, encoding="utf-8")

    def table(self, block: Block) -> None:
        """Write what the table says into the workbook that is named before it."""
        path = self.project / self._last_named(block, "xlsx")
        book = load_workbook(path)
        for line in block.text.splitlines()[2:]:
            sheet, cell, value = (part.strip() for part in line.strip("|").split("|"))
            assert book[sheet][cell].value is not None
            book[sheet][cell].value = int(value) if value.isdigit() else value
        book.save(path)

    def _own(self, line: str) -> str:
        return CHECKSUM.sub(self._checksum, line)

    @staticmethod
    def _last_named(block: Block, ending: str) -> str:
        return str(re.findall(rf"`([^`]+\.{ending})`", block.before)[-1])
