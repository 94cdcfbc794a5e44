"""The demo notebook of CorrelationExplorer: without outputs, and it runs from top to bottom."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "docs" / "widgets" / "correlation_explorer.ipynb"
VIEW = "application/vnd.jupyter.widget-view+json"


def test_it_is_saved_without_outputs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code and all(cell.outputs == [] and cell.execution_count is None for cell in code)


def test_it_runs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    shown = [output for output in outputs if VIEW in output.get("data", {})]
    assert len(shown) == 5
    text = [output["data"]["text/plain"] for output in outputs if VIEW not in output.get("data", {})]
    assert text[0].startswith("(0,") and "43." in text[0]
    assert text[-1] == "'rows 1–2, columns 1–2'"
