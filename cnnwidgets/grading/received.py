"""A notebook as a learner handed it in: read within limits, and reduced to what grading needs of it.

That is the text of the cells, their kind, the name by which the assignment knows them, and pictures in Markdown.
Outputs, tags and whatever else a file can hold count for nothing, so they are not carried any further.
"""

import re
from typing import Any

from nbformat import NotebookNode

from .notebooks import cells_of
from .problem import Problem

CELLS = 2_000  # of a notebook
TEXT = 2_000_000  # characters of all cells
PICTURES = 8_000_000  # characters of the pictures that Markdown cells hold
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def received(data: bytes) -> NotebookNode:
    """The notebook that a learner's file holds, in format 4.5. Raises a `Problem` that says what is wrong with it."""
    cells = cells_of(data)["cells"]
    if len(cells) > CELLS:
        raise Problem(f"it has {len(cells):,} cells: more than {CELLS:,} are not graded")
    made = [_cell(each) for each in cells]
    _within("text", TEXT, sum(len(each.source) for each in made))
    pictures = [kinds for each in made for kinds in each.get("attachments", {}).values()]
    _within("pictures", PICTURES, sum(len(each) for kinds in pictures for each in kinds.values()))
    taken: set[str] = set()
    for number, cell in enumerate(made):
        while cell.id in taken or not cell.id:
            cell.id, number = f"cell-{number}", number + len(made)
        taken.add(cell.id)
    return NotebookNode(cells=made, metadata=NotebookNode(), nbformat=4, nbformat_minor=5)


def _cell(found: dict[str, Any]) -> NotebookNode:
    identity, known = found.get("id"), found["metadata"].get("nbgrader")
    name = known.get("grade_id") if isinstance(known, dict) else None
    cell = NotebookNode(
        cell_type=found["cell_type"],
        id=identity if isinstance(identity, str) and _ID.fullmatch(identity) else "",
        metadata=NotebookNode(nbgrader=NotebookNode(grade_id=name)) if isinstance(name, str) else NotebookNode(),
        source=_text(found["source"]),
    )
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    elif isinstance(found.get("attachments"), dict):
        cell.attachments = {name: _pictures(kinds) for name, kinds in found["attachments"].items() if name.isascii()}
    return cell


def _text(source: str | list[str]) -> str:
    """The source in one piece; half a surrogate pair, which no file can hold, becomes a question mark."""
    text = source if isinstance(source, str) else "".join(source)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _pictures(kinds: Any) -> dict[str, str]:
    """Pictures by MIME type, in base 64."""
    pairs = kinds.items() if isinstance(kinds, dict) else ()
    return {kind: data for kind, data in pairs if isinstance(data, str) and data.isascii() and kind.isascii()}


def _within(what: str, most: int, size: int) -> None:
    if size > most:
        raise Problem(f"its {what} come to {size:,} characters: more than {most:,} are not graded")
