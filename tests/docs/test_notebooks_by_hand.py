"""A notebook as JupyterLab runs it: its own defaults, its own kernel, from its folder.

`make lab` hands JupyterLab a kernel called python3 that is the Python of the packs
(tests/machine/test_environments.py); the notebooks ask for that one.
"""

import json
import shutil
import sys

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

from tests.docs.test_tutorial import PROJECT

NAMES = sorted(path.stem for path in (PROJECT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_asks_for_the_kernel_that_the_lab_has(name):
    notebook = nbformat.read(PROJECT / "notebooks" / f"{name}.ipynb", as_version=4)
    assert notebook.metadata.kernelspec.name == "python3"


@pytest.mark.slow
def test_a_notebook_runs_by_hand_with_its_defaults(tmp_path, monkeypatch):
    """All cells, in the folder of the notebooks, with the lab's kernel spec."""
    shutil.copytree(PROJECT / "notebooks", tmp_path / "notebooks")
    for part in ("data", "params", "expectations"):
        (tmp_path / part).symlink_to(PROJECT / part)
    monkeypatch.setenv("SCRUTINY_PACK_PROJECT", str(tmp_path))
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    words = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(
        json.dumps({"argv": words, "display_name": "Python 3", "language": "python"})
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.chdir(tmp_path)
    assert KernelSpecManager().get_kernel_spec("python3").argv == words
    notebook = nbformat.read(tmp_path / "notebooks" / "02-posts.ipynb", as_version=4)

    client = NotebookClient(
        notebook,
        kernel_name=notebook.metadata.kernelspec.name,
        timeout=None,
        resources={"metadata": {"path": str(tmp_path / "notebooks")}},
    )
    client.execute()

    shown = [
        "".join(output.get("data", {}).get("text/html", ""))
        for cell in notebook.cells
        for output in cell.get("outputs", ())
    ]
    assert any("Darlington" in html for html in shown)
    assert any((tmp_path / "output" / "draft").rglob("*.csv"))
    assert not (tmp_path / "output" / "darlington").exists()  # never to the pack
