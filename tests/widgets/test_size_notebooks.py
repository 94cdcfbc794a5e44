"""The demo notebooks of the pooling and the shape explorer: without outputs, and they run from top to bottom."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "docs" / "widgets"
VIEW = "application/vnd.jupyter.widget-view+json"
#: How many views a notebook shows, and what else it gives, in its order.
NOTEBOOKS = {
    "pooling_explorer": (3, ["[9., 7.]", "{'avg': 3, 'max': 7}", "pool2d_layer has 10 of 12 values wrong."]),
    "shape_explorer": (
        4,
        ["9098", "returned 5, not 4. 9 more differ.", "for layer 1, not ('Conv2d', (1, 6, 28, 28))"],
    ),
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
    views, told = NOTEBOOKS[name]
    assert sum(VIEW in output.get("data", {}) for output in outputs) == views
    texts = [o.get("text") or o["data"]["text/plain"] for o in outputs if VIEW not in o.get("data", {})]
    assert len(texts) == len(told)
    assert all(expected in text for expected, text in zip(told, texts, strict=True)), texts
