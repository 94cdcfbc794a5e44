"""Grades the submissions of an assignment: two or more kernels side by side, one writer of the gradebook."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from nbformat import NotebookNode

from . import book, engine, stages
from .course import Course
from .feedback import write_feedback
from .files import put_in_place, scratch
from .ledger import Ledger
from .notebooks import read_notebook
from .problem import Problem
from .stop import stoppable
from .submissions import Submission, find_submissions, look_over, version_of
from .verdict import Verdict, autograded_folder, read_verdict


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
            stoppable(engine.stop_all) as stop,
            _threads(self.workers) as threads,
        ):
            runs: dict[Future[engine.Outcome], tuple[Submission, tuple[str, ...]]] = {}
            for submission, remarks in waiting:
                stop.check()
                try:
                    self.ledger.strike(submission)
                    notebook = stages.prepare(self.course, self.assignment, submission.student, work)
                except Problem as problem:
                    yield self._give_up(submission, str(problem))
                    continue
                run = threads.submit(engine.run_notebook, notebook, self.course, console)
                runs[run] = submission, remarks
            for run in as_completed(runs):
                stop.check()
                submission, remarks = runs.pop(run)
                yield self._finish(submission, remarks, run.result(), work)

    def _finish(
        self, submission: Submission, remarks: tuple[str, ...], outcome: engine.Outcome, work: Path
    ) -> Verdict:
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


def grading(course: Course, assignment: str, *, force: bool = False, workers: int | None = None) -> Grading:
    """Look at what there is to grade, before anything is written.

    Raises a `Problem` where the assignment, its source notebook or the submissions are missing.
    """
    course.check(assignment)
    try:
        source = read_notebook(course.source(assignment))
    except Problem as problem:
        raise Problem(f"{course.source(assignment)} can not be used: {problem}") from problem
    submissions = find_submissions(course, assignment)
    book.require_usable(course)
    ledger = Ledger(course, assignment, version_of(course, assignment))
    return Grading(course, assignment, submissions, source, ledger, force, workers or os.cpu_count() or 1)


@contextmanager
def _threads(workers: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that wait for kernels; when the user stops the run, the kernels are killed."""
    threads = ThreadPoolExecutor(workers)
    try:
        yield threads
    except BaseException:
        threads.shutdown(wait=False, cancel_futures=True)
        engine.stop_all()
        raise
    finally:
        threads.shutdown()


@contextmanager
def _console(course: Course) -> Iterator[IO[str]]:
    """A file for what the kernels' own processes print."""
    path = course.build / "grading" / "kernels.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        yield file
