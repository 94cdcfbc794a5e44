"""What the author's notebook tells the grader beforehand: the test cells, and what trusted cells import."""

import ast
from contextlib import suppress
from dataclasses import dataclass

from nbformat import NotebookNode

from ..notebooks import tags


@dataclass(frozen=True)
class Trusted:
    """What of an assignment is the author's, whatever a submission says."""

    cells: tuple[str, ...]  #: all code, to warm up with what it imports
    tests: dict[str, str]  #: the test cells by name: only these ever run in the examiner
    prelude: dict[str, str]  #: names that test cells may use without importing them, each with its import


def trusted(source: NotebookNode) -> Trusted:
    """What can be trusted, from the author's notebook."""
    code = [cell for cell in source.cells if cell.cell_type == "code"]
    tests = {
        str(tags(cell)["grade_id"]): cell.source
        for cell in code
        if tags(cell).get("grade") and not tags(cell).get("solution")
    }
    return Trusted(tuple(cell.source for cell in code), tests, prelude(source))


def prelude(source: NotebookNode) -> dict[str, str]:
    """Names that the cells which nobody fills in import, each with the statement that does it.

    A test cell may use them; the examiner imports them itself, and never asks the learner's process.
    """
    found: dict[str, str] = {}
    for cell in source.cells:
        if cell.cell_type != "code" or tags(cell).get("solution"):
            continue
        tree = ast.Module([], [])
        with suppress(SyntaxError):
            tree = ast.parse(cell.source)
        for node in tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                for alias in node.names:
                    one = ast.Import([alias]) if isinstance(node, ast.Import) else None
                    one_of = ast.ImportFrom(node.module, [alias], 0) if isinstance(node, ast.ImportFrom) else one
                    if one_of is not None and alias.name != "*":
                        found[(alias.asname or alias.name).split(".")[0]] = ast.unparse(one_of)
    return found
