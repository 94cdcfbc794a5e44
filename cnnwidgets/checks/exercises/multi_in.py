"""`corr2d_multi_in`: many channels in, one out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import ANY_WORDS, Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.draw import halves
from cnnwidgets.checks.exercises.refusal import NOT_REFUSED, all_styles, refused
from cnnwidgets.ops import corr2d, corr2d_multi_in

EXAMPLE_X = np.stack([np.arange(9.0).reshape(3, 3), np.arange(1.0, 10.0).reshape(3, 3)])
EXAMPLE_K = np.stack([np.arange(4.0).reshape(2, 2), np.arange(1.0, 5.0).reshape(2, 2)])
EXAMPLE_Y = [[56, 72], [104, 120]]


def numbers(seed: int, *shape: int) -> ndarray:
    """Small numbers for a fixed case: halves from −4 to 4."""
    return np.random.default_rng(seed).integers(-8, 9, shape) / 2


def multi_in_cases() -> Sequence[Case]:
    """Two pixels, one channel, the worked example, three channels; kernels with too few and too many."""
    X = numbers(1, 3, 3, 4)
    return [
        Case(
            "two pixels of two channels",
            {"X": np.array([[[1.0, -2.0]], [[3.0, 0.5]]]), "K": np.array([[[2.0]], [[-1.0]]])},
        ),
        Case("one channel", {"X": numbers(2, 1, 3, 4), "K": np.array([[[1.0], [-2.0]]])}),
        Case("the worked example", {"X": EXAMPLE_X, "K": EXAMPLE_K}),
        refused("a kernel of one channel for three", X, numbers(3, 1, 2, 1)),
        refused("a kernel of two channels for three", X, numbers(4, 2, 2, 1)),
        refused("a kernel of four channels for three", X, numbers(5, 4, 2, 1)),
        Case("three channels, a kernel taller than wide", {"X": numbers(6, 3, 5, 4), "K": numbers(7, 3, 3, 2)}),
    ]


def random_multi_in(rng: np.random.Generator) -> Sequence[Case]:
    """Four or five channels; all axes differ but for the channels, which differ only where a refusal is asked for."""
    cases = []
    for number in range(4):
        channels = int(rng.integers(4, 6))
        kh, kw = (int(n) for n in rng.permutation([2, 3]))
        h, w = (int(n) for n in rng.permutation([6, 7, 8])[:2])
        X = halves(rng, channels, h, w)
        if number == 3:
            cases.append(refused("random case, a kernel of one channel", X, halves(rng, 1, kh, kw)))
        else:
            cases.append(Case(f"random case {number + 1}", {"X": X, "K": halves(rng, channels, kh, kw)}))
    return cases


def per_channel(X: ndarray, K: ndarray) -> ndarray:
    """Every channel correlated with its kernel, before the sum: (c, h', w')."""
    return np.stack([corr2d(x, k) for x, k in zip(X, K, strict=True)])


def _combined(combine: Callable[[ndarray], Any]) -> tuple[Candidate, ...]:
    return all_styles(lambda X, K: combine(per_channel(X, K)))


def _with_kernel(*changes: Callable[[ndarray], ndarray]) -> tuple[Candidate, ...]:
    return all_styles(*[v.with_kernel(lambda X, K: per_channel(X, K).sum(axis=0), change) for change in changes])


def _width_first(X: ndarray, K: ndarray) -> ndarray:
    (_, w, h), (_, kw, kh) = X.shape, K.shape
    Y = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            try:
                Y[i, j] = (X[:, i : i + kh, j : j + kw] * K).sum()
            except ValueError:
                raise ValueError(ANY_WORDS) from None
    return Y


CORR2D_MULTI_IN = Exercise(
    "corr2d_multi_in",
    corr2d_multi_in,
    multi_in_cases,
    random_multi_in,
    (
        Misconception(
            "channel-mean",
            "It takes the mean over the channels",
            "what the channels give is added up and not divided: 19 + 37 = 56 on the worked example",
            _combined(lambda Y: Y.mean(axis=0)),
        ),
        Misconception(
            "first-channel-only",
            "Only the first channel counts",
            "every channel has a kernel of its own, and all of them have a part in the sum",
            _combined(lambda Y: Y[0]),
        ),
        Misconception(
            "last-channel-only",
            "Only the last channel is left",
            "each channel takes the place of the one before; the results have to be added",
            _combined(lambda Y: Y[-1]),
        ),
        Misconception(
            "channels-not-summed",
            "The channels are not added up",
            "there is one result a channel; the output is a single table (h', w')",
            _combined(lambda Y: Y),
        ),
        Misconception(
            "axis-kept",
            "The sum keeps an axis of length 1",
            "one output channel alone is a table of two axes here",
            _combined(lambda Y: Y.sum(axis=0)[None]) + _combined(lambda Y: Y.sum(axis=0)[None, None]),
        ),
        Misconception(
            "channels-multiplied",
            "The channels' results are multiplied",
            "within a window products are added up, and over the channels as well",
            _combined(lambda Y: Y.prod(axis=0)),
        ),
        Misconception(
            "summed-before",
            "The channels are added up before they meet their kernels",
            "then every kernel meets every channel; K[c] belongs to X[c] alone",
            all_styles(lambda X, K: corr2d(X.sum(axis=0), K.sum(axis=0))),
        ),
        Misconception(
            "one-kernel-for-all",
            "All channels meet the kernel of the first",
            "K[c] belongs to X[c]",
            all_styles(lambda X, K: corr2d(X.sum(axis=0), K[0])),
        ),
        Misconception(
            "flipped-kernel",
            "The kernel is flipped",
            "that is convolution; here each K[c] lies on X[c] as it stands",
            _with_kernel(lambda K: np.flip(K, (1, 2)), np.flip),
        ),
        Misconception(
            "channels-reversed",
            "The channels of the kernel are taken from the last to the first",
            "K[0] belongs to X[0]",
            _with_kernel(lambda K: K[::-1]),
        ),
        Misconception(
            "transposed-kernel",
            "The kernel is transposed",
            "the first axis counts channels, then come rows, then columns",
            _with_kernel(lambda K: K.transpose(0, 2, 1)),
        ),
        Misconception(
            "transposed-output",
            "The output is transposed",
            "rows and columns of the result are exchanged",
            _combined(lambda Y: Y.sum(axis=0).T),
        ),
        Misconception(
            "sizes-swapped",
            "Height and width are exchanged",
            "the shapes are (channels, rows, columns): the height is the second number",
            all_styles(_width_first),
        ),
        Misconception(
            "output-too-small",
            "The output is one row and one column too small",
            "count the places: a kernel of 2 fits in a row of 3 at two places, 3 − 2 + 1",
            _combined(lambda Y: v.without_last(Y.sum(axis=0))),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            _combined(lambda Y: Y.sum(axis=0).astype(int)) + _combined(lambda Y: Y.astype(int).sum(axis=0)),
        ),
        Misconception(
            "hard-coded",
            "It always gives the answer of the worked example",
            "the result has to be computed from X and K",
            all_styles(v.constant(EXAMPLE_Y)),
        ),
        *NOT_REFUSED,
    ),
    source="The slide on multiple input channels.",
)

EXERCISES = (CORR2D_MULTI_IN,)
