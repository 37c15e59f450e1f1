"""Reading what the notebooks of a run recorded."""

import json
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.errors import NotebookError
from scrutiny_pack.evidence.items import FILES, Item


@dataclass(frozen=True)
class Record:
    """One item as it was recorded.

    Attributes:
        item: the item.
        data: the text of its data file.
        picture: a chart's SVG text; "" for other kinds.
    """

    item: Item
    data: str
    picture: str


@dataclass(frozen=True)
class Remark:
    """A sentence for the contents page.

    Attributes:
        notebook: the notebook that says it.
        text: the sentence, in Markdown; it may cite items by slug.
    """

    notebook: str
    text: str


@dataclass(frozen=True)
class Remarks:
    """What the notebooks have to say on the contents page, in reading order."""

    changes: tuple[Remark, ...]
    questions: tuple[Remark, ...]
    absences: tuple[Remark, ...]


def collect_records(run: Path, notebooks: tuple[str, ...]) -> list[Record]:
    """The items of some notebooks: notebook by notebook, as each one made them.

    Args:
        run: the run's folder.
        notebooks: the names of the notebooks that were run, in reading order.

    Raises:
        NotebookError: if two notebooks made an item of the same slug.
    """
    records: list[Record] = []
    makers: dict[str, str] = {}
    for notebook in notebooks:
        folder = run / "records" / notebook
        paths = [p for p in folder.glob("*.json") if not p.name.startswith("_")]
        made = [_read(path) for path in sorted(paths)]
        for record in sorted(made, key=lambda record: record.item.position):
            slug = record.item.slug
            if slug in makers:
                msg = (
                    f"{makers[slug]} and {notebook} both make the item '{slug}'; "
                    "an item has one notebook, so rename one of them"
                )
                raise NotebookError(msg)
            makers[slug] = notebook
            records.append(record)
    return records


def collect_remarks(run: Path, notebooks: tuple[str, ...]) -> Remarks:
    """What the notebooks have to say on the contents page."""
    found: dict[str, list[Remark]] = {"changes": [], "questions": [], "absences": []}
    for notebook in notebooks:
        path = run / "records" / notebook / "_remarks.json"
        if path.is_file():
            raw = json.loads(path.read_text(encoding="utf-8"))
            for kind, remarks in found.items():
                remarks.extend(Remark(notebook, text) for text in raw[kind])
    return Remarks(**{kind: tuple(remarks) for kind, remarks in found.items()})


def collect_files(run: Path, notebooks: tuple[str, ...]) -> dict[str, str]:
    """The text of each further file that the notebooks recorded, by name, sorted.

    Raises:
        NotebookError: if two notebooks recorded a file of the same name.
    """
    found: dict[str, str] = {}
    for notebook in notebooks:
        for path in (run / "records" / notebook / FILES).glob("*"):
            if path.name in found:
                msg = (
                    f"{notebook} and another notebook both make {path.name}; rename one"
                )
                raise NotebookError(msg)
            found[path.name] = path.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def _read(path: Path) -> Record:
    item = Item.model_validate_json(path.read_text(encoding="utf-8"))
    data = path.with_suffix(".csv").read_text(encoding="utf-8")
    picture = path.with_suffix(".svg")
    svg = picture.read_text(encoding="utf-8") if picture.is_file() else ""
    return Record(item, data, svg)
