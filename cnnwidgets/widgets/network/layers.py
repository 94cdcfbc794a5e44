"""A network as its explorer takes it: a list of layers in plain values, and all weights as one run of float32."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float32
from numpy import ndarray

if TYPE_CHECKING:
    from torch import nn

Layer = dict[str, Any]
Pair = tuple[int, int]

MOST_WEIGHTS = 2_000_000  # 8 MB; more, and a forward pass is no longer instant in a browser
MOST_VALUES = 2_000_000  # of all layers' outputs together


class Unsupported(ValueError):
    """A network that the explorer can not show; the text says which layer, and why."""


def conv(
    inputs: int,
    outputs: int,
    kernel: Pair,
    stride: Pair = (1, 1),
    padding: Sequence[int] = (0, 0, 0, 0),
    dilation: Pair = (1, 1),
    bias: bool = True,
) -> Layer:
    """A convolution; padding is zeros above, below, left and right."""
    sizes = {"kernel": list(kernel), "stride": list(stride), "padding": list(padding), "dilation": list(dilation)}
    return {"kind": "conv", "name": "Conv2d", "in": inputs, "out": outputs, **sizes, "bias": bias}


def pool(mode: str, kernel: Pair, stride: Pair, padding: Pair = (0, 0), counts: bool = True) -> Layer:
    """Pooling, ``"avg"`` or ``"max"``; padding per side; `counts`: whether the mean counts the padding."""
    name = {"avg": "AvgPool2d", "max": "MaxPool2d"}[mode]
    sizes = {"kernel": list(kernel), "stride": list(stride), "padding": list(padding)}
    return {"kind": f"{mode}_pool", "name": name, **sizes, "count_include_pad": counts}


def linear(inputs: int, outputs: int, bias: bool = True) -> Layer:
    """A fully connected layer."""
    return {"kind": "linear", "name": "Linear", "in": inputs, "out": outputs, "bias": bias}


def simple(kind: str, name: str) -> Layer:
    """A layer without numbers of its own: an activation, flatten, softmax, or one that changes nothing."""
    return {"kind": kind, "name": name}


def _lenet(activation: Layer, mode: str) -> list[Layer]:
    return [
        *(conv(1, 6, (5, 5), padding=(2, 2, 2, 2)), activation, pool(mode, (2, 2), (2, 2))),
        *(conv(6, 16, (5, 5)), activation, pool(mode, (2, 2), (2, 2))),
        simple("flatten", "Flatten"),
        *(linear(400, 120), activation, linear(120, 84), activation, linear(84, 10)),
    ]


#: The networks of the course without weights: as the deck gives it, and the one that learns at once.
NETWORKS: dict[str, list[Layer]] = {
    "lenet": _lenet(simple("sigmoid", "Sigmoid"), "avg"),
    "modern": _lenet(simple("relu", "ReLU"), "max"),
}


def weight_shapes(layer: Layer) -> list[tuple[int, ...]]:
    """The shapes of a layer's weights and, where it has one, its bias; in the order in which they are sent."""
    if layer["kind"] == "conv":
        shapes: list[tuple[int, ...]] = [(layer["out"], layer["in"], *layer["kernel"])]
    elif layer["kind"] == "linear":
        shapes = [(layer["out"], layer["in"])]
    else:
        return []
    return [*shapes, (layer["out"],)] if layer["bias"] else shapes


