"""`conv_layer`: a batch of examples, many channels, a bias for every output channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import ANY_WORDS, Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.draw import halves
from cnnwidgets.checks.exercises.multi_in import EXAMPLE_X, numbers
from cnnwidgets.checks.exercises.multi_out import EXAMPLE_KERNELS, per_channel
from cnnwidgets.checks.exercises.refusal import NOT_REFUSED, all_styles, refused, styles
from cnnwidgets.ops import conv_layer

EXAMPLE_BIAS = np.array([1.0, 10.0, 100.0])


def _given(seed: int, x: tuple[int, ...], w: tuple[int, ...]) -> dict[str, ndarray]:
    return {"X": numbers(seed, *x), "W": numbers(seed + 1, *w), "b": np.array([1.5, -2.0, 3.0, 0.5])[: w[0]]}


def _refused(name: str, seed: int, channels: int) -> Case:
    arguments = _given(seed, (2, 3, 3, 4), (4, channels, 2, 1))
    return refused(name, arguments["X"], arguments["W"], b=arguments["b"])


def layer_cases() -> Sequence[Case]:
    """A small batch, the worked example as a batch of one, as many channels out as in, other channels, a tall kernel."""
    return [
        Case("two examples of one channel", _given(51, (2, 1, 2, 3), (3, 1, 1, 2))),
        Case("the worked example", {"X": EXAMPLE_X[None], "W": EXAMPLE_KERNELS, "b": EXAMPLE_BIAS}),
        _refused("kernels of one channel for three", 53, 1),
        Case("as many channels out as in", _given(55, (3, 2, 4, 3), (2, 2, 3, 1))),
        _refused("kernels of two channels for three", 57, 2),
        _refused("kernels of five channels for three", 59, 5),
        Case("four filters, taller than wide", _given(61, (2, 3, 5, 4), (4, 3, 3, 2))),
    ]


def random_layers(rng: np.random.Generator) -> Sequence[Case]:
    """All axes differ but for the input channels, which differ only where a refusal is asked for."""
    cases = []
    for number in range(3):
        kh, kw = (int(n) for n in rng.permutation([2, 3]))
        n, ci, co = (int(n) for n in rng.permutation([4, 5, 6]))
        h, w = (int(n) for n in rng.permutation([7, 8, 9])[:2])
        X, b = halves(rng, n, ci, h, w), halves(rng, co)
        if number == 2:
            cases.append(refused("random case, kernels of one channel", X, halves(rng, co, 1, kh, kw), b=b))
        else:
            cases.append(Case(f"random case {number + 1}", {"X": X, "W": halves(rng, co, ci, kh, kw), "b": b}))
    return cases


def _out(*changes: Callable[[ndarray], Any]) -> tuple[Candidate, ...]:
    """The right result, changed."""
    return all_styles(*[lambda X, W, b, c=change: c(conv_layer(X, W, b)) for change in changes])


def _parts(combine: Callable[[ndarray], ndarray]) -> tuple[Candidate, ...]:
    """What the input channels give, (n, co, ci, h', w'), put together in another way, with the right bias."""
    return all_styles(
        lambda X, W, b: combine(np.stack([per_channel(x, W) for x in X])) + b.reshape(-1, 1, 1),
    )


def _biased(*adds: Callable[[ndarray, ndarray, ndarray], Any]) -> tuple[Candidate, ...]:
    """`add(Y, b, W)` where Y has no bias yet; arrays that do not go together are a ValueError in the learner's words."""

    def made(add: Callable[[ndarray, ndarray, ndarray], Any]) -> Candidate:
        def fn(X: ndarray, W: ndarray, b: ndarray) -> Any:
            try:
                return add(conv_layer(X, W, np.zeros(len(W))), b, W)
            except (ValueError, IndexError) as problem:
                raise type(problem)(ANY_WORDS) from None

        return fn

    return all_styles(*[made(add) for add in adds])


def _with_kernel(*changes: Callable[[ndarray], ndarray]) -> tuple[Candidate, ...]:
    return all_styles(*[lambda X, W, b, c=change: conv_layer(X, c(W), b) for change in changes])


def _swapped(style: Candidate) -> Candidate:
    return lambda X, W, b: style(X, W.swapaxes(0, 1), b)


def _swapped_layer(X: ndarray, W: ndarray, b: ndarray) -> ndarray:
    if len(W) != len(b):
        raise ValueError(ANY_WORDS)
    return conv_layer(X, W, b)


def _per_example(Y: ndarray, b: ndarray, W: ndarray) -> ndarray:
    return np.stack([y + b[number] for number, y in enumerate(Y)])


