"""A fully connected layer on images: its weights counted, applied, and numbered anew by offsets."""

import numpy as np
from jaxtyping import Float
from numpy import ndarray


def dense_weights(height: int, width: int, channels: int, hidden: int) -> int:
    """Weights of one fully connected layer from an image to hidden units, without bias.

    ``height · width · channels · hidden``. Source: the slide on the 1-megapixel RGB image with 1000 hidden units.

    >>> dense_weights(1000, 1000, 3, 1000)
    3000000000
    """
    return height * width * channels * hidden


def dense2d(
    X: Float[ndarray, "h w"], W: Float[ndarray, "h w h w"], U: Float[ndarray, "h w"]
) -> Float[ndarray, "h w"]:
    """A fully connected layer whose input and output are both laid out as an image.

    ``H[i, j] = U[i, j] + Σ_k Σ_l W[i, j, k, l] X[k, l]``: every pixel of the output has a weight for every pixel of
    the input, and a bias of its own. Source: the slide on the fully connected layer with W and U.
    """
    H: ndarray = U + np.tensordot(W, X, axes=2)
    return H


def reindex(W: Float[ndarray, "h w h w"]) -> Float[ndarray, "h w rows columns"]:
    """The same weights, numbered by how far a pixel is from (i, j): ``V[i, j, a, b] = W[i, j, i + a, j + b]``.

    Offsets run from −(h−1) to h−1 and from −(w−1) to w−1. They are stored as ``[i, j, a + h − 1, b + w − 1]`` in an
    array (h, w, 2h−1, 2w−1), with 0 where i + a or j + b is outside the image.
    Source: the slide that goes from W to V.
    """
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i in range(h):
        for j in range(w):
            V[i, j, h - 1 - i : 2 * h - 1 - i, w - 1 - j : 2 * w - 1 - j] = W[i, j]
    return V
