"""Drafts as Word, OpenDocument, Markdown and PDF: what is read, and what is refused."""

import io
import shutil
import subprocess
import zipfile

import docx
import odfdo
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from scrutiny_pack.check import bounds
from scrutiny_pack.check.reading import read_report
from scrutiny_pack.check.report import Passage, Table
from scrutiny_pack.errors import ReportError

TEXTS = [
    "There were 26 vacancies among 94 posts (Table 1).",
    "Turnover fell (Table 4).",
]
ROWS = (
    ("Who", "Posts", "Vacant"),
    ("Team North", "12", "3"),
    ("Team South", "17", "6"),
)


def texts(report):
    return [
        part.text for part in report.parts if isinstance(part, Passage) and part.text
    ]


def tables(report):
    return [part.rows for part in report.parts if isinstance(part, Table)]


def word(path, change=lambda document: None):
    document = docx.Document()
    document.add_heading("Vacancies", 1)
    for text in TEXTS:
        document.add_paragraph(text)
    document.add_paragraph("Table 1: Posts", style="Caption")
    table = document.add_table(0, 3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("An item", style="List Bullet")
    change(document)
    document.save(path)
    return path


def run(xml):
    return parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))


def test_word(tmp_path):
    report = read_report(word(tmp_path / "draft.docx"))
    assert texts(report) == ["Vacancies", *TEXTS, "Table 1: Posts", "An item"]
    assert tables(report) == [ROWS]
    styles = [part.style for part in report.parts if isinstance(part, Passage)]
    assert styles == ["heading", "body", "body", "caption", "item"]
    assert report.parts[1].place == "under \u201cVacancies\u201d"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<w:r><w:t>It was </w:t></w:r><w:del><w:r><w:delText>25</w:delText></w:r></w:del><w:ins><w:r><w:t>26</w:t></w:r></w:ins>", "It was 26"),
        ("<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>here</w:t></w:r></w:moveTo>", "here"),
        ("<w:r><w:t>See </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF _Ref99 \\h</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Table 3</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>", "See Table 3"),
        ("<w:fldSimple w:instr='SEQ Table'><w:r><w:t>3</w:t></w:r></w:fldSimple>", "3"),
        ("<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink><w:r><w:noBreakHyphen/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>", "a link-b\tc"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>seen</w:t></w:r>", "seen"),
        ("<w:sdt><w:sdtContent><w:r><w:t>held</w:t></w:r></w:sdtContent></w:sdt>", "held"),
    ],
)  # fmt: skip
def test_word_is_read_as_it_would_be_printed(tmp_path, xml, expected):
    def change(document):
        document.element.body.insert(0, run(f"<w:p>{xml}</w:p>"))

    assert texts(read_report(word(tmp_path / "draft.docx", change)))[0] == expected


NOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="2"><w:p><w:r><w:t>Table 1 of the pack</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def test_the_notes_of_a_word_document(tmp_path):
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    def change(document):
        part = Part(
            PackURI("/word/footnotes.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
            NOTES.encode(),
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        noted = "<w:p><w:r><w:t>26 posts.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t> More.</w:t></w:r></w:p>"
        document.element.body.insert(0, run(noted))

    (note,) = read_report(word(tmp_path / "draft.docx", change)).parts[0].notes
    assert (note.at, note.text) == (9, "Table 1 of the pack")


def opendocument(path):
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Vacancies"))
    for text in TEXTS:
        document.body.append(odfdo.Paragraph(text))
    table = odfdo.Table("posts", width=3, height=3)
    for at, row in enumerate(ROWS):
        table.set_row_values(at, list(row))
    document.body.append(table)
    noted = odfdo.Paragraph("26 posts. More.")
    noted.insert_note(
        after="posts.", note_id="n1", citation="1", body="Table 1 of the pack"
    )
    document.body.append(noted)
    document.save(path)
    return path


def test_opendocument(tmp_path):
    report = read_report(opendocument(tmp_path / "draft.odt"))
    assert texts(report) == ["Vacancies", *TEXTS, "26 posts. More."]
    assert tables(report) == [ROWS]
    (note,) = report.parts[-1].notes
    assert (note.at, note.text) == (9, "Table 1 of the pack")


TRACKED = (
    "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><text:p>25</text:p>"
    "</text:deletion></text:changed-region></text:tracked-changes>"
)


def test_deleted_text_of_opendocument_is_not_read(tmp_path):
    path = opendocument(tmp_path / "draft.odt")
    document = odfdo.Document(path)
    document.body.insert(odfdo.Element.from_tag(TRACKED), position=0)
    document.save(path)
    assert "25" not in texts(read_report(path))


MARKDOWN = """\
# Vacancies

There were 26 vacancies among 94 posts (Table 1). ~~There were 25.~~ And [9](#leavers) left[^a].

| Who | Posts |
|---|---|
| Team North | 12 |

- An item

```
99 in code
```

[^a]: Table 3 of the pack
"""


def test_markdown(tmp_path):
    path = tmp_path / "draft.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    report = read_report(path)
    noted = "There were 26 vacancies among 94 posts (Table 1).  And 9 [leavers] left."
    assert texts(report) == ["Vacancies", noted, "An item"]
    assert tables(report) == [(("Who", "Posts"), ("Team North", "12"))]
    (note,) = report.parts[1].notes
    assert (note.at, note.text) == (len(noted) - 1, "Table 3 of the pack")


TYPST = """\
#set page(paper: "a4", header: [A draft report], footer: context [Page #counter(page).display()])
#set par(justify: true)
#set text(hyphenate: true, lang: "en")
= Vacancies
There were 26 vacancies among 94 posts in the establishment at 31 July 2016, as the representatives of the department told the committee, notwithstanding extraordinarily interdepartmental responsibilities (northshire/2020-03-31/posts).#footnote[Table 1 of the pack.] The rest is of no consequence.

Another paragraph (Table 2).

#table(columns: 3, [Who], [Posts], [Vacant], [Team North], [12], [3], [Team South], [17], [6])

#pagebreak()
The second page.
#pagebreak()
The third page.
"""


@pytest.fixture(scope="module")
def pdf():
    return typst.compile(TYPST.encode())


def test_pdf(tmp_path, pdf):
    path = tmp_path / "draft.pdf"
    path.write_bytes(pdf)
    report = read_report(path)
    heading, first, second, *_, third, fourth = texts(report)
    assert heading == "Vacancies"
    assert "26 vacancies among 94 posts in the establishment at 31 July 2016" in first
    assert "notwithstanding extraordinarily interdepartmental responsibilities" in first
    assert "northshire/2020-03-31/posts" in first
    assert first.endswith(
        "(northshire/2020-03-31/posts). The rest is of no consequence."
    )
    assert second == "Another paragraph (Table 2)."
    assert (third, fourth) == ("The second page.", "The third page.")
    assert tables(report) == [ROWS]
    (note,) = report.parts[1].notes
    assert note.text == "Table 1 of the pack."
    assert first[: note.at].endswith("posts).")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["pdf", "odt"])
def test_what_libreoffice_makes_of_a_word_document_reads_the_same(tmp_path, kind):
    path = word(tmp_path / "draft.docx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind, "--outdir", tmp_path, path],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    report = read_report(tmp_path / f"draft.{kind}")
    assert [text.lstrip("\u2022\uf0b7 ") for text in texts(report)] == texts(
        read_report(path)
    )
    assert tables(report) == [ROWS]


def packed(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("draft.doc", b"x", "not of a kind that is read"),
        ("draft.docx", b"", "damaged or of another kind"),
        ("draft.docx", b"%PDF-1.7", "damaged or of another kind"),
        ("draft.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old format"),
        ("draft.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("draft.odt", b"PK\x03\x04nothing", "damaged or of another kind"),
        ("draft.pdf", b"no pdf", "damaged, or no PDF"),
        ("draft.md", b"\xff\xfe\x00", "not text in UTF-8"),
        ("draft.md", b"a\0b", "not text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReportError, match=message) as caught:
        read_report(path)
    assert "\n" not in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    assert caught.value.exit_code == 42


@pytest.mark.parametrize("name", ["draft.docx", "draft.odt", "draft.pdf"])
def test_a_missing_file_is_said(tmp_path, name):
    with pytest.raises(ReportError, match="there is no file draft"):
        read_report(tmp_path / name)


@pytest.mark.parametrize("name", ["draft.docx", "draft.odt"])
@pytest.mark.parametrize(
    "members",
    [
        {"word/document.xml": b"<a/>"},
        {"word/document.xml": b"0" * 30_000_000},
        {"[Content_Types].xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        {f"part{at}.xml": b"<a/>" for at in range(bounds.MOST_PARTS + 1)},
    ],
    ids=["empty", "bomb", "entities", "parts"],
)
def test_a_packed_file_that_would_do_harm_is_refused(tmp_path, name, members):
    packed(tmp_path / name, members)
    with pytest.raises(ReportError):
        read_report(tmp_path / name)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "LARGEST_FILE", 10)
    with pytest.raises(ReportError, match="more than the 10 that are read"):
        read_report(word(tmp_path / "draft.docx"))


def test_a_damaged_document_is_refused(tmp_path):
    path = word(tmp_path / "draft.docx")
    content = bytearray(path.read_bytes())
    content[len(content) // 3 : len(content) // 2] = b"\x55" * (
        len(content) // 2 - len(content) // 3
    )
    path.write_bytes(bytes(content))
    with pytest.raises(ReportError):
        read_report(path)


def test_a_locked_pdf_is_refused(tmp_path, pdf):
    import pikepdf

    path = tmp_path / "draft.pdf"
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ReportError, match="encrypted"):
        read_report(path)


def test_a_pdf_of_pictures_is_refused(tmp_path):
    path = tmp_path / "draft.pdf"
    path.write_bytes(typst.compile(b"#rect(width: 5cm, height: 5cm, fill: red)"))
    with pytest.raises(ReportError, match="no text, only pictures"):
        read_report(path)
