"""The demo notebooks: saved without outputs, and they run from top to bottom and give what they say."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "docs" / "widgets"
VIEW = "application/vnd.jupyter.widget-view+json"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
#: How many views a notebook shows, and a part of some of its other outputs, in their order.
GIVES = {
    "correlation_explorer": (5, ["43.", "'rows 1–2, columns 1–2'"]),
    "equivariance_explorer": (2, ["centred is not equivariant for the shift (1, 3): 483 of 483 places differ."]),
    "image_kernel_explorer": (2, ["True"]),  # the learner's corr2d gives the explorer's picture
    "pooling_explorer": (3, ["[9., 7.]", "{'avg': 3, 'max': 7}", "pool2d_layer has 10 of 12 values wrong."]),
    "shape_explorer": (
        4,
        ["9098", "returned 5, not 4. 9 more differ.", "for layer 1, not ('Conv2d', (1, 6, 28, 28))"],
    ),
}


def outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code and all(cell.outputs == [] and cell.execution_count is None for cell in code)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    ).execute()
    views = [output for output in outputs(notebook) if VIEW in output.get("data", {})]
    texts = [o.get("text") or o["data"]["text/plain"] for o in outputs(notebook) if VIEW not in o.get("data", {})]
    assert views
    if path.stem in GIVES:
        count, told = GIVES[path.stem]
        assert len(views) == count
        left = iter(texts)
        assert all(any(expected in text for text in left) for expected in told), texts


def test_the_notebooks_that_give_something_are_there() -> None:
    assert GIVES.keys() <= {path.stem for path in NOTEBOOKS}
