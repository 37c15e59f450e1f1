"""Making an archive: the same bytes always, and whole or not at all."""

import csv
import hashlib
import io
import os
import shutil
import signal
import subprocess
import time
import zipfile

import pytest

from tests.archive.archived import COUNCIL, PERIOD, archives_of, made
from tests.archive.tampering import failed, read_members

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
WHICH = (f"COUNCIL={COUNCIL}", f"PERIOD={PERIOD}")


def rows(members, name):
    return list(csv.DictReader(io.StringIO(members[f"data/{name}"].decode())))


def test_it_holds_the_pack_and_all_that_it_was_made_from(archived_once):
    project, archive = archived_once
    members = read_members(archive)
    pack = project.folder / "output" / COUNCIL / PERIOD
    for path in pack.rglob("*"):
        if path.is_file():
            name = f"data/pack/{path.relative_to(pack).as_posix()}"
            assert members[name] == path.read_bytes()
    for name in (
        "requirements.lock",
        "pyproject.toml",
        "Makefile",
        "bootstrap.py",
        "environment.yml",
        "notebooks/03-caseloads.ipynb",
        "notebooks/03-caseloads.yaml",
        "params/defaults.yaml",
        "expectations/caseloads.json",
        "data/reference/councils.csv",
        "data/dorset/2019-01/caseloads.csv",
        "data/dorset/2019-01/caseloads.source.yaml",
    ):
        there = members[f"data/project/{name}"]
        assert there == (project.folder / name).read_bytes()
    assert "data/project/src/scrutiny_pack/archive/making.py" in members
    assert not [name for name in members if "__pycache__" in name]
    assert not [name for name in members if "data/darlington" in name]


def test_the_list_of_files_has_every_file(archive):
    members = read_members(archive)
    listed = {row["path"]: row for row in rows(members, "files.csv")}
    payload = {name.removeprefix("data/") for name in members if "data/" in name[:5]}
    assert set(listed) == payload - {"files.csv", "ro-crate-metadata.json"}
    page = listed["pack/notebooks/03-caseloads.html"]
    assert page["pronom_id"] == "fmt/471"
    assert page["title"] == "Are caseloads manageable?"
    assert (
        page["sha256"]
        == hashlib.sha256(members["data/pack/notebooks/03-caseloads.html"]).hexdigest()
    )
    assert listed["pack/evidence.json"]["pronom_id"] == "fmt/817"
    assert all(row["title"] and row["format"] for row in listed.values())
    unknown = [row["path"] for row in listed.values() if row["format"] == "not known"]
    assert unknown == []


def test_its_name_is_that_of_its_content(archive):
    tag = read_members(archive)["tagmanifest-sha256.txt"]
    name = f"dorset-2019-01-{hashlib.sha256(tag).hexdigest()[:8]}"
    assert archive.name == f"{name}.zip"
    with zipfile.ZipFile(archive) as opened:
        assert {n.partition("/")[0] for n in opened.namelist()} == {name}


def test_its_files_are_stored_in_order_with_one_date_and_one_mode(archive):
    with zipfile.ZipFile(archive) as opened:
        members = opened.infolist()
    assert [m.filename for m in members] == sorted(m.filename for m in members)
    assert {m.date_time for m in members} == {(2019, 1, 31, 0, 0, 0)}
    assert {m.external_attr >> 16 for m in members} == {0o100644}
    assert {m.compress_type for m in members} == {zipfile.ZIP_STORED}
    assert {m.create_system for m in members} == {3}


def test_no_path_of_the_machine_is_in_what_it_says(archived_once):
    project, archive = archived_once
    members = read_members(archive)
    for name in members:
        if name.count("/") <= 1:  # what the archive itself writes
            assert str(project.folder).encode() not in members[name]
            assert b"/tmp" not in members[name]


def test_made_again_elsewhere_it_is_the_same_bytes(archived_once, project):
    _, archive = archived_once
    again = made(project, TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="7")
    assert again.name == archive.name
    assert again.read_bytes() == archive.read_bytes()


def test_made_again_in_the_same_place_it_is_said_to_be_there(project):
    first = made(project)
    before = first.read_bytes()
    done = project.run("archive", *WHICH)
    assert done.returncode == 0
    assert "up to date, nothing was run" in done.stdout
    assert done.stdout.rstrip().endswith("; it was there already")
    assert first.read_bytes() == before


