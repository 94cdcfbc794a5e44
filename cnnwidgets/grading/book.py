"""The gradebook: assignment entered, scores written and read. Always through nbgrader's own `Gradebook`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from sqlalchemy.exc import SQLAlchemyError

from .course import Course, make_tools_known
from .files import scratch
from .problem import Problem
from .submissions import is_text


@dataclass(frozen=True)
class Entry:
    """What the gradebook holds for one submission."""

    scores: dict[str, float]  #: by the name of the cell
    by_hand: frozenset[str]  #: cells where a person's score stands
    waiting: frozenset[str]  #: cells that wait for a person
    comments: dict[str, str]  #: a person's, by the name of the cell
    late_penalty: float

    @classmethod
    def of(cls, scores: dict[str, float | None]) -> "Entry":
        """What it holds after grading alone; a score of None waits for a person."""
        waiting = frozenset(cell for cell, score in scores.items() if score is None)
        return cls({cell: score or 0.0 for cell, score in scores.items()}, frozenset(), waiting, {}, 0.0)

    def told(self) -> list[Any]:
        """What of it is on a learner's page, as it is in JSON."""
        told = self.scores, self.comments
        return [
            *(dict(sorted(each.items())) for each in told),
            self.late_penalty,
            *map(sorted, (self.by_hand, self.waiting)),
        ]


class Book:
    """The gradebook of a course, for one assignment; open as long as it is used.

    Raises a `Problem` where the database can not be used.
    """

    def __init__(self, course: Course, assignment: str) -> None:
        make_tools_known()
        self.course, self.assignment = course, assignment
        self.places = course.directory()
        self.penalties = AssignLatePenalties(config=course.config, log=course.log)
        self.penalties.init_plugin()
        with self._asked():
            if not existing(course):
                self._make()
            self.gradebook = Gradebook(self.places.db_url, self.places.course_id or "default_course")
            self.session: Any = self.gradebook.db()
            self.session.expire_on_commit = False

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self.gradebook.close()

    def register(self, given: NotebookNode) -> None:
        """Enter the assignment, or what has changed in its cells."""
        resources = {
            "nbgrader": {
                "notebook": self.assignment,
                "assignment": self.assignment,
                "student": ".",
                "db_url": self.places.db_url,
            }
        }
        try:
            with self._asked():
                self.gradebook.update_or_create_assignment(self.assignment)
                SaveCells(config=self.course.config, log=self.course.log).preprocess(given, resources)
                self.session.expire_all()
        except RuntimeError as problem:
            raise Problem(
                f"{self.assignment} has other cells now than the gradebook's, which holds submissions to it: "
                f"remove them with `nbgrader db assignment remove {self.assignment} --force`, then grade again"
            ) from problem

    def record(
        self, student: str, timestamp: str | None, scores: dict[str, float | None], unanswered: list[str]
    ) -> Entry:
        """Enter a graded submission, whole or not at all; a score of None waits for a person."""
        when = {} if timestamp is None else {"timestamp": timestamp}
        with self._asked(), self._whole():
            self.gradebook.update_or_create_student(student)
            submission = self.gradebook.update_or_create_submission(self.assignment, student, **when)
            notebook = submission.notebooks[0]
            for grade in notebook.grades:
                if grade.cell.type == "TaskCell":  # is a person's alone
                    continue
                grade.auto_score = scores.get(grade.name)
                grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
            for comment in notebook.comments:
                comment.auto_comment = "No response." if comment.name in unanswered else None
            self.session.flush()
            self._penalise(submission, notebook, student)
        return _entry(notebook)

    def entries(self) -> dict[str, Entry]:
        """What there is for every student; nothing where the assignment is not in the gradebook yet."""
        with self._asked():
            try:
                assignment = self.gradebook.find_assignment(self.assignment)
            except MissingEntry:
                return {}
            return {each.student_id: _entry(each.notebooks[0]) for each in assignment.submissions if each.notebooks}

    def due(self) -> str:
        """When the assignment has to be handed in; empty where no time is set."""
        with self._asked(), suppress(MissingEntry):
            return str(self.gradebook.find_assignment(self.assignment).duedate or "")
        return ""

    def forget(self, student: str) -> None:
        """Take back automatic scores of an earlier version and ask for a person: this one could not be graded."""
        if not is_text(student):  # then it never had one
            return
        with self._asked(), self._whole():
            try:
                notebook = self.gradebook.find_submission_notebook(self.assignment, self.assignment, student)
            except MissingEntry:
                return
            for grade in notebook.grades:
                grade.auto_score = None
                grade.needs_manual_grade = True

    def _penalise(self, submission: Any, notebook: Any, student: str) -> None:
        """What the course takes off for lateness, as nbgrader's `AssignLatePenalties` does."""
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late > 0:
            self.session.flush()
            self.session.refresh(notebook)
            penalty = self.penalties.plugin_inst.late_submission_penalty(student, notebook.score, late)
            if penalty is not None:
                notebook.late_submission_penalty = self.penalties._check_late_penalty(notebook, penalty)

    def _make(self) -> None:
        """Have nbgrader make the database, elsewhere, and put it in place: it makes one table after the other."""
        with scratch(self.course.build / "grading" / self.assignment) as work:
            Gradebook(f"sqlite:///{work / 'new.db'}", self.places.course_id or "default_course").close()
            with suppress(OSError):  # somebody else has made it, or there are no links: then nbgrader does as it does
                os.link(work / "new.db", str(self.places.db_url).removeprefix("sqlite:///"))

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """One transaction, although each method of the gradebook would end one of its own."""
        commit, self.session.commit = self.session.commit, self.session.flush
        try:
            yield
            commit()
        except BaseException:
            self.session.rollback()
            raise
        finally:
            self.session.commit = commit

    @contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            why = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise Problem(f"the gradebook {self.places.db_url} can not be used: {why}") from error


def existing(course: Course) -> bool:
    """Whether the course has a gradebook."""
    url = str(course.directory().db_url)
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()


def _entry(notebook: Any) -> Entry:
    scores, by_hand, waiting = {}, set(), set()
    for grade in notebook.grades:
        hand = grade.manual_score
        points = hand if hand is not None else (grade.auto_score or 0.0)
        scores[grade.name] = float(points) + float(grade.extra_credit or 0.0)
        if hand is not None:
            by_hand.add(grade.name)
        elif grade.auto_score is None:
            waiting.add(grade.name)
    comments = {each.name: str(each.manual_comment) for each in notebook.comments if each.manual_comment}
    late = float(notebook.late_submission_penalty or 0.0)
    return Entry(scores, frozenset(by_hand), frozenset(waiting), comments, late)
