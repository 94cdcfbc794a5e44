"""`cnnwidgets demo`: a course of its own, assigned, handed in by a made-up class, graded; and the explorer."""

import shutil
from pathlib import Path

import nbformat
from rich.console import Console

from cnnwidgets.demo.learner import Learner, hand_in, read_class
from cnnwidgets.explore import write_page
from cnnwidgets.grading.commands import assign, grade
from cnnwidgets.grading.course import CONFIG_NAME, Course, open_course
from cnnwidgets.grading.notebooks import read_notebook
from cnnwidgets.grading.problem import Problem

ASSIGNMENT = "02-correlation"
MARK = ".cnnwidgets-demo"


def demo(folder: Path, into: Path | None = None, console: Console | None = None) -> int:
    """Build the demo from the course in `folder`; returns 0 where every submission was graded."""
    console = console or Console()
    course = open_course(folder)
    course.check(ASSIGNMENT)
    place = (into or course.build / "demo").resolve()
    own = lay_out(course, place)

    console.rule(f"assign: the learners' version of {ASSIGNMENT}", align="left")
    status = assign(place, [ASSIGNMENT], console=console)
    if status:
        return status

    learners = read_class()
    console.print()
    console.rule(f"a class of {len(learners)} hands it in", align="left")
    for learner in learners:
        submit(own, learner)
        console.print(f"{learner.name:<8} {learner.about}", highlight=False, markup=False)

    console.print()
    console.rule("grade", align="left")
    status = grade(place, ASSIGNMENT, console=console)

    console.print()
    console.rule("explore", align="left")
    page = write_page(place / "explorer")
    _say_where(console, place, page)
    return status


def lay_out(course: Course, place: Path) -> Course:
    """Make the demo's folder afresh, with the assignment's source. Raises a `Problem` before it deletes another's."""
    if place.exists():
        if not place.is_dir() or (any(place.iterdir()) and not (place / MARK).exists()):
            raise Problem(f"{place} is not empty and no earlier demo: give another folder with --into")
        shutil.rmtree(place)
    place.mkdir(parents=True)
    (place / MARK).write_text("cnnwidgets demo makes this folder anew on every run.\n")
    shutil.copy(course.folder / CONFIG_NAME, place / CONFIG_NAME)
    own = open_course(place)
    ignore = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
    shutil.copytree(course.source(ASSIGNMENT).parent, own.source(ASSIGNMENT).parent, ignore=ignore)
    return own


def submit(course: Course, learner: Learner) -> Path:
    """Hand in the learner's notebook: the released one, with the answers in it."""
    release = read_notebook(course.step("release") / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    path = course.step("submitted") / learner.name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(hand_in(release, learner), path)  # type: ignore[no-untyped-call]
    return path


def _say_where(console: Console, place: Path, page: Path) -> None:
    """Where everything is, and how to open it."""
    sample = place / "feedback" / "hana" / ASSIGNMENT / f"{ASSIGNMENT}.html"
    lines = [
        ("report", f"{place / 'build' / 'report' / f'{ASSIGNMENT}.html'}  (the class, for the instructor)"),
        ("explorer", f"{page}  (or: cnnwidgets explore)"),
        ("feedback", f"{sample}  (one a learner)"),
        ("gradebook", f"cd {place} && nbgrader export  (or the formgrader in JupyterLab)"),
        ("notebook", f"jupyter lab {place / 'exercises' / ASSIGNMENT / f'{ASSIGNMENT}.ipynb'}"),
    ]
    for what, where in lines:
        console.print(f"{what:<10} {where}", highlight=False, markup=False, soft_wrap=True)
