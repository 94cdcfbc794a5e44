"""The learner's process: runs cells, answers for names, calls functions. Nobody believes a word it says."""

import copy
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import confine, forks, networks
from .channel import Channel, Closed
from .described import Describer, mark, raised
from .parcel import Parcel
from .shell import Recorder, Stream
from .warm import freeze, warm
from .wire import WireError


def template(told: dict[str, Any], address: Path, scratch: Path, confined: bool) -> None:
    """The warm process that learners' processes are forked from; it writes nothing but `scratch` and its socket."""
    shell = warm(told["imports"])
    base = None
    if confined:
        confine.available()
        base = confine.address_space()
        confine.enclose(address.parent)
    freeze()
    forks.serve(address, lambda sock, folder: answer(sock, folder, shell, base), scratch)


def answer(sock: socket.socket, folder: Path, shell: Any, base: int | None) -> None:
    """Answer requests `[number, operation, …]` with `[number, answer]` until the other end is gone.

    `base` is the address space of the warm process, or None where there is no sandbox.
    """
    if base is not None:
        os.dup2(0, 2)  # the grader's log is not the learner's to fill
        confine.limit(confine.Limits(), base)
        confine.confine(folder)
    learner = Learner(shell)
    signal.signal(signal.SIGINT, learner.interrupted)
    channel = Channel(sock)
    while True:
        try:
            number, operation, *rest = channel.receive()
        except Closed:
            return
        given = learner.answer(operation, rest)
        try:
            channel.send([number, given])
        except WireError as problem:
            channel.send([number, {"refused": str(problem)}])


class Learner:
    """What the learner's cells have made."""

    def __init__(self, shell: Any):
        self.shell, self.describer, self.busy = shell, Describer(), False
        self.operations: dict[str, Callable[..., dict[str, Any]]] = {
            "cell": self.cell,
            "names": self.names,
            "call": self.call,
            "attribute": self.attribute,
            "forward": self.forward,
            "copy": self.copy,
            "instance": self.instance,
            "backward": self.describer.backward,
        }

    def interrupted(self, *_: object) -> None:
        """A signal from the examiner: what runs has run for too long."""
        if self.busy:
            raise KeyboardInterrupt

    def answer(self, operation: str, rest: list[Any]) -> dict[str, Any]:
        """Do one thing. Whatever goes wrong is part of the answer."""
        try:
            self.busy = True
            try:
                return self.operations[operation](*rest)
            finally:
                self.busy = False
        except BaseException as error:
            self.busy = False
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

    def copy(self, reference: int) -> dict[str, Any]:
        """A deep copy of something held."""
        return {"value": self.describer.describe(copy.deepcopy(self.describer.held[reference]))}

    def instance(self, reference: int, kind: int) -> dict[str, Any]:
        """Whether one thing that is held is of a class that is held."""
        return {"value": isinstance(self.describer.held[reference], self.describer.held[kind])}

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
        answer["changed"] = {n: self.describer.present(parcel.objects[n], parcel) for n in changed}
        return answer | {"printed": printed.texts()}


class _captured:
    """Keeps what is printed."""

    def __enter__(self) -> "_captured":
        self.recorder, self.before = Recorder(), (sys.stdout, sys.stderr)
        sys.stdout, sys.stderr = Stream(self.recorder, "stdout"), Stream(self.recorder, "stderr")
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stderr = self.before

    def texts(self) -> list[list[str]]:
        """Pairs of stream and text."""
        return [[each["name"], each["text"]] for each in self.recorder.outputs if each["output_type"] == "stream"]


def _plain(value: Any) -> Any:
    """Outputs as plain values: whatever is none becomes its name."""
    if isinstance(value, dict):
        return {str(key)[:200]: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if value is None or type(value) in (bool, int, float, str):
        return value
    return str.__str__(value) if isinstance(value, str) else os.fsdecode(type(value).__name__)
