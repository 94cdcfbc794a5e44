"""What the outputs of a graded notebook say about each exercise."""

from collections.abc import Iterator, Sequence
from typing import Any

from nbformat import NotebookNode

from .engine.run import TIMED_OUT
from .engine.shell import TRIMMED
from .notebooks import named_cells, tags
from .repair import NOTICE
from .verdict import BLANK, WAITS, Exercise
from .words import plain

SUMMARY = 300  # characters of what is said about an exercise
# The mime type under which a check leaves its report in a cell's outputs. It is defined again, with what it holds,
# in cnnwidgets/checks/report.py, which this package does not import; a test holds the two equal.
REPORT_MIME = "application/vnd.cnnwidgets.report+json"


def exercise(cell: NotebookNode, points: float | None, blank: bool, answers: Sequence[NotebookNode] = ()) -> Exercise:
    """What is to be said about one cell that gives points; `points` is None where a person has to give them."""
    # What a learner's own cell shows is no report, whatever it looks like.
    report = {} if tags(cell).get("solution") else telling_report(cell) or {}
    misconception = report.get("misconception")
    title = misconception.get("title") if isinstance(misconception, dict) else None
    summary = report.get("summary")
    failure = failure_of(cell, answers)
    remarks = []
    if cell.source.startswith(NOTICE):
        remarks.append("test cell put back")
    if failure and failure[0] == TIMED_OUT:
        remarks.append("timed out")
    if blank:
        remarks.append(BLANK)
    elif points is None:
        remarks.append(WAITS)
    if failure and not summary:
        summary = f"{failure[0]}: {failure[1]}".strip(": ")
    return Exercise(
        exercise_name(str(tags(cell)["grade_id"])),
        points or 0.0,
        float(tags(cell).get("points") or 0.0),
        str(title) if title else None,
        one_line(str(summary)) if summary else None,
        ", ".join(remarks) or None,
        _example(cell) if title else None,
        str(tags(cell)["grade_id"]),
    )


def one_line(text: str) -> str:
    """The first line of a text that may be a learner's, with nothing in it that acts."""
    return plain(next(iter(text.splitlines()), "")[:SUMMARY])


def exercise_name(cell: str) -> str:
    """The exercise that a test cell is about: `test-corr2d` is about `corr2d`."""
    return cell.removeprefix("test-").removeprefix("test_")


def telling_report(cell: NotebookNode) -> dict[str, Any] | None:
    """The report that says most: one that names a misconception, else one that failed, else the last."""
    return next((report for report, _ in _told(cell)), None)


def failure_of(cell: NotebookNode, answers: Sequence[NotebookNode] = ()) -> tuple[str, str] | None:
    """Name and text of the error that ended a cell, if one did; a time limit counts before all others.

    Where a name is missing because a cell with the answer had not come to its end, the error of that one is told.
    """
    failure = _failure_of(cell)
    if failure and failure[0] == NameError.__name__:
        return next((cause for each in answers if each is not cell and (cause := _failure_of(each))), failure)
    return failure


def _failure_of(cell: NotebookNode) -> tuple[str, str] | None:
    outputs = cell.get("outputs", [])
    errors = [
        (str(each.get("ename", "")), str(each.get("evalue", ""))) for each in outputs if each.output_type == "error"
    ]
    return next((each for each in errors if each[0] == TIMED_OUT), errors[0] if errors else None)


def answers_of(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, list[NotebookNode]]]:
    """Each cell that gives points, with the answer cells since the one before it; it may be one itself."""
    answers: list[NotebookNode] = []
    for _, cell in named_cells(notebook):
        if tags(cell).get("grade") or tags(cell).get("task"):
            yield cell, [*answers, cell] if tags(cell).get("solution") else answers
            answers = []
        elif tags(cell).get("solution"):
            answers.append(cell)


def flooded(notebook: NotebookNode) -> bool:
    """Whether the output of a cell was cut."""
    streams = (o for cell in notebook.cells for o in cell.get("outputs", []) if o.output_type == "stream")
    return any(TRIMMED in str(output.text) for output in streams)


def _told(cell: NotebookNode) -> list[tuple[dict[str, Any], str]]:
    """The reports that checks left in a cell's outputs, the one that says most first, each with its page."""
    found = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if isinstance(data.get(REPORT_MIME), dict):
            found.append((data[REPORT_MIME], str(data.get("text/html", ""))))
    named = [each for each in found if isinstance(each[0].get("misconception"), dict)]
    failed = [each for each in found if each[0].get("passed") != each[0].get("total")]
    return named + failed + found[::-1]


def _example(cell: NotebookNode) -> str | None:
    return next((html for _, html in _told(cell) if html), None)
