"""What stands in the examiner for the learner's functions, objects and values, and how values travel."""

import builtins
import linecache
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import ndarray

from . import networks, optimisers, standard
from .described import KEPT
from .parcel import Parcel
from .remote import Candidate, Gone
from .wire import Tagged, WireError, encode

# What a test must not leave to the learner's object: the answer would be whatever the learner says.
_REFUSED = (
    "bool eq ne lt le gt ge add radd sub rsub mul rmul truediv rtruediv matmul rmatmul neg abs round len iter next "
)
_REFUSED += "contains getitem setitem float int index complex bytes format enter exit"


class Understanding:
    """Makes objects of what the learner's process sends."""

    def __init__(self, candidate: Candidate):
        self.candidate = candidate

    def call(self, operation: str, what: list[Any], given: Any, named: dict[str, Any], parcel: Parcel) -> Any:
        """The value of a call, or its exception; what it changed in its arguments is changed here too.

        Raises a `WireError` that says what can not be sent.
        """
        sent = [to_send(each, parcel) for each in given], {key: to_send(each, parcel) for key, each in named.items()}
        answer = self.candidate.ask(operation, *what, *sent, tell=lambda asked: self._told(parcel, *asked))
        for net in parcel.own:
            networks.set_state(net, dict(answer.get("buffers") or {}))
        for number, value in dict(answer.get("changed") or {}).items():
            update(parcel.objects[number], self.value(value, parcel))
        return self.finish(answer, parcel)

    def _told(self, parcel: Parcel, number: int, given: list[Any], named: dict[str, Any]) -> dict[str, Any]:
        """What a function of the test's gives to the learner's that was given it."""
        try:
            arguments = [self.value(each) for each in given]
            keywords = {str(key): self.value(each) for key, each in named.items()}
            value = to_send(parcel.functions[number](*arguments, **keywords), Parcel())
            encode(value)
            return {"value": value}
        except WireError as problem:
            return {"raised": ["TypeError", f"what a function of the test gives: {problem}"]}
        except Exception as error:
            return {"raised": [type(error).__name__, str(error)[:2000]]}

    def finish(self, answer: dict[str, Any], parcel: Parcel | None = None) -> Any:
        """The value of an answer; or its exception, raised. `parcel` holds the arguments."""
        if "raised" in answer:
            name, module, text, line, kind = (str(each) for each in answer["raised"])
            raise_here(name, module, text, line, kind)
        if "refused" in answer:
            raise TypeError(f"what came back can not be taken: {answer['refused']}")
        if "value" not in answer:
            raise Gone("it sent no answer")
        return self.value(answer["value"], parcel)

    def value(self, sent: Any, parcel: Parcel | None = None) -> Any:
        """What the learner's process sent, as an object here."""
        if type(sent) in (list, tuple):
            return type(sent)(self.value(each, parcel) for each in sent)
        if type(sent) is dict:
            return {self.value(key): self.value(each, parcel) for key, each in sent.items()}
        if type(sent) is not Tagged:
            return sent
        held = sent.value
        if sent.tag == "argument" and parcel is not None:
            return parcel.objects[held]
        if sent.tag == "same":
            return self._same(int(held["number"]), self.value(held["value"], parcel))
        if sent.tag == "tensor":
            return self._same(int(held["number"]), self._tensor(held, parcel))
        if sent.tag == "condition":
            return Condition(self.value(held))
        if sent.tag == "network":
            return networks.build(held, lambda inside: self.value(Tagged("module", inside)))
        if sent.tag == "module":
            from .module import make

            return make(self, held)
        if sent.tag == "callable":
            return RemoteCallable(self, held)
        if sent.tag == "object":
            return remote_object(self, held)
        if sent.tag == "standard":
            return standard.together(str(held[0]), self.value(held[1], parcel))
        raise Gone("it sent a value of no known kind")

    def _tensor(self, held: dict[str, Any], parcel: Parcel | None) -> Any:
        import torch

        values, gradient = torch.from_numpy(np.asarray(held["array"])), held["gradient"]
        leaves = parcel.leaves() if parcel is not None and "graph" in held else []
        if leaves:
            from .module import bridge

            return bridge(self, int(held["graph"]), values, leaves)
        if held["kind"] == "Parameter":
            return networks.parameter(held["array"], held["grad"], gradient)
        made = values.requires_grad_(bool(held["grad"]))
        made.grad = None if gradient is None else torch.from_numpy(gradient)
        return made

    def _same(self, number: int, fresh: Any) -> Any:
        """The object that stood for this one before, with its present contents; else `fresh`."""
        known = self.candidate.known
        old = known.get(number)
        if not 0 <= number < KEPT:
            return fresh
        if old is None or not update(old, fresh):
            known[number] = fresh
        return known[number]


