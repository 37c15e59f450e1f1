"""What stands in every cell of a pack, read back from each of its formats.

One function a format, ``read_<format>(pack) -> {slug: rows of cell text}``, put into
[`READERS`][] by the name that ``FORMATS=`` has for it. Each reads the format itself and
nothing else, so that the formats are held against each other and not against the
code that wrote them; only slugs and numbers of items come from evidence.json.

A table's and a chart's rows are those of its table, cell by cell. A key figure is
one row of one cell: its amount, without the unit (see `amount`).
"""

import csv
import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import bs4
import docx
import openpyxl
from docx.oxml.ns import qn
from docx.table import Table as DocxTable

from scrutiny_pack.evidence.formatting import dates_in_words
from tests.formats.pdf_cells import sections

Rows = list[list[str]]
Cells = dict[str, Rows]

_AMOUNT = re.compile(
    r"-?\d[\d,]*(?:\.\d+)?|\[[a-z]\]|\bat least\b|\bup to\b|\bto\b|[()]"
)


def evidence_of(pack: Path) -> Any:
    return json.loads((pack / "evidence.json").read_text(encoding="utf-8"))


def words(text: str) -> str:
    """Text as it is read: any stretch of white space is one space."""
    return " ".join(text.split())


def amount(text: str) -> str:
    """A key figure without its unit: ``28.5 [p]`` of ``28.5% [p]``."""
    return " ".join(_AMOUNT.findall(text)).replace("( ", "(").replace(" )", ")")


# -- data files, with the layout that evidence.json gives ---------------------


def read_csv(pack: Path) -> Cells:
    found = {}
    for item in evidence_of(pack)["items"]:
        with (pack / item["data"]).open(encoding="utf-8", newline="") as file:
            records = list(csv.DictReader(file))
        rows = list(_laid_out(records, item["layout"]))
        if item["kind"] == "key_figure":
            rows = [[amount(rows[0][-1])]]
        found[item["slug"]] = rows
    return found


def _laid_out(
    records: Sequence[Mapping[str, str]], layout: Mapping[str, Any]
) -> Iterator[list[str]]:
    """The rows of a table: a row each, or spread from the long form."""
    columns = layout["columns"]
    is_list = all(column["is_text"] for column in columns)
    rows: dict[Any, list[Mapping[str, str]]] = {}
    for place, record in enumerate(records):
        name = place if is_list else tuple(record[c] for c in layout["rows"])
        rows.setdefault(name, []).append(record)
    for row in rows.values():
        figures = {tuple(r[c] for c in layout["spread"]): r for r in row}
        yield [
            _text_cell(row[0], column["key"][0])
            if column["is_text"]
            else _figure_cell(figures[tuple(column["key"])])
            for column in columns
        ]


def _text_cell(record: Mapping[str, str], name: str) -> str:
    text = record[name]
    if name == "as_at":
        text = dates_in_words(text)
    if name == "status":  # a letter stands in brackets wherever it is shown
        text = " ".join(f"[{letter}]" for letter in text.split())
    return words(text)


def _figure_cell(record: Mapping[str, str]) -> str:
    value, low, high = (_with_commas(record[name]) for name in ("value", "low", "high"))
    return _figure(value, low, high, [f"[{s}]" for s in record["status"].split()])


def _with_commas(digits: str) -> str:
    return f"{Decimal(digits):,}" if digits else ""


def _figure(value: str, low: str, high: str, marks: Sequence[str]) -> str:
    """A figure as it is printed, of its parts."""
    span = (
        f"{low} to {high}"
        if low and high
        else f"at least {low}"
        if low
        else f"up to {high}"
        if high
        else ""
    )
    figure = f"{value} ({span})" if value and span else value or span
    return " ".join(part for part in (figure, *marks) if part)


# -- pages ----------------------------------------------------------------------


def read_html(pack: Path) -> Cells:
    found = {}
    for question in evidence_of(pack)["pack"]["questions"]:
        if question["answered"]:
            page = (pack / question["page"]).read_text(encoding="utf-8")
            for figure in bs4.BeautifulSoup(page, "html.parser").select("figure[id]"):
                found[str(figure["id"])] = _of_figure(figure)
    return found


def _of_figure(figure: bs4.Tag) -> Rows:
    headline = figure.select_one(".headline")
    if headline:
        return [[amount(headline.get_text())]]
    table = figure.select_one("table")
    rows = [
        [words(cell.get_text()) for cell in row.find_all(["th", "td"])]
        for row in table.select("tbody tr")
    ]
    if table.find("thead"):
        return rows
    return [[cells[1] for cells in rows]]  # turned: a row for each column


# -- the spreadsheet ------------------------------------------------------------

_LOW, _HIGH, _STATUS = ", low end", ", high end", ", status"


def read_xlsx(pack: Path) -> Cells:
    book = openpyxl.load_workbook(pack / "evidence.xlsx", rich_text=False)
    slugs = {i["number"]: i["slug"] for i in evidence_of(pack)["items"]}
    found = {}
    for sheet in book.worksheets:
        number = str(sheet["A1"].value).partition(": ")[0]
        if number in slugs:
            found[slugs[number]] = _of_sheet(sheet)
        elif sheet.title == "Key figures":
            for row in _of_sheet(sheet):
                found[slugs[row[0]]] = [[amount(row[2])]]
    return found


