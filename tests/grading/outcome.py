"""What a grading run leaves behind, as plain data to compare: gradebook, notebooks, pages, notes."""

import json
import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from glob import glob
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from cnnwidgets.grading.course import Course
from cnnwidgets.grading.verdict import Verdict

from .conftest import NAME

ROWS = """
    select submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score,
        grade.needs_manual_grade, submitted_assignment.timestamp, submitted_notebook.late_submission_penalty
    from submitted_assignment
    join submitted_notebook on submitted_notebook.assignment_id = submitted_assignment.id
    join grade on grade.notebook_id = submitted_notebook.id
    join base_cell on base_cell.id = grade.cell_id
    order by 1, 2
"""
TABLES = ("assignment", "notebook", "base_cell", "student", "submitted_assignment", "submitted_notebook", "grade")


def outcome(course: Course, students: Collection[str] | None = None) -> dict[str, Any]:
    """Everything that a run made, without what differs from run to run: ids and seconds."""
    found: dict[str, Any] = {"scores": [], "files": {}, "notes": {}}
    with closing(sqlite3.connect(course.folder / "gradebook.db")) as gradebook:
        found["scores"] = [row for row in gradebook.execute(ROWS) if students is None or row[0] in students]
        if students is None:
            found["rows"] = {each: gradebook.execute(f"select count(*) from {each}").fetchone()[0] for each in TABLES}
    for step in ("autograded", "feedback"):
        for path in sorted((course.folder / step).rglob("*")):
            name = path.relative_to(course.folder)
            if path.is_file() and (students is None or name.parts[1] in students):
                found["files"][str(name)] = path.read_text()
    for path in sorted((course.build / "grading" / NAME).glob("*.json")):
        if students is None or path.stem in students:
            found["notes"][path.stem] = plain(json.loads(path.read_text())["verdict"])
    return found


def plain(verdict: Verdict | dict[str, Any]) -> dict[str, Any]:
    """A verdict without the seconds that it took, and whether it was given just now."""
    data = verdict if isinstance(verdict, dict) else verdict.as_data(examples=True)
    return {key: each for key, each in data.items() if key not in ("seconds", "graded_now")}


def left_over(course: Course) -> list[Path]:
    """Scratch that is still in the course."""
    return [path for path in course.folder.rglob(".*") if path.name != ".lock"]


def engines(folder: Path) -> dict[int, str]:
    """The grader's processes that work below `folder`, forks too: process id and command."""
    found = {}
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                command = (each / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
                state = (each / "stat").read_text().rsplit(")", 1)[1].split()[0]
            except OSError:
                continue
            if "cnnwidgets.grading.engine" in command and str(folder) in command and state != "Z":
                found[int(each.name)] = command
    return found


def parent(pid: int) -> int:
    """The parent of a process; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def present(pattern: str, folder: Path) -> set[Path]:
    """What matches in a folder in which others make and remove things meanwhile: `Path.glob` raises there."""
    return {folder / each for each in glob(pattern, root_dir=folder)}  # noqa: PTH207


def soon(happens: Any, seconds: float = 20.0) -> Any:
    """What `happens` returns as soon as that is true, or in the end."""
    end = monotonic() + seconds
    while not (found := happens()) and monotonic() < end:
        sleep(0.01)
    return found


def alive(pid: int) -> bool:
    """Whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return parent(pid) != 0
