"""Corrections: what is declared, what changed, and when a final pack may be replaced."""

import json
import shutil

import pytest
import yaml

from scrutiny_pack.errors import CorrectionError, InputFileError, StandingError
from scrutiny_pack.periods import Period
from scrutiny_pack.shelf.changes import changes_csv, changes_since
from scrutiny_pack.shelf.correcting import begin_correction
from scrutiny_pack.shelf.corrections import read_corrections
from scrutiny_pack.shelf.identity import evidence_checksum, identity
from scrutiny_pack.shelf.replacing import allow_replacing
from scrutiny_pack.workspace import Workspace
from tests.shelf.small_packs import CORRECTED, LEFT_OUT, POSTS, final, item, pack, put

FILLED_IN = {
    "corrected_on": "2016-11-02",
    "corrected_by": "Scrutiny Officer",
    "why": "Team A was misread.",
}


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "darlington" / "2016-07-31").mkdir(parents=True)
    return Workspace(tmp_path, tmp_path)


def put_in_place(workspace, files):
    folder = workspace.pack_folder("darlington", "2016-07-31")
    shutil.rmtree(folder, ignore_errors=True)
    return put(folder, files)


def begin(workspace):
    return begin_correction(workspace, "darlington", Period.parse("2016-07-31"))


def declare(workspace, **said):
    """Begin a correction of the pack in place, and fill it in."""
    file = begin(workspace)
    replaces = yaml.safe_load(file.read_text("utf-8"))["replaces"]
    text = yaml.safe_dump({"replaces": replaces} | FILLED_IN | said)
    file.write_text(text, "utf-8")
    return file


def corrections(workspace):
    data = workspace.data_folder("darlington", "2016-07-31")
    return read_corrections(data, "data/darlington/2016-07-31")


def evidence_in(files):
    return json.loads(files["evidence.json"])


def test_a_correction_keeps_the_evidence_that_it_replaces(workspace):
    old = final()
    put_in_place(workspace, old)
    file = declare(workspace)
    [correction] = corrections(workspace)
    assert correction.replaces == evidence_checksum(evidence_in(old))
    assert file.parent.name == correction.replaces[:8]
    assert (correction.corrected_on, correction.why) == ("2016-11-02", FILLED_IN["why"])
    kept = {name: content for name, content in old.items() if "tables" in name}
    assert correction.replaced == kept | {"evidence.json": old["evidence.json"]}


def test_beginning_again_changes_nothing(workspace):
    put_in_place(workspace, final())
    file = declare(workspace)
    before = file.read_bytes()
    assert begin(workspace) == file
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (pack(), "is a draft: correct the data"),
        ({}, "is not there, or has been edited"),
        ({**final(), "manifest-sha256.txt": b""}, "has been edited"),
        ({**final(), "tables/posts.csv": b"edited"}, "has been edited"),
    ],
)
def test_only_a_final_pack_as_it_was_made_is_corrected(workspace, files, message):
    if files and "manifest-sha256.txt" not in files:
        files = final(files, is_draft=True)
    put_in_place(workspace, files)
    with pytest.raises(StandingError, match=message):
        begin(workspace)
    assert corrections(workspace) == ()


def test_nothing_is_said_until_it_is_filled_in(workspace):
    put_in_place(workspace, final())
    begin(workspace)
    with pytest.raises(
        CorrectionError, match="corrected_on is missing: write the date"
    ):
        corrections(workspace)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"corrected_on": "2016-02-30"}, "corrected_on is not a date"),
        (
            {"corrected_on": "2.11.2016"},
            "corrected_on is not as it should be: the date",
        ),
        ({"corrected_by": "Jane Smith"}, "'Jane Smith' is not known to be a role"),
        ({"why": ""}, "why is missing"),
        ({"whi": "x"}, "'whi' is not known. Did you mean why?"),
        ({"replaces": "0" * 64}, "the folder of a correction of 00000000"),
        ({"reasons": [{"items": ["posts"]}]}, "reasons, 0 is not as it should be"),
        ({"reasons": "posts"}, "reasons is not as it should be"),
    ],
)
def test_what_is_wrong_in_a_correction_is_said(workspace, said, message):
    put_in_place(workspace, final())
    declare(workspace, **said)
    with pytest.raises(CorrectionError, match=message) as caught:
        corrections(workspace)
    assert str(caught.value).startswith("data/darlington/2016-07-31/corrections/")


@pytest.mark.parametrize("name", ["evidence.json", "tables/posts.csv"])
@pytest.mark.parametrize("fault", ["edited", "gone"])
def test_evidence_that_is_not_the_replaced_pack_s_is_refused(workspace, name, fault):
    put_in_place(workspace, final())
    path = declare(workspace).parent / name
    if fault == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes().replace(b"Team A", b"Team Z") + b" ")
        if name == "evidence.json":
            text = path.read_text("utf-8").replace("What posts shows", "What else")
            path.write_text(text, "utf-8")
    with pytest.raises(CorrectionError, match=r"missing|not that of the pack"):
        corrections(workspace)


def test_a_file_that_is_no_yaml_is_refused(workspace):
    put_in_place(workspace, final())
    declare(workspace).write_text("why: [", "utf-8")
    with pytest.raises(InputFileError, match="not YAML"):
        corrections(workspace)


