"""`local2d` and `local_weights`: one small table of weights for every place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises.draw import halves
from cnnwidgets.checks.exercises.variants import constant, truncated
from cnnwidgets.ops import corr2d, local2d, local_weights

EXAMPLE = {
    "X": np.arange(12.0).reshape(3, 4),
    "V": np.array([[0.0, 1.0, 0.0], [2.0, 3.0, 4.0], [0.0, 5.0, 0.0]]),
    "u": 10.0,
}


def local_cases() -> Sequence[Case]:
    """Δ = 0, the notebook's example, a full table with Δ = 1, and Δ = 2."""
    rng = np.random.default_rng(8)
    return [
        Case("Δ = 0", {"X": np.array([[1.0, -2.0, 0.5]]), "V": np.array([[3.0]]), "u": 0.5}),
        Case("the worked example", EXAMPLE),
        Case("Δ = 1", {"X": rng.integers(-8, 9, (5, 3)) / 2, "V": rng.integers(1, 9, (3, 3)) / 2, "u": -1.5}),
        Case("Δ = 2", {"X": rng.integers(-8, 9, (6, 5)) / 2, "V": rng.integers(-8, 9, (5, 5)) / 2, "u": 2.25}),
    ]


def random_local(rng: np.random.Generator) -> Sequence[Case]:
    """Images that are not square, Δ = 1 and Δ = 2."""
    cases = []
    for number, n in enumerate((3, 5, 5)):
        h, w = (int(side) for side in rng.permutation([7, 8, 9])[:2])
        arguments = {"X": halves(rng, h, w), "V": halves(rng, n, n), "u": float(halves(rng, 1)[0])}
        cases.append(Case(f"random case {number + 1}", arguments))
    return cases


def _with_kernel(*changes: Callable[[ndarray], ndarray]) -> tuple[Candidate, ...]:
    return tuple(lambda X, V, u, c=change: local2d(X, c(V), u) for change in changes)


def _changed(*changes: Callable[[ndarray], Any]) -> tuple[Candidate, ...]:
    return tuple(lambda X, V, u, c=change: c(local2d(X, V, u)) for change in changes)


