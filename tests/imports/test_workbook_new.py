"""A new council: its workbook, its parameters, and the way from there to data."""

import io
import re
import zipfile
from collections import Counter

import pytest
import yaml

from scrutiny_pack.errors import CouncilError, InputFileError, OutputError, PeriodError
from scrutiny_pack.imports.workbook_file import read_workbook
from scrutiny_pack.imports.workbook_import import import_workbook
from scrutiny_pack.imports.workbook_layout import (
    SOURCE_COLUMNS,
    alike,
    guidance,
    heading,
    sheet_name,
    words_of,
    workbook_datasets,
)
from scrutiny_pack.imports.workbook_new import new_council, params_text
from scrutiny_pack.imports.workbook_template import template
from scrutiny_pack.inputs.councils import Council
from scrutiny_pack.inputs.schemas import dataset_names, dataset_schema
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace

from .filled_workbook import fill_in
from .test_workbook_import import ROOT, files

SCHEMAS = [dataset_schema(name) for name in workbook_datasets()]
COUNCIL = Council("leeds", "Leeds City Council", None, None, "", "", "", "")
PERIOD = Period.parse("2016-07-31")
WORKBOOK = "workbooks/leeds-2016-07-31.xlsx"


@pytest.fixture
def workspace(tmp_path):
    return Workspace(ROOT, tmp_path)


@pytest.fixture(scope="module")
def raw():
    return template(COUNCIL, PERIOD, SCHEMAS)


