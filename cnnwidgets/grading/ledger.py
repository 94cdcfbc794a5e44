"""What is graded already: a note a submission, of what its result was made from and what came of it.

A note is written last, when the scores are in the gradebook and the notebook is in autograded/; it holds only as
long as all three agree. Lose the notes, and everything is graded once more: nothing worse.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from .course import Course
from .files import digest, write_whole
from .submissions import LONGEST, Submission, fingerprint
from .verdict import Verdict


class Ledger:
    """The notes of one assignment, in build/grading/ASSIGNMENT/."""

    def __init__(self, course: Course, assignment: str, version: str) -> None:
        self.course, self.assignment, self.version = course, assignment, version
        self.folder = course.build / "grading" / assignment

    def verdict(self, submission: Submission) -> Verdict | None:
        """The verdict there is, if it was made from just this submission, source and settings, and all is there."""
        try:
            note = json.loads(self._path(submission).read_text(encoding="utf-8"))
            found = Verdict.from_data(note["verdict"], now=False)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        made_from = self._made_from(submission)
        return found if note.get("made_from") == made_from and made_from[1] is not None else None

    def enter(self, submission: Submission, verdict: Verdict) -> None:
        """Note that the result there is belongs to this submission."""
        note: dict[str, Any] = {"made_from": self._made_from(submission), "verdict": verdict.as_data(examples=True)}
        write_whole(self._path(submission), json.dumps(note, indent=1).encode())

    def keep(self, submission: Submission, page: dict[str, Any]) -> None:
        """Keep what a submission's page is made of, in case a person changes something in the gradebook."""
        write_whole(self._path(submission, "pages"), json.dumps(page).encode())

    def kept(self, submission: Submission) -> dict[str, Any] | None:
        """What was kept last."""
        try:
            page = json.loads(self._path(submission, "pages").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return page if isinstance(page, dict) else None

    def strike(self, submission: Submission) -> None:
        """Forget the result of this submission."""
        self._path(submission).unlink(missing_ok=True)

    def _path(self, submission: Submission, *folders: str) -> Path:
        name = submission.student
        if len(os.fsencode(name)) > LONGEST:
            name = hashlib.sha256(os.fsencode(name)).hexdigest()
        return self.folder.joinpath(*folders) / f"{name}.json"

    def _made_from(self, submission: Submission) -> list[str | None]:
        result = self.course.step("autograded") / submission.student / self.assignment
        return [self.version, fingerprint(submission), digest(result)]
