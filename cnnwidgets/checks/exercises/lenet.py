"""`lenet`: the network as the deck's table gives it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from numpy import ndarray
from torch import nn

from cnnwidgets.checks.call import Unanswered
from cnnwidgets.checks.compare import a_kind
from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises.draw import lenet_images, lenet_weights
from cnnwidgets.checks.exercises.nets import LENET, build, lend


def _made(candidate: Candidate) -> nn.Sequential | None:
    net = candidate()
    if net is None or isinstance(net, nn.Sequential):
        return net
    raise Unanswered(f"makes {a_kind(net)}, not a torch.nn.Sequential")


def ask_parameters(candidate: Candidate) -> Any:
    """The shapes of the parameters, layer by layer, in words."""
    net = _made(candidate)
    if net is None:
        return None
    shapes = ["×".join(str(n) for n in values.shape) for values in net.state_dict().values()]
    return "parameters of " + (", ".join(shapes) or "no shape")


def ask_scores(candidate: Candidate, images: ndarray, weights: dict[str, ndarray]) -> Any:
    """What the network makes of images with these weights, given in the order of the layers."""
    net = _made(candidate)
    if net is None:
        return None
    state = net.state_dict()
    if [tuple(values.shape) for values in state.values()] != [values.shape for values in weights.values()]:
        raise Unanswered("has other parameters than LeNet, and can not be given LeNet's weights")
    net.load_state_dict({name: torch.as_tensor(w) for name, w in zip(state, weights.values(), strict=True)})
    scores = lend(net, torch.as_tensor(images, dtype=torch.float32))
    if type(scores) is not torch.Tensor:
        raise Unanswered(f"returned {a_kind(scores)} where a torch tensor is asked for")
    return scores.detach().numpy().astype(np.float64)


def _score_case(name: str, rng: np.random.Generator, count: int) -> Case:
    return Case(name, {"images": lenet_images(rng, count), "weights": lenet_weights(rng)}, ask_scores)


def _cases() -> Sequence[Case]:
    return [
        Case("its parameters", {}, ask_parameters),
        _score_case("its scores for two images", np.random.default_rng(1989), 2),
    ]


def _net(
    activations: Sequence[type[nn.Module] | None] = (nn.Sigmoid,) * 4,
    pooling: Any = nn.AvgPool2d,
    *,
    kernel: tuple[int, int] = (5, 5),
    padding: tuple[int, int] = (2, 0),
    pool_stride: int = 2,
    channels: tuple[int, int] = (6, 16),
    flat: int | None = None,
    hidden: Sequence[int] = (120, 84),
    bias: tuple[bool, bool] = (True, True),
    flatten: bool = True,
    end: Sequence[nn.Module] = (),
) -> Candidate:
    """A wrong LeNet. `flat` is what the first linear layer expects; None for what comes."""

    def make() -> nn.Sequential:
        layers: list[nn.Module] = []
        side, c = 28, 1
        for n in range(2):
            layers.append(nn.Conv2d(c, channels[n], kernel[n], padding=padding[n], bias=bias[0]))
            layers += [] if (kind := activations[n]) is None else [kind()]
            layers.append(pooling(2, stride=pool_stride))
            side, c = (side - kernel[n] + 2 * padding[n] + 1 - 2) // pool_stride + 1, channels[n]
        layers += [nn.Flatten()] if flatten else []
        sizes = [c * side * side if flat is None else flat, *hidden, 10]
        for n, (k, m) in enumerate(pairwise(sizes)):
            layers.append(nn.Linear(k, m, bias=bias[1]))
            act = activations[2 + n] if n < len(hidden) else None
            layers += [] if act is None else [act()]
        return nn.Sequential(*layers, *end)

    return make


def _some(kind: type[nn.Module] | None) -> tuple[Candidate, ...]:
    """Nets with `kind` in place of the sigmoid everywhere, on the convolutions, on the linear layers, at one place."""
    places = [(0, 1, 2, 3), (0, 1), (2, 3), *((n,) for n in range(4))]
    return tuple(_net([kind if n in at else nn.Sigmoid for n in range(4)]) for at in places)


EXERCISE = Exercise(
    "lenet",
    lambda: build(LENET),
    _cases,
    lambda rng: [_score_case("random images", rng, 3)],
    (
        Misconception(
            "padding-forgotten",
            "The first convolution lacks padding",
            "under a kernel of 5, 28 columns become 24 without it, and the table says 28: something has to stand around the image",
            (_net(padding=(0, 0)), _net(padding=(0, 0), flat=400)),
        ),
        Misconception(
            "second-padding",
            "The second convolution has padding too",
            "in the table it takes 14 rows to 10",
            (_net(padding=(2, 2)), _net(padding=(2, 2), flat=400)),
        ),
        Misconception(
            "max-pooling",
            "It pools by the maximum",
            "LeNet takes the mean of each window",
            (_net(pooling=nn.MaxPool2d),),
        ),
        Misconception(
            "pooling-stride-1",
            "The pooling windows overlap",
            "the table halves the rows: a window of 2 has to move by 2",
            (_net(pool_stride=1), _net(pool_stride=1, flat=400)),
        ),
        Misconception(
            "relu-for-sigmoid",
            "It uses ReLU",
            "that is what later networks do, and the last section of this notebook; this one has sigmoids",
            _some(nn.ReLU),
        ),
        Misconception(
            "tanh-for-sigmoid",
            "It uses the hyperbolic tangent",
            "so did LeNet in 1998, up to a factor; the deck's version has sigmoids",
            _some(nn.Tanh),
        ),
        Misconception(
            "sigmoid-missing",
            "A sigmoid is missing",
            "one follows each convolution and each linear layer but the last: four in all",
            _some(None),
        ),
        Misconception(
            "softmax-at-the-end",
            "It ends in a softmax",
            "the network gives scores; `cross_entropy` has the softmax in it already",
            (_net(end=[nn.Softmax(dim=1)]), _net(end=[nn.LogSoftmax(dim=1)])),
        ),
        Misconception(
            "sigmoid-at-the-end",
            "A sigmoid follows the last layer",
            "the ten scores are not squeezed between 0 and 1: the table ends with a linear layer",
            (_net(end=[nn.Sigmoid()]),),
        ),
        Misconception(
            "wrong-channels",
            "The numbers of channels are not LeNet's",
            "the table gives 6 after the first convolution and 16 after the second, rows and columns behind them",
            tuple(
                _net(channels=c) for c in ((16, 6), (6, 6), (6, 12), (8, 16), (16, 32), (16, 16), (20, 50), (32, 64))
            ),
        ),
        Misconception(
            "wrong-kernel",
            "The kernels are not 5×5",
            "the first takes 28 + 4 rows to 28, the second 14 rows to 10: only one size does that",
            tuple(
                _net(kernel=k, padding=p, flat=f)
                for k, p in (((3, 3), (1, 0)), ((5, 3), (2, 0)), ((3, 5), (1, 0)), ((3, 3), (2, 0)))
                for f in (None, 400)
            ),
        ),
        Misconception(
            "hidden-swapped",
            "The sizes 120 and 84 have changed places",
            "400 numbers go to 120 first, and those to 84",
            (_net(hidden=(84, 120)),),
        ),
        Misconception(
            "linear-layer-missing",
            "A linear layer is missing",
            "there are three of them: to 120, to 84 and to 10",
            tuple(_net(hidden=h) for h in ((120,), (84,), ())),
        ),
        Misconception(
            "no-flatten",
            "The feature maps are not laid out in a row",
            "a linear layer works along the last axis alone, and there are 5 columns; something has to make 400 of 16×5×5",
            (_net(flatten=False, flat=400),),
        ),
        Misconception(
            "no-biases",
            "Biases are missing",
            "every convolution and every linear layer adds one number per channel or output",
            tuple(_net(bias=b) for b in ((False, False), (False, True), (True, False))),
        ),
    ),
    seconds=5.0,
    source="The LeNet slides.",
)

EXERCISES = (EXERCISE,)
