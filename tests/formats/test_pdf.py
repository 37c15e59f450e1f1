"""annex.pdf of the hard council: its structure, its text, its bytes."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from scrutiny_pack.formats.content import read_content
from scrutiny_pack.formats.pdf import as_told, pdf_of, write_pdf
from tests.formats.pdf_reading import (
    cells_of,
    grids_of,
    lacking,
    problems_of,
    tags_of,
    text_of,
)
from tests.publish.small_run import SmallRun

CLONE = Path(__file__).parents[2]
SPLIT = "vacancies-and-staff-by-team-headcount-and-fte"


@pytest.fixture(scope="module")
def annex(hard_pack, hard_content, tmp_path_factory):
    path = tmp_path_factory.mktemp("annex") / "annex.pdf"
    path.write_bytes(pdf_of(hard_content, hard_pack))
    return path


def test_it_is_what_an_accessible_archive_needs(annex, hard_content):
    assert problems_of(annex, hard_content) == []


def test_every_table_has_its_headings_and_cells(annex, hard_content):
    with pikepdf.open(annex) as pdf:
        found = tags_of(pdf).tables
    wide = next(p.grid for p in hard_content.pieces if p.item.slug == SPLIT)
    due = [cells_of(laid) for laid in grids_of(hard_content)]
    place = due.index(cells_of(wide))
    halves = found[place : place + 2]  # it is too wide for any page
    assert [tuple(one) for one in found if one not in halves] == [
        one for one in due if one != due[place]
    ]
    names = 2  # the team and its service stand in both halves
    rows = len(wide.rows)
    assert [half[1] for half in halves] == [rows, rows]
    assert sum(half[2] for half in halves) == due[place][2] + rows * (names - 1)


def test_every_cell_is_in_its_text(annex, hard_content):
    text = text_of(annex)
    for laid in grids_of(hard_content):
        if len(laid.columns) < 15:
            assert lacking(laid, text) == []
        else:  # in two parts: every figure of each row
            figures = {c.text for row in laid.rows for c in row.cells if c.is_figure}
            assert {one for one in figures if one.replace(" ", "") not in text} == set()


def test_its_data_are_words_and_never_markup(annex):
    text = text_of(annex)
    assert "$x$*emphasis*_underlined_#heading[link](x)" in text
    assert "=SUM(A1:A9)" in text
    assert "Sufficiencyofsocialworkers&others<draft>" in text


def test_what_the_template_is_told_is_json_and_hides_nothing(hard_content):
    told = as_told(hard_content)
    assert json.loads(json.dumps(told)) == json.loads(json.dumps(told, sort_keys=True))
    shown = [
        block["slug"]
        for stretch in told["stretches"]
        for block in stretch["blocks"]
        if block["kind"] != "nothing"
    ]
    assert shown == [piece.item.slug for piece in hard_content.pieces]
    assert len(told["unanswered"]) == 8


def test_pages_say_whose_they_are_and_that_it_is_a_draft(annex, hard_content):
    document = pypdfium2.PdfDocument(annex)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Draft" in text
        assert "31 July 2016" in " ".join(text.split())
    assert any(page.get_width() > page.get_height() for page in document)
    document.close()


def test_a_final_pack_says_so_on_every_page(hard_pack, hard_content, tmp_path):
    standing = {
        "is_draft": False,
        "words": "Final: checked by the head of scrutiny, 1 August 2016",
    }
    content = replace(hard_content, pack={**hard_content.pack, "standing": standing})
    document = pypdfium2.PdfDocument(pdf_of(content, hard_pack))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert all("Final" in text for text in texts)
    assert not any("Draft" in text for text in texts)
    assert "checked by the head of scrutiny" in texts[0].replace("\r\n", " ")


def test_two_processes_write_the_same_bytes(annex, hard_pack, tmp_path):
    made = []
    for seed in ("1", "2"):
        pack = tmp_path / seed
        shutil.copytree(hard_pack, pack)
        program = (
            "import sys; from pathlib import Path;"
            "from scrutiny_pack.formats.content import read_content;"
            "from scrutiny_pack.formats.pdf import write_pdf;"
            "pack = Path(sys.argv[1]); write_pdf(read_content(pack), pack)"
        )
        subprocess.run(
            [sys.executable, "-c", program, str(pack)],
            check=True,
            env={"PYTHONPATH": str(CLONE / "src"), "PYTHONHASHSEED": seed, "TZ": seed},
        )
        made.append((pack / "annex.pdf").read_bytes())
    assert made[0] == made[1] == annex.read_bytes()


def test_it_dates_from_the_end_of_the_period_and_names_no_machine(annex):
    with pikepdf.open(annex) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20160731000000Z"
        assert str(pdf.docinfo.ModDate) == "D:20160731000000Z"
        assert b"/home/" not in pdf.Root.Metadata.read_bytes()
    assert b"/tmp/" not in annex.read_bytes()


def test_poppler_opens_it_too(annex, hard_content):
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("no pdftotext: on Debian, apt-get install poppler-utils")
    done = subprocess.run(
        [reader, str(annex), "-"], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    for piece in hard_content.pieces:
        assert f"{piece.item.number}: " in done.stdout


def test_mupdf_opens_it_too(annex):
    reader = shutil.which("mutool")
    if reader is None:
        pytest.skip("no mutool: on Debian, apt-get install mupdf-tools")
    done = subprocess.run(
        [reader, "draw", "-F", "txt", str(annex)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "error" not in done.stderr
    assert "28.479%" in done.stdout


def test_a_pack_without_any_item_has_an_annex_too(tmp_path):
    from scrutiny_pack.publish import publish_pack

    run = SmallRun(tmp_path / "run")
    run.notebook("01-words", "# What of it?")
    run.notebook_not_run("02-nothing")
    (tmp_path / "pack").mkdir()
    publish_pack(run.folder, tmp_path / "pack", run.context)
    content = read_content(tmp_path / "pack")
    write_pdf(content, tmp_path / "pack")
    path = tmp_path / "pack" / "annex.pdf"
    assert problems_of(path, content) == []
    text = text_of(path)
    assert "notable,chartorkeyfigurewasmade" in text
    assert "Whatwouldanswerit:Alistthatanswers02nothing." in text


def test_no_page_is_turned_for_a_line_or_two(tmp_path):
    """However many questions there are: where "In brief" goes on, so do they."""
    from scrutiny_pack.publish import publish_pack

    run = SmallRun(tmp_path / "run")
    run.notebook("01-words", "# What of it?")
    pack = tmp_path / "pack"
    pack.mkdir()
    publish_pack(run.folder, pack, run.context)
    content = read_content(pack)

    seen = set()
    for number in range(41, 49):
        asked = [{"notebook": "", "text": f"Question {n}?"} for n in range(number)]
        remarks = {**content.pack["remarks"], "questions": asked}
        more = replace(content, pack={**content.pack, "remarks": remarks})
        pages = pypdfium2.PdfDocument(pdf_of(more, pack))
        asks = [p.get_textpage().get_text_bounded().count("Question ") for p in pages]
        used = len(pages) - 5  # without what is before and after it
        assert sum(asks) == number
        assert used == 1 or asks[3] > 1, number
        seen.add(used)
    assert seen == {1, 2}


def test_a_chart_that_is_too_high_for_a_page_is_drawn_in_parts(hard_content):
    drawn = {
        block["slug"]: block["drawn"]
        for stretch in as_told(hard_content)["stretches"]
        for block in stretch["blocks"]
        if block.get("drawn")
    }
    assert len(drawn["turnover-lines"]["parts"]) == 1
    high = drawn["vacancies-by-team-chart"]
    end = 0.0
    for part in high["parts"]:
        assert part["height"] <= 560
        assert end == 0 or part["top"] == end - 50  # no label is cut on both parts
        end = part["top"] + part["height"]
    assert end == high["height"]
    assert len(high["parts"]) > 2
