"""The demo notebooks of the two explorers of pictures: without outputs, and they run from top to bottom."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "docs" / "widgets"
VIEW = "application/vnd.jupyter.widget-view+json"
#: How many views a notebook shows, and the text of its last output.
NOTEBOOKS = {
    "image_kernel_explorer": (2, "ImageKernelExplorer"),
    "equivariance_explorer": (2, "centred is not equivariant for the shift (1, 3): 483 of 483 places differ."),
}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_is_saved_without_outputs(name: str) -> None:
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code and all(cell.outputs == [] and cell.execution_count is None for cell in code)


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_runs(name: str) -> None:
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    views, last = NOTEBOOKS[name]
    assert sum(VIEW in output.get("data", {}) for output in outputs) == views
    said = outputs[-1].get("text") or outputs[-1]["data"]["text/plain"]
    assert last in said
    if name == "image_kernel_explorer":
        assert outputs[2]["data"]["text/plain"] == "True"  # the learner's corr2d gives the explorer's picture
