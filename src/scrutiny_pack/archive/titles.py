"""What each file of an archive is, in words, for whoever reads the list of files."""

import re
from collections.abc import Mapping
from typing import Any

from scrutiny_pack.archive.layout import PACK, PROJECT, WHEELS

_PACK = {
    "CITATION.cff": "How to cite the pack",
    "changes.csv": "Every value that differs from the pack that this one replaces",
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
    "requirements-cluster.lock": "The packages for making packs on several machines",
    "requirements-lab.lock": "The packages for opening the notebooks by hand",
    "params/defaults.yaml": "Every parameter, with its default",
}
_PATTERNS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"data/reference/(.+)", r"Reference data: \1"),
        (r"data/dfe/([^/]+)/(.+)", r"The DfE's statistics, release \1: \2"),
        (r"data/.+/commentary\.yaml", "What the council's analyst says of items"),
        (r"data/.+/documents/(.+)", r"A source document: \1"),
        (r"data/.+/corrections/(.+)", r"A correction of the pack: \1"),
        (
            r"data/.+/(.+)\.source\.yaml",
            r"Where the figures of the dataset \1 come from",
        ),
        (r"data/.+/(.+)\.csv", r"The dataset \1"),
        (
            r"expectations/(.+)-identities\.json",
            r"Which sums of the dataset \1 are checked",
        ),
        (r"expectations/(.+)\.json", r"What is checked of the dataset \1"),
        (
            r"notebooks/(.+)\.yaml",
            r"What the notebook \1 needs, and which items it makes",
        ),
        (r"notebooks/(.+)\.ipynb", r"The notebook \1, before it is run"),
        (r"params/.+", "The parameters that differ for this pack"),
        (r"docs/(.+)", r"About the software: \1"),
        (r"src/scrutiny_pack/(.+)", r"The software: \1"),
    )
)
"""What files of the project are, by their paths; the first that fits counts."""


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
    return _PROJECT.get(rest) or _in_project(rest)


def _in_project(path: str) -> str:
    for pattern, words in _PATTERNS:
        if match := pattern.fullmatch(path):
            return match.expand(words)
    return path
