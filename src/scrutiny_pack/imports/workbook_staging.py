"""Write a council's data aside, and move them into place in one go."""

import csv
import io
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.imports.workbook_sources import source_text
from scrutiny_pack.imports.workbook_tables import TableRead
from scrutiny_pack.inputs.schemas import DatasetSchema, dataset_schema
from scrutiny_pack.inputs.sources import Source


def csv_text(schema: DatasetSchema, rows: Iterable[Mapping[str, str]]) -> str:
    """The rows of a dataset as the text of its CSV file (RFC 4180, but for LF)."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, schema.column_names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


@dataclass(frozen=True)
class Staging:
    """Where an import writes, until all of it is right.

    Attributes:
        target: the folder that the files go to; it need not exist.
        shown: the folder, as messages call it.
    """

    target: Path
    shown: str

    @property
    def root(self) -> Path:
        """The hidden folder in ``data/`` that is laid out as a workspace is."""
        council = self.target.parent
        return council.with_name(f".importing-{council.name}-{self.target.name}")

    @property
    def new(self) -> Path:
        """The folder that takes the target's place."""
        return self.root / "data" / self.target.parent.name / self.target.name

    def begin(self) -> None:
        """Begin with what is there now, once an interrupted import is put right."""
        if self.root.exists():
            kept = sorted(self.target.parent.glob(f".{self.target.name}.replaced-*"))
            if kept and not self.target.exists():
                max(kept, key=_number).rename(self.target)
            shutil.rmtree(self.root)
        self.new.parent.mkdir(parents=True)
        if self.target.exists():
            shutil.copytree(self.target, self.new)
        else:
            self.new.mkdir()

    def write(
        self, tables: Mapping[str, TableRead], sources: Mapping[str, Source]
    ) -> None:
        """Write the dataset and the source of each table."""
        for name, table in tables.items():
            if not table.sound:
                continue
            text = csv_text(dataset_schema(name), table.rows.values())
            self._write(f"{name}.csv", text)
            if name in sources:
                self._write(f"{name}.source.yaml", source_text(sources[name]))

    def _write(self, name: str, text: str) -> None:
        (self.new / name).write_text(text, encoding="utf-8", newline="\n")

    def replaces(self, names: Iterable[str]) -> list[str]:
        """The datasets that are there already, and otherwise than they are now."""
        return [name for name in names if self._differs(name)]

    def _differs(self, name: str) -> bool:
        files = (f"{name}.csv", f"{name}.source.yaml")
        return any(
            (self.target / file).exists()
            and (self.target / file).read_bytes() != (self.new / file).read_bytes()
            for file in files
        )

    def move_into_place(self, *, keep: bool) -> Path | None:
        """Put the new folder in the place of the old one.

        Args:
            keep: whether the old folder is kept; it need not be where all that is
                in it is in the new one too.

        Returns:
            Where the old folder is kept, or None if it is not.
        """
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if not self.target.exists():
            self.new.rename(self.target)
            return None
        kept = self.target.parent.glob(f".{self.target.name}.replaced-*")
        number = max((_number(path) for path in kept), default=0) + 1
        before = self.target.with_name(f".{self.target.name}.replaced-{number}")
        self.target.rename(before)
        try:
            self.new.rename(self.target)
        except BaseException:  # Ctrl-C, or a file that is held open
            before.rename(self.target)
            raise
        if keep:
            return before
        shutil.rmtree(before, ignore_errors=True)
        return None

    def clear(self) -> None:
        """Remove what is no longer needed."""
        shutil.rmtree(self.root, ignore_errors=True)


def _number(path: Path) -> int:
    """The number at the end of a folder's name."""
    digits = re.search("[0-9]+$", path.name)
    return int(digits[0]) if digits else 0
