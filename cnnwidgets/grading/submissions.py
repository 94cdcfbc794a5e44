"""The submissions in submitted/*/ASSIGNMENT/: found, looked over before anything runs, known by their content."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from .course import CONFIG_NAME, Course
from .files import digest
from .notebooks import answer_names, named_cells, read_notebook, tags
from .problem import Problem
from .regions import without_hidden_tests


@dataclass(frozen=True)
class Submission:
    """One learner's folder for one assignment."""

    student: str
    folder: Path
    notebook: Path


def find_submissions(course: Course, assignment: str) -> list[Submission]:
    """All submissions, in order of the students' names. Raises a `Problem` where there are none."""
    submitted = course.step("submitted")
    students = submitted.iterdir() if submitted.is_dir() else []
    folders = sorted(p / assignment for p in students if not p.name.startswith(".") and (p / assignment).is_dir())
    if not folders:
        raise Problem(
            f"there are no submissions: put them in {submitted.name}/STUDENT/{assignment}/{assignment}.ipynb"
        )
    return [Submission(p.parent.name, p, p / f"{assignment}.ipynb") for p in folders]


def version_of(course: Course, assignment: str) -> str:
    """A hash of what a grade depends on besides the submission: the assignment's source and nbgrader's settings."""
    return digest(course.source(assignment).parent, course.folder / CONFIG_NAME)


def look_over(course: Course, submission: Submission, source: NotebookNode) -> tuple[str, ...]:
    """Remarks on what was done to the cells. Raises a `Problem` where it can not be graded as this assignment."""
    if set(submission.student) & set("*?[]"):
        raise Problem("nbgrader takes no student's name with any of * ? [ ] in it: rename the folder")
    if not submission.notebook.is_file():
        others = sorted(p.name for p in submission.folder.glob("*.ipynb"))
        found = f" (it holds {', '.join(others)})" if others else ""
        raise Problem(f"{submission.notebook.name} is not in the folder{found}")
    notebook = read_notebook(submission.notebook)
    names = Counter(name for name, _ in named_cells(notebook))
    if not set(answer_names(source)) & set(names):
        raise Problem(
            f"it is another notebook: it has no answer cell of this assignment{_origin(course, set(names))}"
        )
    remarks = []
    doubled = [name for name, count in names.items() if count > 1]
    if doubled:
        remarks.append(f"cell repeated, the last one counts: {', '.join(doubled)}")
    altered = list(dict.fromkeys(_altered(notebook, source)))
    if altered:
        remarks.append(f"cell altered, restored: {', '.join(altered)}")
    missing = [name for name in answer_names(source) if name not in names]
    if missing:
        remarks.append(f"answer cell deleted: {', '.join(missing)}")
    return tuple(remarks)


def _altered(notebook: NotebookNode, source: NotebookNode) -> list[str]:
    """Locked cells whose text is not the one that was handed out."""
    given = {
        name: without_hidden_tests(cell.source).strip()
        for name, cell in named_cells(source)
        if tags(cell).get("locked") or (tags(cell).get("grade") and not tags(cell).get("solution"))
    }
    return [
        name
        for name, cell in named_cells(notebook)
        if name in given and without_hidden_tests(cell.source).strip() != given[name]
    ]


def _origin(course: Course, names: set[str]) -> str:
    """Which other assignment of the course the cells come from, as the end of a sentence."""
    for other in course.assignments():
        try:
            cells = set(answer_names(read_notebook(course.source(other))))
        except Problem:
            continue
        if cells & names:
            return f"; it looks like {other}"
    return ""
