"""Stock nbgrader, run as its own program on a copy of a course, and what it leaves in the gradebook."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from nbgrader.api import Gradebook

Scores = dict[str, dict[str, float]]


def nbgrader(folder: Path, *arguments: str) -> str:
    """Run `nbgrader ARGUMENTS` in a course; returns what it says."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def graded_by_stock(course: Path, name: str, into: Path) -> Path:
    """A copy of a course whose submissions stock nbgrader has graded."""
    shutil.copytree(course, into)
    nbgrader(into, "generate_assignment", name)
    nbgrader(into, "autograde", name)
    return into


def scores(course: Path, name: str) -> Scores:
    """By student and cell."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            each.student.id: {grade.name: grade.score for grade in each.notebooks[0].grades}
            for each in gradebook.assignment_submissions(name)
        }
