"""The command, from a draft of two pages to its exit code and what it writes."""

import hashlib
import io
import zipfile

import docx
import pytest

from scrutiny_pack.cli import main

from .packs import PACK, small_content, write_pack

TRUE = [
    ("heading", "Sufficiency of social workers"),
    ("body", "At 31 March 2020 there were 60 posts in all teams, of which 47 were filled and 13 vacant (Table 1), a vacancy rate of 21.7% (Key figure 1)."),
    ("body", "In 2019/20 the committee met on 5 May 2019 at 10.30am. Recommendation 3 is in paragraph 8.2."),
    ("body", f"Team South had 17 posts and 6 vacancies ({PACK}/posts); 35.3% of its posts were vacant [vacancy-rates]."),
    ("body", "9 social workers left in the year to 31 March 2020 (Table 3). Turnover fell from 29.51% to 20.21%, by 9.3 percentage points (Table 4)."),
    ("caption", "Table 1: Posts"),
    ("table", [("Who", "Establishment", "In post", "Vacant"), ("Team North", "12", "9", "3"), ("Team South", "17", "11", "6")]),
]  # fmt: skip
FALSE = [
    ("body", "Turnover was 20.22% at the end (Table 4)."),  # wrong rounding
    ("body", "The vacancy rate was 21.6% (Key figure 1)."),  # cut off
    ("body", "The council employs 412 agency workers."),  # no citation
    ("body", "Caseloads are in [vacancy-rate-by-team]."),  # wrong slug
    ("caption", "Table 1: Posts"),
    (
        "table",
        [("Who", "Establishment", "In post", "Vacant"), ("Team North", "12", "8", "3")],
    ),  # changed digit
]


def write_draft(path, parts):
    document = docx.Document()
    for kind, what in parts:
        if kind == "table":
            table = document.add_table(0, len(what[0]))
            for row in what:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif kind == "heading":
            document.add_heading(what, 1)
        else:
            document.add_paragraph(what, style="Caption" if kind == "caption" else None)
    document.save(path)
    return path


@pytest.fixture
def workspace(tmp_path):
    write_pack(tmp_path / "output" / PACK, small_content())
    return tmp_path


def run(workspace, draft, *words):
    return main(["check", f"REPORT={draft}", f"WORKSPACE={workspace}", *words])


def test_a_true_draft_passes_strictly(workspace, capsys):
    draft = write_draft(workspace / "draft.docx", TRUE)
    assert run(workspace, draft, "STRICT=1") == 0
    out = capsys.readouterr().out
    assert "Of 17 figures, 17 hold." in out
    assert "output/checks/draft.html" in out


def test_a_false_draft_is_told_what_disagrees_first(workspace, capsys):
    draft = write_draft(workspace / "draft.docx", [*TRUE, *FALSE])
    assert run(workspace, draft) == 41
    captured = capsys.readouterr()
    headings = [
        "Cites what is not there",
        "Does not agree",
        "Has no citation",
        "To be looked at again",
        "Holds: 19",
    ]
    places = [captured.out.index(heading) for heading in headings]
    assert places == sorted(places)
    for told in (
        "The nearest are vacancy-rate and",
        "20.22%",
        "412",
        "21.6%",
        "Table 1 has 9 for Team North, In post, not 8.",
    ):
        assert told in " ".join(captured.out.split())
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    ("parts", "strict", "code"),
    [
        (FALSE[:1], "STRICT=1", 40), (FALSE[:1], "STRICT=0", 0), (FALSE[1:2], "STRICT=1", 0),
        (FALSE[2:3], "STRICT=1", 40), (FALSE[3:4], "STRICT=0", 41), (FALSE[4:], "STRICT=1", 40),
    ],
)  # fmt: skip
def test_the_exit_code_says_what_was_found(workspace, parts, strict, code):
    draft = write_draft(workspace / "draft.docx", [*TRUE, *parts])
    assert run(workspace, draft, strict) == code


def test_the_draft_stays_as_it_is_and_what_is_written_has_the_same_bytes(workspace):
    draft = write_draft(workspace / "draft.docx", [*TRUE, *FALSE])
    before = draft.read_bytes()
    written = []
    for _ in range(2):
        run(workspace, draft)
        folder = workspace / "output" / "checks"
        written.append(
            {
                p.name: hashlib.sha256(p.read_bytes()).hexdigest()
                for p in folder.iterdir()
            }
        )
    assert draft.read_bytes() == before
    assert written[0] == written[1]
    assert set(written[0]) == {"draft.html", "draft-with-comments.docx"}


