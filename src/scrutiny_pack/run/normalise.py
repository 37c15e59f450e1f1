"""Making an executed notebook the same bytes every time it is executed."""

from typing import Any

import nbformat
from nbformat import NotebookNode

INJECTED = "injected-parameters"
"""The tag that papermill gives to the cell it adds, and the id that we give it."""

KERNELSPEC = {
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
    "name": "python3",
}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}


def normalise(notebook: NotebookNode) -> list[str]:
    """Take out of an executed notebook what differs from one run to the next.

    That is when and how fast it ran, the random id of the cell with the parameters,
    the version of Python, and how the text that a cell prints was cut into pieces on
    its way. What went to the standard error stream, such as warnings, is not for the
    reader: it is taken out and returned.

    Args:
        notebook: as executed; it is changed in place.

    Returns:
        What the cells wrote to the standard error stream, one entry a cell.
    """
    notebook.metadata = NotebookNode(kernelspec=KERNELSPEC, language_info=LANGUAGE)
    messages = []
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if cell.metadata.get("tags") == []:
            del cell.metadata["tags"]
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED
        if cell.cell_type != "code":
            continue
        written = [o.text for o in cell.outputs if _is_stream(o, "stderr")]
        if written:
            messages.append("".join(written).strip())
        cell.outputs = _without_seams(
            [o for o in cell.outputs if not _is_stream(o, "stderr")]
        )
    return [message for message in messages if message]


def as_text(notebook: NotebookNode) -> str:
    """A notebook as the text of its file, always in the same order."""
    return f"{nbformat.writes(notebook).rstrip()}\n"


def _is_stream(output: Any, name: str) -> bool:
    return bool(output.output_type == "stream" and output.name == name)


def _without_seams(outputs: list[Any]) -> list[Any]:
    """Outputs with pieces of printed text that follow one another put together."""
    joined: list[Any] = []
    for output in outputs:
        if joined and _is_stream(output, "stdout") and _is_stream(joined[-1], "stdout"):
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined
