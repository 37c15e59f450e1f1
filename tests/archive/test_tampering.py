"""What verifying says of an archive that somebody has altered."""

import json
import re

import pytest

from tests.archive.tampering import (
    altered,
    failed,
    read_members,
    replaced,
    seal_all,
    seal_bag,
    seal_evidence,
    seal_lists,
    seal_pack,
    steps_of,
    write_members,
)

PAGE = "data/pack/notebooks/03-caseloads.html"
EXECUTED = "data/pack/notebooks/03-caseloads.ipynb"
EVIDENCE = "data/pack/evidence.json"


def table_of(members):
    """The data file of the archive's one table."""
    items = json.loads(members[EVIDENCE])["items"]
    return next(f"data/pack/{i['data']}" for i in items if i["kind"] == "table")


def chart_of(members):
    items = json.loads(members[EVIDENCE])["items"]
    return next(item for item in items if item["kind"] == "chart")


def test_an_archive_as_it_was_made_verifies(archive):
    steps = steps_of(archive)
    assert not [step.problems for step in steps if step.problems]
    assert [step.is_done for step in steps] == [True, True, True, True, False, False]


def test_an_archive_that_was_only_packed_anew_verifies(archive, tmp_path):
    assert altered(archive, tmp_path / "again.zip") == {}


def test_one_changed_byte_is_found_and_named(archive, tmp_path):
    raw = bytearray(archive.read_bytes())
    place = raw.index(b"Scrutiny evidence pack: Dorset")
    raw[place] ^= 1
    changed = tmp_path / "changed.zip"
    changed.write_bytes(raw)
    (problem,) = failed(changed)[23]
    assert re.fullmatch(r"\S+ cannot be read from the zip \(Bad CRC-32 .*\)", problem)


def test_one_changed_byte_with_the_zip_made_to_fit_is_found_and_named(
    archive, tmp_path
):
    def change(members):
        raw = bytearray(members[PAGE])
        raw[100] ^= 1
        members[PAGE] = bytes(raw)

    found = altered(archive, tmp_path / "a.zip", change)
    assert found[23] == [
        f"{PAGE} was altered: its checksum is not the one in manifest-sha256.txt"
    ]


def test_a_missing_file_is_found_and_named(archive, tmp_path):
    found = altered(archive, tmp_path / "a.zip", lambda members: members.pop(PAGE))
    assert f"{PAGE} is missing: manifest-sha256.txt lists it" in found[23]


@pytest.mark.parametrize(
    "place", ["data/pack/extra.html", "data/note.txt", "extra.txt", "data/.hidden"]
)
def test_an_added_file_is_found_and_named(archive, tmp_path, place):
    def change(members):
        members[place] = b"added"

    found = altered(archive, tmp_path / "a.zip", change)
    manifest = "manifest" if place.startswith("data/") else "tagmanifest"
    assert found[23][0] == f"{place} was added: {manifest}-sha256.txt does not list it"


def test_an_added_file_with_the_bag_made_to_fit_is_found_and_named(archive, tmp_path):
    def change(members):
        members["data/pack/extra.html"] = b"added"

    found = altered(archive, tmp_path / "a.zip", change, seal_bag)
    assert set(found) == {24}
    assert found[24] == [
        "pack/manifest-sha256.txt does not agree with the file pack/extra.html",
        "files.csv does not agree with the file pack/extra.html",
        "ro-crate-metadata.json does not agree with the file pack/extra.html",
        "ro-crate-metadata.json does not list pack/extra.html once among its parts",
    ]


@pytest.mark.parametrize(
    "name",
    ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"],
)
def test_a_missing_file_of_the_bag_is_found_and_named(archive, tmp_path, name):
    found = altered(archive, tmp_path / "a.zip", lambda members: members.pop(name))
    assert found[23] == [f"{name} is missing"]


def test_a_bag_that_says_another_size_is_found(archive, tmp_path):
    def change(members):
        text = members["bag-info.txt"].decode()
        changed = re.sub(r"Payload-Oxum: \d+", "Payload-Oxum: 1", text)
        members["bag-info.txt"] = changed.encode()

    found = altered(archive, tmp_path / "a.zip", change)
    assert found[23][0].startswith("bag-info.txt was altered")
    assert "bag-info.txt says Payload-Oxum 1." in found[23][1]


