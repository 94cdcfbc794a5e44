"""`corr2d_strided`: correlation with a total padding and a stride per axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Case, Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.correlation import EXAMPLE
from cnnwidgets.checks.exercises.draw import image
from cnnwidgets.checks.exercises.padding import Split, split_misconceptions, top
from cnnwidgets.ops import corr2d, corr2d_strided, corr2d_windowed, half_turn, pad2d

Pair = tuple[int, int]
Strided = Callable[..., ndarray]


def _by_keyword(candidate: Any, X: ndarray, K: ndarray, padding: Pair, stride: Pair) -> Any:
    return candidate(X, K, padding=padding, stride=stride)


def _stride_alone(candidate: Any, X: ndarray, K: ndarray, stride: Pair) -> Any:
    return candidate(X, K, stride=stride)


def _padding_alone(candidate: Any, X: ndarray, K: ndarray, padding: Pair) -> Any:
    return candidate(X, K, padding=padding)


def strided_cases() -> Sequence[Case]:
    """Fixed cases. In each the kernel fits even when the stride is mistaken for a dilation."""
    wide = np.array([[1.0, -2, 0, 3, 1, -1], [0.5, 3, 1, -1, 2, 0], [4, 0, 2, 1, -3, 1], [-1, 2, 1, 0, 0.5, 2]])
    tall = np.array([[2.0, -1, 0.5], [0, 3, 1], [1, -2, 4], [-1.5, 0, 2], [3, 1, -1], [0, 2, 1], [1, 0.5, -2]])
    return [
        Case("padding and stride left out", EXAMPLE),
        Case("the worked example", {**EXAMPLE, "padding": (2, 2), "stride": (3, 2)}, _by_keyword),
        Case(
            "padding alone, odd and even",
            {"X": tall[:4], "K": np.array([[1.0, -1.5]]), "padding": (1, 4)},
            _padding_alone,
        ),
        Case(
            "the same size with an even kernel",
            {"X": wide[:3, :5], "K": np.array([[1.0, -1, 0.5, 2], [3, 0, -2, 1]]), "padding": (1, 3)},
            _padding_alone,
        ),
        Case("stride alone", {"X": wide, "K": np.array([[1.0, -2, 0.5]]), "stride": (2, 1)}, _stride_alone),
        Case(
            "strides that do not divide",
            {"X": wide.T, "K": np.array([[1.0, -1, 0.5], [2, 0, 3]]), "padding": (0, 2), "stride": (3, 2)},
        ),
        Case(
            "all of it",
            {"X": wide, "K": np.array([[1.0, -1], [2, 0.5], [0, 3]]), "padding": (3, 5), "stride": (3, 4)},
        ),
    ]


def random_strides(rng: np.random.Generator) -> Sequence[Case]:
    """Larger inputs; no two axes, paddings or strides are the same."""
    cases = []
    for number in range(3):
        kh, kw = (int(n) for n in rng.permutation([2, 3]))
        h, w = (int(n) for n in rng.permutation([7, 8, 9])[:2])
        padding = tuple(int(n) for n in rng.permutation([1, 2, 3, 4])[:2])
        stride = tuple(int(n) for n in rng.permutation([[2, 3], [1, 2], [3, 1]][number]))
        arguments = {"X": image(rng, h, w), "K": image(rng, kh, kw), "padding": padding, "stride": stride}
        cases.append(Case(f"random case {number + 1}", arguments))
    return cases


def _named(wrong: Callable[[ndarray, ndarray, Pair, Pair], ndarray]) -> Strided:
    """With the parameters' names and defaults, as the cases ask."""
    return lambda X, K, padding=(0, 0), stride=(1, 1): wrong(X, K, padding, stride)


def _with(
    change_X: Callable[[ndarray], ndarray] = lambda X: X,
    change_K: Callable[[ndarray], ndarray] = lambda K: K,
    padding: Callable[[Pair], Pair] = lambda p: p,
    stride: Callable[[Pair], Pair] = lambda s: s,
) -> Strided:
    """The right function on changed arguments."""
    return _named(lambda X, K, p, s: corr2d_strided(change_X(X), change_K(K), padding(p), stride(s)))


def _split(split: Split) -> Strided:
    """Padded as `split` says, then strided as it should be."""
    return _named(lambda X, K, p, s: corr2d_strided(np.pad(X, split(*p)), K, (0, 0), s))


def _taken(take: Callable[[ndarray, Pair], ndarray]) -> Strided:
    """`take(Y, stride)` of the padded result at stride 1."""
    return _named(lambda X, K, p, s: take(corr2d_strided(X, K, p), s))


