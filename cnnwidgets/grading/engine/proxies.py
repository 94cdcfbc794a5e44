"""What stands in the examiner for the learner's functions, objects and values, and how values travel."""

import builtins
import linecache
import sys
from typing import Any

import numpy as np
from numpy import ndarray

from . import networks
from .remote import Candidate, Gone
from .wire import Tagged, WireError

# What a test must not leave to the learner's object: the answer would be whatever the learner says.
_REFUSED = (
    "bool eq ne lt le gt ge add radd sub rsub mul rmul truediv rtruediv matmul rmatmul neg abs round len iter next "
)
_REFUSED += "contains getitem setitem float int index complex bytes format enter exit"


class Understanding:
    """Makes objects of what the learner's process sends."""

    def __init__(self, candidate: Candidate):
        self.candidate = candidate

    def finish(self, answer: dict[str, Any], given: tuple[Any, ...] = ()) -> Any:
        """The value of an answer; or its exception, raised. `given` are the arguments it may have handed back."""
        if "raised" in answer:
            name, module, text, line = (str(each) for each in answer["raised"])
            raise_here(name, module, text, line)
        if "refused" in answer:
            raise TypeError(f"what came back can not be taken: {answer['refused']}")
        if "value" not in answer:
            raise Gone("it sent no answer")
        return self.value(answer["value"], given)

    def value(self, sent: Any, given: tuple[Any, ...] = ()) -> Any:
        """What the learner's process sent, as an object here."""
        if type(sent) in (list, tuple):
            return type(sent)(self.value(each, given) for each in sent)
        if type(sent) is dict:
            return {self.value(key): self.value(each, given) for key, each in sent.items()}
        if type(sent) is not Tagged:
            return sent
        held = sent.value
        if sent.tag == "argument":
            return given[held]
        if sent.tag == "same":
            return self._same(int(held["number"]), self.value(held["value"]))
        if sent.tag == "tensor":
            return self._same(int(held["number"]), _tensor(held))
        if sent.tag == "network":
            return networks.build(held)
        if sent.tag == "module":
            from .module import RemoteModule

            return RemoteModule(self, held)
        if sent.tag == "callable":
            return RemoteCallable(self, int(held["reference"]), str(held["name"]))
        if sent.tag == "object":
            return remote_object(self, int(held["reference"]), str(held["name"]), str(held["module"]))
        raise Gone("it sent a value of no known kind")

    def _same(self, number: int, fresh: Any) -> Any:
        """The object that stood for this one before, with its present contents; else `fresh`."""
        known = self.candidate.known
        old = known.get(number)
        if number >= 0 and (old is None or not update(old, fresh)):
            known[number] = fresh
        return known[number] if number >= 0 else fresh


class RemoteCallable:
    """A function or class of the learner's: called there, with copies of the arguments."""

    def __init__(self, understanding: Understanding, reference: int, name: str):
        self._understanding, self._reference = understanding, reference
        self.__name__ = self.__qualname__ = name

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it. What it changes in its arguments is changed here too."""
        given = (*arguments, *keywords.values())
        try:
            sent = [to_send(each) for each in arguments], {key: to_send(each) for key, each in keywords.items()}
            answer = self._understanding.candidate.ask("call", self._reference, *sent)
        except WireError as problem:
            raise TypeError(f"{self.__name__}: {problem}") from None
        for position, value in dict(answer.get("changed") or {}).items():
            if networks.is_network(given[position]):
                networks.set_state(given[position], value)
            else:
                update(given[position], self._understanding.value(value))
        return self._understanding.finish(answer, given)

    def __getattr__(self, name: str) -> Any:
        return attribute(self._understanding, self._reference, self.__dict__.get("__name__", ""), name)

    def __repr__(self) -> str:
        return f"<the learner's {self.__name__}>"

    def __eq__(self, other: object) -> bool:
        return type(other) is RemoteCallable and other._reference == self._reference

    def __hash__(self) -> int:
        return self._reference


def remote_object(understanding: Understanding, reference: int, name: str, module: str) -> Any:
    """An object of a class of the learner's: its attributes and methods can be asked for, and nothing else.

    It has its type's name. Whether it equals something, how long it is, what it is as a number: that would be the
    learner's word, so a test that asks gets a `TypeError`.
    """

    def refuse(*_: Any) -> Any:
        raise TypeError(f"this is a {name}, which is no plain value: it can not be used in a test")

    def get(self: Any, wanted: str) -> Any:
        return attribute(understanding, reference, name, wanted)

    space: dict[str, Any] = {f"__{each}__": refuse for each in _REFUSED.split()}
    space |= {"__module__": module, "__hash__": None, "__getattr__": get, "_remote_reference": reference}
    made = type(name or "object", (), space)
    return made()


def attribute(understanding: Understanding, reference: int, owner: str, name: str) -> Any:
    """An attribute of something of the learner's. Names with an underscore in front are Python's own business."""
    if name.startswith("_") and name != "__doc__":
        raise AttributeError(f"{owner!r} has no attribute {name!r}")
    answer = understanding.candidate.ask("attribute", reference, name)
    return understanding.finish(answer)


def to_send(value: Any) -> Any:
    """An argument as data. Raises a `WireError` that says what can not be sent."""
    torch = sys.modules.get("torch")
    if type(value) is RemoteCallable:
        return Tagged("reference", {"reference": value._reference})
    if isinstance(getattr(type(value), "_remote_reference", None), int):
        return Tagged("reference", {"reference": type(value)._remote_reference})
    if torch is not None and isinstance(value, torch.nn.Module):
        if "remote_reference" in value.__dict__:
            return Tagged("reference", {"reference": value.remote_reference, "state": networks.state(value)})
        network = networks.describe(value)
        if network is None:
            raise WireError(f"a {type(value).__name__} that is not made of torch.nn's own layers can not be sent")
        return Tagged("network", network)
    if torch is not None and isinstance(value, torch.Tensor):
        return Tagged("tensor", {"array": value.detach().cpu().contiguous().numpy(), "grad": value.requires_grad})
    if type(value) in (list, tuple):
        return type(value)(to_send(each) for each in value)
    if type(value) is dict:
        return {key: to_send(each) for key, each in value.items()}
    return value


def update(target: Any, value: Any) -> bool:
    """Give `target` the contents of `value`, in place; False where they are not of one kind and shape."""
    if type(target) is not type(value):
        return False
    if type(target) is list:
        target[:] = value
    elif type(target) in (dict, set):
        target.clear()
        target.update(value)
    elif type(target) is ndarray and target.shape == value.shape and target.dtype == value.dtype:
        target[...] = value
    elif hasattr(target, "copy_") and target.shape == value.shape and target.dtype == value.dtype:
        target.detach().copy_(value.detach())
    else:
        return False
    return True


def raise_here(name: str, module: str, text: str, line: str) -> None:
    """Raise the learner's exception, seen to come from the learner's line."""
    known = getattr(builtins, name, None) if module == "builtins" else None
    error: Exception
    try:
        if isinstance(known, type) and issubclass(known, Exception):
            error = known(text)
        else:
            error = type(name, (Exception,), {"__module__": module})(text)
    except Exception:
        error = RuntimeError(text)
    where = "<answer>"
    linecache.cache[where] = len(line), None, [line + "\n"], where
    exec(compile("raise error", where, "exec"), {"error": error})


def _tensor(held: dict[str, Any]) -> Any:
    import torch

    made = torch.from_numpy(np.asarray(held["array"]))
    if held["kind"] == "Parameter":
        return torch.nn.Parameter(made, requires_grad=bool(held["grad"]))
    return made.requires_grad_(bool(held["grad"]))
