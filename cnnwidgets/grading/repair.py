"""Makes the notebook that was handed in the assignment's again: test cells and tags restored, outputs cleared.

An answer is the learner's; everything else that counts is the author's. Each known cell gets the author's tags, each
locked one the author's text; a missing test cell goes behind the nearest earlier cell of the assignment that is
there; of a cell that was copied the last one counts, and the others become ordinary cells.
"""

import copy
from collections import Counter

from nbformat import NotebookNode

from .notebooks import answer_names, named_cells, tags
from .problem import Problem
from .regions import without_hidden_tests

# How a cell that was put back begins, as nbgrader's own notice does.
NOTICE = "# This cell (id:"
_TEXT = "This cell (id:{}) was missing from the submission. It was added back by nbgrader.\n\n"


def look_over(notebook: NotebookNode, given: NotebookNode, others: dict[str, list[str]]) -> tuple[str, ...]:
    """Remarks on what was done to the cells. Raises a `Problem` where this is not the assignment `given`."""
    names = Counter(name for name, _ in named_cells(notebook))
    if not set(answer_names(given)) & set(names):
        origin = next((f"; it looks like {other}" for other, cells in others.items() if set(cells) & set(names)), "")
        raise Problem(f"it is another notebook: it has no answer cell of this assignment{origin}")
    known = dict(named_cells(given))
    doubled = [name for name, count in names.items() if count > 1 and name in known]
    altered = list(dict.fromkeys(_altered(notebook, given)))
    missing = [name for name in answer_names(given) if name not in names]
    remarks = {
        "cell repeated, the last one counts": doubled,
        "cell altered, restored": altered,
        "answer cell deleted": missing,
    }
    return tuple(f"{what}: {', '.join(cells)}" for what, cells in remarks.items() if cells)


def repair(notebook: NotebookNode, given: NotebookNode) -> None:
    """Restore the author's part of `notebook` in place."""
    originals = dict(named_cells(given))
    notebook.metadata = copy.deepcopy(given.metadata)
    seen: set[str] = set()
    for cell in reversed(notebook.cells):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        name = tags(cell).get("grade_id")
        if isinstance(name, str) and name in originals and name not in seen:
            seen.add(name)
            _restore(cell, originals[name])
        else:
            cell.metadata.pop("nbgrader", None)
    place = dict(named_cells(notebook))
    before: NotebookNode | None = None
    for name, original in originals.items():
        if name not in place and (tags(original).get("grade") or tags(original).get("task")):
            at = 0 if before is None else _index(notebook, before) + 1
            notebook.cells.insert(at, _put_back(name, original, notebook))
            place[name] = notebook.cells[at]
        before = place.get(name, before)


def _restore(cell: NotebookNode, original: NotebookNode) -> None:
    cell.metadata["nbgrader"] = copy.deepcopy(original.metadata["nbgrader"])
    if cell.cell_type != original.cell_type:
        for key in ("outputs", "execution_count", "attachments"):
            cell.pop(key, None)
        cell.cell_type = original.cell_type
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    if tags(original).get("locked"):
        cell.source = original.source


def _put_back(name: str, original: NotebookNode, notebook: NotebookNode) -> NotebookNode:
    cell = copy.deepcopy(original)
    cell.source = ("# " if cell.cell_type == "code" else "") + _TEXT.format(name) + cell.source
    taken = {each.get("id") for each in notebook.cells}
    number = 1
    while cell.get("id") in taken:
        number += 1
        cell.id = f"{original.id[:50]}-{number}"
    return cell


def _index(notebook: NotebookNode, cell: NotebookNode) -> int:
    return next(n for n, each in enumerate(notebook.cells) if each is cell)


def _altered(notebook: NotebookNode, given: NotebookNode) -> list[str]:
    """Locked cells whose text is not the one that was handed out."""
    texts = {
        name: without_hidden_tests(cell.source).strip()
        for name, cell in named_cells(given)
        if tags(cell).get("locked") or (tags(cell).get("grade") and not tags(cell).get("solution"))
    }
    return [
        name
        for name, cell in named_cells(notebook)
        if name in texts and without_hidden_tests(cell.source).strip() != texts[name]
    ]
