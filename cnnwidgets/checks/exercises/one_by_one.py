"""`corr2d_1x1`: a kernel of one pixel as a matrix product over the channels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import ANY_WORDS, Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.draw import halves
from cnnwidgets.checks.exercises.multi_in import numbers
from cnnwidgets.checks.exercises.multi_out import in_and_out_swapped
from cnnwidgets.checks.exercises.refusal import NOT_REFUSED, all_styles, refused
from cnnwidgets.ops import corr2d_1x1


def one_by_one_cases() -> Sequence[Case]:
    """Few pixels first; then kernels whose channels do not suit, though the sizes divide."""
    return [
        Case("two pixels, three filters", {"X": numbers(31, 2, 1, 2), "K": numbers(32, 3, 2, 1, 1)}),
        Case("as many channels out as in", {"X": numbers(33, 2, 2, 3), "K": numbers(34, 2, 2, 1, 1)}),
        Case("one filter", {"X": numbers(35, 3, 2, 4), "K": numbers(36, 1, 3, 1, 1)}),
        Case("three channels, two filters", {"X": numbers(37, 3, 4, 2), "K": numbers(38, 2, 3, 1, 1)}),
        refused("kernels of one channel for three", numbers(39, 3, 2, 5), numbers(40, 2, 1, 1, 1)),
        refused(
            "kernels of two channels for four, where the sizes divide", numbers(41, 4, 2, 3), numbers(42, 6, 2, 1, 1)
        ),
        refused(
            "kernels of four channels for two, where the sizes divide", numbers(43, 2, 3, 6), numbers(44, 3, 4, 1, 1)
        ),
    ]


def random_one_by_one(rng: np.random.Generator) -> Sequence[Case]:
    """All axes differ but for the input channels and the kernel's two ones; one refusal, where the sizes divide."""
    cases = []
    for number in range(3):
        ci, co, h, w = (int(n) for n in rng.permutation([4, 5, 6, 7]))
        cases.append(
            Case(f"random case {number + 1}", {"X": halves(rng, ci, h, w), "K": halves(rng, co, ci, 1, 1)}),
        )
    h, w = (int(n) for n in rng.permutation([5, 7]))
    X, K = halves(rng, 6, h, w), halves(rng, 4, 3, 1, 1)
    return [*cases, refused("random case, kernels of half the channels", X, K)]


def _reshaped(fn: Candidate) -> Candidate:
    """A style of its own: the kernel reshaped to the input's channels, whatever it has."""

    def style(X: ndarray, K: ndarray) -> Any:
        if K.size % len(X):
            raise ValueError(ANY_WORDS)
        return fn(X, K.reshape(-1, len(X), 1, 1))

    return style


def _all(*functions: Candidate) -> tuple[Candidate, ...]:
    return all_styles(*functions) + tuple(_reshaped(fn) for fn in functions)


def _out(*changes: Callable[[ndarray], Any]) -> tuple[Candidate, ...]:
    return _all(*[v.with_result(corr2d_1x1, change) for change in changes])


def _parts(combine: Callable[[ndarray], Any]) -> tuple[Candidate, ...]:
    return _all(lambda X, K: combine(K[:, :, 0, 0][:, :, None, None] * X))  # (co, ci, h, w)


def _input_reshaped(X: ndarray, K: ndarray) -> ndarray:
    """The right product of the wrong rows: X cut into pieces of ci numbers, which are no pixels."""
    flat: ndarray = K[:, :, 0, 0] @ X.reshape(-1, len(X)).T
    return flat.reshape(len(K), *X.shape[1:])


def _input_reshaped_twice(X: ndarray, K: ndarray) -> ndarray:
    flat: ndarray = X.reshape(-1, len(X)) @ K[:, :, 0, 0].T
    return flat.reshape(len(K), *X.shape[1:])


def _output_reshaped(X: ndarray, K: ndarray) -> ndarray:
    """(h·w, co) reshaped to (co, h, w) as it stands."""
    flat: ndarray = X.reshape(len(X), -1).T @ K[:, :, 0, 0].T
    return flat.reshape(len(K), *X.shape[1:])


def _kernel_reshaped(X: ndarray, K: ndarray) -> ndarray:
    """(co, ci) reshaped to (ci, co), which is not its transpose."""
    flat: ndarray = X.reshape(len(X), -1).T @ K.reshape(len(X), -1)
    return flat.T.reshape(-1, *X.shape[1:])


CORR2D_1X1 = Exercise(
    "corr2d_1x1",
    corr2d_1x1,
    one_by_one_cases,
    random_one_by_one,
    (
        Misconception(
            "input-reshaped-wrong",
            "The numbers of a pixel are not together",
            "reshaping (ci, h, w) to (h·w, ci) keeps the order in memory: a row then holds neighbours of one channel, not one "
            "pixel's channels; only axes that stand side by side can be joined by a reshape",
            _all(_input_reshaped, _input_reshaped_twice),
        ),
        Misconception(
            "reshaped-for-transposed",
            "A reshape stands where a transpose is needed",
            "a reshape keeps the order of the numbers in memory; it does not exchange axes",
            _all(_output_reshaped, _kernel_reshaped),
        ),
        Misconception(
            "channel-mean",
            "It takes the mean over the input channels",
            "a dot product adds up and does not divide",
            _parts(lambda Y: Y.mean(axis=1)),
        ),
        Misconception(
            "first-channel-only",
            "Only the first input channel counts",
            "every output number is a dot product over all input channels of its pixel",
            _parts(lambda Y: Y[:, 0]),
        ),
        Misconception(
            "last-channel-only",
            "Only the last input channel is left",
            "each channel takes the place of the one before; the products have to be added",
            _parts(lambda Y: Y[:, -1]),
        ),
        Misconception(
            "channels-not-summed",
            "The input channels are not added up",
            "there is one table for each pair of channels; the output has one for each filter",
            _parts(lambda Y: Y),
        ),
        Misconception(
            "outputs-summed",
            "The output channels are added up",
            "the sum runs over input channels alone",
            _out(lambda Y: Y.sum(axis=0), lambda Y: Y.sum(axis=0, keepdims=True)),
        ),
        Misconception(
            "in-and-out-swapped",
            "Input and output channels of the kernel are exchanged",
            "K is (co, ci, 1, 1): a row of the matrix is one filter",
            in_and_out_swapped(corr2d_1x1),
        ),
        Misconception(
            "still-flat",
            "The pixels are still in one row",
            "the product is (co, h·w); the image has to be put back together",
            _out(lambda Y: Y.reshape(len(Y), -1), lambda Y: Y.reshape(len(Y), -1).T),
        ),
        Misconception(
            "channels-last",
            "The channels stand on the last axis",
            "the output is (co, h, w), channels first, as the input is",
            _out(lambda Y: np.moveaxis(Y, 0, -1)),
        ),
        Misconception(
            "sizes-swapped",
            "Height and width are exchanged",
            "the shapes are (channels, rows, columns): the height is the second number",
            _out(lambda Y: Y.reshape(len(Y), *Y.shape[:0:-1]), lambda Y: Y.transpose(0, 2, 1)),
        ),
        Misconception(
            "extra-axis",
            "The output has an axis too many",
            "a torch layer works on a batch; here X is one example",
            _out(lambda Y: Y[None]),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            _out(v.truncated),
        ),
        *NOT_REFUSED,
    ),
    source="The 1×1 slide: 32 filters on 64 channels are a dot product of length 64 at every pixel.",
)

EXERCISES = (CORR2D_1X1,)
