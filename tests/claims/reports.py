"""Small evidence and claims for tests, and the councils' own as they are on disk."""

import os
from pathlib import Path

import pandas as pd

from scrutiny_pack.claims.audit import read_claims
from scrutiny_pack.claims.evidence import Evidence
from scrutiny_pack.claims.findings import Claim
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.inputs.tables import parse_table

PROJECT = Path(__file__).parents[2]
DATA = PROJECT / "data"
FOLDERS = sorted(path.parent for path in DATA.glob("*/*/claims.csv"))
SEEDS = Path(os.environ.get("SHARED", PROJECT.parent / "shared")) / "seeds"
NUMBERS = ("value", "low", "high")


def frame(rows: list[dict[str, object]], **every: str) -> pd.DataFrame:
    """Rows of figures with what they do not say filled in.

    ``printed`` gives the value and as_published at once; a row without it and
    without a value is a blank.
    """
    filled = []
    for row in rows:
        full: dict[str, object] = {
            "measure": "establishment",
            "basis": "headcount",
            "as_published": "",
            "status": "",
            "as_at": "2020-03-31",
            "nature": "actual",
            "paragraph": "4",
            "note": "",
            **every,
            **row,
        }
        printed = str(full.pop("printed", ""))
        if printed:
            plain = printed.strip("%").replace(",", "")
            negative = plain.startswith("(")
            full["as_published"] = printed
            full["value"] = float(plain.strip("()")) * (-1 if negative else 1)
        filled.append(
            {"value": float("nan"), "low": float("nan"), "high": float("nan"), **full}
        )
    return pd.DataFrame(filled)


def table(
    name: str, columns: dict[str, list[str]], units: list[tuple[str, str]], **every: str
) -> pd.DataFrame:
    """A published table as rows: for each unit (with what it is part of) each column.

    A column is named ``measure`` or ``measure basis``; a cell that is "" is a blank.
    """
    rows = []
    for at, (unit, part_of) in enumerate(units):
        for column, cells in columns.items():
            measure, _, basis = column.partition(" ")
            row: dict[str, object] = {
                "breakdown": name, "unit": unit, "part_of": part_of, "within": "",
                "measure": measure, "basis": basis or "headcount", "printed": cells[at],
            }  # fmt: skip
            if not cells[at]:
                row["status"] = "x"
            rows.append(row)
    return frame(rows, **every)


def evidence(**frames: pd.DataFrame) -> Evidence:
    return Evidence.of({name.replace("_", "-"): each for name, each in frames.items()})


def claim(printed: str, kind: str = "count", **others: str) -> Claim:
    return Claim(
        **{"id": "c1", "paragraph": "3", "claim": "Something", "kind": kind,
           "printed": printed, "as_at": "2020-03-31", **others}
    )  # fmt: skip


def council_frames(folder: Path) -> dict[str, pd.DataFrame]:
    """The datasets of one council and period, the claims among them."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        schema = dataset_schema(path.stem)
        found[path.stem], _ = parse_table(path.read_bytes(), schema, path.name)
    return found


def council(folder: Path) -> tuple[tuple[Claim, ...], Evidence]:
    frames = council_frames(folder)
    claims = read_claims(frames.pop("claims"))
    return claims, Evidence.of(frames)
