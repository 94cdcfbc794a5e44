"""`convolve2d`: true convolution where the kernel fits."""

from __future__ import annotations

import numpy as np

from cnnwidgets.checks.exercise import Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.correlation import OFF_BY_ONE, TRUNCATED_WHY, valid_cases
from cnnwidgets.checks.exercises.draw import image_and_kernel
from cnnwidgets.ops import convolve2d, convolve2d_full, corr2d, half_turn

ONE_AXIS = "a half turn reverses rows and columns both"

CONVOLVE2D = Exercise(
    "convolve2d",
    convolve2d,
    valid_cases,
    image_and_kernel,
    (
        Misconception(
            "not-flipped",
            "The kernel is not flipped",
            "that is correlation (19, 25, 37, 43 on the worked example); convolution turns the kernel by a half turn first",
            (corr2d,),
        ),
        Misconception(
            "flipped-rows-only", "The kernel is flipped top to bottom only", ONE_AXIS, (v.with_kernel(corr2d, np.flipud),)
        ),
        Misconception(
            "flipped-columns-only",
            "The kernel is flipped left to right only",
            ONE_AXIS,
            (v.with_kernel(corr2d, np.fliplr),),
        ),
        Misconception(
            "transposed-not-turned",
            "The kernel is transposed instead of turned",
            "a transpose exchanges rows and columns; a half turn keeps them and reverses their order",
            (v.with_kernel(corr2d, np.transpose), v.indices_swapped),
        ),
        Misconception(
            "transposed-kernel",
            "The kernel is turned, but also transposed",
            "a half turn keeps the kernel's height and width",
            (v.with_kernel(convolve2d, np.transpose),),
        ),
        Misconception(
            "quarter-turn",
            "The kernel is turned by a quarter",
            "`np.rot90(K)` turns once; a half turn is two of them",
            (v.with_kernel(corr2d, np.rot90), v.with_kernel(corr2d, lambda K: np.rot90(K, -1))),
        ),
        Misconception(
            "input-flipped",
            "The input is turned instead of the kernel",
            "the values then come out in reverse order",
            (lambda X, K: corr2d(half_turn(X), K),),
        ),
        Misconception(
            "output-flipped",
            "The output is turned instead of the kernel",
            "reversing the result of a correlation does not make it a convolution",
            (v.with_result(corr2d, half_turn),),
        ),
        Misconception(
            "output-too-small",
            "The output is one row and one column too small",
            OFF_BY_ONE,
            (v.with_result(convolve2d, v.without_last),),
        ),
        Misconception(
            "full-output",
            "The kernel hangs over the edge",
            "this is the full convolution; here the kernel stays where all of it fits",
            (convolve2d_full,),
        ),
        Misconception(
            "same-size-output",
            "The output is as large as the input",
            "without padding it shrinks: the kernel fits at fewer places than there are cells",
            (v.in_frame(convolve2d), v.same_size(convolve2d)),
        ),
        Misconception(
            "integer-truncation", "Fractions are lost", TRUNCATED_WHY, (v.with_result(convolve2d, v.truncated),)
        ),
        Misconception(
            "hard-coded",
            "It always gives the answer of the worked example",
            "the result has to be computed from X and K",
            (v.constant([[5, 11], [23, 29]]),),
        ),
    ),
    source="The slides on correlation against convolution.",
)

EXERCISES = (CONVOLVE2D,)
