"""The candidate's half of a conversation about values: what can be sent is sent, the rest is named or referred to."""

import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy import ndarray

from . import networks, optimisers, standard
from .parcel import Parcel
from .wire import Tagged, WireError, encode

KEPT, KEPT_BYTES = 64, 32 * 2**20  # returned arrays whose identity is remembered
HELD = 10_000  # functions and objects that can be referred to
GRAPHS = 32  # forward passes whose gradients can still be asked for
NOT_THEIRS = (str(Path(__file__).parents[1]), "site-packages", "<__array_function__")


class Describer:
    """Knows what has been handed out: objects by number, returned arrays by identity, outputs with their graph."""

    def __init__(self) -> None:
        self.held: list[Any] = []
        self.numbers: dict[int, int] = {}
        self.returned: list[Any] = []
        self.graphs: dict[int, Any] = {}
        self.passes = 0
        self.given: Callable[[Any], Any] = lambda held: None  #: makes what stands for a function of the test's

    def describe(self, value: Any, parcel: Parcel | None = None) -> Any:
        """The value itself where it is plain, or what stands for it; `parcel` holds what the function was given."""
        import torch
        from torch import nn

        number = None if parcel is None else parcel.number(value)
        if number is not None:
            return Tagged("argument", number)
        if type(value) is ndarray and value.dtype.kind not in "OU":
            return self._identified(value, value)
        if type(value) in (torch.Tensor, nn.Parameter):
            return self._tensor(value, parcel)
        if type(value) in (list, tuple):
            parts = [self.describe(each, parcel) for each in value[:100_000]]
            return self._identified(value, parts) if type(value) is list else tuple(parts)
        if type(value) is dict:
            return {self.describe(key): self.describe(each, parcel) for key, each in value.items()}
        if isinstance(value, nn.Module):
            network = networks.describe(value, self._module)
            return Tagged("module", self._module(value)) if network is None else Tagged("network", network)
        taken = standard.apart(value)
        if taken is not None:
            return Tagged("standard", [taken[0], self.describe(taken[1], parcel)])
        if callable(value):
            return Tagged(
                "callable", {"reference": self._hold(value), "name": _name_of(value), "doc": _doc_of(value)}
            )
        try:
            encode(value)
        except WireError:
            return self._foreign(value)
        return value

    def restore(self, value: Any, parcel: Parcel) -> Any:
        """What the examiner meant: tensors made, references followed."""
        made: Any = value
        if type(value) is Tagged:
            if value.tag == "argument":
                return parcel.objects[value.value]
            if value.tag == "given":
                return self.given(value.value)
            if value.tag == "optimiser":
                made = optimisers.build(self.restore(value.value, Parcel()), parcel.objects)
                parcel.add(made)
                return made
            if value.tag == "standard":
                return standard.together(value.value[0], self.restore(value.value[1], parcel))
            made = self._restored(value.tag, value.value)
            if value.tag != "reference" or "condition" in value.value:
                parcel.add(made)
        elif type(value) is list:
            made = []
            parcel.add(made)
            made.extend(self.restore(each, parcel) for each in value)
        elif type(value) is tuple:
            made = tuple(self.restore(each, parcel) for each in value)
        elif type(value) is dict:
            made = {}
            parcel.add(made)
            made.update((key, self.restore(each, parcel)) for key, each in value.items())
        else:
            parcel.add(value)
        return made

    def _restored(self, tag: str, held: Any) -> Any:
        import torch

        if tag == "tensor":
            made = torch.from_numpy(held["array"]).requires_grad_(held["grad"])
            made.grad = None if held["gradient"] is None else torch.from_numpy(held["gradient"])
            return made
        if tag == "known":
            return standard.known(held)
        if tag == "network":
            return networks.build(held, lambda inside: self._restored("reference", inside))
        found = self.held[held["reference"]]
        if "condition" in held:
            networks.set_condition(found, held["condition"])
        return found

    def present(self, value: Any, parcel: Parcel) -> Any:
        """What became of an argument that was changed in place."""
        if networks.is_network(value):
            return Tagged("condition", networks.condition(value))
        if optimisers.is_optimiser(value):
            return Tagged("condition", self.describe(value.state_dict()))
        if type(value) is list:
            return [self.describe(each, parcel) for each in value[:100_000]]
        if type(value) is dict:
            return {self.describe(key): self.describe(each, parcel) for key, each in value.items()}
        return self.describe(value)

    def backward(self, token: int, gradient: ndarray) -> dict[str, Any]:
        """Gradients of an earlier output with respect to what it was made of (see `Parcel.leaves`)."""
        import torch

        output, leaves = self.graphs[token]
        total = (output * torch.from_numpy(gradient)).sum()  # a number: torch loads half of itself for anything else
        found = torch.autograd.grad(total, leaves, allow_unused=True, retain_graph=True)
        return {"gradients": [None if each is None else each.detach().numpy() for each in found]}

    def _tensor(self, value: Any, parcel: Parcel | None) -> Any:
        try:
            array = value.detach().cpu().contiguous().numpy()
        except Exception:
            return self._foreign(value)
        gradient = value.grad.cpu().numpy() if value.is_leaf and value.grad is not None else None
        sent = {"array": array, "grad": value.requires_grad, "gradient": gradient, "kind": type(value).__name__}
        if parcel is not None and value.grad_fn is not None:
            token = self.passes = self.passes + 1
            self.graphs.pop(token - GRAPHS, None)
            self.graphs[token] = value, parcel.leaves()
            sent["graph"] = token
        return self._identified(value, sent, "tensor")

    def _module(self, net: Any) -> dict[str, Any]:
        """A module of the learner's: its tensors cross, and what it does stays here."""
        from torch.nn.parameter import is_lazy

        if any(is_lazy(each) for each in [*net.parameters(), *net.buffers()]):
            raise TypeError(
                "a network with lazy layers has no weights before it has seen data: a test can not use it"
            )
        whole = _is_tree(net)
        parameters = net._parameters.items() if whole else net.named_parameters(remove_duplicate=False)
        buffers = net._buffers.items() if whole else net.named_buffers()
        return {
            "reference": self._hold(net),
            "name": type(net).__name__,
            "class": networks.nearest(net),
            "training": net.training,
            "parameters": _weights(list(parameters)),
            "buffers": [[name, networks.array(each), name in net.state_dict()] for name, each in buffers],
            "children": [[name, self.describe(each)] for name, each in net._modules.items()] if whole else [],
        }

    def _identified(self, value: Any, sent: Any, tag: str = "same") -> Tagged:
        """The value with a number that is the same when the same object is returned again."""
        for number, each in enumerate(self.returned):
            if each is value:
                return Tagged(tag, {"number": number, "value": sent} if tag == "same" else sent | {"number": number})
        number = -1
        size = value.nbytes if isinstance(value, ndarray) else 8
        if len(self.returned) < KEPT and size < KEPT_BYTES // KEPT:
            number = len(self.returned)
            self.returned.append(value)
        return Tagged(tag, {"number": number, "value": sent} if tag == "same" else sent | {"number": number})

    def _foreign(self, value: Any) -> Tagged:
        module = type.__dict__["__module__"].__get__(type(value))
        module = module if type(module) is str else ""
        steps = "next" if isinstance(value, Iterator) else "iter" if isinstance(value, Iterable) else ""
        held = {"reference": self._hold(value), "name": _type_name(value), "module": module, "steps": steps}
        return Tagged("object", held)

    def _hold(self, value: Any) -> int:
        if id(value) in self.numbers:  # what is held stays, so that its id stays its own
            return self.numbers[id(value)]
        if len(self.held) >= HELD:
            raise MemoryError("too many functions and objects were handed out")
        self.numbers[id(value)] = len(self.held)
        self.held.append(value)
        return len(self.held) - 1


