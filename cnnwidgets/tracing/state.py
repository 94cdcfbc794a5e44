"""The trace under way in this thread, and the first reason for which it can not be followed to its end."""

from __future__ import annotations

import linecache
import sys
import sysconfig
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

HERE = str(Path(__file__).parent)
PACKAGE = str(Path(__file__).parents[1])
LIBRARIES = ("site-packages", "dist-packages", "<__array_function__", sysconfig.get_path("stdlib"))


class Untraced(Exception):
    """Raised where a value leaves what can be followed."""


@dataclass
class Recorder:
    """One trace: how many elements the input has, and why the trace is lost, where it is."""

    size: int
    reason: str | None = None

    @property
    def words(self) -> int:
        """How many 64-bit words hold one bit for each element of the input."""
        return max(1, -(-self.size // 64))


class _Local(threading.local):
    def __init__(self) -> None:
        self.recorders: list[Recorder] = []


_local = _Local()


def current() -> Recorder | None:
    """The innermost trace of this thread; another thread's is none of its business."""
    recorders = _local.recorders
    return recorders[-1] if recorders else None


@contextmanager
def recording(recorder: Recorder) -> Iterator[None]:
    """Makes `recorder` this thread's trace for the time of the body."""
    recorders = _local.recorders
    depth = len(recorders)
    try:
        recorders.append(recorder)
        yield
    finally:
        del recorders[depth:]


def lost(what: str) -> Untraced:
    """The exception to raise where the trace is lost; the first reason stays, even if the learner catches it."""
    sentence = at_line(what, _learners_line())
    recorder = current()
    if recorder is not None and recorder.reason is None:
        recorder.reason = sentence
    return Untraced(sentence)


def is_library(filename: str) -> bool:
    """Whether code of this file belongs to Python, NumPy or another installed library, and not to the learner."""
    if filename.startswith(PACKAGE):
        return filename.startswith(HERE)
    return any(part in filename for part in LIBRARIES)


def at_line(what: str, line: str) -> str:
    """A reason with the line that it is about."""
    return f"{what}, at your line `{line}`" if line else what


def line_of(problem: BaseException) -> str:
    """The innermost line of the learner's that an exception went through; empty where there is none."""
    theirs = [
        each for each in traceback.extract_tb(problem.__traceback__, limit=-200) if not is_library(each.filename)
    ]
    return (theirs[-1].line or "")[:120] if theirs else ""


def _learners_line() -> str:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if not is_library(name):
            return linecache.getline(name, frame.f_lineno).strip()[:120]
        frame = frame.f_back
    return ""
