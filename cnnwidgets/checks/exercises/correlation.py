"""`corr2d`: the exercise that everything else builds on."""

from __future__ import annotations

import numpy as np

from cnnwidgets.checks.exercise import Case, Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.draw import image_and_kernel
from cnnwidgets.ops import convolve2d, corr2d, corr2d_full

EXAMPLE = {"X": np.arange(9.0).reshape(3, 3), "K": np.arange(4.0).reshape(2, 2)}


def valid_cases() -> list[Case]:
    """The fixed cases for operations that keep to where the kernel fits."""
    return [
        Case("a kernel of one number", {"X": np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.5]]), "K": np.array([[2.0]])}),
        Case(
            "a kernel as large as the input",
            {
                "X": np.array([[1.0, 2, -3], [4, 0, 2.5], [-1, 3, 1]]),
                "K": np.array([[2.0, -1, 1], [0.5, 3, -2], [1, 0, 4]]),
            },
        ),
        Case("the worked example", EXAMPLE),
        Case(
            "a kernel that is one row",
            {"X": np.array([[1.0, 1.0, 0.0, 0.0, 1.0]] * 2 + [[2.0, -1.0, 0.5, 3.0, 0.0]]), "K": np.array([[1.0, -2.0]])},
        ),
        Case(
            "a kernel taller than wide",
            {
                "X": np.array([[1.0, 0, 2, -1], [3, 1, -2, 0], [0, 4, 1, 2], [-1, 2, 0.5, 1], [2, 0, 1, 3]]),
                "K": np.array([[1.0, -1.0], [2.0, 0.5], [0.0, 3.0]]),
            },
        ),
    ]


TRANSPOSED_KERNEL = Misconception(
    "transposed-kernel",
    "The kernel is transposed",
    "its rows are laid along the input's columns; K[a, b] belongs on the cell a rows down and b columns right",
    (v.with_kernel(corr2d, np.transpose), v.indices_swapped),
)
OFF_BY_ONE = "count the places: a kernel of 2 fits in a row of 3 at two places, 3 − 2 + 1"
TRUNCATED_WHY = "the values were cut to whole numbers, as happens in an array made with dtype=int"

CORR2D = Exercise(
    "corr2d",
    corr2d,
    valid_cases,
    image_and_kernel,
    (
        Misconception(
            "flipped-kernel",
            "The kernel is flipped",
            "that is convolution, which turns the kernel by a half turn before it slides (on the worked example it gives "
            "5, 11, 23, 29); correlation lays the kernel on the input as it stands (19, 25, 37, 43)",
            (convolve2d,),
        ),
        TRANSPOSED_KERNEL,
        Misconception(
            "flipped-rows",
            "The kernel is upside down",
            "its rows are taken from the last to the first, while its columns are in order",
            (v.with_kernel(corr2d, np.flipud),),
        ),
        Misconception(
            "flipped-columns",
            "The kernel is mirrored",
            "its columns are taken from the last to the first, while its rows are in order",
            (v.with_kernel(corr2d, np.fliplr),),
        ),
        Misconception(
            "transposed-output",
            "The output is transposed",
            "rows and columns of the result are exchanged; Y[i, j] belongs to the window that starts in row i, column j",
            (v.with_result(corr2d, np.transpose),),
        ),
        Misconception(
            "swapped-sizes",
            "The kernel's height and width are exchanged",
            "K.shape gives rows first, then columns; with a square kernel the slip does not show",
            (v.sizes_swapped,),
        ),
        Misconception(
            "output-too-small",
            "The output is one row and one column too small",
            OFF_BY_ONE,
            (v.with_result(corr2d, v.without_last),),
        ),
        Misconception(
            "last-left-zero",
            "The last row and column of the output are never filled in",
            "the output has the right size, but the loops stop one place early",
            (v.with_result(corr2d, v.last_left_zero),),
        ),
        Misconception(
            "full-output",
            "The kernel hangs over the edge",
            "this is the full correlation, with zeros outside; here the kernel stays where all of it fits",
            (corr2d_full,),
        ),
        Misconception(
            "same-size-output",
            "The output is as large as the input",
            "without padding it shrinks: the kernel fits at fewer places than there are cells",
            (v.in_frame(corr2d), v.same_size(corr2d)),
        ),
        Misconception(
            "windows-apart",
            "The windows do not overlap",
            "the kernel jumps by its own size; it should move by one cell at a time",
            (v.apart,),
        ),
        Misconception(
            "mean-for-sum",
            "It takes the mean of the products",
            "correlation adds them up and does not divide",
            (v.slid(lambda window, K: (window * K).mean()),),
        ),
        Misconception(
            "matrix-product",
            "It takes a matrix product of window and kernel",
            "`@` and `np.dot` pair rows with columns; here each cell meets the one number that lies on it: `*`",
            (v.slid(lambda window, K: (window @ K).sum()), v.slid(lambda window, K: np.dot(window, K).sum())),
        ),
        Misconception(
            "kernel-ignored",
            "The kernel's numbers are not used",
            "the sum of the window alone comes out",
            (v.slid(lambda window, K: window.sum()),),
        ),
        Misconception(
            "integer-truncation", "Fractions are lost", TRUNCATED_WHY, (v.with_result(corr2d, v.truncated),)
        ),
        Misconception(
            "hard-coded",
            "It always gives the answer of the worked example",
            "the result has to be computed from X and K",
            (v.constant([[19, 25], [37, 43]]),),
        ),
    ),
    source="The cross-correlation slide.",
)

EXERCISES = (CORR2D,)
