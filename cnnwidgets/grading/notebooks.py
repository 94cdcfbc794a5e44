"""Notebooks as files: read with a clear reason when one can not be, and their graded cells."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from .problem import Problem

NOT_JSON = "it is not a notebook: the file is not JSON (saved half-way, or something else under this name)"


def read_notebook(path: Path) -> NotebookNode:
    """The notebook at `path`, in format 4. Raises a `Problem` that says what is wrong with the file."""
    try:
        return parse_notebook(path.read_bytes())
    except FileNotFoundError:
        raise Problem("the file is not there") from None
    except OSError as error:
        raise Problem(f"the file can not be read: {error}") from error


def parse_notebook(data: bytes) -> NotebookNode:
    """The notebook that a file holds, in format 4. Raises a `Problem` that says what is wrong with it."""
    content = cells_of(data)
    if not isinstance(content.setdefault("metadata", {}), dict):
        raise Problem("it is a damaged notebook: its metadata are none")
    if type(content.setdefault("nbformat_minor", 5)) is not int:
        raise Problem("it is a damaged notebook: its format has no number")
    try:
        notebook: NotebookNode = nbformat.reads(json.dumps(content), as_version=4)
    except Exception as error:  # whatever else can be wrong with it
        raise Problem(
            f"it is a damaged notebook: {type(error).__name__}: {str(error).splitlines()[0]:.200}"
        ) from None
    return notebook


def cells_of(data: bytes) -> dict[str, Any]:
    """A notebook file as plain JSON, of which at least the cells are as they should be. Raises a `Problem`."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Problem(f"the file can not be read: {error}") from error
    except (ValueError, RecursionError):
        raise Problem(NOT_JSON) from None
    if not isinstance(content, dict) or type(content.get("nbformat")) is not int:
        raise Problem("it is not a notebook: the file is JSON, but says no notebook format")
    if content["nbformat"] != 4:
        raise Problem(f"it is in notebook format {content['nbformat']!s:.9}: open it in JupyterLab and save it again")
    if not isinstance(content.get("cells"), list) or not content["cells"]:
        raise Problem("the notebook has no cells")
    for number, cell in enumerate(content["cells"], 1):
        if not _is_cell(cell):
            raise Problem(f"it is a damaged notebook: cell {number} is not a cell")
    return content


def _is_cell(cell: Any) -> bool:
    """Whether this has what every later step relies on; the rest of the format nbformat mends or lets pass."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return False
    source, outputs = cell.get("source"), cell.get("outputs", [])
    if not isinstance(source, (str, list)) or not all(isinstance(line, str) for line in source):
        return False
    return isinstance(cell.get("metadata"), dict) and isinstance(outputs, list)


def tags(cell: NotebookNode) -> dict[str, Any]:
    """What nbgrader knows about a cell; empty for an ordinary one."""
    found = cell.get("metadata", {}).get("nbgrader", {})
    return dict(found) if isinstance(found, dict) else {}


def named_cells(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """The cells that the assignment knows by name (answers, tests, locked text), with their names."""
    for cell in notebook.cells:
        name = tags(cell).get("grade_id")
        if isinstance(name, str) and name:
            yield name, cell


def answer_names(notebook: NotebookNode) -> list[str]:
    """The names of the cells that learners fill in."""
    return [name for name, cell in named_cells(notebook) if tags(cell).get("solution")]


def test_names(notebook: NotebookNode) -> list[str]:
    """The names of the cells that give points."""
    return [name for name, cell in named_cells(notebook) if tags(cell).get("grade")]


def require_stable_ids(path: Path) -> None:
    """Raise a `Problem` unless every cell in the file has an id of its own.

    nbformat would mend it while reading, with ids by chance, and the release would change with every run.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    seen: set[str] = set()
    for number, cell in enumerate(content["cells"], 1):
        cell_id = cell.get("id")
        if not cell_id or cell_id in seen:
            what = "no id" if not cell_id else f"the same id as an earlier cell ({cell_id})"
            raise Problem(f"cell {number} has {what}: open the notebook in JupyterLab and save it once")
        seen.add(cell_id)