BIAS = (
    Misconception(
        "bias-ignored",
        "The bias is not added",
        "b holds one number for every output channel",
        _biased(lambda Y, b, W: Y),
    ),
    Misconception(
        "bias-subtracted",
        "The bias is subtracted",
        "the layer adds it",
        _biased(lambda Y, b, W: Y - b[:, None, None]),
    ),
    Misconception(
        "bias-per-input-channel",
        "The bias is added once for every input channel",
        "it comes after the sum over the input channels, once",
        _biased(lambda Y, b, W: Y + W.shape[1] * b[:, None, None]),
    ),
    Misconception(
        "bias-per-element",
        "The bias is added for every number of the kernel",
        "it comes after the sum over the window, once",
        _biased(
            lambda Y, b, W: Y + W[0].size * b[:, None, None], lambda Y, b, W: Y + W[0, 0].size * b[:, None, None]
        ),
    ),
    Misconception(
        "bias-on-the-wrong-axis",
        "The bias runs along rows or columns",
        "NumPy lines arrays up from the last axis; b belongs to the axis of the output channels",
        _biased(lambda Y, b, W: Y + b, lambda Y, b, W: Y + b[:, None]),
    ),
    Misconception(
        "bias-per-example",
        "Every example has its own bias",
        "b[o] belongs to the output channel o, for all examples alike",
        _biased(_per_example, lambda Y, b, W: Y + b[:, None, None, None]),
    ),
    Misconception(
        "one-bias-for-all",
        "All output channels have the same bias",
        "b[o] belongs to the output channel o alone",
        _biased(lambda Y, b, W: Y + b[0], lambda Y, b, W: Y + b.sum(), lambda Y, b, W: Y + b[-1]),
    ),
)

BATCH = (
    Misconception(
        "first-example-only",
        "Only one example of the batch is there",
        "the layer does the same to every example; is there a `return` inside the loop, or an X[0]?",
        _out(lambda Y: Y[0], lambda Y: Y[:1], lambda Y: Y[-1], lambda Y: Y[-1:]),
    ),
    Misconception(
        "same-example-everywhere",
        "All examples give the result of one of them",
        "Y[m] belongs to X[m]",
        _out(lambda Y: np.repeat(Y[:1], len(Y), axis=0), lambda Y: np.repeat(Y[-1:], len(Y), axis=0)),
    ),
    Misconception(
        "batch-summed",
        "The examples are added up or averaged",
        "examples have nothing to do with each other: the batch is an axis of the output",
        _out(lambda Y: Y.sum(axis=0), lambda Y: Y.mean(axis=0)),
    ),
    Misconception(
        "batch-and-channels-swapped",
        "Examples and output channels are exchanged",
        "the output is (n, co, h', w')",
        _out(lambda Y: Y.swapaxes(0, 1)),
    ),
    Misconception(
        "channels-last",
        "The channels stand on the last axis",
        "the output is (n, co, h', w'), channels before rows, as in the input",
        _out(lambda Y: np.moveaxis(Y, 1, -1)),
    ),
    Misconception(
        "joined-end-to-end",
        "The examples are joined into one",
        "`np.stack` gives the examples an axis of their own, `np.concatenate` and `np.vstack` do not",
        _out(np.concatenate),
    ),
)

CHANNELS = (
    Misconception(
        "channel-mean",
        "It takes the mean over the input channels",
        "what the input channels give is added up and not divided",
        _parts(lambda Y: Y.mean(axis=2)),
    ),
    Misconception(
        "first-channel-only",
        "Only the first input channel counts",
        "every output channel looks at all input channels",
        _parts(lambda Y: Y[:, :, 0]),
    ),
    Misconception(
        "last-channel-only",
        "Only the last input channel is left",
        "each channel takes the place of the one before; the results have to be added",
        _parts(lambda Y: Y[:, :, -1]),
    ),
    Misconception(
        "in-and-out-swapped",
        "Input and output channels of the kernel are exchanged",
        "W is (co, ci, kh, kw): its first axis counts the filters, its second the input channels",
        tuple(_swapped(style) for style in styles(_swapped_layer)),
    ),
    Misconception(
        "outputs-summed",
        "The output channels are added up",
        "the sum runs over input channels alone; every filter keeps a table of its own",
        _out(lambda Y: Y.sum(axis=1), lambda Y: Y.sum(axis=1, keepdims=True)),
    ),
)

CONV_LAYER = Exercise(
    "conv_layer",
    conv_layer,
    layer_cases,
    random_layers,
    (
        *BIAS,
        *BATCH,
        *CHANNELS,
        Misconception(
            "flipped-kernel",
            "The kernel is flipped",
            "that is convolution; the layer correlates, with the kernels as they stand",
            _with_kernel(lambda W: np.flip(W, (2, 3)), lambda W: np.flip(W, (1, 2, 3))),
        ),
        Misconception(
            "transposed-kernel",
            "The kernel is transposed",
            "W is (co, ci, kh, kw): rows come before columns",
            _with_kernel(lambda W: W.swapaxes(2, 3)),
        ),
        Misconception(
            "transposed-output",
            "Rows and columns of the output are exchanged",
            "the output is (n, co, h', w')",
            _out(lambda Y: Y.swapaxes(2, 3)),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            _out(v.truncated),
        ),
        *NOT_REFUSED,
    ),
    source="The slide on batches: N×3×32×32 → N×6×28×28 → N×10×26×26.",
)

EXERCISES = (CONV_LAYER,)
