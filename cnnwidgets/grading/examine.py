"""Grades one submission, from bytes to verdict: the trusted process's whole work.

A process that is warm and trusted forks examiners; each takes one submission after the other, reads, repairs and
runs the notebook, counts the points and writes the page. It knows no gradebook and no file of the course: what it is
given and what it gives are plain data.
"""

import socket
import sys
import traceback
from base64 import b64decode
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

from nbformat import NotebookNode

from . import author, hide, page
from .engine import confine, forks
from .engine.channel import Channel, Closed
from .engine.examiner import Examiner
from .engine.outputs import credit, limit_lines
from .engine.run import NoCandidate, Run
from .engine.warm import freeze, warm
from .engine.wire import WireError
from .files import lay_out, overlaid
from .findings import answers_of, exercise, flooded
from .notebooks import named_cells, tags
from .problem import Problem
from .received import received
from .repair import look_over, repair
from .verdict import SET_ASIDE, Verdict

MEMORY = 4 * 2**30  # bytes of address space that an examiner may take beyond what the warm process has
GROWN = 2**30  # bytes beyond which it is not used again


def template(told: dict[str, Any], address: Path, scratch: Path, confined: bool) -> None:
    """The warm process that examiners are forked from."""
    assignment = author.from_data(told["assignment"])
    solved = assignment.author()
    shell = warm(author.imports(solved))
    given = assignment.cells()
    for notebook in (solved, given):  # answered rightly, and not at all
        for source in author.rehearsal(notebook):
            shell.run(source)
        shell.reset(new_session=True)
    page.render(given, page.Scores("", assignment.name, {}), given)
    examiner = Examiner(shell, author.prelude(solved))
    job = Grade(assignment, given, examiner, Path(told["candidates"]))
    job.base = confine.address_space() if confined else None
    freeze()
    forks.serve(address, job.answer, scratch)


class Grade:
    """How one assignment's submissions are graded."""

    def __init__(self, assignment: author.Assignment, given: NotebookNode, examiner: Examiner, candidates: Path):
        self.assignment, self.given, self.examiner, self.candidates = assignment, given, examiner, candidates
        self.base: int | None = None  #: the address space of the warm process, where it is known
        self.stopped = False  #: whether a cell was stopped or its process ended, or grading itself failed
        self.tests = author.tests_of(given)
        self.handed_out = {name: cell.source for name, cell in named_cells(given)}
        for test in self.tests.values():
            examiner.names(test)
        self.files = {name: b64decode(content) for name, content in assignment.files.items()}

    def answer(self, sock: socket.socket, folder: Path) -> None:
        """Grade the submissions that come over a connection, and send what came of each.

        The author's files lie in `folder`, for the test cells; what learners handed in never does, since a test cell
        that imports would run it.
        """
        if self.base is not None:
            confine.bound_memory(self.base + MEMORY)
        sys.path.insert(0, str(folder))
        channel = Channel(sock)
        with suppress(Closed):
            while True:
                job = channel.receive()
                lay_out(self.files, folder)
                result = self._safely(job["student"], job["notebook"], job["files"])
                try:
                    channel.send(result | {"worn": self._worn()})
                except WireError as problem:
                    reason = f"{SET_ASIDE}: its result is {problem}"
                    channel.send({"verdict": Verdict(job["student"], reason).as_data(), "worn": True})

    def _safely(self, student: str, content: bytes, files: dict[str, bytes]) -> dict[str, Any]:
        """The result; where that fails by a mistake in the grader, or for want of memory, a verdict that says so."""
        try:
            return self.result(student, content, files)
        except NoCandidate as problem:
            self.stopped = True
            return {"again": str(problem)}
        except (Exception, KeyboardInterrupt) as error:
            traceback.print_exc(limit=-10)
            self.stopped = True
            reason = f"{SET_ASIDE}: grading it failed ({type(error).__name__})"
            return {"verdict": Verdict(student, reason).as_data()}

    def _worn(self) -> bool:
        """Whether the next submission should have another process: this one has grown, or something was cut short."""
        grown = self.base is not None and confine.address_space() > self.base + GROWN
        return grown or self.stopped

    def result(self, student: str, content: bytes, files: dict[str, bytes]) -> dict[str, Any]:
        """Verdict, scores, notebook and page; or the reason why there are none. Raises `NoCandidate`."""
        started = monotonic()
        try:
            notebook = received(content)
            remarks = look_over(notebook, self.given, self.assignment.others)
        except Problem as problem:
            return {"verdict": Verdict(student, str(problem)).as_data()}
        repair(notebook, self.given)
        unanswered = {name for name, cell in named_cells(notebook) if self._as_given(name, cell)}
        public = self._run(notebook, files)
        scores = {name: self._points(name, cell, unanswered) for name, cell in named_cells(notebook) if _scored(cell)}
        exercises = [
            exercise(
                cell,
                scores[tags(cell)["grade_id"]],
                bool(answers) and all(tags(each)["grade_id"] in unanswered for each in answers),
                answers,
            )
            for cell, answers in answers_of(notebook)
        ]
        if flooded(notebook):
            remarks = (*remarks, "a flood of output trimmed")
        verdict = Verdict(student, None, tuple(exercises), remarks, seconds=monotonic() - started)
        known = {name: score or 0.0 for name, score in scores.items()}
        waiting = {name for name, score in scores.items() if score is None}
        shown = hide.shown(notebook, public, scores)
        page_scores = page.Scores(student, self.assignment.name, known, unanswered, waiting=waiting)
        return {
            "verdict": verdict.as_data(examples=True),
            "scores": scores,
            "unanswered": sorted(unanswered),
            "notebook": author.to_json(notebook),
            "shown": author.to_json(shown),
            "page": page.render(shown, page_scores, self.given),
        }

    def _run(self, notebook: NotebookNode, files: dict[str, bytes]) -> dict[str, list[NotebookNode]]:
        """Run the notebook; gives what the test cells with hidden tests said before these."""
        run = Run(self.candidates, self.examiner, overlaid(files, self.files), self.assignment.cell_seconds)
        try:
            run.all_cells(notebook, self.tests, self.assignment.notebook_seconds)
        finally:
            run.close()
        self.stopped = self.stopped or run.stopped
        for cell in notebook.cells:
            if cell.cell_type == "code":
                limit_lines(cell.outputs, self.assignment.output_lines, self.assignment.traceback_lines)
        return run.public

    def _as_given(self, name: str, cell: NotebookNode) -> bool:
        """Whether an answer stands as it was handed out."""
        return bool(tags(cell).get("solution")) and cell.source == self.handed_out.get(name)

    def _points(self, name: str, cell: NotebookNode, unanswered: set[str]) -> float | None:
        """The points of a cell; None where a person has to give them."""
        if tags(cell).get("solution"):
            return 0.0 if name in unanswered else None
        if cell.cell_type != "code" or tags(cell).get("task"):
            return None
        return credit(cell.outputs, float(tags(cell)["points"]))


def _scored(cell: NotebookNode) -> bool:
    return bool(tags(cell).get("grade") or tags(cell).get("task"))