@pytest.mark.slow
def test_a_changed_input_gives_another_archive_beside_the_first(project):
    first = made(project)
    (project.folder / "data" / COUNCIL / PERIOD / "commentary.yaml").write_text(
        "caseload-ranges: The council says more.\n", encoding="utf-8"
    )
    second = made(project)
    assert second != first
    assert archives_of(project) == sorted([first, second])
    assert failed(first) == failed(second) == {}


@pytest.mark.slow
def test_a_workspace_outside_the_clone_is_archived_as_one_project(
    archived_once, project, tmp_path
):
    _, archive = archived_once
    home = tmp_path / "home"
    shutil.move(project.folder / "data" / COUNCIL, home / "data" / COUNCIL)
    done = project.run("archive", *WHICH, f"WORKSPACE={home}")
    assert done.returncode == 0, done.stderr
    (there,) = (home / "output" / "archive").glob("*.zip")
    assert there.read_bytes() == archive.read_bytes()


@pytest.mark.slow
def test_the_documents_that_the_council_gives_go_in_and_nothing_else(project):
    data = project.folder / "data" / COUNCIL / PERIOD
    document = b"%PDF-1.7 the report as it was published"
    for sidecar in data.glob("*.source.yaml"):
        text = sidecar.read_text(encoding="utf-8")
        line = next(n for n in text.splitlines() if n.startswith("document_sha256"))
        own = f"document_sha256: {hashlib.sha256(document).hexdigest()}"
        sidecar.write_text(text.replace(line, own), encoding="utf-8")
    (data / "documents").mkdir()
    (data / "documents" / "The report.pdf").write_bytes(document)
    (data / "documents" / "minutes.pdf").write_bytes(b"%PDF-1.4 something else")
    (data / "staff list.xlsx").write_bytes(b"names")
    done = project.run("archive", *WHICH)
    assert done.returncode == 0, done.stderr
    (archive,) = archives_of(project)
    members = read_members(archive)
    place = f"project/data/{COUNCIL}/{PERIOD}/documents/The report.pdf"
    assert members[f"data/{place}"] == document
    assert not [name for name in members if "minutes" in name or "staff" in name]
    for name in ("documents/minutes.pdf", "staff list.xlsx"):
        line = f"Left out, as neither input nor source document: data/{COUNCIL}/{PERIOD}/{name}"
        assert line in done.stdout
    by_title = {row["title"]: row["file"] for row in rows(members, "documents.csv")}
    assert by_title["Recruitment of Children's Social Workers"] == place
    listed = {row["path"]: row for row in rows(members, "files.csv")}
    assert listed[place]["pronom_id"] == "fmt/276"
    readme = " ".join(members["data/README.txt"].decode().split())
    assert "A copy is in this archive" in readme
    assert failed(archive) == {}


def test_without_its_document_it_says_where_that_is_held(archive):
    members = read_members(archive)
    by_title = {row["title"]: row for row in rows(members, "documents.csv")}
    row = by_title["Recruitment of Children's Social Workers"]
    assert row["file"] == ""
    assert row["held"].startswith("Dorset County Council")
    assert len(row["sha256"]) == 64
    assert f"SHA-256: {row['sha256']}" in members["data/README.txt"].decode()


def test_a_parameter_that_is_no_line_is_refused(project):
    own = project.folder / "params" / COUNCIL / f"{PERIOD}.yaml"
    own.parent.mkdir()
    own.write_text("archive_access: [open]\n", encoding="utf-8")
    done = project.run("archive", *WHICH)
    assert done.returncode == 12
    assert "the parameter 'archive_access' must be one line of text" in done.stderr


def test_a_project_without_its_lock_is_not_archived(project):
    (project.folder / "requirements.lock").unlink()
    done = project.run("archive", *WHICH)
    assert done.returncode == 22
    assert done.stderr.splitlines()[-1].startswith(
        "requirements.lock is missing from the project"
    )
    assert archives_of(project) == []


CHANGES = """
from scrutiny_pack.archive import making
real = making.gather
def gather(workspace, council, period, *rest):
    file = workspace.data_folder(council, period) / "caseloads.csv"
    file.write_text(file.read_text("utf-8").replace("16.7", "16.8"), "utf-8")
    return real(workspace, council, period, *rest)
making.gather = gather
"""


def test_an_input_that_is_changed_meanwhile_is_not_archived(project):
    done = project.run("archive", *WHICH, before=CHANGES)
    assert done.returncode == 22
    assert done.stderr.splitlines()[-1] == (
        "data/dorset/2019-01/caseloads.csv was changed while the pack was being "
        "archived: run again"
    )
    assert archives_of(project) == []


