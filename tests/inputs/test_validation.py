"""The inputs of a council and period are checked once, and again when they change."""

import json
import shutil
from dataclasses import replace

import pytest

from scrutiny_pack.errors import ExpectationError, InputFileError
from scrutiny_pack.inputs import validation
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.receipt import Receipt, raise_if_critical
from scrutiny_pack.inputs.validation import check_inputs

from .small_tables import SUITES, run_python, write_dataset

POSTS = "unit | value\nTeam A | 3"
CASELOADS = """
    area        | unit       | measure          | basis      | value
    the council | not stated | average_caseload | not stated | 75
"""
NAMES = ["posts", "caseloads"]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "data" / "darlington" / "2016-07-31"
    write_dataset(folder, "posts", POSTS)
    write_dataset(folder, "caseloads", CASELOADS)
    return folder


@pytest.fixture
def memory(tmp_path):
    return tmp_path / "output" / ".cache" / "checks"


@pytest.fixture
def checked(monkeypatch):
    """The names of the datasets that are checked, and not remembered."""
    names = []
    check = validation.check_dataset

    def watched(dataset, suites_folder):
        names.append(dataset.name)
        return check(dataset, suites_folder)

    monkeypatch.setattr(validation, "check_dataset", watched)
    return names


def test_the_datasets_and_their_receipt(folder):
    datasets, receipt = check_inputs(folder, NAMES, SUITES)
    assert list(datasets) == ["caseloads", "posts"]
    assert (receipt.council, receipt.period) == ("darlington", "2016-07-31")
    assert [check.dataset for check in receipt.datasets] == ["caseloads", "posts"]
    assert receipt.rows == 2
    assert receipt.expectations == sum(c.expectations for c in receipt.datasets)
    assert [failure.sentence for failure in receipt.failures("warning")] == [
        "A caseload is expected to be 60 cases at most, but line 2 (the council, "
        "not stated, average caseload, 31 July 2016) has 75."
    ]
    raise_if_critical(receipt)


def test_a_receipt_that_comes_back_from_json(folder):
    _, receipt = check_inputs(folder, NAMES, SUITES)
    text = receipt.to_json()
    assert Receipt.from_json(text) == receipt
    assert text.endswith("}\n")
    assert receipt.sha256_of("posts") == receipt.datasets[1].sha256
    assert receipt.sha256_of("turnover") == ""
    assert str(folder) not in text


def test_what_a_receipt_says(folder):
    _, receipt = check_inputs(folder, ["caseloads"], SUITES)
    (entry,) = json.loads(receipt.to_json())["datasets"]
    assert list(entry) == [
        "dataset",
        "file",
        "sha256",
        "rows",
        "expectations",
        "notes",
        "failures",
    ]
    assert entry["file"] == "data/darlington/2016-07-31/caseloads.csv"


def test_files_that_cannot_be_read_are_told_together(folder):
    (folder / "posts.csv").write_bytes(b"")
    (folder / "caseloads.source.yaml").unlink()
    with pytest.raises(InputFileError) as caught:
        check_inputs(folder, NAMES, SUITES)
    told = str(caught.value).splitlines()
    assert len(told) == 2
    assert told[0].startswith(
        "data/darlington/2016-07-31/caseloads.source.yaml is miss"
    )
    assert told[1].startswith("data/darlington/2016-07-31/posts.csv is empty")


def test_what_was_checked_is_not_checked_again(folder, memory, checked):
    first = check_inputs(folder, NAMES, SUITES, memory)
    second = check_inputs(folder, NAMES, SUITES, memory)
    assert checked == ["caseloads", "posts"]
    assert first[1] == second[1]
    assert first[1].to_json() == second[1].to_json()


def test_without_a_memory_everything_is_checked(folder, checked):
    check_inputs(folder, ["posts"], SUITES)
    check_inputs(folder, ["posts"], SUITES)
    assert checked == ["posts", "posts"]


def test_a_dataset_that_changes_is_checked_again(folder, memory, checked):
    check_inputs(folder, NAMES, SUITES, memory)
    write_dataset(folder, "posts", "unit | value\nTeam A | -3")
    _, receipt = check_inputs(folder, NAMES, SUITES, memory)
    assert checked == ["caseloads", "posts", "posts"]
    with pytest.raises(ExpectationError):
        raise_if_critical(receipt)


def test_a_source_that_changes(folder, memory, checked):
    check_inputs(folder, ["posts"], SUITES, memory)
    path = folder / "posts.source.yaml"
    path.write_bytes(path.read_bytes().replace(b"2016-09-06", b"2016-01-01"))
    _, receipt = check_inputs(folder, ["posts"], SUITES, memory)
    assert checked == ["posts", "posts"]
    assert len(receipt.failures("critical")) == 1


