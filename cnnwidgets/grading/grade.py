"""Grades the submissions of an assignment: many side by side, with one writer of the gradebook.

A submission's result is entered in this order: gradebook (one transaction), notebook, page, and last the note that
it is done. Whatever ends the grader in between, the next run finds no note and does the submission once more, with
the same result.
"""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from . import page
from .author import Assignment
from .bench import WorkerDied
from .book import Book, Entry, existing
from .course import Course
from .crew import Crew, Local
from .engine.confine import NotConfined, available
from .files import alone, put_in_place, scratch
from .ledger import Ledger
from .notebooks import parse_notebook
from .problem import Problem
from .release import assignment_of
from .stop import Stop, stoppable
from .submissions import Submission, contents, find_submissions, handed_in, version_of
from .verdict import SET_ASIDE, Verdict

TRIES = 2  # times that a submission may end the process that grades it


@dataclass
class Grading:
    """One run over the submissions of one assignment."""

    course: Course
    assignment: Assignment
    submissions: list[Submission]
    ledger: Ledger
    force: bool = False
    workers: int = 2
    feedback: bool = True
    sandbox: bool = True
    scheduler: str | None = None

    def verdicts(self) -> Iterator[Verdict]:
        """A verdict for every submission, as they come; one that fails never stops the others."""
        with ExitStack() as stack:
            try:
                stack.enter_context(alone(self.ledger.folder))
            except BlockingIOError:
                raise Problem(f"{self.assignment.name} is being graded already, by another process") from None
            book = stack.enter_context(Book(self.course, self.assignment.name)) if existing(self.course) else None
            entries = book.entries() if book else {}
            waiting = []
            for submission in self.submissions:
                found = None if self.force else self.ledger.verdict(submission)
                entry = entries.get(submission.student)
                if found is None or (found.graded and entry is None):
                    waiting.append(submission)
                elif entry and found.graded:
                    self._renew_page(submission, entry)
                    yield _with_entry(found, entry)
                else:
                    yield found
            if waiting:
                yield from self._grade(waiting, stack, book)

    def _grade(self, waiting: list[Submission], stack: ExitStack, book: Book | None) -> Iterator[Verdict]:
        crew = stack.enter_context(self._crew(len(waiting)))
        stop = stack.enter_context(stoppable(crew.stop))
        book = book or stack.enter_context(Book(self.course, self.assignment.name))
        book.register(self.assignment.cells())
        try:
            crew.wait()
        finally:
            stop.check()
        queue = Queue(self, crew, book, stop)
        yield from queue.all(waiting)

    def _renew_page(self, submission: Submission, entry: Entry) -> None:
        """Write a page anew if it is gone, or a person has changed something since: a score, a comment."""
        kept = self.ledger.kept(submission) if self.feedback else None
        name = self.assignment.name
        there = (self.folder("feedback", submission) / f"{name}.html").is_file()
        if kept and not (there and kept["told"] == entry.told()):
            self.write_page(submission, kept["shown"], kept["unanswered"], entry)

    def write_page(self, submission: Submission, shown: str, unanswered: list[str], entry: Entry) -> None:
        """Write a page with what the gradebook says, and keep what it was made of."""
        student, name = submission.student, self.assignment.name
        scores = page.Scores(
            student,
            name,
            entry.scores,
            set(unanswered),
            entry.comments,
            by_hand=entry.by_hand,
            waiting=entry.waiting,
            late_penalty=entry.late_penalty,
        )
        html = page.render(parse_notebook(shown.encode()), scores, self.assignment.cells())
        self.put("feedback", submission, f"{name}.html", html)
        self.ledger.keep(submission, {"shown": shown, "unanswered": unanswered, "told": entry.told()})

    def folder(self, step: str, submission: Submission) -> Path:
        """Where one of nbgrader's steps has its files of a submission."""
        return self.course.step(step) / submission.student / self.assignment.name

    def put(self, step: str, submission: Submission, name: str, text: str) -> None:
        """Write a folder of one file, whole, in place of what was there."""
        target = self.folder(step, submission)
        with scratch(self.ledger.folder) as work:
            new = work / "new"
            new.mkdir()
            (new / name).write_text(text, encoding="utf-8", errors="replace")
            put_in_place(new, target)

    @contextmanager
    def _crew(self, most: int) -> Iterator[Crew]:
        with _console(self.course) as console:
            crew: Crew
            if self.scheduler:
                from .cluster import Cluster

                crew = Cluster(self.assignment, self.scheduler, confined=self.sandbox)
            else:
                workers = min(self.workers, most)
                crew = Local(self.assignment, workers, confined=self.sandbox, console=console)
            try:
                yield crew
            finally:
                crew.close()