def output_shapes(layers: Sequence[Layer], shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The shape of every layer's output for an input (c, h, w); `Unsupported` where one does not fit on the next."""
    shapes = []
    for number, layer in enumerate(layers, 1):
        shape = _after(layer, shape, f"Layer {number} ({layer['name']})")
        shapes.append(shape)
    if sum(map(prod, shapes)) > MOST_VALUES:
        raise Unsupported(f"Its layers give {sum(map(prod, shapes))} numbers; at most {MOST_VALUES} are drawn.")
    return shapes


def _after(layer: Layer, shape: tuple[int, ...], what: str) -> tuple[int, ...]:
    kind, size = layer["kind"], " × ".join(map(str, shape))
    if kind == "flatten":
        return (prod(shape),)
    if kind in ("linear", "softmax"):
        if len(shape) != 1:
            raise Unsupported(f"{what} gets {size}: put an nn.Flatten() before it.")
        if kind == "linear" and shape[0] != layer["in"]:
            raise Unsupported(f"{what} takes {layer['in']} numbers, and it gets {size}.")
        return (layer["out"],) if kind == "linear" else shape
    if kind not in ("conv", "avg_pool", "max_pool"):
        return shape
    if len(shape) != 3:
        raise Unsupported(f"{what} takes channels of rows and columns, and it gets {size}.")
    if kind == "conv" and shape[0] != layer["in"]:
        raise Unsupported(f"{what} takes {layer['in']} channels, and it gets {shape[0]}.")
    top, bottom, left, right = layer["padding"] if kind == "conv" else np.repeat(layer["padding"], 2).tolist()
    sides = [
        (n + p - d * (k - 1) - 1) // s + 1
        for n, p, k, s, d in zip(
            shape[1:],
            (top + bottom, left + right),
            layer["kernel"],
            layer["stride"],
            layer.get("dilation", (1, 1)),
            strict=True,
        )
    ]
    if min(sides) < 1:
        raise Unsupported(f"{what} has a window larger than what it gets, {size}.")
    return (layer.get("out", shape[0]), *sides)


def described(module: nn.Module) -> tuple[list[Layer], Float32[ndarray, " weights"]]:
    """The layers of an `nn.Sequential` and their weights; `Unsupported` names the first layer that is not known."""
    from torch import nn

    if not isinstance(module, nn.Module):
        raise Unsupported(f"module must be a torch.nn.Sequential, not {type(module).__name__}.")
    if not isinstance(module, nn.Sequential) and type(module) is not getattr(nn, type(module).__name__, None):
        what = f"what {_article(type(module).__name__)} does stands in its forward(), where it can not be read off"
        raise Unsupported(f"module must be a torch.nn.Sequential: {what}.")
    layers: list[Layer] = []
    weights: list[ndarray] = []
    for each in _flat(module):
        number, name = len(layers) + 1, type(each).__name__
        make = _MAKERS.get(name)
        if make is None or type(each) is not getattr(nn, name, None):
            known = ", ".join(_MAKERS)
            raise Unsupported(
                f"Layer {number} is {_article(name)}, which the explorer does not know. It knows {known}."
            )
        problem, layer = make(each)
        if problem:
            raise Unsupported(f"Layer {number} ({name}) {problem}, which the explorer does not know.")
        layers.append({**layer, "name": name})
        parameters: list[Any] = [each.weight, each.bias] if weight_shapes(layer) else []
        weights += [p.detach().cpu().float().numpy().ravel() for p in parameters if p is not None]
    if not layers:
        raise Unsupported("module has no layers.")
    together = np.concatenate([np.zeros(0, np.float32), *weights])
    if len(together) > MOST_WEIGHTS:
        raise Unsupported(f"module has {len(together)} weights; at most {MOST_WEIGHTS} are sent to the browser.")
    return layers, together


def _flat(module: nn.Module) -> list[nn.Module]:
    from torch import nn

    if not isinstance(module, nn.Sequential):
        return [module]
    return [each for child in module for each in _flat(child)]


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _pair(value: Any) -> Pair:
    return (int(value), int(value)) if isinstance(value, int) else (int(value[0]), int(value[1]))


Made = tuple[str, Layer]  # what is not supported of it ("" if nothing), and the layer


def _made_conv(each: Any) -> Made:
    if each.groups != 1 or each.padding_mode != "zeros":
        what = f"has groups={each.groups}" if each.groups != 1 else f"pads by {each.padding_mode!r}"
        return what, {}
    kernel, stride, dilation = _pair(each.kernel_size), _pair(each.stride), _pair(each.dilation)
    if each.padding == "same":
        total = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
        padding = [side for p in total for side in (p // 2, p - p // 2)]  # PyTorch puts the odd one behind
    else:
        padding = np.repeat(_pair(0 if each.padding == "valid" else each.padding), 2).tolist()
    bias = each.bias is not None
    return "", conv(each.in_channels, each.out_channels, kernel, stride, padding, dilation, bias)


def _made_pool(mode: str) -> Callable[[Any], Made]:
    def make(each: Any) -> Made:
        if each.ceil_mode:
            return "has ceil_mode=True", {}
        if getattr(each, "divisor_override", None) is not None:
            return "has a divisor_override", {}
        if _pair(getattr(each, "dilation", 1)) != (1, 1) or getattr(each, "return_indices", False):
            return "has a dilation or returns indices", {}
        kernel, stride, padding = _pair(each.kernel_size), _pair(each.stride), _pair(each.padding)
        return "", pool(mode, kernel, stride, padding, getattr(each, "count_include_pad", True))

    return make


def _made_flatten(each: Any) -> Made:
    whole = each.start_dim == 1 and each.end_dim == -1
    return "" if whole else "flattens some of the axes only", simple("flatten", "Flatten")


def _made_softmax(each: Any) -> Made:
    return "" if each.dim in (1, -1) else f"runs along dim={each.dim}", simple("softmax", "Softmax")


def _made_simple(kind: str) -> Callable[[Any], Made]:
    return lambda each: ("", simple(kind, type(each).__name__))


_MAKERS: dict[str, Callable[[Any], Made]] = {
    "Conv2d": _made_conv,
    "Sigmoid": _made_simple("sigmoid"),
    "ReLU": _made_simple("relu"),
    "Tanh": _made_simple("tanh"),
    "AvgPool2d": _made_pool("avg"),
    "MaxPool2d": _made_pool("max"),
    "Flatten": _made_flatten,
    "Linear": lambda each: ("", linear(each.in_features, each.out_features, each.bias is not None)),
    "Softmax": _made_softmax,
    "Dropout": _made_simple("identity"),
    "Identity": _made_simple("identity"),
}
