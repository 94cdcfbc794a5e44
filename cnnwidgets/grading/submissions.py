"""The submissions in submitted/*/ASSIGNMENT/: found, read with care, known by their content."""

from dataclasses import dataclass
from pathlib import Path

from nbgrader.utils import parse_utc

from .course import CONFIG_NAME, Course
from .files import IGNORED, digest
from .problem import Problem

LARGEST = 48 * 2**20  # bytes of one submission


@dataclass(frozen=True)
class Submission:
    """One learner's folder for one assignment."""

    student: str
    folder: Path
    notebook: Path


def find_submissions(course: Course, assignment: str) -> list[Submission]:
    """All submissions, in order of the students' names. Raises a `Problem` where there are none."""
    submitted = course.step("submitted")
    students = submitted.iterdir() if submitted.is_dir() else []
    folders = sorted(p / assignment for p in students if not p.name.startswith(".") and (p / assignment).is_dir())
    if not folders:
        raise Problem(
            f"there are no submissions: put them in {submitted.name}/STUDENT/{assignment}/{assignment}.ipynb"
        )
    return [Submission(p.parent.name, p, p / f"{assignment}.ipynb") for p in folders]


def version_of(course: Course, assignment: str) -> str:
    """A hash of what a grade depends on besides the submission: the assignment's source and nbgrader's settings."""
    return digest(course.source(assignment).parent, course.folder / CONFIG_NAME)


def contents(submission: Submission) -> tuple[bytes, dict[str, bytes]]:
    """The notebook, and the files beside it by their path in the folder.

    Raises a `Problem` where it can not be graded as it lies there. Nothing outside the folder is ever read: a link
    that leads out of it is a problem, not a file.
    """
    if set(submission.student) & set("*?[]"):
        raise Problem("nbgrader takes no student's name with any of * ? [ ] in it: rename the folder")
    home = submission.folder.resolve()
    if home.parent.parent != submission.folder.parent.parent.resolve():
        raise Problem("its folder is a link to another place")
    files: dict[str, bytes] = {}
    room = LARGEST
    for path in sorted(submission.folder.rglob("*")):
        name = path.relative_to(submission.folder).as_posix()
        if not path.resolve().is_relative_to(home):
            raise Problem(f"{name!r:.200} is a link that leads out of the folder")
        if IGNORED & set(path.parts) or not path.is_file():
            continue
        room -= path.stat().st_size
        if room < 0:
            raise Problem(f"it is too large: more than {LARGEST // 2**20} MiB in all")
        if not _sendable(name):
            raise Problem(f"a file has a name that is no text: {name!r:.200}")
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            raise Problem(f"{name!r:.200} can not be read: {error.strerror}") from error
    notebook = files.pop(submission.notebook.name, None)
    if notebook is None:
        others = sorted(name for name in files if name.endswith(".ipynb"))
        found = f" (it holds {', '.join(others)})" if others else ""
        raise Problem(f"{submission.notebook.name} is not in the folder{found}")
    return notebook, files


def handed_in(files: dict[str, bytes]) -> tuple[str | None, tuple[str, ...]]:
    """When it was handed in, as nbgrader's timestamp.txt says, and a remark where that can not be read."""
    text = files.get("timestamp.txt", b"").decode("utf-8", "replace").strip()
    if not text:
        return None, ()
    try:
        parse_utc(text)
    except (ValueError, OverflowError):
        return None, (f"timestamp.txt holds no time ({text!r:.60}): not counted as late",)
    return text, ()


def _sendable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
