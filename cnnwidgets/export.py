"""A notebook as one HTML page with its widgets live: read, run if that is asked for, written."""

import os
from pathlib import Path
from typing import Any
from unittest import mock

from cnnwidgets.grading.problem import Problem

HOW = "save it with its widgets' state (in JupyterLab: Settings, Save Widget State Automatically), or add --run"


def export(path: Path, into: Path | None = None, *, run: bool = False, mathjax: bool = False) -> int:
    """Write the notebook's page beside it, or to the file `into`; with `run`, run a copy of it first."""
    notebook = read(path)
    if run:
        execute(notebook, path)
    from cnnwidgets.widgets.export import notebook_page

    target = into or path.with_suffix(".html")
    if target.is_dir():
        target = target / f"{path.stem}.html"
    try:
        page = notebook_page(notebook, path.stem, mathjax)
    except ValueError as problem:
        raise Problem(f"{path}: {problem}{'' if run else '; ' + HOW}") from problem
    try:
        half = target.with_name(f".{target.name}.part")
        half.write_text(page, encoding="utf-8")
        half.replace(target)
    except OSError as error:
        raise Problem(f"the page can not be written to {target}: {error.strerror or error}") from error
    print(f"The notebook is in {target}: open it in a browser, its widgets need nothing else.")
    return 0


def read(path: Path) -> Any:
    """The notebook in a file; `Problem` says what is wrong with the file."""
    try:
        import nbconvert  # noqa: F401
        import nbformat
    except ImportError:
        raise Problem("nbconvert makes the page: pip install nbconvert") from None
    if not path.is_file():
        raise Problem(f"there is no notebook {path}")
    try:
        notebooks: Any = nbformat
        return notebooks.read(path, as_version=4)
    except Exception as problem:
        raise Problem(f"{path} is not a notebook that can be read: {problem or type(problem).__name__}") from problem


def execute(notebook: Any, path: Path) -> None:
    """Run the notebook in a kernel of its own, in its folder, and keep the state of its widgets with it."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook.metadata.pop("widgets", None)
    client = NotebookClient(
        notebook, resources={"metadata": {"path": str(path.resolve().parent)}}, timeout=None, store_widget_state=True
    )
    # No view comes while it runs: widgets are told to show what they would have shown then.
    with mock.patch.dict(os.environ, CNNWIDGETS_EXPORT="1"):
        try:
            client.execute()
        except CellExecutionError as error:
            number = next(n for n, cell in enumerate(notebook.cells, 1) if _failed(cell))
            what = f"{error.ename}: {error.evalue}".rstrip(": ")
            raise Problem(f"{path} does not run to its end: cell {number} stops with {what}") from error


def _failed(cell: Any) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", []))
