"""Whether the pages show what the data files hold: every figure, read back.

Nothing here uses the code that made the pages: numbers are read from the pages and
from the CSV files, and compared as numbers. So an older archive is judged by what it
shows, whatever the pages look like today.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from scrutiny_pack.archive.agreement_checks import read_json
from scrutiny_pack.archive.bag import PAYLOAD
from scrutiny_pack.archive.layout import PACK
from scrutiny_pack.archive.opening import Opened
from scrutiny_pack.archive.page_items import ShownItem, shown_items
from scrutiny_pack.errors import PeriodError
from scrutiny_pack.periods import Period

_NUMBER = re.compile(r"(?<![\w.,])-?\d[\d,]*(?:\.\d+)?|(?<=[£(])-?\d[\d,]*(?:\.\d+)?")
_ANY_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SYMBOL = re.compile(r"\[([a-z])\]")
_LINE = re.compile(r" A line marks [^.]*(?:\.\d[^.]*)*\.$")
_BARS = re.compile(r"\b\d+ bars, ")
_ALL_SAID = 24
"""A chart of no more figures says all of them in words; a larger one sums them up."""

_VALUES = ("value", "low", "high")
_BASES = ("numerator", "denominator")

Record = Mapping[str, str]
Item = Mapping[str, Any]


def check_figures(archive: Opened) -> Iterator[str]:
    """What the pages and executed notebooks show that the data files do not hold."""
    items = read_json(archive, f"{PACK}/evidence.json")["items"]
    by_notebook: dict[str, list[Item]] = {}
    for item in items:
        by_notebook.setdefault(item["notebook"], []).append(item)
    for notebook, own in by_notebook.items():
        html = f"{PACK}/notebooks/{notebook}.html"
        executed = f"{PACK}/notebooks/{notebook}.ipynb"
        on_page = shown_items(archive.text(f"{PAYLOAD}{html}"))
        in_notebook = _of_notebook(read_json(archive, executed))
        for item in own:
            data = _records(archive, item)
            for where, shown in ((html, on_page), (executed, in_notebook)):
                if item["slug"] not in shown:
                    yield f"{where}: {_name(item)} is not shown"
                    continue
                for wrong in compare(item, shown[item["slug"]], data):
                    yield f"{where}: {_name(item)}, {wrong}"
        for slug in sorted(set(on_page) - {item["slug"] for item in own}):
            yield f"{html}: it shows an item '{slug}' that evidence.json does not list"


def compare(item: Item, shown: ShownItem, data: Sequence[Record]) -> Iterator[str]:
    """What one item shows that its data file does not hold.

    Args:
        item: what evidence.json says of it.
        shown: the item as a page shows it.
        data: the rows of its data file.
    """
    if item["title"] not in shown.title:
        yield f"the title is {shown.title!r}, and evidence.json has {item['title']!r}"
    if item["kind"] == "key_figure":
        yield from _headline(item, shown, data)
        return
    yield from _cells(item["layout"], shown, data)
    if item["kind"] == "chart":
        yield from _alt(item, shown, data)


def _headline(item: Item, shown: ShownItem, data: Sequence[Record]) -> Iterator[str]:
    if len(data) != 1:
        yield f"its data file has {len(data)} rows, and a key figure has one"
        return
    row = data[0]
    for where, text in (("page", shown.headline), ("evidence.json", item["headline"])):
        without_unit = text.replace(item["unit"], "") if item["unit"] else text
        if _numbers(without_unit) != _values(row) or _symbols(text) != _status(row):
            yield f"the {where} shows {text!r}, and the data file has {_said(row)}"
    held = {Decimal(row[name]) for name in _BASES if row.get(name)}
    for text in (shown.base, item["base"]):
        strange = [n for n in _numbers(text) if held and n not in held]
        if strange:
            yield f"it is counted against {text!r}, and the data file has another base"


def _cells(
    layout: Mapping[str, Any], shown: ShownItem, data: Sequence[Record]
) -> Iterator[str]:
    rows: dict[tuple[str, ...], list[Record]] = {}
    for record in data:
        key = tuple(record.get(name, "") for name in layout["rows"])
        rows.setdefault(key, []).append(record)
    cells = shown.cells
    if len(cells) != len(rows):
        yield f"{len(cells)} rows are shown, and the data file has {len(rows)}"
        return
    for texts, (key, records) in zip(cells, rows.items(), strict=True):
        if len(texts) != len(layout["columns"]):
            yield f"the row {key[0]!r} has {len(texts)} cells, not {len(layout['columns'])}"
            continue
        figures = {
            tuple(r.get(name, "") for name in layout["spread"]): r for r in records
        }
        for text, column in zip(texts, layout["columns"], strict=True):
            where = f"row {key[0]!r}, column {column['label']!r}"
            if column["is_text"]:
                name = column["key"][0]
                held = records[0].get(name, "")
                letters = _symbols_of(held) if name == "status" else _plain(held)
                if text not in {_plain(held), letters, _dates_in_words(held)}:
                    yield f"{where}: {text!r} is shown, and the data file has {held!r}"
                continue
            row = figures.get(tuple(column["key"]))
            if row is None:
                yield f"{where}: {text!r} is shown, and the data file has no figure"
            elif _numbers(text) != _values(row) or _symbols(text) != _status(row):
                yield f"{where}: {text!r} is shown, and the data file has {_said(row)}"


def _alt(item: Item, shown: ShownItem, data: Sequence[Record]) -> Iterator[str]:
    """Whether a chart's words are the same everywhere, with the data file's numbers."""
    alt = _plain(item["alt"])
    if shown.alt != alt:
        yield f"the picture's words are not those of evidence.json: {_apart(shown.alt, alt)}"
    held: set[Decimal | int] = set()
    for record in data:
        for name, cell in record.items():
            held.update(_any_numbers(cell))
            if name == "as_at":
                held.update(_any_numbers(_dates_in_words(cell)))
    # A line that is drawn across a chart is not in its data file; how many bars there
    # are, the file does not say either, but it has a row for each.
    held.update(range(len(data) + 1) if _BARS.search(alt) else ())
    said = Counter(_any_numbers(_LINE.sub("", alt)))
    words = set(_any_numbers(item["subtitle"])) | {
        n for note in item["notes"] for n in _any_numbers(note)
    }
    for figure in said:
        if figure not in held | words:
            yield f"the picture's words say {figure:,}, which the data file does not hold"
    values = Counter(n for record in data for n in map(abs, _values(record)))
    if len(data) <= _ALL_SAID:
        for figure, count in values.items():
            if said[figure] < count:
                yield (
                    f"the data file has {figure:,} {count} times, and the picture's "
                    f"words say it {said[figure]} times"
                )


def _of_notebook(notebook: Any) -> dict[str, ShownItem]:
    """The items that an executed notebook shows."""
    shown: dict[str, ShownItem] = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            html = output.get("data", {}).get("text/html", "")
            shown |= shown_items("".join(html))
    return shown


def _records(archive: Opened, item: Item) -> list[Record]:
    text = archive.text(f"{PAYLOAD}{PACK}/{item['data']}")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _values(row: Record) -> list[Decimal]:
    return [Decimal(row[name]) for name in _VALUES if row.get(name)]


def _status(row: Record) -> list[str]:
    return row.get("status", "").split()


def _numbers(text: str) -> list[Decimal]:
    found = _NUMBER.findall(_SYMBOL.sub("", text))
    return [Decimal(number.replace(",", "")) for number in found]


def _any_numbers(text: str) -> list[Decimal]:
    return [Decimal(n.replace(",", "")) for n in _ANY_NUMBER.findall(text)]


def _symbols(text: str) -> list[str]:
    return _SYMBOL.findall(text)


def _said(row: Record) -> str:
    parts = [f"{name} {row[name]}" for name in (*_VALUES, "status") if row.get(name)]
    return ", ".join(parts) or "nothing"


def _symbols_of(status: str) -> str:
    """Status letters as pages print them: ``[p] [r]``."""
    return " ".join(f"[{letter}]" for letter in status.split())


def _dates_in_words(cell: str) -> str:
    try:
        return "; ".join(
            Period.parse(part).in_words for part in cell.split("; ") if part
        )
    except PeriodError:
        return cell


def _plain(text: str) -> str:
    return " ".join(text.split())


def _apart(first: str, second: str) -> str:
    """Two texts from shortly before they differ."""
    same = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
    start = max(0, same - 20)
    return f"{first[start : same + 20]!r} and {second[start : same + 20]!r}"


def _name(item: Item) -> str:
    return f"{item['number']} ({item['slug']})"
