"""The two warm processes, and the forks of them that grade one submission; several threads may ask for forks."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, Any

from .channel import Channel
from .remote import Candidate
from .template import MESSAGE
from .trusted import Trusted

START, ANSWER = 120.0, 30.0  # seconds that a warm process has to start, and to fork


class NotStarted(Exception):
    """A warm process could not be started, or has died."""


class Template:
    """One warm process."""

    def __init__(self, role: str, folder: Path, *, confined: bool, console: IO[str] | None):
        self.control, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", f"{__package__}.template", role, str(folder)]
        self.process = subprocess.Popen(
            [*command, "confined" if confined else "open"],
            stdin=far.fileno(),
            stderr=console,
            env=environment(role, folder),
            cwd=folder,
        )
        far.close()
        self.started = False
        self.lock = Lock()

    def ask(self, request: dict[str, Any], handles: list[int] | None = None) -> dict[str, Any]:
        """One request and its answer. Raises `NotStarted`."""
        with self.lock:
            return self._ask(request, handles or [])

    def _ask(self, request: dict[str, Any], handles: list[int]) -> dict[str, Any]:
        if not self.started:
            self.started = True
            self._receive(START)
        try:
            socket.send_fds(self.control, [json.dumps(request).encode()], handles)
        except OSError as error:
            raise NotStarted(f"a warm process has died ({error})") from None
        return self._receive(START if request["do"] == "warm" else ANSWER)

    def _receive(self, seconds: float) -> dict[str, Any]:
        self.control.settimeout(seconds)
        try:
            data = self.control.recv(MESSAGE)
        except OSError as error:
            raise NotStarted(f"a warm process does not answer ({error})") from None
        if not data:
            raise NotStarted("a warm process has died")
        return dict(json.loads(data))

    def close(self) -> None:
        """End it, and all its children with it."""
        self.control.close()
        self.process.kill()
        self.process.wait()


class Pair:
    """A candidate template and an examiner template."""

    def __init__(self, trusted: Trusted, *, confined: bool = True, console: IO[str] | None = None):
        self.folder = Path(tempfile.mkdtemp(prefix="cnnwidgets-grading-")).resolve()
        self.trusted = trusted
        for each in ("candidate", "examiner"):
            (self.folder / each).mkdir()
        self.candidates = Template("candidate", self.folder / "candidate", confined=confined, console=console)
        self.examiners = Template("examiner", self.folder / "examiner", confined=confined, console=console)

    def warm(self) -> None:
        """Wait until both have started, and let them import what trusted cells import. Raises `NotStarted`."""
        for template in (self.candidates, self.examiners):
            template.ask({"do": "warm", "cells": self.trusted.cells})

    def sitting(self, files: Path | None = None, without: str = "") -> "Sitting":
        """A fork of each, with a copy of `files` for the candidate."""
        return Sitting(self, files, without)

    def kill(self) -> None:
        """Kill both with all their forks; what waits for them fails."""
        self.candidates.process.kill()
        self.examiners.process.kill()

    def close(self) -> None:
        """End everything."""
        self.candidates.close()
        self.examiners.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Pair":
        self.warm()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Sitting:
    """One candidate with its examiner."""

    def __init__(self, pair: Pair, files: Path | None, without: str):
        self.pair = pair
        self.folder = Path(tempfile.mkdtemp(dir=pair.folder / "candidate"))
        if files is not None:
            shutil.copytree(
                files, self.folder, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns(without)
            )
        near, far = socket.socketpair()
        here, there = socket.socketpair()
        with far, there:
            asked = {"do": "fork", "folder": str(self.folder)}
            self.pid = int(pair.candidates.ask(asked, [far.fileno()])["pid"])
            self.candidate = Candidate(Channel(near), self.pid)
            room = {"folder": str(pair.folder / "examiner"), "prelude": pair.trusted.prelude, "candidate": self.pid}
            self.examiner_pid = int(pair.examiners.ask({"do": "fork"} | room, [there.fileno(), near.fileno()])["pid"])
        self.examiner = Channel(here)

    def close(self) -> None:
        """End both, and remove what the candidate wrote."""
        with suppress(NotStarted):  # a warm process that has died took its forks along
            self.pair.candidates.ask({"do": "end", "pid": self.pid})
        with suppress(NotStarted):
            self.pair.examiners.ask({"do": "end", "pid": self.examiner_pid})
        self.candidate.channel.close()
        self.examiner.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def environment(role: str, folder: Path) -> dict[str, str]:
    """What a warm process finds in its environment: for the candidate, nothing of the grader's own."""
    home = Path(__file__).resolve().parents[3]
    needed = {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "NBGRADER_EXECUTION": "autograde",
        "PYTHONPATH": str(home),
        "HOME": str(folder),
        "TMPDIR": str(folder),
    }
    if role == "examiner":
        return dict(os.environ) | needed
    return needed | {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
