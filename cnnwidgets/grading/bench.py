"""Where submissions are graded on one machine: two warm processes, and a fork of each for every submission.

The candidate's forks run learners' code, shut in; the examiner's forks are trusted and do everything else.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, Any

from .author import Assignment, imports
from .engine import forks
from .engine.channel import Closed, Late

START = 180.0  # seconds that a warm process has to start
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
            if not self.ready and (self.process.stdout is None or not self.process.stdout.readline()):
                raise NotStarted(f"the {self.folder.name} ended while it started, with {self.process.wait()}")
            self.ready = True

    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def close(self) -> None:
        """End it, and its forks with it."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


class Bench:
    """The two warm processes for one assignment; several threads may have submissions graded."""

    def __init__(self, assignment: Assignment, *, confined: bool = True, console: IO[str] | None = None):
        self.assignment, self.confined, self.console = assignment, confined, console
        self.root = Path(tempfile.mkdtemp(prefix="cnnwidgets-"))
        self.lock, self.closed, self.number = Lock(), False, 0
        self.candidate, self.examiner = self._start()

    def wait(self) -> None:
        """Return when everything is warm. Raises `NotStarted`."""
        for template in (self.candidate, self.examiner):
            template.wait()

    def grade(self, job: dict[str, Any]) -> dict[str, Any]:
        """What came of a submission (see `examine.Grade.result`). Raises `WorkerDied` and `NotStarted`."""
        self._mend()
        limit = self.assignment.notebook_seconds + SLACK
        try:
            channel, _, _ = forks.connect(self.examiner.address)
            try:
                channel.send(job, SLACK)
                result: dict[str, Any] = channel.receive(limit)
            finally:
                channel.close()
        except Late:
            raise WorkerDied(f"its grading did not end within {limit:g} seconds") from None
        except (Closed, OSError):
            raise WorkerDied("the process that graded it died") from None
        if "again" in result:
            raise WorkerDied(str(result["again"]))
        return result

    def close(self) -> None:
        """End everything."""
        with self.lock:
            self.closed = True
            for template in (self.candidate, self.examiner):
                template.close()
        shutil.rmtree(self.root, ignore_errors=True)
        if self.root.exists():  # folders in folders, more than Python descends into
            subprocess.run(["rm", "-rf", str(self.root)], check=False, capture_output=True)

    def _start(self) -> tuple[Template, Template]:
        self.number += 1
        where = self.root / str(self.number)
        where.mkdir()
        # Of the assignment the candidate knows only what it imports: everything in it, learners' code can read.
        known = {"imports": imports(self.assignment.author())}
        candidate = Template("candidate", where / "candidate", known, confined=self.confined, console=self.console)
        told = {"assignment": self.assignment.as_data(), "candidates": str(candidate.address)}
        examiner = Template("examiner", where / "examiner", told, confined=self.confined, console=self.console)
        return candidate, examiner

    def _mend(self) -> None:
        """Start both anew where one has died."""
        with self.lock:
            if not self.closed and not (self.candidate.alive() and self.examiner.alive()):
                for template in (self.candidate, self.examiner):
                    template.close()
                self.candidate, self.examiner = self._start()
        if self.closed:
            raise WorkerDied("grading was stopped")
        self.wait()