CHANGES_LATER = """
from scrutiny_pack.archive import making
real = making.write_zip
def write_zip(target, folder, entries, day):
    file = next(e.content for e in entries if e.path.endswith("/caseloads.csv"))
    file.write_text(file.read_text("utf-8").replace("16.7", "16.8"), "utf-8")
    real(target, folder, entries, day)
making.write_zip = write_zip
"""


def test_an_input_that_is_changed_while_the_zip_is_written_is_not_archived(project):
    done = project.run("archive", *WHICH, before=CHANGES_LATER)
    assert done.returncode == 22
    assert "was changed while it was being archived: run again" in done.stderr
    assert archives_of(project) == []


WRITES_WRONGLY = """
from scrutiny_pack.archive import making
real = making.write_zip
def write_zip(target, folder, entries, day):
    real(target, folder, [e for e in entries if not e.path.endswith("index.html")], day)
making.write_zip = write_zip
"""


def test_an_archive_that_would_not_verify_is_not_left_behind(project):
    done = project.run("archive", *WHICH, before=WRITES_WRONGLY)
    assert done.returncode == 22
    assert "the archive was not made, because it would not verify" in done.stderr
    assert "data/pack/index.html is missing" in done.stderr
    assert archives_of(project) == []


KILLS = """
import os, signal
from pathlib import Path
from scrutiny_pack.archive import making
def kill(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)
"""
MOMENTS = {
    "while it is written": """
from scrutiny_pack.archive import zip_writing
real, calls = zip_writing._add, []
def add(*arguments):
    calls.append(1)
    kill() if len(calls) == 100 else real(*arguments)
zip_writing._add = add
""",
    "before it is verified": "making.verify_archive = kill",
    "before it is moved": "making._sha256 = kill",
}


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_run_leaves_no_archive_and_the_next_makes_it(
    archived_once, project, moment
):
    _, archive = archived_once
    killed = project.run("archive", *WHICH, before=KILLS + MOMENTS[moment])
    assert killed.returncode == -signal.SIGKILL
    assert archives_of(project) == []
    assert made(project).read_bytes() == archive.read_bytes()
    left = {path.name for path in (project.folder / "output" / "archive").iterdir()}
    assert left == {archive.name, ".dorset-2019-01.lock"}


@POSIX
def test_a_run_that_is_killed_after_it_is_moved_leaves_a_sound_archive(
    archived_once, project
):
    _, archive = archived_once
    done = project.run("archive", *WHICH, before=f"{KILLS}making.ArchiveMade = kill")
    assert done.returncode == -signal.SIGKILL
    (there,) = archives_of(project)
    assert there.read_bytes() == archive.read_bytes()
    assert failed(there) == {}


@POSIX
def test_a_full_disk_is_one_line_and_leaves_no_archive(project):
    folder = project.folder / "output" / "archive"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode
    except FileNotFoundError:
        mounted = 1
    if mounted != 0:
        pytest.skip("this user may not mount a small disk")
    try:
        done = project.run("archive", *WHICH)
        assert done.returncode == 19, done.stderr
        last = done.stderr.splitlines()[-1]
        assert last == (
            "cannot write output/archive/dorset-2019-01: the disk is full: free some "
            "space, and run again"
        )
        assert archives_of(project) == []
        assert [p.name for p in folder.iterdir()] == [".dorset-2019-01.lock"]
    finally:
        subprocess.run(["umount", str(folder)], check=True)


WAITS = """
import time
from pathlib import Path
from scrutiny_pack.archive import making
real = making.write_zip
def write_zip(target, *rest):
    Path(target.parents[1] / "sign").touch()
    while not Path(target.parents[1] / "release").exists():
        time.sleep(0.05)
    real(target, *rest)
making.write_zip = write_zip
"""


def test_two_at_once_are_one_after_the_other(archived_once, project):
    _, archive = archived_once
    folder = project.folder / "output" / "archive"
    first = project.command("archive", *WHICH, before=WAITS)
    try:
        end = time.monotonic() + 60
        while not (folder / "sign").exists():
            assert time.monotonic() < end
            time.sleep(0.05)
        second = project.run("archive", *WHICH)
        assert second.returncode == 18
        assert "another run is building output/archive/dorset-2019-01" in second.stderr
        pack = project.run("pack", *WHICH, "FORCE=1")
        assert pack.returncode == 18  # the pack stays as it is while it is archived
        (folder / "release").touch()
        _, said = first.communicate(timeout=60)
        assert first.returncode == 0, said
    finally:
        if first.poll() is None:
            first.kill()
            first.communicate()
    (there,) = archives_of(project)
    assert there.read_bytes() == archive.read_bytes()
