"""One made-up learner: a Python file of answers, and the notebook that this learner hands in."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from cnnwidgets.grading.notebooks import answer_names, named_cells, tags

STUDENTS = Path(__file__).parent / "students"


@dataclass(frozen=True)
class Learner:
    """What a learner writes into the answer cells, by the cells' names, and which cells the learner deletes."""

    name: str
    about: str  #: one sentence, for the reader of the demo
    answers: dict[str, str]
    deleted: tuple[str, ...] = ()


def read_learner(path: Path) -> Learner:
    """Read a learner's file.

    A definition at the top level answers the cell of its name. Helpers (their names begin with `_`) and imports that
    the notebook does not make go into the cell that follows them; `DELETED_CELLS` lists cells to delete.
    """
    source = path.read_text(encoding="utf-8")
    module = ast.parse(source)
    answers: dict[str, str] = {}
    deleted: tuple[str, ...] = ()
    before: list[str] = []
    for node in module.body:
        text = ast.get_source_segment(source, node) or ""
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            before.append(text)
            if not node.name.startswith("_"):
                answers[node.name] = "\n\n\n".join(before)
                before = []
        elif isinstance(node, (ast.Import, ast.ImportFrom)) and text not in _GIVEN:
            before.append(text)
        elif isinstance(node, ast.Assign) and text.startswith("DELETED_CELLS"):
            deleted = tuple(ast.literal_eval(node.value))
    return Learner(path.stem, ast.get_docstring(module) or "", answers, deleted)


def read_class(folder: Path = STUDENTS) -> list[Learner]:
    """All learners, in order of their names."""
    return [read_learner(path) for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]


def hand_in(release: NotebookNode, learner: Learner) -> NotebookNode:
    """The released notebook with this learner's answers in it. Raises a `KeyError` for an answer without a cell."""
    cells = dict(named_cells(release))
    _require(learner.answers, answer_names(release), learner)
    _require(learner.deleted, list(cells), learner)
    for name, answer in learner.answers.items():
        cells[name].source = answer
    release.cells = [cell for cell in release.cells if tags(cell).get("grade_id") not in learner.deleted]
    return release


def _require(names: Sequence[str] | dict[str, str], known: Sequence[str], learner: Learner) -> None:
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise KeyError(f"{learner.name} names cells that the notebook does not have: {', '.join(unknown)}")


# What the notebook itself imports.
_GIVEN = {"import numpy as np", "import torch"}
