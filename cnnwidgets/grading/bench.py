"""Where submissions are graded on one machine: two warm processes, and a fork of each for every submission.

The candidate's forks run learners' code, shut in; the examiner's forks are trusted and do everything else.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, Any

from .author import Assignment, imports
from .engine import forks
from .engine.channel import Channel, Closed, Late
from .engine.wire import WireError
from .files import remove

START = 180.0  # seconds that a warm process has to start
ROOM = 60  # characters of the path to where sockets are: one of more than 100 in all is refused
SUBMISSIONS = 50  # that one examiner grades before a new fork takes its place
SLACK = 60.0  # seconds beyond a notebook's own that its grading may take
# Nothing of the grader's own environment reaches the learners' code but these.
_PLAIN = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
_BOTH = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NBGRADER_EXECUTION": "autograde",
    "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
}


class NotStarted(Exception):
    """A warm process could not be started."""


class WorkerDied(Exception):
    """The process that graded a submission ended before it had a verdict."""


class Template:
    """One warm process."""

    def __init__(self, role: str, folder: Path, told: dict[str, Any], *, confined: bool, console: IO[str] | None):
        self.folder, self.ready, self.reading = folder, False, Lock()
        folder.mkdir()
        (folder / "told.json").write_text(json.dumps(told))
        base = _PLAIN if role == "candidate" else dict(os.environ)
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.engine", role, str(folder), "confined" if confined else "open"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=console,
            env=base | _BOTH | {"HOME": str(folder), "TMPDIR": str(folder), "MPLCONFIGDIR": str(folder)},
            cwd=folder,
            start_new_session=True,  # Ctrl-C is for the grader, which ends what has to end
        )

    @property
    def address(self) -> Path:
        """Its socket."""
        return self.folder / "socket"

    def wait(self) -> None:
        """Return when it forks for whoever connects. Raises `NotStarted`."""
        with self.reading:
            stdout = self.process.stdout
            if not self.ready and (stdout is None or stdout.closed or not stdout.readline()):
                raise NotStarted(f"the {self.folder.name} ended while it started, with {self.process.wait()}")
            self.ready = True

    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def kill(self) -> None:
        """End it, and its forks with it; safe amid anything, also where a signal has interrupted `wait`."""
        self.process.kill()

    def close(self) -> None:
        """The same, and clear up."""
        self.kill()
        self.process.wait()
        with self.reading:
            for stream in (self.process.stdin, self.process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()


@dataclass
class Examiner:
    """A fork of the examiner's template, which grades one submission after the other."""

    template: Template
    channel: Channel
    graded: int = 0


class Bench:
    """The two warm processes for one assignment; several threads may have submissions graded."""

    def __init__(self, assignment: Assignment, *, confined: bool = True, console: IO[str] | None = None):
        self.assignment, self.confined, self.console = assignment, confined, console
        where = tempfile.gettempdir()
        self.root = Path(tempfile.mkdtemp(prefix="cnnwidgets-", dir=where if len(where) <= ROOM else "/tmp"))
        self.lock, self.closed, self.number = Lock(), False, 0
        self.idle: list[Examiner] = []
        self.candidate, self.examiner = self._start()

    def wait(self) -> None:
        """Return when everything is warm. Raises `NotStarted`, and `WorkerDied` where it was stopped."""
        self._warm()

    def grade(self, job: dict[str, Any]) -> dict[str, Any]:
        """What came of a submission (see `examine.Grade.result`). Raises `WorkerDied` and `NotStarted`."""
        for new in (False, True):
            examiner = self._examiner(self._warm(), new)
            try:
                result = self._asked(examiner, job)
                break
            except (Closed, OSError, WireError):
                if not examiner.graded:  # otherwise perhaps by what it had graded before
                    raise WorkerDied("the process that graded it died") from None
        examiner.graded += 1
        with self.lock:
            if examiner.graded < SUBMISSIONS and examiner.template is self.examiner and not result.get("worn"):
                self.idle.append(examiner)
            else:
                examiner.channel.close()
        if "again" in result:
            raise WorkerDied(str(result["again"]))
        return result

    def stop(self) -> None:
        """Kill what runs, for good: for a signal's handler, which may have interrupted anything here."""
        self.closed = True
        for template in (self.candidate, self.examiner):
            template.kill()

    def close(self) -> None:
        """End everything."""
        with self.lock:
            self.closed = True
            for template in (self.candidate, self.examiner):
                template.close()
            while self.idle:
                self.idle.pop().channel.close()
        remove(self.root)

    def _start(self) -> tuple[Template, Template]:
        self.number += 1
        where = self.root / str(self.number)
        where.mkdir()
        # Of the assignment the candidate knows only what learners know of it: learners' code can read all its memory.
        released = self.assignment.released()
        cells = [cell.source for cell in released.cells if cell.cell_type == "code"]
        known = {"imports": imports(released), "cells": cells}
        candidate = Template("candidate", where / "candidate", known, confined=self.confined, console=self.console)
        told = {
            "assignment": self.assignment.as_data(),
            "candidates": str(candidate.address),
            "root": str(self.root),  # to be removed by whoever is left
        }
        examiner = Template("examiner", where / "examiner", told, confined=self.confined, console=self.console)
        return candidate, examiner

    def _asked(self, examiner: Examiner, job: dict[str, Any]) -> dict[str, Any]:
        limit = 2 * self.assignment.notebook_seconds + SLACK  # cells before one that crashed are run again
        try:
            examiner.channel.send(job, SLACK)
            result: dict[str, Any] = examiner.channel.receive(limit)
            return result
        except BaseException as problem:
            examiner.channel.close()
            if isinstance(problem, Late):
                raise WorkerDied(f"its grading did not end within {limit:g} seconds") from None
            raise

    def _examiner(self, template: Template, new: bool) -> Examiner:
        """One that has nothing to do and is still there, or a new fork."""
        with self.lock:
            while self.idle and not new:
                found = self.idle.pop()
                if found.template is template and not found.channel.hung_up():
                    return found
                found.channel.close()
        try:
            return Examiner(template, forks.connect(template.address)[0])
        except (Closed, Late, OSError):
            raise WorkerDied("the process that was to grade it died") from None

    def _warm(self) -> Template:
        """The examiner, warm; where one of the two has died, both are started anew.

        Once more if need be: another thread may have ended those that this one waited for.
        """
        for again in (True, False):
            with self.lock:
                if self.closed:
                    raise WorkerDied("grading was stopped")
                if not (self.candidate.alive() and self.examiner.alive()):
                    for template in (self.candidate, self.examiner):
                        template.close()
                    self.candidate, self.examiner = self._start()
                pair = self.candidate, self.examiner
            try:
                for template in pair:
                    template.wait()
                break
            except NotStarted:
                if not again:
                    raise
        return pair[1]
