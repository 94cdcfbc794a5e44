"""The examiner's end of the conversation with the learner's process: questions, answers, deadlines, interrupts."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from . import chance
from .channel import Channel, Closed, Late, alarms_held
from .wire import WireError, encode

DEATH = "its Python ended by an exit or a crash"
TALKS = (
    "call",
    "forward",
    "step",
)  # operations whose answers tell what was printed; that goes into the test's outputs
Tell = Callable[[Any], dict[str, Any]]
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
        self.seeded = False  #: whether the test cell sets seeds, which hold for the learner's code too
        self.chance: list[Any] = []  #: where its random numbers were put last
        self.known: dict[int, Any] = {}  #: what stands here for a mutable object of the learner's

    def ask(self, operation: str, *rest: Any, tell: Tell | None = None) -> dict[str, Any]:
        """One question and its answer; `tell` has what the learner's code asks in between.

        Raises `Gone`, `TookTooLong`, and a `WireError` where the question can not be sent; then it was not asked.
        """
        if self.lost:
            raise Gone(self.lost)
        if self._left() <= 0:
            raise TookTooLong("the cell's time is over")
        if self.seeded and operation in TALKS:
            self._share_chance()
        self.number += 1
        number = self.number
        with alarms_held():
            try:
                self.channel.send([number, operation, *rest], self._left())
            except Closed:
                raise self._lose(DEATH) from None
            except Late:
                raise self._lose("it does not listen") from None
            try:
                answer = self._receive(number, self._left())
                while tell and "asks" in answer:
                    self.channel.send([number, "told", tell(answer["asks"])], self._left())
                    answer = self._receive(number, self._left())
            except Late:
                self._interrupt(number)
                raise TookTooLong("the cell's time is over") from None
            except Closed:
                raise self._lose(DEATH) from None
            except WireError as error:
                raise self._lose(f"it sent no answer: {error}") from None
            except BaseException:  # a check's own time limit
                self._interrupt(number)
                raise
        printed = answer.get("printed") if operation in TALKS else None
        for each in printed if type(printed) is list else []:
            if type(each) is list and len(each) == 2:
                (sys.stderr if each[0] == "stderr" else sys.stdout).write(str(each[1]))
        return answer

    def _lose(self, why: str) -> Gone:
        self.lost = why
        return Gone(why)

    def _left(self) -> float:
        return self.deadline - monotonic()

    def _share_chance(self) -> None:
        """Put the learner's random numbers where those here are, if they have moved since."""
        now = chance.states()
        if encode(now) != encode(self.chance):
            self.chance = now
            self.ask("chance", now)

    def _receive(self, number: int, seconds: float, *, alarms: bool = True) -> dict[str, Any]:
        """The answer to a question; those to others, which came too late, are dropped."""
        end = monotonic() + seconds
        while True:
            if monotonic() > end:
                raise Late
            message = self.channel.receive(end - monotonic(), alarms=alarms)
            if type(message) is not list or len(message) != 2 or type(message[1]) is not dict:
                raise WireError("not what was asked")
            if message[0] == number:
                return message[1]

    def _interrupt(self, number: int) -> None:
        """Get the learner's process to stop what it does, or give it up."""
        end = monotonic() + GRACE
        while monotonic() < end:
            try:
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGINT)
                self._receive(number, 0.05, alarms=False)
                return
            except Late:
                continue
            except (Closed, WireError):
                break
        self.lost = "its code did not end, and could not be interrupted"