def mark(value: Any) -> bytes:
    """Bytes that differ once a value was changed in place."""
    import torch

    if networks.is_network(value):
        return encode(networks.condition(value))
    if optimisers.is_optimiser(value):
        return b" ".join(mark(each) for each in _leaves(value.state_dict()))
    if isinstance(value, torch.Tensor):
        gradient = value.grad if value.is_leaf else None
        return b"%d" % value.requires_grad + _bytes(value.detach()) + (b"" if gradient is None else _bytes(gradient))
    if type(value) is ndarray and value.dtype != object:
        return b"%r" % (value.shape,) + np.ascontiguousarray(value).tobytes()
    try:
        return encode(value)
    except WireError:
        parts = [*value, *value.values()] if type(value) is dict else value if type(value) is list else []
        return b" ".join(b"%d" % id(each) for each in parts)


def raised(error: BaseException) -> dict[str, Any]:
    """An exception as data: its type, its text, the learner's line, and what Python knows its kind as."""
    try:
        text = str(error.args[0] if type(error) is KeyError and error.args else error)[:2000]
    except BaseException:
        text = ""
    name, module, lineage = (type.__dict__[each].__get__ for each in ("__name__", "__module__", "__mro__"))
    own = module(type(error))
    kind = next(str(name(each)) for each in lineage(type(error)) if module(each) == "builtins")
    return {"raised": [_type_name(error), own if type(own) is str else "", text, _line(error), kind]}


def _line(error: BaseException) -> str:
    try:
        frames = traceback.extract_tb(error.__traceback__, limit=-200)
    except Exception:
        return ""
    theirs = [each for each in frames if not any(part in each.filename for part in NOT_THEIRS)]
    return (theirs[-1].line or "")[:120] if theirs else ""


def _type_name(value: Any) -> str:
    return str(type.__dict__["__name__"].__get__(type(value)))[:60]


def _name_of(value: Any) -> str:
    name = getattr(value, "__name__", "")
    return name[:60] if type(name) is str else ""


def _doc_of(value: Any) -> str | None:
    doc = getattr(value, "__doc__", None)
    return doc[:10_000] if type(doc) is str else None


def _bytes(tensor: Any) -> bytes:
    array: ndarray = tensor.cpu().contiguous().numpy()
    return b"%r" % (array.shape,) + array.tobytes()


def _is_tree(net: Any) -> bool:
    """Whether no layer and no weight of a module is in two places."""
    layers, weights = net.named_modules(remove_duplicate=False), net.named_parameters(remove_duplicate=False)
    return len(list(layers)) == len(list(net.modules())) and len(list(weights)) == len(list(net.parameters()))


def _weights(pairs: list[tuple[str, Any]]) -> list[list[Any]]:
    """Weights by name; one that has several names is sent with the first, and named by it from then on."""
    first: dict[int, str] = {}
    found: list[list[Any]] = []
    for name, each in pairs:
        known = None if each is None else first.get(id(each))
        found.append([name, known] if known else [name, *networks.weight(each)])
        first.setdefault(id(each), name)
    return found


def _leaves(value: Any) -> list[Any]:
    """What is in containers in containers."""
    parts = [*value, *value.values()] if type(value) is dict else value if type(value) in (list, tuple) else None
    return [value] if parts is None else [leaf for each in parts for leaf in _leaves(each)]
