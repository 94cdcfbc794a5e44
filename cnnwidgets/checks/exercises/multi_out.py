"""`corr2d_multi_in_out`: many channels in, many out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.draw import halves
from cnnwidgets.checks.exercises.multi_in import EXAMPLE_K, EXAMPLE_X, EXAMPLE_Y, numbers
from cnnwidgets.checks.exercises.refusal import NOT_REFUSED, all_styles, refused, styles
from cnnwidgets.ops import corr2d, corr2d_multi_in_out

EXAMPLE_KERNELS = np.stack([EXAMPLE_K, EXAMPLE_K + 1, EXAMPLE_K + 2])
EXAMPLE_OUT = [EXAMPLE_Y, [[76, 100], [148, 172]], [[96, 128], [192, 224]]]


def multi_out_cases() -> Sequence[Case]:
    """Few pixels, one filter, the worked example, as many channels out as in; kernels with too few and too many."""
    X = numbers(11, 3, 3, 5)
    return [
        Case("two pixels, three filters", {"X": numbers(12, 2, 1, 2), "K": numbers(13, 3, 2, 1, 1)}),
        Case("one filter", {"X": numbers(14, 2, 2, 3), "K": numbers(15, 1, 2, 1, 2)}),
        Case("the worked example", {"X": EXAMPLE_X, "K": EXAMPLE_KERNELS}),
        Case("as many channels out as in", {"X": numbers(16, 2, 3, 4), "K": numbers(17, 2, 2, 2, 3)}),
        refused("kernels of one channel for three", X, numbers(18, 2, 1, 2, 1)),
        refused("kernels of two channels for three", X, numbers(19, 2, 2, 2, 1)),
        refused("kernels of four channels for three", X, numbers(20, 2, 4, 2, 1)),
        Case("four filters, taller than wide", {"X": numbers(21, 3, 4, 5), "K": numbers(22, 4, 3, 3, 2)}),
    ]


def random_multi_out(rng: np.random.Generator) -> Sequence[Case]:
    """All axes differ but for the input channels, which differ only where a refusal is asked for."""
    cases = []
    for number in range(4):
        kh, kw = (int(n) for n in rng.permutation([2, 3]))
        ci, co = (int(n) for n in rng.permutation([4, 5, 6])[:2])
        h, w = (int(n) for n in rng.permutation([7, 8, 9])[:2])
        X = halves(rng, ci, h, w)
        if number == 3:
            cases.append(refused("random case, kernels of one channel", X, halves(rng, co, 1, kh, kw)))
        else:
            cases.append(Case(f"random case {number + 1}", {"X": X, "K": halves(rng, co, ci, kh, kw)}))
    return cases


def per_channel(X: ndarray, K: ndarray) -> ndarray:
    """Every input channel correlated with its kernel of every filter, before the sum: (co, ci, h', w')."""
    return np.stack([np.stack([corr2d(x, k) for x, k in zip(X, kernel, strict=True)]) for kernel in K])


def _parts(combine: Callable[[ndarray], Any]) -> tuple[Candidate, ...]:
    return all_styles(lambda X, K: combine(per_channel(X, K)))


def _out(*changes: Callable[[ndarray], Any]) -> tuple[Candidate, ...]:
    return all_styles(*[v.with_result(corr2d_multi_in_out, change) for change in changes])


def _with_kernel(*changes: Callable[[ndarray], ndarray]) -> tuple[Candidate, ...]:
    return all_styles(*[v.with_kernel(corr2d_multi_in_out, change) for change in changes])


def in_and_out_swapped(right: Candidate) -> tuple[Candidate, ...]:
    """The first two axes of the kernel exchanged, in every style."""
    return tuple(v.with_kernel(style, lambda K: K.swapaxes(0, 1)) for style in styles(right))


SUMS = (
    Misconception(
        "channel-mean",
        "It takes the mean over the input channels",
        "what the input channels give is added up and not divided",
        _parts(lambda Y: Y.mean(axis=1)),
    ),
    Misconception(
        "first-channel-only",
        "Only the first input channel counts",
        "every output channel looks at all input channels",
        _parts(lambda Y: Y[:, 0]),
    ),
    Misconception(
        "last-channel-only",
        "Only the last input channel is left",
        "each channel takes the place of the one before; the results have to be added",
        _parts(lambda Y: Y[:, -1]),
    ),
    Misconception(
        "channels-not-summed",
        "The input channels are not added up",
        "there is one table for each pair of channels; the output has one for each filter",
        _parts(lambda Y: Y) + _parts(lambda Y: Y.reshape(-1, *Y.shape[2:])),
    ),
)

CORR2D_MULTI_IN_OUT = Exercise(
    "corr2d_multi_in_out",
    corr2d_multi_in_out,
    multi_out_cases,
    random_multi_out,
    (
        *SUMS,
        Misconception(
            "outputs-summed",
            "The output channels are added up",
            "the sum runs over input channels alone; every filter keeps a table of its own",
            _out(lambda Y: Y.sum(axis=0), lambda Y: Y.sum(axis=0, keepdims=True)),
        ),
        Misconception(
            "in-and-out-swapped",
            "Input and output channels of the kernel are exchanged",
            "K is (co, ci, kh, kw): its first axis counts the filters, its second the input channels",
            in_and_out_swapped(corr2d_multi_in_out),
        ),
        Misconception(
            "one-filter-for-all",
            "Every output channel uses the first filter",
            "K[o] makes the output channel o",
            _with_kernel(lambda K: np.repeat(K[:1], len(K), axis=0)),
        ),
        Misconception(
            "one-output-only",
            "There is one output channel only",
            "each filter in K gives one: is there a `return` inside the loop, or one result that the next takes the place of?",
            _out(lambda Y: Y[0], lambda Y: Y[:1], lambda Y: Y[-1], lambda Y: Y[-1:]),
        ),
        Misconception(
            "accumulated",
            "Every output channel also holds the ones before it",
            "the sum has to start from zero for each filter",
            _out(lambda Y: np.cumsum(Y, axis=0)),
        ),
        Misconception(
            "channels-last",
            "The channels stand on the last axis",
            "the output is (co, h', w'), channels first, as the input is",
            _out(lambda Y: np.moveaxis(Y, 0, -1)),
        ),
        Misconception(
            "joined-end-to-end",
            "The output channels are joined into one table",
            "`np.stack` gives the channels an axis of their own, `np.concatenate` and `np.vstack` do not",
            _out(np.concatenate, lambda Y: np.concatenate(Y, axis=1), lambda Y: Y.reshape(len(Y), -1)),
        ),
        Misconception(
            "extra-axis",
            "The output has an axis too many",
            "a torch layer works on a batch; here X is one example",
            _out(lambda Y: Y[None], lambda Y: Y[:, None]),
        ),
        Misconception(
            "flipped-kernel",
            "The kernel is flipped",
            "that is convolution; here every kernel lies on its channel as it stands",
            _with_kernel(lambda K: np.flip(K, (2, 3)), lambda K: np.flip(K, (1, 2, 3))),
        ),
        Misconception(
            "transposed-kernel",
            "The kernel is transposed",
            "K is (co, ci, kh, kw): rows come before columns",
            _with_kernel(lambda K: K.transpose(0, 1, 3, 2)),
        ),
        Misconception(
            "transposed-output",
            "Rows and columns of the output are exchanged",
            "the output is (co, h', w')",
            _out(lambda Y: Y.transpose(0, 2, 1)),
        ),
        Misconception(
            "output-too-small",
            "The output is one row and one column too small",
            "count the places: a kernel of 2 fits in a row of 3 at two places, 3 − 2 + 1",
            _out(lambda Y: Y[:, :-1, :-1]),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            _out(v.truncated),
        ),
        Misconception(
            "hard-coded",
            "It always gives the answer of the worked example",
            "the result has to be computed from X and K",
            all_styles(v.constant(EXAMPLE_OUT)),
        ),
        *NOT_REFUSED,
    ),
    source="The slide on multiple output channels.",
)

EXERCISES = (CORR2D_MULTI_IN_OUT,)