def _of_sheet(sheet: Any) -> Rows:
    """The rows of a sheet's only table, with each figure put together again."""
    (table,) = sheet.tables.values()
    heading, *rows = sheet[table.ref]
    names = [str(cell.value) for cell in heading]
    return [list(_joined(dict(zip(names, row, strict=True)))) for row in rows]


def _joined(row: Mapping[str, Any]) -> Iterator[str]:
    names = list(row)
    beside = {n for n in names if n.endswith((_LOW, _HIGH, _STATUS))}
    figures = dict.fromkeys(_stem(name) for name in beside)
    done: set[str] = set()
    for name in names:
        stem = _stem(name) if name in beside else name
        if stem in done:
            continue
        done.add(stem)
        if stem in figures:
            yield _put_together(row, stem)
        else:
            yield shown(row[name])


def _stem(name: str) -> str:
    return re.sub(f"({_LOW}|{_HIGH}|{_STATUS})$", "", name)


def _put_together(row: Mapping[str, Any], stem: str) -> str:
    cells = {end: row.get(f"{stem}{end}") for end in ("", _LOW, _HIGH, _STATUS)}
    cells[""] = row.get(stem)
    texts = {
        end: shown(cell) if cell is not None else "" for end, cell in cells.items()
    }
    numbers = {
        end: texts[end] if cell is not None and _is_number(cell) else ""
        for end, cell in cells.items()
    }
    marks = texts[_STATUS].split()
    if not any(numbers.values()):
        marks = (texts[""] or texts[_LOW]).split()  # in the place of a number
    return _figure(numbers[""], numbers[_LOW], numbers[_HIGH], marks)


def _is_number(cell: Any) -> bool:
    return isinstance(cell.value, int | float)


def shown(cell: Any) -> str:
    """A cell as it is seen, a number by its format."""
    if not _is_number(cell):
        return words(str(cell.value or ""))
    decimals = len(cell.number_format.partition(".")[2])
    assert cell.number_format == f"#,##0{'.' * bool(decimals)}{'0' * decimals}"
    return f"{Decimal(repr(cell.value)).quantize(Decimal(1).scaleb(-decimals)):,}"


# -- the Word annex ---------------------------------------------------------------


def read_docx(pack: Path) -> Cells:
    """Captions in order, each with the table or the key figure that follows it."""
    annex = docx.Document(str(pack / "annex.docx"))
    items = {item["number"]: item for item in evidence_of(pack)["items"]}
    found: Cells = {}
    item: Any = None
    for part in annex.iter_inner_content():
        if isinstance(part, DocxTable):
            found[item["slug"]] = _of_table(part, len(item["layout"]["columns"]))
        elif part.style.name == "Caption":
            item = items[part.text.partition(": ")[0]]
        elif part.style.style_id == "KeyFigure":
            found[item["slug"]] = [[amount(part.text)]]
    return found


def _of_table(table: DocxTable, columns: int) -> Rows:
    rows = [[words(text) for text in _texts_of(row)] for row in table._tbl.tr_lst]
    if columns != len(rows[0]):  # turned: a row for each column
        return [[cells[1] for cells in rows]]
    return rows[1:]


def _texts_of(row: Any) -> Iterator[str]:
    """The text of each cell: python-docx's own way takes seconds for a long table."""
    for cell in row.tc_lst:
        yield "".join(text.text or "" for text in cell.iter(qn("w:t")))


# -- the PDF annex ----------------------------------------------------------------


def read_pdf(pack: Path) -> Cells:
    """Headings in order, each with the table or the key figure that its tags say.

    Spaces are not to be had from a PDF: a line that ends has none. So cells are
    `closed_up`, and compared with cells that are.
    """
    items = {item["number"]: item for item in evidence_of(pack)["items"]}
    found: Cells = {}
    for section in sections(pack / "annex.pdf"):
        heading = section.heading.removeprefix("Data of ")
        item = items.get(heading.partition(":")[0])
        if not item:
            continue
        if section.tables:
            found[item["slug"]] = _of_pdf(section.tables, item["layout"])
        elif item["kind"] == "key_figure":
            found[item["slug"]] = [[closed_up(_headline(section.first))]]
    return found


def _of_pdf(tables: Sequence[Rows], layout: Mapping[str, Any]) -> Rows:
    """The rows of a table, which may be in parts that name the rows again."""
    names = len(layout["rows"])
    first, *others = tables
    rows = [list(row) for row in first]
    for part in others:
        for row, more in zip(rows, part, strict=True):
            assert [closed_up(c) for c in more[:names]] == [
                closed_up(c) for c in row[:names]
            ]
            row.extend(more[names:])
    cells = [[closed_up(text) for text in row] for row in rows]
    if len(layout["columns"]) != len(cells[0]):  # turned: a row for each column
        return [[row[1] for row in cells]]
    return cells


def _headline(pieces: Sequence[str]) -> str:
    """The amount, which comes first, and the symbols after it."""
    number, *rest = pieces
    marks = itertools.takewhile(re.compile(r"( ?\[[a-z]\])+").fullmatch, rest)
    return amount(" ".join([number, *marks]))


def closed_up(text: str) -> str:
    """Text without spaces, and without hyphens in words, which a line's end may take."""
    return re.sub(r"[\s\u00ad\u200b\x02\ufffe]|(?<=[^\W\d])-(?=\w)", "", text)


READERS: Mapping[str, Callable[[Path], Cells]] = {
    "csv": read_csv,
    "html": read_html,
    "xlsx": read_xlsx,
    "docx": read_docx,
    "pdf": read_pdf,
}
