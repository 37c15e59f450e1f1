"""Where the figures come from, as the sheet of sources has it."""

import pytest

from scrutiny_pack.imports.workbook_file import read_workbook
from scrutiny_pack.imports.workbook_report import Findings
from scrutiny_pack.imports.workbook_sources import read_sources, source_text
from scrutiny_pack.inputs.sources import Source, read_source

from .filled_workbook import SOURCE, Filled

SHA256 = "0123456789abcdef" * 4


@pytest.fixture
def filled(tmp_path):
    return Filled(tmp_path / "figures.xlsx")


def read(filled, *datasets):
    findings = Findings()
    sheet = read_workbook(filled.close(), "figures.xlsx").sheets[0]
    sources = read_sources(sheet, datasets or ("posts",), SHA256, findings)
    return sources, findings


def told(remarks):
    return [str(remark) for remark in remarks]


def test_one_row_for_every_sheet(filled):
    filled.sources()
    sources, findings = read(filled, "posts", "pay")
    assert findings == Findings()
    assert (
        sources["posts"]
        == sources["pay"]
        == Source(
            title="Sufficiency of social workers",
            body="A council",
            kind="report to a scrutiny committee",
            date="2016-09-06",
            how_read="Typed by hand.",
            document_sha256="not stated",
            held="The council's scrutiny support unit",
            licence="not stated",
        )
    )


def test_a_row_of_its_own(filled):
    own = SOURCE | {"sheet": "Pay", "title": "Pay policy", "note": "A draft."}
    filled.sources(SOURCE, own, {"sheet": "Posts"})
    sources, findings = read(filled, "posts", "pay")
    assert findings == Findings()
    assert sources["posts"].title == "Sufficiency of social workers"
    assert (sources["pay"].title, sources["pay"].note) == ("Pay policy", "A draft.")


def test_the_councils_own_records_are_known_by_the_workbook(filled):
    filled.sources(SOURCE | {"comes_from": "the council's own records"})
    sources, _ = read(filled)
    assert sources["posts"].document_sha256 == SHA256


def test_a_document_is_known_by_its_checksum(filled):
    filled.sources(SOURCE | {"checksum": SHA256.upper()})
    sources, _ = read(filled)
    assert sources["posts"].document_sha256 == SHA256


@pytest.mark.parametrize("date", ["not stated", "Not stated "])
def test_a_date_that_is_not_stated(filled, date):
    filled.sources(SOURCE | {"date": date})
    sources, findings = read(filled)
    assert sources["posts"].date == "not stated"
    assert not findings.problems


def test_a_date_as_the_british_write_it(filled):
    filled.sources(SOURCE | {"date": "06/09/2016"})
    sources, findings = read(filled)
    assert sources["posts"].date == "2016-09-06"
    assert told(findings.mended) == [
        "Sources, F6: '06/09/2016' was read as '2016-09-06'"
    ]


def test_a_row_that_is_not_complete(filled):
    filled.sources(SOURCE | {"body": "", "comes_from": "", "checksum": "abc"})
    sources, findings = read(filled, "posts", "pay")
    assert not sources
    assert [problem.place for problem in findings.problems] == ["B6", "D6", "K6"]
    assert (
        "write one of: a document, the council's own records"
        in told(findings.problems)[0]
    )


def test_only_what_the_template_had(filled):
    filled.sources(
        {
            "sheet": "Every sheet",
            "how_read": "Typed into a workbook by hand from the document, as printed.",
            "licence": "not stated",
        },
        {"sheet": "Posts"},
    )
    _, findings = read(filled, "posts", "pay")
    assert told(findings.problems) == [
        "Sources: nothing says where the figures of Posts and Pay come from; fill in the "
        "row 'Every sheet', or that of the sheet"
    ]


def test_rows_that_are_about_no_sheet(filled):
    filled.sources(
        SOURCE,
        SOURCE | {"sheet": "Postes"},
        SOURCE | {"sheet": ""},
        SOURCE | {"sheet": "every sheet"},
    )
    _, findings = read(filled)
    assert told(findings.left_out) == [
        "Sources, A7: 'Postes' is no sheet that has rows; the row was left out. Did you "
        "mean Posts?"
    ]
    assert told(findings.problems) == [
        "Sources, A8: the row names no sheet; write the sheet's name, or 'Every sheet'",
        "Sources, A9: 'every sheet' has a row already, row 6; delete one",
    ]


def test_a_hidden_row_and_a_hidden_sheet(filled):
    sheet = filled.sources()
    sheet.set_row(5, None, None, {"hidden": True})
    filled.sheet("Other").activate()
    sheet.hide()
    _, findings = read(filled)
    assert told(findings.problems) == [
        "Sources: the sheet is hidden; show it, so that you see what is imported",
        "Sources, row 6: the row is hidden; show it, or delete it",
    ]


def test_no_sheet_of_sources():
    findings = Findings()
    assert not read_sources(None, ["posts"], SHA256, findings)
    assert told(findings.problems) == [
        "Sources: the sheet is missing; copy it from a new template"
    ]
    none_needed = Findings()
    assert not read_sources(None, [], SHA256, none_needed)
    assert none_needed == Findings()


def test_a_sheet_of_sources_that_was_emptied(filled):
    filled.sheet("Sources")
    sources, findings = read(filled)
    assert not sources
    assert told(findings.problems) == [
        "Sources: the sheet is empty; copy it from a new template"
    ]


def test_a_heading_that_was_deleted(filled):
    filled.sources().write_string("J5", "")
    _, findings = read(filled)
    assert told(findings.problems) == [
        "Sources, row 5: the heading 'Note' is missing; write it again"
    ]


@pytest.mark.parametrize(
    "text", ["no", "2016", "a: b # c", "- x", "'", '"', "é £", "x" * 200, "| >"]
)
def test_what_is_written_is_what_is_read(tmp_path, text):
    source = Source(*[text] * 3, "not stated", text, SHA256, text, text, note=text)
    path = tmp_path / "posts.source.yaml"
    path.write_text(source_text(source), encoding="utf-8", newline="\n")
    assert read_source(path, "posts.source.yaml") == source
