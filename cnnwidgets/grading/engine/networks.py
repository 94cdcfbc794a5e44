"""Torch's own networks as descriptions, for a process that must not unpickle: classes by name, settings, tensors.

A network crosses this way when its layers are `torch.nn`'s own, unchanged; then it is a real network on the other
side, with shapes, gradients and `isinstance` as they should be. A layer of any other class stays where it is, and
whoever describes says what stands for it (`foreign`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy import ndarray

PLAIN = (bool, int, float, str, type(None))
DEEPEST = 12


class _NoDescription(Exception):
    """Some part of a network can not be described."""


def is_network(value: Any) -> bool:
    """Whether this is a torch module at all."""
    from torch import nn

    return isinstance(value, nn.Module)


def describe(net: Any, foreign: Callable[[Any], Any] | None = None) -> dict[str, Any] | None:
    """The network as plain data, or None where it is no layer of torch's own.

    The same holds where a layer or a weight is in two places, or a layer inside is not torch's own and not `foreign`.
    """
    try:
        return _described(net, foreign, 0, set()) if _is_torchs(net) else None
    except _NoDescription:
        return None


def build(found: Any, foreign: Callable[[Any], Any] | None = None) -> Any:
    """The network that a description means. Raises a `ValueError` where it is none."""
    try:
        return _built(found, foreign)
    except ValueError:
        raise
    except Exception as error:  # whatever else is not as `describe` makes it
        raise ValueError(f"this describes no network ({type(error).__name__})") from None


def state(net: Any) -> dict[str, ndarray]:
    """All tensors of a network by name, as arrays."""
    pairs = [*net.named_parameters(), *net.named_buffers()]
    return {name: np.array(each.detach().cpu().numpy()) for name, each in pairs}


def set_state(net: Any, arrays: dict[str, Any]) -> None:
    """Give a network's tensors new values, in place; names that it lacks and other shapes are left out."""
    import torch

    own = dict(net.named_parameters()) | dict(net.named_buffers())
    with torch.no_grad():
        for name, array in arrays.items():
            if name in own and type(array) is ndarray and own[name].shape == array.shape:
                own[name].copy_(torch.from_numpy(array))


def condition(net: Any) -> dict[str, Any]:
    """All that a function can change in a network without building it anew."""
    gradients = {name: each.grad.cpu().numpy() for name, each in net.named_parameters() if each.grad is not None}
    return {"state": state(net), "gradients": gradients, **mode(net)}


def mode(net: Any) -> dict[str, Any]:
    """Which layers are training, and which weights are to be learnt."""
    learnt = [each.requires_grad for each in net.parameters()]
    return {"training": [each.training for each in net.modules()], "learnt": learnt}


def set_condition(net: Any, found: dict[str, Any]) -> None:
    """Put a network into a condition, or into the part of one that is given."""
    import torch

    set_state(net, found.get("state", {}))
    layers, training = list(net.modules()), found.get("training", [])
    for each, flag in zip(
        layers, training if len(training) == len(layers) else training[:1] * len(layers), strict=False
    ):
        each.training = bool(flag)
    for each, flag in zip(net.parameters(), found.get("learnt", []), strict=False):
        if each.requires_grad != flag:
            each.requires_grad_(bool(flag))
    if "gradients" in found:
        for name, each in net.named_parameters():
            gradient = found["gradients"].get(name)
            fits = type(gradient) is ndarray and gradient.shape == each.shape
            each.grad = torch.from_numpy(gradient).to(each.dtype) if fits else None


def fill(net: Any, found: dict[str, Any]) -> None:
    """Give a module its own tensors."""
    import torch

    for name, *each in found["parameters"]:
        net.register_parameter(str(name), parameter(*each))
    for name, values, kept in found["buffers"]:
        net.register_buffer(str(name), None if values is None else torch.from_numpy(values), persistent=bool(kept))


