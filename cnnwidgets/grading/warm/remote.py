"""The examiner's half: the learner's functions and values as objects that ask the learner's process."""

import builtins
import linecache
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

import numpy as np
from numpy import ndarray

from .channel import Channel, Closed, Late
from .wire import Tagged, WireError

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
        """One request and its answer. Raises `Gone` and `TookTooLong`."""
        if self.lost:
            raise Gone(self.lost)
        left = self.deadline - monotonic()
        if left <= 0:
            raise TookTooLong("the cell's time is over")
        self.number += 1
        try:
            self.channel.send([self.number, operation, *rest], left)
            answer = self._receive(left)
        except Late:
            self._interrupt()
            raise TookTooLong("the cell's time is over") from None
        except (Closed, WireError) as error:
            self.lost = "its Python died" if isinstance(error, Closed) else f"it sent no answer: {error}"
            raise Gone(self.lost) from None
        except BaseException:  # the check's own time limit
            self._interrupt()
            raise
        for name, text in _pairs(answer.get("printed")):
            (sys.stderr if name == "stderr" else sys.stdout).write(text)
        return answer

    def finish(self, answer: dict[str, Any]) -> Any:
        """The value of an answer; or its exception, raised."""
        if "raised" in answer:
            name, module, text, line = (str(each) for each in answer["raised"])
            _raise(name, module, text, line)
        if "refused" in answer:
            raise TypeError(f"what came back can not be taken: {answer['refused']}")
        if "value" not in answer:
            raise Gone("it sent no answer")
        return self.understand(answer["value"])

    def understand(self, value: Any, given: tuple[Any, ...] = ()) -> Any:
        """What the learner's process sent, as an object here."""
        if type(value) in (list, tuple):
            return type(value)(self.understand(each, given) for each in value)
        if type(value) is dict:
            return {self.understand(key): self.understand(each, given) for key, each in value.items()}
        if type(value) is not Tagged:
            return value
        held = value.value
        if value.tag == "argument":
            return given[held]
        if value.tag == "same":
            return self._same(int(held["number"]), self.understand(held["value"]))
        if value.tag == "tensor":
            return self._same(int(held["number"]), _tensor(held))
        if value.tag == "module":
            from .module import RemoteModule

            return RemoteModule(self, held)
        if value.tag == "callable":
            return RemoteCallable(self, int(held["reference"]), str(held["name"]))
        return foreign(str(held["name"]), str(held["module"]))

    def _same(self, number: int, fresh: Any) -> Any:
        """The object that stood for this one before, with its present contents; else `fresh`."""
        old = self.known.get(number)
        if number < 0 or old is None or type(old) is not type(fresh):
            if number >= 0:
                self.known[number] = fresh
            return fresh
        if isinstance(old, list):
            old[:] = fresh
            return old
        if old.shape != fresh.shape or old.dtype != fresh.dtype:
            self.known[number] = fresh
            return fresh
        update(old, fresh)
        return old

    def _receive(self, seconds: float) -> dict[str, Any]:
        end = monotonic() + seconds
        while True:
            message = self.channel.receive(end - monotonic())
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
                self._receive(0.05)
                return
            except Late:
                continue
            except (Closed, WireError):
                break
        self.lost = "its code did not end, and could not be interrupted"


class RemoteCallable:
    """A function or class of the learner's: called there, with copies of the arguments."""

    def __init__(self, candidate: Candidate, reference: int, name: str):
        self._candidate, self._reference = candidate, reference
        self.__name__ = self.__qualname__ = name

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it. What it changes in its arguments is changed here too."""
        everything = (*arguments, *keywords.values())
        try:
            sent = [to_send(each) for each in arguments], {key: to_send(each) for key, each in keywords.items()}
            answer = self._candidate.ask("call", self._reference, *sent)
        except WireError as problem:
            raise TypeError(f"{self.__name__}: {problem}") from None
        for position, value in dict(answer.get("changed") or {}).items():
            update(everything[position], self._candidate.understand(value))
        value = answer.get("value")
        if type(value) is Tagged and value.tag == "argument":
            return everything[value.value]
        return self._candidate.finish(answer)

    def __repr__(self) -> str:
        return f"<the learner's {self.__name__}>"

    def __eq__(self, other: object) -> bool:
        return (
            type(other) is RemoteCallable
            and other._candidate is self._candidate
            and other._reference == self._reference
        )

    def __hash__(self) -> int:
        return self._reference


def to_send(value: Any) -> Any:
    """An argument as data."""
    torch = sys.modules.get("torch")
    if type(value) is RemoteCallable:
        return Tagged("reference", value._reference)
    if torch is not None and isinstance(value, torch.nn.Module) and "remote_reference" in value.__dict__:
        return Tagged("reference", value.remote_reference)
    if torch is not None and isinstance(value, torch.Tensor):
        return Tagged("tensor", {"array": value.detach().cpu().contiguous().numpy(), "grad": value.requires_grad})
    if type(value) in (list, tuple):
        return type(value)(to_send(each) for each in value)
    if type(value) is dict:
        return {key: to_send(each) for key, each in value.items()}
    return value


def update(target: Any, value: Any) -> None:
    """Give `target` the contents of `value`, in place."""
    if isinstance(target, list) and isinstance(value, list):
        target[:] = value
    elif isinstance(target, (dict, set)) and type(value) is type(target):
        target.clear()
        target.update(value)
    elif type(target) is ndarray and type(value) is ndarray and target.shape == value.shape:
        target[...] = value
    elif hasattr(target, "copy_") and hasattr(value, "detach"):
        target.detach().copy_(value.detach())


def foreign(name: str, module: str) -> Any:
    """Something that could not be sent: it has its type's name, and no use."""

    def refuse(*_: Any) -> Any:
        raise TypeError(f"this is a {name}, which is no plain value: it can not be used in a test")

    methods = (
        "bool",
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
        "add",
        "sub",
        "mul",
        "len",
        "iter",
        "getitem",
        "float",
        "int",
    )
    space: dict[str, Any] = {f"__{each}__": refuse for each in methods}
    made: Callable[[], Any] = type(name or "object", (), space | {"__module__": module, "__hash__": None})
    return made()


def _tensor(held: dict[str, Any]) -> Any:
    import torch

    made = torch.from_numpy(np.asarray(held["array"]))
    if held["kind"] == "Parameter":
        return torch.nn.Parameter(made, requires_grad=bool(held["grad"]))
    return made.requires_grad_(bool(held["grad"]))


def _raise(name: str, module: str, text: str, line: str) -> None:
    """Raise the learner's exception, seen to come from the learner's line."""
    known = getattr(builtins, name, None) if module == "builtins" else None
    plain = isinstance(known, type) and issubclass(known, Exception)
    error: Exception
    try:
        error = known(text) if plain and known is not None else type(name, (Exception,), {"__module__": module})(text)
    except Exception:
        error = RuntimeError(text)
    where = "<answer>"
    linecache.cache[where] = len(line), None, [line + "\n"], where
    exec(compile("raise error", where, "exec"), {"error": error})


def _pairs(printed: Any) -> list[tuple[str, str]]:
    if type(printed) is not list:
        return []
    return [(str(each[0]), str(each[1])) for each in printed if type(each) is list and len(each) == 2]
