"""Runs a notebook cell by cell: the learner's cells in the learner's process, test cells here.

A learner's process that dies is replaced: the cells before are run again in a new one, and what it was asked when it
died fails. The rest of the notebook is graded all the same.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic

from nbformat import NotebookNode

from ..notebooks import tags
from . import forks
from .channel import Closed
from .examiner import Examiner
from .outputs import checked, error
from .remote import Candidate, Gone, TookTooLong

TIMED_OUT, DIED = "CellTimeoutError", "DeadKernelError"  # nbgrader's and Jupyter's own names for these
REPLACED = 3  # times that a submission gets a new process


class NoCandidate(Exception):
    """No process for the learner's code could be had."""


class Run:
    """One notebook on its way."""

    def __init__(self, candidates: Path, examiner: Examiner, files: Mapping[str, bytes], cell_seconds: float) -> None:
        self.candidates, self.examiner = candidates, examiner
        self.files, self.cell_seconds = files, cell_seconds
        self.candidate: Candidate | None = None
        self.done: list[str] = []  #: the learner's cells that have run, to run them again
        self.replaced = 0

    def all_cells(self, notebook: NotebookNode, tests: Mapping[str, str], seconds: float) -> None:
        """Run every code cell; each has outputs afterwards, if only the reason why it was not run.

        `tests` holds the author's test cells by name: only these texts ever run here.
        """
        end = monotonic() + seconds
        for count, cell in enumerate([each for each in notebook.cells if each.cell_type == "code"], 1):
            name = str(tags(cell).get("grade_id") or "")
            cell.execution_count = count
            if monotonic() > end:
                cell.outputs = [error(TIMED_OUT, f"not run: the notebook had used its {seconds:g} seconds")]
            elif self.replaced > REPLACED:
                cell.outputs = [error(DIED, "not run: its Python died too often")]
            elif name in tests:
                cell.outputs = self._answered(lambda text=tests[name]: self._test(text), name)  # type: ignore[misc]
            else:
                cell.outputs = self._answered(
                    lambda text=cell.source: self._learners(text), name or f"number {count}"
                )  # type: ignore[misc]
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count

    def close(self) -> None:
        """End the learner's process."""
        if self.candidate is not None:
            self.candidate.channel.close()
            self.candidate = None

    def _answered(self, cell: Callable[[], list[NotebookNode]], where: str) -> list[NotebookNode]:
        """The outputs of a cell, with an error first where the learner's process died of it."""
        outputs, failed = [], DIED
        try:
            outputs = cell()
        except TookTooLong:
            failed = TIMED_OUT
            outputs = [error(TIMED_OUT, f"stopped after {self.cell_seconds:g} seconds")]
        except Gone:
            pass
        lost = self.candidate.lost if self.candidate else None
        if lost:
            if self.candidate and monotonic() > self.candidate.deadline:
                failed = TIMED_OUT
            outputs.insert(0, error(failed, f"{lost} while cell {where} ran"))
            self.replaced += 1
            self.close()
        return outputs

    def _learners(self, source: str) -> list[NotebookNode]:
        candidate = self._seated()
        candidate.deadline = monotonic() + self.cell_seconds
        try:
            found = candidate.ask("cell", source).get("outputs")
        finally:
            if not candidate.lost:
                self.done.append(source)
        return checked(found)

    def _test(self, source: str) -> list[NotebookNode]:
        found, late = self.examiner.run(source, self.cell_seconds, self._seated())
        outputs = checked(found)
        if late:
            outputs.insert(0, error(TIMED_OUT, f"stopped after {self.cell_seconds:g} seconds"))
        return outputs

    def _seated(self) -> Candidate:
        """The learner's process, begun or begun again with what had run before."""
        if self.candidate is None:
            try:
                channel, pid, folder = forks.connect(self.candidates)
            except (OSError, Closed) as problem:
                raise NoCandidate(f"the process that learners' code is forked from is gone ({problem})") from None
            for name, content in self.files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            self.candidate = Candidate(channel, pid)
            before, self.done = self.done, []
            for source in before:
                with suppress(TookTooLong, Gone):
                    self._learners(source)
                if self.candidate.lost:
                    raise Gone(self.candidate.lost)
        return self.candidate