def _described(net: Any, foreign: Callable[[Any], Any] | None, depth: int, seen: set[int]) -> dict[str, Any]:
    if depth > DEEPEST:
        raise _NoDescription
    own = _is_torchs(net)
    parts = {id(each) for each in ([net, *net._parameters.values()] if own else [*net.modules(), *net.parameters()])}
    if (parts - {id(None)}) & seen:
        raise _NoDescription
    seen |= parts - {id(None)}
    if not own:
        made = foreign(net) if foreign else None
        if made is None:
            raise _NoDescription
        return {"foreign": made}
    kept = net._non_persistent_buffers_set
    return {
        "class": type(net).__name__,
        "training": net.training,
        "settings": _settings(net),
        "parameters": [[name, *weight(each)] for name, each in net._parameters.items()],
        "buffers": [[name, array(each), name not in kept] for name, each in net._buffers.items()],
        "children": [
            [name, None if child is None else _described(child, foreign, depth + 1, seen)]
            for name, child in net._modules.items()
        ],
    }


def _built(found: dict[str, Any], foreign: Callable[[Any], Any] | None) -> Any:
    from torch import nn

    if "foreign" in found:
        made = foreign(found["foreign"]) if foreign else None
        if not isinstance(made, nn.Module):
            raise ValueError("a layer of another class has nothing that stands for it")
        return made
    kind = torchs(found["class"])
    net: nn.Module = kind.__new__(kind)
    nn.Module.__init__(net)
    base = set(net.__dict__)
    for name, value in found["settings"].items():
        known = type(name) is str and name.isidentifier() and name not in base
        if not known or callable(getattr(kind, name, None)) or not _is_plain(value):
            raise ValueError(f"{name!r:.60} is no setting of a layer")
        net.__dict__[name] = value
    net.training = bool(found["training"])
    fill(net, found)
    for name, child in found["children"]:
        net.add_module(str(name), None if child is None else _built(child, foreign))
    return net


def torchs(name: Any) -> Any:
    """The class of this name that is torch's own. Raises a `ValueError`."""
    from torch import nn

    kind = getattr(nn, name, None) if type(name) is str else None
    if not (isinstance(kind, type) and issubclass(kind, nn.Module)):
        raise ValueError(f"torch.nn has no layer {name!r:.60}")
    return kind


def nearest(net: Any) -> str:
    """The name of the class of torch's own that a module's class derives from most closely."""
    from torch import nn

    return str(next(kind.__name__ for kind in type(net).__mro__ if getattr(nn, kind.__name__, None) is kind))


def parameter(values: ndarray | None, learnt: bool, gradient: ndarray | None) -> Any:
    """A weight, with the gradient that it had."""
    import torch

    if values is None:
        return None
    made = torch.nn.Parameter(torch.from_numpy(values), requires_grad=bool(learnt))
    made.grad = None if gradient is None else torch.from_numpy(gradient)
    return made


def weight(each: Any) -> list[Any]:
    """A weight as plain data: its values, whether it is to be learnt, its gradient."""
    return [array(each), bool(each is not None and each.requires_grad), array(None if each is None else each.grad)]


def array(each: Any) -> ndarray | None:
    """The values of a tensor."""
    return None if each is None else each.detach().cpu().contiguous().numpy()


def _settings(net: Any) -> dict[str, Any]:
    from torch import nn

    base = nn.Module().__dict__
    return {name: value for name, value in net.__dict__.items() if name not in base}


def _is_torchs(net: Any) -> bool:
    """Whether this is an unchanged object of one of torch's own classes."""
    from torch import nn

    kind = type(net)
    hooks = [value for name, value in net.__dict__.items() if name.endswith("_hooks")]
    return (
        getattr(nn, kind.__name__, None) is kind
        and kind.__module__.startswith("torch.nn.modules")
        and not any(hooks)
        and all(_is_plain(value) for value in _settings(net).values())
    )


def _is_plain(value: Any) -> bool:
    if type(value) in (tuple, list):
        return all(_is_plain(each) for each in value)
    return type(value) in PLAIN
