"""What an assignment is, whatever a submission says: the author's cells, as grading needs them."""

import ast
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from .notebooks import answer_names, tags
from .regions import without_hidden_tests


@dataclass(frozen=True)
class Assignment:
    """One assignment, as plain data that can be sent to where submissions are graded."""

    name: str
    notebook: str  #: the author's notebook as it is handed out, with the hidden tests in, as JSON
    solved: str  #: the author's notebook with the solutions, as JSON: to get warm with
    files: dict[str, str] = field(default_factory=dict)  #: files beside it, in base 64
    cell_seconds: float = 30.0
    notebook_seconds: float = 120.0
    output_lines: int = 1000
    traceback_lines: int = 100
    others: dict[str, list[str]] = field(default_factory=dict)  #: answer cells of the course's other assignments

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return asdict(self)

    def cells(self) -> NotebookNode:
        """The notebook as it is handed out, with the hidden tests in."""
        return nbformat.reads(self.notebook, as_version=4)  # type: ignore[no-any-return]

    def released(self) -> NotebookNode:
        """The notebook as learners have it."""
        notebook = self.cells()
        for cell in notebook.cells:
            cell.source = without_hidden_tests(cell.source)
        return notebook

    def author(self) -> NotebookNode:
        """The notebook with the solutions."""
        return nbformat.reads(self.solved, as_version=4)  # type: ignore[no-any-return]


def tests_of(notebook: NotebookNode) -> dict[str, str]:
    """The code of the test cells by name."""
    return {str(tags(cell)["grade_id"]): cell.source for cell in notebook.cells if is_test(cell)}


def is_test(cell: NotebookNode) -> bool:
    """Whether this is code that gives points and that learners do not write."""
    return bool(cell.cell_type == "code" and tags(cell).get("grade") and not tags(cell).get("solution"))


def imports(notebook: NotebookNode) -> list[str]:
    """The import statements of all cells, and what is looked up in what they import (`check.corr2d`).

    With the cells as they were handed out, this is all that the process of the learners' code is told.
    """
    statements: list[str] = []
    for tree in _trees(notebook):
        bound: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                bound |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
                statements.append(ast.unparse(node))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in bound:
                statements.append(ast.unparse(node))
    return list(dict.fromkeys(statements))


def prelude(notebook: NotebookNode) -> dict[str, str]:
    """Names that the cells which nobody fills in import, each with the statement that does it.

    A test cell may use them; the examiner imports them itself, and never asks the learner's process.
    """
    found: dict[str, str] = {}
    for tree in _trees(notebook, answers=False):
        for node in tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                for alias in node.names:
                    one: ast.stmt = ast.Import([alias])
                    if isinstance(node, ast.ImportFrom):
                        one = ast.ImportFrom(node.module, [alias], 0)
                    if alias.name != "*":
                        found[(alias.asname or alias.name).split(".")[0]] = ast.unparse(one)
    return found


def rehearsal(notebook: NotebookNode) -> list[str]:
    """The answers, tests and imports of a notebook, in order: run once, they fill every cache that grading uses."""
    chosen = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            tree = ast.Module([], [])
            with suppress(SyntaxError):
                tree = ast.parse(cell.source)
            only_imports = all(isinstance(node, (ast.Import, ast.ImportFrom)) for node in tree.body)
            if is_test(cell) or tags(cell).get("solution") or only_imports:
                chosen.append(cell.source)
    return chosen


def other_answers(name: str, sources: dict[str, NotebookNode]) -> dict[str, list[str]]:
    """The names of the answer cells of every assignment but this one."""
    return {other: answer_names(notebook) for other, notebook in sources.items() if other != name}


def from_data(data: dict[str, Any]) -> Assignment:
    """The assignment that `as_data` gave."""
    return Assignment(**data)


def to_json(notebook: NotebookNode) -> str:
    """A notebook as text."""
    return json.dumps(notebook)


def _trees(notebook: NotebookNode, *, answers: bool = True) -> list[ast.Module]:
    trees = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and (answers or not tags(cell).get("solution")):
            with suppress(SyntaxError):
                trees.append(ast.parse(cell.source))
    return trees
