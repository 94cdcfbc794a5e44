"""What came of one submission: the scores, the findings of the checks, or the reason why there are none."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

from . import book
from .course import Course
from .engine import TIMED_OUT, TRIMMED
from .notebooks import named_cells, read_notebook, tags
from .restore import NOTICE

# The mime type under which a check leaves its report in a cell's outputs. It is defined again, with what it holds,
# in cnnwidgets/checks/report.py, which this package does not import; a test holds the two equal.
REPORT_MIME = "application/vnd.cnnwidgets.report+json"


BLANK = "blank"


@dataclass(frozen=True)
class Exercise:
    """One test cell: the points given, and what its check found."""

    name: str
    points: float
    max_points: float
    misconception: str | None = None  #: the title of the misconception that the answer shows
    summary: str | None = None  #: one sentence: how it failed, or that it is right
    remark: str | None = None  #: "timed out", "blank", "test cell put back", …


@dataclass(frozen=True)
class Verdict:
    """One submission, graded or with the reason why not."""

    student: str
    reason: str | None = None  #: why it is not graded; None where it is
    exercises: tuple[Exercise, ...] = ()
    remarks: tuple[str, ...] = ()
    late_penalty: float = 0.0
    graded_now: bool = True  #: False where an earlier result still holds

    @property
    def graded(self) -> bool:
        """Whether there is a score."""
        return self.reason is None

    @property
    def score(self) -> float:
        """Points in all."""
        return max(0.0, sum(each.points for each in self.exercises) - self.late_penalty)

    @property
    def max_score(self) -> float:
        """Points to be had."""
        return sum(each.max_points for each in self.exercises)

    @property
    def misconceptions(self) -> list[str]:
        """The titles of what the checks named, each once."""
        return list(dict.fromkeys(each.misconception for each in self.exercises if each.misconception))

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        data = asdict(self)
        data["exercises"] = [asdict(each) for each in self.exercises]
        data["remarks"] = list(self.remarks)
        extra = {"graded": self.graded, "score": self.score, "max_score": self.max_score}
        return data | extra


def read_verdict(course: Course, assignment: str, student: str, remarks: tuple[str, ...], now: bool) -> Verdict:
    """The verdict on a graded submission: scores from the gradebook, findings from the autograded notebook."""
    scores = book.scores(course, assignment, student)
    path = course.step("autograded") / student / assignment / f"{assignment}.ipynb"
    notebook = read_notebook(path)
    cells = dict(named_cells(notebook))
    blank = set(blank_tests(notebook))
    exercises = [_exercise(score, cells.get(score.cell), score.cell in blank) for score in scores or []]
    trimmed = [name for name, cell in cells.items() if any(TRIMMED in text for text in _streams(cell))]
    more = ("a flood of output trimmed",) if trimmed else ()
    late = book.penalty(course, assignment, student)
    return Verdict(student, None, tuple(exercises), remarks + more, late, now)


def exercise_name(cell: str) -> str:
    """The exercise that a test cell is about: `test-corr2d` is about `corr2d`."""
    return cell.removeprefix("test-").removeprefix("test_")


def reports(cell: NotebookNode) -> Iterator[dict[str, Any]]:
    """The reports that checks left in a cell's outputs. They come from the learner's process: shown, not trusted."""
    for output in cell.get("outputs", []):
        report = output.get("data", {}).get(REPORT_MIME)
        if isinstance(report, dict):
            yield report


def telling_report(cell: NotebookNode) -> dict[str, Any] | None:
    """The report that says most: one that names a misconception, else one that failed, else the last."""
    found = list(reports(cell))
    named = [each for each in found if isinstance(each.get("misconception"), dict)]
    failed = [each for each in found if each.get("passed") != each.get("total")]
    return next(iter(named + failed + found[::-1]), None)


def failure_of(cell: NotebookNode) -> tuple[str, str] | None:
    """Name and text of the error that ended a cell, if one did.

    A cell that was stopped shows the interruption first and the time limit after it: it is the limit that counts.
    """
    outputs = cell.get("outputs", [])
    errors = [
        (str(each.get("ename", "")), str(each.get("evalue", ""))) for each in outputs if each.output_type == "error"
    ]
    return next((each for each in errors if each[0] == TIMED_OUT), errors[0] if errors else None)


def blank_tests(notebook: NotebookNode) -> Iterator[str]:
    """The test cells of a graded notebook whose answers stand as they were handed out."""
    answers: list[NotebookNode] = []
    for name, cell in named_cells(notebook):
        if tags(cell).get("grade"):
            if answers and all(tags(each).get("checksum") == compute_checksum(each) for each in answers):
                yield name
            answers = []
        elif tags(cell).get("solution"):
            answers.append(cell)


def _exercise(score: book.CellScore, cell: NotebookNode | None, blank: bool) -> Exercise:
    report = (telling_report(cell) if cell else None) or {}
    misconception = report.get("misconception")
    title = misconception.get("title") if isinstance(misconception, dict) else None
    summary = report.get("summary")
    failure = failure_of(cell) if cell else None
    remarks = []
    if score.by_hand:
        remarks.append("scored by hand")
    if cell and cell.source.startswith(NOTICE):
        remarks.append("test cell put back")
    if failure and failure[0] == TIMED_OUT:
        remarks.append("timed out")
    if blank:
        remarks.append(BLANK)
    if failure and not summary:
        summary = f"{failure[0]}: {failure[1]}".strip(": ").splitlines()[0]
    return Exercise(
        exercise_name(score.cell),
        score.points,
        score.max_points,
        str(title) if title else None,
        str(summary) if summary else None,
        ", ".join(remarks) or None,
    )


def _streams(cell: NotebookNode) -> Iterator[str]:
    for output in cell.get("outputs", []):
        if output.get("output_type") == "stream":
            yield str(output.get("text", ""))


def autograded_folder(course: Course, assignment: str, student: str) -> Path:
    """Where the notebook with the outputs of grading lies."""
    return course.step("autograded") / student / assignment
