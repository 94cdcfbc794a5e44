"""The learner's process: runs cells, answers for names, calls functions. Nobody believes a word it says."""

import builtins
import copy
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from . import chance, confine, forks, networks, pages
from .channel import Channel, Closed
from .described import Describer, mark, raised
from .parcel import Parcel
from .shell import Recorder, Stream
from .warm import freeze, warm
from .wire import WireError


def template(told: dict[str, Any], address: Path, scratch: Path, confined: bool) -> None:
    """The warm process that learners' processes are forked from; it writes nothing but `scratch` and its socket."""
    shell = warm(told["imports"])
    for source in told["cells"]:  # as handed out: most come back as they were
        with suppress(Exception):
            shell.transform_cell(source)
    base = None
    if confined:
        confine.available()
        base = confine.address_space()
    freeze()
    pages.gather()
    if confined:
        confine.enclose(address.parent)
    forks.serve(address, lambda sock, folder: answer(sock, folder, shell, base), scratch)


def answer(sock: socket.socket, folder: Path, shell: Any, base: int | None) -> None:
    """Answer requests `[number, operation, …]` with `[number, answer]` until the other end is gone.

    `base` is the address space of the warm process, or None where there is no sandbox.
    """
    if base is not None:
        os.dup2(0, 2)  # the grader's log is not the learner's to fill
        confine.limit(confine.Limits(), base)
        confine.confine(folder)
    sys.path.insert(0, str(folder))
    learner = Learner(shell, Channel(sock))
    signal.signal(signal.SIGINT, learner.interrupted)
    with suppress(Closed):
        while True:
            learner.serve(*learner.channel.receive())


