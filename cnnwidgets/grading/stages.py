"""nbgrader's Autograde in three stages: prepare (gradebook), run (no gradebook), record (gradebook).

Only the middle one takes time and meets learners' code. Apart, submissions can run side by side while a single
writer keeps the gradebook sound, and another engine can take the middle. Each stage uses nbgrader's own converter
and preprocessors on a folder aside (`work`), so that autograded/ only ever holds finished notebooks.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import BaseConverter
from nbgrader.preprocessors import Execute, OverwriteCells
from traitlets.config import Config

from .course import Course, make_tools_known
from .problem import Problem
from .restore import RestoreCells


class _Half(Autograde):  # type: ignore[misc]
    """One of the two halves of Autograde, each a single pass over the notebook."""

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Go ahead, unless the course leaves this student out; what to grade again is decided elsewhere."""
        return student_id not in self.coursedir.student_id_exclude.split(",")

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """One pass, where Autograde makes two."""
        self._init_preprocessors()
        BaseConverter.convert_single_notebook(self, notebook_filename)


class _Prepare(_Half):
    """From submitted/ to a notebook that can be run: outputs cleared, cells restored."""

    _sanitizing = True

    def _init_preprocessors(self) -> None:
        self.exporter._preprocessors = []
        for each in self.sanitize_preprocessors:
            self.exporter.register_preprocessor(RestoreCells if each is OverwriteCells else each)


class _Record(_Half):
    """From a notebook that was run to grades in the gradebook."""

    _sanitizing = False

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Nothing: `_Prepare` has done it."""

    def _init_preprocessors(self) -> None:
        self.exporter._preprocessors = []
        for each in self.autograde_preprocessors:
            if each is not Execute:
                self.exporter.register_preprocessor(each)


def release_into(folder: Path, course: Course, assignment: str, *, register: bool) -> Path:
    """Generate the release version below `folder`; with `register`, enter the assignment in the gradebook."""
    places = course.directory(assignment_id=assignment, release_directory=str(folder))
    unrecorded = Config(GenerateAssignment={"no_database": True}, SaveCells={"enabled": False})
    convert(GenerateAssignment, course, places, None if register else unrecorded)
    return folder / assignment


def prepare(course: Course, assignment: str, student: str, work: Path) -> Path:
    """Copy a submission below `work`, cleaned and with its cells restored; enter the student in the gradebook.

    Returns the notebook to run.
    """
    places = course.directory(
        assignment_id=assignment, student_id=student, notebook_id=assignment, autograded_directory=str(work)
    )
    convert(_Prepare, course, places)
    notebook = work / student / assignment / f"{assignment}.ipynb"
    if not notebook.is_file():
        raise Problem("nbgrader left it out (CourseDirectory.student_id_exclude)")
    notebook.chmod(0o644)
    return notebook


def record(course: Course, assignment: str, student: str, work: Path) -> Path:
    """Enter the scores of the notebook that was run below `work`; returns its folder."""
    places = course.directory(
        assignment_id=assignment, student_id=student, notebook_id=assignment, autograded_directory=str(work)
    )
    convert(_Record, course, places)
    return work / student / assignment


def convert(kind: type, course: Course, places: Any, settings: Config | None = None) -> None:
    """Run one of nbgrader's converters, with `settings` on top of the course's.

    Raises a `Problem` with the reason of a failure, which nbgrader only writes to its log.
    """
    make_tools_known()
    config = Config(course.config)
    config.merge(settings or Config())
    converter = kind(coursedir=places, config=config, log=course.log)
    reasons: list[Exception] = []
    for step in ("init_assignment", "convert_single_notebook"):
        setattr(converter, step, _telling(getattr(converter, step), reasons))
    try:
        converter.start()
    except Exception as error:
        why = reasons[0] if reasons else error
        lines = [line.strip() for line in str(why).splitlines() if line.strip()]
        raise Problem(lines[0] if lines else type(why).__name__) from why


def _telling(step: Callable[..., None], reasons: list[Exception]) -> Callable[..., None]:
    """The same step, which leaves what it raises in `reasons`."""

    def told(*args: Any) -> None:
        try:
            step(*args)
        except Exception as error:
            reasons.append(error)
            raise

    return told
