"""Calls what a learner wrote, trusting nothing: a time limit, copies in, a plain outcome out."""

from __future__ import annotations

import contextlib
import copy
import io
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cnnwidgets.checks.limit import TooSlow, time_limit

LONGEST_MESSAGE = 300  # characters of an exception's text that a report shows
PRINTED_KEPT = 2000  # characters of what the learner printed that are kept
#: What grading, which is not imported here, raises where the process with the learner's function is gone.
GONE = "cnnwidgets.grading.engine.remote", "Gone"
NOT_THEIRS = (str(Path(__file__).parents[1]), "site-packages", "<__array_function__")


@dataclass(frozen=True)
class Outcome:
    """What came of one call: a value, or an error, or no end."""

    value: Any = None
    error: str | None = None  #: a sentence with the exception and the learner's line, or None
    raised: tuple[str, str] | None = None  #: the exception's type name and text
    timed_out: bool = False
    changed: tuple[int, ...] = ()  #: positions of the arguments that were changed in place
    printed: str = ""

    @property
    def returned(self) -> bool:
        """Whether the call came to its end."""
        return self.error is None and not self.timed_out


class Unanswered(Exception):
    """Raised by a case that could not get its answer out of a candidate; the text is the learner's sentence."""


class _Sink(io.StringIO):
    """Takes any amount of text and keeps the first of it."""

    def write(self, text: str) -> int:
        room = PRINTED_KEPT - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)


def call(fn: Callable[..., Any], *arguments: Any, seconds: float = 2.0) -> Outcome:
    """Calls ``fn(*arguments)`` with copies of the arguments, for at most `seconds`.

    Never raises but for the user's own interrupt. An array that comes back is copied, so that it can not change
    later. What the call prints or warns is kept off the page and returned.
    """
    copies = [_lent(a) for a in arguments]
    sink = _Sink()
    try:
        with (
            contextlib.redirect_stdout(sink),
            contextlib.redirect_stderr(sink),
            warnings.catch_warnings(),
            time_limit(seconds),
        ):
            warnings.simplefilter("ignore")
            try:
                value = fn(*copies)
            except (TooSlow, KeyboardInterrupt):
                raise
            except BaseException as problem:  # SystemExit among them: a learner's exit() is no reason to stop
                raised = type_name(problem), _text(problem)
                if type(problem) is Unanswered:
                    error = raised[1]
                elif (type_module(problem), type_name(problem)) == GONE:
                    error = f"did not come back: {raised[1]}"
                else:
                    error = _sentence(*raised, _learners_line(problem))
                return Outcome(error=error, raised=raised, printed=sink.getvalue())
    except TooSlow:
        error = f"did not come back within {seconds:g} seconds: does every loop end?"
        return Outcome(error=error, timed_out=True, printed=sink.getvalue())
    changed = tuple(i for i, (was, now) in enumerate(zip(arguments, copies, strict=True)) if not _same(was, now))
    return Outcome(value=_copy(value), changed=changed, printed=sink.getvalue())


def type_name(value: object) -> str:
    """The name of a value's type, read past anything that its class overrides."""
    name = type.__dict__["__name__"].__get__(type(value))
    return str(name)[:60]


def type_module(value: object) -> str:
    """The module that says it made a value's type, read as carefully as `type_name`."""
    module = type.__dict__["__module__"].__get__(type(value))
    return module if type(module) is str else ""


def _lent(value: Any) -> Any:
    """An argument of its own for every call: cases are asked again."""
    return copy.deepcopy(value) if type(value) in (list, tuple, dict) else _copy(value)


def _copy(value: Any) -> Any:
    return value.copy() if type(value) is np.ndarray and value.dtype != object else value


def _same(was: Any, now: Any) -> bool:
    if type(was) is not np.ndarray:
        return True
    return bool(was.shape == now.shape and was.dtype == now.dtype and was.tobytes() == now.tobytes())


def _text(problem: BaseException) -> str:
    try:
        text = str(problem)
    except (TooSlow, KeyboardInterrupt):
        raise
    except BaseException:
        return ""
    return text[:LONGEST_MESSAGE] + ("…" if len(text) > LONGEST_MESSAGE else "")


def _sentence(kind: str, text: str, line: str) -> str:
    if kind == "NotImplementedError":
        return "is not written yet"
    at = f" at your line `{line}`" if line else ""
    return f"raised {kind}{at}" + (f": {text}" if text else "")


def _learners_line(problem: BaseException) -> str:
    """The innermost line of a notebook cell, or of whatever stands outside the libraries."""
    try:
        frames = traceback.extract_tb(problem.__traceback__, limit=-200)
    except Exception:
        return ""
    theirs = [f for f in frames if not any(part in f.filename for part in NOT_THEIRS)]
    return (theirs[-1].line or "")[:120] if theirs else ""
