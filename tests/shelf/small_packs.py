"""Packs of a test's own, as files in memory: an evidence.json and what it names."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

POSTS = (
    "unit,measure,basis,value,low,high,numerator,denominator,as_published,status,note\n"
    "Team A,vacancies,headcount,8.00,,,,,8,,\n"
    "Team A,posts,headcount,20.00,,,,,20,,\n"
    "Team B,vacancies,headcount,,,,,,-,x,not read\n"
    "Team B,posts,headcount,12.00,,,,,12,,\n"
)

LEFT_OUT = "team,reason\nNorth,Merged in 2015\nSouth,No figures\n"


CORRECTED = POSTS.replace("8.00,,,,,8,", "6.00,,,,,6,")


def item(slug: str, data: str, **differs: Any) -> dict[str, Any]:
    """An item of evidence.json, with as many fields as the comparison knows of."""
    rows = ["unit"] if "measure" in data.partition("\n")[0] else ["team"]
    made = {
        "slug": slug,
        "kind": "table",
        "title": f"What {slug} shows",
        "notes": ["Counted by hand.", "As printed."],
        "layout": {
            "rows": rows,
            "spread": ["measure", "basis"] if rows == ["unit"] else [],
            "columns": [{"key": ["unit"], "label": "Unit"}],
        },
        "number": "Table 1",
        "data": f"tables/{slug}.csv",
        "sha256": hashlib.sha256(data.encode()).hexdigest(),
    }
    made["citation"] = f"Table 1. Data: sha256 {str(made['sha256'])[:12]}."
    return made | differs


def pack(
    tables: Mapping[str, str] | None = None,
    *,
    about: Mapping[str, Any] | None = None,
    items: Mapping[str, Mapping[str, Any]] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """The files of a pack.

    Args:
        tables: the data file of each item, by slug.
        about: what the pack says of itself otherwise.
        items: what an item says otherwise, by slug.
        files: further files.
    """
    tables = {"posts": POSTS, "left-out": LEFT_OUT} if tables is None else tables
    evidence = {
        "pack": {
            "format": "1",
            "id": "darlington/2016-07-31",
            "software": {"name": "scrutiny-pack", "version": "0.1.0"},
            "questions": [{"notebook": "02-posts", "answered": True}],
        }
        | dict(about or {}),
        "items": [
            item(slug, data, **(items or {}).get(slug, {}))
            for slug, data in tables.items()
        ],
    }
    return {
        "evidence.json": json.dumps(evidence, indent=1).encode(),
        "index.html": b"<h1>Posts</h1>\n<p>As printed.</p>\n",
        **{f"tables/{slug}.csv": data.encode() for slug, data in tables.items()},
        **(files or {}),
    }


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files of a pack into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def final(
    files: Mapping[str, bytes] | None = None, *, is_draft: bool = False, **standing: Any
) -> dict[str, bytes]:
    """A pack as final (or a draft, after all), with its manifest."""
    made = dict(pack() if files is None else files)
    evidence = json.loads(made["evidence.json"])
    words = "Draft: not yet checked" if is_draft else "Final: checked by the Officer"
    evidence["pack"]["standing"] = {"is_draft": is_draft, "words": words} | standing
    made["evidence.json"] = json.dumps(evidence, indent=1).encode()
    lines = [
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(made.items())
        if name != "manifest-sha256.txt"
    ]
    return made | {"manifest-sha256.txt": "".join(lines).encode()}
