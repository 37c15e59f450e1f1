"""The status beside each pack, and the shelf's page."""

import json
import os
import re
import zipfile

import pytest

from scrutiny_pack.errors import InputFileError, OutputError
from scrutiny_pack.publish.page_facts import page_facts
from scrutiny_pack.run import upkeep
from scrutiny_pack.run.upkeep import keep_shelf
from scrutiny_pack.shelf.identity import identity
from scrutiny_pack.shelf.statuses import read_statuses
from scrutiny_pack.workspace import Workspace
from tests.run.small_project import CLONE
from tests.shelf.small_packs import final, pack, put


@pytest.fixture
def home(tmp_path):
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.fixture
def workspace(home):
    return Workspace(CLONE, home)


def files_of(council, period, *, is_draft=False, **about):
    about = {
        "council": council,
        "period": period,
        "id": f"{council}/{period}",
        "authority": f"{council.capitalize()} <Council>",
    } | about
    standing = {"checked_on": "" if is_draft else "2016-10-01"}
    return final(pack(about=about), is_draft=is_draft, **standing)


def place(home, folder, files):
    return put(home / "output" / folder, files)


def statuses(workspace):
    return {status.folder: status for status in read_statuses(workspace)}


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.read_text("utf-8")).split())


def test_nothing_is_listed_where_there_is_nothing(workspace, home):
    assert keep_shelf(workspace) is None
    assert not (home / "output").exists()


def test_a_pack_is_a_draft_or_final_and_its_status_stands_beside_it(workspace, home):
    place(home, "leeds/2005", files_of("leeds", "2005", is_draft=True))
    pack = place(home, "darlington/2016-07-31", files_of("darlington", "2016-07-31"))
    keep_shelf(workspace)
    file = home / "output" / "darlington" / "2016-07-31.status.json"
    status = json.loads(file.read_text("utf-8"))
    assert status["status"] == "final"
    assert status["words"] == "Final: checked by the Officer"
    assert status["evidence"] == identity(pack).evidence
    assert status["retention"]["review_on"] == "2021-10-01"
    beside = home / "output" / "leeds" / "2005.status.json"
    assert json.loads(beside.read_text("utf-8"))["status"] == "draft"
    assert list(statuses(workspace)) == ["darlington/2016-07-31", "leeds/2005"]


def test_the_latest_period_comes_first(workspace, home):
    for period in ("2005", "2016-07-31", "2013-03"):
        place(home, f"leeds/{period}", files_of("leeds", period))
    assert list(statuses(workspace)) == [
        "leeds/2016-07-31",
        "leeds/2013-03",
        "leeds/2005",
    ]


def superseded(home, **about):
    """A final pack in place of one that it replaced; the checksum of the old one."""
    files = files_of("leeds", "2005", title="Old")
    old = identity(place(home, "draft", files)).evidence  # "draft" is never listed
    place(home, f"superseded/leeds/2005/{old[:8]}", files)
    replaces = {
        "evidence": old,
        "corrected_on": "2016-11-02",
        "why": "Misread & mistaken.",
    }
    about = {"title": "New", "replaces": replaces} | about
    place(home, "leeds/2005", files_of("leeds", "2005", **about))
    return old


def test_a_superseded_pack_says_by_what_when_and_why(workspace, home):
    old = superseded(home)
    new, was = read_statuses(workspace)
    assert (new.status, new.replaces) == ("final", old)
    assert (was.status, was.superseded_by) == ("superseded", new.evidence)
    assert was.words == (
        f"Superseded by {new.evidence[:8]}, corrected on 2 November 2016: "
        "Misread & mistaken."
    )
    page = keep_shelf(workspace)
    file = home / "output" / f"superseded/leeds/2005/{old[:8]}.status.json"
    assert json.loads(file.read_text("utf-8"))["status"] == "superseded"
    assert f'href="superseded/leeds/2005/{old[:8]}/index.html"' in page.read_text()


def test_a_pack_replaced_by_the_same_values_says_so(workspace, home):
    superseded(home, replaces=None)
    _, was = read_statuses(workspace)
    assert was.words.endswith(", in which every value is the same")


def test_a_pack_that_is_withdrawn_says_so_and_is_not_touched(workspace, home):
    pack = place(home, "leeds/2005", files_of("leeds", "2005"))
    before = {p: p.read_bytes() for p in pack.rglob("*") if p.is_file()}
    keep_shelf(workspace)
    said = home / "data" / "leeds" / "withdrawn.yaml"
    said.parent.mkdir()
    short = identity(pack).short
    said.write_text(
        f"{short}:\n  withdrawn_on: 2017-02-01\n  withdrawn_by: Scrutiny Officer\n"
        "  why: The report has been withdrawn.\n",
        "utf-8",
    )
    page = keep_shelf(workspace)
    [status] = read_statuses(workspace)
    assert status.status == "withdrawn"
    assert status.words == (
        "Withdrawn on 1 February 2017 by the Scrutiny Officer: "
        "The report has been withdrawn."
    )
    assert "Withdrawn On 1 February 2017 by the Scrutiny Officer" in text_of(page)
    assert {p: p.read_bytes() for p in pack.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3f2a:\n  why: x\n", "'3f2a' is not an evidence checksum"),
        ("3f2a9c01:\n  why: x\n", "needs withdrawn_on, withdrawn_by and why"),
        ("3f2a9c01: x\n", "needs withdrawn_on"),
        (
            "3f2a9c01: {withdrawn_on: x, withdrawn_by: Officer, why: y}",
            "withdrawn_on is not a date",
        ),
        (
            "3f2a9c01: {withdrawn_on: 2017-02-01, withdrawn_by: Jane, why: y}",
            "'Jane' is not known to be a role",
        ),
    ],
)
def test_what_is_wrong_about_a_withdrawal_is_said(workspace, home, text, message):
    place(home, "leeds/2005", files_of("leeds", "2005"))
    (home / "data" / "leeds").mkdir()
    (home / "data" / "leeds" / "withdrawn.yaml").write_text(text, "utf-8")
    with pytest.raises(InputFileError, match=message) as caught:
        keep_shelf(workspace)
    assert str(caught.value).startswith("data/leeds/withdrawn.yaml: ")


