"""`edge_kernel` and `learn_kernel`: a kernel chosen by hand, and one learnt from examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy import ndarray
from numpy.lib.stride_tricks import sliding_window_view

from cnnwidgets.checks.compare import Tolerance
from cnnwidgets.checks.exercise import Case, Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.ops import corr2d, edge_kernel, half_turn, learn_kernel

EDGE_KERNEL = Exercise(
    "edge_kernel",
    edge_kernel,
    lambda: [Case("the kernel", {})],
    misconceptions=(
        Misconception(
            "sign-reversed",
            "The signs are reversed",
            "where the image falls from 1 to 0 the result should be +1, and this gives −1",
            (v.constant([[-1, 1]]),),
        ),
        Misconception(
            "finds-other-edges",
            "It finds horizontal edges",
            "this kernel compares a cell with the one below; the edge is between a cell and the one to its right",
            (v.constant([[1], [-1]]), v.constant([[-1], [1]])),
        ),
        Misconception(
            "adds-neighbours",
            "It adds neighbours",
            "on an even area the result should be 0: the two numbers have to cancel",
            (v.constant([[1, 1]]),),
        ),
        Misconception(
            "too-wide",
            "It is wider than it needs to be",
            "two neighbours are enough to see a step between them",
            (v.constant([[1, 0, -1]]), v.constant([[-1, 0, 1]])),
        ),
        Misconception(
            "one-axis",
            "It has one axis",
            "a kernel of one row is still a table, of shape (1, 2): two pairs of brackets",
            (v.constant([1, -1]),),
        ),
    ),
    source="The edge-detection slide.",
)


def edge_image() -> ndarray:
    """The course's 6×8 image: ones, and zeros in columns 2 to 5."""
    X = np.ones((6, 8))
    X[:, 2:6] = 0
    return X


NEAR = Tolerance(relative=0.0, share=0.0, absolute=0.1)


STEPS = 50  # fewer than a learner's function makes by itself, and enough for these images: each takes its time


def _ask(candidate: Any, X: ndarray, Y: ndarray, kernel_size: tuple[int, int], steps: int) -> Any:
    return candidate(X, Y, kernel_size, steps=steps)


def _case(name: str, X: ndarray, K: ndarray) -> Case:
    return Case(name, {"X": X, "Y": corr2d(X, K), "kernel_size": K.shape, "steps": STEPS}, _ask, tolerance=NEAR)


def _spread_image(rng: np.random.Generator, shape: tuple[int, int], kernel_size: tuple[int, int]) -> ndarray:
    """Random, and such that `STEPS` steps at 0.03 find any kernel, also along the gradient of half the loss.

    The squared error has a curvature between 8 and 40 in each direction.
    """
    while True:
        X = rng.normal(size=shape)
        windows = sliding_window_view(X, kernel_size).reshape(-1, kernel_size[0] * kernel_size[1])
        least, *_, most = np.linalg.eigvalsh(windows.T @ windows)
        if least > most / 5:
            spread: ndarray = np.round(X * np.sqrt(20 / most), 2)
            return spread


def learning_cases() -> Sequence[Case]:
    """Some of the edge image, and one image whose kernel has two rows and three columns.

    Small ones: a solution in plain Python loops goes through every window 100 times a case.
    """
    rng = np.random.default_rng(6)
    kernel = np.array([[1.0, -0.5, 2.0], [0.5, 1.5, -1.0]])
    return [
        _case("three rows of the edge image", edge_image()[:3], edge_kernel()),
        _case("a kernel of two rows", _spread_image(rng, (4, 6), (2, 3)), kernel),
    ]


def random_learning(rng: np.random.Generator) -> Sequence[Case]:
    """One more kernel, with more rows than columns."""
    K = np.round(rng.uniform(-2, 2, (3, 1)), 1)
    return [_case("a random kernel", _spread_image(rng, (6, 5), (3, 1)), K)]


def _diverged(case: Case, value: Any) -> bool:
    return type(value) is ndarray and value.dtype.kind == "f" and not bool(np.all(np.abs(value) < 1e3))


def _mean_loss(X: ndarray, Y: ndarray, kernel_size: tuple[int, int], steps: int) -> ndarray:
    return learn_kernel(X, Y, kernel_size, steps, lr=0.03 / Y.size)


def _one_step(X: ndarray, Y: ndarray, kernel_size: tuple[int, int], steps: int) -> ndarray:
    return learn_kernel(X, Y, kernel_size, steps=1)


def _shaped(shape: tuple[int, ...]) -> Any:
    return lambda X, Y, size, steps: learn_kernel(X, Y, size, steps).reshape([*shape, *size])


LEARN_KERNEL = Exercise(
    "learn_kernel",
    learn_kernel,
    learning_cases,
    random_learning,
    (
        Misconception(
            "diverges",
            "The descent runs away",
            "each step makes the loss larger: look at the sign of the update, at gradients left over from the step before, "
            "and at anything that is learnt besides the kernel",
            fits=_diverged,
        ),
        Misconception(
            "mean-loss",
            "The loss is the mean of the squared errors",
            "its gradient is smaller by the number of outputs, and so many steps at this rate do not get there; use the sum",
            (_mean_loss,),
        ),
        Misconception(
            "untrained",
            "The kernel never moves from where it started",
            "the gradient has to be subtracted from the kernel itself at every step",
            (
                lambda X, Y, size, steps: np.zeros(size),
                lambda X, Y, size, steps: np.ones(size),
            ),
        ),
        Misconception(
            "one-step", "Only one step is made", "the update belongs inside the loop over steps, `return` behind it", (_one_step,)
        ),
        Misconception(
            "learns-convolution",
            "The kernel comes out turned by a half turn",
            "a convolution was fitted; Y was made by correlation",
            (lambda X, Y, size, steps: half_turn(learn_kernel(X, Y, size, steps)),),
        ),
        Misconception(
            "sign-reversed",
            "The kernel has the opposite sign",
            "look at the order of prediction and target where the error and its gradient are formed",
            (lambda X, Y, size, steps: -learn_kernel(X, Y, size, steps),),
        ),
        Misconception(
            "transposed-kernel",
            "Rows and columns of the kernel are exchanged",
            "kernel_size gives rows first",
            (lambda X, Y, size, steps: learn_kernel(X, Y, size, steps).T,),
        ),
        Misconception(
            "extra-axes",
            "The kernel has more axes than two",
            "a torch layer keeps its weight as (1, 1, kh, kw): hand back the table inside",
            (_shaped((1, 1)), _shaped((1,))),
        ),
        Misconception(
            "hard-coded",
            "It always gives the edge kernel",
            "the kernel has to be learnt from X and Y, whatever made Y",
            (lambda X, Y, size, steps: edge_kernel(),),
        ),
    ),
    seconds=10.0,
    source="The slide on learning a kernel.",
)

EXERCISES = (EDGE_KERNEL, LEARN_KERNEL)
