"""`cnnwidgets assign` and `cnnwidgets grade`: from arguments to what is printed."""

import json
import sys
from pathlib import Path
from time import monotonic

from rich.console import Console

from . import assign as assigning
from .course import Course, open_course
from .files import write_whole
from .findings import answers_of, exercise_name
from .grade import grading
from .log import logged_to
from .notebooks import tags
from .problem import Problem
from .progress import shown
from .report import write_report
from .submissions import misplaced
from .tables import as_data, class_summary, class_table, release_table
from .verdict import Verdict


def assign(folder: Path, names: list[str], *, check: bool = False, console: Console | None = None) -> int:
    """Release assignments (none named: all). With `check`, only say whether the releases are up to date."""
    console = console or Console()
    course = open_course(folder)
    chosen = [course.check(name) for name in dict.fromkeys(names)] or course.assignments()
    if check:
        with logged_to(None):
            faults = [fault for name in chosen for fault in assigning.check_release(course, name)]
        for fault in faults:
            print(fault, file=sys.stderr)
        if not faults:
            console.print(f"up to date: {', '.join(chosen)}", markup=False, highlight=False)
        return 1 if faults else 0
    released, failed = [], False
    for name in chosen:
        with logged_to(course.build / "assign" / f"{name}.log"), console.status(name) as status:
            try:
                released.append(assigning.release(course, name, lambda step, n=name: status.update(f"{n}: {step}")))  # type: ignore[misc]
            except assigning.NotProved as problem:
                failed = True
                _tell_faults(problem)
    if released:
        console.print(release_table(released))
        console.print(
            "proved: no solution or hidden test is handed out; the source scores everything, the release nothing"
        )
        for each in released:
            console.print(f"to hand out: {_short(each.handout)}", markup=False, highlight=False, soft_wrap=True)
    return 1 if failed else 0


def grade(
    folder: Path,
    name: str,
    *,
    force: bool = False,
    json_to: str | None = None,
    workers: int | None = None,
    sandbox: bool = True,
    scheduler: str | None = None,
    console: Console | None = None,
) -> int:
    """Grade an assignment's submissions, show the table and say where everything is."""
    console = console or Console(stderr=json_to == "-")
    course = open_course(folder)
    run = grading(course, name, force=force, workers=workers, sandbox=sandbox, scheduler=scheduler)
    if json_to and json_to != "-" and not Path(json_to).absolute().parent.is_dir():
        raise Problem(f"{json_to} can not be written: its folder is not there")
    if json_to and Path(json_to).is_dir():
        raise Problem(f"{json_to} can not be written: it is a folder")
    log = course.build / "grading" / f"{name}.log"
    started = monotonic()
    with logged_to(log):
        verdicts = sorted(shown(run.verdicts(), len(run.submissions), console), key=lambda each: each.student)
    if not console.is_terminal:
        console.print()
    exercises = [exercise_name(tags(cell)["grade_id"]) for cell, _ in answers_of(run.assignment.cells())]
    page = write_report(course, name, verdicts, exercises, monotonic() - started)
    closing(console, course, name, verdicts, page)
    for each in misplaced(course, name):
        console.print(f"not looked at: {each}", markup=False, highlight=False, soft_wrap=True)
    if json_to == "-":
        print(json.dumps(as_data(name, verdicts), indent=1))
    elif json_to:
        write_whole(Path(json_to).absolute(), json.dumps(as_data(name, verdicts), indent=1).encode())
    return 0 if all(verdict.graded for verdict in verdicts) else 1


def closing(console: Console, course: Course, name: str, verdicts: list[Verdict], report: Path) -> None:
    """The closing table, the class in a few lines, and where to find things."""
    console.print(class_table(console, name, verdicts))
    console.print()
    for line in class_summary(verdicts):
        console.print(line, markup=False, highlight=False)
    again = sum(verdict.graded and not verdict.graded_now for verdict in verdicts)
    if again:
        console.print(f"{again} unchanged since they were graded, left as they are (--force grades again)")
    places = {
        "report": report,
        "feedback": course.step("feedback") / "STUDENT" / name / f"{name}.html",
        "gradebook": Path(str(course.directory().db_url).removeprefix("sqlite:///")),
        "log": course.build / "grading" / f"{name}.log",
    }
    for what, path in places.items():
        console.print(f"{what:<10} {_short(path)}", markup=False, highlight=False, soft_wrap=True)


def _tell_faults(problem: assigning.NotProved) -> None:
    print(f"cnnwidgets: {problem.name} is not released, {_number(problem.faults)}:", file=sys.stderr)
    for fault in problem.faults:
        print(f"  {fault}", file=sys.stderr)


def _number(faults: list[str]) -> str:
    return "for one reason" if len(faults) == 1 else f"for {len(faults)} reasons"


def _short(path: Path) -> Path:
    """The path from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
