"""The examiner's end of the conversation with the learner's process: questions, answers, deadlines, interrupts."""

import os
import signal
import sys
from contextlib import suppress
from time import monotonic
from typing import Any

from .channel import Channel, Closed, Late, alarms_held
from .wire import WireError

DEATH = "its Python died"
TALKS = ("call", "forward")  # operations whose answers tell what was printed; that goes into the test's outputs
GRACE = 1.0  # seconds that a call which is interrupted has to come back


class Gone(Exception):
    """The learner's process is gone, or said what is no answer."""


class TookTooLong(Exception):
    """The cell's time is over."""


class Candidate:
    """The learner's process, as the examiner sees it."""

    def __init__(self, channel: Channel, pid: int):
        self.channel, self.pid = channel, pid
        self.number, self.deadline = 0, 0.0
        self.lost: str | None = None  #: why nothing more is asked
        self.known: dict[int, Any] = {}  #: what stands here for a mutable object of the learner's

    def ask(self, operation: str, *rest: Any) -> dict[str, Any]:
        """One question and its answer.

        Raises `Gone`, `TookTooLong`, and a `WireError` where the question can not be sent; then it was not asked.
        """
        if self.lost:
            raise Gone(self.lost)
        left = self.deadline - monotonic()
        if left <= 0:
            raise TookTooLong("the cell's time is over")
        self.number += 1
        with alarms_held():
            try:
                self.channel.send([self.number, operation, *rest], left)
            except Closed:
                raise self._lose(DEATH) from None
            except Late:
                raise self._lose("it does not listen") from None
            try:
                answer = self._receive(left)
            except Late:
                self._interrupt()
                raise TookTooLong("the cell's time is over") from None
            except Closed:
                raise self._lose(DEATH) from None
            except WireError as error:
                raise self._lose(f"it sent no answer: {error}") from None
            except BaseException:  # a check's own time limit
                self._interrupt()
                raise
        printed = answer.get("printed") if operation in TALKS else None
        for each in printed if type(printed) is list else []:
            if type(each) is list and len(each) == 2:
                (sys.stderr if each[0] == "stderr" else sys.stdout).write(str(each[1]))
        return answer

    def _lose(self, why: str) -> Gone:
        self.lost = why
        return Gone(why)

    def _receive(self, seconds: float, *, alarms: bool = True) -> dict[str, Any]:
        """The answer to the last question; those to earlier ones, which came too late, are dropped."""
        end = monotonic() + seconds
        while True:
            message = self.channel.receive(end - monotonic(), alarms=alarms)
            if type(message) is not list or len(message) != 2 or type(message[1]) is not dict:
                raise WireError("not what was asked")
            if message[0] == self.number:
                return message[1]

    def _interrupt(self) -> None:
        """Get the learner's process to stop what it does, or give it up."""
        end = monotonic() + GRACE
        while monotonic() < end:
            try:
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGINT)
                self._receive(0.05, alarms=False)
                return
            except Late:
                continue
            except (Closed, WireError):
                break
        self.lost = "its code did not end, and could not be interrupted"