class Learner:
    """What the learner's cells have made."""

    def __init__(self, shell: Any, channel: Channel):
        self.shell, self.channel, self.describer, self.busy = shell, channel, Describer(), False
        self.describer.given = self.given
        self.number = 0  #: of the question that is being answered
        self.operations: dict[str, Callable[..., dict[str, Any]]] = {
            "cell": self.cell,
            "names": self.names,
            "call": self.call,
            "attribute": self.attribute,
            "set": self.set,
            "forward": self.forward,
            "copy": self.copy,
            "instance": self.instance,
            "iter": self.iter,
            "next": self.next,
            "chance": self.chance,
            "backward": self.describer.backward,
        }

    def interrupted(self, *_: object) -> None:
        """A signal from the examiner: what runs has run for too long."""
        if self.busy:
            raise KeyboardInterrupt

    def serve(self, number: int, operation: str, *rest: Any) -> None:
        """Answer one question."""
        before, self.number = self.number, number
        given = self.answer(operation, rest)
        self.number = before
        try:
            self.channel.send([number, given])
        except WireError as problem:
            self.channel.send([number, {"refused": str(problem)}])

    def answer(self, operation: str, rest: Sequence[Any]) -> dict[str, Any]:
        """Do one thing. Whatever goes wrong is part of the answer."""
        before = self.busy
        try:
            self.busy = True
            try:
                return self.operations[operation](*rest)
            finally:
                self.busy = before
        except Closed:
            raise
        except BaseException as error:
            self.busy = before
            return raised(error)

    def cell(self, source: str, number: int = 1) -> dict[str, Any]:
        """Run one of the learner's cells, the notebook's `number`-th."""
        self.shell.execution_count = number
        return {"outputs": _plain(self.shell.run(source))}

    def names(self, names: list[str]) -> dict[str, Any]:
        """What the learner has under these names; those that there are not are left out."""
        space = self.shell.user_ns
        return {"names": {name: self.describer.describe(space[name]) for name in names if name in space}}

    def call(self, reference: int, arguments: list[Any], keywords: dict[str, Any]) -> dict[str, Any]:
        """Call a function or class."""
        return self._called(self.describer.held[reference], arguments, keywords, Parcel())

    def forward(
        self, reference: int, condition: dict[str, Any], arguments: list[Any], keywords: dict[str, Any]
    ) -> dict[str, Any]:
        """Run a module that is first put into the condition in which the examiner has it."""
        net = self.describer.held[reference]
        networks.set_condition(net, condition)
        before = {name: mark(each) for name, each in net.named_buffers()}
        answer = self._called(net, arguments, keywords, Parcel(net))
        changed = {name: each for name, each in net.named_buffers() if before.get(name) != mark(each)}
        if changed:
            answer["buffers"] = {name: networks.array(each) for name, each in changed.items()}
        return answer

    def attribute(self, reference: int, name: str, condition: dict[str, Any]) -> dict[str, Any]:
        """An attribute of something held; a module is first put into a condition."""
        held = self.describer.held[reference]
        if condition:
            networks.set_condition(held, condition)
        return {"value": self.describer.describe(getattr(held, name))}

    def set(self, reference: int, name: str, value: Any) -> dict[str, Any]:
        """Give something held an attribute."""
        setattr(self.describer.held[reference], name, self.describer.restore(value, Parcel()))
        return {"value": None}

    def copy(self, reference: int) -> dict[str, Any]:
        """A deep copy of something held."""
        return {"value": self.describer.describe(copy.deepcopy(self.describer.held[reference]))}

    def instance(self, reference: int, kind: int) -> dict[str, Any]:
        """Whether one thing that is held is of a class that is held."""
        return {"value": isinstance(self.describer.held[reference], self.describer.held[kind])}

    def iter(self, reference: int) -> dict[str, Any]:
        """What goes through the values of something held."""
        return {"value": self.describer.describe(iter(self.describer.held[reference]))}

    def next(self, reference: int) -> dict[str, Any]:
        """The next value of an iterator, or that it is at its end."""
        with _captured() as printed:
            try:
                answer = {"value": self.describer.describe(next(self.describer.held[reference]))}
            except StopIteration:
                answer = {"over": True}
        return answer | printed.told()

    def chance(self, states: list[Any]) -> dict[str, Any]:
        """Go on with the examiner's random numbers."""
        chance.go_on_from(states)
        return {}

    def given(self, held: dict[str, Any]) -> Callable[..., Any]:
        """What stands for a function of the test's: called there, while this process waits and answers."""

        def call(*arguments: Any, **keywords: Any) -> Any:
            describe = self.describer.describe
            asked = [[describe(each) for each in arguments], {key: describe(each) for key, each in keywords.items()}]
            self.channel.send([self.number, {"asks": [held["number"], *asked]}])
            while True:
                number, operation, *rest = self.channel.receive()
                if operation == "told":
                    break
                self.serve(number, operation, *rest)
            if "raised" in rest[0]:
                name, text = rest[0]["raised"]
                raise getattr(builtins, name, RuntimeError)(text)
            return self.describer.restore(rest[0]["value"], Parcel())

        call.__name__ = call.__qualname__ = held["name"]
        return call

    def _called(
        self, function: Any, arguments: list[Any], keywords: dict[str, Any], parcel: Parcel
    ) -> dict[str, Any]:
        """What a call gives, or raises, and what became of its arguments."""
        given = [self.describer.restore(each, parcel) for each in arguments]
        named = {key: self.describer.restore(each, parcel) for key, each in keywords.items()}
        before = [mark(each) for each in parcel.objects]
        with _captured() as printed:
            try:
                answer = {"value": self.describer.describe(function(*given, **named), parcel)}
            except BaseException as error:
                answer = raised(error)
        changed = [n for n, each in enumerate(parcel.objects) if mark(each) != before[n]]
        if changed:
            answer["changed"] = {n: self.describer.present(parcel.objects[n], parcel) for n in changed}
        return answer | printed.told()


class _captured:
    """Keeps what is printed."""

    def __enter__(self) -> "_captured":
        self.recorder, self.before = Recorder(), (sys.stdout, sys.stderr)
        sys.stdout, sys.stderr = Stream(self.recorder, "stdout"), Stream(self.recorder, "stderr")
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stderr = self.before

    def told(self) -> dict[str, Any]:
        """What was printed, as part of an answer: pairs of stream and text, if there are any."""
        found = [[each["name"], each["text"]] for each in self.recorder.outputs if each["output_type"] == "stream"]
        return {"printed": found} if found else {}


def _plain(value: Any) -> Any:
    """Outputs as plain values: whatever is none becomes its name."""
    if isinstance(value, dict):
        return {str(key)[:200]: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if value is None or type(value) in (bool, int, float, str):
        return value
    return str.__str__(value) if isinstance(value, str) else os.fsdecode(type(value).__name__)
