"""The candidate's half of a conversation about values: what can be sent is sent, the rest is named or referred to."""

import traceback
from pathlib import Path
from typing import Any

import numpy as np
from numpy import ndarray

from . import networks
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

    def describe(self, value: Any, given: list[Any] | None = None) -> Any:
        """The value itself where it is plain, or what stands for it."""
        import torch
        from torch import nn

        for number, each in enumerate(given or []):
            if value is each and isinstance(value, (ndarray, list, dict, torch.Tensor)):
                return Tagged("argument", number)
        if type(value) is ndarray:
            return self._identified(value, value) if value.dtype != object else self._foreign(value)
        if type(value) in (torch.Tensor, nn.Parameter):
            return self._tensor(value)
        if type(value) in (list, tuple):
            parts = [self.describe(each) for each in value[:100_000]]
            return self._identified(value, parts) if type(value) is list else tuple(parts)
        if type(value) is dict:
            return {self.describe(key): self.describe(each) for key, each in value.items()}
        if isinstance(value, nn.Module):
            network = networks.describe(value)
            return self._module(value) if network is None else Tagged("network", network)
        if callable(value):
            return Tagged("callable", {"reference": self._hold(value), "name": _name_of(value)})
        try:
            encode(value)
        except WireError:
            return self._foreign(value)
        return value

    def restore(self, value: Any) -> Any:
        """What the examiner meant: tensors made, references followed."""
        import torch

        if type(value) is Tagged:
            if value.tag == "tensor":
                made = torch.from_numpy(value.value["array"])
                return made.requires_grad_(value.value["grad"])
            if value.tag == "network":
                return networks.build(value.value)
            net = self.held[value.value["reference"]]
            networks.set_state(net, value.value.get("state", {}))
            return net
        if type(value) in (list, tuple):
            return type(value)(self.restore(each) for each in value)
        if type(value) is dict:
            return {key: self.restore(each) for key, each in value.items()}
        return value

    def present(self, value: Any) -> Any:
        """What became of an argument that was changed in place."""
        return networks.state(value) if networks.is_network(value) else self.describe(value)

    def marks(self, values: list[Any]) -> list[bytes]:
        """Bytes that differ when a value was changed in place."""
        return [self._mark(each) for each in values]

    def forward(self, reference: int, state: dict[str, Any], training: bool, arguments: list[Any]) -> dict[str, Any]:
        """Run a module on `arguments` after its tensors have been given the values in `state`."""
        import torch

        net = self.held[reference]
        networks.set_state(net, state)
        net.train(training)
        given = [self.restore(each) for each in arguments]
        before = {name: each._version for name, each in net.named_buffers()}
        output = net(*given)
        answer: dict[str, Any] = {"value": self.describe(output)}
        changed = {name: each for name, each in net.named_buffers() if before.get(name) != each._version}
        if changed:
            answer["buffers"] = {name: each.detach().cpu().numpy() for name, each in changed.items()}
        if type(output) is torch.Tensor and output.requires_grad:
            token = self.passes = self.passes + 1
            self.graphs.pop(token - GRAPHS, None)
            inputs = [each for each in given if isinstance(each, torch.Tensor) and each.requires_grad]
            self.graphs[token] = output, [p for p in net.parameters() if p.requires_grad] + inputs
            answer["graph"] = token
        return answer

    def backward(self, token: int, gradient: ndarray) -> dict[str, Any]:
        """Gradients of an earlier output with respect to the module's parameters, then its inputs."""
        import torch

        output, leaves = self.graphs[token]
        found = torch.autograd.grad(output, leaves, torch.from_numpy(gradient), allow_unused=True, retain_graph=True)
        return {"gradients": [None if each is None else each.detach().numpy() for each in found]}

    def _tensor(self, value: Any) -> Any:
        try:
            array = value.detach().cpu().contiguous().numpy()
        except Exception:
            return self._foreign(value)
        kind = type(value).__name__
        return self._identified(value, {"array": array, "grad": value.requires_grad, "kind": kind}, "tensor")

    def _module(self, net: Any) -> Tagged:
        def tensors(pairs: Any) -> list[Any]:
            return [[name, each.detach().cpu().numpy(), each.requires_grad] for name, each in pairs]

        return Tagged(
            "module",
            {
                "reference": self._hold(net),
                "name": type(net).__name__,
                "parameters": tensors(net.named_parameters()),
                "buffers": tensors(net.named_buffers()),
            },
        )

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
        return Tagged("object", {"reference": self._hold(value), "name": _type_name(value), "module": module})

    def _hold(self, value: Any) -> int:
        if id(value) in self.numbers:  # what is held stays, so that its id stays its own
            return self.numbers[id(value)]
        if len(self.held) >= HELD:
            raise MemoryError("too many functions and objects were handed out")
        self.numbers[id(value)] = len(self.held)
        self.held.append(value)
        return len(self.held) - 1

    def _mark(self, value: Any) -> bytes:
        import torch

        if isinstance(value, torch.Tensor):
            value = value.detach().cpu().numpy()
        if networks.is_network(value):
            return b"".join(array.tobytes() for array in networks.state(value).values())
        if type(value) is ndarray and value.dtype != object:
            return b"%r" % (value.shape,) + np.ascontiguousarray(value).tobytes()
        try:
            return encode(value) if isinstance(value, (list, dict, set)) else b""
        except WireError:
            return b"changed"


def raised(error: BaseException) -> dict[str, Any]:
    """An exception as data: its type, its text, and the learner's line."""
    try:
        text = str(error)[:2000]
    except BaseException:
        text = ""
    module = type.__dict__["__module__"].__get__(type(error))
    return {"raised": [_type_name(error), module if type(module) is str else "", text, _line(error)]}


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
