"""Whatever a dataset can hold goes into a workbook and comes back the same."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.imports.workbook_cells import SYMBOLS, clean, says_nothing
from scrutiny_pack.imports.workbook_file import read_workbook
from scrutiny_pack.imports.workbook_formats import number_text
from scrutiny_pack.imports.workbook_import import import_workbook
from scrutiny_pack.imports.workbook_layout import words_of
from scrutiny_pack.imports.workbook_report import Findings
from scrutiny_pack.imports.workbook_staging import csv_text
from scrutiny_pack.imports.workbook_tables import read_dataset
from scrutiny_pack.inputs.cells import CellError
from scrutiny_pack.inputs.schemas import dataset_names, dataset_schema
from scrutiny_pack.inputs.sources import read_source
from scrutiny_pack.inputs.supplied import supplied_datasets
from scrutiny_pack.observations import STATUS_WORDS
from scrutiny_pack.workspace import Workspace

from .filled_workbook import SOURCE, Filled

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(
    folder
    for folder in (ROOT / "data").glob("*/*")
    if folder.is_dir() and folder.parent.name != "reference"
)


def is_plain(text):
    """Whether a text is one that an import leaves as it is."""
    try:
        same = clean(text) == text
    except CellError:
        return False
    return (
        same
        and not says_nothing(text)
        and text.casefold() not in SYMBOLS
        and not text.startswith(("#", "Example: "))
        and not text.endswith("%")
    )


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=15
).filter(is_plain)
numbers = st.one_of(
    st.integers(-(10**14), 10**14).map(float),
    st.integers(-(10**9), 10**9).map(lambda number: number / 100),
)
dates = st.dates().map(lambda date: f"{date.year:04}-{date.month:02}-{date.day:02}")
periods = st.one_of(dates, dates.map(lambda date: date[:7]), dates.map(lambda d: d[:4]))


def cells(column):
    """Values that a column takes, as the cells of a sheet have them."""
    if column.choices:
        value = st.sampled_from(list(words_of(column)))
    elif column.type == "number":
        value = numbers
    elif column.type == "whole":
        value = st.integers(-(10**9), 10**9).map(float)
    elif column.type == "period":
        value = periods
    elif column.type == "status":
        value = st.lists(st.sampled_from("kurpe"), unique=True).map(" ".join)
    else:
        value = words
    return value if column.required else st.one_of(value, st.just(""))


@st.composite
def tables(draw):
    """A dataset, and rows of it that break no rule."""
    schema = dataset_schema(draw(st.sampled_from(dataset_names())))
    one = st.fixed_dictionaries({c.name: cells(c) for c in schema.columns})
    rows = draw(st.lists(one, min_size=1, max_size=5))
    for number, row in enumerate(rows):
        free = next(c for c in schema.keys if schema.column(c).type == "text")
        row[free] = f"{row[free]} {number}"
        row |= {name: "" for name in ("part_of", "within") if name in row}
        if schema.shape == "figures":
            row["value"] = draw(numbers)
            row |= {"low": "", "high": ""}
            if draw(st.booleans()):
                row |= {
                    "value": "",
                    "low": 1.0,
                    "high": draw(st.sampled_from([1.0, 2.5])),
                }
            elif draw(st.booleans()):
                row |= {"value": "", "status": draw(st.sampled_from(["x", "z e", "c"]))}
    return schema, rows


def expected(schema, rows):
    """The CSV file that the rows stand for."""
    texts = []
    for row in rows:
        text = {}
        for column in schema.columns:
            value = row[column.name]
            if isinstance(value, float):
                text[column.name] = number_text(value)
            else:
                text[column.name] = words_of(column).get(value, value)
        texts.append(text)
    return csv_text(schema, texts)


@settings(deadline=None, max_examples=100)
@given(table=tables())
def test_any_table_comes_back_as_it_was(tmp_path_factory, table):
    schema, rows = table
    filled = Filled(tmp_path_factory.mktemp("round") / "figures.xlsx")
    filled.dataset(schema.name, rows)
    (sheet,) = read_workbook(filled.close(), "figures.xlsx").sheets
    findings = Findings()
    read = read_dataset(sheet, schema, findings)
    assert findings == Findings()
    assert csv_text(schema, read.rows.values()) == expected(schema, rows)


def test_the_letters_of_the_status_are_those_that_are_drawn():
    assert set(STATUS_WORDS) == set("kurpe") | set("xzc")


# --- The councils' own data -------------------------------------------------------


def export(folder, path):
    """A workbook with the datasets and the sources of a folder, as they are there."""
    filled = Filled(path)
    filled.cover(folder.parent.name, folder.name)
    names = supplied_datasets(folder)
    sources = {}
    for name in names:
        schema = dataset_schema(name)
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for column in schema.columns:
                if column.type in ("number", "whole") and row[column.name]:
                    row[column.name] = float(row[column.name])
        filled.dataset(name, rows)
        source = read_source(folder / f"{name}.source.yaml", name)
        sources[name] = SOURCE | {
            "sheet": name,
            "title": source.title,
            "body": source.body,
            "kind": source.kind,
            "date": source.date,
            "how_read": source.how_read,
            "held": source.held,
            "licence": source.licence,
            "note": source.note,
            "checksum": source.document_sha256,
        }
    filled.sources(*sources.values())
    return filled.close()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_what_a_council_supplied_comes_back_as_it_was(folder, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    report = import_workbook(Workspace(ROOT, home), export(folder, tmp_path / "a.xlsx"))
    imported = home / "data" / folder.parent.name / folder.name
    assert set(report.rows) == set(supplied_datasets(folder))
    assert report.mended == report.left_out == ()
    for name in report.rows:
        file = f"{name}.csv"
        assert (imported / file).read_bytes() == (folder / file).read_bytes()
        ours = read_source(imported / f"{name}.source.yaml", name)
        theirs = read_source(folder / f"{name}.source.yaml", name)
        assert (ours.title, ours.date, ours.document_sha256, ours.note) == (
            theirs.title,
            theirs.date,
            theirs.document_sha256,
            theirs.note,
        )
