"""The gradebook after we graded is the one after stock nbgrader graded: every table, also what people entered."""

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from cnnwidgets.grading.course import make_tools_known, open_course

from .conftest import NAME, cell, grade_all, write
from .stock import nbgrader

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="the sandbox needs Linux")]
DUE = "2026-03-01 12:00:00 UTC"
CONFIG = """
from nbgrader.plugins import BasePlugin

class HalfAPointAnHour(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.5 * (total_seconds_late // 3600)

c = get_config()
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.AssignLatePenalties.plugin_class = HalfAPointAnHour
"""
STUB = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
SOURCE = "def double(x):\n    ### BEGIN SOLUTION\n    return x + x\n    ### END SOLUTION"
TEXT = "YOUR ANSWER HERE"
TEST = "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(-3) == -6\n### END HIDDEN TESTS"
# By student: the answers to the three questions, and when they were handed in.
CLASS = {
    "right": ("def double(x):\n    return 2 * x", "Because.", "drawn = 1", "2026-02-28 10:00:00 UTC"),
    "wrong": ("def double(x):\n    return x", TEXT, "# YOUR CODE HERE\nraise NotImplementedError()", None),
    "half": ("def double(x):\n    return abs(2 * x)", "Maybe.", "drawn = 2", "2026-03-01 13:59:59 CET"),
    "late": ("def double(x):\n    return 2 * x", "So.", "drawn = 3", "2026-03-01 15:30:00 UTC"),
    "later": ("def double(x):\n    return x", TEXT, "drawn = 4", "2026-04-01 12:00:00 UTC"),
    "blank": (STUB, TEXT, "# YOUR CODE HERE\nraise NotImplementedError()", "2026-02-28 10:00:00"),
}


def notebook(double: str, text: str, drawing: str, test: str = TEST) -> NotebookNode:
    made = nbformat.v4.new_notebook()
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    why = nbformat.v4.new_markdown_cell(text, id="why")
    read = nbformat.v4.new_markdown_cell("Do not change this.", id="read")
    scheme = "=== BEGIN MARK SCHEME ===\n5 if it works\n=== END MARK SCHEME ==="
    task = nbformat.v4.new_markdown_cell(f"Build something.\n\n{scheme}", id="task")
    partly = "found = [double(n) == 2 * n for n in (0, 1, 2, -1)]\nsum(found) / 2"
    made.cells = [
        cell("double", double, solution=True),
        cell("test-double", test, points=2),
        cell("test-partly", partly, points=2),
        cell("drawing", drawing, solution=True, points=3),
        why,
        read,
        task,
    ]
    made.cells[3].metadata.nbgrader.locked = False
    common = {"schema_version": 3, "task": False}
    why.metadata.nbgrader = common | {
        "grade_id": "why", "grade": True, "solution": True, "locked": False, "points": 4}  # fmt: skip
    read.metadata.nbgrader = common | {"grade_id": "read", "grade": False, "solution": False, "locked": True}
    task.metadata.nbgrader = common | {
        "grade_id": "task", "grade": False, "solution": False, "locked": True, "points": 5, "task": True}  # fmt: skip
    return made


def make_course(folder: Path) -> Path:
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text(CONFIG)
    write(
        notebook(SOURCE, TEXT, "# YOUR CODE HERE\nraise NotImplementedError()"),
        folder / "solutions" / NAME / f"{NAME}.ipynb",
    )
    for student, (*answers, when) in CLASS.items():
        released = TEST.split("\n### BEGIN")[0]
        path = write(notebook(*answers, test=released), folder / "submitted" / student / NAME / f"{NAME}.ipynb")
        if when:
            path.with_name("timestamp.txt").write_text(when)
    make_tools_known()
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        gradebook.add_assignment(NAME, duedate=DUE)
    return folder


def tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table; an id, which is random, becomes what it stands for."""
    with sqlite3.connect(folder / "gradebook.db") as database:
        database.row_factory = sqlite3.Row
        names = [each[0] for each in database.execute("select name from sqlite_master where type = 'table'")]
        rows = {name: [dict(each) for each in database.execute(f"select * from {name}")] for name in names}
    meaning: dict[Any, str] = {}
    for table in ("assignment", "notebook", "base_cell", "source_cell"):
        meaning |= {row["id"]: f"{table} {row['name']}" for row in rows[table]}
    for row in rows["submitted_assignment"]:
        meaning[row["id"]] = f"{row['student_id']}'s"
    for row in rows["submitted_notebook"]:
        meaning[row["id"]] = f"{meaning[row['assignment_id']]} {meaning[row['notebook_id']]}"
    for table in ("grade", "comment"):
        for row in rows[table]:
            meaning[row["id"]] = f"{table} of {row['notebook_id']} {row['cell_id']}"
            del row["id"]
    told = {
        table: [{key: meaning.get(each, each) for key, each in row.items()} for row in rows[table]] for table in rows
    }
    return {table: sorted(told[table], key=str) for table in told}


def by_a_person(folder: Path) -> None:
    """What an instructor enters in the formgrader."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        for student, name, score, extra in (
            ("right", "why", 3.5, None),
            ("right", "drawing", 3, 1.0),
            ("half", "test-double", 1.5, None),
            ("late", "task", 5, None),
            ("wrong", "test-partly", None, 0.5),
            ("blank", "why", 1, None),
        ):
            grade = gradebook.find_grade(name, NAME, NAME, student)
            grade.manual_score, grade.needs_manual_grade = score, False
            if extra is not None:
                grade.extra_credit = extra
        for student, name in (("right", "why"), ("half", "double"), ("late", "task")):
            gradebook.find_comment(name, NAME, NAME, student).manual_comment = f"Well said, {student}!"
        gradebook.db.commit()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Our tables and stock nbgrader's: after a first run, and after one more when a person was at the gradebook."""
    folder = tmp_path_factory.mktemp("gradebook")
    stock = make_course(folder / "stock")
    ours = folder / "ours"
    shutil.copytree(stock, ours)
    nbgrader(stock, "generate_assignment", NAME)
    nbgrader(stock, "autograde", NAME)
    grade_all(open_course(ours))
    found: dict[str, Any] = {"folder": ours, "first": (tables(ours), tables(stock))}
    for each in (stock, ours):
        by_a_person(each)
    nbgrader(stock, "autograde", NAME, "--force")
    found["verdicts"] = grade_all(open_course(ours), force=True)
    found["again"] = tables(ours), tables(stock)
    return found


TABLES = ["student", "course", "assignment", "notebook", "submitted_assignment", "base_cell", "source_cell",
          "submitted_notebook", "grade_cells", "solution_cells", "task_cells", "grade", "comment"]  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("run", ["first", "again"])
def test_a_table_is_as_stock_nbgrader_leaves_it(both: dict[str, Any], run: str, table: str) -> None:
    ours, stock = both[run]
    assert ours[table] == stock[table]
    assert len(ours[table]) > 0 or table == "student"


def test_all_tables_are_looked_at(both: dict[str, Any]) -> None:
    assert set(both["first"][0]) == {*TABLES, "alembic_version"}


def test_what_is_expected_is_in_them(both: dict[str, Any]) -> None:
    grades = {
        (each["notebook_id"].split("'")[0], each["cell_id"].split()[-1]): each for each in both["again"][0]["grade"]
    }
    assert grades["right", "test-double"]["auto_score"] == 2 and grades["half", "test-double"]["auto_score"] == 0
    assert grades["half", "test-double"]["manual_score"] == 1.5
    assert grades["half", "test-partly"]["auto_score"] == 1.5
    assert grades["right", "why"]["needs_manual_grade"] and not grades["right", "test-double"]["needs_manual_grade"]
    assert grades["blank", "drawing"]["auto_score"] == 0 and grades["late", "drawing"]["auto_score"] is None
    late = {
        each["id"].split("'")[0]: each["late_submission_penalty"] for each in both["again"][0]["submitted_notebook"]
    }
    assert late == {"right": None, "wrong": None, "half": 0, "late": 1.5, "later": 0.5, "blank": None}


