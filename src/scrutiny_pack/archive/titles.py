"""What each file of an archive is, in words, for whoever reads the list of files."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from scrutiny_pack.archive.layout import PACK, PROJECT, WHEELS

_PACK = {
    "index.html": "The contents page: begin here",
    "evidence.json": "Every evidence item with its definition, source and citation",
    "claims.json": "What the audit found of the figures that the report states",
    "validation.json": "What was checked of the inputs, and what was found",
    "manifest-sha256.txt": "The pack's own list of its files with their checksums",
    "evidence.xlsx": "The pack's tables as a workbook",
    "evidence.ods": "The pack's tables as an OpenDocument spreadsheet",
    "annex.pdf": "The pack as one document, to be printed or annexed to a report",
    "annex.docx": "The pack as one document, to be edited",
}
_PROJECT = {
    "CITATION.cff": "How to cite the software",
    "GLOSSARY.md": "What each word means",
    "LICENSE": "The licence of the software",
    "Makefile": "The commands, for the program make",
    "README.md": "What the software does, and how it is used",
    "bootstrap.py": "Sets up the software and runs a command",
    "environment.yml": "The software's packages, for users of conda",
    "pyproject.toml": "What the software is, and which packages it needs",
    "requirements.lock": "The packages a pack is made with, with their checksums",
    "requirements-lab.lock": "The packages for opening the notebooks by hand",
    "params/defaults.yaml": "Every parameter, with its default",
}


def item_titles(evidence: Mapping[str, Any]) -> dict[str, str]:
    """The titles of the files that belong to evidence items or answer a question.

    Args:
        evidence: what evidence.json says.

    Returns:
        By the file's path in the pack.
    """
    titles = {}
    for item in evidence["items"]:
        name = f"{item['number']}: {item['title']}"
        titles[item["data"]] = f"{name} (data)"
        titles[f"{item['data']}-metadata.json"] = f"{name} (what its columns mean)"
        if item["picture"]:
            titles[item["picture"]] = f"{name} (picture)"
    for question in evidence["pack"]["questions"]:
        name = f"notebooks/{question['notebook']}"
        titles[f"{name}.html"] = question["question"]
        titles[f"{name}.ipynb"] = f"{question['question']} (the executed notebook)"
    return titles


def title_of(path: str, of_items: Mapping[str, str]) -> str:
    """The title of one file.

    Args:
        path: its path in the payload.
        of_items: as `item_titles` gives them.
    """
    top, _, rest = path.partition("/")
    if top == PACK:
        return _PACK.get(rest) or of_items.get(rest) or f"Part of the pack: {rest}"
    if top == WHEELS:
        return f"The package {' '.join(rest.split('-')[:2])}"
    if top != PROJECT:
        return rest or top
    return _PROJECT.get(rest) or _in_project(PurePosixPath(rest))


def _in_project(path: PurePosixPath) -> str:
    stem = path.stem.removesuffix(".source")
    match path.parts:
        case ("data", "reference", *_):
            return f"Reference data: {path.name}"
        case ("data", "dfe", release, *_):
            return f"The DfE's statistics, release {release}: {path.name}"
        case ("data", _, _, "commentary.yaml"):
            return "What the council's analyst says of evidence items"
        case ("data", _, _, "documents", *_):
            return f"A source document: {path.name}"
        case ("data", *_) if path.name.endswith(".source.yaml"):
            return f"Where the figures of the dataset {stem} come from"
        case ("data", *_) if path.suffix == ".csv":
            return f"The dataset {stem}"
        case ("expectations", *_):
            return f"What is checked of the dataset {stem}"
        case ("notebooks", *_):
            what = "describes the notebook" if path.suffix == ".yaml" else "The notebook"
            return f"{what} {stem}".removeprefix("describes ").capitalize()
        case ("params", *_):
            return "The parameters that differ for this pack"
        case ("docs", *_):
            return f"About the software: {path.name}"
        case ("src", "scrutiny_pack", *rest):
            return f"The software: {'/'.join(rest)}"
    return path.name
