"""Runs a notebook cell by cell: the learner's cells in the learner's process, test cells here.

A learner's process that dies is replaced: the cells before are run again in a new one, and what it was asked when it
died is asked once more. If it dies of that again, that cell fails. The rest of the notebook is graded all the same.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic

from nbformat import NotebookNode

from ..files import lay_out
from ..notebooks import tags
from ..regions import parts
from . import forks
from .channel import Closed, Late
from .examiner import Examiner, Left
from .outputs import CELL, NOTEBOOK, checked, error, size, within
from .remote import DEATH, Candidate, Gone, TookTooLong

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
        self.done: list[tuple[str, int]] = []  #: the learner's cells that have run, to run them again
        self.replaced = 0
        self.room = NOTEBOOK  #: characters that the learner's cells may still show
        self.end = 0.0
        self.stopped = False  #: whether a cell ran out of time or ended its process
        self.public: dict[str, list[NotebookNode]] = {}  #: by test cell, what came before any hidden test was asked
        self._held: dict[str, tuple[Candidate, Left]] = {}

    def all_cells(self, notebook: NotebookNode, tests: Mapping[str, str], seconds: float) -> None:
        """Run every code cell; each has outputs afterwards, if only the reason why it was not run.

        `tests` holds the author's test cells by name: only these texts ever run here. Hidden tests come last, when
        every cell has run: what learners' code says before, it says without having seen them.
        """
        self.end = monotonic() + seconds
        cells = list(enumerate([each for each in notebook.cells if each.cell_type == "code"], 1))
        for count, cell in cells:
            name = str(tags(cell).get("grade_id") or "")
            cell.execution_count = count
            if name in tests:
                cell.outputs = self._answered(partial(self._public, name, tests[name], count), name)
            else:
                cell.outputs = self._answered(partial(self._learners, cell.source, count), name or f"number {count}")
        for count, cell in cells:
            name = str(tags(cell).get("grade_id") or "")
            if name in tests and parts(tests[name])[1]:
                self.public[name] = cell.outputs
                if not any(output.output_type == "error" for output in cell.outputs):
                    cell.outputs = self._answered(partial(self._hidden, name, tests[name], count), name)
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
        if monotonic() > self.end:
            return [error(TIMED_OUT, "not run: the notebook had used its time")]
        if self.replaced > REPLACED:
            return [error(DIED, "not run: its Python ended too often")]
        outputs, failed, lost = self._once(cell)
        if lost == DEATH and failed == DIED:  # perhaps by another's hand
            outputs, failed, lost = self._once(cell)
        if lost:
            outputs.insert(0, error(failed, f"{lost} while cell {where} ran"))
            self.replaced += 1
        return outputs

    def _once(self, cell: Callable[[], list[NotebookNode]]) -> tuple[list[NotebookNode], str, str | None]:
        """The outputs of a cell; how it failed and why the learner's process was lost, if it was."""
        outputs, failed = [], DIED
        try:
            outputs = cell()
        except TookTooLong:
            failed, self.stopped = TIMED_OUT, True
            outputs = [error(TIMED_OUT, f"stopped after {self.cell_seconds:g} seconds")]
        except Gone:
            pass
        lost = self.candidate.lost if self.candidate else None
        if lost:
            self.stopped = True
            if self.candidate and monotonic() > self.candidate.deadline:
                failed = TIMED_OUT
            self.close()
        return outputs, failed, lost

    def _learners(self, source: str, number: int) -> list[NotebookNode]:
        candidate = self._seated()
        candidate.deadline = monotonic() + self.cell_seconds
        try:
            found = candidate.ask("cell", source, number).get("outputs")
        finally:
            if not candidate.lost:
                self.done.append((source, number))
        outputs = within(checked(found), min(CELL, self.room))
        self.room -= size(outputs)
        return outputs

    def _public(self, name: str, source: str, number: int) -> list[NotebookNode]:
        """The outputs of a test cell up to its hidden tests."""
        first, rest = parts(source)
        outputs = self._test(first, number, whole=source) if first else []
        if first and rest and self.candidate:
            self._held[name] = self.candidate, self.examiner.left()
        return outputs

    def _hidden(self, name: str, source: str, number: int) -> list[NotebookNode]:
        """All outputs of a test cell with hidden tests: gone on with where it stopped, or run as a whole.

        As a whole, where the process that it stopped in is gone.
        """
        candidate, left = self._held.get(name, (None, None))
        if candidate is None or candidate is not self.candidate:
            return self._test(source, number)
        return [*self.public[name], *self._test(parts(source)[1], number, whole=source, left=left)]

    def _test(self, source: str, number: int, *, whole: str = "", left: Left | None = None) -> list[NotebookNode]:
        candidate = self._seated()
        found, late = self.examiner.run(source, self.cell_seconds, candidate, number, whole=whole, left=left)
        outputs = checked(found)
        if late:
            self.stopped = True
            outputs.insert(0, error(TIMED_OUT, f"stopped after {self.cell_seconds:g} seconds"))
        return outputs

    def _seated(self) -> Candidate:
        """The learner's process, begun or begun again with what had run before."""
        if self.candidate is None:
            try:
                channel, pid, folder = forks.connect(self.candidates)
            except (OSError, Closed, Late) as problem:
                raise NoCandidate(f"the process that learners' code is forked from is gone ({problem})") from None
            self.candidate = Candidate(channel, pid)
            try:
                lay_out(self.files, folder)
            except OSError as problem:
                raise NoCandidate(f"its files can not be put in place ({problem})") from None
            before, self.done = self.done, []
            for source, number in before:
                with suppress(TookTooLong, Gone):
                    self._learners(source, number)
                if monotonic() > self.end:  # then no cell is run any more
                    break
                if self.candidate.lost:
                    self.done = before
                    raise Gone(self.candidate.lost)
        return self.candidate
