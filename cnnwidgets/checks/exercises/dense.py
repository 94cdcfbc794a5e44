"""`dense2d`: the fully connected layer on an image."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import ANY_WORDS, Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises.draw import halves
from cnnwidgets.checks.exercises.variants import constant, truncated
from cnnwidgets.ops import dense2d


def _given(name: str, X: ndarray, W: ndarray, U: ndarray) -> Case:
    return Case(name, {"X": X, "W": W, "U": U})


def _numbers(name: str, seed: int, h: int, w: int) -> Case:
    rng = np.random.default_rng(seed)
    X, W, U = (rng.integers(-8, 9, shape) / 2 for shape in ((h, w), (h, w, h, w), (h, w)))
    return _given(name, X, W, U)


def dense_cases() -> Sequence[Case]:
    """One pixel, a row, the notebook's example, and images that are not square."""
    example = _given(
        "the worked example",
        np.array([[1.0, 2.0], [3.0, 4.0]]),
        np.arange(16.0).reshape(2, 2, 2, 2),
        np.array([[10.0, 20.0], [30.0, 40.0]]),
    )
    return [
        _given("one pixel", np.array([[2.0]]), np.array([[[[3.0]]]]), np.array([[0.5]])),
        _given("a row of two", np.array([[2.0, -1.0]]), np.array([[[[1.0, 3]], [[-2, 0.5]]]]), np.array([[0.5, 4]])),
        example,
        _numbers("two rows, three columns", 3, 2, 3),
        _numbers("three rows, two columns", 4, 3, 2),
    ]


def random_dense(rng: np.random.Generator) -> Sequence[Case]:
    """Images that are not square."""
    cases = []
    for number in range(3):
        h, w = (int(n) for n in rng.permutation([3, 4, 5])[:2])
        cases.append(
            _given(f"random case {number + 1}", halves(rng, h, w), halves(rng, h, w, h, w), halves(rng, h, w)),
        )
    return cases


def _changed(change: Callable[[ndarray], Any]) -> Candidate:
    return lambda X, W, U: change(dense2d(X, W, U))


def _square_only(exception: type[Exception], fn: Candidate) -> Candidate:
    """A slip that only a square image lets pass."""

    def variant(X: ndarray, W: ndarray, U: ndarray) -> Any:
        if X.shape[0] != X.shape[1]:
            raise exception(ANY_WORDS)
        return fn(X, W, U)

    return variant


def _input_transposed(X: ndarray, W: ndarray, U: ndarray) -> ndarray:
    return dense2d(X.T, W, U)


def _letters_swapped(X: ndarray, W: ndarray, U: ndarray) -> ndarray:
    """The same in `einsum`, which stretches an axis of length 1."""
    try:
        H: ndarray = U + np.einsum("ijkl,lk->ij", W, X)
    except ValueError:
        raise ValueError(ANY_WORDS) from None
    return H


DENSE2D = Exercise(
    "dense2d",
    dense2d,
    dense_cases,
    random_dense,
    (
        Misconception(
            "bias-ignored",
            "The bias is not added",
            "U[i, j] belongs to the output pixel (i, j)",
            (lambda X, W, U: dense2d(X, W, 0 * U),),
        ),
        Misconception(
            "bias-per-term",
            "The bias is added once for every term of the sum",
            "it stands before the sum, once for each output pixel",
            (lambda X, W, U: dense2d(X, W, X.size * U),),
        ),
        Misconception(
            "bias-shared",
            "All pixels have the same bias",
            "here every output pixel has one of its own; one for all comes later, with translation invariance",
            (lambda X, W, U: dense2d(X, W, 0 * U + U[0, 0]), lambda X, W, U: dense2d(X, W, 0 * U + U.sum())),
        ),
        Misconception(
            "input-and-output-swapped",
            "Input and output pixels are exchanged",
            "the first two axes of W are the output pixel (i, j), the last two the input pixel (k, l)",
            (lambda X, W, U: U + np.tensordot(X, W, axes=2),),
        ),
        Misconception(
            "own-pixel-only",
            "Every pixel looks at itself alone",
            "in a fully connected layer the sum runs over all input pixels (k, l)",
            (lambda X, W, U: U + np.einsum("ijij,ij->ij", W, X),),
        ),
        Misconception(
            "own-pixel-weighted",
            "X[i, j] stands where X[k, l] is meant",
            "the weight W[i, j, k, l] leads from the input pixel (k, l) to the output pixel (i, j)",
            (lambda X, W, U: U + X * W.sum(axis=(2, 3)),),
        ),
        Misconception(
            "last-term-only",
            "Only the last term of the sum is left",
            "each term takes the place of the one before; they have to be added",
            (lambda X, W, U: U + W[:, :, -1, -1] * X[-1, -1], lambda X, W, U: W[:, :, -1, -1] * X[-1, -1]),
        ),
        Misconception(
            "mean-for-sum",
            "It takes the mean of the products",
            "the products are added up and not divided",
            (lambda X, W, U: dense2d(X, W / X.size, U), lambda X, W, U: dense2d(X, W, U) / X.size),
        ),
        Misconception(
            "input-transposed",
            "Rows and columns of the input are exchanged",
            "k counts rows and l columns, in W and in X alike",
            (_square_only(IndexError, _input_transposed), _letters_swapped),
        ),
        Misconception(
            "matrix-product",
            "It takes a matrix product of W[i, j] and X",
            "`@` and `np.dot` pair rows with columns; here each weight meets the one pixel that it belongs to: `*`",
            (_square_only(ValueError, lambda X, W, U: U + (W @ X).sum(axis=(2, 3))),),
        ),
        Misconception(
            "not-summed",
            "The products are not added up",
            "for each output pixel there is one number in the end: sum over the last two axes of W",
            (
                lambda X, W, U: W * X,
                lambda X, W, U: W * X + U,
                lambda X, W, U: W * X + U[:, :, None, None],
                lambda X, W, U: (W * X).sum(axis=-1),
                lambda X, W, U: (W * X).sum(axis=-1) + U[:, :, None],
            ),
        ),
        Misconception(
            "still-flat",
            "The output is a row of numbers",
            "the layer is laid out as an image again: (h, w)",
            (_changed(np.ravel), _changed(lambda H: H.reshape(-1, 1)), _changed(lambda H: H.reshape(1, -1))),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            (_changed(truncated),),
        ),
        Misconception(
            "hard-coded",
            "It always gives the answer of the worked example",
            "the result has to be computed from X, W and U",
            (constant([[30, 80], [130, 180]]),),
        ),
    ),
    source="The slide on the fully connected layer with W and U.",
)

EXERCISES = (DENSE2D,)
