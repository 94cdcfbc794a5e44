"""`lenet_forward`: the whole network out of the course's own layers, in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises.draw import lenet_images, lenet_weights
from cnnwidgets.ops import conv_layer, lenet_forward, pool2d_layer, sigmoid

Weights = dict[str, ndarray]
Function = Callable[[ndarray], ndarray]


def _ask(candidate: Candidate, X: ndarray, weights: Weights) -> Any:
    return candidate(X, {name: values.copy() for name, values in weights.items()})


def _case(name: str, rng: np.random.Generator, count: int, dtype: type = np.float64) -> Case:
    weights: Weights = {name: values.astype(dtype) for name, values in lenet_weights(rng).items()}
    return Case(name, {"images": lenet_images(rng, count).astype(dtype), "weights": weights}, _ask)


def _cases() -> Sequence[Case]:
    rng = np.random.default_rng(1998)
    return [_case("one image", rng, 1), _case("two images, in float32", rng, 2, np.float32)]


def _unchanged(A: ndarray) -> ndarray:
    return A


def _relu(A: ndarray) -> ndarray:
    return A * (A > 0)


def _softmax(A: ndarray) -> ndarray:
    powers = np.exp(A - A.max(axis=1, keepdims=True))
    shares: ndarray = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _as_row(A: ndarray) -> ndarray:
    return A.reshape(len(A), -1)


def _padded(*sides: tuple[int, int]) -> Function:
    return lambda A: np.pad(A, ((0, 0), (0, 0), *sides))


def _convolved(A: ndarray, W: ndarray, b: ndarray) -> ndarray:
    return conv_layer(A, W, b)


def _linear(A: ndarray, W: ndarray, b: ndarray) -> ndarray:
    Y: ndarray = A @ W.T + b
    return Y


def _forward(
    activations: Sequence[Function] = (sigmoid,) * 4,
    *,
    mode: str = "avg",
    stride: int = 2,
    padding: Sequence[Function] = (_padded((2, 2), (2, 2)), _unchanged),
    pool_first: bool = False,
    convolution: Callable[..., ndarray] = _convolved,
    linear: Callable[..., ndarray] = _linear,
    row: Function = _as_row,
    end: Function = _unchanged,
) -> Candidate:
    """A wrong forward pass."""

    def pooled(A: ndarray) -> ndarray:
        return np.stack([pool2d_layer(example, (2, 2), stride=(stride, stride), mode=mode) for example in A])

    def fn(X: ndarray, weights: Weights) -> ndarray:
        A = X
        for name, activation, pad in zip("03", activations[:2], padding, strict=True):
            A = convolution(pad(A), weights[f"{name}.weight"], weights[f"{name}.bias"])
            A = activation(pooled(A)) if pool_first else pooled(activation(A))
        A = row(A)
        for name, activation in zip(("7", "9", "11"), (*activations[2:], end), strict=True):
            A = activation(linear(A, weights[f"{name}.weight"], weights[f"{name}.bias"]))
        return A

    return fn


def _some(function: Function) -> tuple[Candidate, ...]:
    """`function` in place of the sigmoid everywhere, in one half, at one place."""
    places = [(0, 1, 2, 3), (0, 1), (2, 3), *((n,) for n in range(4))]
    return tuple(_forward([function if n in at else sigmoid for n in range(4)]) for at in places)


def _dotted(A: ndarray, W: ndarray, b: ndarray) -> ndarray:
    Y: ndarray = np.dot(A, W) + b
    return Y


def _flipped(A: ndarray, W: ndarray, b: ndarray) -> ndarray:
    return conv_layer(A, W[:, :, ::-1, ::-1], b)


def _both(pad: Function, linear: Callable[..., ndarray]) -> Candidate:
    return _forward(padding=(pad, _unchanged), linear=linear)


def _dot_transposed(A: ndarray, W: ndarray, b: ndarray) -> ndarray:
    Y: ndarray = np.dot(A, W.T) + b
    return Y


def _one_sided(before: int, after: int) -> Candidate:
    return _forward(padding=(_padded((before, after), (before, after)), _unchanged))


LINEARS = (_linear, _dot_transposed)

EXERCISE = Exercise(
    "lenet_forward",
    lenet_forward,
    _cases,
    lambda rng: [_case("random images", rng, 3)],
    (
        Misconception(
            "padding-forgotten",
            "The image is not padded enough before the first convolution",
            "28 columns have to come out of it, so four are added: `padding=2` of a torch layer counts each side",
            tuple(_both(pad, linear) for pad in (_unchanged, _padded((1, 1), (1, 1))) for linear in LINEARS),
        ),
        Misconception(
            "padding-one-sided",
            "All of the padding is on one side",
            "two of the four rows belong above the image and two below, and columns likewise",
            (_one_sided(4, 0), _one_sided(0, 4)),
        ),
        Misconception(
            "second-padding",
            "The second convolution is padded too",
            "it takes 14 rows to 10",
            tuple(_forward(padding=(_padded((2, 2), (2, 2)),) * 2, linear=linear) for linear in LINEARS),
        ),
        Misconception(
            "max-pooling", "It pools by the maximum", "LeNet takes the mean of each window", (_forward(mode="max"),)
        ),
        Misconception(
            "pooling-stride-1",
            "The pooling windows overlap",
            "a window of 2 moves by 2, and halves rows and columns",
            tuple(_forward(stride=1, linear=linear) for linear in LINEARS),
        ),
        Misconception(
            "pooling-before-sigmoid",
            "It pools before the sigmoid",
            "the sigmoid of a mean is not the mean of the sigmoids; the table has the sigmoid first",
            (_forward(pool_first=True),),
        ),
        Misconception(
            "sigmoid-forgotten",
            "A sigmoid is left out",
            "one follows each convolution and each linear layer but the last: four in all",
            _some(_unchanged),
        ),
        Misconception(
            "relu-for-sigmoid", "It uses ReLU", "this network has sigmoids: 1 / (1 + exp(−x))", _some(_relu)
        ),
        Misconception(
            "sigmoid-sign",
            "The sigmoid falls where it should rise",
            "it goes to 1 for large x: look at the sign in the exponent",
            _some(lambda A: sigmoid(-A)),
        ),
        Misconception(
            "sigmoid-at-the-end",
            "A sigmoid follows the last layer",
            "the scores are what the last linear layer gives",
            (_forward(end=sigmoid),),
        ),
        Misconception(
            "softmax-at-the-end",
            "It gives probabilities",
            "the network ends with scores; no softmax follows the last linear layer",
            (_forward(end=_softmax), _forward(end=lambda A: np.log(_softmax(A)))),
        ),
        Misconception(
            "flatten-order",
            "The 400 numbers are in another order",
            "first comes all of channel 0, row by row, then all of channel 1: channels, rows, columns",
            (
                _forward(row=lambda A: _as_row(A.transpose(0, 2, 3, 1))),
                _forward(row=lambda A: _as_row(A.transpose(0, 1, 3, 2))),
                _forward(row=lambda A: _as_row(A.transpose(0, 3, 2, 1))),
                _forward(row=lambda A: A.reshape(len(A), -1, order="F")),
            ),
        ),
        Misconception(
            "weight-not-transposed",
            "A linear layer's weight is not transposed",
            "torch keeps it as (outputs, inputs): a batch of rows is multiplied by its transpose",
            (
                _forward(linear=lambda A, W, b: A @ W + b),
                _forward(linear=_dotted),
                _forward(linear=lambda A, W, b: A @ W.reshape(W.shape[1], W.shape[0]) + b),
            ),
        ),
        Misconception(
            "bias-forgotten",
            "Biases are left out",
            "a convolution adds one number for each output channel, a linear layer one for each output",
            (
                _forward(convolution=lambda A, W, b: conv_layer(A, W, 0 * b), linear=lambda A, W, b: A @ W.T),
                _forward(convolution=lambda A, W, b: conv_layer(A, W, 0 * b)),
                _forward(linear=lambda A, W, b: A @ W.T),
            ),
        ),
        Misconception(
            "flipped-kernel",
            "The kernels are flipped",
            "a layer correlates, as torch does",
            (_forward(convolution=_flipped),),
        ),
        Misconception(
            "class-for-scores",
            "It gives the class and not the ten scores",
            "the scores themselves are asked for, (n, 10)",
            (lambda X, weights: lenet_forward(X, weights).argmax(axis=1),),
        ),
        Misconception(
            "one-image-only",
            "Only one image of the batch is worked on",
            "X has a batch axis, and so has the result: (n, 10)",
            (
                lambda X, weights: lenet_forward(X[:1], weights),
                lambda X, weights: lenet_forward(X[:1], weights)[0],
                lambda X, weights: lenet_forward(X[-1:], weights),
            ),
        ),
    ),
    seconds=20.0,
    source="The LeNet slides.",
)

EXERCISES = (EXERCISE,)
