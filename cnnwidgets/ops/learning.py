"""A kernel learnt from an input and an output by gradient descent."""

import numpy as np
from jaxtyping import Float
from numpy import ndarray

from cnnwidgets.ops.correlation import corr2d


def learn_kernel(
    X: Float[ndarray, "h w"],
    Y: Float[ndarray, "oh ow"],
    kernel_size: tuple[int, int],
    steps: int = 200,
    lr: float = 0.03,
) -> Float[ndarray, "kh kw"]:
    """The kernel K that makes ``corr2d(X, K)`` close to Y, by plain gradient descent from zeros.

    The loss is the *summed* squared error ``L = Σ (X ⋆ K − Y)²``, whose gradient is itself a correlation:
    ``∂L/∂K = 2 X ⋆ (X ⋆ K − Y)``. Source: the slide on learning a kernel.
    """
    K = np.zeros(kernel_size)
    for _ in range(steps):
        K -= lr * 2 * corr2d(X, corr2d(X, K) - Y)
    return K