def test_corrections_follow_one_another_whatever_their_names_sort_as(workspace):
    replaced = ""
    made = []
    for number in range(5):
        replaces = {"evidence": replaced} if replaced else None
        about = {"title": f"Pack {number}", "replaces": replaces}
        put_in_place(workspace, final(pack(about=about)))
        declare(workspace, why=f"Reason {number}.")
        replaced = identity(workspace.pack_folder("darlington", "2016-07-31")).evidence
        made.append(f"Reason {number}.")
    assert [c.why for c in corrections(workspace)] == made
    assert [c.replaces for c in corrections(workspace)] != sorted(
        c.replaces for c in corrections(workspace)
    )


def test_two_corrections_of_packs_that_both_replace_nothing_are_refused(workspace):
    for title in ("One", "Two"):
        put_in_place(workspace, final(pack(about={"title": title})))
        declare(workspace)
    with pytest.raises(CorrectionError, match="do not follow one another"):
        corrections(workspace)


def test_every_value_that_changed_is_listed_with_its_reason(workspace):
    sources = [
        {"title": "Report", "files": {"data/darlington/2016-07-31/posts.csv": ""}}
    ]
    old = pack(items={"posts": {"sources": sources}})
    put_in_place(workspace, final(old))
    declare(
        workspace,
        reasons=[
            {"datasets": ["posts"], "reason": "Row 12 was misread."},
            {"items": ["left-out"], "reason": "South was left out."},
        ],
    )
    new = pack(
        {"posts": CORRECTED, "left-out": LEFT_OUT.replace("South", "East")},
        about={"title": "Another"},
        items={"posts": {"sources": sources}},
    )
    [correction] = corrections(workspace)
    made = changes_since(correction, evidence_in(new), new)
    assert [(c.what.partition(": ")[2], c.old, c.new, c.reason) for c in made] == [
        ("title", "", "Another", "Team A was misread."),
        ("Team A, vacancies, headcount; value", "8.00", "6.00", "Row 12 was misread."),
        ("Team A, vacancies, headcount; as published", "8", "6", "Row 12 was misread."),
        ("South; the row is gone", "No figures", "", "South was left out."),
        ("East; the row is new", "", "No figures", "South was left out."),
    ]
    text = changes_csv(made)
    assert text.splitlines()[0] == "file,what,old,new,reason"
    assert len(text.splitlines()) == 6


def test_who_checked_it_and_with_what_software_is_no_change(workspace):
    put_in_place(workspace, final())
    declare(workspace)
    [correction] = corrections(workspace)
    new = evidence_in(pack(about={"software": {"version": "9"}, "format": "2"}))
    assert changes_since(correction, new, pack()) == []


def allow(workspace, new, correction=None):
    folder = put(workspace.home / "new", new)
    old = workspace.pack_folder("darlington", "2016-07-31")
    return allow_replacing(old, folder, correction, "output/x", "make correct")


def test_a_draft_is_simply_replaced(workspace):
    put_in_place(workspace, final(is_draft=True))
    assert allow(workspace, final(pack({"posts": CORRECTED}))) == ""


def test_a_first_pack_replaces_nothing(workspace):
    assert allow(workspace, final()) == ""


def test_a_final_pack_is_not_replaced_by_other_values_undeclared(workspace):
    put_in_place(workspace, final())
    with pytest.raises(CorrectionError) as caught:
        allow(workspace, final(pack({"posts": CORRECTED, "left-out": LEFT_OUT})))
    assert str(caught.value) == (
        "output/x is final, and 2 values of it would change without a stated reason, such "
        "as Table 1 (posts): Team A, vacancies, headcount; value: '8.00' to '6.00'. It is "
        "as it was. To correct it, run 'make correct' and say why"
    )


def test_a_correction_of_another_pack_does_not_allow_it(workspace):
    put_in_place(workspace, final(pack(about={"title": "Another"})))
    declare(workspace)
    put_in_place(workspace, final())
    [correction] = corrections(workspace)
    with pytest.raises(CorrectionError):
        allow(workspace, final(pack({"posts": CORRECTED})), correction)


def test_a_final_pack_is_replaced_where_a_correction_names_it(workspace):
    put_in_place(workspace, final())
    declare(workspace)
    [correction] = corrections(workspace)
    said = allow(workspace, final(pack({"posts": CORRECTED})), correction)
    short = correction.replaces[:8]
    assert said == f"The final pack {short} that was there is kept on the shelf."


def test_a_final_pack_is_replaced_by_the_same_values_and_it_is_said(workspace):
    put_in_place(workspace, final())
    new = pack(items={"posts": {"inputs": "f" * 64}})
    old = pack(items={"posts": {"inputs": "e" * 64}})
    put_in_place(workspace, final(old))
    assert allow(workspace, final(new)).startswith("No value has changed, though the")
    shutil.rmtree(workspace.home / "new")
    assert allow(workspace, final(old, is_draft=True)) == ""


def test_an_item_of_an_older_pack_without_sources_has_the_general_reason(workspace):
    assert "sources" not in item("posts", POSTS)
    put_in_place(workspace, final(pack({"posts": POSTS})))
    declare(workspace, reasons=[{"datasets": ["posts"], "reason": "Other."}])
    [correction] = corrections(workspace)
    new = pack({"posts": CORRECTED})
    assert {c.reason for c in changes_since(correction, evidence_in(new), new)} == {
        "Team A was misread."
    }
