"""annex.docx: all that evidence.json says, in a document that Word can work with."""

import hashlib
import io
import itertools
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn

from scrutiny_pack.evidence.grid import is_turned
from scrutiny_pack.evidence.items import KIND_WORDS
from scrutiny_pack.formats.content import read_content
from scrutiny_pack.formats.word import FILE, docx_bytes, write_docx
from scrutiny_pack.formats.word_markup import bookmark_name
from scrutiny_pack.formats.word_tables import (
    LANDSCAPE,
    PORTRAIT,
    lines_of,
    sheet_of,
)
from scrutiny_pack.publish import publish_pack
from tests.formats.wide_run import wide_run

SOFFICE = shutil.which("soffice")
NEEDS_LIBREOFFICE = pytest.mark.skipif(
    not SOFFICE, reason="there is no LibreOffice here: install libreoffice-writer"
)


@pytest.fixture(scope="module")
def wide_pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wide")
    run = wide_run(folder / "run")
    (folder / "pack").mkdir()
    publish_pack(run.folder, folder / "pack", run.context)
    return folder / "pack"


@pytest.fixture(scope="module", params=["hard_pack", "wide_pack"])
def pack(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def content(pack):
    return read_content(pack)


@pytest.fixture(scope="module")
def annex(content):
    return docx.Document(io.BytesIO(docx_bytes(content)))


@pytest.fixture(scope="module")
def body(annex):
    return annex.element.body


def pieces(content, *kinds):
    return [piece for piece in content.pieces if piece.item.kind in kinds]


def text_of(element):
    """What is shown, without the instructions of fields."""
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def paragraphs(annex, style):
    return [text_of(p._p) for p in annex.paragraphs if p.style.name == style]


def fields(body):
    """The instruction of each field and what it shows."""
    found, instruction, shown, inside = [], "", "", False
    for node in body.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        if node.tag == qn("w:instrText"):
            instruction = node.text.strip()
        elif node.tag == qn("w:t"):
            shown += node.text if inside else ""
        else:
            kind = node.get(qn("w:fldCharType"))
            inside = kind == "separate"
            if kind == "begin":
                shown = ""
            if kind == "end":
                found.append((instruction, shown))
    return found


def grid_texts(piece):
    """The cells of an item as they must stand in Word, the headings first."""
    grid = piece.grid
    headings = [
        f"{column.group}: {column.label}" if column.group else column.label
        for column in grid.columns
    ]
    rows = [[cell.text for cell in row.cells] for row in grid.rows]
    if is_turned(grid):
        return [list(pair) for pair in zip(headings, rows[0], strict=True)]
    return [headings, *rows]


def test_every_cell_of_every_table_and_of_every_charts_data_is_the_grids(
    annex, content
):
    expected = [grid_texts(p) for p in pieces(content, "table", "chart")]
    found = [
        [[text_of(cell) for cell in row.tc_lst] for row in table._tbl.tr_lst]
        for table in annex.tables
    ]
    assert found == expected


def test_no_cell_is_merged_and_every_table_repeats_its_one_row_of_headings(annex):
    for table in annex.tables:
        assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))
        heads = [bool(list(row.iter(qn("w:tblHeader")))) for row in table._tbl.tr_lst]
        assert heads == [True] + [False] * (len(heads) - 1)
        for row in table._tbl.tr_lst:
            assert len(list(row.iter(qn("w:cantSplit")))) == 1


def test_every_table_says_what_it_is_to_a_screen_reader(annex, content):
    names = [
        p.item.title if p.item.kind == "table" else f"Data of {p.item.number}"
        for p in pieces(content, "table", "chart")
    ]
    for table, name in zip(annex.tables, names, strict=True):
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == name
        words = properties.find(qn("w:tblDescription")).get(qn("w:val"))
        assert f"{len(table._tbl.tr_lst) - 1} row" in words
        look = properties.find(qn("w:tblLook"))
        assert look.get(qn("w:firstRow")) == look.get(qn("w:firstColumn")) == "1"


