"""Reading the file itself: other kinds of file, damage, bombs, what is hidden."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.imports import workbook_file
from scrutiny_pack.imports.workbook_file import read_workbook

from .filled_workbook import Filled, moment

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def small(tmp_path):
    """A workbook with a bit of everything that a sheet can have."""
    filled = Filled(tmp_path / "small.xlsx")
    sheet = filled.sheet("One")
    sheet.write_string("A1", "text")
    sheet.write_number("B1", 2.5, filled.book.add_format({"num_format": "0.00%"}))
    sheet.write_boolean("C1", True)
    sheet.write_formula("D1", "=1+1", None, 2)
    sheet.write_datetime(
        "E1", moment(2016, 7, 31), filled.book.add_format({"num_format": "dd/mm/yy"})
    )
    sheet.write_formula("F1", "=1/0", None, "#DIV/0!")
    sheet.write_string("A3", "bell\x07 and _x0041_")
    sheet.write_rich_string(
        "B3", "rich ", filled.book.add_format({"bold": True}), "text"
    )
    sheet.merge_range("A5:C5", "merged")
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.write_string("A7", "in a hidden row")
    sheet.set_column("B:B", None, None, {"hidden": True})
    sheet.set_column("AA:XFD", None, None, {"hidden": True})
    hidden = filled.sheet("Two")
    hidden.hide()
    filled.close()
    return filled.path


def values(sheet, row):
    return {column: cell.value for column, cell in sheet.rows[row].items()}


def test_everything_that_a_sheet_holds(small):
    one, two = read_workbook(small, "small.xlsx").sheets
    assert (one.name, one.hidden) == ("One", False)
    assert (two.name, two.hidden, two.rows) == ("Two", True, {})
    assert values(one, 1) == {
        1: "text", 2: 2.5, 3: True, 4: 2.0, 5: moment(2016, 7, 31), 6: "#DIV/0!",
    }  # fmt: skip
    assert one.rows[1][2].format == "0.00%"
    assert [c for c, cell in one.rows[1].items() if cell.formula] == [4, 6]
    assert [c for c, cell in one.rows[1].items() if cell.error] == [6]
    assert values(one, 3) == {1: "bell\x07 and _x0041_", 2: "rich text"}
    assert one.hidden_rows == {7}
    assert one.hidden_columns == {2}
    assert [str(area) for area in one.merged] == ["A5:C5"]


def test_days_counted_from_1904(tmp_path):
    filled = Filled(tmp_path / "mac.xlsx", date_1904=True)
    filled.put(filled.sheet("One"), 0, 0, (moment(2016, 7, 31), "dd/mm/yyyy"))
    (sheet,) = read_workbook(filled.close(), "mac.xlsx").sheets
    assert values(sheet, 1) == {1: moment(2016, 7, 31)}


def rewritten(path, change):
    """The workbook with the parts that ``change`` gives for a name and its bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            new = change(name, source.read(name))
            if new is not None:
                target.writestr(name, new)
    path.write_bytes(written.getvalue())
    return path


def test_the_other_kind_of_xlsx_is_read_too(small):
    """The 'strict' kind has other namespaces, and some programs write no style."""
    transitional = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    rewritten(small, lambda _, raw: raw.replace(transitional, strict))
    one, _ = read_workbook(small, "small.xlsx").sheets
    assert values(one, 3)[2] == "rich text"


def test_cells_without_their_places_and_texts_in_place(small):
    rows = (
        b"<sheetData><row><c t='inlineStr'><is><t>first</t></is></c><c/>"
        b"<c><v>3</v></c></row><row><c t='str'><f>A1</f><v>first</v></c>"
        b"<c t='str'><f>A1</f></c><c t='d'><v>2016-07-31T00:00:00Z</v></c></row>"
        b"</sheetData>"
    )

    def change(name, raw):
        if not name.endswith("sheet1.xml"):
            return raw
        head, _, rest = raw.partition(b"<sheetData>")
        return head + rows + rest.partition(b"</sheetData>")[2]

    one, _ = read_workbook(rewritten(small, change), "small.xlsx").sheets
    assert values(one, 1) == {1: "first", 3: 3.0}
    assert values(one, 2) == {1: "first", 2: None, 3: moment(2016, 7, 31)}


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "is empty: check that it is the right file"),
        (b"council,period\nleeds,2005\n", "is no .xlsx workbook: check"),
        (OLE + b"\0" * 600, r"is a workbook of an old kind \(.xls\): in Excel, save"),
        (
            OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "is protected by a password: in Excel, take it away",
        ),
        (b"PK\x03\x04 and no more", "is damaged, or no workbook of Excel"),
    ],
)
def test_no_workbook(tmp_path, raw, problem):
    path = tmp_path / "figures.xlsx"
    path.write_bytes(raw)
    with pytest.raises(InputFileError, match=rf"^figures.xlsx {problem}"):
        read_workbook(path, "figures.xlsx")