@dataclass
class Condition:
    """What a network is to be put into."""

    found: dict[str, Any]


class RemoteCallable:
    """A function or class of the learner's: called there, with copies of the arguments."""

    def __init__(self, understanding: Understanding, held: dict[str, Any]):
        self._understanding, self._reference = understanding, int(held["reference"])
        self.__name__ = self.__qualname__ = str(held["name"])
        self.__doc__ = held["doc"] if type(held["doc"]) is str else None

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it. What it changes in its arguments is changed here too."""
        try:
            return self._understanding.call("call", [self._reference], arguments, keywords, Parcel())
        except WireError as problem:
            raise TypeError(f"{self.__name__}: {problem}") from None

    @property
    def __signature__(self) -> Any:
        raise TypeError(f"how {self.__name__} is written can not be looked into: call it, and look at what it does")

    def __instancecheck__(self, value: Any) -> bool:
        number = _reference(value)
        if number is None:
            return False
        answer = self._understanding.candidate.ask("instance", number, self._reference)
        return self._understanding.finish(answer) is True

    def __getattr__(self, name: str) -> Any:
        return attribute(self._understanding, self._reference, self.__dict__.get("__name__", ""), name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            super().__setattr__(name, value)
        else:
            set_attribute(self._understanding, self._reference, name, value)

    def __repr__(self) -> str:
        return f"<the learner's {self.__name__}>"

    def __eq__(self, other: object) -> bool:
        return type(other) is RemoteCallable and other._reference == self._reference

    def __hash__(self) -> int:
        return self._reference


def remote_object(understanding: Understanding, held: dict[str, Any]) -> Any:
    """An object of a class of the learner's: its attributes and methods can be asked for, and nothing else.

    It has its type's name, and gives its values one by one if it can be gone through. Whether it equals something,
    how long it is, what it is as a number: that would be the learner's word, and a test that asks gets a `TypeError`.
    """
    reference, name = int(held["reference"]), str(held["name"])

    def refuse(*_: Any) -> Any:
        raise TypeError(f"this is a {name}, which is no plain value: it can not be used in a test")

    def get(self: Any, wanted: str) -> Any:
        return attribute(understanding, reference, name, wanted)

    def put(self: Any, wanted: str, value: Any) -> None:
        set_attribute(understanding, reference, wanted, value)

    def through(self: Any) -> Any:
        return (
            self if held["steps"] == "next" else understanding.finish(understanding.candidate.ask("iter", reference))
        )

    def step(self: Any) -> Any:
        answer = understanding.candidate.ask("next", reference)
        if "over" in answer:
            raise StopIteration
        return understanding.finish(answer)

    space: dict[str, Any] = {f"__{each}__": refuse for each in _REFUSED.split()}
    if held["steps"]:
        space |= {"__iter__": through, "__next__": step if held["steps"] == "next" else refuse}
    space |= {"__module__": str(held["module"]), "__hash__": None, "_remote_reference": reference}
    space |= {"__getattr__": get, "__setattr__": put}
    made = type(name or "object", (), space)
    return made()


def attribute(
    understanding: Understanding, reference: int, owner: str, name: str, condition: dict[str, Any] | None = None
) -> Any:
    """An attribute of something of the learner's. Names with an underscore in front are Python's own business."""
    if name.startswith("_"):
        raise AttributeError(f"{owner!r} has no attribute {name!r}")
    answer = understanding.candidate.ask("attribute", reference, name, condition or {})
    return understanding.finish(answer)


def set_attribute(understanding: Understanding, reference: int, name: str, value: Any) -> None:
    """Give something of the learner's an attribute."""
    if name.startswith("_"):
        raise AttributeError(f"{name} can not be set")
    try:
        answer = understanding.candidate.ask("set", reference, name, to_send(value, Parcel()))
    except WireError as problem:
        raise TypeError(f"{name}: {problem}") from None
    understanding.finish(answer)


