"""Grades the submissions of an assignment: two or more workers side by side, one writer of the gradebook."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from nbformat import NotebookNode

from . import book, stages
from .course import Course
from .crew import Crew
from .engine import Outcome
from .feedback import write_feedback
from .files import put_in_place, scratch
from .ledger import Ledger
from .notebooks import read_notebook
from .problem import Problem
from .stop import stoppable
from .submissions import Submission, find_submissions, look_over, version_of
from .verdict import Verdict, autograded_folder, read_verdict
from .warm.confine import NotConfined, available
from .warm.trusted import trusted


@dataclass
class Grading:
    """One run over the submissions of one assignment."""

    course: Course
    assignment: str
    submissions: list[Submission]
    source: NotebookNode
    ledger: Ledger
    force: bool = False
    workers: int = 2
    feedback: bool = True
    sandbox: bool = True

    def verdicts(self) -> Iterator[Verdict]:
        """A verdict for every submission, as they come; one that fails never stops the others."""
        waiting: list[tuple[Submission, tuple[str, ...]]] = []
        for submission in self.submissions:
            try:
                remarks = look_over(self.course, submission, self.source)
                if not self.force and self.ledger.holds(submission):
                    yield read_verdict(self.course, self.assignment, submission.student, remarks, now=False)
                else:
                    waiting.append((submission, remarks))
            except Problem as problem:
                yield self._give_up(submission, str(problem))
        if waiting:
            book.register(self.course, self.assignment)
            yield from self._run(waiting)

    def _run(self, waiting: list[tuple[Submission, tuple[str, ...]]]) -> Iterator[Verdict]:
        with (
            scratch(self.course.build) as work,
            _console(self.course) as console,
            _crew(self, len(waiting), console) as crew,
            stoppable(crew.stop) as stop,
        ):
            runs: dict[Future[Outcome], tuple[Submission, tuple[str, ...]]] = {}
            for submission, remarks in waiting:
                stop.check()
                try:
                    self.ledger.strike(submission)
                    notebook = stages.prepare(self.course, self.assignment, submission.student, work)
                except Problem as problem:
                    yield self._give_up(submission, str(problem))
                    continue
                run = crew.submit(notebook)
                runs[run] = submission, remarks
            for run in as_completed(runs):
                stop.check()
                submission, remarks = runs.pop(run)
                yield self._finish(submission, remarks, run.result(), work)

    def _finish(self, submission: Submission, remarks: tuple[str, ...], outcome: Outcome, work: Path) -> Verdict:
        """Enter what came of a run: gradebook, then notebook, then feedback, then the note that it is done."""
        if outcome.failure:
            return self._give_up(submission, outcome.failure)
        course, student = self.course, submission.student
        try:
            graded = stages.record(course, self.assignment, student, work)
            put_in_place(graded, autograded_folder(course, self.assignment, student))
            if self.feedback:
                write_feedback(course, self.assignment, student, work)
            verdict = read_verdict(course, self.assignment, student, remarks, now=True)
        except Problem as problem:
            return self._give_up(submission, str(problem))
        self.ledger.enter(submission)
        return verdict

    def _give_up(self, submission: Submission, reason: str) -> Verdict:
        """No grade: whatever an earlier version left must not pass for the result of this one."""
        self.ledger.strike(submission)
        book.forget_scores(self.course, self.assignment, submission.student)
        for step in ("autograded", "feedback"):
            shutil.rmtree(self.course.step(step) / submission.student / self.assignment, ignore_errors=True)
        return Verdict(submission.student, reason)


def grading(
    course: Course, assignment: str, *, force: bool = False, workers: int | None = None, sandbox: bool = True
) -> Grading:
    """Look at what there is to grade, before anything is written.

    Raises a `Problem` where the assignment, its source notebook, the submissions or the sandbox are missing.
    """
    course.check(assignment)
    try:
        source = read_notebook(course.source(assignment))
    except Problem as problem:
        raise Problem(f"{course.source(assignment)} can not be used: {problem}") from problem
    submissions = find_submissions(course, assignment)
    book.require_usable(course)
    if sandbox:
        try:
            available()
        except NotConfined as missing:
            raise Problem(
                f"learners' code can not be shut in on this machine: {missing}. --unsafe-no-sandbox grades without "
                "a sandbox: their code can then do whatever you can"
            ) from missing
    ledger = Ledger(course, assignment, version_of(course, assignment))
    return Grading(
        course, assignment, submissions, source, ledger, force, workers or os.cpu_count() or 1, sandbox=sandbox
    )


@contextmanager
def _crew(grading: Grading, most: int, console: IO[str]) -> Iterator[Crew]:
    """The workers; when the user stops the run, their processes are killed."""
    workers = min(grading.workers, most)
    crew = Crew(workers, grading.course, trusted(grading.source), confined=grading.sandbox, console=console)
    try:
        yield crew
    finally:
        crew.close()


@contextmanager
def _console(course: Course) -> Iterator[IO[str]]:
    """A file for what the workers' own processes print."""
    path = course.build / "grading" / "workers.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        yield file
