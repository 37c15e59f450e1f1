"""A dataset is its table, its source, and the bytes that it was read from."""

import hashlib

import pytest

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.datasets import load_dataset, supplied_datasets

from .small_tables import write_dataset


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "data" / "darlington" / "2016-07-31"
    write_dataset(folder, "posts", "unit | value\nTeam A | 3")
    return folder


def test_a_dataset(folder, tmp_path):
    posts = load_dataset(folder, "posts", tmp_path)
    assert posts.name == "posts"
    assert posts.file == "data/darlington/2016-07-31/posts.csv"
    assert posts.source.title == "Sufficiency of social workers"
    assert posts.notes == ()
    raw = (folder / "posts.csv").read_bytes()
    assert posts.sha256 == hashlib.sha256(raw).hexdigest()


def test_a_figure_carries_where_it_came_from(folder, tmp_path):
    frame = load_dataset(folder, "posts", tmp_path).frame
    assert frame.columns[-1] == "dataset"
    assert frame["dataset"].tolist() == ["posts"]
    assert frame["dataset"].dtype == "str"
    assert frame.index.tolist() == [2]


def test_a_note_of_what_was_put_right(folder, tmp_path):
    path = folder / "posts.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(load_dataset(folder, "posts", tmp_path).notes) == 1


def test_a_dataset_without_its_source(folder, tmp_path):
    (folder / "posts.source.yaml").unlink()
    with pytest.raises(InputFileError) as caught:
        load_dataset(folder, "posts", tmp_path)
    assert str(caught.value) == (
        "data/darlington/2016-07-31/posts.source.yaml is missing: "
        "put the file there, or check its name"
    )


def test_a_dataset_that_nobody_knows(folder, tmp_path):
    with pytest.raises(InputFileError, match="'post' is not a dataset"):
        load_dataset(folder, "post", tmp_path)


def test_which_datasets_are_supplied(folder):
    write_dataset(folder, "caseloads", "area | measure\nthe council | average_caseload")
    (folder / "commentary.yaml").write_text("", encoding="utf-8")
    (folder / "._posts.csv").write_text("left by a Mac", encoding="utf-8")
    assert supplied_datasets(folder) == ["caseloads", "posts"]


@pytest.mark.parametrize("name", ["post.csv", "Posts.csv", "posts.CSV"])
def test_a_file_that_is_no_dataset(tmp_path, name):
    (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(InputFileError) as caught:
        supplied_datasets(tmp_path)
    assert str(caught.value).startswith(
        f"{name} in {tmp_path.name} is no dataset that this project knows. "
        "Did you mean posts"
    )


def test_a_folder_that_is_missing(tmp_path):
    with pytest.raises(InputFileError, match="there is no folder"):
        supplied_datasets(tmp_path / "2016-07-31")
