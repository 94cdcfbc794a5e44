"""What is graded already: a note beside the gradebook of what each result was made from.

A note is written last, when the scores are in the gradebook and the notebook is in autograded/; it holds only as
long as all three agree. Lose the file, and everything is graded once more: nothing worse.
"""

import json
from pathlib import Path

from . import book
from .course import Course
from .files import digest, write_whole
from .submissions import Submission
from .verdict import autograded_folder


class Ledger:
    """The notes of one assignment, at build/grading/ASSIGNMENT.json."""

    def __init__(self, course: Course, assignment: str, version: str) -> None:
        self.course, self.assignment, self.version = course, assignment, version
        self.path: Path = course.build / "grading" / f"{assignment}.json"
        try:
            notes = json.loads(self.path.read_text())
        except (OSError, ValueError):
            notes = {}
        self.notes: dict[str, list[str]] = notes if isinstance(notes, dict) else {}

    def holds(self, submission: Submission) -> bool:
        """Whether the result there is was made from just this submission, source and settings."""
        if self.notes.get(submission.student) != self._note(submission):
            return False
        return bool(book.scores(self.course, self.assignment, submission.student))

    def enter(self, submission: Submission) -> None:
        """Note that the result there is belongs to this submission."""
        self.notes[submission.student] = self._note(submission)
        self._write()

    def strike(self, submission: Submission) -> None:
        """Forget the result of this submission."""
        if self.notes.pop(submission.student, None) is not None:
            self._write()

    def _note(self, submission: Submission) -> list[str]:
        result = autograded_folder(self.course, self.assignment, submission.student)
        return [self.version, digest(submission.folder), digest(result)]

    def _write(self) -> None:
        write_whole(self.path, json.dumps(self.notes, indent=1, sort_keys=True).encode())
