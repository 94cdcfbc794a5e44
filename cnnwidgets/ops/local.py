"""A layer under the two principles: the same weights everywhere, and none beyond a distance."""

import numpy as np
from jaxtyping import Float
from numpy import ndarray

from cnnwidgets.ops.correlation import corr2d


def local2d(X: Float[ndarray, "h w"], V: Float[ndarray, "n n"], u: float) -> Float[ndarray, "h w"]:
    """The layer that is left of `dense2d` when V and u depend on no place, and V is 0 beyond Δ.

    ``H[i, j] = u + Σ_{a=−Δ..Δ} Σ_{b=−Δ..Δ} V[a + Δ, b + Δ] X[i + a, j + b]`` with V (2Δ+1, 2Δ+1) and X taken as 0
    outside. `ValueError` where V is not square with an odd side. Source: the slides on translation
    invariance and locality.
    """
    if V.shape[0] != V.shape[1] or V.shape[0] % 2 == 0:
        raise ValueError(f"V has 2Δ+1 rows and as many columns, not the shape {V.shape}")
    return u + corr2d(np.pad(X, V.shape[0] // 2), V)


def local_weights(delta: int) -> int:
    """Weights that are left within a distance of Δ: ``(2Δ+1)²``.

    Source: the locality slide, which rounds it to 4Δ².

    >>> local_weights(10)
    441
    """
    return (2 * delta + 1) ** 2
