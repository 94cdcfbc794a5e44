"""Grading a class: verdicts, scores as stock nbgrader's, and only what changed on a second run."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from cnnwidgets.grading.course import Course, open_course
from cnnwidgets.grading.engine.outputs import error
from cnnwidgets.grading.findings import exercise
from cnnwidgets.grading.grade import grading
from cnnwidgets.grading.log import logged_to
from cnnwidgets.grading.problem import Problem
from cnnwidgets.grading.submissions import find_submissions, misplaced
from cnnwidgets.grading.verdict import Verdict

from .conftest import HONEST, NAME, RIGHT, answered, cell, grade_all, hand_in, snapshot, write

pytestmark = pytest.mark.slow
Graded = tuple[Course, dict[str, Verdict]]


def remarks(verdict: Verdict) -> str:
    return "; ".join([*verdict.remarks, *(f"{each.name} {each.remark}" for each in verdict.exercises)])


def in_gradebook(folder: Path) -> dict[str, dict[str, float]]:
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        return {
            each.student.id: {grade.name: grade.score for grade in each.notebooks[0].grades}
            for each in gradebook.assignment_submissions(NAME)
        }


def test_every_submission_gets_a_verdict(graded: Graded) -> None:
    course, verdicts = graded
    assert set(verdicts) == {p.name for p in (course.folder / "submitted").iterdir()}


@pytest.mark.parametrize(
    ("student", "score"),
    [
        ("right", 5),
        ("blank", 0),
        ("partly", 3),
        ("hidden", 1),
        ("warns", 5),
        ("floods", 5),
        ("endless", 3),
        ("deleted", 5),
        ("doubled", 5),
        ("altered", 3),
        ("killer", 3),
    ],
)
def test_scores(graded: Graded, student: str, score: float) -> None:
    verdict = graded[1][student]
    assert verdict.reason is None
    assert (verdict.score, verdict.max_score) == (score, 5)


def test_scores_are_those_of_stock_nbgrader(graded: Graded, handed_in: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stock"
    shutil.copytree(handed_in, folder)
    for student in (folder / "submitted").iterdir():
        if student.name not in HONEST:
            shutil.rmtree(student)
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for step in ("generate_assignment", "autograde"):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", step, NAME], cwd=folder, env=env, check=True, capture_output=True
        )
    stock, ours = in_gradebook(folder), in_gradebook(graded[0].folder)
    assert set(stock) == set(HONEST)
    assert {student: ours[student] for student in stock} == stock


def test_the_gradebook_and_the_verdicts_agree(graded: Graded) -> None:
    course, verdicts = graded
    for student, scores in in_gradebook(course.folder).items():
        if verdicts[student].graded:
            assert {f"test-{each.name}": each.points for each in verdicts[student].exercises} == scores


def test_what_was_done_to_the_cells_is_told(graded: Graded) -> None:
    _, verdicts = graded
    assert "double test cell put back" in remarks(verdicts["deleted"])
    assert "repeated" in remarks(verdicts["doubled"]) and "test-double" in remarks(verdicts["doubled"])
    assert "altered" in remarks(verdicts["altered"]) and "test-double" in remarks(verdicts["altered"])
    assert "double timed out" in remarks(verdicts["endless"])
    assert "flood" in remarks(verdicts["floods"])
    assert (
        verdicts["killer"].exercises[0].summary
        == "DeadKernelError: its Python ended by an exit or a crash while cell test-double ran"
    )
    assert "double blank" in remarks(verdicts["blank"]) and "triple blank" in remarks(verdicts["blank"])
    assert not verdicts["right"].remarks


def test_a_misconception_is_named(graded: Graded) -> None:
    _, verdicts = graded
    assert verdicts["partly"].misconceptions == ["The number is returned as it came"]
    assert verdicts["right"].misconceptions == []


def test_a_flood_is_trimmed(graded: Graded) -> None:
    folder = graded[0].folder / "autograded" / "floods"
    assert sum(p.stat().st_size for p in folder.rglob("*.ipynb")) < 100_000


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("foreign", "another notebook"),
        ("O'Neil [2]", "rename the folder"),
        ("torn", "not JSON"),
        ("empty", "no notebook format"),
        ("misnamed", "01-tiny.ipynb is not in the folder (it holds my-notebook.ipynb)"),
    ],
)
def test_what_can_not_be_graded_says_why(graded: Graded, student: str, reason: str) -> None:
    course, verdicts = graded
    assert reason in (verdicts[student].reason or "")
    assert not (course.folder / "autograded" / student).exists() or not list(
        (course.folder / "autograded" / student).rglob("*.ipynb")
    )


def test_cells_missing_in_a_row_are_put_back(graded: Graded) -> None:
    """Stock nbgrader stops with a KeyError here, and the learner has no grade."""
    verdict = graded[1]["bare"]
    assert verdict.graded and verdict.score == 3
    assert "double test cell put back" in remarks(verdict) and "answer cell deleted: double" in remarks(verdict)


def test_what_lies_in_the_wrong_place_is_told(course: Course) -> None:
    hand_in(course, "ann", answered())
    write(answered(), course.folder / "submitted" / "bob" / f"{NAME}.ipynb")
    write(answered(), course.folder / "submitted" / "cleo" / NAME.title() / f"{NAME}.ipynb")
    write(answered(), course.folder / "submitted" / "dee" / "02-other" / "02-other.ipynb")
    write(answered(), course.folder / "submitted" / "loose.ipynb")
    assert misplaced(course, NAME) == [
        f"submitted/bob holds {NAME}.ipynb, and no folder {NAME}",
        f"submitted/cleo holds {NAME.title()}, and no folder {NAME}",
        "submitted/loose.ipynb lies in no student's folder",
    ]
    shutil.rmtree(course.folder / "submitted" / "ann")
    with pytest.raises(Problem, match=r"there are no submissions: .*; submitted/bob holds"):
        find_submissions(course, NAME)


def test_where_an_answer_did_not_run_its_own_error_is_told() -> None:
    answer, test = cell("double", "import panda", solution=True), cell("test-double", "double(2)", points=2)
    test.outputs = [error("NameError", "name 'double' is not defined")]
    assert exercise(test, 0.0, False, [answer]).summary == "NameError: name 'double' is not defined"
    answer.outputs = [error("ModuleNotFoundError", "No module named 'panda'")]
    assert exercise(test, 0.0, False, [answer]).summary == "ModuleNotFoundError: No module named 'panda'"
    test.outputs = [error("AssertionError", "")]
    assert exercise(test, 0.0, False, [answer]).summary == "AssertionError"


def test_no_scratch_is_left(graded: Graded) -> None:
    assert not list(graded[0].folder.rglob(".work-*"))


def test_ctrl_c_stops_at_once_and_the_next_run_goes_on(course: Course) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background jobs without it
    for student in ("ann", "bob", "cy"):
        hand_in(course, student, answered(**RIGHT))
    with logged_to(None), closing(grading(course, NAME, workers=1).verdicts()) as verdicts:
        first = next(verdicts)
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            next(verdicts)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    again = grade_all(course)
    assert {student for student, each in again.items() if not each.graded_now} == {first.student}
    assert [each.score for each in again.values()] == [5, 5, 5]


def test_a_second_run_grades_only_what_changed(course: Course) -> None:
    hand_in(course, "ann", answered(**RIGHT))
    hand_in(course, "bob", answered())
    assert all(each.graded and each.graded_now for each in grade_all(course).values())

    before = snapshot(course.folder / "autograded")
    again = grade_all(course)
    assert not any(each.graded_now for each in again.values())
    assert [each.score for each in again.values()] == [5, 0]
    assert snapshot(course.folder / "autograded") == before

    hand_in(course, "bob", answered(double=RIGHT["double"]))
    changed = grade_all(course)
    assert {student: each.graded_now for student, each in changed.items()} == {"ann": False, "bob": True}
    assert changed["bob"].score == 2

    (course.folder / "submitted" / "bob" / NAME / f"{NAME}.ipynb").write_text("torn")
    torn = grade_all(course)
    assert torn["bob"].reason and not torn["ann"].graded_now
    assert not (course.folder / "feedback" / "bob" / NAME).exists()
    assert sum(in_gradebook(course.folder)["bob"].values()) == 0  # the old score is not the new one's

    source = course.source(NAME)
    source.write_text(source.read_text().replace("assert double(2) == 4", "assert double(2) == 5"))
    harder = grade_all(open_course(course.folder))
    assert harder["ann"].graded_now and harder["ann"].score == 3
