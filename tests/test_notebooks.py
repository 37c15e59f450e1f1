"""Notebooks are committed as they should be: a question, no outputs, stable ids."""

import json
import re
from pathlib import Path

import nbformat
import pytest

from scrutiny_pack.sidecars import read_sidecars

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
SIDECARS = read_sidecars(NOTEBOOKS)


@pytest.fixture(params=SIDECARS, ids=lambda sidecar: sidecar.name)
def sidecar(request):
    return request.param


@pytest.fixture
def notebook(sidecar):
    path = NOTEBOOKS / f"{sidecar.name}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))


def source(cell):
    return "".join(cell["source"])


def test_it_is_valid_and_says_nothing_of_the_machine(notebook):
    nbformat.validate(notebook)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert list(notebook["metadata"]) == ["kernelspec"]
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


def test_it_has_no_outputs(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


def test_its_cells_have_names(notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[a-z][a-z0-9-]{2,40}", one) for one in ids)


def test_it_begins_with_its_question_and_ends_with_its_limits(notebook, sidecar):
    first, *_, last = notebook["cells"]
    assert source(first).startswith(f"# {sidecar.question}\n\n")
    assert source(last).startswith("## What this does not show\n\n")


def test_it_takes_a_council_a_period_and_what_its_sidecar_declares(notebook, sidecar):
    (cell,) = [
        cell
        for cell in notebook["cells"]
        if "parameters" in cell["metadata"].get("tags", [])
    ]
    names = re.findall(r"^(\w+) =", source(cell), re.MULTILINE)
    assert names == ["council", "period", *sidecar.parameters]


def test_it_makes_every_item_that_its_sidecar_lists(notebook, sidecar):
    """Or hands the item's name on from a function: then the package has it."""
    code = "".join(source(c) for c in notebook["cells"] if c["cell_type"] == "code")
    package = NOTEBOOKS.parent / "src" / "scrutiny_pack"
    for part in ("measures", "evidence/headlines"):
        paths = sorted((package / part).glob("*.py"))
        code += "".join(path.read_text("utf-8") for path in paths)
    assert [item for item in sidecar.items if f'"{item}"' not in code] == []