def test_every_item_has_a_caption_with_its_number_as_a_field_in_a_bookmark(
    annex, body, content
):
    items = [piece.item for piece in content.pieces]
    assert paragraphs(annex, "Caption") == [
        f"{item.number}: {item.title}" for item in items
    ]
    counted = [
        (instruction, shown)
        for instruction, shown in fields(body)
        if instruction.startswith("SEQ ")
    ]
    assert counted == [
        (
            rf"SEQ {KIND_WORDS[item.kind].replace(' ', '_')} \* ARABIC",
            item.number.rsplit(" ", 1)[1],
        )
        for item in items
    ]
    for item in items:
        start = marked(body, bookmark_name(item.slug))
        inside = []
        for node in start.itersiblings():
            if node.tag == qn("w:bookmarkEnd"):
                break
            inside.append(text_of(node))
        assert "".join(inside) == item.number


def marked(body, name):
    (start,) = [
        b for b in body.iter(qn("w:bookmarkStart")) if b.get(qn("w:name")) == name
    ]
    return start


def test_bookmarks_have_names_and_numbers_of_their_own(body, content):
    starts = list(body.iter(qn("w:bookmarkStart")))
    names = [start.get(qn("w:name")) for start in starts]
    numbers = [start.get(qn("w:id")) for start in starts]
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)
    ends = [end.get(qn("w:id")) for end in body.iter(qn("w:bookmarkEnd"))]
    assert sorted(ends) == sorted(numbers)
    assert sum(name.startswith("item_") for name in names) == len(content.pieces)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)


def test_long_names_of_bookmarks_are_told_apart():
    one, other = "a-" * 30 + "b", "a-" * 30 + "c"
    assert bookmark_name(one) != bookmark_name(other)
    assert len(bookmark_name(one)) == 40


def test_citations_in_prose_are_fields_that_show_the_number(annex, body, content):
    numbers = {bookmark_name(p.item.slug): p.item.number for p in content.pieces}
    references = [
        (instruction.split()[1], shown)
        for instruction, shown in fields(body)
        if instruction.startswith("REF ")
    ]
    assert references
    assert all(numbers[name] == shown for name, shown in references)
    in_prose = re.findall(r"\]\([^)]*#", str(content.pack["remarks"]))
    key_figures = pieces(content, "key_figure")  # each is cited once at the front
    assert len(references) == len(in_prose) + len(key_figures)
    assert not [line for line in paragraphs(annex, "List Bullet") if "](" in line]


def test_links_lead_to_bookmarks_that_are_there(body):
    names = {b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))}
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert anchors
    assert set(anchors) <= names


def test_every_chart_is_a_picture_with_its_words(annex, body, content):
    charts = pieces(content, "chart")
    whole = [
        node
        for node in body.iter(qn("wp:docPr"))
        if not node.get("name").endswith(", continued")
    ]
    assert [node.get("descr") for node in whole] == [p.item.alt for p in charts]
    assert [node.get("name") for node in whole] == [p.item.number for p in charts]
    for shape in annex.inline_shapes:
        blip = shape._inline.graphic.graphicData.pic.blipFill.blip
        image = annex.part.related_parts[blip.embed].image
        dots = image.px_width / shape.width.inches
        assert 195 < dots < 290
        assert shape.width.twips <= PORTRAIT + 1
        assert shape.height.pt <= 561


def test_a_chart_that_is_too_high_for_a_page_is_shown_whole_in_parts(hard_pack):
    annex = docx.Document(io.BytesIO(docx_bytes(read_content(hard_pack))))
    shown, height = [], 0.0
    for shape in annex.inline_shapes:
        fill = shape._inline.graphic.graphicData.pic.blipFill
        about = shape._inline.docPr
        if about.get("name") not in {"Chart 1", "Chart 1, continued"}:
            continue
        cut = fill.find(qn("a:srcRect"))
        top, bottom = int(cut.get("t")) / 1e5, 1 - int(cut.get("b")) / 1e5
        shown.append((top, bottom))
        height = shape.height.pt / (bottom - top)
        assert about.get("descr")
    assert len(shown) > 2
    assert shown[0][0] == 0
    assert shown[-1][1] == 1
    for (_, end), (start, _) in itertools.pairwise(shown):
        assert (end - start) * height == pytest.approx(50, abs=0.5)