def test_what_else_a_source_says_is_nothing_to_a_check(folder, memory, checked):
    _, before = check_inputs(folder, ["posts"], SUITES, memory)
    path = folder / "posts.source.yaml"
    path.write_bytes(path.read_bytes() + b"# said by telephone\n")
    assert check_inputs(folder, ["posts"], SUITES, memory)[1] == before
    assert checked == ["posts"]


def test_the_same_file_for_another_period_and_council(folder, memory, checked):
    text = "unit | value\nTeam A | -3 "
    write_dataset(folder, "posts", text)
    (folder / "posts.csv").write_bytes(
        b"\xef\xbb\xbf" + (folder / "posts.csv").read_bytes()
    )
    check_inputs(folder, ["posts"], SUITES, memory)
    assert checked == ["posts"]
    for council, period in (("darlington", "2017-07-31"), ("leeds", "2005")):
        other = folder.parents[1] / council / period
        shutil.copytree(folder, other)
        _, receipt = check_inputs(other, ["posts"], SUITES, memory)
        assert checked == ["posts"]
        _, anew = check_inputs(other, ["posts"], SUITES)
        assert receipt == anew
        assert receipt.datasets[0].notes
        (failure,) = receipt.failures("critical")
        assert failure.file == f"data/{council}/{period}/posts.csv"
        assert "2016-07-31/" not in receipt.to_json()
        checked.pop()


def test_the_same_file_with_a_source_of_another_date(folder, memory, checked):
    check_inputs(folder, ["posts"], SUITES, memory)
    other = folder.parent / "2017-07-31"
    shutil.copytree(folder, other)
    path = other / "posts.source.yaml"
    path.write_bytes(path.read_bytes().replace(b"2016-09-06", b"2016-01-01"))
    _, receipt = check_inputs(other, ["posts"], SUITES, memory)
    assert checked == ["posts", "posts"]
    assert len(receipt.failures("critical")) == 1


def test_the_same_bytes_as_another_dataset(folder, memory):
    """The suites of two datasets may be the same; what they are about is not."""
    keys = {
        validation._key(replace(dataset, name=name), folder)
        for dataset in [load_dataset(folder, "posts", folder.parents[2])]
        for name in ("posts", "pay")
    }
    assert len(keys) == 2


@pytest.mark.parametrize("suite", ["posts.json", "posts-identities.json"])
def test_a_suite_that_changes(folder, memory, checked, tmp_path, suite):
    suites = tmp_path / "expectations"
    shutil.copytree(SUITES, suites)
    check_inputs(folder, NAMES, suites, memory)
    path = suites / suite
    path.write_bytes(path.read_bytes() + b"\n")
    check_inputs(folder, NAMES, suites, memory)
    assert checked == ["caseloads", "posts", "posts"]


def test_another_version_of_the_library(folder, memory, checked, monkeypatch):
    check_inputs(folder, ["posts"], SUITES, memory)
    monkeypatch.setattr(validation, "version", lambda _name: "1.99.0")
    check_inputs(folder, ["posts"], SUITES, memory)
    assert checked == ["posts", "posts"]


def test_other_code(folder, memory, checked, monkeypatch):
    check_inputs(folder, ["posts"], SUITES, memory)
    monkeypatch.setattr(validation, "_code", lambda: "changed")
    check_inputs(folder, ["posts"], SUITES, memory)
    assert checked == ["posts", "posts"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '"x"', "{}", '{"notes": 1, "failures": [1]}', "\xff"],
)
def test_what_is_remembered_badly_is_checked_again(folder, memory, checked, content):
    check_inputs(folder, ["posts"], SUITES, memory)
    (entry,) = memory.iterdir()
    entry.write_bytes(content.encode("latin-1"))
    _, receipt = check_inputs(folder, ["posts"], SUITES, memory)
    assert checked == ["posts", "posts"]
    assert receipt.rows == 1
    assert json.loads(entry.read_text(encoding="utf-8"))["rows"] == 1


def test_a_memory_that_cannot_be_written(folder, tmp_path, checked):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", encoding="utf-8")
    for _ in range(2):
        _, receipt = check_inputs(folder, ["posts"], SUITES, in_the_way)
        assert receipt.rows == 1
    assert checked == ["posts", "posts"]


def test_nothing_half_written_is_left(folder, memory):
    check_inputs(folder, NAMES, SUITES, memory)
    assert {path.suffix for path in memory.iterdir()} == {".json"}


def test_from_memory_alone_great_expectations_is_not_imported(folder, memory):
    paths = ", ".join(f"Path({str(path)!r})" for path in (SUITES, memory))
    code = f"""
import sys
from pathlib import Path
from scrutiny_pack.inputs.validation import check_inputs
check_inputs(Path({str(folder)!r}), {NAMES!r}, {paths})
print("great_expectations" in sys.modules)
"""
    assert run_python(code) == "True"
    assert run_python(code) == "False"
