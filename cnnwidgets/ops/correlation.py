"""Two-dimensional cross-correlation: what a convolutional layer computes."""

import numpy as np
from jaxtyping import Float
from numpy import ndarray
from numpy.lib.stride_tricks import sliding_window_view


def corr2d(X: Float[ndarray, "h w"], K: Float[ndarray, "kh kw"]) -> Float[ndarray, "oh ow"]:
    """Slides K over X and sums the products of what lies under it.

    ``Y[i, j] = Σ_a Σ_b K[a, b] X[i + a, j + b]`` for every place where the kernel fits:
    ``oh = h − kh + 1`` and ``ow = w − kw + 1``.

    Source: the cross-correlation slide, whose example gives 19, 25, 37, 43.

    >>> corr2d(np.arange(9.0).reshape(3, 3), np.arange(4.0).reshape(2, 2))
    array([[19., 25.],
           [37., 43.]])
    """
    windows = sliding_window_view(X, K.shape)
    Y: ndarray = np.einsum("ijab,ab->ij", windows, K)
    return Y


def corr2d_full(X: Float[ndarray, "h w"], K: Float[ndarray, "kh kw"]) -> Float[ndarray, "oh ow"]:
    """Cross-correlation at every place where the kernel touches X, with zeros outside.

    ``oh = h + kh − 1`` and ``ow = w + kw − 1``. An impulse gives back the kernel turned by a half turn.
    Source: the slides on correlation against convolution (9 … 1 in the middle of 7×7).
    """
    rows, columns = K.shape[0] - 1, K.shape[1] - 1
    return corr2d(np.pad(X, ((rows, rows), (columns, columns))), K)


def edge_kernel() -> Float[ndarray, "1 2"]:
    """The 1×2 kernel that gives +1 where an image falls from 1 to 0, left to right, and −1 where it rises.

    Source: the edge-detection slide.
    """
    return np.array([[1.0, -1.0]])