def test_a_set_is_listed_as_one(workspace, home):
    for slug in ("leeds", "dorset", "darlington"):
        files = files_of(slug, "2025-09-30", is_draft=True)
        place(home, f"england/2025-09-30/{slug}", files)
    place(home, "england/2025-09-30", {"index.html": b"<h1>All</h1>"})
    page = keep_shelf(workspace)
    assert read_statuses(workspace) == []
    assert "England, 30 September 2025 : 3 packs, drafts all" in text_of(page)


def test_archives_are_listed_with_their_pack_and_checksum(workspace, home):
    files = files_of("leeds", "2005")
    place(home, "leeds/2005", files)
    folder = home / "output" / "archive"
    folder.mkdir()
    with zipfile.ZipFile(folder / "leeds-2005.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(f"leeds-2005/data/{name}", content)
    (folder / "leeds-2005.zip.minisig").write_text("signed", "utf-8")
    (folder / "broken.zip").write_text("broken", "utf-8")
    page = text_of(keep_shelf(workspace))
    assert "Leeds &lt;Council&gt;, 2005 Archived as final, evidence checksum" in page
    assert "a signature lies beside it" in page
    assert "broken.zip cannot be read as an archive" in page
    import hashlib

    assert hashlib.sha256(b"broken").hexdigest() in page


def test_an_archive_is_read_once(workspace, home, monkeypatch):
    from scrutiny_pack.shelf import archived

    place(home, "leeds/2005", files_of("leeds", "2005"))
    (home / "output" / "archive").mkdir()
    (home / "output" / "archive" / "a.zip").write_text("broken", "utf-8")
    first = keep_shelf(workspace).read_bytes()

    def never(path):
        raise AssertionError

    monkeypatch.setattr(archived, "_sha256", never)
    assert keep_shelf(workspace, force=True).read_bytes() == first


def test_the_shelf_is_an_accessible_page_that_loads_nothing(workspace, home):
    superseded(home)
    facts = page_facts("index.html", keep_shelf(workspace).read_text("utf-8"))
    assert facts.loaded == []
    assert facts.scripted == []
    assert facts.language == "en-GB"
    assert facts.headings == [1, 2, 2, 2]
    assert facts.unscoped == 0
    assert len(facts.ids) == len(set(facts.ids))
    assert all(caption.strip() for caption in facts.captions)
    local = [link for link in facts.links if not link.startswith("#")]
    assert all((home / "output" / link).is_file() for link in local)
    assert {link[1:] for link in facts.links if link.startswith("#")} <= set(facts.ids)


def test_nothing_is_written_where_nothing_has_changed(workspace, home, monkeypatch):
    superseded(home)
    page = keep_shelf(workspace)
    before = page.stat().st_mtime_ns

    def never(*arguments):
        raise AssertionError

    monkeypatch.setattr(upkeep, "_write_all", never)
    assert keep_shelf(workspace) == page
    assert page.stat().st_mtime_ns == before


@pytest.mark.parametrize("what", ["index.html", "leeds/2005.status.json"])
@pytest.mark.parametrize("fault", ["edited", "gone"])
def test_what_somebody_has_edited_or_removed_is_written_anew(
    workspace, home, what, fault
):
    place(home, "leeds/2005", files_of("leeds", "2005"))
    keep_shelf(workspace)
    path = home / "output" / what
    whole = path.read_bytes()
    if fault == "gone":
        path.unlink()
    else:
        path.write_text("mine", "utf-8")
    keep_shelf(workspace)
    assert path.read_bytes() == whole


def test_the_shelf_is_the_same_bytes_wherever_it_is_made(workspace, home, tmp_path):
    superseded(home)
    first = keep_shelf(workspace).read_bytes()
    other = tmp_path / "another" / "place"
    (other / "data").mkdir(parents=True)
    superseded(other)
    assert keep_shelf(Workspace(CLONE, other)).read_bytes() == first
    assert str(tmp_path).encode() not in first


def test_a_pack_that_is_no_longer_there_is_no_longer_listed(workspace, home):
    import shutil

    place(home, "leeds/2005", files_of("leeds", "2005"))
    gone = place(home, "dorset/2019-01", files_of("dorset", "2019-01"))
    assert "Dorset" in text_of(keep_shelf(workspace))
    shutil.rmtree(gone)
    assert "Dorset" not in text_of(keep_shelf(workspace))


def test_what_is_no_pack_is_not_listed(workspace, home):
    place(home, "leeds/2005", files_of("leeds", "2005"))
    place(home, "leeds/2006", {"evidence.json": b"{", "manifest-sha256.txt": b""})
    place(home, "leeds/.2007.building", files_of("leeds", "2007"))
    place(home, "draft/leeds/2008", files_of("leeds", "2008"))
    assert list(statuses(workspace)) == ["leeds/2005"]


@pytest.mark.skipif(os.name != "posix", reason="a full disk of POSIX systems")
def test_a_shelf_that_cannot_be_written_is_one_line(workspace, home, monkeypatch):
    place(home, "leeds/2005", files_of("leeds", "2005"))
    from pathlib import Path

    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputError, match=r"output/index.html: the disk is full"):
        keep_shelf(workspace)
