"""Puts graded cells that a learner deleted back where they belong, before nbgrader looks at the notebook.

nbgrader's own way back (`OverwriteCells.add_missing_cells`) stops with a KeyError where the cell before the missing
one is gone too, or is a locked text, and also where a learner copied a cell; then the learner has no grade at all.
Here every missing cell goes behind the nearest earlier cell of the assignment that is there, and a copy is an
ordinary cell. The contents are nbgrader's: the same cell, the same notice.
"""

from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import OverwriteCells

from .notebooks import named_cells

# How nbgrader's notice begins in a code cell; the verdict reads it back from the autograded notebook.
NOTICE = "# This cell (id:"


class RestoreCells(OverwriteCells):  # type: ignore[misc]
    """nbgrader's `OverwriteCells`, with test cells put back in the order of the assignment."""

    def add_missing_grade_cells(self, nb: NotebookNode, resources: Any) -> Any:
        """Insert each missing graded cell behind the nearest one that stands before it in the assignment."""
        for cell in nb.cells:  # a twin, or a cell of elsewhere: an ordinary cell from here on
            if "nbgrader" in cell.metadata and "grade_id" not in cell.metadata.nbgrader:
                del cell.metadata["nbgrader"]
        with Gradebook(self.db_url) as gradebook:
            source = gradebook.find_notebook(self.notebook_id, self.assignment_id)
            order = [cell.name for cell in source.source_cells]
            graded = {cell.name: cell.max_score for cell in source.grade_cells}
            answers = {cell.name for cell in source.solution_cells}
            for position, cell in enumerate(source.source_cells):
                place = {name: index for index, (name, _) in _indexed(nb)}
                if cell.name not in graded or cell.name in place:
                    continue
                self.log.warning("test cell %s is missing, put back", cell.name)
                back = self.missing_cell_transform(cell, graded[cell.name], is_solution=cell.name in answers)
                before = [place[name] for name in order[:position] if name in place]
                nb.cells.insert(max(before) + 1 if before else 0, back)
        return nb, resources


def _indexed(nb: NotebookNode) -> list[tuple[int, tuple[str, NotebookNode]]]:
    """The named cells with their place in the notebook."""
    places = {id(cell): index for index, cell in enumerate(nb.cells)}
    return [(places[id(cell)], (name, cell)) for name, cell in named_cells(nb)]