@pytest.mark.parametrize(
    ("student", "score"),
    [("right", 2 + 2 + 3 + 1 + 3.5), ("wrong", 0.5 + 0.5), ("half", 1.5 + 1.5), ("late", 4 + 5 - 1.5), ("blank", 1)],
)
def test_the_verdict_counts_what_people_and_lateness_changed(
    both: dict[str, Any], student: str, score: float
) -> None:
    assert both["verdicts"][student].score == score
    with Gradebook(f"sqlite:///{both['folder']}/gradebook.db") as gradebook:
        submission = gradebook.find_submission(NAME, student)
        assert max(0, submission.score - (submission.late_submission_penalty or 0)) == score


@pytest.mark.parametrize("student", ["right", "half", "late"])
def test_a_persons_comment_is_on_the_page(both: dict[str, Any], student: str) -> None:
    page = (both["folder"] / "feedback" / student / NAME / f"{NAME}.html").read_text()
    assert f"Well said, {student}!" in page
    assert f"Well said, {'half' if student == 'right' else 'right'}!" not in page


def test_a_page_counts_a_persons_points(both: dict[str, Any]) -> None:
    page = (both["folder"] / "feedback" / "right" / NAME / f"{NAME}.html").read_text()
    assert "3.5" in page and "11.5" in page


def test_a_page_follows_the_gradebook_without_a_further_run_of_the_code(both: dict[str, Any]) -> None:
    folder = both["folder"]
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        gradebook.find_grade("why", NAME, NAME, "late").manual_score = 3.25
        gradebook.find_comment("why", NAME, NAME, "late").manual_comment = "Now I have read it."
        gradebook.db.commit()
    before = tables(folder)
    verdicts = grade_all(open_course(folder))
    assert not any(each.graded_now for each in verdicts.values())
    assert verdicts["late"].score == 4 + 5 + 3.25 - 1.5
    page = (folder / "feedback" / "late" / NAME / f"{NAME}.html").read_text()
    assert "Now I have read it." in page and "10.75" in page
    assert tables(folder) == before


def test_what_waits_for_a_person_is_not_called_wrong(both: dict[str, Any]) -> None:
    page = (both["folder"] / "feedback" / "late" / NAME / f"{NAME}.html").read_text()
    assert '<section id="drawing" class="exercise waits">' in page and "– / 3" in page
    assert "<p>3 of them wait for a person" in page
    assert "A person gives its points, and has not done so yet." in page
    scored = (both["folder"] / "feedback" / "right" / NAME / f"{NAME}.html").read_text()
    assert "Scored by hand" in scored and '<section id="why" class="exercise partly">' in scored
    half = (both["folder"] / "feedback" / "half" / NAME / f"{NAME}.html").read_text()
    assert "A person has looked at it, and given the points." in half


def test_a_page_that_is_gone_is_written_again(both: dict[str, Any]) -> None:
    folder = both["folder"] / "feedback" / "half" / NAME
    before = (folder / f"{NAME}.html").read_text()
    shutil.rmtree(folder)
    assert not any(each.graded_now for each in grade_all(open_course(both["folder"])).values())
    assert (folder / f"{NAME}.html").read_text() == before


def test_another_due_date_is_another_grade(both: dict[str, Any]) -> None:
    folder = both["folder"]
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2026-03-01 15:00:00 UTC")
    verdicts = grade_all(open_course(folder))
    assert all(each.graded_now for each in verdicts.values())
    assert verdicts["late"].late_penalty == 0
