"""CSV on the Web: each data file has its metadata, and a file that breaks it is found."""

import csv
import io
import shutil

import pytest

from scrutiny_pack.formats.csvw import SUFFIX, metadata
from tests.formats.csvw_checks import problems_of, problems_of_file, read_metadata


def test_every_data_file_keeps_to_its_metadata(hard_pack):
    assert problems_of(hard_pack) == []


@pytest.fixture
def changed_pack(hard_pack, tmp_path):
    return shutil.copytree(hard_pack, tmp_path / "pack")


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("29.512", "many", "many"),
        ("not stated", "heads", "heads"),
        ("2014-03-31", "31/03/2014", "31/03/2014"),
        (
            "All staff,turn",
            "Social workers in statutory children's services,turn",
            "key",
        ),
        ("scope,", "scope ,", "scope"),
        ("scope,", "\ufeffscope,", "byte order mark"),
        ("\n", "\r\n", "otherwise than with LF"),
        ("\nAll", "\n\nAll", "empty"),
        ("turnover,12", "turnover,12,13", "lengths"),
        ("\nAll", "\n All", "space"),
    ],
)
def test_a_data_file_that_breaks_its_metadata_is_found(changed_pack, old, new, said):
    edit(changed_pack / "tables/turnover.csv", old, new)
    assert said in " ".join(
        problems_of_file(changed_pack / f"tables/turnover.csv{SUFFIX}")
    )


@pytest.mark.parametrize("letter", ["q", "x;e", "X"])
def test_a_letter_that_is_no_status_is_found(changed_pack, letter):
    edit(changed_pack / "tables/every-status.csv", ",x,", f",{letter},")
    found = problems_of_file(changed_pack / f"tables/every-status.csv{SUFFIX}")
    assert f"invalid lexical value for string: {letter}" in " ".join(found)


def test_a_file_without_metadata_and_metadata_of_no_file_are_found(changed_pack):
    path = changed_pack / f"tables/words.csv{SUFFIX}"
    path.rename(changed_pack / f"tables/wordless.csv{SUFFIX}")
    assert problems_of(changed_pack) == [
        f"tables/words.csv{SUFFIX}: not there",
        f"tables/wordless.csv{SUFFIX}: of no item",
    ]


def test_a_table_says_what_it_is_where_it_is_from_and_how_to_cite_it(hard_content):
    (piece,) = [p for p in hard_content.pieces if p.item.slug == "every-status"]
    found = metadata(piece.item, piece.text, pack_title="The pack", rights="Free.")
    assert found["url"] == "every-status.csv"
    assert found["dc:title"] == "Table 3: Every status symbol that there is"
    assert found["dc:description"].endswith("31 July 2016. Unit: staff. Basis: FTE.")
    assert found["dc:identifier"] == "exampleshire/2016-07-31/every-status"
    assert found["dc:bibliographicCitation"] == piece.item.citation
    assert "paragraph 22" in found["dc:source"][0]
    assert found["dc:isPartOf"] == "The pack"
    assert found["dc:rights"] == "Free."
    assert "dc:license" not in found  # a council's figures are facts from its documents
    told = {n["dc:identifier"]: n["dc:description"] for n in found["notes"]
            if "dc:identifier" in n}  # fmt: skip
    assert told["x"] == "not available"
    assert len(told) == 8
    assert found["dialect"]["lineTerminators"] == ["\n"]


def test_columns_say_what_they_hold(hard_content):
    (piece,) = [p for p in hard_content.pieces if p.item.slug == "every-status"]
    found = metadata(piece.item, piece.text, pack_title="The pack", rights="Free.")
    schema = found["tableSchema"]
    columns = {column["name"]: column for column in schema["columns"]}
    assert list(columns) == next(csv.reader(io.StringIO(piece.text)))
    assert schema["primaryKey"] == ["unit", "measure", "basis"]
    assert columns["unit"]["required"]
    assert columns["value"]["datatype"] == "decimal"
    assert columns["value"]["null"] == ""
    assert columns["denominator"]["datatype"] == {"base": "decimal", "minimum": 0}
    assert columns["as_at"]["datatype"] == {"base": "date", "format": "yyyy-MM-dd"}
    assert columns["status"]["separator"] == " "
    assert columns["status"]["datatype"]["format"] == "[ckxzurpe]"


def test_the_departments_own_statistics_are_under_the_open_government_licence(
    hard_content,
):
    (piece,) = [p for p in hard_content.pieces if p.item.slug == "every-status"]
    (source,) = piece.item.sources
    dfe = source.model_copy(update={"body": "Department for Education"})
    item = piece.item.model_copy(update={"sources": (dfe,)})
    found = metadata(item, piece.text, pack_title="The pack", rights="Free.")
    assert "open-government-licence" in found["dc:license"]["@id"]


def test_a_list_with_the_same_row_twice_has_no_key(hard_content):
    (piece,) = [p for p in hard_content.pieces if p.item.slug == "words"]
    *_, last = piece.text.splitlines(keepends=True)
    once = metadata(piece.item, piece.text, pack_title="", rights="")
    twice = metadata(piece.item, piece.text + last, pack_title="", rights="")
    assert once["tableSchema"]["primaryKey"] == [
        "what",
        "owner",
        "by_when",
        "sha256",
        "as_at",
    ]
    assert "primaryKey" not in twice["tableSchema"]


def test_metadata_is_written_for_people_too(hard_pack):
    path = hard_pack / f"charts/turnover-lines.csv{SUFFIX}"
    assert path.read_text(encoding="utf-8").startswith('{\n "@context": [\n')
    assert read_metadata(path)["url"] == "turnover-lines.csv"
    assert problems_of_file(path) == []
