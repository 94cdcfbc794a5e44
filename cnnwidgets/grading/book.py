"""The gradebook: an assignment entered, scores read, a failure noted. Always through nbgrader's own `Gradebook`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy.exc import SQLAlchemyError

from .course import Course, make_tools_known
from .files import scratch
from .problem import Problem
from .stages import release_into


@dataclass(frozen=True)
class CellScore:
    """What the gradebook holds for one test cell of one submission."""

    cell: str
    points: float
    max_points: float
    by_hand: bool  #: a person's score stands in place of the automatic one, or is waited for


def register(course: Course, assignment: str) -> None:
    """Enter the assignment, or what has changed in its cells, in the course's gradebook."""
    with scratch(course.build) as folder:
        try:
            release_into(folder, course, assignment, register=True)
        except Problem as problem:
            if "Cannot add or remove cells" in str(problem) or "Cannot modify existing" in str(problem):
                raise Problem(
                    f"{assignment} has other cells now than the gradebook's, which holds submissions to it: "
                    f"remove them with `nbgrader db assignment remove {assignment} --force`, then grade again"
                ) from problem
            raise Problem(f"{assignment} can not be entered in the gradebook: {problem}") from problem


def scores(course: Course, assignment: str, student: str) -> list[CellScore] | None:
    """The scores of a submission in the order of the notebook, or None where the gradebook has none."""
    with _open(course) as gradebook:
        try:
            submission = gradebook.find_submission_notebook(assignment, assignment, student)
        except MissingEntry:
            return None
        order = {cell.name: n for n, cell in enumerate(submission.notebook.source_cells)}
        found = [
            CellScore(
                grade.name,
                float(grade.score),
                float(grade.max_score),
                grade.manual_score is not None or bool(grade.needs_manual_grade),
            )
            for grade in submission.grades
        ]
        return sorted(found, key=lambda each: order.get(each.cell, len(order)))


def penalty(course: Course, assignment: str, student: str) -> float:
    """Points taken off for lateness."""
    with _open(course) as gradebook:
        try:
            submission = gradebook.find_submission_notebook(assignment, assignment, student)
        except MissingEntry:
            return 0.0
        return float(submission.late_submission_penalty or 0.0)


def forget_scores(course: Course, assignment: str, student: str) -> None:
    """Take back automatic scores of an earlier version and ask for a person: this one could not be graded."""
    with _open(course) as gradebook:
        try:
            submission = gradebook.find_submission_notebook(assignment, assignment, student)
        except MissingEntry:
            return
        for grade in submission.grades:
            grade.auto_score = None
            grade.needs_manual_grade = True
        gradebook.db.commit()


def require_usable(course: Course) -> None:
    """Raise a `Problem` where there is a gradebook that can not be opened; make none where there is none."""
    url = course.directory().db_url
    if not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists():
        with _open(course):
            pass


@contextmanager
def _open(course: Course) -> Iterator[Gradebook]:
    """The course's gradebook. Raises a `Problem` where the database can not be used."""
    make_tools_known()
    places = course.directory()
    try:
        with Gradebook(places.db_url, places.course_id or "default_course") as gradebook:
            yield gradebook
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise Problem(f"the gradebook {places.db_url} can not be used: {why}") from error