class Queue:
    """Submissions on their way to the crew, and their results on the way to the gradebook."""

    def __init__(self, run: Grading, crew: Crew, book: Book, stop: Stop) -> None:
        self.run, self.crew, self.book, self.stop = run, crew, book, stop
        self.tries: dict[str, int] = {}
        self.again: list[Submission] = []

    def all(self, waiting: list[Submission]) -> Iterator[Verdict]:
        """Grade them; those that ended their process once are tried again at the end, each by itself.

        By itself, because a process that dies of one submission may take others along.
        """
        yield from self._some(waiting, len(waiting))
        while self.again:
            alone, self.again = self.again, []
            yield from self._some(alone, 1)

    def _some(self, waiting: list[Submission], at_most: int) -> Iterator[Verdict]:
        todo = iter(waiting)
        running: dict[Future[dict[str, Any]], tuple[Submission, str | None, tuple[str, ...]]] = {}
        more = True
        while more or running:
            at_a_time = min(at_most, 2 * self.crew.workers)  # of a cluster, they come and go
            while more and len(running) < at_a_time:
                self.stop.check()
                submission = next(todo, None)
                if submission is None:
                    more = False
                    break
                self.run.ledger.strike(submission)
                try:
                    notebook, files = contents(submission)
                except Problem as problem:
                    yield self._give_up(submission, str(problem))
                    continue
                when, remarks = handed_in(files)
                job = {"student": submission.student, "notebook": notebook, "files": files}
                running[self.crew.submit(job)] = submission, when, remarks
            for each in wait(running, 0.5, FIRST_COMPLETED).done:
                self.stop.check()
                verdict = self._finish(each, *running.pop(each))
                if verdict is not None:
                    yield verdict
            self.stop.check()

    def _finish(
        self, future: "Future[dict[str, Any]]", submission: Submission, when: str | None, remarks: tuple[str, ...]
    ) -> Verdict | None:
        """The verdict that a result gives once it is entered; None where the submission is tried again."""
        try:
            result = future.result()
        except WorkerDied as death:
            return self._died(submission, str(death))
        verdict = Verdict.from_data(result["verdict"])
        verdict = replace(verdict, remarks=(*verdict.remarks, *remarks))
        if verdict.reason:
            return self._give_up(submission, verdict.reason)
        try:
            return self._enter(submission, when, verdict, result)
        except Problem as problem:
            return self._give_up(submission, str(problem))

    def _enter(self, submission: Submission, when: str | None, verdict: Verdict, result: dict[str, Any]) -> Verdict:
        student, name = submission.student, self.run.assignment.name
        entry = self.book.record(student, when, result["scores"], result["unanswered"])
        self.run.put("autograded", submission, f"{name}.ipynb", result["notebook"])
        if self.run.feedback:
            if entry != Entry.of(result["scores"]):  # only the gradebook knows what a person, or lateness, changed
                self.run.write_page(submission, result["shown"], result["unanswered"], entry)
            else:
                self.run.put("feedback", submission, f"{name}.html", result["page"])
                made_of = {"shown": result["shown"], "unanswered": result["unanswered"], "told": entry.told()}
                self.run.ledger.keep(submission, made_of)
        self.run.ledger.enter(submission, verdict)
        return _with_entry(verdict, entry)

    def _died(self, submission: Submission, why: str) -> Verdict | None:
        tries = self.tries[submission.student] = self.tries.get(submission.student, 0) + 1
        if tries < TRIES:
            self.again.append(submission)
            return None
        verdict = self._give_up(submission, f"{SET_ASIDE}: {why}, twice")
        self.run.ledger.enter(submission, verdict)
        return verdict

    def _give_up(self, submission: Submission, reason: str) -> Verdict:
        """No grade: whatever an earlier version left must not pass for the result of this one."""
        self.book.forget(submission.student)
        for step in ("autograded", "feedback"):
            shutil.rmtree(self.run.folder(step, submission), ignore_errors=True)
        return Verdict(submission.student, reason)


def grading(
    course: Course,
    assignment: str,
    *,
    force: bool = False,
    workers: int | None = None,
    sandbox: bool = True,
    scheduler: str | None = None,
) -> Grading:
    """Look at what there is to grade, before anything is written.

    Raises a `Problem` where the assignment, its source notebook, the submissions or the sandbox are missing.
    """
    course.check(assignment)
    found = assignment_of(course, assignment)
    submissions = find_submissions(course, assignment)
    version = version_of(course, assignment)
    if existing(course):
        with Book(course, assignment) as book:
            version = f"{version} {book.due()}".strip()  # a grade depends on it too
    if sandbox and not scheduler:
        try:
            available()
        except NotConfined as missing:
            raise Problem(
                f"learners' code can not be shut in on this machine: {missing}. --unsafe-no-sandbox grades without "
                "a sandbox: their code can then do whatever you can"
            ) from missing
    ledger = Ledger(course, assignment, version)
    return Grading(
        course,
        found,
        submissions,
        ledger,
        force,
        workers or os.cpu_count() or 1,
        sandbox=sandbox,
        scheduler=scheduler,
    )


def _with_entry(verdict: Verdict, entry: Entry) -> Verdict:
    """The verdict with what the gradebook says: points that a person gave, and what lateness takes."""
    exercises = tuple(
        replace(
            each,
            points=entry.scores.get(each.cell, each.points),
            remark="scored by hand" if each.cell in entry.by_hand else each.remark,
        )
        for each in verdict.exercises
    )
    return replace(verdict, exercises=exercises, late_penalty=entry.late_penalty)


@contextmanager
def _console(course: Course) -> Iterator[IO[str]]:
    """A file for what the workers' own processes print."""
    path = course.build / "grading" / "workers.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        yield file
