"""Grades one submission, from bytes to verdict: the trusted process's whole work.

A process that is warm and trusted forks one child a submission; the child reads, repairs and runs the notebook,
counts the points and writes the page. It knows no gradebook and no file of the course: what it is given and what it
gives are plain data.
"""

import socket
from base64 import b64decode
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

from nbformat import NotebookNode

from . import author, page
from .engine import forks
from .engine.channel import Channel, Closed
from .engine.examiner import Examiner
from .engine.outputs import credit, limit_lines
from .engine.run import NoCandidate, Run
from .engine.warm import freeze, warm
from .findings import answers_of, exercise, flooded
from .notebooks import named_cells, parse_notebook, tags
from .problem import Problem
from .repair import look_over, repair
from .verdict import Verdict


def template(told: dict[str, Any], address: Path, scratch: Path, confined: bool) -> None:
    """The warm process that examiners are forked from."""
    assignment = author.from_data(told["assignment"])
    solved = assignment.author()
    shell = warm(author.imports(solved))
    for source in author.rehearsal(solved):  # fills the caches of the checks
        shell.run(source)
    shell.reset(new_session=True)
    given = assignment.cells()
    page.render(given, page.Scores("", assignment.name, {}), given)
    examiner = Examiner(shell, author.prelude(solved))
    job = Grade(assignment, given, examiner, Path(told["candidates"]))
    freeze()
    forks.serve(address, lambda sock, _: job.answer(sock), scratch)


class Grade:
    """How one assignment's submissions are graded."""

    def __init__(self, assignment: author.Assignment, given: NotebookNode, examiner: Examiner, candidates: Path):
        self.assignment, self.given, self.examiner, self.candidates = assignment, given, examiner, candidates
        self.tests = author.tests_of(given)
        self.files = {name: b64decode(content) for name, content in assignment.files.items()}

    def answer(self, sock: socket.socket) -> None:
        """Grade the one submission that comes over a connection, and send what came of it."""
        channel = Channel(sock)
        with suppress(Closed):
            job = channel.receive()
            channel.send(self.result(job["student"], job["notebook"], job["files"]))

    def result(self, student: str, content: bytes, files: dict[str, bytes]) -> dict[str, Any]:
        """Verdict, scores, notebook and page; or the reason why there are none."""
        started = monotonic()
        try:
            notebook = parse_notebook(content)
            remarks = look_over(notebook, self.given, self.assignment.others)
        except Problem as problem:
            return {"verdict": Verdict(student, str(problem)).as_data()}
        repair(notebook, self.given)
        unanswered = {name for name, cell in named_cells(notebook) if self._as_given(name, cell)}
        try:
            self._run(notebook, files)
        except NoCandidate as problem:
            return {"again": str(problem)}
        scores = {name: self._points(name, cell, unanswered) for name, cell in named_cells(notebook) if _scored(cell)}
        exercises = [
            exercise(
                cell,
                scores[tags(cell)["grade_id"]],
                bool(answers) and all(tags(each)["grade_id"] in unanswered for each in answers),
            )
            for cell, answers in answers_of(notebook)
        ]
        if flooded(notebook):
            remarks = (*remarks, "a flood of output trimmed")
        verdict = Verdict(student, None, tuple(exercises), remarks, seconds=monotonic() - started)
        known = {name: score or 0.0 for name, score in scores.items()}
        return {
            "verdict": verdict.as_data(examples=True),
            "scores": scores,
            "unanswered": sorted(unanswered),
            "notebook": author.to_json(notebook),
            "page": page.render(notebook, page.Scores(student, self.assignment.name, known, unanswered), self.given),
        }

    def _run(self, notebook: NotebookNode, files: dict[str, bytes]) -> None:
        run = Run(self.candidates, self.examiner, files | self.files, self.assignment.cell_seconds)
        try:
            run.all_cells(notebook, self.tests, self.assignment.notebook_seconds)
        finally:
            run.close()
        for cell in notebook.cells:
            if cell.cell_type == "code":
                limit_lines(cell.outputs, self.assignment.output_lines, self.assignment.traceback_lines)

    def _as_given(self, name: str, cell: NotebookNode) -> bool:
        """Whether an answer stands as it was handed out."""
        original = dict(named_cells(self.given)).get(name)
        return bool(tags(cell).get("solution") and original is not None and cell.source == original.source)

    def _points(self, name: str, cell: NotebookNode, unanswered: set[str]) -> float | None:
        """The points of a cell; None where a person has to give them."""
        if tags(cell).get("solution"):
            return 0.0 if name in unanswered else None
        if cell.cell_type != "code" or tags(cell).get("task"):
            return None
        return credit(cell.outputs, float(tags(cell)["points"]))


def _scored(cell: NotebookNode) -> bool:
    return bool(tags(cell).get("grade") or tags(cell).get("task"))