def to_send(value: Any, parcel: Parcel) -> Any:
    """An argument as data. Raises a `WireError` that says what can not be sent."""
    number = parcel.number(value)
    if number is not None:
        return Tagged("argument", number)
    parcel.add(value)
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.nn.Module):
        if "remote_reference" in value.__dict__:
            return Tagged("reference", _module_to_send(value))
        network = networks.describe(value, _module_to_send)
        if network is None:
            raise WireError(f"a {type(value).__name__} that is not made of torch.nn's own layers can not be sent")
        return Tagged("network", network)
    if torch is not None and isinstance(value, torch.Tensor):
        gradient = networks.array(value.grad) if value.is_leaf else None
        return Tagged("tensor", {"array": networks.array(value), "grad": value.requires_grad, "gradient": gradient})
    if torch is not None and optimisers.is_optimiser(value):
        return Tagged("optimiser", to_send(optimisers.describe(value, parcel.objects), Parcel()))
    if torch is not None and isinstance(value, torch.utils.data.DataLoader):
        return to_send(list(value), parcel)
    reference = _reference(value)
    if reference is not None:
        return Tagged("reference", {"reference": reference})
    if type(value) in (list, tuple):
        return type(value)(to_send(each, parcel) for each in value)
    if type(value) is dict:
        return {key: to_send(each, parcel) for key, each in value.items()}
    taken = standard.apart(value)
    if taken is not None:
        return Tagged("standard", [taken[0], to_send(taken[1], parcel)])
    if callable(value):
        name = standard.known_as(value)
        if name is None and not isinstance(value, type):
            parcel.functions.append(value)
            name = getattr(value, "__name__", "function")
            return Tagged("given", {"number": len(parcel.functions) - 1, "name": str(name)})
        return value if name is None else Tagged("known", name)
    return value


def _reference(value: Any) -> int | None:
    """The number of something of the learner's."""
    if type(value) is RemoteCallable:
        return value._reference
    found = getattr(type(value), "_remote_reference", None)
    return found if type(found) is int else getattr(value, "__dict__", {}).get("remote_reference")


def _module_to_send(value: Any) -> dict[str, Any] | None:
    if "remote_reference" not in value.__dict__:
        return None
    return {"reference": value.remote_reference, "condition": networks.condition(value)}


def update(target: Any, value: Any) -> bool:
    """Give `target` the contents of `value`, in place; False where they are not of one kind and shape."""
    if type(value) is Condition and networks.is_network(target):
        networks.set_condition(target, value.found)
        return True
    if type(value) is Condition and optimisers.is_optimiser(target):
        target.load_state_dict(value.found)
        return True
    if type(target) is not type(value):
        return False
    if type(target) in (list, bytearray):
        target[:] = value
    elif type(target) in (dict, set):
        target.clear()
        target.update(value)
    elif type(target) is ndarray and target.shape == value.shape and target.dtype == value.dtype:
        target[...] = value
    elif hasattr(target, "copy_") and target.shape == value.shape and target.dtype == value.dtype:
        target.detach().copy_(value.detach())
        if target.is_leaf and value.is_leaf:
            target.requires_grad_(value.requires_grad)
            target.grad = value.grad
    else:
        return False
    return True


def raise_here(name: str, module: str, text: str, line: str, kind: str) -> None:
    """Raise the learner's exception, seen to come from the learner's line; one of its own is of Python's `kind`."""
    known = getattr(builtins, kind, None)
    error: Exception
    try:
        if known in (StopIteration, StopAsyncIteration):  # would end a loop of the test as if all were well
            error = RuntimeError(f"{name} {text}".strip())
        else:
            parent = known if isinstance(known, type) and issubclass(known, Exception) else Exception
            error = (parent if module == "builtins" else type(name, (parent,), {"__module__": module}))(text)
    except Exception:
        error = RuntimeError(text)
    where = "<answer>"
    linecache.cache[where] = len(line), None, [line + "\n"], where
    exec(compile("raise error", where, "exec"), {"error": error})
