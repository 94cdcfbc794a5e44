"""Zeros around an input and between a kernel's entries."""

import numpy as np
from jaxtyping import Float
from numpy import ndarray


def total_to_sides(p: int) -> tuple[int, int]:
    """Splits a total of p rows into (before, after): ⌈p/2⌉ before and ⌊p/2⌋ after.

    Source: the padding slide. PyTorch's ``padding='same'`` puts the odd row on the other side.
    """
    return p - p // 2, p // 2


def pad2d(X: Float[ndarray, "h w"], p_h: int, p_w: int) -> Float[ndarray, "ph pw"]:
    """X with p_h rows and p_w columns of zeros in all: ``(h + p_h, w + p_w)``; the odd one on top or left."""
    return np.pad(X, (total_to_sides(p_h), total_to_sides(p_w)))


def dilate_kernel(K: Float[ndarray, "kh kw"], d_h: int, d_w: int) -> Float[ndarray, "dh dw"]:
    """K with ``d − 1`` zeros between neighbours: ``(d_h (kh − 1) + 1, d_w (kw − 1) + 1)``."""
    rows, columns = K.shape
    spread = np.zeros((d_h * (rows - 1) + 1, d_w * (columns - 1) + 1))
    spread[::d_h, ::d_w] = K
    return spread
