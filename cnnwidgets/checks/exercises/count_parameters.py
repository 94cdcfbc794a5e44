"""`count_parameters`: how many numbers a network learns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises.nets import LENET, build, chain, lend

CONV = chain("Conv2d(2, 3, (2, 4))", "ReLU()")
DEEP = chain(
    "Conv2d(1, 2, 3, 1, 1)", "BatchNorm2d(2)", "Tanh()", "MaxPool2d((2, 3))", "Flatten()", "Linear(24, 5, False)"
)


def ask_count(candidate: Candidate, net: str) -> Any:
    """The candidate's count for a network."""
    return lend(candidate, build(net))


def count_parameters(net: nn.Module) -> int:
    """The reference."""
    return sum(p.numel() for p in net.parameters())


def _counting(each: Callable[[nn.Module], int]) -> Callable[[nn.Sequential], int]:
    return lambda net: sum(each(layer) for layer in net)


def _only(*kinds: type[nn.Module]) -> Callable[[nn.Sequential], int]:
    return _counting(lambda layer: count_parameters(layer) if isinstance(layer, kinds) else 0)


def _named(net: nn.Module, end: str) -> int:
    return sum(p.numel() for name, p in net.named_parameters() if name.endswith(end))


def _random_count(rng: np.random.Generator) -> Sequence[Case]:
    a, b, c, k, m = (int(n) for n in rng.permutation([2, 3, 4, 5, 6, 7]).tolist()[:5])
    net = chain(
        f"Conv2d({a}, {b}, ({k}, {m}))", "ReLU()", "Flatten()", f"Linear({b * 6}, {c})", f"Linear({c}, {a}, False)"
    )
    return [Case("a random network", {"net": net}, ask_count)]


COUNT_PARAMETERS = Exercise(
    "count_parameters",
    count_parameters,
    lambda: [
        Case(name, {"net": net}, ask_count)
        for name, net in (
            ("one linear layer", "Linear(3, 2)"),
            ("a convolution and ReLU", CONV),
            ("a network with a layer that has no bias", DEEP),
            ("LeNet", LENET),
        )
    ],
    _random_count,
    (
        Misconception(
            "weights-only",
            "Biases are not counted",
            "a layer learns its weight and its bias: one more number for each channel or output",
            (
                lambda net: _named(net, "weight"),
                _counting(lambda layer: getattr(layer, "weight", torch.zeros(0)).numel()),
            ),
        ),
        Misconception(
            "biases-only", "Only biases are counted", "the weights are learnt too", (lambda net: _named(net, "bias"),)
        ),
        Misconception(
            "tensors-counted",
            "It counts the tensors, not the numbers in them",
            "LeNet has ten weights and biases, which hold 61 706 numbers: `numel` counts them",
            (lambda net: len(list(net.parameters())),),
        ),
        Misconception(
            "first-axis",
            "It counts along the first axis alone",
            "`len` of a tensor is its first length; the number of entries is the product of all",
            (lambda net: sum(len(p) for p in net.parameters()),),
        ),
        Misconception(
            "axes-added",
            "The lengths of the axes are added",
            "a tensor of 6×1×5×5 has the product of these as entries",
            (lambda net: sum(sum(p.shape) for p in net.parameters()),),
        ),
        Misconception(
            "layers-counted",
            "It counts layers",
            "what is asked for is how many numbers they learn",
            (len, lambda net: len(net) + 1),
        ),
        Misconception(
            "linear-only",
            "Only linear layers are counted",
            "convolutions learn their kernels and biases",
            (_only(nn.Linear),),
        ),
        Misconception(
            "convolutions-only",
            "Only convolutions are counted",
            "most of the numbers are in the linear layers",
            (_only(nn.Conv2d),),
        ),
        Misconception(
            "some-layers-only",
            "Only convolutions and linear layers are counted",
            "other layers can learn as well: batch normalisation has a weight and a bias for each channel",
            (_only(nn.Linear, nn.Conv2d),),
        ),
        Misconception(
            "buffers-counted",
            "It counts everything that is saved",
            "the state of a network also holds numbers that are kept, and not learnt: `parameters()` leaves them out",
            (lambda net: sum(v.numel() for v in net.state_dict().values()),),
        ),
        Misconception(
            "last-layer-only",
            "Only the last parameters are counted",
            "the sum has to be added up over all of them, not overwritten",
            (
                lambda net: [p.numel() for p in net.parameters()][-1],
                lambda net: next(p.numel() for p in net.parameters()),
            ),
        ),
        Misconception(
            "hard-coded", "It always gives LeNet's number", "count the network that is given", (lambda net: 61706,)
        ),
    ),
    seconds=5.0,
    source="The LeNet slides.",
)

EXERCISES = (COUNT_PARAMETERS,)
