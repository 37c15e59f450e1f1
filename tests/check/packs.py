"""Small packs for the tests of the check, in memory and on disk."""

import hashlib
import json
from pathlib import Path

import pandas as pd

from scrutiny_pack.check.packs import CitedPack
from scrutiny_pack.evidence.data_files import read_csv, rounded_as_shown, to_csv
from scrutiny_pack.evidence.grid import grid
from scrutiny_pack.evidence.items import Column, Item, Layout
from scrutiny_pack.formats.content import Content, Piece
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import long_form

PACK = "northshire/2020-03-31"
UNITS = ("Team North", "Team South", "Team East", "Hospital", "All teams")


def piece(slug, number, title, rows, layout, kind="table", headline="", base=""):
    """An item from rows of figures, with its data as a pack holds it."""
    data = pd.DataFrame(
        [
            {
                "measure": "",
                "basis": "headcount",
                "value": float("nan"),
                "as_at": "2020-03-31",
            }
            | row
            for row in rows
        ]
    )
    data = long_form(data)
    text = to_csv(rounded_as_shown(data, layout))
    read = read_csv(text)
    folder = "charts" if kind == "chart" else "tables"
    item = Item(
        slug=slug, kind=kind, notebook="02-posts", position=1, title=title, subtitle="Northshire, 31 March 2020",
        unit="", basis="", definitions=(), denominator="", sources=(), notes=(), layout=layout,
        headline=headline, base=base, number=number, id=f"{PACK}/{slug}", data=f"{folder}/{slug}.csv",
        sha256=hashlib.sha256(text.encode()).hexdigest(), citation="",
    )  # fmt: skip
    short = f"Scrutiny evidence pack: Northshire Council, 31 March 2020, {number} ({PACK}/{slug})"
    return Piece(item, short, text, read, grid(read, layout), "")


def spread(rows, *columns):
    """A layout: columns that name rows, then (measure, basis, label, group, decimals)."""
    made = [
        *(Column(key=(name,), label=label, is_text=True) for name, label in rows),
        *(
            Column(
                key=(m, b),
                label=label,
                group=group,
                unit=measures()[m].unit,
                decimals=d,
            )
            for m, b, label, group, d in columns
        ),
    ]
    return Layout(
        rows=tuple(name for name, _ in rows),
        spread=("measure", "basis"),
        columns=tuple(made),
    )


POSTS = spread(
    [("unit", "Who")],
    *(
        (measure, basis, label, group, places)
        for basis, group, places in (("headcount", "Headcount", 0), ("fte", "FTE", 2))
        for measure, label in (
            ("establishment", "Establishment"), ("in_post", "In post"), ("vacancies", "Vacant"),
        )
    ),
)  # fmt: skip
RATES = spread(
    [("unit", "Who")],
    ("vacancy_rate_posts", "headcount", "Vacancies / posts (%)", "", 1),
)
LEAVERS = spread(
    [("year", "Year to 31 March")], ("leavers", "headcount", "Leavers", "", 0)
)
TURNOVER = spread(
    [("year", "Year to 31 March")],
    ("turnover_rate_published", "not stated", "Turnover (%)", "", 2),
)


def posts_rows(table):
    """Rows of the long form from ``{unit: {(measure, basis): value}}``."""
    return [
        {"unit": unit, "measure": measure, "basis": basis, "value": value,
         "level": "total" if unit == UNITS[-1] else "part"}
        for unit, figures in table.items()
        for (measure, basis), value in figures.items()
    ]  # fmt: skip


def rate_rows(table):
    return [
        {
            "unit": unit, "measure": "vacancy_rate_posts", "value": 100 * top / base, "numerator": top,
            "denominator": base, "level": "total" if unit == UNITS[-1] else "part",
        }
        for unit, (top, base) in table.items()
    ]  # fmt: skip


def series_rows(name, basis, values):
    return [
        {"year": f"31 March {2018 + at}", "measure": name, "basis": basis, "value": value,
         "as_at": f"{2018 + at}-03-31"}
        for at, value in enumerate(values)
    ]  # fmt: skip


TABLE = {
    "Team North": (12, 9, 11.35, 8.40), "Team South": (17, 11, 16.20, 10.65),
    "Team East": (8, 7, 7.60, 6.60), "Hospital": (23, 20, 21.75, 19.00), "All teams": (60, 47, 56.90, 44.65),
}  # fmt: skip


def small_content(changes=None):
    """A pack of four tables and a key figure; ``changes`` are other headcounts."""
    table = {unit: list(figures) for unit, figures in TABLE.items()}
    for unit, (posts, staff) in (changes or {}).items():
        table[unit][:2] = [posts, staff]
    figures = {
        unit: {
            ("establishment", "headcount"): a, ("in_post", "headcount"): b, ("vacancies", "headcount"): a - b,
            ("establishment", "fte"): c, ("in_post", "fte"): d, ("vacancies", "fte"): round(c - d, 2),
        }
        for unit, (a, b, c, d) in table.items()
    }  # fmt: skip
    rates = {unit: (a - b, a) for unit, (a, b, *_) in table.items()}
    vacant, posts = rates["All teams"]
    pieces = (
        piece("vacancy-rate", "Key figure 1", "Vacancy rate, vacancies as a share of posts", rate_rows({"All teams": rates["All teams"]}),
              RATES, "key_figure", f"{100 * vacant / posts:.1f}%", f"{vacant} of {posts}, headcount"),
        piece("posts", "Table 1", "Posts in five rows", posts_rows(figures), POSTS),
        piece("vacancy-rates", "Table 2", "Vacancy rates by team", rate_rows(rates), RATES),
        piece("leavers", "Table 3", "Leavers fell", series_rows("leavers", "headcount", [14, 1234, 9]), LEAVERS),
        piece("turnover", "Table 4", "Turnover as published", series_rows("turnover_rate_published", "not stated", [29.51, 26.73, 20.21]), TURNOVER),
    )  # fmt: skip
    return Content(pack=ABOUT, pieces=pieces)


ABOUT = {
    "format": "1", "id": PACK, "title": "Scrutiny evidence pack: Northshire Council, 31 March 2020",
    "council": "northshire", "authority": "Northshire Council", "period": "2020-03-31",
    "period_in_words": "31 March 2020", "citation": "Scrutiny evidence pack: Northshire Council, 31 March 2020.",
    "standing": {"is_draft": True, "words": "Draft: not yet checked", "checked_by": "", "checked_on": ""},
}  # fmt: skip


def small_pack(**others):
    return CitedPack(PACK, small_content(), **others)


def write_pack(folder: Path, content: Content) -> Path:
    """A pack on disk: evidence.json and the data files that it names."""
    for each in content.pieces:
        path = folder / each.item.data
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(each.text, encoding="utf-8")
    items = [
        each.item.model_dump(mode="json") | {"citation_short": each.citation_short}
        for each in content.pieces
    ]
    text = json.dumps({"pack": content.pack, "items": items})
    (folder / "evidence.json").write_text(text, encoding="utf-8")
    return folder