def _over_the_end(X: ndarray, K: ndarray, p: Pair, s: Pair) -> ndarray:
    """⌈…⌉ places, the last ones over zeros behind the padding."""
    more = [-(n - k + q) % step for n, k, q, step in zip(X.shape, K.shape, p, s, strict=True)]
    return corr2d(np.pad(pad2d(X, *p), ((0, more[0]), (0, more[1]))), K)[:: s[0], :: s[1]]


def _last_left_zero(X: ndarray, K: ndarray, p: Pair, s: Pair) -> ndarray:
    """⌈…⌉ places, the last ones left at zero where the kernel does not fit."""
    out, Y = np.zeros_like(_over_the_end(X, K, p, s)), corr2d_strided(X, K, p, s)
    out[: Y.shape[0], : Y.shape[1]] = Y
    return out


STRIDED = Exercise(
    "corr2d_strided",
    corr2d_strided,
    strided_cases,
    random_strides,
    (
        *split_misconceptions(_split),
        Misconception(
            "edge-padding",
            "The picture goes on in the padding",
            "its border is repeated outwards; this padding is zeros",
            (_named(lambda X, K, p, s: corr2d_strided(np.pad(X, list(map(top, p)), mode="edge"), K, (0, 0), s)),),
        ),
        Misconception(
            "stride-ignored",
            "The stride is not used",
            "the window moves by s rows and columns at a time",
            (_with(stride=lambda s: (1, 1)),),
        ),
        Misconception(
            "stride-on-one-axis",
            "One stride serves for both axes, or one axis has none",
            "the first stride is for moving down, the second for moving right",
            (
                _with(stride=lambda s: (s[0], 1)),
                _with(stride=lambda s: (1, s[1])),
                _with(stride=lambda s: (s[0], s[0])),
                _with(stride=lambda s: (s[1], s[1])),
            ),
        ),
        Misconception(
            "stride-swapped",
            "The two strides are exchanged",
            "the first is for moving down, from row to row; the second is for moving right",
            (_with(stride=lambda s: (s[1], s[0])),),
        ),
        Misconception(
            "stride-is-the-kernel",
            "The window jumps by its own size",
            "how far it moves is told by the stride, whatever the kernel's size",
            (_named(lambda X, K, p, s: corr2d_strided(X, K, p, K.shape)),),
        ),
        Misconception(
            "dilated",
            "The stride is inside the window",
            "the kernel lies on neighbouring cells; the stride tells how far the whole window moves, not how far its numbers "
            "are apart",
            (
                _named(lambda X, K, p, s: corr2d_windowed(X, K, p, (1, 1), s)),
                _named(lambda X, K, p, s: corr2d_windowed(X, K, p, s, s)),
            ),
        ),
        Misconception(
            "stride-starts-late",
            "The first window is not in the corner",
            "the first place is row 0, column 0; the stride counts from there",
            (_taken(lambda Y, s: Y[s[0] - 1 :: s[0], s[1] - 1 :: s[1]]),),
        ),
        Misconception(
            "ceil-for-floor",
            "The last window hangs over the end",
            "where the stride does not divide, what is left over is too short for another place: the size is rounded down",
            (_named(_over_the_end), _named(_last_left_zero)),
        ),
        Misconception(
            "output-too-small",
            "The output is one row and one column too small",
            "the first place counts as well, before any move",
            (_named(lambda X, K, p, s: v.without_last(corr2d_strided(X, K, p, s))),),
        ),
        Misconception(
            "last-left-zero",
            "The last row and column of the output are never filled in",
            "the output has the right size, but the loops stop one place early",
            (_named(lambda X, K, p, s: v.last_left_zero(corr2d_strided(X, K, p, s))),),
        ),
        Misconception(
            "flipped-kernel",
            "The kernel is flipped",
            "that is convolution; correlation lays the kernel on the input as it stands",
            (_with(change_K=half_turn),),
        ),
        Misconception(
            "transposed-kernel",
            "The kernel is transposed",
            "its rows belong on rows of the input, its columns on columns",
            (_with(change_K=np.transpose),),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            (_named(lambda X, K, p, s: v.truncated(corr2d_strided(X, K, p, s))),),
        ),
        Misconception(
            "hard-coded",
            "It always gives the answer of the worked example",
            "the result has to be computed from what is given",
            (v.constant([[0, 8], [6, 8]]),),
        ),
    ),
    source="The padding and stride slides.",
)

EXERCISES = (STRIDED,)