def change_a_value(members):
    table = table_of(members)
    text = members[table].decode()
    line = text.splitlines()[1]
    value = re.search(r",(\d+\.?\d*),", line)
    assert value
    forged = line.replace(value[0], f",{float(value[1]) + 1:g},", 1)
    members[table] = text.replace(line, forged, 1).encode()


def test_a_changed_value_is_found_by_the_evidence(archive, tmp_path):
    table = table_of(read_members(archive)).removeprefix("data/")
    found = altered(
        archive, tmp_path / "a.zip", change_a_value, seal_pack, seal_lists, seal_bag
    )
    assert set(found) == {24, 35}
    assert found[24] == [
        f"evidence.json, {table.split('/')[-1].removesuffix('.csv')}: the checksum is "
        f"not that of the file {table}"
    ]


def test_a_changed_value_with_its_checksums_made_to_fit_is_found_on_the_page(
    archive, tmp_path
):
    found = altered(archive, tmp_path / "a.zip", change_a_value, seal_all)
    assert set(found) == {35}
    on_page, in_notebook = found[35]
    assert on_page.startswith("pack/notebooks/03-caseloads.html: Table 1 (")
    assert in_notebook.startswith("pack/notebooks/03-caseloads.ipynb: Table 1 (")
    assert re.search(
        r"row '.*', column '.*': '.*' is shown, and the data file has", on_page
    )


def test_a_changed_input_is_found_by_the_evidence(archive, tmp_path):
    def change(members):
        place = "data/project/data/dorset/2019-01/caseloads.csv"
        members[place] = members[place].replace(b"16.7", b"16.8")

    found = altered(
        archive, tmp_path / "a.zip", change, seal_pack, seal_lists, seal_bag
    )
    assert set(found) == {24}
    assert all(
        "not that of the file project/data/dorset/2019-01/caseloads.csv" in problem
        for problem in found[24]
    )


def change_key_figure(members):
    items = json.loads(members[EVIDENCE])["items"]
    headline = next(i["headline"] for i in items if i["kind"] == "key_figure")
    number = re.search(r"\d+", headline)
    assert number
    forged = headline.replace(number[0], "99", 1)
    page = members[PAGE].decode()
    shown = page.index('class="headline"')
    after = page[shown:].replace(number[0], "99", 1)
    members[PAGE] = (page[:shown] + after).encode()
    assert forged != headline


def test_a_changed_key_figure_is_found(archive, tmp_path):
    found = altered(archive, tmp_path / "a.zip", change_key_figure, seal_all)
    assert set(found) == {35}
    (problem,) = found[35]
    assert "Key figure 1 (" in problem
    assert "the page shows '99" in problem


def change_alt(where):
    def change(members):
        alt = chart_of(members)["alt"]
        number = re.search(r"16\.7", alt)
        assert number
        forged = alt.replace("16.7", "22", 1)  # another figure of the same chart
        for place in where:
            replaced(members, place, alt, forged)

    return change


def test_changed_words_of_a_picture_are_found(archive, tmp_path):
    found = altered(archive, tmp_path / "a.zip", change_alt([PAGE]), seal_all)
    assert set(found) == {35}
    assert "the picture's words are not those of evidence.json" in found[35][0]


def test_words_of_a_picture_changed_everywhere_are_found_by_the_data(archive, tmp_path):
    def change(members):
        change_alt([PAGE, EVIDENCE])(members)
        notebook = json.loads(members[EXECUTED])
        text = json.dumps(notebook, ensure_ascii=False)
        members[EXECUTED] = text.replace("average 16.7", "average 22", 1).encode()

    found = altered(archive, tmp_path / "a.zip", change, seal_all)
    assert set(found) == {35}
    assert (
        "the data file has 16.7 1 times, and the picture's words say it 0 times"
        in found[35][0]
    )


