"""Cross-correlation with many channels in and out: sums over input channels, a kernel for every output channel."""

import numpy as np
from jaxtyping import Float
from numpy import ndarray

from cnnwidgets.ops.correlation import corr2d


def require_channels(expected: int, kernel: int) -> None:
    """`ValueError` unless a kernel has exactly as many channels as its input."""
    if kernel != expected:
        raise ValueError(f"a kernel with {kernel} channels does not suit an input with {expected}")


def corr2d_multi_in(X: Float[ndarray, "c h w"], K: Float[ndarray, "c kh kw"]) -> Float[ndarray, "oh ow"]:
    """Every channel correlated with its own kernel, and the results added up.

    ``Y = Σ_c X[c] ⋆ K[c]`` with ``oh = h − kh + 1`` and ``ow = w − kw + 1``. `ValueError` where the channels differ
    in number. Source: the slide on multiple input channels, whose example gives 56, 72, 104, 120.

    >>> X, K = np.arange(9.0).reshape(3, 3), np.arange(4.0).reshape(2, 2)
    >>> corr2d_multi_in(np.stack([X, X + 1]), np.stack([K, K + 1]))
    array([[ 56.,  72.],
           [104., 120.]])
    """
    require_channels(len(X), len(K))
    Y: ndarray = np.sum([corr2d(x, k) for x, k in zip(X, K, strict=True)], axis=0)
    return Y


def corr2d_multi_in_out(X: Float[ndarray, "ci h w"], K: Float[ndarray, "co ci kh kw"]) -> Float[ndarray, "co oh ow"]:
    """One output channel for each kernel in K: ``Y[o] = Σ_c X[c] ⋆ K[o, c]``.

    `ValueError` where the kernels have another number of channels than X. Source: the slide on multiple output
    channels, with K, K + 1 and K + 2.
    """
    require_channels(len(X), K.shape[1])
    return np.stack([corr2d_multi_in(X, kernel) for kernel in K])


def corr2d_1x1(X: Float[ndarray, "ci h w"], K: Float[ndarray, "co ci 1 1"]) -> Float[ndarray, "co h w"]:
    """A 1×1 kernel as one matrix product: (co, ci) by (ci, h·w).

    ``Y[o, i, j] = Σ_c K[o, c, 0, 0] X[c, i, j]``: the same as `corr2d_multi_in_out`. `ValueError` where the
    kernels have another number of channels than X. Source: the 1×1 slide (32 filters on 64 channels).
    """
    require_channels(len(X), K.shape[1])
    flat: ndarray = K[:, :, 0, 0] @ X.reshape(len(X), -1)
    return flat.reshape(len(K), *X.shape[1:])


def conv_layer(
    X: Float[ndarray, "n ci h w"], W: Float[ndarray, "co ci kh kw"], b: Float[ndarray, " co"]
) -> Float[ndarray, "n co oh ow"]:
    """A convolutional layer on a batch: every example on its own, one bias an output channel.

    ``Y[m, o] = b[o] + Σ_c X[m, c] ⋆ W[o, c]``. `ValueError` where the kernels have another number of channels than
    the examples. Source: the slide on batches, N×3×32×32 → N×6×28×28 → N×10×26×26.
    """
    Y: ndarray = np.stack([corr2d_multi_in_out(example, W) for example in X]) + b[:, None, None]
    return Y


def conv_parameters(c_in: int, c_out: int, k_h: int, k_w: int, bias: bool = True) -> int:
    """Learnable numbers of a convolutional layer: ``c_out · (c_in · k_h · k_w + 1)``, without bias one less each.

    Source: the slide on batches and biases.

    >>> conv_parameters(3, 6, 5, 5)
    456
    """
    return c_out * (c_in * k_h * k_w + bool(bias))