def archive(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, raw in parts.items():
            target.writestr(name, raw)
    return path


RELS = (
    '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="{}"/>'
    "</Relationships>"
)


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"mimetype": "application/vnd.oasis"}, r"OpenDocument \(.ods\): in Excel"),
        ({"_rels/.rels": RELS.format("xl/workbook.bin")}, r"binary \(.xlsb\): in"),
        ({"Index/Document.iwa": "Numbers"}, "is damaged, or no workbook"),
        (
            {
                "_rels/.rels": RELS.format("word/document.xml"),
                "word/_rels/document.xml.rels": "<Relationships/>",
                "word/document.xml": "<document/>",
            },
            "has no sheet of cells",
        ),
    ],
)
def test_another_kind_of_zip_file(tmp_path, parts, problem):
    path = archive(tmp_path / "figures.xlsx", parts)
    with pytest.raises(InputFileError, match=problem):
        read_workbook(path, "figures.xlsx")


def test_a_missing_file(tmp_path):
    with pytest.raises(InputFileError, match=r"^a.xlsx is missing: check the name"):
        read_workbook(tmp_path / "a.xlsx", "a.xlsx")


def test_a_folder(tmp_path):
    with pytest.raises(InputFileError, match="cannot be opened"):
        read_workbook(tmp_path, "a.xlsx")


def test_a_file_that_is_far_too_large(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(workbook_file.LARGEST_FILE + 1)
    with pytest.raises(InputFileError, match="is larger than 10 MB"):
        read_workbook(path, "large.xlsx")


def test_a_zip_bomb(small):
    bomb = b"<row/>" * 8_000_000
    rewritten(
        small,
        lambda name, raw: (
            raw.replace(b"</sheetData>", bomb + b"</sheetData>")
            if name.endswith("sheet1.xml")
            else raw
        ),
    )
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(small) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    small.write_bytes(packed.getvalue())
    assert len(packed.getvalue()) < 1_000_000
    with pytest.raises(InputFileError, match="more than 40 MB when it is unpacked"):
        read_workbook(small, "small.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_read(small, encoding):
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        "<workbook>&b;</workbook>"
    ).encode(encoding)
    rewritten(small, lambda name, raw: laughs if name == "xl/workbook.xml" else raw)
    with pytest.raises(InputFileError, match="holds a declaration"):
        read_workbook(small, "small.xlsx")


@pytest.mark.parametrize(
    "cells",
    [
        "<c r='XFD1048576'><v>1</v></c>",
        "<c r='ZZZZ1'><v>1</v></c>",
        "<c r='A1' t='s'><v>999</v></c>",
        "<c r='A1'><v>one</v></c>",
        "<c r='A1' s='x'><v>1</v></c>",
        "<c r='A1'>" * 5_000 + "</c>" * 5_000,
    ],
)
def test_odd_cells_take_no_time_and_no_memory(small, cells):
    rewritten(
        small,
        lambda name, raw: (
            raw.replace(b"</sheetData>", f"<row>{cells}</row></sheetData>".encode())
            if name.endswith("sheet1.xml")
            else raw
        ),
    )
    try:
        read_workbook(small, "small.xlsx")
    except InputFileError as error:
        assert "is damaged" in str(error)


def test_too_many_hidden_columns(small):
    cols = b"<cols>" + b"<col min='1' max='16384' hidden='1'/>" * 2_000 + b"</cols>"
    rewritten(
        small,
        lambda name, raw: (
            raw.replace(b"<sheetData>", cols + b"<sheetData>")
            if name.endswith("sheet1.xml")
            else raw
        ),
    )
    with pytest.raises(InputFileError, match="is damaged"):
        read_workbook(small, "small.xlsx")


@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 2**32))
def test_any_damage_is_one_plain_line(tmp_path_factory, seed):
    """Bytes changed, cut off or doubled: read, or refused, and never a traceback."""
    path = tmp_path_factory.mktemp("damage") / "figures.xlsx"
    filled = Filled(path)
    filled.cover()
    filled.posts({}, {"value": (0.2673, "0.00%")})
    raw = bytearray(filled.close().read_bytes())
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(chance.randint(1, 20)):
        raw[chance.randrange(4, len(raw))] = chance.randrange(256)
    if chance.random() < 0.3:
        raw = raw[: chance.randrange(4, len(raw))]
    path.write_bytes(raw)
    try:
        read_workbook(path, "figures.xlsx")
    except InputFileError as error:
        assert "\n" not in str(error)
        assert str(error).startswith("figures.xlsx ")


@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 2**32))
def test_any_change_to_the_xml_is_one_plain_line(tmp_path_factory, seed):
    """The same inside the parts, where the zip file's checksums do not notice it."""
    path = tmp_path_factory.mktemp("damage") / "figures.xlsx"
    filled = Filled(path)
    filled.cover()
    filled.posts({}, {"value": (0.2673, "0.00%")})
    filled.close()
    chance = random.Random(seed)  # noqa: S311 - no secret

    def change(_, raw):
        raw = bytearray(raw)
        for _ in range(chance.choice([0, 0, 1, 3])):
            at = chance.randrange(len(raw))
            raw[at : at + chance.randint(0, 9)] = chance.choice(
                [b"", b"<", b">", b'"', b"9" * 30, b"\xff", b"</row>", b"e9", b"-1"]
            )
        return bytes(raw)

    try:
        read_workbook(rewritten(path, change), "figures.xlsx")
    except InputFileError as error:
        assert "\n" not in str(error)
        assert str(error).startswith("figures.xlsx ")
