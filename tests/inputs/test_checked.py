"""Datasets that a run hands on to its notebooks."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from scrutiny_pack.inputs.checked import checked_dataset, hand_on
from scrutiny_pack.inputs.datasets import load_dataset

DATA = Path(__file__).resolve().parents[2] / "data" / "darlington" / "2016-07-31"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data" / "darlington" / "2016-07-31")


@pytest.fixture
def run(tmp_path, folder):
    (tmp_path / "run").mkdir()
    read = {"posts": load_dataset(folder, "posts", tmp_path)}
    hand_on(tmp_path / "run", folder, read, tmp_path)
    return tmp_path / "run"


@pytest.fixture
def unread(monkeypatch):
    """Files cannot be parsed: what is found has been handed on."""

    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr("scrutiny_pack.inputs.checked.load_dataset", refuse)


def test_it_is_what_would_be_read(tmp_path, folder, run, unread):
    found = checked_dataset(run, folder, "posts", tmp_path)
    read = load_dataset(folder, "posts", tmp_path)
    pd.testing.assert_frame_equal(found.frame, read.frame)
    assert (found.source, found.sha256, found.file, found.notes, found.schema) == (
        *(read.source, read.sha256, read.file, read.notes, read.schema),
    )


@pytest.mark.parametrize("suffix", [".csv", ".source.yaml"])
def test_a_file_that_has_changed_is_read_again(tmp_path, folder, run, suffix, unread):
    path = folder / f"posts{suffix}"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    with pytest.raises(AssertionError):
        checked_dataset(run, folder, "posts", tmp_path)


def test_without_what_was_handed_on_the_files_are_read(tmp_path, folder, run):
    found = checked_dataset(run, folder, "caseloads", tmp_path)
    assert found.file == "data/darlington/2016-07-31/caseloads.csv"
