"""What is taken out of an executed notebook."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from scrutiny_pack.run.normalise import as_text, normalise


def executed(*outputs, **metadata):
    """A notebook as papermill leaves it, with one cell of these outputs."""
    times = {"start_time": "2026-01-01", "duration": "0.1"}
    injected = new_code_cell("# Parameters", metadata={"tags": ["injected-parameters"]})
    cell = new_code_cell(
        "print(1)",
        id="one",
        outputs=list(outputs),
        metadata={"papermill": times, "execution": times, "tags": []},
    )
    text = new_markdown_cell("Words", id="words", metadata={"papermill": {}})
    return new_notebook(
        cells=[injected, cell, text],
        metadata={
            "papermill": times,
            "kernelspec": {"name": "own", "display_name": "Mine", "language": "python"},
            "language_info": {"name": "python", "version": "3.11.7"},
            **metadata,
        },
    )


def stream(name, text):
    return new_output("stream", name=name, text=text)


def test_what_differs_from_run_to_run_is_gone():
    texts = set()
    for _ in range(2):  # new_code_cell gives the injected cell a random id each time
        notebook = executed(stream("stdout", "1\n"))
        normalise(notebook)
        texts.add(as_text(notebook))
    [text] = texts
    for word in ("papermill", "start_time", "duration", "3.11.7", "Mine", '"tags": []'):
        assert word not in text


def test_the_result_is_a_valid_notebook():
    notebook = executed(stream("stdout", "1\n"))
    normalise(notebook)
    nbformat.validate(notebook)
    assert nbformat.reads(as_text(notebook), as_version=4) == notebook


def test_the_ids_of_cells_are_kept_and_that_of_the_injected_one_is_fixed():
    notebook = executed()
    normalise(notebook)
    assert [c.id for c in notebook.cells] == ["injected-parameters", "one", "words"]


def test_warnings_are_returned_and_not_published():
    notebook = executed(
        stream("stdout", "a"), stream("stderr", "careful\n"), stream("stdout", "b\n")
    )
    assert normalise(notebook) == ["careful"]
    assert "careful" not in as_text(notebook)


@pytest.mark.parametrize("pieces", [["ab", "c\n"], ["a", "bc\n"], ["a", "b", "c\n"]])
def test_where_printed_text_was_cut_does_not_show(pieces):
    notebook = executed(*(stream("stdout", piece) for piece in pieces))
    normalise(notebook)
    assert notebook.cells[1].outputs == [stream("stdout", "abc\n")]


def test_outputs_that_are_not_text_stay_where_they_are():
    figure = new_output("display_data", data={"text/html": "<p>"}, metadata={"a": 1})
    notebook = executed(stream("stdout", "1"), figure, stream("stdout", "2"))
    normalise(notebook)
    kinds = [output.output_type for output in notebook.cells[1].outputs]
    assert kinds == ["stream", "display_data", "stream"]
    assert notebook.cells[1].outputs[1].metadata == {"a": 1}