def test_what_stands_under_an_item_is_all_there(annex, content):
    notes = paragraphs(annex, "Item note")
    text = "\n".join(notes)
    assert [note for note in notes if note.startswith("Cite as: ")] == [
        f"Cite as: {piece.citation_short}." for piece in content.pieces
    ]
    in_full = [piece.item.citation for piece in content.pieces]
    assert notes[-len(in_full) :] == in_full  # at the end of the document
    for piece in content.pieces:
        item = piece.item
        for words in (*item.notes, *item.definitions, *item.commentary.split("\n\n")):
            assert words in text
        for source in item.sources:
            assert source.title in text
    figures = paragraphs(annex, "Key figure")
    assert figures == [p.item.headline for p in pieces(content, "key_figure")]


def test_the_front_and_the_end_say_what_the_pack_says(annex, body, content):
    pack = content.pack
    text = text_of(body)
    for words in (pack["citation"], pack["licence"]["data"], pack["id"]):
        assert words in text
    for sentence in pack["validation"]["warnings"]:
        assert sentence in text
    for question in pack["questions"]:
        assert question["question"] in text
        assert question["reason"] in text
    for remark in pack["remarks"]["absences"]:
        assert remark["text"] in text
    headings = paragraphs(annex, "heading 1") or paragraphs(annex, "Heading 1")
    answered = [q["question"] for q in pack["questions"] if q["answered"]]
    assert [heading for heading in headings if heading in answered] == answered
    contents = [text_of(p._p) for p in annex.paragraphs if p.style.name == "toc 1"]
    assert contents[:-1] == headings


def test_every_page_says_whether_the_pack_is_a_draft_and_which_page_it_is(content):
    for words in ("Draft: not yet checked", "Final: checked by the head of service"):
        standing = {
            "is_draft": words.startswith("Draft"),
            "words": words,
            "checked_by": "",
            "checked_on": "",
        }
        other = replace(content, pack={**content.pack, "standing": standing})
        annex = docx.Document(io.BytesIO(docx_bytes(other)))
        first, *rest = annex.sections
        assert first.header.paragraphs[0].text.startswith(f"{words}. ")
        instructions = [field for field, _ in fields(first.footer._element)]
        assert instructions == ["PAGE", "NUMPAGES"]
        assert all(s.header.is_linked_to_previous for s in rest)
        assert all(s.footer.is_linked_to_previous for s in rest)


def test_wide_tables_stand_on_pages_on_their_side_and_none_is_wider_than_its_page(
    body, content
):
    where = []
    tables = []
    for element in body:
        if element.tag == qn("w:tbl"):
            tables.append(element)
        section = next(element.iter(qn("w:sectPr")), None)
        if section is not None:
            width = int(section.find(qn("w:pgSz")).get(qn("w:w")))
            where += [width] * (len(tables) - len(where))
    assert len(where) == len(tables) == len(pieces(content, "table", "chart"))
    for table, page in zip(tables, where, strict=True):
        widths = [int(c.get(qn("w:w"))) for c in table.iter(qn("w:gridCol"))]
        assert sum(widths) <= (LANDSCAPE if page > 12_000 else PORTRAIT)
        assert min(widths) >= 300


def test_a_table_of_14_columns_is_set_smaller_on_its_side(wide_pack):
    piece = read_content(wide_pack).pieces[0]
    assert (len(piece.grid.rows), len(piece.grid.columns)) == (61, 14)
    sheet = sheet_of(lines_of(piece.grid))
    assert sheet.landscape
    assert sheet.is_tight
    assert sheet.size in {7, 8}
    assert min(sheet.widths) > 20 * 40  # room for 98,765.125 in the widest letters


def test_the_language_is_british_english_throughout(annex):
    languages = {
        node.get(qn("w:val"))
        for part in (annex.styles.element, annex.element)
        for node in part.iter(qn("w:lang"))
    }
    assert languages == {"en-GB"}
    theme = next(annex.settings.element.iter(qn("w:themeFontLang")))
    assert theme.get(qn("w:val")) == "en-GB"
    assert annex.core_properties.language == "en-GB"