def test_the_copy_has_comments_at_the_figures_and_the_same_words(workspace):
    draft = write_draft(workspace / "draft.docx", [*TRUE, *FALSE])
    run(workspace, draft)
    path = workspace / "output" / "checks" / "draft-with-comments.docx"
    copy = docx.Document(path)
    assert [p.text for p in copy.paragraphs] == [
        p.text for p in docx.Document(draft).paragraphs
    ]
    comments = list(copy.comments)
    assert {(c.author, c.timestamp) for c in comments} == {
        ("Scrutiny evidence pack", None)
    }
    assert len(comments) == 6
    assert comments[0].text.startswith("1 citation is of what is not there.")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        text = packed.read("word/document.xml").decode()
        assert {m.date_time for m in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    start = text.index("<w:commentRangeStart", text.index("Turnover was"))
    assert "20.22%" in text[start : text.index("<w:commentRangeEnd", start)]
    assert "at the end" not in text[start : text.index("<w:commentRangeEnd", start)]


def test_the_page_is_accessible_and_loads_nothing(workspace):
    draft = write_draft(workspace / "draft.docx", [*TRUE, *FALSE])
    run(workspace, draft)
    page = (workspace / "output" / "checks" / "draft.html").read_text("utf-8")
    assert "<script" not in page
    assert "Draft: not yet checked" in page
    assert "<mark>20.22%</mark>" in page
    assert f'href="../{PACK}/notebooks/02-posts.html#turnover"' in page
    assert str(workspace) not in page
    assert page.count("<h1") == 1


def test_markup_in_a_draft_is_text_on_the_page(workspace):
    draft = write_draft(
        workspace / "draft.docx",
        [("body", "<b>61</b> posts (Table 1) & <script>alert(1)</script>.")],
    )
    run(workspace, draft, "COUNCIL=northshire")
    page = (workspace / "output" / "checks" / "draft.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;b&gt;" in page


def test_numbers_alone_need_to_be_told_which_pack(workspace, capsys):
    draft = write_draft(
        workspace / "draft.docx", [("body", "There were 60 posts (Table 1).")]
    )
    assert run(workspace, draft) == 10
    assert "say which, such as COUNCIL=northshire" in capsys.readouterr().err
    assert run(workspace, draft, "COUNCIL=northshire") == 0
    assert (
        run(workspace, draft, "COUNCIL=northshire", "PERIOD=2020-03-31", "STRICT=1")
        == 0
    )
    assert run(workspace, draft, "COUNCIL=northshire", "PERIOD=2019") == 11
    assert run(workspace, draft, "COUNCIL=northshrie") == 10
    assert "northshire" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "code"), [("60 (southshire/2020/posts).", 41), ("No figure at all.", 10)]
)
def test_a_pack_that_is_not_there(workspace, text, code):
    assert (
        run(workspace, write_draft(workspace / "draft.docx", [("body", text)])) == code
    )


def test_without_a_draft_it_says_what_to_type(workspace, capsys):
    assert main(["check", f"WORKSPACE={workspace}"]) == 42
    assert "REPORT=draft.docx" in capsys.readouterr().err


def test_an_earlier_pack_and_a_status_on_disk_are_found(workspace, capsys):
    old = write_pack(
        workspace / "output" / "superseded" / PACK / "0a1b2c3d",
        small_content({"Team North": (512, 9)}),
    )
    assert old.is_dir()
    (workspace / "output" / f"{PACK}.status.json").write_text(
        '{"status": "withdrawn"}', encoding="utf-8"
    )
    draft = write_draft(
        workspace / "draft.docx",
        [("body", f"Team North had 512 posts ({PACK}/posts).")],
    )
    assert run(workspace, draft) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "is withdrawn" in out
    assert "The superseded pack northshire/2020-03-31 (0a1b2c3d) had it." in out


def test_a_pack_that_is_not_whole_is_said(workspace, capsys):
    (workspace / "output" / PACK / "tables" / "posts.csv").unlink()
    draft = write_draft(workspace / "draft.docx", TRUE)
    assert run(workspace, draft) == 41
    assert "is not whole" in capsys.readouterr().err


def test_figures_that_rest_on_one_lost_citation_are_told_in_one_line(workspace, capsys):
    draft = write_draft(
        workspace / "draft.docx",
        [("body", f"There were 61 posts and 14 vacancies ({PACK}/posts-by-tea).")],
    )
    run(workspace, draft)
    told = capsys.readouterr().out
    assert "61 and 14: “There were 61 posts" in told
    assert told.count("What its sentence cites is not there.") == 1
    page = (workspace / "output" / "checks" / "draft.html").read_text("utf-8")
    assert "<h3>61 and 14</h3>" in page
    assert "To be looked at again: 2" in page