def test_an_item_that_is_not_in_the_evidence_is_found(archive, tmp_path):
    def change(members):
        replaced(
            members,
            PAGE,
            "</main>",
            '<figure class="evidence" id="made-up"><p class="headline">7</p></figure></main>',
        )

    found = altered(archive, tmp_path / "a.zip", change, seal_all)
    assert found[35] == [
        "pack/notebooks/03-caseloads.html: it shows an item 'made-up' that "
        "evidence.json does not list"
    ]


def test_an_action_of_the_crate_that_names_nothing_is_found(archive, tmp_path):
    def change(members):
        place = "data/ro-crate-metadata.json"
        crate = json.loads(members[place])
        run = next(e for e in crate["@graph"] if e["@id"] == "#run-03-caseloads")
        run["object"].append({"@id": "project/elsewhere.csv"})
        members[place] = json.dumps(crate).encode()

    found = altered(archive, tmp_path / "a.zip", change, seal_bag)
    assert found[24] == [
        "ro-crate-metadata.json: #run-03-caseloads, object, names "
        "project/elsewhere.csv, which it does not describe"
    ]


def test_a_document_that_no_source_names_is_found(archive, tmp_path):
    def change(members):
        place = "data/project/data/dorset/2019-01/documents/report.pdf"
        members[place] = b"%PDF-1.7 not the report"

    found = altered(archive, tmp_path / "a.zip", change, seal_bag)
    assert (
        "project/data/dorset/2019-01/documents/report.pdf is not the copy of a document "
        "that evidence.json names" in found[24]
    )


@pytest.mark.parametrize(
    "path", [EVIDENCE, "data/files.csv", "data/ro-crate-metadata.json", PAGE, EXECUTED]
)
@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"[" * 100_000, b'{"items": 1, "@graph": [1], "pack": 2}']
)
def test_a_file_that_is_nothing_like_it_should_be_is_a_problem_and_no_crash(
    archive, tmp_path, path, raw
):
    def change(members):
        members[path] = raw

    found = altered(archive, tmp_path / "a.zip", change, seal_bag)
    assert found
    assert 23 not in found


def test_a_forgery_that_is_consistent_throughout_is_not_found_without_a_signature(
    archive, tmp_path
):
    """Only a signature, or a checksum kept elsewhere, tells it: docs/archive.md says so."""

    def change(members):
        replaced(members, "data/pack/index.html", "</main>", "<p>Forged.</p></main>")

    assert altered(archive, tmp_path / "a.zip", change, seal_all) == {}


def test_evidence_that_was_sealed_is_the_evidence_that_was_made(archive):
    members = read_members(archive)
    before = json.loads(members[EVIDENCE])
    seal_evidence(members)
    assert json.loads(members[EVIDENCE]) == before


def test_the_exit_code_is_that_of_the_first_step_that_failed(
    archived_once, archive, tmp_path
):
    project, _ = archived_once
    members = read_members(archive)
    change_a_value(members)
    forged = write_members(tmp_path / "forged.zip", members)
    done = project.run("verify", f"ARCHIVE={forged}")
    assert done.returncode == 23
    assert "ok        the zip is safe to open" in done.stdout
    assert (
        "failed    the bag is complete and unaltered\n          data/pack/"
        in done.stdout
    )
    assert "failed    crate, file list and evidence agree" in done.stdout
    assert done.stderr == "forged.zip does not verify.\n"


def test_an_archive_of_a_later_format_is_said_to_be_one(archive, tmp_path):
    def change(members):
        replaced(members, "bag-info.txt", "Archive-Format: 1", "Archive-Format: 2")

    found = altered(archive, tmp_path / "a.zip", change, seal_bag)
    assert found == {
        22: [
            "the archive is of format 2, and this version reads format 1: verify it "
            "with the version that made it, or a later one"
        ]
    }


def test_a_bag_that_is_no_archive_is_said_to_be_none(archive, tmp_path):
    def change(members):
        replaced(members, "bag-info.txt", "Archive-Format: 1\n", "")

    found = altered(archive, tmp_path / "a.zip", change, seal_bag)
    assert found == {
        22: ["bag-info.txt names no Archive-Format: this is no archive of a pack"]
    }
