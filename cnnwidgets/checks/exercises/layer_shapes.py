"""`layer_shapes`: the table of a network, layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from cnnwidgets.checks.call import type_module
from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises.draw import image
from cnnwidgets.checks.exercises.nets import LENET, build, chain, lend


def ask_shapes(candidate: Candidate, net: str, X: np.ndarray) -> Any:
    """The candidate's table for a network and a batch."""
    return lend(candidate, build(net), torch.as_tensor(X, dtype=torch.float32))


def layer_shapes(net: nn.Sequential, X: Tensor) -> list[tuple[str, tuple[int, ...]]]:
    """The reference."""
    table: list[tuple[str, tuple[int, ...]]] = _shapes(_name, lambda before, after: tuple(after.shape))(net, X)
    return table


def _name(layer: nn.Module) -> str:
    return type(layer).__name__


def _shapes(name: Callable[[nn.Module], Any], shape: Callable[[Tensor, Tensor], Any]) -> Any:
    """A table of `name(layer)` and `shape(input, output)`."""

    def fn(net: nn.Sequential, X: Tensor) -> list[tuple[Any, Any]]:
        table = []
        for layer in net:
            before, X = X, layer(X)
            table.append((name(layer), shape(before, X)))
        return table

    return fn


CONV = chain("Conv2d(2, 3, (2, 4))", "ReLU()")


def _shape_cases() -> Sequence[Case]:
    rng = np.random.default_rng(5)
    nets = {
        "one linear layer": ("Linear(3, 2)", (4, 3)),
        "a convolution and ReLU": (CONV, (4, 2, 5, 7)),
        "LeNet, one image": (LENET, (1, 1, 28, 28)),
    }
    return [Case(name, {"net": net, "X": image(rng, *shape)}, ask_shapes) for name, (net, shape) in nets.items()]


def _random_shapes(rng: np.random.Generator) -> Sequence[Case]:
    n, c, k = (int(i) for i in rng.permutation([2, 3, 4]))
    h, w = int(rng.integers(14, 18)), 19
    net = chain(f"Conv2d({c}, {k}, (2, 3), 1, (1, 0))", "Tanh()", "AvgPool2d((2, 3))", "Flatten()")
    return [Case("a random network", {"net": net, "X": image(rng, n, c, h, w)}, ask_shapes)]


def _pairs(value: Any) -> list[tuple[Any, Any]] | None:
    """The entries of a table, where it is a list of pairs."""
    if type(value) is not list or not value or any(type(e) is not tuple or len(e) != 2 for e in value):
        return None
    return value


def _all_shapes_of_type(kind: type) -> Callable[[Case, Any], bool]:
    return lambda case, value: (pairs := _pairs(value)) is not None and all(type(e[1]) is kind for e in pairs)


def _names_are_no_text(case: Case, value: Any) -> bool:
    pairs = _pairs(value)
    return pairs is not None and all(
        issubclass(type(e[0]), type) or type_module(e[0]).startswith("torch.nn") for e in pairs
    )


def _entries_are_lists(case: Case, value: Any) -> bool:
    return type(value) is list and bool(value) and all(type(e) is list and len(e) == 2 for e in value)


def _with_input(net: nn.Sequential, X: Tensor) -> list[tuple[str, tuple[int, ...]]]:
    return [("Input", tuple(X.shape)), *layer_shapes(net, X)]


def _same_input(net: nn.Sequential, X: Tensor) -> list[tuple[str, tuple[int, ...]]]:
    return [(type(layer).__name__, tuple(layer(X).shape)) for layer in net]


LAYER_SHAPES = Exercise(
    "layer_shapes",
    layer_shapes,
    _shape_cases,
    _random_shapes,
    (
        Misconception(
            "shape-of-input",
            "It gives the shape that goes into each layer",
            "the table lists what comes out of a layer",
            (_shapes(_name, lambda before, after: tuple(before.shape)),),
        ),
        Misconception(
            "input-listed",
            "The input has a line of its own",
            "there is one entry for each layer, and the input is none",
            (
                _with_input,
                lambda net, X: [("input", tuple(X.shape)), *layer_shapes(net, X)],
                lambda net, X: [("X", tuple(X.shape)), *layer_shapes(net, X)],
                lambda net, X: [("Tensor", tuple(X.shape)), *layer_shapes(net, X)],
            ),
        ),
        Misconception(
            "torch-size",
            "The shapes are torch.Size",
            "it looks like a tuple, and is not quite one: `tuple(...)` makes it one",
            fits=_all_shapes_of_type(torch.Size),
        ),
        Misconception(
            "shape-as-list",
            "The shapes are lists",
            "a shape is a tuple: `tuple(...)` makes one",
            fits=_all_shapes_of_type(list),
        ),
        Misconception(
            "batch-missing",
            "The batch axis is left out",
            "the first number of a shape is how many examples there are, and it belongs to the shape",
            (_shapes(_name, lambda before, after: tuple(after.shape[1:])),),
        ),
        Misconception(
            "class-not-name",
            "The layer or its class stands where its name should",
            "the name is text: `type(layer).__name__`",
            fits=_names_are_no_text,
        ),
        Misconception(
            "description-for-name",
            "The whole description of a layer stands where its class name should",
            "`str(layer)` tells its settings as well; only the name of the class is asked for",
            (_shapes(str, lambda before, after: tuple(after.shape)),),
        ),
        Misconception(
            "number-for-name",
            "The number of a layer stands where its class name should",
            "`named_children` gives the place in the network, as in `0` or `3`",
            (lambda net, X: [(str(n), e[1]) for n, e in enumerate(layer_shapes(net, X))],),
        ),
        Misconception(
            "entries-are-lists",
            "Each entry is a list",
            "an entry is a pair in round brackets: `(name, shape)`",
            fits=_entries_are_lists,
        ),
        Misconception(
            "input-not-passed-on",
            "Every layer gets the input of the network",
            "a layer works on what the layer before it gave",
            (_same_input,),
        ),
        Misconception(
            "last-layer-only",
            "Only the last layer is listed",
            "look where the list is made, and whether `return` is reached inside the loop",
            (lambda net, X: layer_shapes(net, X)[-1:], lambda net, X: layer_shapes(net, X)[:1]),
        ),
    ),
    seconds=5.0,
    source="The table on the LeNet slides.",
)

EXERCISES = (LAYER_SHAPES,)
