"""The submissions in submitted/*/ASSIGNMENT/: found, read with care, known by their content."""

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nbgrader.utils import parse_utc

from .course import CONFIG_NAME, Course
from .files import IGNORED, digest
from .problem import Problem
from .words import plain

LARGEST = 48 * 2**20  # bytes of one submission
ENTRIES = 5_000  # files and folders of one submission
DEEPEST = 20  # folders in folders
LONGEST = 200  # bytes of a learner's name: files are named after it


@dataclass(frozen=True)
class Submission:
    """One learner's folder for one assignment."""

    student: str
    folder: Path
    notebook: Path


def find_submissions(course: Course, assignment: str) -> list[Submission]:
    """All submissions, in order of the students' names. Raises a `Problem` where there are none."""
    submitted = course.step("submitted")
    students = sorted(submitted.iterdir()) if submitted.is_dir() else []
    folders = [each / assignment for each in students if not each.name.startswith(".") and _has(each, assignment)]
    found = [Submission(p.parent.name, p, p / f"{assignment}.ipynb") for p in folders]
    if not found:
        lost = "".join(f"; {each}" for each in misplaced(course, assignment)[:1])
        raise Problem(
            f"there are no submissions: put them in {submitted.name}/STUDENT/{assignment}/{assignment}.ipynb{lost}"
        )
    return found


def misplaced(course: Course, assignment: str) -> list[str]:
    """What looks like a submission and lies where none is looked for, a sentence each."""
    submitted, others = course.step("submitted"), set(course.assignments())
    told = []
    for student in sorted(submitted.iterdir()) if submitted.is_dir() else []:
        where = f"{submitted.name}/{plain(student.name)}"
        if student.is_file():
            told += [f"{where} lies in no student's folder"] if student.suffix == ".ipynb" else []
        elif student.is_dir() and not student.name.startswith(".") and not _has(student, assignment):
            with suppress(OSError):  # a folder that can not be read
                names = sorted(each.name for each in student.iterdir() if each.name not in others)
                alike = [each for each in names if assignment.lower() in each.lower()]
                told += [f"{where} holds {plain(each)}, and no folder {assignment}" for each in alike[:1]]
    return told


def version_of(course: Course, assignment: str) -> str:
    """A hash of what a grade depends on besides the submission: the assignment's source and nbgrader's settings."""
    return digest(course.source(assignment).parent, course.folder / CONFIG_NAME)


def contents(submission: Submission) -> tuple[bytes, dict[str, bytes]]:
    """The notebook, and the files beside it by their path in the folder.

    Raises a `Problem` where it can not be graded as it lies there. Only plain files are read, and none that is a
    link or lies behind one: what a link leads to is not the learner's to hand in.
    """
    _check_name(submission.student)
    if submission.folder.parent.is_symlink() or submission.folder.is_symlink():
        raise Problem("its folder is a link to another place")
    files: dict[str, bytes] = {}
    room = LARGEST
    try:
        for path in _plain_files(submission.folder):
            content = _read(path, room)
            room -= len(content)
            files[path.relative_to(submission.folder).as_posix()] = content
    except OSError as error:
        raise Problem(f"its folder can not be read: {error.strerror}") from error
    notebook = files.pop(submission.notebook.name, None)
    if notebook is None:
        others = sorted(name for name in files if name.endswith(".ipynb"))
        found = f" (it holds {', '.join(map(plain, others)):.200})" if others else ""
        raise Problem(f"{submission.notebook.name} is not in the folder{found}")
    return notebook, files


def fingerprint(submission: Submission) -> str | None:
    """A hash of all that is handed in, or None where it can not be graded as it lies there."""
    try:
        notebook, files = contents(submission)
    except Problem:
        return None
    total = hashlib.sha256(hashlib.sha256(notebook).digest())
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def handed_in(files: dict[str, bytes]) -> tuple[str | None, tuple[str, ...]]:
    """When it was handed in, as nbgrader's timestamp.txt says, and a remark where that can not be read."""
    text = files.get("timestamp.txt", b"")[:LONGEST].decode("utf-8", "replace").strip()
    if not text:
        return None, ()
    try:
        parse_utc(text)
    except Exception:  # whatever nbgrader's parser makes of garbage
        return None, (f"timestamp.txt holds no time ({text!r:.60}): not counted as late",)
    return text, ()


def is_text(name: str) -> bool:
    """Whether a name is one line that can be written anywhere: no control characters, no bytes that are no text."""
    return not any(unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") for each in name)


def _has(student: Path, assignment: str) -> bool:
    """Whether something lies there for an assignment, or can not be seen to."""
    if student.is_dir() and not os.access(student, os.X_OK):
        return True
    return os.path.lexists(student / assignment)


def _check_name(student: str) -> None:
    if not is_text(student):
        raise Problem("its folder's name is no plain text: rename the folder")
    if set(student) & set("*?[]"):
        raise Problem("a name with any of * ? [ ] in it is a pattern to nbgrader: rename the folder")
    if len(os.fsencode(student)) > LONGEST:
        raise Problem(f"its folder's name is longer than {LONGEST} bytes: rename the folder")


def _plain_files(top: Path) -> Iterator[Path]:
    """Every plain file below a folder; pipes, devices and the like are passed over."""
    folders, entries = [(top, 0)], 0
    for folder, depth in folders:
        with os.scandir(folder) as found:
            for entry in sorted(found, key=lambda each: each.name):
                entries += 1
                name = Path(entry.path).relative_to(top).as_posix()
                if entry.name in IGNORED:
                    continue
                if entries > ENTRIES or depth > DEEPEST:
                    raise Problem(f"it has more than {ENTRIES:,} files, or more than {DEEPEST} folders in each other")
                if not name.isascii() and not is_text(name):
                    raise Problem(f"a file has a name that is no text: {name!r:.200}")
                if entry.is_symlink():
                    raise Problem(f"{name!r:.200} is a link, not a file")
                if entry.is_dir():
                    folders.append((Path(entry.path), depth + 1))
                elif entry.is_file():
                    yield Path(entry.path)


def _read(path: Path, room: int) -> bytes:
    """A file's content. Raises a `Problem` where it is more than there is room for."""
    with path.open("rb") as file:
        content = file.read(room + 1)
    if len(content) > room:
        raise Problem(f"it is too large: more than {LARGEST // 2**20} MiB in all")
    return content
