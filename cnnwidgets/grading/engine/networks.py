"""Torch's own networks as descriptions, for a process that must not unpickle: classes by name, settings, tensors.

A network crosses this way when every layer is one of `torch.nn`'s own classes, unchanged; then it is a real network
on the other side, with shapes, gradients and `isinstance` as they should be. Any other module stays where it is.
"""

from typing import Any

import numpy as np
from numpy import ndarray

PLAIN = (bool, int, float, str, type(None))
DEEPEST = 12


def is_network(value: Any) -> bool:
    """Whether this is a torch module at all."""
    from torch import nn

    return isinstance(value, nn.Module)


def describe(net: Any, depth: int = 0, seen: set[int] | None = None) -> dict[str, Any] | None:
    """The network as plain data, or None where it is not made of torch's own layers alone."""
    from torch import nn

    kind, seen = type(net), set() if seen is None else seen
    base = nn.Module().__dict__
    own = {name: value for name, value in net.__dict__.items() if name not in base}
    hooks = [value for name, value in net.__dict__.items() if name.endswith("_hooks") and name in base]
    if (
        getattr(nn, kind.__name__, None) is not kind
        or not kind.__module__.startswith("torch.nn.modules")
        or any(hooks)
        or not all(_is_plain(value) for value in own.values())
        or id(net) in seen
        or depth > DEEPEST
    ):
        return None
    seen.add(id(net))
    children: list[Any] = []
    for name, child in net._modules.items():
        found = None if child is None else describe(child, depth + 1, seen)
        if child is not None and found is None:
            return None
        children.append([name, found])
    return {
        "class": kind.__name__,
        "training": net.training,
        "settings": own,
        "parameters": [_tensor(name, each) for name, each in net._parameters.items()],
        "buffers": [_tensor(name, each) for name, each in net._buffers.items()],
        "children": children,
    }


def build(found: dict[str, Any]) -> Any:
    """The network that a description means. Raises a `ValueError` where it is none."""
    import torch
    from torch import nn

    kind = getattr(nn, str(found["class"]), None)
    if not (isinstance(kind, type) and issubclass(kind, nn.Module)):
        raise ValueError(f"torch.nn has no layer {found['class']!r:.60}")
    net: nn.Module = kind.__new__(kind)
    nn.Module.__init__(net)
    base = set(net.__dict__)
    for name, value in found["settings"].items():
        if not (type(name) is str and name.isidentifier() and name not in base and _is_plain(value)):
            raise ValueError(f"{name!r:.60} is no setting of a layer")
        net.__dict__[name] = value
    net.training = bool(found["training"])
    for name, array, grad in found["parameters"]:
        tensor = None if array is None else nn.Parameter(torch.from_numpy(array), requires_grad=bool(grad))
        net.register_parameter(str(name), tensor)
    for name, array, _ in found["buffers"]:
        net.register_buffer(str(name), None if array is None else torch.from_numpy(array))
    for name, child in found["children"]:
        net.add_module(str(name), None if child is None else build(child))
    return net


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


def _tensor(name: str, each: Any) -> list[Any]:
    return [
        name,
        None if each is None else each.detach().cpu().contiguous().numpy(),
        bool(each is not None and each.requires_grad),
    ]


def _is_plain(value: Any) -> bool:
    if type(value) in (tuple, list):
        return all(_is_plain(each) for each in value)
    return type(value) in PLAIN
