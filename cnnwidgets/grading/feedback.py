"""The page that a learner gets back: scores first, then each answer with its report. No network, no scripts."""

import re
from pathlib import Path
from typing import Any, ClassVar

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from traitlets.config import Config

from .course import Course
from .disarm import Disarm
from .engine import TIMED_OUT
from .files import put_in_place
from .notebooks import named_cells, tags
from .regions import REGION, split, without_hidden_tests
from .restore import NOTICE
from .stages import convert
from .verdict import blank_tests, exercise_name, failure_of, telling_report

TEMPLATES = Path(__file__).parent / "templates"
HIDDEN_REMARK = "# (further tests, not shown)"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_NUMBER = re.compile(r"\s*[\d.e+-]+\s*")
_LINE_NUMBER = re.compile(r"^\s*(-+>\s*)?\d+\s?")


class HideTests(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes hidden tests out of a graded notebook: from the cells, and from tracebacks that quote them."""

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> Any:
        """Clear one cell of hidden regions and of the marks of regions."""
        secret = {line.strip() for kind, line in split(cell.source) if kind and line.strip()}
        cell.source = without_hidden_tests(cell.source, HIDDEN_REMARK)
        cell.source = "\n".join(line for line in cell.source.split("\n") if not REGION.search(line))
        if tags(cell).get("grade") and secret:
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    output.traceback = [_without(secret, text) for text in output.traceback]
        return cell, resources


class Arrange(NbGraderPreprocessor):  # type: ignore[misc]
    """Sorts the cells for the page: `resources["page"]` holds exercises and the rest."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> Any:
        """Give each exercise its answer cells, its test cell and what to say about it."""
        exercises: list[dict[str, Any]] = []
        answers: list[NotebookNode] = []
        blank = set(blank_tests(nb))
        for name, cell in named_cells(nb):
            if tags(cell).get("grade"):
                exercises.append(_exercise(cell, answers, name in blank))
                answers = []
            elif tags(cell).get("solution"):
                answers.append(cell)
        resources["page"] = {
            "student": resources["nbgrader"]["student"],
            "exercises": exercises,
            "rest": [cell for cell in nb.cells if not tags(cell).get("grade") and not tags(cell).get("solution")],
        }
        return nb, resources


class _Feedback(GenerateFeedback):  # type: ignore[misc]
    """nbgrader's GenerateFeedback with this page."""

    preprocessors: ClassVar = [GetGrades, HideTests, Disarm, Arrange, CSSHTMLHeaderPreprocessor]


def write_feedback(course: Course, assignment: str, student: str, work: Path) -> Path:
    """Write a graded submission's page to feedback/STUDENT/ASSIGNMENT/; returns that folder."""
    page = Config(
        HTMLExporter={
            "template_name": "cnnwidgets_feedback",
            "extra_template_basedirs": [str(TEMPLATES)],
            "exclude_anchor_links": True,
        },
        CSSHTMLHeaderPreprocessor={"enabled": True, "style": "default"},
    )
    folder = work / "feedback"
    places = course.directory(
        assignment_id=assignment, student_id=student, notebook_id=assignment, feedback_directory=str(folder)
    )
    convert(_Feedback, course, places, page)
    target = course.step("feedback") / student / assignment
    put_in_place(folder / student / assignment, target)
    return target


def _exercise(cell: NotebookNode, answers: list[NotebookNode], blank: bool) -> dict[str, Any]:
    """What the page says about one test cell."""
    name = exercise_name(tags(cell)["grade_id"])
    report, failure = telling_report(cell) or {}, failure_of(cell)
    misconception = report.get("misconception")
    score, points = float(tags(cell).get("score") or 0), float(tags(cell).get("points") or 0)
    if failure and failure[0] == TIMED_OUT:
        finding = "stopped: it ran past the time limit"
    elif blank:
        finding = "not answered yet"
    elif isinstance(misconception, dict) and misconception.get("title"):
        finding = str(misconception["title"])
    elif report.get("summary"):
        finding = str(report["summary"]).removeprefix(f"{name}: ").removeprefix(f"{name} ")
    elif failure:
        finding = f"{failure[0]}: {failure[1]}".strip(": ")
    else:
        finding = "right" if score >= points else ""
    return {
        "name": name,
        "score": score,
        "points": points,
        "state": "right" if score >= points else "partly" if score > 0 else "wrong",
        "finding": f"{finding[0].upper()}{finding[1:]}".splitlines()[0][:200].rstrip(".") if finding else "",
        "answers": answers,
        "test": cell,
        "shown": [each for each in cell.get("outputs", []) if not _is_noise(each)],
        "stopped": _stopped(failure),
        "traceback": next((each for each in cell.get("outputs", []) if each.output_type == "error"), None),
        "blank": blank,
        "put_back": cell.source.startswith(NOTICE),
    }


def _stopped(failure: tuple[str, str] | None) -> str | None:
    """Why a test cell did not come to its end, as a sentence."""
    if failure is None:
        return None
    if failure[0] == TIMED_OUT:
        return "The test cell ran past the time limit and was stopped, so it gives no points."
    return f"The test cell stopped with {failure[0]}, so it gives no points."


def _is_noise(output: NotebookNode) -> bool:
    """What the page says in its own words: the points that a test cell ends with, and the error that ended it."""
    if output.output_type == "execute_result":
        return set(output.data) == {"text/plain"} and bool(_NUMBER.fullmatch(str(output.data["text/plain"])))
    return bool(output.output_type == "error")


def _without(secret: set[str], traceback: str) -> str:
    """A traceback without the lines of code that are secret."""
    kept = []
    for line in traceback.split("\n"):
        code = _LINE_NUMBER.sub("", _ANSI.sub("", line)).strip()
        if code not in secret and not (code and REGION.search(code)):
            kept.append(line)
    return "\n".join(kept)