@pytest.fixture
def sheets(raw, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(raw)
    found = read_workbook(path, "template.xlsx").sheets
    return {sheet.name: sheet for sheet in found}


def texts(sheet, row):
    return [cell.value for cell in sheet.rows[row].values()]


# --- The template -----------------------------------------------------------------


def test_the_same_bytes_every_time(raw):
    assert template(COUNCIL, PERIOD, SCHEMAS) == raw


def test_nothing_in_the_file_depends_on_the_machine(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for member in archive.infolist():
            assert member.date_time == (1980, 1, 1, 0, 0, 0)
            assert member.compress_type == zipfile.ZIP_STORED
            assert (member.create_system, member.external_attr) == (3, 0o644 << 16)
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d{2}-\d{2}T[0-9:]+Z", core)) == {
        "2000-01-01T00:00:00Z"
    }


def test_one_sheet_a_dataset(sheets):
    datasets = [sheet_name(schema.name) for schema in SCHEMAS]
    assert list(sheets) == ["Start here", "Sources", *datasets, "Lists"]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_the_sheet_of_a_dataset(schema, sheets):
    sheet = sheets[sheet_name(schema.name)]
    assert texts(sheet, 1) == [schema.title]
    assert texts(sheet, 4) == [guidance(column) for column in schema.columns]
    assert texts(sheet, 5) == [heading(name) for name in schema.column_names]
    assert max(sheet.rows) == 6
    assert len([t for t in texts(sheet, 6) if str(t).startswith("Example: ")]) >= 2


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_names_and_headings_tell_things_apart(schema):
    name = sheet_name(schema.name)
    assert len(name) <= 31  # as many as Excel allows
    assert not re.search(r"[\[\]:*?/\\]", name)
    for columns in (schema.columns, SOURCE_COLUMNS):
        headings = Counter(alike(heading(column.name)) for column in columns)
        assert set(headings.values()) == {1}
    for column in schema.columns:
        words = words_of(column)
        known = {word.casefold() for word in words} | set(words.values())
        assert len(set(words.values())) == len(words)
        assert all(known)
        if column.choices:
            assert set(words.values()) == set(column.choices)
    assert set(schema.example) <= set(schema.column_names)


def test_a_dataset_that_only_an_import_writes_has_no_sheet(sheets):
    only_imported = set(dataset_names()) - set(workbook_datasets())
    assert only_imported == {"census-workforce", "weekly-caseloads"}
    assert "Census workforce" not in sheets


def sheet_parts(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.startswith("xl/worksheets/sheet")
        }


def test_it_can_be_read_aloud(raw):
    """The guidance on accessible spreadsheets: nothing merged, frozen or hidden."""
    for part in sheet_parts(raw).values():
        for unwanted in ("mergeCell", "<pane", "hidden=", "activeCell="):
            assert unwanted not in part


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_drop_down_lists_offer_what_the_column_takes(schema, raw, sheets):
    number = list(sheets).index(sheet_name(schema.name)) + 1
    part = sheet_parts(raw)[f"xl/worksheets/sheet{number}.xml"]
    offered = {}
    for place, formula in re.findall(
        r'<dataValidation type="list".*?sqref="([A-Z]+)6:[A-Z]+2006">'
        r"<formula1>Lists!(\$[A-Z]+\$6(?::\$[A-Z]+\$\d+)?)</formula1>",
        part,
    ):
        _, letters, *first, last = re.split(r"\$|:\$", formula)
        first = first[0] if first else last
        position = column_number(letters)
        offered[column_number(place)] = [
            sheets["Lists"].rows[row][position].value
            for row in range(int(first), int(last) + 1)
        ]
    assert offered == {
        position: list(words_of(column))
        for position, column in enumerate(schema.columns, 1)
        if words_of(column)
    }


def column_number(letters):
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


# --- make new ---------------------------------------------------------------------


def test_what_is_made(workspace):
    made = new_council(workspace, "leeds", "2016-07-31")
    assert sorted(files(workspace)) == ["params/leeds/2016-07-31.yaml", WORKBOOK]
    assert made.lines("../ours") == [
        f"../ours/{WORKBOOK} is the workbook of Leeds City Council: fill it in, save and "
        "close it",
        "../ours/params/leeds/2016-07-31.yaml has parameters; nothing in it needs to be "
        "changed",
        f"Next: make import WORKBOOK=../ours/{WORKBOOK} WORKSPACE=../ours",
    ]
    assert workspace.councils_with_data() == []  # until it has data


@pytest.mark.parametrize(
    ("council", "period", "error", "words"),
    [
        ("leads", "2016", CouncilError, "'leads' is not a council.*Did you mean leeds"),
        ("", "2016", CouncilError, "no council was given"),
        ("leeds", "July", PeriodError, "'July' is not a period"),
    ],
)
def test_a_council_or_a_period_that_is_none(workspace, council, period, error, words):
    with pytest.raises(error, match=words):
        new_council(workspace, council, period)
    assert not files(workspace)


def test_a_workbook_is_never_written_over_unasked(workspace):
    new_council(workspace, "leeds", "2016-07-31")
    path = workspace.home / WORKBOOK
    path.write_bytes(b"filled in")
    with pytest.raises(OutputError, match="is there already: fill it in, or add REPL"):
        new_council(workspace, "leeds", "2016-07-31")
    assert path.read_bytes() == b"filled in"


def test_a_workbook_that_is_replaced_is_kept(workspace):
    new_council(workspace, "leeds", "2016-07-31")
    path = workspace.home / WORKBOOK
    empty = path.read_bytes()
    for number in (1, 2):
        path.write_bytes(f"filled in {number}".encode())
        made = new_council(workspace, "leeds", "2016-07-31", replace_workbook=True)
        assert made.replaced == f"workbooks/leeds-2016-07-31.replaced-{number}.xlsx"
        assert path.read_bytes() == empty
    kept = [path.with_stem(f"{path.stem}.replaced-{n}").read_bytes() for n in (1, 2)]
    assert kept == [b"filled in 1", b"filled in 2"]


def test_parameters_that_are_there_are_left_as_they_are(workspace):
    file = workspace.params_file("leeds", PERIOD)
    file.parent.mkdir(parents=True)
    file.write_text("retention_payment: 100\n", encoding="utf-8")
    made = new_council(workspace, "leeds", "2016-07-31")
    assert made.params_kept
    assert file.read_text(encoding="utf-8") == "retention_payment: 100\n"


def test_the_parameters_are_all_there_and_none_is_set(workspace):
    new_council(workspace, "leeds", "2016-07-31")
    text = workspace.params_file("leeds", PERIOD).read_text(encoding="utf-8")
    defaults = yaml.safe_load(workspace.defaults_file.read_text(encoding="utf-8"))
    assert yaml.safe_load(text) is None
    assert text.startswith("# Parameters of Leeds City Council, 31 July 2016.\n")
    uncommented = re.sub(r"^# (?=[a-z_]+:|  )", "", text, flags=re.MULTILINE)
    assert yaml.safe_load(uncommented) == defaults


def test_no_parameters_at_all():
    assert yaml.safe_load(params_text("# nothing\n", "Leeds, 2016")) is None


# --- From make new to data --------------------------------------------------------


def test_the_template_as_it_is_has_nothing_to_import(workspace):
    new_council(workspace, "leeds", "2016-07-31")
    with pytest.raises(InputFileError) as error:
        import_workbook(workspace, workspace.home / WORKBOOK)
    assert str(error.value).splitlines()[1:] == [
        "  Start here: no sheet has a row of figures; fill one in, below its headings"
    ]


def test_from_the_template_to_data(workspace):
    """As a new user would, in the cells of the template itself."""
    new_council(workspace, "leeds", "2016-07-31")
    path = workspace.home / WORKBOOK
    source = [
        "Every sheet",
        "a document",
        "Minutes",
        "A panel",
        "minutes",
        "21/04/2016",
    ]
    row = {
        "breakdown": "Workforce",
        "unit": "Social workers",
        "unit_kind": "whole",
        "measure": "in post and agency",
        "basis": "not stated",
        "value": 170,
        "as_published": "170",
        "as_at": "21/04/2016",
        "nature": "actual",
        "paragraph": "28",
    }
    posts = dataset_schema("posts").column_names
    fill_in(
        path,
        {
            "Posts": {f"{chr(65 + n)}6": row.get(c) for n, c in enumerate(posts)},
            "Sources": {f"{chr(65 + n)}6": text for n, text in enumerate(source)}
            | {"H6": "The council"},
        },
    )
    report = import_workbook(workspace, path)
    assert report.rows == {"posts": 1}
    assert [str(remark) for remark in report.mended] == [
        "Sources, F6: '21/04/2016' was read as '2016-04-21'",
        "Posts, M6: '21/04/2016' was read as '2016-04-21'",
    ]
    assert report.left_out == report.warnings == ()
    assert files(workspace)["data/leeds/2016-07-31/posts.csv"].decode() == (
        ",".join(posts) + "\n"
        "Workforce,Social workers,,,whole,in_post_and_agency,not stated,170,,,170,,"
        "2016-04-21,actual,28,\n"
    )
