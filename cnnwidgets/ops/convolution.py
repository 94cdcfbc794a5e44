"""True convolution: correlation with the kernel turned by a half turn."""

import numpy as np
from jaxtyping import Float
from numpy import ndarray

from cnnwidgets.ops.correlation import corr2d, corr2d_full


def half_turn(K: Float[ndarray, "kh kw"]) -> Float[ndarray, "kh kw"]:
    """K turned by 180°: rows and columns both reversed, which is not the transpose."""
    return np.flip(K, (0, 1))


def convolve2d(X: Float[ndarray, "h w"], K: Float[ndarray, "kh kw"]) -> Float[ndarray, "oh ow"]:
    """Convolution where the kernel fits: ``Y[i, j] = Σ_a Σ_b K[kh−1−a, kw−1−b] X[i + a, j + b]``.

    The output has ``h − kh + 1`` rows and ``w − kw + 1`` columns. Equal to `corr2d` for every X only when a
    half turn leaves K as it is. Source: the slides on correlation against convolution.
    """
    return corr2d(X, half_turn(K))


def convolve2d_full(X: Float[ndarray, "h w"], K: Float[ndarray, "kh kw"]) -> Float[ndarray, "oh ow"]:
    """Convolution at every place where the kernel touches X: ``h + kh − 1`` rows, ``w + kw − 1`` columns.

    An impulse gives back the kernel as it is (1 … 9 in the middle of 7×7). Source: as `convolve2d`.
    """
    return corr2d_full(X, half_turn(K))
