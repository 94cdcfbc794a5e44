"""`reindex`: the weights of a fully connected layer, numbered by offset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises.draw import halves
from cnnwidgets.checks.exercises.variants import truncated
from cnnwidgets.ops import reindex


def _counted(name: str, h: int, w: int) -> Case:
    return Case(name, {"W": np.arange(1.0, (h * w) ** 2 + 1).reshape(h, w, h, w)})


def reindex_cases() -> Sequence[Case]:
    """One pixel, rows, and images that are not square; no weight is 0 in the numbered ones."""
    fractions = np.random.default_rng(5).integers(1, 40, (3, 2, 3, 2)) / 4
    return [
        _counted("one pixel", 1, 1),
        _counted("a row of two", 1, 2),
        _counted("a row of three", 1, 3),
        _counted("two rows, three columns", 2, 3),
        Case("three rows, two columns", {"W": fractions}),
    ]


def random_reindex(rng: np.random.Generator) -> Sequence[Case]:
    """Images that are not square."""
    shapes = [tuple(int(n) for n in rng.permutation([3, 4, 5])[:2]) for _ in range(3)]
    return [Case(f"random case {number + 1}", {"W": halves(rng, *s, *s)}) for number, s in enumerate(shapes)]


def _changed(*changes: Callable[[ndarray], Any]) -> tuple[Candidate, ...]:
    return tuple(lambda W, c=change: c(reindex(W)) for change in changes)


def _placed(row: int, column: int) -> Candidate:
    """W[i, j] laid at one and the same place for all pixels: the first (0) or the last (1) that there is."""

    def variant(W: ndarray) -> ndarray:
        h, w = W.shape[:2]
        V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
        top, left = row * (h - 1), column * (w - 1)
        V[:, :, top : top + h, left : left + w] = W
        return V

    return variant


def _read(inside: Callable[[int, int], bool]) -> Candidate:
    """``W[i, j, i + a, j + b]`` wherever each index is `inside(index, size)`, modulo the size."""

    def variant(W: ndarray) -> ndarray:
        h, w = W.shape[:2]
        V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
        for i, j, a, b in np.ndindex(*V.shape):
            k, m = i + a - h + 1, j + b - w + 1
            if inside(k, h) and inside(m, w):
                V[i, j, a, b] = W[i, j, k % h, m % w]
        return V

    return variant


def _not_stored_with_offset(W: ndarray) -> ndarray:
    h, w = W.shape[:2]
    return np.roll(reindex(W), (1 - h, 1 - w), axis=(2, 3))


def _forward_only(W: ndarray) -> ndarray:
    h, w = W.shape[:2]
    return reindex(W)[:, :, h - 1 :, w - 1 :]


def _last_offset_zero(V: ndarray) -> ndarray:
    V[:, :, -1, :] = V[:, :, :, -1] = 0
    return V


def _padded(before: int, after: int) -> Callable[[ndarray], ndarray]:
    return lambda V: np.pad(V, ((0, 0), (0, 0), (before, after), (before, after)))


REINDEX = Exercise(
    "reindex",
    reindex,
    reindex_cases,
    random_reindex,
    (
        Misconception(
            "not-moved",
            "The weights lie at the same place for every pixel",
            "an offset says how far the input pixel is from (i, j): for another (i, j) the same input pixel has another one",
            (_placed(0, 0), _placed(1, 1)),
        ),
        Misconception(
            "direction-reversed",
            "The offsets have the opposite sign",
            "a is what has to be added to i to get to the input pixel, k = i + a",
            _changed(lambda V: np.flip(V, (2, 3))),
        ),
        Misconception(
            "offset-not-stored",
            "The offset itself is used as an index",
            "offsets may be negative, and a negative index counts from the end; the offset 0 belongs into the middle, at "
            "[h − 1, w − 1]",
            (_not_stored_with_offset,),
        ),
        Misconception(
            "wraps-around",
            "Weights come in from the other side of the image",
            "a negative index counts from the end, and a remainder wraps around; outside the image the weight is 0",
            (_read(lambda index, size: True), _read(lambda index, size: index < size)),
        ),
        Misconception(
            "forward-only",
            "Only offsets from 0 on are there",
            "input pixels above and to the left of (i, j) have negative offsets",
            (_forward_only,),
        ),
        Misconception(
            "unchanged",
            "W comes back as it was",
            "V has an axis for row offsets, from −(h−1) to h−1, and one for column offsets",
            (lambda W: W,),
        ),
        Misconception(
            "offset-axes-swapped",
            "Row and column offsets are exchanged",
            "the third axis is for offsets of rows, the fourth for offsets of columns",
            _changed(lambda V: V.swapaxes(2, 3)),
        ),
        Misconception(
            "input-and-output-swapped",
            "Input and output pixels are exchanged",
            "(i, j) is the output pixel, and the first two axes of W",
            (lambda W: reindex(W.transpose(2, 3, 0, 1)),),
        ),
        Misconception(
            "last-offset-missed",
            "The last offset is left out",
            "offsets run up to h − 1 and w − 1, and `range` ends one before its second number",
            _changed(_last_offset_zero, lambda V: V[:, :, :-1, :-1]),
        ),
        Misconception(
            "too-large",
            "There are more offsets than can occur",
            "between two rows of h there is a distance of at most h − 1, up or down: 2h − 1 offsets",
            _changed(_padded(1, 1), _padded(1, 0), _padded(0, 1)),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            _changed(truncated),
        ),
    ),
    source="The slide that goes from W to V.",
)

EXERCISES = (REINDEX,)