def test_styles_are_twelve_points_and_dark_enough(annex):
    defaults = annex.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:sz"))).get(qn("w:val")) == "24"
    assert next(defaults.iter(qn("w:rFonts"))).get(qn("w:ascii")) == "Arial"
    for colour in annex.styles.element.iter(qn("w:color")):
        assert contrast(colour.get(qn("w:val"))) > 7
    used = {p.style.name for p in annex.paragraphs}
    assert used <= {style.name for style in annex.styles}


def contrast(colour):
    """The contrast of a colour on white, by WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    light = sum(k * c for k, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (light + 0.05)


def test_the_properties_come_from_the_evidence(annex, content):
    about = annex.core_properties
    assert about.title == content.pack["title"]
    assert about.created.date().isoformat() == "2016-07-31"
    assert about.modified == about.created
    assert about.last_modified_by == ""
    assert content.pack["id"] in about.comments
    assert "python-docx" not in about.comments + about.author


def test_the_file_holds_nothing_of_the_machine(content):
    with zipfile.ZipFile(io.BytesIO(docx_bytes(content))) as file:
        for member in file.infolist():
            assert member.compress_type == zipfile.ZIP_STORED
            assert member.date_time == (1980, 1, 1, 0, 0, 0)
        names = file.namelist()
        assert not [n for n in names if "thumbnail" in n or "customXml" in n]
        everything = b"".join(map(file.read, names))
    assert b"Macintosh" not in everything


def test_the_bytes_are_the_same_in_two_processes(pack, content, tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from scrutiny_pack.formats.content import read_content\n"
        "from scrutiny_pack.formats.word import docx_bytes\n"
        "import hashlib\n"
        "print(hashlib.sha256(docx_bytes(read_content(Path(sys.argv[1])))).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(pack)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(docx_bytes(content)).hexdigest()


def test_characters_that_xml_has_not_do_not_break_the_file(content):
    pack = {**content.pack, "authority": "Somewhere\x00\x0b <&> \ud800"}
    annex = docx.Document(io.BytesIO(docx_bytes(replace(content, pack=pack))))
    assert "Somewhere\ufffd\ufffd <&> \ufffd" in text_of(annex.element.body)


def test_a_pack_without_items_is_a_document_too(content):
    pack = {
        **content.pack,
        "remarks": {"changes": [], "questions": [], "absences": []},
        "questions": [],
    }
    annex = docx.Document(
        io.BytesIO(docx_bytes(replace(content, pack=pack, pieces=())))
    )
    assert not annex.tables
    text = text_of(annex.element.body)
    assert "The evidence supplied shows no change over time." in text


@NEEDS_LIBREOFFICE
@pytest.mark.slow
def test_libreoffice_opens_it_with_nothing_lost(content, pack, tmp_path):
    (tmp_path / "annex").mkdir()
    write_docx(content, tmp_path / "annex")
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "fodt",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "annex" / FILE),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    root = ET.parse(tmp_path / "annex.fodt").getroot()  # noqa: S314 - it was just made
    counts = Counter(node.tag.rsplit("}", 1)[-1] for node in root.iter())
    assert counts["table"] == len(pieces(content, "table", "chart"))
    assert counts["sequence"] == len(content.pieces)
    described = [n.text for n in root.iter() if n.tag.endswith("}desc")]
    described = [words for words in described if not words.endswith(", continued")]
    assert described == [p.item.alt for p in pieces(content, "chart")]
    references = [n for n in root.iter() if n.tag.endswith("}bookmark-ref")]
    numbers = {p.item.number for p in content.pieces}
    assert references
    assert {"".join(n.itertext()) for n in references} <= numbers
    cells = [
        "".join(cell.itertext()).strip()
        for cell in root.iter()
        if cell.tag.endswith("}table-cell")
    ]
    expected = [
        text
        for piece in pieces(content, "table", "chart")
        for row in grid_texts(piece)
        for text in row
    ]
    assert [squeezed(cell) for cell in cells] == [squeezed(text) for text in expected]


def squeezed(text):
    return "".join(text.split())  # LibreOffice writes spaces as elements
