"""Runs a prepared notebook in a pair of warm processes' forks, cell by cell, and writes the outputs into it.

Learners' cells run in the candidate, test cells in the examiner. A candidate that dies is replaced: the cells before
are run again in a new one, and what it was asked when it died fails.
"""

from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import nbformat
from nbformat import NotebookNode

from ..course import Course
from ..engine import TIMED_OUT, Outcome
from ..notebooks import tags
from .channel import Closed, Late
from .outputs import checked, credited, error
from .pair import NotStarted, Pair, Sitting
from .remote import Gone, TookTooLong
from .wire import WireError

REPLACED = 3  # times that a submission gets a new process
SLACK = 5.0  # seconds that an examiner has beyond a cell's time


def run_notebook(path: Path, course: Course, pair: Pair) -> Outcome:
    """Run the notebook at `path` and write the outputs into it, or say why there is no result."""
    started = monotonic()
    settings = course.config.get("Execute", {})
    run = Run(pair, path, float(settings.get("timeout") or 30), float(settings.get("notebook_timeout", 120)))
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    try:
        run.all_cells(notebook)
    except NotStarted as problem:
        return Outcome(monotonic() - started, str(problem))
    finally:
        run.close()
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
    return Outcome(monotonic() - started)


@dataclass
class Run:
    """One notebook on its way."""

    pair: Pair
    path: Path
    cell_seconds: float
    seconds: float
    sitting: Sitting | None = None
    done: list[str] = field(default_factory=list)  #: the learner's cells that have run, to run them again
    replaced: int = 0

    def all_cells(self, notebook: NotebookNode) -> None:
        """Run every code cell; each has outputs afterwards, if only the reason why it was not run."""
        end = monotonic() + self.seconds
        count = 0
        for number, cell in enumerate(notebook.cells, 1):
            if cell.cell_type != "code":
                continue
            count += 1
            cell.execution_count = count
            where = str(tags(cell).get("grade_id") or f"number {number}")
            if monotonic() > end:
                why = f"not run: the notebook had used its {self.seconds:g} seconds"
                cell.outputs = [error(TIMED_OUT, why)]
            elif self.replaced > REPLACED:
                cell.outputs = [error("DeadKernelError", "not run: its Python died too often")]
            else:
                test = self.pair.trusted.tests.get(where)  # the author's text, not the submission's
                cell.outputs = self._learners(cell.source, where) if test is None else self._test(test, where)
                for output in cell.outputs:
                    if output.output_type == "execute_result":
                        output.execution_count = count

    def close(self) -> None:
        """End the processes."""
        if self.sitting is not None:
            self.sitting.close()
            self.sitting = None

    def _learners(self, source: str, where: str) -> list[NotebookNode]:
        """The outputs of a cell that runs in the learner's process."""
        try:
            found = self._ask(source)
        except TookTooLong:
            self.done.append(source)
            return [error(TIMED_OUT, f"stopped after {self.cell_seconds:g} seconds")]
        except Gone as problem:
            self._replace()
            return [error("DeadKernelError", f"{problem} while cell {where} ran")]
        self.done.append(source)
        return found

    def _ask(self, source: str) -> list[NotebookNode]:
        candidate = self._seated().candidate
        candidate.deadline = monotonic() + self.cell_seconds
        return checked(candidate.ask("cell", source).get("outputs"))

    def _test(self, source: str, where: str) -> list[NotebookNode]:
        """The outputs of a test cell, closed with an error wherever the learner's process failed it."""
        sitting = self._seated()
        try:
            sitting.examiner.send([source, self.cell_seconds])
            answer: dict[str, Any] = sitting.examiner.receive(self.cell_seconds + SLACK)
        except (Closed, Late, WireError):
            self._replace()
            return [error(TIMED_OUT, f"stopped: the test did not end within {self.cell_seconds:g} seconds")]
        outputs = credited(checked(answer["outputs"]))
        if answer["lost"]:
            self._replace()
            failed = TIMED_OUT if answer["late"] else "DeadKernelError"
            outputs.insert(0, error(failed, f"{answer['lost']} while cell {where} ran"))
        elif answer["late"]:
            outputs.insert(0, error(TIMED_OUT, f"stopped after {self.cell_seconds:g} seconds"))
        return outputs

    def _seated(self) -> Sitting:
        """The processes, begun or begun again with what had run before."""
        if self.sitting is None:
            self.sitting = self.pair.sitting(self.path.parent, self.path.name)
            before, self.done = self.done, []
            for source in before:
                self._learners(source, "again")
                if self.sitting is None:
                    return self._seated()
        return self.sitting

    def _replace(self) -> None:
        self.replaced += 1
        self.close()
