"""What is graded already: a note a submission, of what its result was made from and what came of it.

A note is written last, when the scores are in the gradebook and the notebook is in autograded/; it holds only as
long as all three agree. Lose the notes, and everything is graded once more: nothing worse.
"""

import json
from typing import Any

from .course import Course
from .files import digest, write_whole
from .submissions import Submission
from .verdict import Verdict


class Ledger:
    """The notes of one assignment, in build/grading/ASSIGNMENT/."""

    def __init__(self, course: Course, assignment: str, version: str) -> None:
        self.course, self.assignment, self.version = course, assignment, version
        self.folder = course.build / "grading" / assignment

    def verdict(self, submission: Submission) -> Verdict | None:
        """The verdict there is, if it was made from just this submission, source and settings, and nothing is lost."""
        try:
            note = json.loads(self._path(submission).read_text(encoding="utf-8"))
            found = Verdict.from_data(note["verdict"], now=False)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if note.get("made_from") == self._made_from(submission) else None

    def enter(self, submission: Submission, verdict: Verdict) -> None:
        """Note that the result there is belongs to this submission."""
        note: dict[str, Any] = {"made_from": self._made_from(submission), "verdict": verdict.as_data(examples=True)}
        write_whole(self._path(submission), json.dumps(note, indent=1).encode())

    def strike(self, submission: Submission) -> None:
        """Forget the result of this submission."""
        self._path(submission).unlink(missing_ok=True)

    def _path(self, submission: Submission) -> Any:
        return self.folder / f"{submission.student}.json"

    def _made_from(self, submission: Submission) -> list[str]:
        result = self.course.step("autograded") / submission.student / self.assignment
        return [self.version, digest(submission.folder), digest(result)]
