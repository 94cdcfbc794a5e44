"""A tiny course (two functions, no torch) and a class that hands it in, graded once for all tests."""

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from cnnwidgets.grading.course import Course, open_course
from cnnwidgets.grading.findings import REPORT_MIME
from cnnwidgets.grading.grade import grading
from cnnwidgets.grading.log import logged_to
from cnnwidgets.grading.verdict import Verdict

NAME = "01-tiny"
CONFIG = Path(__file__).parents[2] / "nbgrader_config.py"

DOUBLE = "def double(x):\n    ### BEGIN SOLUTION\n    return x + x  # doubled\n    ### END SOLUTION"
TRIPLE = "def triple(x):\n    ### BEGIN SOLUTION\n    return 3 * x  # tripled\n    ### END SOLUTION"
TEST_DOUBLE = """assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(-3) == -6, "hidden words"
### END HIDDEN TESTS"""
TEST_TRIPLE = """from IPython.display import display
right = sum(triple(n) == 3 * n for n in (0, 1, 2))
found = {"key": "unchanged", "title": "The number is returned as it came"} if triple(1) == 1 else None
text = f"{right} of 3"
display({"text/plain": "report", "text/html": "<p>the report</p>", "MIME": {"exercise": "triple", "passed": right,
    "total": 3, "points": float(right), "max_points": 3.0, "misconception": found, "summary": text}}, raw=True)
### BEGIN HIDDEN TESTS
right = right if triple(5) == 15 else min(right, 1)
### END HIDDEN TESTS
float(right)""".replace("MIME", REPORT_MIME)


def cell(name: str, source: str, **tags: object) -> NotebookNode:
    """A code cell with a name; `tags` make it an answer (`solution`) or a test (`points`)."""
    made = nbformat.v4.new_code_cell(source, id=name)
    if tags:
        grade = "points" in tags
        made.metadata.nbgrader = {
            "grade_id": name,
            "grade": grade,
            "solution": bool(tags.get("solution")),
            "locked": grade,
            "schema_version": 3,
            "task": False,
        } | ({"points": tags["points"]} if grade else {})
    return made


def source_notebook() -> NotebookNode:
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# Tiny\nTwo functions, with $x$ in them.", id="title"),
        cell("double", DOUBLE, solution=True),
        cell("test-double", TEST_DOUBLE, points=2),
        cell("triple", TRIPLE, solution=True),
        cell("test-triple", TEST_TRIPLE, points=3),
    ]
    return notebook


def write(notebook: NotebookNode, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def make_course(folder: Path, notebook: NotebookNode | None = None) -> Course:
    """The tiny course in `folder`, with the repository's own settings and shorter time limits."""
    folder.mkdir(parents=True, exist_ok=True)
    short = "c.Execute.timeout = 2\nc.Execute.iopub_timeout = 3\nc.Execute.shutdown_kernel = 'immediate'\n"
    (folder / "nbgrader_config.py").write_text(CONFIG.read_text() + short)
    write(notebook or source_notebook(), folder / "solutions" / NAME / f"{NAME}.ipynb")
    return open_course(folder)


def answered(double: str = "", triple: str = "") -> NotebookNode:
    """What a learner hands in: the release, with answers in place of the stubs."""
    notebook = source_notebook()
    stub = "def {0}(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    for each in notebook.cells:
        if each.id == "double":
            each.source = double or stub.format("double")
        elif each.id == "triple":
            each.source = triple or stub.format("triple")
        elif each.cell_type == "code":
            lines = each.source.split("\n")
            if "### BEGIN HIDDEN TESTS" in lines:
                first, last = lines.index("### BEGIN HIDDEN TESTS"), lines.index("### END HIDDEN TESTS")
                each.source = "\n".join(lines[:first] + lines[last + 1 :])
    return notebook


RIGHT = {"double": "def double(x):\n    return 2 * x", "triple": "def triple(x):\n    return x + x + x"}


def _without(notebook: NotebookNode, *names: str) -> NotebookNode:
    notebook.cells = [each for each in notebook.cells if each.id not in names]
    return notebook


def _with_copy(notebook: NotebookNode, name: str, source: str) -> NotebookNode:
    at = next(n for n, each in enumerate(notebook.cells) if each.id == name)
    twin = copy.deepcopy(notebook.cells[at])
    twin.source, twin.id = source, f"{name}-twin"
    notebook.cells.insert(at + 1, twin)
    return notebook


def _with_source(notebook: NotebookNode, name: str, source: str) -> NotebookNode:
    next(each for each in notebook.cells if each.id == name).source = source
    return notebook


# By student. Stock nbgrader grades these too; the scores must be the same.
HONEST: dict[str, Callable[[], NotebookNode]] = {
    "right": lambda: answered(**RIGHT),
    "blank": lambda: answered(),
    "partly": lambda: answered(RIGHT["double"], "def triple(x):\n    return x"),
    "hidden": lambda: answered("def double(x):\n    return abs(2 * x)", "def triple(x):\n    return min(3 * x, 9)"),
    "warns": lambda: answered(
        "import sys, warnings\ndef double(x):\n    warnings.warn('')\n    print(file=sys.stderr)\n    return x + x",
        RIGHT["triple"],
    ),
    "floods": lambda: answered(
        "def double(x):\n    for n in range(9999):\n        print(n)\n    print('x' * 3_000_000)\n    return x + x",
        RIGHT["triple"],
    ),
    "endless": lambda: answered("def double(x):\n    while True:\n        pass", RIGHT["triple"]),
    "deleted": lambda: _without(answered(**RIGHT), "test-double"),
    "altered": lambda: _with_source(answered("def double(x):\n    return 5", RIGHT["triple"]), "test-double", "pass"),
}
# Stock nbgrader gives no grade for these, or stops with an error; `killer` loses what it killed and no more.
HARD: dict[str, Callable[[], NotebookNode]] = {
    "O'Neil [2]": lambda: answered(**RIGHT),
    "doubled": lambda: _with_copy(answered(**RIGHT), "test-double", "assert double(2) == 4  # a copy"),
    "killer": lambda: answered("import os\ndef double(x):\n    os._exit(1)", RIGHT["triple"]),
    "bare": lambda: _without(answered(**RIGHT), "double", "test-double", "test-triple"),
    "foreign": lambda: _without(source_notebook(), "double", "test-double", "triple", "test-triple"),
}


def hand_in(course: Course, student: str, notebook: NotebookNode) -> Path:
    return write(notebook, course.folder / "submitted" / student / NAME / f"{NAME}.ipynb")


def grade_all(course: Course, **options: Any) -> dict[str, Verdict]:
    with logged_to(course.build / "test.log"):
        return {each.student: each for each in grading(course, NAME, **options).verdicts()}


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Everything below `folder`, to see that nothing changed."""
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A fresh tiny course without submissions."""
    return make_course(tmp_path / "course")


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course with everybody's submissions, not graded: copy it, do not touch it."""
    course = make_course(tmp_path_factory.mktemp("handed-in") / "course")
    for student, make in (HONEST | HARD).items():
        hand_in(course, student, make())
    for student, text in {"torn": '{"cells": [', "empty": "{}"}.items():
        path = course.folder / "submitted" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    misnamed = write(answered(**RIGHT), course.folder / "submitted" / "misnamed" / NAME / "my-notebook.ipynb")
    assert json.loads(misnamed.read_text())
    return course.folder


@pytest.fixture(scope="session")
def graded(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Course, dict[str, Verdict]]]:
    """The whole class graded, and the verdicts."""
    folder = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(handed_in, folder)
    course = open_course(folder)
    yield course, grade_all(course)
