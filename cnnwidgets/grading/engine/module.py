"""A `torch.nn.Module` of the learner's as a module here: its parameters live here, its forward pass runs there."""

from typing import Any

import torch
from torch import nn

from . import networks
from .parcel import Parcel
from .proxies import Understanding, attribute
from .remote import Gone


class RemoteModule(nn.Module):
    """Behaves as the learner's module for call, state, named parameters and gradients, and has layers as it has."""

    def __init__(self, understanding: Understanding, held: dict[str, Any]):
        nn.Module.__init__(self)
        self.remote = understanding
        self.remote_reference = int(held["reference"])
        self.remote_name = str(held["name"])
        self.remote_sent: dict[str, Any] = {}
        self.training = bool(held["training"])
        for path, *weight in held["parameters"]:
            folder, name = _place(self, str(path))
            same = len(weight) == 1
            folder.register_parameter(
                name, self.get_parameter(str(weight[0])) if same else networks.parameter(*weight)
            )
        for path, *buffer in held["buffers"]:
            folder, name = _place(self, str(path))
            networks.fill(folder, {"parameters": [], "buffers": [[name, *buffer]]})
        for name, child in held["children"]:
            layer = None if child is None else understanding.value(child)
            if not (layer is None or isinstance(layer, nn.Module)):
                raise Gone("it sent a layer that is none")
            self.add_module(str(name), layer)
        self.__dict__["remote_sent"] = self._versions()
        self.remote_ready = True  # from here on, other attributes are the learner's

    def forward(self, *inputs: Any, **keywords: Any) -> Any:
        """Run the learner's forward pass with the parameters as they are here."""
        what = [self.remote_reference, self.remote_news()]
        return self.remote.call("forward", what, inputs, keywords, Parcel(self))

    def remote_news(self) -> dict[str, Any]:
        """The condition that it is in here, with the weights that were changed since they were last sent."""
        versions = self._versions()
        weights = self.named_parameters()
        news: dict[str, Any] = {name: each for name, each in weights if self.remote_sent.get(name) != versions[name]}
        news |= dict(self.named_buffers())  # torch's own batch normalisation changes them without a new version
        self.__dict__["remote_sent"] = versions
        return {"state": {name: networks.array(each) for name, each in news.items()}, **networks.mode(self)}

    def _versions(self) -> dict[str, tuple[int, int]]:
        """Differ once a weight was changed in place, or is another."""
        return {name: (id(each), each._version) for name, each in self.named_parameters()}

    def __getattr__(self, name: str) -> Any:
        try:
            return super().__getattr__(name)
        except AttributeError:
            if name.startswith("_") or "remote_ready" not in self.__dict__:
                raise
            return attribute(self.remote, self.remote_reference, self.remote_name, name, self.remote_news())

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        made = self.remote.finish(self.remote.candidate.ask("copy", self.remote_reference))
        networks.set_condition(made, networks.condition(self))
        return made

    def __repr__(self) -> str:
        return f"<the learner's {self.remote_name}>"


def make(understanding: Understanding, held: dict[str, Any]) -> RemoteModule:
    """What stands for a module of the learner's; it has its class's name, and torch's own class that is nearest."""
    base = networks.torchs(held["class"])
    kind = type(str(held["name"]), (RemoteModule,) if base is nn.Module else (RemoteModule, base), {})
    made: RemoteModule = kind(understanding, held)
    return made


def bridge(understanding: Understanding, graph: int, value: torch.Tensor, leaves: list[torch.Tensor]) -> Any:
    """The tensor `value`, made in the learner's process of `leaves`: gradients flow on to them."""
    return _Bridge.apply(understanding, graph, value, *leaves)


class _Bridge(torch.autograd.Function):
    """Where the graph here continues in the learner's process."""

    @staticmethod
    def forward(ctx: Any, remote: Understanding, graph: int, value: torch.Tensor, *leaves: torch.Tensor) -> Any:
        ctx.remote, ctx.graph, ctx.shapes = remote, graph, [each.shape for each in leaves]
        return value.clone()

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> Any:
        array = gradients[0].detach().contiguous().numpy()
        answer = ctx.remote.candidate.ask("backward", ctx.graph, array)
        found = ctx.remote.finish({"value": answer["gradients"]} if "gradients" in answer else answer)
        if type(found) is not list or len(found) != len(ctx.shapes):
            raise Gone("it sent no gradients")
        made = [None if each is None else torch.from_numpy(each) for each in found]
        for each, shape in zip(made, ctx.shapes, strict=True):
            if each is not None and each.shape != shape:
                raise Gone("it sent gradients of another shape")
        return (None, None, None, *made)


def _place(net: nn.Module, path: str) -> tuple[nn.Module, str]:
    """The module inside that has the tensor of this name, made where it is missing, and the tensor's name there."""
    *folders, name = path.split(".")
    for each in folders:
        if each not in net._modules:
            net.add_module(each, nn.Module())
        net = net._modules[each] or net
    return net, name
