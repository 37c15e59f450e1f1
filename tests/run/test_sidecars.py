"""Sidecars: read in order, and refused in one line."""

import pytest

from scrutiny_pack.errors import NotebookError
from scrutiny_pack.sidecars import read_sidecars


def read(project):
    return read_sidecars(project.folder / "notebooks")


def test_sidecars_come_in_reading_order(project):
    project.add_notebook("01-first", order=20)
    project.add_notebook("02-second", order=3)
    assert [sidecar.name for sidecar in read(project)] == ["02-second", "01-first"]


def test_datasets_are_told_apart_by_use(project):
    datasets = {"posts": "required", "turnover": "any", "leavers": "any"}
    project.add_notebook("01-first", datasets=datasets)
    sidecar = read(project)[0]
    assert sidecar.datasets_marked("required") == ["posts"]
    assert sidecar.datasets_marked("any") == ["leavers", "turnover"]
    assert sidecar.datasets_marked("optional") == []


@pytest.mark.parametrize(
    ("different", "message"),
    [
        ({"titel": "x"}, "titel: is not something that a sidecar says"),
        ({"title": ""}, "title: String should have at least 1 character"),
        ({"scope": "everything"}, "scope: Input should be 'this period'"),
        (
            {"datasets": {"post": "required"}},
            "'post' is not a dataset. Did you mean posts",
        ),
        (
            {"datasets": {"posts": "maybe"}},
            "datasets: posts: Input should be 'required'",
        ),
        ({"items": ["Posts by team"]}, "'Posts by team' is not a slug"),
        ({"items": ["posts", "posts"]}, "items: listed more than once: posts"),
        (
            {"parameters": {"cost": {"type": "number"}}},
            "every parameter needs a descri",
        ),
        (
            {"parameters": {"cost": {"type": "nomber", "description": "x"}}},
            "parameters: cost: is not JSON Schema: 'nomber' is not valid",
        ),
        ({"files": {"../claims.json": "x"}}, "is not a name for a file"),
        ({"timeout": 0}, "timeout: Input should be greater than 0"),
    ],
)
def test_a_sidecar_that_is_wrong_is_refused_in_one_line(project, different, message):
    project.add_notebook("01-first", **different)
    with pytest.raises(NotebookError) as caught:
        read(project)
    line = str(caught.value)
    assert line.startswith("notebooks/01-first.yaml: ")
    assert message in line
    assert "\n" not in line


def test_a_sidecar_without_a_question_is_refused(project):
    path = project.add_notebook("01-first").with_suffix(".yaml")
    text = path.read_text("utf-8").replace("question:", "# question:")
    path.write_text(text, "utf-8")
    with pytest.raises(NotebookError, match="question: is missing; add it"):
        read(project)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"title: [", "cannot be read as YAML"),
        (b"title: \xe9", "cannot be read as YAML"),
        (b"just words", "must hold names and values"),
        (b"", "must hold names and values"),
    ],
)
def test_a_sidecar_that_is_not_yaml_is_refused(project, content, message):
    project.add_notebook("01-first").with_suffix(".yaml").write_bytes(content)
    with pytest.raises(NotebookError, match=message):
        read(project)


def test_a_notebook_and_its_sidecar_belong_together(project):
    path = project.add_notebook("01-first")
    path.with_suffix(".yaml").rename(path.with_name("02-second.yaml"))
    with pytest.raises(
        NotebookError, match=r"02-second\.yaml has no notebook beside it"
    ):
        read(project)
    path.with_name("02-second.yaml").unlink()
    with pytest.raises(NotebookError, match=r"01-first\.ipynb has no sidecar"):
        read(project)


def test_two_notebooks_cannot_share_a_place_in_the_order(project):
    project.add_notebook("01-first")
    project.add_notebook("02-second")
    with pytest.raises(NotebookError, match="both have order 1"):
        read(project)