def _padded(before: Callable[[int], int], after: Callable[[int], int]) -> Candidate:
    """Rows and columns of zeros before and after, as a function of Δ."""
    return lambda X, V, u: u + corr2d(np.pad(X, (before(len(V) // 2), after(len(V) // 2))), V)


def _mode(mode: str) -> Candidate:
    return lambda X, V, u: u + corr2d(np.pad(X, len(V) // 2, mode=mode), V)  # type: ignore[call-overload]


def _half_wrapped(X: ndarray, V: ndarray, u: float) -> ndarray:
    """Negative indices count from the end, those beyond the end are left out."""
    delta = len(V) // 2
    return u + corr2d(np.pad(np.pad(X, (delta, 0), mode="wrap"), (0, delta)), V)


def _border(fill: Callable[[ndarray, float], ndarray]) -> Candidate:
    """Only places where all of V fits are computed; `fill(X, u)` is what stands elsewhere."""

    def variant(X: ndarray, V: ndarray, u: float) -> ndarray:
        delta, H = len(V) // 2, fill(X, u)
        H[delta : X.shape[0] - delta, delta : X.shape[1] - delta] = u + corr2d(X, V)
        return H

    return variant


def _without_last(V: ndarray) -> ndarray:
    kept = V.copy()
    kept[-1, :] = kept[:, -1] = 0
    return kept


LOCAL2D = Exercise(
    "local2d",
    local2d,
    local_cases,
    random_local,
    (
        Misconception(
            "bias-ignored",
            "The bias is not added",
            "u is one number, added at every place",
            (lambda X, V, u: local2d(X, V, 0.0),),
        ),
        Misconception(
            "bias-per-term",
            "The bias is added once for every term of the sum",
            "it stands before the sum, once for each output pixel",
            (lambda X, V, u: local2d(X, V, V.size * u),),
        ),
        Misconception(
            "valid-part",
            "The border is missing",
            "the output is as large as the input; where V reaches over the edge, X counts as 0",
            (_padded(lambda d: 0, lambda d: 0),),
        ),
        Misconception(
            "border-left-out",
            "Nothing is computed near the border",
            "there, too, the part of V that lies on the image counts; outside, X is 0",
            (_border(lambda X, u: 0 * X), _border(lambda X, u: 0 * X + u), _border(lambda X, u: X.copy())),
        ),
        Misconception(
            "not-centred",
            "V is not centred on the pixel",
            "offsets run from −Δ to Δ: the middle number of V lies on (i, j)",
            (_padded(lambda d: 0, lambda d: 2 * d), _padded(lambda d: 2 * d, lambda d: 0)),
        ),
        Misconception(
            "too-large",
            "The output is larger than the input",
            "there is one output for each pixel; Δ rows of zeros on each side are enough",
            (_padded(lambda d: 2 * d, lambda d: 2 * d), _padded(lambda d: 2 * d + 1, lambda d: 2 * d + 1)),
        ),
        Misconception(
            "last-offset-missed",
            "The last offset is left out",
            "offsets run from −Δ to Δ, both of them included, and `range` ends one before its second number",
            _with_kernel(_without_last),
        ),
        Misconception(
            "offset-not-stored",
            "The offset itself is used as an index of V",
            "a negative index counts from the end; the offset 0 is in the middle of V, at [Δ, Δ]",
            _with_kernel(lambda V: np.roll(V, len(V) // 2, axis=(0, 1))),
        ),
        Misconception(
            "wraps-around",
            "Pixels come in from the other side of the image",
            "a negative index counts from the end; outside the image X counts as 0",
            (_mode("wrap"), _half_wrapped),
        ),
        Misconception(
            "edge-padding",
            "The border is repeated outwards",
            "outside the image X counts as 0",
            (_mode("edge"), _mode("symmetric"), _mode("reflect")),
        ),
        Misconception(
            "flipped-kernel",
            "V is flipped",
            "the weight for the offset (a, b) meets the pixel at i + a and j + b, not at i − a and j − b",
            _with_kernel(lambda V: np.flip(V, (0, 1))),
        ),
        Misconception(
            "transposed-kernel",
            "V is transposed",
            "a is an offset of rows, b of columns, in V and in X alike",
            _with_kernel(np.transpose),
        ),
        Misconception(
            "transposed-output",
            "Rows and columns of the output are exchanged",
            "H[i, j] belongs to the pixel X[i, j]",
            _changed(np.transpose),
        ),
        Misconception(
            "neighbours-not-read",
            "X[i, j] stands where X[i + a, j + b] is meant",
            "every weight has a pixel of its own",
            (lambda X, V, u: u + X * V.sum(),),
        ),
        Misconception(
            "mean-for-sum",
            "It takes the mean of the products",
            "the products are added up and not divided",
            (lambda X, V, u: local2d(X, V / V.size, u),),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            _changed(truncated),
        ),
        Misconception(
            "hard-coded",
            "It always gives the answer of the worked example",
            "the result has to be computed from X, V and u",
            (constant(local2d(*EXAMPLE.values())),),  # type: ignore[arg-type]
        ),
    ),
    source="The slides on translation invariance and locality.",
)


def _delta(delta: int, name: str = "") -> Case:
    return Case(name or f"Δ = {delta}", {"delta": delta})


LOCAL_WEIGHTS = Exercise(
    "local_weights",
    local_weights,
    lambda: [_delta(delta) for delta in (0, 1, 2, 10)],
    lambda rng: [_delta(int(rng.integers(11, 10_000)), f"random case {n + 1}") for n in range(2)],
    (
        Misconception(
            "approximated",
            "It gives 4Δ²",
            "that is the slide's rounding for a large Δ; the offset 0 counts as well",
            (lambda delta: 4 * delta**2,),
        ),
        Misconception(
            "one-axis-only",
            "Only one axis is counted",
            "the offsets of rows and of columns are chosen independently of each other",
            (lambda delta: 2 * delta + 1, lambda delta: 2 * (2 * delta + 1)),
        ),
        Misconception(
            "one-direction-only",
            "Only one direction is counted",
            "offsets run from −Δ to Δ",
            (lambda delta: (delta + 1) ** 2, lambda delta: delta**2),
        ),
        Misconception(
            "last-offset-missed",
            "The table is one row and one column too small on each side",
            "−Δ and Δ both belong to it",
            (lambda delta: (2 * delta - 1) ** 2,),
        ),
        Misconception(
            "bias-counted",
            "The bias is counted",
            "the weights alone are asked for",
            (lambda delta: (2 * delta + 1) ** 2 + 1,),
        ),
        Misconception(
            "middle-not-counted",
            "The pixel itself is not counted",
            "the offset (0, 0) has a weight, too",
            (lambda delta: (2 * delta + 1) ** 2 - 1,),
        ),
    ),
    source="The locality slide.",
)

EXERCISES = (LOCAL2D, LOCAL_WEIGHTS)
