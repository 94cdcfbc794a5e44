"""`Conv2D`: correlation and a bias as a torch module, which can learn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy import ndarray
from torch import nn

from cnnwidgets.checks.call import Unanswered
from cnnwidgets.checks.compare import a_kind
from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises.draw import image


def _correlate(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return nn.functional.conv2d(X[None, None], K[None, None].to(X.dtype))[0, 0]


class Conv2D(nn.Module):
    """The reference: ``forward(X) = X ⋆ weight + bias`` with X (h, w), weight (kh, kw), bias (1,)."""

    def __init__(self, kernel_size: tuple[int, int]):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """(h, w) → (h − kh + 1, w − kw + 1)."""
        return _correlate(X, self.weight) + self.bias


def _made(candidate: Candidate, kernel_size: tuple[int, ...]) -> Any:
    net = candidate(kernel_size)
    if not isinstance(net, nn.Module):
        raise Unanswered(f"{kernel_size} makes {a_kind(net)}, not a torch.nn.Module")
    return net


def ask_parameters(candidate: Candidate, kernel_size: tuple[int, int]) -> Any:
    """Names and shapes of the parameters, in the order of the names, in words."""
    net = _made(candidate, kernel_size)
    shapes = [f"{name} of shape {tuple(p.shape)}" for name, p in sorted(net.named_parameters())]
    return "parameters " + (", ".join(shapes) or "of no name")


def _output(candidate: Candidate, X: ndarray, weight: ndarray, bias: ndarray) -> tuple[Any, torch.Tensor]:
    net = _made(candidate, weight.shape)
    state = {"weight": torch.as_tensor(weight), "bias": torch.as_tensor(bias)}
    try:
        net.load_state_dict(state)
    except RuntimeError:
        raise Unanswered("could not be given a weight of shape (kh, kw) and a bias of shape (1,)") from None
    Y = net(torch.as_tensor(X, dtype=torch.float32))
    if type(Y) is not torch.Tensor:
        raise Unanswered(f"returned {a_kind(Y)} where a torch tensor is asked for")
    return net, Y


def ask_forward(candidate: Candidate, X: ndarray, weight: ndarray, bias: ndarray) -> Any:
    """What the layer makes of X with this weight and bias, as an array."""
    return _output(candidate, X, weight, bias)[1].detach().numpy().astype(np.float64)


def ask_gradients(candidate: Candidate, X: ndarray, weight: ndarray, bias: ndarray) -> Any:
    """The gradients of the sum of all outputs with respect to weight and bias."""
    net, Y = _output(candidate, X, weight, bias)
    if not Y.requires_grad:
        raise Unanswered("gives an output that no gradient can flow back from")
    Y.sum().backward()  # type: ignore[no-untyped-call]
    grads = [net.weight.grad, net.bias.grad]
    if any(g is None for g in grads):
        raise Unanswered("passes no gradient to " + ("its weight" if grads[0] is None else "its bias"))
    return tuple(g.detach().numpy().astype(np.float64) for g in grads)


def _given(X: ndarray, weight: ndarray, bias: float) -> dict[str, ndarray]:
    return {"X": X, "weight": weight, "bias": np.array([bias])}


def layer_cases() -> Sequence[Case]:
    """Parameters first, then outputs and gradients."""
    ramp, kernel = np.arange(9.0).reshape(3, 3), np.arange(4.0).reshape(2, 2)
    tall = np.array([[1.0, -1.0], [2.0, 0.5], [0.0, 3.0]])
    picture = np.array([[1.0, 0, 2, -1, 3], [3, 1, -2, 0, 1], [0, 4, 1, 2, -2], [-1, 2, 0.5, 1, 0]])
    return [
        Case("its parameters", {"kernel_size": (2, 3)}, ask_parameters),
        Case("the worked example, bias 0", _given(ramp, kernel, 0.0), ask_forward),
        Case("the worked example, bias 10", _given(ramp, kernel, 10.0), ask_forward),
        Case("a kernel taller than wide", _given(picture, tall, -1.5), ask_forward),
        Case("gradients", _given(picture, tall[:, :1], 0.5), ask_gradients),
    ]


def random_layers(rng: np.random.Generator) -> Sequence[Case]:
    """Larger inputs, other kernels, real biases."""
    sizes = [((6, 8), (3, 2)), ((8, 7), (2, 4))]
    return [
        Case(f"random case {n + 1}", _given(image(rng, *s), image(rng, *k), float(image(rng, 1)[0])), ask_forward)
        for n, (s, k) in enumerate(sizes)
    ]


def _variant(
    forward: Callable[[Any, torch.Tensor], torch.Tensor] | None = None,
    weight: Callable[[tuple[int, int]], Any] = lambda size: nn.Parameter(torch.zeros(size)),
    bias: Callable[[tuple[int, int]], Any] = lambda size: nn.Parameter(torch.zeros(1)),
) -> type[nn.Module]:
    """A wrong layer: another forward pass, or other parameters."""

    class Wrong(nn.Module):
        def __init__(self, kernel_size: tuple[int, int]):
            super().__init__()
            self.weight, self.bias = weight(kernel_size), bias(kernel_size)

        def forward(self, X: torch.Tensor) -> torch.Tensor:
            return forward(self, X) if forward else _correlate(X, self.weight) + self.bias

    return Wrong



def _transposed_weight(size: tuple[int, int]) -> nn.Parameter:
    return nn.Parameter(torch.zeros(size[::-1]))


LAYER = Exercise(
    "Conv2D",
    Conv2D,
    layer_cases,
    random_layers,
    (
        Misconception(
            "flipped-kernel",
            "The kernel is flipped",
            "that is convolution; the layer correlates, with the kernel as it stands",
            (_variant(lambda net, X: _correlate(X, net.weight.flip(0, 1)) + net.bias),),
        ),
        Misconception(
            "bias-ignored",
            "The bias is not added",
            "it is a parameter like the kernel: the same number for every output",
            (_variant(lambda net, X: _correlate(X, net.weight)),),
        ),
        Misconception(
            "bias-subtracted",
            "The bias is subtracted",
            "the layer adds it",
            (_variant(lambda net, X: _correlate(X, net.weight) - net.bias),),
        ),
        Misconception(
            "bias-per-element",
            "The bias has as many numbers as the kernel",
            "one number serves the whole output: shape (1,)",
            (_variant(bias=lambda size: nn.Parameter(torch.zeros(size))),),
        ),
        Misconception(
            "no-bias",
            "There is no parameter called bias",
            "the layer learns a kernel `weight` and one number `bias`",
            (_variant(bias=lambda size: 0.0), _variant(bias=lambda size: torch.zeros(1))),
        ),
        Misconception(
            "not-parameters",
            "Weight and bias are plain tensors",
            "only what is wrapped in `torch.nn.Parameter` is learnt",
            (
                _variant(weight=lambda size: torch.zeros(size), bias=lambda size: torch.zeros(1)),
                _variant(weight=lambda size: torch.zeros(size, requires_grad=True), bias=lambda size: 0.0),
            ),
        ),
        Misconception(
            "transposed-size",
            "The weight's rows and columns are exchanged",
            "kernel_size gives rows first: the weight has exactly that shape",
            (
                _variant(weight=_transposed_weight),
                _variant(lambda net, X: _correlate(X, net.weight.T) + net.bias, _transposed_weight),
            ),
        ),
        Misconception(
            "extra-axes",
            "The weight has four axes",
            "this layer has one channel in and one out: the weight is a table (kh, kw)",
            (_variant(weight=lambda size: nn.Parameter(torch.zeros(1, 1, *size))),),
        ),
        Misconception(
            "no-gradient",
            "The output is cut off from the parameters",
            "`.detach()`, `.data`, `.numpy()` and `torch.no_grad()` end the path that gradients take",
            (_variant(lambda net, X: (_correlate(X, net.weight) + net.bias).detach()),),
        ),
    ),
    source="The slide on the convolutional layer: correlation plus a bias.",
)

EXERCISES = (LAYER,)
