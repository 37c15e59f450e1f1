"""What a pack says, read from evidence.json and its data files, for every format."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from scrutiny_pack.evidence.data_files import read_csv
from scrutiny_pack.evidence.grid import Grid, grid
from scrutiny_pack.evidence.items import Item

EVIDENCE = "evidence.json"


@dataclass(frozen=True)
class Piece:
    """One evidence item with what stands in its cells.

    Attributes:
        item: the item.
        citation_short: its citation for a sentence or a footnote.
        text: its data file, as it is.
        data: its data file, read.
        grid: the cells as they are shown; a chart's are those of the table of its data.
        picture: a chart's SVG text; "" for other kinds.
    """

    item: Item
    citation_short: str
    text: str
    data: pd.DataFrame
    grid: Grid
    picture: str


@dataclass(frozen=True)
class Content:
    """A pack, as every format shows it.

    Attributes:
        pack: what evidence.json says of the pack as a whole (docs/evidence.schema.json).
        pieces: its items, in reading order.
    """

    pack: Mapping[str, Any]
    pieces: tuple[Piece, ...]

    def pieces_of(self, notebook: str) -> tuple[Piece, ...]:
        """The items that answer one question, in reading order."""
        return tuple(p for p in self.pieces if p.item.notebook == notebook)


def read_content(pack: Path) -> Content:
    """Read a pack.

    Args:
        pack: the folder of a pack, which need hold no more yet than evidence.json
            and what it names.
    """
    evidence = json.loads((pack / EVIDENCE).read_text(encoding="utf-8"))
    return Content(
        pack=evidence["pack"],
        pieces=tuple(_piece(pack, raw) for raw in evidence["items"]),
    )


def _piece(pack: Path, raw: Mapping[str, Any]) -> Piece:
    item = Item.model_validate(
        {name: value for name, value in raw.items() if name != "citation_short"}
    )
    text = (pack / item.data).read_text(encoding="utf-8")
    data = read_csv(text)
    picture = (pack / item.picture).read_text(encoding="utf-8") if item.picture else ""
    return Piece(
        item=item,
        citation_short=raw["citation_short"],
        text=text,
        data=data,
        grid=grid(data, item.layout),
        picture=picture,
    )
