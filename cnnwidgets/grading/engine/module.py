"""A `torch.nn.Module` of the learner's as a module here: its parameters live here, its forward pass runs there."""

from typing import Any

import torch
from torch import nn

from . import networks
from .proxies import Understanding, attribute, to_send
from .remote import Gone


class RemoteModule(nn.Module):
    """Behaves as the learner's module for call, state, named parameters and gradients."""

    def __init__(self, understanding: Understanding, held: dict[str, Any]):
        super().__init__()
        self.remote = understanding
        self.remote_reference = int(held["reference"])
        self.remote_name = str(held["name"])
        for kind in ("parameters", "buffers"):
            for path, array, grad in held[kind]:
                *folders, name = str(path).split(".")
                at: nn.Module = self
                for folder in folders:
                    if folder not in at._modules:
                        at.add_module(folder, nn.Module())
                    at = at._modules[folder] or at
                tensor = torch.from_numpy(array)
                if kind == "parameters":
                    at.register_parameter(name, nn.Parameter(tensor, requires_grad=bool(grad)))
                else:
                    at.register_buffer(name, tensor)
        self.remote_sent: dict[str, Any] = {}
        self.remote_ready = True  # from here on, other attributes are the learner's

    def forward(self, *inputs: Any) -> Any:
        """Run the learner's forward pass with the parameters as they are here."""
        answer = self.remote.candidate.ask(
            "forward", self.remote_reference, self._news(), self.training, [to_send(each) for each in inputs]
        )
        networks.set_state(self, dict(answer.get("buffers") or {}))
        output = self.remote.finish(answer)
        if "graph" not in answer or type(output) is not torch.Tensor:
            return output
        leaves: list[torch.Tensor] = [each for each in self.parameters() if each.requires_grad]
        leaves += [each for each in inputs if isinstance(each, torch.Tensor) and each.requires_grad]
        return _Bridge.apply(self.remote, int(answer["graph"]), output.detach(), *leaves)

    def __getattr__(self, name: str) -> Any:
        try:
            return super().__getattr__(name)
        except AttributeError:
            if name.startswith("_") or "remote_ready" not in self.__dict__:
                raise
            return attribute(self.remote, self.remote_reference, self.remote_name, name)

    def _news(self) -> dict[str, Any]:
        """The tensors that were changed here since they were last sent; most steps change none, or all."""
        tensors = dict(self.named_parameters()) | dict(self.named_buffers())
        news = {name: each for name, each in tensors.items() if self.remote_sent.get(name) != _version(each)}
        self.__dict__["remote_sent"] = {name: _version(each) for name, each in tensors.items()}
        return {name: each.detach().cpu().contiguous().numpy() for name, each in news.items()}

    def __repr__(self) -> str:
        return f"<the learner's {self.remote_name}>"


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


def _version(tensor: torch.Tensor) -> tuple[int, int]:
    """Differs once a tensor was changed in place, or is another."""
    return id(tensor), tensor._version
