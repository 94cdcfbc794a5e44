"""Releases an assignment: generated, proved, packed, and only then put in place."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from .book import Book
from .course import Course
from .files import put_in_place, scratch
from .handout import pack
from .leaks import find_leaks
from .notebooks import test_names
from .problem import Problem
from .proof import prove_scores
from .release import assignment_of, generate_release, is_current, read_source


@dataclass(frozen=True)
class Released:
    """A release that is proved and in place."""

    name: str
    folder: Path
    handout: Path
    tests: int
    points: float
    changed: bool  #: whether the release folder was other before


class NotProved(Problem):
    """A release that was not put in place; `faults` lists what is wrong, one sentence each."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(f"{name} is not released: {faults[0]}" if faults else name)
        self.name, self.faults = name, faults


def release(course: Course, name: str, tell: Callable[[str], None] = lambda _: None) -> Released:
    """Generate, prove and put in place the release of one assignment; `tell` hears of each step.

    Raises `NotProved` where a proof does not hold; the release folder and the handout are then as before.
    """
    source = read_source(course, name)
    target = course.step("release") / name
    with scratch(target.parent if target.parent.is_dir() else course.build) as work:
        tell("generating the release")
        made = generate_release(course, name, work / "release")
        tell("looking for leaks")
        _require_tight(source, name, made)
        tell("grading source and release")
        faults, points = prove_scores(course, name, made, work / "proof")
        if faults:
            raise NotProved(name, faults)
        tell("packing")
        changed = not is_current(made, target)
        if changed:
            put_in_place(made, target)
        handout = pack(target, course.build / "handout" / f"{name}.zip")
    with Book(course, name) as book:  # as `nbgrader generate_assignment` does; `nbgrader autograde` looks there
        book.register(assignment_of(course, name).cells())
    return Released(name, target, handout, len(test_names(source)), points, changed)


def check_release(course: Course, name: str) -> list[str]:
    """What keeps the release folder from being what would be generated now, one sentence each. Writes nothing."""
    source = read_source(course, name)
    target = course.step("release") / name
    with tempfile.TemporaryDirectory() as folder:
        made = generate_release(course, name, Path(folder))
        _require_tight(source, name, made)
        if is_current(made, target):
            return []
    where = f"{target.parent.name}/{name}"
    what = "is not what its source gives now" if target.is_dir() else "is not there"
    return [f"{where} {what}: run `cnnwidgets assign {name}`"]


def _require_tight(source: NotebookNode, name: str, made: Path) -> None:
    leaks = find_leaks(source, made)
    if leaks:
        raise NotProved(name, leaks)
