"""`pool2d`: maximum and mean of every window, at stride 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Case, Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.draw import image
from cnnwidgets.ops import pool2d

Pair = tuple[int, int]
Reduce = Callable[[ndarray], float]
RAMP = np.arange(9.0).reshape(3, 3)
SIGNED = np.array([[-1.0, -5, -2, -4], [-6, -3, -7, -1.5], [-2, -8, -0.5, -9]])
FAR = 1e6 * SIGNED  # below whatever finite number a search might start from
MIXED = np.array([[1.5, -2, 0, 3, -6], [4, -1, 2.5, -3, 1], [-7, 2, 5, 0.5, -1], [3, -4, -2, 6, 2]])


def pooling_cases() -> Sequence[Case]:
    """Fixed cases, each with the maximum and the mean."""
    return [
        Case("the worked example, mode left out", {"X": RAMP, "pool_size": (2, 2)}),
        Case("the worked example, maximum", {"X": RAMP, "pool_size": (2, 2), "mode": "max"}),
        Case("the worked example, mean", {"X": RAMP, "pool_size": (2, 2), "mode": "avg"}),
        Case("negative numbers, maximum", {"X": SIGNED, "pool_size": (2, 1), "mode": "max"}),
        Case("negative numbers, mean", {"X": SIGNED, "pool_size": (2, 1), "mode": "avg"}),
        Case("numbers far below zero, maximum", {"X": FAR, "pool_size": (1, 2), "mode": "max"}),
        Case("a window wider than tall, maximum", {"X": MIXED, "pool_size": (2, 3), "mode": "max"}),
        Case("a window wider than tall, mean", {"X": MIXED, "pool_size": (2, 3), "mode": "avg"}),
    ]


def random_pooling(rng: np.random.Generator) -> Sequence[Case]:
    """Larger inputs, windows that are not square, either mode."""
    cases = []
    for number, mode in enumerate(("max", "avg", "max", "avg")):
        h, w = (int(n) for n in rng.permutation([5, 6, 7, 8])[:2])
        window = tuple(int(n) for n in rng.permutation([2, 3, 4])[:2])
        cases.append(Case(f"random case {number + 1}", {"X": image(rng, h, w), "pool_size": window, "mode": mode}))
    return cases


def _slid(largest: Reduce = np.max, mean: Reduce = np.mean) -> Callable[..., ndarray]:
    """Something else for the maximum, or for the mean."""

    def fn(X: ndarray, pool_size: Pair, mode: str = "max") -> ndarray:
        reduce = largest if mode == "max" else mean
        return v.slid(lambda window, _: reduce(window))(X, np.empty(pool_size))

    return fn


def _changed(change: Callable[[ndarray], ndarray]) -> Callable[..., ndarray]:
    return lambda X, pool_size, mode="max": change(pool2d(X, pool_size, mode))


def _apart(X: ndarray, pool_size: Pair, mode: str = "max") -> ndarray:
    return pool2d(X, pool_size, mode)[:: pool_size[0], :: pool_size[1]]


def _swapped(X: ndarray, pool_size: Pair, mode: str = "max") -> ndarray:
    return pool2d(X, (pool_size[1], pool_size[0]), mode)


def _absolute(window: ndarray) -> float:
    return float(np.abs(window).max())


def from_at_least(low: float) -> Reduce:
    """A search for the largest value that starts at `low`."""
    return lambda window: max(low, float(window.max()))


#: Finite numbers that stand for "smaller than all others" now and then.
LOWS = tuple(-float(n) for n in (1, 9, 10, 99, 100, 128, 255, 256, 999, 1000, 9999, 10**4, 99_999, 10**5, 10**6))
FINITE_LOW = (
    "finite-low",
    "Its smallest number is not smaller than every other",
    "an input may lie below any number that you write down; only −∞ never wins",
)

#: What goes wrong inside one window, with its two reductions; the layer has the same.
REDUCTIONS: tuple[tuple[str, str, str, tuple[tuple[Reduce, Reduce], ...]], ...] = (
    (
        "always-max",
        "It takes the maximum in either mode",
        "`mode` says which of the two is asked for",
        ((np.max, np.max),),
    ),
    (
        "always-avg",
        "It takes the mean in either mode",
        "`mode` says which of the two is asked for",
        ((np.mean, np.mean),),
    ),
    ("modes-exchanged", "Maximum and mean are exchanged", "look at the comparison with `mode`", ((np.mean, np.max),)),
    ("sum-for-mean", "It adds up and does not divide", "a mean is the sum over the count", ((np.max, np.sum),)),
    (
        "median-for-mean",
        "It takes the median",
        "the mean is the sum over the count; the median is the value in the middle",
        ((np.max, lambda W: float(np.median(W))),),
    ),
    (
        "min-for-max",
        "It takes the minimum",
        "of each window the largest value is asked for",
        ((np.min, np.mean),),
    ),
    (
        "absolute-max",
        "It takes the largest magnitude",
        "−9 is smaller than 1, however far it is from 0",
        (
            (_absolute, np.mean),
            (lambda W: W.flat[np.abs(W).argmax()], np.mean),
            (_absolute, lambda W: float(np.abs(W).mean())),
        ),
    ),
    (
        "max-starts-at-zero",
        "The maximum is never below 0",
        "a search for the largest value that starts at 0 finds 0 where all values are negative",
        ((from_at_least(0.0), np.mean),),
    ),
    (
        "index-for-value",
        "It gives the place of the largest value",
        "`argmax` tells where the maximum stands; asked for is the maximum itself",
        ((np.argmax, np.mean),),
    ),
)


def reduction_misconceptions(variant: Callable[[Reduce, Reduce], Callable[..., ndarray]]) -> list[Misconception]:
    """What goes wrong inside a window; `variant(largest, mean)` is the function with these two reductions."""
    return [
        Misconception(key, title, why, tuple(variant(*pair) for pair in pairs))
        for key, title, why, pairs in REDUCTIONS
    ]


POOL2D = Exercise(
    "pool2d",
    pool2d,
    pooling_cases,
    random_pooling,
    (
        *reduction_misconceptions(_slid),
        Misconception(*FINITE_LOW, tuple(_slid(largest=from_at_least(low)) for low in LOWS)),
        Misconception(
            "wrong-divisor",
            "The mean is divided by the wrong number",
            "a window has as many cells as rows times columns",
            (
                _slid(mean=lambda W: W.sum() / W.shape[0]),
                _slid(mean=lambda W: W.sum() / W.shape[1]),
                _slid(mean=lambda W: W.sum() / sum(W.shape)),
                _slid(mean=lambda W: W.sum() / W.shape[0] ** 2),
            ),
        ),
        Misconception(
            "windows-apart",
            "The windows do not overlap",
            "here the window moves by one cell; the stride that equals the window comes with the layer",
            (_apart,),
        ),
        Misconception(
            "window-swapped",
            "The window's height and width are exchanged",
            "pool_size gives rows first, then columns; with a square window the slip does not show",
            (_swapped,),
        ),
        Misconception(
            "output-too-small",
            "The output is one row and one column too small",
            "count the places: a window of 2 fits in a row of 3 at two places, 3 − 2 + 1",
            (_changed(v.without_last),),
        ),
        Misconception(
            "last-left-zero",
            "The last row and column of the output are never filled in",
            "the output has the right size, but the loops stop one place early",
            (_changed(v.last_left_zero),),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            (_changed(v.truncated),),
        ),
        Misconception(
            "hard-coded",
            "It always gives the answer of the worked example",
            "the result has to be computed from X",
            (
                v.constant([[4, 5], [7, 8]]),
                lambda X, size, mode="max": np.array([[4.0, 5], [7, 8]] if mode == "max" else [[2.0, 3], [5, 6]]),
            ),
        ),
    ),
    source="The pooling slide.",
)

EXERCISES = (POOL2D,)
