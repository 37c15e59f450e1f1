"""Small tables for tests: what a test does not say is filled in."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd

from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.inputs.tables import parse_table

ROOT = Path(__file__).parents[2]
SUITES = ROOT / "expectations"

SOURCE = """\
title: Sufficiency of social workers
body: A council
kind: report to a scrutiny committee
date: 2016-09-06
how_read: Read by hand from the text of the report, as printed.
document_sha256: not stated
held: The council's scrutiny support unit
licence: not stated
"""

_USUAL = {
    "breakdown": "Teams",
    "unit": "Team A",
    "unit_kind": "team",
    "band": "all",
    "stage": "registered",
    "measure": "in_post",
    "basis": "headcount",
    "as_at": "2016-07-31",
    "nature": "actual",
    "paragraph": "22",
}


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a table that is drawn with ``|`` between its columns."""
    header, *rows = (
        [cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()
    )
    return [dict(zip(header, row, strict=True)) for row in rows]


def csv_text(dataset: str, rows: list[dict[str, str]]) -> str:
    """A CSV file of a dataset, with the usual words where a row says nothing."""
    columns = dataset_schema(dataset).column_names
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        usual = {name: word for name, word in _USUAL.items() if name in columns}
        writer.writerow(usual | row)
    return file.getvalue()


def table(dataset: str, text: str) -> pd.DataFrame:
    """The table that a dataset's file with these rows gives."""
    raw = csv_text(dataset, rows_of(text)).encode()
    frame, _ = parse_table(raw, dataset_schema(dataset), f"{dataset}.csv")
    return frame


def write_dataset(folder: Path, dataset: str, text: str, source: str = SOURCE) -> None:
    """Put a dataset and its source into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    content = csv_text(dataset, rows_of(text))
    (folder / f"{dataset}.csv").write_bytes(content.encode())
    (folder / f"{dataset}.source.yaml").write_bytes(source.encode())


def run_python(code: str) -> str:
    """What a fresh interpreter prints."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    environment.pop("GX_ANALYTICS_ENABLED", None)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.strip()
