"""Write the embedded comparators, the statistical neighbours and the revisions.

    python tools/comparators.py FOLDER

FOLDER holds the Department's files, under the names that
data/reference/dfe-releases.yaml gives, and the two models of statistical neighbours,
under the names that they are published with. Writes comparators.csv, distribution.csv,
neighbours.csv, revisions.csv and their source sidecars to data/reference/. The same files give the
same bytes.
"""

import hashlib
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import yaml

from scrutiny_pack.dfe.comparators import (
    BEFORE_THE_SERIES,
    in_order,
    shortest,
    tidy,
    write_extract,
)
from scrutiny_pack.dfe.distribution import of_release
from scrutiny_pack.dfe.neighbours import MODELS, neighbours_of, parse_model
from scrutiny_pack.dfe.obtain import write_whole
from scrutiny_pack.dfe.reading import read_release
from scrutiny_pack.dfe.register import Register, read_register
from scrutiny_pack.dfe.releases import read_releases
from scrutiny_pack.dfe.revisions import revisions

RELEASE = "2025"
OLDER = "2024"
COUNCILS = ("buckinghamshire", "darlington", "dorset", "herefordshire", "leeds")
MODEL_FILES = {
    "2021": "New_Statistical_Neighbour_Groupings_April_2021.csv",
    "2025": "sn_model_2025_wide.csv",
}
NEIGHBOURS_AT = (date(2018, 9, 30), date(2025, 9, 30))
LICENCE = "Open Government Licence v3.0"


def main(folder: Path, reference: Path) -> None:
    """Write the files and their sidecars."""
    register = read_register(reference)
    neighbours = write_neighbours(folder, reference, register)
    write_comparators(folder, reference, register, neighbours)
    write_revisions(folder, reference, register)


def write_neighbours(folder: Path, reference: Path, register: Register) -> pd.DataFrame:
    """Write neighbours.csv from the two models."""
    raws = {model: (folder / MODEL_FILES[model]).read_bytes() for model in MODELS}
    table = pd.concat([parse_model(raws[model], model, register) for model in MODELS])
    write(reference / "neighbours.csv", table.to_csv(index=False, lineterminator="\n"))
    hashes = ", ".join(f"{MODEL_FILES[m]} {sha256(raws[m])}" for m in MODELS)
    source = {
        "title": "Children's services statistical neighbours, models of 2021 and 2025",
        "body": "Department for Education",
        "kind": "official reference data",
        "date": "not stated",
        "how_read": "Read from the Department's two files by tools/comparators.py.",
        "document_sha256": sha256(raws["2025"]),
        "held": "Department for Education",
        "licence": LICENCE,
        "note": (
            "A row for each council and neighbour; rank 1 is the nearest. The models "
            "list the councils of joint returns apart, and that of 2021 also councils "
            f"that had ended (835, 836, 837 and 928). SHA-256 of the files: {hashes}."
        ),
    }
    write_source(reference / "neighbours.source.yaml", source)
    return table


def write_comparators(
    folder: Path, reference: Path, register: Register, neighbours: pd.DataFrame
) -> None:
    """Write comparators.csv from the releases."""
    areas = [slug for slug, area in register.areas.items() if "region" in area.kind]
    areas = ["england", *areas, *COUNCILS]
    for council in COUNCILS:
        for model in MODELS:
            for when in NEIGHBOURS_AT:
                areas += neighbours_of(neighbours, register, council, model, when)
    order = [slug for slug in register.areas if slug in set(areas)]
    releases = read_releases(reference)
    parts, hashes = [], []
    for name in (*BEFORE_THE_SERIES, RELEASE):
        raw = (folder / releases[name].file).read_bytes()
        parts.append(tidy(read_release(raw, name, releases[name].file), register))
        hashes.append(f"{releases[name].title}: {releases[name].file} {sha256(raw)}")
    rows = pd.concat(parts, ignore_index=True)
    rows = in_order(rows[rows["area"].isin(order)], order)
    write(reference / "comparators.csv", write_extract(rows))
    placed = pd.concat([of_release(part, register) for part in parts])
    text = placed.to_csv(index=False, lineterminator="\n")
    write(reference / "distribution.csv", text)
    source = {
        "title": "Children's social work workforce, releases 2015, 2016 and 2025",
        "body": "Department for Education",
        "kind": "official statistics",
        "date": "not stated",
        "how_read": "Read from the Department's three files by tools/comparators.py.",
        "document_sha256": sha256((folder / releases[RELEASE].file).read_bytes()),
        "held": releases[RELEASE].page,
        "licence": LICENCE,
        "note": (
            "England, the regions, five councils and their statistical neighbours by "
            "both models. The column source is the beginning of the file's SHA-256. "
            f"{'; '.join(hashes)}."
        ),
    }
    write_source(reference / "comparators.source.yaml", source)


def write_revisions(folder: Path, reference: Path, register: Register) -> None:
    """Write revisions.csv: what changed from the release before."""
    releases = read_releases(reference)
    older, newer = (
        read_release((folder / releases[n].file).read_bytes(), n, releases[n].file)
        for n in (OLDER, RELEASE)
    )
    changed = revisions(older, newer, register).changed
    changed.insert(0, "older", OLDER)
    changed.insert(1, "newer", RELEASE)
    for column in ("value_before", "value"):
        changed[column] = shortest(changed[column])
    write(reference / "revisions.csv", changed.to_csv(index=False, lineterminator="\n"))
    source = {
        "title": "Children's social work workforce, reporting years 2024 and 2025",
        "body": "Department for Education",
        "kind": "official statistics",
        "date": "not stated",
        "how_read": "The two files compared, cell by cell, by tools/comparators.py.",
        "document_sha256": newer.sha256,
        "held": releases[RELEASE].page,
        "licence": LICENCE,
        "note": (
            "The figures that differ between the two releases. SHA-256 of the older "
            f"file: {older.sha256}."
        ),
    }
    write_source(reference / "revisions.source.yaml", source)


def write_source(path: Path, source: dict[str, str]) -> None:
    """Write a source sidecar."""
    text = yaml.safe_dump(source, sort_keys=False, allow_unicode=True, width=100)
    write(path, text)


def write(path: Path, text: str) -> None:
    """Write a text file whole."""
    write_whole(path, text.encode("utf-8"))


def sha256(raw: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).resolve().parents[1] / "data" / "reference")
