"""A course: the folder that holds nbgrader_config.py, with its assignments and submissions."""

import glob
import logging
import os
import shutil
import sys
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from .problem import Problem

CONFIG_NAME = "nbgrader_config.py"


@dataclass(frozen=True)
class Course:
    """An nbgrader course on disk.

    `folder` is its root, `config` what its nbgrader_config.py says, and `log` takes what nbgrader has to say.
    The folders' names and the gradebook's place are nbgrader's own settings (`CourseDirectory`).
    """

    folder: Path
    config: Config
    log: logging.Logger = field(default_factory=lambda: logging.getLogger("cnnwidgets.grading"))

    def directory(self, **overrides: Any) -> CourseDirectory:
        """nbgrader's view of the course, with settings such as `student_id` put in their place."""
        if "student_id" in overrides:  # nbgrader takes it for a pattern
            overrides["student_id"] = glob.escape(overrides["student_id"])
        return CourseDirectory(config=self.config, root=str(self.folder), log=self.log, **overrides)

    def step(self, name: str) -> Path:
        """The folder of one of nbgrader's steps: source, release, submitted, autograded or feedback."""
        return self.folder / str(getattr(self.directory(), f"{name}_directory"))

    def source(self, assignment: str) -> Path:
        """The notebook that the authors edit."""
        return self.step("source") / assignment / f"{assignment}.ipynb"

    @property
    def build(self) -> Path:
        """Where logs, handouts and notes on finished work are kept; it can be deleted at any time."""
        return self.folder / "build"

    def assignments(self) -> list[str]:
        """The assignments that have a source notebook, in order of their names."""
        source = self.step("source")
        if not source.is_dir():
            raise Problem(f"{self.folder} has no folder {source.name}/, so there is nothing to assign or grade")
        names = sorted(p.name for p in source.iterdir() if (p / f"{p.name}.ipynb").is_file())
        if not names:
            raise Problem(f"{source} holds no assignment (NAME/NAME.ipynb)")
        return names

    def check(self, assignment: str) -> str:
        """Return `assignment` if the course has it; otherwise raise a `Problem` that names the closest."""
        names = self.assignments()
        if assignment in names:
            return assignment
        close = get_close_matches(assignment, names, n=1, cutoff=0.4)
        hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(names)}"
        if close and len(names) > 1:
            hint += f" (there are: {', '.join(names)})"
        raise Problem(f"there is no assignment {assignment!r}: {hint}")


def make_tools_known() -> None:
    """Let nbgrader find `alembic`, which it runs to make a gradebook, where the environment is not activated."""
    if shutil.which("alembic") is None:
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def open_course(folder: Path | str) -> Course:
    """The course in `folder`. Raises a `Problem` where there is none or its settings can not be read."""
    root = Path(folder).resolve()
    if not root.is_dir():
        raise Problem(f"there is no folder {root}")
    if not (root / CONFIG_NAME).is_file():
        raise Problem(f"{root} is no course: it has no {CONFIG_NAME} (go to the course's folder, or give --course)")
    try:
        config = PyFileConfigLoader(CONFIG_NAME, path=str(root)).load_config()
    except Exception as error:  # any mistake in the file's Python
        raise Problem(f"{root / CONFIG_NAME} can not be read: {type(error).__name__}: {error}") from error
    return Course(root, config)
