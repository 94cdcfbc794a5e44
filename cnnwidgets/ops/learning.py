"""A kernel learnt from an input and an output by gradient descent, and the rates at which that works."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float
from numpy import ndarray
from numpy.lib.stride_tricks import sliding_window_view

from cnnwidgets.ops.correlation import corr2d

RUNAWAY = 1e12  #: how many times its first value (or 1, if that is more) the loss may reach before a descent ends


@dataclass(frozen=True)
class Descent:
    """Every kernel that a descent came through, and its loss: entry 0 is the start, entry t what t steps gave."""

    kernels: Float[ndarray, "t kh kw"]
    losses: Float[ndarray, " t"]
    ran_away: bool
    """Whether it ended early, because its loss had grown beyond all bounds."""


def squared_error(X: Float[ndarray, "h w"], K: Float[ndarray, "kh kw"], Y: Float[ndarray, "oh ow"]) -> float:
    """The *summed* squared error ``L = Σ (X ⋆ K − Y)²``."""
    return float(((corr2d(X, K) - Y) ** 2).sum())


def error_gradient(
    X: Float[ndarray, "h w"], K: Float[ndarray, "kh kw"], Y: Float[ndarray, "oh ow"]
) -> Float[ndarray, "kh kw"]:
    """The gradient of the summed squared error, itself a correlation: ``∂L/∂K = 2 X ⋆ (X ⋆ K − Y)``.

    Entry by entry ``∂L/∂K[a, b] = Σ_i Σ_j 2 E[i, j] X[i + a, j + b]`` with the error E = X ⋆ K − Y.
    """
    return 2 * corr2d(X, corr2d(X, K) - Y)


def descend(
    X: Float[ndarray, "h w"],
    Y: Float[ndarray, "oh ow"],
    kernel: Float[ndarray, "kh kw"],
    steps: int,
    lr: float,
) -> Descent:
    """Plain gradient descent ``K ← K − lr ∂L/∂K`` from `kernel`, with all that lies on its way.

    It ends early, with finite numbers, where the loss passes `RUNAWAY` times its first value.
    """
    kernels = [np.array(kernel, dtype=np.float64)]
    losses = [squared_error(X, kernels[0], Y)]
    limit = RUNAWAY * max(1.0, losses[0])
    while len(kernels) <= steps and losses[-1] <= limit:
        kernels.append(kernels[-1] - lr * error_gradient(X, kernels[-1], Y))
        losses.append(squared_error(X, kernels[-1], Y))
    return Descent(np.array(kernels), np.array(losses), losses[-1] > limit)


def error_hessian(X: Float[ndarray, "h w"], kernel_size: tuple[int, int]) -> Float[ndarray, "n n"]:
    """The second derivatives of the summed squared error, n = kh·kw, kernel entries row by row; no K or Y is in them.

    ``∂²L/∂K[a, b]∂K[c, d] = 2 Σ_i Σ_j X[i + a, j + b] X[i + c, j + d]``.
    """
    windows = sliding_window_view(X, kernel_size).reshape(-1, kernel_size[0] * kernel_size[1])
    return np.asarray(2 * windows.T @ windows)


def largest_rate(X: Float[ndarray, "h w"], kernel_size: tuple[int, int]) -> float:
    """The rate below which descent gets nearer from every start: 2/λ, λ the Hessian's largest eigenvalue.

    Along an eigenvector each step multiplies the distance by 1 − rate·λ, which must stay above −1. Infinite where X
    is all zeros.
    """
    largest = float(np.linalg.eigvalsh(error_hessian(X, kernel_size))[-1])
    return 2 / largest if largest > 0 else float("inf")


def moving_curvatures(
    X: Float[ndarray, "h w"], start: Float[ndarray, "kh kw"], target: Float[ndarray, "kh kw"]
) -> Float[ndarray, " m"]:
    """The Hessian's eigenvalues of the directions that a descent from `start` to `target` moves along, least first.

    Left out are flat directions, in which X tells nothing of the kernel, and those in which the start is right.
    """
    curvatures, vectors = np.linalg.eigh(error_hessian(X, target.shape))
    away = np.abs(vectors.T @ (start - target).ravel())
    moving: ndarray = (curvatures > 1e-10 * curvatures[-1]) & (away > 1e-9 * away.max())
    return np.asarray(curvatures[moving])


def outcome(
    X: Float[ndarray, "h w"], start: Float[ndarray, "kh kw"], target: Float[ndarray, "kh kw"], lr: float
) -> Literal["converges", "oscillates", "diverges"]:
    """What becomes of a descent towards ``Y = X ⋆ target``, however long it goes on.

    Along a direction with curvature λ each step multiplies the distance by 1 − lr·λ: below −1 it grows ("diverges"),
    between −1 and 0 it changes sides at every step and shrinks ("oscillates"), from 0 on it only shrinks.
    """
    factors = 1 - lr * moving_curvatures(X, start, target)
    least = factors.min(initial=1.0)
    return "diverges" if least < -1 - 1e-9 else "oscillates" if least < -1e-9 else "converges"


def learn_kernel(
    X: Float[ndarray, "h w"],
    Y: Float[ndarray, "oh ow"],
    kernel_size: tuple[int, int],
    steps: int = 200,
    lr: float = 0.03,
) -> Float[ndarray, "kh kw"]:
    """The kernel K that makes ``corr2d(X, K)`` close to Y, by plain gradient descent from zeros.

    The loss is the *summed* squared error, see `error_gradient`. Source: the slide on learning a kernel.
    """
    K = np.zeros(kernel_size)
    for _ in range(steps):
        K -= lr * error_gradient(X, K, Y)
    return K
