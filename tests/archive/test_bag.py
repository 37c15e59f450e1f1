"""The texts of a bag, and what the Library of Congress's own program says of it."""

import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny_pack.archive.bag import (
    bag_texts,
    manifest_text,
    read_info,
    read_manifest,
    sha256_of_text,
)
from tests.archive.tampering import read_members

SHA = "0" * 64
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda name: name == name.strip()
)


def test_the_texts_of_a_bag_are_those_of_the_standard():
    """RFC 8493, sections 2.1 and 2.2."""
    texts = bag_texts({"a.csv": (3, SHA), "b/c.txt": (4, SHA)}, [("Council", "leeds")])
    assert texts == {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "Council: leeds\nPayload-Oxum: 7.2\n",
        "manifest-sha256.txt": f"{SHA}  data/a.csv\n{SHA}  data/b/c.txt\n",
        "tagmanifest-sha256.txt": "".join(
            f"{sha256_of_text(texts[name])}  {name}\n"
            for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")
        ),
    }


def test_a_percent_sign_and_a_line_end_in_a_path_are_escaped():
    text = manifest_text({"data/100%.csv": SHA, "data/a\nb": SHA})
    assert text == f"{SHA}  data/100%25.csv\n{SHA}  data/a%0Ab\n"
    assert read_manifest(text) == {"data/100%.csv": SHA, "data/a\nb": SHA}


@given(st.dictionaries(NAMES, st.just(SHA)))
def test_a_manifest_is_read_as_it_was_written(hashes):
    assert read_manifest(manifest_text(hashes)) == hashes


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nothing\n", "line 1 is not a SHA-256 and a path"),
        (f"{SHA}\n", "line 1 is not a SHA-256 and a path"),
        (f"{SHA}  a\n{SHA}  a\n", "line 2 lists a again"),
        (f"{SHA}  a\n\n{SHA}  b\n", "line 2 is not a SHA-256 and a path"),
    ],
)
def test_a_manifest_that_is_none_is_refused(text, reason):
    with pytest.raises(ValueError, match=reason):
        read_manifest(text)


def test_a_long_value_and_a_repeated_label_are_read():
    text = "Report: one\n  and the same\nReport: two\n\nCouncil:leeds\n"
    assert read_info(text) == [
        ("Report", "one and the same"),
        ("Report", "two"),
        ("Council", "leeds"),
    ]


def test_a_value_of_several_lines_becomes_one():
    texts = bag_texts({}, [("Report", "one\r\nPayload-Oxum: 1.1")])
    assert texts["bag-info.txt"].splitlines()[0] == "Report: one Payload-Oxum: 1.1"


def test_what_an_archive_says_of_itself(archive):
    members = read_members(archive)
    info = read_info(members["bag-info.txt"].decode())
    assert ("Source-Organization", "Dorset County Council") in info
    assert ("External-Identifier", "dorset/2019-01") in info
    (report,) = [value for label, value in info if label == "Report"]
    assert report.startswith("Recruitment of Children's Social Workers (Dorset County")
    assert ("Report-Date", "2019-01-21") in info
    assert ("Evidence-Date-First", "2019-01-01") in info
    assert ("Evidence-Date-Last", "2019-01-31") in info
    assert ("Creator-Role", "Scrutiny support unit") in info
    assert ("Standing", "Draft: not yet checked") in info
    assert ("Access-Status", "not stated") in info
    assert ("Retention-Class", "Scrutiny reports, supporting documentation") in info
    assert ("Retention-Review-Date", "2024-01-31") in info
    assert ("Archive-Format", "1") in info
    assert not any("Bagging-Date" in label for label, _ in info)


def test_the_library_of_congress_accepts_the_bag(archive, tmp_path):
    pytest.importorskip("bagit", reason="python bootstrap.py --dev installs it")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    (bag,) = tmp_path.iterdir()

    def validated():
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "bagit",
            "--validate",
            str(bag),
        ]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = validated()
    assert done.returncode == 0, done.stderr
    assert "is valid" in done.stderr
    (bag / "data" / "README.txt").write_text("another", encoding="utf-8")
    assert validated().returncode == 1
