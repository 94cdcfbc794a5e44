"""`corr2d_full` and `convolve2d_full`: every place where the kernel touches the input."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Case, Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.draw import image_and_kernel
from cnnwidgets.ops import convolve2d, convolve2d_full, corr2d, corr2d_full


def impulse() -> ndarray:
    """A 5×5 image, 1 in the middle and 0 elsewhere."""
    X = np.zeros((5, 5))
    X[2, 2] = 1.0
    return X


def full_cases() -> Sequence[Case]:
    """The fixed cases: a row, a column, the worked example, a wide kernel, the impulse."""
    return [
        Case("a kernel of one row", {"X": np.array([[3.0, 1.0, 2.0], [0.5, -1.0, 4.0]]), "K": np.array([[1.0, -2.0]])}),
        Case("a kernel of one column", {"X": np.array([[2.0, -1.0], [0.0, 3.0], [1.5, 1.0]]), "K": np.array([[1.0], [-3.0]])}),
        Case("the worked example", {"X": np.arange(9.0).reshape(3, 3), "K": np.arange(4.0).reshape(2, 2)}),
        Case(
            "a kernel wider than tall",
            {
                "X": np.array([[1.0, -2, 0, 3], [0.5, 3, 1, -1], [4, 0, 2, 1], [-1, 2, 1, 0]]),
                "K": np.array([[1.0, 2, -1], [0, 3, 1]]),
            },
        ),
        Case("an impulse", {"X": impulse(), "K": np.arange(1.0, 10.0).reshape(3, 3)}),
    ]


Pads = Callable[[int, int], tuple[tuple[int, int], tuple[int, int]]]


def padded(operation: Callable[[ndarray, ndarray], ndarray], pads: Pads, mode: str = "constant") -> v.Binary:
    """`operation` on an input padded by what `pads(kh, kw)` says."""
    return lambda X, K: operation(np.pad(X, pads(*K.shape), mode=mode), K)  # type: ignore[call-overload]


def misconceptions(right: v.Binary, valid: v.Binary, turn: Misconception) -> tuple[Misconception, ...]:
    """What goes wrong in either, given the right function and its valid part."""
    return (
        turn,
        Misconception(
            "valid-part",
            "Only the places where the whole kernel fits are there",
            "full means every place where kernel and input touch at all, with zeros outside the input",
            (valid,),
        ),
        Misconception(
            "same-size-output",
            "The output is as large as the input",
            "that is half of the padding; the kernel may hang over the edge until one row of it is left inside",
            (v.same_size(valid), padded(valid, lambda h, w: ((h // 2, h // 2), (w // 2, w // 2)))),
        ),
        Misconception(
            "padded-too-far",
            "There is one row and one column of zeros too many on each side",
            "a window that touches only padding adds nothing: the outermost one still holds a row of the input",
            (padded(valid, lambda h, w: ((h, h), (w, w))),),
        ),
        Misconception(
            "padded-on-one-side",
            "The zeros are on one side only",
            "the kernel hangs over on all four sides",
            (
                padded(valid, lambda h, w: ((2 * h - 2, 0), (2 * w - 2, 0))),
                padded(valid, lambda h, w: ((0, 2 * h - 2), (0, 2 * w - 2))),
                padded(valid, lambda h, w: ((h - 1, 0), (w - 1, 0))),
                padded(valid, lambda h, w: ((0, h - 1), (0, w - 1))),
            ),
        ),
        Misconception(
            "padding-swapped",
            "Rows and columns of padding are exchanged",
            "the kernel's height tells how many rows to add, its width how many columns",
            (padded(valid, lambda h, w: ((w - 1, w - 1), (h - 1, h - 1))),),
        ),
        Misconception(
            "edge-padding",
            "The border is repeated outwards",
            "outside the input there are zeros",
            (padded(valid, lambda h, w: ((h - 1, h - 1), (w - 1, w - 1)), "edge"),),
        ),
        Misconception(
            "transposed-kernel",
            "The kernel is transposed",
            "rows of the kernel belong on rows of the input",
            (v.with_kernel(right, np.transpose),),
        ),
        Misconception(
            "output-turned",
            "The output is turned by a half turn",
            "Y[0, 0] belongs to the window that hangs over the top left corner",
            (v.with_result(right, lambda Y: np.flip(Y, (0, 1))),),
        ),
        Misconception(
            "output-too-small",
            "The output is one row and one column too small",
            "there are h + kh − 1 places in a column, w + kw − 1 in a row",
            (v.with_result(right, v.without_last),),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            (v.with_result(right, v.truncated),),
        ),
    )


CORR2D_FULL = Exercise(
    "corr2d_full",
    corr2d_full,
    full_cases,
    image_and_kernel,
    misconceptions(
        corr2d_full,
        corr2d,
        Misconception(
            "flipped-kernel",
            "The kernel is flipped",
            "that is convolution, where an impulse gives the kernel back as it is (1 to 9); under correlation it comes "
            "back turned (9 to 1)",
            (convolve2d_full,),
        ),
    ),
    source="The slides on correlation against convolution.",
)

CONVOLVE2D_FULL = Exercise(
    "convolve2d_full",
    convolve2d_full,
    full_cases,
    image_and_kernel,
    misconceptions(
        convolve2d_full,
        convolve2d,
        Misconception(
            "not-flipped",
            "The kernel is not flipped",
            "that is correlation, where an impulse gives the kernel back turned (9 to 1); under convolution it comes back "
            "as it is (1 to 9)",
            (corr2d_full,),
        ),
    ),
    source="The slides on correlation against convolution.",
)

EXERCISES = (CORR2D_FULL, CONVOLVE2D_FULL)
